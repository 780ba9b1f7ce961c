// A storage that is full, blocked or not to be relied on, for real: what is said of it, and that nothing is lost.
import test from 'node:test';
import assert from 'node:assert/strict';
import { ID, TARGET, chip, closeDialog, key, record, store, token } from './stored.mjs';
import { answer, breakDown, button, download, eventually, exportPlan, field, holds, notices, openApp, output, saved, says, storedPlans } from './support.mjs';

/** Fills the storage to its last character. */
const fillStorage = (page) => page.evaluate(() => {
  const used = Object.entries(localStorage).reduce((sum, [name, text]) => sum + name.length + text.length, 0);
  localStorage.setItem('filler', 'x'.repeat(5_242_880 - used - 'filler'.length));
});

test('a full storage: said, nothing lost, and stored again once there is room', async (t) => {
  const { page } = await openApp({ t });
  await store(page, '2m');
  await fillStorage(page);
  const before = await storedPlans(page);
  await breakDown(page);
  await field(page, TARGET).fill('2.5m');
  await says(chip(page), 'Not saved: storage is full');
  await says(notices(page), /^Your last changes are not stored\. The storage of this browser for this site is full\./);
  await says(output(page, 'Leads needed'), '13,021');
  assert.deepEqual(await storedPlans(page), before, 'what was stored before still is');
  const { name, text } = await download(page, () => button(notices(page), 'Download the plan').click());
  assert.match(name, /\.backcast\.json$/);
  assert.equal(JSON.parse(text).target, '2500000');

  // The file opens equal, in a browser that has never seen the plan.
  const other = await openApp({ t });
  await other.page.getByRole('button', { name: 'Plans' }).click();
  await other.page.getByLabel('Open a file').setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) });
  await says(output(other.page, 'Leads needed'), '13,021');
  assert.equal(await exportPlan(other.page), text);

  // Everything still works: undo, dialogs, the link.
  await button(page, 'Undo').click();
  await says(output(page, 'Leads needed'), '10,417');
  await button(page, 'Redo').click();
  await says(chip(page), 'Not saved: storage is full');
  await button(page, 'Share').click();
  assert.match(await page.getByLabel('Link to this plan').inputValue(), /#bcst/);
  await closeDialog(page);

  await page.evaluate(() => localStorage.removeItem('filler'));
  await field(page, TARGET).fill('2.6m');
  await saved(page);
  await page.getByText('Your last changes are not stored.').waitFor({ state: 'detached' });
  await page.reload();
  await holds(field(page, TARGET), '2,600,000');
  await output(page, 'MQLs needed').waitFor();
});

test('a full storage: leaving asks first', async (t) => {
  const { page } = await openApp({ t });
  await store(page, '2m');
  await fillStorage(page);
  await field(page, TARGET).pressSequentially('1');
  await field(page, TARGET).fill('25m');
  await says(chip(page), 'Not saved: storage is full');
  const [dialog] = await Promise.all([page.waitForEvent('dialog'), page.close({ runBeforeUnload: true })]);
  assert.equal(dialog.type(), 'beforeunload');
  await dialog.dismiss();
  await says(output(page, 'Leads needed'), '6,250');
  await page.evaluate(() => localStorage.removeItem('filler'));
  await store(page, '26m');
  await Promise.all([page.waitForEvent('close'), page.close({ runBeforeUnload: true })]); // and nothing asks
});

test('a full storage: leaving a moment after a key asks as well', async (t) => {
  const { page } = await openApp({ t });
  await store(page, '2m');
  await fillStorage(page);
  await field(page, TARGET).click(); // without a click or a key nothing may ask
  await field(page, TARGET).fill('25m');
  const [dialog] = await Promise.all([page.waitForEvent('dialog', { timeout: 3000 }), page.close({ runBeforeUnload: true })]);
  assert.equal(dialog.type(), 'beforeunload');
  await dialog.accept();
});

test('a full storage: another plan does not silently take the place of one that is not stored', async (t) => {
  for (const [other, open] of [['Europe', /^Open Europe/], ['a new one', /^New plan$/]]) {
    const { page, close } = await openApp({ t, storage: { [key(ID, 'a')]: record('v1-six-stages', 1, 5) } });
    await button(page, 'Plans').click();
    await button(page, 'New plan').click();
    await fillStorage(page);
    await field(page, TARGET).fill('9m');
    await says(chip(page), 'Not saved: storage is full');
    await button(page, 'Plans').click();
    await page.getByRole('dialog').getByRole('button', { name: open }).click();
    await button(page, 'Close').click({ timeout: 500 }).catch(() => {}); // closed already
    assert.equal(await field(page, TARGET).inputValue(), '9,000,000', `the unstored plan is gone, after ${other} was opened`);
    await close();
  }
});

test('a full storage makes room for the plan from what can be done without', async (t) => {
  const { page } = await openApp({ t, storage: { [key(ID, 'a')]: record('v1-six-stages', 1, 5) } });
  await button(page, 'Share').click(); // keeps the state that the link was made from
  await closeDialog(page);
  await eventually(async () => assert.equal(await page.evaluate(() => Object.keys(localStorage).some((each) => each.startsWith('backcast.snapshot.'))), true));
  await fillStorage(page);
  await field(page, TARGET).fill('3m');
  await saved(page);
  await page.reload();
  await holds(field(page, TARGET), '3,000,000');
});

/** Works with a planner that may store nothing; `page` may be a frame. */
async function worksWithoutStorage(page, keyboard) {
  await says(chip(page), 'Example, not stored');
  await field(page, TARGET).fill('2m');
  await says(chip(page), 'Not saved: this browser blocks storage');
  await says(notices(page), /^Your last changes are not stored\. This browser blocks storage for this page\./);
  await page.getByRole('button', { name: 'Break it down' }).click();
  await page.getByRole('button', { name: 'Sales-led' }).click();
  await says(output(page, 'Leads needed'), '10,417');
  await field(page, 'Close rate').fill('25');
  await says(output(page, 'Leads needed'), '8,333');
  await says(chip(page), 'Not saved: this browser blocks storage');
  await button(page, 'Undo').click();
  await says(output(page, 'Leads needed'), '10,417');
  await button(page, 'Redo').click();
  await says(output(page, 'Leads needed'), '8,333');
  await button(page, 'Share').click();
  assert.match(await page.getByLabel('Link to this plan').inputValue(), /#bcst/);
  await keyboard.press('Escape');
  await button(page, 'Plans').click();
  await page.getByText('No plan is stored yet.').waitFor();
  await keyboard.press('Escape');
  await page.getByLabel('Appearance').selectOption({ label: 'Dark' });
  assert.match(await answer(page).innerText(), /^To book €2,000,000/);
}

test('a blocked storage: everything works, and the page says that nothing is stored', async (t) => {
  const { page } = await openApp({
    t,
    initScript: () => {
      for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(window, name, { get() { throw new DOMException('denied', 'SecurityError'); } });
    },
  });
  await worksWithoutStorage(page, page.keyboard);
  const text = await exportPlan(page);
  assert.equal(JSON.parse(text).base.steps.at(-1).rate, '0.25');
});

test('a blocked storage: in a frame without an origin of its own', async (t) => {
  const { page } = await openApp({
    t,
    expected: [/Blocked autofocusing/], // Chromium says so of every dialog in such a frame
    path: 'host.html',
    until: 'loaded',
    prepare: (fresh) => fresh.route('**/host.html', (route) => route.fulfill({
      contentType: 'text/html',
      body: '<!doctype html><title>Intranet</title><iframe sandbox="allow-scripts allow-downloads" src="./" title="Backcast" width="1200" height="700"></iframe>',
    })),
  });
  const frame = page.frameLocator('iframe');
  await answer(frame).waitFor();
  assert.equal(await frame.locator('body').evaluate(() => { try { return Boolean(localStorage); } catch { return 'blocked'; } }), 'blocked');
  await worksWithoutStorage(frame, page.keyboard);
  const { text } = await download(page, async () => {
    await button(frame, 'Export').click();
    await button(frame, 'Plan as JSON').click();
  });
  assert.equal(JSON.parse(text).target, '2000000');
  assert.equal(await frame.locator('body').evaluate(() => Boolean(document.activeElement.closest('dialog'))), true);
});

test('a blocked storage: a new plan does not silently take the place of the one that is not stored', async (t) => {
  const { page } = await openApp({
    t,
    initScript: () => Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('denied', 'SecurityError'); } }),
  });
  await field(page, TARGET).fill('9m');
  await says(chip(page), 'Not saved: this browser blocks storage');
  await button(page, 'Plans').click();
  await button(page, 'New plan').click();
  await button(page, 'Close').click({ timeout: 500 }).catch(() => {}); // closed already
  assert.equal(await field(page, TARGET).inputValue(), '9,000,000');
});

test('a plan that arrives does not take the place of one that is not stored', async (t) => {
  const { page } = await openApp({
    t,
    initScript: () => Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('denied', 'SecurityError'); } }),
  });
  await field(page, TARGET).fill('9m');
  await says(chip(page), 'Not saved: this browser blocks storage');
  await page.evaluate((link) => { location.hash = link; }, token('v1-six-stages'));
  await says(notices(page), /^A plan arrived, and the one on this page is not stored\./);
  await says(output(page, 'Leads needed'), '2,250');
  const { text } = await download(page, () => button(notices(page), 'Download the plan').click());
  assert.equal(JSON.parse(text).target, '9000000');
  await button(notices(page), 'Open the other plan').click();
  await holds(field(page, TARGET), '2,000,000');
  await says(chip(page), 'Copy, not stored yet');
});

test('a storage that takes nothing and says so late', async (t) => {
  const { page } = await openApp({ t, initScript: () => { Storage.prototype.setItem = () => { throw new DOMException('no', 'NotAllowedError'); }; } });
  await field(page, TARGET).fill('2m');
  await says(chip(page), 'Not saved: this browser blocks storage');
  await says(output(page, 'Leads needed'), '500');
});

test('a storage that gives back something else than it took is not relied on', async (t) => {
  const { page } = await openApp({
    t,
    initScript: () => {
      const { setItem } = Storage.prototype;
      Storage.prototype.setItem = function (name, text) { setItem.call(this, name, name.startsWith('backcast.plan.') ? text.slice(1) : text); };
    },
  });
  await field(page, TARGET).fill('2m');
  await says(chip(page), /^Not saved/);
});
