//! People: how many heads a team has, how far they are ramped, and what they can close.
//!
//! Months are counted from the first one, 0. Everything happens at the beginning of a month, in this order: attrition takes its
//! share of those who were there the month before; who is named to leave leaves; heads move between teams; hires, backfills and
//! those who moved start. Heads are expected values, so they have fractions.
//!
//! Nothing here knows a plan: all is plain figures, so that it can be tried against people counted one by one.

mod cover;
mod hiring;
mod queue;
mod roster;

pub use hiring::{Goal, Hiring, smallest_hiring};
pub use queue::{Deals, closed};

use crate::engine::capacity::roster::{Cohort, Roster};
use crate::engine::math;

/// People who do the same work. What is negative or not a number counts as nothing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Team<'a> {
    /// Heads at the beginning of the first month, fully ramped.
    pub heads: f64,
    /// Who starts: in which month, and how many.
    pub hires: &'a [(usize, f64)],
    /// Who is known to leave: in which month, and how many. The longest there leave first, so ramped ones before hires. What
    /// attrition has taken of them by then is gone already and does not leave twice.
    pub leavers: &'a [(usize, f64)],
    /// The share of full productivity in each month of tenure, from the first on; after its end all of it.
    pub ramp: &'a [f64],
    /// The share of heads that leaves within a year unnamed, of every tenure alike.
    pub attrition: f64,
    /// Whole months until the successor of someone who has left starts.
    pub time_to_fill: usize,
    /// Whether those whom attrition takes and those who are named to leave have successors. Who moves to another team has none.
    pub backfills: bool,
    /// Bookings that a fully ramped head closes a month, in major units.
    pub productivity: f64,
    /// By how much productivity differs in each month; a month that it does not have is like any other, 1.
    pub season: &'a [f64],
}

/// Heads who go from one team to another, where they begin its ramp. The longest there go first.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Move {
    /// The month.
    pub month: usize,
    /// The place of the team they leave.
    pub from: usize,
    /// The place of the team they join; where there is none, they are gone.
    pub to: usize,
    /// How many.
    pub heads: f64,
}

/// The teams in time.
#[derive(Clone, Debug, PartialEq)]
pub struct Staffing {
    /// In the order of the teams.
    pub teams: Vec<Staff>,
    /// For each move, how many more were to go than there were seats.
    pub moves_beyond: Vec<f64>,
}

/// A team in time.
#[derive(Clone, Debug, PartialEq)]
pub struct Staff {
    /// From the first month on.
    pub months: Vec<StaffMonth>,
    /// For each entry of its leavers, how many more were to leave than there were seats.
    pub leavers_beyond: Vec<f64>,
}

/// A team in a month, after all that happens at its beginning.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StaffMonth {
    /// Heads.
    pub heads: f64,
    /// Ramped equivalents: heads × their share of full productivity.
    pub ramped: f64,
    /// Bookings that they can close in the month, in major units.
    pub capacity: f64,
}

/// The share of heads that attrition takes a month, given the share that it takes a year: 1 − (1 − A)^(1/12), so that twelve months
/// take what the year takes. (A ÷ 12, which many sheets use, takes less.)
pub fn monthly_attrition(yearly: f64) -> f64 {
    1.0 - math::grown(1.0 - amount(yearly).min(1.0), 1)
}

/// Heads, ramped equivalents and capacity of teams over so many months.
pub fn staff(teams: &[Team<'_>], moves: &[Move], months: usize) -> Staffing {
    let mut rosters: Vec<Roster<'_>> = teams.iter().map(|team| Roster::new(team, months)).collect();
    let mut staffs: Vec<Staff> = Vec::with_capacity(teams.len());
    for team in teams {
        staffs.push(Staff { months: Vec::with_capacity(months), leavers_beyond: vec![0.0; team.leavers.len()] });
    }
    let mut moves_beyond = vec![0.0; moves.len()];
    for month in 0..months {
        for (roster, staff) in rosters.iter_mut().zip(&mut staffs) {
            roster.shrink(month);
            for (&(at, heads), beyond) in roster.team.leavers.iter().zip(&mut staff.leavers_beyond) {
                if at == month {
                    *beyond = roster.lose(month, heads);
                }
            }
        }
        for (change, beyond) in moves.iter().zip(&mut moves_beyond) {
            if change.month == month {
                let nobody = (Cohort::default(), amount(change.heads));
                let (moved, more) = rosters.get_mut(change.from).map_or(nobody, |from| from.take(change.heads));
                *beyond = more;
                if let Some(to) = rosters.get_mut(change.to) {
                    to.expect(month, moved);
                }
            }
        }
        for (roster, staff) in rosters.iter_mut().zip(&mut staffs) {
            staff.months.push(roster.start(month));
        }
    }
    Staffing { teams: staffs, moves_beyond }
}

/// Street quota: the sum of what ramped equivalents carry, at this quota per fully ramped head and month.
pub fn street_quota(ramped: impl IntoIterator<Item = f64>, quota: f64) -> f64 {
    ramped.into_iter().sum::<f64>() * quota
}

impl Team<'_> {
    /// Bookings that a fully ramped head closes in a month.
    fn productivity_in(&self, month: usize) -> f64 {
        amount(self.productivity) * self.season.get(month).map_or(1.0, |&season| amount(season))
    }
}

/// What is negative or not a number is nothing.
fn amount(x: f64) -> f64 {
    x.max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Nobody, who would be ramped at once and never leave.
    pub(super) const TEAM: Team<'_> = Team {
        heads: 0.0,
        hires: &[],
        leavers: &[],
        ramp: &[],
        attrition: 0.0,
        time_to_fill: 0,
        backfills: false,
        productivity: 1.0,
        season: &[],
    };

    fn one(team: Team<'_>, months: usize) -> Vec<StaffMonth> {
        staff(&[team], &[], months).teams.remove(0).months
    }

    /// A reproducible stream of whole numbers.
    pub(super) struct Dice(pub(super) u64);

    impl Dice {
        pub(super) fn below(&mut self, sides: u32) -> u32 {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            u32::try_from((self.0 >> 33) % u64::from(sides)).unwrap()
        }
    }

    #[track_caller]
    pub(super) fn close(actual: f64, expected: f64) {
        assert!((actual - expected).abs() <= 1e-9 * expected.abs().max(1.0), "{actual} is not {expected}");
    }

    /// Ramped-rep equivalents, himodus wiki: 5 heads at 25 %, 3 at 60 %, 2 at 85 % and 15 at 100 % are 19.75 of 25.
    #[test]
    fn himodus_ramped_equivalents() {
        let hires = [(0, 2.0), (1, 3.0), (2, 5.0)];
        let months = one(Team { heads: 15.0, hires: &hires, ramp: &[0.25, 0.6, 0.85], ..TEAM }, 3);
        close(months[2].heads, 25.0);
        close(months[2].ramped, 19.75);
    }

    /// Reps needed, mod-us wiki: 13 reps with a quota of 1.4 M carry 18.2 M and at 85 % bring 15.47 M.
    #[test]
    fn mod_us_street_quota() {
        let street = street_quota([13.0], 1.4e6);
        close(street, 18.2e6);
        close(street * 0.85, 15.47e6);
    }

    #[test]
    fn twelve_months_of_attrition_are_a_year_of_it() {
        let team = Team { heads: 10.0, hires: &[(0, 30.0)], attrition: 0.2, ramp: &[0.5; 4], ..TEAM };
        let months = one(team, 25);
        for (month, heads) in [(0, 40.0), (12, 32.0), (24, 25.6)] {
            close(months[month].heads, heads);
        }
        // Of every tenure alike: of those at half speed in the fourth month, too.
        close(months[3].ramped, (10.0 + 15.0) * months[3].heads / 40.0);
        let filled = one(Team { backfills: true, ..team }, 25);
        close(filled[24].heads, 40.0);
        assert_eq!((monthly_attrition(1.0), monthly_attrition(0.0)), (1.0, 0.0));
        close(one(Team { attrition: 1.0, ..team }, 2)[1].heads, 0.0);
    }

    #[test]
    fn capacity_is_productivity_in_its_season() {
        let months = one(Team { heads: 2.0, productivity: 50.0, season: &[1.2, 0.0], ..TEAM }, 3);
        assert_eq!(months.iter().map(|month| month.capacity).collect::<Vec<f64>>(), [120.0, 0.0, 100.0]);
    }

    #[test]
    fn what_is_no_amount_of_heads_is_nobody() {
        let hires = [(0, f64::NAN), (usize::MAX, 1.0)];
        let team =
            Team { heads: -3.0, hires: &hires, leavers: &[(0, -1.0)], attrition: f64::NAN, ramp: &[f64::NAN], ..TEAM };
        let change = Move { month: 0, from: 5, to: 0, heads: 2.0 };
        let staffing = staff(&[team], &[change, Move { heads: f64::NAN, ..change }], 1);
        assert_eq!(staffing.teams[0].months, [StaffMonth { heads: 0.0, ramped: 0.0, capacity: 0.0 }]);
        assert_eq!((staffing.teams[0].leavers_beyond[0], staffing.moves_beyond), (0.0, vec![2.0, 0.0]));
    }
}
