//! What lands when: the other direction through time, with times that spread around their mean.

use crate::engine::calendar::{self, Spread};
use crate::engine::demand::{Closing, at};
use crate::plan::Plan;
use crate::units::Month;

/// Where wins land among the months that are shown. What lands before the period counts for the one before.
pub(super) struct Landing {
    pub(super) months: Vec<Month>,
    /// The first day of each month that is shown, and the day after the last.
    pub(super) bounds: Vec<i32>,
    /// How many of the months come before the period.
    before: usize,
    first: i32,
    last: i32,
    today: i32,
    spread: f64,
    /// What has been worked out: lines of like days share it.
    kernels: Vec<Kernel>,
}

/// What lands of entries that come evenly between two edges: the as-of date, then the end of each month. What enters in the as-of
/// date's month for this period comes by the last useful date, if that is in it, too.
struct Kernel {
    spread: Spread,
    edges: Vec<i32>,
    /// For each two edges the share that is won in each month of the period.
    shares: Vec<f64>,
    /// For each two edges the share that is won after the period of what enters for it.
    late: Vec<f64>,
}

/// What new entries must win by the end of each day.
pub(super) struct Curve<'a> {
    /// From the day before the period's first on.
    pub(super) wins: &'a [f64],
    /// What of it is meant.
    pub(super) part: f64,
    /// How long it takes from entry to won.
    pub(super) spread: Spread,
    pub(super) days: i32,
}

impl Landing {
    pub(super) fn new(plan: &Plan, longest: i32) -> Self {
        let months = calendar::shown_months(plan, longest);
        let mut bounds = Vec::with_capacity(months.len() + 1);
        for month in &months {
            bounds.push(month.first_day().day_number());
        }
        let last = plan.period.last_day().day_number();
        bounds.push(last + 1);
        Self {
            before: months.len().saturating_sub(plan.period.months.into()),
            first: plan.period.first_day().day_number(),
            today: plan.as_of.day_number(),
            spread: calendar::spread(plan),
            kernels: Vec::new(),
            months,
            bounds,
            last,
        }
    }

    /// Bookings in each month that is shown, of what enters from the as-of date on: what should have entered before enters then.
    /// And how much of this period's comes after it, because times spread.
    pub(super) fn lands(&mut self, curve: &Curve<'_>) -> (Vec<f64>, f64) {
        let mut lands = vec![0.0; self.months.len()];
        let (mut so_far, mut late) = (0.0, 0.0);
        if curve.spread.deviation <= 0.0 {
            for (slot, after) in lands.iter_mut().zip(self.bounds.iter().skip(1)) {
                // Nothing new lands before its days have passed.
                if *after > self.today + curve.days {
                    let by = curve.part * at(curve.wins, after - self.first);
                    *slot = by - so_far;
                    so_far = by;
                }
            }
            return (lands, late);
        }
        self.work_out(curve);
        let same = |kernel: &&Kernel| kernel.spread == curve.spread;
        let Some(kernel) = self.kernels.iter().find(same) else { return (lands, late) };
        let columns = self.months.len() - self.before;
        for (row, (to, share)) in kernel.edges.iter().skip(1).zip(&kernel.late).enumerate() {
            let by = |after: i32| curve.part * at(curve.wins, after - self.first);
            let entered = by(to + curve.days) - so_far;
            late += (by((to + curve.days).min(self.last + 1)) - so_far).max(0.0) * share;
            so_far += entered;
            for (slot, share) in lands.iter_mut().skip(self.before).zip(kernel.shares.iter().skip(row * columns)) {
                *slot += entered * share;
            }
        }
        (lands, late)
    }

    /// The kernel of a curve, unless it is there.
    fn work_out(&mut self, curve: &Curve<'_>) {
        if self.kernels.iter().any(|kernel| kernel.spread == curve.spread) {
            return;
        }
        let end = self.last + 1;
        let useful = end - curve.days;
        let mut edge = self.bounds.first().map_or(end, |&start| start.max(self.today));
        let table = Table::new(curve.spread, f64::from(end - edge));
        let mut kernel = Kernel { spread: curve.spread, edges: vec![edge], shares: Vec::new(), late: Vec::new() };
        let mut earlier = self.integrals(&table, edge);
        for &bound in self.bounds.iter().skip(1) {
            for next in [if edge == self.today { bound.min(useful) } else { bound }, bound] {
                if next <= edge {
                    continue;
                }
                let here = self.integrals(&table, next);
                let mut won = 0.0;
                for (column, (from, to)) in earlier.iter().zip(&here).enumerate() {
                    let by = ((from - to) / f64::from(next - edge)).max(won).min(1.0);
                    if column > 0 {
                        kernel.shares.push(by - won);
                    }
                    won = by;
                }
                let until = next.min(useful).max(edge + 1);
                let in_time = table.integral(f64::from(end - edge)) - table.integral(f64::from(end - until));
                kernel.late.push((1.0 - in_time / f64::from(until - edge)).max(0.0));
                kernel.edges.push(next);
                (edge, earlier) = (next, here);
            }
        }
        self.kernels.push(kernel);
    }

    /// From a day to each month of the period and to its end.
    fn integrals(&self, table: &Table, day: i32) -> Vec<f64> {
        let mut integrals = Vec::new();
        for bound in self.bounds.iter().skip(self.before) {
            integrals.push(table.integral(f64::from(bound - day)));
        }
        integrals
    }

    /// Bookings of something open in each month that is shown.
    pub(super) fn of_open(&self, plan: &Plan, closing: &Closing) -> Vec<f64> {
        let today = f64::from(self.today);
        let length = closing.to - closing.from;
        let mean = f64::midpoint(closing.from, closing.to) - today;
        // What is anywhere in a stage is uniform over its days: a twelfth of their square.
        let anywhere = if self.spread > 0.0 { length * length / 12.0 } else { 0.0 };
        let spread = Spread { mean, deviation: (self.spread * self.spread * closing.squares + anywhere).sqrt() };
        let won_by = |day: i32| {
            let day = f64::from(day);
            if spread.deviation > 0.0 {
                spread.won_within(day - today).0
            } else if length > 0.0 {
                ((day - closing.from) / length).clamp(0.0, 1.0)
            } else {
                f64::from(u8::from(day > closing.from))
            }
        };
        // What closes before the period is not its.
        let mut lands = vec![0.0; self.before];
        let mut before = won_by(self.first);
        for (&after, &month) in self.bounds.iter().skip(1).zip(&self.months).skip(self.before) {
            let by = won_by(after);
            lands.push(closing.wins * closing.season(plan, month) * (by - before));
            before = by;
        }
        lands
    }
}

/// The integral of the share that is won within so many days, for all the days that are asked for: worked out at some, and between
/// them the cubic that agrees in value and slope.
struct Table {
    mean: f64,
    low: f64,
    step: f64,
    nodes: Vec<(f64, f64)>,
}

impl Table {
    /// Up to this many days.
    fn new(spread: Spread, days: f64) -> Self {
        /// A day or two apart for most plans.
        const NODES: u16 = 256;
        // Nine deviations before the mean nothing is won yet; forty after it all is, however skew.
        let low = (spread.mean - 9.0 * spread.deviation).max(0.0);
        let high = (spread.mean + 40.0 * spread.deviation).min(days + 1.0).max(low + 1.0);
        let step = (high - low) / f64::from(NODES);
        let mut nodes = Vec::new();
        for node in 0..=NODES {
            nodes.push(spread.won_within(low + step * f64::from(node)));
        }
        Self { mean: spread.mean, low, step, nodes }
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "cut at zero")]
    fn integral(&self, days: f64) -> f64 {
        let at = (days - self.low) / self.step;
        if at <= 0.0 {
            return 0.0;
        }
        let index = at as usize;
        let (Some((slope, value)), Some((next_slope, next))) = (self.nodes.get(index), self.nodes.get(index + 1))
        else {
            return days - self.mean;
        };
        let x = at.fract();
        let rest = 1.0 - x;
        rest * rest * ((1.0 + 2.0 * x) * value + x * self.step * slope)
            + x * x * ((1.0 + 2.0 * rest) * next - rest * self.step * next_slope)
    }
}
