//! GROUND STATE: the plan that people type. Plain data; all else is derived from it.
//!
//! Types enforce ranges. [`Plan::check`] holds what an edit, a link or a file must never break (references, limits).
//! What is merely *not yet right* while somebody types is an [`Issue`] beside its field: see [`Plan::issues`].

pub mod examples;
pub mod limits;
pub mod templates;

mod checks;
mod circle;
mod development;
mod issues;
mod scope;
mod segments;
mod sources;
mod spending;
mod stages;
mod team;
mod timing;

pub use checks::{Place, Refusal, Rule, clean_text, joined};
pub use circle::{Circle, Revenue, TargetKind};
pub use development::Development;
pub use issues::Issue;
pub use scope::Scope;
pub use segments::{Base, Open, Own, OwnStep, Segment, SegmentGoal, Tag};
pub use sources::{Mission, Source, Sourcing};
pub use spending::{Channel, Spending, Term, Tier, set_in};
pub use team::{HeadChange, Move, SalesTeam};
pub use timing::{Profile, Timing};

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
    /// What the company is to reach; see [`Plan::revenue`] for what it counts.
    pub target: Money,
    /// How volumes are rounded for display.
    pub rounding: Rounding,
    /// The stage whose volume the answer leads with.
    pub headline: ItemId,
    /// From first touch to won; [`limits::MIN_STAGES`] to [`limits::MAX_STAGES`].
    pub stages: Vec<Stage>,
    /// At which price, rates and speed it is sold, unless a part says otherwise.
    pub base: Base,
    /// The parts of the market, 1 to [`limits::MAX_SEGMENTS`].
    pub segments: Vec<Segment>,
    /// What each source is to create, in the order of [`Source::ALL`].
    pub sources: [Sourcing; 5],
    /// What marketing answers for.
    pub mission: Mission,
    /// What comes back.
    pub circle: Circle,
    /// What the target is a target of.
    pub revenue: Revenue,
    /// How the target lies in time.
    pub timing: Timing,
    /// Who closes the deals, at most [`limits::MAX_TEAMS`]; none: nobody has said.
    pub sales: Vec<SalesTeam>,
    /// Who works the leads.
    pub development: Development,
    /// What is bought, and what it costs.
    pub spending: Spending,
}

/// Eight random bytes that every copy of a plan shares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Lineage(pub [u8; 8]);

/// The id of a stage, a segment, a team or a channel, from the plan's counter.
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

/// What happens between a stage and the next one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// The share that gets to the next stage.
    pub rate: Rate,
    /// What the rate is.
    pub basis: Basis,
    /// How long that takes on average.
    pub days: Days,
}

/// What a rate is: how far it can be trusted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Basis {
    /// Nobody has looked yet.
    #[default]
    Guess,
    /// Both teams have agreed to it.
    Agreed,
    /// Counted at one moment, over items that have not had their time yet.
    Snapshot,
    /// Counted on a cohort that has had its time.
    Measured,
}

impl Basis {
    /// Every basis, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Guess, Self::Agreed, Self::Snapshot, Self::Measured];
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

    /// The close rate that is inherited: the rate of the step that ends in won.
    pub fn close_rate(&self) -> Rate {
        self.base.steps.last().map_or(Rate::ZERO, |step| step.rate)
    }

    /// The sources of a plan that has not been split: everything is marketing's.
    pub fn one_source() -> [Sourcing; 5] {
        let mut sources: [Sourcing; 5] = Default::default();
        let [marketing, ..] = &mut sources;
        marketing.share = Rate::ONE;
        sources
    }
}
