//! What the solver's answer says of a plan.

use backcast_solver::programme::{Answer, Side};
use backcast_solver::wire;

use crate::engine::mix::{Aim, Closing, Limit, Mix, Name};
use crate::engine::money::prices;
use crate::plan::{Channel, ItemId, Plan};
use crate::units::{Count, Month};

/// So far from a whole number, relative to it, may the solver be that means it.
const NEARLY: f64 = 1e-6;

/// What came of it.
#[derive(Clone, Debug, PartialEq)]
pub enum Found {
    /// The best mix.
    Best(Best),
    /// No mix is within all limits: these together make it impossible, and without any one of them it is possible. There can be further
    /// such sets. A need alone: no channel brings anything for that segment in the period.
    Impossible(Vec<Limit>),
    /// Bookings grow without end: something has no ceiling, and no money or sellers hold it.
    Endless,
    /// Not decided.
    Failed,
}

/// The best mix. Amounts in major units.
#[derive(Clone, Debug, PartialEq)]
pub struct Best {
    /// What was sought.
    pub aim: Aim,
    /// From the as-of date's month to the last of the period.
    pub months: Vec<Month>,
    /// What counts of the first of them: what is left of it.
    pub rest: f64,
    /// What is bought of each channel, in the order of the plan.
    pub buys: Vec<Bought>,
    /// What channels cost.
    pub spend: f64,
    /// The bookings that they bring in the period.
    pub bookings: f64,
    /// Bookings that arrive in the period from any source and that no seller closes in it; zero without sellers.
    pub waits: f64,
    /// What one more unit of each limit that binds is worth, the most first.
    pub worth: Vec<Worth>,
}

/// What is bought of a channel. Amounts in major units.
#[derive(Clone, Debug, PartialEq)]
pub struct Bought {
    /// The channel.
    pub channel: ItemId,
    /// The entries of each month, with fractions; of the first in what is left of it.
    pub entries: Vec<f64>,
    /// What they cost.
    pub spend: f64,
    /// The bookings that they bring in the period.
    pub bookings: f64,
}

/// What a limit is worth, close to where it is: money saved or bookings won, in major units, by one entry a month more or less, one
/// unit of money more, one unit of bookings that sellers can close more or that channels are to bring less.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Worth {
    /// The limit.
    pub limit: Limit,
    /// Above zero. At a corner where more limits bind than are needed, one more and one less can be worth different amounts: then
    /// this lies between them.
    pub worth: f64,
}

impl Name {
    fn on(&self, side: Side) -> Limit {
        match (self.limit, side) {
            (Limit::Ceiling(channel, month), Side::Least) => Limit::Floor(channel, month),
            (limit, _) => limit,
        }
    }
}

impl Mix {
    /// Reads what the solver answered to [`Mix::numbers`].
    pub fn read(&self, answer: &[f64]) -> Found {
        let (variables, rows) = (self.programme.variables().len(), self.programme.rows().len());
        match wire::decode_answer(answer, variables, rows) {
            Some(Answer::Best { values, prices, bound_prices, .. }) => {
                Found::Best(self.best(&values, &prices, &bound_prices))
            }
            Some(Answer::Impossible { rows, bounds }) => {
                let mut limits = Vec::with_capacity(rows.len() + bounds.len());
                for (row, side) in rows {
                    limits.extend(self.names.get(row).and_then(|name| name.map(|name| name.on(side))));
                }
                for (variable, _) in bounds {
                    limits.extend(
                        self.closing
                            .iter()
                            .find(|closing| closing.variable == variable)
                            .and_then(|it| self.sellers(it)),
                    );
                }
                if limits.is_empty() {
                    limits.extend(self.without_channel());
                }
                Found::Impossible(limits)
            }
            Some(Answer::Endless) => Found::Endless,
            Some(Answer::Stalled) | None => Found::Failed,
        }
    }

    /// A need for which no channel brings anything.
    fn without_channel(&self) -> Option<Limit> {
        for (name, row) in self.names.iter().zip(self.programme.rows()) {
            let Some(limit @ Limit::Need(_)) = name.map(|name| name.limit) else { continue };
            if row.limits.least > 0.0 && !row.terms.iter().any(|&(_, factor)| factor > 0.0) {
                return Some(limit);
            }
        }
        None
    }

    fn best(&self, values: &[f64], prices: &[f64], bound_prices: &[f64]) -> Best {
        let mut best = Best {
            aim: self.aim,
            months: self.months.clone(),
            rest: self.rest,
            buys: Vec::with_capacity(self.channels.len()),
            spend: 0.0,
            bookings: 0.0,
            waits: self.waits(values),
            worth: self.worth(prices, bound_prices),
        };
        for (place, channel) in self.channels.iter().enumerate() {
            let mut bought =
                Bought { channel: channel.id, entries: vec![0.0; self.months.len()], spend: 0.0, bookings: 0.0 };
            for entries in &self.entries {
                let value = values.get(entries.variable).copied().unwrap_or(0.0);
                if entries.channel != place || value < NEARLY {
                    continue;
                }
                let left = if entries.month == 0 { self.rest } else { 1.0 };
                if let Some(slot) = bought.entries.get_mut(entries.month) {
                    *slot = value;
                }
                bought.spend += prices::cost(channel, value / left) * left;
                bought.bookings += value * entries.within;
            }
            best.spend += bought.spend;
            best.bookings += bought.bookings;
            best.buys.push(bought);
        }
        best
    }

    fn worth(&self, prices: &[f64], bound_prices: &[f64]) -> Vec<Worth> {
        let mut all: Vec<Worth> = Vec::new();
        let mut add = |limit, worth| {
            let rank = all.partition_point(|other| other.worth >= worth);
            all.insert(rank, Worth { limit, worth });
        };
        let price = |row: usize| prices.get(row).copied().unwrap_or(0.0);
        for (row, name) in self.names.iter().enumerate() {
            let Some(name) = name else { continue };
            let price_of_all = price(row) + name.due.map_or(0.0, price);
            let worth = price_of_all.abs() * name.unit;
            if worth > name.noise {
                // Above zero where it is the least that binds.
                add(name.on(if price_of_all > 0.0 { Side::Least } else { Side::Most }), worth);
            }
        }
        for closing in &self.closing {
            // Below zero where it is the most that binds.
            let worth = -bound_prices.get(closing.variable).copied().unwrap_or(0.0);
            if let Some(limit) = self.sellers(closing).filter(|_| worth > NEARLY) {
                add(limit, worth);
            }
        }
        all
    }

    fn sellers(&self, closing: &Closing) -> Option<Limit> {
        Some(Limit::Sellers(*self.teams.get(closing.team)?, *self.months.get(closing.month)?))
    }

    /// What waits at the end for the sellers of all teams, if they close what they can.
    fn waits(&self, values: &[f64]) -> f64 {
        let (mut waits, mut of_team, mut before, mut team) = (0.0, 0.0, 0.0, 0);
        for closing in &self.closing {
            if closing.team != team {
                waits += of_team;
                (of_team, before, team) = (0.0, 0.0, closing.team);
            }
            let Some(row) = self.programme.rows().get(closing.row) else { continue };
            let mut arrived = row.limits.most;
            for &(variable, factor) in &row.terms {
                if factor < 0.0 {
                    arrived -= values.get(variable).copied().unwrap_or(0.0) * factor;
                }
            }
            let capacity = self.programme.variables().get(closing.variable).map_or(0.0, |it| it.limits.most);
            of_team = f64::max(of_team + arrived - before - capacity, 0.0);
            before = arrived;
        }
        waits + of_team
    }
}

/// What is best in whole entries, channel by channel in the order of [`Best::buys`], month by month. What is over is carried to the next
/// month; where the need is given, the sum up to a month is at no time less than here. No month is above a ceiling, under a floor or
/// beyond its budget, if the mix is not.
pub fn in_whole_entries(plan: &Plan, best: &Best) -> Vec<Vec<Count>> {
    let mut counts = vec![Vec::with_capacity(best.months.len()); best.buys.len()];
    let start = if best.aim == Aim::LeastMoney { 1.0 - NEARLY } else { NEARLY };
    let mut carried = vec![start; best.buys.len()];
    for (place, &month) in best.months.iter().enumerate() {
        let budget = plan.spending.budget_of(month).map(|budget| budget.major() - plan.spending.other.major());
        let mut of_month = whole(plan, best, place, &carried, NEARLY);
        for nearly in [NEARLY, 0.0] {
            if budget.is_some_and(|budget| cost(plan, best, &of_month) > budget) {
                of_month = whole(plan, best, place, &vec![0.0; carried.len()], nearly);
            }
        }
        for (((bought, counts), count), carried) in best.buys.iter().zip(&mut counts).zip(of_month).zip(&mut carried) {
            // What budgets or ceilings leave over for long is not bought at once at the end.
            *carried = (*carried + asked(best, bought, place) - count.as_f64()).clamp(0.0, 1.0);
            counts.push(count);
        }
    }
    counts
}

/// How many entries of a channel the mix has in a month, as if that were whole.
fn asked(best: &Best, bought: &Bought, place: usize) -> f64 {
    let left = if place == 0 { best.rest } else { 1.0 };
    bought.entries.get(place).copied().unwrap_or(0.0) / left
}

/// How many entries of each channel a month's mix is in whole ones, with what is carried. What is nearly one more is one more: of many
/// entries the solver is less close to a whole one.
fn whole(plan: &Plan, best: &Best, place: usize, carried: &[f64], nearly: f64) -> Vec<Count> {
    let mut whole = Vec::with_capacity(best.buys.len());
    for (bought, carried) in best.buys.iter().zip(carried) {
        let entries = asked(best, bought, place);
        let (floor, ceiling) =
            of(plan, bought).map_or((0.0, f64::INFINITY), |channel| (prices::floor(channel), prices::ceiling(channel)));
        let entries = (entries + carried.max(nearly * entries)).floor().min(ceiling).max(floor);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "whole, not negative; cut at the most"
        )]
        let entries = entries as u64;
        whole.push(Count::new(entries).unwrap_or(Count::MAX));
    }
    whole
}

/// What these entries of a month cost.
fn cost(plan: &Plan, best: &Best, counts: &[Count]) -> f64 {
    let mut cost = 0.0;
    for (bought, count) in best.buys.iter().zip(counts) {
        cost += of(plan, bought).map_or(0.0, |channel| prices::cost(channel, count.as_f64()));
    }
    cost
}

fn of<'a>(plan: &'a Plan, bought: &Bought) -> Option<&'a Channel> {
    plan.spending.channels.iter().find(|channel| channel.id == bought.channel)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::evaluate;
    use crate::engine::mix::programme;
    use crate::plan::{Lineage, Tier, examples};
    use crate::units::{Date, Money};

    /// Two channels, at 50 and 80 an entry, for four months.
    fn plan() -> Plan {
        let mut plan = examples::three_figures(Lineage([1; 8]), Date::parse_iso("2026-11-22").unwrap());
        plan.period.months = 4;
        plan.as_of = plan.period.first_day();
        for cost in [50, 80] {
            let mut channel = Channel::new(plan.new_id(), "C");
            channel.cost = Money::from_major(cost);
            plan.spending.channels.push(channel);
        }
        plan
    }

    fn count(count: u64) -> Count {
        Count::new(count).unwrap()
    }

    fn best(plan: &Plan, rest: f64, entries: [[f64; 4]; 2]) -> Best {
        let mut buys = Vec::new();
        for (channel, entries) in plan.spending.channels.iter().zip(entries) {
            buys.push(Bought { channel: channel.id, entries: entries.to_vec(), spend: 0.0, bookings: 0.0 });
        }
        let months = (0..4).map(|later| plan.period.start.plus_months(later)).collect();
        let aim = Aim::MostRevenue;
        Best { aim, months, rest, buys, spend: 0.0, bookings: 0.0, waits: 0.0, worth: Vec::new() }
    }

    fn take_over(plan: &mut Plan, best: &Best) {
        plan.buy(&best.months, &in_whole_entries(plan, best));
    }

    /// What is needed is bought, where nothing stands in the way.
    #[test]
    fn the_least_money_is_made_full() {
        let mut plan = plan();
        plan.spending.channels[1].ceiling = Some(count(5));
        let mut best = best(&plan, 1.0, [[10.2, 0.0, 3.000_000_01, 7.0], [2.5, 4.9, 5.0, 0.0]]);
        best.aim = Aim::LeastMoney;
        let whole = |plan: &Plan, best: &Best| {
            in_whole_entries(plan, best)
                .iter()
                .map(|counts| counts.iter().map(|count| count.get()).collect())
                .collect::<Vec<Vec<u64>>>()
        };
        assert_eq!(whole(&plan, &best), [[11, 0, 3, 7], [3, 5, 5, 0]]);
        plan.spending.budget = Some(Money::from_major(760));
        assert_eq!(whole(&plan, &best), [[10, 1, 3, 7], [2, 5, 5, 0]]);
    }

    #[test]
    fn what_is_taken_over_is_whole_and_says_the_usual_number_once() {
        let mut plan = plan();
        let start = plan.period.start;
        let month = |later| start.plus_months(later);
        let (before, second, third, after) = (Month::FIRST, month(1), month(2), month(9));
        plan.spending.channels[0].buys = count(9);
        plan.spending.channels[0].buys_in = vec![(before, count(3)), (third, count(4)), (after, count(3))];
        plan.spending.channels[1].floor = count(5);
        let best = best(&plan, 0.5, [[10.4, 31.9, 19.999_999_9, 20.5], [2.49, 5.0, 4.999_999, 7.3]]);
        take_over(&mut plan, &best);
        let [first, floored] = plan.spending.channels.as_slice() else { panic!("two channels") };
        assert_eq!(
            (first.buys, &first.buys_in),
            (count(20), &vec![(second, count(32)), (month(3), count(21)), (after, count(3))])
        );
        assert_eq!((floored.buys, &floored.buys_in), (count(5), &vec![(month(3), count(7))]));
        assert_eq!(plan.check(), Ok(()));
    }

    /// 999.999999 is a thousand where there is money for it.
    #[test]
    fn no_month_costs_more_than_its_budget() {
        let mut plan = plan();
        plan.spending.channels[0].tiers = vec![Tier { beyond: count(500), cost: Money::from_major(60) }];
        for (budget, entries) in [(135_000, 1_000), (134_999, 999)] {
            plan.spending.budget = Some(Money::from_major(budget));
            let best = best(&plan, 1.0, [[999.999_999; 4], [1_000.000_001; 4]]);
            take_over(&mut plan, &best);
            assert_eq!(plan.spending.channels[0].buys, count(entries), "{budget}");
            assert_eq!(plan.spending.channels[0].buys_in, []);
        }
    }

    #[test]
    fn what_is_no_answer_is_not_read() {
        let mut plan = plan();
        let mix = programme(&plan, &evaluate(&plan), Aim::LeastMoney).unwrap();
        for answer in [&[][..], &[3.0], &[4.0], &[0.0, 1.0], &[1.0, 1.0, 0.0, 999.0, 0.0]] {
            assert_eq!(mix.read(answer), Found::Failed);
        }
        assert_eq!(mix.read(&[2.0]), Found::Endless);
        plan.spending.channels.clear();
        assert_eq!(programme(&plan, &evaluate(&plan), Aim::LeastMoney), None);
    }
}
