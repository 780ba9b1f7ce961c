//! DERIVED STATE: what follows from a plan. Pure and total: every plan that passes `Plan::check` has an [`Outcome`].
//!
//! "Impossible" is a value of it ([`Need::OutOfReach`]), never a panic. Nothing here reads a clock, and nothing speaks to people:
//! that is the layer `report`. Definitions: fractions are carried, rounding follows the plan's declared rule, money always
//! comes from the carried chain.

pub mod math;

mod calendar;
mod exact;
mod forward;
mod funnel;

pub use calendar::{DAYS_A_MONTH, Window};
pub use forward::{CloseRate, Forward};

use crate::plan::{Issue, Owner, Plan};
use crate::units::Date;

/// Everything that follows from a plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// One per stage of the plan, from first touch to won.
    pub stages: Vec<StageOutcome>,
    /// The position of the headline stage.
    pub headline: usize,
    /// Target ÷ close rate: the bookings that opportunities must carry when they are created, in major units.
    pub pipeline: Need,
    /// Where the owner changes, in the order of the funnel.
    pub handoffs: Vec<Handoff>,
    /// What is not yet right in the plan.
    pub issues: Vec<Issue>,
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
    /// How many must enter the stage for the period, fractions carried: N = D ÷ R.
    pub carried: Need,
    /// The same by the plan's rounding rule; equal to `carried` when the rule is to carry.
    pub volume: Need,
    /// The share of what enters here that is won, R: the product of the rates from here on.
    pub rate_to_won: f64,
    /// Days from here to won, L: the sum of the days from here on.
    pub days_to_won: i32,
    /// What one item is worth in bookings, R × average selling price, in major units.
    pub value_each: f64,
    /// The last day on which an entry still counts for the period: its end − L.
    pub last_useful: Date,
    /// From when to when entries for the period can still come; `None` when that time is over.
    pub window: Option<Window>,
    /// Entries a month within the window; `None` without a window.
    pub pace: Option<Need>,
    /// What the volume that is available here would bring, if one was typed.
    pub forward: Option<Forward>,
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
    /// The bookings that a month's items are worth, in major units, from the carried chain; `None` without a window.
    pub worth_a_month: Option<Need>,
}

/// Works everything out.
pub fn evaluate(plan: &Plan) -> Outcome {
    let chain = funnel::chain(plan);
    let stages: Vec<StageOutcome> = chain
        .into_iter()
        .enumerate()
        .map(|(position, link)| {
            let window = calendar::window(plan, link.days_to_won);
            StageOutcome {
                carried: link.carried,
                volume: link.volume,
                rate_to_won: link.rate_to_won,
                days_to_won: link.days_to_won,
                value_each: link.rate_to_won * plan.segment.asp.major(),
                last_useful: plan.period.last_day().plus_days(-link.days_to_won),
                window,
                pace: window.map(|window| link.volume.map(|volume| volume / window.months())),
                forward: forward::forward(plan, position),
            }
        })
        .collect();
    Outcome {
        headline: plan.headline_position(),
        pipeline: funnel::pipeline_to_create(plan),
        handoffs: handoffs(plan, &stages),
        issues: plan.issues(),
        stages,
    }
}

fn handoffs(plan: &Plan, stages: &[StageOutcome]) -> Vec<Handoff> {
    let pairs = plan.stages.iter().zip(plan.stages.iter().skip(1));
    let crossings = pairs.zip(stages).enumerate();
    crossings
        .filter(|(_, ((before, after), _))| before.owner != after.owner)
        .map(|(stage, ((before, after), outcome))| Handoff {
            stage,
            from: before.owner,
            to: after.owner,
            worth_a_month: outcome
                .window
                .map(|window| outcome.carried.map(|carried| carried * outcome.value_each / window.months())),
        })
        .collect()
}
