//! What is bought and what it costs: channels, the budget, and what a customer brings and costs besides.

use crate::plan::checks::check_text;
use crate::plan::{Issue, ItemId, Place, Plan, Refusal, Rule, limits};
use crate::units::{Count, Factor, Money, Month, Rate};

/// What marketing buys and spends, what sellers cost, and what a customer is worth.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spending {
    /// What marketing buys; at most [`limits::MAX_CHANNELS`](crate::plan::limits::MAX_CHANNELS).
    pub channels: Vec<Channel>,
    /// What marketing may spend a month, on channels and on all else; `None`: nobody has said.
    pub budget: Option<Money>,
    /// Months with another budget.
    pub budget_in: Vec<(Month, Money)>,
    /// What marketing spends a month besides its channels: people, tools, agencies.
    pub other: Money,
    /// What a seller costs a year, with all that belongs to it.
    pub seller: Money,
    /// The same of one who works leads in sales development.
    pub developer: Money,
    /// The share of revenue that is left after what it costs to deliver; a segment may have its own.
    pub margin: Rate,
    /// The share of customers that is lost in a month; a segment may have its own. Zero: nobody has said.
    pub churn: Rate,
    /// For how many months the price of a deal pays; 12 where it is a year's.
    pub term: Term,
}

/// For how many months the price of a deal pays, 1 to 120.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term(u8);

impl Term {
    /// The longest.
    pub const MAX: u8 = 120;

    /// Refuses none, and more than [`Term::MAX`].
    pub const fn new(months: u8) -> Option<Self> {
        if months >= 1 && months <= Self::MAX { Some(Self(months)) } else { None }
    }

    /// The months.
    pub const fn get(self) -> u8 {
        self.0
    }
}

impl Default for Term {
    fn default() -> Self {
        Self(12)
    }
}

/// Something that brings entries for money. They count as marketing's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Channel {
    /// The channel's id.
    pub id: ItemId,
    /// What people call it.
    pub name: String,
    /// The segment it brings entries for; `None`: for all, in proportion to what each needs of marketing.
    pub segment: Option<ItemId>,
    /// The stage at which its entries enter; `None`: the first.
    pub entry: Option<ItemId>,
    /// What an entry costs.
    pub cost: Money,
    /// What further entries of the same month cost, in the order of their number: marginal prices.
    pub tiers: Vec<Tier>,
    /// The fewest entries a month that must be bought, if any are.
    pub floor: Count,
    /// The most entries a month that can be had; `None`: as many as one likes.
    pub ceiling: Option<Count>,
    /// How much better the first rate is for its entries than on average.
    pub quality: Factor,
    /// The share of its entries that are what they should be: the others cost as much and bring nothing.
    pub validated: Rate,
    /// How many entries are bought a month.
    pub buys: Count,
    /// Months in which it is another number.
    pub buys_in: Vec<(Month, Count)>,
}

/// A price that holds for what is bought in a month beyond a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tier {
    /// Beyond so many entries of the month.
    pub beyond: Count,
    /// What each of them costs.
    pub cost: Money,
}

impl Channel {
    /// A channel that buys nothing yet.
    pub fn new(id: ItemId, name: &str) -> Self {
        Self {
            id,
            name: name.to_owned(),
            segment: None,
            entry: None,
            cost: Money::ZERO,
            tiers: Vec::new(),
            floor: Count::default(),
            ceiling: None,
            quality: Factor::ONE,
            validated: Rate::ONE,
            buys: Count::default(),
            buys_in: Vec::new(),
        }
    }

    /// How many entries are bought in a month.
    pub fn bought_in(&self, month: Month) -> Count {
        self.buys_in.iter().find(|(known, _)| *known == month).map_or(self.buys, |(_, count)| *count)
    }
}

impl Spending {
    /// What marketing may spend in a month; `None` when nobody has said.
    pub fn budget_of(&self, month: Month) -> Option<Money> {
        self.budget_in.iter().find(|(known, _)| *known == month).map(|(_, budget)| *budget).or(self.budget)
    }
}

/// Sets what is another number in a month; with `None` it is as in every month. Of more months than a plan can have, the first goes.
pub fn set_in<T>(numbers: &mut Vec<(Month, T)>, month: Month, number: Option<T>) {
    numbers.retain(|(known, _)| *known != month);
    if let Some(number) = number {
        let place = numbers.iter().take_while(|(known, _)| *known < month).count();
        numbers.insert(place, (month, number));
    }
    if numbers.len() > usize::from(limits::MAX_MONTHS) {
        numbers.remove(0);
    }
}

impl Plan {
    /// Adds a channel that buys nothing yet. Does nothing when there is no room.
    pub fn add_channel(&mut self) {
        let count = self.spending.channels.len();
        if count < limits::MAX_CHANNELS {
            let id = self.new_id();
            self.spending.channels.push(Channel::new(id, &format!("Channel {}", count + 1)));
        }
    }

    /// Takes a channel out.
    pub fn remove_channel(&mut self, id: ItemId) {
        self.spending.channels.retain(|channel| channel.id != id);
    }

    /// Has the channels, in their order, buy so many entries in these months: what most months have is what is usual. What is planned
    /// for the months before the as-of date is left out, what is planned for later ones stays.
    pub fn buy(&mut self, months: &[Month], counts: &[Vec<Count>]) {
        let now = self.as_of.month();
        for (channel, counts) in self.spending.channels.iter_mut().zip(counts) {
            channel.buys_in.retain(|(month, _)| !months.contains(month) && Some(*month) >= now);
            let mut most = 0;
            for &count in counts {
                let times = counts.iter().filter(|&&other| other == count).count();
                if times > most {
                    (most, channel.buys) = (times, count);
                }
            }
            for (&month, &count) in months.iter().zip(counts) {
                if count != channel.buys {
                    set_in(&mut channel.buys_in, month, Some(count));
                }
            }
        }
    }

    /// The channel with this id.
    pub fn channel(&self, id: ItemId) -> Option<&Channel> {
        self.spending.channels.iter().find(|channel| channel.id == id)
    }

    /// The same, to change it.
    pub fn channel_mut(&mut self, id: ItemId) -> Option<&mut Channel> {
        self.spending.channels.iter_mut().find(|channel| channel.id == id)
    }

    /// What spending must be.
    pub(super) fn check_spending(&self) -> Result<(), Refusal> {
        let at_most = |count: usize, most: usize, place| {
            if count > most { Err(Refusal { place, rule: Rule::AtMost(most) }) } else { Ok(()) }
        };
        let Spending { channels, budget_in, .. } = &self.spending;
        let months = usize::from(limits::MAX_MONTHS);
        at_most(channels.len(), limits::MAX_CHANNELS, Place::Channel(limits::MAX_CHANNELS))?;
        at_most(budget_in.len(), months, Place::Budget)?;
        for (position, channel) in channels.iter().enumerate() {
            let place = Place::Channel(position);
            check_text(&channel.name, limits::TAG_CHARS, place)?;
            at_most(channel.tiers.len(), limits::MAX_TIERS, Place::Tiers(position))?;
            at_most(channel.buys_in.len(), months, Place::Buys(position))?;
            if channel.segment.is_some_and(|segment| self.segment(segment).is_none()) {
                return Err(Refusal { place, rule: Rule::KnownSegment });
            }
            if let Some(stage) = channel.entry {
                self.check_stage(stage, place)?;
            }
        }
        Ok(())
    }

    /// What is not yet right in what is bought.
    pub(super) fn push_spending_issues(&self, issues: &mut Vec<Issue>) {
        for (position, channel) in self.spending.channels.iter().enumerate() {
            let most = channel.ceiling.unwrap_or(channel.buys);
            if channel.ceiling.is_some_and(|ceiling| ceiling < channel.floor) {
                issues.push(Issue::CeilingUnderFloor(position));
            } else if channel.buys > most || channel.buys < channel.floor {
                issues.push(Issue::BuysBeyondLimits(position));
            }
            let (mut rises, mut is_cheaper) = (true, false);
            let mut before = Tier { beyond: Count::default(), cost: channel.cost };
            for tier in &channel.tiers {
                rises &= tier.beyond > before.beyond;
                is_cheaper |= tier.cost < before.cost;
                before = *tier;
            }
            if !rises {
                issues.push(Issue::TiersOutOfOrder(position));
            }
            if is_cheaper {
                issues.push(Issue::TierCheaper(position));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{Lineage, examples};
    use crate::units::Date;

    /// A plan with two channels.
    fn plan() -> Plan {
        let mut plan = examples::six_stages(Lineage([1; 8]), Date::from_ymd(2026, 11, 22).unwrap());
        plan.add_channel();
        plan.add_channel();
        plan
    }

    fn count(count: u64) -> Count {
        Count::new(count).unwrap()
    }

    #[track_caller]
    fn refused(change: fn(&mut Plan), place: Place, rule: Rule) {
        let mut plan = plan();
        change(&mut plan);
        assert_eq!(plan.check(), Err(Refusal { place, rule }));
    }

    #[test]
    fn channels_come_and_go() {
        let mut plan = plan();
        let [first, second] = [0, 1].map(|position: usize| plan.spending.channels[position].id);
        plan.channel_mut(first).unwrap().name.clear();
        assert_eq!((plan.check(), plan.issues()), (Ok(()), vec![]), "a channel needs no name");
        plan.remove_channel(first);
        assert_eq!((plan.channel(first), plan.channel(second).unwrap().name.as_str()), (None, "Channel 2"));
        for _ in 0..limits::MAX_CHANNELS {
            plan.add_channel();
        }
        assert_eq!((plan.spending.channels.len(), plan.check()), (limits::MAX_CHANNELS, Ok(())));
        let next = plan.next_id;
        plan.add_channel();
        assert_eq!((plan.spending.channels.len(), plan.next_id), (limits::MAX_CHANNELS, next));
    }

    #[test]
    fn what_spending_cannot_be_is_refused() {
        assert_eq!(plan().check(), Ok(()));
        let one = |plan: &mut Plan| plan.spending.channels.extend(vec![Channel::new(ItemId(0), ""); 23]);
        let mut many = plan();
        one(&mut many);
        for (channel, id) in many.spending.channels.iter_mut().zip(100..) {
            channel.id = ItemId(id);
        }
        many.next_id = 200;
        let rule = Rule::AtMost(24);
        assert_eq!(many.check(), Err(Refusal { place: Place::Channel(24), rule }));
        refused(|plan| plan.spending.channels[1].id = plan.segments[0].id, Place::Channel(1), Rule::FreshId);
        refused(|plan| plan.spending.channels[1].id = ItemId(plan.next_id), Place::Channel(1), Rule::FreshId);
        refused(|plan| plan.spending.channels[1].name = "x".repeat(41), Place::Channel(1), Rule::AtMostChars(40));
        refused(|plan| plan.spending.channels[0].name = "\n".into(), Place::Channel(0), Rule::PlainText);
        refused(|plan| plan.spending.channels[0].segment = Some(ItemId(99)), Place::Channel(0), Rule::KnownSegment);
        refused(|plan| plan.spending.channels[0].entry = Some(ItemId(99)), Place::Channel(0), Rule::KnownStage);
        refused(
            |plan| plan.spending.channels[0].entry = plan.stages.last().map(|won| won.id),
            Place::Channel(0),
            Rule::NothingAfterWon,
        );
        refused(|plan| plan.spending.channels[1].tiers = vec![Tier::default(); 7], Place::Tiers(1), Rule::AtMost(6));
        let month = (Month::FIRST, Count::default());
        let mut plan = plan();
        plan.spending.channels[1].buys_in = vec![month; 37];
        let rule = Rule::AtMost(36);
        assert_eq!(plan.check(), Err(Refusal { place: Place::Buys(1), rule }));
        plan.spending.channels[1].buys_in.pop();
        plan.spending.budget_in = vec![(Month::FIRST, Money::ZERO); 37];
        assert_eq!(plan.check(), Err(Refusal { place: Place::Budget, rule }));
        plan.spending.budget_in.pop();
        assert_eq!(plan.check(), Ok(()));
    }

    #[test]
    fn a_month_has_one_number_and_a_plan_not_too_many() {
        let month = |months| Month::FIRST.plus_months(months);
        let mut numbers = vec![(month(1), 10)];
        for (months, number) in [(3, Some(30)), (2, Some(20)), (3, Some(31)), (1, None), (9, None)] {
            set_in(&mut numbers, month(months), number);
        }
        assert_eq!(numbers, [(month(2), 20), (month(3), 31)]);
        let mut plan = plan();
        for months in 0..40 {
            set_in(&mut plan.spending.channels[0].buys_in, month(months), Some(count(months.into())));
            assert_eq!(plan.check(), Ok(()));
        }
        let [first, .., last] = plan.spending.channels[0].buys_in[..] else { panic!("several months") };
        assert_eq!((first.0, last.0), (month(4), month(39)));
    }

    #[test]
    fn prices_and_limits_that_cannot_be_are_said() {
        let mut plan = plan();
        let tier = |(beyond, cost): &(u64, u32)| Tier { beyond: count(*beyond), cost: Money::from_major(*cost) };
        let (order, price, ceiling) = (Issue::TiersOutOfOrder(1), Issue::TierCheaper(1), Issue::CeilingUnderFloor(1));
        plan.spending.channels[1].cost = Money::from_major(20);
        for (tiers, issues) in [
            (&[][..], vec![]),
            (&[(1, 20)], vec![]),
            (&[(100, 30), (200, 30), (201, 31)], vec![]),
            (&[(0, 30)], vec![order]),
            (&[(100, 30), (100, 40)], vec![order]),
            (&[(200, 30), (100, 40), (300, 50)], vec![order]),
            (&[(100, 19)], vec![price]),
            (&[(100, 30), (200, 25)], vec![price]),
            (&[(200, 30), (100, 10)], vec![order, price]),
        ] {
            plan.spending.channels[1].tiers = tiers.iter().map(tier).collect();
            assert_eq!(plan.issues(), issues, "{tiers:?}");
        }
        plan.spending.channels[1].tiers.clear();
        plan.spending.channels[1].floor = count(50);
        assert_eq!(plan.issues(), [Issue::BuysBeyondLimits(1)]);
        assert_eq!(Issue::BuysBeyondLimits(1).place(), Place::Buys(1));
        plan.spending.channels[1].buys = count(50);
        plan.spending.channels[1].ceiling = Some(count(50));
        assert_eq!(plan.issues(), []);
        plan.spending.channels[1].buys = count(51);
        assert_eq!(plan.issues(), [Issue::BuysBeyondLimits(1)]);
        plan.spending.channels[1].ceiling = Some(count(49));
        assert_eq!(plan.issues(), [ceiling]);
        let places = [order, price, ceiling].map(Issue::place);
        assert_eq!(places, [Place::Tiers(1), Place::TierPrices(1), Place::Ceiling(1)]);
    }
}
