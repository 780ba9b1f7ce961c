//! Who closes the deals: what the pipeline brings against what sellers can close, team by team and month by month.

use crate::engine::capacity::{self, Deals, Goal, Hiring, StaffMonth, Team};
use crate::engine::{DAYS_A_MONTH, Outcome};
use crate::plan::{Issue, Move, Plan, SalesTeam, Scope};
use crate::units::Month;

/// More heads than these no plan proposes to hire.
const MOST_HIRES: u32 = 1000;

/// What the sellers can close from the as-of date to the end of the period. Amounts in major units.
#[derive(Clone, Debug, PartialEq)]
pub struct People {
    /// All teams together; its `hires` are empty.
    pub all: TeamOutcome,
    /// Each team, in the order of the plan.
    pub teams: Vec<TeamOutcome>,
    /// What is not right with them and shows only here.
    pub issues: Vec<Issue>,
}

/// What a team can close, and what it closes. Amounts in major units.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TeamOutcome {
    /// From the as-of date's month to the last of the period.
    pub months: Vec<TeamMonth>,
    /// What the pipeline brings in them: what is open and what is planned to enter.
    pub brings: f64,
    /// What its sellers could close in those of the period if deals enough were there at any time.
    pub capacity: f64,
    /// What is closed of `brings`: deals that no seller is free for wait.
    pub closes: f64,
    /// The quotas of its ramped heads for those of the period together.
    pub street: f64,
    /// The fewest further heads who close all that the pipeline brings, with the latest months in which they can start; empty when
    /// none is needed, and where more are to leave than are there: nobody knows with whom then.
    pub hires: Vec<(Month, u32)>,
    /// What is not closed by the period's end even with as many more heads as one likes; zero when `hires` are enough.
    pub short: f64,
}

/// A team in a month. Amounts in major units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TeamMonth {
    /// The month.
    pub month: Month,
    /// Heads; expected values, so with fractions.
    pub heads: f64,
    /// Ramped equivalents: heads × their share of full productivity.
    pub ramped: f64,
    /// What they can close in it; in the month of the as-of date, in what is left of it.
    pub capacity: f64,
    /// What comes to be closed, what is closed, and what waits at the end.
    pub deals: Deals,
}

/// What follows for the sellers from a plan and its outcome; `None` when the plan has no team or its period is over.
pub fn people(plan: &Plan, outcome: &Outcome) -> Option<People> {
    let first = plan.as_of.month()?;
    let months = usize::from((plan.period.start.index() + u16::from(plan.period.months)).saturating_sub(first.index()));
    if plan.sales.is_empty() || months == 0 {
        return None;
    }
    let season = [rest(plan, first)];
    let inputs: Vec<Input> = plan.sales.iter().map(|team| Input::new(plan, team, first)).collect();
    let teams: Vec<Team<'_>> = inputs.iter().zip(&plan.sales).map(|(input, team)| input.team(team, &season)).collect();
    let mut moves = Vec::new();
    for input in &inputs {
        moves.extend_from_slice(&input.moves);
    }
    let staffing = capacity::staff(&teams, &moves, months);
    let mut outcomes = Vec::with_capacity(teams.len());
    let mut issues = Vec::new();
    for (position, (staff, team)) in staffing.teams.iter().zip(&teams).enumerate() {
        let moves = staffing.moves_beyond.iter().zip(&moves).filter(|(_, change)| change.from == position);
        let mut beyond = staff.leavers_beyond.iter().sum::<f64>();
        for (more, _) in moves {
            beyond += more;
        }
        if beyond > 1e-9 {
            issues.push(Issue::MoreLeaveThanThere(position));
        }
        let brought = brought(plan, outcome, position, first, months);
        outcomes.push(of_team(plan, position, team, &staff.months, &brought, first, beyond <= 1e-9));
    }
    let mut all = TeamOutcome::default();
    for team in &outcomes {
        all.add(team);
    }
    Some(People { all, teams: outcomes, issues })
}

/// What each team could close if deals enough were there at any time, from this month on, that of the as-of date: bookings in major
/// units.
pub(super) fn capacities(plan: &Plan, first: Month, months: usize) -> Vec<Vec<f64>> {
    let season = [rest(plan, first)];
    let inputs: Vec<Input> = plan.sales.iter().map(|team| Input::new(plan, team, first)).collect();
    let mut teams = Vec::with_capacity(inputs.len());
    let mut moves = Vec::new();
    for (input, team) in inputs.iter().zip(&plan.sales) {
        teams.push(input.team(team, &season));
        moves.extend_from_slice(&input.moves);
    }
    let mut capacities = Vec::with_capacity(teams.len());
    for team in capacity::staff(&teams, &moves, months).teams {
        capacities.push(team.months.iter().map(|month| month.capacity).collect());
    }
    capacities
}

/// The share that is left of the as-of date's month: one of which days are over closes less.
pub fn rest(plan: &Plan, first: Month) -> f64 {
    f64::from(first.plus_months(1).first_day().days_since(plan.as_of)) / f64::from(first.days())
}

/// What the pipeline brings to a team, segment by segment and month by month.
fn brought(plan: &Plan, outcome: &Outcome, position: usize, first: Month, months: usize) -> Vec<Vec<f64>> {
    let mut brought = Vec::new();
    for segment in plan.segments.iter().filter(|segment| plan.team_of(segment) == Some(position)) {
        let mut of_segment = vec![0.0; months];
        for month in &outcome.part(Scope::Segment(segment.id)).months {
            let later = month.month.index().checked_sub(first.index()).map(usize::from);
            if let Some(slot) = later.and_then(|later| of_segment.get_mut(later)) {
                *slot = month.from_open + month.from_new;
            }
        }
        brought.push(of_segment);
    }
    brought
}

fn of_team(
    plan: &Plan,
    position: usize,
    team: &Team<'_>,
    staff: &[StaffMonth],
    brought: &[Vec<f64>],
    first: Month,
    // Whether all who are to leave are there: otherwise they would leave with the first who are hired.
    is_known: bool,
) -> TeamOutcome {
    let capacity: Vec<f64> = staff.iter().map(|month| month.capacity).collect();
    let arrivals: Vec<&[f64]> = brought.iter().map(Vec::as_slice).collect();
    let closed = capacity::closed(&arrivals, &capacity);
    let mut outcome = TeamOutcome::default();
    let mut arrives = Vec::with_capacity(staff.len());
    for (later, month) in staff.iter().enumerate() {
        let mut deals = Deals::default();
        for segment in &closed {
            if let Some(of_segment) = segment.get(later) {
                deals.arrives += of_segment.arrives;
                deals.closes += of_segment.closes;
                deals.waits += of_segment.waits;
            }
        }
        outcome.brings += deals.arrives;
        outcome.closes += deals.closes;
        arrives.push(deals.arrives);
        let &StaffMonth { heads, ramped, capacity } = month;
        let month = first.plus_months(u16::try_from(later).unwrap_or(u16::MAX));
        if month >= plan.period.start {
            outcome.capacity += capacity;
        }
        outcome.months.push(TeamMonth { month, heads, ramped, capacity, deals });
    }
    let quota = plan.sales.get(position).map_or(0.0, |team| team.quota.major()) / 12.0;
    // As capacity does, the first month counts for what is left of it.
    let seats = outcome.months.iter().enumerate().filter(|(_, month)| month.month >= plan.period.start);
    let rest = team.season.first().copied().unwrap_or(1.0);
    outcome.street = capacity::street_quota(
        seats.map(|(later, month)| if later == 0 { month.ramped * rest } else { month.ramped }),
        quota,
    );
    let goal = Goal {
        bookings: outcome.brings,
        arrivals: &arrives,
        capacity: &capacity,
        team,
        earliest: earliest(plan, position, first),
        most: MOST_HIRES,
    };
    if !is_known {
        return outcome;
    }
    match capacity::smallest_hiring(&goal) {
        Hiring::Starts(starts) => {
            for (later, heads) in starts {
                outcome.hires.push((first.plus_months(u16::try_from(later).unwrap_or(u16::MAX)), heads));
            }
        }
        Hiring::Short(short) => outcome.short = short,
    }
    outcome
}

/// The first month in which someone can start who is decided on at the as-of date: the first that begins when the time to fill is
/// over.
fn earliest(plan: &Plan, position: usize, first: Month) -> usize {
    let days = plan.sales.get(position).map_or(0, |team| team.time_to_fill.get());
    let there = plan.as_of.plus_days(days.into());
    let mut months = 1;
    while months < 240 && first.plus_months(months).first_day() < there {
        months += 1;
    }
    months.into()
}

impl TeamOutcome {
    /// Sums over teams.
    fn add(&mut self, team: &Self) {
        self.brings += team.brings;
        self.capacity += team.capacity;
        self.closes += team.closes;
        self.street += team.street;
        self.short += team.short;
        if self.months.is_empty() {
            self.months.clone_from(&team.months);
            return;
        }
        for (sum, month) in self.months.iter_mut().zip(&team.months) {
            sum.heads += month.heads;
            sum.ramped += month.ramped;
            sum.capacity += month.capacity;
            sum.deals.arrives += month.deals.arrives;
            sum.deals.closes += month.deals.closes;
            sum.deals.waits += month.deals.waits;
        }
    }
}

/// A team of the plan in the figures of [`capacity`]: months are counted from that of the as-of date.
struct Input {
    hires: Vec<(usize, f64)>,
    leavers: Vec<(usize, f64)>,
    moves: Vec<capacity::Move>,
    ramp: Vec<f64>,
}

impl Input {
    fn new(plan: &Plan, team: &SalesTeam, first: Month) -> Self {
        let place = |id| plan.sales.iter().position(|team| team.id == id).unwrap_or(usize::MAX);
        let ramp = team.ramp.iter().map(|share| share.fraction()).collect();
        let mut input = Self { hires: Vec::new(), leavers: Vec::new(), moves: Vec::new(), ramp };
        for change in &team.changes {
            // What was before the as-of date is in the heads.
            if change.month.first_day() < plan.as_of {
                continue;
            }
            let month = usize::from(change.month.index().saturating_sub(first.index()));
            let heads = change.heads.as_f64();
            match change.what {
                Move::Start => input.hires.push((month, heads)),
                Move::Leave => input.leavers.push((month, heads)),
                Move::To(to) => input.moves.push(capacity::Move { month, from: place(team.id), to: place(to), heads }),
            }
        }
        input
    }

    fn team<'a>(&'a self, team: &SalesTeam, season: &'a [f64]) -> Team<'a> {
        Team {
            heads: team.heads.as_f64(),
            hires: &self.hires,
            leavers: &self.leavers,
            ramp: &self.ramp,
            attrition: team.attrition.fraction(),
            time_to_fill: whole_months(team.time_to_fill.get()),
            backfills: team.backfills,
            productivity: team.quota.major() * team.attainment.times() / 12.0,
            season,
        }
    }
}

/// The beginning of a month after so many days: months rounded up.
fn whole_months(days: u16) -> usize {
    let months = (f64::from(days) / DAYS_A_MONTH).ceil();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 120")]
    let months = months as usize;
    months
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::evaluate;
    use crate::plan::{HeadChange, Lineage, examples};
    use crate::units::{Count, Date, Days, Factor, Money, Rate};

    /// 2,000,000 in 2027, evenly; the as-of date is its first day, and all that is due comes from new entries.
    fn plan(heads: u64) -> Plan {
        let mut plan = examples::six_stages(Lineage([1; 8]), Date::parse_iso("2026-11-22").unwrap());
        plan.as_of = Date::parse_iso("2027-01-01").unwrap();
        plan.add_team();
        plan.sales[0].heads = Count::new(heads).unwrap();
        plan.sales[0].quota = Money::from_major(400_000);
        plan
    }

    fn all(plan: &Plan) -> TeamOutcome {
        assert_eq!(plan.check(), Ok(()));
        of(plan).all
    }

    fn of(plan: &Plan) -> People {
        people(plan, &evaluate(plan)).unwrap()
    }

    #[track_caller]
    fn near(actual: f64, expected: f64) {
        assert!((actual - expected).abs() < 1e-6 * expected.abs().max(1.0), "{actual} is not {expected}");
    }

    #[test]
    fn what_no_seller_is_free_for_waits() {
        // Nothing that enters now lands in the first 104 days: all that is due by then lands at once, and waits for sellers.
        let plan = plan(4);
        let all = all(&plan);
        near(all.brings, 2_000_000.0);
        near(all.capacity, 1_600_000.0);
        let idle = all.months.iter().take_while(|month| month.deals.arrives <= 0.0).count();
        assert!(idle > 0, "{:?}", all.months);
        let full: f64 = all.months.iter().skip(idle).map(|month| month.capacity).sum();
        near(all.closes, full);
        near(all.months.last().unwrap().deals.waits, 2_000_000.0 - full);
        near(evaluate(&plan).whole().togo, 2_000_000.0);
    }

    #[test]
    fn the_hires_that_are_proposed_close_what_is_brought() {
        let mut plan = plan(4);
        plan.sales[0].ramp = vec![Rate::ZERO, Rate::from_percent(50)];
        plan.sales[0].time_to_fill = Days::new(60).unwrap();
        let staffed = of(&plan);
        let hires = &staffed.teams[0].hires;
        assert!(!hires.is_empty() && staffed.all.short == 0.0);
        // 60 days are over on 2 March: nobody starts before April.
        assert!(hires.iter().all(|(month, _)| month.index() >= plan.period.start.index() + 3), "{hires:?}");
        let change =
            |month, heads: u32| HeadChange { month, what: Move::Start, heads: Count::new(heads.into()).unwrap() };
        plan.sales[0].changes = hires.iter().map(|&(month, heads)| change(month, heads)).collect();
        let hired = of(&plan);
        near(hired.all.closes, 2_000_000.0);
        assert_eq!(hired.teams[0].hires, []);
    }

    #[test]
    fn a_segment_is_worked_by_one_team_and_a_split_one_by_the_same() {
        let mut plan = plan(8);
        plan.split_segment(plan.segments[0].id);
        plan.add_team();
        plan.segments[1].team = Some(plan.sales[1].id);
        let staffed = of(&plan);
        near(staffed.teams[0].closes, 1_000_000.0);
        near(staffed.teams[1].brings, 1_000_000.0);
        near(staffed.teams[1].closes, 0.0);
        plan.sales[1].heads = Count::new(2).unwrap();
        let before = of(&plan);
        plan.split_segment(plan.segments[1].id);
        let after = of(&plan);
        near(after.teams[1].closes, before.teams[1].closes);
        plan.remove_team(plan.sales[1].id);
        near(all(&plan).brings, 2_000_000.0);
        assert_eq!(plan.segments[1].team, None);
    }

    #[test]
    fn the_month_of_the_as_of_date_counts_for_what_is_left_of_it() {
        let mut plan = plan(3);
        plan.as_of = Date::parse_iso("2027-04-16").unwrap();
        plan.sales[0].attainment = Factor::from_millionths(800_000).unwrap();
        let all = all(&plan);
        near(all.months[0].capacity, 3.0 * 400_000.0 * 0.8 / 12.0 * 15.0 / 30.0);
        near(all.street, 3.0 * 400_000.0 / 12.0 * 8.5);
        assert_eq!(all.months.len(), 9);
    }

    /// Nothing comes before the period: time in it is no capacity, and no quota is carried.
    #[test]
    fn what_lies_before_the_period_closes_nothing_in_it() {
        let mut plan = plan(3);
        plan.as_of = Date::parse_iso("2026-06-16").unwrap();
        let all = all(&plan);
        near(all.capacity, 1_200_000.0);
        near(all.street, 1_200_000.0);
        assert_eq!(all.months.len(), 19);
    }

    #[test]
    fn who_is_decided_on_starts_when_the_time_to_fill_is_over() {
        let mut plan = plan(0);
        for (as_of, days, first) in [
            ("2027-01-01", 0, "2027-02"),
            ("2027-01-31", 60, "2027-04"),
            ("2027-01-31", 29, "2027-03"),
            ("2027-01-31", 28, "2027-03"),
        ] {
            plan.as_of = Date::parse_iso(as_of).unwrap();
            plan.sales[0].time_to_fill = Days::new(days).unwrap();
            let later = earliest(&plan, 0, plan.as_of.month().unwrap());
            assert_eq!(
                plan.as_of.month().unwrap().plus_months(u16::try_from(later).unwrap()).to_string(),
                first,
                "{as_of} {days}"
            );
        }
    }

    #[test]
    fn what_is_not_right_with_a_team_is_an_issue() {
        let mut plan = plan(1);
        let change = |month: &str, what, heads| HeadChange {
            month: Month::parse_iso(month).unwrap(),
            what,
            heads: Count::new(heads).unwrap(),
        };
        plan.sales[0].changes = vec![change("2026-12", Move::Start, 5), change("2027-03", Move::Leave, 3)];
        plan.sales[0].ramp = vec![Rate::ONE, Rate::ZERO];
        let staffed = of(&plan);
        for issue in [Issue::ChangeBeforeAsOf(0), Issue::RampFalls(0)] {
            assert!(evaluate(&plan).issues.contains(&issue), "{issue:?}");
        }
        assert_eq!(staffed.issues, [Issue::MoreLeaveThanThere(0)]);
        assert!(staffed.teams[0].hires.is_empty() && staffed.all.closes < staffed.all.brings);
        near(staffed.all.months[2].heads, 0.0);
        plan.add_team();
        plan.sales[1].changes = vec![change("2027-02", Move::To(plan.sales[0].id), 1)];
        assert!(of(&plan).issues.contains(&Issue::MoreLeaveThanThere(1)));
        plan.as_of = Date::parse_iso("2028-02-01").unwrap();
        assert_eq!(people(&plan, &evaluate(&plan)), None);
    }
}
