//! The other direction: what a volume that one has would bring, and what would close the gap.

use crate::engine::exact::{self, Direction, Whole};
use crate::plan::{Plan, Step};
use crate::units::{Count, Money, Rate};

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
    /// Target − bookings, in major units; negative when there is more than needed.
    pub gap: f64,
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

/// `None` when no volume was typed for the stage at `position`.
pub(super) fn forward(plan: &Plan, position: usize) -> Option<Forward> {
    let available = plan.stages.get(position)?.available?;
    let steps = plan.segment.steps.get(position..)?;
    let share = |steps: &[Step]| steps.iter().fold(1.0, |share, step| share * step.rate.fraction());
    let (asp, target) = (plan.segment.asp.major(), plan.target.major());
    let carried = available.as_f64() * share(steps);
    let wins = match Direction::forwards(plan.rounding) {
        None => carried,
        Some(direction) => {
            let entries = Whole::Exact(u128::from(available.get()));
            steps.iter().fold(entries, |entries, step| exact::exits(entries, step.rate, direction)).as_f64()
        }
    };
    let at_last_step = steps.split_last().map_or(0.0, |(_, before)| available.as_f64() * share(before));
    Some(Forward {
        available,
        at_last_step,
        wins,
        revenue: carried * asp,
        gap: target - carried * asp,
        close_rate: close_rate(target, at_last_step * asp, plan.target == Money::ZERO),
    })
}

fn close_rate(target: f64, at_all_won: f64, nothing_wanted: bool) -> CloseRate {
    if nothing_wanted {
        return CloseRate::At(Rate::ZERO.fraction());
    }
    if at_all_won <= 0.0 {
        return CloseRate::None;
    }
    let rate = target / at_all_won;
    if rate <= 1.0 { CloseRate::At(rate) } else { CloseRate::OverOne(rate) }
}
