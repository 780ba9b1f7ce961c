//! Who works the leads: whether the planned heads get it done, and how fast they can answer, month by month.
//!
//! A month has its days × working days a week ÷ 7 × working hours a day; holidays are not left out, and of the as-of date's month
//! the days that are left count. All of a month's leads come evenly over these hours, those too that arrived outside them.
//!
//! What is overdue comes in the as-of date's month as a pile of its own: it is worked as what waits is, and no answer is promised
//! to it. As a part of what comes in the days that are left of that month, it would ask for any number of heads. What is open
//! already and what comes back is not counted.

use crate::engine::response::{Arrivals, Hours, Promise, Uplift};
use crate::engine::{Outcome, capacity};
use crate::plan::{Development, Issue, Move, Owner, Plan, Scope, Source};
use crate::units::{Month, Rate};

/// What sales development can do from the as-of date to the end of the period. Amounts in major units.
#[derive(Clone, Debug, PartialEq)]
pub struct DevelopmentOutcome {
    /// The position of the stage whose entries it works; its leads.
    pub stage: usize,
    /// From the as-of date's month to the last of the period.
    pub months: Vec<DevelopmentMonth>,
    /// The place of the month with the most leads per working hour, the first of several.
    pub busiest: usize,
    /// The leads that a head can work on a working day.
    pub a_day: f64,
    /// The share of leads that comes when nobody works.
    pub outside: f64,
    /// What is promised to those that come within working hours, if anything is.
    pub promise: Option<Promise>,
    /// The share of leads worked, of those that come until the stage's last useful date, in whole months.
    pub worked: f64,
    /// The share of all of those that is answered in time; zero where nothing is promised, `None` where none comes any more.
    pub in_time: Option<f64>,
    /// The rate of the stage.
    pub rate: f64,
    /// The same with what a quick answer does to the odds of those that are answered in time, as the user believes.
    pub lifted: f64,
    /// Bookings that the plan expects within the period of new entries that pass the stage.
    pub expected: f64,
    /// The most that is left of them: `worked` × `expected`, for what nobody works brings nothing. An estimate: whose leads wait, and
    /// how much later the deals of those that waited come, is not looked at.
    pub bookings: f64,
    /// The same with the lifted rate: `bookings` × `lifted` ÷ `rate`.
    pub lifted_bookings: f64,
    /// What is not right with the heads and shows only here, as if they were the team after the last of sellers.
    pub issues: Vec<Issue>,
}

/// A month of sales development.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DevelopmentMonth {
    /// The month.
    pub month: Month,
    /// Leads that come.
    pub leads: f64,
    /// Those of them that are overdue; only in the as-of date's month.
    pub overdue: f64,
    /// The others per working hour.
    pub per_hour: f64,
    /// Heads.
    pub heads: f64,
    /// The share of the heads' time that those take, above one where it is too much; `None` when nobody is there for them.
    pub load: Option<f64>,
    /// Leads that can be worked at most.
    pub most: f64,
    /// Leads that are worked, of these and of those that waited.
    pub worked: f64,
    /// Leads that wait at the end.
    pub waits: f64,
    /// The share of those that can be answered in time if they come within working hours; zero where the work does not get done, and
    /// where nothing is promised.
    pub in_time: f64,
    /// The same, whenever they come.
    pub of_all: f64,
    /// The fewest heads who get the work done and keep what is promised; `None` when no number of them does.
    pub needed: Option<u32>,
}

/// What follows for sales development from a plan and its outcome; `None` when nobody works leads and nothing is promised, when a
/// touch or a week takes no time, when what they work is won already, or when the period is over.
pub fn development(plan: &Plan, outcome: &Outcome) -> Option<DevelopmentOutcome> {
    let team = &plan.development;
    let work = Work::new(team)?;
    let stage = worked_stage(plan);
    let figures = outcome.whole().stages.get(stage).filter(|_| stage + 1 < plan.stages.len())?;
    let first = plan.as_of.month()?;
    let end = plan.period.start.index() + u16::from(plan.period.months);
    let count = usize::from(end.checked_sub(first.index())?);
    if count == 0 {
        return None;
    }
    let mut leads = vec![0.0; count];
    for month in &outcome.whole().months {
        let later = month.month.index().checked_sub(first.index()).map(usize::from);
        if let (Some(slot), Some(entries)) = (later.and_then(|later| leads.get_mut(later)), month.entries.get(stage)) {
            *slot = *entries;
        }
    }

    let (mut months, mut most) = (Vec::<DevelopmentMonth>::with_capacity(count), Vec::with_capacity(count));
    let (staff, more_leave) = staff(plan, first, count);
    let mut busiest = 0;
    for (leads, shift) in leads.iter().zip(&staff) {
        let overdue = if months.is_empty() { figures.overdue.min(*leads) } else { 0.0 };
        let one = work.month(shift, (*leads, overdue));
        // By more than a rounding.
        if months.get(busiest).is_some_and(|most| one.per_hour > most.per_hour * (1.0 + 1e-9)) {
            busiest = months.len();
        }
        most.push(one.most);
        months.push(one);
    }

    let (mut comes, mut worked, mut in_time) = (0.0, 0.0, 0.0);
    for (one, queue) in months.iter_mut().zip(capacity::closed(&[&leads], &most).iter().flatten()) {
        (one.worked, one.waits) = (queue.closes, queue.waits);
        if one.month.first_day() <= figures.last_useful {
            comes += one.leads;
            worked += one.worked;
            in_time += (one.leads - one.overdue) * one.of_all;
        }
    }
    let (worked, in_time) = if comes > 0.0 { ((worked / comes).min(1.0), Some(in_time / comes)) } else { (1.0, None) };
    let expected = expected(plan, outcome, stage);
    let bookings = worked * expected;
    let rate = figures.rate_to_next;
    let lifted = Uplift { odds: team.odds, most: team.odds_most }.of(rate, in_time.unwrap_or(0.0));
    Some(DevelopmentOutcome {
        stage,
        months,
        busiest,
        a_day: work.hours * 60.0 / work.a_lead,
        outside: work.week().outside(),
        promise: work.promise,
        worked,
        in_time,
        rate,
        lifted,
        expected,
        bookings,
        lifted_bookings: if rate > 0.0 { bookings * (lifted / rate) } else { bookings },
        issues: if more_leave { vec![Issue::MoreLeaveThanThere(plan.sales.len())] } else { Vec::new() },
    })
}

/// The leads that sales development can work at most in each of so many months, the first that of the as-of date; `None` when nobody
/// works leads.
pub(super) fn capacities(plan: &Plan, first: Month, count: usize) -> Option<Vec<f64>> {
    let work = Work::new(&plan.development)?;
    Some(staff(plan, first, count).0.iter().map(|shift| work.most(shift)).collect())
}

/// Heads in each of so many months, the first that of the as-of date.
pub(super) fn heads(plan: &Plan, first: Month, count: usize) -> Vec<f64> {
    staff(plan, first, count).0.iter().map(|shift| shift.heads).collect()
}

/// Who is there in a month of which so many days are left.
struct Shift {
    month: Month,
    days: f64,
    heads: f64,
}

/// Who is there in each of so many months; whether more leave than are there.
fn staff(plan: &Plan, first: Month, count: usize) -> (Vec<Shift>, bool) {
    let mut shifts = Vec::with_capacity(count);
    let (mut month, mut heads, mut more_leave) = (first, plan.development.heads.as_f64(), false);
    for _ in 0..count {
        let (start, leave) = changes(plan, month);
        more_leave |= leave > heads;
        heads = (heads - leave).max(0.0) + start;
        let from = month.first_day().max(plan.as_of);
        let days = f64::from(month.plus_months(1).first_day().days_since(from));
        shifts.push(Shift { month, days, heads });
        month = month.plus_months(1);
    }
    (shifts, more_leave)
}

/// What a lead takes, and when there is time for it.
struct Work<'a> {
    team: &'a Development,
    /// Working hours a day, and days a week.
    hours: f64,
    days: f64,
    /// Minutes of all touches of a lead.
    a_lead: f64,
    promise: Option<Promise>,
}

impl<'a> Work<'a> {
    fn new(team: &'a Development) -> Option<Self> {
        let minutes = team.within.as_f64();
        let work = Self {
            team,
            hours: team.hours.times().min(24.0),
            days: team.days.times().min(7.0),
            a_lead: team.touches.times().max(1.0) * team.minutes.times(),
            promise: (minutes > 0.0).then_some(Promise { share: team.promise, minutes }),
        };
        let is_planned = team.heads.get() > 0 || !team.changes.is_empty() || work.promise.is_some();
        (is_planned && work.hours > 0.0 && work.days > 0.0 && work.a_lead > 0.0).then_some(work)
    }

    fn week(&self) -> Hours {
        Hours { a_day: self.hours, days_a_week: self.days, known_outside: self.team.outside }
    }

    /// Working hours of a month.
    fn hours_of(&self, shift: &Shift) -> f64 {
        shift.days * self.days / 7.0 * self.hours
    }

    /// Leads that can be worked in a month at most.
    fn most(&self, shift: &Shift) -> f64 {
        shift.heads * self.hours_of(shift) * 60.0 / self.a_lead
    }

    /// A month in which so many leads come, with those that are overdue; before anything waits.
    fn month(&self, shift: &Shift, (leads, overdue): (f64, f64)) -> DevelopmentMonth {
        let &Shift { month, heads, .. } = shift;
        let per_hour = (leads - overdue) / self.hours_of(shift);
        let arrivals = Arrivals { per_hour, touches: self.team.touches.times(), minutes: self.team.minutes.times() };
        let kept = self.promise.and_then(|promise| Some(arrivals.waits(heads)?.within(promise.minutes)));
        let in_time = kept.unwrap_or(0.0);
        DevelopmentMonth {
            month,
            leads,
            overdue,
            per_hour,
            heads,
            load: arrivals.load(heads),
            most: self.most(shift),
            worked: 0.0,
            waits: 0.0,
            in_time,
            of_all: self.week().of_all(in_time),
            needed: arrivals.heads_for(self.promise.unwrap_or(Promise { share: Rate::ZERO, minutes: 0.0 })),
        }
    }
}

/// The position of the stage whose entries sales development works: the one that the plan names, the first that it owns, or else
/// the headline.
pub fn worked_stage(plan: &Plan) -> usize {
    let named = plan.development.works.and_then(|stage| plan.position(stage));
    let own = plan.stages.iter().position(|stage| stage.owner == Owner::SalesDevelopment);
    named.or(own).unwrap_or(plan.headline_position())
}

/// Who starts and who leaves at the beginning of a month. What was before the as-of date is in the heads.
fn changes(plan: &Plan, month: Month) -> (f64, f64) {
    let (mut start, mut leave) = (0.0, 0.0);
    for change in &plan.development.changes {
        if change.month == month && month.first_day() >= plan.as_of {
            match change.what {
                Move::Start => start += change.heads.as_f64(),
                Move::Leave => leave += change.heads.as_f64(),
                Move::To(_) => {}
            }
        }
    }
    (start, leave)
}

/// What the plan expects within the period of new entries of those sources that pass a stage.
fn expected(plan: &Plan, outcome: &Outcome, stage: usize) -> f64 {
    let mut expected = 0.0;
    for part in &outcome.parts {
        let passes = |source: Source| plan.entry(source) <= stage;
        if matches!(part.scope, Scope::Source(source) if passes(source)) {
            for month in &part.months {
                expected += month.from_new;
            }
        }
    }
    expected
}

#[cfg(test)]
mod tests;
