//! Rates by the season.

use crate::figures::{evaluated, month_of, need, same, sum};
use crate::plans::{factor, open, plan_of};
use backcast::engine::Need;
use backcast::plan::Source;
use backcast::units::Factor;

#[test]
fn a_season_of_rates_by_hand() {
    // No days. January closes half as well: 25 % × 0.5; June twice as well: 50 %. 10 deals each.
    let mut plan = plan_of(1_200_000, 10_000, &[(20, 0), (25, 0)], "2027-01", 12, "2026-06-01");
    plan.timing.rate_season = [0.5, 1.0, 1.0, 1.0, 1.0, 2.0].map(factor).to_vec();
    let whole = evaluated(&plan).whole().clone();
    same(month_of(&whole, "2027-01").entries[1], 80.0);
    same(month_of(&whole, "2027-02").entries[1], 40.0);
    same(month_of(&whole, "2027-06").entries[1], 20.0);
    same(month_of(&whole, "2027-01").entries[0], 400.0);
    // What is won is what is due: a season of rates changes what must enter, not what is won.
    same(month_of(&whole, "2027-01").entries[2], 10.0);
    same(month_of(&whole, "2027-06").entries[2], 10.0);
    // The need of the period is the sum of its months.
    let entered = sum(whole.months.iter().map(|month| month.entries[1]));
    same(entered, 80.0 + 10.0 * 40.0 + 20.0);
    need(whole.stages[1].carried, entered);
    need(whole.stages[0].carried, entered * 5.0);
}

#[test]
fn a_season_never_closes_more_than_all() {
    let mut plan = plan_of(1_200_000, 10_000, &[(80, 0)], "2027-01", 12, "2026-06-01");
    plan.timing.rate_season = vec![factor(2.0)];
    // 80 % twice over is all of them: 10 leads for 10 deals, not 6.25.
    same(month_of(evaluated(&plan).whole(), "2027-01").entries[0], 10.0);
}

#[test]
fn a_season_counts_for_what_is_open() {
    let mut plan = plan_of(1_200_000, 10_000, &[(20, 0), (25, 20)], "2027-01", 12, "2027-01-01");
    plan.timing.rate_season = vec![factor(0.5)];
    plan.segments[0].open = vec![open(&plan, 1, Source::Marketing, 80, None, Some(10))];
    same(month_of(evaluated(&plan).whole(), "2027-01").from_open, 80.0 * 0.125 * 10_000.0);
}

#[test]
fn a_month_that_closes_nothing_is_out_of_reach() {
    let mut plan = plan_of(1_200_000, 10_000, &[(20, 0), (25, 0)], "2027-01", 12, "2026-06-01");
    plan.timing.rate_season = vec![factor(0.0)];
    // Nothing is ever closed in January: no figure of leads brings what is due in it, and ten deals' worth is not to be had then.
    let whole = evaluated(&plan).whole().clone();
    let january = month_of(&whole, "2027-01");
    assert!(
        january.from_new == 0.0,
        "January brings {} from {} leads at a rate of zero",
        january.from_new,
        january.entries[0]
    );
    same(whole.lost, 100_000.0);
    same(whole.togo, 1_200_000.0);
    same(sum(whole.months.iter().map(|month| month.from_new)), 1_100_000.0);
    need(whole.stages[0].carried, 2_200.0);
    // Where nothing is ever closed, nothing helps.
    plan.timing.rate_season = vec![factor(0.0); 12];
    let whole = evaluated(&plan).whole().clone();
    assert!(matches!(whole.stages[0].carried, Need::OutOfReach(_)));
    same(whole.lost, 1_200_000.0);
}

#[test]
fn a_season_asks_for_more_to_be_open() {
    // July closes half as well: what should be open on 1 July for it is twice as many, for August as many.
    let mut plan = plan_of(620_000, 1_000, &[(50, 10), (50, 20)], "2027-07", 2, "2027-07-01");
    plan.timing.rate_season = vec![Factor::ONE; 6];
    plan.timing.rate_season.push(factor(0.5));
    let whole = evaluated(&plan).whole().clone();
    same(whole.stages[1].should_be_open, 20.0 * 10.0 * 4.0);
    // Leads are those of 21 to 30 July.
    same(whole.stages[0].should_be_open, 10.0 * 10.0 * 8.0);
}
