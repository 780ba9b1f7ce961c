// Runs in the page: the planner's `evaluate` against the same plan as a sheet of HyperFormula, and against itself as plans grow.
import init, { Planner } from './evaluate.js';
import { plan } from './plans.mjs';
import { sheet } from './sheet.js';

export const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

/** Microseconds a call, over so many milliseconds: many times the coarse clock of a browser. */
function time(call, milliseconds) {
  const start = performance.now();
  let [calls, end] = [0, start];
  while (end < start + milliseconds) {
    call(1_000_000 + calls);
    calls += 1;
    end = performance.now();
  }
  return ((end - start) * 1000) / calls;
}

/** The times of rounds in which each is called in its turn, so that what else the machine does meets all alike. */
export function measure(calls, rounds, milliseconds) {
  for (const call of calls) time(call, 10 * milliseconds); // warm
  const times = calls.map(() => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [at, call] of calls.entries()) times[at].push(time(call, milliseconds));
  }
  return times;
}

/** How far apart the figures of both sides are, at most, relative to their size. */
function farthest(ours, theirs, target) {
  if (ours.length !== theirs.length) throw new Error(`${ours.length} figures against ${theirs.length}`);
  return ours.reduce((most, figure, at) => {
    const apart = figure === theirs[at] ? 0 : Math.abs(figure - theirs[at]) / Math.abs(theirs[at]);
    if (!(apart < 1e-9)) throw new Error(`figure ${at} for a target of ${target}: ${figure} against ${theirs[at]}`);
    return Math.max(most, apart);
  }, 0);
}

/** The typical plan: in each call the target changes and every figure is read. */
export async function compare(rounds) {
  await init();
  const typical = plan({ segments: 3, months: 12 });
  const planner = new Planner(JSON.stringify(typical));
  const [ours, theirs] = [(target) => planner.figures(target), sheet(typical)];
  let apart = 0;
  for (const target of [1, 1_000_000, 2_000_000, 3_333_333, 4_000_000_000]) apart = Math.max(apart, farthest(ours(target), theirs(target), target));

  const times = measure([ours, theirs], rounds, 20);
  const ratios = times[1].map((value, round) => value / times[0][round]).sort((a, b) => a - b);
  return {
    figures: ours(1).length,
    apart,
    ours: median(times[0]),
    theirs: median(times[1]),
    ratio: median(ratios),
    quartiles: [ratios[rounds >> 2], ratios[(3 * rounds) >> 2]],
  };
}

/** Microseconds of plans of every size, without or with spread: the least of several rounds, which what else runs disturbs least. */
export async function growth(sizes, spread, rounds) {
  await init();
  const calls = sizes.map((size) => {
    const planner = new Planner(JSON.stringify(plan({ ...size, spread })));
    return (target) => planner.evaluate(target);
  });
  const times = measure(calls, rounds, 5);
  return sizes.map((size, at) => ({ ...size, cost: Math.min(...times[at]) }));
}
