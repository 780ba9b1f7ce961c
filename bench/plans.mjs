// The plans that are measured, as the planner's JSON. Every segment has a price and, in its last two steps, rates and days of its
// own, so that no two lines of work are alike; marketing's enter at the first stage, the sellers' at the last but one.

/** Stages with the step to the next: name, owner, rate, days. A plan takes as many as it wants of the last. */
const STAGES = [
  ['Reader', 'marketing', 0.2, 3], ['Follower', 'marketing', 0.3, 3], ['Reply', 'marketing', 0.4, 3], ['Click', 'marketing', 0.5, 3],
  ['Visitor', 'marketing', 0.02, 14], ['Lead', 'marketing', 0.3, 21], ['MQL', 'marketing', 0.4, 10],
  ['SQL', 'salesDevelopment', 0.4, 18], ['Opportunity', 'sales', 0.2, 55], ['Won', 'sales'],
];

export function plan({ segments, months, stages = 6, spread = false }) {
  const chosen = STAGES.slice(-stages);
  const steps = chosen.slice(0, -1).map(([, , rate, days]) => ({ rate: String(rate), days }));
  const own = (at) => steps.slice(-2).map(({ rate, days }, place) => ({
    from: stages - 2 + place,
    rate: (rate * (0.8 + (0.4 * at) / segments)).toFixed(6),
    days: days + at,
  }));
  const share = Math.floor(1e6 / segments);
  return {
    format: 'backcast-plan',
    version: 1,
    name: `${segments} × ${stages} × ${months}`,
    currency: 'EUR',
    period: { start: '2027-01', months },
    asOf: '2026-11-22',
    target: '2000000',
    headline: stages - 1,
    stages: chosen.map(([singular, owner], at) => ({ id: at + 1, singular, owner })),
    base: { asp: '20000', steps },
    segments: Array.from({ length: segments }, (_, at) => ({
      id: stages + 1 + at,
      name: `Segment ${at + 1}`,
      goal: { share: String((at === 0 ? 1e6 - share * (segments - 1) : share) / 1e6) },
      asp: String(12_000 + 1_500 * at),
      steps: own(at),
    })),
    sources: { marketing: { share: '0.7' }, sellers: { share: '0.3', entry: stages - 1 } },
    timing: spread ? { spread: '0.5' } : {},
  };
}
