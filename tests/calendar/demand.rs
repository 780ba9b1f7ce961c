//! What must enter, and by which date, worked out by hand.

use crate::figures::{evaluated, month_of, need, same, sum};
use crate::plans::{date, factor, money, percent, plain, plan_of};
use backcast::engine::Need;
use backcast::plan::{Owner, Profile, TargetKind};
use backcast::units::{Money, Rate};

#[test]
fn a_steady_year_by_hand() {
    // 120 deals; 480 opportunities; 2,400 leads. L = 90 and 60 days. 2027 has no leap day.
    let outcome = evaluated(&plain());
    let whole = outcome.whole();
    for (stage, wanted) in [2_400.0, 480.0, 120.0].into_iter().enumerate() {
        need(whole.stages[stage].carried, wanted);
    }
    // Leads: from 2026-10-03 (90 days before 1 January: Oct 29 + Nov 30 + Dec 31) to 2027-10-02 (365 days in all).
    let leads = &whole.stages[0];
    let window = leads.window.unwrap();
    assert_eq!((window.from, window.to), (date("2026-10-03"), date("2027-10-02")));
    assert_eq!(leads.last_useful, date("2027-10-02"));
    need(leads.pace.unwrap(), 2_400.0 / (365.0 / 30.4375));
    // October 2026: the 29 days from the 3rd to the 31st are won on 1 to 29 January: 29/31 of 10 deals, 20 leads each.
    same(month_of(whole, "2026-10").entries[0], 29.0 / 31.0 * 200.0);
    // November 2026: won on 30 January to 28 February: 2/31 + 28/28 of a month's.
    same(month_of(whole, "2026-11").entries[0], (2.0 / 31.0 + 1.0) * 200.0);
    // December 2026 at the opportunity: won on 30 January (60 days after 1 December) to 1 March.
    same(month_of(whole, "2026-12").entries[1], (2.0 / 31.0 + 1.0 + 1.0 / 31.0) * 40.0);
    assert_eq!((whole.behind, whole.lost, whole.first_short), (0.0, 0.0, None));
    assert_eq!(leads.overdue, 0.0);
}

#[test]
fn quarters_are_split_over_the_months_that_the_period_has_of_them() {
    // March alone, then April to June, July alone; weights 1, 1, 2: a quarter of the target, a quarter, a half.
    let mut plan = plan_of(1_200_000, 10_000, &[(50, 0)], "2027-03", 5, "2027-01-01");
    plan.timing.profile = Profile::Quarters;
    plan.timing.weights = [1.0, 1.0, 2.0].map(factor).to_vec();
    let outcome = evaluated(&plan);
    for (month, due) in [("2027-03", 3e5), ("2027-04", 1e5), ("2027-05", 1e5), ("2027-06", 1e5), ("2027-07", 6e5)] {
        same(month_of(outcome.whole(), month).due, due);
    }
}

#[test]
fn run_rate_targets_by_hand() {
    let mut plan = plain();
    plan.revenue.kind = TargetKind::TotalRevenue;
    plan.target = money(10_000_000);
    plan.revenue.opening = money(8_000_000);
    plan.revenue.nrr = factor(1.05);
    plan.revenue.grr = percent(90);
    let outcome = evaluated(&plan);
    same(outcome.goal.new_business.major(), 1_600_000.0);
    same(outcome.goal.grown, 8_000_000.0 * 0.15);
    same(outcome.whole().target, 1_600_000.0);
    plan.revenue.kind = TargetKind::NetNew;
    plan.target = money(2_000_000);
    same(evaluated(&plan).goal.new_business.major(), 1_600_000.0);
    plan.period.months = 18;
    same(
        evaluated(&plan).goal.new_business.major(),
        (10_000_000.0 - 8_000_000.0 * 1.05_f64.powf(1.5)).mul_add(1000.0, 0.0).round() / 1000.0,
    );
}

#[test]
fn the_next_period_goes_on_when_this_one_needs_nothing() {
    // Existing customers reach this target alone; the next period is to bring 1,200,000 of new business: leads are needed for it
    // from October on.
    let mut plan = plain();
    plan.target = Money::ZERO;
    plan.timing.next_target = Some(money(1_200_000));
    let whole = evaluated(&plan).whole().clone();
    let entered = sum(whole.months.iter().map(|month| month.entries[0]));
    // By 31 December 2027 the leads for 1 January to 30 March 2028 (a leap year: 31 + 29 + 30 of 31 days).
    same(entered, (2.0 + 30.0 / 31.0) * 200.0);
}

#[test]
fn a_target_stays_a_target_when_a_deal_brings_nothing() {
    let mut plan = plain();
    plan.base.asp = Money::ZERO;
    let whole = evaluated(&plan).whole().clone();
    same(whole.target, 1_200_000.0);
    same(whole.togo, 1_200_000.0);
    assert!(matches!(whole.stages[0].carried, Need::OutOfReach(_)));
    same(whole.lost, 1_200_000.0);
    same(sum(whole.months.iter().map(|month| month.due)), 1_200_000.0);
}

#[test]
fn nothing_is_expected_of_entries_that_nobody_can_make() {
    let mut plan = plain();
    plan.base.steps[1].rate = Rate::ZERO;
    let whole = evaluated(&plan).whole().clone();
    same(whole.target, 1_200_000.0);
    same(sum(whole.months.iter().map(|month| month.from_new)), 0.0);
    same(whole.lost, 1_200_000.0);
    assert!(matches!(whole.stages[0].pace, None | Some(Need::OutOfReach(_))));
}

#[test]
fn owners_and_headline_are_not_the_calendars_business() {
    let mut plan = plain();
    let before = evaluated(&plan);
    plan.stages[0].owner = Owner::Sales;
    plan.headline = plan.stages[1].id;
    let after = evaluated(&plan);
    assert_eq!(before.whole().months, after.whole().months);
    same(before.whole().behind, after.whole().behind);
}
