//! Three figures are enough.

use leptos::prelude::*;

use super::figure::{money, rate};
use crate::browser::locale;
use crate::plan::{Issue, Place};
use crate::report::number::Kind;
use crate::report::words;
use crate::ui::fields::NumberField;
use crate::ui::workbench::Workbench;

/// Revenue target, average selling price, close rate.
#[component]
pub fn GoalPanel() -> impl IntoView {
    let workbench = expect_context::<Workbench>();
    let kind = Memo::new(move |_| Kind::Money(workbench.read(|plan, _| plan.currency)));
    let symbol = Memo::new(move |_| workbench.read(|plan, _| locale::currency_symbol(plan.currency)));
    let target = Memo::new(move |_| Some(workbench.read(|plan, _| plan.target.thousandths())));
    let asp = Memo::new(move |_| Some(workbench.read(|plan, _| plan.segment.asp.thousandths())));
    let close_rate = Memo::new(move |_| Some(i64::from(workbench.read(|plan, _| plan.close_rate().millionths()))));
    let of_stage = move || {
        workbench.read(|plan, _| {
            format!("of all {} that are created", words::plural(plan, plan.stages.len().saturating_sub(2)))
        })
    };
    let issue = move |place: fn(usize) -> Place| issue_at(workbench, place);
    view! {
        <section class="goal" aria-labelledby="goal-title">
            <h2 id="goal-title">"The goal"</h2>
            <NumberField
                label="Revenue target"
                kind=kind
                value=target
                prefix=symbol
                note="what is to be booked in the period"
                issue=move || issue(|_| Place::Target)
                on_value=move |exact| workbench.type_in(|plan| plan.target = money(exact))
            />
            <NumberField
                label="Average selling price"
                kind=kind
                value=asp
                prefix=symbol
                note="what one won deal brings"
                issue=move || issue(|_| Place::Asp)
                on_value=move |exact| workbench.type_in(|plan| plan.segment.asp = money(exact))
            />
            <NumberField
                label="Close rate"
                kind=Kind::Rate
                value=close_rate
                suffix="%"
                note=of_stage
                issue=move || issue(|last| Place::Rate(last))
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

/// The words for what is not yet right at a place; `place` is given the position of the last step.
fn issue_at(workbench: Workbench, place: fn(usize) -> Place) -> Option<String> {
    workbench.read(|plan, outcome| {
        let place = place(plan.segment.steps.len().saturating_sub(1));
        let issue: Option<&Issue> = outcome.issues.iter().find(|issue| issue.place() == place);
        issue.map(|&issue| words::issue(plan, issue))
    })
}
