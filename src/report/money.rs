//! The money in words: what marketing spends, what that brings, what a customer costs and is worth.

mod change;
#[cfg(test)]
mod tests;
mod why;

pub use change::{best, change};
#[cfg(test)]
use why::{MoneyFigure, why};
pub use why::{explain, subjects};

use crate::engine::money::{Spend, UnitEconomics};
use crate::plan::{Channel, Plan, Scope, Segment};
use crate::report::answer::Sentence;
use crate::report::calendar::times;
use crate::report::people::month_name;
use crate::report::table::{Table, Value, number};
use crate::report::{Format, amount, count, parts};
use crate::units::Rate;

/// Less than this of the major unit is the float's, not the reader's.
const NOTHING: f64 = 0.0005;

/// *Marketing spends €240,000; what it buys brings €610,000 in the period. A customer costs €8,200 and pays back in 14 months.*
pub fn answer(plan: &Plan, spend: Option<&Spend>, format: &dyn Format) -> Sentence {
    let money = |value: f64| amount(format, value, plan.currency);
    let mut sentence = Sentence::default();
    if plan.spending.channels.is_empty() {
        sentence = sentence.say(
            "Add a channel, with what an entry costs and how many it buys a month: then you see what the budget buys.",
        );
    }
    let Some(spend) = spend else {
        if !plan.spending.channels.is_empty() {
            sentence = sentence.say("The period is over: nothing can be bought for it any more.");
        }
        return sentence;
    };
    if !spend.channels.is_empty() {
        let (mut entries, mut after) = (0.0, 0.0);
        for channel in &spend.channels {
            entries += channel.entries;
            after += channel.bookings.after;
        }
        if entries <= 0.0 {
            sentence = sentence.say("Nothing is bought yet: say how many entries a channel buys a month.");
        } else {
            sentence = sentence
                .say("Marketing spends ")
                .strong(money(spend.marketing))
                .say("; what it buys brings ")
                .strong(money(spend.buys.channels))
                .say(" in the period");
            if after >= NOTHING {
                sentence = sentence.say(format!(", and {} later", money(after)));
            }
            sentence = sentence.say(".");
            if spend.buys.beyond >= NOTHING {
                sentence = sentence
                    .say(" The people planned cannot work and close ")
                    .strong(money(spend.buys.beyond))
                    .say(" of all that comes together: more leads win no more.");
            }
        }
    }
    for month in &spend.months {
        if month.over >= NOTHING {
            sentence = sentence
                .say(" Marketing is ")
                .strong(money(spend.over))
                .say(format!(" over its budget, first in {}.", month_name(month.month, format)));
            break;
        }
    }
    let known = known(plan, spend, None).unwrap_or_default();
    if let Some(cac) = known.cac {
        sentence = sentence.say(" A customer costs ").strong(money(cac));
        if let Some(payback) = known.payback {
            let shown = count(format, payback);
            let unit = if shown == "1" { "month" } else { "months" };
            sentence = sentence.say(" and pays back in ").strong(format!("{shown} {unit}"));
        }
        sentence = sentence.say(".");
    }
    sentence
}

/// A channel, as people call it: by its name or its number.
pub fn name(plan: &Plan, channel: &Channel) -> String {
    if !channel.name.trim().is_empty() {
        return channel.name.clone();
    }
    let position = plan.spending.channels.iter().position(|known| known.id == channel.id).unwrap_or(0);
    format!("Channel {}", position + 1)
}

/// One row per channel.
pub fn channels(plan: &Plan, spend: &Spend, format: &dyn Format) -> Table {
    let mut rows = Vec::new();
    for (channel, bought) in plan.spending.channels.iter().zip(&spend.channels) {
        let items = |figure: f64| number(figure, count(format, figure));
        let money = |figure: f64| number(figure, amount(format, figure, plan.currency));
        rows.push(vec![
            Value::Text(name(plan, channel)),
            items(bought.entries),
            items(bought.leads),
            money(bought.spend),
            or(bought.cost_per_lead.map(money), NONE),
            items(bought.wins),
            or(bought.cost_per_win.map(money), NONE),
            money(bought.bookings.within),
            money(bought.bookings.after),
            match bought.returns {
                Some(_) if margins_of(plan, channel).0 == Rate::ZERO => or(None, NOT_SAID),
                returns => or(returns.map(|returns| number(returns, times(returns, format))), NONE),
            },
        ]);
    }
    let names = [
        "Channel",
        "Entries",
        "Leads",
        "Spend #",
        "Cost per lead #",
        "Won",
        "Cost per customer #",
        "Bookings in the period #",
        "Later #",
        "Return",
    ];
    Table { head: head(plan, &names), rows }
}

/// One row per month.
pub fn months(plan: &Plan, spend: &Spend, format: &dyn Format) -> Table {
    let mut rows = Vec::new();
    for month in &spend.months {
        let money = |figure: f64| number(figure, amount(format, figure, plan.currency));
        rows.push(vec![
            Value::Text(month_name(month.month, format)),
            money(month.channels),
            money(month.other),
            or(month.budget.map(money), NOT_SAID),
            or(month.budget.map(|_| money(month.over)), NONE),
            money(month.lands),
        ]);
    }
    let names = ["Month", "Channels #", "Other #", "Budget #", "Over it #", "Bookings that land #"];
    Table { head: head(plan, &names), rows }
}

/// One row per stage.
pub fn stages(plan: &Plan, spend: &Spend, format: &dyn Format) -> Table {
    let mut rows = Vec::new();
    for (stage, cost) in plan.stages.iter().zip(&spend.stages) {
        let each = cost.each.map(|each| number(each, amount(format, each, plan.currency)));
        rows.push(vec![Value::Text(stage.plural.clone()), or(each, NONE)]);
    }
    Table { head: head(plan, &["Stage", "Cost of one #"]), rows }
}

/// One row per segment where there are several, and one for the whole.
pub fn customers(plan: &Plan, spend: &Spend, format: &dyn Format) -> Table {
    let mut rows = Vec::new();
    if plan.segments.len() > 1 {
        for (place, segment) in plan.segments.iter().enumerate() {
            rows.push(customers_row(plan, spend, Some(place), parts::segment(plan, segment), format));
        }
    }
    rows.push(customers_row(plan, spend, None, parts::scope(plan, Scope::Whole), format));
    Table { head: head(plan, &["Segment", "CAC #", "Payback (months)", "LTV #", "LTV:CAC"]), rows }
}

fn customers_row(plan: &Plan, spend: &Spend, place: Option<usize>, name: String, format: &dyn Format) -> Vec<Value> {
    let known = known(plan, spend, place).unwrap_or_default();
    let money = |figure: f64| number(figure, amount(format, figure, plan.currency));
    let otherwise = if known.customers > 0.0 { NOT_SAID } else { "none is won" };
    vec![
        Value::Text(name),
        or(known.cac.map(money), otherwise),
        or(known.payback.map(|months| number(months, format.number(months, 1))), otherwise),
        or(known.ltv.map(money), otherwise),
        or(known.ltv_to_cac.map(|multiple| number(multiple, times(multiple, format))), otherwise),
    ]
}

/// What stands where nobody has typed what a figure rests on, and where there is nothing to divide.
const NOT_SAID: &str = "not said";
const NONE: &str = "–";

fn or(value: Option<Value>, otherwise: &str) -> Value {
    value.unwrap_or_else(|| Value::Text(otherwise.to_owned()))
}

/// The names of columns; those that end in `#` are in the plan's currency.
fn head(plan: &Plan, names: &[&str]) -> Vec<String> {
    let mut head = Vec::new();
    for name in names {
        head.push(match name.strip_suffix('#') {
            Some(name) => format!("{name}({})", plan.currency.code()),
            None => (*name).to_owned(),
        });
    }
    head
}

/// What is known of customers, of a segment or of the whole: without what rests on something that nobody has said.
fn known(plan: &Plan, spend: &Spend, place: Option<usize>) -> Option<UnitEconomics> {
    let mut known = match place {
        Some(place) => *spend.segments.get(place)?,
        None => spend.customers,
    };
    if known.cost <= 0.0 {
        (known.cac, known.payback, known.ltv_to_cac) = (None, None, None);
    }
    if least_and_most(plan, &|at, _| is_of(spend, place, at), margin).0 == Rate::ZERO {
        (known.payback, known.ltv, known.ltv_to_cac) = (None, None, None);
    }
    Some(known)
}

/// Whether the customers of a part, or of the whole, are of this segment, too.
fn is_of(spend: &Spend, place: Option<usize>, segment: usize) -> bool {
    match place {
        Some(place) => place == segment,
        None => spend.segments.get(segment).is_some_and(|own| own.customers > 0.0),
    }
}

/// The least and the greatest margin of what a channel brings.
fn margins_of(plan: &Plan, channel: &Channel) -> (Rate, Rate) {
    least_and_most(plan, &|_, segment| channel.segment.is_none_or(|only| only == segment.id), margin)
}

fn least_and_most(
    plan: &Plan,
    counts: &dyn Fn(usize, &Segment) -> bool,
    rate: fn(&Plan, &Segment) -> Rate,
) -> (Rate, Rate) {
    let (mut least, mut most) = (Rate::ONE, Rate::ZERO);
    for (place, segment) in plan.segments.iter().enumerate() {
        if counts(place, segment) {
            least = least.min(rate(plan, segment));
            most = most.max(rate(plan, segment));
        }
    }
    (least, most)
}

/// Zero when nobody has said.
fn margin(plan: &Plan, segment: &Segment) -> Rate {
    segment.margin.unwrap_or(plan.spending.margin)
}
