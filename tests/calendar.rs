//! The calendar against an oracle of its own: day by day, straight from the definitions, and figures worked out by hand.
//!
//! Conventions: the plan speaks from the beginning of the as-of date, so that what enters on it is still to come, and an item
//! that is open has an age of at least one day; what enters on day d is won on day d + L and counts by the end of that day.
#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::float_cmp,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on ends there; an oracle is plain arithmetic"
)]

use backcast::engine::{self, Need, Outcome, Part};
use backcast::plan::{
    Basis, Circle, ItemId, Lineage, Open, Own, OwnStep, Owner, Period, Plan, Profile, Rounding, Segment, SegmentGoal,
    Source, TargetKind, examples, limits,
};
use backcast::plan::{Scope, Step};
use backcast::units::{Count, Date, Days, Factor, Money, Month, Rate};
use proptest::prelude::*;

// ---------------------------------------------------------------------------------------------------------------- plans

fn date(text: &str) -> Date {
    Date::parse_iso(text).unwrap()
}

fn month(text: &str) -> Month {
    Month::parse_iso(text).unwrap()
}

fn money(major: u32) -> Money {
    Money::from_major(major)
}

fn percent(percent: u8) -> Rate {
    Rate::from_percent(percent)
}

fn days(days: u16) -> Days {
    Days::new(days).unwrap()
}

fn factor(times: f64) -> Factor {
    Factor::from_millionths((times * 1e6).round() as u32).unwrap()
}

/// A plan of one segment whose steps have these rates and days.
fn plan_of(target: u32, asp: u32, steps: &[(u8, u16)], start: &str, months: u8, as_of: &str) -> Plan {
    let mut plan = examples::three_figures(Lineage([1; 8]), date(as_of));
    while plan.base.steps.len() < steps.len() {
        plan.insert_stage_after(0, "Stage", "Stages");
    }
    for (step, (rate, length)) in plan.base.steps.iter_mut().zip(steps) {
        (step.rate, step.days) = (percent(*rate), days(*length));
    }
    plan.target = money(target);
    plan.base.asp = money(asp);
    plan.period = Period { start: month(start), months };
    plan.as_of = date(as_of);
    plan
}

/// 1,200,000 at 10,000 a deal in 2027; 20 %, 30 days to an opportunity and 25 %, 60 days to won: 10 deals a month.
fn plain() -> Plan {
    plan_of(1_200_000, 10_000, &[(20, 30), (25, 60)], "2027-01", 12, "2026-06-01")
}

fn open(plan: &Plan, stage: usize, source: Source, count: u64, amount: Option<u32>, age: Option<u16>) -> Open {
    let count = Count::new(count).unwrap();
    Open { stage: plan.stages[stage].id, source, count, amount: amount.map(money), age: age.map(days) }
}

fn evaluated(plan: &Plan) -> Outcome {
    assert_eq!(plan.check(), Ok(()));
    engine::evaluate(plan)
}

#[track_caller]
fn same(got: f64, wanted: f64) {
    assert!((got - wanted).abs() <= 1e-9 * got.abs().max(wanted.abs()).max(1e-3), "got {got}, wanted {wanted}");
}

#[track_caller]
fn need(got: Need, wanted: f64) {
    same(got.figure().expect("a figure"), wanted);
}

fn month_of<'a>(part: &'a Part, text: &str) -> &'a engine::MonthOutcome {
    part.months.iter().find(|outcome| outcome.month == month(text)).unwrap_or_else(|| panic!("no {text}"))
}

fn sum(figures: impl Iterator<Item = f64>) -> f64 {
    figures.sum()
}

// --------------------------------------------------------------------------------------------------------------- oracle

/// What one source creates of one segment.
struct OracleLine {
    segment: usize,
    source: Source,
    entry: usize,
    steps: Vec<Step>,
    asp: f64,
    wins: f64,
    part_of_segment: f64,
}

impl OracleLine {
    fn rate(&self, stage: usize) -> f64 {
        self.steps[stage..].iter().map(|step| f64::from(step.rate.millionths()) / 1e6).product()
    }

    fn days(&self, stage: usize) -> i32 {
        self.steps[stage..].iter().map(|step| i32::from(step.days.get())).sum()
    }
}

/// Day by day. Money per segment; nothing is shared with the engine but the ground state.
struct Oracle<'a> {
    plan: &'a Plan,
    first: i32,
    last: i32,
    today: i32,
    lines: Vec<OracleLine>,
    /// Per segment, from the day before the first.
    due: Vec<Vec<f64>>,
    still: Vec<Vec<f64>>,
    targets: Vec<f64>,
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

fn oracle(plan: &Plan) -> Oracle<'_> {
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
fn closings(plan: &Plan, segment: &Segment, row: &Open) -> Vec<(i32, f64)> {
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
    fn still(&self, line: &OracleLine, day: i32) -> f64 {
        self.at(&self.still[line.segment], day) * line.part_of_segment
    }

    fn due(&self, line: &OracleLine, day: i32) -> f64 {
        self.at(&self.due[line.segment], day) * line.part_of_segment
    }

    /// E.
    fn entries(&self, line: &OracleLine, stage: usize, day: i32) -> f64 {
        if stage < line.entry {
            return 0.0;
        }
        self.still(line, day + line.days(stage)) / line.asp / line.rate(stage)
    }

    /// G.
    fn gross(&self, line: &OracleLine, stage: usize, day: i32) -> f64 {
        if stage < line.entry {
            return 0.0;
        }
        self.due(line, day + line.days(stage)) / line.asp / line.rate(stage)
    }

    fn lines_in(&self, scope: Scope) -> Vec<&OracleLine> {
        let is_in = |line: &&OracleLine| match scope {
            Scope::Whole => true,
            Scope::Segment(id) => self.plan.segments[line.segment].id == id,
            Scope::Source(source) => line.source == source,
        };
        self.lines.iter().filter(is_in).collect()
    }

    /// Holds a part against the definitions; without spread, circle and rates that change by the season.
    fn check(&self, part: &Part) {
        let lines = self.lines_in(part.scope);
        let end = self.last;
        let scale = sum(lines.iter().map(|line| line.wins * line.asp)).max(1.0);
        let close = |got: f64, wanted: f64, scale: f64, what: &str| {
            assert!((got - wanted).abs() <= 1e-9 * scale, "{what} of {:?}: got {got}, wanted {wanted}", part.scope);
        };
        let togo = sum(lines.iter().map(|line| self.still(line, end)));
        close(part.target, sum(lines.iter().map(|line| line.wins * line.asp)), scale, "target");
        close(part.togo, togo, scale, "togo");
        let behind = sum(lines.iter().map(|line| self.still(line, (self.today + line.days(line.entry) - 1).min(end))));
        close(part.behind, behind, scale, "behind");
        let is_past = |line: &&&OracleLine| self.today + line.days(line.entry) > end;
        let lost = sum(lines.iter().filter(is_past).map(|line| self.still(line, end)));
        close(part.lost, lost, scale, "lost");

        let first_short = lines.iter().filter_map(|line| {
            let until = (self.today + line.days(line.entry) - 1).min(end);
            (self.first..=until).find(|day| self.still(line, *day) > 1e-9 * scale)
        });
        let first_short = first_short.min().map(|day| Date::from_day_number(day).unwrap().month().unwrap());
        assert_eq!(part.first_short, first_short, "first month that falls short of {:?}", part.scope);

        for (stage, outcome) in part.stages.iter().enumerate() {
            let passing: Vec<&&OracleLine> = lines.iter().filter(|line| line.entry <= stage).collect();
            let has = passing.iter().any(|line| line.wins > 0.0);
            if !has {
                continue;
            }
            let total = sum(passing.iter().map(|line| line.wins / line.rate(stage))).max(1e-9);
            let named = |what: &str| format!("{what} at stage {stage}");
            let carried = sum(passing.iter().map(|line| self.entries(line, stage, end - line.days(stage))));
            close(outcome.carried.figure().unwrap(), carried, total, &named("carried"));
            let rate = sum(passing.iter().map(|line| line.wins)) / total;
            close(outcome.rate_to_won, rate, rate, &named("rate to won"));
            let value = sum(passing.iter().map(|line| line.wins * line.asp)) / total;
            close(outcome.value_each, value, value, &named("value"));
            let overdue = sum(passing.iter().map(|line| self.entries(line, stage, self.today - 1)));
            if self.today <= end + 1 {
                close(outcome.overdue, overdue, total.max(overdue), &named("overdue"));
            }
            if stage < part.stages.len() - 1 && self.today <= end {
                let should = sum(passing.iter().map(|line| {
                    let step = i32::from(line.steps[stage].days.get());
                    self.gross(line, stage, self.today - 1) - self.gross(line, stage, self.today - 1 - step)
                }));
                close(outcome.should_be_open, should, total.max(should), &named("should be open"));
            }
            let dates: Vec<i32> =
                passing.iter().filter(|line| line.wins > 0.0).map(|line| end - line.days(stage)).collect();
            assert_eq!(outcome.last_useful.day_number(), *dates.iter().max().unwrap(), "{}", named("last useful"));
            assert_eq!(outcome.earliest_last_useful.day_number(), *dates.iter().min().unwrap());
            let paces = passing.iter().filter(|line| line.wins > 0.0).filter_map(|line| {
                let from = self.today.max(self.first - line.days(stage));
                let to = end - line.days(stage);
                let needed = self.entries(line, stage, end - line.days(stage));
                (from <= to).then(|| needed / (f64::from(to - from + 1) / (365.25 / 12.0)))
            });
            let paces: Vec<f64> = paces.collect();
            assert_eq!(outcome.pace.is_some(), !paces.is_empty(), "{}", named("pace"));
            if let Some(pace) = outcome.pace {
                let wanted = sum(paces.into_iter());
                close(pace.figure().unwrap(), wanted, wanted.max(1e-9 * total), &named("pace"));
            }
        }
        self.check_months(part, &lines, scale);
    }

    fn check_months(&self, part: &Part, lines: &[&OracleLine], scale: f64) {
        let plan = self.plan;
        let months = &part.months;
        for (one, two) in months.iter().zip(&months[1..]) {
            assert_eq!(one.month.plus_months(1), two.month);
        }
        assert!(months[0].month <= plan.period.start);
        assert_eq!(months.last().unwrap().month, plan.period.last_day().month().unwrap());
        let open: Vec<(i32, f64)> = plan
            .segments
            .iter()
            .flat_map(|segment| segment.open.iter().map(move |row| (segment, row)))
            .filter(|(segment, row)| match part.scope {
                Scope::Whole => true,
                Scope::Segment(id) => segment.id == id,
                Scope::Source(source) => row.source == source,
            })
            .flat_map(|(segment, row)| closings(plan, segment, row))
            .collect();
        let all_open = open.iter().map(|(_, amount)| amount).sum::<f64>().max(scale);
        for (index, outcome) in months.iter().enumerate() {
            let begins = outcome.month.first_day().day_number();
            let ends = begins + outcome.month.days() - 1;
            let close = |got: f64, wanted: f64, scale: f64, what: &str| {
                let (scope, month) = (part.scope, outcome.month);
                assert!(
                    (got - wanted).abs() <= 1e-9 * scale,
                    "{what} of {scope:?} in {month}: got {got}, wanted {wanted}"
                );
            };
            let due = sum(lines.iter().map(|line| self.due(line, ends) - self.due(line, begins - 1)));
            close(outcome.due, due, scale, "due");
            let from_open = open
                .iter()
                .filter(|(day, _)| *day >= self.first && (begins..=ends).contains(day))
                .map(|(_, amount)| amount)
                .sum();
            close(outcome.from_open, from_open, all_open, "from open");
            for stage in 0..part.stages.len() {
                // Nothing is asked for in the past; what is overdue is asked for in the as-of date's month.
                let by = |day: i32| sum(lines.iter().map(|line| self.entries(line, stage, day)));
                let before = if index == 0 || begins <= self.today { 0.0 } else { by(begins - 1) };
                let wanted = if ends < self.today { 0.0 } else { by(ends) - before };
                close(outcome.entries[stage], wanted, by(self.last).max(1e-6), "entries");
            }
            // What enters from today on does not land before its days have passed.
            let landed = |day: i32| {
                let is_there = |line: &&&OracleLine| day >= self.today + line.days(line.entry);
                sum(lines.iter().filter(is_there).map(|line| self.still(line, day)))
            };
            close(outcome.from_new, landed(ends) - landed(begins - 1), scale, "from new");
        }
        let from_new = sum(months.iter().map(|month| month.from_new));
        let wanted = part.togo - part.lost;
        assert!(
            (from_new - wanted).abs() <= 1e-9 * scale,
            "from new of {:?}: got {from_new}, wanted {wanted}",
            part.scope
        );
    }
}

fn check_all(plan: &Plan) {
    let outcome = evaluated(plan);
    let oracle = oracle(plan);
    for part in &outcome.parts {
        oracle.check(part);
    }
    assert_eq!(oracle.targets.len(), plan.segments.len());
}

/// Two markets, three sources, one of which enters at the second stage with a price and days of its own; booked and open.
fn rich(as_of: &str) -> Plan {
    let mut plan = plan_of(3_000_000, 12_000, &[(30, 21), (40, 35), (25, 60)], "2027-01", 12, as_of);
    let second = Segment::new(plan.new_id(), "South");
    plan.segments.push(second);
    plan.segments[0].goal = SegmentGoal::Share(percent(65));
    plan.segments[1].goal = SegmentGoal::Share(percent(35));
    plan.segments[1].own.asp = Some(money(8_000));
    plan.segments[1].own.steps =
        vec![OwnStep { from: plan.stages[2].id, rate: Some((percent(20), Basis::Measured)), days: Some(days(45)) }];
    plan.sources[0].share = percent(50);
    plan.sources[2].share = percent(30);
    plan.sources[2].entry = Some(plan.stages[1].id);
    plan.sources[2].own.asp = Some(money(30_000));
    plan.sources[2].own.steps = vec![OwnStep { from: plan.stages[2].id, rate: None, days: Some(days(120)) }];
    plan.sources[3].share = percent(20);
    plan.segments[1].shares = Some([percent(70), Rate::ZERO, percent(10), percent(20), Rate::ZERO]);
    plan
}

fn with_progress(mut plan: Plan) -> Plan {
    let rows = [
        open(&plan, 2, Source::Marketing, 40, Some(600_000), None),
        open(&plan, 2, Source::Sellers, 12, None, Some(70)),
        open(&plan, 2, Source::Marketing, 9, Some(90_000), Some(500)),
        open(&plan, 1, Source::Partners, 33, None, Some(50)),
        open(&plan, 0, Source::Marketing, 400, None, Some(3)),
    ];
    plan.segments[0].open = rows.to_vec();
    plan.segments[1].open = vec![open(&plan, 1, Source::Sellers, 25, None, None)];
    plan.segments[0].booked = money(300_000);
    plan.segments[1].booked = money(111_111);
    plan.timing.stale_rate = percent(3);
    plan
}

#[test]
fn the_oracle_agrees_before_the_period() {
    check_all(&plain());
    check_all(&rich("2026-06-15"));
    check_all(&rich("2026-12-20"));
}

#[test]
fn the_oracle_agrees_within_the_period_with_what_is_booked_and_open() {
    check_all(&with_progress(rich("2026-11-03")));
    check_all(&with_progress(rich("2027-02-10")));
    check_all(&with_progress(rich("2027-07-31")));
}

#[test]
fn the_oracle_agrees_at_the_end() {
    check_all(&with_progress(rich("2027-10-15")));
    check_all(&with_progress(rich("2027-12-31")));
}

#[test]
fn the_oracle_agrees_on_weights_and_the_next_period() {
    for profile in Profile::ALL {
        for start in ["2027-01", "2027-05"] {
            let mut plan = with_progress(rich("2027-06-10"));
            plan.period = Period { start: month(start), months: 14 };
            plan.timing.fiscal_start = 2;
            plan.timing.profile = profile;
            plan.timing.weights = [1.0, 0.5, 2.0, 0.0, 3.0, 1.25, 0.1].map(factor).to_vec();
            check_all(&plan);
            plan.timing.next_target = Some(money(9_000_000));
            check_all(&plan);
            plan.timing.next_target = Some(Money::ZERO);
            check_all(&plan);
        }
    }
}

prop_compose! {
    fn rows()(stage in 0_usize..3, source in 0_usize..5, count in 0_u64..300, amount in prop::option::of(0_u32..900_000), age in prop::option::of(0_u16..250))
        -> (usize, usize, u64, Option<u32>, Option<u16>) { (stage, source, count, amount, age) }
}

prop_compose! {
    /// Without spread, circle and season of rates, but with everything else.
    fn plans()(
        steps in prop::collection::vec((1_u8..=100, 0_u16..200), 3),
        own in prop::collection::vec((prop::option::of(1_u32..90_000), prop::option::of((1_u8..=100, 0_u16..300)), 0_usize..3), 4),
        split in 1_u8..100,
        amount in prop::option::of(0_u32..5_000_000),
        cuts in (0_u8..=50, 0_u8..=50),
        entry in 0_usize..3,
        when in (0_u16..24, 1_u8..=36, 0_i32..1100),
        profile in 0_usize..4,
        weights in prop::collection::vec(0_u32..3_000_000, 0..14),
        next in prop::option::of(0_u32..9_000_000),
        booked in (0_u32..2_000_000, 0_u32..2_000_000),
        open_rows in prop::collection::vec(rows(), 0..6),
        stale in 0_u8..=100,
        fiscal in 1_u8..=12,
    ) -> Plan {
        let mut plan = plan_of(3_000_000, 12_000, &steps, "2027-01", when.1, "2026-06-01");
        plan.period.start = month("2026-01").plus_months(when.0);
        plan.as_of = date("2025-06-01").plus_days(when.2);
        let second = Segment::new(plan.new_id(), "South");
        plan.segments.push(second);
        plan.segments[0].goal = SegmentGoal::Share(percent(split));
        plan.segments[1].goal = amount.map_or(SegmentGoal::Share(percent(100 - split)), |amount| SegmentGoal::Amount(money(amount)));
        plan.sources[0].share = percent(100 - cuts.0 - cuts.1);
        plan.sources[2].share = percent(cuts.0);
        plan.sources[4].share = percent(cuts.1);
        plan.sources[2].entry = Some(plan.stages[entry].id);
        let stages = plan.stages.clone();
        let mut owns = own.into_iter().map(|(asp, step, stage)| Own {
            asp: asp.map(money),
            steps: step.map(|(rate, length)| OwnStep { from: stages[stage].id, rate: Some((percent(rate), Basis::Guess)), days: Some(days(length)) }).into_iter().collect(),
        });
        plan.segments[0].own = owns.next().unwrap();
        plan.segments[1].own = owns.next().unwrap();
        plan.sources[2].own = owns.next().unwrap();
        plan.sources[4].own = owns.next().unwrap();
        plan.segments[0].booked = money(booked.0);
        plan.segments[1].booked = money(booked.1);
        for (index, (stage, source, count, amount, age)) in open_rows.into_iter().enumerate() {
            let row = open(&plan, stage, Source::ALL[source], count, amount, age);
            plan.segments[index % 2].open.push(row);
        }
        plan.timing.profile = Profile::ALL[profile];
        plan.timing.weights = weights.into_iter().map(|weight| Factor::from_millionths(weight).unwrap()).collect();
        plan.timing.next_target = next.map(money);
        plan.timing.stale_rate = percent(stale);
        plan.timing.fiscal_start = fiscal;
        plan
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, max_shrink_iters: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_oracle_agrees_on_any_plan(plan in plans()) {
        check_all(&plan);
    }
}

// --------------------------------------------------------------------------------------------------- figures by hand

#[test]
fn a_steady_year_by_hand() {
    // 120 deals; 480 opportunities; 2,400 leads. L = 90 and 60 days. 2027 has no leap day.
    let outcome = evaluated(&plain());
    let whole = outcome.whole();
    for (stage, wanted) in [2_400.0, 480.0, 120.0].into_iter().enumerate() {
        need(whole.stages[stage].carried, wanted);
    }
    // Leads: from 2026-10-03 (90 days before 1 January: Oct 29 + Nov 30 + Dec 31) to 2027-10-02 (365 days in all).
    let leads = &whole.stages[0];
    let window = leads.window.unwrap();
    assert_eq!((window.from, window.to), (date("2026-10-03"), date("2027-10-02")));
    assert_eq!(leads.last_useful, date("2027-10-02"));
    need(leads.pace.unwrap(), 2_400.0 / (365.0 / 30.4375));
    // October 2026: the 29 days from the 3rd to the 31st are won on 1 to 29 January: 29/31 of 10 deals, 20 leads each.
    same(month_of(whole, "2026-10").entries[0], 29.0 / 31.0 * 200.0);
    // November 2026: won on 30 January to 28 February: 2/31 + 28/28 of a month's.
    same(month_of(whole, "2026-11").entries[0], (2.0 / 31.0 + 1.0) * 200.0);
    // December 2026 at the opportunity: won on 30 January (60 days after 1 December) to 1 March.
    same(month_of(whole, "2026-12").entries[1], (2.0 / 31.0 + 1.0 + 1.0 / 31.0) * 40.0);
    assert_eq!((whole.behind, whole.lost, whole.first_short), (0.0, 0.0, None));
    assert_eq!(leads.overdue, 0.0);
}

#[test]
fn behind_and_lost_by_hand() {
    // On 11 December a lead is won on 11 March: what is due up to 10 March is behind. 10 + 10 + 10 × 10/31 deals.
    let mut plan = plain();
    plan.as_of = date("2026-12-11");
    let outcome = evaluated(&plan);
    let behind = (20.0 + 100.0 / 31.0) * 10_000.0;
    same(outcome.whole().behind, behind);
    assert_eq!(outcome.whole().lost, 0.0);
    assert_eq!(outcome.whole().first_short, Some(month("2027-01")));
    // Leads that should have entered by 10 December: those won by 10 March.
    same(outcome.whole().stages[0].overdue, (20.0 + 100.0 / 31.0) * 20.0);
    // 50 opportunities of unknown age bring 12.5 deals over the next 60 days: evenly on 11 December to 8 February; what closes
    // before 1 January is not this period's (21 of 60 days).
    plan.segments[0].open = vec![open(&plan, 1, Source::Marketing, 50, None, None)];
    let outcome = evaluated(&plan);
    same(outcome.whole().behind, behind - 12.5 * 39.0 / 60.0 * 10_000.0);
    same(outcome.whole().progress.expected, 12.5 * 39.0 / 60.0 * 10_000.0);
    // On 3 October 2027 no lead can be won by 31 December any more; on the 2nd it can.
    plan.segments[0].open.clear();
    plan.as_of = date("2027-10-02");
    assert_eq!(evaluated(&plan).whole().lost, 0.0);
    plan.as_of = date("2027-10-03");
    plan.segments[0].booked = money(900_000);
    let outcome = evaluated(&plan);
    same(outcome.whole().lost, 300_000.0);
    same(outcome.whole().behind, 300_000.0);
    assert_eq!(outcome.whole().first_short, Some(month("2027-10")));
    assert_eq!(outcome.whole().stages[0].window, None);
    assert_eq!(outcome.whole().stages[0].pace, None);
}

#[test]
fn nothing_is_behind_when_what_is_open_is_what_should_be() {
    // July and August are of one length, so that demand is even within each step. On 1 July: opportunities for 31 July to
    // 20 August (20 days) and leads (10 days) behind them.
    let mut plan = plan_of(620_000, 1_000, &[(50, 10), (50, 20)], "2027-07", 2, "2027-07-01");
    let outcome = evaluated(&plan);
    // 10 deals a day.
    same(outcome.whole().stages[0].should_be_open, 10.0 * 10.0 * 4.0);
    same(outcome.whole().stages[1].should_be_open, 20.0 * 10.0 * 2.0);
    let should: Vec<u64> = outcome.whole().stages.iter().map(|stage| stage.should_be_open.round() as u64).collect();
    plan.segments[0].open = vec![
        open(&plan, 0, Source::Marketing, should[0], None, None),
        open(&plan, 1, Source::Marketing, should[1], None, None),
    ];
    let outcome = evaluated(&plan);
    assert!(outcome.whole().behind < 1e-6, "{}", outcome.whole().behind);
    same(outcome.whole().togo, 320_000.0);
    assert!(outcome.whole().stages[0].overdue < 1e-9);
}

#[test]
fn stale_and_late_opportunities() {
    let mut plan = plain();
    plan.as_of = date("2027-03-01");
    plan.timing.stale_rate = percent(4);
    for (age, expected) in [(0, 2.5), (60, 2.5), (61, 2.5), (120, 2.5), (121, 0.4), (900, 0.4)] {
        plan.segments[0].open = vec![open(&plan, 1, Source::Marketing, 10, None, Some(age))];
        let outcome = evaluated(&plan);
        same(outcome.whole().progress.expected, expected * 10_000.0);
        let left = u16::saturating_sub(60, age);
        let lands = plan.as_of.plus_days(left.into()).month().unwrap();
        same(month_of(outcome.whole(), &lands.to_string()).from_open, expected * 10_000.0);
    }
}

#[test]
fn quarters_are_split_over_the_months_that_the_period_has_of_them() {
    // March alone, then April to June, July alone; weights 1, 1, 2: a quarter of the target, a quarter, a half.
    let mut plan = plan_of(1_200_000, 10_000, &[(50, 0)], "2027-03", 5, "2027-01-01");
    plan.timing.profile = Profile::Quarters;
    plan.timing.weights = [1.0, 1.0, 2.0].map(factor).to_vec();
    let outcome = evaluated(&plan);
    for (month, due) in [("2027-03", 3e5), ("2027-04", 1e5), ("2027-05", 1e5), ("2027-06", 1e5), ("2027-07", 6e5)] {
        same(month_of(outcome.whole(), month).due, due);
    }
}

// ------------------------------------------------------------------------------------- where time meets the as-of date

#[test]
fn what_enters_from_today_on_does_not_land_before_its_days_have_passed() {
    // On 1 July, with 600,000 booked, leads need 90 days: they are won from 29 September on. What is due before is behind and
    // lands late or never; nothing new can be expected in the past, nor in July and August.
    let mut plan = plain();
    plan.as_of = date("2027-07-01");
    plan.segments[0].booked = money(400_000);
    let outcome = evaluated(&plan);
    assert!(outcome.whole().behind > 0.0);
    for month in ["2027-01", "2027-05", "2027-06", "2027-07", "2027-08"] {
        same(month_of(outcome.whole(), month).from_new, 0.0);
    }
    same(sum(outcome.whole().months.iter().map(|month| month.from_new)), 800_000.0);
}

#[test]
fn what_is_lost_is_not_expected() {
    let mut plan = plain();
    plan.as_of = date("2027-11-01");
    plan.segments[0].booked = money(900_000);
    let outcome = evaluated(&plan);
    same(outcome.whole().lost, 300_000.0);
    same(sum(outcome.whole().months.iter().map(|month| month.from_new)), 0.0);
}

#[test]
fn nothing_is_asked_for_in_the_past() {
    let mut plan = plain();
    plan.as_of = date("2027-07-01");
    plan.segments[0].booked = money(400_000);
    let outcome = evaluated(&plan);
    let before = outcome.whole().months.iter().filter(|outcome| outcome.month < month("2027-07"));
    same(sum(before.map(|month| month.entries[0])), 0.0);
    // July: what is overdue, and July's own: all that must be won by 29 October (31 July + 90 days).
    let by_october = 900_000.0 + 100_000.0 * 29.0 / 31.0 - 400_000.0;
    same(month_of(outcome.whole(), "2027-07").entries[0], by_october / 500.0);
}

// ------------------------------------------------------------------------------------------- what cannot be reached

#[test]
fn a_target_stays_a_target_when_a_deal_brings_nothing() {
    let mut plan = plain();
    plan.base.asp = Money::ZERO;
    let whole = evaluated(&plan).whole().clone();
    same(whole.target, 1_200_000.0);
    same(whole.togo, 1_200_000.0);
    assert!(matches!(whole.stages[0].carried, Need::OutOfReach(_)));
    same(whole.lost, 1_200_000.0);
    same(sum(whole.months.iter().map(|month| month.due)), 1_200_000.0);
}

#[test]
fn nothing_is_expected_of_entries_that_nobody_can_make() {
    let mut plan = plain();
    plan.base.steps[1].rate = Rate::ZERO;
    let whole = evaluated(&plan).whole().clone();
    same(whole.target, 1_200_000.0);
    same(sum(whole.months.iter().map(|month| month.from_new)), 0.0);
    same(whole.lost, 1_200_000.0);
    assert!(matches!(whole.stages[0].pace, None | Some(Need::OutOfReach(_))));
}

// ------------------------------------------------------------------------------------------------ rates by the season

#[test]
fn a_season_of_rates_by_hand() {
    // No days. January closes half as well: 25 % × 0.5; June twice as well: 50 %. 10 deals each.
    let mut plan = plan_of(1_200_000, 10_000, &[(20, 0), (25, 0)], "2027-01", 12, "2026-06-01");
    plan.timing.rate_season = [0.5, 1.0, 1.0, 1.0, 1.0, 2.0].map(factor).to_vec();
    let whole = evaluated(&plan).whole().clone();
    same(month_of(&whole, "2027-01").entries[1], 80.0);
    same(month_of(&whole, "2027-02").entries[1], 40.0);
    same(month_of(&whole, "2027-06").entries[1], 20.0);
    same(month_of(&whole, "2027-01").entries[0], 400.0);
    // What is won is what is due: a season of rates changes what must enter, not what is won.
    same(month_of(&whole, "2027-01").entries[2], 10.0);
    same(month_of(&whole, "2027-06").entries[2], 10.0);
    // The need of the period is the sum of its months.
    let entered = sum(whole.months.iter().map(|month| month.entries[1]));
    same(entered, 80.0 + 10.0 * 40.0 + 20.0);
    need(whole.stages[1].carried, entered);
    need(whole.stages[0].carried, entered * 5.0);
}

#[test]
fn a_season_never_closes_more_than_all() {
    let mut plan = plan_of(1_200_000, 10_000, &[(80, 0)], "2027-01", 12, "2026-06-01");
    plan.timing.rate_season = vec![factor(2.0)];
    // 80 % twice over is all of them: 10 leads for 10 deals, not 6.25.
    same(month_of(evaluated(&plan).whole(), "2027-01").entries[0], 10.0);
}

#[test]
fn a_season_counts_for_what_is_open() {
    let mut plan = plan_of(1_200_000, 10_000, &[(20, 0), (25, 20)], "2027-01", 12, "2027-01-01");
    plan.timing.rate_season = vec![factor(0.5)];
    plan.segments[0].open = vec![open(&plan, 1, Source::Marketing, 80, None, Some(10))];
    same(month_of(evaluated(&plan).whole(), "2027-01").from_open, 80.0 * 0.125 * 10_000.0);
}

#[test]
fn a_month_that_closes_nothing_is_out_of_reach() {
    let mut plan = plan_of(1_200_000, 10_000, &[(20, 0), (25, 0)], "2027-01", 12, "2026-06-01");
    plan.timing.rate_season = vec![factor(0.0)];
    // Nothing is ever closed in January: no figure of leads brings what is due in it, and ten deals' worth is not to be had then.
    let whole = evaluated(&plan).whole().clone();
    let january = month_of(&whole, "2027-01");
    assert!(
        january.from_new == 0.0,
        "January brings {} from {} leads at a rate of zero",
        january.from_new,
        january.entries[0]
    );
    same(whole.lost, 100_000.0);
    same(whole.togo, 1_200_000.0);
    same(sum(whole.months.iter().map(|month| month.from_new)), 1_100_000.0);
    need(whole.stages[0].carried, 2_200.0);
    // Where nothing is ever closed, nothing helps.
    plan.timing.rate_season = vec![factor(0.0); 12];
    let whole = evaluated(&plan).whole().clone();
    assert!(matches!(whole.stages[0].carried, Need::OutOfReach(_)));
    same(whole.lost, 1_200_000.0);
}

#[test]
fn a_season_asks_for_more_to_be_open() {
    // July closes half as well: what should be open on 1 July for it is twice as many, for August as many.
    let mut plan = plan_of(620_000, 1_000, &[(50, 10), (50, 20)], "2027-07", 2, "2027-07-01");
    plan.timing.rate_season = vec![Factor::ONE; 6];
    plan.timing.rate_season.push(factor(0.5));
    let whole = evaluated(&plan).whole().clone();
    same(whole.stages[1].should_be_open, 20.0 * 10.0 * 4.0);
    // Leads are those of 21 to 30 July.
    same(whole.stages[0].should_be_open, 10.0 * 10.0 * 8.0);
}

// ---------------------------------------------------------------------------------------------------------- rounding

#[test]
fn fifty_seven_through_fifty_seven_percent_is_a_hundred() {
    let mut plan = plan_of(57_000, 1_000, &[(57, 10)], "2027-01", 12, "2026-06-01");
    plan.rounding = Rounding::CeilEachStage;
    need(evaluated(&plan).whole().stages[0].volume, 100.0);
    // The same 57, of 100 that were due, after 43 are booked.
    plan.target = money(100_000);
    plan.segments[0].booked = money(43_000);
    let outcome = evaluated(&plan);
    need(outcome.whole().stages[1].volume, 57.0);
    need(outcome.whole().stages[0].volume, 100.0);
}

#[test]
fn each_line_is_rounded_and_the_whole_is_their_sum() {
    // 10 deals in two segments of 5, two sources each: 2.5 wins become 3, at 30 % 10 (3 ÷ 0.3); four lines.
    let mut plan = plan_of(10_000, 1_000, &[(30, 0)], "2027-01", 12, "2026-06-01");
    plan.rounding = Rounding::CeilEachStage;
    let second = Segment::new(plan.new_id(), "South");
    plan.segments.push(second);
    for segment in &mut plan.segments {
        segment.goal = SegmentGoal::Share(percent(50));
    }
    plan.sources[0].share = percent(50);
    plan.sources[1].share = percent(50);
    let outcome = evaluated(&plan);
    need(outcome.whole().stages[1].volume, 12.0);
    need(outcome.whole().stages[0].volume, 40.0);
    need(outcome.whole().stages[0].carried, 10.0 / 0.3);
    for part in &outcome.parts[1..] {
        need(part.stages[0].volume, 20.0);
    }
    plan.rounding = Rounding::RoundEachStage;
    need(evaluated(&plan).whole().stages[0].volume, 40.0);
}

#[test]
fn rounding_is_on_exact_integers_with_progress_too() {
    // 2,000,000,001 at one each, 1,000 booked: 1,999,999,001 deals, to the deal.
    let mut plan = plan_of(2_000_000_001, 1, &[(100, 0)], "2027-01", 12, "2026-06-01");
    plan.rounding = Rounding::CeilEachStage;
    plan.segments[0].booked = money(1_000);
    need_exactly(evaluated(&plan).whole().stages[1].volume, 1_999_999_001.0);
}

#[track_caller]
fn need_exactly(got: Need, wanted: f64) {
    assert_eq!(got, Need::Of(wanted));
}

// --------------------------------------------------------------------------------------------------------- the circle

/// Lost opportunities come back as opportunities: ρ = 50 %, of the 75 % that are lost.
fn circle(after: u16) -> Plan {
    let mut plan = plain();
    let stage = plan.stages[1].id;
    plan.circle =
        Circle { recycled: percent(50), recycled_after: days(after), recycled_to: Some(stage), ..Circle::default() };
    plan
}

#[test]
fn in_the_funnel_the_need_from_outside_is_the_plain_one_less_what_comes_back() {
    let plan = circle(0);
    let whole = evaluated(&plan).whole().clone();
    same(whole.comes_back, 0.375);
    need(whole.stages[1].carried, 480.0 * 0.625);
    need(whole.stages[0].carried, 2_400.0 * 0.625);
    let mut plan = plain();
    plan.circle.referrals = factor(0.5);
    plan.circle.referred_to = Some(plan.stages[1].id);
    // Half a lead per customer, entering as an opportunity: a quarter of them is won.
    same(evaluated(&plan).whole().comes_back, 0.125);
    need(evaluated(&plan).whole().stages[1].carried, 480.0 * 0.875);
}

/// X(d) and V(d): what must be won by the end of a day from outside, when what comes back late does not count, and what that wins
/// with what comes back. Day by day; of what should have landed before anything new can, nothing comes back.
fn outside(plan: &Plan) -> (Vec<f64>, Vec<f64>) {
    let oracle = oracle(plan);
    let line = &oracle.lines[0];
    let last = line.steps.len() - 1;
    let close = line.steps[last].rate.fraction();
    let at = |stage: Option<ItemId>| plan.stages.iter().position(|known| Some(known.id) == stage).unwrap_or(0);
    let (to, referred) = (at(plan.circle.recycled_to), at(plan.circle.referred_to));
    // Per win on a day, wins from what was lost on that day: lost when it would have been won.
    let ways = [
        (
            (1.0 - close) / close * plan.circle.recycled.fraction() * line.rate(to),
            i32::from(plan.circle.recycled_after.get()) + line.days(to),
        ),
        (
            plan.circle.referrals.times() * line.rate(referred),
            i32::from(plan.circle.referred_after.get()) + line.days(referred),
        ),
    ];
    let still = &oracle.still[0];
    let since = oracle.today + line.days(0) - (oracle.first - 1);
    let (mut all, mut from_outside) = (Vec::<f64>::new(), Vec::<f64>::new());
    for (day, still) in still.iter().enumerate() {
        let back: f64 = ways
            .iter()
            .map(|(share, late)| {
                assert!(*late > 0);
                let from = usize::try_from(*late).ok().and_then(|late| day.checked_sub(late));
                from.filter(|day| i32::try_from(*day).unwrap() >= since).map_or(0.0, |day| share * all[day])
            })
            .sum();
        let outside = (still - back).max(from_outside.last().copied().unwrap_or(0.0));
        from_outside.push(outside);
        all.push(outside + back);
    }
    (from_outside, all)
}

#[test]
fn in_the_calendar_only_what_returns_in_time_counts() {
    for plan in [circle(0), circle(90), circle(3000)] {
        let (wanted, _) = outside(&plan);
        let whole = evaluated(&plan).whole().clone();
        let line = &oracle(&plan).lines[0];
        let first = plan.period.first_day().day_number();
        let by =
            |day: i32| usize::try_from(day - first + 1).map_or(0.0, |index| wanted[index]) / 10_000.0 / line.rate(0);
        for outcome in &whole.months {
            let begins = outcome.month.first_day().day_number() + 90;
            same(outcome.entries[0], by(begins + outcome.month.days() - 1) - by(begins - 1));
        }
    }
}

#[test]
fn what_comes_back_of_what_came_too_late_comes_back_later() {
    for after in [0, 45] {
        let mut plan = circle(after);
        plan.as_of = date("2027-04-10");
        plan.circle.referrals = factor(0.4);
        plan.circle.recycled_as = Source::Partners;
        let (wanted, all) = outside(&plan);
        let outcome = evaluated(&plan);
        let line = &oracle(&plan).lines[0];
        let first = plan.period.first_day().day_number();
        let at = |curve: &[f64], day: i32| usize::try_from(day - first + 1).map_or(0.0, |index| curve[index]);
        let today = plan.as_of.day_number();
        for (index, outcome) in outcome.whole().months.iter().enumerate() {
            let (begins, ends) = (
                outcome.month.first_day().day_number(),
                outcome.month.first_day().day_number() + outcome.month.days() - 1,
            );
            let by = |day: i32| if day < today { 0.0 } else { at(&wanted, day + 90) / 10_000.0 / line.rate(0) };
            same(outcome.entries[0], by(ends) - by(begins - 1));
            let landed = |day: i32| if day < today + 90 { 0.0 } else { at(&all, day) };
            same(outcome.from_new, landed(ends) - landed(begins - 1));
            let of = |source: Source| evaluated(&plan).part(Scope::Source(source)).months[index].from_new;
            same(outcome.from_new, of(Source::Marketing) + of(Source::Partners));
        }
    }
}

#[test]
fn what_comes_back_after_ten_years_saves_nothing_in_this_one() {
    let late = evaluated(&circle(3_650));
    let plain = evaluated(&plain());
    for (late, plain) in late.whole().months.iter().zip(&plain.whole().months) {
        same(late.entries[0], plain.entries[0]);
    }
}

#[test]
fn what_comes_back_is_counted_under_its_source() {
    // Marketing creates everything; what is recycled is named the sellers'.
    let mut plan = circle(0);
    plan.circle.recycled_as = Source::Sellers;
    let outcome = evaluated(&plan);
    let is_there = outcome.parts.iter().any(|part| part.scope == Scope::Source(Source::Sellers));
    assert!(is_there, "the sellers bring what comes back, and are not told so");
    // In steady state 37.5 % of 120 deals; nothing of that must enter anywhere.
    let sellers = outcome.part(Scope::Source(Source::Sellers));
    same(sellers.target, 450_000.0);
    need(sellers.stages[2].carried, 45.0);
    need(sellers.stages[0].carried, 0.0);
    let marketing = outcome.part(Scope::Source(Source::Marketing));
    same(marketing.target, 750_000.0);
    need(marketing.stages[0].carried, 1_500.0);
    same(marketing.stages[0].value_each, 500.0);
    let named: Vec<(Source, f64)> =
        outcome.whole().sources.iter().map(|source| (source.source, source.bookings)).collect();
    assert_eq!(named, [(Source::Marketing, 750_000.0), (Source::Sellers, 450_000.0)]);
    // In the calendar what is lost in January comes back, and is won, 60 days later.
    let from_new = |text: &str| (month_of(marketing, text).from_new, month_of(sellers, text).from_new);
    same(from_new("2027-01").0, 100_000.0);
    same(from_new("2027-01").1, 0.0);
    same(from_new("2027-02").1, 0.0);
    same(from_new("2027-03").1, 100_000.0 * 30.0 / 31.0 * 0.375);
}

#[test]
fn what_one_lead_brings_agrees_with_the_wins_it_brings() {
    let mut plan = circle(0);
    plan.stages[0].available = Count::new(2_400);
    let whole = evaluated(&plan).whole().clone();
    let forward = whole.stages[0].forward.unwrap();
    same(forward.revenue, forward.wins * 10_000.0);
    // What is needed brings the target.
    plan.stages[0].available = Count::new(1_500);
    same(evaluated(&plan).whole().stages[0].forward.unwrap().revenue, 1_200_000.0);
}

// ---------------------------------------------------------------------------------------------------------- retention

#[test]
fn run_rate_targets_by_hand() {
    let mut plan = plain();
    plan.revenue.kind = TargetKind::TotalRevenue;
    plan.target = money(10_000_000);
    plan.revenue.opening = money(8_000_000);
    plan.revenue.nrr = factor(1.05);
    plan.revenue.grr = percent(90);
    let outcome = evaluated(&plan);
    same(outcome.goal.new_business.major(), 1_600_000.0);
    same(outcome.goal.grown, 8_000_000.0 * 0.15);
    same(outcome.whole().target, 1_600_000.0);
    plan.revenue.kind = TargetKind::NetNew;
    plan.target = money(2_000_000);
    same(evaluated(&plan).goal.new_business.major(), 1_600_000.0);
    plan.period.months = 18;
    same(
        evaluated(&plan).goal.new_business.major(),
        (10_000_000.0 - 8_000_000.0 * 1.05_f64.powf(1.5)).mul_add(1000.0, 0.0).round() / 1000.0,
    );
}

#[test]
fn the_next_period_goes_on_when_this_one_needs_nothing() {
    // Existing customers reach this target alone; the next period is to bring 1,200,000 of new business: leads are needed for it
    // from October on.
    let mut plan = plain();
    plan.target = Money::ZERO;
    plan.timing.next_target = Some(money(1_200_000));
    let whole = evaluated(&plan).whole().clone();
    let entered = sum(whole.months.iter().map(|month| month.entries[0]));
    // By 31 December 2027 the leads for 1 January to 30 March 2028 (a leap year: 31 + 29 + 30 of 31 days).
    same(entered, (2.0 + 30.0 / 31.0) * 200.0);
}

// ------------------------------------------------------------------------------------------------------------- spread

/// xorshift64*, seeded.
struct Random(u64);

impl Random {
    fn uniform(&mut self) -> f64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn normal(&mut self) -> f64 {
        let (one, two) = (self.uniform().max(1e-300), self.uniform());
        (-2.0 * one.ln()).sqrt() * (std::f64::consts::TAU * two).cos()
    }

    /// Marsaglia and Tsang (2000).
    fn gamma(&mut self, shape: f64) -> f64 {
        if shape < 1.0 {
            let boost = self.uniform().max(1e-300).powf(1.0 / shape);
            return self.gamma(shape + 1.0) * boost;
        }
        let d = shape - 1.0 / 3.0;
        let c = 1.0 / (9.0 * d).sqrt();
        loop {
            let x = self.normal();
            let v = (1.0 + c * x).powi(3);
            if v > 0.0 && self.uniform().max(1e-300).ln() < 0.5 * x * x + d - d * v + d * v.ln() {
                return d * v;
            }
        }
    }

    fn days(&mut self, mean: f64, deviation: f64) -> f64 {
        let shape = (mean / deviation).powi(2);
        self.gamma(shape) * deviation * deviation / mean
    }
}

const DRAWS: u32 = 400_000;

fn spread_plan(spread: f64) -> Plan {
    let mut plan = plain();
    plan.timing.spread = factor(spread);
    plan.timing.next_target = Some(Money::ZERO);
    plan
}

/// Mean and deviation from the first stage to won.
fn mean_and_deviation(plan: &Plan) -> (f64, f64) {
    let days: Vec<f64> = plan.base.steps.iter().map(|step| f64::from(step.days.get())).collect();
    let squares: f64 = days.iter().map(|days| days * days).sum();
    // Spread further than that, a longer step could have a later last useful date; so could one on a share near all or near none.
    (days.iter().sum(), plan.timing.spread.min(limits::SPREAD_MOST).times() * squares.sqrt())
}

/// Where wins land (per month of the period), what lands before it and what after, when leads come as the months ask, evenly in
/// each from the as-of date on; `of` says how much of a month's leads is asked about.
fn simulated(plan: &Plan, part: &Part, of: impl Fn(Month) -> f64) -> (Vec<f64>, f64, f64) {
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    let (mean, deviation) = mean_and_deviation(plan);
    let rate: f64 = plan.base.steps.iter().map(|step| step.rate.fraction()).product();
    let starts: Vec<f64> = (0..=plan.period.months)
        .map(|later| f64::from(plan.period.start.plus_months(later.into()).first_day().day_number()))
        .collect();
    let mut lands = vec![0.0; usize::from(plan.period.months)];
    let (mut before, mut after) = (0.0, 0.0);
    for outcome in part.months.iter().filter(|outcome| outcome.entries[0] > 0.0) {
        let begins = f64::from(outcome.month.first_day().day_number().max(plan.as_of.day_number()));
        let ends = f64::from(outcome.month.plus_months(1).first_day().day_number());
        let each = outcome.entries[0] * of(outcome.month) * rate * plan.base.asp.major() / f64::from(DRAWS);
        for _ in 0..DRAWS {
            let won = begins + (ends - begins) * random.uniform() + random.days(mean, deviation);
            match starts.iter().rposition(|start| won >= *start) {
                None => before += each,
                Some(month) if month >= lands.len() => after += each,
                Some(month) => lands[month] += each,
            }
        }
    }
    (lands, before, after)
}

#[test]
fn what_lands_each_month_is_what_a_simulation_lands() {
    for (spread, as_of) in [(0.3, "2026-06-01"), (0.5, "2026-10-20"), (1.0, "2026-12-11")] {
        let mut plan = spread_plan(spread);
        plan.as_of = date(as_of);
        let whole = evaluated(&plan).whole().clone();
        let (lands, before, after) = simulated(&plan, &whole, |_| 1.0);
        for (later, wanted) in lands.iter().enumerate() {
            let month = plan.period.start.plus_months(later as u16);
            let got = month_of(&whole, &month.to_string()).from_new;
            assert!((got - wanted).abs() < 1_500.0, "spread {spread}, {month}: got {got}, simulated {wanted}");
        }
        same((lands.iter().sum::<f64>() + before + after) / 1e3, 1_200.0);
    }
}

#[test]
fn what_falls_behind_the_end_is_what_a_simulation_lands_after_it() {
    for (spread, as_of) in [(0.3, "2026-06-01"), (0.5, "2026-10-20"), (1.0, "2026-12-11")] {
        let mut plan = spread_plan(spread);
        // 92 days from 1 October to the end: leads for this period end with a month.
        plan.base.steps[0].days = days(32);
        plan.as_of = date(as_of);
        let whole = evaluated(&plan).whole().clone();
        let (_, before, after) = simulated(&plan, &whole, |_| 1.0);
        assert!(
            (whole.falls_behind - after).abs() < 1_500.0,
            "spread {spread}: after the end lands {after}, before the period {before}; falls behind {}",
            whole.falls_behind
        );
    }
}

#[test]
fn with_spread_nothing_new_lands_in_the_past() {
    let mut plan = plain();
    plan.as_of = date("2027-07-01");
    plan.segments[0].booked = money(400_000);
    plan.timing.spread = factor(0.5);
    let whole = evaluated(&plan).whole().clone();
    let past = whole.months.iter().filter(|outcome| outcome.month < month("2027-07"));
    same(sum(past.map(|outcome| outcome.from_new)), 0.0);
}

#[test]
fn what_falls_behind_does_not_depend_on_the_next_period() {
    // 92 days from 1 October to the end: leads for this period end with a month, and those of the next begin with one.
    let mut plan = spread_plan(0.5);
    plan.base.steps[0].days = days(32);
    let alone = evaluated(&plan).whole().falls_behind;
    plan.timing.next_target = None;
    let followed = evaluated(&plan).whole().falls_behind;
    assert!((alone - followed).abs() < 1.0, "{alone} alone, {followed} when followed by the same again");
}

#[test]
fn the_last_useful_date_is_that_of_the_declared_share() {
    let mut random = Random(7);
    for (spread, landing) in [
        (0.3, 80_u8),
        (0.5, 80),
        (1.0, 80),
        (0.5, 50),
        (0.5, 95),
        (1.5, 80),
        (1.5, 95),
        // Beyond the limits the nearest is worked with.
        (2.0, 80),
        (2.0, 95),
        (2.0, 99),
        (0.5, 10),
    ] {
        let mut plan = spread_plan(spread);
        plan.timing.landing = percent(landing);
        let (mean, deviation) = mean_and_deviation(&plan);
        let last = evaluated(&plan).whole().stages[0].last_useful;
        let left = f64::from(plan.period.last_day().days_since(last));
        let draws: Vec<f64> = (0..DRAWS).map(|_| random.days(mean, deviation)).collect();
        let within = |days: f64| draws.iter().filter(|took| **took <= days).count() as f64 / f64::from(DRAWS);
        let share = percent(landing).clamp(limits::LANDING_LEAST, limits::LANDING_MOST).fraction();
        assert!(within(left) >= share - 0.004, "spread {spread}, {landing} %: {left} days win {}", within(left));
        assert!(within(left - 1.0) <= share + 0.004, "spread {spread}, {landing} %: {left} days are too many");
    }
}

#[test]
fn sized_for_the_spread_what_is_expected_meets_the_target() {
    for with_open in [false, true] {
        let mut plan = spread_plan(0.5);
        plan.timing.next_target = None;
        plan.timing.sized_for_spread = true;
        plan.as_of = date("2026-10-01");
        if with_open {
            plan.segments[0].open = vec![open(&plan, 1, Source::Marketing, 60, None, Some(5))];
            plan.as_of = date("2026-12-01");
        }
        let whole = evaluated(&plan).whole().clone();
        let expected = sum(whole.months.iter().map(|month| month.from_new + month.from_open));
        assert!((expected - 1_200_000.0).abs() < 1.0, "expected {expected}; open: {with_open}");
        let (lands, _, _) = simulated(&plan, &whole, |_| 1.0);
        let landed = sum(lands.into_iter()) + whole.progress.expected;
        assert!((landed - 1_200_000.0).abs() < 3_000.0, "simulated {landed}; open: {with_open}");
    }
}

#[test]
fn hardly_any_spread_is_hardly_different_from_none() {
    // Nothing jumps when the spread goes to zero, but for days that are averaged within a month.
    let mut plan = plain();
    let none = evaluated(&plan).whole().clone();
    plan.timing.spread = factor(0.001);
    assert_eq!(evaluated(&plan).whole(), &none, "below the least that is worked with");
    plan.timing.spread = factor(0.01);
    let hardly = evaluated(&plan).whole().clone();
    assert!(hardly.falls_behind < 3_000.0, "{}", hardly.falls_behind);
    for (one, two) in none.months.iter().zip(&hardly.months) {
        assert!((one.from_new - two.from_new).abs() < 10_000.0, "{}: {} and {}", one.month, one.from_new, two.from_new);
    }
    for (one, two) in none.stages.iter().zip(&hardly.stages) {
        assert!(one.last_useful.days_since(two.last_useful).abs() <= 1);
    }
}

#[test]
fn hardly_any_spread_is_hardly_different_within_the_period() {
    let mut plan = plain();
    plan.as_of = date("2027-07-01");
    plan.segments[0].booked = money(600_000);
    let none = sum(evaluated(&plan).whole().months.iter().map(|month| month.from_new));
    plan.timing.spread = factor(0.01);
    let hardly = sum(evaluated(&plan).whole().months.iter().map(|month| month.from_new));
    assert!((none - hardly).abs() < 10_000.0, "{none} without, {hardly} with hardly any spread");
}

#[test]
fn hardly_any_spread_is_hardly_different_at_the_last_moment_and_with_what_comes_back() {
    // On 1 October two days are left for leads. A deviation of 0.67 days has 0.4 × 0.67 days' worth of them come too late: 13 %.
    let mut plan = circle(0);
    plan.segments[0].booked = money(600_000);
    for (as_of, within) in [("2027-10-01", 81_000.0), ("2027-06-01", 10_000.0), ("2026-09-01", 10_000.0)] {
        plan.as_of = date(as_of);
        plan.timing.spread = Factor::ZERO;
        let none = sum(evaluated(&plan).whole().months.iter().map(|month| month.from_new));
        plan.timing.spread = factor(0.01);
        let whole = evaluated(&plan).whole().clone();
        let hardly = sum(whole.months.iter().map(|month| month.from_new));
        assert!((none - hardly).abs() < within, "{as_of}: {none} without, {hardly} with hardly any spread");
        assert!(whole.falls_behind < within, "{as_of}: {}", whole.falls_behind);
    }
}

#[test]
fn owners_and_headline_are_not_the_calendars_business() {
    let mut plan = plain();
    let before = evaluated(&plan);
    plan.stages[0].owner = Owner::Sales;
    plan.headline = plan.stages[1].id;
    let after = evaluated(&plan);
    assert_eq!(before.whole().months, after.whole().months);
    same(before.whole().behind, after.whole().behind);
}
