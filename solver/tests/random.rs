//! Random programmes: against the simplex method, against the conditions of Karush, Kuhn and Tucker, and against themselves with a
//! limit moved.
#![cfg(feature = "solve")]
#![allow(
    clippy::float_cmp,
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test"
)]

mod common;

use backcast_solver::programme::{Limits, Row, Side, Variable};
use backcast_solver::{Answer, Programme, solve};
use common::{Chance, Found, other, random};

/// In whatever units: rows and variables scaled by up to so many powers of ten either way, which multiply, must not change what is
/// found. The other method is asked in plain units only; in others it errs. Next to nothing may be left undecided.
#[test]
fn the_simplex_method_finds_the_same() {
    for (spread, undecided) in [(0, 2), (3, 4), (5, 60)] {
        let mut kinds = [0; 4];
        for seed in 0..2000 {
            let expected = other(&random(&mut Chance(seed), 12, 0));
            match (solve(&random(&mut Chance(seed), 12, spread)), expected) {
                (Answer::Best { objective, .. }, Found::Best(expected)) => {
                    kinds[0] += 1;
                    let size = expected.abs().max(1.0);
                    assert!(
                        (objective - expected).abs() <= 1e-6 * size,
                        "{spread} {seed}: {objective} is not {expected}"
                    );
                }
                (Answer::Impossible { .. }, Found::Impossible) => kinds[1] += 1,
                (Answer::Endless, Found::Endless) => kinds[2] += 1,
                (Answer::Stalled, _) => kinds[3] += 1,
                (found, expected) => panic!("{spread} {seed}: {found:?} is not {expected:?}"),
            }
        }
        assert!(kinds[0] > 1000 && kinds[1] > 100 && kinds[2] > 100 && kinds[3] <= undecided, "{spread}: {kinds:?}");
    }
}

fn terms<'a>(row: &'a Row, values: &'a [f64]) -> impl Iterator<Item = f64> + 'a {
    row.terms.iter().map(|&(place, factor)| factor * values[place])
}

/// A price that is not zero belongs to a limit that is reached, on its side.
#[track_caller]
fn complements(price: f64, limits: Limits, value: f64, size: f64) {
    if price != 0.0 {
        let limit = if price > 0.0 { limits.least } else { limits.most };
        assert!((value - limit).abs() <= 1e-6 * (size + limit.abs()), "{price} at {value} of {limits:?}");
    }
}

#[test]
fn prices_and_values_meet_the_conditions_of_a_best() {
    let mut looked_at = 0;
    for seed in 0..1500 {
        let programme = random(&mut Chance(seed + 50_000), 10, 1);
        let Answer::Best { values, prices, bound_prices, .. } = solve(&programme) else { continue };
        looked_at += 1;
        let mut left: Vec<(f64, f64)> =
            programme.variables().iter().map(|variable| (variable.cost, variable.cost.abs())).collect();
        for (row, &price) in programme.rows().iter().zip(&prices) {
            let (sum, size) = (terms(row, &values).sum::<f64>(), terms(row, &values).map(f64::abs).sum::<f64>());
            let Limits { least, most, .. } = row.limits;
            assert!(least.is_infinite() || sum >= least - 1e-6 * (size + least.abs()), "{seed}: {sum} {least}");
            assert!(most.is_infinite() || sum <= most + 1e-6 * (size + most.abs()), "{seed}: {sum} {most}");
            complements(price, row.limits, sum, size);
            for &(place, factor) in &row.terms {
                left[place].0 -= price * factor;
                left[place].1 += (price * factor).abs();
            }
        }
        for (variable, ((left, size), (&price, &value))) in
            programme.variables().iter().zip(left.iter().zip(bound_prices.iter().zip(&values)))
        {
            assert!((left - price).abs() <= 1e-6 * size, "{seed}: {left} is not {price}");
            assert!(value >= variable.limits.least && value <= variable.limits.most, "{seed}");
            complements(price, variable.limits, value, 1e-6);
        }
    }
    assert!(looked_at > 800, "{looked_at}");
}

/// What one more unit of a limit is worth: solved again by the other method with the limit a little lower and a little higher. Where
/// these differ, the price lies between.
#[test]
fn a_price_is_what_a_moved_limit_changes() {
    const STEP: f64 = 1e-4;
    let mut looked_at = 0;
    for seed in 0..150 {
        let programme = random(&mut Chance(seed + 90_000), 8, 0);
        let Answer::Best { objective, prices, .. } = solve(&programme) else { continue };
        for (place, &price) in prices.iter().enumerate().filter(|(_, price)| **price != 0.0) {
            let moved = |step: f64| {
                let mut rows = programme.rows().to_vec();
                let limits = &mut rows[place].limits;
                let both = limits.least == limits.most;
                if both || price > 0.0 {
                    limits.least += step;
                }
                if both || price < 0.0 {
                    limits.most += step;
                }
                match other(&Programme::new(programme.variables().to_vec(), rows).unwrap()) {
                    Found::Best(objective) => Some(objective),
                    _ => None,
                }
            };
            let close = 1e-5 * (1.0 + price.abs()) + 1e-8 * objective.abs() / STEP;
            if let Some(higher) = moved(STEP) {
                let worth = (higher - objective) / STEP;
                assert!(worth >= price - close, "{seed} {place}: {worth} above, {price}");
                looked_at += 1;
            }
            if let Some(lower) = moved(-STEP) {
                let worth = (objective - lower) / STEP;
                assert!(worth <= price + close, "{seed} {place}: {worth} below, {price}");
                looked_at += 1;
            }
        }
    }
    assert!(looked_at > 300, "{looked_at}");
}

/// The limits of an answer, as a programme without all the other liftable ones but those that are chosen.
fn with(programme: &Programme, chosen: impl Fn(bool, usize, Side) -> bool) -> Programme {
    let keep = |is_row: bool, place: usize, limits: Limits| {
        let lifted = |side: Side| limits.liftable && !chosen(is_row, place, side);
        let limits = if lifted(Side::Least) { limits.without(Side::Least) } else { limits };
        if lifted(Side::Most) { limits.without(Side::Most) } else { limits }
    };
    let variables = programme.variables().iter().enumerate();
    let variables =
        variables.map(|(place, variable)| Variable { cost: 0.0, limits: keep(false, place, variable.limits) });
    let rows = programme.rows().iter().enumerate();
    let rows = rows.map(|(place, row)| Row { limits: keep(true, place, row.limits), ..row.clone() });
    Programme::new(variables.collect(), rows.collect()).unwrap()
}

/// Every subset of what is named, with the other method: the whole is impossible, each proper subset is possible.
#[test]
fn a_reason_is_irreducible() {
    let (mut looked_at, mut long) = (0, 0);
    for seed in 0..1200 {
        let programme = random(&mut Chance(seed + 200_000), 9, 0);
        let Answer::Impossible { rows, bounds } = solve(&programme) else { continue };
        let of = |(is_row, limits): (bool, &[(usize, Side)])| {
            limits.iter().map(|&(place, side)| (is_row, place, side)).collect::<Vec<_>>()
        };
        let named = [(true, &rows[..]), (false, &bounds[..])].map(of).concat();
        if named.len() > 10 {
            continue;
        }
        looked_at += 1;
        long += usize::from(named.len() > 2);
        for subset in 0..1_usize << named.len() {
            let chosen = |is_row: bool, place: usize, side: Side| {
                named.iter().position(|&limit| limit == (is_row, place, side)).is_some_and(|at| subset >> at & 1 == 1)
            };
            let whole = subset == (1 << named.len()) - 1;
            let found = other(&with(&programme, chosen));
            assert_eq!(found == Found::Impossible, whole, "{seed}: {named:?} {subset:b}: {found:?}");
        }
    }
    assert!(looked_at > 80 && long > 10, "{looked_at} {long}");
}
