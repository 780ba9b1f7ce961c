//! Properties of segments, sources and the calendar that hold for every plan, under *carry* unless said otherwise.
#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::disallowed_methods,
    clippy::float_cmp,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test that cannot go on ends there; equal means the same bits"
)]
mod far;
mod figures;
mod plans;

use backcast::plan::{Lineage, Own, OwnStep, Plan, Rounding, SegmentGoal, Source, TargetKind, examples};
use backcast::units::{Count, Date, Days, Factor, Money, Rate};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::figures::*;
use crate::plans::*;

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, max_shrink_iters: 3000, ..ProptestConfig::default() })]

    #[test]
    fn segments_and_sources_sum_to_totals(
        plan in plans(TYPICAL),
        circle in (0_u32..=300_000, 0_u16..400, 0_u32..=300_000, 0_u16..400),
        at in (any::<Index>(), any::<Index>()),
        spread in prop_oneof![Just(0_u32), 0_u32..=1_500_000],
        sized in any::<bool>(),
        rounding in prop::sample::select(vec![Rounding::Carry, Rounding::CeilEachStage, Rounding::RoundEachStage]),
        named in (0_usize..5, 0_usize..5),
        season in prop_oneof![Just(Vec::new()), prop::collection::vec(1_u32..3_000_000, 0..=12)],
    ) {
        let mut plan = turning(&plan, circle, at, spread, sized);
        plan.rounding = rounding;
        plan.circle.recycled_as = Source::ALL[named.0];
        plan.circle.referred_as = Source::ALL[named.1];
        plan.timing.rate_season = factors(season);
        let outcome = evaluated(&plan);
        for (is_segment, also) in [(true, true), (false, false)] {
            let parts = of_kind(&outcome, is_segment);
            for (name, total) in sums(outcome.whole(), also) {
                let sum = sum_of(&parts, &name, also);
                prop_assert!(is_close_by(sum, total, scale_of(outcome.whole(), &name)), "{name}: {sum} against {total}");
            }
        }
    }

    #[test]
    fn blended_rates_are_sums_over_sums(plan in plans(TYPICAL)) {
        // Wins ÷ entries and bookings ÷ entries, of all that is due: what is booked and open changes neither.
        let outcome = evaluated(&without_progress(&plan));
        let with_progress = evaluated(&plan);
        for is_segment in [true, false] {
            let parts = of_kind(&outcome, is_segment);
            for (position, total) in outcome.whole().stages.iter().enumerate() {
                let stages = || parts.iter().map(|part| &part.stages[position]).filter(|stage| stage.is_passed);
                let entries: f64 = stages().map(|stage| figure(stage.carried)).sum();
                let wins: f64 = stages().map(|stage| figure(stage.carried) * stage.rate_to_won).sum();
                let bookings: f64 = stages().map(|stage| figure(stage.carried) * stage.value_each).sum();
                if entries > 0.0 {
                    prop_assert!(is_close(total.rate_to_won, wins / entries));
                    prop_assert!(is_close(total.value_each, bookings / entries));
                }
                let same = &with_progress.whole().stages[position];
                prop_assert_eq!((same.rate_to_won, same.value_each), (total.rate_to_won, total.value_each));
            }
        }
    }

    #[test]
    fn the_shift_conserves_totals(plan in plans(TYPICAL), today in 0_i32..3_000) {
        // As early as to ask for everything.
        let mut plan = plan;
        plan.as_of = Date::from_day_number(today).unwrap();
        for segment in &mut plan.segments {
            // What is open closes before the period, or not at all: this is of what is booked and due.
            segment.open.clear();
        }
        let outcome = evaluated(&plan);
        for part in &outcome.parts {
            let due: f64 = part.months.iter().map(|month| month.due).sum();
            prop_assert!(is_close(due, part.target));
            let won: f64 = part.months.iter().map(|month| month.entries.last().unwrap()).sum();
            prop_assert!(is_close(won, figure(part.stages.last().unwrap().carried)));
            let new: f64 = part.months.iter().map(|month| month.from_new).sum();
            prop_assert!(is_close(new, part.togo));
            for stage in &part.stages {
                prop_assert_eq!(stage.overdue, 0.0);
            }
        }
        // Without a next period all that is ever asked for is what this one needs.
        plan.timing.next_target = Some(Money::ZERO);
        let outcome = evaluated(&plan);
        for part in &outcome.parts {
            for (position, stage) in part.stages.iter().enumerate() {
                let entered: f64 = part.months.iter().map(|month| month.entries[position]).sum();
                prop_assert!(is_close(entered, figure(stage.carried)), "{position}: {entered} against {:?}", stage.carried);
            }
        }
    }

    #[test]
    fn entries_are_asked_for_by_the_last_useful_date_and_not_before_the_window(
        plan in plans(Reach { segments: 1, ..TYPICAL }),
    ) {
        let mut plan = without_progress(&plan);
        plan.as_of = Date::from_day_number(0).unwrap();
        for position in 1..5 {
            plan.sources[position].share = Rate::ZERO;
        }
        plan.sources[0].share = Rate::ONE;
        plan.timing.next_target = Some(Money::ZERO);
        let outcome = evaluated(&plan);
        for (position, stage) in outcome.whole().stages.iter().enumerate() {
            let window = stage.window.unwrap();
            for month in outcome.whole().months.iter().filter(|month| month.entries[position] > 0.0) {
                prop_assert!(month.month >= window.from.month().unwrap() && month.month <= window.to.month().unwrap());
            }
            prop_assert_eq!(window.days(), plan.period.last_day().days_since(plan.period.first_day()) + 1);
        }
    }

    #[test]
    fn longer_days_never_move_a_last_useful_date_later(
        plan in plans(TYPICAL),
        spread in prop_oneof![Just(0_u32), 0_u32..=3_000_000],
        landing in 50_u8..=95,
        which in any::<Index>(),
        more in 1_u16..400,
    ) {
        let mut plan = plan;
        plan.timing.spread = Factor::from_millionths(spread).unwrap();
        plan.timing.landing = Rate::from_percent(landing);
        let before = evaluated(&plan);
        let step = &mut plan.base.steps[which.index(plan.stages.len() - 1)];
        step.days = Days::new(step.days.get() + more).unwrap();
        let after = evaluated(&plan);
        for (before, after) in before.parts.iter().zip(&after.parts) {
            for (before, after) in before.stages.iter().zip(&after.stages) {
                prop_assert!(after.last_useful <= before.last_useful, "{} after {}", after.last_useful, before.last_useful);
                prop_assert!(after.earliest_last_useful <= before.earliest_last_useful);
            }
        }
    }

    #[test]
    fn longer_days_never_move_it_later_at_any_share(
        lengths in prop::collection::vec(0_u16..400, 1..=9),
        spread in 0_u32..=10_000_000,
        landing in 1_u32..1_000_000,
        which in any::<Index>(),
        more in 1_u16..400,
    ) {
        let mut plan = examples::three_figures(Lineage([1; 8]), Date::from_day_number(20_000).unwrap());
        while plan.base.steps.len() < lengths.len() {
            plan.insert_stage_after(0, "Stage", "Stages");
        }
        for (step, length) in plan.base.steps.iter_mut().zip(&lengths) {
            step.days = Days::new(*length).unwrap();
        }
        plan.timing.spread = Factor::from_millionths(spread).unwrap();
        plan.timing.landing = rate(landing);
        let before = evaluated(&plan).whole().stages[0].last_useful;
        let at = which.index(lengths.len());
        plan.base.steps[at].days = Days::new(lengths[at] + more).unwrap();
        let after = evaluated(&plan).whole().stages[0].last_useful;
        prop_assert!(after <= before, "{lengths:?}, step {at} longer by {more}, spread {spread}, share {landing}: {before} then {after}");
    }

    #[test]
    fn the_zero_circle_is_the_plain_funnel(plan in plans(TYPICAL), at in (any::<Index>(), any::<Index>()), after in (0_u16..3_650, 0_u16..3_650)) {
        let plain = evaluated(&plan);
        let zero = turning(&plan, (0, after.0, 0, after.1), at, 0, false);
        prop_assert_eq!(evaluated(&zero), plain);
    }

    #[test]
    fn without_spread_forward_of_reverse_is_the_target(plan in plans(TYPICAL)) {
        let mut plan = plan;
        for segment in &mut plan.segments {
            // What is open brings no more than is due: 1 % of it, and nothing is booked beyond it.
            segment.open.truncate(1);
            for open in &mut segment.open {
                open.amount = Some(money(1_000));
            }
            segment.booked = Money::ZERO;
        }
        let outcome = evaluated(&plan);
        let whole = outcome.whole();
        prop_assume!(outcome.parts.iter().all(|part| part.target == 0.0 || part.target > 1_000.0));
        prop_assume!(whole.lost == 0.0);
        let months: f64 = whole.months.iter().map(|month| month.from_open + month.from_new).sum();
        // What is open may come before it is due, and then saves nothing that was due earlier still; it never brings too little.
        prop_assert!(months + whole.progress.booked >= whole.target * (1.0 - 1e-9));
        prop_assert!(is_close_by(months, whole.progress.expected + whole.togo, whole.target));
        let none = evaluated(&without_progress(&plan));
        let months: f64 = none.whole().months.iter().map(|month| month.from_open + month.from_new).sum();
        prop_assert!(is_close(months, none.whole().target));
    }

    #[test]
    fn halves_change_no_total(
        plan in plans(TYPICAL),
        which in any::<Index>(),
        circle in (0_u32..=300_000, 0_u16..400, 0_u32..=300_000, 0_u16..400),
        at in (any::<Index>(), any::<Index>()),
        spread in prop_oneof![Just(0_u32), 0_u32..=1_500_000],
        sized in any::<bool>(),
    ) {
        let mut plan = turning(&plan, circle, at, spread, sized);
        let position = which.index(plan.segments.len());
        let segment = &mut plan.segments[position];
        // Everything even, so that it can be halved.
        let SegmentGoal::Share(share) = segment.goal else { unreachable!() };
        segment.goal = SegmentGoal::Share(rate(share.millionths() / 2 * 2));
        segment.booked = money(segment.booked.thousandths() / 2 * 2);
        for open in &mut segment.open {
            open.count = Count::new(open.count.get() / 2 * 2).unwrap();
            open.amount = open.amount.map(|amount| money(amount.thousandths() / 2 * 2));
        }
        let whole = evaluated(&plan);
        let id = plan.new_id();
        let segment = &mut plan.segments[position];
        segment.goal = SegmentGoal::Share(rate(share.millionths() / 2));
        segment.booked = money(segment.booked.thousandths() / 2);
        for open in &mut segment.open {
            open.count = Count::new(open.count.get() / 2).unwrap();
            open.amount = open.amount.map(|amount| money(amount.thousandths() / 2));
        }
        let mut twin = segment.clone();
        twin.id = id;
        plan.segments.push(twin);
        let halves = evaluated(&plan);
        for (one, two) in sums(whole.whole(), true).into_iter().zip(sums(halves.whole(), true)) {
            prop_assert_eq!(&one.0, &two.0);
            prop_assert!(is_close_by(one.1, two.1, scale_of(whole.whole(), &one.0)), "{}: {} whole, {} in halves", one.0, one.1, two.1);
        }
        prop_assert_eq!(whole.whole().first_short, halves.whole().first_short);
        for (one, two) in whole.whole().stages.iter().zip(&halves.whole().stages) {
            prop_assert_eq!((one.last_useful, one.window, one.days_to_won), (two.last_useful, two.window, two.days_to_won));
        }
    }

    #[test]
    fn saying_what_is_inherited_changes_nothing(plan in plans(TYPICAL), which in any::<Index>(), spread in 0_u32..1_000_000) {
        let mut plan = plan;
        plan.timing.spread = Factor::from_millionths(spread).unwrap();
        plan.sources[2].own = Own::default();
        let position = which.index(plan.segments.len());
        plan.segments[position].own = Own::default();
        let inherits = evaluated(&plan);
        let steps = plan.base.steps.iter().zip(&plan.stages);
        plan.segments[position].own = Own {
            asp: Some(plan.base.asp),
            steps: steps.map(|(step, stage)| OwnStep { from: stage.id, rate: Some((step.rate, step.basis)), days: Some(step.days) }).collect(),
        };
        prop_assert_eq!(&evaluated(&plan), &inherits);
        plan.sources[2].own = plan.segments[position].own.clone();
        plan.segments.iter_mut().for_each(|segment| segment.own = Own::default());
        let inherits = evaluated(&Plan { sources: Plan::one_source(), ..plan.clone() });
        let mut says = Plan { sources: Plan::one_source(), ..plan.clone() };
        says.sources[0].own = plan.sources[2].own.clone();
        prop_assert_eq!(evaluated(&says), inherits);
    }

    #[test]
    fn the_need_from_outside_is_the_plain_one_less_what_comes_back(
        plan in plans(Reach { segments: 1, ..TYPICAL }),
        circle in (0_u32..=500_000, 0_u16..400, 0_u32..=400_000, 0_u16..400),
        at in (any::<Index>(), any::<Index>()),
    ) {
        // Of the funnel: steady state. One line, nothing there yet.
        let mut plan = without_progress(&plan);
        plan.sources = Plan::one_source();
        let plain = evaluated(&plan);
        let turning = turning(&plan, circle, at, 0, false);
        let steps: Vec<f64> = (0..plan.base.steps.len()).map(|stage| turning.step(stage, Some(&plan.segments[0]), Some(Source::Marketing)).unwrap().rate.fraction()).collect();
        let (last, count) = (*steps.last().unwrap(), steps.len());
        let (to, referred) = (at.0.index(count), at.1.index(count));
        let g = f64::from(circle.0) / 1e6 * (1.0 - last) * steps[to..count - 1].iter().product::<f64>()
            + f64::from(circle.2) / 1e6 * steps[referred..].iter().product::<f64>();
        prop_assume!(g < 1.0);
        let outcome = evaluated(&turning);
        prop_assert!((outcome.whole().comes_back - g).abs() < 1e-12);
        for (one, two) in plain.whole().stages[..count].iter().zip(&outcome.whole().stages) {
            prop_assert!(is_close(figure(two.carried), figure(one.carried) * (1.0 - g)));
            prop_assert!(is_close(one.rate_to_won, two.rate_to_won));
        }
        let won = (plain.whole().stages[count].carried, outcome.whole().stages[count].carried);
        prop_assert_eq!(won.0, won.1);
    }

    #[test]
    fn new_business_is_what_staying_and_growing_leave(
        target in 0_i64..=1_000_000_000_000_000, opening in 0_i64..=1_000_000_000_000_000,
        nrr in 0_u32..=2_000_000, months in 1_u8..=36, is_net in any::<bool>(),
    ) {
        let mut plan = examples::three_figures(Lineage([1; 8]), Date::from_day_number(20_000).unwrap());
        plan.target = money(target);
        plan.revenue.opening = money(opening);
        plan.revenue.nrr = Factor::from_millionths(nrr).unwrap();
        plan.revenue.kind = if is_net { TargetKind::NetNew } else { TargetKind::TotalRevenue };
        plan.period.months = months;
        let end = if is_net { opening as f64 + target as f64 } else { target as f64 } / 1e3;
        let kept = opening as f64 / 1e3 * (f64::from(nrr) / 1e6).powf(f64::from(months) / 12.0);
        let wanted = (end - kept).max(0.0);
        let got = evaluated(&plan).goal.new_business.major();
        prop_assert!((got - wanted).abs() <= 6e-4 + 1e-9 * end.max(kept), "{got} against {wanted}");
    }

    #[test]
    fn what_is_due_first_is_lost_first(plan in plans(TYPICAL), later in 0_i32..400) {
        // Time passes and nothing happens: what is behind and what is lost only grow, and never beyond what is to go.
        let mut plan = without_progress(&plan);
        let before = evaluated(&plan);
        plan.as_of = plan.as_of.plus_days(later);
        prop_assume!(Date::from_day_number(plan.as_of.day_number()).is_some());
        let after = evaluated(&plan);
        for (before, after) in before.parts.iter().zip(&after.parts) {
            prop_assert!(after.behind >= before.behind * (1.0 - 1e-12) && after.lost >= before.lost * (1.0 - 1e-12));
            prop_assert!(after.behind <= after.togo * (1.0 + 1e-12) + 1e-9 && after.lost <= after.behind * (1.0 + 1e-12) + 1e-9);
            prop_assert_eq!(after.behind > 0.0, after.first_short.is_some());
        }
    }

    #[test]
    fn with_spread_no_more_lands_than_is_planned(plan in plans(TYPICAL), spread in 0_u32..=2_000_000) {
        let mut plan = without_progress(&plan);
        plan.timing.spread = Factor::from_millionths(spread).unwrap();
        plan.timing.next_target = Some(Money::ZERO);
        let outcome = evaluated(&plan);
        for part in &outcome.parts {
            let lands: f64 = part.months.iter().map(|month| month.from_new).sum();
            prop_assert!(lands <= part.togo * (1.0 + 1e-9) + 1e-9, "{lands} of {}", part.togo);
            prop_assert!(part.falls_behind <= part.togo * (1.0 + 1e-9));
        }
    }

    #[test]
    fn sized_for_the_spread_the_target_is_expected(plan in plans(TYPICAL), spread in 1_u32..=1_000_000) {
        let mut plan = without_progress(&plan);
        plan.timing.spread = Factor::from_millionths(spread).unwrap();
        plan.timing.sized_for_spread = true;
        let early = plan.period.first_day().day_number() - 4_000;
        plan.as_of = Date::from_day_number(early.max(0)).unwrap();
        let outcome = evaluated(&plan);
        for part in of_kind(&outcome, true).into_iter().chain([outcome.whole()]) {
            let lands: f64 = part.months.iter().map(|month| month.from_new).sum();
            prop_assert!(lands >= part.target * (1.0 - 1e-9), "{lands} of {}", part.target);
        }
        // Each segment's entries are scaled alike.
        plan.timing.sized_for_spread = false;
        let plain = evaluated(&plan);
        for (sized, plain) in of_kind(&outcome, true).into_iter().zip(of_kind(&plain, true)) {
            let won = sized.stages.len() - 1;
            let ratios = |stage: usize| figure(sized.stages[stage].carried) / figure(plain.stages[stage].carried);
            for stage in 0..won {
                prop_assert!(plain.target == 0.0 || is_close(ratios(stage), ratios(0)));
            }
        }
    }
}
