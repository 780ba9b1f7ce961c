//! What is bought and what it costs: channels, the budget, and what a customer brings and costs besides.

use crate::plan::ItemId;
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
