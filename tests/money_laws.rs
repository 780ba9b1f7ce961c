//! What channels cost and bring: day by day, lead by lead, and laws that hold for every plan.
#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test that cannot go on ends there, and has its own figures"
)]

use backcast::engine;
use backcast::engine::money::{self, Bookings, Change, ChannelOutcome, Spend};
use backcast::plan::{Channel, Lineage, OwnStep, Plan, Scope, Segment, Source, Tier, examples};
use backcast::units::{Count, Date, Days, Factor, Money, Month, Rate};
use proptest::collection::vec;
use proptest::prelude::*;

const MILLION: f64 = 1e6;

fn count(count: u64) -> Count {
    Count::new(count).unwrap()
}

fn factor(times: f64) -> Factor {
    Factor::from_millionths((times * MILLION).round() as u32).unwrap()
}

prop_compose! {
    fn channels()(
        segment in 0_usize..4,
        entry in 0_usize..4,
        prices in vec((1_u32..300, 0_u32..100), 1..4),
        floor in prop_oneof![Just(0), 0_u64..60],
        ceiling in prop_oneof![Just(None), (0_u64..400).prop_map(Some)],
        quality in 0.0..3.0,
        validated in 0_u32..=1_000_000,
        buys in 0_u64..300,
        buys_in in vec((0_u16..30, 0_u64..300), 0..4),
    ) -> (usize, usize, u16, Channel) {
        let mut channel = Channel {
            floor: count(floor),
            ceiling: ceiling.map(count),
            quality: factor(quality),
            validated: Rate::from_millionths(validated).unwrap(),
            buys: count(buys),
            ..Channel::new(backcast::plan::ItemId(0), "C")
        };
        let (mut price, mut beyond) = (prices[0].1, 0);
        channel.cost = Money::from_major(price);
        for (more, dearer) in &prices[1..] {
            beyond += u64::from(*more);
            price += dearer;
            channel.tiers.push(Tier { beyond: count(beyond), cost: Money::from_major(price) });
        }
        for (later, entries) in buys_in {
            channel.buys_in.push((Month::FIRST.plus_months(later), count(entries)));
        }
        (segment, entry, 0, channel)
    }
}

prop_compose! {
    /// Two to five stages, one to three segments with rates, days and prices of their own, up to three channels with rising prices.
    fn plans()(
        into_period in -150_i32..300,
        months in 1_u8..=14,
        steps in vec((1_u32..=1_000_000, 0_u16..=90), 1..=4),
        segments in vec((1_u32..=1_000_000, 0_u16..=120, 1_u32..=50_000, 0_u8..=100), 1..=3),
        spread in prop_oneof![Just(0.0), 0.1..1.2],
        season in prop_oneof![Just(vec![]), vec(0.0..2.0, 12)],
        share in 0_u8..=100,
        chosen in vec(channels(), 1..=3),
    ) -> Plan {
        let mut plan = examples::three_figures(Lineage([1; 8]), Date::parse_iso("2026-11-22").unwrap());
        while plan.base.steps.len() < steps.len() {
            plan.insert_stage_after(0, "S", "S");
        }
        plan.period.months = months;
        plan.as_of = plan.period.first_day().plus_days(into_period).min(plan.period.last_day());
        for (step, (rate, days)) in plan.base.steps.iter_mut().zip(steps) {
            step.rate = Rate::from_millionths(rate).unwrap();
            step.days = Days::new(days).unwrap();
        }
        while plan.segments.len() < segments.len() {
            plan.split_segment(plan.segments[0].id);
        }
        for (position, (rate, days, asp, margin)) in segments.into_iter().enumerate() {
            let from = plan.stages[position % plan.base.steps.len()].id;
            let rate = Some((Rate::from_millionths(rate).unwrap(), backcast::plan::Basis::Guess));
            let segment = &mut plan.segments[position];
            segment.own.steps = vec![OwnStep { from, rate, days: Days::new(days) }];
            segment.own.asp = Some(Money::from_major(asp));
            segment.margin = Some(Rate::from_percent(margin));
        }
        plan.sources[0].share = Rate::from_percent(share);
        plan.sources[2].share = Rate::from_percent(100 - share);
        plan.timing.spread = factor(spread);
        plan.timing.rate_season = season.into_iter().map(factor).collect();
        for (segment, entry, _, mut channel) in chosen {
            channel.id = plan.new_id();
            channel.segment = plan.segments.get(segment).map(|segment| segment.id);
            channel.entry = plan.stages.get(entry.min(plan.base.steps.len() - 1)).map(|stage| stage.id);
            let first = plan.as_of.month().unwrap().index();
            for (month, _) in &mut channel.buys_in {
                *month = month.plus_months(first);
            }
            plan.spending.channels.push(channel);
        }
        plan
    }
}

fn spend(plan: &Plan) -> Spend {
    assert_eq!(plan.check(), Ok(()));
    money::spend(plan, &engine::evaluate(plan)).unwrap()
}

fn near(one: f64, other: f64) -> bool {
    (one - other).abs() <= 1e-7 * one.abs().max(other.abs()).max(1.0)
}

fn alike(one: Bookings, other: Bookings) -> bool {
    near(one.before, other.before) && near(one.within, other.within) && near(one.after, other.after)
}

/// The step rates and days of marketing in a segment from a stage on, as the reader would look them up.
fn way(plan: &Plan, segment: &Segment, channel: &Channel) -> (Vec<f64>, i32, f64) {
    let (mut rates, mut days) = (Vec::new(), 0);
    for stage in plan.position(channel.entry.unwrap()).unwrap()..plan.base.steps.len() {
        let step = plan.step(stage, Some(segment), Some(Source::Marketing)).unwrap();
        rates.push(step.rate.fraction());
        days += i32::from(step.days.get());
    }
    rates[0] = (rates[0] * channel.quality.times()).min(1.0);
    (rates, days, plan.asp(Some(segment), Some(Source::Marketing)).major())
}

/// How many entries are bought in a whole month, and what they cost, one by one.
fn bought(channel: &Channel, month: Month) -> (f64, f64) {
    let planned = channel.bought_in(month).get();
    let most = channel.ceiling.map_or(u64::MAX, Count::get);
    let entries = if planned == 0 { 0 } else { planned.max(channel.floor.get()).min(most) };
    let mut cost = 0.0;
    for number in 0..entries {
        let tier = channel.tiers.iter().rev().find(|tier| number >= tier.beyond.get());
        cost += tier.map_or(channel.cost, |tier| tier.cost).major();
    }
    (entries as f64, cost)
}

/// A channel of one segment without spread: each day's leads are won so many days later, at that month's season.
fn day_by_day(plan: &Plan, channel: &Channel) -> (Bookings, Vec<f64>, f64) {
    let segment = plan.segment(channel.segment.unwrap()).unwrap();
    let (rates, days, asp) = way(plan, segment, channel);
    let (first, end) = (plan.as_of.month().unwrap(), plan.period.last_day());
    let (mut bookings, mut spent, mut day) = (Bookings::default(), 0.0, plan.as_of);
    let mut months = vec![0.0; usize::from(end.month().unwrap().index() - first.index()) + 1];
    while day <= end {
        let month = day.month().unwrap();
        let (entries, cost) = bought(channel, month);
        spent += cost / f64::from(month.days());
        let leads = entries / f64::from(month.days()) * channel.validated.fraction();
        let won_on = day.plus_days(days);
        let won_in = won_on.month().unwrap();
        let season = plan.timing.rate_season.get(usize::from(won_in.number()) - 1).map_or(1.0, |season| season.times());
        let (last, before) = rates.split_last().unwrap();
        let brings = leads * before.iter().product::<f64>() * (last * season).min(1.0) * asp;
        if won_on < plan.period.first_day() {
            bookings.before += brings;
        } else if won_on <= end {
            bookings.within += brings;
        } else {
            bookings.after += brings;
        }
        if let Some(slot) = months.get_mut(usize::from(won_in.index() - first.index())) {
            *slot += brings;
        }
        day = day.plus_days(1);
    }
    (bookings, months, spent)
}

fn all_bring(channel: &ChannelOutcome) -> f64 {
    channel.months.iter().map(|month| month.lands).sum()
}

fn changed(plan: &Plan, position: usize, month: Month, amount: f64) -> Change {
    let outcome = engine::evaluate(plan);
    money::change(plan, &outcome, plan.spending.channels[position].id, month, amount).unwrap()
}

/// The plan in which a channel buys another number in a month.
fn buying(plan: &Plan, position: usize, month: Month, entries: u64) -> Plan {
    let mut plan = plan.clone();
    let channel = &mut plan.spending.channels[position];
    channel.buys_in.retain(|(known, _)| *known != month);
    channel.buys_in.push((month, count(entries)));
    plan
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn without_spread_it_is_what_each_day_brings(mut plan in plans()) {
        plan.timing.spread = Factor::ZERO;
        let whole = plan.segments[0].id;
        for channel in &mut plan.spending.channels {
            channel.segment = channel.segment.or(Some(whole));
        }
        for (channel, outcome) in plan.spending.channels.iter().zip(spend(&plan).channels) {
            let (bookings, months, spent) = day_by_day(&plan, channel);
            prop_assert!(alike(outcome.bookings, bookings), "{:?} {bookings:?}", outcome.bookings);
            prop_assert!(near(outcome.spend, spent), "{} {spent}", outcome.spend);
            for (month, by_day) in outcome.months.iter().zip(months) {
                prop_assert!(near(month.lands, by_day), "{month:?} {by_day}");
            }
        }
    }

    /// Without a season: nothing of a lead is lost, whenever it lands.
    #[test]
    fn every_lead_lands_once(mut plan in plans()) {
        plan.timing.rate_season = Vec::new();
        let whole = plan.segments[0].id;
        for channel in &mut plan.spending.channels {
            channel.segment = channel.segment.or(Some(whole));
        }
        let spend = spend(&plan);
        for (channel, outcome) in plan.spending.channels.iter().zip(&spend.channels) {
            let (rates, _, asp) = way(&plan, plan.segment(channel.segment.unwrap()).unwrap(), channel);
            let wins = outcome.leads * rates.iter().product::<f64>();
            prop_assert!(near(outcome.wins, wins) && near(outcome.bookings.all(), wins * asp), "{outcome:?}");
            prop_assert!(near(all_bring(outcome), outcome.bookings.before + outcome.bookings.within), "{outcome:?}");
        }
    }

    #[test]
    fn months_and_channels_are_parts_of_one_sum(plan in plans()) {
        let spend = spend(&plan);
        let by_month: f64 = spend.months.iter().map(|month| month.channels + month.other).sum();
        let by_channel: f64 = spend.channels.iter().map(|channel| channel.spend).sum();
        prop_assert!(near(spend.marketing, by_month) && near(spend.marketing, by_channel));
        let lands: f64 = spend.channels.iter().map(all_bring).sum();
        prop_assert!(near(lands, spend.months.iter().map(|month| month.lands).sum()));
        let within: f64 = spend.channels.iter().map(|channel| channel.bookings.within).sum();
        prop_assert!(near(within, spend.buys.channels));
        let cost: f64 = spend.segments.iter().map(|segment| segment.cost).sum();
        prop_assert!(near(cost, spend.customers.cost), "{cost} {:?}", spend.customers);
    }

    #[test]
    fn more_budget_never_wins_less(plan in plans(), place in 0_usize..14, one in 0.0..5e4, other in 0.0..5e4) {
        let months = spend(&plan).months;
        let month = months[place % months.len()].month;
        let (less, more) = (f64::min(one, other), f64::max(one, other));
        for position in 0..plan.spending.channels.len() {
            let [cut, least, most] = [-more, less, more].map(|amount| changed(&plan, position, month, amount));
            prop_assert!(cut.bookings.within <= 0.0 && least.bookings.within >= 0.0);
            prop_assert!(most.bookings.within >= least.bookings.within * (1.0 - 1e-9));
            prop_assert!(most.bookings.all() >= least.bookings.all() * (1.0 - 1e-9));
            prop_assert!(most.spend <= more * (1.0 + 1e-9) && cut.spend <= 0.0);
            // Only the floor can take more than is cut, and it does not: it stays.
            prop_assert!(cut.spend >= -more * (1.0 + 1e-9));
            // Rising prices: each further unit of money buys no more than the one before.
            if most.spend > least.spend && least.spend > 0.0 && cut.entries < 0.0 {
                prop_assert!(most.entries / most.spend <= least.entries / least.spend * (1.0 + 1e-9));
                prop_assert!(cut.entries / cut.spend * (1.0 + 1e-9) >= least.entries / least.spend);
            }
        }
    }

    /// Sellers close no less of more, and no more than they can: with one more of them, no less.
    #[test]
    fn people_take_no_less_of_more(plan in plans(), heads in 0_u64..6, place in 0_usize..14, more in 0_u64..3000) {
        let mut plan = plan;
        plan.add_team();
        plan.sales[0].quota = Money::from_major(120_000);
        plan.sales[0].heads = count(heads);
        let takes = |plan: &Plan| {
            let buys = spend(plan).buys;
            buys.open + buys.others + buys.channels - buys.beyond
        };
        let before = takes(&plan);
        let months = spend(&plan).months;
        let month = months[place % months.len()].month;
        let channel = &plan.spending.channels[0];
        let then = buying(&plan, 0, month, channel.bought_in(month).get() + more);
        prop_assert!(takes(&then) >= before - 1e-6 * before.abs().max(1.0), "{} {before}", takes(&then));
        plan.sales[0].heads = count(heads + 1);
        prop_assert!(takes(&plan) >= before - 1e-6 * before.abs().max(1.0), "{} {before}", takes(&plan));
    }

    /// What a change is said to move is what the plan with the other number brings more; and back again.
    #[test]
    fn a_cut_that_is_added_again_changes_nothing(plan in plans(), place in 0_usize..14, other in 0_u64..300) {
        let months = spend(&plan).months;
        let month = months[place % months.len()].month;
        for position in 0..plan.spending.channels.len() {
            let then = buying(&plan, position, month, other);
            let [before, after] = [&plan, &then].map(|plan| spend(plan).channels[position].clone());
            let amount = after.spend - before.spend;
            if plan.spending.channels[position].cost == Money::ZERO {
                continue;
            }
            let [there, back] = [(&plan, amount), (&then, -amount)].map(|(plan, amount)| changed(plan, position, month, amount));
            prop_assert!(near(there.spend, amount) && near(back.spend, -amount), "{amount} {there:?} {back:?}");
            prop_assert!(near(there.entries, after.entries - before.entries));
            prop_assert!(near(there.bookings.within, after.bookings.within - before.bookings.within));
            prop_assert!(near(there.bookings.all(), after.bookings.all() - before.bookings.all()));
            prop_assert!(near(there.bookings.all(), -back.bookings.all()));
            let moved: f64 = there.months.iter().map(|(_, lands)| lands).sum();
            prop_assert!(near(moved, there.bookings.before + there.bookings.within));
        }
    }

    #[test]
    fn two_halves_of_a_channel_are_the_whole(mut plan in plans(), buys in 0_u64..200) {
        let channel = &mut plan.spending.channels[0];
        channel.tiers.clear();
        channel.buys_in.clear();
        (channel.floor, channel.ceiling, channel.buys) = (count(0), None, count(2 * buys));
        plan.spending.channels.truncate(1);
        let one = spend(&plan);
        plan.spending.channels[0].buys = count(buys);
        let half = Channel { id: plan.new_id(), ..plan.spending.channels[0].clone() };
        plan.spending.channels.push(half);
        let two = spend(&plan);
        prop_assert!(near(one.marketing, two.marketing) && near(one.buys.channels, two.buys.channels));
        for (one, two) in one.months.iter().zip(&two.months) {
            prop_assert!(near(one.channels, two.channels) && near(one.lands, two.lands));
        }
        for (one, two) in one.stages.iter().zip(&two.stages) {
            prop_assert!(near(one.volume, two.volume) && near(one.spend, two.spend));
        }
    }

    /// What is for all goes where the plan needs entries: here all are marketing's, so that the segment's figures are those of marketing.
    #[test]
    fn a_channel_for_all_is_split_as_its_segments_need_it(mut plan in plans()) {
        plan.sources = Plan::one_source();
        plan.timing.rate_season = Vec::new();
        plan.spending.channels.truncate(1);
        plan.spending.channels[0].segment = None;
        let entry = plan.position(plan.spending.channels[0].entry.unwrap()).unwrap();
        let outcome = engine::evaluate(&plan);
        let (mut expected, mut needs) = (Bookings::default(), 0.0);
        for segment in &plan.segments {
            let need = outcome.part(Scope::Segment(segment.id)).stages[entry].carried.figure().unwrap();
            let mut only = plan.clone();
            only.spending.channels[0].segment = Some(segment.id);
            let brings = spend(&only).channels[0].bookings;
            needs += need;
            expected.before += need * brings.before;
            expected.within += need * brings.within;
            expected.after += need * brings.after;
        }
        for part in [&mut expected.before, &mut expected.within, &mut expected.after] {
            *part /= needs;
        }
        let brings = spend(&plan).channels[0].bookings;
        prop_assert!(alike(brings, expected), "{brings:?} {expected:?}");
    }

    #[test]
    fn nothing_is_done_better_than_the_best(plan in plans(), amount in 1.0..20_000.0) {
        let outcome = engine::evaluate(&plan);
        let best = money::next(&plan, &outcome, amount);
        prop_assert_eq!(best.len(), plan.spending.channels.len());
        for pair in best.windows(2) {
            prop_assert!(pair[0].bookings.within >= pair[1].bookings.within);
        }
        for (position, channel) in plan.spending.channels.iter().enumerate() {
            let known = best.iter().find(|change| change.channel == channel.id).unwrap();
            for month in &spend(&plan).months {
                let here = changed(&plan, position, month.month, amount);
                prop_assert!(here.bookings.within <= known.bookings.within * (1.0 + 2e-9));
            }
            let here = changed(&plan, position, known.month, amount);
            prop_assert!(near(here.spend, known.spend) && alike(here.bookings, known.bookings), "{known:?} {here:?}");
        }
    }
}

/// SplitMix64.
struct Chance(u64);

impl Chance {
    /// Evenly from zero up to one, without either.
    fn share(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (((bits ^ (bits >> 31)) >> 11) as f64 + 0.5) / (1u64 << 53) as f64
    }

    fn normal(&mut self) -> f64 {
        (-2.0 * self.share().ln()).sqrt() * (std::f64::consts::TAU * self.share()).cos()
    }

    /// Marsaglia and Tsang (2000), for a shape of at least one.
    fn gamma(&mut self, shape: f64) -> f64 {
        let d = shape - 1.0 / 3.0;
        loop {
            let normal = self.normal();
            let cube = (1.0 + normal / (9.0 * d).sqrt()).powi(3);
            if cube > 0.0 && self.share().ln() < 0.5 * normal * normal + d - d * cube + d * cube.ln() {
                return d * cube;
            }
        }
    }
}

/// Lead by lead: each enters at some moment of its month and takes its own time for each of three steps of 40 days, that spread by a
/// coefficient of 0.7 (of steps of one length the sum of gammas is a gamma); each is then won or not at the season of that month.
#[test]
fn with_spread_it_is_what_the_leads_bring_one_by_one() {
    let mut plan = examples::three_figures(Lineage([1; 8]), Date::parse_iso("2026-11-22").unwrap());
    while plan.base.steps.len() < 3 {
        plan.insert_stage_after(0, "S", "S");
    }
    for (step, percent) in plan.base.steps.iter_mut().zip([50, 40, 30]) {
        (step.rate, step.days) = (Rate::from_percent(percent), Days::new(40).unwrap());
    }
    plan.as_of = Date::parse_iso("2026-12-11").unwrap();
    plan.timing.spread = factor(0.7);
    plan.timing.rate_season = [1.5, 1.0, 0.5, 1.0, 1.0, 1.2, 0.4, 0.0, 1.3, 1.0, 1.0, 2.0].map(factor).to_vec();
    let channel =
        Channel { id: plan.new_id(), buys: count(310), quality: factor(0.8), ..Channel::new(plan.new_id(), "") };
    plan.spending.channels.push(channel);
    let outcome = spend(&plan).channels[0].clone();
    let (first, end) = (plan.as_of.month().unwrap().index(), plan.period.last_day().day_number() + 1);
    let mut sums = vec![0.0; outcome.months.len()];
    let mut bookings = Bookings::default();
    let mut chance = Chance(20_270_111);
    let (shape, each) = (1.0 / (0.7 * 0.7), 2_000);
    for month in &outcome.months {
        let from = month.month.first_day().max(plan.as_of);
        let days = f64::from(month.month.plus_months(1).first_day().days_since(from));
        let entries = 310.0 * days / f64::from(month.month.days());
        assert!(near(month.entries, entries));
        for _ in 0..each * 20 {
            let mut won = f64::from(from.day_number()) + chance.share() * days;
            for _ in 0..3 {
                won += chance.gamma(shape) * 40.0 / shape;
            }
            let won_in = Date::from_day_number(won.floor() as i32).unwrap().month().unwrap();
            let season = plan.timing.rate_season[usize::from(won_in.number()) - 1].times();
            let brings = entries / f64::from(each * 20) * 0.5 * 0.8 * 0.4 * (0.3 * season) * 20_000.0;
            if won_in < plan.period.start {
                bookings.before += brings;
            } else if won < f64::from(end) {
                bookings.within += brings;
            } else {
                bookings.after += brings;
            }
            if let Some(slot) = sums.get_mut(usize::from(won_in.index() - first)) {
                *slot += brings;
            }
        }
    }
    let same = |one: f64, other: f64| (one - other).abs() < 0.01 * one + 300.0;
    assert!(same(outcome.bookings.before, bookings.before), "{:?} {bookings:?}", outcome.bookings);
    assert!(same(outcome.bookings.within, bookings.within), "{:?} {bookings:?}", outcome.bookings);
    assert!(same(outcome.bookings.after, bookings.after), "{:?} {bookings:?}", outcome.bookings);
    for (month, &sum) in outcome.months.iter().zip(&sums) {
        assert!(same(month.lands, sum), "{month:?} {sum}");
    }
}

/// Forward of reverse: buying what the plan asks for, month by month, brings what the plan expects of it, month by month.
#[test]
fn what_the_plan_asks_for_brings_what_it_expects() {
    for (spread, percent) in [(0.6, 100), (0.6, 60), (0.3, 100)] {
        let mut plan = examples::six_stages(Lineage([1; 8]), Date::parse_iso("2026-09-01").unwrap());
        plan.period.start = Month::parse_iso("2027-01").unwrap();
        // Deals of one, so that entries are many and their fractions do not matter.
        plan.base.asp = Money::from_major(1);
        plan.timing.spread = factor(spread);
        plan.sources[0].share = Rate::from_percent(percent);
        plan.sources[2].share = Rate::from_percent(100 - percent);
        let outcome = engine::evaluate(&plan);
        let marketing = outcome.part(Scope::Source(Source::Marketing));
        let mut channel = Channel::new(plan.new_id(), "All");
        for month in &marketing.months {
            channel.buys_in.push((month.month, count(month.entries[0].round() as u64)));
        }
        plan.spending.channels.push(channel);
        let spend = money::spend(&plan, &outcome).unwrap();
        // What is won before the period is not the plan's to expect.
        for month in marketing.months.iter().filter(|month| month.month >= plan.period.start) {
            let lands = spend.months.iter().find(|known| known.month == month.month).unwrap().lands;
            assert!((lands - month.from_new).abs() < 1e-6 * marketing.target, "{month:?} {lands}");
        }
        let buys = spend.buys;
        let expected: f64 = outcome.whole().months.iter().map(|month| month.from_new).sum();
        assert!((buys.channels + buys.others - expected).abs() < 1e-6 * expected, "{buys:?} {expected}");
    }
}
