//! Words that people type.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::{Frame, Text, described_by, fresh_id, gives_up, is_there};
use crate::plan::clean_text;
use crate::ui::markup::view;

/// A name or a longer text. What is too long stays in the field with a sentence, and is not taken over.
#[component]
pub fn TextField(
    /// The accessible name.
    #[prop(into)]
    label: Text,
    /// The text.
    #[prop(into)]
    value: Text,
    /// Runs with every text that fits while somebody types.
    #[prop(into)]
    on_value: Callback<String>,
    /// Runs when the field is left, or Enter is pressed, after something was typed.
    #[prop(into, optional)]
    on_done: Option<Callback<()>>,
    /// The longest text, in characters.
    max_chars: usize,
    /// A line of help.
    #[prop(into, optional)]
    note: Text,
    /// What is not yet right with the text.
    #[prop(into, optional)]
    issue: Text,
    /// A field whose name is spoken, not shown, is `compact`.
    #[prop(optional)]
    look: &'static str,
) -> impl IntoView {
    let id = fresh_id();
    let too_long = RwSignal::new(String::new());
    let error = Text::live(move || {
        let length = too_long.read().chars().count();
        if length > 0 { format!("At most {max_chars} characters; this has {length}.") } else { issue.get() }
    });
    let on_input = move |typed: String| {
        let text = clean_text(&typed, usize::MAX);
        if text.chars().count() > max_chars {
            too_long.set(text);
        } else {
            // The plan first, as in a figure's field.
            on_value.run(text);
            too_long.set(String::new());
        }
    };
    // What is too long is not in the plan, so undoing it is the field's own business.
    let on_keydown = move |event: KeyboardEvent| {
        if gives_up(&event) && !too_long.read_untracked().is_empty() {
            event.prevent_default();
            too_long.set(String::new());
        }
    };
    let shown = move || Some(too_long.get()).filter(|text| !text.is_empty()).unwrap_or_else(|| value.get());
    let described = described_by(&id);
    let invalid = is_there(&error);
    view! {
        <Frame id=id.clone() label=label look=look prefix="" suffix="" help=note error=error>
            <input
                id=id
                autocomplete="off"
                aria-describedby=described
                aria-invalid=invalid
                prop:value=shown
                on:input:target=move |event| on_input(event.target().value())
                on:keydown=on_keydown
                on:change=move |_| {
                    if let Some(on_done) = on_done {
                        on_done.try_run(());
                    }
                }
            />
        </Frame>
    }
}
