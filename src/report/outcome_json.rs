//! The outcome as JSON, for other programs. The README documents the format.

use serde_json::{Value, json};

use crate::engine::{CloseRate, Forward, Need, Obstacle, Outcome};
use crate::plan::{Owner, Plan};
use crate::report::words;

/// Everything that follows from the plan. Volumes and rates carry fractions; amounts are in major units of the currency. The
/// target, which was typed, is exact: a decimal in a text, as in the plan.
pub fn outcome_json(plan: &Plan, outcome: &Outcome) -> Value {
    let stages: Vec<Value> = plan
        .stages
        .iter()
        .zip(&outcome.whole().stages)
        .map(|(stage, figures)| {
            json!({
                "stage": stage.plural,
                "owner": team(stage.owner),
                "needed": need(plan, figures.volume),
                "neededCarried": need(plan, figures.carried),
                "rateToWon": figures.rate_to_won,
                "daysToWon": figures.days_to_won,
                "valueEach": figures.value_each,
                "lastUsefulDate": figures.last_useful.to_string(),
                "window": figures.window.map(|window| json!({
                    "from": window.from.to_string(),
                    "to": window.to.to_string(),
                    "months": window.months(),
                })),
                "perMonth": figures.pace.map(|pace| need(plan, pace)),
                "forward": figures.forward.map(forward),
            })
        })
        .collect();
    let handoffs: Vec<Value> = outcome
        .handoffs
        .iter()
        .map(|handoff| {
            json!({
                "after": plan.stages.get(handoff.stage).map(|stage| stage.plural.as_str()),
                "from": team(handoff.from),
                "to": team(handoff.to),
                "perMonth": outcome.whole().stages.get(handoff.stage).and_then(|stage| stage.pace).map(|pace| need(plan, pace)),
                "worthPerMonth": outcome.whole().stages.get(handoff.stage).and_then(|stage| stage.worth_a_month()).map(|worth| need(plan, worth)),
            })
        })
        .collect();
    let first = outcome.whole().stages.first();
    json!({
        "format": "backcast-outcome",
        "version": 1,
        "currency": plan.currency.code(),
        "target": plan.target.to_string(),
        "headline": plan.stages.get(outcome.headline).map(|stage| stage.plural.as_str()),
        "deals": outcome.whole().stages.last().map(|won| need(plan, won.volume)),
        "pipelineToCreate": need(plan, outcome.whole().pipeline),
        "endToEndRate": first.map(|stage| stage.rate_to_won),
        "totalDays": first.map(|stage| stage.days_to_won),
        "stages": stages,
        "handoffs": handoffs,
        "issues": outcome.issues.iter().map(|&issue| words::issue(plan, issue)).collect::<Vec<_>>(),
    })
}

/// A number, or an object that says what is in the way.
fn need(plan: &Plan, need: Need) -> Value {
    match need {
        Need::Of(figure) => json!(figure),
        Need::OutOfReach(Obstacle::Price) => json!({ "outOfReach": "averageSellingPrice" }),
        Need::OutOfReach(Obstacle::Rate(step)) => {
            json!({ "outOfReach": "rate", "from": plan.stages.get(step).map(|stage| stage.plural.as_str()) })
        }
    }
}

fn forward(forward: Forward) -> Value {
    json!({
        "available": forward.available.get(),
        "wins": forward.wins,
        "revenue": forward.revenue,
        "gap": forward.gap,
        "closeRateForTarget": match forward.close_rate {
            CloseRate::At(rate) | CloseRate::OverOne(rate) => json!(rate),
            CloseRate::None => Value::Null,
        },
    })
}

fn team(owner: Owner) -> &'static str {
    match owner {
        Owner::Marketing => "marketing",
        Owner::SalesDevelopment => "salesDevelopment",
        Owner::Sales => "sales",
    }
}
