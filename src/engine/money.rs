//! What is bought, what it costs and what it brings: channels, the budget, and what a customer costs and is worth.
//!
//! **When.** Months run from that of the as-of date to the last of the period. Money falls when an entry is bought, bookings when
//! the deal is won. What is said by the month (entries, floor, ceiling, prices, budget, heads) counts in the month of the as-of
//! date for the days that are left of it.
//!
//! **What a lead brings.** A lead is a validated entry. Leads enter evenly over the days of their month, at the channel's stage, and
//! go on at the rates, days and price that marketing has in their segment; the channel's quality is a factor on the first rate,
//! which stays at most one. Times spread as everywhere (`engine::landing`), and the season of the last rate is that of the month in
//! which the deal is won. What comes back (recycled, referred) is left out. People are taken to have time for every lead and deal;
//! for how much they have not is said apart ([`Buys::beyond`]).
//!
//! Called when somebody looks at the money, never by [`evaluate`](crate::engine::evaluate).

mod change;
mod customers;
pub(super) mod leads;
pub(super) mod prices;
pub(super) mod taken;

pub use change::{Change, change, next};
pub use customers::UnitEconomics;

use crate::engine::Outcome;
use crate::engine::money::leads::{Brought, Leads, Way};
use crate::engine::money::taken::Coming;
use crate::plan::{Channel, ItemId, Plan, Scope, Source};
use crate::units::Month;

/// What a plan's money buys. Amounts in major units.
#[derive(Clone, Debug, PartialEq)]
pub struct Spend {
    /// Each channel, in the order of the plan.
    pub channels: Vec<ChannelOutcome>,
    /// From the as-of date's month to the last of the period.
    pub months: Vec<SpendMonth>,
    /// What marketing spends in them, on channels and on all else.
    pub marketing: f64,
    /// What of it is over the budget of its month.
    pub over: f64,
    /// What it takes to have one item in each stage, in their order.
    pub stages: Vec<StageCost>,
    /// What comes together for the period.
    pub buys: Buys,
    /// What a customer costs and is worth.
    pub customers: UnitEconomics,
    /// The same of each segment, in their order.
    pub segments: Vec<UnitEconomics>,
}

/// What a channel costs and brings: all that it buys in the months, whenever it is won. Amounts in major units.
#[derive(Clone, Debug, PartialEq)]
pub struct ChannelOutcome {
    /// The channel.
    pub channel: ItemId,
    /// Entries that are bought.
    pub entries: f64,
    /// Those that are what they should be.
    pub leads: f64,
    /// What they cost.
    pub spend: f64,
    /// The bookings that they bring.
    pub bookings: Bookings,
    /// The deals among them.
    pub wins: f64,
    /// Spend ÷ leads.
    pub cost_per_lead: Option<f64>,
    /// Spend ÷ wins.
    pub cost_per_win: Option<f64>,
    /// Gross profit for each unit that is spent: bookings × margin ÷ spend, each segment with its margin.
    pub returns: Option<f64>,
    /// Month by month.
    pub months: Vec<ChannelMonth>,
}

/// Bookings by when they land, in major units.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Bookings {
    /// Before the period: they count for the one before.
    pub before: f64,
    /// In the period.
    pub within: f64,
    /// After it.
    pub after: f64,
}

impl Bookings {
    /// All of them.
    pub fn all(self) -> f64 {
        self.before + self.within + self.after
    }
}

/// A channel in a month. Amounts in major units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ChannelMonth {
    /// The month.
    pub month: Month,
    /// Entries that are bought in it.
    pub entries: f64,
    /// What they cost.
    pub spend: f64,
    /// Bookings that land in it of what was bought in it and before.
    pub lands: f64,
}

/// What marketing spends in a month. Amounts in major units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SpendMonth {
    /// The month.
    pub month: Month,
    /// What all channels cost.
    pub channels: f64,
    /// What else marketing spends.
    pub other: f64,
    /// What it may spend; `None` when nobody has said.
    pub budget: Option<f64>,
    /// What it spends beyond that.
    pub over: f64,
    /// Bookings that land in it of what all channels have bought.
    pub lands: f64,
}

/// What an item in a stage costs. Amounts in major units.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct StageCost {
    /// Leads of all channels that get here, whenever they do: leads × the rates up to the stage, without a season.
    pub volume: f64,
    /// What marketing spends on them: the channels that enter here or before, and all that is not a channel's.
    pub spend: f64,
    /// Spend ÷ volume.
    pub each: Option<f64>,
}

/// What comes together for the period when what is planned is bought: bookings in major units.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Buys {
    /// Booked.
    pub booked: f64,
    /// Expected of what is open.
    pub open: f64,
    /// Expected of what other sources than marketing are planned to create, and of what comes back as theirs.
    pub others: f64,
    /// Expected of what channels bring.
    pub channels: f64,
    /// What of all that people cannot take, because no one is there to work the leads or to close the deals in time: more leads win
    /// no more then. Zero where nobody has said who works and sells.
    pub beyond: f64,
}

/// What the money of a plan buys; `None` when its period is over.
pub fn spend(plan: &Plan, outcome: &Outcome) -> Option<Spend> {
    let mut leads = Leads::new(plan, outcome)?;
    let mut months = Vec::with_capacity(leads.months.len());
    let mut other = 0.0;
    for (place, &month) in leads.months.iter().enumerate() {
        let left = leads.left(place);
        let of_month = plan.spending.other.major() * left;
        let budget = plan.spending.budget_of(month).map(|budget| budget.major() * left);
        other += of_month;
        months.push(SpendMonth { month, channels: 0.0, other: of_month, budget, over: 0.0, lands: 0.0 });
    }
    let mut spend = Spend {
        channels: Vec::with_capacity(plan.spending.channels.len()),
        marketing: other,
        over: 0.0,
        stages: vec![StageCost { spend: other, ..StageCost::default() }; plan.stages.len()],
        buys: buys(outcome),
        customers: UnitEconomics::default(),
        segments: Vec::new(),
        months,
    };
    // What channels spend on each segment within the period.
    let mut own = vec![0.0; plan.segments.len()];
    let mut coming = Coming::new(plan, &leads);
    for channel in &plan.spending.channels {
        let ways = leads.ways(channel);
        let bought = of_channel(&mut leads, channel, &ways, &mut coming);
        for (place, (sum, month)) in spend.months.iter_mut().zip(&bought.months).enumerate() {
            sum.channels += month.spend;
            sum.lands += month.lands;
            for way in &ways {
                if let Some(slot) = own.get_mut(way.segment).filter(|_| place >= leads.start) {
                    *slot += month.spend * way.part;
                }
            }
        }
        for way in &ways {
            // From won up to where they enter.
            let entry = plan.stages.len().saturating_sub(way.rates.len() + 1);
            let mut volume = bought.leads * way.part;
            for (stage, cost) in spend.stages.iter_mut().skip(entry).enumerate() {
                cost.volume += volume;
                cost.spend += bought.spend * way.part;
                volume *= way.rates.get(stage).copied().unwrap_or(0.0);
            }
        }
        spend.marketing += bought.spend;
        spend.buys.channels += bought.bookings.within;
        spend.channels.push(bought);
    }
    for cost in &mut spend.stages {
        cost.each = ratio(cost.spend, cost.volume);
    }
    for month in &mut spend.months {
        month.over = month.budget.map_or(0.0, |budget| (month.channels + month.other - budget).max(0.0));
        spend.over += month.over;
    }
    let taken = coming.taken(plan, &leads);
    spend.buys.beyond = taken.beyond;
    (spend.customers, spend.segments) = customers::customers(plan, outcome, &leads, &spend.months, &own, &taken.new);
    Some(spend)
}

fn of_channel(leads: &mut Leads<'_>, channel: &Channel, ways: &[Way], coming: &mut Coming) -> ChannelOutcome {
    let mut outcome = ChannelOutcome {
        channel: channel.id,
        entries: 0.0,
        leads: 0.0,
        spend: 0.0,
        bookings: Bookings::default(),
        wins: 0.0,
        cost_per_lead: None,
        cost_per_win: None,
        returns: None,
        months: Vec::with_capacity(leads.months.len()),
    };
    let mut by_month = Vec::with_capacity(leads.months.len());
    for (place, &month) in leads.months.iter().enumerate() {
        let left = leads.left(place);
        let bought = prices::bought(channel, month);
        let (entries, spend) = (bought * left, prices::cost(channel, bought) * left);
        let of_month = entries * channel.validated.fraction();
        by_month.push(of_month);
        outcome.entries += entries;
        outcome.leads += of_month;
        outcome.spend += spend;
        outcome.months.push(ChannelMonth { month, entries, spend, lands: 0.0 });
    }
    let mut profit = 0.0;
    for way in ways {
        let mut brought = Brought::default();
        for (place, &of_month) in by_month.iter().enumerate() {
            leads.land(std::slice::from_ref(way), place, of_month, &mut brought);
        }
        coming.add(leads, channel, way, &by_month, &brought.lands);
        for (month, &lands) in outcome.months.iter_mut().zip(&brought.lands) {
            month.lands += lands;
        }
        outcome.bookings.before += brought.bookings.before;
        outcome.bookings.within += brought.bookings.within;
        outcome.bookings.after += brought.bookings.after;
        outcome.wins += brought.wins;
        profit += brought.profit;
    }
    outcome.cost_per_lead = ratio(outcome.spend, outcome.leads);
    outcome.cost_per_win = ratio(outcome.spend, outcome.wins);
    outcome.returns = ratio(profit, outcome.spend);
    outcome
}

/// All but what channels bring.
fn buys(outcome: &Outcome) -> Buys {
    let progress = &outcome.whole().progress;
    let mut buys = Buys { booked: progress.booked, open: progress.expected, ..Buys::default() };
    for part in &outcome.parts {
        if matches!(part.scope, Scope::Source(source) if source != Source::Marketing) {
            for month in &part.months {
                buys.others += month.from_new;
            }
        }
    }
    buys
}

/// None where there is nothing to divide by.
fn ratio(figure: f64, by: f64) -> Option<f64> {
    (by > 0.0).then(|| figure / by)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::evaluate;
    use crate::plan::{Lineage, Open, examples};
    use crate::units::{Count, Date, Days, Factor, Money, Rate};

    /// 200 leads a month at 50 each for a plan of 2027 that speaks from its first day: 20 % are won after 90 days, at 20,000.
    fn plan() -> Plan {
        let mut plan = examples::three_figures(Lineage([1; 8]), Date::parse_iso("2026-11-22").unwrap());
        plan.as_of = plan.period.first_day();
        let mut channel = Channel::new(plan.new_id(), "Search");
        channel.cost = Money::from_major(50);
        channel.buys = count(200);
        plan.spending.channels.push(channel);
        plan.spending.margin = Rate::from_percent(80);
        plan
    }

    fn count(count: u64) -> Count {
        Count::new(count).unwrap()
    }

    fn of(plan: &Plan) -> Spend {
        assert_eq!(plan.check(), Ok(()));
        spend(plan, &evaluate(plan)).unwrap()
    }

    #[track_caller]
    fn near(actual: f64, expected: f64) {
        assert!((actual - expected).abs() < 1e-9 * expected.abs().max(1.0), "{actual} is not {expected}");
    }

    #[test]
    fn money_falls_when_entries_are_bought_and_bookings_when_deals_are_won() {
        let spend = of(&plan());
        let [channel] = spend.channels.as_slice() else { panic!("one channel") };
        near(channel.spend, 12.0 * 10_000.0);
        near(channel.cost_per_lead.unwrap(), 50.0);
        near(channel.cost_per_win.unwrap(), 250.0);
        near(channel.returns.unwrap(), 64.0);
        near(channel.wins, 480.0);
        // What is bought after 2 October lands after the period: 29 days of October, and two months.
        near(channel.bookings.after, (2.0 + 29.0 / 31.0) * 800_000.0);
        near(channel.bookings.all(), 480.0 * 20_000.0);
        assert!(spend.months[..3].iter().all(|month| month.channels > 9_999.0 && month.lands <= 0.0));
        // January's land from the 91st day on, which is 1 April, to 1 May.
        near(spend.months[3].lands, 800_000.0 * 30.0 / 31.0);
        near(spend.buys.channels, channel.bookings.within);
    }

    #[test]
    fn the_month_of_the_as_of_date_counts_for_what_is_left_of_it() {
        let mut plan = plan();
        plan.as_of = Date::parse_iso("2027-04-16").unwrap();
        plan.spending.other = Money::from_major(1_000);
        plan.spending.budget = Some(Money::from_major(10_500));
        plan.spending.budget_in = vec![(Month::parse_iso("2027-06").unwrap(), Money::from_major(20_000))];
        let spend = of(&plan);
        assert_eq!(spend.months.len(), 9);
        let april = spend.months[0];
        near(april.channels, 5_000.0);
        near(april.budget.unwrap(), 5_250.0);
        near(april.over, 250.0);
        near(spend.over, 250.0 + 7.0 * 500.0);
        near(spend.marketing, 8.5 * 11_000.0);
        near(spend.channels[0].months[0].entries, 100.0);
    }

    #[test]
    fn what_is_bought_before_the_period_may_land_before_it() {
        let mut plan = plan();
        plan.as_of = Date::parse_iso("2026-09-01").unwrap();
        let channel = of(&plan).channels[0].clone();
        // What is bought up to 2 October is won by the end of the year.
        near(channel.bookings.before, (1.0 + 2.0 / 31.0) * 800_000.0);
        near(channel.bookings.all(), 16.0 * 800_000.0);
        plan.as_of = Date::parse_iso("2028-01-01").unwrap();
        assert_eq!(spend(&plan, &evaluate(&plan)), None);
    }

    #[test]
    fn what_comes_together_is_booked_open_and_bought() {
        let mut plan = plan();
        plan.spending.channels.clear();
        plan.sources[0].share = Rate::from_percent(60);
        plan.sources[3].share = Rate::from_percent(40);
        plan.segments[0].booked = Money::from_major(100_000);
        let stage = plan.stages[0].id;
        plan.segments[0].open =
            vec![Open { stage, source: Source::Marketing, count: count(10), amount: None, age: None }];
        let buys = of(&plan).buys;
        near(buys.booked, 100_000.0);
        near(buys.open, 40_000.0);
        // All that is left of a million but marketing's 60 %.
        near(buys.others, 860_000.0 * 0.4);
    }

    #[test]
    fn an_item_costs_what_is_spent_up_to_its_stage() {
        let mut plan = plan();
        plan.insert_stage_after(0, "Opportunity", "Opportunities");
        plan.base.steps[0].rate = Rate::from_percent(40);
        plan.base.steps[1].rate = Rate::from_percent(50);
        plan.spending.other = Money::from_major(5_000);
        let mut events = Channel::new(plan.new_id(), "Events");
        events.entry = Some(plan.stages[1].id);
        events.cost = Money::from_major(500);
        events.buys = count(10);
        events.validated = Rate::from_percent(50);
        plan.spending.channels.push(events);
        let stages = of(&plan).stages;
        near(stages[0].each.unwrap(), 15_000.0 / 200.0);
        near(stages[1].volume, 12.0 * (80.0 + 5.0));
        near(stages[1].each.unwrap(), 20_000.0 / 85.0);
        near(stages[2].each.unwrap(), 20_000.0 / 42.5);
        plan.spending.channels.clear();
        assert_eq!(of(&plan).stages[0].each, None);
    }

    /// Twice the quality is worth twice as much, until the first rate is one.
    #[test]
    fn no_quality_wins_more_than_all() {
        let mut plan = plan();
        let won = |plan: &Plan, times: u32| {
            let mut plan = plan.clone();
            plan.spending.channels[0].quality = Factor::from_millionths(times * 1_000_000).unwrap();
            of(&plan).channels[0].wins
        };
        near(won(&plan, 2), 960.0);
        near(won(&plan, 9), 2_400.0);
        // Nor does a season.
        plan.timing.rate_season = vec![Factor::from_millionths(3_000_000).unwrap(); 12];
        plan.base.steps[0].days = Days::ZERO;
        near(won(&plan, 1), 1_440.0);
        near(won(&plan, 3), 2_400.0);
    }
}
