//! What a team closes of what the pipeline brings it, and what waits.

/// One segment in one month: bookings, in major units.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Deals {
    /// What would close if there were sellers enough.
    pub arrives: f64,
    /// What closes.
    pub closes: f64,
    /// What has arrived by the end of the month and is not closed yet.
    pub waits: f64,
}

/// What closes of each segment that a team works, month by month: as many months as `capacity` has. The result is by segment, then
/// by month.
///
/// What arrives in a month can close in it. Deals that wait are carried over; where there is not capacity for all, it is shared by
/// waiting money. A month that `arrivals` does not have brings nothing; what is negative or not a number counts as nothing.
///
/// With P and C the sums of what arrives and of what can be closed up to a month, the sum of what closes is
/// min over s ≤ t of P(s) + C(t) − C(s), from P(0) = C(0) = 0.
///
/// Source: Lindley's recursion, which that formula unrolls (Le Boudec and Thiran, *Network Calculus*, 2001, §1.2).
pub fn closed(arrivals: &[&[f64]], capacity: &[f64]) -> Vec<Vec<Deals>> {
    let mut segments = vec![Vec::with_capacity(capacity.len()); arrivals.len()];
    let mut month_of = vec![Deals::default(); arrivals.len()];
    for (month, capacity) in capacity.iter().enumerate() {
        let mut waiting = 0.0;
        for (deals, arrivals) in month_of.iter_mut().zip(arrivals) {
            deals.arrives = arrivals.get(month).map_or(0.0, |arrives| arrives.max(0.0));
            deals.waits += deals.arrives;
            waiting += deals.waits;
        }
        let capacity = capacity.max(0.0);
        let share = if waiting > capacity { capacity / waiting } else { 1.0 };
        for (deals, segment) in month_of.iter_mut().zip(&mut segments) {
            deals.closes = deals.waits * share;
            deals.waits -= deals.closes;
            segment.push(*deals);
        }
    }
    segments
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::capacity::tests::Dice;
    use std::collections::VecDeque;

    fn totals(segments: &[Vec<Deals>], month: usize) -> Deals {
        segments.iter().fold(Deals::default(), |sum, segment| Deals {
            arrives: sum.arrives + segment[month].arrives,
            closes: sum.closes + segment[month].closes,
            waits: sum.waits + segment[month].waits,
        })
    }

    /// Deal by deal: each waits in a line until a seller is free.
    #[test]
    fn the_totals_are_those_of_deals_in_a_line() {
        let mut dice = Dice(7);
        for _ in 0..300 {
            let months = 1 + dice.below(30) as usize;
            let counts: Vec<[u32; 3]> = (0..months).map(|_| [dice.below(6), dice.below(9), dice.below(3)]).collect();
            let free: Vec<u32> = (0..months).map(|_| dice.below(18)).collect();
            let arrivals: Vec<Vec<f64>> =
                (0..3).map(|segment| counts.iter().map(|count| f64::from(count[segment])).collect()).collect();
            let arrivals: Vec<&[f64]> = arrivals.iter().map(Vec::as_slice).collect();
            let capacity: Vec<f64> = free.iter().map(|&free| f64::from(free)).collect();
            let segments = closed(&arrivals, &capacity);
            let mut line = VecDeque::new();
            for month in 0..months {
                line.extend((0..counts[month].iter().sum()).map(|_| month));
                let mut closes = 0.0;
                for _ in 0..free[month] {
                    closes += if line.pop_front().is_some() { 1.0 } else { 0.0 };
                }
                let total = totals(&segments, month);
                assert!((total.closes - closes).abs() < 1e-9, "{month}: {total:?} {closes}");
                assert!((total.waits - line.iter().map(|_| 1.0).sum::<f64>()).abs() < 1e-9, "{month}: {total:?}");
            }
        }
    }

    /// The formula of the model, written out over all s ≤ t.
    #[test]
    fn the_sum_of_what_closes_is_the_least_over_all_earlier_months() {
        let mut dice = Dice(11);
        for _ in 0..100 {
            let months = 1 + dice.below(36) as usize;
            let mut some = |below| (0..months).map(|_| f64::from(dice.below(below)) / 7.0).collect::<Vec<f64>>();
            let (arrives, capacity) = (some(50), some(60));
            let segments = closed(&[&arrives], &capacity);
            let by = |of: &[f64], month: usize| of[..month].iter().sum::<f64>();
            let mut sum = 0.0;
            for t in 1..=months {
                sum += segments[0][t - 1].closes;
                let least = (0..=t)
                    .map(|s| by(&arrives, s) + by(&capacity, t) - by(&capacity, s))
                    .fold(f64::INFINITY, f64::min);
                assert!((sum - least).abs() < 1e-9, "{t}: {sum} {least}");
            }
        }
    }

    #[test]
    fn capacity_is_shared_by_waiting_money() {
        let segments = closed(&[&[30.0, 0.0], &[10.0, 30.0]], &[20.0, 100.0]);
        let deals = |arrives, closes, waits| Deals { arrives, closes, waits };
        assert_eq!(segments[0], [deals(30.0, 15.0, 15.0), deals(0.0, 15.0, 0.0)]);
        assert_eq!(segments[1], [deals(10.0, 5.0, 5.0), deals(30.0, 35.0, 0.0)]);
    }

    #[test]
    fn what_is_no_amount_is_nothing() {
        let nothing = Deals::default();
        assert_eq!(closed(&[&[f64::NAN], &[-5.0]], &[f64::NAN, -1.0]), [[nothing; 2], [nothing; 2]]);
        assert!(closed(&[], &[1.0]).is_empty());
    }
}
