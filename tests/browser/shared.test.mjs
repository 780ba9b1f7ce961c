// How a plan leaves this browser and how one arrives: links whole and broken, files, the clipboard, the picture.
import test from 'node:test';
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { INTRANET, answer, breakDown, button, download, downloadBytes, eventually, exportPlan, failed, field, holds, notices, openApp, openRules, output, saved, says, storedPlans } from './support.mjs';

const TARGET = 'Revenue target';
const CLIPBOARD = { permissions: ['clipboard-read', 'clipboard-write'] };
const chip = (page) => output(page, 'Storage');
const golden = (name) => readFileSync(new URL(`../links/${name}.txt`, import.meta.url), 'utf8').split('\n')[0];
const SIX = golden('v1-six-stages');

async function closeDialog(page) {
  await button(page, 'Close').click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
}

/** Opens the share dialog and gives the link. */
async function share(page) {
  await button(page, 'Share').click();
  const link = await page.getByRole('dialog', { name: 'Share this plan' }).getByLabel('Link to this plan').inputValue();
  assert.match(link, /^http.*#bcst/);
  return link;
}
const fragment = (link) => new URL(link).hash.slice(1);

/** A plan with something of everything in it. */
async function fill(page) {
  await breakDown(page);
  await field(page, 'Plan name').fill('Größe & "Mut" <2027>');
  await field(page, TARGET).fill('2.345678m');
  await field(page, 'Average selling price').fill('19,999.995');
  await field(page, 'Rate from visitor to lead').fill('1.2345');
  await field(page, 'Days from lead to MQL').fill('33');
  await field(page, 'MQLs available').fill('777');
  await button(page, 'Edit the stage SQLs').click();
  await field(page, 'Name of many').fill('=1+1');
  await field(page, 'Name of one').fill('日本 😀');
  await field(page, 'Definition').fill('Said \\"yes\\" {"and": meant it}');
  await page.getByRole('combobox', { name: 'Owner' }).selectOption({ label: 'Marketing' });
  await button(page, 'Edit the stage =1+1').click();
  await openRules(page);
  await page.getByLabel('Currency').selectOption('USD');
  await page.getByLabel('Rounding of volumes').selectOption({ label: 'Round up at each stage' });
  await page.getByLabel('The answer leads with').selectOption({ label: 'MQLs' });
  await page.getByLabel('Length', { exact: true }).selectOption({ label: '18 months' });
}

/** What a reader sees of a plan. */
const figures = async (page) => ({
  sentence: await answer(page).innerText(),
  needed: await page.getByRole('status', { name: /needed$/ }).allInnerTexts(),
  typed: await page.getByRole('region').getByRole('textbox').evaluateAll((all) => all.map((each) => each.value)),
});

const choose = async (page, file) => {
  await button(page, 'Plans').click();
  await page.getByLabel('Open a file').setInputFiles(file);
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
};
const textFile = (text, name = 'plan.backcast.json') => ({ name, mimeType: 'application/json', buffer: Buffer.from(text) });
const pasteIntoDialog = async (page, text) => {
  await button(page, 'Plans').click();
  await page.getByText('Paste a link or the text of a plan').click();
  await page.getByLabel('Link or text').fill(text);
  await button(page, 'Open it').click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
};
/** Pastes with the keys, while no field has the focus. */
const pasteOnPage = async (page, text) => {
  await page.evaluate((each) => navigator.clipboard.writeText(each), text);
  await page.locator('#main').focus();
  await page.keyboard.press('ControlOrMeta+v');
};
/** Drops a file from the disk on the middle of the page, as the system would. */
const drop = async (app, t, name, content, place) => {
  const folder = mkdtempSync(join(tmpdir(), 'backcast-'));
  t.after(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, name), content);
  await dropData(app, { items: [], files: [join(folder, name)] }, place);
};
const dropData = async ({ page, context }, data, place = { x: 400, y: 300 }) => {
  const session = await context.newCDPSession(page);
  for (const type of ['dragEnter', 'dragOver', 'drop']) {
    await session.send('Input.dispatchDragEvent', { type, ...place, data: { ...data, dragOperationsMask: 1 } });
  }
};
/** The middle of an element. */
const middle = async (locator) => {
  const { x, y, width, height } = await locator.boundingBox();
  return { x: x + width / 2, y: y + height / 2 };
};

test('the share dialog: the link, its length, the address bar, the clipboard', async (t) => {
  const { page, url } = await openApp({ t, ...CLIPBOARD });
  await field(page, 'Plan name').fill('Europe & <Asia>');
  await saved(page);
  const link = await share(page);
  assert.ok(link.startsWith(`${url}#bcst1r`));
  assert.match(fragment(link), /^[A-Za-z0-9_-]+$/);
  assert.equal(page.url(), link, 'the address bar has it too');
  const meter = page.getByRole('meter', { name: 'Length of the link' });
  assert.equal(await meter.evaluate((each) => each.value), link.length);
  await page.getByText(`${link.length} characters, short enough for chat, mail and every browser's history`).waitFor();
  assert.equal(await page.getByLabel('Link to this plan').evaluate((input) => input.readOnly), true);
  await button(page, 'Copy link').click();
  await button(page, 'Copied').waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), link);
  const html = await page.evaluate(async () => (await (await navigator.clipboard.read())[0].getType('text/html')).text());
  assert.ok(html.includes(`href="${link}"`) && html.includes('Europe &amp; &lt;Asia&gt;'), html);
  const { name, text } = await download(page, () => button(page, 'Download as a file').click());
  assert.equal(name, 'europe----asia.backcast.json');
  assert.equal(JSON.parse(text).name, 'Europe & <Asia>');
});

test('a browser that does not let the page copy: the link can be selected', async (t) => {
  const { page } = await openApp({ t, initScript: () => { Document.prototype.execCommand = () => false; } });
  const link = await share(page);
  await button(page, 'Copy link').click();
  await page.getByText('This browser did not let the page copy. The link above is marked: copy it.').waitFor();
  assert.equal(await page.evaluate(() => getSelection().toString()), link);
});

test('the six stages of the default plan fit into 160 characters; a talkative plan is measured honestly', async (t) => {
  const { page } = await openApp({ t });
  await breakDown(page);
  const link = await share(page);
  assert.ok(fragment(link).length <= 160, `${fragment(link).length} characters`);
  await closeDialog(page);
  const plan = JSON.parse(await exportPlan(page));
  plan.stages.forEach((stage, at) => { stage.definition = `${at}: ${'so it is counted. '.repeat(22)}`; });
  await pasteIntoDialog(page, JSON.stringify(plan));
  const long = await share(page);
  assert.ok(long.length > 2000, `${long.length}`);
  await page.getByText(`${long.length.toLocaleString('en-GB')} characters, long: some chats and mail programs cut it off. Better send the plan as a file.`).waitFor();
});

test('a link opens in another browser as a copy, stored at the first change and not before', async (t) => {
  const { page } = await openApp({ t });
  await fill(page);
  const link = await share(page);
  await closeDialog(page);
  const sent = await figures(page);
  const text = await exportPlan(page);

  const { page: other, url } = await openApp({ t, path: `#${fragment(link)}` });
  await says(notices(other), /^This plan arrived as a link\. Your own plans are untouched: it is kept beside them once you change something\./);
  await says(chip(other), 'Copy, not stored yet');
  assert.deepEqual(await figures(other), sent);
  assert.equal(await exportPlan(other), text);
  assert.deepEqual(await storedPlans(other), {});
  assert.equal(fragment(other.url()), fragment(link), 'a reload opens it again');
  await other.reload();
  await says(chip(other), 'Copy, not stored yet');
  assert.deepEqual(await figures(other), sent);
  await field(other, TARGET).fill('3m');
  await saved(other);
  assert.equal(other.url(), url, 'the stored plan is what a reload opens now');
  await other.reload();
  await holds(field(other, TARGET), '3,000,000');
  assert.equal(Object.keys(await storedPlans(other)).length, 1);
});

test('a link to a plan that is stored opens that plan, and makes no second one', async (t) => {
  const { page, context } = await openApp({ t });
  await field(page, TARGET).fill('2m');
  await saved(page);
  const link = await share(page);
  await closeDialog(page);
  await button(page, 'Plans').click();
  await button(page, 'New plan').click();
  const { page: again } = await openApp({ t, context, path: `#${fragment(link)}` });
  await holds(field(again, TARGET), '2,000,000');
  await says(chip(again), /^Saved on this device/);
  assert.equal(await notices(again).innerText(), '');
  const before = Object.keys(await storedPlans(again));
  await field(again, TARGET).fill('4m');
  await saved(again);
  const ids = (keys) => [...new Set(keys.map((key) => key.split('.')[2]))];
  assert.deepEqual(ids(Object.keys(await storedPlans(again))), ids(before));
});

test('the reader’s own plan lies untouched beside one that arrives', async (t) => {
  const { page } = await openApp({ t });
  await field(page, 'Plan name').fill('Mine');
  await field(page, TARGET).fill('5m');
  await page.evaluate((hash) => { location.hash = hash; }, SIX); // not stored yet: it was typed a moment ago
  await says(notices(page), /^This plan arrived as a link\./);
  await holds(field(page, 'Plan name'), 'Europe');
  await field(page, 'Plan name').fill('Theirs');
  await saved(page);
  await button(page, 'Plans').click();
  await button(page, 'Open Theirs').waitFor();
  await button(page, 'Open Mine').click();
  await holds(field(page, TARGET), '5,000,000');
});

test('editing writes nothing into the address', async (t) => {
  const { page, url } = await openApp({ t });
  const seen = new Set();
  page.on('framenavigated', (frame) => seen.add(frame.url()));
  await field(page, TARGET).fill('2m');
  await breakDown(page);
  await saved(page);
  assert.equal(page.url(), url);
  assert.deepEqual([...seen], []);
  const length = await page.evaluate(() => history.length);
  await share(page);
  await closeDialog(page);
  assert.equal(await page.evaluate(() => history.length), length, 'Back leads where it led before');
  await field(page, TARGET).fill('3m');
  await saved(page);
  assert.equal(page.url(), url, 'a link to another state is no address of this one');
});

test('the address is never that of another plan than the one on the page', async (t) => {
  const { page, url } = await openApp({ t });
  await field(page, TARGET).fill('2m');
  await saved(page);
  await button(page, 'Plans').click();
  await button(page, 'New plan').click();
  await field(page, 'Plan name').fill('Second');
  await saved(page);
  const link = await share(page);
  await closeDialog(page);
  assert.equal(page.url(), link);
  await button(page, 'Plans').click();
  await button(page, 'Open My plan').click();
  await holds(field(page, TARGET), '2,000,000');
  await eventually(async () => assert.equal(page.url(), url, 'the link to Second is gone'), 1000);
  await page.reload();
  await holds(field(page, TARGET), '2,000,000');
});

test('a plan that arrives by file takes the place of a link in the address', async (t) => {
  const { page } = await openApp({ t, path: `#${SIX}` });
  await holds(field(page, 'Plan name'), 'Europe');
  const other = { ...JSON.parse(await exportPlan(page)), name: 'From a file' };
  await choose(page, textFile(JSON.stringify(other)));
  await holds(field(page, 'Plan name'), 'From a file');
  await eventually(async () => assert.ok(!page.url().includes(SIX), 'the address still carries the other plan'), 1000);
});

// Four ways in which a link breaks, each with its own words.
const BROKEN = {
  'cut off': [`${SIX.slice(0, 60)}`, `This link was cut off on its way: 60 of ${SIX.length} characters arrived. Ask the sender for the whole link, or for the plan as a file.`],
  'cut off by one': [SIX.slice(0, -1), `This link was cut off on its way: ${SIX.length - 1} of ${SIX.length} characters arrived. Ask the sender for the whole link, or for the plan as a file.`],
  'cut off in its head': [SIX.slice(0, 8), 'This link was cut off on its way. Ask the sender for the whole link, or for the plan as a file.'],
  damaged: [SIX.slice(0, 50) + (SIX[50] === 'A' ? 'B' : 'A') + SIX.slice(51), 'This link was changed on its way, so its figures cannot be trusted. Ask the sender for it again, or for the plan as a file.'],
  'with something added': [`${SIX}x`, 'This link was changed on its way, so its figures cannot be trusted. Ask the sender for it again, or for the plan as a file.'],
  newer: [newer(), 'This link was made with a newer version of Backcast. Reload this page to get that version, then open the link again.'],
  empty: ['bcst', 'This link carries no plan: only its beginning arrived. Ask the sender for the whole link.'],
};

/** A link of a version to come: another container, with its own length and checksum. */
function newer() {
  const payload = SIX.slice(16);
  let crc = ~0;
  for (const byte of Buffer.from(`2r${payload}`)) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(~crc >>> 0);
  return `bcst2r${SIX.slice(6, 10)}${sum.toString('base64url')}${payload}`;
}

test('broken links: each says what happened and whom to ask, and touches nothing', async (t) => {
  const { page, context } = await openApp({ t });
  await field(page, TARGET).fill('2m');
  await saved(page);
  const stored = await storedPlans(page);
  for (const [how, [token, sentence]] of Object.entries(BROKEN)) {
    const { page: tab, close } = await openApp({ t, context, path: `#${token}` });
    await eventually(async () => assert.equal((await notices(tab).innerText()).split('\n')[0], `${sentence} Your own plans are untouched.`, how));
    await holds(field(tab, TARGET), '2,000,000');
    await says(chip(tab), /^Saved on this device/);
    assert.deepEqual(await storedPlans(tab), stored, how);
    await close();
    // In the open page as well, by the address bar and by the dialog.
    await page.evaluate((hash) => { location.hash = hash; }, token);
    await eventually(async () => assert.equal((await notices(page).innerText()).split('\n')[0], `${sentence} Your own plans are untouched.`, how));
    await button(notices(page), 'Dismiss').click();
    await pasteIntoDialog(page, `https://example.test/#${token}`);
    await eventually(async () => assert.equal((await notices(page).innerText()).split('\n')[0], `${sentence} Your own plans are untouched.`, how));
    await button(notices(page), 'Dismiss').click();
    await holds(field(page, TARGET), '2,000,000');
  }
  assert.deepEqual(await storedPlans(page), stored);
  assert.equal(new Set(['cut off', 'damaged', 'newer', 'empty'].map((how) => BROKEN[how][1])).size, 4);
});

test('a broken link on a first visit shows the example, and says why', async (t) => {
  const { page } = await openApp({ t, path: `#${BROKEN.damaged[0]}` });
  await says(notices(page), /^This link was changed on its way/);
  await says(chip(page), 'Example, not stored');
  assert.deepEqual(await storedPlans(page), {});
});

test('a fragment of somebody else is let alone', async (t) => {
  const { page, url } = await openApp({ t, path: '#section' });
  assert.equal(await notices(page).innerText(), '');
  await field(page, TARGET).fill('2m');
  await saved(page);
  assert.equal(page.url(), `${url}#section`);
  await page.evaluate(() => { location.hash = '/another?route=1'; });
  await field(page, TARGET).fill('3m');
  await saved(page);
  assert.equal(page.url(), `${url}#/another?route=1`);
  assert.equal(await notices(page).innerText(), '');
});

test('a link is found in what people paste, wherever they paste it', async (t) => {
  const { page } = await openApp({ t, ...CLIPBOARD });
  const wrapped = SIX.replace(/.{40}/g, '$&\r\n');
  for (const [how, paste, text] of [
    ['on the page', pasteOnPage, `https://planner.example/app/#${SIX}`],
    ['in a mail', pasteOnPage, `Hi Ann,\n\nhere it is: <https://planner.example/app/#${SIX}> — what do you think?\n\nBob`],
    ['broken into lines', pasteIntoDialog, `https://planner.example/#${wrapped}`],
    ['through a mail scanner', pasteIntoDialog, `https://safelinks.example/?url=https%3A%2F%2Fplanner.example%2F%2523${SIX}&data=05`],
    ['the bare token', pasteIntoDialog, ` ${SIX}\n`],
  ]) {
    await button(page, 'Plans').click();
    await button(page, 'New plan').click();
    await holds(field(page, 'Plan name'), 'My plan');
    await paste(page, text);
    await eventually(async () => assert.equal(await field(page, 'Plan name').inputValue(), 'Europe', how));
    await says(output(page, 'Leads needed'), '10,417');
    await says(chip(page), 'Copy, not stored yet');
  }
  await pasteOnPage(page, 'good morning');
  await says(notices(page), /^There is no plan in this text\./);
  await holds(field(page, 'Plan name'), 'Europe');
});

test('over plain http on an intranet: copy, paste, store and download as elsewhere', async (t) => {
  const { page } = await openApp({ t, host: INTRANET });
  assert.equal(await page.evaluate(() => navigator.clipboard), undefined);
  await field(page, TARGET).fill('2m');
  await saved(page);
  const link = await share(page);
  await button(page, 'Copy link').click();
  await button(page, 'Copied').waitFor();
  await closeDialog(page);
  await button(page, 'Plans').click();
  await page.getByText('Paste a link or the text of a plan').click();
  await page.getByLabel('Link or text').focus();
  await page.keyboard.press('ControlOrMeta+v');
  await holds(page.getByLabel('Link or text'), link);
  await closeDialog(page);
  assert.equal(JSON.parse(await exportPlan(page)).target, '2000000');
});

test('what is pasted into a field goes into the field', async (t) => {
  const { page } = await openApp({ t, ...CLIPBOARD });
  await page.evaluate(() => navigator.clipboard.writeText('€ 2,000,000'));
  await field(page, TARGET).click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.press('ControlOrMeta+v');
  await says(output(page, 'Leads needed'), '500');
  assert.equal(await notices(page).innerText(), '');
});

test('a plan goes out as JSON and comes in equal: by picker, paste and drop', async (t) => {
  const { page } = await openApp({ t, ...CLIPBOARD });
  await fill(page);
  const sent = await figures(page);
  await button(page, 'Export').click();
  const { name, text } = await download(page, () => button(page, 'Plan as JSON').click());
  await closeDialog(page);
  assert.equal(name, 'größe----mut---2027.backcast.json');
  const plan = JSON.parse(text);
  assert.deepEqual([plan.format, plan.version, plan.target, plan.currency, plan.rounding], ['backcast-plan', 1, '2345678', 'USD', 'ceil']);
  for (const [how, arrive] of [
    ['picker', (app) => choose(app.page, textFile(text))],
    ['picker, saved by an editor', (app) => choose(app.page, textFile(`\uFEFF${text.replace(/\n/g, '\r\n')}`))],
    ['paste on the page', (app) => pasteOnPage(app.page, text)],
    ['paste in the dialog', (app) => pasteIntoDialog(app.page, text)],
    ['drop', (app) => drop(app, t, 'plan.json', text)],
  ]) {
    const app = await openApp({ t, ...CLIPBOARD });
    await arrive(app);
    await says(notices(app.page), /^This plan (came from a file|arrived as text|came from a file or a text)\. Your own plans are untouched/);
    await says(chip(app.page), 'Copy, not stored yet');
    assert.deepEqual(await figures(app.page), sent, how);
    assert.equal(await exportPlan(app.page), text, how);
    assert.deepEqual(await storedPlans(app.page), {});
    await app.close();
  }
});

test('the same file can be chosen twice, and is one plan', async (t) => {
  const { page } = await openApp({ t });
  await field(page, TARGET).fill('2m');
  await saved(page);
  const text = await exportPlan(page);
  await field(page, TARGET).fill('3m');
  await saved(page);
  for (let times = 0; times < 2; times += 1) {
    await choose(page, textFile(text));
    await holds(field(page, TARGET), '2,000,000');
    await button(page, 'Plans').click();
    await button(page, 'Open My plan').click();
    await holds(field(page, TARGET), '3,000,000');
  }
  assert.equal(new Set(Object.keys(await storedPlans(page)).map((key) => key.split('.')[2])).size, 1);
});

test('a file that is no plan is refused with the field and what is allowed', async (t) => {
  const app = await openApp({ t });
  const { page } = app;
  await field(page, TARGET).fill('2m');
  await saved(page);
  const stored = await storedPlans(page);
  const good = JSON.parse(await exportPlan(page));
  const changed = (change) => { const plan = structuredClone(good); change(plan); return JSON.stringify(plan); };
  for (const [text, said] of [
    [changed((plan) => { plan.target = 'abc'; }), /target: must be an amount from 0 to 1000000000000000.*; got/],
    [changed((plan) => { plan.base.steps[0].rate = 1.5; }), /base\.steps\[0\]\.rate: must be a share from 0 to 1/],
    [changed((plan) => { plan.stages[1].owner = 'nobody'; }), /stages\[1\]\.owner: must be .*marketing/],
    [changed((plan) => { plan.stages.length = 1; }), /stages/],
    [changed((plan) => { plan.name = 'a\u202Eb'; }), /name: must have no control or invisible characters/],
    [changed((plan) => { delete plan.currency; }), /currency: is missing; must be/],
    [changed((plan) => { plan.tagret = '1'; }), /has no field .*tagret/],
    [changed((plan) => { plan.version = 2; }), /version.*newer version/],
    [changed((plan) => { plan.format = 'other'; }), /format: must be "backcast-plan"/],
    ['{"format": "backcast-plan",', /not JSON/],
    [`{${'"a":['.repeat(20_000)}`, /./],
  ]) {
    await choose(page, textFile(text));
    await eventually(async () => assert.match(await notices(page).innerText(), said));
    assert.match(await notices(page).innerText(), /^This file is no plan that can be opened\./);
    await button(notices(page), 'Dismiss').click();
  }
  await choose(page, { name: 'picture.png', mimeType: 'image/png', buffer: Buffer.from([137, 80, 78, 71, 13, 10, 26, 10, 0, 255, 254]) });
  await says(notices(page), /^There is no plan in this text/);
  await choose(page, { name: 'empty.json', mimeType: 'application/json', buffer: Buffer.alloc(0) });
  await says(notices(page), /^There is no plan in this text/);
  await holds(field(page, TARGET), '2,000,000');
  assert.deepEqual(await storedPlans(page), stored);
  await says(chip(page), /^Saved on this device/);
});

test('a file that is far too large is refused at once', async (t) => {
  const app = await openApp({ t });
  const large = Buffer.alloc(3_000_000, ' ');
  await choose(app.page, { name: 'large.json', mimeType: 'application/json', buffer: large });
  await says(notices(app.page), /^This file is larger than any plan: at most 2 MB\./);
  await button(notices(app.page), 'Dismiss').click();
  await drop(app, t, 'large.json', large);
  await says(notices(app.page), /^This file is larger than any plan: at most 2 MB\./);
  await says(output(app.page, 'Leads needed'), '250');
});

test('a text that is dropped into a field is the field’s; a file is opened even there', async (t) => {
  const app = await openApp({ t });
  const name = field(app.page, 'Plan name');
  await name.fill('');
  await dropData(app, { items: [{ mimeType: 'text/plain', data: 'Asia' }], files: [] }, await middle(name));
  await holds(name, 'Asia');
  assert.equal((await notices(app.page).innerText()).trim(), '');
  const plan = (await exportPlan(app.page)).replace('"1000000"', '"3000000"');
  await drop(app, t, 'plan.json', plan, await middle(name));
  await holds(field(app.page, TARGET), '3,000,000');
});

test('what the page of a crash hands out brings every plan back', async (t) => {
  const { page } = await openApp({ t });
  await field(page, 'Plan name').fill('Asia');
  await saved(page);
  await button(page, 'Plans').click();
  await button(page, 'New plan').click();
  await field(page, 'Plan name').fill('Europe');
  await field(page, TARGET).fill('2m');
  await eventually(async () => assert.equal(Object.keys(await storedPlans(page)).length, 2));
  await saved(page);
  await page.evaluate(() => window.backcastBoot.crashed('tried'));
  await failed(page).waitFor();
  const { name, text } = await download(page, () => button(page, 'Download the saved plans').click());
  const { page: other } = await openApp({ t });
  await choose(other, textFile(text, name));
  await holds(field(other, TARGET), '2,000,000');
  await button(other, 'Plans').click();
  await button(other, 'Open Asia').click();
  await holds(field(other, 'Plan name'), 'Asia');
});

test('the stages as CSV: for programs, for spreadsheets, and never a formula', async (t) => {
  const { page } = await openApp({ t, now: '2026-11-22T14:02:00Z' });
  await breakDown(page);
  await button(page, 'Edit the stage SQLs').click();
  await field(page, 'Name of many').fill('=1+1');
  await button(page, 'Edit the stage Leads').click();
  await field(page, 'Name of many').fill('Leads, "warm"');
  await button(page, 'Export').click();
  const standard = await download(page, () => button(page, 'CSV, standard').click());
  assert.equal(standard.name, 'my-plan-stages-plain.csv');
  const rows = standard.text.split('\r\n');
  assert.equal(rows.length, 8);
  assert.equal(rows[7], '');
  assert.equal(rows[0], 'Stage,Owner,Needed,A month,Last useful date,Rate to next,Days to next,Rate to won,Days to won,Worth of one (EUR)');
  assert.match(rows[2], /^"Leads, ""warm""",Marketing,5208\.333333,526\.\d+,18 September 2027,0\.3,21,0\.0096,104,192$/);
  assert.match(rows[4], /^"'=1\+1",Sales development,625,/);
  const excel = await download(page, () => button(page, 'CSV for a spreadsheet').click());
  assert.equal(excel.text, `\uFEFF${standard.text}`);
});

test('the stages as CSV where the comma is the decimal mark', async (t) => {
  const { page } = await openApp({ t, locale: 'de-DE' });
  await breakDown(page);
  await button(page, 'Export').click();
  const excel = await download(page, () => button(page, 'CSV for a spreadsheet').click());
  assert.equal(excel.name, 'my-plan-stages.csv');
  assert.match(excel.text, /^\uFEFFStage;Owner;Needed;/);
  assert.match(excel.text.split('\r\n')[2], /^Leads;Marketing;5208,333333;/);
  const standard = await download(page, () => button(page, 'CSV, standard').click());
  assert.match(standard.text.split('\r\n')[2], /^Leads,Marketing,5208\.333333,/);
});

test('the stages as a table in the clipboard, as text and as HTML', async (t) => {
  const { page } = await openApp({ t, ...CLIPBOARD });
  await breakDown(page);
  await button(page, 'Edit the stage SQLs').click();
  await field(page, 'Name of many').fill('=1+1');
  await button(page, 'Edit the stage MQLs').click();
  await field(page, 'Name of many').fill('<b>x</b>');
  await button(page, 'Export').click();
  await button(page, 'Copy as a table').click();
  const copied = await page.getByText('Copied: paste it into a spreadsheet.').boundingBox();
  assert.ok(copied.y < (await button(page, 'Picture as SVG').boundingBox()).y, 'said by the key that was pressed');
  const { types, plain, html } = await page.evaluate(async () => {
    const [item] = await navigator.clipboard.read();
    const text = async (type) => (await item.getType(type)).text();
    return { types: item.types, plain: await text('text/plain'), html: await text('text/html') };
  });
  assert.deepEqual(types.toSorted(), ['text/html', 'text/plain']);
  const rows = plain.trimEnd().split('\r\n').map((row) => row.split('\t'));
  assert.equal(rows.length, 7);
  assert.deepEqual(rows[2].slice(0, 3), ['Leads', 'Marketing', '5208.333333']);
  assert.equal(rows[4][0], '"\'=1+1"');
  const cells = await page.evaluate((text) => [...new DOMParser().parseFromString(text, 'text/html').querySelectorAll('tr')].map((row) => [...row.cells].map((cell) => cell.textContent)), html);
  assert.equal(cells.length, 7);
  assert.equal(cells[4][0], '\'=1+1');
  assert.equal(cells[3][0], '<b>x</b>');
  assert.equal(cells[2][2], '5208.333333');
});

test('the picture as SVG: whole, harmless, and with the figures of the page', async (t) => {
  const { page } = await openApp({ t });
  await breakDown(page);
  await field(page, 'Plan name').fill('<script>alert(1)</script> & "x"');
  await button(page, 'Edit the stage MQLs').click();
  await field(page, 'Name of many').fill('<img onload=alert(1)>');
  const sentence = await answer(page).innerText();
  await button(page, 'Export').click();
  const { name, text } = await download(page, () => button(page, 'Picture as SVG').click());
  assert.match(name, /\.svg$/);
  const drawn = await page.evaluate((svg) => {
    const document = new DOMParser().parseFromString(svg, 'image/svg+xml');
    const all = [...document.querySelectorAll('*')];
    return {
      root: document.documentElement.tagName,
      error: document.querySelector('parsererror')?.textContent,
      risky: all.filter((each) => /^(script|foreignObject|a|image|use|iframe)$/i.test(each.tagName) || [...each.attributes].some(({ name: attribute, value }) => /^on|href/i.test(attribute) || /javascript:/i.test(value))).length,
      shapes: document.querySelectorAll('polygon, path, polyline').length,
      words: [...document.querySelectorAll('text')].map((each) => each.textContent.trim()),
    };
  }, text);
  assert.deepEqual([drawn.root, drawn.error, drawn.risky], ['svg', undefined, 0]);
  assert.ok(drawn.shapes >= 6, `${drawn.shapes} shapes`);
  for (const word of ['<script>alert(1)</script> & "x"', '<img onload=alert(1)>', '260,417', '5,208', '1,563', '625', '250', '50']) assert.ok(drawn.words.includes(word), `${word} in ${drawn.words}`);
  assert.ok(drawn.words.join(' ').includes(sentence), drawn.words.join(' '));
});

test('the picture as PNG: an image with something on it', async (t) => {
  const { page } = await openApp({ t });
  await breakDown(page);
  await button(page, 'Export').click();
  const { name, bytes } = await downloadBytes(page, () => button(page, 'Picture as PNG').click());
  assert.match(name, /\.png$/);
  assert.equal(bytes.subarray(0, 8).toString('hex'), '89504e470d0a1a0a');
  assert.ok(bytes.readUInt32BE(16) >= 1200 && bytes.readUInt32BE(20) >= 600, `${bytes.readUInt32BE(16)} × ${bytes.readUInt32BE(20)}`);
  const data = [];
  for (let at = 8; at < bytes.length; at += 12 + bytes.readUInt32BE(at)) {
    if (bytes.toString('latin1', at + 4, at + 8) === 'IDAT') data.push(bytes.subarray(at + 8, at + 8 + bytes.readUInt32BE(at)));
  }
  assert.ok(new Set(inflateSync(Buffer.concat(data))).size > 20, 'not one flat colour');
});

test('a plan without a name has files with one', async (t) => {
  const { page } = await openApp({ t });
  await field(page, 'Plan name').fill('../..');
  await button(page, 'Export').click();
  assert.equal((await download(page, () => button(page, 'Plan as JSON').click())).name, 'plan.backcast.json');
});
