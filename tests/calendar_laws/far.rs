//! The far ends: whatever can be typed, no outcome is absurd.

use backcast::engine::{self, Need, Outcome, Part};
use backcast::plan::{Period, Plan, Rounding, Scope, SegmentGoal, TargetKind};
use backcast::units::{Count, Date, Days, Factor, Money, Month};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::figures::{evaluated, is_close, of_kind};
use crate::plans::{Reach, TYPICAL, factors, money, plans, rate, turning};

/// As far as anything that can be typed goes.
const FAR: Reach = Reach {
    steps: 9,
    segments: 40,
    money: 1_000_000_000_000_000_000,
    least_rate: 0,
    days: 3_650,
    count: 1_000_000_000_000,
};

/// A figure at one of its ends, or in between.
fn ends(least: u32, most: u32) -> impl Strategy<Value = u32> {
    prop_oneof![Just(least), Just(most), Just(1), least..=most]
}

prop_compose! {
    fn far()(
        plan in plans(FAR),
        target in prop_oneof![Just(0), Just(1), Just(FAR.money), 0..=FAR.money],
        asp in prop_oneof![Just(0), Just(1), Just(FAR.money), 0..=FAR.money],
        when in (prop_oneof![Just(0_u16), Just(2_724), 0_u16..2_724], 1_u8..=36, prop_oneof![Just(0_i32), Just(84_005), 0_i32..84_005]),
        zero_own in any::<bool>(),
        all_weights_zero in any::<bool>(),
        shares in prop::option::of(prop::array::uniform5(ends(0, 1_000_000))),
        amount in prop::option::of(prop_oneof![Just(0), Just(FAR.money)]),
        circle in (ends(0, 1_000_000), 0_u16..=3_650, ends(0, 100_000_000), 0_u16..=3_650),
        at in (any::<Index>(), any::<Index>()),
        spread in ends(0, 100_000_000),
        landing in ends(0, 1_000_000),
        flags in (any::<bool>(), 0_usize..3, 0_usize..3),
        season in prop::collection::vec(ends(0, 100_000_000), 0..=12),
        revenue in (prop_oneof![Just(0), 0..=FAR.money], ends(0, 1_000_000), ends(0, 100_000_000)),
        available in prop::option::of(0..=FAR.count),
    ) -> Plan {
        let mut plan = turning(&plan, circle, at, spread, flags.0);
        plan.target = money(target);
        plan.base.asp = money(asp);
        plan.period = Period { start: Month::from_index(when.0).unwrap(), months: when.1 };
        plan.as_of = Date::from_day_number(when.2).unwrap();
        if zero_own {
            plan.segments[0].own.asp = Some(Money::ZERO);
        }
        if all_weights_zero {
            plan.timing.weights = vec![Factor::ZERO; 36];
        }
        plan.segments[0].shares = shares.map(|shares| shares.map(rate));
        if let Some(amount) = amount {
            plan.segments[0].goal = SegmentGoal::Amount(money(amount));
        }
        plan.timing.landing = rate(landing);
        plan.timing.rate_season = factors(season);
        plan.rounding = [Rounding::Carry, Rounding::CeilEachStage, Rounding::RoundEachStage][flags.1];
        plan.revenue.kind = TargetKind::ALL[flags.2];
        plan.revenue.opening = money(revenue.0);
        plan.revenue.grr = rate(revenue.1);
        plan.revenue.nrr = Factor::from_millionths(revenue.2).unwrap();
        plan.stages[0].available = available.and_then(Count::new);
        if spread > 0 {
            // A kernel costs months²: with it, not as far, so that the test has an end.
            plan.segments.truncate(3);
            let owns = plan.segments.iter_mut().map(|segment| &mut segment.own);
            let owns = owns.chain(plan.sources.iter_mut().map(|sourcing| &mut sourcing.own));
            let days = owns.flat_map(|own| &mut own.steps).filter_map(|step| step.days.as_mut());
            for days in days.chain(plan.base.steps.iter_mut().map(|step| &mut step.days)) {
                *days = Days::new(days.get() % 400).unwrap();
            }
        }
        plan
    }
}

/// Every figure that is there, with its name.
fn figures(part: &Part) -> Vec<(String, f64)> {
    let mut all = vec![
        ("target", part.target),
        ("togo", part.togo),
        ("pipeline", part.pipeline.figure().unwrap_or(0.0)),
        ("close rate", part.close_rate),
        ("comes back", part.comes_back),
        ("booked", part.progress.booked),
        ("open", part.progress.open),
        ("expected", part.progress.expected),
        ("opportunities", part.progress.opportunities),
        ("behind", part.behind),
        ("lost", part.lost),
        ("falls behind", part.falls_behind),
    ]
    .into_iter()
    .map(|(name, figure)| (name.to_owned(), figure))
    .collect::<Vec<_>>();
    for (position, stage) in part.stages.iter().enumerate() {
        let pace = stage.pace.and_then(Need::figure).unwrap_or(0.0);
        for (name, figure) in [
            ("carried", stage.carried.figure().unwrap_or(0.0)),
            ("volume", stage.volume.figure().unwrap_or(0.0)),
            ("rate", stage.rate_to_won),
            ("value", stage.value_each),
            ("pace", pace),
            ("overdue", stage.overdue),
            ("should be open", stage.should_be_open),
            ("open", stage.open),
            ("days", f64::from(stage.days_to_won)),
            ("worth a month", stage.worth_a_month.and_then(Need::figure).unwrap_or(0.0)),
        ] {
            all.push((format!("{name} {position}"), figure));
        }
        if let Some(forward) = stage.forward {
            all.push((format!("forward wins {position}"), forward.wins));
            all.push((format!("forward revenue {position}"), forward.revenue));
            all.push((format!("forward at last step {position}"), forward.at_last_step));
            all.push((format!("forward gap {position}"), forward.gap.abs()));
        }
    }
    for month in &part.months {
        all.push((format!("due {}", month.month), month.due));
        all.push((format!("from open {}", month.month), month.from_open));
        all.push((format!("from new {}", month.month), month.from_new));
        for (stage, entries) in month.entries.iter().enumerate() {
            all.push((format!("entries {} {stage}", month.month), *entries));
        }
    }
    all
}

/// What is wrong with an outcome, if anything.
fn absurd(outcome: &Outcome) -> Option<String> {
    for part in &outcome.parts {
        let scale = part.target.max(part.progress.open).max(1.0);
        for (name, figure) in figures(part) {
            // The last digits of a difference of large figures are nobody's.
            if !figure.is_finite() || figure < -1e-12 * scale {
                return Some(format!("{name} of {:?} is {figure}", part.scope));
            }
        }
        for stage in &part.stages {
            if stage.rate_to_won > 1.0 + 1e-12 || stage.earliest_last_useful > stage.last_useful {
                return Some(format!("{stage:?}"));
            }
            if let Some(window) = stage.window
                && (window.days() < 1 || window.to > stage.last_useful)
            {
                return Some(format!("{window:?}"));
            }
        }
    }
    None
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, max_shrink_iters: 400, ..ProptestConfig::default() })]

    #[test]
    fn no_outcome_is_absurd(plan in far()) {
        prop_assume!(plan.check() == Ok(()));
        prop_assert_eq!(absurd(&engine::evaluate(&plan)), None);
    }

    #[test]
    fn an_outcome_is_of_what_was_typed(plan in far()) {
        // What is due is the target, whatever else cannot be.
        prop_assume!(plan.check() == Ok(()));
        let outcome = engine::evaluate(&plan);
        for part in of_kind(&outcome, true) {
            let Scope::Segment(id) = part.scope else { unreachable!() };
            let segment = plan.segment(id).unwrap();
            let wanted = match segment.goal {
                SegmentGoal::Share(share) => outcome.goal.new_business.major() * share.fraction(),
                SegmentGoal::Amount(amount) => amount.major(),
            };
            let shares: u32 = plan.shares(segment).iter().map(|share| share.millionths()).sum();
            let wanted = wanted * f64::from(shares) / 1e6;
            prop_assert!(is_close(part.target, wanted), "{} of {wanted}", part.target);
            let due: f64 = part.months.iter().map(|month| month.due).sum();
            prop_assert!(is_close(due, wanted), "due {due} of {wanted}");
        }
    }

    #[test]
    fn no_outcome_of_a_plan_of_everyday_size_is_absurd(
        plan in plans(TYPICAL),
        circle in (ends(0, 1_000_000), 0_u16..=400, ends(0, 3_000_000), 0_u16..=400),
        at in (any::<Index>(), any::<Index>()),
        spread in ends(0, 5_000_000),
        sized in any::<bool>(),
    ) {
        prop_assert_eq!(absurd(&evaluated(&turning(&plan, circle, at, spread, sized))), None);
    }
}
