//! What each sentence and table says, with figures that are worked out by hand.

mod explanations;

use super::*;
use crate::engine::evaluate;
use crate::engine::money::{self, next};
use crate::plan::{Lineage, SegmentGoal, Tier, examples};
use crate::report::Plain;
use crate::units::{Count, Date, Factor, Money, Month};

/// 200 leads a month at 50 each for a plan of 2027 that speaks from its first day: 20 % are won after 90 days, at 20,000.
fn plan() -> Plan {
    let mut plan = examples::three_figures(Lineage([1; 8]), Date::parse_iso("2026-11-22").unwrap());
    plan.as_of = plan.period.first_day();
    add(&mut plan, "Search", 50, 200);
    plan.spending.margin = Rate::from_percent(80);
    plan.spending.churn = Rate::from_percent(2);
    plan
}

/// The funnel of the README in two segments with margins of their own, with three channels that differ in all they can.
fn many() -> Plan {
    let mut plan = examples::six_stages(Lineage([1; 8]), Date::parse_iso("2026-11-22").unwrap());
    plan.split_segment(plan.segments[0].id);
    for (segment, (percent, asp)) in plan.segments.iter_mut().zip([(70, 33_000), (30, 7_000)]) {
        segment.goal = SegmentGoal::Share(Rate::from_percent(percent));
        segment.own.asp = Some(Money::from_major(asp));
    }
    "Enterprise".clone_into(&mut plan.segments[0].name);
    plan.segments[1].margin = Some(Rate::from_percent(55));
    plan.segments[1].churn = Some(Rate::from_percent(7));
    add(&mut plan, "Search", 3, 7_000);
    add(&mut plan, "LinkedIn", 41, 300);
    add(&mut plan, "", 530, 13);
    let (leads, opportunities, enterprise) = (plan.stages[1].id, plan.stages[4].id, plan.segments[0].id);
    let [_, social, events] = plan.spending.channels.as_mut_slice() else { panic!("three channels") };
    social.tiers = vec![Tier { beyond: count(100), cost: Money::from_major(77) }];
    (social.entry, social.validated) = (Some(leads), Rate::from_percent(65));
    social.quality = Factor::from_millionths(1_300_000).unwrap();
    (events.entry, events.segment) = (Some(opportunities), Some(enterprise));
    plan.add_team();
    plan.sales[0].heads = count(3);
    plan.sales[0].quota = Money::from_major(100_000_000);
    plan.spending.seller = Money::from_major(110_000);
    plan.spending.other = Money::from_major(4_700);
    plan.spending.margin = Rate::from_percent(80);
    plan.spending.churn = Rate::from_percent(2);
    plan
}

fn add(plan: &mut Plan, name: &str, cost: u32, buys: u64) {
    let mut channel = Channel::new(plan.new_id(), name);
    (channel.cost, channel.buys) = (Money::from_major(cost), count(buys));
    plan.spending.channels.push(channel);
}

fn count(count: u64) -> Count {
    Count::new(count).unwrap()
}

fn of(plan: &Plan) -> Option<Spend> {
    assert_eq!(plan.check(), Ok(()));
    money::spend(plan, &evaluate(plan))
}

fn said(plan: &Plan) -> String {
    answer(plan, of(plan).as_ref(), &Plain).text()
}

fn shown(row: &[Value]) -> Vec<&str> {
    row.iter().map(Value::shown).collect()
}

#[test]
fn the_answer_says_what_is_spent_and_what_it_brings() {
    let mut plan = plan();
    // What is bought after 2 October lands after the period. 362.6 customers of 20,000 come of it before.
    let spends =
        "Marketing spends EUR 120,000; what it buys brings EUR 7,251,613 in the period, and EUR 2,348,387 later.";
    assert_eq!(said(&plan), format!("{spends} A customer costs EUR 331 and pays back in 0.2 months."));
    plan.spending.margin = Rate::ZERO;
    assert_eq!(said(&plan), format!("{spends} A customer costs EUR 331."));
    plan.spending.channels[0].quality = Factor::from_millionths(0).unwrap();
    assert!(!said(&plan).contains("A customer costs"), "{}", said(&plan));
    plan.spending.channels[0].quality = Factor::ONE;
    plan.spending.budget = Some(Money::from_major(10_000));
    plan.spending.budget_in = vec![(Month::parse_iso("2027-04").unwrap(), Money::from_major(7_500))];
    assert_eq!(
        said(&plan),
        format!("{spends} Marketing is EUR 2,500 over its budget, first in April 2027. A customer costs EUR 331.")
    );
}

#[test]
fn what_is_missing_is_asked_for() {
    let mut plan = plan();
    plan.as_of = Date::parse_iso("2028-01-01").unwrap();
    assert_eq!(said(&plan), "The period is over: nothing can be bought for it any more.");
    plan.as_of = plan.period.first_day();
    plan.spending.channels[0].buys = count(0);
    assert_eq!(said(&plan), "Nothing is bought yet: say how many entries a channel buys a month.");
    plan.spending.channels.clear();
    let add =
        "Add a channel, with what an entry costs and how many it buys a month: then you see what the budget buys.";
    assert_eq!(said(&plan), add);
    plan.spending.other = Money::from_major(5_000);
    plan.spending.margin = Rate::from_percent(72);
    assert_eq!(said(&plan), format!("{add} A customer costs EUR 1,200 and pays back in 1 month."));
}

#[test]
fn a_channel_has_a_row() {
    let mut plan = plan();
    plan.spending.channels[0].validated = Rate::from_percent(50);
    add(&mut plan, " ", 10, 0);
    let table = channels(&plan, &of(&plan).unwrap(), &Plain);
    assert!(table.rows.iter().all(|row| row.len() == table.head.len()));
    assert_eq!(table.head[3..5], ["Spend (EUR)", "Cost per lead (EUR)"]);
    assert_eq!(
        shown(&table.rows[0]),
        [
            "Search",
            "2,400",
            "1,200",
            "EUR 120,000",
            "EUR 100",
            "240",
            "EUR 500",
            "EUR 3,625,806",
            "EUR 1,174,194",
            "32×"
        ]
    );
    assert_eq!(shown(&table.rows[1]), ["Channel 2", "0", "0", "EUR 0", "–", "0", "–", "EUR 0", "EUR 0", "–"]);
    plan.spending.margin = Rate::ZERO;
    assert_eq!(channels(&plan, &of(&plan).unwrap(), &Plain).rows[0][9].shown(), "not said");
}

#[test]
fn a_month_has_a_row() {
    let mut plan = plan();
    plan.spending.other = Money::from_major(1_000);
    let rows = |plan: &Plan| months(plan, &of(plan).unwrap(), &Plain);
    let table = rows(&plan);
    assert_eq!(table.rows.len(), 12);
    assert_eq!(table.head.len(), 6);
    // January's leads are won from 1 April on.
    let april = ["April 2027", "EUR 10,000", "EUR 1,000", "not said", "–", "EUR 774,194"];
    assert_eq!(shown(&table.rows[3]), april);
    plan.spending.budget = Some(Money::from_major(9_000));
    assert_eq!(shown(&rows(&plan).rows[0][3..]), ["EUR 9,000", "EUR 2,000", "EUR 0"]);
}

#[test]
fn a_stage_has_what_one_costs() {
    let mut plan = plan();
    let table = stages(&plan, &of(&plan).unwrap(), &Plain);
    assert_eq!(table.head, ["Stage", "Cost of one (EUR)"]);
    assert_eq!(table.rows.iter().map(|row| shown(row)).collect::<Vec<_>>(), [["Leads", "EUR 50"], ["Won", "EUR 250"]]);
    plan.spending.channels.clear();
    assert_eq!(stages(&plan, &of(&plan).unwrap(), &Plain).rows[0][1].shown(), "–");
}

#[test]
fn customers_have_a_row_for_each_segment_and_the_whole() {
    let mut plan = plan();
    let rows = |plan: &Plan| {
        let table = customers(plan, &of(plan).unwrap(), &Plain);
        let rows = table.rows.iter().map(|row| shown(row).join(", "));
        rows.collect::<Vec<_>>()
    };
    // 20,000 a year at 80 % is 1,333 a month.
    assert_eq!(rows(&plan), ["Everything, EUR 331, 0.2, EUR 66,667, 201.4×"]);
    plan.split_segment(plan.segments[0].id);
    plan.segments[0].churn = Some(Rate::ZERO);
    plan.segments[1].goal = SegmentGoal::Share(Rate::ZERO);
    plan.segments[0].goal = SegmentGoal::Share(Rate::ONE);
    assert_eq!(
        rows(&plan),
        [
            "Segment 1, EUR 331, 0.2, not said, not said",
            "Segment 2, none is won, none is won, none is won, none is won",
            "Everything, EUR 331, 0.2, not said, not said"
        ]
    );
    plan.segments[0].margin = Some(Rate::ZERO);
    assert_eq!(rows(&plan)[0], "Segment 1, EUR 331, not said, not said, not said");
    plan.spending.channels.clear();
    assert_eq!(rows(&plan)[2], "Everything, not said, not said, not said, not said");
}

/// A change of the first channel.
fn moved(plan: &Plan, month: &str, asked: f64) -> String {
    let id = plan.spending.channels[0].id;
    let found = money::change(plan, &evaluate(plan), id, Month::parse_iso(month).unwrap(), asked).unwrap();
    change(plan, &found, asked, &Plain)
}

#[test]
fn a_cut_says_what_it_costs_and_when() {
    let mut plan = plan();
    // The first enters on 1 March and is won on 30 May.
    assert_eq!(
        moved(&plan, "2027-03", -5_000.0),
        "Cutting EUR 5,000 from Search in March costs EUR 400,000 of bookings: EUR 25,806 in May, EUR 374,194 in June."
    );
    assert_eq!(
        moved(&plan, "2027-10", -5_000.0),
        "Cutting EUR 5,000 from Search in October costs EUR 25,806 of bookings in December, and EUR 374,194 after the period."
    );
    assert_eq!(
        moved(&plan, "2027-11", -50_000.0),
        "Only EUR 10,000 of EUR 50,000 can be cut from Search in November. That costs no bookings in this period, but EUR 800,000 after it."
    );
    assert_eq!(moved(&plan, "2027-11", 0.0), "");
    plan.spending.channels[0].floor = count(150);
    assert_eq!(
        moved(&plan, "2027-04", -9_000.0),
        "Only EUR 2,500 of EUR 9,000 can be cut from Search in April (its floor is 150 leads a month). That costs EUR 200,000 of bookings: EUR 6,667 in June, EUR 193,333 in July."
    );
    (plan.spending.channels[0].buys, plan.spending.channels[0].ceiling) = (count(150), Some(count(150)));
    assert_eq!(
        moved(&plan, "2027-04", -1_000.0),
        "Nothing can be cut from Search in April: its floor is 150 leads a month."
    );
    // All of it can.
    plan.spending.channels[0].ceiling = None;
    assert!(
        moved(&plan, "2027-04", -8_000.0).starts_with("Only EUR 7,500 of EUR 8,000 can be cut from Search in April. ")
    );
    plan.spending.channels[0].buys = count(0);
    assert_eq!(moved(&plan, "2027-04", -1_000.0), "Nothing can be cut from Search in April.");
    assert_eq!(
        moved(&plan, "2027-04", 1_000.0),
        "No more can be spent on Search in April: its floor is 150 leads a month."
    );
}

#[test]
fn more_says_what_it_brings_and_when() {
    let mut plan = plan();
    // What enters from 16 to 31 March, in the month of the as-of date, is won from 14 to 29 June.
    plan.as_of = Date::parse_iso("2027-03-16").unwrap();
    plan.spending.channels[0].ceiling = Some(count(300));
    assert_eq!(
        moved(&plan, "2027-03", 1_000.0),
        "Another EUR 1,000 for Search in March brings EUR 80,000 of bookings in June."
    );
    assert!(moved(&plan, "2027-04", 6_000.0).starts_with(
        "Only EUR 5,000 of another EUR 6,000 can go to Search in April (its ceiling is 300 leads a month). That brings EUR 400,000 of bookings: "
    ));
    let half = 16.0 / 31.0 * 5_000.0;
    assert!(moved(&plan, "2027-03", 6_000.0).contains(&format!(
        "Only EUR {} of another EUR 6,000 can go to Search in March (its ceiling is 300 ",
        Plain.number(half, 0)
    )));
    plan.spending.channels[0].ceiling = Some(count(200));
    assert_eq!(
        moved(&plan, "2027-03", 1_000.0),
        "No more can be spent on Search in March: its ceiling is 200 leads a month."
    );
    plan.spending.channels[0].ceiling = None;
    plan.base.steps[0].rate = Rate::ZERO;
    assert_eq!(moved(&plan, "2027-12", 1_000.0), "Another EUR 1,000 for Search in December brings no bookings.");
}

#[test]
fn what_is_little_is_not_listed() {
    let mut plan = plan();
    plan.timing.spread = Factor::from_millionths(500_000).unwrap();
    let said = moved(&plan, "2027-02", 1_000.0);
    assert!(said.contains(" and less in other months, and EUR "), "{said}");
    let (_, months) = said.split_once(": ").unwrap();
    assert!(months.starts_with("EUR 11,176 in March, ") && !months.contains("October"), "{said}");
    // The year of a month that is not in the period's last.
    plan.timing.spread = Factor::ZERO;
    plan.as_of = Date::parse_iso("2026-09-01").unwrap();
    let said = moved(&plan, "2026-09", 1_000.0);
    assert!(said.contains("Search in September 2026 brings") && said.contains(" in December 2026."), "{said}");
}

#[test]
fn the_best_place_for_more_comes_first() {
    let mut plan = plan();
    add(&mut plan, "Cheap", 25, 10);
    plan.spending.channels[1].ceiling = Some(count(200));
    add(&mut plan, "Full", 1, 10);
    plan.spending.channels[2].ceiling = Some(count(10));
    // What is free is no place for money.
    add(&mut plan, "Free", 0, 10);
    plan.spending.channels[3].tiers = vec![Tier { beyond: count(100), cost: Money::from_major(1) }];
    plan.spending.channels[3].ceiling = Some(count(100));
    let all = next(&plan, &evaluate(&plan), 10_000.0);
    assert_eq!(
        best(&plan, &all, &Plain),
        [
            "Search in January: another EUR 10,000 brings EUR 800,000 in the period.",
            "Cheap in January: another EUR 4,750 brings EUR 760,000 in the period."
        ]
    );
    for _ in 0..5 {
        add(&mut plan, "More", 60, 0);
    }
    assert_eq!(best(&plan, &next(&plan, &evaluate(&plan), 10_000.0), &Plain).len(), 5);
}
