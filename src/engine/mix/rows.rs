//! The rows of a mix: what channels cost and bring, and what limits them.

use backcast_solver::programme::{Limits, Programme, Row, Variable};

use crate::engine::mix::{Aim, Closing, Entries, LITTLE, Limit, Mix, Name};
use crate::engine::money::leads::Leads;
use crate::engine::money::prices;
use crate::engine::money::taken::Work;
use crate::engine::people;
use crate::plan::{Channel, Plan, Scope, Segment, Source};
use crate::units::Month;

/// What a unit of money counts when bookings are sought.
const MONEY: f64 = 1e-3;

/// What is brought costs this share of itself besides, and an entry as if it brought one at least, so that no more is bought of what
/// is free than is of use.
const EFFORT: f64 = 1e-6;

/// Bookings in the period that an entry brings.
pub(super) struct Brings {
    pub(super) within: f64,
    /// By segment.
    pub(super) segments: Vec<(usize, f64)>,
    /// By team and month.
    pub(super) teams: Vec<(usize, usize, f64)>,
    /// Leads that come to be worked, by month; a month can be there more than once.
    pub(super) worked: Vec<(usize, f64)>,
}

/// Terms of a row.
type Terms = Vec<(usize, f64)>;

pub(super) struct Building<'a> {
    plan: &'a Plan,
    aim: Aim,
    pub(super) months: usize,
    variables: Vec<Variable>,
    rows: Vec<Row>,
    names: Vec<Option<Name>>,
    entries: Vec<Entries>,
    closing: Vec<Closing>,
    /// What each month's money is.
    spent: Vec<Terms>,
    /// What each segment is brought.
    brought: Vec<Terms>,
    /// What each team is brought in each month.
    arrives: Vec<Vec<Terms>>,
    /// Leads that come to be worked in each month.
    worked: Vec<Terms>,
    /// The leads that can be worked in all months together.
    leads: f64,
    /// What an entry is worth at most because of what decides between mixes that bring as much.
    noise: f64,
}

impl<'a> Building<'a> {
    pub(super) fn new(plan: &'a Plan, leads: &Leads<'_>, work: Option<&Work>, aim: Aim) -> Self {
        let months = leads.months.len();
        Self {
            plan,
            aim,
            months,
            variables: Vec::new(),
            rows: Vec::new(),
            names: Vec::new(),
            entries: Vec::new(),
            closing: Vec::new(),
            spent: vec![Vec::new(); months],
            brought: vec![Vec::new(); plan.segments.len()],
            arrives: vec![vec![Vec::new(); months]; plan.sales.len()],
            worked: vec![Vec::new(); months],
            leads: work.map_or(f64::INFINITY, |work| work.left.iter().sum()),
            noise: 0.0,
        }
    }

    pub(super) fn team_of(&self, segment: usize) -> Option<usize> {
        self.plan.segments.get(segment).and_then(|segment| self.plan.team_of(segment))
    }

    fn variable(&mut self, cost: f64, limits: Limits) -> usize {
        self.variables.push(Variable { cost, limits });
        self.variables.len() - 1
    }

    fn row(&mut self, terms: Terms, limits: Limits, name: Option<Name>) {
        self.rows.push(Row { terms, limits });
        self.names.push(name);
    }

    /// What a unit of money counts.
    fn money(&self) -> f64 {
        match self.aim {
            Aim::LeastMoney => 1.0,
            Aim::MostRevenue => MONEY,
        }
    }

    /// What money counts beside what is sought.
    fn besides(&self) -> f64 {
        match self.aim {
            Aim::LeastMoney => 0.0,
            Aim::MostRevenue => MONEY,
        }
    }

    /// More entries of a channel in a whole month than these cannot be bought or bring nothing. The solver proves its answer by the
    /// most that variables can be, so they have an end where that hides no reason why nothing fits, and beyond where limits bind.
    fn useful(&self, bought: &Channel, month: Month, brings: &Brings) -> f64 {
        let within = brings.within;
        let (floor, mut most) = (prices::floor(bought), prices::ceiling(bought));
        if within <= 0.0 {
            return if floor > 0.0 { 2.0 * floor + 1.0 } else { 0.0 };
        }
        if self.aim == Aim::LeastMoney {
            return f64::INFINITY;
        }
        let price = bought.cost.major();
        if let Some(budget) = self.plan.spending.budget_of(month).filter(|_| price > 0.0) {
            most = most.min(budget.major() / price);
        }
        // What nobody works is not bought.
        let mut worked = 0.0;
        for (_, leads) in &brings.worked {
            worked += leads;
        }
        if worked > 0.0 {
            most = most.min(self.leads / worked);
        }
        2.0 * most.max(floor) + 1.0
    }

    /// The entries of a channel in a month, of which so much is left.
    pub(super) fn buy(
        &mut self,
        bought: &Channel,
        channel: usize,
        place: usize,
        left: f64,
        month: Month,
        brings: &Brings,
    ) {
        let (floor, ceiling) = (prices::floor(bought), prices::ceiling(bought));
        let within = brings.within;
        let useful = self.useful(bought, month, brings);
        if useful <= 0.0 {
            return;
        }
        let sought = match self.aim {
            // What sellers close of it counts.
            Aim::MostRevenue if self.plan.sales.is_empty() => within,
            _ => 0.0,
        };
        let effort = EFFORT * within.max(1.0);
        let variable = self.variable(effort - sought, Limits { most: useful * left, ..Limits::COUNT });
        self.entries.push(Entries { variable, channel, month: place, within });
        for &(segment, within) in &brings.segments {
            if let Some(terms) = self.brought.get_mut(segment) {
                terms.push((variable, within));
            }
        }
        for &(team, later, lands) in &brings.teams {
            if let Some(terms) = self.arrives.get_mut(team).and_then(|months| months.get_mut(later)) {
                terms.push((variable, lands));
            }
        }
        for &(later, leads) in &brings.worked {
            let Some(terms) = self.worked.get_mut(later) else { continue };
            match terms.last_mut() {
                Some((known, sum)) if *known == variable => *sum += leads,
                _ => terms.push((variable, leads)),
            }
        }
        let mut price = 0.0;
        for rung in prices::rungs(bought) {
            let dearer = rung.price - price;
            if dearer <= 0.0 || rung.from >= useful || !rung.has_entries() {
                continue;
            }
            price = rung.price;
            let cost = self.money() * dearer;
            let of_rung = if rung.from > 0.0 {
                let beyond = self.variable(cost, Limits { most: useful * left, ..Limits::COUNT });
                let limits = Limits::at_most(rung.from * left);
                self.row(vec![(variable, 1.0), (beyond, -1.0)], limits, None);
                beyond
            } else {
                if let Some(variable) = self.variables.get_mut(variable) {
                    variable.cost += cost;
                }
                variable
            };
            if let Some(terms) = self.spent.get_mut(place) {
                terms.push((of_rung, dearer));
            }
        }
        let noise = 2.0 * (self.besides() * price + effort);
        self.noise = self.noise.max(noise);
        if floor > 0.0 || ceiling.is_finite() {
            let least = if floor > 0.0 { floor * left } else { f64::NEG_INFINITY };
            let name = Name { limit: Limit::Ceiling(bought.id, month), unit: left, noise: left * noise, due: None };
            let limits = Limits { least, most: ceiling * left, liftable: true };
            self.row(vec![(variable, 1.0)], limits, Some(name));
        }
    }

    /// The rows of all that channels share.
    pub(super) fn end(mut self, leads: &Leads<'_>, work: Option<Work>) -> Option<Mix> {
        let plan = self.plan;
        for (place, (terms, &month)) in std::mem::take(&mut self.spent).into_iter().zip(&leads.months).enumerate() {
            let Some(budget) = plan.spending.budget_of(month) else { continue };
            let left = leads.left(place);
            let most = (budget.major() - plan.spending.other.major()) * left;
            let noise = 2.0 * left * (self.besides() + EFFORT);
            let name = Name { limit: Limit::Budget(month), unit: left, noise, due: None };
            self.row(terms, Limits::at_most(most).liftable(), Some(name));
        }
        let left = work.map_or_else(Vec::new, |work| work.left);
        for ((terms, &month), left) in std::mem::take(&mut self.worked).into_iter().zip(&leads.months).zip(left) {
            let name = Name { limit: Limit::Development(month), unit: 1.0, noise: self.noise, due: None };
            self.row(terms, Limits::at_most(left.max(0.0)).liftable(), Some(name));
        }
        let due_rows = self.sellers(leads);
        self.needs(leads, &due_rows);
        Some(Mix {
            programme: Programme::new(self.variables, self.rows)?,
            aim: self.aim,
            months: leads.months.clone(),
            rest: leads.left(0),
            channels: plan.spending.channels.clone(),
            entries: self.entries,
            closing: self.closing,
            teams: plan.sales.iter().map(|team| team.id).collect(),
            names: self.names,
        })
    }

    /// What each team closes; the row of what it has to, where there is one.
    fn sellers(&mut self, leads: &Leads<'_>) -> Vec<Option<usize>> {
        let plan = self.plan;
        let mut due_rows = Vec::with_capacity(plan.sales.len());
        let Some(&first) = leads.months.first() else { return due_rows };
        let capacities = people::capacities(plan, first, self.months);
        let arrives = std::mem::take(&mut self.arrives);
        for (position, (of_team, capacity)) in arrives.into_iter().zip(capacities).enumerate() {
            let (others, need) = others(plan, leads, position);
            // Up to the end of a month: what is closed, what arrives of channels, and of others.
            let (mut closed, mut arrived, mut other) = (Terms::new(), Terms::new(), 0.0);
            for (month, (terms, capacity)) in of_team.into_iter().zip(capacity).enumerate().skip(leads.start) {
                let sought = if self.aim == Aim::MostRevenue { -1.0 } else { 0.0 };
                // That nobody closes less than nothing is never in the way.
                let variable = self.variable(sought, Limits { most: capacity, ..Limits::COUNT }.liftable());
                self.closing.push(Closing { variable, row: self.rows.len(), team: position, month });
                closed.push((variable, 1.0));
                other += others.get(month).copied().unwrap_or(0.0);
                for (variable, lands) in terms {
                    match arrived.iter_mut().find(|(known, _)| *known == variable) {
                        Some((_, sum)) => *sum -= lands,
                        None => arrived.push((variable, -lands)),
                    }
                }
                let mut terms = closed.clone();
                terms.extend_from_slice(&arrived);
                self.row(terms, Limits::at_most(other), None);
            }
            let due = self.aim == Aim::LeastMoney && need > 0.0;
            due_rows.push(due.then_some(self.rows.len()));
            if due {
                self.row(closed, Limits::at_least(other + need), None);
            }
        }
        due_rows
    }

    /// What each segment is to be brought.
    fn needs(&mut self, leads: &Leads<'_>, due_rows: &[Option<usize>]) {
        if self.aim == Aim::MostRevenue {
            return;
        }
        for (position, terms) in std::mem::take(&mut self.brought).into_iter().enumerate() {
            let Some(segment) = self.plan.segments.get(position) else { break };
            let (need, _) = of_marketing(leads, segment);
            if need > 0.0 {
                let due = self.team_of(position).and_then(|team| due_rows.get(team).copied()).flatten();
                let name = Name { limit: Limit::Need(segment.id), unit: 1.0, noise: 2.0 * EFFORT, due };
                self.row(terms, Limits::at_least(need), Some(name));
            }
        }
    }
}

/// What marketing's new entries must still bring for a segment, and the share that this is of what all new entries must.
fn of_marketing(leads: &Leads<'_>, segment: &Segment) -> (f64, f64) {
    let part = leads.outcome.part(Scope::Segment(segment.id));
    let (mut own, mut all) = (0.0, 0.0);
    for source in &part.sources {
        all += source.bookings;
        if source.source == Source::Marketing {
            own += source.bookings;
        }
    }
    if own > part.target * LITTLE { (own, own / all) } else { (0.0, 0.0) }
}

/// What a team is brought in each month without channels, and what of them in the whole.
fn others(plan: &Plan, leads: &Leads<'_>, team: usize) -> (Vec<f64>, f64) {
    let mut others = vec![0.0; leads.months.len()];
    let mut need = 0.0;
    for segment in &plan.segments {
        if plan.team_of(segment) != Some(team) {
            continue;
        }
        let (own, share) = of_marketing(leads, segment);
        need += own;
        for month in &leads.outcome.part(Scope::Segment(segment.id)).months {
            for (known, sum) in leads.months.iter().zip(&mut others) {
                if *known == month.month {
                    *sum += month.from_open + month.from_new * (1.0 - share);
                }
            }
        }
    }
    (others, need)
}
