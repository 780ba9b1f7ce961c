//! Plans to try the laws on.

use backcast::plan::{
    Basis, Lineage, Open, Own, OwnStep, Period, Plan, Profile, Segment, SegmentGoal, Source, examples,
};
use backcast::units::{Count, Date, Days, Factor, Money, Month, Rate};
use proptest::prelude::*;
use proptest::sample::Index;

pub type Row = (Index, usize, u64, Option<i64>, Option<u16>);
pub type OwnSketch = (Option<i64>, Option<(Index, u32, u16)>);

/// What varies of a segment.
#[derive(Clone, Debug)]
pub struct SegmentSketch {
    pub weight: u32,
    pub own: OwnSketch,
    pub booked: i64,
    pub rows: Vec<Row>,
}

/// How far figures go.
#[derive(Clone, Copy)]
pub struct Reach {
    pub steps: usize,
    pub segments: usize,
    pub money: i64,
    pub least_rate: u32,
    pub days: u16,
    pub count: u64,
}

pub const TYPICAL: Reach =
    Reach { steps: 5, segments: 5, money: 10_000_000_000, least_rate: 10_000, days: 200, count: 1_000 };

pub fn rate(millionths: u32) -> Rate {
    Rate::from_millionths(millionths).unwrap()
}

pub fn money(thousandths: i64) -> Money {
    Money::from_thousandths(thousandths).unwrap()
}

pub fn factors(weights: Vec<u32>) -> Vec<Factor> {
    weights.into_iter().map(|weight| Factor::from_millionths(weight).unwrap()).collect()
}

pub fn owns(reach: Reach) -> impl Strategy<Value = OwnSketch> {
    let step = (any::<Index>(), reach.least_rate..=1_000_000, 0..=reach.days);
    (prop::option::of(1..=reach.money / 10), prop::option::of(step))
}

pub fn rows(reach: Reach) -> impl Strategy<Value = Row> {
    let amount = prop::option::of(0..=reach.money / 10);
    (any::<Index>(), 0_usize..5, 0..=reach.count, amount, prop::option::of(0..=reach.days))
}

prop_compose! {
    pub fn parts(reach: Reach)(
        weight in 0_u32..=1_000,
        own in owns(reach),
        booked in prop_oneof![Just(0), 0..=reach.money / 10],
        rows in prop::collection::vec(rows(reach), 0..4),
    ) -> SegmentSketch {
        SegmentSketch { weight, own, booked, rows }
    }
}

pub fn own_of(plan: &Plan, (asp, step): OwnSketch) -> Own {
    let step = step.map(|(at, millionths, length)| OwnStep {
        from: plan.stages[at.index(plan.stages.len() - 1)].id,
        rate: Some((rate(millionths), Basis::Guess)),
        days: Some(Days::new(length).unwrap()),
    });
    Own { asp: asp.map(money), steps: step.into_iter().collect() }
}

prop_compose! {
    /// A plan of several segments and sources; without a circle and without spread.
    pub fn plans(reach: Reach)(
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

pub fn without_progress(plan: &Plan) -> Plan {
    let mut plan = plan.clone();
    for segment in &mut plan.segments {
        segment.booked = Money::ZERO;
        segment.open.clear();
    }
    plan
}

/// The same with a circle and a spread, and with what sizes for it.
pub fn turning(plan: &Plan, circle: (u32, u16, u32, u16), at: (Index, Index), spread: u32, sized: bool) -> Plan {
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
