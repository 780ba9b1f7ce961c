//! Names and short texts that several parts of the page share.

use crate::plan::{Issue, Owner, Place, Plan, Refusal, Rounding, Rule, Stage, limits};

/// A team, as people call it.
pub fn owner(owner: Owner) -> &'static str {
    match owner {
        Owner::Marketing => "Marketing",
        Owner::SalesDevelopment => "Sales development",
        Owner::Sales => "Sales",
    }
}

/// A rounding rule, as the choice reads.
pub fn rounding(rule: Rounding) -> &'static str {
    match rule {
        Rounding::Carry => "Carry fractions, show rounded",
        Rounding::CeilEachStage => "Round up at each stage",
        Rounding::RoundEachStage => "Round at each stage, half up",
    }
}

/// What many of a stage are called inside a sentence: *leads*, but *MQLs*.
///
/// The last stage is *deals* there, unless it has a word of its own for many: *orders*, but not *won*.
pub fn plural(plan: &Plan, position: usize) -> String {
    name(plan, position, |stage| &stage.plural, "deals")
}

/// What one of a stage is called inside a sentence: *lead*, but *MQL*.
pub fn singular(plan: &Plan, position: usize) -> String {
    name(plan, position, |stage| &stage.singular, "deal")
}

/// The stage's own name, or the word for what is won where the last stage has none that can be counted.
fn name(plan: &Plan, position: usize, own: fn(&Stage) -> &str, won: &str) -> String {
    let stage = plan.stages.get(position);
    if position + 1 == plan.stages.len() && stage.is_none_or(|stage| stage.singular == stage.plural) {
        return won.to_owned();
    }
    name_in_sentence(stage.map_or("", own))
}

/// *a lead*, *an opportunity*, *an MQL*.
pub fn article(noun: &str) -> &'static str {
    let spelled_out = noun.as_bytes().get(1).is_some_and(u8::is_ascii_uppercase);
    let vowels = if spelled_out { "AEFHILMNORSX" } else { "aeiouAEIOU" };
    // Not `str::contains`, whose search for a text is a kilobyte of code.
    let begins_with_vowel = noun.chars().next().is_some_and(|first| vowels.chars().any(|vowel| vowel == first));
    if begins_with_vowel { "an" } else { "a" }
}

/// Millionths as a percentage, to the last digit.
fn percent(millionths: u32) -> String {
    let text = format!("{}.{:04}", millionths / 10_000, millionths % 10_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// What is not yet right at a place, in words; empty when nothing is.
pub fn issue_at(plan: &Plan, issues: &[Issue], place: Option<Place>) -> String {
    let found = issues.iter().find(|issue| Some(issue.place()) == place);
    found.map(|&found| issue(plan, found)).unwrap_or_default()
}

/// What is wrong beside a field, and what would mend it.
pub fn issue(plan: &Plan, issue: Issue) -> String {
    match issue {
        Issue::TargetZero => "With nothing to book, nothing is needed. Type what the company is to book.".to_owned(),
        Issue::AspZero => "A deal that brings nothing never reaches the target. Type what one deal brings.".to_owned(),
        Issue::RateZero(step) => {
            format!(
                "At 0 % {} never becomes {}: nothing before it can reach the target.",
                indefinite(plan, step),
                indefinite(plan, step + 1)
            )
        }
        Issue::StageUnnamed(_) => "Give the stage a name.".to_owned(),
        Issue::SameName(_) => "Another stage has this name.".to_owned(),
        Issue::AsOfAfterEnd => "This day lies after the period: nothing can enter for it any more.".to_owned(),
        Issue::SegmentsDoNotAddUp(_) => "The segments do not add up to the target.".to_owned(),
        Issue::SameSegment(_) => "Another segment has this name.".to_owned(),
        Issue::SourcesDoNotAddUp(sum) | Issue::SegmentSourcesDoNotAddUp(_, sum) => {
            format!("The shares add up to {} %, not to 100 %.", percent(sum))
        }
        Issue::OpenBeforeEntry(_) => "Something is open at a stage before the one where its source enters.".to_owned(),
        Issue::OpenTwice(_) => "One source has two rows for the same stage and age: put them together.".to_owned(),
        Issue::CircleNeverEnds => "As much comes back as goes in: it is left out until it is less.".to_owned(),
        Issue::NrrBelowGrr => {
            "Net retention cannot be below gross retention: growth is added to what stays.".to_owned()
        }
        Issue::ReachedByStaying => {
            "The customers who stay reach the target alone: no new business is needed.".to_owned()
        }
        Issue::CustomersTwice => {
            "Existing customers supply growth through net retention: a share here counts it twice.".to_owned()
        }
        Issue::NoWeight => "All weights are zero: the months count alike until one is more.".to_owned(),
        Issue::SpreadOutOfRange => {
            "Times can spread by 1 to 150 %, or not at all: the nearest is worked with.".to_owned()
        }
        Issue::LandingOutOfRange => "This can be 50 to 95 %: the nearest is worked with.".to_owned(),
        Issue::TooFewAccounts(_) => "More is needed than there are accounts.".to_owned(),
        Issue::ChangeBeforeAsOf(_) | Issue::DevelopmentBeforeAsOf => {
            "What was before the as-of date is left out: those heads are counted above.".to_owned()
        }
        Issue::MoreLeaveThanThere(_) => {
            "More leave than there are by then: those who are not there are left out.".to_owned()
        }
        Issue::RampFalls(_) => "A ramp rises: a later month has less than one before it.".to_owned(),
        Issue::WorkingHoursOutOfRange => "A working day has more than 0 and up to 24 hours.".to_owned(),
        Issue::WorkingDaysOutOfRange => "A working week has more than 0 and up to 7 days.".to_owned(),
        Issue::CeilingUnderFloor(_) => {
            "Less can be had than must be bought: raise the one or lower the other.".to_owned()
        }
        Issue::BuysBeyondLimits(_) => "Beyond floor or ceiling: these count.".to_owned(),
        Issue::TiersOutOfOrder(_) => "Each price begins beyond a higher number than the one before it.".to_owned(),
        Issue::TierCheaper(_) => "Prices only rise here: one of these is below the price before it.".to_owned(),
    }
}

/// *1 month*, *12 months*
pub fn months(months: usize) -> String {
    format!("{months} {}", if months == 1 { "month" } else { "months" })
}

/// Why a change was not made.
pub fn refusal(refusal: Refusal) -> String {
    let place = match refusal.place {
        Place::Name => "The plan's name",
        Place::StageName(_) => "A stage's name",
        Place::Definition(_) => "A definition",
        Place::Period => "The period",
        Place::Headline => "The headline stage",
        Place::Segment(_) => "A segment",
        Place::Open(_) => "The open pipeline of a segment",
        Place::Timing => "The calendar",
        Place::Team(_) | Place::Ramp(_) | Place::HeadChanges(_) => "A team of sellers",
        Place::Development | Place::DevelopmentChanges => "Sales development",
        Place::Budget => "The budget",
        Place::Channel(_) | Place::Tiers(_) | Place::Buys(_) => "A channel",
        _ => "The funnel",
    };
    match refusal.rule {
        Rule::StageCount => format!("{place} has between {} and {} stages.", limits::MIN_STAGES, limits::MAX_STAGES),
        Rule::StepCount => format!("{place} needs one step between each two stages."),
        Rule::KnownStage => format!("{place} names a stage that is not there."),
        Rule::KnownTeam => format!("{place} names a team that is not there."),
        Rule::KnownSegment => format!("{place} names a segment that is not there."),
        Rule::NobodyMoves => format!("{place} has people who start or leave: nobody moves between it and the sellers."),
        Rule::FreshId => format!("{place} has two parts with one number."),
        Rule::AtMostChars(most) => format!("{place} can have at most {most} characters."),
        Rule::PlainText => format!("{place} has characters that cannot be seen."),
        Rule::PeriodLength => {
            format!("{place} has between 1 and {} months and ends before December 2199.", limits::MAX_MONTHS)
        }
        Rule::NothingAfterWon => format!("{place} ends with won: nothing waits or enters there."),
        Rule::SegmentCount => format!("A plan has between 1 and {} segments.", limits::MAX_SEGMENTS),
        Rule::AtMost(most) => format!("{place} has room for {most}."),
        Rule::FiscalStart => "A fiscal year begins with one of twelve months.".to_owned(),
    }
}

/// *a lead*, *an MQL*, *a deal*.
pub fn indefinite(plan: &Plan, position: usize) -> String {
    let noun = singular(plan, position);
    format!("{} {noun}", article(&noun))
}

/// The text with a capital at its beginning.
pub fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().map(|first| first.to_ascii_uppercase());
    first.map_or_else(String::new, String::from) + characters.as_str()
}

fn name_in_sentence(name: &str) -> String {
    let mut characters = name.chars();
    let first = characters.next().unwrap_or_default();
    let rest = characters.as_str();
    // An abbreviation keeps its capitals: MQL, SQLs, PQL.
    if rest.bytes().any(|byte| byte.is_ascii_uppercase()) || first == '\0' {
        return name.to_owned();
    }
    String::from(first.to_ascii_lowercase()) + rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{Lineage, examples, templates};
    use crate::units::Date;

    #[test]
    fn stages_are_named_as_in_a_sentence() {
        let mut plan = examples::six_stages(Lineage([1; 8]), Date::parse_iso("2026-11-22").unwrap());
        let plurals: Vec<String> = (0..6).map(|stage| plural(&plan, stage)).collect();
        assert_eq!(plurals, ["visitors", "leads", "MQLs", "SQLs", "opportunities", "deals"]);
        let articles: Vec<&str> = (0..6).map(|stage| article(&singular(&plan, stage))).collect();
        assert_eq!(articles, ["a", "a", "an", "an", "an", "a"]);
        assert_eq!(
            issue(&plan, Issue::RateZero(4)),
            "At 0 % an opportunity never becomes a deal: nothing before it can reach the target."
        );
        plan.break_down(&templates::E_COMMERCE);
        assert_eq!((singular(&plan, 4), plural(&plan, 4)), ("order".to_owned(), "orders".to_owned()));
    }
}
