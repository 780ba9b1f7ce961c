//! How fast leads are answered, against a team that is simulated lead by lead, and laws that hold for every team.
#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test that cannot go on ends there, and has its own figures"
)]

use backcast::engine::response::{Arrivals, Promise, Waits};
use backcast::units::Rate;
use proptest::prelude::*;
use std::collections::VecDeque;

/// SplitMix64.
struct Chance(u64);

impl Chance {
    /// Evenly from zero up to one, without either.
    fn share(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (((bits ^ (bits >> 31)) >> 11) as f64 + 0.5) / (1u64 << 53) as f64
    }

    fn below(&mut self, count: usize) -> usize {
        (self.share() * count as f64) as usize
    }
}

/// What becomes of a follow-up when a lead arrives and everybody is busy.
#[derive(Clone, Copy, PartialEq)]
enum Busy {
    PutsAside,
    Finishes,
}

/// A team at work.
#[derive(Default)]
struct Team {
    heads: usize,
    now: f64,
    /// When those arrived who still wait for their first touch.
    queue: VecDeque<f64>,
    /// How many heads make first touches and follow-ups.
    first: usize,
    follow: usize,
    /// How many touches the leads still take that have one due, or just being made; and those whose next is due some time.
    due: Vec<u32>,
    later: Vec<u32>,
    waits: Vec<f64>,
}

impl Team {
    /// How long each of so many leads waited, after as many in which it settles. Follow-ups come due two hours after the last touch, on
    /// average.
    fn waits(arrivals: Arrivals, heads: usize, busy: Busy, leads: usize) -> Vec<f64> {
        let mut chance = Chance(20_270_111);
        let (arrival, touch, due) = (arrivals.per_hour / 60.0, 1.0 / arrivals.minutes, 1.0 / 120.0);
        let after_first = arrivals.touches as u32 - 1;
        let mut team = Self { heads, ..Self::default() };
        while team.waits.len() < 2 * leads {
            let rates = [arrival, team.first as f64 * touch, team.follow as f64 * touch, team.later.len() as f64 * due];
            let all: f64 = rates.iter().sum();
            team.now -= chance.share().ln() / all;
            let which = chance.share() * all;
            if which < rates[0] {
                team.queue.push_back(team.now);
                if busy == Busy::PutsAside && team.first + team.follow == team.heads && team.follow > 0 {
                    team.follow -= 1;
                }
            } else if which < rates[0] + rates[1] {
                team.first -= 1;
                team.again(after_first);
            } else if which < rates[0] + rates[1] + rates[2] {
                team.follow -= 1;
                let made = chance.below(team.due.len());
                let still = team.due.swap_remove(made);
                team.again(still - 1);
            } else {
                let next = chance.below(team.later.len());
                let still = team.later.swap_remove(next);
                team.due.push(still);
            }
            team.begin();
        }
        team.waits.split_off(leads)
    }

    fn again(&mut self, still: u32) {
        if still > 0 {
            self.later.push(still);
        }
    }

    fn begin(&mut self) {
        while self.first + self.follow < self.heads {
            if let Some(arrived) = self.queue.pop_front() {
                self.waits.push(self.now - arrived);
                self.first += 1;
            } else if self.due.len() > self.follow {
                self.follow += 1;
            } else {
                break;
            }
        }
    }
}

/// Who waits at all, who is answered within so many minutes, and the mean wait.
fn figures(waits: &[f64], within: f64) -> (f64, f64, f64) {
    let share =
        |holds: &dyn Fn(f64) -> bool| waits.iter().filter(|wait| holds(**wait)).count() as f64 / waits.len() as f64;
    (share(&|wait| wait > 0.0), share(&|wait| wait <= within), waits.iter().sum::<f64>() / waits.len() as f64)
}

/// Holds the simulated waits of a team against figures that should be theirs. One run strays by up to 0.005 where follow-ups matter.
fn check(team: &Case, busy: Busy, waits: Waits, margin: f64) {
    let (waiting, within, mean) = figures(&Team::waits(team.arrivals(), team.heads, busy, 400_000), 5.0);
    let near = |simulated: f64, said: f64, margin: f64| {
        assert!((simulated - said).abs() < margin, "{team:?}: {simulated} {said}");
    };
    near(waiting, waits.waiting, margin);
    near(within, waits.within(5.0), margin);
    near(mean, waits.mean_minutes(), 0.04 * waits.mean_minutes() + 0.001);
}

/// A team and how busy it is.
#[derive(Debug)]
struct Case {
    heads: usize,
    touches: f64,
    minutes: f64,
    load: f64,
    /// By how many percentage points fewer leads have an answer within five minutes where follow-ups are finished first.
    fewer: f64,
}

impl Case {
    fn arrivals(&self) -> Arrivals {
        let per_hour = self.load * self.heads as f64 * 60.0 / (self.touches * self.minutes);
        Arrivals { per_hour, touches: self.touches, minutes: self.minutes }
    }

    fn waits(&self) -> Waits {
        self.arrivals().waits(self.heads as f64).unwrap()
    }
}

const CASES: [Case; 6] = [
    Case { heads: 1, touches: 1.0, minutes: 10.0, load: 0.7, fewer: 0.0 },
    Case { heads: 3, touches: 1.0, minutes: 10.0, load: 0.8, fewer: 0.0 },
    Case { heads: 2, touches: 3.0, minutes: 10.0, load: 0.9, fewer: 35.5 },
    Case { heads: 3, touches: 2.0, minutes: 15.0, load: 0.9, fewer: 36.4 },
    Case { heads: 5, touches: 6.0, minutes: 10.0, load: 0.85, fewer: 7.7 },
    Case { heads: 10, touches: 2.0, minutes: 6.0, load: 0.9, fewer: 0.7 },
];

#[test]
fn a_team_that_puts_follow_ups_aside_answers_as_said() {
    for case in CASES {
        check(&case, Busy::PutsAside, case.waits(), 0.01);
    }
}

/// About as many wait as in a queue of all touches, each of them as long as otherwise. The engine does not say this: it shows how
/// much the assumption matters.
#[test]
fn a_team_that_finishes_follow_ups_first_answers_later() {
    for case in CASES {
        let arrivals = case.arrivals();
        let all = Arrivals { per_hour: arrivals.per_hour * arrivals.touches, touches: 1.0, ..arrivals };
        let waits = Waits { waiting: all.waits(case.heads as f64).unwrap().waiting, ..case.waits() };
        check(&case, Busy::Finishes, waits, 0.02);
        let fewer = 100.0 * (case.waits().within(5.0) - waits.within(5.0));
        assert!((fewer - case.fewer).abs() < 0.1, "{case:?}: {fewer}");
    }
}

/// Erlang C for any number of heads above the load, whole or not: the integral that continues the formula, by Simpson's rule.
///
/// Source: D. L. Jagerman (1974): 1 ÷ B(x, a) = a ∫ e^(−a u) (1 + u)^x du, from zero on.
fn continued(heads: f64, load: f64) -> f64 {
    const STEPS: u32 = 20_000;
    let end = (heads / load - 1.0).max(0.0) + 60.0 / load + 12.0 * heads.sqrt() / load;
    let height = |step: u32| {
        let u = end * f64::from(step) / f64::from(STEPS);
        (heads * (1.0 + u).ln() - load * u).exp()
    };
    let inner: f64 = (1..STEPS).map(|step| height(step) * if step % 2 == 1 { 4.0 } else { 2.0 }).sum();
    let inverse = load * (height(0) + inner + height(STEPS)) * end / f64::from(STEPS) / 3.0;
    1.0 / (inverse * (heads - load) / heads + load / heads)
}

#[test]
fn a_fraction_of_a_head_errs_on_the_safe_side() {
    for load in [0.1, 0.5, 0.9, 1.5, 2.7, 6.0, 14.3, 40.0] {
        for quarter in 1..=40 {
            let heads = load + f64::from(quarter) / 4.0;
            let said = Arrivals { per_hour: load, touches: 1.0, minutes: 60.0 }.waits(heads).unwrap().waiting;
            let more = said - continued(heads, load);
            assert!(more > -1e-9, "{load} {heads}: {more}");
            assert!(more < 0.08 || heads < 1.0, "{load} {heads}: {more}");
        }
    }
}

/// The fewest heads by counting up, with the probability of waiting from the shares of time in which so many are busy.
fn counted(arrivals: Arrivals, promise: Promise) -> u32 {
    let load = arrivals.per_hour * arrivals.minutes / 60.0;
    let least = (load * arrivals.touches).floor() as u32 + 1;
    let kept = |heads: &u32| {
        let heads = f64::from(*heads);
        let (mut term, mut fewer) = (1.0, 0.0);
        let mut busy = 0.0;
        while busy < heads {
            fewer += term;
            busy += 1.0;
            term *= load / busy;
        }
        let all = term * heads / (heads - load);
        let late = all / (fewer + all) * (-(heads - load) * promise.minutes / arrivals.minutes).exp();
        1.0 - late >= promise.share.fraction()
    };
    (least..).find(kept).unwrap()
}

/// From a thousandth to the most, evenly in orders of magnitude.
fn up_to(most: f64) -> impl Strategy<Value = f64> {
    (-3.0..most.log10()).prop_map(|exponent: f64| 10_f64.powf(exponent))
}

fn arrivals() -> impl Strategy<Value = Arrivals> {
    (up_to(1e6), 1.0..20.0, up_to(120.0)).prop_map(|(per_hour, touches, minutes)| Arrivals {
        per_hour,
        touches,
        minutes,
    })
}

/// Arrivals, and heads about as many as they take.
fn staffed() -> impl Strategy<Value = (Arrivals, f64)> {
    (arrivals(), 0.8..3.0, 0.0..4.0).prop_map(|(arrivals, times, more)| {
        (arrivals, arrivals.per_hour * arrivals.touches * arrivals.minutes / 60.0 * times + more)
    })
}

/// Nothing gets worse from one team to another that has it easier.
fn no_worse(before: Option<Waits>, after: Option<Waits>, minutes: f64) -> Result<(), TestCaseError> {
    let Some(before) = before else { return Ok(()) };
    prop_assert!(after.is_some());
    let after = after.unwrap();
    prop_assert!(after.waiting <= before.waiting + 1e-12, "{before:?} {after:?}");
    prop_assert!(after.within(minutes) >= before.within(minutes) - 1e-12, "{before:?} {after:?}");
    prop_assert!(after.mean_minutes() <= before.mean_minutes() * (1.0 + 1e-9) + 1e-12, "{before:?} {after:?}");
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn more_heads_and_fewer_leads_answer_sooner(
        (arrivals, heads) in staffed(), more in up_to(10.0), fewer in 0.0..1.0, minutes in up_to(1e4),
    ) {
        let waits = arrivals.waits(heads);
        no_worse(waits, arrivals.waits(heads + more), minutes)?;
        no_worse(waits, Arrivals { per_hour: arrivals.per_hour * fewer, ..arrivals }.waits(heads), minutes)?;
        no_worse(waits, Arrivals { minutes: arrivals.minutes * fewer, ..arrivals }.waits(heads), minutes)?;
        prop_assert_eq!(waits.is_some(), arrivals.is_stable(heads));
        if let Some(waits) = waits {
            let shares = [waits.waiting, waits.within(minutes), waits.within(0.0)];
            prop_assert!(shares.iter().all(|share| (0.0..=1.0).contains(share)), "{shares:?}");
            prop_assert!(waits.within(minutes * (1.0 + fewer)) >= waits.within(minutes));
            prop_assert!((waits.within(0.0) - (1.0 - waits.waiting)).abs() < 1e-15);
        }
    }

    #[test]
    fn the_fewest_heads_keep_the_promise_and_one_fewer_does_not(
        arrivals in arrivals(), share in 0..1_000_000_u32, minutes in up_to(1e4),
    ) {
        let promise = Promise { share: Rate::from_millionths(share).unwrap(), minutes };
        let kept = |heads: u32| {
            arrivals.waits(f64::from(heads)).is_some_and(|waits| waits.within(minutes) >= promise.share.fraction())
        };
        match arrivals.heads_for(promise) {
            Some(heads) => prop_assert!(kept(heads) && !kept(heads - 1)),
            None => prop_assert!(!kept(100_000)),
        }
    }

    #[test]
    fn the_fewest_heads_are_those_that_counting_finds(
        load in up_to(100.0), touches in 1.0..8.0, share in 0..1_000_000_u32, minutes in up_to(100.0),
    ) {
        let arrivals = Arrivals { per_hour: load * 6.0, touches, minutes: 10.0 };
        let promise = Promise { share: Rate::from_millionths(share).unwrap(), minutes };
        prop_assert_eq!(arrivals.heads_for(promise), Some(counted(arrivals, promise)));
    }
}
