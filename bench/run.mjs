// Prints two ratios, both sides measured in this run and this Chromium. Speed never fails it.
import { fileURLToPath } from 'node:url';
import { serve } from '../scripts/serve.mjs';
import { DIST, launch } from '../tests/browser/support.mjs';

const folder = (path) => fileURLToPath(new URL(path, import.meta.url));
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
const browser = await launch();
console.log(`Chromium ${browser.version()}`);

async function evaluate() {
  const { url, close } = await serve({ root: folder('evaluate/dist') });
  const page = await browser.newPage();
  await page.goto(url);
  const found = await page.evaluate(async () => (await import('./bench.js')).run(15));
  await page.close();
  await close();
  console.log(`
Evaluating the six-stage example after its target has changed, reading ${found.figures} figures
  equal to within ${found.farthest.toExponential(1)} of each other
  planner       ${found.ours.toFixed(2).padStart(10)} µs
  HyperFormula  ${found.theirs.toFixed(2).padStart(10)} µs
  ratio         ${found.ratio.toFixed(1).padStart(10)}    HyperFormula ÷ planner, median of 15 rounds (${found.least.toFixed(1)} to ${found.most.toFixed(1)})`);
}

/** Runs in the page: types into the first field as soon as it is there and notes when the page has changed for it. */
function typeAsSoonAsPossible() {
  const field = () => [...document.querySelectorAll('input')].find((input) => input.checkVisibility() && /^(text|)$/.test(input.type));
  const look = () => {
    const input = field();
    if (!input) return requestAnimationFrame(look);
    new MutationObserver((_changes, observer) => {
      observer.disconnect();
      window.reacted = performance.now();
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
    input.focus();
    input.value = '3456789';
    input.dispatchEvent(new InputEvent('input', { bubbles: true }));
  };
  requestAnimationFrame(look);
}

/** Milliseconds from the start of the navigation, in a profile without any cache. */
async function start(url) {
  const context = await browser.newContext();
  await context.addInitScript(typeAsSoonAsPossible);
  const page = await context.newPage();
  await page.goto(url);
  const reacted = await page.waitForFunction(() => window.reacted, undefined, { timeout: 30_000 });
  const time = await reacted.jsonValue();
  await context.close();
  return time;
}

async function interactive(loads) {
  const [planner, bare] = await Promise.all([serve({ root: DIST }), serve({ root: folder('bare/dist') })]);
  const times = { planner: [], bare: [] };
  for (let load = 0; load <= loads; load += 1) {
    const pair = [await start(planner.url), await start(bare.url)];
    if (load === 0) continue; // the first pair warms the browser itself
    times.planner.push(pair[0]);
    times.bare.push(pair[1]);
  }
  await Promise.all([planner.close(), bare.close()]);
  const [ours, floor] = [median(times.planner), median(times.bare)];
  console.log(`
From the start of the navigation until the first field has reacted to typing, from this machine, nothing cached
  planner       ${ours.toFixed(0).padStart(10)} ms
  bare Leptos   ${floor.toFixed(0).padStart(10)} ms   one input, one memo
  ratio         ${(ours / floor).toFixed(2).padStart(10)}    planner ÷ bare, medians of ${loads} alternating loads`);
}

try {
  await evaluate();
  await interactive(15);
} finally {
  await browser.close();
}
