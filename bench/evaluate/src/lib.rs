//! The six-stage example plan, evaluated for one target after another.
use backcast::engine::{Need, evaluate};
use backcast::plan::{Lineage, Plan, examples};
use backcast::units::{Date, Money};
use wasm_bindgen::prelude::*;

/// A plan in the memory of WebAssembly.
#[wasm_bindgen]
pub struct Sheet {
    plan: Plan,
}

#[wasm_bindgen]
impl Sheet {
    /// The example of six stages.
    #[wasm_bindgen(constructor)]
    #[expect(clippy::new_without_default, reason = "a constructor for JavaScript")]
    pub fn new() -> Self {
        let today = Date::from_ymd(2026, 11, 22).expect("a day");
        Self { plan: examples::six_stages(Lineage([0; 8]), today) }
    }

    /// What the plan assumes: target, average selling price, first day, last day, as-of day, then rate and days of each step.
    pub fn assumptions(&self) -> Vec<f64> {
        let Plan { target, segment, period, as_of, .. } = &self.plan;
        let days = [period.first_day(), period.last_day(), *as_of].map(|day| f64::from(day.day_number()));
        let steps = segment.steps.iter().flat_map(|step| [step.rate.fraction(), f64::from(step.days.get())]);
        [target.major(), segment.asp.major()].into_iter().chain(days).chain(steps).collect()
    }

    /// Sets the target and gives, for each stage, volume, R, worth of one, last useful day and pace a month; then the pipeline.
    pub fn evaluate(&mut self, target: u32) -> Vec<f64> {
        self.plan.target = Money::from_major(target.into());
        let outcome = evaluate(&self.plan);
        let figure = |need: Need| need.figure().unwrap_or(f64::NAN);
        let stages = outcome.whole().stages.iter().flat_map(|stage| {
            let last = f64::from(stage.last_useful.day_number());
            let pace = stage.pace.map_or(f64::NAN, figure);
            [figure(stage.volume), stage.rate_to_won, stage.value_each, last, pace]
        });
        stages.chain([figure(outcome.whole().pipeline)]).collect()
    }
}
