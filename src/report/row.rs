//! What stands in a row of the funnel.

use crate::engine::{Need, Part, StageOutcome};
use crate::plan::Plan;
use crate::report::{Format, amount, answer, count, words};

/// How many must enter the stage.
pub fn needed(figures: &StageOutcome, format: &dyn Format) -> String {
    if !figures.is_passed {
        return "–".to_owned();
    }
    figures.volume.figure().map_or_else(|| "out of reach".to_owned(), |volume| count(format, volume))
}

/// *1,215 a month, by 18 September*; for the last stage *€20,000 each*. Empty when nothing of the kind is to be said.
pub fn pace(plan: &Plan, part: &Part, position: usize, format: &dyn Format) -> String {
    let Some(figures) = part.stages.get(position).filter(|figures| figures.is_passed) else { return String::new() };
    if position + 1 == plan.stages.len() {
        // Of what is still to be won, as long as something is.
        let each = figures.carried.figure().filter(|&deals| deals > 0.0).map(|deals| part.togo / deals);
        return format!("{} each", amount(format, each.unwrap_or(figures.value_each), plan.currency));
    }
    let near = |date| answer::near(format, date, plan.period.last_day());
    let by = if figures.earliest_last_useful == figures.last_useful {
        near(figures.last_useful)
    } else {
        format!("{} to {}", near(figures.earliest_last_useful), near(figures.last_useful))
    };
    match figures.pace {
        Some(Need::Of(pace)) => format!("{} a month, by {by}", count(format, pace)),
        Some(Need::OutOfReach(_)) => String::new(),
        None => format!("had to come by {by}"),
    }
}

/// *Marketing hands over to sales: 24 leads a month, worth €96,627 of bookings*; empty where nobody hands over.
pub fn handoff(plan: &Plan, part: &Part, position: usize, format: &dyn Format) -> String {
    let pair = plan.stages.get(position).zip(plan.stages.get(position + 1));
    let pair = pair.filter(|(before, after)| before.owner != after.owner);
    let figures = part.stages.get(position).filter(|figures| figures.is_passed);
    let Some(((before, after), figures)) = pair.zip(figures) else { return String::new() };
    let plural = words::plural(plan, position);
    let what = match (figures.pace, figures.worth_a_month) {
        (Some(Need::Of(pace)), Some(Need::Of(worth))) => format!(
            "{} {plural} a month, worth {} of bookings",
            count(format, pace),
            amount(format, worth, plan.currency)
        ),
        (None, _) => format!("{plural} are too late for this period"),
        _ => format!("no number of {plural} would do"),
    };
    let (from, to) = (words::owner(before.owner), words::owner(after.owner).to_ascii_lowercase());
    format!("{from} hands over to {to}: {what}")
}

/// The rate of a step over all that pass it, sums over sums, where it is another than the one that is inherited.
pub fn together(plan: &Plan, part: &Part, position: usize) -> Option<f64> {
    let here = part.stages.get(position).filter(|stage| stage.is_passed)?;
    let inherited = plan.step_in(part.scope, position)?.rate.fraction();
    ((here.rate_to_next - inherited).abs() > 1e-6).then_some(here.rate_to_next)
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
        let pace_of = |plan: &Plan, position| pace(plan, evaluate(plan).whole(), position, &Plain);
        assert_eq!(pace_of(&plan, 1), "1,053 a month, by 18 September");
        assert_eq!(pace_of(&plan, 5), "EUR 20,000 each");
        // Three years: the date lies in another year than the period's end.
        plan.period.months = 36;
        plan.base.steps[4].days = crate::units::Days::new(400).unwrap();
        assert_eq!(pace_of(&plan, 1), "462 a month, by 8 October 2028");
        plan.base.steps[4].rate = Rate::ZERO;
        assert_eq!(pace_of(&plan, 1), "");
        plan.as_of = Date::parse_iso("2029-12-31").unwrap();
        assert_eq!(pace_of(&plan, 1), "had to come by 8 October 2028");
        assert_eq!(needed(&evaluate(&plan).whole().stages[1], &Plain), "out of reach");
    }

    #[test]
    fn a_handoff_says_what_crosses_the_line() {
        let said = |plan: &Plan, position| handoff(plan, evaluate(plan).whole(), position, &Plain);
        let mut plan = plan("2027-01-01");
        assert_eq!(
            said(&plan, 2),
            "Marketing hands over to sales development: 260 MQLs a month, worth EUR 166,325 of bookings"
        );
        assert_eq!(said(&plan, 1), "");
        plan.as_of = Date::parse_iso("2028-12-31").unwrap();
        assert_eq!(said(&plan, 2), "Marketing hands over to sales development: MQLs are too late for this period");
        plan.as_of = plan.period.first_day();
        plan.base.steps[3].rate = Rate::ZERO;
        assert_eq!(said(&plan, 2), "Marketing hands over to sales development: no number of MQLs would do");
    }
}
