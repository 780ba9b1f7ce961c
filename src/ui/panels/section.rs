//! Detail that is opened, never demanded.

use leptos::prelude::*;

use crate::browser::page;
use crate::ui::desk::Desk;
use crate::ui::fields::{Text, look, when};
use crate::ui::markup::view;

/// A title, what it says while it is closed, and what it holds. It stays open while the page is drawn anew.
///
/// What it holds is drawn when it is first opened, and stays: until then it follows nothing, which is most of the work of a key
/// press; and what is unfinished in it outlasts closing.
#[component]
pub fn Section(
    /// The title.
    title: &'static str,
    /// What it says at a glance.
    summary: Text,
    /// What it holds.
    body: ViewFn,
) -> impl IntoView {
    let desk = Desk::get();
    let is_open = desk.is_section_open(title);
    // The title once it is drawn, nothing before: a kind of signal that there is already.
    let drawn = RwSignal::new(if is_open { title } else { "" }.to_owned());
    let on_toggle = move |event| {
        desk.note_section(title, page::is_open(&event));
        drawn.set(title.to_owned());
    };
    view! {
        <details class="settings" open=is_open on:toggle=on_toggle>
            <summary><h2>{title}</h2><span>{summary}</span></summary>
            {when(look(move || !drawn.read().is_empty()), body)}
        </details>
    }
}
