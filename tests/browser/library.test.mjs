// The library: the plans on this device, opened, named, copied, searched, deleted and brought back.
import test from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { ID, NEWER, TARGET, chip, closeDialog, key, listed, plans, record, store, token } from './stored.mjs';
import { button, eventually, field, holds, notices, openApp, says } from './support.mjs';

test('library: new, open, rename, duplicate', async (t) => {
  const { page } = await openApp({ t });
  await (await plans(page)).getByText('No plan is stored yet.').waitFor();
  await closeDialog(page);
  await field(page, 'Plan name').fill('Europe');
  await store(page, '2m');
  await button(page, 'Plans').click();
  await button(page, 'New plan').click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await holds(field(page, TARGET), '1,000,000');
  await says(chip(page), 'Example, not stored');
  await field(page, 'Plan name').fill('Asia');
  await store(page, '3m');
  let dialog = await plans(page);
  assert.deepEqual((await listed(dialog)).sort(), ['Asia', 'Europe']);
  await button(dialog, 'Rename Europe').click();
  await field(dialog, 'New name').fill('Europe 2027');
  await page.keyboard.press('Enter');
  await button(dialog, 'Open Europe 2027').waitFor();
  await button(dialog, 'Duplicate Europe 2027').click();
  await button(dialog, 'Open Europe 2027 (copy)').waitFor();
  assert.deepEqual((await listed(dialog)).sort(), ['Asia', 'Europe 2027', 'Europe 2027 (copy)']);
  await button(dialog, 'Open Europe 2027 (copy)').click();
  await holds(field(page, TARGET), '2,000,000');
  await holds(field(page, 'Plan name'), 'Europe 2027 (copy)');
  await store(page, '4m');
  dialog = await plans(page);
  await button(dialog, 'Open Europe 2027').click();
  await holds(field(page, TARGET), '2,000,000'); // the copy is another plan
  // The open plan can be renamed there as well.
  dialog = await plans(page);
  await button(dialog, 'Rename Europe 2027').click();
  await field(dialog, 'New name').fill('EMEA');
  await page.keyboard.press('Enter');
  await button(dialog, 'Open EMEA').waitFor();
  await closeDialog(page);
  await holds(field(page, 'Plan name'), 'EMEA');
});

test('library: a name that is being typed outlives whatever is stored meanwhile', async (t) => {
  const { page, context } = await openApp({ t, storage: { [key(ID, 'a')]: record('v1-six-stages', 1, 5) } });
  await holds(field(page, 'Plan name'), 'Europe');
  await field(page, TARGET).fill('9m'); // stored, and spoken, while the name is being typed
  const dialog = await plans(page);
  await button(dialog, 'Rename Europe').click();
  await field(dialog, 'New name').fill('Asi');
  await says(page.getByLabel('Storage'), /^Saved on this device/); // behind the dialog
  await says(page.getByLabel('Announcements'), /9,000,000/);
  const other = await openApp({ t, context });
  await button(other.page, 'Plans').click();
  await button(other.page, 'Duplicate Europe').click();
  await button(other.page, 'Open Europe (copy)').waitFor();
  await page.bringToFront();
  await holds(field(dialog, 'New name'), 'Asi');
  assert.equal(await dialog.getByLabel('New name').evaluate((input) => input === document.activeElement), true, 'the focus is where it was');
  await page.keyboard.press('End');
  await page.keyboard.type('a');
  await page.keyboard.press('Enter');
  await button(dialog, 'Open Asia').waitFor();
  assert.equal(await field(dialog, 'New name').count(), 0);
  assert.deepEqual((await listed(dialog)).sort(), ['Asia', 'Europe (copy)']);
});

test('library: the new name of the open plan is stored with the key that ends it', async (t) => {
  const { page } = await openApp({ t, storage: { [key(ID, 'a')]: record('v1-six-stages', 1, 5) } });
  const dialog = await plans(page);
  await button(dialog, 'Rename Europe').click();
  await field(dialog, 'New name').fill('Asia');
  // Looked at after the planner's own listener, in the same task.
  await page.evaluate(() => addEventListener('change', () => { window.stored = Object.keys(localStorage).filter((each) => each.startsWith('backcast.plan.')).length; }));
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => window.stored), 2, 'the second slot of the plan');
  await button(dialog, 'Open Asia').waitFor();
});

test('library: a name that is being typed when its plan is opened elsewhere, or the dialog closed, stops nothing', async (t) => {
  const { page } = await openApp({ t, storage: { [key(ID, 'a')]: record('v1-six-stages', 1, 5) } });
  const dialog = await plans(page);
  await button(dialog, 'Rename Europe').click();
  await field(dialog, 'New name').pressSequentially('x');
  await page.evaluate((link) => { location.hash = link; }, token('v1-three-figures'));
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await field(page, TARGET).pressSequentially('5');
  await page.evaluate((link) => { location.hash = link; }, token('v1-six-stages'));
  await holds(field(page, 'Plan name'), 'Europe');
});

test('library: another plan opens with the details of no stage open', async (t) => {
  const { page } = await openApp({ t, storage: { [key(ID, 'a')]: record('v1-six-stages', 1, 5), [key('00000000000000bb', 'a')]: record('v1-six-stages-sent-back', 1, 4) } });
  await button(page, 'Edit the stage MQLs').click();
  await field(page, 'Name of many').waitFor();
  const other = (await listed(await plans(page)))[1];
  await page.getByRole('dialog').getByRole('button', { name: `Open ${other}`, exact: true }).last().click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  assert.equal(await field(page, 'Name of many').count(), 0);
});

test('library: after the open plan is deleted, one that can be read is opened', async (t) => {
  const { page } = await openApp({ t, storage: {
    [key(ID, 'a')]: record('v1-six-stages', 1, 5), [key('00000000000000bb', 'a')]: record('v1-three-figures', 1, 4), [key('00000000000000cc', 'a')]: NEWER,
  } });
  const { name } = JSON.parse(readFileSync(new URL('../links/v1-three-figures.json', import.meta.url)));
  await button(await plans(page), 'Delete Europe').click();
  await holds(field(page, 'Plan name'), name);
  await closeDialog(page);
  await says(notices(page), /^“Europe” was deleted\./);
});

test('library: delete, undo, bring back, forget', async (t) => {
  const { page } = await openApp({ t, storage: { [key(ID, 'a')]: record('v1-six-stages', 1, 1_795_000_000_000), [key('00000000000000bb', 'a')]: record('v1-three-figures', 1, 1_794_000_000_000) } });
  const { name } = JSON.parse(readFileSync(new URL('../links/v1-three-figures.json', import.meta.url)));
  let dialog = await plans(page);
  assert.deepEqual(await listed(dialog), ['Europe', name]);
  await button(dialog, `Delete ${name}`).click();
  await eventually(async () => assert.deepEqual(await listed(dialog), ['Europe']));
  await closeDialog(page);
  await says(notices(page), new RegExp(`^“${name}” was deleted\\.`));
  await button(notices(page), 'Undo').click();
  dialog = await plans(page);
  assert.deepEqual(await listed(dialog), ['Europe', name]);
  await button(dialog, 'Delete Europe').click(); // the one that is open
  await eventually(async () => assert.deepEqual(await listed(dialog), [name]));
  await closeDialog(page);
  await holds(field(page, 'Plan name'), name);
  await page.reload(); // the notice is gone, the plan is not
  dialog = await plans(page);
  await dialog.getByText('Deleted plans').click();
  await button(dialog, 'Bring back Europe').click();
  await eventually(async () => assert.deepEqual((await listed(dialog)).sort(), ['Europe', name].sort()));
  await button(dialog, 'Delete Europe').click();
  await button(dialog, `Delete ${name}`).click();
  await dialog.getByText('No plan is stored yet.').waitFor();
  await dialog.getByText('Deleted plans').click();
  await button(dialog, 'Forget them for good').click();
  await dialog.getByText('Deleted plans').waitFor({ state: 'detached' });
  await closeDialog(page);
  await holds(field(page, TARGET), '1,000,000');
  await says(chip(page), 'Example, not stored');
  assert.deepEqual(await page.evaluate(() => Object.keys(localStorage).filter((each) => /^backcast\.(plan|bin)\./.test(each))), []);
});

test('library: a search, once there are eight', async (t) => {
  const storage = {};
  for (let at = 0; at < 7; at += 1) storage[key(`00000000000000a${at}`, 'a')] = record('v1-six-stages', 1, 1_795_000_000_000 + at);
  const { page } = await openApp({ t, storage });
  const dialog = await plans(page);
  assert.equal(await field(dialog, 'Search').count(), 0);
  await button(dialog, 'Duplicate Europe').first().click();
  await field(dialog, 'Search').fill('COPY');
  await eventually(async () => assert.deepEqual(await listed(dialog), ['Europe (copy)']));
  await field(dialog, 'Search').fill('');
  await eventually(async () => assert.equal((await listed(dialog)).length, 8));
  await field(dialog, 'Search').fill('copy');
  await button(dialog, 'Open Europe (copy)').click();
  await holds(field(page, 'Plan name'), 'Europe (copy)');
});

test('library: what was just typed is stored before another plan opens', async (t) => {
  const { page } = await openApp({ t });
  await store(page, '2m');
  await field(page, TARGET).fill('5m');
  await button(page, 'Plans').click();
  await button(page, 'New plan').click();
  await holds(field(page, TARGET), '1,000,000');
  const dialog = await plans(page);
  await button(dialog, 'Open My plan').click();
  await holds(field(page, TARGET), '5,000,000');
});
