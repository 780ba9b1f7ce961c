//! Why a figure of sales development is what it is, in its busiest month.

use crate::engine::{DevelopmentMonth, DevelopmentOutcome};
use crate::plan::Plan;
use crate::report::people::{month_name, told};
use crate::report::why::{Digits, Explanation};
use crate::report::{Format, words};
use crate::units::Factor;

const ERLANG: &str = "Erlang C: A. K. Erlang, 1917.";

/// Explains the figures.
pub fn explain(plan: &Plan, development: &DevelopmentOutcome, format: &dyn Format) -> Vec<Explanation> {
    let busiest = development.months.get(development.busiest).filter(|month| month.leads > month.overdue);
    let writer =
        Writer { plan, development, digits: Digits { format, currency: plan.currency, operand: 12, result: 7 } };
    let mut explained = Vec::new();
    if let Some(month) = busiest {
        explained.push(writer.load(month));
        explained.extend(writer.in_time(month));
    }
    explained.push(writer.bookings());
    explained
}

/// What every explanation looks at.
struct Writer<'a> {
    plan: &'a Plan,
    development: &'a DevelopmentOutcome,
    digits: Digits<'a>,
}

impl Writer<'_> {
    fn load(&self, month: &DevelopmentMonth) -> Explanation {
        let operand = |value: f64| self.digits.operand(value);
        let leads = month.leads - month.overdue;
        let hours = leads / month.per_hour;
        let (touches, minutes) = (self.plan.development.touches.times(), self.plan.development.minutes.times());
        let mut working = vec![format!(
            "{}: {} ÷ {} working hours = {} an hour",
            month_name(month.month, self.digits.format),
            operand(leads),
            operand(hours),
            self.digits.result(month.per_hour)
        )];
        if let Some(load) = month.load {
            working.push(format!(
                "{} × {} touches × {} minutes ÷ (60 × {} heads) = {}",
                operand(month.per_hour),
                operand(touches),
                operand(minutes),
                operand(month.heads),
                self.digits.share(load)
            ));
        }
        told(
            "Load in the busiest month",
            "Leads an hour × touches × minutes ÷ (60 × heads); below 100 % all gets done. Hours: the month's days × working days ÷ 7 × \
             working hours",
            working,
            "",
        )
    }

    fn in_time(&self, month: &DevelopmentMonth) -> Option<Explanation> {
        self.development.promise?;
        let (in_time, within) = (self.digits.share(month.in_time), self.digits.share(1.0 - self.development.outside));
        let of_all = self.digits.share(month.of_all);
        let mut working = vec![format!("{in_time} × {within} that come within working hours = {of_all}")];
        if let Some(needed) = month.needed {
            working.push(format!("{needed} heads are the fewest that keep the promise"));
        }
        Some(told(
            "Answered in time in the busiest month",
            "Within working hours, by Erlang C: 1 − the probability of waiting × e^(−(60 × heads − leads an hour × minutes) ÷ \
             (60 × minutes) × the minutes promised). Of all: × the share that comes within them",
            working,
            ERLANG,
        ))
    }

    fn bookings(&self) -> Explanation {
        let development = self.development;
        let money = |value: f64| self.digits.money(value);
        let worked = self.digits.share(development.worked);
        let bookings = self.digits.money_result(development.bookings);
        let mut working = vec![format!("{} × {worked} = {bookings}", money(development.expected))];
        let team = &self.plan.development;
        if team.odds != Factor::ONE {
            let (rate, lifted) = (self.digits.share(development.rate), self.digits.share(development.lifted));
            let odds = self.digits.share(team.odds.times());
            working.push(format!(
                "The odds of {}: {rate} becomes {lifted} when {} is answered in time",
                words::singular(self.plan, development.stage),
                self.digits.share(development.in_time.unwrap_or(0.0))
            ));
            let all = self.digits.money_result(development.lifted_bookings);
            working
                .push(format!("With {odds} of the odds: {} × {lifted} ÷ {rate} = {all}", money(development.bookings)));
        }
        told(
            "What the leads that get worked bring",
            "What the plan expects of new entries × the share that is worked by the last useful date; with quick answers × the lifted rate ÷ \
             the rate. Odds: rate ÷ (1 − rate), times the factor, and back, for the share that is answered in time, with the cap",
            working,
            "",
        )
    }
}
