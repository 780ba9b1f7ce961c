//! The best mix in words: what it would cost and bring against today's, which limits hold it, and why there may be none.

use crate::engine::mix::{Aim, Best, Found, Limit, Worth};
use crate::engine::money::Spend;
use crate::plan::{Plan, Scope};
use crate::report::people::{month_name, name};
use crate::report::table::{Table, Value, number};
use crate::report::{Format, amount, count, money, parts};
use crate::units::Month;

/// What came of the search: a sentence.
pub fn answer(plan: &Plan, found: &Found, now: &Spend, format: &dyn Format) -> String {
    let shown = |value: f64| amount(format, value, plan.currency);
    match found {
        Found::Best(best) => {
            let mut spend = 0.0;
            for channel in &now.channels {
                spend += channel.spend;
            }
            let says = match best.aim {
                Aim::LeastMoney => "The least money that brings what is needed",
                Aim::MostRevenue => "The most that the budget can bring",
            };
            // Where people cannot take all that comes, what they close of it counts.
            let buys = &now.buys;
            let (is_short, besides) = (best.waits > 0.5 || buys.beyond > 0.5, buys.open + buys.others);
            let (what, then, today) = if is_short {
                ("closed in the period, with all else that comes,", besides + best.bookings - best.waits, besides + buys.channels - buys.beyond)
            } else {
                ("of bookings in the period", best.bookings, buys.channels)
            };
            let over = if now.over > 0.5 { format!(", {} over the budget", shown(now.over)) } else { String::new() };
            format!(
                "{says}: {} {what} for {}; today it is {} for {}{over}.",
                shown(then),
                shown(best.spend),
                shown(today),
                shown(spend)
            )
        }
        Found::Impossible(limits) if limits.len() == 1 => "No mix does it, because of this limit alone:".to_owned(),
        Found::Impossible(_) => {
            "No mix does it: these limits together leave none, and it takes more of one of them. Or seek the most bookings instead."
                .to_owned()
        }
        Found::Endless => "Bookings grow without end: give the channels ceilings, or set a budget.".to_owned(),
        Found::Failed => "The solver could not decide it. Change a figure and try again.".to_owned(),
    }
}

/// What one more unit of each limit that binds is worth at the most, the most first; or the limits that leave no mix. A limit of several
/// months is said once.
pub fn limits(plan: &Plan, found: &Found, format: &dyn Format) -> Vec<String> {
    let mut lines = Vec::new();
    match found {
        Found::Best(best) => {
            let gain = if best.aim == Aim::LeastMoney { "saves" } else { "brings" };
            for (place, worth) in best.worth.iter().enumerate() {
                // The most that it is worth in any month comes first.
                let what = what(plan, worth.limit);
                let same = |other: &&Worth| self::what(plan, other.limit) == what;
                if best.worth.iter().take(place).any(|other| same(&other)) {
                    continue;
                }
                let (unit, one) = match worth.limit {
                    Limit::Ceiling(..) | Limit::Development(_) => ("one more", 1.0),
                    Limit::Floor(..) => ("one less", 1.0),
                    // Of one unit of money a hundred are easier to read.
                    Limit::Need(_) => ("less", 100.0),
                    Limit::Budget(_) | Limit::Sellers(..) => ("more", 100.0),
                };
                let unit =
                    if one > 1.0 { format!("{} {unit}", amount(format, one, plan.currency)) } else { unit.to_owned() };
                let worth_of_it = amount(format, one * worth.worth, plan.currency);
                let months = best.worth.iter().filter(same).count();
                lines.push(match month(worth.limit) {
                    Some(_) if months > 1 => format!("{what}, in {months} months: {unit} {gain} up to {worth_of_it}"),
                    Some(month) => format!("{what} in {}: {unit} {gain} {worth_of_it}", month_name(month, format)),
                    None => format!("{what}: {unit} {gain} {worth_of_it}"),
                });
            }
        }
        Found::Impossible(impossible) => {
            // Of the same limit in several months, the first and the last.
            for (place, &known) in impossible.iter().enumerate() {
                let same = |other: &Limit| what(plan, *other) == what(plan, known);
                if impossible.iter().take(place).any(same) {
                    continue;
                }
                let mut line = what(plan, known);
                if let Some(first) = month(known) {
                    line = format!("{line} in {}", month_name(first, format));
                    let last = impossible.iter().rfind(|other| same(other)).and_then(|&last| month(last));
                    if let Some(last) = last.filter(|&last| last != first) {
                        line = format!("{line} to {}", month_name(last, format));
                    }
                }
                lines.push(line);
            }
        }
        Found::Endless | Found::Failed => {}
    }
    lines
}

/// *The ceiling of Search*
fn what(plan: &Plan, limit: Limit) -> String {
    let channel = |id| plan.channel(id).map(|channel| money::name(plan, channel)).unwrap_or_default();
    match limit {
        Limit::Ceiling(id, _) => format!("The ceiling of {}", channel(id)),
        Limit::Floor(id, _) => format!("The floor of {}", channel(id)),
        Limit::Budget(_) => "The budget".to_owned(),
        Limit::Sellers(id, _) => {
            format!("What {} can close", plan.team(id).map(|team| name(plan, team)).unwrap_or_default())
        }
        Limit::Development(_) => "What sales development can work".to_owned(),
        Limit::Need(id) => format!("What {} needs", parts::scope(plan, Scope::Segment(id))),
    }
}

fn month(limit: Limit) -> Option<Month> {
    match limit {
        Limit::Ceiling(_, month)
        | Limit::Floor(_, month)
        | Limit::Budget(month)
        | Limit::Sellers(_, month)
        | Limit::Development(month) => Some(month),
        Limit::Need(_) => None,
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
        let mut row = vec![Value::Text(money::name(plan, channel))];
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::evaluate;
    use crate::engine::mix::Bought;
    use crate::engine::money::spend;
    use crate::plan::{Lineage, examples};
    use crate::report::Plain;
    use crate::units::{Count, Date, Money};

    fn plan() -> Plan {
        let mut plan = examples::three_figures(Lineage([1; 8]), Date::parse_iso("2027-01-01").unwrap());
        plan.as_of = Date::parse_iso("2027-01-01").unwrap();
        plan.period.start = plan.as_of.month().unwrap();
        plan.add_channel();
        plan.spending.channels[0].name = "Search".into();
        plan.spending.channels[0].cost = Money::from_major(10);
        plan.spending.channels[0].buys = Count::new(100).unwrap();
        plan
    }

    #[test]
    fn the_best_is_set_against_today() {
        let plan = plan();
        let now = spend(&plan, &evaluate(&plan)).unwrap();
        let id = plan.spending.channels[0].id;
        let months = vec![plan.period.start, plan.period.start.plus_months(1)];
        let buys = vec![Bought { channel: id, entries: vec![30.0, 20.0], spend: 500.0, bookings: 9_000.0 }];
        let worth = vec![
            Worth { limit: Limit::Ceiling(id, months[1]), worth: 12.5 },
            Worth { limit: Limit::Budget(months[0]), worth: 2.0 },
            Worth { limit: Limit::Budget(months[1]), worth: 1.5 },
        ];
        let best =
            Best { aim: Aim::MostRevenue, months, rest: 1.0, buys, spend: 500.0, bookings: 9_000.0, waits: 0.0, worth };
        let table = table(&plan, &best, &now, &Plain);
        let shown: Vec<&str> = table.rows[0].iter().map(Value::shown).collect();
        assert_eq!(shown[..5], ["Search", "1,200", "50", "EUR 12,000", "EUR 500"]);
        let found = Found::Best(best);
        let said = answer(&plan, &found, &now, &Plain);
        assert!(
            said.starts_with(
                "The most that the budget can bring: EUR 9,000 of bookings in the period for EUR 500; today it is EUR "
            ),
            "{said}"
        );
        assert!(said.ends_with(" for EUR 12,000."), "{said}");
        assert_eq!(
            limits(&plan, &found, &Plain),
            [
                "The ceiling of Search in February 2027: one more brings EUR 12.5",
                "The budget, in 2 months: EUR 100 more brings up to EUR 200"
            ]
        );
    }

    #[test]
    fn limits_that_leave_no_mix_are_named_once_for_all_months() {
        let plan = plan();
        let (id, first) = (plan.spending.channels[0].id, plan.period.start);
        let found = Found::Impossible(vec![
            Limit::Ceiling(id, first),
            Limit::Ceiling(id, first.plus_months(1)),
            Limit::Ceiling(id, first.plus_months(2)),
            Limit::Budget(first),
        ]);
        assert_eq!(
            limits(&plan, &found, &Plain),
            ["The ceiling of Search in January 2027 to March 2027", "The budget in January 2027"]
        );
    }
}
