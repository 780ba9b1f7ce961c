//! Why a figure of the money is what it is.

use crate::engine::money::{ChannelOutcome, Spend};
use crate::plan::{Channel, Plan, Segment};
use crate::report::money::{is_of, known, least_and_most, margin, margins_of, name};
use crate::report::why::{CARRIED, Explanation, SHARE};
use crate::report::{Format, decimals, parts, words};
use crate::units::Rate;

/// A figure of the money that can be asked why. Channels, segments and stages by their position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoneyFigure {
    /// What a lead of the channel costs.
    CostPerLead(usize),
    /// What a customer costs that the channel brings.
    CostPerWin(usize),
    /// What the channel's spend brings in gross profit.
    Return(usize),
    /// What a customer costs, of a segment or of the whole.
    Cac(Option<usize>),
    /// After how many months that has come back.
    Payback(Option<usize>),
    /// What a customer is worth as long as it stays.
    Ltv(Option<usize>),
    /// That against what it costs.
    LtvToCac(Option<usize>),
    /// What it takes to have one in the stage.
    StageCost(usize),
}

/// Significant digits of what is calculated on with: so many more than a result has that two of them leave it true.
const OPERAND: u8 = 12;
const RESULT: u8 = 7;

const ECONOMICS: &str = "Unit economics: CAC, payback and LTV as Wall Street Prep has them.";

/// Explains one figure; `None` when there is no such figure, or it rests on something that nobody has said.
///
/// The last line of the working ends with the figure.
pub fn why(plan: &Plan, spend: &Spend, figure: MoneyFigure, format: &dyn Format) -> Option<Explanation> {
    let writer = Writer { plan, spend, format };
    let (title, formula, working) = match figure {
        MoneyFigure::CostPerLead(place) => (
            writer.of_channel(place, "cost per lead")?,
            "What its entries cost ÷ those that are validated",
            writer.cost_per_lead(place)?,
        ),
        MoneyFigure::CostPerWin(place) => (
            writer.of_channel(place, "cost per customer")?,
            "Spend ÷ the deals that come of its leads, whenever they are won",
            writer.cost_per_win(place)?,
        ),
        MoneyFigure::Return(place) => (
            writer.of_channel(place, "return")?,
            "Bookings, whenever they land × gross margin ÷ spend",
            writer.returns(place)?,
        ),
        MoneyFigure::Cac(place) => (
            writer.of_segment(place, "CAC"),
            "What marketing and sales cost in the period ÷ the new customers due in it, of all sources",
            writer.cac(place)?,
        ),
        MoneyFigure::Payback(place) => (
            writer.of_segment(place, "CAC payback"),
            "CAC ÷ (what a customer pays a month × gross margin); churn is not in it",
            writer.payback(place)?,
        ),
        MoneyFigure::Ltv(place) => (
            writer.of_segment(place, "LTV"),
            "What a customer pays a month × gross margin ÷ the share of customers lost in a month",
            writer.ltv(place)?,
        ),
        MoneyFigure::LtvToCac(place) => (writer.of_segment(place, "LTV:CAC"), "LTV ÷ CAC", writer.ltv_to_cac(place)?),
        MoneyFigure::StageCost(stage) => (
            format!("What {} costs", words::indefinite(plan, stage)),
            "What marketing spends up to the stage ÷ the leads of all channels that get there",
            writer.stage_cost(stage)?,
        ),
    };
    let source = match figure {
        MoneyFigure::Cac(_) | MoneyFigure::Payback(_) | MoneyFigure::Ltv(_) | MoneyFigure::LtvToCac(_) => ECONOMICS,
        _ => "",
    };
    Some(Explanation { title, formula: formula.to_owned(), working, rounding: CARRIED.to_owned(), source })
}

/// What every explanation looks at.
struct Writer<'a> {
    plan: &'a Plan,
    spend: &'a Spend,
    format: &'a dyn Format,
}

impl Writer<'_> {
    fn channel(&self, place: usize) -> Option<(&Channel, &ChannelOutcome)> {
        self.plan.spending.channels.get(place).zip(self.spend.channels.get(place))
    }

    fn of_channel(&self, place: usize, what: &str) -> Option<String> {
        Some(format!("{}: {what}", name(self.plan, self.channel(place)?.0)))
    }

    fn of_segment(&self, place: Option<usize>, what: &str) -> String {
        match place.and_then(|place| self.plan.segments.get(place)) {
            Some(segment) => format!("{}: {what}", parts::segment(self.plan, segment)),
            None => what.to_owned(),
        }
    }

    fn cost_per_lead(&self, place: usize) -> Option<Vec<String>> {
        let (channel, bought) = self.channel(place)?;
        let each = bought.cost_per_lead?;
        let entries = self.operand(bought.entries);
        let entry = channel.entry.and_then(|stage| self.plan.position(stage)).unwrap_or(0);
        let plural = words::plural(self.plan, entry);
        let mut working = Vec::new();
        let spend = self.result(bought.spend);
        working.push(if channel.tiers.is_empty() {
            format!("{entries} {plural} × {} = {spend}", self.money(channel.cost.major()))
        } else {
            format!("{entries} {plural} cost {spend}, each month's at the prices of their numbers")
        });
        if channel.validated < Rate::ONE {
            let validated = self.share(channel.validated.fraction());
            working.push(format!("{entries} × {validated} = {} validated", self.number(bought.leads)));
        }
        working.push(self.quotient(bought.spend, bought.leads, &self.result(each)));
        Some(working)
    }

    fn cost_per_win(&self, place: usize) -> Option<Vec<String>> {
        let (_, bought) = self.channel(place)?;
        let each = bought.cost_per_win?;
        let (leads, share) = (self.operand(bought.leads), self.share(bought.wins / bought.leads));
        Some(vec![
            format!("{leads} leads × {share} that are won = {}", self.number(bought.wins)),
            self.quotient(bought.spend, bought.wins, &self.result(each)),
        ])
    }

    fn returns(&self, place: usize) -> Option<Vec<String>> {
        let (channel, bought) = self.channel(place)?;
        let (least, most) = margins_of(self.plan, channel);
        let returns = bought.returns.filter(|_| least > Rate::ZERO)?;
        let profit = returns * bought.spend;
        let (bookings, gross) = (self.money(bought.bookings.all()), self.result(profit));
        Some(vec![
            if least == most {
                format!("{bookings} × {} = {gross}", self.share(least.fraction()))
            } else {
                format!("{gross} of {bookings}, each segment with its margin")
            },
            format!("{} ÷ {} = {}", self.money(profit), self.money(bought.spend), self.number(returns)),
        ])
    }

    fn cac(&self, place: Option<usize>) -> Option<Vec<String>> {
        let known = known(self.plan, self.spend, place)?;
        let cac = known.cac?;
        let mut working = vec![format!("{} new customers are due and not booked yet", self.number(known.customers))];
        if place.is_none() {
            let mut marketing = 0.0;
            for month in &self.spend.months {
                if month.month >= self.plan.period.start {
                    marketing += month.channels + month.other;
                }
            }
            let people = (known.cost - marketing).max(0.0);
            // Less is the float's.
            if people > known.cost * 1e-9 {
                let (marketing, people) = (self.money(marketing), self.money(people));
                let all = self.result(known.cost);
                working.push(format!("Marketing, and sellers and sales development: {marketing} + {people} = {all}"));
            }
        }
        working.push(self.quotient(known.cost, known.customers, &self.result(cac)));
        Some(working)
    }

    /// What a customer pays a month.
    fn pays(&self, arpa: f64) -> String {
        let term = self.plan.spending.term.get();
        let price = self.money(arpa * f64::from(term));
        format!("A customer pays {price} ÷ {term} months = {} a month", self.result(arpa))
    }

    fn payback(&self, place: Option<usize>) -> Option<Vec<String>> {
        let known = known(self.plan, self.spend, place)?;
        let (cac, months, arpa) = (known.cac?, known.payback?, known.arpa?);
        let a_month = cac / months;
        let (least, most) = self.range(place, margin);
        let mut working = Vec::new();
        let gross = self.result(a_month);
        if least == most {
            working.push(self.pays(arpa));
            working.push(format!("{} × {} = {gross} is gross profit", self.money(arpa), self.share(least.fraction())));
        } else {
            for (segment, of) in self.plan.segments.iter().zip(&self.spend.segments) {
                let Some(arpa) = of.arpa else { continue };
                let margin = margin(self.plan, segment).fraction();
                working.push(format!(
                    "{}: {} × {} × {} = {} a month",
                    parts::segment(self.plan, segment),
                    self.operand(of.customers),
                    self.money(arpa),
                    self.share(margin),
                    self.result(of.customers * arpa * margin)
                ));
            }
            let all = a_month * known.customers;
            working.push(format!("Of one: {}", self.quotient(all, known.customers, &gross)));
        }
        working.push(format!("{} ÷ {} = {} months", self.money(cac), self.money(a_month), self.number(months)));
        Some(working)
    }

    fn ltv(&self, place: Option<usize>) -> Option<Vec<String>> {
        let known = known(self.plan, self.spend, place)?;
        let (ltv, arpa) = (known.ltv?, known.arpa?);
        let (least, most) = self.range(place, margin);
        let (churn, highest) = self.range(place, churn);
        let mut working = Vec::new();
        let worth = self.result(ltv);
        if least == most && churn == highest {
            let (margin, churn) = (self.share(least.fraction()), self.share(churn.fraction()));
            working.push(self.pays(arpa));
            working.push(format!("{} × {margin} ÷ {churn} = {worth}", self.money(arpa)));
        } else {
            for (segment, of) in self.plan.segments.iter().zip(&self.spend.segments) {
                let Some(each) = of.ltv.filter(|_| of.customers > 0.0) else { continue };
                let segment = parts::segment(self.plan, segment);
                let (customers, all) = (self.operand(of.customers), self.result(of.customers * each));
                working.push(format!("{segment}: {customers} × {} = {all}", self.money(each)));
            }
            working.push(format!("Of one: {}", self.quotient(ltv * known.customers, known.customers, &worth)));
        }
        Some(working)
    }

    fn ltv_to_cac(&self, place: Option<usize>) -> Option<Vec<String>> {
        let known = known(self.plan, self.spend, place)?;
        let (ltv, cac) = (self.money(known.ltv?), self.money(known.cac?));
        Some(vec![format!("{ltv} ÷ {cac} = {}", self.number(known.ltv_to_cac?))])
    }

    fn stage_cost(&self, stage: usize) -> Option<Vec<String>> {
        let cost = self.spend.stages.get(stage)?;
        let each = cost.each?;
        let mut other = 0.0;
        for month in &self.spend.months {
            other += month.other;
        }
        let mut working = Vec::new();
        if other > 0.0 {
            let (channels, other) = (self.money((cost.spend - other).max(0.0)), self.money(other));
            working.push(format!("Channels and all else: {channels} + {other} = {}", self.result(cost.spend)));
        }
        working.push(self.quotient(cost.spend, cost.volume, &self.result(each)));
        Some(working)
    }

    /// The least and the greatest rate of the segments that have customers.
    fn range(&self, place: Option<usize>, rate: fn(&Plan, &Segment) -> Rate) -> (Rate, Rate) {
        least_and_most(self.plan, &|at, _| is_of(self.spend, place, at), rate)
    }

    /// *€60,000 ÷ 960 = €62.50*
    fn quotient(&self, amount: f64, by: f64, result: &str) -> String {
        format!("{} ÷ {} = {result}", self.money(amount), self.operand(by))
    }

    fn operand(&self, value: f64) -> String {
        self.format.number(value, decimals(value, OPERAND).max(2))
    }

    fn number(&self, value: f64) -> String {
        self.format.number(value, result_decimals(value))
    }

    fn share(&self, share: f64) -> String {
        self.format.percent_to(share, SHARE)
    }

    fn money(&self, value: f64) -> String {
        self.format.money(value, self.plan.currency, decimals(value, OPERAND).max(3))
    }

    fn result(&self, value: f64) -> String {
        self.format.money(value, self.plan.currency, result_decimals(value))
    }
}

/// Two decimals; more of what is small, fewer of what has so many digits that the last would not be true.
fn result_decimals(value: f64) -> u8 {
    decimals(value, 3).max(2).min(decimals(value, RESULT))
}

/// Zero when nobody has said.
fn churn(plan: &Plan, segment: &Segment) -> Rate {
    segment.churn.unwrap_or(plan.spending.churn)
}
