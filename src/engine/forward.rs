//! The other direction: what a volume that one has would bring, and what would close the gap.

use crate::engine::StageOutcome;
use crate::engine::exact::{self, Direction, Whole};
use crate::plan::Plan;
use crate::units::{Count, Rate};

/// What an available volume brings.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Forward {
    /// The volume that is available.
    pub available: Count,
    /// How many arrive at the last step, from the carried chain.
    pub at_last_step: f64,
    /// Wins by the plan's rounding rule (rounding up each stage rounds down here: nobody counts a part of a deal).
    pub wins: f64,
    /// Bookings in major units, from the carried chain.
    pub revenue: f64,
    /// What is still to be won − bookings, in major units; negative when there is more than needed.
    pub gap: f64,
    /// Bookings if everything that arrives at the last step were won, in major units.
    pub all_won: f64,
    /// The close rate that would bring exactly the target.
    pub close_rate: CloseRate,
}

/// The close rate at which an available volume brings the target.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum CloseRate {
    /// At this share of one, at most one.
    At(f64),
    /// More than everything would have to be won: not even this multiple of one is a rate.
    OverOne(f64),
    /// No close rate would do: nothing arrives at the last step, or a deal brings nothing.
    None,
}

/// Of a stage's figures and what is still to be won; `None` when no volume was typed for the stage.
///
/// Where rates differ between segments or sources, what is available is taken to be like what is planned.
pub(super) fn forward(
    plan: &Plan,
    position: usize,
    stage: &StageOutcome,
    togo: f64,
    close_rate: f64,
) -> Option<Forward> {
    let available = plan.stages.get(position)?.available?;
    let carried = available.as_f64() * stage.wins_each;
    let wins = match Direction::forwards(plan.rounding) {
        None => carried,
        Some(direction) => {
            let entries = Whole::Exact(u128::from(available.get()));
            let steps = plan.base.steps.get(position..)?;
            let wins = steps.iter().fold(entries, |entries, step| exact::exits(entries, step.rate, direction));
            // Where other rates apply, too, or something comes back, no step has a whole number of its own.
            let by_steps: f64 = steps.iter().map(|step| step.rate.fraction()).product();
            if (by_steps - stage.wins_each).abs() > 1e-12 {
                exact::rounded(carried, direction).as_f64()
            } else {
                wins.as_f64()
            }
        }
    };
    let revenue = available.as_f64() * stage.value_each;
    let at_last_step = if close_rate > 0.0 { carried / close_rate } else { 0.0 };
    let all_won = if close_rate > 0.0 { revenue / close_rate } else { 0.0 };
    Some(Forward {
        available,
        at_last_step,
        wins,
        revenue,
        gap: togo - revenue,
        all_won,
        close_rate: needed_close_rate(togo, all_won),
    })
}

fn needed_close_rate(target: f64, at_all_won: f64) -> CloseRate {
    if target <= 0.0 {
        return CloseRate::At(Rate::ZERO.fraction());
    }
    if at_all_won <= 0.0 {
        return CloseRate::None;
    }
    let rate = target / at_all_won;
    if rate <= 1.0 { CloseRate::At(rate) } else { CloseRate::OverOne(rate) }
}
