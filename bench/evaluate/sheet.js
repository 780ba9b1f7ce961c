// A plan as a sheet of HyperFormula, written from the definitions of the model and not from the planner's code. What does not depend
// on the target (rates to won, dates, which part of the demand is due by when) stands in cells of its own, so that a change of the
// target calculates nothing but what it changes. It knows what the plan in plans.mjs has: no more than shares, own prices and steps.

/** Columns of a line's stage; before them its rate and days, R and L. */
const [NEEDED, LAST_USEFUL, ASKED] = [4, 5, 6];

const name = (row, column) => (column < 26 ? '' : String.fromCharCode(64 + Math.floor(column / 26))) + String.fromCharCode(65 + (column % 26)) + row;

/** Gives a function that sets the target and reads every figure: part by part, the whole first, then segments, then sources. */
export function sheet(plan) {
  const rows = [];
  /** Adds a row and gives what names its cells. */
  const add = (...cells) => {
    const row = rows.push(cells);
    return (column) => name(row, column);
  };
  const date = (year, month, day) => `=DATE(${Number(year)},${Number(month)},${Number(day)})`;
  const sum = (lines, cell) => lines.map(cell).join('+');

  const [start, asOf] = [plan.period.start.split('-'), plan.asOf.split('-')];
  const [TARGET, START, MONTHS, END] = ['$A$1', '$B$1', '$C$1', '$D$1'];
  add(Number(plan.target), date(...start, 1), plan.period.months, `=EDATE(${START},${MONTHS})-1`, date(...asOf));
  // The last days of the months that are shown: from the as-of date's month on.
  const shown = 12 * (start[0] - asOf[0]) + (start[1] - asOf[1]) + plan.period.months;
  const across = (formula) => Array.from({ length: shown }, (_, index) => formula(index));
  const ends = add(...across((index) => (index === 0 ? '=EOMONTH($E$1,0)' : `=EOMONTH(${name(2, index - 1)},1)`)));
  // W(d) ÷ target: the same in every month, uniform within each, going on after the period.
  const due = (day) =>
    `MAX(0,12*(YEAR(${day})-YEAR(${START}))+MONTH(${day})-MONTH(${START})+DAY(${day})/DAY(EOMONTH(${day},0)))/${MONTHS}`;
  // The part of what the period needs that is asked for in a month, so many days earlier: in the first with what is overdue.
  const asked = (index, days) => {
    const by = (index) => due(`(${ends(index)}+${days})`);
    return index === 0 ? `=${by(index)}` : `=${by(index)}-${by(index - 1)}`;
  };

  // What each source creates of each segment: a row of its bookings, wins and pipeline, then one per stage that it passes.
  const won = plan.stages.length - 1;
  const lines = [];
  for (const segment of plan.segments) {
    const its = add(Number(segment.goal.share), Number(segment.asp));
    for (const [source, { share, entry }] of Object.entries(plan.sources)) {
      const head = rows.length + 1;
      const first = entry ? plan.stages.findIndex(({ id }) => id === entry) : 0;
      const [money, wins, lastRate] = [name(head, 0), name(head, 1), name(head + won - first, 0)];
      add(`=${TARGET}*${its(0)}*${Number(share)}`, `=${money}/${its(1)}`, `=${money}/${lastRate}`);
      const line = { segment, source, money, wins, pipeline: name(head, 2), stages: [] };
      for (let stage = first; stage <= won; stage += 1) {
        const own = segment.steps.find(({ from }) => from === plan.stages[stage].id);
        const { rate, days } = own ?? plan.base.steps[stage] ?? { rate: 1, days: 0 };
        const [row, next] = [rows.length + 1, rows.length + 2];
        line.stages[stage] = add(
          Number(rate),
          days,
          stage === won ? 1 : `=${name(row, 0)}*${name(next, 2)}`, // R
          stage === won ? 0 : `=${name(row, 1)}+${name(next, 3)}`, // L
          `=${wins}/${name(row, 2)}`, // needed
          `=${END}-${name(row, 3)}`, // last useful day
          ...across((index) => asked(index, name(row, 3))),
        );
      }
      lines.push(line);
    }
  }

  // The whole, each segment, each source: sums, and for rates sums over sums.
  const output = rows.length;
  const part = (lines) => {
    for (let stage = 0; stage <= won; stage += 1) {
      const passing = lines.filter((line) => line.stages[stage]);
      if (passing.length === 0) continue;
      const needed = name(rows.length + 1, 0);
      add(
        `=${sum(passing, (line) => line.stages[stage](NEEDED))}`,
        `=(${sum(passing, (line) => line.wins)})/${needed}`, // R
        `=(${sum(passing, (line) => line.money)})/${needed}`, // value of each
        `=MAX(${passing.map((line) => line.stages[stage](LAST_USEFUL))})`, // last useful day of the quickest
        ...across((index) => `=${sum(passing, (line) => `${line.stages[stage](NEEDED)}*${line.stages[stage](ASKED + index)}`)}`),
      );
    }
    const sources = Object.keys(plan.sources).map((source) => lines.filter((line) => line.source === source));
    add(
      `=${sum(lines, (line) => line.pipeline)}`,
      ...sources.filter((its) => its.length > 0).flatMap((its) => [`=${sum(its, (line) => line.money)}`, `=${sum(its, (line) => line.pipeline)}`]),
    );
    add(...across((index) => `=${sum(lines, (line) => `${line.money}*${line.stages[won](ASKED + index)}`)}`)); // due
  };
  part(lines);
  for (const segment of plan.segments) part(lines.filter((line) => line.segment === segment));
  for (const source of Object.keys(plan.sources)) part(lines.filter((line) => line.source === source));

  // Without rounding to ten decimals, and without a history.
  const engine = HyperFormula.buildFromArray(rows, { licenseKey: 'gpl-v3', smartRounding: false, undoLimit: 0 });
  const figures = { start: { sheet: 0, row: output, col: 0 }, end: { sheet: 0, row: rows.length - 1, col: 3 + shown } };
  return (target) => {
    engine.setCellContents({ sheet: 0, row: 0, col: 0 }, target);
    return engine.getRangeValues(figures).flat().filter((value) => value !== null);
  };
}
