// Runs in the page: what sellers and sales development take of an evaluation, and the solver of the best mix against others.
import init, { Planner } from './evaluate.js';
import { measure, median } from './bench.js';
import { plan } from './plans.mjs';

const planner = (size) => new Planner(JSON.stringify(plan(size)));
const quartiles = (sorted) => [sorted[sorted.length >> 2], sorted[(3 * sorted.length) >> 2]];

/** The plan with teams against the same without, both with all that the page of people and money works out, at this target. */
export async function people(size, target, rounds) {
  await init();
  const [without, team] = [false, true].map((team) => planner({ ...size, team }));
  for (const at of [1, target, 10 * target]) {
    // Who sells changes neither what is needed nor what is spent.
    const [one, other] = [without, team].map((planner) => [...planner.figures(at), ...planner.page(at).slice(3)]);
    const apart = one.findIndex((figure, place) => figure !== other[place]);
    if (apart >= 0 || one.length !== other.length) throw new Error(`figure ${apart} for a target of ${at}: ${one[apart]} against ${other[apart]}`);
    const [brings, closes, worked] = team.page(at);
    if (!(closes > 0 && closes <= brings && worked > 0 && worked <= 1)) throw new Error(`${closes} of ${brings} are closed, ${worked} worked`);
  }
  const page = (planner) => (more) => planner.page(target + more - 1_000_000);
  const times = measure([without, team].map(page), rounds, 20);
  const ratios = times[1].map((value, round) => value / times[0][round]).sort((a, b) => a - b);
  return { hires: team.hires(target), without: median(times[0]), team: median(times[1]), ratio: median(ratios), quartiles: quartiles(ratios) };
}

/** A programme as solver/src/wire.rs writes it; terms of the same variable in a row are one. */
function decode(numbers) {
  let at = 0;
  const take = () => numbers[at++];
  const several = (count, one) => Array.from({ length: count }, one);
  const [, width, height] = several(4, take);
  const variables = several(width, () => ({ cost: take(), least: take(), most: take(), liftable: take() }));
  const rows = several(height, () => ({ least: take(), most: take(), liftable: take(), count: take(), terms: new Map() }));
  for (const { count, terms } of rows) {
    for (let term = 0; term < count; term += 1) {
      const variable = take();
      terms.set(variable, (terms.get(variable) ?? 0) + take());
    }
  }
  if (at !== numbers.length) throw new Error(`${numbers.length - at} numbers are left over`);
  return { variables, rows };
}

/** HiGHS, from flat numbers to values and prices, as the planner's. */
async function highs({ variables, rows }, options) {
  const { default: load } = await import('./highs.mjs');
  const solver = await load();
  const terms = rows.flatMap((row) => [...row.terms]);
  let end = 0;
  const all = (list, what) => Float64Array.from(list, (one) => one[what]);
  const sizes = { numRows: rows.length, numCols: variables.length };
  const model = {
    ...sizes,
    colCost: all(variables, 'cost'), colLower: all(variables, 'least'), colUpper: all(variables, 'most'),
    rowLower: all(rows, 'least'), rowUpper: all(rows, 'most'),
    matrix: {
      ...sizes,
      format: 'csr',
      starts: Int32Array.from([0, ...rows.map((row) => (end += row.terms.size))]),
      indices: Int32Array.from(terms, ([variable]) => variable),
      values: Float64Array.from(terms, ([, factor]) => factor),
    },
  };
  return () => solver.withModel(model, (solving) => {
    solving.options.set({ output_flag: false, ...options });
    solving.run();
    solving.getSolution();
    return solving.getModelStatus() === solver.constants.modelStatus.optimal ? solving.getObjectiveValue() : NaN;
  });
}

/** javascript-lp-solver, which changes the model it is given, so that it is made anew; that costs next to nothing. */
async function plain({ variables, rows }) {
  const { default: solver } = await import('./javascript-lp-solver.mjs');
  const finite = ({ least, most }) => ({ ...(Number.isFinite(least) && { min: least }), ...(Number.isFinite(most) && { max: most }) });
  if (variables.some(({ least }) => least !== 0)) throw new Error('it takes no variable that begins elsewhere than at zero');
  return () => {
    const model = { optimize: 'cost', opType: 'min', constraints: {}, variables: {} };
    for (const [at, { cost, most }] of variables.entries()) {
      const variable = { cost };
      model.variables[`x${at}`] = variable;
      if (most === Infinity) continue;
      model.constraints[`most${at}`] = { max: most };
      variable[`most${at}`] = 1;
    }
    for (const [at, row] of rows.entries()) {
      model.constraints[`row${at}`] = finite(row);
      for (const [variable, factor] of row.terms) model.variables[`x${variable}`][`row${at}`] = factor;
    }
    const { feasible, bounded, result } = solver.Solve(model);
    return feasible && bounded ? result : NaN;
  };
}

/** Milliseconds of each for the best mix, modules loaded; all must find the same. The slowest is asked three times only. */
export async function mixes(size, most, ours, rounds) {
  await init();
  const numbers = planner(size).mix(most);
  const programme = decode(numbers);
  const { solve } = await import(`./${ours}`);
  const solvers = [
    async () => {
      const [code, objective] = await solve(numbers);
      return code === 0 ? objective : NaN;
    },
    await highs(programme, {}),
    await highs(programme, { solver: 'ipm' }),
    await plain(programme),
  ];
  const times = solvers.map(() => []);
  let apart = 0;
  let known;
  for (let round = 0; round <= rounds; round += 1) {
    for (const [at, solver] of solvers.entries()) {
      if (at === 3 && round > 3) continue;
      const start = performance.now();
      const objective = await solver();
      if (round > 0) times[at].push(performance.now() - start); // the first warms it
      known ??= objective;
      const now = Math.abs(objective - known) / Math.abs(known);
      if (!(now <= 1e-6)) throw new Error(`solver ${at} comes to ${objective} and not to ${known}`);
      apart = Math.max(apart, now);
    }
  }
  const { variables, rows } = programme;
  return {
    variables: variables.length,
    rows: rows.length,
    terms: rows.reduce((sum, { terms }) => sum + terms.size, 0),
    apart,
    times: times.map(median),
    ratios: times.map((of) => median(of.map((value, round) => value / times[0][round]))),
  };
}
