//! What a change of a channel's spend moves: bookings, and the months in which they land.

use crate::engine::Outcome;
use crate::engine::money::leads::{Brought, Leads, Way};
use crate::engine::money::{Bookings, prices};
use crate::plan::{Channel, ItemId, Plan};
use crate::units::Month;

/// What more or less spend in a channel in a month moves. Amounts in major units; less is negative.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The channel.
    pub channel: ItemId,
    /// The month in which the money falls.
    pub month: Month,
    /// What can really be spent more, or less: prices, floor, ceiling and nothing set limits.
    pub spend: f64,
    /// Entries that it buys more.
    pub entries: f64,
    /// Bookings that they bring.
    pub bookings: Bookings,
    /// The months in which these land up to the end of the period, those in which none do left out.
    pub months: Vec<(Month, f64)>,
}

/// What so much more money in a channel in a month moves, or so much less (negative), at the prices of the entries that are the next
/// ones there or the last.
///
/// The amount is cut to what can be moved: up to the ceiling, down to the floor, or to nothing at all. `None` where there is no such
/// channel, the month is not one of [`Spend::months`](crate::engine::money::Spend::months), or the amount is not finite.
pub fn change(plan: &Plan, outcome: &Outcome, channel: ItemId, month: Month, amount: f64) -> Option<Change> {
    let channel = plan.spending.channels.iter().find(|known| known.id == channel)?;
    let mut leads = Leads::new(plan, outcome)?;
    let place = leads.months.iter().position(|&known| known == month)?;
    let ways = leads.ways(channel);
    amount.is_finite().then(|| moved(&mut leads, channel, &ways, place, month, amount))
}

/// Where so much more does most: for each channel the month in which it brings the most bookings within the period, the earliest of
/// those that bring as much; the best channel first.
///
/// [`Change::spend`] says how much of the amount the channel can take in that month.
pub fn next(plan: &Plan, outcome: &Outcome, amount: f64) -> Vec<Change> {
    let mut all: Vec<Change> = Vec::new();
    let Some(mut leads) = Leads::new(plan, outcome).filter(|_| amount.is_finite()) else { return all };
    for channel in &plan.spending.channels {
        let ways = leads.ways(channel);
        let mut best: Option<Change> = None;
        for place in 0..leads.months.len() {
            let Some(&month) = leads.months.get(place) else { break };
            let here = moved(&mut leads, channel, &ways, place, month, amount);
            // As much, but for the float's last digits, is not more.
            if best.as_ref().is_none_or(|best| here.bookings.within > best.bookings.within * (1.0 + 1e-9)) {
                best = Some(here);
            }
        }
        let Some(best) = best else { continue };
        let mut rank = all.len();
        while rank > 0 && all.get(rank - 1).is_some_and(|other| other.bookings.within < best.bookings.within) {
            rank -= 1;
        }
        all.insert(rank, best);
    }
    all
}

fn moved(leads: &mut Leads<'_>, channel: &Channel, ways: &[Way], place: usize, month: Month, amount: f64) -> Change {
    let left = leads.left(place);
    let now = prices::bought(channel, month);
    let then = prices::bought_for(channel, now, amount / left);
    let entries = (then - now) * left;
    let mut brought = Brought::default();
    leads.land(ways, place, entries * channel.validated.fraction(), &mut brought);
    let mut months = Vec::new();
    for (&month, &lands) in leads.months.iter().zip(&brought.lands) {
        if lands.abs() > 0.0 {
            months.push((month, lands));
        }
    }
    Change {
        channel: channel.id,
        month,
        spend: (prices::cost(channel, then) - prices::cost(channel, now)) * left,
        entries,
        bookings: brought.bookings,
        months,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::evaluate;
    use crate::plan::{Lineage, examples};
    use crate::units::{Count, Date, Money};

    /// 200 leads a month at 50 each for a plan of 2027 that speaks from its first day: 20 % are won after 90 days, at 20,000.
    fn plan() -> Plan {
        let mut plan = examples::three_figures(Lineage([1; 8]), Date::parse_iso("2026-11-22").unwrap());
        plan.as_of = plan.period.first_day();
        let mut channel = Channel::new(plan.new_id(), "Search");
        channel.cost = Money::from_major(50);
        channel.buys = count(200);
        plan.spending.channels.push(channel);
        plan
    }

    fn count(count: u64) -> Count {
        Count::new(count).unwrap()
    }

    #[track_caller]
    fn near(actual: f64, expected: f64) {
        assert!((actual - expected).abs() < 1e-9 * expected.abs().max(1.0), "{actual} is not {expected}");
    }

    #[test]
    fn a_cut_costs_bookings_later() {
        let plan = plan();
        let outcome = evaluate(&plan);
        let month = |text| Month::parse_iso(text).unwrap();
        let id = plan.spending.channels[0].id;
        let cut = change(&plan, &outcome, id, month("2027-03"), -5_000.0).unwrap();
        near(cut.spend, -5_000.0);
        near(cut.entries, -100.0);
        near(cut.bookings.within, -400_000.0);
        // The first enters on 1 March and is won on 30 May.
        let [(may, some), (june, most)] = cut.months.as_slice() else { panic!("{:?}", cut.months) };
        assert_eq!((*may, *june), (month("2027-05"), month("2027-06")));
        near(*some, -400_000.0 * 2.0 / 31.0);
        near(*most, -400_000.0 * 29.0 / 31.0);
        let all = change(&plan, &outcome, id, month("2027-11"), -50_000.0).unwrap();
        near(all.spend, -10_000.0);
        near(all.bookings.after, -800_000.0);
        assert_eq!(all.months, []);
        assert_eq!(change(&plan, &outcome, id, month("2028-01"), 1.0), None);
        assert_eq!(change(&plan, &outcome, id, month("2027-01"), f64::NAN), None);
        assert_eq!(change(&plan, &outcome, plan.stages[0].id, month("2027-01"), 1.0), None);
    }

    #[test]
    fn the_next_money_goes_where_it_does_most() {
        let mut plan = plan();
        let mut dear = plan.spending.channels[0].clone();
        (dear.id, dear.cost, dear.ceiling) = (plan.new_id(), Money::from_major(100), Some(count(300)));
        let mut full = dear.clone();
        (full.id, full.ceiling) = (plan.new_id(), Some(count(200)));
        plan.spending.channels.splice(0..0, [full, dear]);
        let best = next(&plan, &evaluate(&plan), 10_000.0);
        let [first, second, third] = best.as_slice() else { panic!("three channels") };
        assert_eq!(first.channel, plan.spending.channels[2].id);
        // As much in every month from which all lands in time; the first of them.
        assert_eq!(first.month, plan.period.start);
        near(first.bookings.within, 200.0 * 4_000.0);
        near(second.bookings.within, 100.0 * 4_000.0);
        near(second.spend, 10_000.0);
        near(third.spend, 0.0);
    }
}
