//! The best mix of a plan, solved: against every mix of a grid and mixes by chance, each valued by what the planner says that it
//! costs and brings; against the conditions of Karush, Kuhn and Tucker; and against plans with a limit moved.
#![cfg(feature = "solve")]
#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    clippy::float_cmp,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on ends there, and has its own figures"
)]

mod common;

use backcast::engine::capacity::closed;
use backcast::engine::mix::{self, Aim, Best, Found, Limit, Mix, Worth, programme};
use backcast::engine::{Outcome, People, development, evaluate, money, people};
use backcast::plan::{Channel, HeadChange, Lineage, Move, Open, Plan, Scope, Source, Tier, examples};
use backcast::units::{Count, Date, Days, Factor, Money, Rate};
use backcast_solver::programme::{Limits, Row, Side};
use backcast_solver::{Answer, Programme, solve, wire};
use common::Chance;

const AIMS: [Aim; 2] = [Aim::LeastMoney, Aim::MostRevenue];

fn count(count: u64) -> Count {
    Count::new(count).unwrap()
}

fn take_over(plan: &mut Plan, best: &Best) {
    plan.buy(&best.months, &mix::in_whole_entries(plan, best));
}

fn factor(times: f64) -> Factor {
    Factor::from_millionths((times * 1e6).round() as u32).unwrap()
}

/// Three months from the middle of the first: 20 % are won at 1,000 after 20 days.
fn short() -> Plan {
    let mut plan = examples::three_figures(Lineage([1; 8]), Date::parse_iso("2026-11-22").unwrap());
    plan.period.months = 3;
    plan.as_of = plan.period.first_day().plus_days(10);
    plan.base.steps[0].days = Days::new(20).unwrap();
    plan.target = Money::from_major(20_000);
    plan.base.asp = Money::from_major(1_000);
    plan
}

fn add(plan: &mut Plan, cost: u32, ceiling: u64) -> usize {
    let mut channel = Channel::new(plan.new_id(), "C");
    channel.cost = Money::from_major(cost);
    channel.ceiling = Some(count(ceiling));
    plan.spending.channels.push(channel);
    plan.spending.channels.len() - 1
}

/// One to three segments, one to four channels with rising prices, floors, ceilings and budgets, perhaps teams and something open.
fn by_chance(chance: &mut Chance) -> Plan {
    let mut plan = short();
    plan.period.months = 2 + chance.below(4) as u8;
    plan.as_of = plan.period.first_day().plus_days(chance.below(75) as i32 - 45);
    plan.target = Money::from_major(3_000 * (1 + chance.below(8) as u32));
    plan.base.steps[0].days = Days::new(chance.below(40) as u16).unwrap();
    if chance.one_in(2) {
        plan.timing.spread = Factor::from_millionths(100_000 + chance.below(600_000) as u32).unwrap();
    }
    if chance.one_in(3) {
        plan.timing.rate_season =
            (0..12).map(|_| Factor::from_millionths(chance.below(2_000_000) as u32).unwrap()).collect();
    }
    for _ in 0..chance.below(4).saturating_sub(1) {
        let first = plan.segments[0].id;
        plan.split_segment(first);
    }
    let more = chance.below(3);
    for number in 0..plan.segments.len() as u64 + more {
        let place = add(&mut plan, 10 + chance.below(60) as u32, 20 + chance.below(90));
        let segment = plan.segments[number as usize % plan.segments.len()].id;
        let channel = &mut plan.spending.channels[place];
        // What a mix brings is valued by channel: so that it is known for which segment.
        channel.segment = Some(segment);
        channel.quality = Factor::from_millionths(500_000 + chance.below(1_000_000) as u32).unwrap();
        channel.validated = Rate::from_percent(50 + chance.below(51) as u8);
        if chance.one_in(3) {
            channel.floor = count(chance.below(12));
        }
        if chance.one_in(2) {
            let dearer = channel.cost.major() as u32 + chance.below(50) as u32;
            channel.tiers = vec![Tier { beyond: count(5 + chance.below(20)), cost: Money::from_major(dearer) }];
        }
    }
    if chance.one_in(2) {
        plan.spending.other = Money::from_major(100);
        plan.spending.budget = Some(Money::from_major(500 + chance.below(4_000) as u32));
    }
    if chance.one_in(2) {
        for team in 0..=chance.below(2) as usize {
            plan.add_team();
            plan.sales[team].heads = count(1 + chance.below(3));
            plan.sales[team].quota = Money::from_major(12_000 * (1 + chance.below(6) as u32));
        }
        let last = plan.sales.last().unwrap().id;
        plan.segments.last_mut().unwrap().team = Some(last);
    }
    if chance.one_in(3) {
        // Eight touches of an hour: a lead a working day.
        plan.development.heads = count(1 + chance.below(3));
        plan.development.touches = factor(8.0);
        plan.development.minutes = factor(60.0);
    }
    if chance.one_in(3) {
        let stage = plan.stages[0].id;
        plan.segments[0].open =
            vec![Open { stage, source: Source::Marketing, count: count(20), amount: None, age: None }];
    }
    assert_eq!(plan.check(), Ok(()));
    plan
}

fn of(plan: &Plan, aim: Aim) -> Mix {
    programme(plan, &evaluate(plan), aim).unwrap()
}

fn found(plan: &Plan, aim: Aim) -> Found {
    let mix = of(plan, aim);
    let sent = wire::decode(&mix.numbers()).unwrap();
    mix.read(&wire::encode_answer(&solve(&sent)))
}

#[track_caller]
fn best(plan: &Plan, aim: Aim) -> Best {
    match found(plan, aim) {
        Found::Best(best) => best,
        other => panic!("{other:?}"),
    }
}

/// What is sought, the less the better; and whether the plan's own buys are within all limits, as far as the rest of the planner says.
fn valued(plan: &Plan, outcome: &Outcome, people: Option<&People>, aim: Aim) -> Option<f64> {
    let spend = money::spend(plan, outcome).unwrap();
    let start = spend.months.iter().position(|month| month.month == plan.period.start).unwrap_or(0);
    let is_bought = |channel: &Channel| {
        spend.months.iter().all(|month| {
            let count = channel.bought_in(month.month);
            count >= channel.floor.min(channel.ceiling.unwrap_or(count))
                && channel.ceiling.is_none_or(|most| count <= most)
        })
    };
    if spend.over > 1e-6 || !plan.spending.channels.iter().all(is_bought) {
        return None;
    }
    if plan.development.heads.get() > 0 {
        for (place, month) in spend.months.iter().enumerate() {
            let from = month.month.first_day().max(plan.as_of);
            let days = f64::from(month.month.plus_months(1).first_day().days_since(from)) * 5.0 / 7.0;
            let leads: f64 = (plan.spending.channels.iter().zip(&spend.channels))
                .map(|(channel, bought)| bought.months[place].entries * channel.validated.fraction())
                .sum();
            if leads > days * plan.development.heads.as_f64() * (1.0 + 1e-9) {
                return None;
            }
        }
    }
    let need = |segment| {
        let sources = &outcome.part(Scope::Segment(segment)).sources;
        sources.iter().filter(|source| source.source == Source::Marketing).map(|source| source.bookings).sum::<f64>()
    };
    let mut brings = 0.0;
    let mut closes = 0.0;
    for segment in &plan.segments {
        let of_segment = plan.spending.channels.iter().zip(&spend.channels);
        let of_segment = of_segment.filter(|(channel, _)| channel.segment == Some(segment.id));
        let within: f64 = of_segment.map(|(_, bought)| bought.bookings.within).sum();
        if aim == Aim::LeastMoney && within < need(segment.id) * (1.0 - 1e-6) {
            return None;
        }
        brings += within;
    }
    // Deals wait as in the planner's own queue.
    if let Some(people) = people {
        for (position, team) in people.teams.iter().enumerate() {
            let capacity: Vec<f64> = team.months.iter().skip(start).map(|month| month.capacity).collect();
            let mut arrives = vec![0.0; capacity.len()];
            let mut asked = 0.0;
            for segment in plan.segments.iter().filter(|segment| plan.team_of(segment) == Some(position)) {
                for month in &outcome.part(Scope::Segment(segment.id)).months {
                    let at = spend.months.iter().skip(start).position(|known| known.month == month.month);
                    if let Some(at) = at {
                        arrives[at] += month.from_open;
                        asked += month.from_open;
                    }
                }
                asked += need(segment.id);
                for (_, bought) in plan
                    .spending
                    .channels
                    .iter()
                    .zip(&spend.channels)
                    .filter(|(channel, _)| channel.segment == Some(segment.id))
                {
                    for (slot, month) in arrives.iter_mut().zip(bought.months.iter().skip(start)) {
                        *slot += month.lands;
                    }
                }
            }
            let of_team: f64 = closed(&[&arrives], &capacity)[0].iter().map(|deals| deals.closes).sum();
            if aim == Aim::LeastMoney && of_team < asked * (1.0 - 1e-6) {
                return None;
            }
            closes += of_team;
        }
    } else {
        closes = brings;
    }
    Some(match aim {
        Aim::LeastMoney => spend.channels.iter().map(|channel| channel.spend).sum(),
        Aim::MostRevenue => -closes,
    })
}

/// What is sought, of a mix with fractions: by what it says itself.
fn said(plan: &Plan, best: &Best) -> f64 {
    match best.aim {
        Aim::LeastMoney => best.spend,
        Aim::MostRevenue => {
            let open: f64 = if plan.sales.is_empty() {
                0.0
            } else {
                let outcome = evaluate(plan);
                let months = outcome.whole().months.iter();
                months.filter(|month| month.month >= plan.period.start).map(|month| month.from_open).sum()
            };
            best.waits - best.bookings - open
        }
    }
}

fn set(plan: &mut Plan, months: &[backcast::units::Month], counts: &[Vec<u64>]) {
    for (channel, counts) in plan.spending.channels.iter_mut().zip(counts) {
        channel.buys_in = months.iter().copied().zip(counts.iter().map(|&entries| count(entries))).collect();
    }
}

/// Two channels in three months, four numbers each: no mix of the grid is better, and one is nearly as good.
#[test]
fn no_mix_of_a_grid_is_better() {
    let mut plan = short();
    let segment = Some(plan.segments[0].id);
    for (cost, ceiling) in [(20, 50), (30, 40)] {
        let place = add(&mut plan, cost, ceiling);
        plan.spending.channels[place].segment = segment;
    }
    plan.spending.channels[0].tiers = vec![Tier { beyond: count(20), cost: Money::from_major(45) }];
    plan.spending.channels[1].floor = count(10);
    let (mut tight, mut manned) = (plan.clone(), plan.clone());
    tight.spending.budget = Some(Money::from_major(1_500));
    tight.spending.other = Money::from_major(100);
    tight.target = Money::from_major(12_000);
    manned.add_team();
    manned.sales[0].heads = count(1);
    manned.sales[0].quota = Money::from_major(100_000);
    manned.target = Money::from_major(15_000);
    let mut worse = manned.clone();
    worse.sales[0].quota = Money::from_major(60_000);
    for (name, plan, aims) in [
        ("plain", plan, &AIMS[..1]),
        ("tight", tight, &AIMS[..]),
        ("manned", manned, &AIMS[..]),
        ("worse", worse, &AIMS[1..]),
    ] {
        for &aim in aims {
            let best = best(&plan, aim);
            let said = said(&plan, &best);
            let (mut tried, outcome) = (plan.clone(), evaluate(&plan));
            let people = people(&plan, &outcome);
            let mut least = f64::INFINITY;
            for mut number in 0..4_u64.pow(6) {
                let mut counts = vec![vec![0; 3]; 2];
                for (place, slot) in counts.iter_mut().flatten().enumerate() {
                    *slot = if place < 3 { number % 4 * 16 } else { number % 4 * 10 + 10 };
                    number /= 4;
                }
                set(&mut tried, &best.months, &counts);
                least = least.min(valued(&tried, &outcome, people.as_ref(), aim).unwrap_or(f64::INFINITY));
            }
            assert!(said <= least + 1e-4 * least.abs(), "{name} {aim:?}: {said} is worse than {least}");
            assert!(said >= least - 0.25 * least.abs(), "{name} {aim:?}: {said} is far from {least}");
        }
    }
}

/// Plans by chance: mixes by chance within all limits are not better, nor is any that is near to the best; the best in whole entries
/// costs and brings what the mix says; nothing that is impossible can be done by chance.
#[test]
fn no_mix_by_chance_is_better() {
    let mut kinds = [[0; 4]; 2];
    for seed in 0..200 {
        let mut chance = Chance(seed);
        let plan = by_chance(&mut chance);
        let outcome = evaluate(&plan);
        let people = people(&plan, &outcome);
        for aim in AIMS {
            let kind = &mut kinds[usize::from(aim == Aim::MostRevenue)];
            let mut tried = plan.clone();
            let best = match found(&plan, aim) {
                Found::Best(best) => best,
                Found::Impossible(limits) => {
                    assert!(!limits.is_empty());
                    kind[1] += 1;
                    let months: Vec<_> = (0..12).map(|later| plan.as_of.month().unwrap().plus_months(later)).collect();
                    for _ in 0..20 {
                        let counts: Vec<Vec<u64>> = (plan.spending.channels.iter())
                            .map(|channel| (0..12).map(|_| chance.below(channel.ceiling.unwrap().get() + 1)).collect())
                            .collect();
                        set(&mut tried, &months, &counts);
                        assert_eq!(valued(&tried, &outcome, people.as_ref(), aim), None, "{seed} {aim:?} {limits:?}");
                    }
                    continue;
                }
                Found::Failed => {
                    kind[3] += 1;
                    continue;
                }
                Found::Endless => panic!("{seed} {aim:?}"),
            };
            kind[0] += 1;
            let said = said(&plan, &best);
            let size = said.abs() + best.spend + 1.0;
            for round in 0..40 {
                let mut counts = Vec::new();
                for (channel, bought) in plan.spending.channels.iter().zip(&best.buys) {
                    let of_month = |(place, entries): (usize, &f64)| {
                        let left = if place == 0 { best.rest } else { 1.0 };
                        let near = (entries / left).round() as u64 + chance.below(5);
                        if round % 2 == 0 {
                            near.saturating_sub(2)
                        } else {
                            chance.below(channel.ceiling.unwrap().get() + 1)
                        }
                    };
                    counts.push(bought.entries.iter().enumerate().map(of_month).collect());
                }
                set(&mut tried, &best.months, &counts);
                let Some(value) = valued(&tried, &outcome, people.as_ref(), aim) else { continue };
                kind[2] += 1;
                assert!(said <= value + 1e-4 * size, "{seed} {aim:?}: {said} is worse than {value}");
            }
            let mut taken = plan.clone();
            take_over(&mut taken, &best);
            assert_eq!(taken.check(), Ok(()));
            let spend = money::spend(&taken, &evaluate(&taken)).unwrap();
            assert!(spend.over <= 1e-6, "{seed} {aim:?}: {} over", spend.over);
            for ((bought, of_channel), channel) in best.buys.iter().zip(&spend.channels).zip(&plan.spending.channels) {
                let price = channel.tiers.last().map_or(channel.cost, |tier| tier.cost.max(channel.cost)).major();
                let months = best.months.len() as f64;
                // What is needed is made full.
                let up = if aim == Aim::LeastMoney { 1.0 } else { 0.0 };
                assert!(
                    of_channel.spend <= bought.spend * (1.0 + 1e-5) + (up * months + 1.0) * price + 1e-3
                        && of_channel.spend >= bought.spend - months * price - 1e-3,
                    "{seed} {aim:?}: {} is not {}",
                    of_channel.spend,
                    bought.spend
                );
                let entries: f64 = bought.entries.iter().sum();
                assert!(
                    of_channel.entries <= entries * (1.0 + 1e-5) + up * months + 1.0 + 1e-3
                        && of_channel.entries > entries - months - 1e-3
                );
                let each = 300.0 * 1.5 * 2.0;
                assert!(
                    (of_channel.bookings.within - bought.bookings).abs() <= months * each + 1e-3,
                    "{seed} {aim:?}: {} is not {}",
                    of_channel.bookings.within,
                    bought.bookings
                );
            }
        }
    }
    // Next to nothing may be left undecided.
    for kind in kinds {
        assert!(kind[0] > 100 && kind[2] > 1000 && kind[3] <= 1, "{kinds:?}");
    }
    assert!(kinds[0][1] > 20, "{kinds:?}");
}

/// Whole entries in the mix are the same entries in the plan, and the money and bookings with them.
#[test]
fn what_is_taken_over_costs_and_brings_what_the_mix_does() {
    let mut plan = short();
    add(&mut plan, 20, 50);
    add(&mut plan, 30, 40);
    plan.spending.channels[1].floor = count(10);
    plan.as_of = plan.period.first_day();
    plan.spending.channels[0].buys_in = vec![(plan.period.start.plus_months(30), count(7))];
    // 1,900 a month are 50 entries of the first and 30 of the second.
    plan.spending.budget = Some(Money::from_major(1_900));
    let best = best(&plan, Aim::MostRevenue);
    take_over(&mut plan, &best);
    let spend = money::spend(&plan, &evaluate(&plan)).unwrap();
    let near = |actual: f64, expected: f64| assert!((actual - expected).abs() < 1e-5 * expected, "{actual} {expected}");
    near(spend.marketing, best.spend);
    near(spend.buys.channels, best.bookings);
    let [first, second] = plan.spending.channels.as_slice() else { panic!() };
    // Of the last month only the first eight days are of use, and the money is the same.
    assert_eq!((first.buys, second.buys), (count(50), count(30)));
    assert_eq!(first.buys_in, [(plan.period.start.plus_months(30), count(7))]);
    assert_eq!(second.buys_in, []);
}

fn terms(row: &Row, values: &[f64]) -> (f64, f64) {
    let mut sums = (0.0, 0.0);
    for &(place, factor) in &row.terms {
        sums.0 += factor * values[place];
        sums.1 += (factor * values[place]).abs();
    }
    sums
}

/// No variable pays at the prices, and what has a price is at its limit.
#[test]
fn the_best_meets_the_conditions_of_a_best() {
    let mut checked = 0;
    for seed in 0..200 {
        for aim in AIMS {
            let mix = of(&by_chance(&mut Chance(seed)), aim);
            let programme = mix.programme();
            let Answer::Best { values, prices, .. } = solve(programme) else { continue };
            let mut rests: Vec<(f64, f64)> = programme.variables().iter().map(|it| (it.cost, it.cost.abs())).collect();
            for (row, price) in programme.rows().iter().zip(&prices) {
                let (sum, size) = terms(row, &values);
                let Limits { least, most, .. } = row.limits;
                let slack = 1e-6 * (size + if least.is_finite() { least.abs() } else { most.abs() });
                assert!(sum >= least - slack && sum <= most + slack, "{seed}: {sum} {row:?}");
                let at = if *price > 0.0 { least } else { most };
                assert!(*price == 0.0 || (sum - at).abs() <= slack, "{seed}: {price} {sum} {row:?}");
                for &(place, factor) in &row.terms {
                    rests[place].0 -= factor * price;
                    rests[place].1 += (factor * price).abs();
                }
            }
            let (mut gap, mut whole) = (0.0, 0.0);
            for ((variable, &(rest, size)), value) in programme.variables().iter().zip(&rests).zip(&values) {
                assert!(rest >= -1e-6 * size || variable.limits.most.is_finite(), "{seed}: {rest} of {size}");
                let at = if rest > 0.0 { variable.limits.least } else { variable.limits.most };
                if at.is_finite() {
                    gap += rest * (value - at);
                }
                whole += size * (value.abs() + 1.0);
            }
            assert!(gap.abs() <= 1e-6 * whole, "{seed}: {gap} of {whole}");
            checked += 1;
        }
    }
    assert!(checked > 150, "{checked}");
}

/// A limit of a row, or else of a variable, by its place.
type Place = (bool, usize, Side);

fn lifted(programme: &Programme, is_out: impl Fn(Place) -> bool) -> Programme {
    let without = |mut limits: Limits, is_row: bool, place: usize| {
        for side in Side::ALL {
            if limits.liftable && is_out((is_row, place, side)) {
                limits = limits.without(side);
            }
        }
        limits
    };
    let mut variables = programme.variables().to_vec();
    for (place, variable) in variables.iter_mut().enumerate() {
        variable.limits = without(variable.limits, false, place);
    }
    let mut rows = programme.rows().to_vec();
    for (place, row) in rows.iter_mut().enumerate() {
        row.limits = without(row.limits, true, place);
    }
    Programme::new(variables, rows).unwrap()
}

/// Without any one of them there is a mix; with them alone there is none. And in the plan's own words: more of what is named helps.
#[test]
fn what_makes_a_mix_impossible_is_named_and_nothing_else() {
    let (mut sets, mut sizes) = (0, 0);
    for seed in 0..300 {
        let plan = by_chance(&mut Chance(seed));
        for aim in AIMS {
            let mix = of(&plan, aim);
            let answer = solve(mix.programme());
            let Answer::Impossible { rows, bounds } = &answer else { continue };
            let Found::Impossible(limits) = mix.read(&wire::encode_answer(&answer)) else { panic!() };
            let named: Vec<Place> = (rows.iter().map(|&(place, side)| (true, place, side)))
                .chain(bounds.iter().map(|&(place, side)| (false, place, side)))
                .collect();
            if named.is_empty() {
                assert!(matches!(limits[..], [Limit::Need(_)]), "{limits:?}");
                continue;
            }
            assert_eq!(limits.len(), named.len());
            for lift in &named {
                let without = lifted(mix.programme(), |limit| limit == *lift || !named.contains(&limit));
                assert!(!matches!(solve(&without), Answer::Impossible { .. }), "{seed}: {limits:?}");
            }
            let alone = lifted(mix.programme(), |limit| !named.contains(&limit));
            assert!(matches!(solve(&alone), Answer::Impossible { .. }), "{seed}: {limits:?}");
            for limit in &limits {
                let mut eased = plan.clone();
                match limit {
                    Limit::Ceiling(id, _) => {
                        eased.spending.channels.iter_mut().find(|it| it.id == *id).unwrap().ceiling = None;
                    }
                    Limit::Floor(id, _) => {
                        eased.spending.channels.iter_mut().find(|it| it.id == *id).unwrap().floor = count(0);
                    }
                    Limit::Budget(month) => eased.spending.budget_in = vec![(*month, Money::from_major(4_000_000))],
                    Limit::Sellers(id, month) => {
                        let team = eased.sales.iter_mut().find(|it| it.id == *id).unwrap();
                        let heads = count(10_000_000);
                        if month.first_day() < plan.as_of {
                            team.heads = heads;
                        } else {
                            team.changes.push(HeadChange { month: *month, what: Move::Start, heads });
                        }
                    }
                    Limit::Development(_) => eased.development.heads = count(10_000_000),
                    Limit::Need(_) => panic!("{limits:?}"),
                }
                // There may be another reason.
                if let Found::Impossible(others) = found(&eased, aim) {
                    assert!(!others.contains(limit), "{seed}: {limit:?} of {limits:?}, {others:?}");
                }
            }
            sets += 1;
            sizes += limits.len();
        }
    }
    assert!(sets > 30 && sizes > 2 * sets, "{sets} {sizes}");
}

#[test]
fn limits_that_cannot_be_met_together_are_named() {
    let mut plan = short();
    plan.as_of = plan.period.first_day();
    let place = add(&mut plan, 20, 50);
    let id = plan.spending.channels[place].id;
    let month = |later| plan.period.start.plus_months(later);
    // 50 entries of January bring 10,000, as those of February do but for what lands too late.
    let all = [0, 1, 2].map(|later| Limit::Ceiling(id, month(later)));
    plan.target = Money::from_major(30_000);
    assert_eq!(found(&plan, Aim::LeastMoney), Found::Impossible(all.to_vec()));
    plan.spending.channels[0].floor = count(40);
    plan.spending.budget = Some(Money::from_major(2_000));
    plan.spending.budget_in = vec![(month(1), Money::from_major(900))];
    plan.spending.other = Money::from_major(200);
    // 800 and 200 are more than 900.
    for aim in AIMS {
        plan.target = Money::from_major(10_000);
        let pair = [Limit::Floor(id, month(1)), Limit::Budget(month(1))];
        assert_eq!(found(&plan, aim), Found::Impossible(pair.to_vec()));
    }
    plan.spending.other = Money::from_major(901);
    plan.spending.channels[0].floor = count(0);
    assert_eq!(found(&plan, Aim::MostRevenue), Found::Impossible(vec![Limit::Budget(month(1))]));
    plan.spending.budget_in.clear();
    plan.split_segment(plan.segments[0].id);
    let [first, second] = [plan.segments[0].id, plan.segments[1].id];
    plan.spending.channels[0].segment = Some(first);
    assert_eq!(found(&plan, Aim::LeastMoney), Found::Impossible(vec![Limit::Need(second)]));
    plan.spending.channels[0].ceiling = None;
    plan.spending.budget = None;
    assert_eq!(found(&plan, Aim::MostRevenue), Found::Endless);
}

/// A channel at 20 an entry, each worth 200, in a plan with a seller for 20,000 in three months.
#[test]
fn sellers_close_what_channels_and_all_others_bring() {
    let mut plan = short();
    plan.as_of = plan.period.first_day();
    add(&mut plan, 20, 400);
    plan.add_team();
    let (team, segment) = (plan.sales[0].id, plan.segments[0].id);
    let start = plan.period.start;
    let a_month = |plan: &mut Plan, bookings: u32| {
        plan.sales[0].heads = count(1);
        plan.sales[0].quota = Money::from_major(12 * bookings);
    };
    let near = |actual: f64, expected: f64| assert!((actual - expected).abs() < 1e-3 * expected, "{actual} {expected}");
    // With time for all of it, one booking less is worth a tenth.
    a_month(&mut plan, 50_000);
    let ample = best(&plan, Aim::LeastMoney);
    near(ample.spend, 2_000.0);
    let [worth] = ample.worth.as_slice() else { panic!("{:?}", ample.worth) };
    assert_eq!(worth.limit, Limit::Need(segment));
    near(worth.worth, 0.1);
    // Three times 6,000 are less than 20,000.
    a_month(&mut plan, 6_000);
    let all = [0, 1, 2].map(|later| Limit::Sellers(team, start.plus_months(later)));
    assert_eq!(found(&plan, Aim::LeastMoney), Found::Impossible(all.to_vec()));
    near(best(&plan, Aim::MostRevenue).bookings, 18_000.0);
    // What is open brings 20,000: there is no time for more.
    let stage = plan.stages[0].id;
    plan.segments[0].open = vec![Open { stage, source: Source::Marketing, count: count(100), amount: None, age: None }];
    let busy = best(&plan, Aim::MostRevenue);
    assert!(busy.spend < 0.01, "{busy:?}");
    near(busy.waits, 2_000.0);
    // Nobody closes anything: what others than marketing bring waits.
    plan.segments[0].open.clear();
    plan.sales[0].heads = count(0);
    plan.sources[0].share = Rate::from_percent(60);
    plan.sources[3].share = Rate::from_percent(40);
    let nobody = best(&plan, Aim::MostRevenue);
    assert!(nobody.spend < 0.01, "{nobody:?}");
    near(nobody.waits, 8_000.0);
}

/// One more is worth at most that, one less at least: in the plan's own words, all months together.
#[test]
fn a_limit_is_worth_what_one_more_of_it_brings() {
    let mut seen = [0; 4];
    for seed in 0..300 {
        let plan = by_chance(&mut Chance(seed));
        for aim in AIMS {
            let Found::Best(base) = found(&plan, aim) else { continue };
            assert!(base.worth.is_sorted_by(|one, two| one.worth >= two.worth));
            let sum = |of: &dyn Fn(&Limit) -> bool| -> f64 {
                base.worth.iter().filter(|worth| of(&worth.limit)).map(|worth| worth.worth).sum()
            };
            let value = said(&plan, &base);
            let check = |eased: &Plan, tightened: &Plan, step: f64, worth: f64| {
                let slack = 1e-4 * worth + 3e-5 * (value.abs() + base.spend) / step + 0.5;
                if let Found::Best(more) = found(eased, aim) {
                    let gain = (value - said(eased, &more)) / step;
                    assert!(gain <= worth + slack, "{seed} {aim:?}: {gain} above {worth}");
                }
                if let Found::Best(less) = found(tightened, aim) {
                    let loss = (said(tightened, &less) - value) / step;
                    assert!(loss >= worth - slack, "{seed} {aim:?}: {loss} below {worth}");
                }
                worth > 0.0
            };
            let (mut more, mut less) = (plan.clone(), plan.clone());
            if let Some(budget) = plan.spending.budget {
                more.spending.budget = Some(Money::from_major(budget.major() as u32 + 1));
                less.spending.budget = Some(Money::from_major(budget.major() as u32 - 1));
                let worth = sum(&|limit| matches!(limit, Limit::Budget(_)));
                seen[0] += u32::from(check(&more, &less, 1.0, worth));
            }
            for (place, channel) in plan.spending.channels.iter().enumerate() {
                let (mut more, mut less) = (plan.clone(), plan.clone());
                let ceiling = channel.ceiling.unwrap().get();
                more.spending.channels[place].ceiling = Some(count(ceiling + 1));
                less.spending.channels[place].ceiling = Some(count(ceiling - 1));
                if channel.floor.get() + 1 < ceiling {
                    let worth = sum(&|limit| matches!(limit, Limit::Ceiling(id, _) if *id == channel.id));
                    seen[1] += u32::from(check(&more, &less, 1.0, worth));
                }
            }
            if let Some(development) = development(&plan, &evaluate(&plan)) {
                let (mut more, mut less) = (plan.clone(), plan.clone());
                // A hundredth of the leads of a month, up to the digits of a minute.
                let minutes = plan.development.minutes.times();
                more.development.minutes = factor(minutes / 1.01);
                less.development.minutes = factor(minutes / 0.99);
                let of_month = |worth: &Worth| match worth.limit {
                    Limit::Development(month) => {
                        let months = &development.months;
                        worth.worth * months.iter().find(|known| known.month == month).unwrap().most / 100.0
                    }
                    _ => 0.0,
                };
                let worth: f64 = base.worth.iter().map(of_month).sum();
                seen[3] += u32::from(check(&more, &less, 1.0, worth));
            }
            for (place, team) in plan.sales.iter().enumerate() {
                let (mut more, mut less) = (plan.clone(), plan.clone());
                // A hundredth of what a head closes a month.
                let quota = team.quota.major() as u32;
                more.sales[place].quota = Money::from_major(quota / 100 * 101);
                less.sales[place].quota = Money::from_major(quota / 100 * 99);
                let capacity = people(&plan, &evaluate(&plan)).unwrap();
                let worth: f64 = (base.worth.iter())
                    .filter_map(|worth| match worth.limit {
                        Limit::Sellers(id, month) if id == team.id => {
                            let months = &capacity.teams[place].months;
                            let of_month = months.iter().find(|known| known.month == month).unwrap().capacity;
                            Some(worth.worth * of_month / 100.0)
                        }
                        _ => None,
                    })
                    .sum();
                seen[2] += u32::from(check(&more, &less, 1.0, worth));
            }
        }
    }
    assert!(seen.iter().all(|&seen| seen > 10), "{seen:?}");
}

/// Eight channels and a team for each of three segments over 24 months: the spread sets the figures far apart.
#[test]
fn a_plan_with_spread_is_decided() {
    let mut plan = backcast::codec::plan_from_json(include_str!("spread.plan.json")).unwrap();
    for (budget, ceiling, heads) in
        [(25_000, 60, 2), (35_000, 180, 1), (45_000, 120, 4), (45_000, 180, 1), (60_000, 60, 2), (60_000, 180, 1)]
    {
        plan.spending.budget = Some(Money::from_major(budget));
        plan.spending.channels.iter_mut().for_each(|channel| channel.ceiling = Some(count(ceiling)));
        plan.sales.iter_mut().for_each(|team| team.heads = count(heads));
        let found = found(&plan, Aim::MostRevenue);
        assert!(matches!(found, Found::Best(_)), "{budget} {ceiling} {heads}: {found:?}");
    }
}

/// The plans that are offered. Of three of them marketing's budget is too small for all that is needed, with its ceilings or sellers.
#[test]
fn the_best_mixes_of_the_examples_are_what_they_were() {
    for (example, least, most) in [
        (include_str!("../../tests/golden/smb-saas.plan.json"), "24 limits", "1632177 for 553408"),
        (include_str!("../../tests/golden/enterprise.plan.json"), "30 limits", "12498866 for 516000"),
        (include_str!("../../tests/golden/product-led.plan.json"), "1456033 for 182979", "1812301 for 266000"),
        (include_str!("../../tests/golden/manufacturer.plan.json"), "14 limits", "4867605 for 246000"),
    ] {
        let plan = backcast::codec::plan_from_json(example).unwrap();
        for (aim, expected) in AIMS.into_iter().zip([least, most]) {
            let said = match found(&plan, aim) {
                Found::Best(best) => format!("{:.0} for {:.0}", best.bookings, best.spend),
                Found::Impossible(limits) => format!("{} limits", limits.len()),
                other => format!("{other:?}"),
            };
            assert_eq!(said, expected, "{} {aim:?}", plan.name);
        }
    }
}
