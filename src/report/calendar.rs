//! The calendar in words: what must enter by when, what is there, what is in jeopardy.

use crate::engine::{Need, Outcome, Part};
use crate::plan::{Plan, Profile, Scope, joined};
use crate::report::answer::{Sentence, near, noun};
use crate::report::table::{Table, Value, need, number};
use crate::report::{DateStyle, Format, amount, count, parts, words};
use crate::units::{Date, Month};

/// *By the end of January 1,215 leads must enter. €83,700 is in jeopardy: March falls short.*
pub fn answer(plan: &Plan, part: &Part, format: &dyn Format) -> Sentence {
    let money = |value: f64| amount(format, value, plan.currency);
    let headline = headline(plan, part);
    let Some(stage) = part.stages.get(headline) else { return Sentence::default() };
    let (whose, by) = match part.scope {
        Scope::Whole => (Sentence::default(), "By"),
        scope => (Sentence::default().say(format!("{}: ", parts::scope(plan, scope))), "by"),
    };
    if part.target <= 0.0 {
        return whose.say("Nothing is to be booked here, so nothing is due.");
    }
    if let Need::OutOfReach(_) = stage.carried {
        return whose.strong(money(part.target)).say(" is out of reach: see the funnel for what is in the way.");
    }
    if part.togo <= 0.0 {
        return whose
            .strong(money(part.target))
            .say(" is there: what is booked and what is expected of what is open reach it.");
    }
    // What can still count: where the time of the headline's is over, a stage behind it.
    let end = plan.period.last_day();
    let counts = |position: &usize| part.stages.get(*position).is_some_and(|stage| stage.last_useful >= plan.as_of);
    let still = (headline..plan.base.steps.len()).find(counts).unwrap_or(headline);
    let over = if counts(&headline) {
        ".".to_owned()
    } else {
        format!("; {} counted until {}.", words::plural(plan, headline), near(format, stage.last_useful, end))
    };
    let mut sentence = match next_month(plan, part, still).filter(|_| counts(&still)) {
        Some((ends, entries)) => {
            let shown = count(format, entries);
            whose
                .say(format!("{by} {} ", near(format, ends, end)))
                .strong(format!("{shown} {}", noun(plan, still, &shown)))
                .say(format!(" must enter{over}"))
        }
        None => whose.strong(money(part.togo)).say(format!(" is still to be won{over}")),
    };
    if part.lost > 0.0 {
        sentence = sentence.say(" ").strong(money(part.lost)).say(LOST);
    }
    if part.behind > part.lost {
        let month = part.first_short.map(|month| format.date(month.first_day(), DateStyle::MonthAndYear));
        let in_all = if part.lost > 0.0 { " In all " } else { " " };
        return sentence.say(in_all).strong(money(part.behind)).say(format!(
            " of the goal is in jeopardy: it is due before anything that enters now can land{}.",
            month.map_or_else(String::new, |month| format!(", from {month} on"))
        ));
    }
    if part.lost > 0.0 {
        return sentence;
    }
    sentence.say(format!(
        " Nothing is lost yet: {} still count until {}.",
        words::plural(plan, headline),
        near(format, stage.last_useful, end)
    ))
}

/// What follows an amount that the last useful dates have passed.
pub(super) const LOST: &str = " can no longer be won in this period by anything that enters now.";

/// What the answer asks a part for: the plan's headline stage, or the part's first where that is not its own.
pub fn headline(plan: &Plan, part: &Part) -> usize {
    let is_passed = |position: &usize| part.stages.get(*position).is_some_and(|stage| stage.is_passed);
    let headline = plan.headline_position();
    if is_passed(&headline) { headline } else { (0..plan.stages.len()).find(is_passed).unwrap_or(0) }
}

/// The end of the first month in which something should enter, and how much by then: the as-of date's month, or a later one. What
/// enters after the last useful date is not for this period.
fn next_month(plan: &Plan, part: &Part, stage: usize) -> Option<(Date, f64)> {
    let figures = part.stages.get(stage)?;
    let mut sum = 0.0;
    for month in &part.months {
        let ends = month.month.plus_months(1).first_day().plus_days(-1);
        sum += month.entries.get(stage)?;
        if ends >= figures.last_useful {
            return Some((figures.last_useful, figures.carried.figure()?));
        }
        if ends >= plan.as_of && sum > 0.0 {
            return Some((ends, sum));
        }
    }
    None
}

/// *€300,000 is booked and €410,000 of €1,200,000 open is expected to close in the period: €1,290,000 is still to be won.*
pub fn progress(plan: &Plan, part: &Part, format: &dyn Format) -> String {
    let money = |value: f64| amount(format, value, plan.currency);
    let progress = part.progress;
    let mut said = Vec::new();
    if progress.booked > 0.0 {
        said.push(format!("{} is booked", money(progress.booked)));
    }
    if progress.open > 0.0 {
        said.push(format!(
            "{} of {} open is expected to close in time",
            money(progress.expected),
            money(progress.open)
        ));
    }
    let rest = format!("{} of {} is still to be won", money(part.togo), money(part.target));
    let there = if said.is_empty() { rest } else { format!("{}: {rest}", joined(&said, " and ")) };
    let coverage = progress
        .coverage
        .filter(|_| progress.opportunities > 0.0)
        .map_or_else(String::new, |coverage| format!(" Coverage is {}.", times(coverage, format)));
    let late = if part.falls_behind > 0.0 {
        format!(
            " Because times spread, {} of what is planned is expected only after the period.",
            money(part.falls_behind)
        )
    } else {
        String::new()
    };
    format!("{there}.{coverage}{late}")
}

/// *3.0×*
pub fn times(multiple: f64, format: &dyn Format) -> String {
    format!("{}×", format.number(multiple, 1))
}

/// *40 missing*: the pipeline of today set against what should be there.
fn standing(should_be: f64, open: f64, format: &dyn Format) -> String {
    // What is left over by less than half an item is nobody's.
    match open - should_be {
        _ if should_be < 0.05 && open <= 0.0 => "–".to_owned(),
        more if more.abs() < 0.5 => "covered".to_owned(),
        more if more > 0.0 => format!("{} more than needed", count(format, more)),
        less => format!("{} missing", count(format, -less)),
    }
}

/// One row per month.
pub fn months(plan: &Plan, part: &Part, format: &dyn Format) -> Table {
    let currency = plan.currency.code();
    let mut head = vec!["Month".to_owned()];
    head.extend(plan.stages.iter().map(|stage| stage.plural.clone()));
    head.extend(["Due", "From open", "From new"].map(|name| format!("{name} ({currency})")));
    let mut rows = Vec::new();
    for month in &part.months {
        let mut row = vec![Value::Text(format.date(month.month.first_day(), DateStyle::MonthAndYear))];
        row.extend(month.entries.iter().map(|&entries| number(entries, count(format, entries))));
        for value in [month.due, month.from_open, month.from_new] {
            row.push(number(value, amount(format, value, plan.currency)));
        }
        rows.push(row);
    }
    Table { head, rows }
}

/// One row per stage: what should be there today, and until when an entry counts.
pub fn today(plan: &Plan, part: &Part, format: &dyn Format) -> Table {
    let head = ["Stage", "Counts until", "Overdue", "Should be open", "Is open", "So it is", "Still to enter"]
        .map(str::to_owned);
    let mut rows = Vec::new();
    for (stage, figures) in plan.stages.iter().zip(&part.stages) {
        if !figures.is_passed {
            continue;
        }
        let day = |date: Date| format.date(date, DateStyle::Full);
        let until = if figures.earliest_last_useful == figures.last_useful {
            day(figures.last_useful)
        } else {
            format!("{} to {}", day(figures.earliest_last_useful), day(figures.last_useful))
        };
        let items = |figure: f64| number(figure, count(format, figure));
        rows.push(vec![
            Value::Text(stage.plural.clone()),
            Value::Text(until),
            items(figures.overdue),
            items(figures.should_be_open),
            items(figures.open),
            Value::Text(standing(figures.should_be_open, figures.open, format)),
            need(Some(figures.volume), format),
        ]);
    }
    Table { head: head.into(), rows }
}

/// *As of 1 March 2027*
pub fn as_of(plan: &Plan, format: &dyn Format) -> String {
    format!("As of {}", format.date(plan.as_of, DateStyle::Full))
}

/// One row per source: what is open of it, and how often that covers what it is to bring.
pub fn coverage(plan: &Plan, outcome: &Outcome, format: &dyn Format) -> Table {
    let money = |value: f64| number(value, amount(format, value, plan.currency));
    let head = ["Source", "Open opportunities", "Not booked yet", "Coverage"].map(str::to_owned);
    let row = |name: String, open: f64, unbooked: f64, coverage: Option<f64>| {
        let nothing = || Value::Text("nothing is due".to_owned());
        let coverage = coverage.map_or_else(nothing, |coverage| number(coverage, times(coverage, format)));
        vec![Value::Text(name), money(open), money(unbooked), coverage]
    };
    let mut rows = Vec::new();
    for part in outcome.parts.iter().filter(|part| !matches!(part.scope, Scope::Segment(_))) {
        let progress = part.progress;
        let name = parts::scope(plan, part.scope);
        rows.push(row(name, progress.opportunities, progress.unbooked, progress.coverage));
    }
    let others = open_of_others(outcome);
    if others > 0.0 {
        rows.push(row("Other sources".to_owned(), others, 0.0, None));
    }
    Table { head: head.into(), rows }
}

/// What opportunities are open of sources that are to create nothing now.
pub(super) fn open_of_others(outcome: &Outcome) -> f64 {
    let of_sources = outcome.parts.iter().filter(|part| matches!(part.scope, Scope::Source(_)));
    let others =
        outcome.whole().progress.opportunities - of_sources.map(|part| part.progress.opportunities).sum::<f64>();
    // Less than the least unit of money is a rounding.
    if others < 0.001 { 0.0 } else { others }
}

/// What each weight of the profile is called: the quarter, or the month.
pub fn weight_names(plan: &Plan, format: &dyn Format) -> Vec<String> {
    let month = |month: Month| format.date(month.first_day(), DateStyle::MonthAndYear);
    let from = |index: u16| Month::from_index(index).unwrap_or(plan.period.start);
    match plan.timing.profile {
        Profile::Even => Vec::new(),
        Profile::Quarters => {
            plan.quarters().into_iter().map(|first| format!("Q{} from {}", plan.quarter(first), month(first))).collect()
        }
        Profile::Months => {
            (0..u16::from(plan.period.months)).map(|later| month(plan.period.start.plus_months(later))).collect()
        }
        Profile::Season => (0..12).map(|later| format.date(from(later).first_day(), DateStyle::Month)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::evaluate;
    use crate::plan::{Lineage, examples};
    use crate::report::Plain;

    #[test]
    fn what_no_longer_counts_is_not_asked_for() {
        let mut plan = examples::six_stages(Lineage([1; 8]), Date::parse_iso("2026-11-22").unwrap());
        let mut said = |today: &str| {
            plan.as_of = Date::parse_iso(today).unwrap();
            answer(&plan, evaluate(&plan).whole(), &Plain).text()
        };
        let lost = "EUR 2,000,000 can no longer be won in this period by anything that enters now.";
        for (today, first) in [
            ("2027-09-18", "By 18 September 10,417 leads must enter."),
            ("2027-09-19", "By 30 September 3,049 MQLs must enter; leads counted until 18 September."),
            ("2027-11-20", "EUR 2,000,000 is still to be won; leads counted until 18 September."),
        ] {
            assert_eq!(said(today), format!("{first} {lost}"));
        }
    }
}
