// What is stored, when, and what the page says of it: the library, two windows, and every fault of a storage for real.
import test from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { NOW, answer, breakDown, button, download, eventually, exportPlan, field, holds, notices, openApp, openRules, output, saved, says, storedPlans } from './support.mjs';

const TARGET = 'Revenue target';
const chip = (page) => output(page, 'Storage');

/** Types a target and waits until it is stored. */
async function store(page, target) {
  await field(page, TARGET).fill(target);
  const before = await storedPlans(page);
  await eventually(async () => assert.notDeepEqual(await storedPlans(page), before)).catch(() => {}); // it may have been quick
  await saved(page);
}

/** The Plans dialog, opened. */
async function plans(page) {
  await button(page, 'Plans').click();
  const dialog = page.getByRole('dialog', { name: 'Plans on this device' });
  await dialog.waitFor();
  return dialog;
}
const listed = (dialog) => dialog.getByRole('button', { name: /^Open (?!it$|a file$)/ }).evaluateAll((all) => all.map((each) => each.getAttribute('aria-label').slice(5)));
const closeDialog = async (page) => {
  await button(page, 'Close').click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
};

/** The checksum that stands in every stored text: CRC-32 in base64url. */
function checksum(text) {
  let crc = ~0;
  for (const byte of Buffer.from(text)) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(~crc >>> 0);
  return bytes.toString('base64url');
}
const token = (name) => readFileSync(new URL(`../links/${name}.txt`, import.meta.url), 'utf8').split('\n')[0];
/** A plan as the app stores it. */
const record = (name, revision, savedAt) => [`1.${revision}.${savedAt}`, checksum(`1.${revision}.${savedAt}`), token(name)].join('.');
/** What a version to come has stored; the rest is for that version to understand. */
const NEWER = `2.9.9.${checksum('2.9.9')}.future`;
const key = (id, slot) => `backcast.plan.${id}.${slot}`;
const ID = '00000000000000aa';

/** Fills the storage to its last character. */
const fillStorage = (page) => page.evaluate(() => {
  const used = Object.entries(localStorage).reduce((sum, [name, text]) => sum + name.length + text.length, 0);
  localStorage.setItem('filler', 'x'.repeat(5_242_880 - used - 'filler'.length));
});

test('a change is stored within a second, and a reload finds it', async (t) => {
  const { page } = await openApp({
    t,
    now: NOW,
    initScript: () => {
      window.times = [];
      addEventListener('input', () => window.times.push(['typed', performance.now()]), true);
      const { setItem } = Storage.prototype;
      Storage.prototype.setItem = function (name, text) {
        if (name.startsWith('backcast.plan.')) window.times.push(['stored', performance.now()]);
        setItem.call(this, name, text);
      };
    },
  });
  await says(chip(page), 'Example, not stored');
  await field(page, TARGET).fill('2m');
  await says(chip(page), 'Saving…');
  await says(chip(page), 'Saved on this device 14:02');
  const [[, typed], [, stored]] = await page.evaluate(() => window.times);
  assert.ok(stored - typed < 1000, `after ${stored - typed} ms`);
  await breakDown(page);
  await saved(page);
  await page.reload();
  await holds(field(page, TARGET), '2,000,000');
  await says(output(page, 'Leads needed'), '10,417');
  await says(chip(page), 'Saved on this device 14:02');
  assert.equal(await button(page, 'Undo').isDisabled(), true);
});

test('each of many quick changes is stored in the end', async (t) => {
  const { page } = await openApp({ t });
  const target = field(page, TARGET);
  await target.fill('');
  await target.pressSequentially('31415926', { delay: 30 });
  await saved(page);
  await page.reload();
  await holds(target, '31,415,926');
});

test('what was typed a moment before the page is left is stored', async (t) => {
  const { page, url } = await openApp({ t });
  await field(page, TARGET).fill('7m');
  await page.goto('about:blank');
  await page.goto(url);
  await holds(field(page, TARGET), '7,000,000');
  // And when the tab is only hidden: it may never come back.
  await field(page, TARGET).fill('8m');
  const stored = await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { get: () => 'hidden' });
    document.dispatchEvent(new Event('visibilitychange'));
    return document.querySelector('output[aria-label="Storage"]').innerText;
  });
  assert.match(stored, /Saved on this device|Saving/);
  await saved(page);
  assert.equal((await exportPlan(page)).includes('"target": "8000000"'), true);
});

test('an example that nobody changed is not stored', async (t) => {
  const { page, url } = await openApp({ t });
  await openRules(page);
  await button(page, 'Why this answer?').click();
  await page.keyboard.press('Escape');
  await page.goto('about:blank');
  await page.goto(url);
  await says(chip(page), 'Example, not stored');
  assert.deepEqual(await storedPlans(page), {});
});

test('the chip tells the reader’s own time of day', async (t) => {
  const { page } = await openApp({ t, now: NOW, timezoneId: 'Asia/Kolkata' });
  await field(page, TARGET).fill('2m');
  await says(chip(page), 'Saved on this device 19:32');
});

test('an undone change is stored too', async (t) => {
  const { page } = await openApp({ t });
  await store(page, '2m');
  await button(page, 'Undo').click();
  await says(chip(page), 'Saving…');
  await saved(page);
  await page.reload();
  await holds(field(page, TARGET), '1,000,000');
});

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

test('two windows: what is typed the moment the other window stores is stored as well', async (t) => {
  const { page, context } = await openApp({ t });
  await store(page, '2m');
  const other = await openApp({ t, context });
  await holds(field(other.page, TARGET), '2,000,000');
  // After the planner's own listener, in the same task.
  await page.getByLabel('Average selling price').evaluate((input) => addEventListener('storage', () => {
    input.value = '40,000';
    input.dispatchEvent(new Event('input', { bubbles: true }));
  }, { once: true }));
  await store(other.page, '3m');
  await holds(field(page, TARGET), '3,000,000');
  await saved(page);
  await holds(field(other.page, 'Average selling price'), '40,000');
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

test('each window keeps to its own plan over a reload', async (t) => {
  const first = await openApp({ t, storage: { [key(ID, 'a')]: record('v1-six-stages', 1, 1_795_000_000_000), [key('00000000000000bb', 'a')]: record('v1-three-figures', 1, 1_794_000_000_000) } });
  const second = await openApp({ t, context: first.context });
  const other = (await listed(await plans(second.page))).find((name) => name !== 'Europe');
  await button(second.page, `Open ${other}`).click();
  await holds(field(second.page, 'Plan name'), other);
  for (const [{ page }, name] of [[first, 'Europe'], [second, other]]) {
    await page.reload();
    await holds(field(page, 'Plan name'), name);
  }
});

for (const [what, damage] of [
  ['a character flipped', (text) => text.slice(0, 60) + (text[60] === 'A' ? 'B' : 'A') + text.slice(61)],
  ['cut in half', (text) => text.slice(0, text.length / 2)],
  ['emptied', () => ''],
  ['overwritten by another program', () => '{"v":1,"text":"Grüße, 漢字, 😀\\n\ttab \u0001"}'],
]) {
  test(`a stored plan with ${what}: put aside as it is, and the state before it opens`, async (t) => {
    const { page, url } = await openApp({ t, expected: [/favicon\.ico/] }); // which the picture below has none of
    await store(page, '2m');
    const [older] = Object.values(await storedPlans(page));
    await store(page, '3m');
    const stored = await storedPlans(page);
    const [slot, text] = Object.entries(stored).find(([, each]) => each !== older);
    const damaged = damage(text);
    await page.goto(`${url}icon.svg`); // the same storage without the planner, whose last words are said before
    await page.evaluate(([name, value]) => localStorage.setItem(name, value), [slot, damaged]);
    await page.goto(url);
    await holds(field(page, TARGET), '2,000,000');
    await says(notices(page), /could not be read.*put aside/);
    const dialog = await plans(page);
    await dialog.getByRole('heading', { name: 'Could not be read' }).waitFor();
    const { text: got } = await download(page, () => button(dialog, 'Download').click());
    assert.equal(got, damaged);
    await closeDialog(page);
    // It stays while the plan is worked on, until it is forgotten.
    await store(page, '6m');
    await page.reload();
    await holds(field(page, TARGET), '6,000,000');
    const again = await plans(page);
    assert.equal((await download(page, () => button(again, 'Download').click())).text, damaged);
    await button(again, 'Forget').click();
    await again.getByRole('heading', { name: 'Could not be read' }).waitFor({ state: 'detached' });
    assert.equal(await page.evaluate((name) => Object.values(localStorage).includes(name), damaged), false);
  });
}

test('the size of what could not be read is told in characters', async (t) => {
  const { page } = await openApp({ t, storage: { [key(ID, 'a')]: 'Grüße, 漢字' } });
  await says((await plans(page)).getByText(/^\d+ characters$/), '9 characters');
});

test('a plan of which nothing can be read is kept aside, and the page starts', async (t) => {
  const { page } = await openApp({ t, storage: { [key(ID, 'a')]: 'torn', [key(ID, 'b')]: `${record('v1-six-stages', 2, 5)}x`, 'backcast.open': ID } });
  await holds(field(page, TARGET), '1,000,000');
  await says(notices(page), /could not be read.*put aside/);
  await store(page, '2m');
  const dialog = await plans(page);
  assert.deepEqual(await listed(dialog), ['My plan']);
  const texts = [];
  for (const each of await button(dialog, 'Download').all()) texts.push((await download(page, () => each.click())).text);
  assert.deepEqual(texts.sort(), [`${record('v1-six-stages', 2, 5)}x`, 'torn'].sort());
});

test('other programs on this site are let alone', async (t) => {
  const storage = { other: 'x', 'backcast.planner': 'y', 'backcast.plan.xyz.a': 'z' };
  const { page } = await openApp({ t, storage });
  await store(page, '2m');
  const after = await page.evaluate(() => Object.fromEntries(Object.entries(localStorage)));
  for (const [name, text] of Object.entries(storage)) assert.equal(after[name], text);
});

test('an entry of a newer version is not touched, and said to be one', async (t) => {
  assert.equal(NEWER, '2.9.9.IpabzQ.future', 'as in src/library.rs');
  const storage = { [key(ID, 'a')]: record('v1-six-stages', 1, 5), [key(ID, 'b')]: NEWER, 'backcast.open': ID };
  const { page } = await openApp({ t, storage });
  await says(notices(page), /stored by a newer version of Backcast\. Reload the page to get that version\./);
  await holds(field(page, TARGET), '1,000,000');
  await store(page, '2m');
  const dialog = await plans(page);
  await dialog.getByText('A plan that a newer version of Backcast has stored. Reload the page to open it.').waitFor();
  assert.deepEqual(await listed(dialog), ['My plan']);
  const stored = await storedPlans(page);
  assert.equal(stored[key(ID, 'a')], storage[key(ID, 'a')]);
  assert.equal(stored[key(ID, 'b')], NEWER);
  assert.equal(Object.keys(stored).length, 3);
});

test('a newer version in another window takes the plan over: nothing is overwritten, and the page says so', async (t) => {
  const { page } = await openApp({ t, storage: { [key(ID, 'a')]: record('v1-six-stages', 1, 5) }, expected: [] });
  await holds(field(page, TARGET), '2,000,000');
  await page.evaluate(([name, text]) => localStorage.setItem(name, text), [key(ID, 'b'), NEWER]);
  await field(page, TARGET).fill('4m');
  await says(chip(page), 'Not saved: stored by a newer version');
  assert.deepEqual(Object.values(await storedPlans(page)).sort(), [NEWER, record('v1-six-stages', 1, 5)].sort());
  const { text } = await download(page, () => button(notices(page), 'Download the plan').click());
  assert.equal(JSON.parse(text).target, '4000000');
  await says(output(page, 'Leads needed'), '20,833');
});

test('a plan of which a newer version wrote only a part is newer as well', async (t) => {
  // A section that this version does not know, in a link that is whole.
  const payload = Buffer.concat([Buffer.from(token('v1-six-stages').slice(16), 'base64url'), Buffer.from([77, 1, 0])]).toString('base64url');
  const length = Buffer.alloc(4);
  length.writeUInt32BE(payload.length);
  const text = `1.1.5.${checksum('1.1.5')}.bcst1r${length.subarray(1).toString('base64url')}${checksum(`1r${payload}`)}${payload}`;
  const { page } = await openApp({ t, storage: { [key(ID, 'a')]: text } });
  const dialog = await plans(page);
  await dialog.getByText('A plan that a newer version of Backcast has stored.').waitFor();
  assert.equal((await storedPlans(page))[key(ID, 'a')], text);
});

test('a second window follows the first, live, and what was there can be undone to', async (t) => {
  const first = await openApp({ t });
  await store(first.page, '2m');
  const second = await openApp({ t, context: first.context });
  await holds(field(second.page, TARGET), '2,000,000');
  await store(first.page, '3m');
  await holds(field(second.page, TARGET), '3,000,000');
  await says(output(second.page, 'Announcements'), 'Updated from another window.');
  await saved(second.page);
  await first.page.bringToFront(); // a window in the back draws once a second
  await breakDown(first.page);
  await second.page.bringToFront();
  await output(second.page, 'MQLs needed').waitFor();
  await button(second.page, 'Undo').click(); // the breakdown
  await says(output(second.page, 'Leads needed'), '750');
  await saved(second.page);
  await says(output(first.page, 'Leads needed'), '750');
  for (const { page } of [first, second]) {
    await page.reload();
    await says(output(page, 'Leads needed'), '750');
  }
  assert.equal((await listed(await plans(first.page))).length, 1);
});

/** Two windows that have both changed one plan: `mine` has something unsaved when `theirs` is stored. */
async function conflict(t) {
  const theirs = await openApp({ t });
  await store(theirs.page, '2m');
  const mine = await openApp({ t, context: theirs.context });
  await holds(field(mine.page, TARGET), '2,000,000');
  await saved(mine.page);
  let done = false;
  const typing = (async () => {
    // Never still for long enough to be stored.
    for (let price = 30_001; !done; price += 1) await field(mine.page, 'Average selling price').fill(String(price));
    await field(mine.page, 'Average selling price').fill('40,000');
  })();
  await eventually(async () => assert.equal(await chip(mine.page).innerText(), 'Saving…'));
  await field(theirs.page, TARGET).fill('3m');
  await field(theirs.page, TARGET).blur();
  await says(chip(theirs.page), 'Saving…');
  await saved(theirs.page);
  done = true;
  await typing;
  await says(chip(mine.page), 'Not saved: changed in another window');
  await says(notices(mine.page), /changed in another window too/);
  assert.equal(await field(mine.page, 'Average selling price').inputValue(), '40,000', 'mine is still on the page');
  return { mine: mine.page, theirs: theirs.page };
}

test('two windows change one plan: Keep mine as a copy keeps both', async (t) => {
  const { mine, theirs } = await conflict(t);
  await button(notices(mine), 'Keep mine as a copy').click();
  await saved(mine);
  await holds(field(mine, 'Plan name'), 'My plan (copy)');
  await holds(field(mine, 'Average selling price'), '40,000');
  await holds(field(mine, TARGET), '2,000,000');
  await holds(field(theirs, TARGET), '3,000,000');
  await holds(field(theirs, 'Average selling price'), '20,000');
  await theirs.bringToFront();
  const dialog = await plans(theirs);
  assert.deepEqual((await listed(dialog)).sort(), ['My plan', 'My plan (copy)']);
  await closeDialog(theirs);
  await theirs.reload();
  await holds(field(theirs, TARGET), '3,000,000');
  await mine.reload();
  await holds(field(mine, 'Average selling price'), '40,000');
});

test('two windows change one plan: Take the other window’s, and mine can be undone to', async (t) => {
  const { mine, theirs } = await conflict(t);
  await button(notices(mine), 'Take the other window\'s').click();
  await holds(field(mine, TARGET), '3,000,000');
  await holds(field(mine, 'Average selling price'), '20,000');
  await saved(mine);
  await button(mine, 'Undo').click();
  await holds(field(mine, 'Average selling price'), '40,000');
  await saved(mine);
  await holds(field(theirs, 'Average selling price'), '40,000');
  await theirs.bringToFront();
  await button(theirs, 'Undo').click();
  await holds(field(theirs, TARGET), '3,000,000');
});

test('two windows change one plan: what is taken is what the other window has by then', async (t) => {
  const { mine, theirs } = await conflict(t);
  await field(theirs, TARGET).fill('4m');
  await says(chip(theirs), 'Saving…');
  await saved(theirs);
  await button(notices(mine), 'Take the other window\'s').click();
  await holds(field(mine, TARGET), '4,000,000');
});

test('two windows change one plan: putting the question away does not throw mine away', async (t) => {
  const { mine } = await conflict(t);
  await button(notices(mine), 'Dismiss').click();
  await field(mine, 'Average selling price').fill('41,000');
  await says(chip(mine), 'Not saved: changed in another window');
  await button(mine, 'Keep mine as a copy').click();
  await saved(mine);
  await holds(field(mine, 'Average selling price'), '41,000');
});

test('two windows change one plan: a new plan does not silently take the place of mine', async (t) => {
  const { mine } = await conflict(t);
  await button(mine, 'Plans').click();
  await button(mine, 'New plan').click();
  await button(mine, 'Close').click({ timeout: 500 }).catch(() => {}); // closed already
  const dialog = await plans(mine);
  const names = await listed(dialog);
  await closeDialog(mine);
  const kept = names.includes('My plan (copy)') || (await field(mine, 'Average selling price').inputValue()) === '40,000';
  assert.ok(kept, `mine is neither on the page nor in the library: ${names}`);
});

test('a plan that is deleted in another window is not said to be stored', async (t) => {
  const first = await openApp({ t });
  await store(first.page, '2m');
  const second = await openApp({ t, context: first.context });
  await holds(field(second.page, TARGET), '2,000,000');
  await first.page.bringToFront();
  await button(await plans(first.page), 'Delete My plan').click();
  await eventually(async () => assert.doesNotMatch(await chip(second.page).innerText(), /^Saved/));
  await store(second.page, '3m'); // it comes back with the next change
  await second.page.reload();
  await holds(field(second.page, TARGET), '3,000,000');
});

test('bringing a deleted plan back does not overwrite what another window has stored since', async (t) => {
  const first = await openApp({ t });
  await store(first.page, '2m');
  const second = await openApp({ t, context: first.context });
  await holds(field(second.page, TARGET), '2,000,000');
  await first.page.bringToFront();
  await button(await plans(first.page), 'Delete My plan').click();
  await closeDialog(first.page);
  await second.page.bringToFront();
  await store(second.page, '7m');
  await first.page.bringToFront();
  await button(notices(first.page), 'Undo').click();
  await second.page.reload();
  await holds(field(second.page, TARGET), '7,000,000');
});

test('a storage that is cleared elsewhere is not said to hold the plan', async (t) => {
  const first = await openApp({ t });
  await store(first.page, '2m');
  const second = await openApp({ t, context: first.context });
  await saved(second.page);
  await first.page.evaluate(() => localStorage.clear());
  await eventually(async () => assert.doesNotMatch(await chip(second.page).innerText(), /^Saved/));
  await store(second.page, '3m');
  await second.page.reload();
  await holds(field(second.page, TARGET), '3,000,000');
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

test('a safe start leaves the plan where it is', async (t) => {
  const { page } = await openApp({ t, path: '?safe=1', storage: { [key(ID, 'a')]: record('v1-six-stages', 1, 5), 'backcast.open': ID } });
  await says(chip(page), 'Example, not stored');
  await holds(field(page, 'Plan name'), 'My plan');
  await button(await plans(page), 'Open Europe').click();
  await holds(field(page, 'Plan name'), 'Europe');
});
