//! Properties of segments, sources and the calendar that hold for every plan, under *carry* unless said otherwise.
#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::disallowed_methods,
    clippy::float_cmp,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test that cannot go on ends there; equal means the same bits"
)]

use backcast::engine::{self, Need, Outcome, Part};
use backcast::plan::{
    Basis, Lineage, Open, Own, OwnStep, Period, Plan, Profile, Rounding, Scope, Segment, SegmentGoal, Source,
    TargetKind, examples,
};
use backcast::units::{Count, Date, Days, Factor, Money, Month, Rate};
use proptest::prelude::*;
use proptest::sample::Index;

type Row = (Index, usize, u64, Option<i64>, Option<u16>);
type OwnSketch = (Option<i64>, Option<(Index, u32, u16)>);

/// What varies of a segment.
#[derive(Clone, Debug)]
struct Part1 {
    weight: u32,
    own: OwnSketch,
    booked: i64,
    rows: Vec<Row>,
}

/// How far figures go.
#[derive(Clone, Copy)]
struct Reach {
    steps: usize,
    segments: usize,
    money: i64,
    least_rate: u32,
    days: u16,
    count: u64,
}

const TYPICAL: Reach =
    Reach { steps: 5, segments: 5, money: 10_000_000_000, least_rate: 10_000, days: 200, count: 1_000 };

fn rate(millionths: u32) -> Rate {
    Rate::from_millionths(millionths).unwrap()
}

fn money(thousandths: i64) -> Money {
    Money::from_thousandths(thousandths).unwrap()
}

fn factors(weights: Vec<u32>) -> Vec<Factor> {
    weights.into_iter().map(|weight| Factor::from_millionths(weight).unwrap()).collect()
}

fn owns(reach: Reach) -> impl Strategy<Value = OwnSketch> {
    let step = (any::<Index>(), reach.least_rate..=1_000_000, 0..=reach.days);
    (prop::option::of(1..=reach.money / 10), prop::option::of(step))
}

fn rows(reach: Reach) -> impl Strategy<Value = Row> {
    let amount = prop::option::of(0..=reach.money / 10);
    (any::<Index>(), 0_usize..5, 0..=reach.count, amount, prop::option::of(0..=reach.days))
}

prop_compose! {
    fn parts(reach: Reach)(
        weight in 0_u32..=1_000,
        own in owns(reach),
        booked in prop_oneof![Just(0), 0..=reach.money / 10],
        rows in prop::collection::vec(rows(reach), 0..4),
    ) -> Part1 {
        Part1 { weight, own, booked, rows }
    }
}

fn own_of(plan: &Plan, (asp, step): OwnSketch) -> Own {
    let step = step.map(|(at, millionths, length)| OwnStep {
        from: plan.stages[at.index(plan.stages.len() - 1)].id,
        rate: Some((rate(millionths), Basis::Guess)),
        days: Some(Days::new(length).unwrap()),
    });
    Own { asp: asp.map(money), steps: step.into_iter().collect() }
}

prop_compose! {
    /// A plan of several segments and sources; without a circle and without spread.
    fn plans(reach: Reach)(
        target in 1..=reach.money,
        asp in 1_i64..=(reach.money / 100),
        steps in prop::collection::vec((reach.least_rate..=1_000_000, 0..=reach.days), 1..=reach.steps),
        parts in prop::collection::vec(parts(reach), 1..=reach.segments),
        cuts in prop::collection::vec(0_u32..=250_000, 4),
        entry in (any::<Index>(), any::<Index>()),
        source_own in owns(reach),
        when in (240_u16..1_000, 1_u8..=36, -500_i32..1_200),
        profile in 0_usize..4,
        weights in prop::collection::vec(0_u32..5_000_000, 0..36),
        next in prop::option::of(0..=reach.money),
        stale in 0_u32..=1_000_000,
    ) -> Plan {
        let mut plan = examples::three_figures(Lineage([1; 8]), Date::from_day_number(20_000).unwrap());
        while plan.base.steps.len() < steps.len() {
            plan.insert_stage_after(0, "Stage", "Stages");
        }
        for (step, (millionths, length)) in plan.base.steps.iter_mut().zip(steps) {
            (step.rate, step.days) = (rate(millionths), Days::new(length).unwrap());
        }
        plan.target = money(target);
        plan.base.asp = money(asp);
        plan.period = Period { start: Month::from_index(when.0).unwrap(), months: when.1 };
        plan.as_of = Date::from_day_number(plan.period.first_day().day_number() + when.2).unwrap();
        plan.segments.clear();
        let all: u32 = parts.iter().map(|part| part.weight).sum::<u32>().max(1);
        let mut left = 1_000_000;
        let count = parts.len();
        for (position, part) in parts.into_iter().enumerate() {
            let mut segment = Segment::new(plan.new_id(), &format!("{position}"));
            let share = if position + 1 == count { left } else { (u64::from(part.weight) * 1_000_000 / u64::from(all)) as u32 };
            left -= share;
            segment.goal = SegmentGoal::Share(rate(share));
            segment.own = own_of(&plan, part.own);
            segment.booked = money(part.booked);
            for (stage, source, count, amount, age) in part.rows {
                segment.open.push(Open {
                    stage: plan.stages[stage.index(plan.stages.len() - 1)].id,
                    source: Source::ALL[source],
                    count: Count::new(count).unwrap(),
                    amount: amount.map(money),
                    age: age.map(|age| Days::new(age).unwrap()),
                });
            }
            plan.segments.push(segment);
        }
        let rest = 1_000_000 - cuts.iter().sum::<u32>();
        for (sourcing, share) in plan.sources.iter_mut().zip([rest].into_iter().chain(cuts)) {
            sourcing.share = rate(share);
        }
        plan.sources[2].entry = Some(plan.stages[entry.0.index(plan.stages.len() - 1)].id);
        plan.sources[3].entry = Some(plan.stages[entry.1.index(plan.stages.len() - 1)].id);
        plan.sources[2].own = own_of(&plan, source_own);
        plan.timing.profile = Profile::ALL[profile];
        plan.timing.weights = factors(weights);
        plan.timing.next_target = next.map(money);
        plan.timing.stale_rate = rate(stale);
        plan
    }
}

fn without_progress(plan: &Plan) -> Plan {
    let mut plan = plan.clone();
    for segment in &mut plan.segments {
        segment.booked = Money::ZERO;
        segment.open.clear();
    }
    plan
}

/// The same with a circle and a spread, and with what sizes for it.
fn turning(plan: &Plan, circle: (u32, u16, u32, u16), at: (Index, Index), spread: u32, sized: bool) -> Plan {
    let mut plan = plan.clone();
    let stage = |at: Index, plan: &Plan| Some(plan.stages[at.index(plan.stages.len() - 1)].id);
    plan.circle.recycled = rate(circle.0);
    plan.circle.recycled_after = Days::new(circle.1).unwrap();
    plan.circle.referrals = Factor::from_millionths(circle.2).unwrap();
    plan.circle.referred_after = Days::new(circle.3).unwrap();
    plan.circle.recycled_to = stage(at.0, &plan);
    plan.circle.referred_to = stage(at.1, &plan);
    plan.timing.spread = Factor::from_millionths(spread).unwrap();
    plan.timing.sized_for_spread = sized;
    plan
}

fn evaluated(plan: &Plan) -> Outcome {
    assert_eq!(plan.check(), Ok(()));
    engine::evaluate(plan)
}

fn is_close_by(one: f64, other: f64, scale: f64) -> bool {
    (one - other).abs() <= 1e-9 * scale.abs().max(1e-6)
}

fn is_close(one: f64, other: f64) -> bool {
    is_close_by(one, other, one.abs().max(other.abs()))
}

fn figure(need: Need) -> f64 {
    need.figure().unwrap()
}

/// The parts of one kind.
fn of_kind(outcome: &Outcome, is_segment: bool) -> Vec<&Part> {
    let is_kind = |part: &&Part| match part.scope {
        Scope::Whole => false,
        Scope::Segment(_) => is_segment,
        Scope::Source(_) => !is_segment,
    };
    outcome.parts.iter().filter(is_kind).collect()
}

/// Every figure that is a sum, with its name; `also` those that only segments share out.
fn sums(part: &Part, also: bool) -> Vec<(String, f64)> {
    let mut all = vec![
        ("target".to_owned(), part.target),
        ("togo".to_owned(), part.togo),
        ("pipeline".to_owned(), figure(part.pipeline)),
        ("behind".to_owned(), part.behind),
        ("lost".to_owned(), part.lost),
        ("falls behind".to_owned(), part.falls_behind),
    ];
    for (position, stage) in part.stages.iter().enumerate() {
        all.push((format!("carried {position}"), figure(stage.carried)));
        all.push((format!("volume {position}"), figure(stage.volume)));
        all.push((format!("overdue {position}"), stage.overdue));
        all.push((format!("should be open {position}"), stage.should_be_open));
        if let Some(pace) = stage.pace {
            all.push((format!("pace {position}"), figure(pace)));
        }
        if also {
            all.push((format!("open {position}"), stage.open));
            // What comes back may count under a source of which nothing passes this stage.
            all.push((format!("worth a month {position}"), stage.worth_a_month.map_or(0.0, figure)));
        }
    }
    for month in &part.months {
        all.push((format!("due {}", month.month), month.due));
        all.push((format!("from new {}", month.month), month.from_new));
        for (stage, entries) in month.entries.iter().enumerate() {
            all.push((format!("entries {} {stage}", month.month), *entries));
        }
        if also {
            all.push((format!("from open {}", month.month), month.from_open));
        }
    }
    if also {
        all.push(("booked".to_owned(), part.progress.booked));
        all.push(("open".to_owned(), part.progress.open));
        all.push(("expected".to_owned(), part.progress.expected));
        all.push(("opportunities".to_owned(), part.progress.opportunities));
    }
    all
}

fn sum_of(parts: &[&Part], name: &str, also: bool) -> f64 {
    parts.iter().flat_map(|part| sums(part, also)).filter(|(known, _)| known == name).map(|(_, figure)| figure).sum()
}

/// What rounding errors of a figure are measured by: what its kind amounts to in all.
fn scale_of(whole: &Part, name: &str) -> f64 {
    let stage: Option<usize> = name.split(' ').next_back().and_then(|last| last.parse().ok());
    let of_stage = |stage: usize| {
        let entered: f64 = whole.months.iter().map(|month| month.entries[stage]).sum();
        figure(whole.stages[stage].carried).max(entered).max(whole.target / whole.stages[stage].value_each.max(1e-300))
    };
    let opened = whole.progress.open + whole.progress.booked;
    match stage {
        Some(stage) if name.starts_with("open") => whole.stages[stage].open,
        Some(stage) => of_stage(stage),
        None => whole.target.max(figure(whole.pipeline)).max(opened),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, max_shrink_iters: 3000, ..ProptestConfig::default() })]

    #[test]
    fn segments_and_sources_sum_to_totals(
        plan in plans(TYPICAL),
        circle in (0_u32..=300_000, 0_u16..400, 0_u32..=300_000, 0_u16..400),
        at in (any::<Index>(), any::<Index>()),
        spread in prop_oneof![Just(0_u32), 0_u32..=1_500_000],
        sized in any::<bool>(),
        rounding in prop::sample::select(vec![Rounding::Carry, Rounding::CeilEachStage, Rounding::RoundEachStage]),
        named in (0_usize..5, 0_usize..5),
        season in prop_oneof![Just(Vec::new()), prop::collection::vec(1_u32..3_000_000, 0..=12)],
    ) {
        let mut plan = turning(&plan, circle, at, spread, sized);
        plan.rounding = rounding;
        plan.circle.recycled_as = Source::ALL[named.0];
        plan.circle.referred_as = Source::ALL[named.1];
        plan.timing.rate_season = factors(season);
        let outcome = evaluated(&plan);
        for (is_segment, also) in [(true, true), (false, false)] {
            let parts = of_kind(&outcome, is_segment);
            for (name, total) in sums(outcome.whole(), also) {
                let sum = sum_of(&parts, &name, also);
                prop_assert!(is_close_by(sum, total, scale_of(outcome.whole(), &name)), "{name}: {sum} against {total}");
            }
        }
    }

    #[test]
    fn blended_rates_are_sums_over_sums(plan in plans(TYPICAL)) {
        // Wins ÷ entries and bookings ÷ entries, of all that is due: what is booked and open changes neither.
        let outcome = evaluated(&without_progress(&plan));
        let with_progress = evaluated(&plan);
        for is_segment in [true, false] {
            let parts = of_kind(&outcome, is_segment);
            for (position, total) in outcome.whole().stages.iter().enumerate() {
                let stages = || parts.iter().map(|part| &part.stages[position]).filter(|stage| stage.is_passed);
                let entries: f64 = stages().map(|stage| figure(stage.carried)).sum();
                let wins: f64 = stages().map(|stage| figure(stage.carried) * stage.rate_to_won).sum();
                let bookings: f64 = stages().map(|stage| figure(stage.carried) * stage.value_each).sum();
                if entries > 0.0 {
                    prop_assert!(is_close(total.rate_to_won, wins / entries));
                    prop_assert!(is_close(total.value_each, bookings / entries));
                }
                let same = &with_progress.whole().stages[position];
                prop_assert_eq!((same.rate_to_won, same.value_each), (total.rate_to_won, total.value_each));
            }
        }
    }

    #[test]
    fn the_shift_conserves_totals(plan in plans(TYPICAL), today in 0_i32..3_000) {
        // As early as to ask for everything.
        let mut plan = plan;
        plan.as_of = Date::from_day_number(today).unwrap();
        for segment in &mut plan.segments {
            // What is open closes before the period, or not at all: this is of what is booked and due.
            segment.open.clear();
        }
        let outcome = evaluated(&plan);
        for part in &outcome.parts {
            let due: f64 = part.months.iter().map(|month| month.due).sum();
            prop_assert!(is_close(due, part.target));
            let won: f64 = part.months.iter().map(|month| month.entries.last().unwrap()).sum();
            prop_assert!(is_close(won, figure(part.stages.last().unwrap().carried)));
            let new: f64 = part.months.iter().map(|month| month.from_new).sum();
            prop_assert!(is_close(new, part.togo));
            for stage in &part.stages {
                prop_assert_eq!(stage.overdue, 0.0);
            }
        }
        // Without a next period all that is ever asked for is what this one needs.
        plan.timing.next_target = Some(Money::ZERO);
        let outcome = evaluated(&plan);
        for part in &outcome.parts {
            for (position, stage) in part.stages.iter().enumerate() {
                let entered: f64 = part.months.iter().map(|month| month.entries[position]).sum();
                prop_assert!(is_close(entered, figure(stage.carried)), "{position}: {entered} against {:?}", stage.carried);
            }
        }
    }

    #[test]
    fn entries_are_asked_for_by_the_last_useful_date_and_not_before_the_window(
        plan in plans(Reach { segments: 1, ..TYPICAL }),
    ) {
        let mut plan = without_progress(&plan);
        plan.as_of = Date::from_day_number(0).unwrap();
        for position in 1..5 {
            plan.sources[position].share = Rate::ZERO;
        }
        plan.sources[0].share = Rate::ONE;
        plan.timing.next_target = Some(Money::ZERO);
        let outcome = evaluated(&plan);
        for (position, stage) in outcome.whole().stages.iter().enumerate() {
            let window = stage.window.unwrap();
            for month in outcome.whole().months.iter().filter(|month| month.entries[position] > 0.0) {
                prop_assert!(month.month >= window.from.month().unwrap() && month.month <= window.to.month().unwrap());
            }
            prop_assert_eq!(window.days(), plan.period.last_day().days_since(plan.period.first_day()) + 1);
        }
    }

    #[test]
    fn longer_days_never_move_a_last_useful_date_later(
        plan in plans(TYPICAL),
        spread in prop_oneof![Just(0_u32), 0_u32..=3_000_000],
        landing in 50_u8..=95,
        which in any::<Index>(),
        more in 1_u16..400,
    ) {
        let mut plan = plan;
        plan.timing.spread = Factor::from_millionths(spread).unwrap();
        plan.timing.landing = Rate::from_percent(landing);
        let before = evaluated(&plan);
        let step = &mut plan.base.steps[which.index(plan.stages.len() - 1)];
        step.days = Days::new(step.days.get() + more).unwrap();
        let after = evaluated(&plan);
        for (before, after) in before.parts.iter().zip(&after.parts) {
            for (before, after) in before.stages.iter().zip(&after.stages) {
                prop_assert!(after.last_useful <= before.last_useful, "{} after {}", after.last_useful, before.last_useful);
                prop_assert!(after.earliest_last_useful <= before.earliest_last_useful);
            }
        }
    }

    #[test]
    fn longer_days_never_move_it_later_at_any_share(
        lengths in prop::collection::vec(0_u16..400, 1..=9),
        spread in 0_u32..=10_000_000,
        landing in 1_u32..1_000_000,
        which in any::<Index>(),
        more in 1_u16..400,
    ) {
        let mut plan = examples::three_figures(Lineage([1; 8]), Date::from_day_number(20_000).unwrap());
        while plan.base.steps.len() < lengths.len() {
            plan.insert_stage_after(0, "Stage", "Stages");
        }
        for (step, length) in plan.base.steps.iter_mut().zip(&lengths) {
            step.days = Days::new(*length).unwrap();
        }
        plan.timing.spread = Factor::from_millionths(spread).unwrap();
        plan.timing.landing = rate(landing);
        let before = evaluated(&plan).whole().stages[0].last_useful;
        let at = which.index(lengths.len());
        plan.base.steps[at].days = Days::new(lengths[at] + more).unwrap();
        let after = evaluated(&plan).whole().stages[0].last_useful;
        prop_assert!(after <= before, "{lengths:?}, step {at} longer by {more}, spread {spread}, share {landing}: {before} then {after}");
    }

    #[test]
    fn the_zero_circle_is_the_plain_funnel(plan in plans(TYPICAL), at in (any::<Index>(), any::<Index>()), after in (0_u16..3_650, 0_u16..3_650)) {
        let plain = evaluated(&plan);
        let zero = turning(&plan, (0, after.0, 0, after.1), at, 0, false);
        prop_assert_eq!(evaluated(&zero), plain);
    }

    #[test]
    fn without_spread_forward_of_reverse_is_the_target(plan in plans(TYPICAL)) {
        let mut plan = plan;
        for segment in &mut plan.segments {
            // What is open brings no more than is due: 1 % of it, and nothing is booked beyond it.
            segment.open.truncate(1);
            for open in &mut segment.open {
                open.amount = Some(money(1_000));
            }
            segment.booked = Money::ZERO;
        }
        let outcome = evaluated(&plan);
        let whole = outcome.whole();
        prop_assume!(outcome.parts.iter().all(|part| part.target == 0.0 || part.target > 1_000.0));
        prop_assume!(whole.lost == 0.0);
        let months: f64 = whole.months.iter().map(|month| month.from_open + month.from_new).sum();
        // What is open may come before it is due, and then saves nothing that was due earlier still; it never brings too little.
        prop_assert!(months + whole.progress.booked >= whole.target * (1.0 - 1e-9));
        prop_assert!(is_close_by(months, whole.progress.expected + whole.togo, whole.target));
        let none = evaluated(&without_progress(&plan));
        let months: f64 = none.whole().months.iter().map(|month| month.from_open + month.from_new).sum();
        prop_assert!(is_close(months, none.whole().target));
    }

    #[test]
    fn halves_change_no_total(
        plan in plans(TYPICAL),
        which in any::<Index>(),
        circle in (0_u32..=300_000, 0_u16..400, 0_u32..=300_000, 0_u16..400),
        at in (any::<Index>(), any::<Index>()),
        spread in prop_oneof![Just(0_u32), 0_u32..=1_500_000],
        sized in any::<bool>(),
    ) {
        let mut plan = turning(&plan, circle, at, spread, sized);
        let position = which.index(plan.segments.len());
        let segment = &mut plan.segments[position];
        // Everything even, so that it can be halved.
        let SegmentGoal::Share(share) = segment.goal else { unreachable!() };
        segment.goal = SegmentGoal::Share(rate(share.millionths() / 2 * 2));
        segment.booked = money(segment.booked.thousandths() / 2 * 2);
        for open in &mut segment.open {
            open.count = Count::new(open.count.get() / 2 * 2).unwrap();
            open.amount = open.amount.map(|amount| money(amount.thousandths() / 2 * 2));
        }
        let whole = evaluated(&plan);
        let id = plan.new_id();
        let segment = &mut plan.segments[position];
        segment.goal = SegmentGoal::Share(rate(share.millionths() / 2));
        segment.booked = money(segment.booked.thousandths() / 2);
        for open in &mut segment.open {
            open.count = Count::new(open.count.get() / 2).unwrap();
            open.amount = open.amount.map(|amount| money(amount.thousandths() / 2));
        }
        let mut twin = segment.clone();
        twin.id = id;
        plan.segments.push(twin);
        let halves = evaluated(&plan);
        for (one, two) in sums(whole.whole(), true).into_iter().zip(sums(halves.whole(), true)) {
            prop_assert_eq!(&one.0, &two.0);
            prop_assert!(is_close_by(one.1, two.1, scale_of(whole.whole(), &one.0)), "{}: {} whole, {} in halves", one.0, one.1, two.1);
        }
        prop_assert_eq!(whole.whole().first_short, halves.whole().first_short);
        for (one, two) in whole.whole().stages.iter().zip(&halves.whole().stages) {
            prop_assert_eq!((one.last_useful, one.window, one.days_to_won), (two.last_useful, two.window, two.days_to_won));
        }
    }

    #[test]
    fn saying_what_is_inherited_changes_nothing(plan in plans(TYPICAL), which in any::<Index>(), spread in 0_u32..1_000_000) {
        let mut plan = plan;
        plan.timing.spread = Factor::from_millionths(spread).unwrap();
        plan.sources[2].own = Own::default();
        let position = which.index(plan.segments.len());
        plan.segments[position].own = Own::default();
        let inherits = evaluated(&plan);
        let steps = plan.base.steps.iter().zip(&plan.stages);
        plan.segments[position].own = Own {
            asp: Some(plan.base.asp),
            steps: steps.map(|(step, stage)| OwnStep { from: stage.id, rate: Some((step.rate, step.basis)), days: Some(step.days) }).collect(),
        };
        prop_assert_eq!(&evaluated(&plan), &inherits);
        plan.sources[2].own = plan.segments[position].own.clone();
        plan.segments.iter_mut().for_each(|segment| segment.own = Own::default());
        let inherits = evaluated(&Plan { sources: Plan::one_source(), ..plan.clone() });
        let mut says = Plan { sources: Plan::one_source(), ..plan.clone() };
        says.sources[0].own = plan.sources[2].own.clone();
        prop_assert_eq!(evaluated(&says), inherits);
    }

    #[test]
    fn the_need_from_outside_is_the_plain_one_less_what_comes_back(
        plan in plans(Reach { segments: 1, ..TYPICAL }),
        circle in (0_u32..=500_000, 0_u16..400, 0_u32..=400_000, 0_u16..400),
        at in (any::<Index>(), any::<Index>()),
    ) {
        // Of the funnel: steady state. One line, nothing there yet.
        let mut plan = without_progress(&plan);
        plan.sources = Plan::one_source();
        let plain = evaluated(&plan);
        let turning = turning(&plan, circle, at, 0, false);
        let steps: Vec<f64> = (0..plan.base.steps.len()).map(|stage| turning.step(stage, Some(&plan.segments[0]), Some(Source::Marketing)).unwrap().rate.fraction()).collect();
        let (last, count) = (*steps.last().unwrap(), steps.len());
        let (to, referred) = (at.0.index(count), at.1.index(count));
        let g = f64::from(circle.0) / 1e6 * (1.0 - last) * steps[to..count - 1].iter().product::<f64>()
            + f64::from(circle.2) / 1e6 * steps[referred..].iter().product::<f64>();
        prop_assume!(g < 1.0);
        let outcome = evaluated(&turning);
        prop_assert!((outcome.whole().comes_back - g).abs() < 1e-12);
        for (one, two) in plain.whole().stages[..count].iter().zip(&outcome.whole().stages) {
            prop_assert!(is_close(figure(two.carried), figure(one.carried) * (1.0 - g)));
            prop_assert!(is_close(one.rate_to_won, two.rate_to_won));
        }
        let won = (plain.whole().stages[count].carried, outcome.whole().stages[count].carried);
        prop_assert_eq!(won.0, won.1);
    }

    #[test]
    fn new_business_is_what_staying_and_growing_leave(
        target in 0_i64..=1_000_000_000_000_000, opening in 0_i64..=1_000_000_000_000_000,
        nrr in 0_u32..=2_000_000, months in 1_u8..=36, is_net in any::<bool>(),
    ) {
        let mut plan = examples::three_figures(Lineage([1; 8]), Date::from_day_number(20_000).unwrap());
        plan.target = money(target);
        plan.revenue.opening = money(opening);
        plan.revenue.nrr = Factor::from_millionths(nrr).unwrap();
        plan.revenue.kind = if is_net { TargetKind::NetNew } else { TargetKind::TotalRevenue };
        plan.period.months = months;
        let end = if is_net { opening as f64 + target as f64 } else { target as f64 } / 1e3;
        let kept = opening as f64 / 1e3 * (f64::from(nrr) / 1e6).powf(f64::from(months) / 12.0);
        let wanted = (end - kept).max(0.0);
        let got = evaluated(&plan).goal.new_business.major();
        prop_assert!((got - wanted).abs() <= 6e-4 + 1e-9 * end.max(kept), "{got} against {wanted}");
    }

    #[test]
    fn what_is_due_first_is_lost_first(plan in plans(TYPICAL), later in 0_i32..400) {
        // Time passes and nothing happens: what is behind and what is lost only grow, and never beyond what is to go.
        let mut plan = without_progress(&plan);
        let before = evaluated(&plan);
        plan.as_of = plan.as_of.plus_days(later);
        prop_assume!(Date::from_day_number(plan.as_of.day_number()).is_some());
        let after = evaluated(&plan);
        for (before, after) in before.parts.iter().zip(&after.parts) {
            prop_assert!(after.behind >= before.behind * (1.0 - 1e-12) && after.lost >= before.lost * (1.0 - 1e-12));
            prop_assert!(after.behind <= after.togo * (1.0 + 1e-12) + 1e-9 && after.lost <= after.behind * (1.0 + 1e-12) + 1e-9);
            prop_assert_eq!(after.behind > 0.0, after.first_short.is_some());
        }
    }

    #[test]
    fn with_spread_no_more_lands_than_is_planned(plan in plans(TYPICAL), spread in 0_u32..=2_000_000) {
        let mut plan = without_progress(&plan);
        plan.timing.spread = Factor::from_millionths(spread).unwrap();
        plan.timing.next_target = Some(Money::ZERO);
        let outcome = evaluated(&plan);
        for part in &outcome.parts {
            let lands: f64 = part.months.iter().map(|month| month.from_new).sum();
            prop_assert!(lands <= part.togo * (1.0 + 1e-9) + 1e-9, "{lands} of {}", part.togo);
            prop_assert!(part.falls_behind <= part.togo * (1.0 + 1e-9));
        }
    }

    #[test]
    fn sized_for_the_spread_the_target_is_expected(plan in plans(TYPICAL), spread in 1_u32..=1_000_000) {
        let mut plan = without_progress(&plan);
        plan.timing.spread = Factor::from_millionths(spread).unwrap();
        plan.timing.sized_for_spread = true;
        let early = plan.period.first_day().day_number() - 4_000;
        plan.as_of = Date::from_day_number(early.max(0)).unwrap();
        let outcome = evaluated(&plan);
        for part in of_kind(&outcome, true).into_iter().chain([outcome.whole()]) {
            let lands: f64 = part.months.iter().map(|month| month.from_new).sum();
            prop_assert!(lands >= part.target * (1.0 - 1e-9), "{lands} of {}", part.target);
        }
        // Each segment's entries are scaled alike.
        plan.timing.sized_for_spread = false;
        let plain = evaluated(&plan);
        for (sized, plain) in of_kind(&outcome, true).into_iter().zip(of_kind(&plain, true)) {
            let won = sized.stages.len() - 1;
            let ratios = |stage: usize| figure(sized.stages[stage].carried) / figure(plain.stages[stage].carried);
            for stage in 0..won {
                prop_assert!(plain.target == 0.0 || is_close(ratios(stage), ratios(0)));
            }
        }
    }
}

// ------------------------------------------------------------------------------------------------------- the far ends

/// As far as anything that can be typed goes.
const FAR: Reach = Reach {
    steps: 9,
    segments: 40,
    money: 1_000_000_000_000_000_000,
    least_rate: 0,
    days: 3_650,
    count: 1_000_000_000_000,
};

/// A figure at one of its ends, or in between.
fn ends(least: u32, most: u32) -> impl Strategy<Value = u32> {
    prop_oneof![Just(least), Just(most), Just(1), least..=most]
}

prop_compose! {
    fn far()(
        plan in plans(FAR),
        target in prop_oneof![Just(0), Just(1), Just(FAR.money), 0..=FAR.money],
        asp in prop_oneof![Just(0), Just(1), Just(FAR.money), 0..=FAR.money],
        when in (prop_oneof![Just(0_u16), Just(2_724), 0_u16..2_724], 1_u8..=36, prop_oneof![Just(0_i32), Just(84_005), 0_i32..84_005]),
        zero_own in any::<bool>(),
        all_weights_zero in any::<bool>(),
        shares in prop::option::of(prop::array::uniform5(ends(0, 1_000_000))),
        amount in prop::option::of(prop_oneof![Just(0), Just(FAR.money)]),
        circle in (ends(0, 1_000_000), 0_u16..=3_650, ends(0, 100_000_000), 0_u16..=3_650),
        at in (any::<Index>(), any::<Index>()),
        spread in ends(0, 100_000_000),
        landing in ends(0, 1_000_000),
        flags in (any::<bool>(), 0_usize..3, 0_usize..3),
        season in prop::collection::vec(ends(0, 100_000_000), 0..=12),
        revenue in (prop_oneof![Just(0), 0..=FAR.money], ends(0, 1_000_000), ends(0, 100_000_000)),
        available in prop::option::of(0..=FAR.count),
    ) -> Plan {
        let mut plan = turning(&plan, circle, at, spread, flags.0);
        plan.target = money(target);
        plan.base.asp = money(asp);
        plan.period = Period { start: Month::from_index(when.0).unwrap(), months: when.1 };
        plan.as_of = Date::from_day_number(when.2).unwrap();
        if zero_own {
            plan.segments[0].own.asp = Some(Money::ZERO);
        }
        if all_weights_zero {
            plan.timing.weights = vec![Factor::ZERO; 36];
        }
        plan.segments[0].shares = shares.map(|shares| shares.map(rate));
        if let Some(amount) = amount {
            plan.segments[0].goal = SegmentGoal::Amount(money(amount));
        }
        plan.timing.landing = rate(landing);
        plan.timing.rate_season = factors(season);
        plan.rounding = [Rounding::Carry, Rounding::CeilEachStage, Rounding::RoundEachStage][flags.1];
        plan.revenue.kind = TargetKind::ALL[flags.2];
        plan.revenue.opening = money(revenue.0);
        plan.revenue.grr = rate(revenue.1);
        plan.revenue.nrr = Factor::from_millionths(revenue.2).unwrap();
        plan.stages[0].available = available.and_then(Count::new);
        if spread > 0 {
            // A kernel costs months²: with it, not as far, so that the test has an end.
            plan.segments.truncate(3);
            let owns = plan.segments.iter_mut().map(|segment| &mut segment.own);
            let owns = owns.chain(plan.sources.iter_mut().map(|sourcing| &mut sourcing.own));
            let days = owns.flat_map(|own| &mut own.steps).filter_map(|step| step.days.as_mut());
            for days in days.chain(plan.base.steps.iter_mut().map(|step| &mut step.days)) {
                *days = Days::new(days.get() % 400).unwrap();
            }
        }
        plan
    }
}

/// Every figure that is there, with its name.
fn figures(part: &Part) -> Vec<(String, f64)> {
    let mut all = vec![
        ("target", part.target),
        ("togo", part.togo),
        ("pipeline", part.pipeline.figure().unwrap_or(0.0)),
        ("close rate", part.close_rate),
        ("comes back", part.comes_back),
        ("booked", part.progress.booked),
        ("open", part.progress.open),
        ("expected", part.progress.expected),
        ("opportunities", part.progress.opportunities),
        ("behind", part.behind),
        ("lost", part.lost),
        ("falls behind", part.falls_behind),
    ]
    .into_iter()
    .map(|(name, figure)| (name.to_owned(), figure))
    .collect::<Vec<_>>();
    for (position, stage) in part.stages.iter().enumerate() {
        let pace = stage.pace.and_then(Need::figure).unwrap_or(0.0);
        for (name, figure) in [
            ("carried", stage.carried.figure().unwrap_or(0.0)),
            ("volume", stage.volume.figure().unwrap_or(0.0)),
            ("rate", stage.rate_to_won),
            ("value", stage.value_each),
            ("pace", pace),
            ("overdue", stage.overdue),
            ("should be open", stage.should_be_open),
            ("open", stage.open),
            ("days", f64::from(stage.days_to_won)),
            ("worth a month", stage.worth_a_month.and_then(Need::figure).unwrap_or(0.0)),
        ] {
            all.push((format!("{name} {position}"), figure));
        }
        if let Some(forward) = stage.forward {
            all.push((format!("forward wins {position}"), forward.wins));
            all.push((format!("forward revenue {position}"), forward.revenue));
            all.push((format!("forward at last step {position}"), forward.at_last_step));
            all.push((format!("forward gap {position}"), forward.gap.abs()));
        }
    }
    for month in &part.months {
        all.push((format!("due {}", month.month), month.due));
        all.push((format!("from open {}", month.month), month.from_open));
        all.push((format!("from new {}", month.month), month.from_new));
        for (stage, entries) in month.entries.iter().enumerate() {
            all.push((format!("entries {} {stage}", month.month), *entries));
        }
    }
    all
}

/// What is wrong with an outcome, if anything.
fn absurd(outcome: &Outcome) -> Option<String> {
    for part in &outcome.parts {
        let scale = part.target.max(part.progress.open).max(1.0);
        for (name, figure) in figures(part) {
            // The last digits of a difference of large figures are nobody's.
            if !figure.is_finite() || figure < -1e-12 * scale {
                return Some(format!("{name} of {:?} is {figure}", part.scope));
            }
        }
        for stage in &part.stages {
            if stage.rate_to_won > 1.0 + 1e-12 || stage.earliest_last_useful > stage.last_useful {
                return Some(format!("{stage:?}"));
            }
            if let Some(window) = stage.window
                && (window.days() < 1 || window.to > stage.last_useful)
            {
                return Some(format!("{window:?}"));
            }
        }
    }
    None
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, max_shrink_iters: 400, ..ProptestConfig::default() })]

    #[test]
    fn no_outcome_is_absurd(plan in far()) {
        prop_assume!(plan.check() == Ok(()));
        prop_assert_eq!(absurd(&engine::evaluate(&plan)), None);
    }

    #[test]
    fn an_outcome_is_of_what_was_typed(plan in far()) {
        // What is due is the target, whatever else cannot be.
        prop_assume!(plan.check() == Ok(()));
        let outcome = engine::evaluate(&plan);
        for part in of_kind(&outcome, true) {
            let Scope::Segment(id) = part.scope else { unreachable!() };
            let segment = plan.segment(id).unwrap();
            let wanted = match segment.goal {
                SegmentGoal::Share(share) => outcome.goal.new_business.major() * share.fraction(),
                SegmentGoal::Amount(amount) => amount.major(),
            };
            let shares: u32 = plan.shares(segment).iter().map(|share| share.millionths()).sum();
            let wanted = wanted * f64::from(shares) / 1e6;
            prop_assert!(is_close(part.target, wanted), "{} of {wanted}", part.target);
            let due: f64 = part.months.iter().map(|month| month.due).sum();
            prop_assert!(is_close(due, wanted), "due {due} of {wanted}");
        }
    }

    #[test]
    fn no_outcome_of_a_plan_of_everyday_size_is_absurd(
        plan in plans(TYPICAL),
        circle in (ends(0, 1_000_000), 0_u16..=400, ends(0, 3_000_000), 0_u16..=400),
        at in (any::<Index>(), any::<Index>()),
        spread in ends(0, 5_000_000),
        sized in any::<bool>(),
    ) {
        prop_assert_eq!(absurd(&evaluated(&turning(&plan, circle, at, spread, sized))), None);
    }
}
