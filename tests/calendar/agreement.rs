//! The engine agrees with the oracle, for every part of a plan.

use crate::figures::{evaluated, sum};
use crate::oracle::{Oracle, OracleLine, closings, oracle};
use crate::plans::{date, days, factor, money, month, open, percent, plain, plan_of, rich, with_progress};
use backcast::engine::Part;
use backcast::plan::{Basis, Own, OwnStep, Period, Plan, Profile, Scope, Segment, SegmentGoal, Source};
use backcast::units::{Date, Factor, Money};
use proptest::prelude::*;

impl Oracle<'_> {
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
