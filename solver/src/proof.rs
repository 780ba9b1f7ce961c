//! Whether what is claimed of a programme holds, found from the programme as it was given and nothing else.

use crate::programme::{Limits, Programme, Side, TOLERANCE};

/// A sum, and the sum of its absolute terms: what rounding can have done to it is a share of that.
#[derive(Clone, Copy, Default)]
pub(crate) struct Sum {
    pub(crate) value: f64,
    pub(crate) size: f64,
}

impl Sum {
    pub(crate) fn add(&mut self, term: f64) {
        self.value += term;
        self.size += term.abs();
    }
}

/// Each row's sum.
pub(crate) fn sums<'a>(programme: &'a Programme, values: &'a [f64]) -> impl Iterator<Item = Sum> + 'a {
    programme.rows().iter().map(move |row| {
        let mut sum = Sum::default();
        for &(place, factor) in &row.terms {
            sum.add(factor * values.get(place).copied().unwrap_or(0.0));
        }
        sum
    })
}

/// Whether each row is within its limits. Bounds are not looked at.
pub(crate) fn within(programme: &Programme, values: &[f64]) -> bool {
    sums(programme, values).zip(programme.rows()).all(|(sum, row)| {
        let Limits { least, most, .. } = row.limits;
        // Written so that what is not a number is not within.
        let above = least.is_infinite() || sum.value - least >= -TOLERANCE * (sum.size + least.abs());
        let below = most.is_infinite() || sum.value - most <= TOLERANCE * (sum.size + most.abs());
        above && below && sum.size.is_finite()
    })
}

/// What the prices of rows leave of each variable's cost: the price of its bounds. And what everything within the limits costs at
/// least, if that follows from the prices (weak duality): row by row and variable by variable, price times limit.
pub(crate) fn least_cost(programme: &Programme, prices: &[f64]) -> Option<(Vec<f64>, Sum)> {
    let mut rests: Vec<Sum> = vec![Sum::default(); programme.variables().len()];
    for (rest, variable) in rests.iter_mut().zip(programme.variables()) {
        rest.add(variable.cost);
    }
    let mut least = Sum::default();
    for (row, &price) in programme.rows().iter().zip(prices) {
        for &(place, factor) in &row.terms {
            if let Some(rest) = rests.get_mut(place) {
                rest.add(-price * factor);
            }
        }
        if price != 0.0 {
            least.add(price * row.limits.at(binding(price)));
        }
    }
    let mut bound_prices = Vec::with_capacity(rests.len());
    for (rest, variable) in rests.iter().zip(programme.variables()) {
        let bound = variable.limits.at(binding(rest.value));
        let nothing = rest.value.abs() <= TOLERANCE * rest.size;
        bound_prices.push(if nothing { 0.0 } else { rest.value });
        // What rounding leaves is no price, but counts where it can.
        if bound.is_finite() || !nothing {
            least.add(rest.value * bound);
        }
    }
    least.value.is_finite().then_some((bound_prices, least))
}

/// Takes the price from each limit that is not reached.
pub(crate) fn drop_loose(programme: &Programme, values: &[f64], prices: &mut [f64]) {
    for ((sum, row), price) in sums(programme, values).zip(programme.rows()).zip(prices) {
        let limit = row.limits.at(binding(*price));
        if (sum.value - limit).abs() > TOLERANCE * (sum.size + limit.abs()) {
            *price = 0.0;
        }
    }
}

/// The side that a price speaks of.
pub(crate) fn binding(price: f64) -> Side {
    if price > 0.0 { Side::Least } else { Side::Most }
}

/// Whether going this way from anything within the limits stays there and costs less and less.
pub(crate) fn leads_on(programme: &Programme, way: &[f64]) -> bool {
    let mut cost = Sum::default();
    for (variable, step) in programme.variables().iter().zip(way) {
        cost.add(variable.cost * step);
        let bound = variable.limits.at(if *step > 0.0 { Side::Most } else { Side::Least });
        if *step != 0.0 && bound.is_finite() {
            return false;
        }
    }
    cost.value < -TOLERANCE * cost.size
        && sums(programme, way).zip(programme.rows()).all(|(sum, row)| {
            let above = row.limits.least.is_infinite() || sum.value >= -TOLERANCE * sum.size;
            let below = row.limits.most.is_infinite() || sum.value <= TOLERANCE * sum.size;
            above && below
        })
}
