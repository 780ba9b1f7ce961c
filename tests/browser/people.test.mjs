// The people and the money: the page that is loaded on demand, and who closes what the pipeline brings.
import test from 'node:test';
import assert from 'node:assert/strict';
import { button, checkAccessibility, field, holds, openApp, says } from './support.mjs';

const PART = /_people\.wasm$/;
const turnTo = (page, name) => page.getByRole('navigation', { name: 'Pages' }).getByRole('button', { name }).click();
const sentence = (page) => page.locator('#main h1');
async function open(page, title) {
  const summary = page.locator('summary', { hasText: title }).first();
  await summary.waitFor();
  if (!(await summary.evaluate((each) => each.parentElement.open))) await summary.click();
}
const SECTIONS = ['Sellers', 'Sales development', 'Channels', 'Budget, cost and margin', 'What the money brings', 'How these figures', 'What a change costs'];
const AFTER = { now: '2026-12-31T12:00:00Z' };

test('the page is asked for when it is opened, once', async (t) => {
  const asked = [];
  const { page } = await openApp({ t, prepare: (fresh) => fresh.route(PART, async (route) => { asked.push(route.request().url()); await route.continue(); }) });
  assert.equal(asked.length, 0);
  await turnTo(page, 'People & money');
  await says(sentence(page), /^Say who sells/);
  await turnTo(page, 'Funnel');
  await says(sentence(page), /leads does your revenue target take|leads/i);
  await turnTo(page, 'People & money');
  await says(sentence(page), /^Say who sells/);
  assert.equal(asked.length, 1);
});

test('a host that does not know the type of WebAssembly sends the page all the same', async (t) => {
  const { page } = await openApp({
    t,
    prepare: (fresh) => fresh.route(PART, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, headers: { ...response.headers(), 'content-type': 'application/octet-stream' } });
    }),
  });
  await turnTo(page, 'People & money');
  await says(sentence(page), /^Say who sells/);
});

for (const [what, response] of [
  ['is not there', { status: 404, body: 'nothing' }],
  ['is a web page', { contentType: 'text/html', body: '<p>Sign in' }],
  ['is damaged', { contentType: 'application/wasm', body: 'damaged' }],
]) {
  test(`a page that ${what} is told, harms nothing, and can be asked for again`, async (t) => {
    let fails = true;
    const { page } = await openApp({
      t,
      expected: [/_people\.wasm|damaged|404/],
      prepare: (fresh) => fresh.route(PART, (route) => (fails ? route.fulfill(response) : route.continue())),
    });
    await field(page, 'Revenue target').fill('3m');
    await turnTo(page, 'People & money');
    await page.getByText('Your plan is safe').waitFor();
    await turnTo(page, 'Funnel');
    await holds(field(page, 'Revenue target'), '3,000,000');
    await turnTo(page, 'People & money');
    await page.getByText('Your plan is safe').waitFor();
    fails = false;
    await button(page, 'Try again').click();
    await says(sentence(page), /^Say who sells/);
  });
}

test('wins are capped by the sellers, and freed by hires', async (t) => {
  const { page } = await openApp({ t, ...AFTER });
  await field(page, 'Revenue target').fill('2m');
  await turnTo(page, 'People & money');
  await open(page, 'Sellers');
  await button(page, 'Add a team of sellers').click();
  await field(page, 'Sellers now').fill('3');
  await field(page, 'Quota').fill('400k');
  // The first deals land in March: ten months of €100,000. It would take €200,000.
  await says(sentence(page), /^The sellers close €1,000,000 of the €2,000,000 that the pipeline brings: €1,000,000 waits/);
  await says(page.locator('.bars .until'), 'the shortest');
  await says(sentence(page), /To close it: 3 more by 1 March 2027/);
  await button(page, 'Add who starts or leaves').click();
  await field(page, 'How many in row 1').fill('3');
  await says(sentence(page), 'The sellers can close all €2,000,000 that the pipeline brings.');
  await page.locator('.bars .until').waitFor({ state: 'detached' });
  await page.keyboard.press('Tab');
  await page.keyboard.press('Control+z');
  await says(sentence(page), /waits for a seller when the period ends/);
});

/** The plan that is offered for SMB software, with sellers, sales development and channels. */
async function smb(t, options = {}) {
  const app = await openApp({ t, now: '2026-11-22T12:00:00Z', ...options });
  await button(app.page, 'Plans').click();
  await app.page.getByRole('dialog').getByRole('button', { name: /^SMB/ }).click();
  await button(app.page, 'Dismiss').click();
  await turnTo(app.page, 'People & money');
  await says(sentence(app.page), /^The sellers/);
  return app;
}

test('sales development says what it can promise, and what that takes', async (t) => {
  const { page } = await smb(t);
  await open(page, 'Sales development');
  const said = page.locator('.brings', { hasText: 'the busiest month' });
  await says(said, /MQLs in \w+ 2027, the busiest month, take \d+(\.\d)?% of the time of 3 heads: all get worked\./);
  await field(page, 'Heads now').fill('1');
  await says(said, /The promise of 90% within 15 minutes holds in \d+ of \d+ months; in \w+ \d+ it takes [23] heads/);
  await field(page, 'Working hours a day').fill('0');
  await page.getByText('A working day has more than 0 and up to 24 hours.').waitFor();
});

test('channels are bought, and the fourth bar says what the budget buys', async (t) => {
  const { page } = await openApp({ t, ...AFTER });
  await turnTo(page, 'People & money');
  await open(page, 'Channels');
  await button(page, 'Add a channel').click();
  await field(page, 'Name of Channel 1').fill('Search');
  await field(page, 'Price each of Search').fill('40');
  await field(page, 'Bought a month of Search').fill('10');
  await page.locator('.bars', { hasText: 'The budget buys' }).waitFor();
  await says(page.locator('.bars .until'), 'the shortest');
  // A ceiling under the floor is told beside it.
  await field(page, 'Floor of Search').fill('50');
  await field(page, 'Ceiling of Search').fill('20');
  await page.locator('.error', { hasText: /less|fewer|under|below|least/i }).first().waitFor();
  await field(page, 'Ceiling of Search').fill('');
  await open(page, 'What the money brings');
  // The floor binds: 50 entries at €40, in twelve months and the last day of the old year.
  await says(page.getByRole('region', { name: 'Channels: what they cost and bring' }).locator('tbody td').nth(2), '€24,065');
  await button(page, 'Remove Search').click();
  await page.locator('.bars', { hasText: 'The budget buys' }).waitFor({ state: 'detached' });
  await page.keyboard.press('Control+z');
  await page.locator('.bars', { hasText: 'The budget buys' }).waitFor();
});

test('the cost of a lead, a customer and the payback can be asked why', async (t) => {
  const { page } = await smb(t);
  await open(page, 'What the money brings');
  await page.locator('.settings .table > summary', { hasText: 'How these figures come about' }).click();
  for (const [of, titles] of [
    ['Everything', ['What marketing spends', 'CAC', 'CAC payback', 'LTV', 'LTV:CAC']],
    ['LinkedIn', ['cost per lead', 'bookings', 'cost per customer', 'return'].map((figure) => `LinkedIn: ${figure}`)],
    ['Mid-market', ['CAC', 'CAC payback', 'LTV', 'LTV:CAC'].map((figure) => `Mid-market: ${figure}`)],
    ['Cost by stage', ['What an opportunity costs']],
  ]) {
    await page.getByRole('combobox', { name: 'Of', exact: true }).selectOption(of);
    for (const title of titles) {
      const why = page.locator('.explanation', { has: page.getByRole('heading', { name: title, exact: true }) });
      await says(why.locator('li').last(), / = €?[\d,.]+/);
    }
  }
});

test('what a change costs is said by month', async (t) => {
  const { page } = await smb(t);
  await open(page, 'What a change costs');
  await page.getByRole('combobox', { name: 'Month', exact: true }).selectOption('March 2027');
  await field(page, 'Amount').fill('5k');
  await says(page.locator('.told').first(), /^Cutting €5,000 from Search in March costs €[\d,]+ of bookings: .* in April/);
  await says(page.locator('.told').nth(1), /^Another €5,000 for Search in March brings €[\d,]+ of bookings/);
  assert.ok((await page.getByText('Where that much more does most').locator('xpath=following-sibling::ol[1]/li').count()) >= 3);
});

/** Finds the best mix and waits for what comes of it. */
async function bestMix(page, aim) {
  await open(page, 'Best mix');
  await page.getByRole('combobox', { name: 'What is sought' }).selectOption(aim);
  await button(page, 'Find the best mix').click();
}

test('the best mix is set against today’s, and taken over in one step', async (t) => {
  const { page } = await smb(t);
  await bestMix(page, 'most bookings for the budget');
  const found = page.locator('.told', { hasText: 'The most that the budget can bring' });
  await says(found, /: €[\d,]+ of bookings in the period for €[\d,]+; today it is €[\d,]+ for €[\d,]+\./);
  const [best, , today] = (await found.innerText()).match(/€[\d,]+/g).map((text) => Number(text.replace(/[€,]/g, '')));
  assert.ok(best > today, `${best} is not more than ${today}`);
  await page.getByText('What holds it').waitFor();
  await open(page, 'Channels');
  const before = await field(page, 'Bought a month of Search').inputValue();
  await button(page, 'Take this mix over').click();
  await page.getByText('The plan has changed since this was found: search again to compare.').waitFor();
  assert.notEqual(await field(page, 'Bought a month of Search').inputValue(), before);
  await button(page, 'Undo').click();
  await holds(field(page, 'Bought a month of Search'), before);
});

test('limits that leave no mix are named', async (t) => {
  const { page } = await smb(t);
  await open(page, 'Budget, cost and margin');
  await field(page, 'Marketing budget').fill('31k');
  await bestMix(page, 'least money that brings what is needed');
  await page.locator('.told', { hasText: 'No mix does it' }).waitFor();
  await page.locator('li', { hasText: /^The budget in/ }).first().waitFor();
});

test('a search can be stopped, and begun again', async (t) => {
  let release;
  const held = new Promise((resolve) => { release = resolve; });
  // Of whom is stopped the request is gone.
  const { page } = await smb(t, { prepare: (fresh) => fresh.route(/solver-\w+_bg\.wasm$/, (route) => held.then(() => route.continue()).catch(() => {})) });
  await bestMix(page, 'most bookings for the budget');
  await button(page, 'Stop the search').click();
  await button(page, 'Find the best mix').waitFor();
  release();
  await button(page, 'Find the best mix').click();
  await page.locator('.told', { hasText: 'The most that the budget can bring' }).waitFor();
});

test('single months have numbers of their own', async (t) => {
  const { page } = await smb(t);
  await open(page, 'Other numbers in single months');
  await open(page, 'What the money brings');
  const months = page.getByRole('region', { name: 'Spend by month' });
  await page.locator('summary', { hasText: 'Month by month' }).click();
  const march = (column) => months.getByRole('row').filter({ hasText: 'March 2027' }).getByRole('cell').nth(column);
  await says(march(0), '€43,850');
  // LinkedIn's 150 at €85 are none in March, and Webinars' 250 at €30 are 300.
  await field(page, 'Bought in March 2027: LinkedIn').fill('0');
  await field(page, 'Bought in March 2027: Webinars').fill('300');
  await says(march(0), '€32,600');
  await field(page, 'Budget of March 2027').fill('60000');
  await says(march(2), '€60,000');
  await says(march(3), '€2,600');
  await field(page, 'Bought in March 2027: LinkedIn').fill('');
  await says(march(0), '€45,350');
  await says(page.locator('summary', { hasText: 'Other numbers in single months' }), /2 of their own/);
});

test('more leads than people can work and close are said to win no more', async (t) => {
  const { page } = await smb(t);
  const said = page.locator('.brings', { hasText: 'Marketing spends' });
  await open(page, 'Channels');
  await field(page, 'Ceiling of Webinars').fill('');
  const beyond = async () => {
    const [, amount] = (await said.innerText()).match(/The people planned cannot work and close (€[\d,]+) of all that comes together/) ?? [, '€0'];
    return Number(amount.replace(/[€,]/g, ''));
  };
  const brings = async () => Number((await said.innerText()).match(/brings (€[\d,]+)/)[1].replace(/[€,]/g, ''));
  const takes = [];
  for (const bought of ['3000', '30000']) {
    await field(page, 'Bought a month of Webinars').fill(bought);
    await says(said, /more leads win no more/);
    takes.push(await brings() - await beyond());
  }
  // Ten times as many leads: what is taken of them does not grow.
  assert.ok(takes[1] <= takes[0], `${takes}`);
});

for (const [what, options] of [
  ['where no worker may be', { initScript: () => { window.Worker = class { constructor() { throw new DOMException('No.', 'SecurityError'); } }; } }],
  ['where it breaks off', { prepare: (fresh) => fresh.route(/solver-\w+_bg\.wasm$/, (route) => route.abort()), expected: [/solver|Failed to fetch|ERR_FAILED/] }],
]) {
  test(`the best mix ${what}`, async (t) => {
    const { page } = await smb(t, options);
    await bestMix(page, 'most bookings for the budget');
    await page.locator('.told', { hasText: options.prepare ? 'The solver did not arrive' : 'The most that the budget can bring' }).waitFor();
  });
}

for (const colorScheme of ['light', 'dark']) {
  test(`with everything open the page is accessible, ${colorScheme}`, async (t) => {
    const { page } = await smb(t, { colorScheme });
    for (const title of SECTIONS) await open(page, title);
    await button(page, 'Add who starts or leaves').first().click();
    await bestMix(page, 'most bookings for the budget');
    await page.getByText('What holds it').waitFor();
    await checkAccessibility(page);
    for (const width of [1440, 768, 360]) {
      await page.setViewportSize({ width, height: 900 });
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 0, `at ${width}`);
    }
  });
}
