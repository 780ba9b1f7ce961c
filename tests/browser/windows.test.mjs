// Two windows: one follows the other, and neither loses what the other has changed, deleted or cleared.
import test from 'node:test';
import assert from 'node:assert/strict';
import { ID, TARGET, chip, closeDialog, key, listed, plans, record, store } from './stored.mjs';
import { breakDown, button, eventually, field, holds, notices, openApp, output, saved, says } from './support.mjs';

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
