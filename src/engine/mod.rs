//! DERIVED STATE: what follows from a plan. Pure and total: every plan that passes `Plan::check` has an [`Outcome`].
//!
//! "Impossible" is a value of it ([`Need::OutOfReach`]), never a panic. Nothing here reads a clock, and nothing speaks to people:
//! that is the layer `report`. Definitions: fractions are carried, rounding follows the plan's declared rule, money always
//! comes from the carried chain.
//!
//! The unit of all arithmetic is a *line*: what one source creates of one segment (`lines`). Each segment has its demand in time
//! (`demand`), which puts its lines in time (`flow`); a [`Part`] (the whole, a segment, a source) is a sum over lines (`parts`).

pub mod capacity;
pub mod math;
pub mod mix;
pub mod money;
pub mod response;

mod calendar;
mod demand;
mod development;
mod exact;
mod flow;
mod forward;
mod goal;
mod landing;
mod lines;
mod parts;
mod people;

pub use calendar::{DAYS_A_MONTH, Window};
pub use capacity::monthly_attrition;
pub use development::{DevelopmentMonth, DevelopmentOutcome, development, worked_stage};
pub use forward::{CloseRate, Forward};
pub use goal::Goal;
pub use people::{People, TeamMonth, TeamOutcome, people, rest};

use crate::plan::{Issue, Owner, Plan, Scope, Source, Tag};
use crate::units::{Date, Month};

/// Everything that follows from a plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// What is to be won.
    pub goal: Goal,
    /// The whole; then each segment, in their order; then each source that creates something.
    pub parts: Vec<Part>,
    /// The position of the headline stage.
    pub headline: usize,
    /// Where the owner changes, in the order of the funnel.
    pub handoffs: Vec<Handoff>,
    /// What is not yet right in the plan.
    pub issues: Vec<Issue>,
}

impl Outcome {
    /// What follows for the whole plan.
    pub fn whole(&self) -> &Part {
        self.part(Scope::Whole)
    }

    /// What follows for a part; for the whole when there is no such part.
    #[expect(clippy::indexing_slicing, reason = "the whole is always there")]
    pub fn part(&self, scope: Scope) -> &Part {
        self.parts.iter().find(|part| part.scope == scope).unwrap_or(&self.parts[0])
    }
}

/// What follows for the whole, a segment or a source. Amounts are in major units.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// What it is a part of.
    pub scope: Scope,
    /// Bookings of new business that are due in the period.
    pub target: f64,
    /// What of them new entries must still bring.
    pub togo: f64,
    /// One per stage of the plan, from first touch to won.
    pub stages: Vec<StageOutcome>,
    /// What is still to be won ÷ close rate: the bookings that opportunities must carry when they are created.
    pub pipeline: Need,
    /// Wins ÷ all that enter the last step: sums over sums.
    pub close_rate: f64,
    /// The share of what is due that comes back in steady state, g, sums over sums: zero where the circle would never end.
    pub comes_back: f64,
    /// What each source that creates something is to create of it.
    pub sources: Vec<SourceOutcome>,
    /// What is booked and open.
    pub progress: Progress,
    /// Bookings that are due before anything can land that enters from the as-of date on: the goal in jeopardy.
    pub behind: f64,
    /// Bookings that nothing can bring within the period that enters from the as-of date on: the last useful date is past, no number of
    /// entries would do, or they are due in months of a season that closes nothing.
    pub lost: f64,
    /// The first month that falls short for that reason.
    pub first_short: Option<Month>,
    /// Month by month, from the first in which something should enter to the period's last.
    pub months: Vec<MonthOutcome>,
    /// What is expected to land after the period's end of what is planned for it, because times spread.
    pub falls_behind: f64,
}

/// What a source is to create, in major units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SourceOutcome {
    /// The source.
    pub source: Source,
    /// Bookings that its new entries must still bring; what comes back counts for the source that the plan names, as in steady state.
    pub bookings: f64,
    /// The same ÷ close rate.
    pub pipeline: Need,
}

/// What is booked and what is open on the as-of date, in major units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Progress {
    /// Booked in the period.
    pub booked: f64,
    /// What all that is open would bring if it were won.
    pub open: f64,
    /// What of it is expected to be won within the period.
    pub expected: f64,
    /// The part of `open` that sales works on.
    pub opportunities: f64,
    /// What is not booked yet of what is due.
    pub unbooked: f64,
    /// Coverage: `opportunities` ÷ `unbooked`; `None` when all is booked.
    pub coverage: Option<f64>,
}

/// What a month brings and asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct MonthOutcome {
    /// The month.
    pub month: Month,
    /// Bookings that are due in it.
    pub due: f64,
    /// Bookings expected from what is open.
    pub from_open: f64,
    /// Bookings expected from what is planned to enter, and of what comes back of it in time.
    pub from_new: f64,
    /// What should enter each stage from outside in it, fractions carried; what is overdue in the month of the as-of date.
    pub entries: Vec<f64>,
}

/// Segments of one region, vertical or deal type together. Amounts in major units; rates are sums over sums.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// What they have in common; empty where it is not said.
    pub name: String,
    /// Bookings that are due in the period.
    pub target: f64,
    /// Wins that are still to be won.
    pub wins: Need,
    /// What must still enter the headline stage.
    pub headline: Need,
    /// Wins of what passes the headline stage ÷ its entries.
    pub rate: Option<f64>,
    /// What is still to be won ÷ close rate.
    pub pipeline: Need,
}

/// The segments by a tag, in the order in which its values first come.
pub fn groups(plan: &Plan, outcome: &Outcome, tag: Tag) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for segment in &plan.segments {
        let part = outcome.part(Scope::Segment(segment.id));
        let at = |stage: usize| part.stages.get(stage).map_or(Need::Of(0.0), |stage| stage.carried);
        let more = Group {
            name: tag.of(segment).to_owned(),
            target: part.target,
            wins: at(plan.stages.len().saturating_sub(1)),
            headline: at(outcome.headline),
            rate: part.stages.get(outcome.headline).filter(|stage| stage.is_passed).map(|stage| stage.rate_to_won),
            pipeline: part.pipeline,
        };
        match groups.iter_mut().find(|group| group.name == more.name) {
            Some(group) => {
                // Sums over sums.
                let won = |group: &Group| group.rate.zip(group.headline.figure()).map(|(rate, entries)| rate * entries);
                let wins = won(group).unwrap_or(0.0) + won(&more).unwrap_or(0.0);
                group.target += more.target;
                group.wins = group.wins.plus(more.wins);
                group.headline = group.headline.plus(more.headline);
                group.rate = group.headline.figure().filter(|&entries| entries > 0.0).map(|entries| wins / entries);
                group.pipeline = group.pipeline.plus(more.pipeline);
            }
            None => groups.push(more),
        }
    }
    groups
}

/// What is needed of something: a number of items, or an amount in major units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Need {
    /// This much; finite and not negative.
    Of(f64),
    /// No amount would do.
    OutOfReach(Obstacle),
}

impl Need {
    /// The figure, if it can be reached.
    pub fn figure(self) -> Option<f64> {
        match self {
            Self::Of(figure) => Some(figure),
            Self::OutOfReach(_) => None,
        }
    }

    /// The same need, with the figure changed.
    #[must_use]
    pub fn map(self, change: impl FnOnce(f64) -> f64) -> Self {
        match self {
            Self::Of(figure) => Self::Of(change(figure)),
            unreachable => unreachable,
        }
    }

    /// Both needs together.
    #[must_use]
    fn plus(self, other: Self) -> Self {
        match (self, other) {
            (Self::Of(one), Self::Of(two)) => Self::Of(one + two),
            (unreachable @ Self::OutOfReach(_), _) | (_, unreachable) => unreachable,
        }
    }
}

/// Why something is out of reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// A deal brings nothing.
    Price,
    /// The step out of the stage at this position converts nobody.
    Rate(usize),
}

/// What follows for one stage.
#[derive(Clone, Debug, PartialEq)]
pub struct StageOutcome {
    /// Whether anything of the part passes the stage; a source may enter below it.
    pub is_passed: bool,
    /// How many must still enter the stage from outside for the period, fractions carried: N = D ÷ R.
    pub carried: Need,
    /// The same by the plan's rounding rule; equal to `carried` when the rule is to carry.
    pub volume: Need,
    /// The share of what enters here that is won, R: the product of the rates from here on; of several lines, wins ÷ entries.
    pub rate_to_won: f64,
    /// The share of what enters here that goes on to the next stage; of several lines, exits ÷ entries. Zero in the last stage.
    pub rate_to_next: f64,
    /// Days from here to won, L: the sum of the days from here on; of several lines, those of the quickest.
    pub days_to_won: i32,
    /// Wins for each item that enters from outside, with what comes back of it and what a season takes; R without either.
    pub wins_each: f64,
    /// What one such item is worth in bookings, those wins × average selling price, in major units.
    pub value_each: f64,
    /// The last day on which an entry still counts for the period: its end − L; of several lines, of the quickest.
    pub last_useful: Date,
    /// The same of the slowest line.
    pub earliest_last_useful: Date,
    /// From when to when entries for the period can still come; `None` when that time is over.
    pub window: Option<Window>,
    /// Entries a month within the window; `None` without a window.
    pub pace: Option<Need>,
    /// The same with fractions carried.
    pub carried_pace: Option<Need>,
    /// The bookings that a month's items are worth, in major units, from the carried chain: sums of each line's pace × what one of
    /// its items is worth; `None` without a window.
    pub worth_a_month: Option<Need>,
    /// What the volume that is available here would bring, if one was typed.
    pub forward: Option<Forward>,
    /// How many should have entered before the as-of date and are not there.
    pub overdue: f64,
    /// How many should be open here on the as-of date for what is due.
    pub should_be_open: f64,
    /// How many are open here.
    pub open: f64,
}

/// A line that work crosses from one team to another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Handoff {
    /// The position of the last stage of the team that hands over: its items cross the line.
    pub stage: usize,
    /// Who delivers.
    pub from: Owner,
    /// Who takes over.
    pub to: Owner,
}

/// Works everything out.
pub fn evaluate(plan: &Plan) -> Outcome {
    let goal = goal::goal(plan);
    let lines = lines::lines(plan, goal.new_business);
    let parts = parts::parts(plan, &goal, &lines);
    let mut issues = plan.issues();
    issues.extend(issues_of(plan, &goal, &lines, &parts));
    Outcome { goal, headline: plan.headline_position(), handoffs: handoffs(plan), issues, parts }
}

/// What is not yet right and shows only in what follows.
fn issues_of(plan: &Plan, goal: &Goal, lines: &[lines::Line], parts: &[Part]) -> Vec<Issue> {
    let mut issues = Vec::new();
    let missing = goal::not_shared_out(plan, goal.new_business);
    if missing != 0 {
        issues.push(Issue::SegmentsDoNotAddUp(missing));
    }
    if plan.target.thousandths() > 0 && goal.new_business.thousandths() == 0 {
        issues.push(Issue::ReachedByStaying);
    }
    if goal::counts_customers_twice(plan, goal) {
        issues.push(Issue::CustomersTwice);
    }
    if lines.iter().any(|line| line.comes_back >= 1.0) {
        issues.push(Issue::CircleNeverEnds);
    }
    for (position, segment) in plan.segments.iter().enumerate() {
        let part = parts.iter().find(|part| part.scope == Scope::Segment(segment.id));
        let needed = part.and_then(|part| part.stages.get(plan.headline_position())?.carried.figure());
        if needed.zip(segment.addressable).is_some_and(|(needed, there)| needed > there.as_f64()) {
            issues.push(Issue::TooFewAccounts(position));
        }
    }
    issues
}

fn handoffs(plan: &Plan) -> Vec<Handoff> {
    let mut handoffs = Vec::new();
    for (stage, pair) in plan.stages.windows(2).enumerate() {
        if let [before, after] = pair
            && before.owner != after.owner
        {
            handoffs.push(Handoff { stage, from: before.owner, to: after.owner });
        }
    }
    handoffs
}
