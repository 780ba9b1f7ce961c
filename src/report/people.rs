//! The sellers in words: what the pipeline brings against what they can close, and whom that takes.

use crate::engine::{Outcome, People, TeamOutcome};
use crate::plan::{Owner, Plan, SalesTeam, joined};
use crate::report::answer::Sentence;
use crate::report::calendar::times;
use crate::report::table::{Table, Value, number};
use crate::report::{DateStyle, Format, amount};
use crate::units::Month;

/// *The sellers close €1,600,000 of the €2,000,000 that the pipeline brings; €400,000 waits at the end. It takes 2 more: …*
pub fn answer(plan: &Plan, people: Option<&People>, format: &dyn Format) -> Sentence {
    let money = |value: f64| amount(format, value, plan.currency);
    let Some(people) = people else {
        return Sentence::default().say(if plan.sales.is_empty() {
            "Say who sells: then you see whether the pipeline can be closed, and whom to hire by when."
        } else {
            "The period is over: nobody can close anything for it any more."
        });
    };
    let all = &people.all;
    if all.brings <= 0.0 {
        return Sentence::default().say("The pipeline brings nothing to close in this period.");
    }
    let waits = all.brings - all.closes;
    // Less than the least that is shown is nothing.
    if waits < all.brings * 1e-9 {
        return Sentence::default()
            .say("The sellers can close all ")
            .strong(money(all.brings))
            .say(" that the pipeline brings.");
    }
    let sentence = Sentence::default()
        .say("The sellers close ")
        .strong(money(all.closes))
        .say(format!(" of the {} that the pipeline brings: ", money(all.brings)))
        .strong(money(waits))
        .say(" waits for a seller when the period ends.");
    let hires = hires(plan, people, format);
    let sentence =
        if hires.is_empty() { sentence } else { sentence.say(format!(" To close it: {}.", joined(&hires, "; "))) };
    if all.short > 0.0 {
        return sentence.say(format!(" {} comes too late for anyone who is hired now.", money(all.short)));
    }
    sentence
}

/// *2 more by 1 March*, team by team: the smallest hiring plan, with the last useful dates of each start.
fn hires(plan: &Plan, people: &People, format: &dyn Format) -> Vec<String> {
    let mut said = Vec::new();
    for (team, outcome) in plan.sales.iter().zip(&people.teams) {
        let mut starts = Vec::new();
        for &(month, heads) in &outcome.hires {
            starts.push(format!("{heads} more by {}", format.date(month.first_day(), DateStyle::Full)));
        }
        if !starts.is_empty() {
            let whose = if plan.sales.len() > 1 { format!("{}: ", name(plan, team)) } else { String::new() };
            said.push(format!("{whose}{}", joined(&starts, ", ")));
        }
    }
    said
}

/// A team, as people call it: by its name or its number.
pub fn name(plan: &Plan, team: &SalesTeam) -> String {
    if !team.name.trim().is_empty() {
        return team.name.clone();
    }
    let position = plan.sales.iter().position(|known| known.id == team.id).unwrap_or(0);
    format!("Team {}", position + 1)
}

/// *Quotas add up to €2,000,000, 1.2× what the pipeline brings.*
pub fn quotas(plan: &Plan, people: Option<&People>, format: &dyn Format) -> String {
    let Some(People { all, .. }) = people else { return String::new() };
    let street = amount(format, all.street, plan.currency);
    if all.brings <= 0.0 || all.street <= 0.0 {
        return String::new();
    }
    format!(
        "The quotas of ramped heads add up to {street}, {} what the pipeline brings.",
        times(all.street / all.brings, format)
    )
}

/// A bar: what it stands for, how much that is, and whose number it is.
pub struct Bar {
    /// What it stands for.
    pub name: &'static str,
    /// In major units.
    pub amount: f64,
    /// Whose number it is; nobody's is the company's.
    pub owner: Option<Owner>,
}

/// The target, what the pipeline brings, what the sellers can close: with what is booked, in this order.
pub fn bars(outcome: &Outcome, people: Option<&People>) -> Vec<Bar> {
    let whole = outcome.whole();
    let booked = whole.progress.booked;
    let mut brings = booked;
    for month in &whole.months {
        brings += month.from_open + month.from_new;
    }
    let mut bars = vec![
        Bar { name: "The target", amount: whole.target, owner: None },
        Bar { name: "The pipeline brings", amount: brings, owner: Some(Owner::Marketing) },
    ];
    if let Some(people) = people {
        bars.push(Bar {
            name: "The sellers can close",
            amount: booked + people.all.capacity,
            owner: Some(Owner::Sales),
        });
    }
    bars
}

/// The place of the shortest bar, where one is shorter than the target.
pub fn shortest(bars: &[Bar]) -> Option<usize> {
    let mut shortest = 0;
    for (place, bar) in bars.iter().enumerate() {
        // By more than a rounding.
        if bars.get(shortest).is_some_and(|least| bar.amount < least.amount * (1.0 - 1e-9)) {
            shortest = place;
        }
    }
    (shortest > 0).then_some(shortest)
}

/// What the shortest bar means, and what would lengthen it.
pub fn verdict(bars: &[Bar]) -> &'static str {
    match shortest(bars) {
        None => "Nothing is shorter than the target.",
        Some(1) => {
            "The pipeline is the shortest: the calendar says what is too late for it. More of what counts now, better rates, or a later end lengthen it."
        }
        Some(_) => {
            "The sellers are the shortest: more leads bring no more deals. Earlier hires, a shorter ramp or higher productivity lengthen it."
        }
    }
}

/// One row per month of a team.
pub fn months(plan: &Plan, team: &TeamOutcome, format: &dyn Format) -> Table {
    let mut head = vec!["Month".to_owned(), "Heads".to_owned(), "Ramped".to_owned()];
    for name in ["Can close", "Comes", "Closes", "Waits"] {
        head.push(format!("{name} ({})", plan.currency.code()));
    }
    let mut rows = Vec::new();
    for month in &team.months {
        let mut row = vec![Value::Text(month_name(month.month, format))];
        for heads in [month.heads, month.ramped] {
            row.push(number(heads, format.number(heads, 1)));
        }
        for value in [month.capacity, month.deals.arrives, month.deals.closes, month.deals.waits] {
            row.push(number(value, amount(format, value, plan.currency)));
        }
        rows.push(row);
    }
    Table { head, rows }
}

/// *March 2027*
pub fn month_name(month: Month, format: &dyn Format) -> String {
    format.date(month.first_day(), DateStyle::MonthAndYear)
}
