// Runs in the page: the planner's `evaluate` against the same funnel as a sheet of HyperFormula. In each iteration the
// target changes and every figure is read. The planner also works out hand-offs and issues, which the sheet does not.
import init, { Sheet } from './evaluate.js';

const DAYS_A_MONTH = 365.25 / 12;

/** The sheet: the five assumptions of the plan in row 1, then a row a stage, then the pipeline. */
function spreadsheet([target, asp, first, last, asOf, ...steps]) {
  const stages = steps.length / 2 + 1;
  const rows = [[target, asp, first, last, asOf]];
  for (let stage = 0; stage < stages; stage += 1) {
    const [row, next, won] = [stage + 2, stage + 3, stage === stages - 1];
    rows.push([
      won ? 1 : steps[2 * stage], // A: rate
      won ? 0 : steps[2 * stage + 1], // B: days
      won ? 1 : `=A${row}*C${next}`, // C: R
      won ? 0 : `=B${row}+D${next}`, // D: days to won
      `=MAX($E$1,$C$1-D${row})`, // E: from when entries count
      `=$A$1/($B$1*C${row})`, // F: volume
      `=C${row}`,
      `=C${row}*$B$1`, // H: worth of one
      `=$D$1-D${row}`, // I: last useful day
      `=IF(E${row}<=I${row},F${row}/((I${row}-E${row}+1)/${DAYS_A_MONTH}),NA())`, // J: pace a month
    ]);
  }
  rows.push([`=A1/A${stages}`]);
  const engine = HyperFormula.buildFromArray(rows, { licenseKey: 'gpl-v3' });
  const figures = { start: { sheet: 0, row: 1, col: 5 }, end: { sheet: 0, row: stages, col: 9 } };
  return (amount) => {
    engine.setCellContents({ sheet: 0, row: 0, col: 0 }, amount);
    return [...engine.getRangeValues(figures).flat(), engine.getCellValue({ sheet: 0, row: stages + 1, col: 0 })];
  };
}

const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];

/** Microseconds a call, over enough calls for the coarse clock of a browser. */
function time(call, calls) {
  const start = performance.now();
  for (let at = 0; at < calls; at += 1) call(1_000_000 + at);
  return ((performance.now() - start) * 1000) / calls;
}

export async function run(rounds) {
  await init();
  const sheet = new Sheet();
  const planner = (amount) => sheet.evaluate(amount);
  const peer = spreadsheet([...sheet.assumptions()]);

  let farthest = 0;
  for (const amount of [1, 1_000_000, 2_000_000, 3_333_333, 4_000_000_000]) {
    const [ours, theirs] = [planner(amount), peer(amount)];
    if (ours.length !== theirs.length) throw new Error(`${ours.length} figures against ${theirs.length}`);
    ours.forEach((figure, at) => {
      const apart = Math.abs(figure - theirs[at]) / Math.max(1e-300, Math.abs(theirs[at]));
      if (!(apart < 1e-9)) throw new Error(`figure ${at} for a target of ${amount}: ${figure} against ${theirs[at]}`);
      farthest = Math.max(farthest, apart);
    });
  }

  const calls = [planner, peer].map((call) => {
    time(call, 200); // warm
    return Math.max(50, Math.round(100_000 / time(call, 200))); // about 100 ms a round
  });
  const [ours, theirs] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    ours.push(time(planner, calls[0]));
    theirs.push(time(peer, calls[1]));
  }
  const ratios = theirs.map((value, round) => value / ours[round]);
  return { figures: planner(1).length, farthest, ours: median(ours), theirs: median(theirs), ratio: median(ratios), least: Math.min(...ratios), most: Math.max(...ratios) };
}
