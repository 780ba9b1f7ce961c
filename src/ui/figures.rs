//! What fields hand on, as figures of the plan. A field never hands on one that is out of range; nothing stays nothing.

use crate::units::{Count, Days, Factor, Money, Rate};

/// An amount.
pub fn money(exact: Option<i64>) -> Option<Money> {
    exact.and_then(Money::from_thousandths)
}

/// A rate.
pub fn rate(exact: Option<i64>) -> Option<Rate> {
    exact.and_then(|exact| Rate::from_millionths(u32::try_from(exact).ok()?))
}

/// A multiple.
pub fn factor(exact: Option<i64>) -> Option<Factor> {
    exact.and_then(|exact| Factor::from_millionths(u32::try_from(exact).ok()?))
}

/// A duration.
pub fn days(exact: Option<i64>) -> Option<Days> {
    exact.and_then(|exact| Days::new(u16::try_from(exact).ok()?))
}

/// A number of items.
pub fn count(exact: Option<i64>) -> Option<Count> {
    exact.and_then(|exact| Count::new(u64::try_from(exact).ok()?))
}

/// A number of items, as a field takes it.
pub fn of_count(count: Count) -> i64 {
    i64::try_from(count.get()).unwrap_or(i64::MAX)
}
