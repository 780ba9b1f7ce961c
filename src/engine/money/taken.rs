//! What people can take of what comes together: sales development works leads, sellers close deals.

use crate::engine::capacity;
use crate::engine::money::leads::{Brought, Leads, Way};
use crate::engine::{development, people};
use crate::plan::{Channel, Plan, Scope, Source};

/// What comes together for the period when what is planned is bought, month by month.
pub(super) struct Coming {
    /// Who works leads; `None`: nobody has to.
    work: Option<Work>,
    /// Leads of channels that come to be worked.
    leads: Vec<f64>,
    /// Bookings of channels, by segment: of leads that have to be worked, and of others.
    worked: Vec<Vec<f64>>,
    direct: Vec<Vec<f64>>,
}

impl Coming {
    /// Nothing is bought yet.
    pub(super) fn new(plan: &Plan, leads: &Leads<'_>) -> Self {
        let months = leads.months.len();
        let nothing = vec![vec![0.0; months]; plan.segments.len()];
        Self { work: Work::new(plan, leads), leads: vec![0.0; months], worked: nothing.clone(), direct: nothing }
    }

    /// Adds what leads of a channel bring that go one way, so many in each month.
    pub(super) fn add(&mut self, leads: &mut Leads<'_>, channel: &Channel, way: &Way, bought: &[f64], lands: &[f64]) {
        let partly = self.work.as_ref().and_then(|work| leads.up_to(channel, way, work.stage));
        let of_channels = if partly.is_some() { &mut self.worked } else { &mut self.direct };
        if let Some(months) = of_channels.get_mut(way.segment) {
            add(months, lands);
        }
        let Some(partly) = partly else { return };
        let mut comes = Brought::default();
        for (place, &of_month) in bought.iter().enumerate() {
            leads.land(std::slice::from_ref(&partly), place, of_month, &mut comes);
        }
        add(&mut self.leads, &comes.lands);
    }

    /// What people take of what comes together: all but what comes of leads that nobody works by the last date on which they count, and
    /// deals that wait for a seller at the end. Leads of other sources and what is open go first. All of it where nobody is planned to
    /// work leads or to sell.
    ///
    /// An estimate: of what the leads of channels bring, the share that is worked is brought, whichever wait; what other sources bring
    /// lands in each segment alike in time.
    pub(super) fn taken(&self, plan: &Plan, leads: &Leads<'_>) -> Taken {
        let mut result = Taken { beyond: 0.0, new: vec![0.0; plan.segments.len()] };
        let Some(&first) = leads.months.first() else { return result };
        let share = self.share(leads);
        let mut capacities = people::capacities(plan, first, leads.months.len());
        // Segments without a team: nobody has said who sells.
        capacities.push(vec![f64::INFINITY; leads.months.len()]);
        let mut teams = vec![(Vec::new(), Vec::<Vec<f64>>::new()); capacities.len()];
        let mut comes = vec![0.0; plan.segments.len()];
        let mut existing = Vec::with_capacity(plan.segments.len());
        for (position, segment) in plan.segments.iter().enumerate() {
            let (mut arrives, of_customers) = others(plan, leads, position);
            existing.push(of_customers);
            let sum = comes.get_mut(position);
            let mut all = 0.0;
            for (place, arrives) in arrives.iter_mut().enumerate().skip(leads.start) {
                let of = |months: &[Vec<f64>]| months.get(position).and_then(|months| months.get(place)).copied();
                let (worked, direct) = (of(&self.worked).unwrap_or(0.0), of(&self.direct).unwrap_or(0.0));
                all += *arrives + worked + direct;
                *arrives += worked * share + direct;
            }
            if let Some(sum) = sum {
                *sum = all;
            }
            let team = plan.team_of(segment).unwrap_or(plan.sales.len());
            if let Some((positions, of_team)) = teams.get_mut(team) {
                positions.push(position);
                of_team.push(arrives.split_off(leads.start.min(arrives.len())));
            }
        }
        for ((positions, arrives), capacity) in teams.iter().zip(&capacities) {
            let arrives: Vec<&[f64]> = arrives.iter().map(Vec::as_slice).collect();
            let closed = capacity::closed(&arrives, capacity.get(leads.start..).unwrap_or(&[]));
            for (&position, months) in positions.iter().zip(&closed) {
                let mut closes = 0.0;
                for month in months {
                    closes += month.closes;
                }
                let comes = comes.get(position).copied().unwrap_or(0.0);
                // Less is the float's.
                if comes - closes > comes * 1e-9 {
                    result.beyond += comes - closes;
                }
                let of_customers = existing.get(position).copied().unwrap_or(0.0);
                if let Some(new) = result.new.get_mut(position).filter(|_| comes > 0.0) {
                    *new = closes * (1.0 - of_customers / comes);
                }
            }
        }
        result
    }

    /// The share of the leads of channels that is worked, of those that come until their last useful date, in whole months.
    fn share(&self, leads: &Leads<'_>) -> f64 {
        let Some(work) = &self.work else { return 1.0 };
        let last_useful = leads.outcome.whole().stages.get(work.stage).map(|stage| stage.last_useful);
        let (mut comes, mut worked) = (0.0, 0.0);
        for (month, of_month) in leads.months.iter().zip(capacity::closed(&[&self.leads], &work.left).iter().flatten())
        {
            if last_useful.is_none_or(|last| month.first_day() <= last) {
                comes += of_month.arrives;
                worked += of_month.closes;
            }
        }
        if comes > 0.0 { (worked / comes).min(1.0) } else { 1.0 }
    }
}

/// What people take. Amounts in major units.
pub(super) struct Taken {
    /// The bookings of the period that they cannot take.
    pub(super) beyond: f64,
    /// By segment: the bookings of the period that they close and that new customers bring.
    pub(super) new: Vec<f64>,
}

/// What sales development has time for.
pub(in crate::engine) struct Work {
    /// The stage whose entries it works.
    pub(in crate::engine) stage: usize,
    /// The leads of channels that it can work in each month at most: those of other sources go first.
    pub(in crate::engine) left: Vec<f64>,
}

impl Work {
    /// `None` when nobody works leads, or what they work is won already.
    pub(in crate::engine) fn new(plan: &Plan, leads: &Leads<'_>) -> Option<Self> {
        let stage = development::worked_stage(plan);
        let first = leads.months.first().filter(|_| stage + 1 < plan.stages.len())?;
        let most = development::capacities(plan, *first, leads.months.len())?;
        let mut others = vec![0.0; most.len()];
        for part in &leads.outcome.parts {
            let Scope::Source(source) = part.scope else { continue };
            if source == Source::Marketing || plan.entry(source) > stage {
                continue;
            }
            for month in &part.months {
                for (known, sum) in leads.months.iter().zip(&mut others) {
                    if *known == month.month {
                        *sum += month.entries.get(stage).copied().unwrap_or(0.0);
                    }
                }
            }
        }
        let mut left = most.clone();
        for (left, of_month) in left.iter_mut().zip(capacity::closed(&[&others], &most).iter().flatten()) {
            *left -= of_month.closes;
        }
        Some(Self { stage, left })
    }
}

/// What comes to a segment in each month of what is open and of other sources than marketing; and what of it in the period is more
/// business with existing customers.
fn others(plan: &Plan, leads: &Leads<'_>, position: usize) -> (Vec<f64>, f64) {
    let mut others = vec![0.0; leads.months.len()];
    let Some(segment) = plan.segments.get(position) else { return (others, 0.0) };
    let part = leads.outcome.part(Scope::Segment(segment.id));
    let (mut own, mut existing, mut all) = (0.0, 0.0, 0.0);
    for source in &part.sources {
        all += source.bookings;
        if source.source != Source::Marketing {
            own += source.bookings;
        }
        if source.source == Source::Customers {
            existing += source.bookings;
        }
    }
    let (share, existing) = if all > 0.0 { (own / all, existing / all) } else { (0.0, 0.0) };
    let mut of_customers = 0.0;
    for month in &part.months {
        for (place, (known, sum)) in leads.months.iter().zip(&mut others).enumerate() {
            if *known == month.month {
                *sum += month.from_open + month.from_new * share;
                of_customers += if place >= leads.start { month.from_new * existing } else { 0.0 };
            }
        }
    }
    (others, of_customers)
}

fn add(sums: &mut [f64], more: &[f64]) {
    for (sum, more) in sums.iter_mut().zip(more) {
        *sum += more;
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::evaluate;
    use crate::engine::money::spend;
    use crate::plan::{Channel, Lineage, Plan, examples};
    use crate::units::{Count, Date, Factor, Money, Rate};

    /// So many leads a month for a plan of 2027 that speaks from its first day: 20 % are won after 90 days, at 20,000.
    fn plan(leads: u64) -> Plan {
        let mut plan = examples::three_figures(Lineage([1; 8]), Date::parse_iso("2026-11-22").unwrap());
        plan.as_of = plan.period.first_day();
        let mut channel = Channel::new(plan.new_id(), "Search");
        channel.buys = Count::new(leads).unwrap();
        plan.spending.channels.push(channel);
        plan
    }

    /// What channels bring in the period, and what of it people take.
    fn taken(plan: &Plan) -> [f64; 2] {
        let buys = spend(plan, &evaluate(plan)).unwrap().buys;
        [buys.channels, buys.open + buys.others + buys.channels - buys.beyond]
    }

    #[track_caller]
    fn near(actual: [f64; 2], expected: [f64; 2]) {
        for (actual, expected) in actual.into_iter().zip(expected) {
            assert!((actual - expected).abs() < 1e-9 * expected.max(1.0), "{actual} is not {expected}");
        }
    }

    #[test]
    fn more_leads_than_sellers_close_win_no_more() {
        let mut plan = plan(200);
        let [brings, takes] = taken(&plan);
        near([takes, 0.0], [brings, 0.0]);
        plan.add_team();
        plan.sales[0].heads = Count::new(3).unwrap();
        plan.sales[0].quota = Money::from_major(400_000);
        // From April on 100,000 a month.
        near(taken(&plan), [brings, 900_000.0]);
        plan.spending.channels[0].buys = Count::new(4_000).unwrap();
        near(taken(&plan), [20.0 * brings, 900_000.0]);
        plan.spending.channels[0].buys = Count::new(10).unwrap();
        let [few, takes] = taken(&plan);
        near([few, takes], [brings / 20.0, brings / 20.0]);
    }

    #[test]
    fn more_leads_than_can_be_worked_win_no_more() {
        let mut plan = plan(100);
        let [brings, _] = taken(&plan);
        // 40 minutes a lead: twelve a working day, of which there are 5 of 7 in ten months, up to 2 October.
        plan.development.heads = Count::new(1).unwrap();
        near(taken(&plan), [brings, brings]);
        // 2,606 of what would otherwise be 1,000 leads in time.
        let most = 304.0 * 5.0 / 7.0 * 12.0 / 1_000.0 * brings;
        for (times, leads) in [(10.0, 1_000), (40.0, 4_000)] {
            plan.spending.channels[0].buys = Count::new(leads).unwrap();
            near(taken(&plan), [times * brings, most]);
        }
        // Who enters behind the stage need not be worked.
        plan.insert_stage_after(0, "Opportunity", "Opportunities");
        plan.base.steps[1].rate = Rate::ONE;
        plan.spending.channels[0].entry = Some(plan.stages[1].id);
        plan.development.works = Some(plan.stages[0].id);
        let [brings, takes] = taken(&plan);
        near([takes, 0.0], [brings, 0.0]);
    }

    #[test]
    fn other_sources_go_first() {
        let mut plan = plan(10);
        plan.sources[0].share = Rate::ZERO;
        plan.sources[3].share = Rate::ONE;
        let [brings, all] = taken(&plan);
        assert!(brings > 300_000.0 && all > 2.0 * brings, "{brings} {all}");
        plan.development.heads = Count::new(1).unwrap();
        plan.development.minutes = Factor::from_millionths(60_000_000).unwrap();
        // Eight hours a lead: a lead a working day, all of which the other source takes.
        let [same, fewer] = taken(&plan);
        near([same, fewer], [brings, all - brings]);
    }
}
