//! Sums over lines: the whole, each segment, each source.

use crate::engine::calendar::{self, Window};
use crate::engine::demand::{Closing, Demand, Shape};
use crate::engine::exact::Direction;
use crate::engine::flow::Flow;
use crate::engine::landing::Landing;
use crate::engine::lines::Line;
use crate::engine::{Goal, MonthOutcome, Need, Obstacle, Part, Progress, SourceOutcome, StageOutcome, forward};
use crate::plan::{Owner, Plan, Scope, Source};
use crate::units::{Date, Rate};

/// The whole, each segment, each source that creates something or under which something that comes back counts.
pub(super) fn parts(plan: &Plan, goal: &Goal, lines: &[Line]) -> Vec<Part> {
    let mut longest = 0;
    for line in lines {
        longest = line.to_won.get(line.entry).map_or(longest, |way| way.days.max(longest));
    }
    let shape = Shape::new(plan, longest);
    let mut landing = Landing::new(plan, longest);
    let mut all = All { plan, flows: Vec::with_capacity(lines.len()), open: Vec::new() };
    for (position, segment) in plan.segments.iter().enumerate() {
        let open = all.open.len();
        for row in &segment.open {
            all.open.extend(Closing::new(plan, position, segment, row, &landing));
        }
        let open = all.open.get(open..).unwrap_or_default();
        let demand = Demand::new(plan, goal.new_business, &shape, segment, open);
        let flows = all.flows.len();
        for line in lines.iter().filter(|line| line.segment == position) {
            all.flows.push(Flow::new(plan, &shape, line, &demand, &mut landing));
        }
        let flows = all.flows.get_mut(flows..).unwrap_or_default();
        let times = sizing(plan, &demand, flows, open);
        for flow in flows {
            flow.size(times, Direction::backwards(plan.rounding));
        }
    }

    let mut parts = vec![all.part(Scope::Whole, &landing)];
    for segment in &plan.segments {
        parts.push(all.part(Scope::Segment(segment.id), &landing));
    }
    for source in Source::ALL {
        if !all.shares(None, Some(source)).is_empty() {
            parts.push(all.part(Scope::Source(source), &landing));
        }
    }
    parts
}

/// What the entries of a segment are multiplied by so that what is expected within the period meets the target, but for what is lost.
fn sizing(plan: &Plan, demand: &Demand, flows: &[Flow<'_>], open: &[Closing]) -> f64 {
    if !plan.timing.sized_for_spread {
        return 1.0;
    }
    let (mut lost, mut landed, mut expected) = (0.0, 0.0, 0.0);
    for flow in flows {
        lost += flow.lost;
        landed += sum(&flow.lands);
    }
    for open in open {
        expected += sum(&open.lands);
    }
    if landed <= 0.0 || demand.togo <= 0.0 {
        return 1.0;
    }
    (demand.missing(expected) * (1.0 - lost / demand.togo) / landed).max(1.0)
}

fn sum(figures: &[f64]) -> f64 {
    figures.iter().sum()
}

/// Everything of which parts are sums.
struct All<'a> {
    plan: &'a Plan,
    flows: Vec<Flow<'a>>,
    open: Vec<Closing>,
}

/// What of a line is in a part.
struct Share<'a> {
    flow: &'a Flow<'a>,
    /// What enters: all of it or nothing.
    enters: f64,
    /// What is won, in steady state: for a source all but what comes back as another's, and what comes back as its own.
    wins: f64,
    /// What comes back, by each way: all of it or nothing.
    back: [f64; 2],
}

impl Share<'_> {
    /// The part of what passes a stage: of what enters, or of what is won.
    fn of(&self, stage: usize) -> f64 {
        if stage < self.flow.line.steps.len() { self.enters } else { self.wins }
    }

    /// Bookings that new entries must still bring.
    fn togo(&self) -> f64 {
        self.flow.line.money * self.flow.togo * self.wins
    }
}

impl All<'_> {
    /// What is in a segment and a source; none: in all of them.
    fn shares(&self, segment: Option<usize>, source: Option<Source>) -> Vec<Share<'_>> {
        let mut shares = Vec::new();
        for flow in &self.flows {
            let line = flow.line;
            if segment.is_some_and(|only| only != line.segment) {
                continue;
            }
            let mut share = Share { flow, enters: 1.0, wins: 1.0, back: [1.0, 1.0] };
            if let Some(only) = source {
                share.enters = f64::from(u8::from(line.source == only));
                share.wins = share.enters * line.outside;
                for (slot, way) in share.back.iter_mut().zip(&line.returns) {
                    *slot = f64::from(u8::from(way.source == only));
                    share.wins += *slot * way.share;
                }
            }
            if share.enters > 0.0 || share.wins > 0.0 {
                shares.push(share);
            }
        }
        shares
    }

    fn part(&self, scope: Scope, landing: &Landing) -> Part {
        let plan = self.plan;
        let (segment, source) = match scope {
            Scope::Whole => (None, None),
            Scope::Segment(id) => (plan.segments.iter().position(|segment| segment.id == id), None),
            Scope::Source(source) => (None, Some(source)),
        };
        let shares = self.shares(segment, source);
        let is_out = |one: usize| segment.is_some_and(|only| only != one);
        let last = plan.stages.len().saturating_sub(1);
        let mut stages = Vec::with_capacity(plan.stages.len());
        for stage in 0..=last {
            stages.push(stage_of(plan, stage, &shares));
        }
        let mut part = Part {
            scope,
            target: 0.0,
            togo: 0.0,
            pipeline: pipeline(&shares, last),
            sources: Vec::new(),
            close_rate: last.checked_sub(1).and_then(|stage| stages.get(stage)).map_or(1.0, |stage| stage.rate_to_won),
            comes_back: 0.0,
            progress: Progress {
                booked: 0.0,
                open: 0.0,
                expected: 0.0,
                opportunities: 0.0,
                unbooked: 0.0,
                coverage: None,
            },
            behind: 0.0,
            lost: 0.0,
            first_short: None,
            months: months(plan, &shares, landing),
            falls_behind: 0.0,
            stages,
        };
        let mut short = None;
        for share in &shares {
            let Share { flow, wins, .. } = share;
            part.target += flow.line.money * wins;
            part.togo += share.togo();
            part.progress.unbooked += flow.line.money * flow.unbooked * wins;
            part.behind += flow.behind * wins;
            part.lost += flow.lost * wins;
            part.falls_behind += flow.late * wins;
            part.comes_back += flow.line.money * wins * (1.0 - flow.line.outside);
            if flow.short.is_some() && (short.is_none() || flow.short < short) {
                short = flow.short;
            }
        }
        part.comes_back /= if part.target > 0.0 { part.target } else { 1.0 };
        part.first_short = short.and_then(Date::month);
        for (position, segment) in plan.segments.iter().enumerate() {
            // What is booked belongs to no source any more: each is to bring its part of the rest.
            if source.is_none() && !is_out(position) {
                part.progress.booked += segment.booked.major();
            }
        }
        for open in &self.open {
            if is_out(open.segment) || source.is_some_and(|only| only != open.source) {
                continue;
            }
            let is_sales = plan.stages.get(open.stage).is_some_and(|stage| stage.owner == Owner::Sales);
            if is_sales || open.stage + 1 == last {
                part.progress.opportunities += open.amount;
            }
            part.progress.open += open.amount;
            if let Some(stage) = part.stages.get_mut(open.stage) {
                stage.open += open.count;
            }
            for (month, lands) in part.months.iter_mut().zip(&open.lands) {
                month.from_open += lands;
                part.progress.expected += lands;
            }
        }
        let progress = &mut part.progress;
        progress.coverage = (progress.unbooked > 0.0).then(|| progress.opportunities / progress.unbooked);
        for one in Source::ALL {
            let shares = self.shares(segment, Some(one));
            if !shares.is_empty() && source.is_none_or(|only| only == one) {
                let bookings = shares.iter().map(Share::togo).sum();
                part.sources.push(SourceOutcome { source: one, bookings, pipeline: pipeline(&shares, last) });
            }
        }
        if scope == Scope::Whole {
            for (position, stage) in part.stages.iter_mut().enumerate() {
                stage.forward = forward::forward(plan, position, stage, part.togo, part.close_rate);
            }
        }
        part
    }
}

fn stage_of(plan: &Plan, stage: usize, shares: &[Share<'_>]) -> StageOutcome {
    let end = plan.period.last_day();
    let mut total = StageOutcome {
        is_passed: false,
        carried: Need::Of(0.0),
        volume: Need::Of(0.0),
        rate_to_won: 0.0,
        rate_to_next: 0.0,
        days_to_won: 0,
        value_each: 0.0,
        wins_each: 0.0,
        last_useful: end,
        earliest_last_useful: end,
        window: None,
        pace: None,
        carried_pace: None,
        worth_a_month: None,
        forward: None,
        overdue: 0.0,
        should_be_open: 0.0,
        open: 0.0,
    };
    let each = |figure: f64, of: f64| if of > 0.0 { figure / of } else { 0.0 };
    // A line that is to bring nothing says nothing of the others.
    let is_passing = |share: &&Share<'_>| share.flow.line.entry <= stage && share.of(stage) > 0.0;
    let is_busy = |line: &Line| line.money > 0.0 || line.wins.is_none();
    let is_idle = !shares.iter().filter(is_passing).any(|share| is_busy(share.flow.line));
    let (mut lines, mut wins, mut entries, mut exits) = (0, 0.0, 0.0, 0.0);
    // The same with what comes back and what a season takes, and what it brings.
    let (mut won, mut entered, mut money) = (0.0, 0.0, 0.0);
    for share in shares.iter().filter(is_passing) {
        let (flow, line, part) = (share.flow, share.flow.line, share.of(stage));
        lines += 1;
        if !is_idle && !is_busy(line) {
            continue;
        }
        let (Some(Some((carried, volume))), Some(way), Some(&last_useful)) =
            (flow.needs.get(stage).copied(), line.to_won.get(stage), flow.last_useful.get(stage))
        else {
            continue;
        };
        if total.is_passed {
            total.days_to_won = total.days_to_won.min(way.days);
            total.last_useful = total.last_useful.max(last_useful);
            total.earliest_last_useful = total.earliest_last_useful.min(last_useful);
        } else {
            (total.days_to_won, total.last_useful, total.earliest_last_useful) = (way.days, last_useful, last_useful);
            (total.rate_to_won, total.wins_each, total.value_each) = (way.rate(), way.rate(), way.rate() * line.asp);
            total.rate_to_next = line.steps.get(stage).map_or(0.0, |step| step.rate.fraction());
        }
        total.is_passed = true;
        let gross = line.wins.unwrap_or(0.0);
        let enter = if way.rate() > 0.0 { gross * part / way.rate() } else { f64::INFINITY };
        let enters = if stage < line.steps.len() { enter * flow.effort } else { enter };
        let volume = volume.map(|volume| volume * part);
        let carried = carried.map(|carried| carried * part);
        total.carried = total.carried.plus(carried);
        total.volume = total.volume.plus(volume);
        total.overdue += flow.overdue.get(stage).copied().unwrap_or(0.0) * part;
        total.should_be_open += flow.should_be_open.get(stage).copied().unwrap_or(0.0) * part;
        if let Some(window) = calendar::window(plan, way.days, last_useful) {
            let add = |total: Option<Need>, more: Need| {
                let pace = more.map(|more| more / window.months());
                Some(total.map_or(pace, |before| before.plus(pace)))
            };
            total.pace = add(total.pace, volume);
            total.carried_pace = add(total.carried_pace, carried);
            let worth = each(line.money * share.wins, enters);
            total.worth_a_month = add(total.worth_a_month, carried.map(|carried| carried * worth));
            let before = total.window.unwrap_or(window);
            total.window = Some(Window { from: before.from.min(window.from), to: before.to.max(window.to) });
        }
        wins += gross * part;
        entries += enter;
        exits += enter * line.steps.get(stage).map_or(0.0, |step| step.rate.fraction());
        won += gross * share.wins;
        entered += enters;
        money += line.money * share.wins;
    }
    if lines > 1 && entries > 0.0 && entries.is_finite() {
        total.rate_to_next = exits / entries;
    }
    // One line keeps its own product to the last digit.
    if entries > 0.0 && (lines > 1 || (entered - entries).abs() > 0.0 || (won - wins).abs() > 0.0) {
        (total.rate_to_won, total.wins_each, total.value_each) =
            (wins / entries, each(won, entered), each(money, entered));
    } else {
        total.worth_a_month = total.carried_pace.map(|pace| pace.map(|pace| pace * total.value_each));
    }
    total
}

/// What is still to be won ÷ close rate, line by line, in major units.
fn pipeline(shares: &[Share<'_>], last: usize) -> Need {
    let mut pipeline = Need::Of(0.0);
    for share in shares {
        let Some(step) = share.flow.line.steps.last() else { continue };
        pipeline = pipeline.plus(match step.rate {
            Rate::ZERO => Need::OutOfReach(Obstacle::Rate(last.saturating_sub(1))),
            rate => Need::Of(share.togo() / rate.fraction()),
        });
    }
    pipeline
}

fn months(plan: &Plan, shares: &[Share<'_>], landing: &Landing) -> Vec<MonthOutcome> {
    let mut months = Vec::with_capacity(landing.months.len());
    for (index, &month) in landing.months.iter().enumerate() {
        let mut outcome =
            MonthOutcome { month, due: 0.0, from_open: 0.0, from_new: 0.0, entries: vec![0.0; plan.stages.len()] };
        for share in shares {
            let flow = share.flow;
            let at = |figures: &[f64], index: usize| figures.get(index).copied().unwrap_or(0.0);
            outcome.due += at(&flow.due, index) * share.wins;
            let mut from_new = at(&flow.lands, index) * share.enters;
            for (back, is_in) in flow.back.iter().zip(share.back) {
                from_new += at(back, index) * (is_in - share.enters);
            }
            // But for the float's last digits.
            outcome.from_new += from_new.max(0.0);
            for (stage, slot) in outcome.entries.iter_mut().enumerate() {
                *slot += at(&flow.entries, stage * landing.months.len() + index) * share.of(stage);
            }
        }
        months.push(outcome);
    }
    months
}
