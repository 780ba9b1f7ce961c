//! Who must create the pipeline.

use crate::plan::{ItemId, Own};
use crate::units::Rate;

/// Who creates an opportunity: fixed when it is created, and one only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// Marketing; inbound leads that sales development works stay marketing's.
    #[default]
    Marketing,
    /// Sales development, outbound.
    SalesDevelopment,
    /// The sellers themselves, outbound.
    Sellers,
    /// Partners who bring customers.
    Partners,
    /// Existing customers.
    Customers,
}

impl Source {
    /// Every source, in the order in which they are shown.
    pub const ALL: [Self; 5] =
        [Self::Marketing, Self::SalesDevelopment, Self::Sellers, Self::Partners, Self::Customers];

    /// Its place among [`Source::ALL`].
    pub const fn index(self) -> usize {
        self as usize
    }
}

/// What a source is to create, and how it differs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sourcing {
    /// Its share of the wins of a segment that has no shares of its own.
    pub share: Rate,
    /// The stage at which its items enter; none: the first.
    pub entry: Option<ItemId>,
    /// Its own price, rates and days; they go before a segment's.
    pub own: Own,
}

/// What marketing answers for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mission {
    /// Pipeline: what it hands over.
    #[default]
    FillPipeline,
    /// Deals: what is won of it.
    OwnTarget,
    /// Both.
    Both,
}

impl Mission {
    /// Every mission, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::FillPipeline, Self::OwnTarget, Self::Both];
}
