//! What the entries of a whole month cost: prices are marginal, so that each entry has that of its number.

use crate::plan::Channel;
use crate::units::Month;

/// So small a part of a figure is the float's, not the reader's.
const LAST_DIGITS: f64 = 1e-9;

/// Entries that have one price.
pub(in crate::engine) struct Rung {
    pub(in crate::engine) from: f64,
    to: f64,
    pub(in crate::engine) price: f64,
}

impl Rung {
    pub(in crate::engine) fn has_entries(&self) -> bool {
        self.to > self.from
    }
}

/// The prices of a channel, each with its entries; one that is out of order has none.
pub(in crate::engine) fn rungs(channel: &Channel) -> Vec<Rung> {
    let mut rungs = Vec::with_capacity(channel.tiers.len() + 1);
    let (mut from, mut price) = (0.0, channel.cost.major());
    for tier in &channel.tiers {
        // One that is out of order begins where the one before it does, which then has no entries.
        let to = tier.beyond.as_f64().max(from);
        rungs.push(Rung { from, to, price });
        (from, price) = (to, tier.cost.major());
    }
    rungs.push(Rung { from, to: f64::INFINITY, price });
    rungs
}

/// What so many entries cost, in major units.
pub(in crate::engine) fn cost(channel: &Channel, entries: f64) -> f64 {
    let mut cost = 0.0;
    for Rung { from, to, price } in rungs(channel) {
        if entries > from {
            cost += (entries.min(to) - from) * price;
        }
    }
    cost
}

/// The most entries that cost no more than so much. Of what is free without end money buys none.
fn affordable(channel: &Channel, spend: f64) -> f64 {
    let mut left = spend;
    let mut entries = 0.0;
    for Rung { from, to, price } in rungs(channel) {
        if price > 0.0 && left < (to - from) * price {
            return from + left / price;
        }
        if to.is_infinite() {
            return from;
        }
        left -= (to - from) * price;
        entries = to;
    }
    entries
}

/// How many entries are bought in a month: none, or as many as planned within floor and ceiling.
pub(super) fn bought(channel: &Channel, month: Month) -> f64 {
    let planned = channel.bought_in(month).as_f64();
    if planned > 0.0 { planned.max(channel.floor.as_f64()).min(ceiling(channel)) } else { 0.0 }
}

/// How many are bought instead of so many when so much more is spent, or less: as near as floor, ceiling and nothing allow.
///
/// What is cut stops at the floor unless all is cut; where nothing is bought and more does not pay for the floor, nothing is.
pub(super) fn bought_for(channel: &Channel, now: f64, more: f64) -> f64 {
    let spent = cost(channel, now);
    let spend = spent + more;
    let floor = floor(channel);
    if more > 0.0 {
        let entries = affordable(channel, spend).min(ceiling(channel)).max(now);
        if entries < floor * (1.0 - LAST_DIGITS) { now } else { entries.max(floor) }
    } else if more < 0.0 && spent > 0.0 {
        let is_all = spend <= LAST_DIGITS * spent;
        let entries = affordable(channel, if is_all { 0.0 } else { spend }).min(now);
        match entries < floor {
            true if is_all => 0.0,
            true => floor.min(now),
            false => entries,
        }
    } else {
        now
    }
}

/// The fewest entries of a month in which some are bought.
pub(in crate::engine) fn floor(channel: &Channel) -> f64 {
    channel.floor.as_f64().min(ceiling(channel))
}

/// The most.
pub(in crate::engine) fn ceiling(channel: &Channel) -> f64 {
    channel.ceiling.map_or(f64::INFINITY, |ceiling| ceiling.as_f64())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{ItemId, Tier};
    use crate::units::{Count, Money};

    /// 10 each, 20 beyond a hundred, 50 beyond 150; 30 at least, 200 at most.
    fn channel() -> Channel {
        let tier = |beyond, cost| Tier { beyond: count(beyond), cost: Money::from_major(cost) };
        Channel {
            cost: Money::from_major(10),
            tiers: vec![tier(100, 20), tier(150, 50)],
            floor: count(30),
            ceiling: Some(count(200)),
            ..Channel::new(ItemId(9), "Search")
        }
    }

    fn count(count: u64) -> Count {
        Count::new(count).unwrap()
    }

    #[track_caller]
    fn same(actual: f64, expected: f64) {
        assert!((actual - expected).abs() < 1e-9, "{actual} is not {expected}");
    }

    #[test]
    fn each_entry_costs_what_its_number_does() {
        let channel = channel();
        let (mut one_by_one, mut entries) = (0.0, 0.0);
        for number in 1..=250_u32 {
            one_by_one += match number {
                1..=100 => 10.0,
                101..=150 => 20.0,
                _ => 50.0,
            };
            entries += 1.0;
            same(cost(&channel, entries), one_by_one);
            same(affordable(&channel, one_by_one), entries);
        }
        same(cost(&channel, 0.5), 5.0);
        let mut unordered = channel;
        unordered.tiers.swap(0, 1);
        same(cost(&unordered, 200.0), 1500.0 + 50.0 * 20.0);
    }

    #[test]
    fn a_month_keeps_to_floor_and_ceiling() {
        let month = Month::FIRST;
        for (planned, expected) in [(0, 0.0), (1, 30.0), (30, 30.0), (120, 120.0), (500, 200.0)] {
            same(bought(&Channel { buys: count(planned), ..channel() }, month), expected);
        }
        let none = Channel { ceiling: Some(count(0)), buys: count(9), ..channel() };
        same(bought(&none, month), 0.0);
        same(bought_for(&none, 0.0, 1e9), 0.0);
    }

    #[test]
    fn money_moves_entries_only_as_far_as_they_go() {
        let channel = channel();
        for (now, more, expected) in [
            (100.0, 100.0, 105.0),
            (100.0, 1500.0, 160.0),
            (100.0, 1e9, 200.0),
            (200.0, 1.0, 200.0),
            (100.0, 0.0, 100.0),
            (160.0, -500.0, 150.0),
            (160.0, -1500.0, 100.0),
            // Not below the floor, unless there is nothing left.
            (100.0, -999.0, 30.0),
            (100.0, -1000.0, 0.0),
            (100.0, -1000.0 + 1e-10, 0.0),
            (100.0, -1e9, 0.0),
            (0.0, 299.0, 0.0),
            (0.0, 300.0, 30.0),
            (0.0, 301.0, 30.1),
            (0.0, -50.0, 0.0),
        ] {
            same(bought_for(&channel, now, more), expected);
        }
    }

    #[test]
    fn what_is_free_is_not_bought_with_money() {
        let free = Channel { buys: count(40), ..Channel::new(ItemId(9), "Word of mouth") };
        for more in [-100.0, 0.0, 100.0] {
            same(bought_for(&free, 40.0, more), 40.0);
        }
        // The first hundred are free, a further one is not.
        let tiers = vec![Tier { beyond: count(100), cost: Money::from_major(7) }];
        let some = Channel { tiers, ..free };
        same(bought_for(&some, 40.0, 70.0), 110.0);
        same(bought_for(&some, 110.0, -1e9), 100.0);
        same(bought_for(&some, 40.0, -1e9), 40.0);
    }
}
