//! Why a figure is what it is: its formula in words, the formula with the live figures, the rounding rule, the source.

use crate::engine::{CloseRate, DAYS_A_MONTH, Need, Obstacle, Outcome, Part, StageOutcome};
use crate::plan::{Circle, Plan, Rounding, Scope, Source, Step, joined};
use crate::report::words::capitalised;
use crate::report::{DateStyle, Format, answer, count, decimals, parts, words};
use crate::units::{Factor, Money, Rate};

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
    /// What is still to be won.
    Togo,
    /// The goal in jeopardy.
    Behind,
    /// What can no longer be won in the period.
    Lost,
    /// What should have entered the stage before the as-of date and is not there.
    Overdue(usize),
    /// What should be open in the stage on the as-of date.
    ShouldBeOpen(usize),
    /// Open opportunities against what is not booked yet.
    Coverage,
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

/// Explains one figure of a part of the plan; `None` when the plan has no such figure (any more).
///
/// Where one source creates all of one segment, the formula is shown with its own figures. Everything else is a sum: of the whole
/// it is shown what it is made of.
pub fn why(plan: &Plan, outcome: &Outcome, scope: Scope, figure: Figure, format: &dyn Format) -> Option<Explanation> {
    let part = outcome.part(scope);
    let writer = Writer { plan, outcome, part, line: line(plan, scope), format };
    let mut explanation = match figure {
        Figure::Needed(stage) => writer.needed(stage)?,
        Figure::Pace(stage) => writer.pace(stage)?,
        Figure::LastUseful(stage) => writer.last_useful(stage)?,
        Figure::Worth(stage) => writer.worth(stage)?,
        Figure::RateToWon(stage) => writer.rate_to_won(stage)?,
        Figure::DaysToWon(stage) => writer.days_to_won(stage)?,
        Figure::Pipeline => writer.pipeline()?,
        Figure::Handoff(stage) => writer.handoff(stage)?,
        Figure::Brings(stage) => writer.brings(stage)?,
        Figure::CloseRate(stage) => writer.close_rate(stage)?,
        Figure::Togo => writer.togo(),
        Figure::Behind => writer.behind()?,
        Figure::Lost => writer.sums(
            "What can no longer be won in this period".to_owned(),
            "What is still to be won where the last useful date is past or nothing is won",
        ),
        Figure::Overdue(stage) => writer.sums(
            format!("Overdue: {}", words::plural(plan, writer.stage(stage)?)),
            "What had to enter before the as-of date for what new entries must still bring",
        ),
        Figure::ShouldBeOpen(stage) => writer.sums(
            format!("Should be open: {}", words::plural(plan, writer.stage(stage)?)),
            "What has to enter, for all that is due, in the days of the stage before the as-of date",
        ),
        Figure::Coverage => writer.sums("Coverage".to_owned(), "What sales has open ÷ what is due and not booked yet"),
    };
    if explanation.working.is_empty() || writer.line.is_none() {
        explanation.working.extend(writer.sum(figure));
    }
    if part.scope != Scope::Whole {
        explanation.title = format!("{}: {}", parts::scope(plan, part.scope), explanation.title);
    }
    Some(explanation)
}

/// What applies to a part of the plan that one source creates in one segment.
struct Line {
    steps: Vec<Step>,
    asp: Money,
}

fn line(plan: &Plan, scope: Scope) -> Option<Line> {
    let counts = |source: Source| plan.circle.recycled_as == source || plan.circle.referred_as == source;
    // What comes back under a source is of other lines, too.
    if matches!(scope, Scope::Source(source) if counts(source)) && plan.circle != Circle::default() {
        return None;
    }
    let mut only = None;
    for segment in &plan.segments {
        for (source, share) in Source::ALL.into_iter().zip(plan.shares(segment)) {
            let is_in = match scope {
                Scope::Whole => true,
                Scope::Segment(id) => segment.id == id,
                Scope::Source(known) => source == known,
            };
            if is_in && share > Rate::ZERO && only.replace((segment, source)).is_some() {
                return None;
            }
        }
    }
    let (segment, source) = only?;
    let step = |position| plan.step(position, Some(segment), Some(source));
    Some(Line {
        steps: (0..plan.base.steps.len()).map_while(step).collect(),
        asp: plan.asp(Some(segment), Some(source)),
    })
}

/// What every explanation looks at.
struct Writer<'a> {
    plan: &'a Plan,
    outcome: &'a Outcome,
    part: &'a Part,
    line: Option<Line>,
    format: &'a dyn Format,
}

impl Writer<'_> {
    fn needed(&self, stage: usize) -> Option<Explanation> {
        let figures = self.part.stages.get(stage)?;
        let deals = self.part.stages.last()?.carried;
        let won = capitalised(&words::plural(self.plan, self.plan.stages.len().saturating_sub(1)));
        let plural = words::plural(self.plan, stage);
        let is_last = stage + 1 == self.plan.stages.len();
        let mut formula = if is_last {
            format!("{won} = {} ÷ average selling price", self.due())
        } else {
            format!("{} = deals ÷ the share of {plural} that is won", capitalised(&plural))
        };
        let mut working = Vec::new();
        if !figures.is_passed {
            "Everything enters further down: nothing passes this stage.".clone_into(&mut formula);
        } else if let Some(line) = &self.line {
            let togo = self.part.togo;
            if togo < self.part.target {
                working.push(format!(
                    "{} is due, {} is still to be won",
                    self.money(self.part.target),
                    self.money(togo)
                ));
            }
            working.push(format!(
                "{won} = {} ÷ {} = {}",
                self.money(togo),
                self.money(line.asp.major()),
                self.need(deals)
            ));
            if !is_last {
                working.push(self.rates(stage)?);
                working.push(match (figures.carried, deals) {
                    (Need::Of(carried), Need::Of(deals)) => {
                        let effort = self.factor(carried * figures.rate_to_won, deals, '×');
                        let (deals, share) = (self.operand(deals), self.share(figures.rate_to_won));
                        format!("{deals} ÷ {share}{effort} = {}", self.result(carried))
                    }
                    (obstacle, _) => self.need(obstacle),
                });
            }
        }
        Some(Explanation {
            title: format!("{} needed", self.plan.stages.get(stage)?.plural),
            formula,
            working,
            rounding: self.rounding(figures.volume),
            source: FUNNEL,
        })
    }

    fn pace(&self, stage: usize) -> Option<Explanation> {
        let figures = self.passed(stage)?;
        let plural = words::plural(self.plan, stage);
        let working = match figures.window {
            Some(window) if self.line.is_some() => {
                let months = self.operand(window.months());
                let days = window.days();
                let a_month = self.format.number(DAYS_A_MONTH, 4);
                vec![
                    format!("From {} to {}", self.date(window.from), self.date(window.to)),
                    format!("{days} days ÷ {a_month} = {months} months"),
                    match figures.pace? {
                        Need::Of(pace) => format!("{} ÷ {months} = {}", self.need(figures.volume), self.result(pace)),
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

    fn last_useful(&self, stage: usize) -> Option<Explanation> {
        let figures = self.passed(stage)?;
        let one = words::singular(self.plan, stage);
        let end = self.plan.period.last_day();
        let timing = &self.plan.timing;
        let spreads = timing.spread > Factor::ZERO;
        let mut working = Vec::new();
        let mut formula = format!("The period's last day − the days from {one} to won");
        let mut rounding = "Calendar days, on average: half of what enters on that day lands later.";
        if spreads {
            let landing = self.share(timing.landing.fraction());
            formula = format!("The last day from which {landing} of what will be won is won within the period");
            rounding = "Times spread around their mean by a gamma distribution.";
        }
        if self.line.is_some() {
            working.push(self.days(stage)?);
            if spreads {
                working.push(format!("Times spread by {} of their mean", self.share(timing.spread.times())));
            }
            let (days, last) = (end.days_since(figures.last_useful), self.date(figures.last_useful));
            working.push(format!("{} − {days} days = {last}", self.date(end)));
        }
        Some(Explanation {
            title: format!("Last useful date for {}", words::plural(self.plan, stage)),
            formula,
            working,
            rounding: rounding.to_owned(),
            source: TIMING,
        })
    }

    fn worth(&self, stage: usize) -> Option<Explanation> {
        let figures = self.passed(stage)?;
        let one = words::singular(self.plan, stage);
        let working = match &self.line {
            Some(line) => {
                let (share, worth) = (figures.rate_to_won, figures.value_each);
                let effort = self.factor(share * line.asp.major(), worth, '÷');
                let (share, price) = (self.share(share), self.money(line.asp.major()));
                vec![self.rates(stage)?, format!("{share} × {price}{effort} = {}", self.money_result(worth))]
            }
            None => Vec::new(),
        };
        Some(Explanation {
            title: format!("What one {one} is worth"),
            formula: format!(
                "Worth of {} = the share of {} that is won × average selling price",
                words::indefinite(self.plan, stage),
                words::plural(self.plan, stage)
            ),
            working,
            rounding: CARRIED.to_owned(),
            source: VALUE,
        })
    }

    fn rate_to_won(&self, stage: usize) -> Option<Explanation> {
        self.passed(stage)?;
        let (formula, working) = match self.line {
            Some(_) => ("The product of the rates of every step from here", vec![self.rates(stage)?]),
            None => ("Wins ÷ entries, sums over sums", Vec::new()),
        };
        Some(Explanation {
            title: format!("From {} to won", words::singular(self.plan, stage)),
            formula: formula.to_owned(),
            working,
            rounding: CARRIED.to_owned(),
            source: FUNNEL,
        })
    }

    fn days_to_won(&self, stage: usize) -> Option<Explanation> {
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

    fn pipeline(&self) -> Option<Explanation> {
        let created = self.plan.stages.len().checked_sub(2)?;
        let mut working = Vec::new();
        if let Some(line) = &self.line {
            let rate = line.steps.last().map_or(0.0, |step| step.rate.fraction());
            let result = self.value(self.part, Figure::Pipeline)?;
            working.push(format!("{} ÷ {} = {result}", self.money(self.part.togo), self.share(rate)));
        }
        working.push(format!(
            "The close rate is won ÷ all {} created, those without a decision included.",
            words::plural(self.plan, created)
        ));
        Some(Explanation {
            title: "Pipeline to create".to_owned(),
            formula: format!("{} ÷ close rate, in money", capitalised(self.due())),
            working,
            rounding: CARRIED.to_owned(),
            source: FUNNEL,
        })
    }

    fn handoff(&self, stage: usize) -> Option<Explanation> {
        self.outcome.handoffs.iter().find(|handoff| handoff.stage == stage)?;
        let figures = self.passed(stage)?;
        let plural = words::plural(self.plan, stage);
        Some(Explanation {
            title: format!("What {plural} are worth at the hand-off"),
            formula: format!("{} a month × what one is worth", capitalised(&plural)),
            working: vec![match (figures.carried_pace, figures.worth_a_month()) {
                (Some(Need::Of(pace)), Some(Need::Of(worth))) => format!(
                    "{} × {} = {}",
                    self.operand(pace),
                    self.money(figures.value_each),
                    self.money_result(worth)
                ),
                (Some(obstacle), _) => self.need(obstacle),
                (None, _) => self.too_late(stage)?,
            }],
            rounding: CARRIED.to_owned(),
            source: VALUE,
        })
    }

    fn brings(&self, stage: usize) -> Option<Explanation> {
        let figures = self.part.stages.get(stage)?;
        let forward = figures.forward?;
        let plural = words::plural(self.plan, stage);
        let available = count(self.format, forward.available.as_f64());
        Some(Explanation {
            title: format!("What {available} {plural} bring"),
            formula: format!("Bookings = {plural} available × what one is worth"),
            working: vec![format!(
                "{available} × {} = {}",
                self.money(figures.value_each),
                self.money_result(forward.revenue)
            )],
            rounding: CARRIED.to_owned(),
            source: FUNNEL,
        })
    }

    fn close_rate(&self, stage: usize) -> Option<Explanation> {
        let forward = self.part.stages.get(stage)?.forward?;
        let result = match forward.close_rate {
            CloseRate::At(rate) => self.format.percent(rate),
            CloseRate::OverOne(rate) => format!("{}: more than all of them", self.format.percent(rate)),
            CloseRate::None => format!("no close rate: {}", answer::why_no_close_rate(&forward)),
        };
        let all_won = self.money(forward.all_won);
        Some(Explanation {
            title: "The close rate that would close the gap".to_owned(),
            formula:
                "What is still to be won ÷ what would be booked if every one that arrives at the last step were won"
                    .to_owned(),
            working: vec![
                format!(
                    "{} {} arrive at the last step, worth {all_won} if all were won",
                    self.operand(forward.at_last_step),
                    words::plural(self.plan, self.plan.stages.len().saturating_sub(2))
                ),
                format!("{} ÷ {all_won} = {result}", self.money(self.part.togo)),
            ],
            rounding: CARRIED.to_owned(),
            source: FUNNEL,
        })
    }

    fn togo(&self) -> Explanation {
        let progress = self.part.progress;
        Explanation {
            title: "What is still to be won".to_owned(),
            formula: "What is due less what is booked or expected of what is open: the most on any day of the period"
                .to_owned(),
            working: vec![
                format!("{} is due in the period", self.money_result(self.part.target)),
                format!(
                    "{} is booked, {} is expected of what is open",
                    self.money_result(progress.booked),
                    self.money_result(progress.expected)
                ),
                format!("New entries must bring {}", self.money_result(self.part.togo)),
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

    fn behind(&self) -> Option<Explanation> {
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

    /// A figure of which there is no more to show than what it is made of.
    fn sums(&self, title: String, formula: &str) -> Explanation {
        Explanation {
            title,
            formula: formula.to_owned(),
            working: Vec::new(),
            rounding: CARRIED.to_owned(),
            source: TIMING,
        }
    }

    /// What new entries must bring.
    fn due(&self) -> &'static str {
        if self.part.togo < self.part.target { "what is still to be won" } else { "target" }
    }

    /// The figures of a stage that something of the part passes.
    fn passed(&self, stage: usize) -> Option<&StageOutcome> {
        self.known(self.part, stage)
    }

    /// The stage, if something of the part passes it.
    fn stage(&self, stage: usize) -> Option<usize> {
        self.passed(stage).map(|_| stage)
    }

    fn known<'a>(&self, part: &'a Part, stage: usize) -> Option<&'a StageOutcome> {
        part.stages.get(stage).filter(|figures| figures.is_passed)
    }

    /// What the part is made of, a line each, and what that is together: by segments, or by sources where there is one segment.
    fn sum(&self, figure: Figure) -> Vec<String> {
        let mut lines = Vec::new();
        if self.part.scope == Scope::Whole && self.line.is_none() {
            let by_segment = self.plan.segments.len() > 1;
            for part in &self.outcome.parts {
                if part.scope != Scope::Whole && matches!(part.scope, Scope::Segment(_)) == by_segment {
                    let name = parts::scope(self.plan, part.scope);
                    lines.extend(self.value(part, figure).map(|value| format!("{name}: {value}")));
                }
            }
        }
        lines.extend(self.value(self.part, figure).map(|value| format!("In all: {value}")));
        lines
    }

    /// A figure of a part, as one of which there is a sum.
    fn value(&self, part: &Part, figure: Figure) -> Option<String> {
        Some(match figure {
            Figure::Needed(stage) => match self.known(part, stage)?.carried {
                Need::Of(carried) => self.result(carried),
                obstacle => self.need(obstacle),
            },
            Figure::Pace(stage) => self.result(self.known(part, stage)?.pace?.figure()?),
            Figure::LastUseful(stage) => self.date(self.known(part, stage)?.last_useful),
            Figure::Worth(stage) => self.money_result(self.known(part, stage)?.value_each),
            Figure::RateToWon(stage) => self.format.percent(self.known(part, stage)?.rate_to_won),
            Figure::DaysToWon(stage) => format!("{} days", self.known(part, stage)?.days_to_won),
            Figure::Pipeline => match part.pipeline {
                Need::Of(pipeline) => self.money_result(pipeline),
                obstacle => self.need(obstacle),
            },
            Figure::Behind => self.money_result(part.behind),
            Figure::Lost => self.money_result(part.lost),
            Figure::Overdue(stage) => self.result(self.known(part, stage)?.overdue),
            Figure::ShouldBeOpen(stage) => self.result(self.known(part, stage)?.should_be_open),
            Figure::Coverage => format!(
                "{} ÷ {} = {}",
                self.money_result(part.progress.opportunities),
                self.money_result(part.progress.unbooked),
                self.result(part.progress.coverage?)
            ),
            _ => return None,
        })
    }

    /// By what more or less it takes for another reason than the funnel; empty when nothing.
    fn factor(&self, more: f64, than: f64, sign: char) -> String {
        let factor = if than > 0.0 { more / than } else { 1.0 };
        if (factor - 1.0).abs() < 1e-9 {
            return String::new();
        }
        format!(" {sign} {} (what comes back, the season, the spread)", self.operand(factor))
    }

    /// *Lead to won: 30 % × 40 % × 40 % × 20 % = 0.96 %*
    fn rates(&self, stage: usize) -> Option<String> {
        let steps = self.line.as_ref()?.steps.get(stage..)?;
        let factors: Vec<String> = steps.iter().map(|step| self.share(step.rate.fraction())).collect();
        self.chain(stage, &factors, " × ", &self.share(self.part.stages.get(stage)?.rate_to_won))
    }

    /// *Lead to won: 21 + 10 + 18 + 55 = 104 days*
    fn days(&self, stage: usize) -> Option<String> {
        let sum = format!("{} days", self.part.stages.get(stage)?.days_to_won);
        let Some(line) = &self.line else { return Some(sum) };
        let summands: Vec<String> = line.steps.get(stage..)?.iter().map(|step| step.days.get().to_string()).collect();
        self.chain(stage, &summands, " + ", &sum)
    }

    fn chain(&self, stage: usize, links: &[String], sign: &str, result: &str) -> Option<String> {
        let one = capitalised(&words::singular(self.plan, stage));
        Some(if links.len() < 2 {
            format!("{one} to won: {result}")
        } else {
            format!("{one} to won: {} = {result}", joined(links, sign))
        })
    }

    fn rounding(&self, volume: Need) -> String {
        let shown = match volume {
            Need::Of(volume) => count(self.format, volume),
            obstacle => self.need(obstacle),
        };
        let how = match self.plan.rounding {
            Rounding::Carry => {
                return format!("Fractions are carried from stage to stage and rounded for display: {shown}.");
            }
            Rounding::CeilEachStage => "up",
            Rounding::RoundEachStage => "half up",
        };
        format!("Each stage is rounded {how}, from the deals on, and carried: {shown}. Money is not rounded.")
    }

    /// A figure to calculate on with, or what is in the way.
    fn need(&self, need: Need) -> String {
        match need {
            Need::Of(figure) => self.operand(figure),
            Need::OutOfReach(Obstacle::Rate(step)) => {
                format!("out of reach: the rate from {} on is 0 %", words::singular(self.plan, step))
            }
            Need::OutOfReach(Obstacle::Price) => "out of reach: a deal brings nothing".to_owned(),
        }
    }

    /// A figure to calculate on with: with so many digits that what follows is true to the digits shown.
    fn operand(&self, value: f64) -> String {
        self.format.number(value, decimals(value, OPERAND).max(2))
    }

    fn result(&self, value: f64) -> String {
        self.format.number(value, result_decimals(value))
    }

    /// A share, as typed or as the product of several.
    fn share(&self, share: f64) -> String {
        self.format.percent_to(share, SHARE)
    }

    /// An amount to calculate on with; as it was typed, if it was.
    fn money(&self, value: f64) -> String {
        self.format.money(value, self.plan.currency, decimals(value, OPERAND).max(3))
    }

    fn money_result(&self, value: f64) -> String {
        self.format.money(value, self.plan.currency, result_decimals(value))
    }

    fn too_late(&self, stage: usize) -> Option<String> {
        Some(format!(
            "Too late: the last useful date, {}, is before the as-of date, {}.",
            self.date(self.part.stages.get(stage)?.last_useful),
            self.date(self.plan.as_of)
        ))
    }

    fn date(&self, date: crate::units::Date) -> String {
        self.format.date(date, DateStyle::Full)
    }
}

const CARRIED: &str = "Computed from the carried chain, rounded for display only.";

/// Significant digits of what is calculated on with, and of a product of rates.
const OPERAND: u8 = 9;
const SHARE: u8 = 12;

/// Two decimals; more of what is small, fewer of what has so many digits that the last would not be true.
fn result_decimals(value: f64) -> u8 {
    decimals(value, 3).max(2).min(decimals(value, OPERAND - 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::evaluate;
    use crate::plan::{Lineage, examples};
    use crate::report::Plain;
    use crate::units::{Count, Date, Money, Rate};

    fn plan() -> Plan {
        examples::six_stages(Lineage([1; 8]), Date::parse_iso("2026-11-22").unwrap())
    }

    #[test]
    fn a_figure_shows_its_working() {
        let plan = plan();
        let explanation = why(&plan, &evaluate(&plan), Scope::Whole, Figure::Needed(1), &Plain).unwrap();
        assert_eq!(explanation.title, "Leads needed");
        assert_eq!(
            explanation.working,
            [
                "Deals = EUR 2,000,000 ÷ EUR 20,000 = 100",
                "Lead to won: 30 % × 40 % × 40 % × 20 % = 0.96 %",
                "100 ÷ 0.96 % = 10,416.67"
            ]
        );
        let last_useful = why(&plan, &evaluate(&plan), Scope::Whole, Figure::LastUseful(1), &Plain).unwrap();
        assert_eq!(
            last_useful.working,
            ["Lead to won: 21 + 10 + 18 + 55 = 104 days", "31 December 2027 − 104 days = 18 September 2027"]
        );
    }

    /// Kellogg's first example: 2,000,000 at 75,000 a deal, of which one in five is won.
    #[test]
    fn a_fraction_of_a_deal_is_shown_as_one() {
        let mut plan = plan();
        plan.base.asp = Money::from_major(75_000);
        let working = |plan: &Plan, figure| why(plan, &evaluate(plan), Scope::Whole, figure, &Plain).unwrap().working;
        assert_eq!(
            working(&plan, Figure::Needed(4)),
            [
                "Deals = EUR 2,000,000 ÷ EUR 75,000 = 26.6666667",
                "Opportunity to won: 20 %",
                "26.6666667 ÷ 20 % = 133.33"
            ]
        );
        plan.base.asp = Money::from_thousandths(2_500_505).unwrap();
        plan.base.steps[4].rate = Rate::from_millionths(123_456).unwrap();
        assert_eq!(
            working(&plan, Figure::Worth(4)),
            ["Opportunity to won: 12.3456 %", "12.3456 % × EUR 2,500.505 = EUR 308.7"]
        );
    }

    /// What stands before the last `=` of a line, worked out, and the figure behind it with the size of its last digit.
    fn equation(line: &str) -> Option<(f64, f64, f64)> {
        let (left, result) = line.rsplit_once(" = ")?;
        let left = left.rsplit([':', '=']).next()?.trim();
        let figure = |text: &str| {
            let percent = if text.contains('%') { 100.0 } else { 1.0 };
            let text = text.replace([',', '(', ')', '%'], "");
            let plain = text.split(' ').find(|word| word.parse::<f64>().is_ok())?;
            let decimals = plain.split_once('.').map_or(0, |(_, decimals)| decimals.len());
            Some((plain.parse::<f64>().ok()? / percent, format!("1e-{decimals}").parse::<f64>().ok()? / percent))
        };
        // Whatever is divided by is divided by one by one: a ÷ (b × c) is a ÷ b ÷ c.
        let (mut value, mut is_within, mut operator) = (None, false, '+');
        for part in left.split_inclusive(['×', '÷', '+']) {
            is_within |= part.contains('(');
            let (number, _) = figure(part.trim_end_matches(['×', '÷', '+']))?;
            value = Some(match (value, operator) {
                (None, _) => number,
                (Some(value), '×') if !is_within => value * number,
                (Some(value), '+') => value + number,
                (Some(value), _) => value / number,
            });
            operator = part.chars().last()?;
        }
        let (result, last_digit) = figure(result)?;
        Some((value?, result, last_digit))
    }

    /// How many lines of these explanations are equations; each of them is true to the digits it shows.
    #[track_caller]
    fn equations(plan: &Plan, figures: impl IntoIterator<Item = Figure>) -> usize {
        let outcome = evaluate(plan);
        let mut checked = 0;
        // A date is no equation of numbers.
        for figure in figures.into_iter().filter(|figure| !matches!(figure, Figure::LastUseful(_))) {
            for line in why(plan, &outcome, Scope::Whole, figure, &Plain).into_iter().flat_map(|why| why.working) {
                let plain = line.replace(" (what comes back, the season, the spread)", "");
                if let Some((value, shown, last_digit)) = equation(&plain) {
                    let is_true = (value - shown).abs() <= 0.51 * last_digit.max(shown.abs() * 1e-11);
                    assert!(is_true, "{figure:?}: {line}: {value} is not {shown}");
                    checked += 1;
                }
            }
        }
        checked
    }

    #[test]
    fn every_line_is_true_to_the_digits_it_shows() {
        let mut checked = 0;
        for (target, price, rate, rounding) in [
            (2_000_000_000, 75_000_000, 200_000, Rounding::Carry),
            (1_000_000_007, 3_333_333, 333_333, Rounding::CeilEachStage),
            (98_765_432_100, 19_999_999, 71_429, Rounding::RoundEachStage),
            (1_234_567, 1_005, 999_999, Rounding::Carry),
        ] {
            let mut plan = Plan { rounding, ..plan() };
            plan.target = Money::from_thousandths(target).unwrap();
            plan.base.asp = Money::from_thousandths(price).unwrap();
            plan.base.steps[3].rate = Rate::from_millionths(rate).unwrap();
            plan.base.steps[4].rate = Rate::from_millionths(rate).unwrap();
            for stage in 0..5 {
                plan.stages[stage].available = Count::new(777);
            }
            checked += equations(&plan, (0..6).flat_map(ALL));
            checked += equations(&plan, (0..6).map(Figure::Brings));
        }
        assert!(checked > 200, "{checked}");
    }

    const ALL: fn(usize) -> [Figure; 15] = |stage| {
        [
            Figure::Needed(stage),
            Figure::Pace(stage),
            Figure::LastUseful(stage),
            Figure::Worth(stage),
            Figure::RateToWon(stage),
            Figure::DaysToWon(stage),
            Figure::Pipeline,
            Figure::Handoff(stage),
            Figure::CloseRate(stage),
            Figure::Togo,
            Figure::Behind,
            Figure::Lost,
            Figure::Overdue(stage),
            Figure::ShouldBeOpen(stage),
            Figure::Coverage,
        ]
    };

    /// What comes back, a season, booked and open: the equations of one line hold with all of them.
    #[test]
    fn every_line_is_true_with_all_that_bends_the_funnel() {
        let mut plan = plan();
        plan.circle.recycled = Rate::from_percent(30);
        plan.circle.referrals = Factor::from_millionths(200_000).unwrap();
        plan.timing.rate_season = vec![Factor::from_millionths(800_000).unwrap(); 12];
        plan.timing.spread = Factor::from_millionths(400_000).unwrap();
        plan.segments[0].booked = Money::from_major(123_456);
        plan.stages[1].available = Count::new(777);
        let checked = equations(&plan, (0..6).flat_map(ALL));
        assert!(checked > 20, "{checked}");
    }

    /// Two segments of two sources: a sum says of what it is one, a part says its name.
    #[test]
    fn a_sum_says_what_it_is_made_of() {
        let mut plan = plan();
        plan.split_segment(plan.segments[0].id);
        plan.segments[1].own.asp = Some(Money::from_major(40_000));
        "Enterprise".clone_into(&mut plan.segments[1].name);
        let working = |plan: &Plan, scope, figure| why(plan, &evaluate(plan), scope, figure, &Plain).unwrap().working;
        assert_eq!(
            working(&plan, Scope::Whole, Figure::Needed(1)),
            ["Segment 1: 5,208.33", "Enterprise: 2,604.17", "In all: 7,812.5"]
        );
        let id = plan.segments[1].id;
        assert_eq!(working(&plan, Scope::Segment(id), Figure::Needed(5)), ["Deals = EUR 1,000,000 ÷ EUR 40,000 = 25"]);
        plan.sources[0].share = Rate::from_percent(75);
        plan.sources[2].share = Rate::from_percent(25);
        plan.sources[2].entry = Some(plan.stages[4].id);
        assert_eq!(working(&plan, Scope::Segment(id), Figure::Needed(1)), ["In all: 1,953.12"]);
        plan.remove_segment(id);
        assert_eq!(
            working(&plan, Scope::Whole, Figure::Needed(4)),
            ["Marketing: 375", "Sellers, outbound: 125", "In all: 500"]
        );
        let source = Scope::Source(Source::Sellers);
        let title = why(&plan, &evaluate(&plan), source, Figure::Needed(4), &Plain).unwrap().title;
        assert_eq!(title, "Sellers, outbound: Opportunities needed");
        assert_eq!(working(&plan, source, Figure::Needed(1)), [""; 0]);
        for scope in [Scope::Whole, Scope::Segment(plan.segments[0].id), source] {
            for figure in (0..6).flat_map(ALL) {
                why(&plan, &evaluate(&plan), scope, figure, &Plain);
            }
        }
    }

    #[test]
    fn what_is_too_late_is_said_in_words() {
        let mut plan = plan();
        plan.as_of = Date::parse_iso("2028-06-01").unwrap();
        for figure in [Figure::Pace(2), Figure::Handoff(2)] {
            assert_eq!(
                why(&plan, &evaluate(&plan), Scope::Whole, figure, &Plain).unwrap().working,
                ["Too late: the last useful date, 9 October 2027, is before the as-of date, 1 June 2028."]
            );
        }
    }

    #[test]
    fn every_figure_of_every_stage_can_be_asked_in_every_state() {
        let mut impossible = plan();
        impossible.base.steps[2].rate = Rate::ZERO;
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
                    let explanation = why(&plan, &outcome, Scope::Whole, figure, &Plain).unwrap();
                    assert!(!explanation.working.is_empty() && !explanation.formula.is_empty(), "{figure:?}");
                }
            }
            for stage in 0..5 {
                assert!(why(&plan, &outcome, Scope::Whole, Figure::Brings(stage), &Plain).is_some());
                assert!(why(&plan, &outcome, Scope::Whole, Figure::CloseRate(stage), &Plain).is_some());
            }
            assert!(why(&plan, &outcome, Scope::Whole, Figure::Handoff(2), &Plain).is_some());
            assert_eq!(why(&plan, &outcome, Scope::Whole, Figure::Handoff(0), &Plain), None);
            assert_eq!(why(&plan, &outcome, Scope::Whole, Figure::Needed(6), &Plain), None);
        }
    }
}
