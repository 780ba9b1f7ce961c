//! Why a figure is what it is: its formula in words, the formula with the live figures, the rounding rule, the source.

use crate::engine::{CloseRate, Need, Obstacle, Outcome};
use crate::plan::{Plan, Rounding};
use crate::report::words::capitalised;
use crate::report::{DateStyle, Format, amount, count, words};

/// A figure that can be asked why. Stages by their position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// How many must enter the stage.
    Needed(usize),
    /// How many a month.
    Pace(usize),
    /// The last day on which an entry counts.
    LastUseful(usize),
    /// What one is worth in bookings.
    Worth(usize),
    /// The share of the stage that is won.
    RateToWon(usize),
    /// Days from the stage to won.
    DaysToWon(usize),
    /// The pipeline to create.
    Pipeline,
    /// What a month's items are worth at the hand-off after this stage.
    Handoff(usize),
    /// What an available volume brings.
    Brings(usize),
    /// The close rate that would close the gap.
    CloseRate(usize),
}

/// An answer to *why?*
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// What the figure is called.
    pub title: String,
    /// The formula in words.
    pub formula: String,
    /// The same with the live figures, step by step.
    pub working: Vec<String>,
    /// How it is rounded, if it is.
    pub rounding: String,
    /// Where the formula comes from.
    pub source: &'static str,
}

const FUNNEL: &str = "Inverted demand generation funnel: D. Kellogg, kellblog.com, 2019.";
const TIMING: &str = "Demand shifted by the days of every step between: D. Kellogg, The inverted funnel, part II.";
const VALUE: &str = "Expected value: the probability of winning × what a win brings.";

/// Explains one figure; `None` when the plan has no such figure (any more).
pub fn why(plan: &Plan, outcome: &Outcome, figure: Figure, format: &dyn Format) -> Option<Explanation> {
    let writer = Writer { plan, outcome, format };
    match figure {
        Figure::Needed(stage) => writer.needed(stage),
        Figure::Pace(stage) => writer.pace(stage),
        Figure::LastUseful(stage) => writer.last_useful(stage),
        Figure::Worth(stage) => writer.worth(stage),
        Figure::RateToWon(stage) => writer.rate_to_won(stage),
        Figure::DaysToWon(stage) => writer.days_to_won(stage),
        Figure::Pipeline => writer.pipeline(),
        Figure::Handoff(stage) => writer.handoff(stage),
        Figure::Brings(stage) => writer.brings(stage),
        Figure::CloseRate(stage) => writer.close_rate(stage),
    }
}

/// What every explanation looks at.
struct Writer<'a> {
    plan: &'a Plan,
    outcome: &'a Outcome,
    format: &'a dyn Format,
}

impl Writer<'_> {
    fn needed(&self, stage: usize) -> Option<Explanation> {
        let figures = self.outcome.stages.get(stage)?;
        let (target, price) = (self.money(self.plan.target.major()), self.money(self.plan.segment.asp.major()));
        let deals = self.outcome.stages.last()?;
        let mut working = vec![format!("Deals = {target} ÷ {price} = {}", self.need(deals.carried))];
        let is_last = stage + 1 == self.plan.stages.len();
        if !is_last {
            working.push(self.rates(stage)?);
            working.push(match figures.carried {
                Need::Of(carried) => format!(
                    "{} ÷ {} = {}",
                    self.need(deals.carried),
                    self.format.percent(figures.rate_to_won),
                    self.format.number(carried, 2)
                ),
                obstacle => self.need(obstacle),
            });
        }
        let plural = words::plural(self.plan, stage);
        Some(Explanation {
            title: format!("{} needed", self.plan.stages.get(stage)?.plural),
            formula: if is_last {
                "Deals = target ÷ average selling price".to_owned()
            } else {
                format!("{} = deals ÷ the share of {plural} that is won", capitalised(&plural))
            },
            working,
            rounding: self.rounding(figures.volume),
            source: FUNNEL,
        })
    }

    fn pace(&self, stage: usize) -> Option<Explanation> {
        let figures = self.outcome.stages.get(stage)?;
        let plural = words::plural(self.plan, stage);
        let working = match figures.window {
            Some(window) => vec![
                format!("From {} to {}", self.date(window.from), self.date(window.to)),
                format!("{} days ÷ 30.4375 = {} months", window.days(), self.format.number(window.months(), 2)),
                format!(
                    "{} ÷ {} = {}",
                    self.need(figures.volume),
                    self.format.number(window.months(), 2),
                    self.need(figures.pace?)
                ),
            ],
            None => vec![format!(
                "The last useful date, {}, is before the as-of date, {}: no time is left.",
                self.date(figures.last_useful),
                self.date(self.plan.as_of)
            )],
        };
        Some(Explanation {
            title: format!("{} a month", self.plan.stages.get(stage)?.plural),
            formula: format!(
                "{} that must still enter ÷ the months from the as-of date, or the first day whose {plural} are won in the period, to the last useful date",
                capitalised(&plural)
            ),
            working,
            rounding: "Months stay fractional; a month is 365.25 ÷ 12 days.".to_owned(),
            source: TIMING,
        })
    }

    fn last_useful(&self, stage: usize) -> Option<Explanation> {
        let figures = self.outcome.stages.get(stage)?;
        let one = words::singular(self.plan, stage);
        Some(Explanation {
            title: format!("Last useful date for {}", words::plural(self.plan, stage)),
            formula: format!("The period's last day − the days from {one} to won"),
            working: vec![
                self.days(stage)?,
                format!(
                    "{} − {} days = {}",
                    self.date(self.plan.period.last_day()),
                    figures.days_to_won,
                    self.date(figures.last_useful)
                ),
            ],
            rounding: "Calendar days, on average: half of what enters on that day lands later.".to_owned(),
            source: TIMING,
        })
    }

    fn worth(&self, stage: usize) -> Option<Explanation> {
        let figures = self.outcome.stages.get(stage)?;
        let one = words::singular(self.plan, stage);
        Some(Explanation {
            title: format!("What one {one} is worth"),
            formula: format!(
                "Worth of {} = the share of {} that is won × average selling price",
                words::indefinite(self.plan, stage),
                words::plural(self.plan, stage)
            ),
            working: vec![
                self.rates(stage)?,
                format!(
                    "{} × {} = {}",
                    self.format.percent(figures.rate_to_won),
                    self.money(self.plan.segment.asp.major()),
                    self.money(figures.value_each)
                ),
            ],
            rounding: CARRIED.to_owned(),
            source: VALUE,
        })
    }

    fn rate_to_won(&self, stage: usize) -> Option<Explanation> {
        Some(Explanation {
            title: format!("From {} to won", words::singular(self.plan, stage)),
            formula: "The product of the rates of every step from here".to_owned(),
            working: vec![self.rates(stage)?],
            rounding: CARRIED.to_owned(),
            source: FUNNEL,
        })
    }

    fn days_to_won(&self, stage: usize) -> Option<Explanation> {
        Some(Explanation {
            title: format!("Days from {} to won", words::singular(self.plan, stage)),
            formula: "The sum of the days of every step from here".to_owned(),
            working: vec![self.days(stage)?],
            rounding: "Calendar days, on average.".to_owned(),
            source: TIMING,
        })
    }

    fn pipeline(&self) -> Option<Explanation> {
        let created = self.plan.stages.len().checked_sub(2)?;
        Some(Explanation {
            title: "Pipeline to create".to_owned(),
            formula: "Target ÷ close rate, in money".to_owned(),
            working: vec![
                format!(
                    "{} ÷ {} = {}",
                    self.money(self.plan.target.major()),
                    self.format.percent(self.plan.close_rate().fraction()),
                    self.need_money(self.outcome.pipeline)
                ),
                format!(
                    "The close rate is won ÷ all {} created, those without a decision included.",
                    words::plural(self.plan, created)
                ),
            ],
            rounding: CARRIED.to_owned(),
            source: FUNNEL,
        })
    }

    fn handoff(&self, stage: usize) -> Option<Explanation> {
        let handoff = self.outcome.handoffs.iter().find(|handoff| handoff.stage == stage)?;
        let figures = self.outcome.stages.get(stage)?;
        let plural = words::plural(self.plan, stage);
        Some(Explanation {
            title: format!("What {plural} are worth at the hand-off"),
            formula: format!("{} a month × what one is worth", capitalised(&plural)),
            working: vec![format!(
                "{} × {} = {}",
                figures.pace.map_or_else(String::new, |pace| self.need(pace)),
                self.money(figures.value_each),
                handoff.worth_a_month.map_or_else(String::new, |worth| self.need_money(worth))
            )],
            rounding: CARRIED.to_owned(),
            source: VALUE,
        })
    }

    fn brings(&self, stage: usize) -> Option<Explanation> {
        let figures = self.outcome.stages.get(stage)?;
        let forward = figures.forward?;
        let plural = words::plural(self.plan, stage);
        Some(Explanation {
            title: format!("What {} {plural} bring", count(self.format, forward.available.as_f64())),
            formula: format!("Bookings = {plural} available × the share that is won × average selling price"),
            working: vec![
                self.rates(stage)?,
                format!(
                    "{} × {} × {} = {}",
                    count(self.format, forward.available.as_f64()),
                    self.format.percent(figures.rate_to_won),
                    self.money(self.plan.segment.asp.major()),
                    self.money(forward.revenue)
                ),
            ],
            rounding: CARRIED.to_owned(),
            source: FUNNEL,
        })
    }

    fn close_rate(&self, stage: usize) -> Option<Explanation> {
        let forward = self.outcome.stages.get(stage)?.forward?;
        let result = match forward.close_rate {
            CloseRate::At(rate) => self.format.percent(rate),
            CloseRate::OverOne(rate) => format!("{}: more than all of them", self.format.percent(rate)),
            CloseRate::None => "no close rate: nothing arrives at the last step".to_owned(),
        };
        Some(Explanation {
            title: "The close rate that would close the gap".to_owned(),
            formula: "Target ÷ what would be booked if every one that arrives at the last step were won".to_owned(),
            working: vec![
                format!(
                    "{} {} arrive at the last step",
                    count(self.format, forward.at_last_step),
                    words::plural(self.plan, self.plan.stages.len().saturating_sub(2))
                ),
                format!(
                    "{} ÷ ({} × {}) = {result}",
                    self.money(self.plan.target.major()),
                    count(self.format, forward.at_last_step),
                    self.money(self.plan.segment.asp.major())
                ),
            ],
            rounding: CARRIED.to_owned(),
            source: FUNNEL,
        })
    }

    /// *Lead to won: 30 % × 40 % × 40 % × 20 % = 0.96 %*
    fn rates(&self, stage: usize) -> Option<String> {
        let steps = self.plan.segment.steps.get(stage..)?;
        let product = self.format.percent(self.outcome.stages.get(stage)?.rate_to_won);
        let one = capitalised(&words::singular(self.plan, stage));
        if steps.len() < 2 {
            return Some(format!("{one} to won: {product}"));
        }
        let factors: Vec<String> = steps.iter().map(|step| self.format.percent(step.rate.fraction())).collect();
        Some(format!("{one} to won: {} = {product}", factors.join(" × ")))
    }

    /// *Lead to won: 21 + 10 + 18 + 55 = 104 days*
    fn days(&self, stage: usize) -> Option<String> {
        let steps = self.plan.segment.steps.get(stage..)?;
        let sum = self.outcome.stages.get(stage)?.days_to_won;
        let one = capitalised(&words::singular(self.plan, stage));
        if steps.len() < 2 {
            return Some(format!("{one} to won: {sum} days"));
        }
        let summands: Vec<String> = steps.iter().map(|step| step.days.get().to_string()).collect();
        Some(format!("{one} to won: {} = {sum} days", summands.join(" + ")))
    }

    fn rounding(&self, volume: Need) -> String {
        let shown = self.need(volume);
        match self.plan.rounding {
            Rounding::Carry => format!("Fractions are carried from stage to stage and rounded for display: {shown}."),
            Rounding::CeilEachStage => {
                format!("Each stage is rounded up, from the deals on, and carried: {shown}. Money is not rounded.")
            }
            Rounding::RoundEachStage => {
                format!("Each stage is rounded half up, from the deals on, and carried: {shown}. Money is not rounded.")
            }
        }
    }

    fn need(&self, need: Need) -> String {
        match need {
            Need::Of(figure) => count(self.format, figure),
            obstacle => self.obstacle(obstacle),
        }
    }

    fn need_money(&self, need: Need) -> String {
        match need {
            Need::Of(figure) => self.money(figure),
            obstacle => self.obstacle(obstacle),
        }
    }

    fn obstacle(&self, need: Need) -> String {
        match need {
            Need::OutOfReach(Obstacle::Rate(step)) => {
                format!("out of reach: the rate from {} on is 0 %", words::singular(self.plan, step))
            }
            _ => "out of reach: a deal brings nothing".to_owned(),
        }
    }

    fn money(&self, value: f64) -> String {
        amount(self.format, value, self.plan.currency)
    }

    fn date(&self, date: crate::units::Date) -> String {
        self.format.date(date, DateStyle::Full)
    }
}

const CARRIED: &str = "Computed from the carried chain, rounded for display only.";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::evaluate;
    use crate::plan::{Lineage, examples};
    use crate::report::Plain;
    use crate::units::{Count, Date, Rate};

    fn plan() -> Plan {
        examples::six_stages(Lineage([1; 8]), Date::parse_iso("2026-11-22").unwrap())
    }

    #[test]
    fn a_figure_shows_its_working() {
        let plan = plan();
        let explanation = why(&plan, &evaluate(&plan), Figure::Needed(1), &Plain).unwrap();
        assert_eq!(explanation.title, "Leads needed");
        assert_eq!(
            explanation.working,
            [
                "Deals = EUR 2,000,000 ÷ EUR 20,000 = 100",
                "Lead to won: 30 % × 40 % × 40 % × 20 % = 0.96 %",
                "100 ÷ 0.96 % = 10,416.67"
            ]
        );
        let last_useful = why(&plan, &evaluate(&plan), Figure::LastUseful(1), &Plain).unwrap();
        assert_eq!(
            last_useful.working,
            ["Lead to won: 21 + 10 + 18 + 55 = 104 days", "31 December 2027 − 104 days = 18 September 2027"]
        );
    }

    #[test]
    fn every_figure_of_every_stage_can_be_asked_in_every_state() {
        let mut impossible = plan();
        impossible.segment.steps[2].rate = Rate::ZERO;
        let mut late = plan();
        late.as_of = Date::parse_iso("2028-06-01").unwrap();
        for mut plan in [plan(), impossible, late] {
            for stage in 0..5 {
                plan.stages[stage].available = Count::new(100);
            }
            let outcome = evaluate(&plan);
            for stage in 0..6 {
                for figure in [
                    Figure::Needed(stage),
                    Figure::Pace(stage),
                    Figure::LastUseful(stage),
                    Figure::Worth(stage),
                    Figure::RateToWon(stage),
                    Figure::DaysToWon(stage),
                    Figure::Pipeline,
                ] {
                    let explanation = why(&plan, &outcome, figure, &Plain).unwrap();
                    assert!(!explanation.working.is_empty() && !explanation.formula.is_empty(), "{figure:?}");
                }
            }
            for stage in 0..5 {
                assert!(why(&plan, &outcome, Figure::Brings(stage), &Plain).is_some());
                assert!(why(&plan, &outcome, Figure::CloseRate(stage), &Plain).is_some());
            }
            assert!(why(&plan, &outcome, Figure::Handoff(2), &Plain).is_some());
            assert_eq!(why(&plan, &outcome, Figure::Handoff(0), &Plain), None);
            assert_eq!(why(&plan, &outcome, Figure::Needed(6), &Plain), None);
        }
    }
}
