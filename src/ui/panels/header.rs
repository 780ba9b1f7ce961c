//! The bar: which plan, whether it is stored, and what can be done with it.

use leptos::prelude::*;

use crate::browser::locale;
use crate::library::NotSaved;
use crate::plan::limits;
use crate::ui::desk::{Desk, Status};
use crate::ui::dialog::{Dialogs, Showing};
use crate::ui::fields::TextField;
use crate::ui::workbench::Workbench;

/// The bar at the top.
#[component]
pub fn Header() -> impl IntoView {
    let workbench = expect_context::<Workbench>();
    let dialogs = expect_context::<Dialogs>();
    let opens = move |showing: Showing, name: &'static str| {
        view! {
            <button type="button" aria-haspopup="dialog" class:primary=showing == Showing::Share on:click=move |_| dialogs.open(showing.clone())>
                {name}
            </button>
        }
    };
    view! {
        <header class="bar">
            <span class="mark">
                <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">
                    <path d="M2 3h16l-6 7v7l-4-2v-5z" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linejoin="round"></path>
                </svg>
                <span>"Backcast"</span>
            </span>
            <TextField
                label="Plan name"
                value=move || workbench.read(|plan, _| plan.name.clone())
                max_chars=limits::NAME_CHARS
                compact=true
                on_value=move |name: String| workbench.type_in(|plan| plan.name = name)
            />
            <Chip />
            <span class="grow"></span>
            <span class="buttons">
                <button type="button" class="quiet" aria-label="Undo" title="Undo (Ctrl+Z)" disabled=move || !workbench.can_undo() on:click=move |_| workbench.undo()>
                    "↶"
                </button>
                <button type="button" class="quiet" aria-label="Redo" title="Redo (Ctrl+Y)" disabled=move || !workbench.can_redo() on:click=move |_| workbench.redo()>
                    "↷"
                </button>
                {opens(Showing::Plans, "Plans")}
                {opens(Showing::Export, "Export")}
                {opens(Showing::Share, "Share")}
            </span>
        </header>
    }
}

/// Whether the plan is stored: never more than is true.
#[component]
fn Chip() -> impl IntoView {
    let status = expect_context::<Desk>().status;
    let text = move || match status.get() {
        Status::Example => "Example, not stored".to_owned(),
        Status::Copy => "Copy, not stored yet".to_owned(),
        Status::Saving => "Saving…".to_owned(),
        Status::Saved(at) => format!("Saved on this device {}", locale::time_of_day(at)),
        Status::NotSaved(NotSaved::Full) => "Not saved: storage is full".to_owned(),
        Status::NotSaved(NotSaved::Blocked) => "Not saved: this browser blocks storage".to_owned(),
        Status::NotSaved(NotSaved::ChangedElsewhere(_)) => "Not saved: changed in another window".to_owned(),
        Status::NotSaved(NotSaved::Newer) => "Not saved: stored by a newer version".to_owned(),
    };
    let kind = move || match status.get() {
        Status::Saved(_) => "chip saved",
        Status::NotSaved(_) => "chip failed",
        _ => "chip",
    };
    view! { <output class=kind aria-label="Storage" aria-live="off">{text}</output> }
}
