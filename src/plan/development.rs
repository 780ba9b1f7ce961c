//! Who works the leads: sales development, its hours, and what it promises.

use crate::plan::{HeadChange, ItemId};
use crate::units::{Count, Factor, Rate};

/// Sales development. Without heads, and with nothing planned, there is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Development {
    /// Heads on the as-of date.
    pub heads: Count,
    /// Who starts and leaves after that; nobody moves to or from a team of sellers.
    pub changes: Vec<HeadChange>,
    /// The stage whose entries they work; `None`: the first that sales development owns, or else the headline.
    pub works: Option<ItemId>,
    /// Touches that a lead takes in all.
    pub touches: Factor,
    /// Minutes that a touch takes on average.
    pub minutes: Factor,
    /// Working hours a day, at most 24.
    pub hours: Factor,
    /// Working days a week, at most 7.
    pub days: Factor,
    /// The share of leads that arrives outside working hours, where it is known.
    pub outside: Option<Rate>,
    /// What is promised of those that arrive within them: this share is touched first …
    pub promise: Rate,
    /// … within so many working minutes. Zero: nothing is promised.
    pub within: Count,
    /// By how much a lead that is answered in time has better odds to become what follows; one: by nothing.
    pub odds: Factor,
    /// No rate is lifted above this.
    pub odds_most: Rate,
}

impl Default for Development {
    /// Nobody; eight touches of five minutes, eight hours on five days.
    fn default() -> Self {
        let times = |times: u32| Factor::from_millionths(times * 1_000_000).unwrap_or(Factor::ONE);
        Self {
            heads: Count::default(),
            changes: Vec::new(),
            works: None,
            touches: times(8),
            minutes: times(5),
            hours: times(8),
            days: times(5),
            outside: None,
            promise: Rate::from_percent(90),
            within: Count::default(),
            odds: Factor::ONE,
            odds_most: Rate::ONE,
        }
    }
}
