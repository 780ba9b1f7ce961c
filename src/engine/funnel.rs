//! The reverse funnel: from the target back to what must enter each stage.
//!
//! Wins D = target ÷ average selling price; R is the product of the rates from a stage to won, L the sum of the days; N = D ÷ R.

use crate::engine::exact::{self, Direction, Whole};
use crate::engine::{Need, Obstacle};
use crate::plan::{Plan, Segment};
use crate::units::{Money, Rate};

/// What the funnel says of one stage, before any date.
pub(super) struct Link {
    pub(super) carried: Need,
    pub(super) volume: Need,
    pub(super) rate_to_won: f64,
    pub(super) days_to_won: i32,
}

/// One link per stage, from first touch to won.
///
/// Products are kept in millionths to the power of the number of steps, which stay whole far longer than fractions do.
pub(super) fn chain(plan: &Plan) -> Vec<Link> {
    let Segment { asp, steps, .. } = &plan.segment;
    let direction = Direction::backwards(plan.rounding);
    let mut whole = direction.and_then(|direction| exact::deals(plan.target, *asp, direction));
    let mut obstacle = (*asp == Money::ZERO).then_some(Obstacle::Price);
    let (mut rates, mut scale, mut days) = (1.0, 1.0, 0);
    let link = |obstacle: Option<Obstacle>, whole: Option<Whole>, rates: f64, scale: f64, days: i32| {
        let carried = match obstacle {
            Some(obstacle) => Need::OutOfReach(obstacle),
            None => Need::Of(plan.target.major() * scale / (asp.major() * rates)),
        };
        let volume = carried.map(|carried| whole.map_or(carried, Whole::as_f64));
        Link { carried, volume, rate_to_won: rates / scale, days_to_won: days }
    };
    let mut links = vec![link(obstacle, whole, rates, scale, days)];
    for (position, step) in steps.iter().enumerate().rev() {
        if step.rate == Rate::ZERO {
            obstacle = obstacle.or(Some(Obstacle::Rate(position)));
        }
        rates *= f64::from(step.rate.millionths());
        scale *= f64::from(Rate::ONE.millionths());
        days += i32::from(step.days.get());
        whole = whole.zip(direction).and_then(|(exits, direction)| exact::entries(exits, step.rate, direction));
        links.push(link(obstacle, whole, rates, scale, days));
    }
    links.reverse();
    links
}

/// Target ÷ close rate, in major units.
pub(super) fn pipeline_to_create(plan: &Plan) -> Need {
    let close_rate = plan.close_rate();
    if close_rate == Rate::ZERO {
        return Need::OutOfReach(Obstacle::Rate(plan.segment.steps.len().saturating_sub(1)));
    }
    Need::Of(plan.target.major() / close_rate.fraction())
}
