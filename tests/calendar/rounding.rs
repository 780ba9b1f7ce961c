//! Rounding is on exact integers, each line by itself.

use crate::figures::{evaluated, need};
use crate::plans::{money, percent, plan_of};
use backcast::engine::Need;
use backcast::plan::{Rounding, Segment, SegmentGoal};

#[test]
fn fifty_seven_through_fifty_seven_percent_is_a_hundred() {
    let mut plan = plan_of(57_000, 1_000, &[(57, 10)], "2027-01", 12, "2026-06-01");
    plan.rounding = Rounding::CeilEachStage;
    need(evaluated(&plan).whole().stages[0].volume, 100.0);
    // The same 57, of 100 that were due, after 43 are booked.
    plan.target = money(100_000);
    plan.segments[0].booked = money(43_000);
    let outcome = evaluated(&plan);
    need(outcome.whole().stages[1].volume, 57.0);
    need(outcome.whole().stages[0].volume, 100.0);
}

#[test]
fn each_line_is_rounded_and_the_whole_is_their_sum() {
    // 10 deals in two segments of 5, two sources each: 2.5 wins become 3, at 30 % 10 (3 ÷ 0.3); four lines.
    let mut plan = plan_of(10_000, 1_000, &[(30, 0)], "2027-01", 12, "2026-06-01");
    plan.rounding = Rounding::CeilEachStage;
    let second = Segment::new(plan.new_id(), "South");
    plan.segments.push(second);
    for segment in &mut plan.segments {
        segment.goal = SegmentGoal::Share(percent(50));
    }
    plan.sources[0].share = percent(50);
    plan.sources[1].share = percent(50);
    let outcome = evaluated(&plan);
    need(outcome.whole().stages[1].volume, 12.0);
    need(outcome.whole().stages[0].volume, 40.0);
    need(outcome.whole().stages[0].carried, 10.0 / 0.3);
    for part in &outcome.parts[1..] {
        need(part.stages[0].volume, 20.0);
    }
    plan.rounding = Rounding::RoundEachStage;
    need(evaluated(&plan).whole().stages[0].volume, 40.0);
}

#[test]
fn rounding_is_on_exact_integers_with_progress_too() {
    // 2,000,000,001 at one each, 1,000 booked: 1,999,999,001 deals, to the deal.
    let mut plan = plan_of(2_000_000_001, 1, &[(100, 0)], "2027-01", 12, "2026-06-01");
    plan.rounding = Rounding::CeilEachStage;
    plan.segments[0].booked = money(1_000);
    need_exactly(evaluated(&plan).whole().stages[1].volume, 1_999_999_001.0);
}

#[track_caller]
fn need_exactly(got: Need, wanted: f64) {
    assert_eq!(got, Need::Of(wanted));
}
