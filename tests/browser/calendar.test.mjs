// Segments, sources and the calendar, as somebody walks through them: which segment, who creates it, by which date.
import test from 'node:test';
import assert from 'node:assert/strict';
import { answer, breakDown, button, field, holds, notices, openApp, openRules, output, says } from './support.mjs';

/** Opens a part of the page, unless it is open. */
async function open(page, title) {
  const summary = page.locator('summary', { hasText: title }).first();
  await summary.waitFor();
  if (!(await summary.evaluate((each) => each.parentElement.open))) await summary.click();
}
const choice = (page, name) => page.getByRole('combobox', { name, exact: true });
const turnTo = (page, name) => page.getByRole('navigation', { name: 'Pages' }).getByRole('button', { name }).click();

const TABLE = [
  'Segment\tRegion\tShare\tAverage selling price\tRate from Opportunity\tDays from Opportunity',
  'Enterprise\tEMEA\t60 %\t80000\t15 %\t120',
  'Small business\tEMEA\t25 %\t\t\t',
  'Partners\tUS\t15 %\t20000\t20 %\t55',
].join('\n');

/** A plan of three segments, pasted from a spreadsheet. */
async function threeSegments(t) {
  const app = await openApp({ t, now: '2026-11-22T12:00:00Z' });
  await breakDown(app.page);
  await open(app.page, 'Segments');
  await open(app.page, 'Paste a table from a spreadsheet');
  await field(app.page, 'Table of segments').fill(TABLE);
  await button(app.page, 'Take these segments').click();
  await choice(app.page, 'Show').waitFor();
  return app;
}

/** Opens one of the plans that are offered. */
async function openExample(page, name) {
  await button(page, 'Plans').click();
  await page.getByRole('dialog').getByRole('button', { name }).click();
  await says(notices(page), /^This is an example\. Your own plans are untouched/);
  await button(page, 'Dismiss').click();
}

test('a segment is split, and the total stays', async (t) => {
  const { page } = await openApp({ t });
  await breakDown(page);
  await says(output(page, 'Leads needed'), '5,208');
  await open(page, 'Segments');
  await button(page, 'Split off a segment').click();
  await says(output(page, 'Needed for Segment 1'), '2,604');
  await says(output(page, 'Needed for Segment 2'), '2,604');
  await says(output(page, 'Leads needed'), '5,208');
  // Its own price: half the deals of that half.
  await field(page, 'Average selling price of Segment 2').fill('40k');
  await says(output(page, 'Needed for Segment 2'), '1,302');
  await says(output(page, 'Leads needed'), '3,906');
  // Shares that do not add up are said, and mended with one click.
  await field(page, 'What to bring: Segment 1').fill('30');
  await says(page.locator('.error', { hasText: 'leave' }), /^The segments leave €200,000 of the target to nobody\./);
  await button(page, 'Make them add up').click();
  await holds(field(page, 'What to bring: Segment 1'), '37.5');
  await page.keyboard.press('Control+z');
  await holds(field(page, 'What to bring: Segment 1'), '30');
});

test('a table of segments pastes from a spreadsheet, and says where it cannot be read', async (t) => {
  const { page } = await threeSegments(t);
  await says(notices(page), /^The segments are those of the table now\./);
  await open(page, 'Segments');
  await holds(field(page, 'Name of Enterprise'), 'Enterprise');
  await holds(field(page, 'Average selling price of Enterprise'), '80,000');
  await says(output(page, 'Needed for Enterprise'), '1,042');
  await open(page, 'Paste a table from a spreadsheet');
  await field(page, 'Table of segments').fill('Segment\tShare\nA\t120 %');
  await button(page, 'Take these segments').click();
  await says(page.locator('.error', { hasText: 'Row 2' }), 'Row 2, Share: A rate is a share of those who enter: at most 100 %.');
  await holds(field(page, 'Name of Enterprise'), 'Enterprise');
  // Compared by region: sums.
  await choice(page, 'Compare by').selectOption('Region');
  await says(page.getByRole('row', { name: /^EMEA/ }).locator('td').first(), '€850,000');
});

test('a part of the plan has its own rates, and inherits the others', async (t) => {
  const { page } = await threeSegments(t);
  await choice(page, 'Show').selectOption('Enterprise');
  await holds(field(page, 'Rate from opportunity to deal'), '15');
  await holds(field(page, 'Rate from SQL to opportunity'), '');
  assert.equal(await field(page, 'Rate from SQL to opportunity').getAttribute('placeholder'), '40');
  await field(page, 'Rate from SQL to opportunity').fill('50');
  await says(output(page, 'SQLs needed'), '100');
  // What is the part's and what the whole plan's is said, where the answer is that of the whole and where it is not.
  const note = page.locator('.scope .help');
  const part = 'Empty fields inherit; what is typed applies to this part alone.';
  await says(note, `${part} The answer and the target stay the whole plan's.`);
  await turnTo(page, 'Calendar');
  await says(note, part);
  await turnTo(page, 'Funnel');
  await choice(page, 'Show').selectOption('Everything');
  await says(note, 'Parts inherit what is typed here.');
  await holds(field(page, 'Rate from SQL to opportunity'), '40');
});

test('the cells of the segments have room for what is in them, in any currency', async (t) => {
  const { page } = await threeSegments(t);
  await open(page, 'Segments');
  await openRules(page);
  for (const code of ['EUR', 'CHF', 'XOF']) {
    await page.getByLabel('Currency').selectOption(code);
    await field(page, 'Average selling price of Enterprise').fill('123,456,789');
    await field(page, 'What to bring: Enterprise').fill('33.3333');
    await field(page, 'Region of Small business').fill('Americas');
    const cut = await page.locator('.segments td input').evaluateAll((inputs) => inputs
      .filter((input) => input.scrollWidth > input.clientWidth || input.clientWidth < 40).map((input) => [input.value, input.clientWidth, input.scrollWidth]));
    assert.deepEqual(cut, [], code);
  }
});

test('the start moves, the open pipeline goes in, and the jeopardy is read', async (t) => {
  const { page } = await threeSegments(t);
  await open(page, 'Period and rules');
  await choice(page, 'First month').selectOption('April');
  await turnTo(page, 'Calendar');
  await page.getByRole('region', { name: 'What should be there, by stage' }).waitFor();
  await open(page, 'Booked and open');
  await page.getByText('Choose a segment above').waitFor();
  await choice(page, 'Show').selectOption('Enterprise');
  await open(page, 'Booked and open');
  await page.getByLabel('As of').fill('2027-09-01');
  await says(answer(page), /in jeopardy/);
  const before = await answer(page).innerText();
  await field(page, 'Booked so far').fill('200k');
  await button(page, 'Add what is open').click();
  await field(page, 'How many in row 1').fill('20');
  await field(page, 'Worth together in row 1').fill('1.6m');
  await field(page, 'Days in the stage in row 1').fill('60');
  await says(page.locator('.under'), /^€200,000 is booked and €240,000 of €1,600,000 open is expected to close in time: /);
  assert.notEqual(await answer(page).innerText(), before);
  // Which of its entries still count, and until when.
  await says(page.getByRole('row', { name: /^Leads/ }).first().locator('td').first(), '14 October 2027');
});

test('sources share the work, and each answers for its own', async (t) => {
  const { page } = await openApp({ t });
  await breakDown(page);
  await open(page, 'Sources');
  await field(page, 'Share of Marketing').fill('60');
  await says(page.locator('.error', { hasText: 'add up' }), 'The shares add up to 60 %, not to 100 %.');
  await field(page, 'Share of Sellers, outbound').fill('40');
  await choice(page, 'Stage of entry of Sellers, outbound').selectOption('Opportunity');
  await says(output(page, 'Bookings of Sellers, outbound'), '€400,000');
  await says(output(page, 'Pipeline of Sellers, outbound'), '€2,000,000');
  await says(output(page, 'Leads needed'), '3,125');
  await says(output(page, 'Answer of Marketing'), '938 MQLs');
  await choice(page, "Marketing's mission").selectOption('Own a revenue target');
  await says(output(page, 'Answer of Marketing'), '30 deals, €600,000');
  await choice(page, 'Show').selectOption('Sellers, outbound');
  await says(output(page, 'Leads needed'), '–');
  await says(output(page, 'Opportunities needed'), '100');
});

test('an example is walked: split, pasted, moved, opened, and read', async (t) => {
  const { page } = await openApp({ t, now: '2026-11-22T12:00:00Z' });
  await openExample(page, 'Enterprise, long cycle');
  await says(output(page, 'Engaged accounts needed'), '1,082');

  // Split in two equal halves: no total changes.
  await open(page, 'Segments');
  await button(page, 'Split Banking US').click();
  await says(output(page, 'Needed for Banking US'), '154');
  await says(output(page, 'Engaged accounts needed'), '1,082');

  // The three segments as a spreadsheet has them: what the table does not say, like what is open, stays theirs.
  await open(page, 'Paste a table from a spreadsheet');
  await field(page, 'Table of segments').fill([
    'Segment\tAmount\tAverage selling price\tRate from Opportunity\tDays from Opportunity',
    'Banking EMEA\t7,000,000\t320000\t20 %\t190',
    'Industry EMEA\t6,000,000\t\t\t',
    'Banking US\t5,000,000\t280000\t\t',
  ].join('\n'));
  await button(page, 'Take these segments').click();
  await says(output(page, 'Needed for Banking EMEA'), '269');
  await says(output(page, 'Engaged accounts needed'), '1,082');
  await page.getByRole('button', { name: 'Why this many engaged accounts?' }).click();
  await page.getByRole('dialog').getByText('Industry EMEA: 505.05').waitFor();
  await page.keyboard.press('Escape');

  // The start moves by three months, and every date with it.
  await turnTo(page, 'Calendar');
  const engaged = page.getByRole('row', { name: /^Engaged accounts/ }).first().locator('td').first();
  await says(engaged, '11 January 2027 to 14 February 2027');
  await turnTo(page, 'Funnel');
  await open(page, 'Period and rules');
  await choice(page, 'First month').selectOption('April');
  await turnTo(page, 'Calendar');
  await says(engaged, '12 April 2027 to 16 May 2027');

  // Half a year on: what is booked and open of one segment, and what can no longer be mended.
  await choice(page, 'Show').selectOption('Banking EMEA');
  await open(page, 'Booked and open');
  await page.getByLabel('As of').fill('2027-10-01');
  await field(page, 'Booked so far').fill('2m');
  await field(page, 'How many in row 1').fill('12');
  await field(page, 'Worth together in row 1').fill('3.9m');
  await says(engaged, '12 April 2027');
  await says(answer(page), /^Banking EMEA: .*\$[\d,]+ can no longer be won in this period by anything that enters now\./);
  await says(page.locator('.under'), /^\$2,000,000 is booked and \$[\d,]+ of \$\d+,\d+,000 open is expected to close in time: /);
  await page.getByRole('button', { name: 'Why this answer?' }).click();
  await page.getByRole('dialog').getByText('Banking EMEA: The goal in jeopardy').waitFor();
});

test('figures of sources, of customers and of the calendar can be asked why', async (t) => {
  const { page } = await openApp({ t });
  await openExample(page, /Product-led/);
  const dialog = page.getByRole('dialog', { name: 'Why this figure?' });
  const explained = async (name, lines) => {
    await button(page, name).click();
    for (const line of lines) await dialog.getByText(line, { exact: true }).first().waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    assert.equal(await button(page, name).evaluate((element) => element === document.activeElement), true);
  };
  await open(page, 'Sources');
  await explained('Why do the sources create this much?', [
    'Marketing: pipeline and bookings',
    'In all: bookings €1,456,000, pipeline €6,370,000',
  ]);
  await open(page, 'Customers and what comes back');
  await explained('Why this much new business?', [
    'Customers: €1,100,000 × 104% a year for 12 months = €1,144,000',
    'New business: €2,600,000 − €1,144,000 = €1,456,000',
  ]);
  await choice(page, 'The target is').selectOption('New business');
  await button(page, 'Why this much new business?').waitFor({ state: 'detached' });
  await page.keyboard.press('Control+z');
  await turnTo(page, 'Calendar');
  const visitors = page.getByRole('row', { name: /^Visitors/ }).first();
  const [, overdue, shouldBeOpen, , , stillToEnter] = await visitors.locator('td').allInnerTexts();
  await button(page, 'Why these figures?').click();
  await dialog.getByRole('heading', { name: 'Last useful date for visitors' }).waitFor();
  for (const [title, shown] of [
    ['Overdue: visitors', overdue], ['Should be open: visitors', shouldBeOpen], ['Visitors needed', stillToEnter],
  ]) {
    const explanation = dialog.locator('.explanation', { has: page.getByRole('heading', { name: title }) });
    const inAll = await explanation.getByText(/^In all: /).innerText();
    assert.equal(Math.round(inAll.replace(/In all: |,/g, '')).toLocaleString('en-GB'), shown);
  }
  await page.keyboard.press('Escape');
  await explained('Why this coverage?', ['In all: €495,000 ÷ €1,456,000 = 0.34']);
});

test('the months and the segments that are compared can be asked why', async (t) => {
  const { page } = await threeSegments(t);
  const dialog = page.getByRole('dialog', { name: 'Why this figure?' });
  const lines = (title) => dialog.locator('.explanation', { has: page.getByRole('heading', { name: title, exact: true }) }).getByRole('listitem').allInnerTexts();
  await choice(page, 'Compare by').selectOption('Region');
  const [target, deals, leads, rate] = await page.getByRole('region', { name: 'The segments compared' }).getByRole('row', { name: /^EMEA/ }).locator('td').allInnerTexts();
  await button(page, 'Why these totals?').click();
  const ofEmea = (shown) => shown.slice(0, 2).map((line) => Number(line.replace(/^[^:]*: |,/g, ''))).reduce((a, b) => a + b);
  await dialog.getByText('Enterprise: €600,000 of €600,000').waitFor();
  assert.equal(target, '€850,000');
  assert.equal(Math.round(ofEmea(await lines('Won needed'))), Number(deals));
  assert.equal(Math.round(ofEmea(await lines('Leads needed'))).toLocaleString('en-GB'), leads);
  assert.match((await lines('Won of them'))[0], new RegExp(`^EMEA: [\\d.]+ ÷ [\\d,.]+ = ${rate}$`));
  await page.keyboard.press('Escape');
  await turnTo(page, 'Calendar');
  await open(page, 'Show as a table');
  const months = page.getByRole('region', { name: 'The months as a table' });
  const [, shown] = await months.getByRole('row', { name: /^March 2027/ }).locator('td').allInnerTexts();
  await button(page, 'Why these months?').click();
  const march = (await lines('Leads, month by month')).find((line) => line.startsWith('March 2027: '));
  const entries = /^March 2027: Enterprise: ([\d,.]+), Small business: ([\d,.]+), Partners: ([\d,.]+), in all ([\d,.]+)$/.exec(march)
    .slice(1).map((figure) => Number(figure.replace(',', '')));
  assert.ok(Math.abs(entries[0] + entries[1] + entries[2] - entries[3]) <= 0.02, march);
  assert.equal(Math.round(entries[3]).toLocaleString('en-GB'), shown);
  await page.keyboard.press('Escape');
  // What one source creates of one segment shows the calculation.
  await choice(page, 'Show').selectOption('Enterprise');
  await button(page, 'Why these months?').click();
  const leadsOfEnterprise = await lines('Enterprise: Leads, month by month');
  assert.match(leadsOfEnterprise.find((line) => line.startsWith('March 2027: ')), /^March 2027: €[\d,.]+ by \d+ \w+ 202\d ÷ €[\d,.]+ = [\d,.]+$/);
});

test('rows of what is open come and go by the keyboard, and the focus stays among them', async (t) => {
  const { page } = await threeSegments(t);
  await turnTo(page, 'Calendar');
  await choice(page, 'Show').selectOption('Enterprise');
  await open(page, 'Booked and open');
  const hasFocus = (element) => page.waitForFunction((each) => each === document.activeElement, element);
  for (const row of [1, 2]) {
    await button(page, 'Add what is open').press('Enter');
    await hasFocus(await field(page, `How many in row ${row}`).elementHandle());
    await page.keyboard.type(`${row}0`);
  }
  await button(page, 'Remove row 1').press('Enter');
  await button(page, 'Remove row 2').waitFor({ state: 'detached' });
  await hasFocus(await field(page, 'How many in row 1').elementHandle());
  await holds(field(page, 'How many in row 1'), '20');
  await button(page, 'Remove row 1').press('Enter');
  await field(page, 'How many in row 1').waitFor({ state: 'detached' });
  await hasFocus(await button(page, 'Add what is open').elementHandle());
});

test('what is opened stays open when the page is drawn anew, and what is closed stays closed', async (t) => {
  const { page } = await openApp({ t });
  await breakDown(page);
  const titles = () => page.locator('details[open] h2').allInnerTexts();
  assert.equal(await page.locator('.settings :is(input, select)').count(), 0, 'what was never opened is not drawn');
  await open(page, 'Segments');
  await open(page, 'Sources');
  await button(page, 'Split off a segment').click();
  await choice(page, 'Show').selectOption('Segment 2');
  await choice(page, 'Show').selectOption('Everything');
  assert.deepEqual(await titles(), ['SEGMENTS', 'SOURCES']);
  await turnTo(page, 'Calendar');
  await open(page, 'Season, spread');
  assert.deepEqual(await titles(), ['SEASON, SPREAD AND THE NEXT PERIOD']);
  await turnTo(page, 'Funnel');
  // A name can be corrected in its middle.
  const name = field(page, 'Name of Segment 2');
  await name.press('End');
  await name.press('ArrowLeft');
  await name.press('ArrowLeft');
  await page.keyboard.type('US');
  assert.equal(await field(page, 'Name of SegmentUS 2').inputValue(), 'SegmentUS 2');
  const sources = page.locator('summary', { hasText: 'Sources' });
  await field(page, 'Share of Partners').fill('half');
  await sources.click();
  await sources.click();
  assert.equal(await field(page, 'Share of Partners').inputValue(), 'half', 'what is unfinished outlasts closing');
  await sources.click();
  // The browser tells of it a task later, sooner than any hand chooses a part.
  await page.evaluate(() => new Promise((done) => { requestAnimationFrame(() => setTimeout(done)); }));
  await choice(page, 'Show').selectOption('Segment 1');
  assert.deepEqual(await titles(), ['SEGMENTS']);
});

test('a part that is undone away is looked at no more, and nothing is typed into it', async (t) => {
  const { page } = await openApp({ t });
  await breakDown(page);
  await open(page, 'Segments');
  await button(page, 'Split off a segment').click();
  await choice(page, 'Show').selectOption('Segment 2');
  await holds(field(page, 'Average selling price'), '');
  await button(page, 'Undo').click();
  await choice(page, 'Show').waitFor({ state: 'detached' });
  await holds(field(page, 'Average selling price'), '20,000');
  await field(page, 'Average selling price').fill('40k');
  await says(output(page, 'Leads needed'), '2,604');
  // Goals that are stated in another way have other fields, after an undo as well.
  await button(page, 'Split off a segment').click();
  await choice(page, 'Segments state').selectOption('an amount of their own');
  await holds(field(page, 'What to bring: Segment 2'), '500,000');
  await button(page, 'Undo').click();
  await holds(field(page, 'What to bring: Segment 2'), '50');
});

test('the names of months have room, in every length and width', async (t) => {
  const { page } = await openApp({ t, now: '2026-11-22T12:00:00Z' });
  await breakDown(page);
  await open(page, 'Period and rules');
  for (const months of ['1 month', '6 months', '12 months', '24 months', '36 months']) {
    await choice(page, 'Length').selectOption(months);
    await turnTo(page, 'Calendar');
    for (const width of [1280, 768, 641, 360]) {
      await page.setViewportSize({ width, height: 800 });
      const shown = await page.locator('.axis li').evaluateAll((all) => all.filter((each) => each.textContent && getComputedStyle(each).visibility === 'visible').map((each) => {
        const range = document.createRange();
        range.selectNodeContents(each);
        const { left, right } = range.getBoundingClientRect();
        return { name: each.textContent, left, right };
      }));
      assert.ok(shown.some(({ name }) => name.startsWith('Jan')), `${months} at ${width}: the year is told`);
      for (const [at, { left }] of shown.entries()) assert.ok(at === 0 || left > shown[at - 1].right, `${months} at ${width}: ${JSON.stringify(shown)}`);
    }
    await turnTo(page, 'Funnel');
    await open(page, 'Period and rules');
  }
});
