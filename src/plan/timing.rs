//! How the target lies in time.

use crate::plan::limits;
use crate::units::{Factor, Money, Rate};

/// When within the period the target is due, and what comes after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timing {
    /// The first month of the fiscal year, 1 to 12.
    pub fiscal_start: u8,
    /// Over what the weights run.
    pub profile: Profile,
    /// A weight for each quarter or month of the period, or for each month of the year; one where none is given.
    pub weights: Vec<Factor>,
    /// A factor on the last rate for deals due in each month of the year; one where none is given.
    pub rate_season: Vec<Factor>,
    /// What the period after this one is to bring; none: the same again.
    pub next_target: Option<Money>,
    /// How far times spread around their mean: standard deviation ÷ mean of each step; zero: not at all.
    pub spread: Factor,
    /// The share of what will be won that is won by the period's end when it enters on the last useful date.
    pub landing: Rate,
    /// Whether entries are sized so that what is expected within the period meets the target in spite of the spread.
    pub sized_for_spread: bool,
    /// The rate at which something open is won that is older than twice its stage's days.
    pub stale_rate: Rate,
}

impl Timing {
    /// The spread within [`limits`]: zero is no spread, and so is what is too little to tell from none.
    pub fn spread_within_limits(&self) -> Factor {
        if self.spread < limits::SPREAD_LEAST { Factor::ZERO } else { self.spread.min(limits::SPREAD_MOST) }
    }

    /// The share that is to land in time within [`limits`].
    pub fn landing_within_limits(&self) -> Rate {
        self.landing.clamp(limits::LANDING_LEAST, limits::LANDING_MOST)
    }
}

impl Default for Timing {
    fn default() -> Self {
        Self {
            fiscal_start: 1,
            profile: Profile::Even,
            weights: Vec::new(),
            rate_season: Vec::new(),
            next_target: None,
            spread: Factor::ZERO,
            landing: Rate::from_percent(80),
            sized_for_spread: false,
            stale_rate: Rate::ZERO,
        }
    }
}

/// How the target is spread over the months.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Profile {
    /// The same in every month.
    #[default]
    Even,
    /// A weight for each fiscal quarter that the period touches.
    Quarters,
    /// A weight for each month of the period.
    Months,
    /// A weight for each month of the year, January first.
    Season,
}

impl Profile {
    /// Every profile, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Even, Self::Quarters, Self::Months, Self::Season];
}
