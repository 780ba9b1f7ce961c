//! One line in time: what must enter each stage by when, what that brings and when, and what is late already.
//!
//! Entries needed at a stage by day d: E(d) = X(d + L) ÷ R. X is what must come from outside: M less what comes back in time.

use crate::engine::Need;
use crate::engine::calendar::{self, Spread};
use crate::engine::demand::{Demand, Shape, at, seasonal};
use crate::engine::exact::Direction;
use crate::engine::landing::{Curve, Landing};
use crate::engine::lines::Line;
use crate::plan::Plan;
use crate::units::Date;

/// What a line must bring, when, and how it lands. Amounts in major units; figures of stages and months in their order.
pub(super) struct Flow<'a> {
    pub(super) line: &'a Line,
    /// The part of its wins that new entries must still bring.
    pub(super) togo: f64,
    /// The part of its wins that is not booked yet.
    pub(super) unbooked: f64,
    /// What is due before anything can land that enters from the as-of date on, and the day on which that begins.
    pub(super) behind: f64,
    pub(super) short: Option<Date>,
    /// What nothing can bring within the period that enters from the as-of date on.
    pub(super) lost: f64,
    /// What of this period's entries is expected after it.
    pub(super) late: f64,
    /// How many entries it takes for each that it would take without a season and what comes back.
    pub(super) effort: f64,
    /// What must still enter each stage, carried and rounded.
    pub(super) needs: Vec<Option<(Need, Need)>>,
    pub(super) last_useful: Vec<Date>,
    pub(super) overdue: Vec<f64>,
    pub(super) should_be_open: Vec<f64>,
    /// What is due in each month that is shown.
    pub(super) due: Vec<f64>,
    /// What is expected of new entries in it, and what of that comes back, by each way.
    pub(super) lands: Vec<f64>,
    pub(super) back: [Vec<f64>; 2],
    /// What should enter each stage, month by month.
    pub(super) entries: Vec<f64>,
}

impl<'a> Flow<'a> {
    pub(super) fn new(plan: &Plan, shape: &Shape, line: &'a Line, demand: &Demand, landing: &mut Landing) -> Self {
        let (today, last) = (plan.as_of.day_number(), line.steps.len());
        let entry = line.entry.min(last);
        let days = line.to_won.get(entry).map_or(0, |way| way.days);
        let course = Course::new(shape, line, demand, today + days);
        let (asked, won, gross, effort, gone) = match &course {
            Some(course) => (&course.asked, &course.won, &course.gross, course.effort, course.gone),
            None => (&demand.still, &demand.still, &demand.due, 1.0, 0.0),
        };
        let mut flow = Self {
            line,
            togo: if demand.total > 0.0 { demand.togo / demand.total } else { 1.0 },
            unbooked: demand.unbooked(),
            behind: line.part * at(&demand.still, shape.index((today + days - 1).min(shape.last))),
            short: None,
            lost: line.part * demand.togo,
            late: 0.0,
            effort: effort * line.outside,
            needs: Vec::new(),
            last_useful: Vec::new(),
            overdue: vec![0.0; last + 1],
            should_be_open: vec![0.0; last + 1],
            due: Vec::new(),
            lands: vec![0.0; landing.months.len()],
            back: [Vec::new(), Vec::new()],
            entries: Vec::new(),
        };
        if flow.behind > 0.0 {
            let position = demand.still.iter().position(|&still| still > 0.0).unwrap_or(0);
            flow.short = Some(plan.period.first_day().plus_days(i32::try_from(position).unwrap_or(0) - 1));
        }
        let mut so_far = 0.0;
        for after in landing.bounds.iter().skip(1) {
            let by = line.part * at(&demand.due, shape.index(after - 1));
            flow.due.push(by - so_far);
            so_far = by;
        }

        for stage in 0..=last {
            flow.last_useful.push(calendar::last_useful(plan, line, stage));
            let Some(way) = line.to_won.get(stage) else { continue };
            // Nothing enters before the line does, and no number of entries helps where nobody converts.
            let rate = if stage < entry { 0.0 } else { way.rate() };
            let each = if rate > 0.0 { line.wins_each / rate } else { 0.0 };
            let curve = if stage < last { asked } else { &demand.still };
            let mut so_far = 0.0;
            for after in landing.bounds.iter().skip(1) {
                let mut by = so_far;
                // What should have entered before the as-of date is asked for in its month.
                if *after > today {
                    by = each * at(curve, shape.index(after - 1 + way.days));
                }
                flow.entries.push(by - so_far);
                so_far = by;
            }
            let yesterday = shape.index(today - 1 + way.days);
            if let Some(overdue) = flow.overdue.get_mut(stage) {
                *overdue = each * at(curve, yesterday);
            }
            if let (Some(open), Some(step)) = (flow.should_be_open.get_mut(stage), line.steps.get(stage)) {
                *open = each * (at(gross, yesterday) - at(gross, yesterday - i32::from(step.days.get())));
            }
        }

        let is_open = flow.last_useful.get(entry).is_some_and(|&day| day >= plan.as_of);
        let obstacle = line.to_won.get(entry).and_then(|way| way.obstacle);
        if is_open && obstacle.is_none() && line.wins.is_some() {
            let mut curve = Curve { wins: won, part: line.part, spread: Spread::of(plan, line, entry), days };
            flow.lost = line.part * gone;
            (flow.lands, flow.late) = landing.lands(&curve);
            if let Some(course) = &course {
                for (slot, back) in flow.back.iter_mut().zip(&course.back) {
                    curve.wins = back;
                    *slot = landing.lands(&curve).0;
                }
            }
        }
        flow
    }

    /// Has so many times as many enter, and says what that is in all.
    pub(super) fn size(&mut self, times: f64, direction: Option<Direction>) {
        self.needs = self.line.needs(self.togo, self.effort * times, direction);
        let last = self.line.steps.len();
        self.late *= times;
        let [recycled, referred] = &mut self.back;
        for months in [&mut self.lands, recycled, referred] {
            for month in months {
                *month *= times;
            }
        }
        for overdue in self.overdue.iter_mut().take(last) {
            *overdue *= times;
        }
        // What is won is what it was.
        for entries in self.entries.iter_mut().take(last * self.due.len()) {
            *entries *= times;
        }
    }
}

/// The curves of a line of which something comes back, or whose rates have a season. In bookings of the segment, as its demand.
struct Course {
    /// What must come from outside, each win weighed by what it takes on its day.
    asked: Vec<f64>,
    /// What is won of it, with what comes back.
    won: Vec<f64>,
    /// What is due, weighed likewise.
    gross: Vec<f64>,
    /// What comes back, by each way.
    back: [Vec<f64>; 2],
    /// How many entries a win takes on average within the period, for each that it would take without a season.
    effort: f64,
    /// What is due within the period while nothing closes.
    gone: f64,
}

impl Course {
    /// From day to day: X = the most so far of M − Σ g · V(d − s), V = X + what comes back. Of what would have landed `since`, the
    /// first day on which anything new can: nothing comes back of what did not. While nothing closes, nothing is won, and what is due
    /// then is lost.
    fn new(shape: &Shape, line: &Line, demand: &Demand, since: i32) -> Option<Self> {
        if shape.season.is_empty() && line.outside >= 1.0 {
            return None;
        }
        let rate = line.steps.last().map_or(0.0, |step| step.rate.fraction());
        let (since, end) = (shape.index(since), shape.index(shape.last));
        let mut course = Self {
            asked: Vec::with_capacity(demand.due.len()),
            won: Vec::with_capacity(demand.due.len()),
            gross: Vec::with_capacity(demand.due.len()),
            back: [Vec::new(), Vec::new()],
            effort: 1.0,
            gone: 0.0,
        };
        let (mut due, mut still, mut outside) = (0.0, 0.0, 0.0);
        let (mut asked, mut won, mut gross) = (0.0, 0.0, 0.0);
        let (mut gone, mut weighed) = (0.0, 0.0);
        for (index, (&due_by, &still_by)) in (0_i32..).zip(demand.due.iter().zip(&demand.still)) {
            let factor = usize::try_from(index)
                .ok()
                .and_then(|index| shape.season.get(index))
                .map_or(1.0, |&factor| seasonal(factor, rate));
            let effort = if factor > 0.0 { 1.0 / factor } else { 0.0 };
            gross += (due_by - due) * effort;
            weighed += (still_by - still) * effort;
            if factor <= 0.0 {
                gone += still_by - still;
            }
            (due, still) = (due_by, still_by);
            let mut returned = 0.0;
            for (slot, way) in course.back.iter_mut().zip(&line.returns) {
                let mut by = slot.last().copied().unwrap_or(0.0);
                if factor > 0.0 && index - way.days >= since {
                    by = way.share * at(&course.won, index - way.days);
                }
                returned += by;
                slot.push(by);
            }
            if factor > 0.0 {
                let short = still - gone - returned;
                if short > outside {
                    asked += (short - outside) * effort;
                    outside = short;
                }
                won = outside + returned;
            }
            course.asked.push(asked);
            course.won.push(won);
            course.gross.push(gross);
            if index == end && still > 0.0 {
                (course.effort, course.gone) = (weighed / still, gone);
            }
        }
        Some(course)
    }
}
