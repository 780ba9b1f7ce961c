//! Why a figure of the money is what it is.

use MoneyFigure::*;

use crate::engine::money::{self, ChannelOutcome, Spend};
use crate::plan::{Channel, Plan, Scope, Segment};
use crate::report::money::{is_of, known, least_and_most, margin, margins_of, name};
use crate::report::why::{CARRIED, Digits, Explanation};
use crate::report::{Format, parts, words};
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
    /// What marketing spends.
    Marketing,
    /// What the channel's leads bring, and when.
    Bookings(usize),
}

const ECONOMICS: &str = "Unit economics: CAC, payback and LTV as Wall Street Prep has them.";

/// What can be asked about: the whole, each channel, each segment where there are several, what stages cost.
pub fn subjects(plan: &Plan) -> Vec<String> {
    let mut subjects = vec![parts::scope(plan, Scope::Whole)];
    for channel in &plan.spending.channels {
        subjects.push(name(plan, channel));
    }
    for segment in plan.segments.iter().filter(|_| plan.segments.len() > 1) {
        subjects.push(parts::segment(plan, segment));
    }
    subjects.push("Cost by stage".to_owned());
    subjects
}

/// Explains the figures of one of the [`subjects`].
pub fn explain(plan: &Plan, spend: &Spend, subject: usize, format: &dyn Format) -> Vec<Explanation> {
    let channels = plan.spending.channels.len();
    let segments = if plan.segments.len() > 1 { plan.segments.len() } else { 0 };
    let customers = |place| [Cac(place), Payback(place), Ltv(place), LtvToCac(place)];
    let mut figures = Vec::new();
    match subject.checked_sub(1) {
        None => {
            figures.push(Marketing);
            figures.extend(customers(None));
        }
        Some(place) if place < channels => {
            figures = vec![CostPerLead(place), Bookings(place), CostPerWin(place), Return(place)];
        }
        Some(place) if place < channels + segments => figures.extend(customers(Some(place - channels))),
        Some(_) => {
            for stage in 0..plan.stages.len() {
                figures.push(StageCost(stage));
            }
        }
    }
    let mut explained = Vec::new();
    for figure in figures {
        explained.extend(why(plan, spend, figure, format));
    }
    explained
}

/// Explains one figure; `None` when there is no such figure, or it rests on something that nobody has said.
///
/// The last line of the working ends with the figure.
pub fn why(plan: &Plan, spend: &Spend, figure: MoneyFigure, format: &dyn Format) -> Option<Explanation> {
    let digits = Digits { format, currency: plan.currency, operand: 12, result: 7 };
    let writer = Writer { plan, spend, digits };
    let (title, formula, working) = match figure {
        CostPerLead(place) => (
            writer.of_channel(place, "cost per lead")?,
            "What its entries cost ÷ those that are validated",
            writer.cost_per_lead(place)?,
        ),
        CostPerWin(place) => (
            writer.of_channel(place, "cost per customer")?,
            "Spend ÷ the deals that come of its leads, whenever they are won",
            writer.cost_per_win(place)?,
        ),
        Return(place) => (
            writer.of_channel(place, "return")?,
            "Bookings, whenever they land × gross margin ÷ spend",
            writer.returns(place)?,
        ),
        Cac(place) => (
            writer.of_segment(place, "CAC"),
            "What marketing and sales cost in the period ÷ the new customers that people win in it, of all sources",
            writer.cac(place)?,
        ),
        Payback(place) => (
            writer.of_segment(place, "CAC payback"),
            "CAC ÷ (what a customer pays a month × gross margin); churn is not in it",
            writer.payback(place)?,
        ),
        Ltv(place) => (
            writer.of_segment(place, "LTV"),
            "What a customer pays a month × gross margin ÷ the share of customers lost in a month",
            writer.ltv(place)?,
        ),
        LtvToCac(place) => (writer.of_segment(place, "LTV:CAC"), "LTV ÷ CAC", writer.ltv_to_cac(place)?),
        StageCost(stage) => (
            format!("What {} costs", words::indefinite(plan, stage)),
            "What marketing spends up to the stage ÷ the leads of all channels that get there",
            writer.stage_cost(stage)?,
        ),
        Marketing => (
            "What marketing spends".to_owned(),
            "What is bought, at its price, in the month in which it is bought + all else that marketing spends",
            writer.marketing(),
        ),
        Bookings(place) => (
            writer.of_channel(place, "bookings")?,
            "Leads × the rates from their stage on, the first × quality × what a deal brings; each lands when its days are over",
            writer.bookings(place)?,
        ),
    };
    let source = match figure {
        Cac(_) | Payback(_) | Ltv(_) | LtvToCac(_) => ECONOMICS,
        _ => "",
    };
    Some(Explanation { title, formula: formula.to_owned(), working, rounding: CARRIED.to_owned(), source })
}

/// What every explanation looks at.
struct Writer<'a> {
    plan: &'a Plan,
    spend: &'a Spend,
    digits: Digits<'a>,
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
        bought.cost_per_lead?;
        let entries = self.digits.operand(bought.entries);
        let entry = channel.entry.and_then(|stage| self.plan.position(stage)).unwrap_or(0);
        let plural = words::plural(self.plan, entry);
        let mut working = Vec::new();
        let spend = self.digits.money_result(bought.spend);
        working.push(if channel.tiers.is_empty() {
            format!("{entries} {plural} × {} = {spend}", self.digits.money(channel.cost.major()))
        } else {
            format!("{entries} {plural} cost {spend}, each month's at the prices of their numbers")
        });
        if channel.validated < Rate::ONE {
            let validated = self.digits.share(channel.validated.fraction());
            working.push(format!("{entries} × {validated} = {} validated", self.digits.result(bought.leads)));
        }
        working.push(self.digits.quotient(bought.spend, bought.leads));
        Some(working)
    }

    fn cost_per_win(&self, place: usize) -> Option<Vec<String>> {
        let (_, bought) = self.channel(place)?;
        bought.cost_per_win?;
        let (leads, share) = (self.digits.operand(bought.leads), self.digits.share(bought.wins / bought.leads));
        Some(vec![
            format!("{leads} leads × {share} that are won = {}", self.digits.result(bought.wins)),
            self.digits.quotient(bought.spend, bought.wins),
        ])
    }

    fn marketing(&self) -> Vec<String> {
        let (mut channels, mut other) = (0.0, 0.0);
        for month in &self.spend.months {
            channels += month.channels;
            other += month.other;
        }
        let all = self.digits.money_result(self.spend.marketing);
        let mut working = vec![format!("{} + {} = {all}", self.digits.money(channels), self.digits.money(other))];
        if self.spend.over > 0.0 {
            let over = self.digits.money_result(self.spend.over);
            working.push(format!("{over} of it is over the budget of its month"));
        }
        working
    }

    fn bookings(&self, place: usize) -> Option<Vec<String>> {
        let (_, bought) = self.channel(place)?;
        let money::Bookings { before, within, after } = bought.bookings;
        let (leads, wins) = (self.digits.operand(bought.leads), self.digits.result(bought.wins));
        let [before, within, after] = [before, within, after].map(|part| self.digits.money(part));
        let all = self.digits.money_result(bought.bookings.all());
        Some(vec![
            format!("{leads} leads bring {wins} deals, whenever they are won"),
            format!("Before the period, in it, after it: {before} + {within} + {after} = {all}"),
        ])
    }

    fn returns(&self, place: usize) -> Option<Vec<String>> {
        let (channel, bought) = self.channel(place)?;
        let (least, most) = margins_of(self.plan, channel);
        let returns = bought.returns.filter(|_| least > Rate::ZERO)?;
        let profit = returns * bought.spend;
        let (bookings, gross) = (self.digits.money(bought.bookings.all()), self.digits.money_result(profit));
        Some(vec![
            if least == most {
                format!("{bookings} × {} = {gross}", self.digits.share(least.fraction()))
            } else {
                format!("{gross} of {bookings}, each segment with its margin")
            },
            format!(
                "{} ÷ {} = {}",
                self.digits.money(profit),
                self.digits.money(bought.spend),
                self.digits.result(returns)
            ),
        ])
    }

    fn cac(&self, place: Option<usize>) -> Option<Vec<String>> {
        let known = known(self.plan, self.spend, place)?;
        known.cac?;
        let mut working = vec![format!(
            "{} new customers: what is open, planned and bought, as far as people close it",
            self.digits.result(known.customers)
        )];
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
                let (marketing, people) = (self.digits.money(marketing), self.digits.money(people));
                let all = self.digits.money_result(known.cost);
                working.push(format!("Marketing, and sellers and sales development: {marketing} + {people} = {all}"));
            }
        }
        working.push(self.digits.quotient(known.cost, known.customers));
        Some(working)
    }

    /// What a customer pays a month.
    fn pays(&self, arpa: f64) -> String {
        let term = self.plan.spending.term.get();
        let price = self.digits.money(arpa * f64::from(term));
        format!("A customer pays {price} ÷ {term} months = {} a month", self.digits.money_result(arpa))
    }

    fn payback(&self, place: Option<usize>) -> Option<Vec<String>> {
        let known = known(self.plan, self.spend, place)?;
        let (cac, months, arpa) = (known.cac?, known.payback?, known.arpa?);
        let a_month = cac / months;
        let (least, most) = self.range(place, margin);
        let mut working = Vec::new();
        let gross = self.digits.money_result(a_month);
        if least == most {
            working.push(self.pays(arpa));
            working.push(format!(
                "{} × {} = {gross} is gross profit",
                self.digits.money(arpa),
                self.digits.share(least.fraction())
            ));
        } else {
            for (segment, of) in self.plan.segments.iter().zip(&self.spend.segments) {
                let Some(arpa) = of.arpa else { continue };
                let margin = margin(self.plan, segment).fraction();
                working.push(format!(
                    "{}: {} × {} × {} = {} a month",
                    parts::segment(self.plan, segment),
                    self.digits.operand(of.customers),
                    self.digits.money(arpa),
                    self.digits.share(margin),
                    self.digits.money_result(of.customers * arpa * margin)
                ));
            }
            let all = a_month * known.customers;
            working.push(format!("Of one: {}", self.digits.quotient(all, known.customers)));
        }
        working.push(format!(
            "{} ÷ {} = {} months",
            self.digits.money(cac),
            self.digits.money(a_month),
            self.digits.result(months)
        ));
        Some(working)
    }

    fn ltv(&self, place: Option<usize>) -> Option<Vec<String>> {
        let known = known(self.plan, self.spend, place)?;
        let (ltv, arpa) = (known.ltv?, known.arpa?);
        let (least, most) = self.range(place, margin);
        let (churn, highest) = self.range(place, churn);
        let mut working = Vec::new();
        let worth = self.digits.money_result(ltv);
        if least == most && churn == highest {
            let (margin, churn) = (self.digits.share(least.fraction()), self.digits.share(churn.fraction()));
            working.push(self.pays(arpa));
            working.push(format!("{} × {margin} ÷ {churn} = {worth}", self.digits.money(arpa)));
        } else {
            for (segment, of) in self.plan.segments.iter().zip(&self.spend.segments) {
                let Some(each) = of.ltv.filter(|_| of.customers > 0.0) else { continue };
                let segment = parts::segment(self.plan, segment);
                let (customers, all) =
                    (self.digits.operand(of.customers), self.digits.money_result(of.customers * each));
                working.push(format!("{segment}: {customers} × {} = {all}", self.digits.money(each)));
            }
            working.push(format!("Of one: {}", self.digits.quotient(ltv * known.customers, known.customers)));
        }
        Some(working)
    }

    fn ltv_to_cac(&self, place: Option<usize>) -> Option<Vec<String>> {
        let known = known(self.plan, self.spend, place)?;
        let (ltv, cac) = (self.digits.money(known.ltv?), self.digits.money(known.cac?));
        Some(vec![format!("{ltv} ÷ {cac} = {}", self.digits.result(known.ltv_to_cac?))])
    }

    fn stage_cost(&self, stage: usize) -> Option<Vec<String>> {
        let cost = self.spend.stages.get(stage)?;
        cost.each?;
        let mut other = 0.0;
        for month in &self.spend.months {
            other += month.other;
        }
        let mut working = Vec::new();
        if other > 0.0 {
            let (channels, other) = (self.digits.money((cost.spend - other).max(0.0)), self.digits.money(other));
            working.push(format!(
                "Channels and all else: {channels} + {other} = {}",
                self.digits.money_result(cost.spend)
            ));
        }
        working.push(self.digits.quotient(cost.spend, cost.volume));
        Some(working)
    }

    /// The least and the greatest rate of the segments that have customers.
    fn range(&self, place: Option<usize>, rate: fn(&Plan, &Segment) -> Rate) -> (Rate, Rate) {
        least_and_most(self.plan, &|at, _| is_of(self.spend, place, at), rate)
    }
}

/// Zero when nobody has said.
fn churn(plan: &Plan, segment: &Segment) -> Rate {
    segment.churn.unwrap_or(plan.spending.churn)
}
