//! When entries for the period can still come.

use crate::plan::Plan;
use crate::units::Date;

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
pub(super) fn window(plan: &Plan, days_to_won: i32) -> Option<Window> {
    let earliest = plan.period.first_day().plus_days(-days_to_won);
    let window = Window { from: plan.as_of.max(earliest), to: plan.period.last_day().plus_days(-days_to_won) };
    (window.from <= window.to).then_some(window)
}
