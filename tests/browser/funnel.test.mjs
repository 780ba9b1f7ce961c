// The funnel is the form: breaking it down, its stages, its figures as a table, undo across everything, and the keyboard.
import test from 'node:test';
import assert from 'node:assert/strict';
import { NOW, answer, breakDown, button, eventually, exportPlan, field, holds, notices, openApp, openRules, output, says } from './support.mjs';

const TARGET = 'Revenue target';
const PRICE = 'Average selling price';
const RATE = 'Close rate';

/** The names of the stages, from first touch to won. */
const stages = (page) => page.getByRole('region', { name: 'The funnel' }).getByRole('heading', { level: 3 }).allInnerTexts();
const edit = (page, stage) => button(page, `Edit the stage ${stage}`).click();
const choose = (page, name, label) => page.getByRole('combobox', { name, exact: true }).selectOption({ label });
const volume = (page, stage) => output(page, `${stage} needed`).innerText();
const volumes = async (page) => Object.fromEntries(await Promise.all((await stages(page)).map(async (stage) => [stage, await volume(page, stage)])));
const whole = (figure) => Math.round(figure).toLocaleString('en-GB');
/** Puts a plan with the longest permitted funnel or any other in place of the one on the page. */
const openText = async (page, text) => {
  await button(page, 'Plans').click();
  await page.getByText('Paste a link or the text of a plan').click();
  await page.getByLabel('Link or text').fill(text);
  await button(page, 'Open it').click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
};

for (const [name, headline, leads, of, expected] of [
  ['Sales-led', 'Leads', 'leads', 'opportunities', { Visitors: 0.02, Leads: 0.3, MQLs: 0.4, SQLs: 0.4, Opportunities: 0.25, Won: 1 }],
  ['Demand waterfall', 'Inquiries', 'inquiries', 'SQLs', { Inquiries: 0.25, MQLs: 0.5, SALs: 0.6, SQLs: 0.25, Won: 1 }],
  ['Product-led', 'Sign-ups', 'sign-ups', 'PQLs', { Visitors: 0.04, 'Sign-ups': 0.35, 'Activated trials': 0.3, PQLs: 0.25, Won: 1 }],
  ['Account-based', 'Engaged accounts', 'engaged accounts', 'opportunities', { 'Target accounts': 0.45, 'Engaged accounts': 0.35, 'Qualified accounts': 0.4, Opportunities: 0.25, Won: 1 }],
  ['Outbound', 'Contacts', 'contacts', 'opportunities', { Contacts: 0.08, Conversations: 0.25, Meetings: 0.5, Opportunities: 0.25, Won: 1 }],
  ['E-commerce', 'Visitors', 'visitors', 'checkouts', { Visitors: 0.35, 'Product views': 0.2, Carts: 0.5, Checkouts: 0.25, Orders: 1 }],
]) {
  test(`break it down: ${name} keeps target, price and close rate, and says what the leads were and are`, async (t) => {
    const { page } = await openApp({ t });
    await field(page, TARGET).fill('3m');
    await field(page, PRICE).fill('15,000');
    await field(page, RATE).fill('25');
    await says(output(page, 'Leads needed'), '800');
    await breakDown(page, name);
    assert.deepEqual(await stages(page), Object.keys(expected));
    assert.deepEqual(await Promise.all([TARGET, PRICE, RATE].map((label) => field(page, label).inputValue())), ['3,000,000', '15,000', '25']);
    let needed = 200;
    for (const [stage, rate] of Object.entries(expected).reverse()) {
      needed /= rate;
      await says(output(page, `${stage} needed`), whole(needed));
    }
    const now = await volume(page, headline);
    await says(notices(page), new RegExp(`^It was 800 leads; now it is ${now} ${leads}\\. Your close rate of 25% is now that of ${of}; the other rates are the template's\\.`));
    assert.match(await answer(page).innerText(), new RegExp(`^To book €3,000,000 by .* you need ${now} ${leads} by `));
    await button(page, 'Dismiss').click();
    await page.getByText('It was 800 leads').waitFor({ state: 'detached' });
    // One edit, one step back.
    await button(page, 'Undo').click();
    assert.deepEqual(await stages(page), ['Leads', 'Won']);
  });
}

test('break it down into stages of one’s own: nothing changes until a rate is typed', async (t) => {
  const { page } = await openApp({ t });
  await breakDown(page, 'My own stages');
  assert.deepEqual(await stages(page), ['Leads', 'New stages', 'Won']);
  assert.deepEqual(await volumes(page), { Leads: '250', 'New stages': '50', Won: '50' });
  await edit(page, 'New stages');
  await field(page, 'Name of many').fill('Demos');
  await field(page, 'Name of one').fill('Demo');
  await says(output(page, 'Demos needed'), '50');
  await field(page, 'Rate from demo to deal').fill('50');
  await says(output(page, 'Demos needed'), '100');
  await says(output(page, 'Leads needed'), '500');
  assert.equal(await field(page, RATE).inputValue(), '50', 'the close rate is the last rate');
  await page.getByText('of all demos that are created').waitFor();
});

test('the same rate stands in two places and is one', async (t) => {
  const { page } = await openApp({ t });
  await field(page, 'Rate from lead to deal').fill('25');
  await holds(field(page, RATE), '25');
  await field(page, RATE).fill('10');
  await holds(field(page, 'Rate from lead to deal'), '10');
  await says(output(page, 'Leads needed'), '500');
});

test('stages are renamed, and everything says their names', async (t) => {
  const { page } = await openApp({ t });
  await breakDown(page);
  await edit(page, 'SQLs');
  await field(page, 'Name of many').fill('Discovery calls');
  await field(page, 'Name of one').fill('Discovery call');
  await says(output(page, 'Discovery calls needed'), '625');
  await field(page, 'Discovery calls available').waitFor();
  await field(page, 'Rate from discovery call to opportunity').waitFor();
  await button(page, 'Why this many discovery calls?').waitFor();
  await page.getByText(/hands over to sales: \d+ discovery calls a month/).waitFor();
  await field(page, 'Name of many').fill('');
  await page.getByText('Give the stage a name.').waitFor();
  await field(page, 'Name of many').fill('Leads');
  await page.getByText('Another stage has this name.').waitFor();
  await field(page, 'Name of many').fill('x'.repeat(41));
  await page.getByText('At most 40 characters; this has 41.').waitFor();
  assert.equal(await field(page, 'Name of many').inputValue(), 'x'.repeat(41), 'what does not fit is kept');
  await field(page, 'Name of many').fill('x'.repeat(40));
  await says(output(page, `${'x'.repeat(40)} needed`), '625');
});

test('the name of the plan is edited in place, in the title too', async (t) => {
  const { page } = await openApp({ t });
  const name = field(page, 'Plan name');
  await name.fill('Europe 2027');
  await eventually(async () => assert.equal(await page.title(), 'Europe 2027 · Backcast'));
  await name.fill('x'.repeat(81));
  await page.getByText('At most 80 characters; this has 81.').waitFor();
  assert.equal(await page.title(), 'Europe 2027 · Backcast');
  await name.fill('');
  await eventually(async () => assert.equal(await page.title(), 'Backcast'));
});

test('stages move up and down with their rates, and the last stays the last', async (t) => {
  const { page } = await openApp({ t });
  await breakDown(page);
  await edit(page, 'MQLs');
  await button(page, 'Move down').click();
  assert.deepEqual(await stages(page), ['Visitors', 'Leads', 'SQLs', 'MQLs', 'Opportunities', 'Won']);
  assert.equal(await field(page, 'Days from MQL to opportunity').inputValue(), '10');
  await button(page, 'Move down').click();
  assert.deepEqual(await stages(page), ['Visitors', 'Leads', 'SQLs', 'Opportunities', 'MQLs', 'Won']);
  assert.equal(await button(page, 'Move down').isDisabled(), true);
  for (let times = 0; times < 4; times += 1) await button(page, 'Move up').click();
  assert.deepEqual(await stages(page), ['MQLs', 'Visitors', 'Leads', 'SQLs', 'Opportunities', 'Won']);
  assert.equal(await button(page, 'Move up').isDisabled(), true);
  assert.deepEqual(await volumes(page), { MQLs: '260,417', Visitors: '104,167', Leads: '2,083', SQLs: '625', Opportunities: '250', Won: '50' });
  await edit(page, 'Won');
  for (const name of ['Move up', 'Move down', 'Add a stage after it', 'Remove']) assert.equal(await button(page, name).isDisabled(), true, `Won: ${name}`);
});

test('the owner of a stage decides where work is handed over', async (t) => {
  const { page } = await openApp({ t, now: NOW });
  await breakDown(page);
  const handoffs = async () => (await page.getByText(/hands over to/).allInnerTexts()).map((text) => text.trim().replace(/\s*why\?$/, ''));
  assert.deepEqual(await handoffs(), [
    'Marketing hands over to sales development: 148 MQLs a month, worth €94,526 of bookings',
    'Sales development hands over to sales: 57 SQLs a month, worth €91,679 of bookings',
  ]);
  await edit(page, 'SQLs');
  await choose(page, 'Owner', 'Sales');
  await eventually(async () => assert.deepEqual(await handoffs(), ['Marketing hands over to sales: 148 MQLs a month, worth €94,526 of bookings']));
  await edit(page, 'MQLs');
  await choose(page, 'Owner', 'Sales');
  await eventually(async () => assert.match((await handoffs())[0], /^Marketing hands over to sales: \d+ leads a month/));
  await field(page, 'Rate from opportunity to deal').fill('0');
  await eventually(async () => assert.deepEqual(await handoffs(), ['Marketing hands over to sales: no number of leads would do']));
});

test('a definition is kept with its stage', async (t) => {
  const { page } = await openApp({ t });
  await breakDown(page);
  await edit(page, 'SQLs');
  await holds(field(page, 'Definition'), 'Spoken to, with a need and a person who decides: sales qualified.');
  await field(page, 'Definition').fill('Budget confirmed by the buyer.');
  await button(page, 'Move up').click();
  await edit(page, 'SQLs');
  await edit(page, 'SQLs');
  await holds(field(page, 'Definition'), 'Budget confirmed by the buyer.');
  await field(page, 'Definition').fill('d'.repeat(401));
  await page.getByText('At most 400 characters; this has 401.').waitFor();
  const plan = JSON.parse(await exportPlan(page));
  assert.equal(plan.stages.find((stage) => stage.plural === 'SQLs').definition, 'Budget confirmed by the buyer.');
});

test('removing a stage leaves the figures above it as they were', async (t) => {
  const { page } = await openApp({ t });
  await breakDown(page);
  const before = await volumes(page);
  const days = await output(page, 'Days from visitor to won').innerText();
  await edit(page, 'MQLs');
  await button(page, 'Remove').click();
  const { MQLs, ...rest } = before;
  assert.equal(MQLs, '1,563');
  assert.deepEqual(await volumes(page), rest);
  assert.equal(await output(page, 'Days from visitor to won').innerText(), days);
  assert.equal(await field(page, 'Rate from lead to SQL').inputValue(), '12');
  assert.equal(await field(page, 'Days from lead to SQL').inputValue(), '31');
  // The stage that the answer leads with hands that on.
  await edit(page, 'Leads');
  await button(page, 'Remove').click();
  await says(answer(page), /you need 260,417 visitors by/);
});

test('a funnel has two to ten stages', async (t) => {
  const { page } = await openApp({ t });
  await edit(page, 'Leads');
  assert.equal(await button(page, 'Remove').isDisabled(), true);
  for (let count = 3; count <= 10; count += 1) {
    await button(page, 'Add a stage after it').click();
    await eventually(async () => assert.equal((await stages(page)).length, count));
    await field(page, 'Name of many').fill(`Steps ${count}`);
    await field(page, 'Name of one').fill(`Step ${count}`);
  }
  assert.equal(await button(page, 'Add a stage after it').isDisabled(), true);
  for (const name of await page.getByRole('textbox', { name: /^Rate from/ }).all()) await name.fill('0.01');
  await says(output(page, 'Leads needed'), '5E37');
  await says(answer(page), /you need 5E37 leads by/);
  await edit(page, 'Leads');
  await button(page, 'Remove').click();
  assert.equal((await stages(page)).length, 9);
  for (let count = 8; count >= 2; count -= 1) {
    await page.getByRole('button', { name: /^Edit the stage/ }).first().click();
    await button(page, 'Remove').click();
    assert.equal((await stages(page)).length, count);
  }
  await page.getByRole('button', { name: /^Edit the stage/ }).first().click();
  assert.equal(await button(page, 'Remove').isDisabled(), true);
});

test('a stage can be moved on and on by the same key: the focus stays on the button', async (t) => {
  const { page } = await openApp({ t });
  await breakDown(page);
  await edit(page, 'Leads');
  await button(page, 'Move down').focus();
  for (const order of [['Visitors', 'MQLs', 'Leads'], ['Visitors', 'MQLs', 'SQLs', 'Leads']]) {
    await page.keyboard.press('Enter');
    await eventually(async () => assert.deepEqual((await stages(page)).slice(0, order.length), order));
    await eventually(async () => assert.equal(await button(page, 'Move down').evaluate((each) => each === document.activeElement), true, 'the focus is still on Move down'), 1000);
  }
  await button(page, 'Move up').focus();
  for (const order of [['Visitors', 'MQLs', 'Leads'], ['Visitors', 'Leads', 'MQLs']]) {
    await page.keyboard.press('Enter');
    await eventually(async () => assert.deepEqual((await stages(page)).slice(0, order.length), order));
    await eventually(async () => assert.equal(await button(page, 'Move up').evaluate((each) => each === document.activeElement), true, 'the focus is still on Move up'), 1000);
  }
});

test('a stage that is added or removed takes the focus with it: nobody is thrown to the top of the page', async (t) => {
  const { page } = await openApp({ t });
  await breakDown(page);
  await edit(page, 'Leads');
  const inPage = () => page.evaluate(() => document.activeElement !== document.body && document.activeElement !== null);
  await button(page, 'Add a stage after it').focus();
  await page.keyboard.press('Enter');
  await output(page, 'New stages needed').waitFor();
  await eventually(async () => assert.equal(await inPage(), true, 'after Add a stage after it'), 1000);
  await button(page, 'Remove').focus();
  await page.keyboard.press('Enter');
  await output(page, 'New stages needed').waitFor({ state: 'detached' });
  await eventually(async () => assert.equal(await inPage(), true, 'after Remove'), 1000);
});

test('the answer can lead with any stage', async (t) => {
  const { page } = await openApp({ t, now: NOW });
  await breakDown(page);
  await openRules(page);
  await choose(page, 'The answer leads with', 'MQLs');
  await says(answer(page), 'To book €1,000,000 by 31 December 2027 you need 1,563 MQLs by 9 October, 148 a month from 22 November 2026. Later ones count for 2028.');
  await page.getByText('50 deals at €20,000. One MQL is worth €640 of bookings.').waitFor();
  await says(output(page, 'Worth of one MQL'), '€640');
  await choose(page, 'The answer leads with', 'Won');
  await says(answer(page), /^To book €1,000,000 by 31 December 2027 you need 50 deals by 31 December, /);
  // The choice follows a new name.
  await edit(page, 'Won');
  await field(page, 'Name of many').fill('Contracts');
  await eventually(async () => assert.equal(await page.getByLabel('The answer leads with').locator('option:checked').innerText(), 'Contracts'));
});

test('the picture has its sentence and its table', async (t) => {
  const { page } = await openApp({ t, now: NOW });
  await breakDown(page);
  const figure = page.getByRole('figure');
  await figure.getByText('From 260,417 visitors to 50 deals; the narrowest step is from visitor to lead, where 2% go on.').waitFor();
  await page.getByText('Show as a table').click();
  const table = page.getByRole('region', { name: 'The stages as a table' }).getByRole('table');
  const rows = await table.getByRole('row').evaluateAll((all) => all.map((row) => [...row.cells].map((cell) => cell.innerText)));
  assert.deepEqual(rows[0], ['Stage', 'Owner', 'Needed', 'A month', 'Last useful date', 'Rate to next', 'Days to next', 'Rate to won', 'Days to won', 'Worth of one (EUR)']);
  assert.deepEqual(rows[2], ['Leads', 'Marketing', '5,208', '527', '18 September 2027', '30%', '21', '0.96%', '104', '€192']);
  assert.equal(rows.length, 7);
  assert.equal(await table.getByRole('rowheader').count(), 6);
  assert.equal(await table.getByRole('columnheader').count(), 10);
  await field(page, TARGET).fill('2m');
  await eventually(async () => assert.equal(await table.getByRole('row').nth(2).getByRole('cell').nth(1).innerText(), '10,417'));
  await page.getByText('Show as a table').click();
  await table.waitFor({ state: 'hidden' });
});

test('the table is there whenever it is open, however quickly it was opened and closed', async (t) => {
  const { page } = await openApp({ t });
  const summary = page.getByText('Show as a table');
  await summary.dblclick();
  await summary.click();
  await page.getByRole('table').waitFor({ timeout: 2000 });
});

test('names are words, whatever is in them', async (t) => {
  const { page } = await openApp({ t });
  const name = '<script>window.hit=1</script>"\'&amp;';
  const image = '<img src=x onerror=window.hit=2>';
  await breakDown(page);
  await field(page, 'Plan name').fill(`${image}"'&lt;`);
  await edit(page, 'Leads');
  await field(page, 'Name of many').fill(name);
  await field(page, 'Name of one').fill(image);
  await field(page, 'Definition').fill(name + image);
  await says(output(page, `${name} needed`), '5,208');
  assert.equal((await stages(page))[1], name);
  await page.getByText('Show as a table').click();
  await page.getByRole('rowheader', { name, exact: true }).waitFor();
  await field(page, `${name} available`).fill('100');
  await page.getByText(`100 ${name} bring €19,200`).waitFor();
  assert.match(await answer(page).innerText(), /you need 5,208 <script>/);
  await button(page, `Why this many ${name}?`).click();
  await page.getByRole('dialog').getByText(`${name} needed`, { exact: true }).waitFor();
  await page.keyboard.press('Escape');
  assert.equal(await page.title(), `${image}"'&lt; · Backcast`);
  await openRules(page);
  assert.ok((await page.getByLabel('The answer leads with').locator('option').allInnerTexts()).includes(name));
  await button(page, 'Plans').click();
  await button(page, `Open ${image}"'&lt;`).waitFor();
  assert.equal(await page.evaluate(() => window.hit), undefined);
  assert.equal(await page.locator('#app script, #app img').count(), 0);
});

test('what cannot be seen in a name is not taken over', async (t) => {
  const { page } = await openApp({ t });
  const name = field(page, 'Plan name');
  await name.fill('Eu\u202Ero\u200Bpe');
  await name.blur();
  await eventually(async () => assert.equal(await page.title(), 'Europe · Backcast'));
  await holds(name, 'Europe');
});

test('a volume typed for a stage outlives another template that has that stage', async (t) => {
  const { page } = await openApp({ t });
  await field(page, 'Leads available').fill('800');
  await breakDown(page);
  await holds(field(page, 'Leads available'), '800');
  await page.getByText('800 leads bring €153,600').waitFor();
});

test('every kind of edit is undone and redone, by the buttons and by the keys', async (t) => {
  const { page } = await openApp({ t, now: NOW });
  /** The whole plan, as its link. */
  const plan = async () => {
    await button(page, 'Share').click();
    const link = await page.getByLabel('Link to this plan').inputValue();
    await page.keyboard.press('Escape');
    return link;
  };
  assert.equal(await button(page, 'Undo').isDisabled(), true);
  assert.equal(await button(page, 'Redo').isDisabled(), true);
  await breakDown(page);
  await edit(page, 'SQLs');
  await openRules(page);
  const leave = async (input, text) => { await input.fill(text); await input.blur(); };
  const first = await plan();
  let before = first;
  let steps = 0;
  for (const [what, change] of [
    ['target', () => leave(field(page, TARGET), '2m')],
    ['price', () => leave(field(page, PRICE), '30k')],
    ['close rate', () => leave(field(page, RATE), '33')],
    ['a rate', () => leave(field(page, 'Rate from visitor to lead'), '3')],
    ['days', () => leave(field(page, 'Days from MQL to SQL'), '12')],
    ['available', () => leave(field(page, 'Leads available'), '800')],
    ['available, emptied', () => leave(field(page, 'Leads available'), '')],
    ['plan name', () => leave(field(page, 'Plan name'), 'Europe')],
    ['many', () => leave(field(page, 'Name of many'), 'Calls')],
    ['one', () => leave(field(page, 'Name of one'), 'Call')],
    ['owner', () => choose(page, 'Owner', 'Sales')],
    ['definition', () => leave(field(page, 'Definition'), 'Talked.')],
    ['move up', () => button(page, 'Move up').click()],
    ['move down', () => button(page, 'Move down').click()],
    ['add', () => button(page, 'Add a stage after it').click()],
    ['remove', () => button(page, 'Remove').click()],
    ['template', () => breakDown(page, 'Outbound')],
    ['own stage', () => breakDown(page, 'My own stages')],
    ['first month', () => choose(page, 'First month', 'April')],
    ['year', () => choose(page, 'Year', '2028')],
    ['length', () => choose(page, 'Length', '18 months')],
    ['as of', () => page.getByLabel('As of').fill('2027-02-01')],
    ['today', () => button(page, 'Set to today').click()],
    ['currency', () => page.getByLabel('Currency').selectOption('USD')],
    ['headline', () => choose(page, 'The answer leads with', 'Meetings')],
    ['rounding', () => choose(page, 'Rounding of volumes', 'Round up at each stage')],
  ]) {
    await change();
    const after = await plan();
    assert.notEqual(after, before, what);
    await button(page, 'Undo').click();
    assert.equal(await plan(), before, `${what}, undone`);
    await button(page, 'Redo').click();
    before = after; // or the next one will not be undone to it
    steps += 1;
  }
  assert.equal(await button(page, 'Redo').isDisabled(), true);
  for (let step = 0; step < steps; step += 1) await page.keyboard.press('ControlOrMeta+z');
  assert.equal(await plan(), first);
  for (let step = 0; step < steps; step += 1) await page.keyboard.press(step % 2 ? 'Control+y' : 'Control+Shift+z');
  assert.equal(await plan(), before);
  assert.equal(await button(page, 'Redo').isDisabled(), true);
});

test('what is typed in one field without leaving it is one step', async (t) => {
  const { page } = await openApp({ t });
  const target = field(page, TARGET);
  await target.click();
  await target.press('ControlOrMeta+a');
  await target.pressSequentially('3500000');
  await says(output(page, 'Leads needed'), '875');
  await page.keyboard.press('Control+z');
  await holds(target, '1,000,000');
  await says(output(page, 'Leads needed'), '250');
  await page.keyboard.press('Control+y');
  await says(output(page, 'Leads needed'), '875');
  await field(page, PRICE).fill('35k');
  await target.fill('7m');
  await says(output(page, 'Leads needed'), '1,000');
  for (const leads of ['500', '875', '250']) {
    await page.keyboard.press('Control+z');
    await says(output(page, 'Leads needed'), leads);
  }
  assert.equal(await button(page, 'Undo').isDisabled(), true);
  await field(page, RATE).fill('25');
  assert.equal(await button(page, 'Redo').isDisabled(), true, 'a new edit forgets what was undone');
});

test('Ctrl+Z in a field with something that cannot be read takes that back first', async (t) => {
  const { page } = await openApp({ t });
  const target = field(page, TARGET);
  await target.fill('2m');
  await target.blur();
  await target.fill('2m what');
  await page.keyboard.press('Control+z');
  await holds(target, '2,000,000');
  await says(output(page, 'Leads needed'), '500');
  await page.keyboard.press('Control+z');
  await holds(target, '1,000,000');
});

test('a name that is too long can be undone by key as well', async (t) => {
  const { page } = await openApp({ t });
  const name = field(page, 'Plan name');
  await name.fill('x'.repeat(81));
  await page.getByText('At most 80 characters; this has 81.').waitFor();
  await page.keyboard.press('Control+z');
  await holds(name, 'My plan');
  assert.equal(await page.getByText('At most 80 characters').isVisible(), false);
});

test('what only tells goes once the plan is another one; a warning stays', async (t) => {
  const { page } = await openApp({ t });
  await breakDown(page);
  await says(notices(page), /^It was 250 leads; now it is /);
  await button(page, 'Undo').click();
  await says(notices(page), '');
  await button(page, 'Redo').click();
  await says(notices(page), '');
  await page.evaluate(() => { location.hash = 'bcst1rAABX'; });
  await says(notices(page), /cut off/);
  await field(page, TARGET).fill('3m');
  await says(notices(page), /cut off/);
});

test('Ctrl+Z in a dialog does not change the plan behind it', async (t) => {
  const { page } = await openApp({ t });
  await field(page, TARGET).fill('2m');
  await button(page, 'Plans').click();
  await page.getByText('Paste a link or the text of a plan').click();
  await page.getByLabel('Link or text').pressSequentially('bc');
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await says(output(page, 'Leads needed'), '500');
});

test('the whole task by keyboard alone', async (t) => {
  const { page } = await openApp({ t, permissions: ['clipboard-read', 'clipboard-write'] });
  const focused = () => page.evaluate(() => {
    const element = document.activeElement;
    return element.getAttribute('aria-label') ?? element.labels?.[0]?.innerText ?? element.innerText;
  });
  /** Goes on with Tab until the focus is on what has this name. */
  const tabTo = async (name, key = 'Tab') => {
    const passed = [];
    for (let times = 0; times < 120; times += 1) {
      await page.keyboard.press(key);
      const at = (await focused()).trim();
      if (name instanceof RegExp ? name.test(at) : at === name) return;
      passed.push(at);
    }
    assert.fail(`${name} is not to be reached: ${passed.join(' › ')}`);
  };
  await page.keyboard.press('Tab');
  assert.equal(await focused(), 'Skip to the plan');
  await page.keyboard.press('Enter');
  await eventually(async () => assert.equal(await page.evaluate(() => document.activeElement.id), 'main'));
  for (const [name, typed] of [[TARGET, '2m'], [PRICE, '10k'], [RATE, '25']]) {
    await tabTo(name);
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type(typed);
  }
  await says(output(page, 'Leads needed'), '800');
  await tabTo('Break it down');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Break it down' }).waitFor();
  await tabTo(/^Sales-led/);
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await says(output(page, 'Leads needed'), '16,667');
  await eventually(async () => assert.equal(await page.evaluate(() => document.activeElement.className), 'notice', 'the focus is on what the template did'));
  assert.equal(await page.evaluate(() => { const { top, bottom } = document.activeElement.getBoundingClientRect(); return top >= 0 && bottom <= innerHeight; }), true, 'and seen');
  await page.keyboard.press('Tab');
  assert.equal(await focused(), 'Dismiss');
  await tabTo('Why this many MQLs?');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Why this figure?' }).waitFor();
  // The focus stays inside.
  for (let times = 0; times < 12; times += 1) {
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement === document.body || Boolean(document.activeElement.closest('dialog'))), true);
  }
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  assert.equal(await focused(), 'Why this many MQLs?');
  await tabTo('Edit the stage MQLs', 'Shift+Tab');
  await page.keyboard.press('Enter');
  await tabTo('Name of many');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('Qualified');
  await says(output(page, 'Qualified needed'), '5,000');
  await tabTo('Share', 'Shift+Tab');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Share this plan' }).waitFor();
  await tabTo('Copy link');
  await page.keyboard.press('Enter');
  await button(page, 'Copied').waitFor();
  assert.match(await page.evaluate(() => navigator.clipboard.readText()), /#bcst/);
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  assert.equal(await focused(), 'Share');
});

test('a plan with ten stages and the longest names opens and can be edited', async (t) => {
  const { page } = await openApp({ t });
  const count = 10;
  const plan = {
    format: 'backcast-plan', version: 1, name: 'N'.repeat(80), currency: 'EUR', period: { start: '2027-01', months: 36 }, asOf: '2026-11-22', target: '1000000000000000',
    stages: Array.from({ length: count }, (_, at) => ({ singular: `${at}${'W'.repeat(39)}`, plural: `${at}${'M'.repeat(39)}`, owner: ['marketing', 'salesDevelopment', 'sales'][at % 3] })),
    segments: [{ asp: '0.5', steps: Array.from({ length: count - 1 }, () => ({ rate: '0.999999', days: 30 })) }],
  };
  await openText(page, JSON.stringify(plan));
  await holds(field(page, 'Plan name'), plan.name);
  assert.equal((await stages(page)).length, 10);
  await edit(page, plan.stages[4].plural);
  await button(page, 'Move up').click();
  assert.equal((await stages(page))[3], plan.stages[4].plural);
});
