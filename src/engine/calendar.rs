//! When entries for the period can still come.

use crate::engine::lines::Line;
use crate::engine::math::{self, Gamma};
use crate::plan::{Plan, Step};
use crate::units::{Date, Month};

/// The average length of a month: 365.25 ÷ 12 days. Months stay fractional.
pub const DAYS_A_MONTH: f64 = 365.25 / 12.0;

/// The days on which an entry counts for the period, first and last included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// The first day: the as-of date, or the day whose entries are won on the period's first day, whichever is later.
    pub from: Date,
    /// The last useful date.
    pub to: Date,
}

impl Window {
    /// How many days it has; at least one.
    pub fn days(self) -> i32 {
        self.to.days_since(self.from) + 1
    }

    /// The same in months of average length.
    pub fn months(self) -> f64 {
        f64::from(self.days()) / DAYS_A_MONTH
    }
}

/// The window of a stage that is `days_to_won` days from won; `None` when its last useful date is past.
pub(super) fn window(plan: &Plan, days_to_won: i32, last_useful: Date) -> Option<Window> {
    let earliest = plan.period.first_day().plus_days(-days_to_won);
    // With much spread and a short period what counts may have to enter before that.
    let from = plan.as_of.max(earliest.min(last_useful));
    (from <= last_useful).then_some(Window { from, to: last_useful })
}

/// The last day on which what enters a stage still counts for the period: its end − L; with spread, the last day from which the
/// share that the plan declares is won by the end.
pub(super) fn last_useful(plan: &Plan, line: &Line, stage: usize) -> Date {
    let days = Spread::of(plan, line, stage)
        .days_until(plan.timing.landing_within_limits().fraction(), line.to_won.get(stage).map_or(0, |way| way.days));
    plan.period.last_day().plus_days(-days)
}

/// How far the times of a plan spread, within the limits of what is worked with.
pub(super) fn spread(plan: &Plan) -> f64 {
    plan.timing.spread_within_limits().times()
}

/// How long it takes from a stage to won: one gamma distribution with the summed mean and the variances of the steps added.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Spread {
    /// The mean, in days.
    pub(super) mean: f64,
    /// The standard deviation, in days.
    deviation: f64,
    /// The distribution, in units of time in which its scale is one; `None` where everything takes the mean.
    gamma: Option<Gamma>,
}

impl Spread {
    pub(super) fn of(plan: &Plan, line: &Line, stage: usize) -> Self {
        Self::of_steps(plan, line.steps.get(stage..).unwrap_or_default())
    }

    /// Of the steps that are left.
    pub(super) fn of_steps(plan: &Plan, steps: &[Step]) -> Self {
        let (mut mean, mut squares) = (0.0, 0.0);
        for step in steps {
            let days = f64::from(step.days.get());
            mean += days;
            squares += days * days;
        }
        Self::new(mean, spread(plan) * squares.sqrt())
    }

    /// With this mean and standard deviation, in days.
    pub(super) fn new(mean: f64, deviation: f64) -> Self {
        let gamma = (deviation > 0.0 && mean > 0.0).then(|| Gamma::new((mean / deviation) * (mean / deviation)));
        Self { mean, deviation, gamma }
    }

    /// Whether not everything takes the mean.
    pub(super) fn is_spread(self) -> bool {
        self.gamma.is_some()
    }

    /// The share that is won within so many days, and the integral of that share from zero to there.
    pub(super) fn won_within(self, days: f64) -> (f64, f64) {
        let Some(gamma) = self.gamma else {
            return if days >= self.mean { (1.0, days - self.mean) } else { (0.0, 0.0) };
        };
        let (share, more) = gamma.below(days * gamma.shape() / self.mean);
        (share, days * share - self.mean * (share - more))
    }

    /// The fewest whole days within which at least this share is won; the mean's whole days without spread.
    #[expect(clippy::cast_possible_truncation, reason = "days")]
    fn days_until(self, share: f64, mean: i32) -> i32 {
        if !self.is_spread() {
            return mean;
        }
        let is_enough = |days: i32| self.won_within(f64::from(days)).0 >= share;
        // In ever wider steps from where a normal distribution would have it, whose quantile is about that of a logistic one.
        let guess = mean + (self.deviation * math::log_odds(share) / 1.702) as i32;
        let (mut few, mut enough, mut step) = (guess, guess, 1);
        if is_enough(guess) {
            few -= step;
            while is_enough(few) {
                (enough, step) = (few, 2 * step);
                few -= step;
            }
        } else {
            enough += step;
            while !is_enough(enough) {
                (few, step) = (enough, 2 * step);
                enough += step;
            }
        }
        while enough - few > 1 {
            let middle = i32::midpoint(few, enough);
            if is_enough(middle) {
                enough = middle;
            } else {
                few = middle;
            }
        }
        enough
    }
}

/// The months that are shown: from the one in which the first entry can be asked for to the period's last.
pub(super) fn shown_months(plan: &Plan, longest: i32) -> Vec<Month> {
    let start = plan.period.start;
    let first = plan.period.first_day().plus_days(-longest).max(plan.as_of);
    let first = first.month().unwrap_or(start).min(start);
    let mut months = Vec::new();
    for later in 0..start.index() + u16::from(plan.period.months) - first.index() {
        months.push(first.plus_months(later));
    }
    months
}
