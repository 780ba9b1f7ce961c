//! The plans that are offered to somebody new. Each is a golden test (`tests/golden.rs`).

use crate::plan::{
    Base, Basis, Circle, Development, ItemId, Lineage, Mission, Owner, Period, Plan, Revenue, Rounding, Segment,
    Spending, Stage, Step, Timing, templates,
};
use crate::units::{Currency, Date, Days, Money, Month, Rate};

/// Three figures: a target, an average selling price, a close rate of leads. What a first visit and *New plan* show.
///
/// The period is the twelve months from the next quarter on.
pub fn three_figures(lineage: Lineage, today: Date) -> Plan {
    let lead = Stage {
        id: ItemId(1),
        singular: "Lead".to_owned(),
        plural: "Leads".to_owned(),
        owner: Owner::Marketing,
        definition: String::new(),
        available: None,
    };
    let won = Stage {
        id: ItemId(2),
        singular: "Won".to_owned(),
        plural: "Won".to_owned(),
        owner: Owner::Sales,
        ..lead.clone()
    };
    let lead_to_won =
        Step { rate: Rate::from_percent(20), basis: Basis::Guess, days: Days::new(90).unwrap_or_default() };
    Plan {
        lineage,
        next_id: 4,
        name: "My plan".to_owned(),
        currency: Currency::EUR,
        period: Period { start: next_quarter(today), months: 12 },
        as_of: today,
        target: Money::from_major(1_000_000),
        rounding: Rounding::Carry,
        headline: lead.id,
        stages: vec![lead, won],
        base: Base { asp: Money::from_major(20_000), steps: vec![lead_to_won] },
        segments: vec![Segment::whole(ItemId(3))],
        sources: Plan::one_source(),
        mission: Mission::default(),
        circle: Circle::default(),
        revenue: Revenue::default(),
        timing: Timing::default(),
        sales: Vec::new(),
        development: Development::default(),
        spending: Spending::default(),
    }
}

/// The same, broken down by the sales-led template for twice the target: the funnel of the README.
pub fn six_stages(lineage: Lineage, today: Date) -> Plan {
    let mut plan = three_figures(lineage, today);
    "Europe".clone_into(&mut plan.name);
    plan.target = Money::from_major(2_000_000);
    plan.break_down(&templates::SALES_LED);
    plan
}

/// A plan as if it had been made today: of a lineage of its own, for a period that begins with the next quarter.
pub fn made_today(mut plan: Plan, lineage: Lineage, today: Date) -> Plan {
    let before = plan.period.start;
    plan.lineage = lineage;
    plan.period.start = next_quarter(today);
    plan.as_of = today;
    // Who starts and what is bought in one month keeps its distance from the period's start.
    let start = plan.period.start;
    let move_along = |month: &mut Month| *month = moved(*month, before, start);
    for team in &mut plan.sales {
        team.changes.iter_mut().for_each(|change| move_along(&mut change.month));
    }
    plan.development.changes.iter_mut().for_each(|change| move_along(&mut change.month));
    for channel in &mut plan.spending.channels {
        channel.buys_in.iter_mut().for_each(|(month, _)| move_along(month));
    }
    plan.spending.budget_in.iter_mut().for_each(|(month, _)| move_along(month));
    plan
}

/// As far from one month as it was from another.
fn moved(month: Month, from: Month, to: Month) -> Month {
    let index = i32::from(month.index()) - i32::from(from.index()) + i32::from(to.index());
    u16::try_from(index).ok().and_then(Month::from_index).unwrap_or(to)
}

/// The first month of the quarter after the one that `today` lies in.
fn next_quarter(today: Date) -> Month {
    let index = today.month().unwrap_or(Month::FIRST).index();
    // The last quarter of the last year has none after it.
    Month::from_index(index - index % 3 + 3).unwrap_or(Month::FIRST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_plan_begins_with_the_next_quarter() {
        let start = |text: &str| {
            let today = Date::parse_iso(text).unwrap();
            three_figures(Lineage([0; 8]), today).period.start.to_string()
        };
        assert_eq!(start("2026-11-22"), "2027-01");
        assert_eq!(start("2027-01-01"), "2027-04");
        assert_eq!(start("2027-06-30"), "2027-07");
    }

    #[test]
    fn examples_are_whole_plans() {
        let today = Date::parse_iso("2026-11-22").unwrap();
        for plan in [three_figures(Lineage([0; 8]), today), six_stages(Lineage([0; 8]), today)] {
            assert_eq!(plan.check(), Ok(()));
            assert_eq!(plan.issues(), []);
        }
    }
}
