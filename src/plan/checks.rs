//! What a plan must be ([`Plan::check`]) and what it had better be ([`Plan::issues`]).

use crate::plan::{ItemId, Plan, limits};
use crate::units::{Money, Rate};

/// A part of the plan that a person can point at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The plan's name.
    Name,
    /// The revenue target.
    Target,
    /// The average selling price.
    Asp,
    /// The period.
    Period,
    /// The as-of date.
    AsOf,
    /// The headline stage.
    Headline,
    /// The list of stages.
    Stages,
    /// The name of the stage at this position.
    StageName(usize),
    /// The definition of the stage at this position.
    Definition(usize),
    /// The id of the stage at this position.
    StageId(usize),
    /// The segment.
    Segment,
    /// The step out of the stage at this position.
    Rate(usize),
}

/// Why a change, a link or a file is turned away: it would break a reference or a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// What is wrong.
    pub place: Place,
    /// The rule it breaks.
    pub rule: Rule,
}

/// A rule that every plan keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// Between [`limits::MIN_STAGES`] and [`limits::MAX_STAGES`] stages.
    StageCount,
    /// One step for each stage but the last.
    StepCount,
    /// The headline is one of the stages.
    KnownStage,
    /// Ids are different and come from the counter.
    FreshId,
    /// At most this many characters.
    AtMostChars(usize),
    /// No control characters, and none that hide or reorder text.
    PlainText,
    /// Between one month and [`limits::MAX_MONTHS`], within the years that dates may have.
    PeriodLength,
    /// The last stage is won: nothing waits in it.
    NothingAfterWon,
}

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
        }
    }
}

impl Plan {
    /// Everything that is not yet right, in the order of the page.
    pub fn issues(&self) -> Vec<Issue> {
        let mut issues = Vec::new();
        if self.target == Money::ZERO {
            issues.push(Issue::TargetZero);
        }
        if self.segment.asp == Money::ZERO {
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
        for (position, step) in self.segment.steps.iter().enumerate() {
            if step.rate == Rate::ZERO {
                issues.push(Issue::RateZero(position));
            }
        }
        issues
    }

    /// Finds the first broken reference or limit.
    ///
    /// # Errors
    /// A plan that fails this is never stored, opened or evaluated.
    pub fn check(&self) -> Result<(), Refusal> {
        let refuse = |place, rule| Err(Refusal { place, rule });
        if !(limits::MIN_STAGES..=limits::MAX_STAGES).contains(&self.stages.len()) {
            return refuse(Place::Stages, Rule::StageCount);
        }
        if self.segment.steps.len() + 1 != self.stages.len() {
            return refuse(Place::Segment, Rule::StepCount);
        }
        let last_month = self.period.start.index().saturating_add(u16::from(self.period.months));
        if !(1..=limits::MAX_MONTHS).contains(&self.period.months)
            || crate::units::Month::from_index(last_month).is_none()
        {
            return refuse(Place::Period, Rule::PeriodLength);
        }
        if self.position(self.headline).is_none() {
            return refuse(Place::Headline, Rule::KnownStage);
        }
        check_text(&self.name, limits::NAME_CHARS, Place::Name)?;
        let mut seen: Vec<ItemId> = vec![self.segment.id];
        if self.segment.id.0 >= self.next_id {
            return refuse(Place::Segment, Rule::FreshId);
        }
        for (position, stage) in self.stages.iter().enumerate() {
            if stage.id.0 >= self.next_id || seen.contains(&stage.id) {
                return refuse(Place::StageId(position), Rule::FreshId);
            }
            seen.push(stage.id);
            check_text(&stage.singular, limits::STAGE_NAME_CHARS, Place::StageName(position))?;
            check_text(&stage.plural, limits::STAGE_NAME_CHARS, Place::StageName(position))?;
            check_text(&stage.definition, limits::DEFINITION_CHARS, Place::Definition(position))?;
        }
        if self.stages.last().is_some_and(|won| won.available.is_some()) {
            return refuse(Place::Stages, Rule::NothingAfterWon);
        }
        Ok(())
    }
}

/// The text without control characters and those that hide or reorder text, cut to `max_chars`: what a field keeps of what is
/// typed or pasted.
///
/// Bidirectional overrides, zero-width spaces and tags would let a link show a name other than the one it carries. The two
/// zero-width joiners stay: some scripts cannot be written without them.
pub fn clean_text(text: &str, max_chars: usize) -> String {
    text.chars().filter(|&character| is_plain(character)).take(max_chars).collect()
}

fn is_plain(character: char) -> bool {
    let invisible = matches!(
        character,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}'
    );
    !character.is_control() && !invisible
}

fn check_text(text: &str, max_chars: usize, place: Place) -> Result<(), Refusal> {
    if text.chars().count() > max_chars {
        return Err(Refusal { place, rule: Rule::AtMostChars(max_chars) });
    }
    if !text.chars().all(is_plain) {
        return Err(Refusal { place, rule: Rule::PlainText });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{Lineage, examples};
    use crate::units::{Count, Date};

    fn plan() -> Plan {
        examples::three_figures(Lineage([1; 8]), Date::from_ymd(2026, 11, 22).unwrap())
    }

    #[track_caller]
    fn refused(change: fn(&mut Plan), place: Place, rule: Rule) {
        let mut plan = plan();
        change(&mut plan);
        assert_eq!(plan.check(), Err(Refusal { place, rule }));
    }

    #[test]
    fn broken_references_and_limits_are_refused() {
        assert_eq!(plan().check(), Ok(()));
        refused(|plan| plan.stages.truncate(1), Place::Stages, Rule::StageCount);
        refused(|plan| plan.segment.steps.clear(), Place::Segment, Rule::StepCount);
        refused(|plan| plan.headline = ItemId(99), Place::Headline, Rule::KnownStage);
        refused(|plan| plan.period.months = 0, Place::Period, Rule::PeriodLength);
        refused(|plan| plan.period.months = 37, Place::Period, Rule::PeriodLength);
        refused(|plan| plan.name = "x".repeat(81), Place::Name, Rule::AtMostChars(80));
        refused(|plan| plan.name = "a\u{202e}b".into(), Place::Name, Rule::PlainText);
        refused(|plan| plan.stages[1].id = plan.segment.id, Place::StageId(1), Rule::FreshId);
        refused(|plan| plan.next_id = 2, Place::Segment, Rule::FreshId);
        refused(|plan| plan.stages[1].available = Count::new(1), Place::Stages, Rule::NothingAfterWon);
    }

    #[test]
    fn what_is_not_yet_right_stands_beside_its_field() {
        let mut plan = plan();
        assert_eq!(plan.issues(), []);
        plan.target = Money::ZERO;
        plan.segment.asp = Money::ZERO;
        plan.segment.steps[0].rate = Rate::ZERO;
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

    #[test]
    fn pasted_text_loses_what_cannot_be_seen() {
        assert_eq!(clean_text("Eu\u{200b}ro\u{202e}pe\n2027", 40), "Europe2027");
        assert_eq!(clean_text("Größe", 3), "Grö");
        assert_eq!(clean_text("Eu\u{e0041}\u{e007f}rope", 40), "Europe");
        assert_eq!(clean_text("می\u{200c}خواهم", 40), "می\u{200c}خواهم");
    }
}
