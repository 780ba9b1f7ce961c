//! What is booked, open, behind and lost, and what time lets come yet.

use crate::figures::{evaluated, month_of, same, sum};
use crate::plans::{date, money, month, open, percent, plain, plan_of};
use backcast::plan::Source;

#[test]
fn behind_and_lost_by_hand() {
    // On 11 December a lead is won on 11 March: what is due up to 10 March is behind. 10 + 10 + 10 × 10/31 deals.
    let mut plan = plain();
    plan.as_of = date("2026-12-11");
    let outcome = evaluated(&plan);
    let behind = (20.0 + 100.0 / 31.0) * 10_000.0;
    same(outcome.whole().behind, behind);
    assert_eq!(outcome.whole().lost, 0.0);
    assert_eq!(outcome.whole().first_short, Some(month("2027-01")));
    // Leads that should have entered by 10 December: those won by 10 March.
    same(outcome.whole().stages[0].overdue, (20.0 + 100.0 / 31.0) * 20.0);
    // 50 opportunities of unknown age bring 12.5 deals over the next 60 days: evenly on 11 December to 8 February; what closes
    // before 1 January is not this period's (21 of 60 days).
    plan.segments[0].open = vec![open(&plan, 1, Source::Marketing, 50, None, None)];
    let outcome = evaluated(&plan);
    same(outcome.whole().behind, behind - 12.5 * 39.0 / 60.0 * 10_000.0);
    same(outcome.whole().progress.expected, 12.5 * 39.0 / 60.0 * 10_000.0);
    // On 3 October 2027 no lead can be won by 31 December any more; on the 2nd it can.
    plan.segments[0].open.clear();
    plan.as_of = date("2027-10-02");
    assert_eq!(evaluated(&plan).whole().lost, 0.0);
    plan.as_of = date("2027-10-03");
    plan.segments[0].booked = money(900_000);
    let outcome = evaluated(&plan);
    same(outcome.whole().lost, 300_000.0);
    same(outcome.whole().behind, 300_000.0);
    assert_eq!(outcome.whole().first_short, Some(month("2027-10")));
    assert_eq!(outcome.whole().stages[0].window, None);
    assert_eq!(outcome.whole().stages[0].pace, None);
}

#[test]
fn nothing_is_behind_when_what_is_open_is_what_should_be() {
    // July and August are of one length, so that demand is even within each step. On 1 July: opportunities for 31 July to
    // 20 August (20 days) and leads (10 days) behind them.
    let mut plan = plan_of(620_000, 1_000, &[(50, 10), (50, 20)], "2027-07", 2, "2027-07-01");
    let outcome = evaluated(&plan);
    // 10 deals a day.
    same(outcome.whole().stages[0].should_be_open, 10.0 * 10.0 * 4.0);
    same(outcome.whole().stages[1].should_be_open, 20.0 * 10.0 * 2.0);
    let should: Vec<u64> = outcome.whole().stages.iter().map(|stage| stage.should_be_open.round() as u64).collect();
    plan.segments[0].open = vec![
        open(&plan, 0, Source::Marketing, should[0], None, None),
        open(&plan, 1, Source::Marketing, should[1], None, None),
    ];
    let outcome = evaluated(&plan);
    assert!(outcome.whole().behind < 1e-6, "{}", outcome.whole().behind);
    same(outcome.whole().togo, 320_000.0);
    assert!(outcome.whole().stages[0].overdue < 1e-9);
}

#[test]
fn stale_and_late_opportunities() {
    let mut plan = plain();
    plan.as_of = date("2027-03-01");
    plan.timing.stale_rate = percent(4);
    for (age, expected) in [(0, 2.5), (60, 2.5), (61, 2.5), (120, 2.5), (121, 0.4), (900, 0.4)] {
        plan.segments[0].open = vec![open(&plan, 1, Source::Marketing, 10, None, Some(age))];
        let outcome = evaluated(&plan);
        same(outcome.whole().progress.expected, expected * 10_000.0);
        let left = u16::saturating_sub(60, age);
        let lands = plan.as_of.plus_days(left.into()).month().unwrap();
        same(month_of(outcome.whole(), &lands.to_string()).from_open, expected * 10_000.0);
    }
}

#[test]
fn what_enters_from_today_on_does_not_land_before_its_days_have_passed() {
    // On 1 July, with 600,000 booked, leads need 90 days: they are won from 29 September on. What is due before is behind and
    // lands late or never; nothing new can be expected in the past, nor in July and August.
    let mut plan = plain();
    plan.as_of = date("2027-07-01");
    plan.segments[0].booked = money(400_000);
    let outcome = evaluated(&plan);
    assert!(outcome.whole().behind > 0.0);
    for month in ["2027-01", "2027-05", "2027-06", "2027-07", "2027-08"] {
        same(month_of(outcome.whole(), month).from_new, 0.0);
    }
    same(sum(outcome.whole().months.iter().map(|month| month.from_new)), 800_000.0);
}

#[test]
fn what_is_lost_is_not_expected() {
    let mut plan = plain();
    plan.as_of = date("2027-11-01");
    plan.segments[0].booked = money(900_000);
    let outcome = evaluated(&plan);
    same(outcome.whole().lost, 300_000.0);
    same(sum(outcome.whole().months.iter().map(|month| month.from_new)), 0.0);
}

#[test]
fn nothing_is_asked_for_in_the_past() {
    let mut plan = plain();
    plan.as_of = date("2027-07-01");
    plan.segments[0].booked = money(400_000);
    let outcome = evaluated(&plan);
    let before = outcome.whole().months.iter().filter(|outcome| outcome.month < month("2027-07"));
    same(sum(before.map(|month| month.entries[0])), 0.0);
    // July: what is overdue, and July's own: all that must be won by 29 October (31 July + 90 days).
    let by_october = 900_000.0 + 100_000.0 * 29.0 / 31.0 - 400_000.0;
    same(month_of(outcome.whole(), "2027-07").entries[0], by_october / 500.0);
}
