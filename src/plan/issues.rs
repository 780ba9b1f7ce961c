//! What is not yet right in a plan: it is worked with all the same, and said beside its field.

use crate::plan::{Place, Plan, Profile, Source, limits};
use crate::units::{Factor, Money, Rate};

/// Something not yet right: said beside its field, never in the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Issue {
    /// The target is zero: nothing is needed.
    TargetZero,
    /// The average selling price is zero: no number of deals reaches the target.
    AspZero,
    /// The rate of the step out of this stage is zero: what lies before it is out of reach.
    RateZero(usize),
    /// The stage has no name.
    StageUnnamed(usize),
    /// Two stages have the same name.
    SameName(usize),
    /// The as-of date lies after the period.
    AsOfAfterEnd,
    /// The segments do not add up to the new business: in thousandths, what is missing, or more than there is when negative.
    SegmentsDoNotAddUp(i64),
    /// Two segments have the same name.
    SameSegment(usize),
    /// The shares of the sources add up to this many millionths.
    SourcesDoNotAddUp(u32),
    /// Those of the segment at this position do.
    SegmentSourcesDoNotAddUp(usize, u32),
    /// Something is open in the segment at this position at a stage before the one where its source enters.
    OpenBeforeEntry(usize),
    /// Something is open in the segment at this position in a stage twice, from one source.
    OpenTwice(usize),
    /// As many come back as are won or lost: the circle never ends.
    CircleNeverEnds,
    /// Revenue would shrink more than gross retention says.
    NrrBelowGrr,
    /// The existing customers alone reach the target: no new business is needed.
    ReachedByStaying,
    /// Existing customers have a share of the new business and supply the growth of their own.
    CustomersTwice,
    /// The spread is wider or narrower than what is worked with: none, or [`limits::SPREAD_LEAST`] to [`limits::SPREAD_MOST`].
    SpreadOutOfRange,
    /// The share that is to land in time is not [`limits::LANDING_LEAST`] to [`limits::LANDING_MOST`].
    LandingOutOfRange,
    /// All weights are zero.
    NoWeight,
    /// More is needed in the segment at this position than there are accounts.
    TooFewAccounts(usize),
    /// Heads of the team at this position start, leave or move before the as-of date, and are counted already.
    ChangeBeforeAsOf(usize),
    /// More leave the team at this position, or move from it, than there are.
    MoreLeaveThanThere(usize),
    /// The ramp of the team at this position falls.
    RampFalls(usize),
    /// Heads of sales development start or leave before the as-of date, and are counted already.
    DevelopmentBeforeAsOf,
    /// The working day of sales development has no hours, or more than [`limits::DAY_HOURS`].
    WorkingHoursOutOfRange,
    /// Its working week has no days, or more than [`limits::WEEK_DAYS`].
    WorkingDaysOutOfRange,
    /// Less can be had from the channel at this position than must be bought.
    CeilingUnderFloor(usize),
    /// More or fewer are bought of the channel at this position than its most or its least a month.
    BuysBeyondLimits(usize),
    /// The prices of the channel at this position do not begin one after the other.
    TiersOutOfOrder(usize),
    /// A further entry from the channel at this position costs less than one before it.
    TierCheaper(usize),
}

impl Issue {
    /// The field it stands beside.
    pub fn place(self) -> Place {
        match self {
            Self::TargetZero => Place::Target,
            Self::AspZero => Place::Asp,
            Self::RateZero(step) => Place::Rate(step),
            Self::StageUnnamed(stage) | Self::SameName(stage) => Place::StageName(stage),
            Self::AsOfAfterEnd => Place::AsOf,
            Self::SegmentsDoNotAddUp(_) => Place::Segments,
            Self::SameSegment(segment) => Place::Segment(segment),
            Self::TooFewAccounts(segment) => Place::Accounts(segment),
            Self::SpreadOutOfRange => Place::Spread,
            Self::LandingOutOfRange => Place::Landing,
            Self::SourcesDoNotAddUp(_) | Self::CustomersTwice => Place::Sources,
            Self::SegmentSourcesDoNotAddUp(segment, _) => Place::SegmentSources(segment),
            Self::OpenBeforeEntry(segment) | Self::OpenTwice(segment) => Place::Open(segment),
            Self::CircleNeverEnds => Place::Circle,
            Self::NrrBelowGrr | Self::ReachedByStaying => Place::Revenue,
            Self::NoWeight => Place::Timing,
            Self::ChangeBeforeAsOf(team) | Self::MoreLeaveThanThere(team) => Place::HeadChanges(team),
            Self::RampFalls(team) => Place::Ramp(team),
            Self::DevelopmentBeforeAsOf => Place::DevelopmentChanges,
            Self::WorkingHoursOutOfRange => Place::WorkingHours,
            Self::WorkingDaysOutOfRange => Place::WorkingDays,
            Self::CeilingUnderFloor(channel) => Place::Ceiling(channel),
            Self::BuysBeyondLimits(channel) => Place::Buys(channel),
            Self::TiersOutOfOrder(channel) => Place::Tiers(channel),
            Self::TierCheaper(channel) => Place::TierPrices(channel),
        }
    }
}

impl Plan {
    /// Everything that is not yet right in what was typed; the engine adds what shows only in the outcome.
    pub fn issues(&self) -> Vec<Issue> {
        let mut issues = Vec::new();
        if self.target == Money::ZERO {
            issues.push(Issue::TargetZero);
        }
        if self.base.asp == Money::ZERO {
            issues.push(Issue::AspZero);
        }
        if self.as_of > self.period.last_day() {
            issues.push(Issue::AsOfAfterEnd);
        }
        for (position, stage) in self.stages.iter().enumerate() {
            if stage.singular.trim().is_empty() || stage.plural.trim().is_empty() {
                issues.push(Issue::StageUnnamed(position));
            } else if self.stages.iter().take(position).any(|other| other.plural == stage.plural) {
                issues.push(Issue::SameName(position));
            }
        }
        for (position, step) in self.base.steps.iter().enumerate() {
            if step.rate == Rate::ZERO {
                issues.push(Issue::RateZero(position));
            }
        }
        self.push_segment_issues(&mut issues);
        self.push_other_issues(&mut issues);
        self.push_team_issues(&mut issues);
        self.push_development_issues(&mut issues);
        self.push_spending_issues(&mut issues);
        issues
    }

    fn push_segment_issues(&self, issues: &mut Vec<Issue>) {
        for (position, segment) in self.segments.iter().enumerate() {
            if self.segments.iter().take(position).any(|other| other.name == segment.name) {
                issues.push(Issue::SameSegment(position));
            }
            let sum = segment.shares.map_or(Rate::ONE.millionths(), sum_of);
            if sum != Rate::ONE.millionths() {
                issues.push(Issue::SegmentSourcesDoNotAddUp(position, sum));
            }
            let before = |(row, open): (usize, &crate::plan::Open)| {
                let is_before = self.position(open.stage).is_some_and(|stage| stage < self.entry(open.source));
                let others = segment.open.iter().take(row);
                let mut same = others.filter(|other| (other.stage, other.source) == (open.stage, open.source));
                let is_twice = same.any(|other| other.age == open.age);
                is_before.then_some(Issue::OpenBeforeEntry(position)).or(is_twice.then_some(Issue::OpenTwice(position)))
            };
            issues.extend(segment.open.iter().enumerate().find_map(before));
        }
    }

    fn push_other_issues(&self, issues: &mut Vec<Issue>) {
        let sum = sum_of(Source::ALL.map(|source| self.sourcing(source).share));
        if sum != Rate::ONE.millionths() {
            issues.push(Issue::SourcesDoNotAddUp(sum));
        }
        if self.revenue.nrr.millionths() < self.revenue.grr.millionths() {
            issues.push(Issue::NrrBelowGrr);
        }
        let weights = &self.timing.weights;
        let is_weighed = self.timing.profile != Profile::Even;
        if is_weighed && weights.len() >= self.weight_count() && weights.iter().all(|&weight| weight == Factor::ZERO) {
            issues.push(Issue::NoWeight);
        }
        let spreads = limits::SPREAD_LEAST..=limits::SPREAD_MOST;
        if self.timing.spread != Factor::ZERO && !spreads.contains(&self.timing.spread) {
            issues.push(Issue::SpreadOutOfRange);
        }
        if !(limits::LANDING_LEAST..=limits::LANDING_MOST).contains(&self.timing.landing) {
            issues.push(Issue::LandingOutOfRange);
        }
    }
}

/// What shares add up to, in millionths.
fn sum_of(shares: [Rate; 5]) -> u32 {
    shares.iter().map(|share| share.millionths()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{Lineage, examples};
    use crate::units::Date;

    fn plan() -> Plan {
        examples::three_figures(Lineage([1; 8]), Date::from_ymd(2026, 11, 22).unwrap())
    }

    #[test]
    fn what_is_worked_with_otherwise_is_said() {
        let mut plan = plan();
        for (spread, landing, issues) in [
            (0, 80, vec![]),
            (1, 50, vec![]),
            (150, 95, vec![]),
            (151, 96, vec![Issue::SpreadOutOfRange, Issue::LandingOutOfRange]),
            (300, 49, vec![Issue::SpreadOutOfRange, Issue::LandingOutOfRange]),
        ] {
            plan.timing.spread = Factor::from_millionths(spread * 10_000).unwrap();
            plan.timing.landing = Rate::from_percent(landing);
            assert_eq!(plan.issues(), issues, "{spread} {landing}");
        }
    }

    #[test]
    fn what_is_not_yet_right_stands_beside_its_field() {
        let mut plan = plan();
        assert_eq!(plan.issues(), []);
        plan.target = Money::ZERO;
        plan.base.asp = Money::ZERO;
        plan.base.steps[0].rate = Rate::ZERO;
        plan.stages[0].plural = " ".into();
        plan.as_of = Date::from_ymd(2028, 1, 1).unwrap();
        let issues = plan.issues();
        assert_eq!(
            issues,
            [Issue::TargetZero, Issue::AspZero, Issue::AsOfAfterEnd, Issue::StageUnnamed(0), Issue::RateZero(0)]
        );
        assert_eq!(issues[4].place(), Place::Rate(0));
        assert_eq!(plan.check(), Ok(()), "an issue is not a refusal");
    }
}
