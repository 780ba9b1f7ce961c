//! What the parts of a plan say together: sums over lines, and where they begin and end.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use backcast::engine::{self, evaluate};
use backcast::plan::{Lineage, Open, Plan, Rounding, Scope, SegmentGoal, Source, Tag, examples};
use backcast::units::{Count, Date, Days, Factor, Money, Rate};

fn plan() -> Plan {
    examples::six_stages(Lineage([1; 8]), Date::parse_iso("2026-11-22").unwrap())
}

#[track_caller]
fn same(got: f64, wanted: f64) {
    assert!((got - wanted).abs() <= 1e-9 * wanted.abs().max(1.0), "got {got}, wanted {wanted}");
}

/// A sixth in floats, six times, is less than one.
#[test]
fn nothing_is_there_already_in_a_period_of_any_length() {
    for months in 1..=36 {
        let mut plan = plan();
        plan.period.months = months;
        let whole = evaluate(&plan).whole().clone();
        assert!(whole.togo >= whole.target, "{months} months: {} of {}", whole.togo, whole.target);
    }
}

/// Two segments of which one comes back: 500,000 with a half that is tried again, 1,500,000 with none.
#[test]
fn what_comes_back_is_a_share_of_all_that_is_due() {
    let mut plan = plan();
    plan.split_segment(plan.segments[0].id);
    plan.segments[0].goal = SegmentGoal::Share(Rate::from_percent(25));
    plan.segments[1].goal = SegmentGoal::Share(Rate::from_percent(75));
    plan.circle.recycled = Rate::from_percent(50);
    plan.circle.recycled_to = Some(plan.stages[4].id);
    // Of the second all opportunities are won: nothing is lost.
    plan.set_rate(Scope::Segment(plan.segments[1].id), 4, Some(Rate::ONE));
    let outcome = evaluate(&plan);
    same(outcome.part(Scope::Segment(plan.segments[0].id)).comes_back, 0.4);
    same(outcome.part(Scope::Segment(plan.segments[1].id)).comes_back, 0.0);
    same(outcome.whole().comes_back, 0.1);
}

#[test]
fn a_circle_that_never_ends_is_left_out_everywhere() {
    let mut plan = plan();
    let plain = evaluate(&plan).whole().clone();
    plan.circle.referrals = Factor::from_millionths(100_000_000).unwrap();
    plan.circle.referred_to = Some(plan.stages[4].id);
    let outcome = evaluate(&plan);
    assert!(!outcome.issues.is_empty());
    let whole = outcome.whole();
    for (with, without) in whole.stages.iter().zip(&plain.stages) {
        assert_eq!(with.carried, without.carried);
    }
    assert_eq!(whole.months, plain.months);
    // Nor does anything of it count for a source.
    same(outcome.part(Scope::Source(Source::Marketing)).togo, plain.togo);
}

/// Sellers enter at the last step, below the headline: theirs are no wins of leads.
#[test]
fn the_rate_of_a_group_is_that_of_what_passes_the_headline() {
    let mut plan = plan();
    plan.segments[0].region = "EMEA".into();
    plan.split_segment(plan.segments[0].id);
    plan.sources[0].share = Rate::from_percent(50);
    plan.sources[2].share = Rate::from_percent(50);
    plan.sources[2].entry = Some(plan.stages[4].id);
    let outcome = evaluate(&plan);
    let groups = engine::groups(&plan, &outcome, Tag::Region);
    assert_eq!(groups.len(), 1);
    // 0.3 × 0.4 × 0.4 × 0.2, though twice as many are won as come of leads.
    same(groups[0].rate.unwrap(), 0.0096);
    same(groups[0].wins.figure().unwrap(), 100.0);
}

#[test]
fn what_a_volume_brings_is_counted_at_the_rates_that_apply() {
    let mut plan = plan();
    plan.rounding = Rounding::CeilEachStage;
    plan.stages[4].available = Count::new(100);
    plan.split_segment(plan.segments[0].id);
    for segment in 0..2 {
        plan.set_rate(Scope::Segment(plan.segments[segment].id), 4, Some(Rate::from_percent(40)));
    }
    let forward = evaluate(&plan).whole().stages[4].forward.unwrap();
    same(forward.wins, 40.0);
    same(forward.revenue, 800_000.0);
}

/// Spread by next to nothing, what is anywhere in a long stage still closes over all of its days.
#[test]
#[expect(clippy::disallowed_methods, reason = "an oracle of its own")]
fn what_is_anywhere_in_a_stage_does_not_close_on_one_day() {
    let mut plan = plan();
    plan.as_of = plan.period.first_day();
    plan.base.steps[4].days = Days::new(90).unwrap();
    let count = Count::new(60).unwrap();
    let stage = plan.stages[4].id;
    plan.segments[0].open.push(Open { stage, source: Source::Marketing, count, amount: None, age: None });
    let months = |plan: &Plan| evaluate(plan).whole().months.iter().map(|month| month.from_open).collect::<Vec<_>>();
    same(months(&plan).iter().sum(), 240_000.0);
    plan.timing.spread = Factor::from_millionths(10_000).unwrap();
    // The gamma of mean 45 and variance 90² ÷ 12 is Erlang's, of three stages of 15 days.
    let won_by = |day: f64| 1.0 - (-day / 15.0).exp() * (1.0 + day / 15.0 + day * day / 450.0);
    let spread = months(&plan);
    for (month, (from, to)) in [(0.0, 31.0), (31.0, 59.0), (59.0, 90.0), (90.0, 120.0)].into_iter().enumerate() {
        let wanted = 240_000.0 * (won_by(to) - won_by(from));
        assert!((spread[month] - wanted).abs() < 240.0, "month {month}: {} is not {wanted}", spread[month]);
    }
}

#[test]
fn shares_that_do_not_divide_still_add_up() {
    let mut plan = plan();
    for _ in 0..3 {
        plan.split_segment(plan.segments[0].id);
    }
    for (segment, percent) in plan.segments.iter_mut().zip([0, 10, 10, 40]) {
        segment.goal = SegmentGoal::Share(Rate::from_percent(percent));
    }
    plan.share_out(plan.target);
    let shares: Vec<u32> = plan.segments.iter().map(|segment| segment.goal.share().millionths()).collect();
    assert_eq!(shares, [0, 166_667, 166_667, 666_666]);
    assert_eq!(evaluate(&plan).issues, []);
}

#[test]
fn a_part_that_is_gone_changes_nothing() {
    let mut plan = plan();
    plan.split_segment(plan.segments[0].id);
    let gone = Scope::Segment(plan.segments[1].id);
    plan.remove_segment(plan.segments[1].id);
    let before = plan.clone();
    plan.set_asp(gone, Some(Money::from_major(1)));
    plan.set_asp(gone, None);
    plan.set_rate(gone, 4, None);
    plan.set_days(gone, 4, Days::new(1));
    assert_eq!(plan, before);
}

#[test]
fn names_of_segments_are_never_taken() {
    let mut plan = plan();
    plan.split_segment(plan.segments[0].id);
    plan.split_segment(plan.segments[0].id);
    plan.remove_segment(plan.segments[0].id);
    plan.split_segment(plan.segments[0].id);
    assert_eq!(evaluate(&plan).issues.len(), 1, "they do not add up, and that is all: {:?}", evaluate(&plan).issues);
}
