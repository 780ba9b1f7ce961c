//! The oracle: what follows from a plan, straight from the definitions.

use backcast::plan::{ItemId, Open, Own, Plan, Profile, Scope, Segment, SegmentGoal, Source, Step, TargetKind};
use backcast::units::{Money, Month};

/// What one source creates of one segment.
pub struct OracleLine {
    pub segment: usize,
    pub source: Source,
    pub entry: usize,
    pub steps: Vec<Step>,
    pub asp: f64,
    pub wins: f64,
    pub part_of_segment: f64,
}

impl OracleLine {
    pub fn rate(&self, stage: usize) -> f64 {
        self.steps[stage..].iter().map(|step| f64::from(step.rate.millionths()) / 1e6).product()
    }

    pub fn days(&self, stage: usize) -> i32 {
        self.steps[stage..].iter().map(|step| i32::from(step.days.get())).sum()
    }
}

/// Day by day. Money per segment; nothing is shared with the engine but the ground state.
pub struct Oracle<'a> {
    pub plan: &'a Plan,
    pub first: i32,
    pub last: i32,
    pub today: i32,
    pub lines: Vec<OracleLine>,
    /// Per segment, from the day before the first.
    pub due: Vec<Vec<f64>>,
    pub still: Vec<Vec<f64>>,
    pub targets: Vec<f64>,
}

fn own_asp(own: &Own, asp: &mut Money) {
    *asp = own.asp.unwrap_or(*asp);
}

fn own_step(own: &Own, from: ItemId, step: &mut Step) {
    for known in own.steps.iter().filter(|known| known.from == from) {
        step.rate = known.rate.map_or(step.rate, |(rate, _)| rate);
        step.days = known.days.unwrap_or(step.days);
    }
}

/// The base, then what the segment has of its own, then what the source has.
fn applied(plan: &Plan, segment: &Segment, source: Source) -> (Money, Vec<Step>) {
    let sourcing = &plan.sources[Source::ALL.iter().position(|known| *known == source).unwrap()];
    let mut asp = plan.base.asp;
    own_asp(&segment.own, &mut asp);
    own_asp(&sourcing.own, &mut asp);
    let steps = plan.base.steps.iter().zip(&plan.stages).map(|(step, stage)| {
        let mut step = *step;
        own_step(&segment.own, stage.id, &mut step);
        own_step(&sourcing.own, stage.id, &mut step);
        step
    });
    (asp, steps.collect())
}

fn new_business(plan: &Plan) -> f64 {
    let opening = plan.revenue.opening.major();
    let kept = opening * plan.revenue.nrr.times().powf(f64::from(plan.period.months) / 12.0);
    match plan.revenue.kind {
        TargetKind::NewBusiness => plan.target.major(),
        TargetKind::TotalRevenue => (plan.target.major() - kept).max(0.0),
        TargetKind::NetNew => (opening + plan.target.major() - kept).max(0.0),
    }
}

/// Weights of the months of the period that begins with `start`. A later period has its quarters where this one has them.
fn weights(plan: &Plan, start: Month) -> Vec<f64> {
    let timing = &plan.timing;
    let weight = |index: usize| timing.weights.get(index).map_or(1.0, |weight| weight.times());
    let run = |start: Month| (0..plan.period.months).map(move |later| start.plus_months(later.into()));
    let (months, own): (Vec<Month>, Vec<Month>) = (run(start).collect(), run(plan.period.start).collect());
    let quarter = |month: Month| (i32::from(month.index()) - i32::from(timing.fiscal_start) + 1).div_euclid(3);
    match timing.profile {
        Profile::Even => vec![1.0; months.len()],
        Profile::Months => (0..months.len()).map(weight).collect(),
        Profile::Season => months.iter().map(|month| weight(usize::from(month.number()) - 1)).collect(),
        Profile::Quarters => own
            .iter()
            .map(|month| {
                let here = quarter(*month);
                let index = here - quarter(plan.period.start);
                let of_it = own.iter().filter(|other| quarter(**other) == here).count();
                weight(usize::try_from(index).unwrap()) / of_it as f64
            })
            .collect(),
    }
}

pub fn oracle(plan: &Plan) -> Oracle<'_> {
    let (first, last) = (plan.period.first_day().day_number(), plan.period.last_day().day_number());
    let today = plan.as_of.day_number();
    let total = new_business(plan);
    let mut lines = Vec::new();
    let mut targets = Vec::new();
    for (position, segment) in plan.segments.iter().enumerate() {
        let target = match segment.goal {
            SegmentGoal::Share(share) => total * f64::from(share.millionths()) / 1e6,
            SegmentGoal::Amount(amount) => amount.major(),
        };
        targets.push(target);
        let shares: Vec<f64> = (0..5)
            .map(|index| segment.shares.map_or(plan.sources[index].share, |shares| shares[index]).fraction())
            .collect();
        let asps: Vec<f64> = Source::ALL.iter().map(|source| applied(plan, segment, *source).0.major()).collect();
        let price: f64 = shares.iter().zip(&asps).map(|(share, asp)| share * asp).sum::<f64>();
        for (index, source) in Source::ALL.into_iter().enumerate().filter(|(index, _)| shares[*index] > 0.0) {
            let (asp, steps) = applied(plan, segment, source);
            let entry = plan.sources[index].entry;
            lines.push(OracleLine {
                segment: position,
                source,
                entry: plan.stages.iter().position(|stage| Some(stage.id) == entry).unwrap_or(0),
                steps,
                asp: asp.major(),
                wins: shares[index] * target / price,
                part_of_segment: shares[index] * asps[index] / price,
            });
        }
    }
    let longest = lines.iter().map(|line| line.days(0)).max().unwrap_or(0);
    let horizon = (last + longest + 40).max(today + longest + 40);

    // W: wins due by the end of a day, in money, cumulative.
    let mut shape = vec![0.0; usize::try_from(horizon - first + 2).unwrap()];
    let next = if total > 0.0 { plan.timing.next_target.map_or(1.0, |next| next.major() / total) } else { 1.0 };
    let mut start = plan.period.start;
    let mut scale = 1.0;
    let mut day = first;
    while day <= horizon {
        let weights = weights(plan, start);
        let all: f64 = weights.iter().sum();
        for (later, weight) in weights.iter().enumerate() {
            let month = start.plus_months(u16::try_from(later).unwrap());
            let part = if all > 0.0 { weight / all } else { 1.0 / weights.len() as f64 };
            for _ in 0..month.days() {
                let index = usize::try_from(day - first + 1).unwrap();
                if index < shape.len() {
                    shape[index] = shape[index - 1] + scale * part / f64::from(month.days());
                }
                day += 1;
            }
        }
        start = start.plus_months(plan.period.months.into());
        scale = next;
    }
    let due: Vec<Vec<f64>> = targets.iter().map(|target| shape.iter().map(|part| part * target).collect()).collect();

    // F: what is booked, and what is open and closes by the end of a day within the period or after it.
    let still = plan.segments.iter().zip(&due).map(|(segment, due)| {
        let mut closes = vec![0.0; due.len()];
        for row in &segment.open {
            for (day, amount) in closings(plan, segment, row) {
                if let Ok(index) = usize::try_from(day - first + 1)
                    && index >= 1
                    && index < closes.len()
                {
                    closes[index] += amount;
                }
            }
        }
        let (mut there, mut most) = (segment.booked.major(), 0.0_f64);
        due.iter()
            .zip(closes)
            .map(|(due, closes)| {
                there += closes;
                most = most.max(due - there);
                most
            })
            .collect()
    });
    let still = still.collect();
    Oracle { plan, first, last, today, lines, due, still, targets }
}

/// On which days how much of something open is expected to close.
pub fn closings(plan: &Plan, segment: &Segment, row: &Open) -> Vec<(i32, f64)> {
    let (asp, steps) = applied(plan, segment, row.source);
    let stage = plan.stages.iter().position(|stage| stage.id == row.stage).unwrap();
    let amount = row.amount.map_or(row.count.get() as f64 * asp.major(), Money::major);
    let rate: f64 = steps[stage..].iter().map(|step| step.rate.fraction()).product();
    let here = i32::from(steps[stage].days.get());
    let after: i32 = steps[stage + 1..].iter().map(|step| i32::from(step.days.get())).sum();
    let today = plan.as_of.day_number();
    match row.age.map(|age| i32::from(age.get())) {
        Some(age) if age > 2 * here => vec![(today + after, amount * plan.timing.stale_rate.fraction())],
        Some(age) => vec![(today + after + (here - age).max(0), amount * rate)],
        None if here == 0 => vec![(today + after, amount * rate)],
        None => (1..=here).map(|age| (today + after + here - age, amount * rate / f64::from(here))).collect(),
    }
}

impl Oracle<'_> {
    fn at(&self, curve: &[f64], day: i32) -> f64 {
        if day < self.first { 0.0 } else { curve[usize::try_from(day - self.first + 1).unwrap().min(curve.len() - 1)] }
    }

    /// M, in money, of one line.
    pub fn still(&self, line: &OracleLine, day: i32) -> f64 {
        self.at(&self.still[line.segment], day) * line.part_of_segment
    }

    pub fn due(&self, line: &OracleLine, day: i32) -> f64 {
        self.at(&self.due[line.segment], day) * line.part_of_segment
    }

    /// E.
    pub fn entries(&self, line: &OracleLine, stage: usize, day: i32) -> f64 {
        if stage < line.entry {
            return 0.0;
        }
        self.still(line, day + line.days(stage)) / line.asp / line.rate(stage)
    }

    /// G.
    pub fn gross(&self, line: &OracleLine, stage: usize, day: i32) -> f64 {
        if stage < line.entry {
            return 0.0;
        }
        self.due(line, day + line.days(stage)) / line.asp / line.rate(stage)
    }

    pub fn lines_in(&self, scope: Scope) -> Vec<&OracleLine> {
        let is_in = |line: &&OracleLine| match scope {
            Scope::Whole => true,
            Scope::Segment(id) => self.plan.segments[line.segment].id == id,
            Scope::Source(source) => line.source == source,
        };
        self.lines.iter().filter(is_in).collect()
    }
}
