//! Plans from a few figures.

use backcast::plan::{Basis, Circle, Lineage, Open, OwnStep, Period, Plan, Segment, SegmentGoal, Source, examples};
use backcast::units::{Count, Date, Days, Factor, Money, Month, Rate};

pub fn date(text: &str) -> Date {
    Date::parse_iso(text).unwrap()
}

pub fn month(text: &str) -> Month {
    Month::parse_iso(text).unwrap()
}

pub fn money(major: u32) -> Money {
    Money::from_major(major)
}

pub fn percent(percent: u8) -> Rate {
    Rate::from_percent(percent)
}

pub fn days(days: u16) -> Days {
    Days::new(days).unwrap()
}

pub fn factor(times: f64) -> Factor {
    Factor::from_millionths((times * 1e6).round() as u32).unwrap()
}

/// A plan of one segment whose steps have these rates and days.
pub fn plan_of(target: u32, asp: u32, steps: &[(u8, u16)], start: &str, months: u8, as_of: &str) -> Plan {
    let mut plan = examples::three_figures(Lineage([1; 8]), date(as_of));
    while plan.base.steps.len() < steps.len() {
        plan.insert_stage_after(0, "Stage", "Stages");
    }
    for (step, (rate, length)) in plan.base.steps.iter_mut().zip(steps) {
        (step.rate, step.days) = (percent(*rate), days(*length));
    }
    plan.target = money(target);
    plan.base.asp = money(asp);
    plan.period = Period { start: month(start), months };
    plan.as_of = date(as_of);
    plan
}

/// 1,200,000 at 10,000 a deal in 2027; 20 %, 30 days to an opportunity and 25 %, 60 days to won: 10 deals a month.
pub fn plain() -> Plan {
    plan_of(1_200_000, 10_000, &[(20, 30), (25, 60)], "2027-01", 12, "2026-06-01")
}

pub fn open(plan: &Plan, stage: usize, source: Source, count: u64, amount: Option<u32>, age: Option<u16>) -> Open {
    let count = Count::new(count).unwrap();
    Open { stage: plan.stages[stage].id, source, count, amount: amount.map(money), age: age.map(days) }
}

/// Two markets, three sources, one of which enters at the second stage with a price and days of its own; booked and open.
pub fn rich(as_of: &str) -> Plan {
    let mut plan = plan_of(3_000_000, 12_000, &[(30, 21), (40, 35), (25, 60)], "2027-01", 12, as_of);
    let second = Segment::new(plan.new_id(), "South");
    plan.segments.push(second);
    plan.segments[0].goal = SegmentGoal::Share(percent(65));
    plan.segments[1].goal = SegmentGoal::Share(percent(35));
    plan.segments[1].own.asp = Some(money(8_000));
    plan.segments[1].own.steps =
        vec![OwnStep { from: plan.stages[2].id, rate: Some((percent(20), Basis::Measured)), days: Some(days(45)) }];
    plan.sources[0].share = percent(50);
    plan.sources[2].share = percent(30);
    plan.sources[2].entry = Some(plan.stages[1].id);
    plan.sources[2].own.asp = Some(money(30_000));
    plan.sources[2].own.steps = vec![OwnStep { from: plan.stages[2].id, rate: None, days: Some(days(120)) }];
    plan.sources[3].share = percent(20);
    plan.segments[1].shares = Some([percent(70), Rate::ZERO, percent(10), percent(20), Rate::ZERO]);
    plan
}

pub fn with_progress(mut plan: Plan) -> Plan {
    let rows = [
        open(&plan, 2, Source::Marketing, 40, Some(600_000), None),
        open(&plan, 2, Source::Sellers, 12, None, Some(70)),
        open(&plan, 2, Source::Marketing, 9, Some(90_000), Some(500)),
        open(&plan, 1, Source::Partners, 33, None, Some(50)),
        open(&plan, 0, Source::Marketing, 400, None, Some(3)),
    ];
    plan.segments[0].open = rows.to_vec();
    plan.segments[1].open = vec![open(&plan, 1, Source::Sellers, 25, None, None)];
    plan.segments[0].booked = money(300_000);
    plan.segments[1].booked = money(111_111);
    plan.timing.stale_rate = percent(3);
    plan
}

/// Lost opportunities come back as opportunities: ρ = 50 %, of the 75 % that are lost.
pub fn circle(after: u16) -> Plan {
    let mut plan = plain();
    let stage = plan.stages[1].id;
    plan.circle =
        Circle { recycled: percent(50), recycled_after: days(after), recycled_to: Some(stage), ..Circle::default() };
    plan
}
