//! The scale that the interior point method takes best.

use crate::programme::{Place, Programme};

/// Powers of two, so that scaling changes no digit. The method works on values and limits near one.
pub(crate) struct Scale {
    pub(crate) rows: Vec<f64>,
    pub(crate) variables: Vec<f64>,
    /// Of all limits.
    pub(crate) limits: f64,
    /// Of all costs.
    pub(crate) costs: f64,
}

impl Scale {
    /// Rounds of geometric means: each row's, then each variable's largest and smallest factors lie around one.
    pub(crate) fn new(programme: &Programme) -> Self {
        const ROUNDS: usize = 4;
        let mut rows = vec![1.0; programme.rows().len()];
        let mut variables = vec![1.0; programme.variables().len()];
        for _ in 0..ROUNDS {
            let mut ranges = vec![Range::NONE; variables.len()];
            for (row, factor_of) in programme.rows().iter().zip(&mut rows) {
                let mut range = Range::NONE;
                for &(place, factor) in &row.terms {
                    range.add(factor * variables.get(place).copied().unwrap_or(1.0));
                }
                *factor_of = range.factor();
                for &(place, factor) in &row.terms {
                    if let Some(range) = ranges.get_mut(place) {
                        range.add(factor * *factor_of);
                    }
                }
            }
            for (factor_of, range) in variables.iter_mut().zip(&ranges) {
                *factor_of = range.factor();
            }
        }
        let mut scale = Self { rows, variables, limits: 1.0, costs: 1.0 };
        let of_limits =
            |scale: &Self| largest(programme.limits().map(|((place, side), limits)| limits.at(side) * scale.of(place)));
        scale.limits = or_one(of_limits(&scale));
        let costs = programme.variables().iter().zip(&scale.variables);
        scale.costs = or_one(largest(costs.map(|(variable, factor)| variable.cost * factor)));
        scale
    }

    /// What a limit is multiplied by, but for the scale of all.
    pub(crate) fn of(&self, place: Place) -> f64 {
        match place {
            Place::Row(place) => self.rows.get(place).copied().unwrap_or(1.0),
            Place::Bound(place) => 1.0 / self.variables.get(place).copied().unwrap_or(1.0),
        }
    }
}

/// The largest absolute number.
pub(crate) fn largest(numbers: impl IntoIterator<Item = f64>) -> f64 {
    numbers.into_iter().fold(0.0, |largest, number| largest.max(number.abs()))
}

fn or_one(largest: f64) -> f64 {
    if largest > 0.0 { power_of_two(largest) } else { 1.0 }
}

/// The smallest and the largest of some factors.
#[derive(Clone)]
struct Range {
    least: f64,
    most: f64,
}

impl Range {
    const NONE: Self = Self { least: f64::INFINITY, most: 0.0 };

    fn add(&mut self, factor: f64) {
        let factor = factor.abs();
        if factor > 0.0 {
            self.least = self.least.min(factor);
            self.most = self.most.max(factor);
        }
    }

    /// What brings them around one.
    fn factor(&self) -> f64 {
        if self.most > 0.0 { power_of_two(1.0 / (self.least.sqrt() * self.most.sqrt())) } else { 1.0 }
    }
}

/// The power of two at or below it, never so far from one that products run over.
fn power_of_two(positive: f64) -> f64 {
    const EXPONENT: u64 = 0x7ff << 52;
    f64::from_bits(positive.clamp(1e-75, 1e75).to_bits() & EXPONENT)
}
