//! The sellers in words: what the pipeline brings against what they can close, and whom that takes.

mod why;

pub(super) use why::told;
pub use why::{explain, subjects};

use crate::engine::money::Spend;
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
        return sentence.say(format!(" Nobody who is hired now would close {} of it in time.", money(all.short)));
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
    /// What it is the sum of.
    pub parts: Vec<f64>,
    /// Whose number it is; nobody's is the company's.
    pub owner: Option<Owner>,
    /// What it means when it is the shortest, and what would lengthen it.
    pub verdict: &'static str,
}

/// The target, what the pipeline brings, what the sellers can close, what the budget buys where there are channels: with what is
/// booked, in this order.
///
/// Where the sellers cannot close all that comes, it is what they close of it: time in months in which too little comes closes
/// nothing.
pub fn bars(outcome: &Outcome, people: Option<&People>, spend: Option<&Spend>) -> Vec<Bar> {
    let whole = outcome.whole();
    let booked = whole.progress.booked;
    let (mut open, mut new) = (0.0, 0.0);
    for month in &whole.months {
        open += month.from_open;
        new += month.from_new;
    }
    let mut bars = vec![
        Bar::new("The target", vec![whole.target], None, "Nothing is shorter than the target."),
        Bar::new(
            "The pipeline brings",
            vec![booked, open, new],
            Some(Owner::Marketing),
            "The pipeline is the shortest: the calendar says what is too late for it. More of what counts now, better rates, or a later end lengthen it.",
        ),
    ];
    if let Some(People { all, .. }) = people {
        let close = if is_less(all.closes, all.brings) { all.closes } else { all.capacity.max(all.closes) };
        bars.push(Bar::new(
            "The sellers can close",
            vec![booked, close],
            Some(Owner::Sales),
            "The sellers are the shortest: more leads bring no more deals. Earlier hires, a shorter ramp or higher productivity lengthen it.",
        ));
    }
    if let Some(Spend { buys, .. }) = spend.filter(|spend| !spend.channels.is_empty()) {
        bars.push(Bar::new(
            "The budget buys",
            vec![buys.booked, buys.open, buys.others, buys.channels],
            Some(Owner::Marketing),
            "The budget is the shortest: what marketing buys brings less than the rest could take. More budget, cheaper channels or better validated leads lengthen it.",
        ));
    }
    bars
}

impl Bar {
    fn new(name: &'static str, parts: Vec<f64>, owner: Option<Owner>, verdict: &'static str) -> Self {
        let mut amount = 0.0;
        for part in &parts {
            amount += part;
        }
        Self { name, amount, parts, owner, verdict }
    }
}

/// By more than a rounding.
fn is_less(one: f64, other: f64) -> bool {
    one < other * (1.0 - 1e-9)
}

/// The place of the shortest bar, where one is shorter than the target.
pub fn shortest(bars: &[Bar]) -> Option<usize> {
    let mut shortest = 0;
    for (place, bar) in bars.iter().enumerate() {
        if bars.get(shortest).is_some_and(|least| is_less(bar.amount, least.amount)) {
            shortest = place;
        }
    }
    (shortest > 0).then_some(shortest)
}

/// What the shortest bar means, and what would lengthen it.
pub fn verdict(bars: &[Bar]) -> &'static str {
    bars.get(shortest(bars).unwrap_or(0)).map_or("", |bar| bar.verdict)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{evaluate, money, people};
    use crate::plan::{Channel, Lineage, examples};
    use crate::units::{Count, Date, Money};

    /// Sellers who have time when nothing comes, and none when it does: what they close is what they can close.
    #[test]
    fn where_something_waits_the_sellers_are_shorter_than_the_pipeline() {
        let mut plan = examples::three_figures(Lineage([1; 8]), Date::parse_iso("2026-11-22").unwrap());
        plan.as_of = Date::parse_iso("2026-12-31").unwrap();
        plan.add_team();
        plan.sales[0].heads = Count::new(5).unwrap();
        plan.sales[0].quota = Money::from_major(210_000);
        let outcome = evaluate(&plan);
        let people = people(&plan, &outcome).unwrap();
        assert!(people.all.capacity > people.all.brings && people.all.closes < people.all.brings, "{people:?}");
        let bars = bars(&outcome, Some(&people), None);
        assert!((bars[2].amount - people.all.closes).abs() < 1e-6);
        assert!(verdict(&bars).starts_with("The sellers are the shortest"));
    }

    #[test]
    fn the_shortest_of_four_bars_says_what_would_lengthen_it() {
        let mut plan = examples::three_figures(Lineage([1; 8]), Date::parse_iso("2026-11-22").unwrap());
        plan.add_team();
        plan.sales[0].heads = Count::new(10).unwrap();
        plan.sales[0].quota = Money::from_major(1_000_000);
        let all = |plan: &Plan| {
            let outcome = evaluate(plan);
            let spend = money::spend(plan, &outcome);
            bars(&outcome, people(plan, &outcome).as_ref(), spend.as_ref())
        };
        // Without channels nobody has said what the budget buys.
        assert_eq!(all(&plan).len(), 3);
        let mut channel = Channel::new(plan.new_id(), "Search");
        channel.buys = Count::new(10).unwrap();
        plan.spending.channels.push(channel);
        plan.segments[0].booked = Money::from_major(50_000);
        let with = all(&plan);
        let names: Vec<&str> = with.iter().map(|bar| bar.name).collect();
        assert_eq!(names, ["The target", "The pipeline brings", "The sellers can close", "The budget buys"]);
        // All that enters from 22 November to 2 October is won in time: ten months and a part of two, ten a month at 4,000.
        let months = 9.0 / 30.0 + 10.0 + 2.0 / 31.0;
        assert!((with[3].amount - (50_000.0 + 40_000.0 * months)).abs() < 1e-6, "{}", with[3].amount);
        assert!(verdict(&with).starts_with("The budget is the shortest"));
        plan.spending.channels[0].buys = Count::new(1_000).unwrap();
        assert_eq!(verdict(&all(&plan)), "Nothing is shorter than the target.");
        plan.sales[0].heads = Count::new(0).unwrap();
        assert!(verdict(&all(&plan)).starts_with("The sellers are the shortest"));
    }
}
