// What the tests of storing share: the Plans dialog, and plans as the app stores them.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { button, eventually, field, output, saved, storedPlans } from './support.mjs';

export const TARGET = 'Revenue target';
export const chip = (page) => output(page, 'Storage');

/** Types a target and waits until it is stored. */
export async function store(page, target) {
  await field(page, TARGET).fill(target);
  const before = await storedPlans(page);
  await eventually(async () => assert.notDeepEqual(await storedPlans(page), before)).catch(() => {}); // it may have been quick
  await saved(page);
}

/** The Plans dialog, opened. */
export async function plans(page) {
  await button(page, 'Plans').click();
  const dialog = page.getByRole('dialog', { name: 'Plans on this device' });
  await dialog.waitFor();
  return dialog;
}

/** The names of the plans that the dialog lists. */
export const listed = (dialog) => dialog.getByRole('button', { name: /^Open (?!it$|a file$)/ }).evaluateAll((all) => all.map((each) => each.getAttribute('aria-label').slice(5)));

export const closeDialog = async (page) => {
  await button(page, 'Close').click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
};

/** The checksum that stands in every stored text: CRC-32 in base64url. */
export function checksum(text) {
  let crc = ~0;
  for (const byte of Buffer.from(text)) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(~crc >>> 0);
  return bytes.toString('base64url');
}

/** A golden link. */
export const token = (name) => readFileSync(new URL(`../links/${name}.txt`, import.meta.url), 'utf8').split('\n')[0];
/** A plan as the app stores it. */
export const record = (name, revision, savedAt) => [`1.${revision}.${savedAt}`, checksum(`1.${revision}.${savedAt}`), token(name)].join('.');
/** What a version to come has stored; the rest is for that version to understand. */
export const NEWER = `2.9.9.${checksum('2.9.9')}.future`;
/** The name under which one of a plan's two slots, 'a' and 'b', is stored. */
export const key = (id, slot) => `backcast.plan.${id}.${slot}`;
export const ID = '00000000000000aa';
