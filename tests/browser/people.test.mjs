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
  await says(said, /The promise of 90% within 15 minutes holds in \d+ of \d+ months; in the busiest it takes [23] heads/);
  await field(page, 'Working hours a day').fill('0');
  await page.getByText('A working day has more than 0 and up to 24 hours.').waitFor();
});

test('the page is accessible in both themes', async (t) => {
  const { page } = await smb(t);
  for (const title of ['Sellers', 'Sales development', 'Channels', 'Budget, cost and margin']) await open(page, title);
  await button(page, 'Add who starts or leaves').first().click();
  await checkAccessibility(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  await checkAccessibility(page);
});
