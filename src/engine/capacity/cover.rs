//! Whether a mixture covers several needs at once: a small linear programme.

/// Whether weights of the rows exist, one together, with which the sum of each column is at least one. All figures are at least
/// zero, and rows have one length.
///
/// By duality there are none if and only if weights of the columns exist, more than one together, with which the sum of no row exceeds one.
/// The simplex method looks for these: it starts from none, and what it has found is a bound at any time.
#[expect(clippy::indexing_slicing, reason = "all rows have one length, and the chosen places are theirs")]
pub(super) fn can_cover(mut rows: Vec<Vec<f64>>) -> bool {
    const TINY: f64 = 1e-11;
    let columns = rows.first().map_or(0, Vec::len);
    let mut room = vec![1.0; rows.len()];
    let mut gain = vec![1.0; columns];
    let mut sum = 0.0;
    // It takes about as many steps as there are rows; more than these are rounding that goes round in circles.
    for _ in 0..8 * (columns + rows.len()) {
        let Some(enter) =
            (0..columns).filter(|&column| gain[column] > TINY).max_by(|&a, &b| gain[a].total_cmp(&gain[b]))
        else {
            break;
        };
        let ratio = |row: usize| room[row] / rows[row][enter];
        let Some(leave) =
            (0..rows.len()).filter(|&row| rows[row][enter] > TINY).min_by(|&a, &b| ratio(a).total_cmp(&ratio(b)))
        else {
            return false;
        };
        let mut pivot = std::mem::take(&mut rows[leave]);
        let factor = 1.0 / pivot[enter];
        pivot[enter] = 1.0;
        pivot.iter_mut().for_each(|x| *x *= factor);
        let step = room[leave] * factor;
        room[leave] = step;
        for (row, room) in rows.iter_mut().zip(&mut room) {
            if let Some(by) = row.get_mut(enter).map(std::mem::take) {
                row.iter_mut().zip(&pivot).for_each(|(x, &p)| *x -= by * p);
                *room -= by * step;
            }
        }
        let by = std::mem::take(&mut gain[enter]);
        gain.iter_mut().zip(&pivot).for_each(|(x, &p)| *x -= by * p);
        sum += by * step;
        rows[leave] = pivot;
        if sum > 1.0 + 1e-9 {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::capacity::tests::Dice;

    /// Against all weights of two or three rows on a grid.
    #[test]
    fn whether_rows_can_cover_is_told_as_by_trying() {
        let mut dice = Dice(5);
        let mut told = [0; 2];
        for case in 0..2_000 {
            let rows: Vec<Vec<f64>> =
                (0..2 + case % 2).map(|_| (0..3).map(|_| f64::from(dice.below(20)) / 10.0).collect()).collect();
            let sum_of = |column: usize, weights: &[f64]| {
                rows.iter().zip(weights).map(|(row, weight)| row[column] * weight).sum::<f64>()
            };
            let steps = 60;
            let mut best = 0.0_f64;
            for one in 0..=steps {
                for two in 0..=steps - one {
                    let share = |part: i32| f64::from(part) / f64::from(steps);
                    let weights = [share(one), share(two), share(steps - one - two)];
                    if rows.len() == 3 || one + two == steps {
                        best = best.max((0..3).map(|column| sum_of(column, &weights)).fold(f64::INFINITY, f64::min));
                    }
                }
            }
            // Between two points of the grid the sums differ by little.
            if (best - 1.0).abs() > 0.1 {
                assert_eq!(can_cover(rows.clone()), best > 1.0, "{best} {rows:?}");
                told[usize::from(best > 1.0)] += 1;
            }
        }
        assert!(told.iter().all(|&cases| cases > 100), "{told:?}");
    }
}
