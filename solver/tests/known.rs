//! Small programmes whose answers are known by hand.
#![cfg(feature = "solve")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on ends there")]

use backcast_solver::programme::{Limits, Row, Side, Variable};
use backcast_solver::{Answer, Programme, solve};

fn programme(variables: &[(f64, Limits)], rows: &[(&[f64], Limits)]) -> Programme {
    let variables = variables.iter().map(|&(cost, limits)| Variable { cost, limits }).collect();
    let row = |&(factors, limits): &(&[f64], Limits)| {
        let terms = factors.iter().copied().enumerate().filter(|&(_, factor)| factor != 0.0).collect();
        Row { terms, limits }
    };
    Programme::new(variables, rows.iter().map(row).collect()).unwrap()
}

fn upto(most: f64) -> Limits {
    Limits { least: 0.0, most, liftable: false }
}

#[track_caller]
fn near(found: &[f64], expected: &[f64]) {
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(expected) {
        assert!((found - expected).abs() <= 1e-6 * expected.abs().max(1.0), "{found} is not {expected}");
    }
}

#[track_caller]
fn best(programme: &Programme, values: &[f64], prices: &[f64], bound_prices: &[f64]) {
    match solve(programme) {
        Answer::Best { values: found, prices: of_rows, bound_prices: of_bounds, objective } => {
            near(&found, values);
            near(&of_rows, prices);
            near(&of_bounds, bound_prices);
            let cost: f64 =
                programme.variables().iter().zip(values).map(|(variable, value)| variable.cost * value).sum();
            near(&[objective], &[cost]);
        }
        other => panic!("{other:?}"),
    }
}

/// Two channels, 50 and 80 a lead; 100 leads are needed; the first has 60.
#[test]
fn the_cheaper_channel_goes_first() {
    let need = (&[1.0, 1.0][..], Limits::at_least(100.0));
    best(&programme(&[(50.0, upto(60.0)), (80.0, Limits::COUNT)], &[need]), &[60.0, 40.0], &[80.0], &[-30.0, 0.0]);
    // With a ceiling as a row the price is the row's.
    let ceiling = (&[1.0, 0.0][..], Limits::at_most(60.0));
    best(
        &programme(&[(50.0, Limits::COUNT), (80.0, Limits::COUNT)], &[need, ceiling]),
        &[60.0, 40.0],
        &[80.0, -30.0],
        &[0.0, 0.0],
    );
    // A floor under the dearer one costs the difference.
    let floor = (&[0.0, 1.0][..], Limits::at_least(70.0));
    best(
        &programme(&[(50.0, Limits::COUNT), (80.0, Limits::COUNT)], &[need, floor]),
        &[30.0, 70.0],
        &[50.0, 30.0],
        &[0.0, 0.0],
    );
}

/// The most revenue for a budget: costs below zero. 5 and 4 a piece, of 6 x + 4 y ≤ 24 and x + 2 y ≤ 6: Taha's paint maker,
/// 3 and 1.5 for 21, prices 0.75 and 0.5.
#[test]
fn the_most_for_a_budget() {
    let rows = [(&[6.0, 4.0][..], Limits::at_most(24.0)), (&[1.0, 2.0][..], Limits::at_most(6.0))];
    best(&programme(&[(-5.0, Limits::COUNT), (-4.0, Limits::COUNT)], &rows), &[3.0, 1.5], &[-0.75, -0.5], &[0.0, 0.0]);
}

#[test]
fn what_is_exact_has_a_price_of_either_sign() {
    let rows = [(&[1.0, 1.0][..], Limits::exactly(10.0)), (&[1.0, -1.0][..], Limits::exactly(2.0))];
    // x = 6, y = 4; cost 3 x − y: one more in the first adds half of each, in the second half of x and takes half of y.
    best(&programme(&[(3.0, Limits::NONE), (-1.0, Limits::NONE)], &rows), &[6.0, 4.0], &[1.0, 2.0], &[0.0, 0.0]);
    // A variable that is held.
    let held =
        programme(&[(2.0, Limits::exactly(3.0)), (1.0, Limits::COUNT)], &[(&[1.0, 1.0][..], Limits::at_least(5.0))]);
    best(&held, &[3.0, 2.0], &[1.0], &[1.0, 0.0]);
}

/// Terms of the same variable add up; a row may have none.
#[test]
fn terms_add_up() {
    let variables = vec![Variable { cost: 1.0, limits: Limits::COUNT }];
    let row = |terms: &[(usize, f64)], least: f64| Row { terms: terms.to_vec(), limits: Limits::at_least(least) };
    let rows = vec![row(&[(0, 1.0), (0, 3.0)], 8.0), row(&[], -1.0)];
    best(&Programme::new(variables, rows).unwrap(), &[2.0], &[0.25, 0.0], &[0.0]);
}

#[test]
fn nothing_to_find_is_an_answer_too() {
    best(&programme(&[], &[]), &[], &[], &[]);
    best(&programme(&[], &[(&[], Limits::at_most(1.0))]), &[], &[0.0], &[]);
    let needs = programme(&[], &[(&[], Limits::at_most(1.0)), (&[], Limits::at_least(1.0).liftable())]);
    assert_eq!(solve(&needs), Answer::Impossible { rows: vec![(1, Side::Least)], bounds: vec![] });
    best(&programme(&[(0.0, Limits::NONE)], &[]), &[0.0], &[], &[0.0]);
    best(&programme(&[(2.0, Limits::COUNT)], &[]), &[0.0], &[], &[2.0]);
    let empty = programme(&[(1.0, Limits::COUNT)], &[(&[0.0], Limits::at_least(1.0).liftable())]);
    assert_eq!(solve(&empty), Answer::Impossible { rows: vec![(0, Side::Least)], bounds: vec![] });
}

#[test]
fn without_end() {
    assert_eq!(solve(&programme(&[(-1.0, Limits::COUNT)], &[])), Answer::Endless);
    assert_eq!(solve(&programme(&[(1.0, Limits::NONE)], &[])), Answer::Endless);
    let ratio = programme(&[(-1.0, Limits::COUNT), (-1.0, Limits::COUNT)], &[(&[1.0, -1.0], Limits::at_most(1.0))]);
    assert_eq!(solve(&ratio), Answer::Endless);
    // Costs would fall without end, but nothing is within the limits.
    let rows = [(&[0.0, 1.0][..], Limits::at_least(2.0).liftable()), (&[0.0, 1.0][..], Limits::at_most(1.0))];
    let neither = programme(&[(-1.0, Limits::COUNT), (1.0, Limits::COUNT)], &rows);
    assert_eq!(solve(&neither), Answer::Impossible { rows: vec![(0, Side::Least)], bounds: vec![] });
}

/// A floor above its ceiling; a bound that is in the way; what cannot be lifted is not named.
#[test]
fn what_is_in_the_way_is_named() {
    let floor_and_ceiling = Limits { least: 5.0, most: 3.0, liftable: true };
    let both = programme(&[(1.0, Limits::COUNT)], &[(&[1.0], floor_and_ceiling)]);
    assert_eq!(solve(&both), Answer::Impossible { rows: vec![(0, Side::Least), (0, Side::Most)], bounds: vec![] });
    let rows = [(&[1.0, 1.0][..], Limits::at_least(100.0)), (&[1.0, 0.0][..], Limits::at_most(200.0).liftable())];
    let short = programme(&[(1.0, upto(60.0).liftable()), (1.0, upto(30.0))], &rows);
    assert_eq!(solve(&short), Answer::Impossible { rows: vec![], bounds: vec![(0, Side::Most)] });
    let hopeless = programme(&[(1.0, upto(60.0)), (1.0, upto(30.0))], &rows);
    assert_eq!(solve(&hopeless), Answer::Impossible { rows: vec![], bounds: vec![] });
}

/// Three limits meet in a corner of the plane: prices lie between those of either side, and prove the best.
#[test]
fn a_corner_with_more_limits_than_it_needs() {
    let rows = [
        (&[1.0, 0.0][..], Limits::at_most(1.0)),
        (&[0.0, 1.0][..], Limits::at_most(1.0)),
        (&[1.0, 1.0][..], Limits::at_most(2.0)),
    ];
    let corner = programme(&[(-1.0, Limits::COUNT), (-1.0, Limits::COUNT)], &rows);
    let Answer::Best { values, prices, .. } = solve(&corner) else { panic!("best") };
    near(&values, &[1.0, 1.0]);
    near(&[prices[0] + prices[2], prices[1] + prices[2]], &[-1.0, -1.0]);
    assert!(prices.iter().all(|&price| price <= 0.0));
}

/// Two mixes cost the same: the values lie between, and the same each time.
#[test]
fn the_same_bits_each_time() {
    let same = programme(&[(7.0, upto(80.0)), (7.0, upto(80.0))], &[(&[1.0, 1.0], Limits::at_least(100.0))]);
    let Answer::Best { values, objective, .. } = solve(&same) else { panic!("best") };
    near(&[values[0] + values[1], objective], &[100.0, 700.0]);
    for _ in 0..3 {
        assert_eq!(solve(&same), solve(&same));
    }
}

/// The same in other units: what is bought, or what it costs, in millions of millions or in as small parts.
#[test]
fn units_do_not_matter() {
    for (unit, money) in [(1e-12, 1.0), (1e12, 1.0), (1.0, 1e-12), (1.0, 1e12), (1e9, 1e9)] {
        let rows = [(&[1.0, 1.0][..], Limits::at_least(100.0 * unit)), (&[1.0, 0.0][..], Limits::at_most(60.0 * unit))];
        let leads = programme(&[(50.0 * money, Limits::COUNT), (80.0 * money, Limits::COUNT)], &rows);
        let Answer::Best { values, prices, objective, .. } = solve(&leads) else { panic!("best") };
        near(&[values[0] / unit, values[1] / unit, objective / unit / money], &[60.0, 40.0, 6200.0]);
        near(&[prices[0] / money, prices[1] / money], &[80.0, -30.0]);
    }
}

/// Thousandths of a person beside a billion.
#[test]
fn numbers_far_apart() {
    let rows = [
        (&[0.001, 0.002][..], Limits::at_most(4.0)),
        (&[250_000.0, 900_000.0][..], Limits::at_least(1e9)),
        (&[1.0, 0.0][..], Limits::at_most(1e9)),
    ];
    // Per hour the second brings more than the first, 4.5e8 against 2.5e8; per euro the first: both hold.
    let variables = [(400.0, Limits::COUNT), (1800.0, Limits::COUNT)];
    let Answer::Best { values, objective, .. } = solve(&programme(&variables, &rows)) else { panic!("best") };
    near(&values, &[4000.0, 0.0]);
    near(&[objective], &[1.6e6]);
}
