//! A programme and its answer as flat numbers, which a worker is sent and sends back.
//!
//! | programme | |
//! |---|---|
//! | [`VERSION`], variables, rows, terms | counts |
//! | cost, least, most, liftable | of each variable; liftable is 0 or 1 |
//! | least, most, liftable, terms | of each row, the number of its terms last |
//! | variable, factor | of each term, row after row |
//!
//! | answer | |
//! |---|---|
//! | 0, objective, values…, prices…, bound prices… | best: as many as there are variables, rows, variables |
//! | 1, rows, bounds, (place, side)… | impossible: two counts, then the rows and the bounds; side is 0 for the least, 1 for the most |
//! | 2 | endless |
//! | 3 | stalled |
//! | 4 | what was sent is no programme of this version |
//!
//! Counts and places are whole numbers. Nothing is left over at the end.

use crate::programme::{Answer, Limits, Programme, Row, Side, Variable};

/// The first number of a programme.
pub const VERSION: f64 = 1.0;

/// What is answered to something that is no programme.
pub const REFUSED: [f64; 1] = [4.0];

/// More variables, rows or terms than this are refused: a worker's memory ends somewhere.
const MOST: usize = 1 << 20;

/// Writes a programme.
pub fn encode(programme: &Programme) -> Vec<f64> {
    let terms = programme.rows().iter().map(|row| row.terms.len()).sum();
    let mut out = vec![VERSION];
    for count in [programme.variables().len(), programme.rows().len(), terms] {
        out.push(number(count));
    }
    for variable in programme.variables() {
        out.push(variable.cost);
        push_limits(&mut out, variable.limits);
    }
    for row in programme.rows() {
        push_limits(&mut out, row.limits);
        out.push(number(row.terms.len()));
    }
    for &(place, factor) in programme.rows().iter().flat_map(|row| &row.terms) {
        out.extend([number(place), factor]);
    }
    out
}

/// Reads a programme: `None` if it is none of this version.
pub fn decode(numbers: &[f64]) -> Option<Programme> {
    let mut rest = Reader(numbers);
    let [version, variables, rows, terms] = rest.take()?;
    if version.to_bits() != VERSION.to_bits() {
        return None;
    }
    let (variables, rows, terms) = (count(variables)?, count(rows)?, count(terms)?);
    // So that no count makes room for more than what was sent.
    if rest.0.len() != 4 * variables + 4 * rows + 2 * terms {
        return None;
    }
    let mut read_variables = Vec::with_capacity(variables);
    for _ in 0..variables {
        let [cost, least, most, liftable] = rest.take()?;
        read_variables.push(Variable { cost, limits: limits(least, most, liftable)? });
    }
    let mut read_rows = Vec::with_capacity(rows);
    let mut lengths = Vec::with_capacity(rows);
    for _ in 0..rows {
        let [least, most, liftable, terms] = rest.take()?;
        read_rows.push(Row { terms: Vec::new(), limits: limits(least, most, liftable)? });
        lengths.push(count(terms)?);
    }
    for (row, length) in read_rows.iter_mut().zip(lengths) {
        for _ in 0..length {
            let [place, factor] = rest.take()?;
            row.terms.push((count(place)?, factor));
        }
    }
    rest.0.is_empty().then_some(())?;
    Programme::new(read_variables, read_rows)
}

/// Writes an answer.
pub fn encode_answer(answer: &Answer) -> Vec<f64> {
    match answer {
        Answer::Best { values, objective, prices, bound_prices } => {
            let mut out = vec![0.0, *objective];
            for part in [values, prices, bound_prices] {
                out.extend(part);
            }
            out
        }
        Answer::Impossible { rows, bounds } => {
            let mut out = vec![1.0, number(rows.len()), number(bounds.len())];
            for &(place, side) in rows.iter().chain(bounds) {
                out.extend([number(place), number(usize::from(side == Side::Most))]);
            }
            out
        }
        Answer::Endless => vec![2.0],
        Answer::Stalled => vec![3.0],
    }
}

/// Reads the answer to a programme of so many variables and rows: `None` if it is none.
pub fn decode_answer(numbers: &[f64], variables: usize, rows: usize) -> Option<Answer> {
    let (&code, rest) = numbers.split_first()?;
    let mut rest = Reader(rest);
    let answer = match count(code)? {
        0 => {
            let [objective] = rest.take()?;
            let [values, prices, bound_prices] = [rest.part(variables)?, rest.part(rows)?, rest.part(variables)?];
            Answer::Best { values, objective, prices, bound_prices }
        }
        1 => {
            let [of_rows, of_bounds] = rest.take()?;
            let (of_rows, of_bounds) = (count(of_rows)?, count(of_bounds)?);
            Answer::Impossible { rows: rest.sides(of_rows, rows)?, bounds: rest.sides(of_bounds, variables)? }
        }
        2 => Answer::Endless,
        3 => Answer::Stalled,
        _ => return None,
    };
    rest.0.is_empty().then_some(answer)
}

#[expect(clippy::cast_precision_loss, reason = "no count comes near 2⁵³")]
fn number(count: usize) -> f64 {
    count as f64
}

/// A whole number, not above [`MOST`].
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "held against the number itself")]
fn count(number: f64) -> Option<usize> {
    let count = number as usize;
    (count <= MOST && self::number(count).total_cmp(&number).is_eq()).then_some(count)
}

fn push_limits(out: &mut Vec<f64>, limits: Limits) {
    out.extend([limits.least, limits.most, number(limits.liftable.into())]);
}

fn limits(least: f64, most: f64, liftable: f64) -> Option<Limits> {
    let liftable = match count(liftable)? {
        0 => false,
        1 => true,
        _ => return None,
    };
    Some(Limits { least, most, liftable })
}

/// What is left to read.
struct Reader<'a>(&'a [f64]);

impl Reader<'_> {
    fn take<const N: usize>(&mut self) -> Option<[f64; N]> {
        let (taken, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*taken)
    }

    /// Finite numbers.
    fn part(&mut self, length: usize) -> Option<Vec<f64>> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        taken.iter().all(|number| number.is_finite()).then(|| taken.to_vec())
    }

    /// Places below an end, each with a side.
    fn sides(&mut self, length: usize, end: usize) -> Option<Vec<(usize, Side)>> {
        let mut sides = Vec::new();
        for _ in 0..length {
            let [place, side] = self.take()?;
            let place = count(place).filter(|&place| place < end)?;
            sides.push((place, *Side::ALL.get(count(side)?)?));
        }
        Some(sides)
    }
}
