//! The details of a stage: names, owner, definition, place in the funnel.

use leptos::prelude::*;

use super::form::{self, At, Field, SILENT, Said, What};
use super::stage::Row;
use crate::browser::page;
use crate::plan::{Owner, Place, Plan, Stage, limits};
use crate::report::words;
use crate::ui::desk::Desk;
use crate::ui::fields::{Button, look, owned};
use crate::ui::markup::view;

/// What is opened below a row.
#[component]
pub fn StageEditor(
    /// The row.
    row: Row,
) -> impl IntoView {
    let at = At { id: row.id, ..At::PLAN };
    view! {
        <div class="editor" role="group" aria-label=row.naming("The stage ", "")>
            <div class="pair">{form::column(&NAMES, at, "")}</div>
            {form::column(&DETAILS, at, "")}
            <StageActions row=row />
        </div>
    }
}

const NAMES: [Field; 2] = [
    Field {
        label: Said::As("Name of many"),
        note: SILENT,
        place: Some(|plan, at| plan.position(at.id).map(Place::StageName)),
        what: What::Text(
            limits::STAGE_NAME_CHARS,
            |plan, at| of(plan, at, |stage| stage.plural.clone()),
            |plan, at, name| change(plan, at, |stage| stage.plural = name),
        ),
    },
    Field {
        label: Said::As("Name of one"),
        note: SILENT,
        place: None,
        what: What::Text(
            limits::STAGE_NAME_CHARS,
            |plan, at| of(plan, at, |stage| stage.singular.clone()),
            |plan, at, name| change(plan, at, |stage| stage.singular = name),
        ),
    },
];

const DETAILS: [Field; 2] = [
    Field {
        label: Said::As("Owner"),
        note: SILENT,
        place: None,
        what: What::Word(
            |_, _| owned(&Owner::ALL.map(words::owner)),
            |plan, at| of(plan, at, |stage| Owner::ALL.iter().position(|&owner| owner == stage.owner).unwrap_or(0)),
            |plan, at, place| {
                let owner = Owner::ALL.get(place).copied();
                change(plan, at, |stage| stage.owner = owner.unwrap_or(stage.owner));
            },
        ),
    },
    Field {
        label: Said::As("Definition"),
        note: Said::As("when both teams count something as one"),
        place: None,
        what: What::Text(
            limits::DEFINITION_CHARS,
            |plan, at| of(plan, at, |stage| stage.definition.clone()),
            |plan, at, definition| change(plan, at, |stage| stage.definition = definition),
        ),
    },
];

fn of<T: Default>(plan: &Plan, at: At, look: fn(&Stage) -> T) -> T {
    plan.position(at.id).and_then(|position| plan.stages.get(position)).map(look).unwrap_or_default()
}

fn change(plan: &mut Plan, at: At, change: impl FnOnce(&mut Stage)) {
    if let Some(stage) = plan.stage_mut(at.id) {
        change(stage);
    }
}

/// Moving, adding, removing.
#[component]
fn StageActions(row: Row) -> impl IntoView {
    let desk = Desk::get();
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
