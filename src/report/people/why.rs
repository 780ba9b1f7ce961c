//! Why a figure of the sellers is what it is.

use crate::engine::money::Spend;
use crate::engine::{self, Outcome, People, TeamOutcome};
use crate::plan::{Plan, SalesTeam, joined};
use crate::report::people::{bars, month_name, name};
use crate::report::why::{CARRIED, Digits, Explanation};
use crate::report::{DateStyle, Format};

const QUEUE: &str = "P(t) and C(t), what comes and what can be closed until t: the least of P(s) + C(t) − C(s) over all s ≤ t is closed.";
const RAMP: &str =
    "Capacity by ramped equivalents: a head counts for its share of a ramped one's bookings, month by month of tenure.";

/// What can be asked about: all sellers with the bars, and each team where there are several.
pub fn subjects(plan: &Plan) -> Vec<String> {
    let mut subjects = vec!["All sellers".to_owned()];
    for team in plan.sales.iter().filter(|_| plan.sales.len() > 1) {
        subjects.push(name(plan, team));
    }
    subjects
}

/// Explains the figures of one of the [`subjects`].
pub fn explain(
    plan: &Plan,
    outcome: &Outcome,
    people: Option<&People>,
    spend: Option<&Spend>,
    subject: usize,
    format: &dyn Format,
) -> Vec<Explanation> {
    let writer = Writer { plan, digits: Digits { format, currency: plan.currency, operand: 12, result: 7 } };
    let mut explained = Vec::new();
    if subject == 0 {
        explained.push(writer.bars(outcome, people, spend));
    }
    let Some(people) = people else { return explained };
    // One team is all.
    let place = if plan.sales.len() > 1 { subject.checked_sub(1) } else { Some(0) };
    let Some((team, figures)) = place.and_then(|place| plan.sales.get(place).zip(people.teams.get(place))) else {
        explained.push(writer.sum("What they can close", people, people.all.capacity, |team| team.capacity));
        explained.push(writer.sum("What they close", people, people.all.closes, |team| team.closes));
        explained.push(writer.sum("Quotas", people, people.all.street, |team| team.street));
        return explained;
    };
    explained.push(writer.heads(team));
    explained.push(writer.capacity(team, figures));
    explained.push(writer.closes(figures));
    explained.push(writer.quotas(team, figures));
    explained.push(writer.hires(team, figures));
    explained
}

/// What every explanation looks at.
struct Writer<'a> {
    plan: &'a Plan,
    digits: Digits<'a>,
}

impl Writer<'_> {
    fn bars(&self, outcome: &Outcome, people: Option<&People>, spend: Option<&Spend>) -> Explanation {
        let mut working = Vec::new();
        for bar in bars(outcome, people, spend).iter().skip(1) {
            let mut summands = Vec::new();
            for &part in &bar.parts {
                summands.push(self.digits.money(part));
            }
            let all = self.digits.money_result(bar.amount);
            working.push(format!("{}: {} = {all}", bar.name, joined(&summands, " + ")));
        }
        told(
            "The bars",
            "The pipeline: booked + expected of what is open + of what is planned to enter. The sellers: booked + what they close \
             of what comes, or could close where nothing waits. The budget: booked + expected of what is open + of other sources than marketing + of what channels bring",
            working,
            "",
        )
    }

    /// What all teams have together.
    fn sum(&self, title: &str, people: &People, all: f64, of: fn(&TeamOutcome) -> f64) -> Explanation {
        let mut working = Vec::new();
        for (team, figures) in self.plan.sales.iter().zip(&people.teams) {
            working.push(format!("{}: {}", name(self.plan, team), self.digits.money(of(figures))));
        }
        working.push(format!("In all: {}", self.digits.money_result(all)));
        told(title, "The sum of the teams", working, "")
    }

    fn heads(&self, team: &SalesTeam) -> Explanation {
        let yearly = team.attrition.fraction();
        let monthly = engine::monthly_attrition(yearly);
        let share = |share| self.digits.share(share);
        let monthly = self.digits.format.percent(monthly);
        let mut working = vec![format!("Attrition a month: 1 − (1 − {})^(1/12) = {monthly}", share(yearly))];
        let mut months = Vec::new();
        for (month, part) in team.ramp.iter().enumerate() {
            months.push(format!("{} in month {}", share(part.fraction()), month + 1));
        }
        months.push(format!("then {}", share(1.0)));
        working.push(format!("A new seller books {}", joined(&months, ", ")));
        told(
            "Heads, and how many of them count as ramped",
            "At the beginning of each month attrition takes its share of those who were there, then who leaves or moves goes, then \
             who starts comes. Ramped: each head × the share of its month of tenure",
            working,
            RAMP,
        )
    }

    fn capacity(&self, team: &SalesTeam, figures: &TeamOutcome) -> Explanation {
        let (quota, attainment) = (self.digits.money(team.quota.major()), self.digits.share(team.attainment.times()));
        let each = team.quota.major() * team.attainment.times() / 12.0;
        let mut working = vec![format!("{quota} × {attainment} ÷ 12 = {} a month", self.digits.money_result(each))];
        let mut rest = figures.months.first().map_or(1.0, |first| engine::rest(self.plan, first.month));
        for month in &figures.months {
            if month.month < self.plan.period.start {
                rest = 1.0;
                continue;
            }
            let name = month_name(month.month, self.digits.format);
            let capacity = self.digits.money_result(month.capacity);
            let left = if rest < 1.0 { format!(" × {} of the month", self.digits.share(rest)) } else { String::new() };
            rest = 1.0;
            let (ramped, each) = (self.digits.operand(month.ramped), self.digits.money(each));
            working.push(format!("{name}: {ramped} × {each}{left} = {capacity}"));
        }
        working.push(format!("In all: {}", self.digits.money_result(figures.capacity)));
        told(
            "What they can close",
            "Ramped heads × quota × attainment ÷ 12, in each month of the period",
            working,
            RAMP,
        )
    }

    fn closes(&self, figures: &TeamOutcome) -> Explanation {
        let mut working = Vec::new();
        let mut waited = 0.0;
        for month in &figures.months {
            let deals = month.deals;
            let money = |value| self.digits.money(value);
            working.push(format!(
                "{}: {} + {} − {} = {} waits",
                month_name(month.month, self.digits.format),
                money(waited),
                money(deals.arrives),
                money(deals.closes),
                self.digits.money_result(deals.waits)
            ));
            waited = deals.waits;
        }
        working.push(format!("In all: {} is closed", self.digits.money_result(figures.closes)));
        told(
            "What they close, and what waits",
            "What waited + what comes − what is closed, which is at most what they can close in the month = what waits at its end",
            working,
            QUEUE,
        )
    }

    fn quotas(&self, team: &SalesTeam, figures: &TeamOutcome) -> Explanation {
        let each = team.quota.major() / 12.0;
        let heads = if each > 0.0 { figures.street / each } else { 0.0 };
        let (heads, quota) = (self.digits.operand(heads), self.digits.money(team.quota.major()));
        let all = self.digits.money_result(figures.street);
        told(
            "Quotas",
            "Ramped heads × quota ÷ 12, in each month of the period",
            vec![format!("{heads} × {quota} ÷ 12 = {all}")],
            "",
        )
    }

    fn hires(&self, team: &SalesTeam, figures: &TeamOutcome) -> Explanation {
        let date = |date| self.digits.format.date(date, DateStyle::Full);
        let days = team.time_to_fill.get();
        let there = date(self.plan.as_of.plus_days(days.into()));
        let mut working = vec![format!("A seat takes {days} days to fill: nobody starts before {there}")];
        for &(month, heads) in &figures.hires {
            working.push(format!("{heads} more by {}", date(month.first_day())));
        }
        if figures.hires.is_empty() && figures.short <= 0.0 {
            working.push("Nobody is needed".to_owned());
        }
        if figures.short > 0.0 {
            working.push(format!(
                "{} nobody who is hired now would close in time",
                self.digits.money_result(figures.short)
            ));
        }
        told(
            "Whom to hire, and by when",
            "The fewest heads with whom all that comes is closed by the end of the period, each ramping as the team does; of all such \
             plans the one whose starts are the latest",
            working,
            "",
        )
    }
}

/// An explanation whose figures are rounded for display only.
pub(in crate::report) fn told(title: &str, formula: &str, working: Vec<String>, source: &'static str) -> Explanation {
    Explanation { title: title.to_owned(), formula: formula.to_owned(), working, rounding: CARRIED.to_owned(), source }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{evaluate, money, people};
    use crate::plan::{Channel, HeadChange, Lineage, Move, examples};
    use crate::report::Plain;
    use crate::report::why::is_true;
    use crate::units::{Count, Date, Days, Factor, Money, Month, Rate};

    /// Two teams, from the middle of April on; one ramps, grows and is too small.
    fn plan() -> Plan {
        let mut plan = examples::six_stages(Lineage([1; 8]), Date::parse_iso("2026-11-22").unwrap());
        plan.as_of = Date::parse_iso("2027-04-16").unwrap();
        plan.split_segment(plan.segments[0].id);
        plan.add_team();
        plan.add_team();
        plan.segments[1].team = Some(plan.sales[1].id);
        for (team, heads) in plan.sales.iter_mut().zip([1, 9]) {
            team.heads = Count::new(heads).unwrap();
            team.quota = Money::from_major(398_765);
            team.attainment = Factor::from_millionths(765_432).unwrap();
        }
        let team = &mut plan.sales[0];
        team.attrition = Rate::from_percent(20);
        team.ramp = vec![Rate::from_percent(10), Rate::from_percent(55)];
        team.time_to_fill = Days::new(45).unwrap();
        let month = Month::parse_iso("2027-06").unwrap();
        team.changes = vec![HeadChange { month, what: Move::Start, heads: Count::new(1).unwrap() }];
        let mut channel = Channel::new(plan.new_id(), "Search");
        (channel.cost, channel.buys) = (Money::from_major(7), Count::new(3_000).unwrap());
        plan.spending.channels.push(channel);
        plan
    }

    fn explained(plan: &Plan, subject: usize) -> Vec<Explanation> {
        let outcome = evaluate(plan);
        let (people, spend) = (people(plan, &outcome), money::spend(plan, &outcome));
        explain(plan, &outcome, people.as_ref(), spend.as_ref(), subject, &Plain)
    }

    #[test]
    fn every_line_is_true_to_the_digits_it_shows() {
        let plan = plan();
        assert_eq!(subjects(&plan), ["All sellers", "Team 1", "Team 2"]);
        let mut checked = [0; 3];
        for (subject, checked) in checked.iter_mut().enumerate() {
            for explanation in explained(&plan, subject) {
                *checked += explanation.working.iter().filter(|line| is_true(line)).count();
            }
        }
        // Three bars. Of each team: what one brings a month, nine months of what they can close and of what waits, quotas.
        assert_eq!(checked, [3, 1 + 9 + 9 + 1, 1 + 9 + 9 + 1]);
    }

    #[test]
    fn the_working_is_that_of_the_team() {
        let [heads, capacity, closes, quotas, hires] = &explained(&plan(), 1)[..] else { panic!("five figures") };
        // 1 − 0.8^(1/12), worked out elsewhere.
        assert_eq!(heads.working[0], "Attrition a month: 1 − (1 − 20 %)^(1/12) = 1.84 %");
        assert_eq!(heads.working[1], "A new seller books 10 % in month 1, 55 % in month 2, then 100 %");
        assert_eq!(capacity.working[0], "EUR 398,765 × 76.5432 % ÷ 12 = EUR 25,435.62 a month");
        assert_eq!(capacity.working[1], "April 2027: 1 × EUR 25,435.62429 × 50 % of the month = EUR 12,717.81");
        assert!(closes.working[8].ends_with(" waits"), "{:?}", closes.working);
        assert!(quotas.working[0].contains(" × EUR 398,765 ÷ 12 = EUR "), "{:?}", quotas.working);
        assert!(
            hires.working[0].starts_with("A seat takes 45 days to fill: nobody starts before 31 May 2027"),
            "{:?}",
            hires.working
        );
        assert!(hires.working[1].contains(" more by "), "{:?}", hires.working);
    }

    #[test]
    fn what_they_can_close_is_the_sum_of_the_months_that_are_listed() {
        let mut plan = plan();
        plan.as_of = Date::parse_iso("2026-10-16").unwrap();
        let capacity = explained(&plan, 2).remove(1);
        assert!(capacity.working[1].starts_with("January 2027: 9 × "), "{:?}", capacity.working);
        // Nine heads at 398,765 × 76.5432 % in twelve months.
        assert_eq!((capacity.working.len(), capacity.working[13].as_str()), (14, "In all: EUR 2,747,047"));
    }

    #[test]
    fn what_is_not_there_is_not_explained() {
        let mut plan = plan();
        plan.remove_team(plan.sales[0].id);
        assert_eq!(subjects(&plan).len(), 1);
        assert_eq!(explained(&plan, 0).len(), 6);
        plan.remove_team(plan.sales[0].id);
        assert_eq!(explained(&plan, 0).len(), 1);
        plan.as_of = Date::parse_iso("2029-01-01").unwrap();
        assert_eq!(explained(&plan, 0)[0].working.len(), 1);
    }
}
