//! Three figures are enough.

use leptos::prelude::*;

use super::form::{self, At, Field, Said, What};
use crate::plan::{Place, Plan, Scope, limits};
use crate::report::number::Kind;
use crate::report::{parts, words};
use crate::ui::desk::Desk;
use crate::ui::figures;
use crate::ui::markup::view;
use crate::units::Money;

/// Revenue target, average selling price, close rate. A part of the plan may leave the last two empty: then it inherits.
#[component]
pub fn GoalPanel() -> impl IntoView {
    let at = At { scope: Desk::get().scope_now(), ..At::PLAN };
    view! {
        <section class="goal" aria-label="The goal">
            <h2>"The goal"</h2>
            {form::column(&GOAL, at, "")}
        </section>
    }
}

const GOAL: [Field; 3] = [
    Field {
        label: Said::As("Revenue target"),
        note: Said::Of(|plan, _| parts::target_note(plan.revenue.kind).to_owned()),
        place: Some(|_, _| Some(Place::Target)),
        what: What::Figure(
            Kind::Money,
            |plan, _| Some(plan.target.thousandths()),
            |plan, _, exact| plan.target = figures::money(exact).unwrap_or_default(),
            None,
        ),
    },
    Field {
        label: Said::As("Average selling price"),
        note: Said::As("what one won deal brings"),
        place: Some(|_, _| Some(Place::Asp)),
        what: What::Figure(
            Kind::Money,
            |plan, at| match at.scope {
                Scope::Whole => Some(plan.base.asp.thousandths()),
                scope => plan.own(scope)?.asp.map(Money::thousandths),
            },
            |plan, at, exact| plan.set_asp(at.scope, figures::money(exact)),
            Some(|plan, at| form::inherits(at).then(|| form::shown(Kind::Money, plan.asp_in(at.scope).thousandths()))),
        ),
    },
    Field {
        label: Said::As("Close rate"),
        note: Said::Of(|plan, _| {
            let of = words::plural(plan, last_step(plan).unwrap_or(0));
            let is_of_any = plan.stages.len() == limits::MIN_STAGES && of != "opportunities";
            let which = if is_of_any { ", not of opportunities; for those break it down" } else { " that are created" };
            format!("of all {of}{which}")
        }),
        place: Some(|plan, _| last_step(plan).map(Place::Rate)),
        what: What::Figure(
            Kind::Rate,
            |plan, at| match at.scope {
                Scope::Whole => Some(plan.close_rate().millionths().into()),
                scope => Some(plan.own_step(scope, last_step(plan)?)?.rate?.0.millionths().into()),
            },
            |plan, at, exact| {
                if let Some(last) = last_step(plan) {
                    plan.set_rate(at.scope, last, figures::rate(exact));
                }
            },
            Some(|plan, at| {
                let step = last_step(plan).and_then(|last| plan.step_in(at.scope, last));
                form::inherits(at).then(|| step.map(|step| form::shown(Kind::Rate, step.rate.millionths())))?
            }),
        ),
    },
];

fn last_step(plan: &Plan) -> Option<usize> {
    plan.base.steps.len().checked_sub(1)
}
