//! Who is in a team, by the month of the start.

use crate::engine::capacity::{StaffMonth, Team, amount, monthly_attrition};

/// Those who started in the same month.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Cohort {
    /// Seats that someone can be named to leave: as many as there would be without attrition.
    seats: f64,
    /// Who is expected to be there still, on these seats.
    heads: f64,
    /// Who has come for those whom attrition took, from any seat.
    successors: f64,
}

/// A team as it is at a time.
pub(super) struct Roster<'a> {
    pub(super) team: &'a Team<'a>,
    monthly_attrition: f64,
    /// The longest there first: who was there at first, then who started in each month.
    cohorts: Vec<Cohort>,
    /// Who is to start in each month.
    starting: Vec<Cohort>,
}

impl<'a> Roster<'a> {
    pub(super) fn new(team: &'a Team<'a>, months: usize) -> Self {
        let heads = amount(team.heads);
        let mut roster = Self {
            team,
            monthly_attrition: monthly_attrition(team.attrition),
            cohorts: vec![Cohort { seats: heads, heads, successors: 0.0 }],
            starting: vec![Cohort::default(); months],
        };
        for &(month, heads) in team.hires {
            let heads = amount(heads);
            roster.expect(month, Cohort { seats: heads, heads, successors: 0.0 });
        }
        roster
    }

    /// These are to start in a month.
    pub(super) fn expect(&mut self, month: usize, cohort: Cohort) {
        if let Some(starting) = self.starting.get_mut(month) {
            starting.seats += cohort.seats;
            starting.heads += cohort.heads;
            starting.successors += cohort.successors;
        }
    }

    /// Attrition, at the beginning of a month: in the first, who is there has just been counted.
    pub(super) fn shrink(&mut self, month: usize) {
        if month == 0 {
            return;
        }
        let stays = 1.0 - self.monthly_attrition;
        let mut gone = 0.0;
        for cohort in &mut self.cohorts {
            gone += (cohort.heads + cohort.successors) * self.monthly_attrition;
            cohort.heads *= stays;
            cohort.successors *= stays;
        }
        self.backfill(month, Cohort { successors: gone, ..Cohort::default() });
    }

    /// Named leavers, at the beginning of a month; returns how many more they are than there are seats.
    pub(super) fn lose(&mut self, month: usize, heads: f64) -> f64 {
        let (gone, beyond) = self.take(heads);
        self.backfill(month, gone);
        beyond
    }

    fn backfill(&mut self, month: usize, gone: Cohort) {
        if self.team.backfills {
            self.expect(month.saturating_add(self.team.time_to_fill), gone);
        }
    }

    /// Takes so many seats, the longest there first; returns them, and how many more were asked for than there are.
    pub(super) fn take(&mut self, seats: f64) -> (Cohort, f64) {
        let mut left = amount(seats);
        let mut taken = Cohort::default();
        for cohort in &mut self.cohorts {
            if cohort.seats > 0.0 {
                let seats = cohort.seats.min(left);
                let heads = cohort.heads * (seats / cohort.seats);
                cohort.seats -= seats;
                cohort.heads -= heads;
                taken.seats += seats;
                taken.heads += heads;
                left -= seats;
            }
        }
        (taken, left)
    }

    /// Who is to start in a month starts.
    pub(super) fn start(&mut self, month: usize) -> StaffMonth {
        self.cohorts.push(self.starting.get(month).copied().unwrap_or_default());
        let (mut heads, mut ramped) = (0.0, 0.0);
        let at_first = month + 1;
        for (tenure, cohort) in self.cohorts.iter().rev().enumerate() {
            let there = cohort.heads + cohort.successors;
            let share = if tenure == at_first { None } else { self.team.ramp.get(tenure) };
            heads += there;
            ramped += there * share.map_or(1.0, |&share| amount(share));
        }
        StaffMonth { heads, ramped, capacity: ramped * self.team.productivity_in(month) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::capacity::tests::{Dice, TEAM, close};
    use crate::engine::capacity::{Move, staff};

    fn some(dice: &mut Dice, months: usize) -> Vec<(usize, f64)> {
        let months = u32::try_from(months).unwrap();
        (0..dice.below(4)).map(|_| (dice.below(months) as usize, f64::from(dice.below(4)))).collect()
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "some whole heads")]
    fn people(heads: f64) -> std::ops::Range<usize> {
        0..heads as usize
    }

    /// Person by person, without attrition: two teams, hires, leavers, successors and moves.
    #[test]
    fn teams_are_those_of_people_counted_one_by_one() {
        let mut dice = Dice(1);
        let mut beyond = 0;
        for _ in 0..500 {
            let months = 1 + dice.below(14) as usize;
            let ramps: Vec<Vec<f64>> =
                (0..2).map(|_| (0..dice.below(5)).map(|_| f64::from(dice.below(5)) / 4.0).collect()).collect();
            let hires = [some(&mut dice, months), some(&mut dice, months)];
            let leavers = [some(&mut dice, months), some(&mut dice, months)];
            let moves: Vec<Move> = (some(&mut dice, months).into_iter())
                .map(|(month, heads)| (month, heads, dice.below(2) as usize))
                .map(|(month, heads, from)| Move { month, from, to: 1 - from, heads })
                .collect();
            let teams = [0, 1].map(|team| Team {
                heads: f64::from(dice.below(6)),
                hires: &hires[team],
                leavers: &leavers[team],
                ramp: &ramps[team],
                time_to_fill: dice.below(4) as usize,
                backfills: dice.below(2) == 0,
                ..TEAM
            });
            let staffing = staff(&teams, &moves, months);
            // Each person is the month of the start; none for who was there at first.
            let mut there: [Vec<Option<usize>>; 2] = teams.map(|team| people(team.heads).map(|_| None).collect());
            let mut to_start: Vec<(usize, usize)> = Vec::new();
            for (place, team) in teams.iter().enumerate() {
                for &(month, heads) in team.hires {
                    to_start.extend(people(heads).map(|_| (month, place)));
                }
            }
            let leave = |there: &mut Vec<Option<usize>>| {
                let longest = there.iter().enumerate().min_by_key(|(_, start)| **start).map(|(at, _)| at);
                longest.map(|at| there.remove(at)).is_some()
            };
            for month in 0..months {
                for (place, team) in teams.iter().enumerate() {
                    for (entry, &(_, heads)) in team.leavers.iter().enumerate().filter(|(_, entry)| entry.0 == month) {
                        let mut more = heads;
                        for _ in people(heads) {
                            if leave(&mut there[place]) {
                                more -= 1.0;
                                if team.backfills {
                                    to_start.push((month + team.time_to_fill, place));
                                }
                            }
                        }
                        close(staffing.teams[place].leavers_beyond[entry], more);
                        beyond += i32::from(more > 0.0);
                    }
                }
                for (change, &more) in
                    moves.iter().zip(&staffing.moves_beyond).filter(|(change, _)| change.month == month)
                {
                    let gone = people(change.heads).filter(|_| leave(&mut there[change.from])).count();
                    to_start.extend((0..gone).map(|_| (month, change.to)));
                    close(more, change.heads - f64::from(u32::try_from(gone).unwrap()));
                }
                for &(_, place) in to_start.iter().filter(|&&(start, _)| start == month) {
                    there[place].push(Some(month));
                }
                for (place, team) in teams.iter().enumerate() {
                    let share =
                        |start: &Option<usize>| start.and_then(|start| team.ramp.get(month - start)).unwrap_or(&1.0);
                    let staff = &staffing.teams[place].months[month];
                    close(staff.heads, there[place].iter().map(|_| 1.0).sum());
                    close(staff.ramped, there[place].iter().map(share).sum());
                }
            }
        }
        assert!(beyond > 50, "{beyond}");
    }

    /// Person by person, with dice: who is named to leave may have left before, and does not leave twice.
    #[test]
    fn heads_are_what_is_expected_of_people_who_leave_by_chance() {
        let team = Team {
            heads: 3.0,
            hires: &[(2, 2.0)],
            leavers: &[(4, 2.0), (7, 2.0)],
            ramp: &[0.0, 0.5],
            attrition: 0.5,
            time_to_fill: 2,
            backfills: true,
            ..TEAM
        };
        let named = [Some(4), Some(4), Some(7), Some(7), None];
        const RUNS: u32 = 20_000;
        let mut dice = Dice(9);
        let mut sums = [(0.0, 0.0); 12];
        for _ in 0..RUNS {
            for (seat, leaves) in named.into_iter().enumerate() {
                // When who has the seat started or will start, none for at first; and whether it is who had it first.
                let (mut start, mut is_first) = (if seat < 3 { None } else { Some(2) }, true);
                for (month, sum) in sums.iter_mut().enumerate() {
                    let is_there = start < Some(month);
                    // Half of them in a year: 5.6126 % a month.
                    let is_gone = is_there && month > 0 && dice.below(1_000_000) < 56_126;
                    if is_gone || is_there && is_first && leaves == Some(month) {
                        (start, is_first) = (Some(month + 2), false);
                    }
                    if start <= Some(month) {
                        sum.0 += 1.0;
                        sum.1 += start.and_then(|start| team.ramp.get(month - start)).unwrap_or(&1.0);
                    }
                }
            }
        }
        let staffing = staff(&[team], &[], 12);
        for (month, (heads, ramped)) in staffing.teams[0].months.iter().zip(sums) {
            assert!((month.heads - heads / f64::from(RUNS)).abs() < 0.03, "{month:?} {heads}");
            assert!((month.ramped - ramped / f64::from(RUNS)).abs() < 0.03, "{month:?} {ramped}");
        }
        assert_eq!(staffing.teams[0].leavers_beyond, [0.0, 0.0]);
    }
}
