//! A plan, evaluated for one target after another.
use backcast::codec::plan_from_json;
use backcast::engine::mix::{Aim, programme};
use backcast::engine::{Need, Outcome, Part, development, evaluate, money, people};
use backcast::plan::Plan;
use backcast::units::Money;
use wasm_bindgen::prelude::*;

/// A plan in the memory of WebAssembly.
#[wasm_bindgen]
pub struct Planner {
    plan: Plan,
}

#[wasm_bindgen]
impl Planner {
    /// Of a plan as JSON.
    #[wasm_bindgen(constructor)]
    pub fn new(json: &str) -> Self {
        Self { plan: plan_from_json(json).expect("a plan") }
    }

    /// Sets the target and works everything out.
    fn outcome(&mut self, target: u32) -> Outcome {
        self.plan.target = Money::from_major(target);
        evaluate(&self.plan)
    }

    /// The same; of all figures only one is read.
    pub fn evaluate(&mut self, target: u32) -> f64 {
        figure(self.outcome(target).whole().pipeline)
    }

    /// The same; every figure is read that the sheet has, in its order.
    pub fn figures(&mut self, target: u32) -> Vec<f64> {
        let outcome = self.outcome(target);
        let mut figures = Vec::new();
        for part in &outcome.parts {
            read(part, &mut figures);
        }
        figures
    }

    /// Sets the target and works out what the page of people and money says: all that brings, how much of it is closed, what is
    /// spent, how many leads are worked; not a number where that is not said.
    pub fn page(&mut self, target: u32) -> Vec<f64> {
        let outcome = self.outcome(target);
        let people = people(&self.plan, &outcome);
        let spend = money::spend(&self.plan, &outcome);
        let development = development(&self.plan, &outcome);
        let said = [
            people.as_ref().map(|people| people.all.brings),
            people.as_ref().map(|people| people.all.closes),
            development.map(|development| development.worked),
            spend.as_ref().map(|spend| spend.marketing),
            spend.as_ref().map(|spend| spend.buys.channels),
        ];
        said.map(|figure| figure.unwrap_or(f64::NAN)).to_vec()
    }

    /// The heads that all teams together are told to hire.
    pub fn hires(&mut self, target: u32) -> u32 {
        let outcome = self.outcome(target);
        let teams = people(&self.plan, &outcome).map_or(Vec::new(), |people| people.teams);
        teams.iter().flat_map(|team| &team.hires).map(|&(_, heads)| heads).sum()
    }

    /// The best mix as the solver is sent it: the most revenue, or else the least money.
    pub fn mix(&self, most: bool) -> Vec<f64> {
        let aim = if most { Aim::MostRevenue } else { Aim::LeastMoney };
        programme(&self.plan, &evaluate(&self.plan), aim).expect("a mix").numbers()
    }
}

/// Days from the beginning of a spreadsheet's time, 30 December 1899, to that of the planner's, 1970.
const SERIAL: i32 = 25_569;

fn read(part: &Part, figures: &mut Vec<f64>) {
    for (position, stage) in part.stages.iter().enumerate().filter(|(_, stage)| stage.is_passed) {
        let last_useful = f64::from(stage.last_useful.day_number() + SERIAL);
        figures.extend([figure(stage.carried), stage.rate_to_won, stage.value_each, last_useful]);
        figures.extend(part.months.iter().filter_map(|month| month.entries.get(position)));
    }
    figures.push(figure(part.pipeline));
    figures.extend(part.sources.iter().flat_map(|source| [source.bookings, figure(source.pipeline)]));
    figures.extend(part.months.iter().map(|month| month.due));
}

fn figure(need: Need) -> f64 {
    need.figure().unwrap_or(f64::NAN)
}
