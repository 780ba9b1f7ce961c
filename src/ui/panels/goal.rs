//! Three figures are enough.

use leptos::prelude::*;

use crate::browser::locale;
use crate::plan::{Place, limits};
use crate::report::number::Kind;
use crate::report::words;
use crate::ui::desk::Desk;
use crate::ui::fields::{NumberField, look};
use crate::units::{Money, Rate};

/// Revenue target, average selling price, close rate.
#[component]
pub fn GoalPanel() -> impl IntoView {
    let workbench = expect_context::<Desk>().workbench;
    let symbol = workbench.text(|plan, _| locale::currency_symbol(plan.currency));
    let of_stage = workbench.text(|plan, _| {
        let of = words::plural(plan, plan.stages.len().saturating_sub(2));
        let is_of_any = plan.stages.len() == limits::MIN_STAGES && of != "opportunities";
        let which = if is_of_any { ", not of opportunities; for those break it down" } else { " that are created" };
        format!("of all {of}{which}")
    });
    view! {
        <section class="goal" aria-label="The goal">
            <h2>"The goal"</h2>
            <NumberField
                label="Revenue target"
                kind=Kind::Money
                value=look(move || Some(workbench.read(|plan, _| plan.target.thousandths())))
                prefix=symbol.clone()
                note="what is to be booked in the period"
                issue=workbench.issue_at(|_| Some(Place::Target))
                on_value=move |exact| workbench.type_in(|plan| plan.target = money(exact))
            />
            <NumberField
                label="Average selling price"
                kind=Kind::Money
                value=look(move || Some(workbench.read(|plan, _| plan.segment.asp.thousandths())))
                prefix=symbol
                note="what one won deal brings"
                issue=workbench.issue_at(|_| Some(Place::Asp))
                on_value=move |exact| workbench.type_in(|plan| plan.segment.asp = money(exact))
            />
            <NumberField
                label="Close rate"
                kind=Kind::Rate
                value=look(move || Some(i64::from(workbench.read(|plan, _| plan.close_rate().millionths()))))
                suffix="%"
                note=of_stage
                issue=workbench.issue_at(|plan| plan.segment.steps.len().checked_sub(1).map(Place::Rate))
                on_value=move |exact| {
                    workbench.type_in(|plan| {
                        if let Some(step) = plan.segment.steps.last_mut() {
                            step.rate = rate(exact);
                        }
                    });
                }
            />
        </section>
    }
}

/// An amount from a field, which never hands on one that is out of range.
fn money(exact: Option<i64>) -> Money {
    exact.and_then(Money::from_thousandths).unwrap_or_default()
}

/// A rate from a field, likewise.
pub fn rate(exact: Option<i64>) -> Rate {
    exact.and_then(|exact| Rate::from_millionths(u32::try_from(exact).ok()?)).unwrap_or_default()
}
