// Prints ratios, both sides of each measured in this run and this Chromium, and whether what is promised of them holds. Speed never
// fails it; figures that differ do.
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { serve } from '../scripts/serve.mjs';
import { DIST, launch } from '../tests/browser/support.mjs';
import { keys } from './keys.mjs';
import { plan } from './plans.mjs';
import { wait } from './wait.mjs';

const folder = (path) => fileURLToPath(new URL(path, import.meta.url));
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
const column = (value, digits = 0) => value.toFixed(digits).padStart(9);
const promise = (words, holds) => console.log(`  promised: ${words}: ${holds ? 'holds' : 'DOES NOT HOLD in this run'}`);
const browser = await launch();
console.log(`Chromium ${browser.version()}`);

/** Calls a function of a module in a page of its own. */
async function inPage(module, name, ...values) {
  const { url, close } = await serve({ root: folder('evaluate/dist') });
  const page = await browser.newPage();
  await page.goto(url);
  const found = await page.evaluate(async ([module, name, values]) => (await import(`./${module}`))[name](...values), [module, name, values]);
  await page.close();
  await close();
  return found;
}

async function evaluate() {
  const found = await inPage('bench.js', 'compare', 99);
  console.log(`
Evaluating a plan of 3 segments, 2 sources, 6 stages and 12 months after its target has changed, reading ${found.figures} figures,
which are equal to within ${found.apart.toExponential(1)} of their size
  planner       ${column(found.ours, 1)} µs
  HyperFormula  ${column(found.theirs, 1)} µs
  ratio         ${column(found.ratio, 1)}      HyperFormula ÷ planner, median of 99 rounds (half of them ${found.quartiles.map((ratio) => ratio.toFixed(1)).join(' to ')})`);
  promise('at least 20', found.ratio >= 20);
}

const SEGMENTS = [1, 3, 10, 40];
const STAGES = [3, 6, 10];
const MONTHS = [12, 24, 36];
/** A machine that does other things, too, measures the same cost twice with such a factor between. */
const NOISE = 1.25;

async function growth(spread) {
  const sizes = SEGMENTS.flatMap((segments) => STAGES.flatMap((stages) => MONTHS.map((months) => ({ segments, stages, months }))));
  const plans = await inPage('bench.js', 'growth', sizes, spread, 30);
  console.log(`
Cost of evaluating a plan of 6 stages as it grows, ${spread ? 'with' : 'without'} spread, in µs
  segments  ${MONTHS.map((months) => `${String(months).padStart(5)} months`).join('')}`);
  for (const segments of SEGMENTS) {
    const row = plans.filter((plan) => plan.segments === segments && plan.stages === 6);
    console.log(`  ${String(segments).padEnd(12)}${row.map(({ cost }) => `${column(cost)}   `).join('')}`);
  }
  // Every plan against every smaller one.
  let worst = { times: 0 };
  for (const from of plans) {
    for (const to of plans) {
      const by = ['segments', 'stages', 'months'].map((what) => to[what] / from[what]);
      if (from === to || by.some((times) => times < 1)) continue;
      const times = to.cost / from.cost / (by[0] * by[1] * by[2] ** 2);
      if (times > worst.times) worst = { times, from, to };
    }
  }
  const size = ({ segments, stages, months }) => `${segments} × ${stages} × ${months}`;
  console.log(`  ratio     ${column(worst.times, 2)}   growth ÷ that of segments × stages × months², at its largest, from ${size(worst.from)} to ${size(worst.to)}`);
  promise(`at most 1, or ${NOISE} with noise`, worst.times <= NOISE);
}

/** The plan with people and money. */
const LARGE = { segments: 10, months: 24, stages: 8, channels: 8 };
/** The one that is solved. */
const MIXED = { ...LARGE, spread: true, team: true };
const SIZE = '10 segments, 8 stages, 8 channels and 24 months';

async function people() {
  console.log(`
Evaluating a plan of ${SIZE} after its target has changed, with all that the page of
people and money works out: with a team of sellers for each segment and sales development, and without; what both have is equal
         with   without, µs   ratio: with ÷ without, median of 49 rounds (half of them)`);
  for (const spread of [false, true]) {
    for (const target of [1_000_000, 5_000_000]) {
      const { hires, team, without, ratio, quartiles } = await inPage('people.js', 'people', { ...LARGE, spread }, target, 49);
      if ((hires > 0) !== (target === 5_000_000)) throw new Error(`${hires} to hire for a target of ${target}`);
      const range = quartiles.map((value) => value.toFixed(2)).join(' to ');
      console.log(`  ${column(team)} ${column(without)}    ${column(ratio, 2)}   (${range})  ${spread ? 'with' : 'without'} spread, ${hires > 0 ? `${hires} hires are proposed` : 'sellers enough'}`);
    }
  }
}

/** What is said of each here, and on the page. */
const AIMS = [['least money', 'least money that brings what is needed'], ['most bookings', 'most bookings for the budget']];
const SOLVERS = ['planner', 'HiGHS, as it chooses', 'HiGHS, interior point', 'javascript-lp-solver'];

async function mixes() {
  const ours = readdirSync(DIST).find((name) => /^solver-\w+\.js$/.test(name));
  console.log(`
Solving for the best mix of that plan with people and spread, modules loaded`);
  for (const [at, [words]] of AIMS.entries()) {
    const { variables, rows, terms, apart, times, ratios } = await inPage('people.js', 'mixes', MIXED, at === 1, ours, 31);
    console.log(`  ${words}: ${variables} variables, ${rows} rows, ${terms} terms; all find the same, to within ${apart.toExponential(1)} of it`);
    for (const [place, name] of SOLVERS.entries()) {
      console.log(`  ${name.padEnd(22)}${column(times[place], 1)} ms${place === 0 ? '' : `   ratio ${column(ratios[place], 2)}   ÷ planner`}`);
    }
  }
}

async function waiting(tries) {
  console.log(`
From a click on “Find the best mix” of that plan until the answer is painted, the solver not yet loaded, in ms: medians of ${tries} pages;
and the longest task of 50 ms and more that held one up until the solver had the programme, while it solved, and when it had answered
     answer   before  solving    after`);
  const longest = [];
  for (const slower of [1, 4]) {
    for (const [words, aim] of AIMS) {
      const found = [];
      for (let time = 0; time < tries; time += 1) found.push(await wait(plan(MIXED), aim, slower));
      const tasks = ['before', 'solving', 'after'].map((part) => Math.max(...found.map((row) => row[part])));
      longest.push(tasks[1]);
      console.log(`  ${column(median(found.map(({ until }) => until)))}${tasks.map((task) => column(task)).join('')}  ${words}${slower > 1 ? `, the page’s thread ${slower} times slower` : ''}`);
    }
  }
  promise('no task of 50 ms or more while it is solved', longest.every((task) => task < 50));
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
  planner       ${column(ours)} ms
  bare Leptos   ${column(floor)} ms   one input, one memo
  ratio         ${column(ours / floor, 2)}      planner ÷ bare, medians of ${loads} alternating loads`);
}

/** What is felt as prompt: a good INP. */
const PROMPT = 200;

async function typing() {
  const rows = await keys();
  console.log(`
From a key press to the next painted frame in a plan of 40 segments and 36 months, on a processor four times slower, in ms
     median  longest  longest task  ÷ first plan's`);
  for (const { name, small, large } of rows) {
    const figures = [median(large.painted), large.painted.at(-1)].map((value) => column(value)).join('');
    console.log(`  ${figures}${column(large.task).padStart(14)}${column(median(large.painted) / median(small.painted), 1).padStart(16)}  ${name}`);
  }
  promise(`${PROMPT} ms at most`, rows.every(({ large }) => large.painted.at(-1) <= PROMPT));
}

try {
  await evaluate();
  await growth(false);
  await growth(true);
  await people();
  await mixes();
  await interactive(15);
  await waiting(3);
  await typing(); // these are the last: a second after the last app is closed, so is the browser
} finally {
  await browser.close();
}
