//! Laws of sales development that hold for any plan: what more heads and more leads do.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on ends there")]

use backcast::engine::{DevelopmentMonth, DevelopmentOutcome, development, evaluate};
use backcast::plan::{Development, HeadChange, Lineage, Move, Plan, Source, examples};
use backcast::units::{Count, Date, Factor, Money, Month, Rate};
use proptest::collection::vec;
use proptest::prelude::*;

fn count(count: u64) -> Count {
    Count::new(count).unwrap()
}

fn factor(hundredths: u32) -> Factor {
    Factor::from_millionths(hundredths * 10_000).unwrap()
}

prop_compose! {
    /// Changes from October 2026 to March 2028.
    fn change()(later in 0_u16..18, starts: bool, heads in 0_u64..6) -> HeadChange {
        let month = Month::parse_iso("2026-10").unwrap().plus_months(later);
        HeadChange { month, what: if starts { Move::Start } else { Move::Leave }, heads: count(heads) }
    }
}

prop_compose! {
    fn team()(
        heads in 1_u64..20,
        changes in vec(change(), 0..4),
        (touches, minutes) in (50_u32..1_500, 20_u32..3_000),
        (hours, days) in (100_u32..3_000, 100_u32..900),
        outside in prop::option::of(0_u32..=1_000_000),
        promise in 0_u32..=1_000_000,
        within in prop_oneof![Just(0_u64), 1_u64..200],
        (odds, odds_most) in (100_u32..2_000, 0_u32..=1_000_000),
    ) -> Development {
        Development {
            heads: count(heads),
            changes,
            works: None,
            touches: factor(touches),
            minutes: factor(minutes),
            hours: factor(hours),
            days: factor(days),
            outside: outside.and_then(Rate::from_millionths),
            promise: Rate::from_millionths(promise).unwrap(),
            within: count(within),
            odds: factor(odds),
            odds_most: Rate::from_millionths(odds_most).unwrap(),
        }
    }
}

prop_compose! {
    /// Nothing is booked or open, so that twice the target takes twice the leads.
    fn plan()(
        team in team(),
        target in 100_000_u32..500_000_000,
        as_of in 0_i32..480,
        stage in 0_usize..5,
        sellers in 0_u8..80,
        seller_entry in 0_usize..5,
        recycled in 0_u32..300_000,
    ) -> Plan {
        let day = Date::parse_iso("2026-11-22").unwrap();
        let mut plan = examples::six_stages(Lineage([1; 8]), day);
        plan.as_of = day.plus_days(as_of);
        plan.target = Money::from_major(target);
        plan.development = Development { works: Some(plan.stages[stage].id), ..team };
        plan.sourcing_mut(Source::Marketing).share = Rate::from_percent(100 - sellers);
        let entry = plan.stages[seller_entry].id;
        let sourcing = plan.sourcing_mut(Source::Sellers);
        (sourcing.share, sourcing.entry) = (Rate::from_percent(sellers), Some(entry));
        plan.circle.recycled = Rate::from_millionths(recycled).unwrap();
        plan.circle.recycled_to = Some(plan.stages[2].id);
        plan
    }
}

fn of(plan: &Plan) -> Option<DevelopmentOutcome> {
    development(plan, &evaluate(plan))
}

/// Not more than, but for rounding.
fn at_most(one: f64, other: f64) -> bool {
    one <= other + 1e-9 * other.abs().max(1.0)
}

proptest! {
    #[test]
    fn nothing_is_worked_that_has_not_come(plan in plan()) {
        let Some(outcome) = of(&plan) else { return Ok(()) };
        let (mut came, mut worked) = (0.0, 0.0);
        for month in &outcome.months {
            came += month.leads;
            worked += month.worked;
            prop_assert!(at_most(worked, came) && at_most(month.worked, month.most), "{month:?}");
            prop_assert!((came - worked - month.waits).abs() <= 1e-9 * came.max(1.0), "{month:?}");
            prop_assert!((0.0..=1.0).contains(&month.in_time) && month.of_all <= month.in_time, "{month:?}");
            prop_assert!(month.heads >= 0.0 && month.overdue <= month.leads && month.most.is_finite() && month.per_hour.is_finite(), "{month:?}");
        }
        prop_assert!((0.0..=1.0).contains(&outcome.worked) && (0.0..=1.0).contains(&outcome.in_time.unwrap_or(0.0)), "{outcome:?}");
        prop_assert!(outcome.rate <= outcome.lifted && outcome.lifted <= 1.0, "{outcome:?}");
        prop_assert!(at_most(outcome.bookings, outcome.expected), "{outcome:?}");
        prop_assert!(at_most(outcome.bookings, outcome.lifted_bookings), "{outcome:?}");
        let busiest = outcome.months[outcome.busiest];
        for month in &outcome.months {
            prop_assert!(at_most(month.per_hour, busiest.per_hour), "{month:?}");
        }
    }

    #[test]
    fn one_more_head_never_lowers_anything(plan in plan()) {
        let mut more = plan.clone();
        more.development.heads = count(plan.development.heads.get() + 1);
        let (Some(fewer), Some(more)) = (of(&plan), of(&more)) else { return Ok(()) };
        let (mut before, mut after) = (0.0, 0.0);
        for (one, other) in fewer.months.iter().zip(&more.months) {
            before += one.worked;
            after += other.worked;
            prop_assert!(at_most(before, after) && at_most(other.waits, one.waits), "{one:?} {other:?}");
            prop_assert!(at_most(one.in_time, other.in_time) && at_most(one.of_all, other.of_all), "{one:?} {other:?}");
            prop_assert_eq!(one.needed, other.needed);
        }
        prop_assert!(at_most(fewer.worked, more.worked) && at_most(fewer.in_time.unwrap_or(0.0), more.in_time.unwrap_or(0.0)));
        prop_assert!(at_most(fewer.bookings, more.bookings), "{} {}", fewer.bookings, more.bookings);
        prop_assert!(at_most(fewer.lifted_bookings, more.lifted_bookings), "{fewer:?} {more:?}");
    }

    #[test]
    fn more_leads_never_raise_the_share_answered(plan in plan(), times in 2_u32..6) {
        let mut more = plan.clone();
        more.target = Money::from_thousandths(plan.target.thousandths() * i64::from(times)).unwrap();
        let (Some(fewer), Some(more)) = (of(&plan), of(&more)) else { return Ok(()) };
        for (one, other) in fewer.months.iter().zip(&more.months) {
            prop_assert!((other.leads - f64::from(times) * one.leads).abs() <= 1e-6 * other.leads.max(1.0));
            prop_assert!(at_most(other.in_time, one.in_time) && at_most(other.of_all, one.of_all), "{one:?} {other:?}");
            let is_enough = |heads: u32| one.needed.is_some_and(|fewer| fewer <= heads);
            prop_assert!(other.needed.is_none_or(is_enough), "{one:?} {other:?}");
        }
        prop_assert!(at_most(more.worked, fewer.worked) && at_most(more.in_time.unwrap_or(0.0), fewer.in_time.unwrap_or(0.0)));
        prop_assert!(at_most(fewer.bookings, more.bookings), "{} {}", fewer.bookings, more.bookings);
        prop_assert!(at_most(more.lifted, fewer.lifted), "{} {}", more.lifted, fewer.lifted);
    }

    /// Where the heads are the limit from the first lead on, more leads bring no more.
    #[test]
    fn more_leads_than_can_be_worked_are_no_more_wins(plan in plan(), times in 2_u32..6) {
        let mut more = plan.clone();
        more.target = Money::from_thousandths(plan.target.thousandths() * i64::from(times)).unwrap();
        let (Some(fewer), Some(more)) = (of(&plan), of(&more)) else { return Ok(()) };
        let mut came = 0.0;
        let is_limit = |month: &DevelopmentMonth| {
            came += month.leads;
            came <= 0.0 || month.waits > 0.0
        };
        if fewer.months.iter().all(is_limit) {
            let difference = (more.bookings - fewer.bookings).abs();
            prop_assert!(difference <= 1e-6 * fewer.bookings.max(1.0), "{} {}", more.bookings, fewer.bookings);
        }
    }
}
