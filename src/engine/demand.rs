//! When wins are due, what of them is there already, and what new entries must still win: the curves W and M of one segment.
//!
//! W(d): wins due by the end of day d, cumulative, uniform within each month, going on after the period at the next one's target.
//! F(d): wins booked in the period, and those that the open pipeline is expected to close by d.
//! M(d) = max over u ≤ d of max(0, W(u) − F(u)).
//!
//! All in bookings, in major units: what a deal brings is not asked here. Curves are kept for the end of each day; at index 0 is
//! the day before the period's first.

use crate::engine::landing::Landing;
use crate::plan::{Open, Plan, Profile, Segment, Source};
use crate::units::{Factor, Money, Month, Rate};

/// How targets lie over the days, the same for each segment.
pub(super) struct Shape {
    /// The period's first and last day.
    pub(super) first: i32,
    pub(super) last: i32,
    /// The part of this period's target that is due.
    this: Vec<f64>,
    /// What is due of later periods, of which each is to bring one.
    later: Vec<f64>,
    /// The factor on the last rate on each day; empty when there is no season.
    pub(super) season: Vec<f64>,
}

impl Shape {
    /// Up to the day on which the last entries of the period are won that take this many days.
    pub(super) fn new(plan: &Plan, longest: i32) -> Self {
        let (first, last) = (plan.period.first_day().day_number(), plan.period.last_day().day_number());
        let days = usize::try_from(last - first + longest + 3).unwrap_or(0);
        let mut shape = Self { first, last, this: vec![0.0], later: vec![0.0], season: Vec::new() };
        let has_season = has_season(plan);
        let (mut month, mut before, mut is_later) = (plan.period.start, [0.0, 0.0], false);
        if has_season {
            shape.season.push(1.0);
        }
        while shape.this.len() < days {
            for part in parts(plan, month) {
                let length = month.days();
                for day in 1..=length {
                    let so_far = part * (f64::from(day) / f64::from(length));
                    let [this, later] = before;
                    shape.this.push(if is_later { this } else { this + so_far });
                    shape.later.push(if is_later { later + so_far } else { later });
                    if has_season {
                        shape.season.push(season(plan, month));
                    }
                }
                let [this, later] = &mut before;
                *(if is_later { later } else { this }) += part;
                month = month.plus_months(1);
            }
            // A whole period is due at its end, to the last digit.
            before = before.map(f64::round);
            let [this, later] = before;
            if let (Some(last_this), Some(last_later)) = (shape.this.last_mut(), shape.later.last_mut()) {
                (*last_this, *last_later) = (this, later);
            }
            is_later = true;
        }
        shape
    }

    /// Where the end of a day is on a curve; below zero before the period.
    pub(super) fn index(&self, day: i32) -> i32 {
        day - self.first + 1
    }
}

/// The curve at an index; nothing before it begins, its last value after it ends.
pub(super) fn at(curve: &[f64], index: i32) -> f64 {
    match usize::try_from(index) {
        Ok(index) => curve.get(index).or(curve.last()).copied().unwrap_or(0.0),
        Err(_) => 0.0,
    }
}

/// The part of the target of a period that is due in each of its months: their weights ÷ the sum; even where all weights are zero.
fn parts(plan: &Plan, start: Month) -> Vec<f64> {
    let timing = &plan.timing;
    let mut weights = Vec::new();
    let mut sum = 0.0;
    let quarters = quarter_weights(plan);
    for position in 0..usize::from(plan.period.months) {
        let month = start.plus_months(u16::try_from(position).unwrap_or(0));
        let weight = match timing.profile {
            Profile::Even => 1.0,
            Profile::Months => weight(&timing.weights, position),
            Profile::Season => weight(&timing.weights, usize::from(month.number()) - 1),
            Profile::Quarters => quarters.get(position).copied().unwrap_or(1.0),
        };
        weights.push(weight);
        sum += weight;
    }
    for weight in &mut weights {
        *weight = if sum > 0.0 { *weight / sum } else { 1.0 / f64::from(plan.period.months) };
    }
    weights
}

fn weight(weights: &[Factor], index: usize) -> f64 {
    weights.get(index).copied().unwrap_or(Factor::ONE).times()
}

/// Whether some month's deals are won at another rate than others'.
pub(super) fn has_season(plan: &Plan) -> bool {
    plan.timing.rate_season.iter().any(|&factor| factor != Factor::ONE)
}

/// The factor on the last rate for deals that are won in a month.
pub(super) fn season(plan: &Plan, month: Month) -> f64 {
    weight(&plan.timing.rate_season, usize::from(month.number()) - 1)
}

/// The factor as it works on a rate: nothing closes more than all.
pub(super) fn seasonal(factor: f64, rate: f64) -> f64 {
    if factor * rate > 1.0 { 1.0 / rate } else { factor }
}

/// For each month of the period the weight of its fiscal quarter ÷ the months that the period has of that quarter.
fn quarter_weights(plan: &Plan) -> Vec<f64> {
    let mut weights = Vec::new();
    let mut from = plan.period.start.index();
    let end = from + u16::from(plan.period.months);
    let quarters = plan.quarters();
    for quarter in 0..quarters.len() {
        let to = quarters.get(quarter + 1).map_or(end, |next| next.index());
        let share = weight(&plan.timing.weights, quarter) / f64::from((to - from).max(1));
        weights.resize(weights.len() + usize::from(to - from), share);
        from = to;
    }
    weights
}

/// The curves of one segment.
pub(super) struct Demand {
    /// W.
    pub(super) due: Vec<f64>,
    /// M.
    pub(super) still: Vec<f64>,
    /// Bookings that are due in the period.
    pub(super) total: f64,
    /// What of them new entries must still bring.
    pub(super) togo: f64,
    /// What is booked of them.
    booked: f64,
}

impl Demand {
    /// The curves of a segment of which this is open.
    pub(super) fn new(plan: &Plan, new_business: Money, shape: &Shape, segment: &Segment, open: &[Closing]) -> Self {
        let mut shares = 0.0;
        for share in plan.shares(segment) {
            shares += f64::from(share.millionths());
        }
        shares /= f64::from(Rate::ONE.millionths());
        let total = segment.goal.part_major(new_business) * shares;
        let next = match plan.timing.next_target {
            Some(next) if new_business > Money::ZERO => total * (next.major() / new_business.major()),
            Some(next) => segment.goal.part_major(next) * shares,
            None => total,
        };
        // What closes on each day; then, in its place, what is still to be won by it.
        let mut still = vec![0.0; shape.this.len()];
        for closing in open {
            closing.close_by_day(shape, &mut still);
        }
        let booked = segment.booked.major();
        let mut due = shape.this.clone();
        let (mut there, mut most) = (booked, 0.0);
        // What is short by no more than the float's last digits is there.
        let mut least = 1e-9 * total.max(next);
        for ((due, still), later) in due.iter_mut().zip(&mut still).zip(&shape.later) {
            *due = total * *due + next * later;
            there += *still;
            let short = *due - there;
            if short > least {
                (least, most) = (short, short);
            }
            *still = most;
        }
        let togo = at(&still, shape.index(shape.last));
        Self { due, still, total, togo, booked }
    }

    /// The part of the period's wins that is not booked yet.
    pub(super) fn unbooked(&self) -> f64 {
        if self.total > 0.0 { (1.0 - self.booked / self.total).max(0.0) } else { 1.0 }
    }

    /// What of the period's bookings is neither booked nor this much, which is expected of what is open.
    pub(super) fn missing(&self, expected: f64) -> f64 {
        (self.total - self.booked - expected).max(0.0)
    }
}

/// Open items as they are expected to close: evenly between two moments.
pub(super) struct Closing {
    /// The position of the segment.
    pub(super) segment: usize,
    pub(super) source: Source,
    /// The position of the stage in which they wait.
    pub(super) stage: usize,
    pub(super) count: f64,
    /// What all of them would bring, in major units.
    pub(super) amount: f64,
    /// What they are expected to bring, but for the season.
    pub(super) wins: f64,
    /// The rate on which the season works.
    rate: f64,
    /// The first and the last moment at which they close, as day numbers; days carry fractions.
    pub(super) from: f64,
    pub(super) to: f64,
    /// The sum of the squares of the days that are left of each step: what their spread is made of.
    pub(super) squares: f64,
    /// Bookings expected of them in each month that is shown.
    pub(super) lands: Vec<f64>,
}

impl Closing {
    /// When and how much of what is open closes.
    ///
    /// An item that has been in its stage for `age` days is expected after the rest of the stage's days and those of the stages
    /// behind it; of unknown age it is anywhere in the stage. Older than twice the stage's days it closes at a rate that the plan
    /// declares.
    pub(super) fn new(plan: &Plan, position: usize, segment: &Segment, open: &Open, landing: &Landing) -> Option<Self> {
        let stage = plan.position(open.stage)?;
        let here = plan.step(stage, Some(segment), Some(open.source))?;
        let mut rate = here.rate.fraction();
        let mut last = here.rate;
        let (mut after, mut squares) = (0.0, 0.0);
        for next in stage + 1..plan.base.steps.len() {
            let step = plan.step(next, Some(segment), Some(open.source))?;
            last = step.rate;
            rate *= last.fraction();
            let days = f64::from(step.days.get());
            after += days;
            squares += days * days;
        }
        let days = f64::from(here.days.get());
        let (from, to) = match open.age {
            None => (0.0, days),
            Some(age) => {
                let age = f64::from(age.get());
                if age > 2.0 * days {
                    last = plan.timing.stale_rate;
                    rate = last.fraction();
                }
                let left = (days - age).max(0.0);
                (left, left)
            }
        };
        let amount = open.amount.map_or_else(|| plan.worth(segment, open), Money::major);
        let today = f64::from(plan.as_of.day_number());
        let left = f64::midpoint(from, to);
        let mut closing = Self {
            segment: position,
            source: open.source,
            stage,
            count: open.count.as_f64(),
            amount,
            wins: amount * rate,
            rate: last.fraction(),
            from: today + after + from,
            to: today + after + to,
            squares: squares + left * left,
            lands: Vec::new(),
        };
        closing.lands = landing.of_open(plan, &closing);
        Some(closing)
    }

    /// The factor of the season in a month.
    pub(super) fn season(&self, plan: &Plan, month: Month) -> f64 {
        seasonal(season(plan, month), self.rate)
    }

    /// Adds what closes on each day to a curve; what closes before the period does not count for it.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "days from the first, cut at zero")]
    fn close_by_day(&self, shape: &Shape, closed: &mut [f64]) {
        // Index 1 is the period's first day.
        let begin = f64::from(shape.first - 1);
        let (from, to) = (self.from - begin, self.to - begin);
        let length = to - from;
        for (index, slot) in closed.iter_mut().enumerate().take(to.max(0.0) as usize + 1).skip(from.max(1.0) as usize) {
            let begins = index as f64;
            let part = if length > 0.0 {
                (to.min(begins + 1.0) - from.max(begins)).max(0.0) / length
            } else {
                f64::from(u8::from(begins <= from))
            };
            let factor = shape.season.get(index).map_or(1.0, |&factor| seasonal(factor, self.rate));
            *slot += self.wins * part * factor;
        }
    }
}
