//! How fast a team answers arriving leads: Erlang C on first touches, per working hour.
//!
//! Leads arrive at random (Poisson), a touch takes an exponential time, nobody gives up, and each first touch is made in the order
//! of arrival by whoever is free. **First touches go before follow-ups, at once**: who is busy with a follow-up puts it aside for a
//! new lead and takes it up again later. So first touches meet only one another, and their wait is that of Erlang C on their own
//! load, however many follow-ups there are and whenever they are due; follow-ups decide only whether all the work gets done. Where a
//! touch is finished before the next begins, as with a call, more leads wait: about as many as by Erlang C on the load of *all*
//! touches, each as long as here. `tests/response.rs` simulates both: with two heads, a load of 0.9 and three touches of
//! ten minutes a lead, 93 % are answered within five minutes here, and 58 % there.
//!
//! Time is working minutes. What arrives outside working hours is reported apart ([`Hours`]) and has its turn when nobody new is
//! there: where what piled up overnight is answered in the order of arrival, new leads wait longer in the morning.
//!
//! Source: A. K. Erlang (1917); priorities that interrupt, in any text on queues: the first class does not see the second.

use crate::engine::math;
use crate::units::{Factor, Rate};

/// Leads that arrive, and the work they make. What is negative or not a number counts as nothing; nothing counts as more than 10⁹.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Arrivals {
    /// Leads to answer per working hour. Those that arrived outside working hours make work, too: without them the load is too low.
    pub per_hour: f64,
    /// Touches that a lead takes in all, the first included; fewer than one count as one.
    pub touches: f64,
    /// Minutes that a touch takes on average.
    pub minutes: f64,
}

/// How long a first touch is waited for. Both figures are zero where everybody is answered at once.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Waits {
    /// The probability that one waits at all: nobody is free of first touches.
    pub waiting: f64,
    /// For how many working minutes those wait on average who wait.
    pub minutes_of_those: f64,
}

/// What is promised: this share of leads has its first touch within so many working minutes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Promise {
    /// The share.
    pub share: Rate,
    /// The minutes.
    pub minutes: f64,
}

/// More heads than these count as these.
pub const MOST_HEADS: u32 = 100_000;

impl Arrivals {
    /// The share of the heads' time that all touches take; above one where they cannot be done. Zero when nothing arrives; `None` when
    /// something does and nobody is there.
    pub fn load(self, heads: f64) -> Option<f64> {
        let (arrivals, heads) = (self.within_limits(), heads_within_limits(heads));
        if arrivals.per_hour <= 0.0 {
            return Some(0.0);
        }
        let minutes = arrivals.per_hour * arrivals.touches * arrivals.minutes;
        (heads > 0.0).then(|| (minutes / (60.0 * heads)).min(f64::MAX))
    }

    /// Whether all touches get done: arrivals × touches × minutes < 60 × heads, or nothing arrives. Otherwise follow-ups pile up
    /// without end, and first touches, too, where they alone are too many.
    pub fn is_stable(self, heads: f64) -> bool {
        self.load(heads).is_some_and(|load| load < 1.0)
    }

    /// How long first touches are waited for with so many heads; `None` where not all touches get done.
    ///
    /// With a fraction of a head the probability of waiting lies on the line between the whole numbers below and above; where the one
    /// below is no more than the load of first touches, on the line from that load, with which everybody waits. The probability is
    /// convex in the heads, so that the line errs on the safe side: from one head on by less than 0.08 against the formula's continuation,
    /// below one head by much more when little arrives. Those who wait get on by the exact number of heads.
    pub fn waits(self, heads: f64) -> Option<Waits> {
        if !self.is_stable(heads) {
            return None;
        }
        let (arrivals, heads) = (self.within_limits(), heads_within_limits(heads));
        // In minutes an hour, as what is stable is decided: so what is stable leaves something to spare.
        let first = arrivals.per_hour * arrivals.minutes;
        if first <= 0.0 {
            return Some(Waits { waiting: 0.0, minutes_of_those: 0.0 });
        }
        let spare = 60.0 * heads - first;
        Some(Waits { waiting: waiting(heads, first / 60.0), minutes_of_those: arrivals.minutes * 60.0 / spare })
    }

    /// The fewest whole heads with which all work gets done and a promise is kept to those who arrive within working hours; `None` when
    /// [`MOST_HEADS`] do not keep it, and when it is made to everybody: some always wait longer. Nobody is needed when nothing arrives.
    pub fn heads_for(self, promise: Promise) -> Option<u32> {
        let arrivals = self.within_limits();
        if arrivals.per_hour <= 0.0 {
            return Some(0);
        }
        let keeps = |heads: u32| {
            let waits = arrivals.waits(f64::from(heads));
            waits.is_some_and(|waits| waits.within(promise.minutes) >= promise.share.fraction())
        };
        if promise.share == Rate::ONE || !keeps(MOST_HEADS) {
            return None;
        }
        let (mut too_few, mut enough) = (0, MOST_HEADS);
        while enough - too_few > 1 {
            let middle = u32::midpoint(too_few, enough);
            if keeps(middle) {
                enough = middle;
            } else {
                too_few = middle;
            }
        }
        Some(enough)
    }

    fn within_limits(self) -> Self {
        const MOST: f64 = 1e9;
        Self {
            per_hour: limited(self.per_hour, 0.0, MOST),
            touches: limited(self.touches, 1.0, MOST),
            minutes: limited(self.minutes, 0.0, MOST),
        }
    }
}

impl Waits {
    /// The share of first touches that are made within so many working minutes of arrival: 1 − C · exp(−(c − a) · t ÷ minutes).
    pub fn within(self, minutes: f64) -> f64 {
        if self.minutes_of_those <= 0.0 {
            return 1.0;
        }
        1.0 - self.waiting * math::left_after(minutes.max(0.0) / self.minutes_of_those)
    }

    /// Working minutes from arrival to first touch, on average over those who wait and those who do not.
    pub fn mean_minutes(self) -> f64 {
        self.waiting * self.minutes_of_those
    }
}

fn heads_within_limits(heads: f64) -> f64 {
    limited(heads, 0.0, f64::from(MOST_HEADS))
}

/// What is not a number is the least.
fn limited(figure: f64, least: f64, most: f64) -> f64 {
    // Not `clamp`: where the bounds are no constants, its panic prints floats, which is six kilobytes of code.
    if figure.is_nan() { least } else { figure.max(least).min(most) }
}

/// The probability of waiting with a number of heads above the load, whole or not; one where the load is rounded up to the heads.
fn waiting(heads: f64, load: f64) -> f64 {
    let (below, above) = (heads.floor(), heads.ceil());
    let most = if below > load { erlang_c(below, load) } else { 1.0 };
    if above <= below {
        return most;
    }
    let from = below.max(load);
    most - (most - erlang_c(above, load)) * (heads - from) / (above - from)
}

/// Erlang C for a whole number of heads above the load.
fn erlang_c(heads: f64, load: f64) -> f64 {
    let spare = (heads - load) / heads;
    1.0 / (inverse_blocking(heads, load) * spare + load / heads)
}

/// One over Erlang B: the recurrence I(c) = 1 + c ÷ a · I(c − 1) written out from above, 1 + c ÷ a · (1 + (c − 1) ÷ a · (…)).
///
/// All terms are positive, so that nothing cancels. They grow down to the load and shrink below it: what is left out changes none of
/// the first thirteen digits, and of a hundred thousand heads some 14,000 terms are left at most.
fn inverse_blocking(heads: f64, load: f64) -> f64 {
    /// So improbable that it does not matter by how much.
    const NEVER: f64 = 1e300;
    let (mut term, mut sum, mut head) = (1.0, 1.0, heads);
    while head >= 1.0 && term > sum * 1e-18 && sum < NEVER {
        term *= head / load;
        sum += term;
        head -= 1.0;
    }
    sum
}

/// When the team works, in a week of 168 hours.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hours {
    /// Hours a day, at most 24.
    pub a_day: f64,
    /// Days a week, at most seven.
    pub days_a_week: f64,
    /// The share of leads that arrives outside these hours, where it is known; otherwise leads arrive evenly around the week.
    pub known_outside: Option<Rate>,
}

impl Hours {
    /// The share of leads that arrives when nobody works: no number of heads answers these in time.
    pub fn outside(self) -> f64 {
        const A_WEEK: f64 = 24.0 * 7.0;
        self.known_outside.map_or_else(
            || 1.0 - limited(self.a_day, 0.0, 24.0) * limited(self.days_a_week, 0.0, 7.0) / A_WEEK,
            Rate::fraction,
        )
    }

    /// The share of all leads that is answered in time, of the share among those that arrive within working hours: what can honestly be
    /// promised to everybody.
    pub fn of_all(self, within_hours: f64) -> f64 {
        within_hours * (1.0 - self.outside())
    }
}

/// What a quick answer does to a conversion rate, as the user believes; by default nothing.
///
/// What studies report are ratios of odds, seen and not brought about: a factor on odds, never on the rate, and with a cap.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Uplift {
    /// By which the odds of those are multiplied who are answered in time.
    pub odds: Factor,
    /// No rate is lifted above this; one that lies above it stays.
    pub most: Rate,
}

impl Default for Uplift {
    fn default() -> Self {
        Self { odds: Factor::ONE, most: Rate::ONE }
    }
}

impl Uplift {
    /// A conversion rate when this share is answered in time, and `rate` is that of those who are not. A factor of one leaves it as it
    /// is, to the bit. What is less than nothing or more than all counts as nothing or all.
    pub fn of(self, rate: f64, in_time: f64) -> f64 {
        let (rate, in_time) = (limited(rate, 0.0, 1.0), limited(in_time, 0.0, 1.0));
        if rate >= 1.0 {
            return rate;
        }
        let odds = self.odds.times();
        // Odds p ÷ (1 − p) times f, as a rate again; written so that with one nothing is rounded.
        let lifted = rate * odds / (1.0 + rate * (odds - 1.0));
        rate + in_time * (lifted.min(self.most.fraction().max(rate)) - rate)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Touches of an hour, first ones only, so that as many are busy all the time as arrive in an hour.
    fn arrivals(load: f64) -> Arrivals {
        Arrivals { per_hour: load, touches: 1.0, minutes: 60.0 }
    }

    fn percent(percent: u8) -> Rate {
        Rate::from_percent(percent)
    }

    /// The example that handbooks of call centres work through: 200 calls an hour of 3 minutes each and 14 agents; 17.4 % wait, 88.8 %
    /// are answered within 20 seconds, after 7.8 seconds on average. And what tables of Erlang C have beside it.
    #[test]
    fn waits_are_those_of_published_tables() {
        let calls = Arrivals { per_hour: 200.0, touches: 1.0, minutes: 3.0 };
        for (heads, waiting) in [(12.0, 0.4494), (13.0, 0.2853), (14.0, 0.1741)] {
            let waits = calls.waits(heads).unwrap();
            assert!((waits.waiting - waiting).abs() < 5e-5, "{heads}: {}", waits.waiting);
        }
        let waits = calls.waits(14.0).unwrap();
        assert!((waits.within(20.0 / 60.0) - 0.888).abs() < 5e-4, "{}", waits.within(20.0 / 60.0));
        assert!((waits.mean_minutes() * 60.0 - 7.8).abs() < 0.05, "{}", waits.mean_minutes() * 60.0);
        // 80 % within 20 seconds, the usual promise: 13 agents keep it not quite.
        assert_eq!(calls.heads_for(Promise { share: percent(80), minutes: 20.0 / 60.0 }), Some(14));
    }

    /// Against mpmath: the definition summed with fifty digits.
    #[test]
    fn the_probability_of_waiting_is_that_of_mpmath() {
        for (heads, load, expected) in [
            (1.0, 0.5, 0.5),
            (2.0, 1.5, 0.642_857_142_857_142_9),
            (12.0, 10.0, 0.449_388_224_298_270_9),
            (55.0, 50.0, 0.384_547_317_932_928_5),
            (120.0, 100.0, 0.033_195_895_354_757_06),
            (1_040.0, 1_000.0, 0.140_453_894_954_548),
            (10_000.0, 9_990.0, 0.880_541_711_373_99),
            (99_500.0, 99_000.0, 0.070_295_318_752_778_8),
            (100_000.0, 99_990.0, 0.960_965_428_299_724_4),
            (100_000.0, 98_000.0, 9.917_741_037_710_929e-11),
        ] {
            let waiting = arrivals(load).waits(heads).unwrap().waiting;
            assert!((waiting / expected - 1.0).abs() < 1e-11, "{heads} {load}: {waiting}");
        }
    }

    #[test]
    fn all_touches_are_load_and_first_ones_wait() {
        let leads = Arrivals { per_hour: 6.0, touches: 5.0, minutes: 12.0 };
        assert_eq!((leads.load(8.0), leads.load(6.0), leads.load(3.0)), (Some(0.75), Some(1.0), Some(2.0)));
        assert_eq!((leads.load(0.0), leads.is_stable(0.0), leads.waits(0.0)), (None, false, None));
        assert!(leads.is_stable(6.1) && !leads.is_stable(6.0) && leads.waits(6.0).is_none());
        let waits = leads.waits(8.0).unwrap();
        assert_eq!(Arrivals { touches: 1.0, ..leads }.waits(8.0), Some(waits));
        assert_eq!(waits.within(-1.0).to_bits(), waits.within(0.0).to_bits());
        // A load that is rounded up to the heads.
        let (all_but, heads) =
            (Arrivals { per_hour: 156.941_551_027_263_36, touches: 1.0, minutes: 13.0 }, 34.004_002_722_573_77);
        assert!(all_but.is_stable(heads) && all_but.waits(heads).is_some_and(|waits| waits.waiting <= 1.0));
        let nobody = Arrivals { per_hour: 0.0, ..leads };
        assert_eq!((nobody.load(0.0), nobody.is_stable(0.0)), (Some(0.0), true));
        assert_eq!(nobody.waits(0.0), Some(Waits { waiting: 0.0, minutes_of_those: 0.0 }));
        let instant = Arrivals { minutes: 0.0, ..leads };
        assert_eq!((instant.waits(1.0).unwrap().within(0.0), instant.is_stable(0.0)), (1.0, false));
    }

    #[test]
    fn the_fewest_heads_also_get_the_follow_ups_done() {
        let leads = Arrivals { per_hour: 6.0, touches: 5.0, minutes: 12.0 };
        let promise = |share, minutes| Promise { share, minutes };
        assert_eq!(leads.heads_for(promise(Rate::ZERO, 5.0)), Some(7));
        assert_eq!(leads.heads_for(promise(Rate::ONE, 1e6)), None);
        assert_eq!(Arrivals { per_hour: 0.0, ..leads }.heads_for(promise(percent(99), 5.0)), Some(0));
        assert_eq!(Arrivals { minutes: 0.0, ..leads }.heads_for(promise(percent(99), 5.0)), Some(1));
        assert_eq!(arrivals(99_999.5).heads_for(promise(Rate::ZERO, 0.0)), Some(100_000));
        assert_eq!(arrivals(100_000.0).heads_for(promise(Rate::ZERO, 0.0)), None);
        assert_eq!(arrivals(99_999.5).heads_for(promise(percent(90), 0.0)), None);
    }

    #[test]
    fn what_is_no_figure_still_has_an_answer() {
        let odd = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -1.0, 0.0, 1e-300, 1e300];
        for (per_hour, touches) in odd.iter().flat_map(|one| odd.iter().map(move |two| (*one, *two))) {
            for (minutes, heads) in odd.iter().flat_map(|one| odd.iter().map(move |two| (*one, *two))) {
                let arrivals = Arrivals { per_hour, touches, minutes };
                assert!(
                    arrivals.load(heads).is_none_or(|load| load >= 0.0 && load.is_finite()),
                    "{arrivals:?} {heads}"
                );
                let Some(waits) = arrivals.waits(heads) else { continue };
                let within = waits.within(heads);
                assert!((0.0..=1.0).contains(&waits.waiting) && (0.0..=1.0).contains(&within), "{waits:?} {heads}");
                assert!(waits.mean_minutes() >= 0.0 && waits.mean_minutes().is_finite(), "{waits:?}");
            }
            let hours = Hours { a_day: per_hour, days_a_week: touches, known_outside: None };
            assert!((0.0..=1.0).contains(&hours.outside()));
            assert!((0.0..=1.0).contains(&Uplift::default().of(per_hour, touches)));
        }
    }

    #[test]
    fn who_arrives_outside_working_hours_is_not_answered_in_time() {
        let office = Hours { a_day: 8.0, days_a_week: 5.0, known_outside: None };
        // 40 of 168 hours.
        assert!((office.outside() - 16.0 / 21.0).abs() < 1e-15);
        assert!((office.of_all(0.9) - 0.9 * 5.0 / 21.0).abs() < 1e-15);
        assert!((Hours { known_outside: Some(percent(30)), ..office }.of_all(0.9) - 0.63).abs() < 1e-15);
        let always = Hours { a_day: 24.0, days_a_week: 7.0, known_outside: None };
        assert_eq!((always.outside(), always.of_all(0.9)), (0.0, 0.9));
    }

    #[test]
    fn a_factor_acts_on_odds_and_one_changes_no_bit() {
        let twice = Uplift { odds: Factor::from_millionths(2_000_000).unwrap(), most: Rate::ONE };
        // Odds of one to four become two to four; of one to one, two to one.
        assert!((twice.of(0.2, 1.0) - 1.0 / 3.0).abs() < 1e-15 && (twice.of(0.5, 1.0) - 2.0 / 3.0).abs() < 1e-15);
        // Of those in time only.
        assert!((twice.of(0.2, 0.25) - (0.75 * 0.2 + 0.25 / 3.0)).abs() < 1e-15);
        let capped = Uplift { most: percent(25), ..twice };
        assert!((capped.of(0.2, 1.0) - 0.25).abs() < 1e-15);
        // A cap does not lower.
        assert_eq!((capped.of(0.3, 1.0), capped.of(1.0, 1.0), twice.of(0.0, 1.0)), (0.3, 1.0, 0.0));
        let none = Uplift { odds: Factor::ZERO, ..twice };
        assert_eq!((none.of(0.4, 1.0), none.of(0.4, 0.0)), (0.0, 0.4));
        let hardly = Uplift { odds: Factor::from_millionths(1).unwrap(), ..twice };
        assert_eq!((none.of(1.0, 1.0), hardly.of(1.0, 1.0)), (1.0, 1.0));
        for millionths in 0..=1_000_000 {
            let rate = Rate::from_millionths(millionths).unwrap().fraction();
            for off in [Uplift::default(), Uplift { most: percent(10), ..Uplift::default() }] {
                assert_eq!(off.of(rate, 1.0 / 3.0).to_bits(), rate.to_bits());
            }
        }
    }
}
