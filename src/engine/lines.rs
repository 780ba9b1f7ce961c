//! The reverse funnel, line by line: what one source creates of one segment, from the target back to what must enter each stage.
//!
//! Wins D = target ÷ average selling price; R is the product of the rates from a stage to won, L the sum of the days; N = D ÷ R.
//! Shares of sources are shares of wins. Everything else is a sum over lines.

use crate::engine::exact::{self, Direction, Whole};
use crate::engine::{Need, Obstacle};
use crate::plan::{Plan, Segment, Source, Step};
use crate::units::{Money, Rate};

/// What one source creates of one segment.
pub(super) struct Line {
    /// The position of the segment.
    pub(super) segment: usize,
    pub(super) source: Source,
    /// The position of the stage at which it enters.
    pub(super) entry: usize,
    /// The steps that apply to it, one for each stage but the last.
    pub(super) steps: Vec<Step>,
    /// The average selling price that applies to it, in major units.
    pub(super) asp: f64,
    /// Wins that are due in the period, fractions carried; `None` when no number of deals would do.
    pub(super) wins: Option<f64>,
    /// Bookings that are due in the period, in major units.
    pub(super) money: f64,
    /// Its part of the segment's bookings.
    pub(super) part: f64,
    /// Its wins for each unit of the segment's bookings; none when no number of deals would do.
    pub(super) wins_each: f64,
    /// The wins that are still to be won by the plan's rounding rule, where integers say it: nothing is open.
    whole: Option<Whole>,
    /// From each stage to won, the last stage included.
    pub(super) to_won: Vec<ToWon>,
    /// What comes back of it: what is recycled, and what is referred.
    pub(super) returns: [Return; 2],
    /// The part of the wins that comes back, g: at one and above the circle never ends.
    pub(super) comes_back: f64,
    /// The part of the entries that must come from outside in steady state: 1 − g.
    pub(super) outside: f64,
}

/// From a stage to won.
#[derive(Clone, Copy)]
pub(super) struct ToWon {
    /// The share that is won, in millionths to the power of the number of steps: whole for far longer than a fraction is.
    rates: f64,
    scale: f64,
    /// Days on average.
    pub(super) days: i32,
    /// The first step on the way that converts nobody.
    pub(super) obstacle: Option<Obstacle>,
}

impl ToWon {
    pub(super) fn rate(self) -> f64 {
        self.rates / self.scale
    }
}

/// A way back into the funnel.
#[derive(Clone, Copy)]
pub(super) struct Return {
    /// How many wins it brings for each win, at most one with the other way.
    pub(super) share: f64,
    /// How many days after that win; a day at least. What is lost is lost when it would have been won.
    pub(super) days: i32,
    /// The source under which it counts.
    pub(super) source: Source,
}

/// One line for each source that has a share of a segment.
pub(super) fn lines(plan: &Plan, new_business: Money) -> Vec<Line> {
    let mut lines = Vec::new();
    for (position, segment) in plan.segments.iter().enumerate() {
        let weigh = |source: Source, share: Rate| {
            let asp = plan.asp(Some(segment), Some(source));
            u128::from(share.millionths()) * u128::from(asp.thousandths().unsigned_abs())
        };
        let shares = plan.shares(segment);
        let (mut all, mut weighed) = (0, 0);
        for (source, &share) in Source::ALL.into_iter().zip(&shares) {
            all += u128::from(share.millionths());
            weighed += weigh(source, share);
        }
        for (source, &share) in Source::ALL.into_iter().zip(&shares).filter(|(_, share)| **share > Rate::ZERO) {
            let split = Split { share, all, weight: weigh(source, share), weighed };
            lines.push(line(plan, new_business, position, segment, source, split));
        }
    }
    lines
}

/// How a segment is split between its sources: shares in millionths, weights with the prices.
#[derive(Clone, Copy)]
struct Split {
    share: Rate,
    all: u128,
    weight: u128,
    weighed: u128,
}

fn line(plan: &Plan, new_business: Money, position: usize, segment: &Segment, source: Source, split: Split) -> Line {
    let Split { share, all, weight, weighed } = split;
    let millionths = u128::from(Rate::ONE.millionths());
    let asp = plan.asp(Some(segment), Some(source));
    let goal = segment.goal.part_major(new_business);
    // Nothing that is sold brings anything: the amount is as far away as it is.
    let part = if weighed == 0 { ratio(share.millionths().into(), all) } else { ratio(weight, weighed) };
    let money = goal * (part * ratio(all, millionths));
    let wins = match (weighed, asp) {
        (0, _) => None,
        // Where only some sources sell for nothing, theirs are as many as their share of the others says.
        (_, Money::ZERO) => Some(goal * ratio(all, weighed) * 1000.0 * share.fraction()),
        _ => Some(money / asp.major()),
    };
    let whole = Direction::backwards(plan.rounding).filter(|_| segment.open.is_empty()).and_then(|direction| {
        let due = segment.goal.part(new_business).checked_mul(all)?;
        let booked = u128::from(segment.booked.thousandths().unsigned_abs()) * millionths * millionths;
        let togo = due.saturating_sub(booked).checked_mul(share.millionths().into())?;
        exact::deals(togo, millionths * millionths * weighed, direction)
    });
    let mut steps = Vec::new();
    for stage in 0..plan.base.steps.len() {
        steps.extend(plan.step(stage, Some(segment), Some(source)));
    }
    let to_won = to_won(&steps);
    let (mut returns, comes_back) = returns(plan, &steps, &to_won);
    // A circle that never ends is left out.
    if comes_back >= 1.0 {
        for back in &mut returns {
            back.share = 0.0;
        }
    }
    Line {
        segment: position,
        source,
        entry: plan.entry(source),
        asp: asp.major(),
        wins,
        money,
        part,
        wins_each: ratio(share.millionths().into(), weighed) * 1000.0,
        whole,
        outside: if comes_back < 1.0 { 1.0 - comes_back } else { 1.0 },
        comes_back,
        returns,
        to_won,
        steps,
    }
}

#[expect(clippy::cast_precision_loss, reason = "carried figures are f64")]
fn ratio(part: u128, whole: u128) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

fn to_won(steps: &[Step]) -> Vec<ToWon> {
    let mut here = ToWon { rates: 1.0, scale: 1.0, days: 0, obstacle: None };
    let mut all = vec![here];
    for (position, step) in steps.iter().enumerate().rev() {
        if step.rate == Rate::ZERO {
            here.obstacle = here.obstacle.or(Some(Obstacle::Rate(position)));
        }
        here.rates *= f64::from(step.rate.millionths());
        here.scale *= f64::from(Rate::ONE.millionths());
        here.days += i32::from(step.days.get());
        all.push(here);
    }
    all.reverse();
    all
}

/// g = ρ · (1 − r_win) · R(j → the stage lost from) + f · R(k → won): how many opportunities one opportunity brings again.
fn returns(plan: &Plan, steps: &[Step], to_won: &[ToWon]) -> ([Return; 2], f64) {
    let circle = &plan.circle;
    let last = steps.last().map_or(0.0, |step| step.rate.fraction());
    let all = steps.len();
    let lost = (circle.recycled.fraction() * (1.0 - last), all.saturating_sub(1));
    let ways = [
        (lost, circle.recycled_to, circle.recycled_after, circle.recycled_as),
        ((circle.referrals.times(), all), circle.referred_to, circle.referred_after, circle.referred_as),
    ];
    let mut comes_back = 0.0;
    let returns = ways.map(|((mut share, until), stage, after, source)| {
        let from = stage.and_then(|stage| plan.position(stage)).unwrap_or(0);
        for step in steps.iter().take(until).skip(from) {
            share *= step.rate.fraction();
        }
        comes_back += share;
        let days = i32::from(after.get()) + to_won.get(from).map_or(0, |way| way.days);
        Return { share, days: days.max(1), source }
    });
    (returns, comes_back)
}

impl Line {
    /// What must enter each stage from outside so that `togo` of the wins come about, one per stage: carried, and by the rounding
    /// rule. Nothing (`None`) at stages before its own.
    ///
    /// `togo` is the part of the wins that is still to be won; `factor` what entries are multiplied by, none when none would do.
    pub(super) fn needs(&self, togo: f64, factor: f64, direction: Option<Direction>) -> Vec<Option<(Need, Need)>> {
        let last = self.steps.len();
        let mut whole = direction
            .and_then(|direction| self.whole.or(Some(exact::rounded(self.wins.unwrap_or_default() * togo, direction))));
        let mut needs = vec![None; last + 1];
        for stage in (self.entry.min(last)..=last).rev() {
            let Some(way) = self.to_won.get(stage) else { continue };
            if stage < last
                && let (Some(exits), Some(direction), Some(step)) = (whole, direction, self.steps.get(stage))
            {
                whole = exact::entries(exits, step.rate, direction);
                if stage + 1 == last && (factor - 1.0).abs() >= f64::EPSILON {
                    whole = whole.map(|whole| exact::rounded(whole.as_f64() * factor, direction));
                }
            }
            let factor = if stage < last { factor } else { 1.0 };
            let carried = match (self.wins, way.obstacle) {
                (None, _) => Need::OutOfReach(Obstacle::Price),
                (_, Some(obstacle)) => Need::OutOfReach(obstacle),
                // A season in which nothing closes.
                _ if factor <= 0.0 && self.outside > 0.0 => Need::OutOfReach(Obstacle::Rate(last.saturating_sub(1))),
                (Some(wins), _) if self.asp == 0.0 => Need::Of(wins * togo * factor / way.rate()),
                _ => Need::Of(self.money * way.scale / (self.asp * way.rates) * togo * factor),
            };
            let volume = carried.map(|carried| whole.map_or(carried, Whole::as_f64));
            if let Some(slot) = needs.get_mut(stage) {
                *slot = Some((carried, volume));
            }
        }
        needs
    }
}
