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
    /// The period's first and last day, and the as-of date.
    first: i32,
    last: i32,
    today: i32,
    /// How far times spread: standard deviation ÷ mean.
    variation: f64,
    /// What has been worked out: lines of like days share it.
    kernels: Vec<Kernel>,
}

/// What lands of entries that come evenly from one edge to the next: from the as-of date to the end of its month, then to the end
/// of each month. What enters in the as-of date's month for this period comes by the last useful date, if that is in it, too.
struct Kernel {
    spread: Spread,
    rows: Vec<Row>,
}

/// Of what enters up to an edge.
struct Row {
    /// The edge.
    to: i32,
    /// The share that is won in each month of the period, from the first in which anything can be to the last in which it is.
    shares: Vec<f64>,
    /// The place of the first of these months in the period.
    from: usize,
    /// The share that is won after the period of what enters for it.
    late: f64,
}

/// What new entries must win by the end of each day.
pub(super) struct Curve<'a> {
    /// From the day before the period's first on.
    pub(super) wins: &'a [f64],
    /// The share of it that this line brings.
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
            variation: calendar::spread(plan),
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
        if !curve.spread.is_spread() {
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
        for row in &kernel.rows {
            let by = |after: i32| curve.part * at(curve.wins, after - self.first);
            let entered = by(row.to + curve.days) - so_far;
            late += (by((row.to + curve.days).min(self.last + 1)) - so_far).max(0.0) * row.late;
            so_far += entered;
            let months = lands.get_mut(self.before + row.from..).unwrap_or_default();
            for (month, share) in months.iter_mut().zip(&row.shares) {
                *month += entered * share;
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
        let mut won = Won::new(curve.spread, end - edge);
        let mut kernel = Kernel { spread: curve.spread, rows: Vec::new() };
        for &bound in self.bounds.iter().skip(1) {
            for to in [if edge == self.today { bound.min(useful) } else { bound }, bound] {
                if to <= edge {
                    continue;
                }
                let until = to.min(useful).max(edge + 1);
                let late = (1.0 - won.average(end, edge, until)).max(0.0);
                let mut row = Row { to, shares: Vec::new(), from: 0, late };
                let mut before = won.average(self.first, edge, to).clamp(0.0, 1.0);
                for &month_end in self.bounds.get(self.before + 1..).unwrap_or_default() {
                    if month_end <= edge {
                        row.from += 1;
                        continue;
                    }
                    let by = won.average(month_end, edge, to).max(before).min(1.0);
                    row.shares.push(by - before);
                    before = by;
                    if month_end - to >= won.all {
                        break;
                    }
                }
                kernel.rows.push(row);
                edge = to;
            }
        }
        self.kernels.push(kernel);
    }

    /// Bookings of something open in each month that is shown.
    pub(super) fn of_open(&self, plan: &Plan, closing: &Closing) -> Vec<f64> {
        let today = f64::from(self.today);
        let length = closing.to - closing.from;
        let mean = f64::midpoint(closing.from, closing.to) - today;
        // What is anywhere in a stage is uniform over its days: a twelfth of their square.
        let anywhere = if self.variation > 0.0 { length * length / 12.0 } else { 0.0 };
        let spread = Spread::new(mean, (self.variation * self.variation * closing.squares + anywhere).sqrt());
        let won_by = |day: i32| {
            let day = f64::from(day);
            if spread.is_spread() {
                spread.won_within(day - today).0
            } else if length > 0.0 {
                ((day - closing.from) / length).clamp(0.0, 1.0)
            } else {
                f64::from(u8::from(day > closing.from))
            }
        };
        // What closes before the period does not count for it.
        let mut lands = vec![0.0; self.before];
        let mut before = won_by(self.first);
        for (row, &month) in self.months.iter().enumerate().skip(self.before) {
            let Some(&after) = self.bounds.get(row + 1) else { break };
            let by = won_by(after);
            lands.push(closing.wins * closing.season(plan, month) * (by - before));
            before = by;
        }
        lands
    }
}

/// The integral of the share that is won within so many whole days. Months have few lengths, so that the same days are asked for
/// again and again.
pub(super) struct Won {
    pub(super) spread: Spread,
    /// By days; not a number where it was not asked for yet.
    known: Vec<f64>,
    /// So many days within which all is won, to the last digit.
    all: i32,
}

impl Won {
    /// Up to this many days.
    pub(super) fn new(spread: Spread, days: i32) -> Self {
        let days = usize::try_from(days).unwrap_or(0);
        Self { spread, known: vec![f64::NAN; days + 1], all: i32::MAX }
    }

    /// What is won by a day of what comes evenly from one day to another.
    pub(super) fn average(&mut self, by: i32, from: i32, to: i32) -> f64 {
        (self.integral(by - from) - self.integral(by - to)) / f64::from(to - from)
    }

    fn integral(&mut self, days: i32) -> f64 {
        if days >= self.all {
            return f64::from(days) - self.spread.mean;
        }
        // Nothing is won in less than no time; more days than these are never asked for.
        let Some(known) = usize::try_from(days).ok().and_then(|days| self.known.get_mut(days)) else { return 0.0 };
        if known.is_nan() {
            let (share, integral) = self.spread.won_within(f64::from(days));
            *known = integral;
            if share >= 1.0 {
                self.all = days;
            }
        }
        *known
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{Lineage, examples};
    use crate::units::{Date, Factor};

    /// With whole shapes the gamma distribution is Erlang's: the share is one less a Poisson sum.
    #[expect(clippy::disallowed_methods, reason = "for its own figures")]
    fn erlang(shape: u32, mean: f64, days: f64) -> f64 {
        let events = f64::from(shape) * days.max(0.0) / mean;
        let (mut term, mut none_yet) = ((-events).exp(), 0.0);
        for event in 1..=shape {
            none_yet += term;
            term *= events / f64::from(event);
        }
        1.0 - none_yet
    }

    /// What comes evenly from one day to another, an entry every hundredth of a day.
    fn one_by_one(shape: u32, mean: f64, by: i32, from: i32, to: i32) -> f64 {
        let entries = (to - from) * 100;
        let won = |entry: i32| erlang(shape, mean, f64::from(by - from) - (f64::from(entry) + 0.5) / 100.0);
        (0..entries).map(won).sum::<f64>() / f64::from(entries)
    }

    #[test]
    fn what_is_won_on_average_is_that_of_the_entries_one_by_one() {
        for (shape, mean) in [(1, 40.0), (4, 90.0), (25, 104.0)] {
            let spread = Spread::new(mean, mean / f64::from(shape).sqrt());
            let mut won = Won::new(spread, 800);
            for (by, from, to) in [(30, 0, 30), (31, 0, 30), (120, 5, 36), (10, 20, 50), (40, 20, 50), (799, 0, 31)] {
                let (exact, summed) = (won.average(by, from, to), one_by_one(shape, mean, by, from, to));
                assert!((exact - summed).abs() < 1e-6, "{shape} {mean} {by} {from} {to}: {exact} {summed}");
            }
        }
    }

    /// Each row of a kernel, month by month; and what is not won in the period is won after it.
    #[test]
    fn a_kernel_is_what_entries_of_its_months_bring() {
        let mut plan = examples::six_stages(Lineage([1; 8]), Date::parse_iso("2027-01-11").unwrap());
        plan.timing.spread = Factor::from_millionths(500_000).unwrap();
        let (shape, days) = (4, 60);
        let spread = Spread::new(60.0, 30.0);
        let mut landing = Landing::new(&plan, days);
        landing.work_out(&Curve { wins: &[], part: 1.0, spread, days });
        let [kernel] = landing.kernels.as_slice() else { panic!("one kernel") };
        // A year from April on: from the as-of date to the end of January, then month by month.
        let ends: Vec<String> =
            kernel.rows.iter().map(|row| Date::from_day_number(row.to).unwrap().to_string()).collect();
        assert_eq!((ends[0].as_str(), ends.len()), ("2027-02-01", 15));
        let mut edge = landing.today;
        for row in &kernel.rows {
            for (month, share) in landing.bounds[landing.before + row.from..].windows(2).zip(&row.shares) {
                let summed = one_by_one(shape, 60.0, month[1], edge, row.to)
                    - one_by_one(shape, 60.0, month[0].max(edge), edge, row.to);
                assert!((share - summed).abs() < 1e-6, "{edge} {month:?}: {share} {summed}");
            }
            let until = row.to.min(landing.last + 1 - days).max(edge + 1);
            let late = 1.0 - one_by_one(shape, 60.0, landing.last + 1, edge, until);
            assert!((row.late - late).abs() < 1e-6, "{edge}: {} {late}", row.late);
            edge = row.to;
        }
    }
}
