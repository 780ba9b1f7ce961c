//! What a customer costs and is worth.
//!
//! Source: CAC, payback and LTV as Wall Street Prep has them; the cost is that of marketing and sales together, with all that
//! belongs to it.

use crate::engine::money::leads::Leads;
use crate::engine::money::{SpendMonth, ratio};
use crate::engine::{Outcome, development, people};
use crate::plan::{Plan, Scope};

/// What customers cost and are worth. Amounts in major units.
///
/// Both are of the same months: those of the period, from the as-of date on. What is spent in them wins customers later, too, and
/// those of these months were paid for in part before: the usual reading, right where spend is steady.
///
/// A segment bears what channels spend on it; of its team of sellers the part of their bookings that is its own; of all else (other
/// marketing, sales development, teams whose segments are due nothing) its part of all bookings. The whole is the sum of segments.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct UnitEconomics {
    /// What marketing and sales cost.
    pub cost: f64,
    /// New customers: those that people win in the period of what is open, what other sources are planned to create and what is
    /// bought, without more business with existing ones. Where no channel says what is bought: those that are due and not booked yet.
    pub customers: f64,
    /// What one costs to win: cost ÷ customers.
    pub cac: Option<f64>,
    /// What one pays a month, ARPA: average selling price ÷ the months it pays for.
    pub arpa: Option<f64>,
    /// After how many months one has paid that back: CAC ÷ (ARPA × margin). Churn is not in it.
    pub payback: Option<f64>,
    /// What one is worth as long as it stays: ARPA × margin ÷ monthly churn; `None` where churn is zero. Of the whole: the average of
    /// its customers.
    pub ltv: Option<f64>,
    /// LTV ÷ CAC.
    pub ltv_to_cac: Option<f64>,
}

/// What the ratios are made of: they are sums over sums.
#[derive(Default)]
struct Sums {
    cost: f64,
    customers: f64,
    bookings: f64,
    /// Bookings × margin.
    profit: f64,
    /// That ÷ churn; `None` where churn is zero.
    lifetime: Option<f64>,
}

/// Of the whole, and of each segment; `own` is what channels spend on each within the period, `new` the bookings of new customers that
/// people close in it. Without channels nobody has said what is bought: then what is due is taken to come.
pub(super) fn customers(
    plan: &Plan,
    outcome: &Outcome,
    leads: &Leads<'_>,
    months: &[SpendMonth],
    own: &[f64],
    new: &[f64],
) -> (UnitEconomics, Vec<UnitEconomics>) {
    let mut shared = 0.0;
    let developer = plan.spending.developer.major() / 12.0;
    let developers =
        leads.months.first().map(|&first| development::heads(plan, first, months.len())).unwrap_or_default();
    for (place, (month, heads)) in months.iter().zip(developers).enumerate().skip(leads.start) {
        shared += month.other + heads * developer * leads.left(place);
    }
    let mut teams = team_costs(plan, outcome, leads);
    let mut due = vec![0.0; teams.len()];
    let mut all_due = 0.0;
    for segment in &plan.segments {
        let bookings = outcome.part(Scope::Segment(segment.id)).progress.unbooked;
        all_due += bookings;
        if let Some(slot) = plan.team_of(segment).and_then(|team| due.get_mut(team)) {
            *slot += bookings;
        }
    }
    for (cost, due) in teams.iter_mut().zip(&due) {
        if *due <= 0.0 {
            shared += std::mem::take(cost);
        }
    }
    let mut whole = Sums { lifetime: Some(0.0), ..Sums::default() };
    let mut segments = Vec::with_capacity(plan.segments.len());
    for (segment, (&own, &new)) in plan.segments.iter().zip(own.iter().zip(new)) {
        let part = outcome.part(Scope::Segment(segment.id));
        let asked = part.progress.unbooked;
        let of_team = plan.team_of(segment).and_then(|team| teams.get(team).zip(due.get(team)));
        let sellers = of_team.and_then(|(cost, &all)| ratio(cost * asked, all)).unwrap_or(0.0);
        let price = part.stages.last().map_or(0.0, |won| won.value_each);
        let bookings = if plan.spending.channels.is_empty() { asked } else { new };
        let profit = bookings * segment.margin.unwrap_or(plan.spending.margin).fraction();
        let sums = Sums {
            cost: own + sellers + ratio(shared * asked, all_due).unwrap_or(0.0),
            customers: ratio(bookings, price).unwrap_or(0.0),
            bookings,
            profit,
            lifetime: ratio(profit, segment.churn.unwrap_or(plan.spending.churn).fraction()),
        };
        whole.cost += sums.cost;
        whole.customers += sums.customers;
        whole.bookings += sums.bookings;
        whole.profit += sums.profit;
        if sums.customers > 0.0 {
            whole.lifetime = whole.lifetime.zip(sums.lifetime).map(|(one, other)| one + other);
        }
        segments.push(sums.economics(plan));
    }
    if all_due <= 0.0 {
        whole.cost += shared;
    }
    (whole.economics(plan), segments)
}

/// What each team of sellers costs within the period.
fn team_costs(plan: &Plan, outcome: &Outcome, leads: &Leads<'_>) -> Vec<f64> {
    let mut costs = vec![0.0; plan.sales.len()];
    let seller = plan.spending.seller.major() / 12.0;
    if seller <= 0.0 {
        return costs;
    }
    let Some(people) = people(plan, outcome) else { return costs };
    for (cost, team) in costs.iter_mut().zip(&people.teams) {
        for (place, month) in team.months.iter().enumerate().skip(leads.start) {
            *cost += month.heads * seller * leads.left(place);
        }
    }
    costs
}

impl Sums {
    fn economics(&self, plan: &Plan) -> UnitEconomics {
        let term = f64::from(plan.spending.term.get());
        let cac = ratio(self.cost, self.customers);
        let a_month = ratio(self.profit, self.customers * term);
        let ltv = self.lifetime.and_then(|lifetime| ratio(lifetime, self.customers * term));
        UnitEconomics {
            cost: self.cost,
            customers: self.customers,
            cac,
            arpa: ratio(self.bookings, self.customers * term),
            payback: cac.zip(a_month).and_then(|(cac, a_month)| ratio(cac, a_month)),
            ltv,
            ltv_to_cac: ltv.zip(cac).and_then(|(ltv, cac)| ratio(ltv, cac)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::evaluate;
    use crate::engine::money::spend;
    use crate::plan::{Channel, HeadChange, Lineage, Move, examples};
    use crate::units::{Count, Date, Money, Month, Rate};

    fn count(count: u64) -> Count {
        Count::new(count).unwrap()
    }

    #[track_caller]
    fn near(actual: f64, expected: f64) {
        assert!((actual - expected).abs() < 1e-9 * expected.abs().max(1.0), "{actual} is not {expected}");
    }

    /// A million in 2027 of two segments: 750,000 at 30,000, and 250,000 at 10,000; each with a team.
    fn plan() -> Plan {
        let mut plan = examples::three_figures(Lineage([1; 8]), Date::parse_iso("2026-11-22").unwrap());
        plan.split_segment(plan.segments[0].id);
        for (segment, (percent, asp)) in plan.segments.iter_mut().zip([(75, 30_000), (25, 10_000)]) {
            segment.goal = crate::plan::SegmentGoal::Share(Rate::from_percent(percent));
            segment.own.asp = Some(Money::from_major(asp));
        }
        plan.add_team();
        plan.add_team();
        plan.segments[1].team = Some(plan.sales[1].id);
        (plan.sales[0].heads, plan.sales[1].heads) = (count(2), count(1));
        for team in &mut plan.sales {
            team.quota = Money::from_major(10_000_000);
        }
        plan.spending.seller = Money::from_major(100_000);
        plan.spending.developer = Money::from_major(60_000);
        plan.spending.other = Money::from_major(1_000);
        plan.spending.margin = Rate::from_percent(80);
        plan.spending.churn = Rate::from_percent(2);
        plan
    }

    #[test]
    fn a_segment_bears_what_is_its_own_and_its_part_of_the_rest() {
        let mut plan = plan();
        plan.development.heads = count(1);
        let change = |month: &str, what| HeadChange { month: Month::parse_iso(month).unwrap(), what, heads: count(1) };
        // Before the as-of date; from July on; from October on.
        plan.development.changes =
            vec![change("2026-10", Move::Start), change("2027-07", Move::Start), change("2027-10", Move::Leave)];
        let mut channel = Channel::new(plan.new_id(), "Events");
        channel.segment = Some(plan.segments[1].id);
        (channel.cost, channel.buys) = (Money::from_major(100), count(20));
        plan.spending.channels.push(channel);
        let spend = spend(&plan, &evaluate(&plan)).unwrap();
        // What is spent before the period is not in it.
        assert_eq!(spend.months.len(), 14);
        let rest = 12.0 * 1_000.0 + 15.0 * 5_000.0;
        near(spend.segments[0].cost, 200_000.0 + 0.75 * rest);
        near(spend.segments[1].cost, 100_000.0 + 0.25 * rest + 24_000.0);
        near(spend.customers.cost, 300_000.0 + rest + 24_000.0);
        // Of what is bought a fifth is won, of what enters up to 2 October; for the first segment nothing is bought.
        let won = 4.0 * (9.0 / 30.0 + 10.0 + 2.0 / 31.0);
        near(spend.customers.customers, won);
        near(spend.segments[1].cac.unwrap(), spend.segments[1].cost / won);
        assert_eq!(spend.segments[0].cac, None);
        // A team whose segments are due nothing is borne by all.
        plan.segments[1].team = None;
        let shared = super::super::spend(&plan, &evaluate(&plan)).unwrap();
        near(shared.segments[1].cost, 0.25 * (300_000.0 + rest) + 24_000.0);
        near(shared.customers.cost, spend.customers.cost);
    }

    /// Half as many leads for half the money: a customer costs as much. What people cannot close is no customer, nor is more business
    /// with those there are.
    #[test]
    fn a_customer_is_one_that_is_won() {
        let mut plan = examples::three_figures(Lineage([1; 8]), Date::parse_iso("2026-11-22").unwrap());
        plan.as_of = plan.period.first_day();
        let mut channel = Channel::new(plan.new_id(), "Search");
        (channel.cost, channel.buys) = (Money::from_major(1_000), count(20));
        plan.spending.channels.push(channel);
        let cac = |plan: &Plan| super::super::spend(plan, &evaluate(plan)).unwrap().customers.cac.unwrap();
        // 5,000 each if all were won in the period: a quarter is not.
        let usual = cac(&plan);
        near(usual, 12.0 * 20_000.0 / (4.0 * (9.0 + 2.0 / 31.0)));
        plan.spending.channels[0].buys = count(10);
        near(cac(&plan), usual);
        plan.sources[0].share = Rate::from_percent(50);
        plan.sources[4].share = Rate::from_percent(50);
        near(cac(&plan), usual);
        // 40,000 a month come, and one seller closes 20,000 of them.
        plan.sources[0].share = Rate::ONE;
        plan.sources[4].share = Rate::ZERO;
        plan.add_team();
        plan.sales[0].heads = count(1);
        plan.sales[0].quota = Money::from_major(240_000);
        near(cac(&plan), 120_000.0 / 9.0);
    }

    #[test]
    fn the_whole_is_the_average_of_its_customers() {
        let mut plan = plan();
        plan.segments[1].margin = Some(Rate::from_percent(50));
        plan.segments[1].churn = Some(Rate::from_percent(5));
        let spend = spend(&plan, &evaluate(&plan)).unwrap();
        let [one, other] = [spend.segments[0], spend.segments[1]];
        near(one.arpa.unwrap(), 2_500.0);
        near(one.ltv.unwrap(), 2_500.0 * 0.8 / 0.02);
        near(other.ltv.unwrap(), 10_000.0 / 12.0 * 0.5 / 0.05);
        // 25 customers each.
        near(spend.customers.ltv.unwrap(), f64::midpoint(one.ltv.unwrap(), other.ltv.unwrap()));
        near(spend.customers.arpa.unwrap(), 20_000.0 / 12.0);
        near(other.payback.unwrap(), other.cac.unwrap() / (10_000.0 / 12.0 * 0.5));
        plan.segments[1].churn = Some(Rate::ZERO);
        let forever = super::super::spend(&plan, &evaluate(&plan)).unwrap();
        assert_eq!((forever.segments[1].ltv, forever.customers.ltv, forever.customers.ltv_to_cac), (None, None, None));
        assert!(forever.segments[0].ltv_to_cac.is_some());
    }

    #[test]
    fn where_nothing_is_due_there_is_nobody_to_cost_anything() {
        let mut plan = plan();
        plan.target = Money::ZERO;
        let spend = spend(&plan, &evaluate(&plan)).unwrap();
        near(spend.customers.cost, 312_000.0);
        assert_eq!((spend.customers.cac, spend.customers.arpa, spend.customers.payback), (None, None, None));
    }
}
