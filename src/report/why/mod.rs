//! Why a figure is what it is: its formula in words, the formula with the live figures, the rounding rule, the source.

mod calendar;
mod digits;
mod figures;
mod funnel;
#[cfg(test)]
mod tests;

pub(super) use digits::{CARRIED, Digits};
#[cfg(test)]
pub(super) use tests::{equation, is_true};

use crate::engine::{self, Need, Outcome, Part, StageOutcome};
use crate::plan::{Circle, Plan, Scope, Source, Step, Tag};
use crate::report::calendar::open_of_others;
use crate::report::{Format, parts, words};
use crate::units::{Money, Rate};

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
    /// What the source is to create.
    Creates(Source),
    /// The new business that a target of revenue implies.
    NewBusiness,
    /// A column of the table of months, behind that of their names: the stages that something passes, what is due, from what is
    /// open, from what is new.
    Months(usize),
    /// What share of their entries the segments win that have this in common.
    Compared(Tag),
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
/// Where one source creates all of one segment, the formula is shown with its own figures. Everything else is a sum, and it is shown
/// of what: the whole of segments, a segment of sources, a source of segments.
pub fn why(plan: &Plan, outcome: &Outcome, scope: Scope, figure: Figure, format: &dyn Format) -> Option<Explanation> {
    let part = outcome.part(scope);
    let line = line(plan, part.scope);
    let made_of = if line.is_none() { made_of(plan, part.scope) } else { Vec::new() };
    let digits = Digits { format, currency: plan.currency, operand: 9, result: 8 };
    let writer = Writer { plan, outcome, part, line, made_of, format, digits };
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
            "What had to enter before the as-of date for what is still to be won, in the next period, too",
        ),
        Figure::ShouldBeOpen(stage) => writer.sums(
            format!("Should be open: {}", words::plural(plan, writer.stage(stage)?)),
            "What has to enter, for all that is due, in the days of the stage before the as-of date",
        ),
        Figure::Coverage => Explanation {
            source: "",
            ..writer.sums(
                "Coverage".to_owned(),
                "What is open with sales and in the stage before won ÷ what is due and not booked yet",
            )
        },
        Figure::Creates(source) => writer.creates(source),
        Figure::NewBusiness => writer.new_business()?,
        Figure::Months(column) => writer.months(column)?,
        Figure::Compared(tag) => writer.compared(tag),
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

/// What a segment has of each source, or a source of each segment: what follows for the segments one by one. Empty for the whole.
fn made_of(plan: &Plan, scope: Scope) -> Vec<Part> {
    let mut members = Vec::new();
    for segment in &plan.segments {
        if scope == Scope::Whole || matches!(scope, Scope::Segment(id) if id != segment.id) {
            continue;
        }
        let mut alone = plan.clone();
        alone.segments = vec![segment.clone()];
        for mut part in engine::evaluate(&alone).parts {
            let Scope::Source(_) = part.scope else { continue };
            if matches!(scope, Scope::Source(_)) {
                if part.scope != scope {
                    continue;
                }
                part.scope = Scope::Segment(segment.id);
            }
            members.push(part);
        }
    }
    members
}

/// What every explanation looks at.
struct Writer<'a> {
    plan: &'a Plan,
    outcome: &'a Outcome,
    part: &'a Part,
    line: Option<Line>,
    /// Of a segment or a source, of what it is the sum.
    made_of: Vec<Part>,
    format: &'a dyn Format,
    digits: Digits<'a>,
}

impl Writer<'_> {
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
        // What a source creates is of the segments, coverage of the sources.
        let by_segment =
            matches!(figure, Figure::Creates(_)) || self.plan.segments.len() > 1 && figure != Figure::Coverage;
        let mut lines = self.members(by_segment, &|part| self.value(part, figure));
        let others = open_of_others(self.outcome);
        if figure == Figure::Coverage && others > 0.0 {
            lines.push(format!("Other sources: {}", self.digits.money_result(others)));
        }
        // What is won of one source's that came back can count as another's: no sum by source of what one is worth.
        let is_by_source =
            matches!(self.part.scope, Scope::Segment(_)) || self.part.scope == Scope::Whole && !by_segment;
        let is_worth = matches!(figure, Figure::Worth(_) | Figure::Handoff(_));
        // One alone is all.
        if lines.len() == 1 || is_worth && is_by_source && self.plan.circle.recycled > Rate::ZERO {
            lines.clear();
        }
        lines.extend(self.value(self.part, figure).map(|value| format!("In all: {value}")));
        lines
    }

    /// The segments or sources of a sum, each with its value.
    fn members(&self, by_segment: bool, value: &dyn Fn(&Part) -> Option<String>) -> Vec<String> {
        let mut lines = Vec::new();
        let is_whole = self.made_of.is_empty() && self.line.is_none();
        for part in if is_whole { &self.outcome.parts } else { &self.made_of } {
            if !is_whole || part.scope != Scope::Whole && matches!(part.scope, Scope::Segment(_)) == by_segment {
                let name = parts::scope(self.plan, part.scope);
                lines.extend(value(part).map(|value| format!("{name}: {value}")));
            }
        }
        lines
    }

    /// A figure of a part, as one of which there is a sum.
    fn value(&self, part: &Part, figure: Figure) -> Option<String> {
        Some(match figure {
            Figure::Needed(stage) => match self.known(part, stage)?.carried {
                Need::Of(carried) => self.digits.result(carried),
                obstacle => self.need(obstacle),
            },
            Figure::Pace(stage) => self.digits.result(self.known(part, stage)?.pace?.figure()?),
            Figure::LastUseful(stage) => self.date(self.known(part, stage)?.last_useful),
            Figure::Worth(stage) => self.digits.money_result(self.known(part, stage)?.value_each),
            Figure::RateToWon(stage) => self.format.percent(self.known(part, stage)?.rate_to_won),
            Figure::DaysToWon(stage) => format!("{} days", self.known(part, stage)?.days_to_won),
            Figure::Pipeline => self.money_need(part.pipeline),
            Figure::Handoff(stage) => self.digits.money_result(self.known(part, stage)?.worth_a_month?.figure()?),
            Figure::Togo => {
                format!("{} of {}", self.digits.money_result(part.togo), self.digits.money_result(part.target))
            }
            Figure::Behind => self.digits.money_result(part.behind),
            Figure::Lost => self.digits.money_result(part.lost),
            Figure::Overdue(stage) => self.digits.result(self.known(part, stage)?.overdue),
            Figure::ShouldBeOpen(stage) => self.digits.result(self.known(part, stage)?.should_be_open),
            Figure::Coverage => format!(
                "{} ÷ {} = {}",
                self.digits.money_result(part.progress.opportunities),
                self.digits.money_result(part.progress.unbooked),
                self.digits.result(part.progress.coverage?)
            ),
            Figure::Creates(source) => {
                let created = part.sources.iter().find(|created| created.source == source)?;
                format!(
                    "bookings {}, pipeline {}",
                    self.digits.money_result(created.bookings),
                    self.money_need(created.pipeline)
                )
            }
            _ => return None,
        })
    }
}
