//! What more or less money for a channel moves, and where more does most.

use crate::engine::money::Change;
use crate::plan::{Channel, Plan, joined};
use crate::report::money::{NOTHING, name};
use crate::report::people::month_name;
use crate::report::{DateStyle, Format, amount, count, words};
use crate::units::Month;

/// *Cutting €50,000 from LinkedIn in March costs €61,000 of bookings: €38,000 in July, €23,000 in August.*
///
/// `asked` is the amount that [`change`](crate::engine::money::change) was asked for: more, or less (negative). Empty when that is
/// nothing or the channel is not there.
pub fn change(plan: &Plan, change: &Change, asked: f64, format: &dyn Format) -> String {
    let Some(channel) = plan.spending.channels.iter().find(|known| known.id == change.channel) else {
        return String::new();
    };
    let money = |value: f64| amount(format, value.abs(), plan.currency);
    let place = format!("{} in {}", name(plan, channel), month(plan, change.month, format));
    let is_cut = asked < 0.0;
    let moved = change.spend.abs();
    let mut said = if asked.abs() < NOTHING {
        return String::new();
    } else if moved < NOTHING {
        let nothing = if is_cut { "Nothing can be cut from" } else { "No more can be spent on" };
        let why = held(plan, channel, change, is_cut, format).map_or_else(String::new, |held| format!(": {held}"));
        return format!("{nothing} {place}{why}.");
    } else if moved < asked.abs() * (1.0 - 1e-9) - NOTHING {
        let all = money(asked);
        let (only, verb) = if is_cut { ("", "be cut from") } else { ("another ", "go to") };
        let why = held(plan, channel, change, is_cut, format).map_or_else(String::new, |held| format!(" ({held})"));
        format!("Only {} of {only}{all} can {verb} {place}{why}. That", money(moved))
    } else if is_cut {
        format!("Cutting {} from {place}", money(moved))
    } else {
        format!("Another {} for {place}", money(moved))
    };
    said += if is_cut { " costs " } else { " brings " };
    let bookings = change.bookings;
    let by_the_end = bookings.before + bookings.within;
    let after = bookings.after.abs();
    if by_the_end.abs() < NOTHING {
        said += "no bookings";
        if after >= NOTHING {
            said += &format!(" in this period, but {} after it", money(after));
        }
        return said + ".";
    }
    said += &format!("{} of bookings", money(by_the_end));
    let mut listed = Vec::new();
    for &(lands, value) in &change.months {
        if value.abs() >= 0.01 * by_the_end.abs() {
            listed.push(format!("{} in {}", money(value), month(plan, lands, format)));
        }
    }
    match change.months.as_slice() {
        [(only, _)] => said += &format!(" in {}", month(plan, *only, format)),
        _ if listed.is_empty() => {}
        months => {
            said += &format!(": {}", joined(&listed, ", "));
            if listed.len() < months.len() {
                said += " and less in other months";
            }
        }
    }
    if after >= NOTHING {
        said += &format!(", and {} after the period", money(after));
    }
    said + "."
}

/// *LinkedIn in March: another €10,000 brings €61,000 in the period.* The first five, in the order of
/// [`next`](crate::engine::money::next): the best first.
pub fn best(plan: &Plan, changes: &[Change], format: &dyn Format) -> Vec<String> {
    let mut best = Vec::new();
    for change in changes {
        let (spend, brings) = (change.spend, change.bookings.within);
        let Some(channel) = plan.spending.channels.iter().find(|known| known.id == change.channel) else { continue };
        if spend < NOTHING || brings < NOTHING || best.len() >= 5 {
            continue;
        }
        best.push(format!(
            "{} in {}: another {} brings {} in the period.",
            name(plan, channel),
            month(plan, change.month, format),
            amount(format, spend, plan.currency),
            amount(format, brings, plan.currency)
        ));
    }
    best
}

/// The limit that keeps money from being moved: *its ceiling is 200 leads a month*.
fn held(plan: &Plan, channel: &Channel, change: &Change, is_cut: bool, format: &dyn Format) -> Option<String> {
    let month = change.month;
    let days = f64::from(month.days());
    // Of the as-of date's month the rest counts.
    let left = f64::from(month.plus_months(1).first_day().days_since(plan.as_of)).min(days) / days;
    let (floor, ceiling) = (channel.floor.as_f64(), channel.ceiling.map_or(f64::INFINITY, |ceiling| ceiling.as_f64()));
    let planned = channel.bought_in(month).as_f64();
    let now = if planned > 0.0 { planned.max(floor).min(ceiling) } else { 0.0 };
    let then = now + change.entries / left;
    let (which, limit) = if !is_cut && then >= ceiling * (1.0 - 1e-9) {
        ("ceiling", ceiling)
    // Where all is cut, or nothing is bought for more, the floor is not what is left.
    } else if floor > 0.0 && then <= floor * (1.0 + 1e-9) && is_cut == (then > 1e-9 * now) {
        ("floor", floor)
    } else {
        return None;
    };
    let entry = channel.entry.and_then(|stage| plan.position(stage)).unwrap_or(0);
    Some(format!("its {which} is {} {} a month", count(format, limit), words::plural(plan, entry)))
}

/// *March*, *March 2028*: with its year where that is not the period's last.
fn month(plan: &Plan, month: Month, format: &dyn Format) -> String {
    if month.first_day().ymd().0 == plan.period.last_day().ymd().0 {
        return format.date(month.first_day(), DateStyle::Month);
    }
    month_name(month, format)
}
