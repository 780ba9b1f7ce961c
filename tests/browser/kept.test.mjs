// What is stored, when, and what a start finds of it: whole, damaged, or stored by a newer version.
import test from 'node:test';
import assert from 'node:assert/strict';
import { ID, NEWER, TARGET, checksum, chip, closeDialog, key, listed, plans, record, store, token } from './stored.mjs';
import { NOW, breakDown, button, download, exportPlan, field, holds, notices, openApp, openRules, output, saved, says, storedPlans } from './support.mjs';

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

test('a safe start leaves the plan where it is', async (t) => {
  const { page } = await openApp({ t, path: '?safe=1', storage: { [key(ID, 'a')]: record('v1-six-stages', 1, 5), 'backcast.open': ID } });
  await says(chip(page), 'Example, not stored');
  await holds(field(page, 'Plan name'), 'My plan');
  await button(await plans(page), 'Open Europe').click();
  await holds(field(page, 'Plan name'), 'Europe');
});
