//! Spread: the engine against a simulation of its own, and against none.

use crate::figures::{evaluated, month_of, same, sum};
use crate::plans::{circle, date, days, factor, money, month, open, percent, plain, plan_of};
use backcast::engine::Part;
use backcast::plan::{Plan, Source, limits};
use backcast::units::{Factor, Money, Month};

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

/// With much spread and a short period, what counts may have to enter before the period's first day less the mean days. There is a
/// window as long as the last useful date is not past, and none after it.
#[test]
fn there_is_a_window_until_the_last_useful_date() {
    let mut plan = plan_of(100_000, 10_000, &[(20, 100)], "2026-03", 1, "2025-11-01");
    plan.timing.spread = factor(1.5);
    plan.timing.landing = limits::LANDING_MOST;
    let last_useful = evaluated(&plan).whole().stages[0].last_useful;
    assert!(last_useful < date("2026-03-01").plus_days(-100), "{last_useful}");
    for (later, has_one) in [(-30, true), (0, true), (1, false)] {
        plan.as_of = last_useful.plus_days(later);
        let outcome = evaluated(&plan);
        assert_eq!(outcome.whole().stages[0].window.is_some(), has_one, "{later} days later");
    }
}
