//! The smallest hiring plan: the fewest heads, as late as they can start, with whom what is closed reaches a goal.
//!
//! By the formula of [`super::closed`], a goal is reached when for every s what has arrived by s and what can be closed after it
//! are enough together. So each s is a need, what a head who starts in a month gives towards it is a figure, and heads add up:
//! whole heads are to cover all needs. An earlier start need not be better: attrition takes those who start early before their
//! capacity is needed.

use crate::engine::capacity::cover::can_cover;
use crate::engine::capacity::{Team, amount, staff};

/// What a team is to close, and who may be hired for it. Bookings in major units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Goal<'a> {
    /// What is to be closed by the end of the last month of `arrivals`.
    pub bookings: f64,
    /// What the pipeline brings in each month, of all segments that the team works.
    pub arrivals: &'a [f64],
    /// What the team can close in each month with those it has.
    pub capacity: &'a [f64],
    /// Its ramp, productivity, season, attrition and backfills are those of new heads, too. Its named leavers are among those it has.
    pub team: &'a Team<'a>,
    /// The first month in which someone can start.
    pub earliest: usize,
    /// No more heads than these.
    pub most: u32,
}

/// Whom to hire.
#[derive(Clone, Debug, PartialEq)]
pub enum Hiring {
    /// How many start in which month, the earliest first; none when the goal is reached anyway.
    Starts(Vec<(usize, u32)>),
    /// So much of the goal is missed even when as many as are allowed start in the month that serves best.
    Short(f64),
}

/// The fewest heads, and of all plans with so many the one with the latest starts: the last start as late as it can be, then the one
/// before it, and so on.
///
/// A goal counts as reached when less than a billionth of it is missed. For each number of heads the search weighs at most `LOOKS`
/// mixtures of starts, so that it ends soon in any case; then it tries one head more, and at last a plan whose starts are late, but
/// need not be the latest. That is for teams whose leavers are not replaced, with needs of many months that are equally hard; the
/// plan reaches the goal there, too.
pub fn smallest_hiring(goal: &Goal<'_>) -> Hiring {
    let tolerance = amount(goal.bookings) * 1e-9;
    let all = needs(goal, tolerance);
    if all.is_empty() {
        return Hiring::Starts(Vec::new());
    }
    let months = goal.arrivals.len().saturating_sub(goal.earliest);
    let Some(last) = months.checked_sub(1) else { return Hiring::Short(missed(&all, months, 0)) };
    let mut search = Search { needs: hardest(all.clone()), tolerance, looks: LOOKS };
    let needs: Vec<f64> = search.needs.iter().map(|need| need.bookings).collect();
    let in_one_month = least(goal.most, &mut |heads| search.is_met_in_one_month(last, heads, &needs));
    let may_be_met = least(goal.most, &mut |heads| search.may_be_met(last, heads, &needs));
    let Some(fewest) = may_be_met else { return Hiring::Short(missed(&all, months, goal.most)) };
    let mut starts = vec![0; months];
    let mut is_placed = false;
    for heads in fewest..=in_one_month.unwrap_or(goal.most) {
        search.looks = LOOKS;
        is_placed = search.place(last, heads, &needs, &mut starts);
        if is_placed {
            break;
        }
    }
    // Where the search has given up, as many as do in one month are placed without another look.
    search.looks = 0;
    if is_placed || in_one_month.is_some_and(|heads| search.place(last, heads, &needs, &mut starts)) {
        Hiring::Starts((goal.earliest..).zip(starts).filter(|&(_, heads)| heads > 0).collect())
    } else {
        Hiring::Short(missed(&all, months, goal.most))
    }
}

/// So many mixtures are weighed for each number of heads: some milliseconds.
const LOOKS: u32 = 2_000;

/// What must be closed after some month, beyond what has arrived by then and what the team can close.
#[derive(Clone)]
struct Need {
    bookings: f64,
    /// What a head gives towards it, by the month of the start from the earliest on.
    by_start: Vec<f64>,
    /// The most that a head gives who starts up to a month.
    most: Vec<f64>,
}

impl Need {
    fn new(bookings: f64, by_start: Vec<f64>) -> Self {
        let mut so_far = 0.0_f64;
        let up_to = by_start.iter().map(|&gives| {
            so_far = so_far.max(gives);
            so_far
        });
        Self { bookings, most: up_to.collect(), by_start }
    }

    fn of_start(&self, start: usize) -> f64 {
        self.by_start.get(start).copied().unwrap_or(0.0)
    }
}

/// What new heads must bring towards a goal: one need for each month that leaves one.
fn needs(goal: &Goal<'_>, tolerance: f64) -> Vec<Need> {
    let months = goal.arrivals.len();
    // What a head can close by tenure; productivity differs by month.
    let head = Team { heads: 0.0, hires: &[(0, 1.0)], leavers: &[], productivity: 1.0, season: &[], ..*goal.team };
    let by_tenure = staff(&[head], &[], months).teams.pop().map(|head| head.months).unwrap_or_default();
    let mut needs = Vec::new();
    let mut by_start = vec![0.0; months.saturating_sub(goal.earliest)];
    let mut short = goal.bookings - goal.arrivals.iter().map(|&arrives| amount(arrives)).sum::<f64>();
    let mut keep = |bookings: f64, by_start: &[f64]| {
        if bookings > tolerance {
            needs.push(Need::new(bookings, by_start.to_vec()));
        }
    };
    keep(short, &by_start);
    for (month, &arrives) in goal.arrivals.iter().enumerate().rev() {
        short += amount(arrives) - goal.capacity.get(month).map_or(0.0, |&capacity| amount(capacity));
        let started =
            month.checked_sub(goal.earliest).map_or(&mut [][..], |last| by_start.get_mut(..=last).unwrap_or_default());
        for (gives, head) in started.iter_mut().rev().zip(&by_tenure) {
            *gives += head.ramped * goal.team.productivity_in(month);
        }
        keep(short, &by_start);
    }
    needs
}

/// The least that is missed by heads who all start in one month.
fn missed(needs: &[Need], months: usize, heads: u32) -> f64 {
    let worst = |start| needs.iter().map(move |need| need.bookings - f64::from(heads) * need.of_start(start));
    (0..months.max(1)).map(|start| worst(start).fold(0.0, f64::max)).fold(f64::INFINITY, f64::min)
}

/// The needs without those that every plan meets that meets another one: the fewer, the sooner a mixture is weighed.
fn hardest(needs: Vec<Need>) -> Vec<Need> {
    // The second asks for more of every head.
    let is_harder = |one: &Need, other: &Need| {
        let mut starts = one.by_start.iter().zip(&other.by_start);
        starts.all(|(one_gives, other_gives)| one_gives * other.bookings >= other_gives * one.bookings)
    };
    let mut hardest: Vec<Need> = Vec::new();
    for need in needs {
        if !hardest.iter().any(|other| is_harder(&need, other)) {
            hardest.retain(|other| !is_harder(other, &need));
            hardest.push(need);
        }
    }
    hardest
}

struct Search {
    needs: Vec<Need>,
    /// What may be missed.
    tolerance: f64,
    /// How many mixtures may still be weighed.
    looks: u32,
}

impl Search {
    fn is_met(&self, needs: &[f64]) -> bool {
        needs.iter().all(|&need| need <= self.tolerance)
    }

    /// Whether the needs are met by heads who all start in one month up to `last`.
    fn is_met_in_one_month(&self, last: usize, heads: u32, needs: &[f64]) -> bool {
        (0..=last).any(|start| self.is_met(&self.after(start, heads, needs)))
    }

    /// What is still needed after heads who start in a month.
    fn after(&self, start: usize, heads: u32, needs: &[f64]) -> Vec<f64> {
        let each = self.needs.iter().zip(needs);
        each.map(|(need, left)| left - f64::from(heads) * need.of_start(start)).collect()
    }

    /// Whether so many heads who start up to `last` may meet the needs. `true` for all who can, and for those who could if
    /// heads were divisible.
    fn may_be_met(&mut self, last: usize, heads: u32, needs: &[f64]) -> bool {
        let left = |need: f64| need - self.tolerance;
        let most = |need: &Need| need.most.get(last).copied().unwrap_or(0.0);
        if self.needs.iter().zip(needs).any(|(need, &of)| of - f64::from(heads) * most(need) > self.tolerance) {
            return false;
        }
        if self.is_met_in_one_month(last, heads, needs) {
            return true;
        }
        if self.looks == 0 {
            return false;
        }
        self.looks -= 1;
        let open = self.needs.iter().zip(needs).filter(|&(_, &of)| left(of) > 0.0);
        // By start: the share of each need that all heads would meet.
        let mut shares = vec![Vec::with_capacity(self.needs.len()); last + 1];
        for (need, &of) in open {
            for (start, shares) in shares.iter_mut().enumerate() {
                shares.push(f64::from(heads) * need.of_start(start) / left(of));
            }
        }
        can_cover(shares)
    }

    /// Places so many heads in months up to `last`, as late as they can be; `false` when they cannot meet the needs.
    fn place(&mut self, last: usize, heads: u32, needs: &[f64], starts: &mut [u32]) -> bool {
        if self.is_met(needs) {
            return true;
        }
        if !self.may_be_met(last, heads, needs) {
            return false;
        }
        // Others may start in this month, too: where more are set to, fewer can be.
        let fewest_before = least(heads, &mut |before| {
            let left = self.after(last, heads - before, needs);
            self.may_be_met(last, before, &left)
        });
        for before in fewest_before.unwrap_or(heads)..=heads {
            let left = self.after(last, heads - before, needs);
            let is_placed = match last.checked_sub(1) {
                Some(earlier) => self.place(earlier, before, &left, starts),
                None => self.is_met(&left),
            };
            if is_placed {
                if let Some(start) = starts.get_mut(last) {
                    *start = heads - before;
                }
                return true;
            }
            if self.looks == 0 {
                break;
            }
        }
        false
    }
}

/// The least number up to `most` for which something holds that holds for all greater ones.
fn least(most: u32, holds: &mut dyn FnMut(u32) -> bool) -> Option<u32> {
    if !holds(most) {
        return None;
    }
    let (mut from, mut to) = (0, most);
    while from < to {
        let middle = from.midpoint(to);
        if holds(middle) {
            to = middle;
        } else {
            from = middle + 1;
        }
    }
    Some(to)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::capacity::closed;
    use crate::engine::capacity::tests::Dice;

    fn one_of(dice: &mut Dice, figures: &[f64]) -> f64 {
        figures[dice.below(u32::try_from(figures.len()).unwrap()) as usize]
    }

    /// What a team closes in all when these start, too.
    fn closes_with(team: &Team<'_>, arrivals: &[f64], starts: &[usize]) -> f64 {
        let mut hires = team.hires.to_vec();
        hires.extend(starts.iter().map(|&month| (month, 1.0)));
        let staffing = staff(&[Team { hires: &hires, ..*team }], &[], arrivals.len());
        let capacity: Vec<f64> = staffing.teams[0].months.iter().map(|month| month.capacity).collect();
        closed(&[arrivals], &capacity)[0].iter().map(|deals| deals.closes).sum()
    }

    /// All ways in which so many can start, the one with the latest starts first.
    fn ways(heads: usize, earliest: usize, last: usize) -> Vec<Vec<usize>> {
        if heads == 0 {
            return vec![Vec::new()];
        }
        let mut ways = Vec::new();
        for start in (earliest..=last).rev() {
            for mut way in self::ways(heads - 1, earliest, start) {
                way.insert(0, start);
                ways.push(way);
            }
        }
        ways
    }

    /// Every way to hire up to three heads in up to eight months, for teams with and without attrition, backfills, season and
    /// named leavers: what is closed is reckoned anew for each.
    #[test]
    fn no_smaller_or_later_plan_reaches_the_goal() {
        let mut dice = Dice(3);
        let (mut by_heads, mut mixed, mut short) = ([0; 4], 0, 0);
        for _ in 0..4_000 {
            let months = 1 + dice.below(8) as usize;
            let ramp: Vec<f64> =
                (0..dice.below(5)).map(|_| one_of(&mut dice, &[0.0, 0.2, 0.5, 0.9, 1.0, 1.2])).collect();
            let season: Vec<f64> = (0..dice.below(9)).map(|_| one_of(&mut dice, &[0.0, 0.5, 1.0, 1.3])).collect();
            let team = Team {
                heads: f64::from(1 + dice.below(3)),
                hires: &[(1, 1.0)],
                leavers: &[(2, 1.0)],
                ramp: &ramp,
                attrition: one_of(&mut dice, &[0.0, 0.3, 0.95, 0.999]),
                time_to_fill: dice.below(4) as usize,
                backfills: dice.below(2) == 0,
                productivity: 10.0,
                season: &season,
            };
            let late = dice.below(2) == 0;
            let mut arrivals = (0..months).map(|_| f64::from(dice.below(50)) * 1.25).collect::<Vec<f64>>();
            if late {
                arrivals.iter_mut().take(months / 2).for_each(|arrives| *arrives *= 0.3);
            }
            let now = closes_with(&team, &arrivals, &[]);
            let all: f64 = arrivals.iter().sum();
            let bookings = now + (all - now) * one_of(&mut dice, &[0.0, 0.3, 0.7, 0.95, 1.0, 1.05]);
            let earliest = dice.below(3) as usize;
            let staffing = staff(&[team], &[], months);
            let capacity: Vec<f64> = staffing.teams[0].months.iter().map(|month| month.capacity).collect();
            let goal = Goal { bookings, arrivals: &arrivals, capacity: &capacity, team: &team, earliest, most: 3 };
            let reaches = |starts: &Vec<usize>| closes_with(&team, &arrivals, starts) >= bookings * (1.0 - 1e-9);
            let best = (0..=3).find_map(|heads| {
                let ways = if months > earliest || heads == 0 { ways(heads, earliest, months - 1) } else { Vec::new() };
                ways.into_iter().find(reaches)
            });
            match (smallest_hiring(&goal), best) {
                (Hiring::Starts(starts), Some(best)) => {
                    let mut listed: Vec<usize> =
                        starts.iter().flat_map(|&(month, heads)| vec![month; heads as usize]).collect();
                    listed.reverse();
                    assert_eq!(listed, best, "{goal:?}");
                    by_heads[best.len()] += 1;
                    mixed += i32::from(starts.len() > 1);
                }
                (Hiring::Short(missed), None) => {
                    let together = (earliest..months).map(|month| closes_with(&team, &arrivals, &[month; 3]));
                    let nearest = bookings - together.fold(now, f64::max);
                    assert!(missed > 0.0 && (missed - nearest).abs() < 1e-6, "{missed} {nearest} {goal:?}");
                    short += 1;
                }
                other => panic!("{other:?} {goal:?}"),
            }
        }
        assert!(
            by_heads.iter().all(|&cases| cases > 100) && mixed > 100 && short > 100,
            "{by_heads:?} {mixed} {short}"
        );
    }

    /// Needs of any shape, so that what fits if heads were divisible often does not fit with whole ones.
    #[test]
    fn heads_are_placed_as_late_as_by_trying_all() {
        let mut dice = Dice(8);
        let mut told = [0; 2];
        for _ in 0..3_000 {
            let mut figures = |below: u32| (0..5).map(|_| f64::from(dice.below(below))).collect::<Vec<f64>>();
            let needs: Vec<Need> = (0..4).map(|_| Need::new(figures(20)[0] + 15.0, figures(12))).collect();
            let left: Vec<f64> = needs.iter().map(|need| need.bookings).collect();
            let best = ways(4, 0, 4).into_iter().find(|way| {
                needs.iter().all(|need| way.iter().map(|&start| need.by_start[start]).sum::<f64>() >= need.bookings)
            });
            let mut search = Search { needs, tolerance: 1e-9, looks: LOOKS };
            let mut starts = [0; 5];
            let is_placed = search.place(4, 4, &left, &mut starts);
            assert_eq!(is_placed, best.is_some());
            if let Some(best) = best {
                let placed = (0..5).rev().flat_map(|start| vec![start; starts[start] as usize]);
                // Heads that nothing needs are not placed.
                assert!(placed.clone().eq(best) || placed.count() < 4, "{starts:?}");
            }
            told[usize::from(is_placed)] += 1;
            // Without another look, so many are placed as do in one month.
            if let Some(enough) = (0..100).find(|&heads| search.is_met_in_one_month(4, heads, &left)) {
                (search.looks, starts) = (0, [0; 5]);
                assert!(search.place(4, enough, &left, &mut starts));
                let met =
                    starts.iter().enumerate().fold(left, |left, (start, &heads)| search.after(start, heads, &left));
                assert!(search.is_met(&met));
            }
        }
        assert!(told.iter().all(|&cases| cases > 300), "{told:?}");
    }
}
