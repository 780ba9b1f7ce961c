//! What stands in a row of the funnel.

use crate::engine::{Need, Outcome, StageOutcome};
use crate::plan::Plan;
use crate::report::{Format, amount, answer, count, words};

/// How many must enter the stage.
pub fn needed(figures: &StageOutcome, format: &dyn Format) -> String {
    figures.volume.figure().map_or_else(|| "out of reach".to_owned(), |volume| count(format, volume))
}

/// *1,215 a month, by 18 September*; for the last stage *€20,000 each*. Empty when nothing of the kind is to be said.
pub fn pace(plan: &Plan, outcome: &Outcome, position: usize, format: &dyn Format) -> String {
    let Some(figures) = outcome.stages.get(position) else { return String::new() };
    if position + 1 == plan.stages.len() {
        return format!("{} each", amount(format, plan.segment.asp.major(), plan.currency));
    }
    let by = answer::near(format, figures.last_useful, plan.period.last_day());
    match figures.pace {
        Some(Need::Of(pace)) => format!("{} a month, by {by}", count(format, pace)),
        Some(Need::OutOfReach(_)) => String::new(),
        None => format!("had to come by {by}"),
    }
}

/// *Marketing hands over to sales: 24 leads a month, worth €96,627 of bookings*; empty where nobody hands over.
pub fn handoff(plan: &Plan, outcome: &Outcome, position: usize, format: &dyn Format) -> String {
    let handoff = outcome.handoffs.iter().find(|handoff| handoff.stage == position);
    let Some((handoff, figures)) = handoff.zip(outcome.stages.get(position)) else { return String::new() };
    let plural = words::plural(plan, position);
    let what = match (figures.pace, handoff.worth_a_month) {
        (Some(Need::Of(pace)), Some(Need::Of(worth))) => format!(
            "{} {plural} a month, worth {} of bookings",
            count(format, pace),
            amount(format, worth, plan.currency)
        ),
        (None, _) => format!("{plural} are too late for this period"),
        _ => format!("no number of {plural} would do"),
    };
    let (from, to) = (words::owner(handoff.from), words::owner(handoff.to).to_ascii_lowercase());
    format!("{from} hands over to {to}: {what}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::evaluate;
    use crate::plan::{Lineage, examples};
    use crate::report::Plain;
    use crate::units::{Date, Rate};

    fn plan(as_of: &str) -> Plan {
        examples::six_stages(Lineage([1; 8]), Date::parse_iso(as_of).unwrap())
    }

    #[test]
    fn a_row_says_how_fast_and_until_when() {
        let mut plan = plan("2026-11-22");
        let pace_of = |plan: &Plan, position| pace(plan, &evaluate(plan), position, &Plain);
        assert_eq!(pace_of(&plan, 1), "1,053 a month, by 18 September");
        assert_eq!(pace_of(&plan, 5), "EUR 20,000 each");
        // Three years: the date lies in another year than the period's end.
        plan.period.months = 36;
        plan.segment.steps[4].days = crate::units::Days::new(400).unwrap();
        assert_eq!(pace_of(&plan, 1), "462 a month, by 8 October 2028");
        plan.segment.steps[4].rate = Rate::ZERO;
        assert_eq!(pace_of(&plan, 1), "");
        plan.as_of = Date::parse_iso("2029-12-31").unwrap();
        assert_eq!(pace_of(&plan, 1), "had to come by 8 October 2028");
        assert_eq!(needed(&evaluate(&plan).stages[1], &Plain), "out of reach");
    }

    #[test]
    fn a_handoff_says_what_crosses_the_line() {
        let said = |plan: &Plan, position| handoff(plan, &evaluate(plan), position, &Plain);
        let mut plan = plan("2027-01-01");
        assert_eq!(
            said(&plan, 2),
            "Marketing hands over to sales development: 260 MQLs a month, worth EUR 166,325 of bookings"
        );
        assert_eq!(said(&plan, 1), "");
        plan.as_of = Date::parse_iso("2028-12-31").unwrap();
        assert_eq!(said(&plan, 2), "Marketing hands over to sales development: MQLs are too late for this period");
        plan.as_of = plan.period.first_day();
        plan.segment.steps[3].rate = Rate::ZERO;
        assert_eq!(said(&plan, 2), "Marketing hands over to sales development: no number of MQLs would do");
    }
}
