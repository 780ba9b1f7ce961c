//! What comes back: lost opportunities that are recycled, and referrals.

use crate::figures::{evaluated, month_of, need, same};
use crate::oracle::oracle;
use crate::plans::{circle, date, factor, plain};
use backcast::plan::{ItemId, Plan, Scope, Source};
use backcast::units::Count;

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
