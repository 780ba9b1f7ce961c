//! The details of a stage: names, owner, definition, place in the funnel.

use leptos::prelude::*;

use super::stage::Row;
use crate::browser::page;
use crate::plan::{Owner, Place, Plan, Stage, limits};
use crate::report::words;
use crate::ui::desk::Desk;
use crate::ui::fields::{Button, ChoiceField, TextField, look};

/// What is opened below a row.
#[component]
pub fn StageEditor(
    /// The row.
    row: Row,
) -> impl IntoView {
    let workbench = row.desk.workbench;
    let change = move |change: &dyn Fn(&mut Stage)| {
        workbench.type_in(|plan| {
            if let Some(stage) = plan.stage_mut(row.id) {
                change(stage);
            }
        });
    };
    let owners: Vec<_> =
        Owner::ALL.iter().map(|&owner| (words::owner(owner).to_owned(), words::owner(owner).to_owned())).collect();
    let choose_owner = move |chosen: String| {
        if let Some(owner) = Owner::ALL.into_iter().find(|&owner| words::owner(owner) == chosen) {
            workbench.end_typing();
            change(&|stage| stage.owner = owner);
            workbench.end_typing();
        }
    };
    view! {
        <fieldset class="editor">
            <legend class="visually-hidden">{row.naming("The stage ", "")}</legend>
            <div class="pair">
                <TextField
                    label="Name of many"
                    value=row.stage_text(|stage| stage.plural.clone())
                    max_chars=limits::STAGE_NAME_CHARS
                    issue=workbench.issue_at(move |plan| plan.position(row.id).map(Place::StageName))
                    on_value=move |name: String| change(&|stage| stage.plural.clone_from(&name))
                />
                <TextField
                    label="Name of one"
                    value=row.stage_text(|stage| stage.singular.clone())
                    max_chars=limits::STAGE_NAME_CHARS
                    on_value=move |name: String| change(&|stage| stage.singular.clone_from(&name))
                />
            </div>
            <ChoiceField
                label="Owner"
                options=look(move || owners.clone())
                value=row.stage_text(|stage| words::owner(stage.owner).to_owned())
                on_value=choose_owner
            />
            <TextField
                label="Definition"
                value=row.stage_text(|stage| stage.definition.clone())
                max_chars=limits::DEFINITION_CHARS
                note="when both teams count something as one"
                on_value=move |definition: String| change(&|stage| stage.definition.clone_from(&definition))
            />
            <StageActions row=row />
        </fieldset>
    }
}

/// Moving, adding, removing.
#[component]
fn StageActions(row: Row) -> impl IntoView {
    let desk = expect_context::<Desk>();
    let workbench = row.desk.workbench;
    let at = move |change: fn(&mut Plan, usize)| {
        workbench.edit(|plan| {
            if let Some(position) = plan.position(row.id) {
                change(plan, position);
            }
        });
    };
    let unless = move |allowed: fn(usize, usize) -> bool| {
        look(move || !row.read(|position, plan, _| allowed(position, plan.stages.len())))
    };
    let add = move |()| {
        at(|plan, position| plan.insert_stage_after(position, "New stage", "New stages"));
        let added = untrack(|| row.read(|position, plan, _| plan.stages.get(position + 1).map(|stage| stage.id)));
        desk.edit_stage(added);
        page::focus_later(".editor input".to_owned());
    };
    let remove = move |()| {
        let position = untrack(|| row.read(|position, _, _| position));
        desk.edit_stage(None);
        at(Plan::remove_stage);
        page::focus_later(format!(".stages > :nth-child({}) button", position.max(1)));
    };
    // The rows are drawn anew; the key that was pressed can be pressed again, or its opposite where it cannot.
    let move_up = move |()| {
        at(|plan, position| {
            if let Some(above) = position.checked_sub(1) {
                plan.swap_with_next(above);
            }
        });
        page::focus_later(".editor .actions :enabled".to_owned());
    };
    let move_down = move |()| {
        at(Plan::swap_with_next);
        page::focus_later(
            ".editor .actions :nth-child(2):enabled, .editor .actions :nth-child(2):disabled ~ *".to_owned(),
        );
    };
    view! {
        <div class="actions">
            <Button text="Move up" disabled=unless(|position, stages| position > 0 && position + 1 < stages) on_press=move_up />
            <Button text="Move down" disabled=unless(|position, stages| position + 2 < stages) on_press=move_down />
            <Button
                text="Add a stage after it"
                disabled=unless(|position, stages| position + 1 < stages && stages < limits::MAX_STAGES)
                on_press=add
            />
            <Button
                text="Remove"
                disabled=unless(|position, stages| position + 1 < stages && stages > limits::MIN_STAGES)
                on_press=remove
            />
        </div>
    }
}
