//! Properties of the engine that hold for every plan, under *carry* unless said otherwise.
#![allow(
    clippy::unwrap_used,
    clippy::float_cmp,
    reason = "a test that cannot go on ends there; equal means the same bits"
)]

use backcast::engine::{self, CloseRate, Need, Outcome};
use backcast::plan::{Lineage, Plan, Rounding, examples};
use backcast::units::{Count, Date, Days, Money, Rate};
use proptest::prelude::*;

prop_compose! {
    /// A plan of 2 to 10 stages with rates from a millionth to one and steps of up to a year, that speaks from a day before,
    /// within or after its period.
    fn plans()(
        target in 1_i64..=Money::MAX.thousandths(),
        asp in 1_i64..=1_000_000_000_000,
        steps in prop::collection::vec((1_u32..=1_000_000, 0_u16..=366), 1..=9),
        today in 15_000_i32..60_000,
        months in 1_u8..=36,
        into_period in -800_i32..1_500,
    ) -> Plan {
        let mut plan = examples::three_figures(Lineage([1; 8]), Date::from_day_number(today).unwrap());
        while plan.base.steps.len() < steps.len() {
            plan.insert_stage_after(0, "Stage", "Stages");
        }
        plan.target = Money::from_thousandths(target).unwrap();
        plan.base.asp = Money::from_thousandths(asp).unwrap();
        plan.period.months = months;
        plan.as_of = plan.period.first_day().plus_days(into_period);
        for (step, (rate, days)) in plan.base.steps.iter_mut().zip(steps) {
            step.rate = Rate::from_millionths(rate).unwrap();
            step.days = Days::new(days).unwrap();
        }
        plan
    }
}

fn volumes(outcome: &Outcome) -> Vec<f64> {
    outcome.whole().stages.iter().map(|stage| stage.volume.figure().unwrap()).collect()
}

fn is_close(one: f64, other: f64) -> bool {
    (one - other).abs() <= 1e-9 * one.abs().max(other.abs())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn every_plan_has_an_outcome(plan in plans(), zero in any::<prop::sample::Index>()) {
        prop_assert_eq!(plan.check(), Ok(()));
        let mut plan = plan;
        let outcome = engine::evaluate(&plan);
        for stage in &outcome.whole().stages {
            prop_assert!(stage.volume.figure().unwrap().is_finite());
            prop_assert!(stage.value_each.is_finite() && stage.rate_to_won > 0.0);
        }
        let step = zero.index(plan.base.steps.len());
        plan.base.steps[step].rate = Rate::ZERO;
        for (position, stage) in engine::evaluate(&plan).whole().stages.iter().enumerate() {
            prop_assert_eq!(matches!(stage.volume, Need::OutOfReach(_)), position <= step);
        }
    }

    #[test]
    fn forward_undoes_reverse(plan in plans()) {
        let outcome = engine::evaluate(&plan);
        for (position, needed) in volumes(&outcome).into_iter().enumerate() {
            // Simulated by walking down the funnel step by step, not by the product.
            let wins = plan.base.steps[position..].iter().fold(needed, |left, step| left * step.rate.fraction());
            prop_assert!(is_close(wins * plan.base.asp.major(), plan.target.major()));
        }
    }

    #[test]
    fn what_one_has_brings_its_worth(plan in plans(), available in 0_u64..=1_000_000_000) {
        let mut plan = plan;
        plan.stages[0].available = Count::new(available);
        let outcome = engine::evaluate(&plan);
        let forward = outcome.whole().stages[0].forward.unwrap();
        #[expect(clippy::cast_precision_loss)]
        let worth = available as f64 * outcome.whole().stages[0].value_each;
        prop_assert!(is_close(forward.revenue, worth));
        prop_assert!((forward.revenue + forward.gap - plan.target.major()).abs() <= 1e-9 * plan.target.major().max(worth));
    }

    #[test]
    fn the_close_rate_that_is_named_closes_the_gap(plan in plans(), available in 1_u64..=1_000_000_000) {
        let mut plan = plan;
        plan.stages[0].available = Count::new(available);
        if let CloseRate::At(rate) = engine::evaluate(&plan).whole().stages[0].forward.unwrap().close_rate {
            let last = plan.base.steps.len() - 1;
            let before = plan.base.steps[..last].iter().fold(1.0, |share, step| share * step.rate.fraction());
            #[expect(clippy::cast_precision_loss)]
            let revenue = available as f64 * before * rate * plan.base.asp.major();
            prop_assert!(is_close(revenue, plan.target.major()));
        }
    }

    #[test]
    fn a_better_rate_never_needs_more(plan in plans(), which in any::<prop::sample::Index>(), better in 1_u32..=1_000_000) {
        let before = volumes(&engine::evaluate(&plan));
        let mut plan = plan;
        let step = which.index(plan.base.steps.len());
        let rate = plan.base.steps[step].rate.millionths();
        plan.base.steps[step].rate = Rate::from_millionths(rate.max(better)).unwrap();
        for (less, more) in volumes(&engine::evaluate(&plan)).into_iter().zip(before) {
            prop_assert!(less <= more * (1.0 + 1e-12));
        }
    }

    #[test]
    fn twice_the_target_needs_twice_as_many(plan in plans()) {
        let mut plan = plan;
        plan.target = Money::from_thousandths(plan.target.thousandths() / 2).unwrap();
        prop_assume!(plan.target > Money::ZERO);
        let once = volumes(&engine::evaluate(&plan));
        plan.target = Money::from_thousandths(plan.target.thousandths() * 2).unwrap();
        for (once, twice) in once.into_iter().zip(volumes(&engine::evaluate(&plan))) {
            prop_assert!(is_close(once * 2.0, twice));
        }
    }

    #[test]
    fn longer_days_never_move_a_last_useful_date_later(plan in plans(), which in any::<prop::sample::Index>(), more in 0_u16..400) {
        let before: Vec<Date> = engine::evaluate(&plan).whole().stages.iter().map(|stage| stage.last_useful).collect();
        let mut plan = plan;
        let step = which.index(plan.base.steps.len());
        let days = plan.base.steps[step].days.get();
        plan.base.steps[step].days = Days::new(days + more).unwrap();
        for (after, before) in engine::evaluate(&plan).whole().stages.iter().zip(before) {
            prop_assert!(after.last_useful <= before);
        }
    }

    #[test]
    fn the_pace_fills_the_window_exactly(plan in plans()) {
        for (position, stage) in engine::evaluate(&plan).whole().stages.clone().into_iter().enumerate() {
            let to_won: i32 = plan.base.steps[position..].iter().map(|step| i32::from(step.days.get())).sum();
            let first = plan.period.first_day().plus_days(-to_won);
            let last = plan.period.last_day().plus_days(-to_won);
            prop_assert_eq!(stage.last_useful, last);
            if let (Some(window), Some(pace)) = (stage.window, stage.pace) {
                prop_assert_eq!(window.from, plan.as_of.max(first));
                prop_assert_eq!(window.to, last);
                // Entered day by day, the last day included.
                let a_day = pace.figure().unwrap() * 12.0 / 365.25;
                let days = f64::from(window.to.day_number() - window.from.day_number() + 1);
                prop_assert!(is_close(a_day * days, stage.volume.figure().unwrap()));
            } else {
                prop_assert!(stage.window.is_none() && stage.pace.is_none() && last < plan.as_of);
            }
        }
    }

    #[test]
    fn rounding_up_never_needs_less_and_stays_whole(plan in plans()) {
        let carried = volumes(&engine::evaluate(&plan));
        let mut plan = plan;
        plan.rounding = Rounding::CeilEachStage;
        for (up, carried) in volumes(&engine::evaluate(&plan)).into_iter().zip(carried) {
            prop_assert!(up >= carried * (1.0 - 1e-12));
            prop_assert!(up.fract() == 0.0 || up > 9e15);
        }
    }

    #[test]
    fn a_stage_that_everybody_passes_at_once_changes_nothing(plan in plans(), at in any::<prop::sample::Index>()) {
        let before = engine::evaluate(&plan);
        let mut plan = plan;
        prop_assume!(plan.stages.len() < 10);
        let position = at.index(plan.stages.len() - 1);
        plan.insert_stage_after(position, "New", "News");
        let after = engine::evaluate(&plan);
        for (old, stage) in before.whole().stages.iter().enumerate() {
            let new = if old > position { old + 1 } else { old };
            prop_assert!(is_close(after.whole().stages[new].volume.figure().unwrap(), stage.volume.figure().unwrap()));
            prop_assert_eq!(after.whole().stages[new].last_useful, stage.last_useful);
        }
    }

    #[test]
    fn money_does_not_know_the_rounding_rule(plan in plans()) {
        let carry = engine::evaluate(&plan);
        for rounding in [Rounding::CeilEachStage, Rounding::RoundEachStage] {
            let ruled = engine::evaluate(&Plan { rounding, ..plan.clone() });
            prop_assert_eq!(&ruled.whole().pipeline, &carry.whole().pipeline);
            for (ruled, carry) in ruled.whole().stages.iter().zip(&carry.whole().stages) {
                prop_assert_eq!(ruled.value_each, carry.value_each);
                prop_assert_eq!(ruled.carried, carry.carried);
            }
        }
    }
}
