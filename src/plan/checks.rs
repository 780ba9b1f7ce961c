//! What a plan must be ([`Plan::check`]).

use crate::plan::{ItemId, Own, Plan, Profile, Segment, limits};
use crate::units::Month;

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
    /// The steps that everything inherits.
    Steps,
    /// The step out of the stage at this position, as it is inherited.
    Rate(usize),
    /// The list of segments, and what they add up to.
    Segments,
    /// The segment at this position.
    Segment(usize),
    /// How many accounts it can address.
    Accounts(usize),
    /// What is open in the segment at this position.
    Open(usize),
    /// The sources, and what their shares add up to.
    Sources,
    /// What each source is to create in the segment at this position.
    SegmentSources(usize),
    /// What comes back.
    Circle,
    /// Opening revenue and retention.
    Revenue,
    /// The weights of months and quarters.
    Timing,
    /// The spread of times.
    Spread,
    /// The share that is to land in time.
    Landing,
    /// The team of sellers at this position.
    Team(usize),
    /// Its ramp.
    Ramp(usize),
    /// Who starts, leaves and moves.
    HeadChanges(usize),
    /// Who works the leads, and which.
    Development,
    /// Who starts and leaves there.
    DevelopmentChanges,
    /// The hours of a working day.
    WorkingHours,
    /// The days of a working week.
    WorkingDays,
    /// What marketing may spend.
    Budget,
    /// The channel at this position.
    Channel(usize),
    /// How much can be had from it.
    Ceiling(usize),
    /// From which number on its further prices hold.
    Tiers(usize),
    /// What those prices are.
    TierPrices(usize),
    /// How many are bought from it.
    Buys(usize),
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
    /// Who works a segment, or where heads move, is one of the teams.
    KnownTeam,
    /// What a channel brings entries for is one of the segments.
    KnownSegment,
    /// Nobody moves between sales development and the teams of sellers.
    NobodyMoves,
    /// Ids are different and come from the counter.
    FreshId,
    /// At most this many characters.
    AtMostChars(usize),
    /// No control characters, and none that hide or reorder text.
    PlainText,
    /// Between one month and [`limits::MAX_MONTHS`], within the years that dates may have.
    PeriodLength,
    /// The last stage is won: nothing waits in it, and nothing enters there.
    NothingAfterWon,
    /// Between one segment and [`limits::MAX_SEGMENTS`].
    SegmentCount,
    /// At most so many.
    AtMost(usize),
    /// The first month of the fiscal year is 1 to 12.
    FiscalStart,
}

impl Plan {
    /// How many weights the profile has room for.
    pub fn weight_count(&self) -> usize {
        match self.timing.profile {
            Profile::Even => 0,
            Profile::Quarters => self.quarters().len(),
            Profile::Months => usize::from(self.period.months),
            Profile::Season => 12,
        }
    }

    /// The first month of each fiscal quarter that the period touches.
    pub fn quarters(&self) -> Vec<Month> {
        let mut quarters: Vec<Month> = Vec::new();
        for month in 0..u16::from(self.period.months) {
            let month = self.period.start.plus_months(month);
            if quarters.is_empty() || self.month_of_quarter(month) == 0 {
                quarters.push(month);
            }
        }
        quarters
    }

    /// The fiscal quarter of a month, 1 to 4.
    pub fn quarter(&self, month: Month) -> u8 {
        (month.number() + 12 - self.timing.fiscal_start) % 12 / 3 + 1
    }

    /// Whether a month is the first (0), second or third of its fiscal quarter.
    pub fn month_of_quarter(&self, month: Month) -> u8 {
        (month.number() + 12 - self.timing.fiscal_start) % 3
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
        if self.base.steps.len() + 1 != self.stages.len() {
            return refuse(Place::Steps, Rule::StepCount);
        }
        if !(1..=limits::MAX_SEGMENTS).contains(&self.segments.len()) {
            return refuse(Place::Segments, Rule::SegmentCount);
        }
        let last_month = self.period.start.index().saturating_add(u16::from(self.period.months));
        if !(1..=limits::MAX_MONTHS).contains(&self.period.months) || Month::from_index(last_month).is_none() {
            return refuse(Place::Period, Rule::PeriodLength);
        }
        if self.position(self.headline).is_none() {
            return refuse(Place::Headline, Rule::KnownStage);
        }
        check_text(&self.name, limits::NAME_CHARS, Place::Name)?;
        let mut seen: Vec<ItemId> = Vec::new();
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
        for (position, segment) in self.segments.iter().enumerate() {
            if segment.id.0 >= self.next_id || seen.contains(&segment.id) {
                return refuse(Place::Segment(position), Rule::FreshId);
            }
            seen.push(segment.id);
            self.check_segment(position, segment)?;
        }
        for (position, team) in self.sales.iter().enumerate() {
            if team.id.0 >= self.next_id || seen.contains(&team.id) {
                return refuse(Place::Team(position), Rule::FreshId);
            }
            seen.push(team.id);
        }
        self.check_teams()?;
        for (position, channel) in self.spending.channels.iter().enumerate() {
            if channel.id.0 >= self.next_id || seen.contains(&channel.id) {
                return refuse(Place::Channel(position), Rule::FreshId);
            }
            seen.push(channel.id);
        }
        self.check_development()?;
        self.check_spending()?;
        for stage in [self.circle.recycled_to, self.circle.referred_to].into_iter().flatten() {
            self.check_stage(stage, Place::Circle)?;
        }
        for sourcing in &self.sources {
            sourcing.entry.map_or(Ok(()), |stage| self.check_stage(stage, Place::Sources))?;
            self.check_own(&sourcing.own, Place::Sources)?;
        }
        if !(1..=12).contains(&self.timing.fiscal_start) {
            return refuse(Place::Timing, Rule::FiscalStart);
        }
        let most = usize::from(limits::MAX_MONTHS);
        if self.timing.weights.len() > most {
            return refuse(Place::Timing, Rule::AtMost(most));
        }
        if self.timing.rate_season.len() > 12 {
            return refuse(Place::Timing, Rule::AtMost(12));
        }
        Ok(())
    }

    fn check_segment(&self, position: usize, segment: &Segment) -> Result<(), Refusal> {
        for text in [&segment.name, &segment.region, &segment.vertical, &segment.deal_type] {
            check_text(text, limits::TAG_CHARS, Place::Segment(position))?;
        }
        self.check_own(&segment.own, Place::Segment(position))?;
        if segment.open.len() > limits::MAX_OPEN {
            return Err(Refusal { place: Place::Open(position), rule: Rule::AtMost(limits::MAX_OPEN) });
        }
        segment.open.iter().try_for_each(|open| self.check_stage(open.stage, Place::Open(position)))
    }

    fn check_own(&self, own: &Own, place: Place) -> Result<(), Refusal> {
        for (position, step) in own.steps.iter().enumerate() {
            self.check_stage(step.from, place)?;
            if own.steps.iter().take(position).any(|other| other.from == step.from) {
                return Err(Refusal { place, rule: Rule::StepCount });
            }
        }
        Ok(())
    }

    /// That something refers to a stage, and not to the last one.
    pub(super) fn check_stage(&self, stage: ItemId, place: Place) -> Result<(), Refusal> {
        match self.position(stage) {
            Some(position) if position + 1 < self.stages.len() => Ok(()),
            Some(_) => Err(Refusal { place, rule: Rule::NothingAfterWon }),
            None => Err(Refusal { place, rule: Rule::KnownStage }),
        }
    }
}

/// Several texts with something between each two. The standard library's `join` is another function for each kind of text.
pub fn joined(texts: &[impl AsRef<str>], between: &str) -> String {
    let mut all = String::new();
    for (position, text) in texts.iter().enumerate() {
        if position > 0 {
            all.push_str(between);
        }
        all.push_str(text.as_ref());
    }
    all
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

pub(super) fn check_text(text: &str, max_chars: usize, place: Place) -> Result<(), Refusal> {
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
        refused(|plan| plan.base.steps.clear(), Place::Steps, Rule::StepCount);
        refused(|plan| plan.headline = ItemId(99), Place::Headline, Rule::KnownStage);
        refused(|plan| plan.period.months = 0, Place::Period, Rule::PeriodLength);
        refused(|plan| plan.period.months = 37, Place::Period, Rule::PeriodLength);
        refused(|plan| plan.name = "x".repeat(81), Place::Name, Rule::AtMostChars(80));
        refused(|plan| plan.name = "a\u{202e}b".into(), Place::Name, Rule::PlainText);
        refused(|plan| plan.stages[1].id = plan.segments[0].id, Place::Segment(0), Rule::FreshId);
        refused(|plan| plan.next_id = 2, Place::StageId(1), Rule::FreshId);
        refused(|plan| plan.stages[1].available = Count::new(1), Place::Stages, Rule::NothingAfterWon);
    }

    #[test]
    fn pasted_text_loses_what_cannot_be_seen() {
        assert_eq!(clean_text("Eu\u{200b}ro\u{202e}pe\n2027", 40), "Europe2027");
        assert_eq!(clean_text("Größe", 3), "Grö");
        assert_eq!(clean_text("Eu\u{e0041}\u{e007f}rope", 40), "Europe");
        assert_eq!(clean_text("می\u{200c}خواهم", 40), "می\u{200c}خواهم");
    }
}
