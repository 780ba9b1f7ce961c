//! What comes back: lost opportunities that are tried again, customers who refer, customers who stay and grow.

use crate::plan::{ItemId, Source};
use crate::units::{Days, Factor, Money, Rate};

/// The ways back into the funnel. With all of them at zero it is the plain funnel.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Circle {
    /// The share of lost opportunities that is tried again.
    pub recycled: Rate,
    /// How long after they were lost.
    pub recycled_after: Days,
    /// The stage they come back to; none: the first.
    pub recycled_to: Option<ItemId>,
    /// The source they are counted under.
    pub recycled_as: Source,
    /// How many leads one customer refers.
    pub referrals: Factor,
    /// How long after the deal was won.
    pub referred_after: Days,
    /// The stage at which they enter; none: the first.
    pub referred_to: Option<ItemId>,
    /// The source they are counted under.
    pub referred_as: Source,
}

/// What the target is a target of, and the existing customers behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Revenue {
    /// What the target counts.
    pub kind: TargetKind,
    /// The run-rate of recurring revenue on the period's first day.
    pub opening: Money,
    /// Gross revenue retention a year: the share of it that stays.
    pub grr: Rate,
    /// Net revenue retention a year: what it becomes by staying and growing.
    pub nrr: Factor,
}

impl Default for Revenue {
    fn default() -> Self {
        Self { kind: TargetKind::NewBusiness, opening: Money::ZERO, grr: Rate::ONE, nrr: Factor::ONE }
    }
}

/// What a target is a target of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TargetKind {
    /// Bookings of new business in the period.
    #[default]
    NewBusiness,
    /// The run-rate at the period's end.
    TotalRevenue,
    /// By how much that run-rate is to exceed the opening one.
    NetNew,
}

impl TargetKind {
    /// Every kind, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::NewBusiness, Self::TotalRevenue, Self::NetNew];
}
