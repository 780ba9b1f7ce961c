//! The best mix of channels: the least money that brings what marketing is to bring, or the most bookings for the budget there is,
//! as a linear programme. What solves it is loaded on demand and stands elsewhere: here are the numbers that it is sent
//! ([`Mix::numbers`]) and what its answer says ([`Mix::read`]).
//!
//! **What is chosen.** The entries of each channel in each month from that of the as-of date to the last of the period: where they
//! go and when what they bring lands is `engine::money`'s. The month of the as-of date counts for what is left of it.
//!
//! **What they cost.** What a channel costs is straight between its tiers, so that each tier is one variable, the entries beyond
//! its number, at what it is dearer than the one before. That is exact where prices rise. Where they fall, a linear programme would
//! buy the last entries first; so no tier counts as cheaper than one before it, and the mix spends less than it thinks.
//!
//! **Limits.** A floor binds in every month: a linear programme cannot choose between it and nothing. A budget is for channels and
//! all else that marketing spends.
//!
//! **Sellers**, where a plan has teams: from the first month of the period on, what a team closes in a month is what waits and what
//! arrives, at most its capacity, and the rest waits ([`capacity::closed`](crate::engine::capacity::closed) as rows: up to each month no
//! more is closed than has arrived). What lands before the period is closed before it. What arrives besides is what is open and, of
//! what is planned to enter, the part of other sources: each of a segment's sources is taken to land alike in time. Which segment
//! waits is not told apart.
//!
//! **Sales development**, where a plan has it: in no month more leads of channels come to be worked than it has time for, after those
//! of other sources. That none may wait for a later month is stricter than it need be.
//!
//! **Need.** In each segment channels bring in the period at least what marketing's new entries must still bring
//! ([`SourceOutcome::bookings`](crate::engine::SourceOutcome)), and a team closes in it as much as that and all others come to.
//!
//! Between mixes that bring as much, the one that spends less is taken: a thousandth of what is spent comes off the bookings that are
//! sought, so nothing is bought that brings less than that, and what a limit is worth is less by as much.

mod answer;
mod rows;

pub use answer::{Best, Bought, Found, Worth, in_whole_entries};

use backcast_solver::{Programme, wire};

use crate::engine::Outcome;
use crate::engine::mix::rows::{Brings, Building};
use crate::engine::money::leads::{Brought, Leads};
use crate::engine::money::taken::Work;
use crate::plan::{Channel, ItemId, Plan};
use crate::units::Month;

/// A part of what an entry brings that is smaller, or of a target that is still to come, counts as nothing: the thin end of a
/// spread, which would set the figures of a programme so far apart that it could not be solved.
const LITTLE: f64 = 1e-4;

/// What is sought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aim {
    /// The least that channels cost while they bring what is needed.
    LeastMoney,
    /// The most bookings that are closed in the period.
    MostRevenue,
}

/// Something that limits a mix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// The most entries of a channel in a month.
    Ceiling(ItemId, Month),
    /// The fewest.
    Floor(ItemId, Month),
    /// What marketing may spend in a month.
    Budget(Month),
    /// What a team can close in a month, in major units of bookings.
    Sellers(ItemId, Month),
    /// The leads of channels that sales development can work in a month.
    Development(Month),
    /// What channels are to bring for a segment in the period, in major units of bookings.
    Need(ItemId),
}

/// A programme, and what it takes to read its answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Mix {
    programme: Programme,
    aim: Aim,
    months: Vec<Month>,
    /// What is left of the first of them.
    rest: f64,
    channels: Vec<Channel>,
    entries: Vec<Entries>,
    closing: Vec<Closing>,
    teams: Vec<ItemId>,
    /// What each row stands for; none: it holds in any case.
    names: Vec<Option<Name>>,
}

/// A variable: entries of a channel in a month.
#[derive(Clone, Debug, PartialEq)]
struct Entries {
    variable: usize,
    /// Places.
    channel: usize,
    month: usize,
    /// Bookings in the period that each brings.
    within: f64,
}

/// A variable: what a team closes in a month.
#[derive(Clone, Debug, PartialEq)]
struct Closing {
    variable: usize,
    /// Not more up to this month than has arrived.
    row: usize,
    /// Places.
    team: usize,
    month: usize,
}

/// What a row stands for.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Name {
    /// The limit; of a ceiling, the row's least is the floor.
    limit: Limit,
    /// By how much the row's limit changes with a unit of what the plan says.
    unit: f64,
    /// What such a unit is worth at most because of what decides between mixes that bring as much.
    noise: f64,
    /// A further row in which it is.
    due: Option<usize>,
}

/// The best mix of a plan as a programme; `None` when it has no channels or its period is over.
pub fn programme(plan: &Plan, outcome: &Outcome, aim: Aim) -> Option<Mix> {
    let mut leads = Leads::new(plan, outcome).filter(|_| !plan.spending.channels.is_empty())?;
    let work = Work::new(plan, &leads);
    let mut building = Building::new(plan, &leads, work.as_ref(), aim);
    for (channel, bought) in plan.spending.channels.iter().enumerate() {
        let ways = leads.ways(bought);
        for month in 0..building.months {
            let mut brings = Brings { within: 0.0, segments: Vec::new(), teams: Vec::new(), worked: Vec::new() };
            let validated = bought.validated.fraction();
            for way in &ways {
                if let Some(partly) = work.as_ref().and_then(|work| leads.up_to(bought, way, work.stage)) {
                    let mut comes = Brought::default();
                    leads.land(std::slice::from_ref(&partly), month, validated, &mut comes);
                    for (later, &lands) in comes.lands.iter().enumerate() {
                        if lands > partly.part * LITTLE {
                            brings.worked.push((later, lands));
                        }
                    }
                }
                let mut brought = Brought::default();
                leads.land(std::slice::from_ref(way), month, validated, &mut brought);
                let least = brought.bookings.all() * LITTLE;
                if brought.bookings.within <= least {
                    continue;
                }
                brings.within += brought.bookings.within;
                brings.segments.push((way.segment, brought.bookings.within));
                let Some(team) = building.team_of(way.segment) else { continue };
                for (later, &lands) in brought.lands.iter().enumerate().skip(leads.start) {
                    if lands > least {
                        brings.teams.push((team, later, lands));
                    }
                }
            }
            building.buy(bought, channel, month, leads.left(month), leads.months.get(month).copied()?, &brings);
        }
    }
    building.end(&leads, work)
}

impl Mix {
    /// The programme as the solver is sent it.
    pub fn numbers(&self) -> Vec<f64> {
        wire::encode(&self.programme)
    }

    /// The programme.
    pub fn programme(&self) -> &Programme {
        &self.programme
    }
}
