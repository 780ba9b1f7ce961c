use super::*;
use crate::engine::evaluate;
use crate::plan::{HeadChange, Lineage, examples};
use crate::units::{Count, Date, Days, Factor, Money};

/// So many leads in each month of 2027: 20 % of them are won at once, each for 20,000. A lead takes eight touches of five minutes.
fn plan(leads_a_month: u32, heads: u64) -> Plan {
    let mut plan = examples::three_figures(Lineage([1; 8]), Date::parse_iso("2026-11-22").unwrap());
    plan.as_of = Date::parse_iso("2027-01-01").unwrap();
    plan.target = Money::from_major(leads_a_month * 12 * 4_000);
    plan.base.steps[0].days = Days::ZERO;
    plan.development.heads = Count::new(heads).unwrap();
    plan
}

fn of(plan: &Plan) -> DevelopmentOutcome {
    development(plan, &evaluate(plan)).unwrap()
}

fn count(count: u64) -> Count {
    Count::new(count).unwrap()
}

fn factor(per_cent: u32) -> Factor {
    Factor::from_millionths(per_cent * 10_000).unwrap()
}

fn change(month: &str, what: Move, heads: u64) -> HeadChange {
    HeadChange { month: Month::parse_iso(month).unwrap(), what, heads: count(heads) }
}

#[track_caller]
fn near(actual: f64, expected: f64) {
    assert!((actual - expected).abs() < 1e-6 * expected.abs().max(1.0), "{actual} is not {expected}");
}

/// February 2027 has 20 working days of eight hours, a lead takes 40 minutes: a head works 12 a day and 240 in the month.
#[test]
fn a_month_has_its_working_days() {
    let outcome = of(&plan(120, 1));
    near(outcome.a_day, 12.0);
    let [january, february] = [outcome.months[0], outcome.months[1]];
    near(february.leads, 120.0);
    near(february.per_hour, 120.0 / 160.0);
    near(february.most, 240.0);
    near(february.load.unwrap(), 0.5);
    near(january.most, 240.0 * 31.0 / 28.0);
    assert_eq!((outcome.busiest, outcome.months.len(), february.needed), (1, 12, Some(1)));
    near(outcome.bookings, 120.0 * 12.0 * 4_000.0);
    near(outcome.expected, outcome.bookings);
}

#[test]
fn what_cannot_be_worked_waits_and_brings_nothing() {
    let mut short = plan(300, 1);
    let outcome = of(&short);
    // 12 a day: 31, 28 and 31 days of which five in seven are worked.
    near(outcome.months[0].waits, 300.0 - 12.0 * 31.0 * 5.0 / 7.0);
    near(outcome.months[1].waits, 600.0 - 12.0 * 59.0 * 5.0 / 7.0);
    near(outcome.months[1].load.unwrap(), 1.25);
    near(outcome.worked, 12.0 * 365.0 * 5.0 / 7.0 / 3_600.0);
    near(outcome.bookings, 12.0 * 365.0 * 5.0 / 7.0 * 4_000.0);
    // Twice as many leads are no more wins.
    near(of(&plan(600, 1)).bookings, outcome.bookings);
    short.development.changes.push(change("2027-03", Move::Start, 1));
    let joined = of(&short);
    near(joined.months[2].worked, 900.0 - 12.0 * 59.0 * 5.0 / 7.0);
    near(joined.months[2].waits, 0.0);
    near(joined.bookings, joined.expected);
}

#[test]
fn who_starts_after_the_last_useful_date_helps_the_next_period() {
    let mut plan = plan(120, 0);
    // Until 2 October.
    plan.base.steps[0].days = Days::new(90).unwrap();
    plan.development.changes = vec![change("2027-11", Move::Start, 99)];
    let late = of(&plan);
    assert!(late.worked <= 0.0 && late.months[10].worked > 0.0 && late.expected > 0.0);
    plan.development.changes = vec![change("2027-10", Move::Start, 99)];
    near(of(&plan).bookings, late.expected);
}

/// The example of handbooks of call centres (see `response`), in which a touch takes three minutes, with all times thirty times as
/// long: in February ten are busy, 14 heads answer 88.8 % within ten minutes, and 13 not quite 80 %.
#[test]
fn what_can_be_promised_is_that_of_published_tables() {
    let mut plan = plan(0, 14);
    // 160 hours ÷ 90 minutes × 10 busy, in each of twelve months.
    plan.target = Money::from_major(51_200_000);
    plan.development.touches = Factor::ONE;
    plan.development.minutes = factor(9_000);
    (plan.development.promise, plan.development.within) = (Rate::from_percent(80), count(10));
    plan.development.outside = Some(Rate::from_percent(25));
    let outcome = of(&plan);
    let busiest = outcome.months[outcome.busiest];
    assert_eq!((outcome.busiest, busiest.needed), (1, Some(14)));
    assert!((busiest.in_time - 0.888).abs() < 5e-4, "{}", busiest.in_time);
    near(busiest.of_all, 0.75 * busiest.in_time);
    plan.development.heads = count(9);
    assert!(of(&plan).months[1].in_time <= 0.0);
    plan.development.promise = Rate::ONE;
    assert_eq!(of(&plan).months[1].needed, None);
    plan.development.outside = None;
    near(of(&plan).outside, 16.0 / 21.0);
}

#[test]
fn a_quick_answer_acts_on_odds_of_those_who_get_one() {
    let mut plan = plan(10, 9);
    plan.development.odds = factor(200);
    plan.development.outside = Some(Rate::ZERO);
    // Without a promise nobody is answered in time.
    assert_eq!((of(&plan).lifted, of(&plan).rate), (0.2, 0.2));
    // So long that everybody is: odds of one to four become one to two.
    plan.development.within = count(1_000_000);
    let outcome = of(&plan);
    near(outcome.in_time.unwrap(), 1.0);
    near(outcome.lifted, 1.0 / 3.0);
    near(outcome.lifted_bookings, outcome.expected * 5.0 / 3.0);
    plan.development.outside = Some(Rate::from_percent(50));
    near(of(&plan).lifted, 0.5 * 0.2 + 0.5 / 3.0);
    plan.development.odds_most = Rate::from_percent(25);
    near(of(&plan).lifted, 0.225);
    assert_eq!(of(&plan).bookings.to_bits(), outcome.bookings.to_bits());
    // What is overdue is promised nothing: half of the year.
    plan.as_of = Date::parse_iso("2027-07-01").unwrap();
    near(of(&plan).in_time.unwrap(), 0.25);
}

#[test]
fn heads_start_and_leave_and_are_never_fewer_than_none() {
    let mut plan = plan(120, 2);
    plan.as_of = Date::parse_iso("2027-02-15").unwrap();
    plan.development.changes = vec![
        change("2027-02", Move::Start, 5),
        change("2027-03", Move::Leave, 3),
        change("2027-03", Move::Start, 1),
        change("2027-05", Move::Start, 2),
    ];
    let outcome = of(&plan);
    let heads: Vec<f64> = outcome.months.iter().take(5).map(|month| month.heads).collect();
    assert_eq!(heads, [2.0, 1.0, 1.0, 3.0, 3.0]);
    assert_eq!(outcome.issues, [Issue::MoreLeaveThanThere(0)]);
    // Half of February is left; what should have come by then is asked for in it, and is a pile of its own.
    near(outcome.months[0].most, 240.0);
    near(outcome.months[0].leads, 240.0);
    near(outcome.months[0].overdue, 180.0);
    near(outcome.months[0].per_hour, 60.0 / 80.0);
    assert_eq!((outcome.months[0].needed, outcome.months[1].overdue), (Some(1), 0.0));
    plan.development.changes = vec![change("2027-03", Move::Leave, 2)];
    let left = of(&plan);
    assert_eq!((left.issues.as_slice(), left.months[1].load), (&[][..], None));
    near(left.worked, 240.0 / (120.0 * 12.0));
}

#[test]
fn without_heads_hours_or_leads_there_is_nothing_to_say() {
    let none = |change: fn(&mut Plan)| {
        let mut plan = plan(120, 1);
        change(&mut plan);
        development(&plan, &evaluate(&plan)).is_none()
    };
    assert!(none(|plan| plan.development = Development::default()));
    assert!(none(|plan| plan.development.hours = Factor::ZERO));
    assert!(none(|plan| plan.development.minutes = Factor::ZERO));
    assert!(none(|plan| plan.development.works = Some(plan.stages[1].id)));
    assert!(none(|plan| plan.as_of = Date::parse_iso("2028-01-01").unwrap()));
    assert!(!none(|plan| plan.as_of = Date::parse_iso("2027-12-31").unwrap()));
    assert!(!none(|plan| (plan.development.heads, plan.development.within) = (Count::default(), count(15))));
    let mut idle = plan(0, 1);
    idle.development.within = count(15);
    let idle = of(&idle);
    assert_eq!((idle.worked, idle.months[0].needed, idle.months[0].in_time), (1.0, Some(0), 1.0));
}

#[test]
fn only_what_passes_the_stage_needs_them() {
    let mut plan = examples::six_stages(Lineage([1; 8]), Date::parse_iso("2026-11-22").unwrap());
    assert_eq!(worked_stage(&plan), 3);
    plan.development.works = Some(plan.stages[2].id);
    plan.development.heads = count(1);
    near(of(&plan).expected, 2_000_000.0);
    let [marketing, _, sellers, ..] = &mut plan.sources;
    (marketing.share, sellers.share) = (Rate::from_percent(60), Rate::from_percent(40));
    sellers.entry = Some(plan.stages[4].id);
    let outcome = of(&plan);
    near(outcome.expected, 1_200_000.0);
    near(outcome.rate, 0.4);
    plan.development.works = Some(plan.stages[4].id);
    near(of(&plan).expected, 2_000_000.0);
}
