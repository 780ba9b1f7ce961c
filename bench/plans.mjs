// The plans that are measured, as the planner's JSON. Every segment has a price and, in its last two steps, rates and days of its
// own, so that no two lines of work are alike; marketing's enter at the first stage, the sellers' at the last but one. Channels bring
// leads, one for all segments and one for a single one in turns; a team of sellers has a segment each.

/** Stages with the step to the next: name, owner, rate, days. A plan takes as many as it wants of the last. */
const STAGES = [
  ['Reader', 'marketing', 0.2, 3], ['Follower', 'marketing', 0.3, 3], ['Reply', 'marketing', 0.4, 3], ['Click', 'marketing', 0.5, 3],
  ['Visitor', 'marketing', 0.02, 14], ['Lead', 'marketing', 0.3, 21], ['MQL', 'marketing', 0.4, 10],
  ['SQL', 'salesDevelopment', 0.4, 18], ['Opportunity', 'sales', 0.2, 55], ['Won', 'sales'],
];

/** Leads that are bought, at three prices each, for a budget a month. */
function spending(count, { segments, first, entry }) {
  return {
    channels: Array.from({ length: count }, (_, at) => ({
      id: first + at,
      name: `Channel ${at + 1}`,
      ...(at % 2 === 1 && { segment: segments[at % segments.length] }),
      entry,
      cost: String(20 + 3 * at),
      tiers: [{ beyond: 20, cost: String(26 + 4 * at) }, { beyond: 60, cost: String(35 + 5 * at) }],
      floor: at % 4 === 0 ? 5 : 0,
      ceiling: 180,
      quality: (0.8 + 0.06 * at).toFixed(2),
      validated: '0.9',
      buys: 40,
    })),
    budget: '50000',
    other: '12000',
    seller: '120000',
    developer: '70000',
    margin: '0.8',
    churn: '0.01',
  };
}

/** Sellers who ramp, start and leave, and who works the leads before them. */
const people = ({ segments, first }) => ({
  sales: segments.map((segment, at) => ({
    id: first + at,
    name: `Team ${at + 1}`,
    segments: [segment],
    heads: 2,
    changes: [{ month: '2027-03', what: 'start', heads: 1 }, { month: '2027-09', what: 'leave', heads: 1 }, { month: '2028-02', what: 'start', heads: 1 }],
    ramp: ['0', '0.2', '0.4', '0.6', '0.8'],
    attrition: '0.15',
    backfills: true,
    timeToFill: 60,
    quota: '90000',
    attainment: '0.8',
  })),
  development: { heads: 6, touches: '8', minutes: '5', within: 30, odds: '1.5', changes: [{ month: '2027-06', what: 'start', heads: 1 }] },
});

export function plan({ segments, months, stages = 6, spread = false, channels = 0, team = false }) {
  const chosen = STAGES.slice(-stages);
  const steps = chosen.slice(0, -1).map(([, , rate, days]) => ({ rate: String(rate), days }));
  const own = (at) => steps.slice(-2).map(({ rate, days }, place) => ({
    from: stages - 2 + place,
    rate: (rate * (0.8 + (0.4 * at) / segments)).toFixed(6),
    days: days + at,
  }));
  const share = Math.floor(1e6 / segments);
  const ids = Array.from({ length: segments }, (_, at) => stages + 1 + at);
  const entry = 1 + Math.max(0, chosen.findIndex(([name]) => name === 'Lead'));
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
      id: ids[at],
      name: `Segment ${at + 1}`,
      goal: { share: String((at === 0 ? 1e6 - share * (segments - 1) : share) / 1e6) },
      asp: String(12_000 + 1_500 * at),
      steps: own(at),
    })),
    sources: { marketing: { share: '0.7' }, sellers: { share: '0.3', entry: stages - 1 } },
    timing: spread ? { spread: '0.5' } : {},
    ...(channels > 0 && { spending: spending(channels, { segments: ids, first: stages + segments + 1, entry }) }),
    ...(team && people({ segments: ids, first: stages + segments + channels + 1 })),
  };
}
