//! What the tests share: a source of chance with a seed, and another solver.
#![allow(
    dead_code,
    clippy::disallowed_methods,
    reason = "each test file takes what it needs; a power of ten is one everywhere here"
)]

use backcast_solver::Programme;
use backcast_solver::programme::{Limits, Row, Variable};
use microlp::{ComparisonOp, Error, OptimizationDirection, Problem};

/// SplitMix64.
pub struct Chance(pub u64);

impl Chance {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    pub fn share(&mut self) -> f64 {
        f64::from(u32::try_from(self.next() >> 32).unwrap()) / 4_294_967_296.0
    }

    pub fn one_in(&mut self, count: u64) -> bool {
        self.below(count) == 0
    }

    /// Around zero, with two digits after the point.
    pub fn factor(&mut self) -> f64 {
        (self.share() * 2000.0 - 1000.0).round() / 100.0
    }
}

/// What the other solver finds: the objective.
#[derive(Debug, PartialEq)]
pub enum Found {
    Best(f64),
    Impossible,
    Endless,
}

/// The simplex method of microlp, which is always asked for the least.
pub fn other(programme: &Programme) -> Found {
    let mut problem = Problem::new(OptimizationDirection::Minimize);
    for variable in programme.variables() {
        if variable.limits.least > variable.limits.most {
            return Found::Impossible;
        }
    }
    let places: Vec<_> = programme
        .variables()
        .iter()
        .map(|variable| problem.add_var(variable.cost, (variable.limits.least, variable.limits.most)))
        .collect();
    for row in programme.rows() {
        let mut sums = vec![0.0; places.len()];
        for &(place, factor) in &row.terms {
            sums[place] += factor;
        }
        let terms =
            || -> Vec<_> { places.iter().copied().zip(sums.iter().copied()).filter(|term| term.1 != 0.0).collect() };
        if row.limits.least.is_finite() {
            problem.add_constraint(terms(), ComparisonOp::Ge, row.limits.least);
        }
        if row.limits.most.is_finite() {
            problem.add_constraint(terms(), ComparisonOp::Le, row.limits.most);
        }
    }
    match problem.solve() {
        Ok(outcome) => Found::Best(outcome.solution().unwrap().objective()),
        Err(Error::Infeasible) => Found::Impossible,
        Err(Error::Unbounded) => Found::Endless,
        Err(other) => panic!("{other:?}"),
    }
}

/// A programme of up to so many variables and rows. The limits lie around what some point gives, so that most have an answer; every
/// so often one lies elsewhere.
pub fn random(chance: &mut Chance, most: u64, spread: i32) -> Programme {
    let scale = |chance: &mut Chance| {
        10f64.powi(i32::try_from(chance.below(2 * u64::from(spread.unsigned_abs()) + 1)).unwrap() - spread)
    };
    let count = usize::try_from(1 + chance.below(most)).unwrap();
    let point: Vec<f64> = (0..count).map(|_| if chance.one_in(3) { 0.0 } else { chance.factor().abs() }).collect();
    let scales: Vec<f64> = (0..count).map(|_| scale(chance)).collect();
    let variables = point
        .iter()
        .zip(&scales)
        .map(|(value, scale)| {
            let limits = match chance.below(8) {
                0 => Limits::NONE,
                1 => Limits { least: 0.0, most: (value + chance.factor().abs()) / scale, liftable: chance.one_in(2) },
                2 => Limits { most: *value / scale, ..Limits::NONE },
                3 => Limits::exactly(*value / scale),
                _ => Limits::COUNT,
            };
            let cost = if chance.one_in(6) { chance.factor() } else { chance.factor().abs() };
            Variable { cost: cost * scale, limits }
        })
        .collect();
    let rows = (0..chance.below(most + 4))
        .map(|_| {
            let factors: Vec<f64> = (0..count).map(|_| if chance.one_in(2) { 0.0 } else { chance.factor() }).collect();
            let sum: f64 = factors.iter().zip(&point).map(|(factor, value)| factor * value).sum();
            let off = if chance.one_in(12) { chance.factor() } else { 0.0 };
            let of_row = scale(chance);
            let limits = match chance.below(4) {
                0 => Limits::at_most((sum + off + chance.factor().abs()) * of_row),
                1 => Limits {
                    least: (sum + off - chance.factor().abs()) * of_row,
                    most: (sum + off + 1.0) * of_row,
                    liftable: false,
                },
                2 if chance.one_in(3) => Limits::exactly((sum + off) * of_row),
                _ => {
                    Limits::at_least((sum + off - if chance.one_in(2) { 0.0 } else { chance.factor().abs() }) * of_row)
                }
            };
            let terms = factors.iter().zip(&scales).map(|(factor, scale)| factor * scale * of_row);
            let terms = terms.enumerate().filter(|term| term.1 != 0.0).collect();
            Row { terms, limits: Limits { liftable: chance.one_in(2), ..limits } }
        })
        .collect();
    Programme::new(variables, rows).unwrap()
}
