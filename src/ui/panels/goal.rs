//! Three figures are enough.

use leptos::prelude::*;

use crate::browser::locale::{self, Locale};
use crate::plan::{Place, Scope, limits};
use crate::report::number::Kind;
use crate::report::{parts, words};
use crate::ui::desk::Desk;
use crate::ui::fields::{NumberField, look};
use crate::ui::figures;
use crate::units::Money;

/// Revenue target, average selling price, close rate. A part of the plan may leave the last two empty: then it inherits.
#[component]
pub fn GoalPanel() -> impl IntoView {
    let desk = expect_context::<Desk>();
    let workbench = desk.workbench;
    let scope = desk.scope_now();
    let is_part = scope != Scope::Whole;
    let symbol = workbench.text(|plan, _| locale::currency_symbol(plan.currency));
    let of_stage = workbench.text(|plan, _| {
        let of = words::plural(plan, plan.stages.len().saturating_sub(2));
        let is_of_any = plan.stages.len() == limits::MIN_STAGES && of != "opportunities";
        let which = if is_of_any { ", not of opportunities; for those break it down" } else { " that are created" };
        format!("of all {of}{which}")
    });
    let asp = move || {
        workbench.read(|plan, _| {
            let asp = if is_part { plan.own(scope)?.asp } else { Some(plan.base.asp) };
            asp.map(Money::thousandths)
        })
    };
    let close_rate = move || {
        workbench.read(|plan, _| {
            let last = plan.base.steps.len().checked_sub(1)?;
            let own = plan.own_step(scope, last).and_then(|own| own.rate).map(|(rate, _)| rate);
            let rate = if is_part { own } else { Some(plan.close_rate()) };
            rate.map(|rate| i64::from(rate.millionths()))
        })
    };
    let inherited_asp = workbench.text(move |plan, _| {
        if is_part { Kind::Money.show(plan.asp_in(scope).thousandths(), &Locale) } else { String::new() }
    });
    let inherited_rate = workbench.text(move |plan, _| {
        let step = plan.base.steps.len().checked_sub(1).and_then(|last| plan.step_in(scope, last)).filter(|_| is_part);
        step.map(|step| Kind::Rate.show(step.rate.millionths().into(), &Locale)).unwrap_or_default()
    });
    view! {
        <section class="goal" aria-label="The goal">
            <h2>"The goal"</h2>
            <NumberField
                label="Revenue target"
                kind=Kind::Money
                value=look(move || Some(workbench.read(|plan, _| plan.target.thousandths())))
                prefix=symbol.clone()
                note=workbench.text(|plan, _| parts::target_note(plan.revenue.kind).to_owned())
                issue=workbench.issue_at(|_| Some(Place::Target))
                on_value=move |exact| workbench.type_in(|plan| plan.target = figures::money(exact).unwrap_or_default())
            />
            <NumberField
                label="Average selling price"
                kind=Kind::Money
                value=look(asp)
                optional=is_part
                placeholder=inherited_asp
                prefix=symbol
                note="what one won deal brings"
                issue=workbench.issue_at(|_| Some(Place::Asp))
                on_value=move |exact| workbench.type_in(|plan| plan.set_asp(scope, figures::money(exact)))
            />
            <NumberField
                label="Close rate"
                kind=Kind::Rate
                value=look(close_rate)
                optional=is_part
                placeholder=inherited_rate
                suffix="%"
                note=of_stage
                issue=workbench.issue_at(|plan| plan.base.steps.len().checked_sub(1).map(Place::Rate))
                on_value=move |exact| {
                    workbench.type_in(|plan| {
                        if let Some(last) = plan.base.steps.len().checked_sub(1) {
                            plan.set_rate(scope, last, figures::rate(exact));
                        }
                    });
                }
            />
        </section>
    }
}
