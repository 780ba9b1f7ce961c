//! The details of a stage: names, owner, definition, place in the funnel.

use leptos::prelude::*;

use super::stage::Row;
use crate::plan::{ItemId, Owner, Place, Plan, Stage, limits};
use crate::report::words;
use crate::ui::fields::{ChoiceField, TextField};
use crate::ui::workbench::Workbench;

/// What is opened below a row.
#[component]
pub fn StageEditor(
    /// The row.
    row: Row,
    /// The stage whose details are open.
    open: RwSignal<Option<ItemId>>,
) -> impl IntoView {
    let workbench = expect_context::<Workbench>();
    let text = move |part: fn(&Stage) -> &String| {
        row.read(|position, plan, _| plan.stages.get(position).map(|stage| part(stage).clone()).unwrap_or_default())
    };
    let change = move |change: &mut dyn FnMut(&mut Stage)| {
        workbench.type_in(|plan| {
            if let Some(stage) = plan.stage_mut(row.id) {
                change(stage);
            }
        });
    };
    let issue = move || {
        row.read(|position, plan, outcome| {
            let issue = outcome.issues.iter().find(|issue| issue.place() == Place::StageName(position))?;
            Some(words::issue(plan, *issue))
        })
    };
    let owners: Vec<_> =
        Owner::ALL.iter().map(|&owner| (words::owner(owner).to_owned(), words::owner(owner).to_owned())).collect();
    view! {
        <fieldset class="editor">
            <legend class="visually-hidden">{move || format!("The stage {}", row.plural())}</legend>
            <div class="pair">
                <TextField
                    label="Many are called"
                    value=move || text(|stage| &stage.plural)
                    max_chars=limits::STAGE_NAME_CHARS
                    issue=issue
                    on_value=move |name: String| change(&mut |stage| stage.plural.clone_from(&name))
                />
                <TextField
                    label="One is called"
                    value=move || text(|stage| &stage.singular)
                    max_chars=limits::STAGE_NAME_CHARS
                    on_value=move |name: String| change(&mut |stage| stage.singular.clone_from(&name))
                />
            </div>
            <ChoiceField
                label="Owner"
                options=owners
                value=move || row.read(|position, plan, _| plan.stages.get(position).map(|stage| words::owner(stage.owner).to_owned()).unwrap_or_default())
                on_value=move |chosen: String| {
                    if let Some(owner) = Owner::ALL.into_iter().find(|&owner| words::owner(owner) == chosen) {
                        workbench.end_typing();
                        change(&mut |stage| stage.owner = owner);
                        workbench.end_typing();
                    }
                }
            />
            <TextField
                label="Definition"
                value=move || text(|stage| &stage.definition)
                max_chars=limits::DEFINITION_CHARS
                note="when both teams count something as one"
                on_value=move |definition: String| change(&mut |stage| stage.definition.clone_from(&definition))
            />
            <StageActions row=row open=open />
        </fieldset>
    }
}

/// Moving, adding, removing.
#[component]
fn StageActions(row: Row, open: RwSignal<Option<ItemId>>) -> impl IntoView {
    let workbench = expect_context::<Workbench>();
    let stages = move || workbench.read(|plan, _| plan.stages.len());
    let is_lowest = move || row.position() + 2 >= stages();
    let is_full = move || row.is_last() || stages() >= limits::MAX_STAGES;
    let is_needed = move || row.is_last() || stages() <= limits::MIN_STAGES;
    let at = move |change: fn(&mut Plan, usize)| {
        workbench.edit(|plan| {
            if let Some(position) = plan.position(row.id) {
                change(plan, position);
            }
        });
    };
    let add = move |_| {
        at(|plan, position| plan.insert_stage_after(position, "New stage", "New stages"));
        let added = workbench.read(|plan, _| plan.stages.get(row.position() + 1).map(|stage| stage.id));
        open.set(added);
    };
    let remove = move |_| {
        open.set(None);
        at(Plan::remove_stage);
    };
    view! {
        <div class="actions">
            <button type="button" disabled=move || row.position() == 0 || row.is_last() on:click=move |_| at(|plan, position| {
                if let Some(above) = position.checked_sub(1) {
                    plan.swap_with_next(above);
                }
            })>"Move up"</button>
            <button type="button" disabled=is_lowest on:click=move |_| at(Plan::swap_with_next)>
                "Move down"
            </button>
            <button type="button" disabled=is_full on:click=add>
                "Add a stage after it"
            </button>
            <button type="button" disabled=is_needed on:click=remove>
                "Remove"
            </button>
        </div>
    }
}
