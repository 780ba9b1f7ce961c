//! A programme in the form and the scale that the interior point method takes, and what it says of it, back in the programme's own.

use clarabel::algebra::CscMatrix;
use clarabel::solver::SupportedConeT::{NonnegativeConeT, ZeroConeT};
use clarabel::solver::{DefaultSettings, DefaultSolver, IPSolver, SolverStatus};

use crate::programme::{Place, Programme, Side, Variable};
use crate::scale::{Scale, largest};

/// What the method says, not yet proved.
pub(crate) enum Claim {
    /// These values are best, for these prices of the rows; or as good, those of which what lies close to a bound lies on it.
    Best { values: Vec<f64>, on_bounds: Vec<f64>, prices: Vec<f64> },
    /// Nothing is within the limits, for these prices of the rows.
    Impossible { prices: Vec<f64> },
    /// Going this way from anything that is within the limits stays there and costs less and less.
    Endless { way: Vec<f64> },
    /// Nothing.
    Unknown,
}

/// One limit that the method keeps: a line of its matrix.
struct Line {
    place: Place,
    /// One for the most, minus one for the least, which is the most of the negative.
    sign: f64,
    /// As it was given.
    limit: f64,
}

/// Asks the method.
pub(crate) fn ask(programme: &Programme) -> Claim {
    let scale = Scale::new(programme);
    let (lines, exact) = lines(programme);
    let matrix = matrix(programme, &scale, &lines);
    let limits: Vec<f64> =
        lines.iter().map(|line| line.sign * line.limit * scale.of(line.place) / scale.limits).collect();
    let scaled_cost = |(variable, scale_of): (&Variable, &f64)| variable.cost * scale_of / scale.costs;
    let mut costs: Vec<f64> = programme.variables().iter().zip(&scale.variables).map(scaled_cost).collect();
    // The method cannot do without any variable: one that is in no row changes nothing.
    let count = costs.len().max(1);
    costs.resize(count, 0.0);
    let cones = [ZeroConeT(exact), NonnegativeConeT(lines.len() - exact)];
    // As close as it gets: it stops by itself where rounding ends its progress, and what it has then is looked at all the same.
    let settings = DefaultSettings {
        verbose: false,
        tol_gap_abs: NOISE,
        tol_gap_rel: NOISE,
        tol_feas: NOISE,
        tol_infeas_abs: 10.0 * NOISE,
        tol_infeas_rel: 10.0 * NOISE,
        ..DefaultSettings::default()
    };
    let none = CscMatrix::zeros((count, count));
    let Ok(mut solver) = DefaultSolver::new(&none, &costs, &matrix, &limits, &cones, settings) else {
        return Claim::Unknown;
    };
    solver.solve();
    let solution = solver.solution;
    match solution.status {
        SolverStatus::PrimalInfeasible | SolverStatus::AlmostPrimalInfeasible => {
            let noise = NOISE_OF_A_DIRECTION * largest(solution.z.iter().copied());
            Claim::Impossible { prices: prices(&scale, &lines, &solution.z, noise, 1.0) }
        }
        SolverStatus::DualInfeasible | SolverStatus::AlmostDualInfeasible => {
            let noise = NOISE_OF_A_DIRECTION * largest(solution.x.iter().copied());
            Claim::Endless { way: values(&scale, &solution.x, noise, 1.0) }
        }
        // Whatever else it says: how good its last values are is found by looking at them.
        _ => {
            let values = values(&scale, &solution.x, NOISE, scale.limits);
            let mut on_bounds = values.clone();
            // Of the price of a bound and the distance to it one is zero: the smaller, at the end of the way.
            for (line, (multiplier, slack)) in lines.iter().zip(solution.z.iter().zip(&solution.s)) {
                if let Place::Bound(place) = line.place
                    && let Some(value) = on_bounds.get_mut(place)
                    && multiplier > slack
                {
                    *value = line.limit;
                }
            }
            // Where nothing costs anything, no limit has a price.
            let factor = if largest(costs.iter().copied()) > 0.0 { scale.costs } else { 0.0 };
            Claim::Best {
                values,
                on_bounds,
                prices: prices(&scale, &lines, &solution.z, NOISE * largest(solution.z.iter().copied()), factor),
            }
        }
    }
}

/// What the method leaves of nothing, beside values and prices around one.
const NOISE: f64 = 1e-13;

/// The same beside the longest part of a direction, which has no length of its own.
const NOISE_OF_A_DIRECTION: f64 = 1e-8;

/// The prices of rows from the multipliers of lines.
fn prices(scale: &Scale, lines: &[Line], multipliers: &[f64], noise: f64, factor: f64) -> Vec<f64> {
    let mut prices = vec![0.0; scale.rows.len()];
    for (line, multiplier) in lines.iter().zip(multipliers) {
        if let Place::Row(place) = line.place
            && let Some(price) = prices.get_mut(place)
        {
            *price -= line.sign * multiplier;
        }
    }
    unscaled(&prices, noise, &scale.rows, factor)
}

fn values(scale: &Scale, scaled: &[f64], noise: f64, factor: f64) -> Vec<f64> {
    unscaled(scaled, noise, &scale.variables, factor)
}

fn unscaled(numbers: &[f64], noise: f64, scales: &[f64], factor: f64) -> Vec<f64> {
    let unscaled = |(number, scale): (&f64, &f64)| if number.abs() > noise { number * scale * factor } else { 0.0 };
    numbers.iter().zip(scales).map(unscaled).collect()
}

/// The limits that there are, first those whose least and most are the same, and how many these are.
fn lines(programme: &Programme) -> (Vec<Line>, usize) {
    let (mut exact, mut others) = (Vec::new(), Vec::new());
    for ((place, side), limits) in programme.limits() {
        match side {
            Side::Least if limits.are_one() => {}
            Side::Most if limits.are_one() => exact.push(Line { place, sign: 1.0, limit: limits.most }),
            Side::Least => others.push(Line { place, sign: -1.0, limit: limits.least }),
            Side::Most => others.push(Line { place, sign: 1.0, limit: limits.most }),
        }
    }
    let count = exact.len();
    exact.extend(others);
    (exact, count)
}

/// The lines' factors, variable by variable.
fn matrix(programme: &Programme, scale: &Scale, lines: &[Line]) -> CscMatrix<f64> {
    let mut columns = vec![Vec::<(usize, f64)>::new(); programme.variables().len().max(1)];
    for (at, line) in lines.iter().enumerate() {
        let mut add = |place: usize, factor: f64| {
            let Some(column) = columns.get_mut(place) else { return };
            match column.last_mut() {
                Some((last, sum)) if *last == at => *sum += factor,
                _ => column.push((at, factor)),
            }
        };
        match line.place {
            Place::Bound(place) => add(place, line.sign),
            Place::Row(row) => {
                for &(place, factor) in programme.rows().get(row).map_or(&[][..], |row| &row.terms) {
                    let scale_of = scale.variables.get(place).copied().unwrap_or(1.0);
                    add(place, line.sign * factor * scale.of(line.place) * scale_of);
                }
            }
        }
    }
    let mut starts = vec![0];
    let (mut places, mut factors) = (Vec::new(), Vec::new());
    for column in &columns {
        for &(place, factor) in column {
            places.push(place);
            factors.push(factor);
        }
        starts.push(places.len());
    }
    CscMatrix::new(lines.len(), columns.len(), starts, places, factors)
}
