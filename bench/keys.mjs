// How long the page takes for a key press on a processor four times slower: from the key until the next frame is painted.
import { button, field, openApp } from '../tests/browser/support.mjs';
import { plan } from './plans.mjs';

const SLOWER = 4;
/** So many milliseconds after a key nothing is waiting any more: the plan has been stored. */
const PAUSE = 700;
const MONEY = '25789';
const RATE = '57.31';

/** What is typed where: the page, the part of it to open, the field's name in the small plan and in the large one, the keys. */
const FIELDS = [
  ['Funnel', undefined, 'Revenue target', 'Revenue target', MONEY],
  ['Funnel', undefined, 'Rate from lead to deal', 'Rate from lead to MQL', RATE],
  ['Funnel', 'Segments', 'Average selling price', 'Average selling price of Segment 20', MONEY],
  ['Calendar', 'Season, spread', 'Target of the next period', 'Target of the next period', MONEY],
  ['Calendar', undefined, 'Spread of times', 'Spread of times', RATE],
];

/** Runs in the page: notes for each key when the frame after it has been painted, and every task of 50 ms and more. */
function watch() {
  window.painted = [];
  window.tasks = [];
  let pressed = 0;
  addEventListener('keydown', (event) => { pressed = event.timeStamp; }, true);
  addEventListener('input', () => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => window.painted.push(performance.now() - pressed);
    port2.postMessage('after the frame');
  }), true);
  new PerformanceObserver((list) => list.getEntries().forEach(({ duration }) => window.tasks.push(duration))).observe({ type: 'longtask' });
}

/** A planner on the slower processor with this plan; with that of a first visit if none is given. */
async function open(document) {
  const app = await openApp({ initScript: watch });
  const { page } = app;
  if (document) {
    await button(page, 'Plans').click();
    await page.getByText('Paste a link or the text of a plan').click();
    await page.getByLabel('Link or text').fill(JSON.stringify(document));
    await button(page, 'Open it').click();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
  }
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  page.setDefaultTimeout(60_000);
  return app;
}

/** Milliseconds until the frame after each key, the least first, and those of the longest task. */
async function type(page, name, keys) {
  await field(page, name).focus();
  await page.keyboard.press('ControlOrMeta+a');
  await page.waitForTimeout(PAUSE);
  await page.evaluate(() => { window.painted = []; window.tasks = []; });
  for (const key of keys) {
    await page.keyboard.press(key); // to what has the focus: finding the field again would cost the page time
    await page.waitForTimeout(PAUSE);
  }
  const [painted, tasks] = await page.evaluate(() => [window.painted, window.tasks]);
  if (painted.length !== keys.length) throw new Error(`${painted.length} of ${keys.length} keys in ${name} were painted`);
  return { painted: painted.toSorted((a, b) => a - b), task: Math.max(0, ...tasks) };
}

/** Types into both plans, field by field: `[{ name, small, large }, …]`. */
export async function keys() {
  const apps = [await open(), await open(plan({ segments: 40, months: 36, spread: true }))];
  const found = [];
  let shown = 'Funnel';
  for (const [place, part, ...names] of FIELDS) {
    const text = names.pop();
    const row = { name: `${place}: ${names[1]}` };
    for (const [at, { page }] of apps.entries()) {
      if (place !== shown) await page.getByRole('navigation', { name: 'Pages' }).getByRole('button', { name: place }).click();
      if (part) await page.locator('summary', { hasText: part }).first().click();
      row[at === 0 ? 'small' : 'large'] = await type(page, names[at], [...text]);
    }
    shown = place;
    found.push(row);
  }
  for (const { close } of apps) await close();
  return found;
}
