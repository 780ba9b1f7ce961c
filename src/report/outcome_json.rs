//! The outcome as JSON, for other programs. The README documents the format.

use serde_json::{Value, json};

mod people;

use crate::engine::{self, CloseRate, Forward, Handoff, Need, Obstacle, Outcome, Part, StageOutcome, money};
use crate::plan::{Owner, Plan, Scope, Source, Stage};
use crate::report::words;

/// Everything that follows from the plan. Volumes and rates carry fractions; amounts are in major units of the currency. The
/// target, which was typed, is exact: a decimal in a text, as in the plan.
///
/// What follows for the whole stands at the top; segments and sources have the same fields.
pub fn outcome_json(plan: &Plan, outcome: &Outcome) -> Value {
    let whole = outcome.whole();
    let at = |handoff: &Handoff| whole.stages.get(handoff.stage);
    let handoffs: Vec<Value> = outcome
        .handoffs
        .iter()
        .map(|handoff| {
            json!({
                "after": plan.stages.get(handoff.stage).map(|stage| stage.plural.as_str()),
                "from": team(handoff.from),
                "to": team(handoff.to),
                "perMonth": at(handoff).and_then(|stage| stage.pace).map(|pace| need(plan, pace)),
                "worthPerMonth": at(handoff).and_then(|stage| stage.worth_a_month).map(|worth| need(plan, worth)),
            })
        })
        .collect();
    let (mut segments, mut sources) = (Vec::new(), Vec::new());
    for one in &outcome.parts {
        match one.scope {
            Scope::Whole => {}
            Scope::Segment(id) => {
                let name = plan.segment(id).map(|segment| segment.name.as_str());
                segments.push(with(part(plan, one), json!({ "segment": name, "id": id.0 })));
            }
            Scope::Source(source) => sources.push(with(part(plan, one), json!({ "source": source_name(source) }))),
        }
    }
    let people = engine::people(plan, outcome);
    let development = engine::development(plan, outcome);
    let issues = outcome.issues.iter().chain(people.iter().flat_map(|people| &people.issues));
    let issues = issues.chain(development.iter().flat_map(|development| &development.issues));
    let issues: Vec<String> = issues.map(|&issue| words::issue(plan, issue)).collect();
    let top = json!({
        "format": "backcast-outcome",
        "version": 1,
        "currency": plan.currency.code(),
        "target": plan.target.to_string(),
        "newBusiness": outcome.goal.new_business.to_string(),
        "kept": outcome.goal.kept,
        "grown": outcome.goal.grown,
        "headline": plan.stages.get(outcome.headline).map(|stage| stage.plural.as_str()),
        "handoffs": handoffs,
        "segments": segments,
        "sources": sources,
        "people": people.as_ref().map(|people| people::sellers(plan, people)),
        "salesDevelopment": development.as_ref().map(|known| people::development(plan, known)),
        "money": money::spend(plan, outcome).as_ref().map(|spend| people::money(plan, spend)),
        "issues": issues,
    });
    with(part(plan, whole), top)
}

/// Both objects in one; what stands in both is as the second has it.
fn with(mut one: Value, other: Value) -> Value {
    if let (Value::Object(all), Value::Object(more)) = (&mut one, other) {
        all.extend(more);
    }
    one
}

/// What follows for the whole, a segment or a source.
fn part(plan: &Plan, part: &Part) -> Value {
    let first = part.stages.first().filter(|stage| stage.is_passed);
    let stages: Vec<Value> =
        plan.stages.iter().zip(&part.stages).map(|(stage, figures)| stage_json(plan, stage, figures)).collect();
    let months: Vec<Value> = part
        .months
        .iter()
        .map(|month| {
            json!({
                "month": month.month.to_string(),
                "due": month.due,
                "fromOpen": month.from_open,
                "fromNew": month.from_new,
                "entries": month.entries,
            })
        })
        .collect();
    json!({
        "target": part.target,
        "toGo": part.togo,
        "deals": part.stages.last().map(|won| need(plan, won.volume)),
        "pipelineToCreate": need(plan, part.pipeline),
        "closeRate": part.close_rate,
        "endToEndRate": first.map(|stage| stage.rate_to_won),
        "totalDays": first.map(|stage| stage.days_to_won),
        "comesBack": part.comes_back,
        "booked": part.progress.booked,
        "open": part.progress.open,
        "openExpected": part.progress.expected,
        "openOpportunities": part.progress.opportunities,
        "coverage": part.progress.coverage,
        "behind": part.behind,
        "lost": part.lost,
        "firstShort": part.first_short.map(|month| month.to_string()),
        "fallsBehind": part.falls_behind,
        "stages": stages,
        "months": months,
    })
}

fn stage_json(plan: &Plan, stage: &Stage, figures: &StageOutcome) -> Value {
    let passed = |value: Value| if figures.is_passed { value } else { Value::Null };
    json!({
        "stage": stage.plural,
        "owner": team(stage.owner),
        "needed": need(plan, figures.volume),
        "neededCarried": need(plan, figures.carried),
        "isPassed": figures.is_passed,
        "rateToWon": passed(figures.rate_to_won.into()),
        "rateToNext": passed(figures.rate_to_next.into()),
        "daysToWon": passed(figures.days_to_won.into()),
        "winsEach": figures.wins_each,
        "valueEach": figures.value_each,
        "lastUsefulDate": passed(figures.last_useful.to_string().into()),
        "earliestLastUsefulDate": passed(figures.earliest_last_useful.to_string().into()),
        "window": figures.window.map(|window| json!({
            "from": window.from.to_string(),
            "to": window.to.to_string(),
            "months": window.months(),
        })),
        "perMonth": figures.pace.map(|pace| need(plan, pace)),
        "overdue": figures.overdue,
        "shouldBeOpen": figures.should_be_open,
        "open": figures.open,
        "forward": figures.forward.map(forward),
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

/// As in the plan's JSON.
fn source_name(source: Source) -> &'static str {
    match source {
        Source::Marketing => "marketing",
        Source::SalesDevelopment => "salesDevelopment",
        Source::Sellers => "sellers",
        Source::Partners => "partners",
        Source::Customers => "customers",
    }
}
