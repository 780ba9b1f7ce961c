//! Sales development in words: what the leads take, what can be promised, and what that takes.

mod why;

pub use why::explain;

use crate::engine::response::Hours;
use crate::engine::{DevelopmentMonth, DevelopmentOutcome};
use crate::plan::{Plan, joined};
use crate::report::answer::{Sentence, noun};
use crate::report::people::month_name;
use crate::report::table::{Table, Value, number};
use crate::report::{Format, amount, count, words};
use crate::units::{Factor, Rate};

/// What the estimate takes for granted.
pub const ASSUMPTIONS: &str = "Estimated by Erlang C (A. K. Erlang, 1917): leads come at random, as many in each working hour; first \
    touches go before follow-ups, which are put aside for them; nobody gives up; the clock counts working minutes. What comes when \
    nobody works, waits or is overdue is work, too: it has its turn when nobody new is there, and no promise. A month has its days × \
    working days ÷ 7, holidays included. What is open already and what comes back is not counted. Bookings go with the share of \
    leads worked until the last useful date.";

/// What is known of quick answers.
pub const STUDIES: &str = "Two studies are often taken for one. J. Oldroyd (MIT) and InsideSales.com, 2007, six companies: the odds \
    of qualifying a lead were 21 times as high when it was called within 5 minutes instead of 30. Oldroyd, McElheran and Elkington, \
    Harvard Business Review, March 2011, 42 companies: about 7 times as high within an hour as an hour later. Neither shows that \
    the quick answer is the cause.";

/// *250 MQLs in March 2027, the busiest month, take 83 % of the time of 5 heads: all get worked. The promise of 90 % … holds: …*
pub fn answer(plan: &Plan, development: Option<&DevelopmentOutcome>, format: &dyn Format) -> Sentence {
    let sentence = Sentence::default();
    let Some(development) = development else {
        return sentence.say(if plan.as_of > plan.period.last_day() {
            "The period is over: no lead counts for it any more."
        } else {
            "Say who works the leads, when, and how long a touch takes: then you see what they can promise."
        });
    };
    let plural = words::plural(plan, development.stage);
    let Some(busiest) = development.months.get(development.busiest).filter(|month| month.leads > 0.0) else {
        return sentence.say(format!("No {plural} are to come in this period."));
    };
    let leads = count(format, busiest.leads - busiest.overdue);
    let leads = format!("{leads} {}", noun(plan, development.stage, &leads));
    let month = month_name(busiest.month, format);
    let sentence = sentence.strong(leads).say(format!(" in {month}, the busiest month, "));
    let sentence = match busiest.load {
        Some(load) => sentence
            .say("take ")
            .strong(format.percent(load))
            .say(format!(" of the time of {}", some(busiest.heads, "head", format))),
        None => sentence.say("find nobody there"),
    };
    let sentence = worked(plan, development, &plural, sentence, format);
    promise(development, busiest, sentence, format)
}

/// Whether all gets worked, and what is lost where it does not.
fn worked(
    plan: &Plan,
    development: &DevelopmentOutcome,
    plural: &str,
    sentence: Sentence,
    format: &dyn Format,
) -> Sentence {
    let (mut most, mut last) = (0.0_f64, 0.0);
    for month in &development.months {
        most = most.max(month.waits);
        last = month.waits;
    }
    let sentence = if most < 0.05 {
        sentence.say(": all get worked.")
    } else if last < 0.05 {
        sentence.say(". Some wait, and are worked in a later month.")
    } else {
        sentence.say(". ").strong(format!("{} {plural}", count(format, last))).say(" wait when the period ends.")
    };
    let overdue = development.months.first().map_or(0.0, |month| month.overdue);
    let sentence = if overdue < 0.05 {
        sentence
    } else {
        sentence.say(format!(" {} should have come before: they are work beside that.", count(format, overdue)))
    };
    let money = |value: f64| amount(format, value, plan.currency);
    // Less than the least that is shown is nothing.
    if development.bookings >= development.expected * (1.0 - 1e-9) {
        return sentence;
    }
    sentence
        .say(" What nobody works brings nothing: ")
        .strong(money(development.bookings))
        .say(format!(" at most of the {} planned.", money(development.expected)))
}

/// Whether the promise is kept, or what it takes.
fn promise(
    development: &DevelopmentOutcome,
    busiest: &DevelopmentMonth,
    sentence: Sentence,
    format: &dyn Format,
) -> Sentence {
    let needed = busiest.needed.map(|heads| some(heads.into(), "head", format));
    let Some(promise) = development.promise else {
        return match needed {
            Some(heads) if busiest.load.is_none_or(|load| load >= 1.0) => {
                sentence.say(" Working all of that month's takes ").strong(heads).say(".")
            }
            _ => sentence,
        };
    };
    let (mut months, mut kept, mut least, mut worst) = (0_u32, 0_u32, busiest, None::<&DevelopmentMonth>);
    for month in &development.months {
        if month.leads > 0.0 {
            months += 1;
            if month.needed.is_some_and(|needed| f64::from(needed) <= month.heads) {
                kept += 1;
            } else if worst
                .is_none_or(|worst| worst.needed.is_some_and(|most| month.needed.is_none_or(|needed| needed > most)))
            {
                worst = Some(month);
            }
            if month.in_time < least.in_time {
                least = month;
            }
        }
    }
    let share = format.percent(promise.share.fraction());
    let within = some(promise.minutes, "minute", format);
    let sentence = if let Some(worst) = worst {
        let sentence = sentence.say(format!(
            " The promise of {share} within {within} holds in {} of {}; in {} ",
            format.number(kept.into(), 0),
            some(months.into(), "month", format),
            month_name(worst.month, format)
        ));
        match worst.needed {
            Some(heads) => sentence.say("it takes ").strong(some(heads.into(), "head", format)).say("."),
            None if promise.share == Rate::ONE => sentence.say("no number of heads keeps it: some always wait longer."),
            None => sentence.say("not even 100,000 heads keep it."),
        }
    } else {
        sentence
            .say(format!(" The promise of {share} within {within} holds: at least "))
            .strong(format.percent(least.in_time))
            .say(" of what comes in working hours is answered in time.")
    };
    if development.outside <= 0.0 {
        return sentence;
    }
    let sentence = sentence
        .say(" ")
        .strong(format.percent(development.outside))
        .say(" come when nobody works, and nobody answers those in time");
    match development.in_time {
        Some(in_time) => sentence.say(format!(": of all leads {} are.", format.percent(in_time))),
        None => sentence.say("."),
    }
}

/// *A head can work 12 MQLs a working day.* And what quick answers bring, if the plan says so.
pub fn support(plan: &Plan, development: &DevelopmentOutcome, format: &dyn Format) -> String {
    let each = count(format, development.a_day);
    let each = format!("A head can work {each} {} a working day.", noun(plan, development.stage, &each));
    if plan.development.odds == Factor::ONE {
        return each;
    }
    let next = words::indefinite(plan, development.stage + 1);
    let money = |value: f64| amount(format, value, plan.currency);
    joined(
        &[
            each,
            format!(
                "By the odds that you typed, {} of {} become {next} instead of {}, when {} of all are answered in time: {} \
                 instead of {}.",
                format.percent(development.lifted),
                words::plural(plan, development.stage),
                format.percent(development.rate),
                format.percent(development.in_time.unwrap_or(0.0)),
                money(development.lifted_bookings),
                money(development.bookings),
            ),
        ],
        " ",
    )
}

/// The share of leads that comes when nobody works if they come evenly around the week, in per cent: *76.2*.
pub fn evenly_outside(plan: &Plan, format: &dyn Format) -> String {
    let team = &plan.development;
    let hours = Hours { a_day: team.hours.times(), days_a_week: team.days.times(), known_outside: None };
    format.number(hours.outside() * 100.0, 1)
}

/// *1 head*, *5 heads*
fn some(value: f64, what: &str, format: &dyn Format) -> String {
    let shown = format.number(value, 0);
    let many = if shown == "1" { "" } else { "s" };
    format!("{shown} {what}{many}")
}

/// One row per month.
pub fn months(plan: &Plan, development: &DevelopmentOutcome, format: &dyn Format) -> Table {
    let leads = words::capitalised(&words::plural(plan, development.stage));
    let mut head = vec!["Month".to_owned(), leads];
    for name in ["Heads", "Load", "Can work", "Work", "Wait", "Heads needed"] {
        head.push(name.to_owned());
    }
    if development.promise.is_some() {
        head.push("In time, in hours".to_owned());
        head.push("In time, of all".to_owned());
    }
    let percent = |share: f64| number(share, format.percent(share));
    let items = |value: f64| number(value, count(format, value));
    let mut rows = Vec::new();
    for month in &development.months {
        let mut row = vec![
            Value::Text(month_name(month.month, format)),
            items(month.leads),
            number(month.heads, format.number(month.heads, 0)),
            month.load.map_or_else(|| Value::Text("nobody".to_owned()), percent),
            items(month.most),
            items(month.worked),
            items(month.waits),
            month.needed.map_or_else(
                || Value::Text("no number".to_owned()),
                |heads| {
                    let heads = f64::from(heads);
                    number(heads, format.number(heads, 0))
                },
            ),
        ];
        if development.promise.is_some() {
            row.push(percent(month.in_time));
            row.push(percent(month.of_all));
        }
        rows.push(row);
    }
    Table { head, rows }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{development, evaluate};
    use crate::plan::{HeadChange, Lineage, Move, examples};
    use crate::report::Plain;
    use crate::report::why::is_true;
    use crate::units::{Count, Date, Days, Money, Month, Rate};

    /// Twenty working days of eight hours in February 2027, 40 minutes a lead: 240 a head.
    fn plan(leads_a_month: u32, heads: u64) -> Plan {
        let mut plan = examples::three_figures(Lineage([1; 8]), Date::parse_iso("2026-11-22").unwrap());
        plan.as_of = Date::parse_iso("2027-01-01").unwrap();
        plan.target = Money::from_major(leads_a_month * 12 * 4_000);
        plan.base.steps[0].days = Days::ZERO;
        plan.development.heads = Count::new(heads).unwrap();
        plan
    }

    fn said(plan: &Plan) -> String {
        answer(plan, development(plan, &evaluate(plan)).as_ref(), &Plain).text()
    }

    #[test]
    fn the_answer_says_what_the_leads_take() {
        assert!(said(&plan(120, 0)).starts_with("Say who works the leads, when,"));
        assert_eq!(said(&plan(0, 1)), "No leads are to come in this period.");
        let busy = "120 leads in February 2027, the busiest month, take 50 % of the time of 1 head: all get worked.";
        assert_eq!(said(&plan(120, 1)), busy);
        assert_eq!(
            said(&plan(300, 1)),
            "300 leads in February 2027, the busiest month, take 125 % of the time of 1 head. 471 leads wait when the period \
             ends. What nobody works brings nothing: EUR 12,514,286 at most of the EUR 14,400,000 planned. Working all of \
             that month's takes 2 heads."
        );
        let mut helped = plan(300, 1);
        let month = Month::parse_iso("2027-03").unwrap();
        helped.development.changes = vec![HeadChange { month, what: Move::Start, heads: Count::new(2).unwrap() }];
        assert!(
            said(&helped).contains("1 head. Some wait, and are worked in a later month. Working all"),
            "{}",
            said(&helped)
        );
    }

    #[test]
    fn the_answer_says_what_can_be_promised() {
        let mut plan = plan(240, 3);
        plan.development.within = Count::new(15).unwrap();
        assert_eq!(
            said(&plan),
            "240 leads in February 2027, the busiest month, take 33.3 % of the time of 3 heads: all get worked. The promise of \
             90 % within 15 minutes holds: at least 100 % of what comes in working hours is answered in time. 76.2 % come when \
             nobody works, and nobody answers those in time: of all leads 23.8 % are."
        );
        plan.target = Money::from_major(250 * 12 * 4_000);
        assert_eq!(evenly_outside(&plan, &Plain), "76.2");
        plan.development.outside = Some(Rate::ZERO);
        plan.development.heads = Count::new(1).unwrap();
        let short =
            " The promise of 90 % within 15 minutes holds in 11 of 12 months; in February 2027 it takes 2 heads.";
        assert!(said(&plan).ends_with(short), "{}", said(&plan));
        plan.development.promise = Rate::ONE;
        plan.development.within = Count::new(1).unwrap();
        let never = " The promise of 100 % within 1 minute holds in 0 of 12 months; in January 2027 no number of heads \
            keeps it: some always wait longer.";
        assert!(said(&plan).ends_with(never), "{}", said(&plan));
        plan.development.heads = Count::default();
        let nobody = "250 leads in February 2027, the busiest month, find nobody there. 3,000 leads wait";
        assert!(said(&plan).starts_with(nobody), "{}", said(&plan));
        plan.as_of = Date::parse_iso("2028-01-01").unwrap();
        assert_eq!(said(&plan), "The period is over: no lead counts for it any more.");
    }

    #[test]
    fn what_is_overdue_is_named() {
        let mut plan = plan(120, 3);
        plan.as_of = Date::parse_iso("2027-03-16").unwrap();
        assert_eq!(
            said(&plan),
            "120 leads in April 2027, the busiest month, take 15.6 % of the time of 3 heads: all get worked. 298 should \
             have come before: they are work beside that."
        );
    }

    #[test]
    fn what_quick_answers_bring_is_the_readers_own_figure() {
        let mut plan = plan(12, 3);
        let support = |plan: &Plan| support(plan, &development(plan, &evaluate(plan)).unwrap(), &Plain);
        assert_eq!(support(&plan), "A head can work 12 leads a working day.");
        plan.development.odds = Factor::from_millionths(2_000_000).unwrap();
        plan.development.within = Count::new(600).unwrap();
        plan.development.outside = Some(Rate::from_percent(50));
        assert_eq!(
            support(&plan),
            "A head can work 12 leads a working day. By the odds that you typed, 26.7 % of leads become a deal instead of 20 %, \
             when 50 % of all are answered in time: EUR 768,000 instead of EUR 576,000."
        );
    }

    #[test]
    fn the_table_has_what_is_promised_where_something_is() {
        let mut plan = plan(300, 1);
        plan.development.changes.push(HeadChange {
            month: Month::parse_iso("2027-03").unwrap(),
            what: Move::Leave,
            heads: Count::new(1).unwrap(),
        });
        let table = |plan: &Plan| months(plan, &development(plan, &evaluate(plan)).unwrap(), &Plain);
        let shown = |table: &Table, row: usize| -> Vec<String> {
            table.rows[row].iter().map(|value| value.shown().to_owned()).collect()
        };
        let plain = table(&plan);
        assert_eq!(shown(&plain, 1), ["February 2027", "300", "1", "125 %", "240", "240", "94", "2"]);
        assert_eq!(shown(&plain, 2)[3], "nobody");
        (plan.development.within, plan.development.promise) = (Count::new(15).unwrap(), Rate::ONE);
        let promised = table(&plan);
        assert_eq!(promised.head.len(), 10);
        assert_eq!(shown(&promised, 1)[7..], ["no number", "0 %", "0 %"]);
    }

    #[test]
    fn every_line_of_an_explanation_is_true_to_the_digits_it_shows() {
        let mut plan = plan(123, 2);
        plan.development.within = Count::new(15).unwrap();
        plan.development.odds = Factor::from_millionths(2_000_000).unwrap();
        let explained = |plan: &Plan| {
            let mut lines = Vec::new();
            for explanation in explain(plan, &development(plan, &evaluate(plan)).unwrap(), &Plain) {
                lines.extend(explanation.working);
            }
            lines
        };
        let lines = explained(&plan);
        // February has 20 working days of eight hours.
        assert_eq!(lines[0], "February 2027: 123 ÷ 160 working hours = 0.769 an hour");
        assert_eq!(lines[1], "0.76875 × 8 touches × 5 minutes ÷ (60 × 2 heads) = 25.625 %");
        assert_eq!(lines.iter().filter(|line| is_true(line)).count(), 5, "{lines:?}");
        plan.development.heads = Count::default();
        plan.development.within = Count::default();
        plan.development.changes = vec![HeadChange {
            month: plan.period.start.plus_months(5),
            what: Move::Start,
            heads: Count::new(1).unwrap(),
        }];
        assert_eq!(explained(&plan).len(), 4);
    }
}
