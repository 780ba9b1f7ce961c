//! By which date, and what is there by then.

use super::CARRIED;
use super::{Explanation, Figure, TIMING, Writer};
use crate::engine::{self, DAYS_A_MONTH, Need, Part};
use crate::plan::{Scope, Tag, joined};
use crate::report::words::{self, capitalised};
use crate::report::{DateStyle, decimals};
use crate::units::Factor;

impl Writer<'_> {
    pub(super) fn pace(&self, stage: usize) -> Option<Explanation> {
        let figures = self.passed(stage)?;
        let plural = words::plural(self.plan, stage);
        let working = match figures.window {
            Some(window) if self.line.is_some() => {
                let months = self.digits.operand(window.months());
                let days = window.days();
                let a_month = self.format.number(DAYS_A_MONTH, 4);
                vec![
                    format!("From {} to {}", self.date(window.from), self.date(window.to)),
                    format!("{days} days ÷ {a_month} = {months} months"),
                    match figures.pace? {
                        Need::Of(pace) => {
                            format!("{} ÷ {months} = {}", self.need(figures.volume), self.digits.result(pace))
                        }
                        obstacle => self.need(obstacle),
                    },
                ]
            }
            Some(_) => Vec::new(),
            None => vec![self.too_late(stage)?],
        };
        Some(Explanation {
            title: format!("{} a month", self.plan.stages.get(stage)?.plural),
            formula: format!("{} that must still enter ÷ the months in which they count", capitalised(&plural)),
            working,
            rounding: "Months stay fractional; a month is 365.25 ÷ 12 days.".to_owned(),
            source: TIMING,
        })
    }

    pub(super) fn last_useful(&self, stage: usize) -> Option<Explanation> {
        let figures = self.passed(stage)?;
        let one = words::singular(self.plan, stage);
        let end = self.plan.period.last_day();
        let timing = &self.plan.timing;
        let spread = timing.spread_within_limits();
        let mut working = Vec::new();
        let mut formula = format!("The period's last day − the days from {one} to won");
        let mut rounding = "Calendar days, on average: half of what enters on that day lands later.";
        if spread > Factor::ZERO {
            let landing = self.digits.share(timing.landing_within_limits().fraction());
            formula = format!("The last day from which {landing} of what will be won is won within the period");
            rounding = "Times spread around their mean by a gamma distribution.";
        }
        if self.line.is_some() {
            working.push(self.days(stage)?);
            if spread > Factor::ZERO {
                working.push(format!("Times spread by {} of their mean", self.digits.share(spread.times())));
            }
            let (days, last) = (end.days_since(figures.last_useful), self.date(figures.last_useful));
            working.push(format!("{} − {days} days = {last}", self.date(end)));
        } else {
            formula += ", of the quickest segment and source";
        }
        Some(Explanation {
            title: format!("Last useful date for {}", words::plural(self.plan, stage)),
            formula,
            working,
            rounding: rounding.to_owned(),
            source: TIMING,
        })
    }

    pub(super) fn days_to_won(&self, stage: usize) -> Option<Explanation> {
        self.passed(stage)?;
        let (formula, working) = match self.line {
            Some(_) => ("The sum of the days of every step from here", vec![self.days(stage)?]),
            None => ("The sum of the days of every step from here, of the quickest segment and source", Vec::new()),
        };
        Some(Explanation {
            title: format!("Days from {} to won", words::singular(self.plan, stage)),
            formula: formula.to_owned(),
            working,
            rounding: "Calendar days, on average.".to_owned(),
            source: TIMING,
        })
    }

    pub(super) fn togo(&self) -> Explanation {
        let progress = self.part.progress;
        let there = match self.part.scope {
            Scope::Source(_) => {
                "What its segments have booked and open is taken off all their sources alike".to_owned()
            }
            _ => format!(
                "{} is booked, {} is expected of what is open",
                self.digits.money_result(progress.booked),
                self.digits.money_result(progress.expected)
            ),
        };
        Explanation {
            title: "What is still to be won".to_owned(),
            formula: "What is due less what is booked or expected of what is open: the most on any day of the period"
                .to_owned(),
            working: vec![
                format!("{} is due in the period", self.digits.money_result(self.part.target)),
                there,
                format!("New entries must bring {}", self.digits.money_result(self.part.togo)),
            ],
            rounding: if self.plan.timing.spread > Factor::ZERO {
                "Counted by the mean days; because times spread, some of what is open comes later."
            } else {
                CARRIED
            }
            .to_owned(),
            source: TIMING,
        }
    }

    pub(super) fn behind(&self) -> Option<Explanation> {
        let mut working = Vec::new();
        if self.line.is_some() {
            let first = self.part.stages.iter().position(|stage| stage.is_passed)?;
            working.push(self.days(first)?);
            working.push(format!("As of {}: {}", self.date(self.plan.as_of), self.value(self.part, Figure::Behind)?));
        }
        Some(Explanation {
            title: "The goal in jeopardy".to_owned(),
            formula:
                "What is due before anything that enters now can land, and neither booked nor expected of what is open"
                    .to_owned(),
            working,
            rounding: "Calendar days, on average.".to_owned(),
            source: TIMING,
        })
    }

    /// Month by month what each is made of.
    pub(super) fn months(&self, column: usize) -> Option<Explanation> {
        let stages = self.plan.stages.len();
        let mut working = Vec::new();
        let (mut title, mut formula) = ("Due", "The target, shared out by its profile");
        // What an entry is worth, where every month's is worth as much.
        let mut worth = None;
        if let Some(stage) = self.plan.stages.get(column) {
            let figures = self.passed(column)?;
            title = &stage.plural;
            formula =
                "What is still to be won the days to won later, less what was asked for before, ÷ what one is worth";
            if let Need::OutOfReach(_) = figures.carried {
                working.push(self.need(figures.carried));
            } else if figures.window.is_none() {
                working.push(self.too_late(column)?);
            }
            if self.line.is_some() && self.is_even() {
                worth = Some(figures).filter(|figures| figures.value_each > 0.0);
            }
        } else if column > stages {
            title = if column == stages + 1 { "From open" } else { "From new" };
            formula = "What is expected to be won in the month";
        }
        for month in &self.part.months {
            let shown = |part: &Part| {
                let month = part.months.iter().find(|known| known.month == month.month)?;
                if let Some(&entries) = month.entries.get(column) {
                    return Some(self.digits.result(entries));
                }
                let figures = [month.due, month.from_open, month.from_new];
                figures.get(column - month.entries.len()).map(|&figure| self.digits.money_result(figure))
            };
            let members = self.members(self.plan.segments.len() > 1, &shown);
            let mut line = if members.len() > 1 { joined(&members, ", ") + ", in all " } else { String::new() };
            line += &shown(self.part)?;
            if let Some((figures, &entries)) = worth.zip(month.entries.get(column)) {
                let ends = month.month.plus_months(1).first_day().plus_days(figures.days_to_won - 1);
                let won = self.digits.money(entries * figures.value_each);
                // So exact that millions of entries are true to the last one.
                let decimals = decimals(figures.value_each, 12);
                let each = self.format.money(figures.value_each, self.plan.currency, decimals);
                line = format!("{won} by {} ÷ {each} = {line}", self.date(ends));
            }
            working.push(format!("{}: {line}", self.format.date(month.month.first_day(), DateStyle::MonthAndYear)));
        }
        Some(Explanation { working, ..self.sums(format!("{title}, month by month"), formula) })
    }

    /// Whether every entry is worth as much, whenever it comes.
    fn is_even(&self) -> bool {
        let timing = &self.plan.timing;
        timing.rate_season.is_empty()
            && (timing.spread == Factor::ZERO || !timing.sized_for_spread)
            && self.part.comes_back <= 0.0
    }

    /// What share of its entries each group wins.
    pub(super) fn compared(&self, tag: Tag) -> Explanation {
        let mut working = Vec::new();
        for group in engine::groups(self.plan, self.outcome, tag) {
            if let Some((rate, entries)) = group.rate.zip(group.headline.figure()) {
                let (won, entered) = (self.digits.operand(rate * entries), self.digits.operand(entries));
                working.push(format!("{}: {won} ÷ {entered} = {}", group.name, self.format.percent(rate)));
            }
        }
        let formula = "Wins ÷ entries, sums over sums";
        Explanation { working, ..self.sums("Won of them".to_owned(), formula) }
    }

    /// A figure of which there is no more to show than what it is made of.
    pub(super) fn sums(&self, title: String, formula: &str) -> Explanation {
        Explanation {
            title,
            formula: formula.to_owned(),
            working: Vec::new(),
            rounding: CARRIED.to_owned(),
            source: TIMING,
        }
    }

    pub(super) fn too_late(&self, stage: usize) -> Option<String> {
        Some(format!(
            "Too late: the last useful date, {}, is before the as-of date, {}.",
            self.date(self.part.stages.get(stage)?.last_useful),
            self.date(self.plan.as_of)
        ))
    }
}
