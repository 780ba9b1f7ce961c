//! Properties of teams and of what they close that hold for any figures.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on ends there")]

use backcast::engine::capacity::{Deals, Goal, Hiring, Move, Team, closed, smallest_hiring, staff};
use proptest::collection::vec;
use proptest::prelude::*;

/// A team's own figures, owned.
#[derive(Clone, Debug)]
struct People {
    heads: f64,
    hires: Vec<(usize, f64)>,
    leavers: Vec<(usize, f64)>,
    ramp: Vec<f64>,
    attrition: f64,
    time_to_fill: usize,
    backfills: bool,
}

impl People {
    fn team(&self) -> Team<'_> {
        Team {
            heads: self.heads,
            hires: &self.hires,
            leavers: &self.leavers,
            ramp: &self.ramp,
            attrition: self.attrition,
            time_to_fill: self.time_to_fill,
            backfills: self.backfills,
            productivity: 40.0,
            season: &[],
        }
    }

    fn capacity(&self, months: usize) -> Vec<f64> {
        staff(&[self.team()], &[], months).teams[0].months.iter().map(|month| month.capacity).collect()
    }
}

prop_compose! {
    fn people()(
        heads in 0.0..9.0,
        hires in vec((0_usize..30, 0.0..4.0), 0..4),
        leavers in vec((0_usize..30, 0.0..4.0), 0..4),
        ramp in vec(0.0..1.2, 0..8),
        attrition in prop_oneof![Just(0.0), 0.0..1.0],
        time_to_fill in 0_usize..6,
        backfills: bool,
    ) -> People {
        People { heads, hires, leavers, ramp, attrition, time_to_fill, backfills }
    }
}

/// Arrivals of one to four segments over up to thirty months.
fn arrivals() -> impl Strategy<Value = Vec<Vec<f64>>> {
    (1_usize..30).prop_flat_map(|months| vec(vec(prop_oneof![Just(0.0), 0.0..200.0], months), 1..5))
}

fn deals(arrivals: &[Vec<f64>], capacity: &[f64]) -> Vec<Vec<Deals>> {
    let arrivals: Vec<&[f64]> = arrivals.iter().map(Vec::as_slice).collect();
    closed(&arrivals, capacity)
}

/// Cumulative over the months, of all segments.
fn by_month(segments: &[Vec<Deals>], figure: impl Fn(&Deals) -> f64) -> Vec<f64> {
    let months = segments.first().map_or(0, Vec::len);
    let mut sum = 0.0;
    let mut sums = Vec::new();
    for month in 0..months {
        sum += segments.iter().map(|segment| figure(&segment[month])).sum::<f64>();
        sums.push(sum);
    }
    sums
}

/// Not more than, but for rounding.
fn at_most(one: f64, other: f64) -> bool {
    one <= other + 1e-9 * other.abs().max(1.0)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn one_more_seller_never_lowers_what_is_closed(people in people(), arrivals in arrivals(), start in 0_usize..30) {
        let months = arrivals[0].len();
        let mut more = people.clone();
        more.hires.push((start, 1.0));
        let before = by_month(&deals(&arrivals, &people.capacity(months)), |deals| deals.closes);
        let after = by_month(&deals(&arrivals, &more.capacity(months)), |deals| deals.closes);
        for (before, after) in before.iter().zip(after) {
            prop_assert!(at_most(*before, after), "{before} {after}");
        }
    }

    #[test]
    fn more_pipeline_never_closes_less(
        people in people(), arrivals in arrivals(), at in any::<prop::sample::Index>(), more in 0.0..300.0,
    ) {
        let months = arrivals[0].len();
        let capacity = people.capacity(months);
        let mut greater = arrivals.clone();
        let segment = at.index(greater.len());
        greater[segment][at.index(months)] += more;
        let before = by_month(&deals(&arrivals, &capacity), |deals| deals.closes);
        let after = by_month(&deals(&greater, &capacity), |deals| deals.closes);
        for (before, after) in before.iter().zip(after) {
            prop_assert!(at_most(*before, after), "{before} {after}");
        }
    }

    #[test]
    fn what_arrives_closes_or_waits(people in people(), arrivals in arrivals()) {
        let capacity = people.capacity(arrivals[0].len());
        let segments = deals(&arrivals, &capacity);
        for segment in &segments {
            let mut waits = 0.0;
            for deals in segment {
                prop_assert!(deals.closes >= 0.0 && deals.waits >= 0.0);
                prop_assert!((waits + deals.arrives - deals.closes - deals.waits).abs() < 1e-9);
                waits = deals.waits;
            }
        }
        let (arrive, close) = (by_month(&segments, |deals| deals.arrives), by_month(&segments, |deals| deals.closes));
        let mut can = 0.0;
        for ((arrives, closes), capacity) in arrive.iter().zip(close).zip(capacity) {
            can += capacity;
            prop_assert!(at_most(closes, *arrives) && at_most(closes, can), "{closes} {arrives} {can}");
        }
    }

    #[test]
    fn a_segment_split_in_two_changes_no_total(people in people(), arrivals in arrivals(), share in 0.0..1.0) {
        let capacity = people.capacity(arrivals[0].len());
        let mut split = arrivals.clone();
        let part: Vec<f64> = arrivals[0].iter().map(|arrives| arrives * share).collect();
        split[0] = arrivals[0].iter().zip(&part).map(|(all, part)| all - part).collect();
        split.push(part);
        let (whole, parts) = (deals(&arrivals, &capacity), deals(&split, &capacity));
        for (whole, parts) in by_month(&whole, |deals| deals.closes).iter().zip(by_month(&parts, |deals| deals.closes)) {
            prop_assert!((whole - parts).abs() < 1e-7, "{whole} {parts}");
        }
        for (month, deals) in whole[0].iter().enumerate() {
            let both = parts[0][month].waits + parts.last().unwrap()[month].waits;
            prop_assert!((deals.waits - both).abs() < 1e-7);
        }
    }

    /// Moving loses nobody; and nobody comes from nowhere.
    #[test]
    fn moves_keep_the_number_of_heads(
        one in people(), two in people(), moves in vec((0_usize..20, 0_usize..2, 0.0..5.0), 0..5),
    ) {
        let alike = |people: People| People { leavers: Vec::new(), attrition: 0.3, backfills: false, ..people };
        let (one, two) = (alike(one), alike(two));
        let moves: Vec<Move> =
            moves.into_iter().map(|(month, from, heads)| Move { month, from, to: 1 - from, heads }).collect();
        let sum = |moves: &[Move], month: usize| {
            staff(&[one.team(), two.team()], moves, 20).teams.iter().map(|team| team.months[month].heads).sum::<f64>()
        };
        for month in 0..20 {
            prop_assert!((sum(&moves, month) - sum(&[], month)).abs() < 1e-9);
        }
    }

    /// What is proposed reaches the goal when it is added to the hires of the team, and not with one head less.
    #[test]
    fn a_hiring_plan_reaches_its_goal(
        people in people(), arrivals in arrivals(), share in 0.0..1.0, earliest in 0_usize..12, heads in 4.0..9.0,
    ) {
        let people = People { heads, leavers: Vec::new(), ..people };
        let months = arrivals[0].len();
        let team = people.team();
        let capacity = people.capacity(months);
        let total = |people: &People| *by_month(&deals(&arrivals, &people.capacity(months)), |deals| deals.closes).last().unwrap();
        let arrives: Vec<f64> = (0..months).map(|month| arrivals.iter().map(|segment| segment[month]).sum()).collect();
        let all: f64 = arrives.iter().sum();
        let now = total(&people);
        let bookings = now + (all - now) * share;
        let goal = Goal { bookings, arrivals: &arrives, capacity: &capacity, team: &team, earliest, most: 300 };
        match smallest_hiring(&goal) {
            Hiring::Starts(starts) => {
                let with = |starts: &[(usize, u32)]| {
                    let mut with = people.clone();
                    with.hires.extend(starts.iter().map(|&(month, heads)| (month, f64::from(heads))));
                    total(&with)
                };
                prop_assert!(with(&starts) >= bookings * (1.0 - 2e-9));
                for place in 0..starts.len() {
                    prop_assert!(starts[place].0 >= earliest && starts[place].1 > 0);
                    let mut fewer = starts.clone();
                    fewer[place].1 -= 1;
                    prop_assert!(with(&fewer) < bookings);
                }
                // Nor when one of them starts a month later.
                for place in 0..starts.len() {
                    let mut later = starts.clone();
                    later[place].1 -= 1;
                    later.push((starts[place].0 + 1, 1));
                    prop_assert!(with(&later) < bookings, "{starts:?}");
                }
            }
            Hiring::Short(missed) => prop_assert!(missed > 0.0 && missed <= bookings - now + 1e-6),
        }
    }
}
