//! What leads bring, and when: which segments they go to, at which rates, and in which months what is won of them lands.

use crate::engine::calendar::Spread;
use crate::engine::demand::{has_season, season, seasonal};
use crate::engine::landing::Won;
use crate::engine::money::Bookings;
use crate::engine::{Outcome, Part};
use crate::plan::{Channel, Plan, Scope, Segment, Source};
use crate::units::Month;

/// So many months after the period have their season; what is won later counts as without one.
const MONTHS_AFTER: u16 = 24;

/// The months in which something is bought, and what is the same for all leads.
pub(in crate::engine) struct Leads<'a> {
    plan: &'a Plan,
    pub(in crate::engine) outcome: &'a Outcome,
    /// From the as-of date's month to the last of the period.
    pub(in crate::engine) months: Vec<Month>,
    /// The place of the period's first month among them.
    pub(in crate::engine) start: usize,
    /// What is left of the first of them.
    rest: f64,
    today: i32,
    /// The first day of each month, and the day after the last: these months, and with a season some more.
    bounds: Vec<i32>,
    /// The factor on the last rate in each of these months; empty when there is no season.
    season: Vec<f64>,
    /// What has been worked out, by spread.
    known: Vec<Won>,
}

/// What becomes of the leads of a channel that go to a segment.
pub(in crate::engine) struct Way {
    /// The position of the segment.
    pub(in crate::engine) segment: usize,
    /// The share of the leads.
    pub(in crate::engine) part: f64,
    /// The rate of each step from their entry on, the first with the channel's quality.
    pub(in crate::engine) rates: Vec<f64>,
    /// What a win brings, in major units, and the share of it that is left.
    asp: f64,
    margin: f64,
    /// Whether they are won at its end, so that the season counts.
    is_won: bool,
    /// The place of their times among those that are known.
    won: usize,
}

/// What leads bring. Amounts in major units.
#[derive(Default)]
pub(in crate::engine) struct Brought {
    /// Bookings in each of the months.
    pub(in crate::engine) lands: Vec<f64>,
    pub(in crate::engine) bookings: Bookings,
    pub(in crate::engine) wins: f64,
    /// Bookings × margin.
    pub(in crate::engine) profit: f64,
}

impl<'a> Leads<'a> {
    /// None when the period is over.
    pub(in crate::engine) fn new(plan: &'a Plan, outcome: &'a Outcome) -> Option<Self> {
        let first = plan.as_of.month()?;
        let end = plan.period.start.index() + u16::from(plan.period.months);
        let count = end.checked_sub(first.index()).filter(|&count| count > 0)?;
        let has_season = has_season(plan);
        let mut leads = Self {
            plan,
            outcome,
            months: Vec::with_capacity(count.into()),
            start: plan.period.start.index().saturating_sub(first.index()).into(),
            rest: f64::from(first.plus_months(1).first_day().days_since(plan.as_of)) / f64::from(first.days()),
            today: plan.as_of.day_number(),
            bounds: Vec::new(),
            season: Vec::new(),
            known: Vec::new(),
        };
        for later in 0..count + if has_season { MONTHS_AFTER } else { 0 } {
            let month = first.plus_months(later);
            if later < count {
                leads.months.push(month);
            }
            if has_season {
                leads.season.push(season(plan, month));
            }
            leads.bounds.push(month.first_day().day_number());
        }
        let after = first.plus_months(u16::try_from(leads.bounds.len()).unwrap_or(0));
        leads.bounds.push(after.first_day().day_number());
        Some(leads)
    }

    /// What counts of a month: what is left of it.
    pub(in crate::engine) fn left(&self, place: usize) -> f64 {
        if place == 0 { self.rest } else { 1.0 }
    }

    /// What becomes of a channel's leads; nothing where its segment is not there.
    pub(in crate::engine) fn ways(&mut self, channel: &Channel) -> Vec<Way> {
        let plan = self.plan;
        let entry = channel.entry.and_then(|stage| plan.position(stage)).unwrap_or(0);
        let mut ways = Vec::new();
        let (mut needed, mut targets) = (0.0, 0.0);
        for (position, segment) in plan.segments.iter().enumerate() {
            if channel.segment.is_some_and(|only| only != segment.id) {
                continue;
            }
            let part = self.outcome.part(Scope::Segment(segment.id));
            let mut way = self.way(entry, plan.base.steps.len(), position, segment);
            way.part = need(part, &way);
            needed += way.part;
            targets += part.target;
            if let Some(first) = way.rates.first_mut() {
                *first = (*first * channel.quality.times()).min(1.0);
            }
            ways.push(way);
        }
        let even = f64::from(u32::try_from(ways.len()).unwrap_or(u32::MAX));
        for way in &mut ways {
            way.part = if channel.segment.is_some() {
                1.0
            } else if needed > 0.0 {
                way.part / needed
            } else if targets > 0.0 {
                let segment = plan.segments.get(way.segment).map(|segment| segment.id);
                segment.map_or(0.0, |id| self.outcome.part(Scope::Segment(id)).target) / targets
            } else {
                1.0 / even
            };
        }
        ways
    }

    /// The same leads only up to a stage, each of which counts as one there ([`Brought::lands`]); `None` where they enter behind it.
    pub(in crate::engine) fn up_to(&mut self, channel: &Channel, way: &Way, stage: usize) -> Option<Way> {
        let plan = self.plan;
        let entry = plan.base.steps.len().checked_sub(way.rates.len()).filter(|&entry| entry <= stage)?;
        let mut partly = self.way(entry, stage, way.segment, plan.segments.get(way.segment)?);
        (partly.part, partly.asp, partly.is_won) = (way.part, 1.0, false);
        if let Some(first) = partly.rates.first_mut() {
            *first = (*first * channel.quality.times()).min(1.0);
        }
        Some(partly)
    }

    /// All of what enters a segment at a stage, at the rates of marketing there, until another.
    fn way(&mut self, entry: usize, until: usize, position: usize, segment: &Segment) -> Way {
        let plan = self.plan;
        let (mut steps, mut rates) = (Vec::new(), Vec::new());
        for stage in entry..until {
            let Some(step) = plan.step(stage, Some(segment), Some(Source::Marketing)) else { continue };
            rates.push(step.rate.fraction());
            steps.push(step);
        }
        let spread = Spread::of_steps(plan, &steps);
        let won = self.known.iter().position(|won| won.spread == spread).unwrap_or(self.known.len());
        if won == self.known.len() {
            let last = self.bounds.last().map_or(self.today, |&last| last);
            self.known.push(Won::new(spread, last - self.today));
        }
        Way {
            segment: position,
            part: 1.0,
            rates,
            asp: plan.asp(Some(segment), Some(Source::Marketing)).major(),
            margin: segment.margin.unwrap_or(plan.spending.margin).fraction(),
            is_won: true,
            won,
        }
    }

    /// Adds what a channel's leads bring that enter evenly during the month at this place.
    pub(in crate::engine) fn land(&mut self, ways: &[Way], place: usize, leads: f64, brought: &mut Brought) {
        brought.lands.resize(self.months.len(), 0.0);
        let Some(&[first, to]) = self.bounds.get(place..place + 2) else { return };
        let from = first.max(self.today);
        for way in ways {
            let Some(won) = self.known.get_mut(way.won) else { continue };
            let won_of_all = leads * way.part * way.to_won();
            let last = way.rates.last().copied().unwrap_or(1.0);
            let (mut by, mut wins) = (0.0, 0.0);
            for (later, &after) in self.bounds.iter().skip(place + 1).enumerate() {
                if by >= 1.0 {
                    break;
                }
                let month = place + later;
                let season = self.season.get(month).filter(|_| way.is_won);
                let factor = season.map_or(1.0, |&factor| seasonal(factor, last));
                let before = by;
                by = won.average(after, from, to).max(before).min(1.0);
                let of_month = won_of_all * (by - before) * factor;
                wins += of_month;
                let lands = of_month * way.asp;
                if let Some(slot) = brought.lands.get_mut(month) {
                    *slot += lands;
                    let bookings = &mut brought.bookings;
                    *(if month < self.start { &mut bookings.before } else { &mut bookings.within }) += lands;
                } else {
                    brought.bookings.after += lands;
                }
            }
            let later = won_of_all * (1.0 - by);
            brought.bookings.after += later * way.asp;
            wins += later;
            brought.wins += wins;
            brought.profit += wins * way.asp * way.margin;
        }
    }
}

impl Way {
    /// The share that is won, without a season.
    fn to_won(&self) -> f64 {
        let mut to_won = 1.0;
        for rate in &self.rates {
            to_won *= rate;
        }
        to_won
    }
}

/// The entries that a segment needs of marketing where a way begins: the bookings that marketing's new entries must still bring ÷
/// what one is worth. None where one is worth nothing: no number would do.
fn need(part: &Part, way: &Way) -> f64 {
    let worth = way.to_won() * way.asp;
    for source in &part.sources {
        if source.source == Source::Marketing && worth > 0.0 {
            return source.bookings / worth;
        }
    }
    0.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::evaluate;
    use crate::plan::{ItemId, Lineage, SegmentGoal, examples};
    use crate::units::{Date, Money, Rate};

    /// The parts of the leads of a channel for all segments.
    fn parts(plan: &Plan) -> Vec<f64> {
        let outcome = evaluate(plan);
        let mut leads = Leads::new(plan, &outcome).unwrap();
        leads.ways(&Channel::new(ItemId(99), "All")).iter().map(|way| way.part).collect()
    }

    #[test]
    fn a_channel_for_all_goes_where_marketing_is_to_bring_something() {
        let mut plan = examples::three_figures(Lineage([1; 8]), Date::parse_iso("2026-11-22").unwrap());
        plan.split_segment(plan.segments[0].id);
        assert_eq!(parts(&plan), [0.5, 0.5]);
        let sellers = [Rate::ZERO, Rate::ZERO, Rate::ONE, Rate::ZERO, Rate::ZERO];
        plan.segments[0].shares = Some(sellers);
        assert_eq!(parts(&plan), [0.0, 1.0]);
        // Nothing is asked of marketing: as what is due.
        plan.segments[1].shares = Some(sellers);
        plan.segments[0].goal = SegmentGoal::Share(Rate::from_percent(80));
        plan.segments[1].goal = SegmentGoal::Share(Rate::from_percent(20));
        assert_eq!(parts(&plan), [0.8, 0.2]);
        plan.target = Money::ZERO;
        assert_eq!(parts(&plan), [0.5, 0.5]);
    }

    #[test]
    fn what_nobody_can_win_needs_no_leads() {
        let mut plan = examples::three_figures(Lineage([1; 8]), Date::parse_iso("2026-11-22").unwrap());
        plan.split_segment(plan.segments[0].id);
        let scope = Scope::Segment(plan.segments[0].id);
        plan.set_rate(scope, 0, Some(Rate::ZERO));
        assert_eq!(parts(&plan), [0.0, 1.0]);
    }
}
