//! Published examples, each with its source, and a few computed by hand.
#![allow(
    clippy::unwrap_used,
    clippy::float_cmp,
    reason = "a test that cannot go on ends there; equal means the same bits"
)]

use backcast::engine::{self, CloseRate, Need, Obstacle, Outcome, money};
use backcast::plan::{Lineage, Plan, Rounding, examples};
use backcast::units::{Count, Date, Days, Money, Rate};

fn day(text: &str) -> Date {
    Date::parse_iso(text).unwrap()
}

/// A plan with these rates from first touch to won, no days, and stages called S0, S1, …
fn plan(target: u32, asp: u32, rates: &[u32]) -> Plan {
    let mut plan = examples::three_figures(Lineage([1; 8]), day("2026-12-31"));
    while plan.stages.len() < rates.len() + 1 {
        plan.insert_stage_after(0, "S", "S");
    }
    plan.target = Money::from_major(target);
    plan.base.asp = Money::from_major(asp);
    for (step, rate) in plan.base.steps.iter_mut().zip(rates) {
        step.rate = Rate::from_millionths(*rate).unwrap();
        step.days = Days::ZERO;
    }
    plan
}

fn volumes(outcome: &Outcome) -> Vec<f64> {
    outcome.whole().stages.iter().map(|stage| stage.volume.figure().unwrap()).collect()
}

#[track_caller]
fn close(actual: f64, expected: f64) {
    assert!((actual - expected).abs() <= expected.abs() * 1e-9, "{actual} is not {expected}");
}

/// Kellogg, "The inverted demand generation funnel", part I, kellblog.com, 2019-12-03.
#[test]
fn kellogg_inverted_funnel() {
    let outcome = engine::evaluate(&plan(2_000_000, 75_000, &[200_000]));
    close(volumes(&outcome)[1], 26.666_666_666_7);
    close(volumes(&outcome)[0], 133.333_333_333);
}

/// RevEngine's unit test (github cabyz/RevEngine): ten sales through contact, meeting, show and close.
#[test]
fn revengine_leads() {
    let outcome = engine::evaluate(&plan(10, 1, &[600_000, 300_000, 700_000, 250_000]));
    close(volumes(&outcome)[0], 317.460_317_460_3);
}

/// Oneshot activity calculator (github DebjitPramanick): rounded up at each stage and carried.
#[test]
fn oneshot_ceils_each_stage() {
    let mut plan = plan(100_000, 3_000, &[150_000, 400_000, 300_000]);
    close(volumes(&engine::evaluate(&plan))[0], 1_851.851_851_85);
    plan.rounding = Rounding::CeilEachStage;
    assert_eq!(volumes(&engine::evaluate(&plan)), [1_900.0, 285.0, 114.0, 34.0]);
}

/// A revenue waterfall with integer carry (worked example 4): rounded half up at each stage, forwards.
#[test]
fn waterfall_rounds_half_up_forwards() {
    let mut plan = plan(1, 1, &[250_000, 350_000, 550_000, 250_000, 300_000]);
    plan.stages[0].available = Count::new(1_000);
    let wins = |plan: &Plan| engine::evaluate(plan).whole().stages[0].forward.unwrap().wins;
    close(wins(&plan), 3.609_375);
    plan.rounding = Rounding::RoundEachStage;
    close(wins(&plan), 4.0);
    plan.rounding = Rounding::CeilEachStage;
    // 250, 87, 47, 11, 3: upwards is towards the target, so downwards is the cautious way here.
    close(wins(&plan), 3.0);
}

/// The figures of the design's mock page: 2,000,000 at 20,000 through the sales-led funnel.
#[test]
fn the_sales_led_funnel() {
    let mut plan = examples::six_stages(Lineage([1; 8]), day("2027-01-01"));
    plan.period.start = day("2027-01-01").month().unwrap();
    let outcome = engine::evaluate(&plan);
    let rounded: Vec<f64> = volumes(&outcome).iter().map(|volume| volume.round()).collect();
    assert_eq!(rounded, [520_833.0, 10_417.0, 3_125.0, 1_250.0, 500.0, 100.0]);
    let lead = &outcome.whole().stages[1];
    assert_eq!(lead.last_useful, day("2027-09-18"));
    close(lead.value_each, 192.0);
    close(lead.rate_to_won, 0.0096);
    // 261 days from 1 January to 18 September are 8.575 months.
    close(lead.pace.unwrap().figure().unwrap(), 10_416.666_666_67 / (261.0 / 30.4375));
    assert_eq!(outcome.whole().pipeline, Need::Of(10_000_000.0));
    assert_eq!(outcome.whole().stages[0].days_to_won, 118);
    let lines: Vec<usize> = outcome.handoffs.iter().map(|handoff| handoff.stage).collect();
    assert_eq!(lines, [2, 3]);
    close(
        outcome.whole().stages[outcome.handoffs[0].stage].worth_a_month.unwrap().figure().unwrap(),
        2_000_000.0 / (282.0 / 30.4375),
    );
}

/// Before the period, the window begins when entries first land in it: 83 days before 1 January is 10 October.
#[test]
fn a_window_begins_when_entries_land_in_the_period() {
    let mut plan = examples::six_stages(Lineage([1; 8]), day("2026-10-02"));
    plan.period.start = day("2027-01-01").month().unwrap();
    let window = |plan: &Plan, stage: usize| engine::evaluate(plan).whole().stages[stage].window;
    let mql = window(&plan, 2).unwrap();
    assert_eq!((mql.from, mql.to, mql.days()), (day("2026-10-10"), day("2027-10-09"), 365));
    let visitor = window(&plan, 0).unwrap();
    assert_eq!((visitor.from, visitor.to), (day("2026-10-02"), day("2027-09-04")));
    plan.as_of = day("2027-09-05");
    assert_eq!(window(&plan, 0), None, "what enters now counts for the next period");
    assert!(window(&plan, 1).is_some());
}

/// 800 leads at 20 % and 20,000 bring 3,200,000 of 4,000,000; a close rate of 25 % would close the gap.
#[test]
fn what_one_has_brings_this_much() {
    let mut plan = plan(4_000_000, 20_000, &[200_000]);
    plan.stages[0].available = Count::new(800);
    let forward = engine::evaluate(&plan).whole().stages[0].forward.unwrap();
    close(forward.revenue, 3_200_000.0);
    close(forward.gap, 800_000.0);
    assert_eq!(forward.close_rate, CloseRate::At(0.25));
    plan.stages[0].available = Count::new(100);
    assert_eq!(engine::evaluate(&plan).whole().stages[0].forward.unwrap().close_rate, CloseRate::OverOne(2.0));
    plan.stages[0].available = Count::new(0);
    assert_eq!(engine::evaluate(&plan).whole().stages[0].forward.unwrap().close_rate, CloseRate::None);
}

#[test]
fn what_cannot_be_reached_is_a_value() {
    let mut nobody = plan(1_000_000, 20_000, &[500_000, 0, 200_000]);
    let outcome = engine::evaluate(&nobody);
    let obstacles: Vec<Need> = outcome.whole().stages.iter().map(|stage| stage.volume).collect();
    let blocked = Need::OutOfReach(Obstacle::Rate(1));
    assert_eq!(obstacles, [blocked, blocked, Need::Of(250.0), Need::Of(50.0)]);
    nobody.base.asp = Money::ZERO;
    assert_eq!(engine::evaluate(&nobody).whole().stages[3].carried, Need::OutOfReach(Obstacle::Price));

    let nothing = engine::evaluate(&plan(0, 20_000, &[200_000]));
    assert_eq!(volumes(&nothing), [0.0, 0.0]);
}

#[test]
fn the_largest_target_through_the_narrowest_funnel_stays_a_number() {
    let mut plan = plan(1, 1, &[100; 9]);
    plan.target = Money::MAX;
    plan.base.asp = Money::from_thousandths(1).unwrap();
    for rounding in [Rounding::Carry, Rounding::CeilEachStage, Rounding::RoundEachStage] {
        plan.rounding = rounding;
        let first = engine::evaluate(&plan).whole().stages[0].volume.figure().unwrap();
        close(first, 1e54);
    }
}

/// Unit economics template: 50,000 of marketing and sales for 25 customers who pay 500 a month at 80 % margin and 5 % monthly churn:
/// CAC 2,000, LTV 8,000 and, from both, a payback of 5.0 months.
#[test]
fn unit_economics_are_as_published() {
    let mut plan = plan(25 * 6_000, 6_000, &[200_000]);
    plan.period.months = 1;
    plan.as_of = plan.period.first_day();
    plan.spending.other = Money::from_major(20_000);
    plan.spending.margin = Rate::from_percent(80);
    plan.spending.churn = Rate::from_percent(5);
    // 30,000 of the 50,000 are three sellers at 120,000 a year.
    plan.add_team();
    plan.sales[0].heads = Count::new(3).unwrap();
    plan.spending.seller = Money::from_major(120_000);
    let customers = money::spend(&plan, &engine::evaluate(&plan)).unwrap().customers;
    close(customers.cost, 50_000.0);
    close(customers.customers, 25.0);
    close(customers.cac.unwrap(), 2_000.0);
    close(customers.arpa.unwrap(), 500.0);
    close(customers.ltv.unwrap(), 8_000.0);
    close(customers.payback.unwrap(), 5.0);
    close(customers.ltv_to_cac.unwrap(), 4.0);
}
