//! The best mix in words: what it would cost and bring against today's, which limits hold it, and why there may be none.

use crate::engine::mix::{Aim, Best, Found, Limit};
use crate::engine::money::Spend;
use crate::plan::{Plan, Scope};
use crate::report::people::{month_name, name};
use crate::report::table::{Table, Value, number};
use crate::report::{Format, amount, count, parts};

/// What came of the search: a sentence.
pub fn answer(plan: &Plan, found: &Found, now: &Spend, format: &dyn Format) -> String {
    let money = |value: f64| amount(format, value, plan.currency);
    match found {
        Found::Best(best) => {
            let mut spend = 0.0;
            for channel in &now.channels {
                spend += channel.spend;
            }
            let (says, than) = match best.aim {
                Aim::LeastMoney => ("The least that brings what marketing is to bring", "today"),
                Aim::MostRevenue => ("The most that the budget can bring", "today"),
            };
            format!(
                "{says}: {} of bookings in the period for {}; {than} it is {} for {}.",
                money(best.bookings),
                money(best.spend),
                money(now.buys.channels),
                money(spend)
            )
        }
        Found::Impossible(limits) if limits.len() == 1 => "No mix does it, because of this limit alone:".to_owned(),
        Found::Impossible(_) => {
            "No mix does it. These limits together make it impossible; without any one of them it is possible:"
                .to_owned()
        }
        Found::Endless => "Bookings grow without end: give the channels ceilings, or set a budget.".to_owned(),
        Found::Failed => "The solver did not decide it. Change a figure and try again.".to_owned(),
    }
}

/// What one more unit of each limit that binds is worth, the most first; or the limits that leave no mix. At most eight.
pub fn limits(plan: &Plan, found: &Found, format: &dyn Format) -> Vec<String> {
    const MOST: usize = 8;
    let mut lines = Vec::new();
    match found {
        Found::Best(best) => {
            let gain = if best.aim == Aim::LeastMoney { "saves" } else { "brings" };
            for worth in best.worth.iter().take(MOST) {
                let worth_of_it = match worth.limit {
                    // Of one unit of money a hundred are easier to read.
                    Limit::Budget(_) | Limit::Sellers(..) | Limit::Need(_) => {
                        let hundred = amount(format, 100.0, plan.currency);
                        let less = if matches!(worth.limit, Limit::Need(_)) { "less" } else { "more" };
                        format!("{hundred} {less} {gain} {}", amount(format, 100.0 * worth.worth, plan.currency))
                    }
                    Limit::Ceiling(..) => format!("one more {gain} {}", amount(format, worth.worth, plan.currency)),
                    Limit::Floor(..) => format!("one less {gain} {}", amount(format, worth.worth, plan.currency)),
                };
                lines.push(format!("{}: {worth_of_it}", limit(plan, worth.limit, format)));
            }
        }
        Found::Impossible(impossible) => {
            for &known in impossible.iter().take(MOST) {
                lines.push(limit(plan, known, format));
            }
            if impossible.len() > MOST {
                lines.push(format!("and {} more of the same kinds", impossible.len() - MOST));
            }
        }
        Found::Endless | Found::Failed => {}
    }
    lines
}

/// *The most of Search in March 2027*
fn limit(plan: &Plan, limit: Limit, format: &dyn Format) -> String {
    let channel = |id| plan.channel(id).map(|channel| channel.name.clone()).unwrap_or_default();
    match limit {
        Limit::Ceiling(id, month) => format!("The most of {} in {}", channel(id), month_name(month, format)),
        Limit::Floor(id, month) => format!("The least of {} in {}", channel(id), month_name(month, format)),
        Limit::Budget(month) => format!("The budget of {}", month_name(month, format)),
        Limit::Sellers(id, month) => {
            let team = plan.team(id).map(|team| name(plan, team)).unwrap_or_default();
            format!("What {team} can close in {}", month_name(month, format))
        }
        Limit::Need(id) => format!("What {} needs", parts::scope(plan, Scope::Segment(id))),
    }
}

/// One row per channel: today against the best.
pub fn table(plan: &Plan, best: &Best, now: &Spend, format: &dyn Format) -> Table {
    let mut head = vec!["Channel".to_owned(), "Entries today".to_owned(), "best".to_owned()];
    for column in ["Spend today", "best", "Bookings today", "best"] {
        head.push(format!("{column} ({})", plan.currency.code()));
    }
    let mut rows = Vec::new();
    for (best, now) in best.buys.iter().zip(&now.channels) {
        let Some(channel) = plan.channel(best.channel) else { continue };
        let mut entries = 0.0;
        for of_month in &best.entries {
            entries += of_month;
        }
        let mut row = vec![Value::Text(channel.name.clone())];
        for entries in [now.entries, entries] {
            row.push(number(entries, count(format, entries)));
        }
        for value in [now.spend, best.spend, now.bookings.within, best.bookings] {
            row.push(number(value, amount(format, value, plan.currency)));
        }
        rows.push(row);
    }
    Table { head, rows }
}
