//! Who works the pipeline: teams of sellers, and how they grow and shrink.

use crate::plan::checks::check_text;
use crate::plan::{Issue, ItemId, Place, Plan, Refusal, Rule, Segment, limits};
use crate::units::{Count, Days, Factor, Money, Month, Rate};

/// Sellers who work the same deals and can stand in for each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SalesTeam {
    /// The team's id.
    pub id: ItemId,
    /// What people call it; may be empty while there is only one.
    pub name: String,
    /// Heads on the as-of date, fully ramped.
    pub heads: Count,
    /// Who starts, leaves and moves after that.
    pub changes: Vec<HeadChange>,
    /// Bookings of each month of tenure as a share of what a fully ramped head books; after the last one all of it. The sales cycle is
    /// in it.
    pub ramp: Vec<Rate>,
    /// The share of heads that leaves within a year without being named.
    pub attrition: Rate,
    /// Whether somebody takes the seat of those who leave.
    pub backfills: bool,
    /// How long that takes; a hire that is not decided yet takes as long.
    pub time_to_fill: Days,
    /// Bookings that a fully ramped head is to bring a year.
    pub quota: Money,
    /// The share of the quotas that is reached. Productivity = quota × attainment.
    pub attainment: Factor,
}

impl SalesTeam {
    /// A team of nobody.
    pub fn new(id: ItemId, name: &str) -> Self {
        Self {
            id,
            name: name.to_owned(),
            heads: Count::default(),
            changes: Vec::new(),
            ramp: Vec::new(),
            attrition: Rate::ZERO,
            backfills: false,
            time_to_fill: Days::ZERO,
            quota: Money::ZERO,
            attainment: Factor::ONE,
        }
    }
}

/// Heads who start, leave or move at the beginning of a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeadChange {
    /// The month.
    pub month: Month,
    /// What they do.
    pub what: Move,
    /// How many.
    pub heads: Count,
}

/// What heads do at the beginning of a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// They start, and ramp.
    Start,
    /// They leave the company.
    Leave,
    /// They go to another team, and ramp there.
    To(ItemId),
}

impl Plan {
    /// Where the team stands that works a segment: its own, or else the first; none when there is no team.
    pub fn team_of(&self, segment: &Segment) -> Option<usize> {
        let own = self.sales.iter().position(|team| Some(team.id) == segment.team);
        own.or((!self.sales.is_empty()).then_some(0))
    }

    /// Adds a team that begins like the one before it, without heads. Does nothing when there is no room.
    pub fn add_team(&mut self) {
        if self.sales.len() >= limits::MAX_TEAMS {
            return;
        }
        let id = self.new_id();
        let name = if self.sales.is_empty() { String::new() } else { format!("Team {}", self.sales.len() + 1) };
        let like = self.sales.last().cloned().unwrap_or(SalesTeam::new(id, ""));
        self.sales.push(SalesTeam { id, name, heads: Count::default(), changes: Vec::new(), ..like });
    }

    /// Takes a team out; its segments are then worked by the first, and nobody moves there any more.
    pub fn remove_team(&mut self, id: ItemId) {
        self.sales.retain(|team| team.id != id);
        for team in &mut self.sales {
            team.changes.retain(|change| change.what != Move::To(id));
        }
        for segment in &mut self.segments {
            segment.team = segment.team.filter(|&team| team != id);
        }
    }

    /// What a plan's teams must be.
    pub(super) fn check_teams(&self) -> Result<(), Refusal> {
        let refuse = |place, rule| Err(Refusal { place, rule });
        if self.sales.len() > limits::MAX_TEAMS {
            return refuse(Place::Team(limits::MAX_TEAMS), Rule::AtMost(limits::MAX_TEAMS));
        }
        for (position, team) in self.sales.iter().enumerate() {
            check_text(&team.name, limits::TAG_CHARS, Place::Team(position))?;
            if team.changes.len() > limits::MAX_CHANGES {
                return refuse(Place::HeadChanges(position), Rule::AtMost(limits::MAX_CHANGES));
            }
            if team.ramp.len() > limits::MAX_RAMP {
                return refuse(Place::Ramp(position), Rule::AtMost(limits::MAX_RAMP));
            }
            let goes_nowhere = |change: &HeadChange| matches!(change.what, Move::To(id) if self.team(id).is_none());
            if team.changes.iter().any(goes_nowhere) {
                return refuse(Place::HeadChanges(position), Rule::KnownTeam);
            }
        }
        for (position, segment) in self.segments.iter().enumerate() {
            if segment.team.is_some_and(|team| self.team(team).is_none()) {
                return refuse(Place::Segment(position), Rule::KnownTeam);
            }
        }
        Ok(())
    }

    /// What is not yet right in a plan's teams.
    pub(super) fn push_team_issues(&self, issues: &mut Vec<Issue>) {
        for (position, team) in self.sales.iter().enumerate() {
            if team.changes.iter().any(|change| change.month.first_day() < self.as_of) {
                issues.push(Issue::ChangeBeforeAsOf(position));
            }
            if !team.ramp.is_sorted() {
                issues.push(Issue::RampFalls(position));
            }
        }
    }

    /// The team with this id.
    pub fn team(&self, id: ItemId) -> Option<&SalesTeam> {
        self.sales.iter().find(|team| team.id == id)
    }

    /// The same, to change it.
    pub fn team_mut(&mut self, id: ItemId) -> Option<&mut SalesTeam> {
        self.sales.iter_mut().find(|team| team.id == id)
    }
}
