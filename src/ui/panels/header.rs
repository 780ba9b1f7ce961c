//! The bar: which plan, whether it is stored, and what can be done with it.

use leptos::prelude::*;

use crate::browser::locale;
use crate::library::NotSaved;
use crate::plan::limits;
use crate::ui::desk::{Desk, Page, Status};
use crate::ui::dialog::Showing;
use crate::ui::fields::{Button, Text, TextField, look, plain_button};
use crate::ui::markup::view;

/// The bar at the top.
#[component]
pub fn Header() -> impl IntoView {
    let desk = Desk::get();
    let workbench = desk.workbench;
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
                value=workbench.text(|plan, _| plan.name.clone())
                max_chars=limits::NAME_CHARS
                look="compact"
                on_value=move |name: String| workbench.type_in(|plan| plan.name = name)
            />
            <Chip />
            <span class="buttons">
                <Button
                    text="↶"
                    name="Undo"
                    look="quiet"
                    disabled=look(move || !workbench.can_undo())
                    on_press=move |()| workbench.undo()
                />
                <Button
                    text="↷"
                    name="Redo"
                    look="quiet"
                    disabled=look(move || !workbench.can_redo())
                    on_press=move |()| workbench.redo()
                />
                {plain_button("Plans", "", move || desk.show(Showing::Plans))}
                {plain_button("Export", "", move || desk.show(Showing::Export))}
                {plain_button("Share", "primary", move || desk.show(Showing::Share))}
            </span>
        </header>
        <nav aria-label="Pages">{PAGES.map(tab).collect_view()}</nav>
    }
}

/// The pages, in the order the work goes.
const PAGES: [(Page, &str); 3] =
    [(Page::Funnel, "Funnel"), (Page::Calendar, "Calendar"), (Page::People, "People & money")];

fn tab((page, name): (Page, &'static str)) -> AnyView {
    let desk = Desk::get();
    let is_open = move || desk.page() == page;
    let look = Text::live(move || if is_open() { "tab current" } else { "tab" }.to_owned());
    let pressed = Text::live(move || is_open().to_string());
    view! { <Button text=name look=look pressed=pressed on_press=move |()| desk.turn_to(page) /> }.into_any()
}

/// Whether the plan is stored: never more than is true.
#[component]
fn Chip() -> impl IntoView {
    let desk = Desk::get();
    let text = Text::live(move || match desk.status() {
        Status::Example => "Example, not stored".to_owned(),
        Status::Copy => "Copy, not stored yet".to_owned(),
        Status::Saving => "Saving…".to_owned(),
        Status::Saved(at) => format!("Saved on this device {}", locale::moment(at)),
        Status::NotSaved(NotSaved::Full) => "Not saved: storage is full".to_owned(),
        Status::NotSaved(NotSaved::Blocked) => "Not saved: this browser blocks storage".to_owned(),
        Status::NotSaved(NotSaved::ChangedElsewhere(_)) => "Not saved: changed in another window".to_owned(),
        Status::NotSaved(NotSaved::Newer) => "Not saved: stored by a newer version".to_owned(),
    });
    let kind = Text::live(move || {
        match desk.status() {
            Status::Saved(_) => "chip saved",
            Status::NotSaved(_) => "chip failed",
            _ => "chip",
        }
        .to_owned()
    });
    view! { <output class=kind.class() aria-label="Storage" aria-live="off">{text}</output> }
}
