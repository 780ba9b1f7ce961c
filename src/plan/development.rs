//! Who works the leads: sales development, its hours, and what it promises.

use crate::plan::{HeadChange, Issue, ItemId, Move, Place, Plan, Refusal, Rule, limits};
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

impl Plan {
    /// What sales development must be.
    pub(super) fn check_development(&self) -> Result<(), Refusal> {
        let Development { changes, works, .. } = &self.development;
        if changes.len() > limits::MAX_CHANGES {
            return Err(Refusal { place: Place::DevelopmentChanges, rule: Rule::AtMost(limits::MAX_CHANGES) });
        }
        for change in changes {
            if matches!(change.what, Move::To(_)) {
                return Err(Refusal { place: Place::DevelopmentChanges, rule: Rule::NobodyMoves });
            }
        }
        works.map_or(Ok(()), |stage| self.check_stage(stage, Place::Development))
    }

    /// What is not yet right in sales development. How long it works is of no matter while nobody is there or comes.
    pub(super) fn push_development_issues(&self, issues: &mut Vec<Issue>) {
        let Development { heads, changes, hours, days, .. } = &self.development;
        for change in changes {
            if change.month.first_day() < self.as_of {
                issues.push(Issue::DevelopmentBeforeAsOf);
                break;
            }
        }
        let is_there = *heads > Count::default() || !changes.is_empty();
        if *hours > limits::DAY_HOURS || (is_there && *hours == Factor::ZERO) {
            issues.push(Issue::WorkingHoursOutOfRange);
        }
        if *days > limits::WEEK_DAYS || (is_there && *days == Factor::ZERO) {
            issues.push(Issue::WorkingDaysOutOfRange);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{Lineage, examples};
    use crate::units::{Date, Month};

    fn plan() -> Plan {
        examples::six_stages(Lineage([1; 8]), Date::from_ymd(2026, 11, 22).unwrap())
    }

    fn change(month: u8, what: Move) -> HeadChange {
        HeadChange { month: Month::new(2026, month).unwrap(), what, heads: Count::new(1).unwrap() }
    }

    #[track_caller]
    fn refused(plan: &Plan, place: Place, rule: Rule) {
        assert_eq!(plan.check(), Err(Refusal { place, rule }));
    }

    #[test]
    fn what_sales_development_cannot_be_is_refused() {
        let mut plan = plan();
        plan.development.works = Some(ItemId(99));
        refused(&plan, Place::Development, Rule::KnownStage);
        plan.development.works = plan.stages.last().map(|won| won.id);
        refused(&plan, Place::Development, Rule::NothingAfterWon);
        plan.development.works = Some(plan.stages[2].id);
        plan.development.changes = vec![change(12, Move::Start); 50];
        assert_eq!(plan.check(), Ok(()));
        plan.development.changes.push(change(12, Move::Leave));
        refused(&plan, Place::DevelopmentChanges, Rule::AtMost(50));
        plan.add_team();
        plan.development.changes = vec![change(12, Move::Leave), change(12, Move::To(plan.sales[0].id))];
        refused(&plan, Place::DevelopmentChanges, Rule::NobodyMoves);
    }

    #[test]
    fn hours_that_cannot_be_worked_are_said() {
        let times = |times: u32| Factor::from_millionths(times).unwrap();
        let mut plan = plan();
        let (hours, days) = (Issue::WorkingHoursOutOfRange, Issue::WorkingDaysOutOfRange);
        for (heads, each_day, each_week, issues) in [
            (0, 0, 0, vec![]),
            (1, 0, 0, vec![hours, days]),
            (1, 1, 1, vec![]),
            (1, 24_000_000, 7_000_000, vec![]),
            (1, 24_000_001, 5_000_000, vec![hours]),
            (0, 8_000_000, 7_000_001, vec![days]),
        ] {
            plan.development.heads = Count::new(heads).unwrap();
            (plan.development.hours, plan.development.days) = (times(each_day), times(each_week));
            assert_eq!(plan.issues(), issues, "{heads} {each_day} {each_week}");
        }
        plan.development.hours = Factor::ZERO;
        plan.development.days = times(5_000_000);
        plan.development.heads = Count::default();
        plan.development.changes = vec![change(12, Move::Start)];
        assert_eq!(plan.issues(), [hours], "somebody comes");
        plan.development.changes = vec![change(11, Move::Start), change(12, Move::Start), change(10, Move::Leave)];
        plan.development.hours = times(8_000_000);
        assert_eq!(plan.issues(), [Issue::DevelopmentBeforeAsOf]);
        let places = [hours, days, Issue::DevelopmentBeforeAsOf].map(Issue::place);
        assert_eq!(places, [Place::WorkingHours, Place::WorkingDays, Place::DevelopmentChanges]);
    }
}
