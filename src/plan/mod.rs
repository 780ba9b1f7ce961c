//! GROUND STATE: the plan that people type. Plain data; all else is derived from it.
//!
//! Types enforce ranges. [`Plan::check`] holds what an edit, a link or a file must never break (references, limits).
//! What is merely *not yet right* while somebody types is an [`Issue`] beside its field: see [`Plan::issues`].

pub mod examples;
pub mod limits;
pub mod templates;

mod checks;
mod stages;

pub use checks::{Issue, Place, Refusal, Rule, clean_text};

use crate::units::{Count, Currency, Date, Days, Money, Month, Rate};

/// Everything that was agreed or assumed. The only ground state of the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Where the plan comes from; kept across copies and links.
    pub lineage: Lineage,
    /// The id that the next item gets. Ids are never used again.
    pub next_id: u32,
    /// What people call the plan.
    pub name: String,
    /// The currency of every amount.
    pub currency: Currency,
    /// The months in which the target is to be booked.
    pub period: Period,
    /// The day the plan speaks from: written down, so that a link says the same everywhere and later.
    pub as_of: Date,
    /// What the company is to book in the period.
    pub target: Money,
    /// How volumes are rounded for display.
    pub rounding: Rounding,
    /// The stage whose volume the answer leads with.
    pub headline: ItemId,
    /// From first touch to won; [`limits::MIN_STAGES`] to [`limits::MAX_STAGES`].
    pub stages: Vec<Stage>,
    /// What is sold, at which price, rates and speed. One for now.
    pub segment: Segment,
}

/// Eight random bytes that every copy of a plan shares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Lineage(pub [u8; 8]);

/// The id of a stage or a segment, from the plan's counter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemId(pub u32);

/// A run of whole months.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// The first month.
    pub start: Month,
    /// How many months, 1 to [`limits::MAX_MONTHS`].
    pub months: u8,
}

impl Period {
    /// The first day.
    pub fn first_day(self) -> Date {
        self.start.first_day()
    }

    /// The last day.
    pub fn last_day(self) -> Date {
        self.start.plus_months(u16::from(self.months)).first_day().plus_days(-1)
    }
}

/// The declared rule for volumes. Money always comes from the carried chain.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rounding {
    /// Fractions are carried from stage to stage and rounded for display only.
    #[default]
    Carry,
    /// Each stage is rounded up and carried; forwards, rounded down.
    CeilEachStage,
    /// Each stage is rounded half up and carried.
    RoundEachStage,
}

impl Rounding {
    /// Every rule, the usual one first.
    pub const ALL: [Self; 3] = [Self::Carry, Self::CeilEachStage, Self::RoundEachStage];
}

/// A step of the way from stranger to customer, as both teams agreed to define it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stage {
    /// The stage's id.
    pub id: ItemId,
    /// What one of them is called: *Lead*.
    pub singular: String,
    /// What many of them are called: *Leads*.
    pub plural: String,
    /// The team whose number this is.
    pub owner: Owner,
    /// When something counts as one; may be empty.
    pub definition: String,
    /// How many somebody has, typed as a figure of its own.
    pub available: Option<Count>,
}

/// A team that owns stages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// Marketing.
    Marketing,
    /// Sales development.
    SalesDevelopment,
    /// Sales.
    Sales,
}

impl Owner {
    /// Every team, in the order of the funnel.
    pub const ALL: [Self; 3] = [Self::Marketing, Self::SalesDevelopment, Self::Sales];
}

/// A part of the market with its own price, rates and speed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// The segment's id.
    pub id: ItemId,
    /// What one won deal brings on average.
    pub asp: Money,
    /// One per stage but the last: the step from that stage to the next.
    pub steps: Vec<Step>,
}

/// What happens between a stage and the next one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// The share that gets to the next stage.
    pub rate: Rate,
    /// How long that takes on average.
    pub days: Days,
}

impl Plan {
    /// Takes a fresh id from the counter.
    pub fn new_id(&mut self) -> ItemId {
        let id = ItemId(self.next_id);
        self.next_id = self.next_id.saturating_add(1);
        id
    }

    /// Where the stage with this id stands.
    pub fn position(&self, id: ItemId) -> Option<usize> {
        self.stages.iter().position(|stage| stage.id == id)
    }

    /// Where the headline stage stands; the first stage if its id is not there.
    pub fn headline_position(&self) -> usize {
        self.position(self.headline).unwrap_or(0)
    }

    /// The close rate: the rate of the step that ends in won.
    pub fn close_rate(&self) -> Rate {
        self.segment.steps.last().map_or(Rate::ZERO, |step| step.rate)
    }
}
