//! Words that people type.

use leptos::prelude::*;

use super::fresh_id;
use crate::plan::clean_text;

/// A name or a longer text. What is too long stays in the field with a sentence, and is not taken over.
#[component]
pub fn TextField(
    /// The accessible name.
    #[prop(into)]
    label: Signal<String>,
    /// The text.
    #[prop(into)]
    value: Signal<String>,
    /// Runs with every text that fits while somebody types.
    #[prop(into)]
    on_value: Callback<String>,
    /// The longest text, in characters.
    max_chars: usize,
    /// A line of help.
    #[prop(into, optional)]
    note: Signal<String>,
    /// What is not yet right with the text.
    #[prop(into, optional)]
    issue: Signal<Option<String>>,
    /// A field whose name is spoken, not shown.
    #[prop(optional)]
    compact: bool,
) -> impl IntoView {
    let id = fresh_id();
    let (help_id, error_id) = (format!("{id}-help"), format!("{id}-error"));
    let too_long = RwSignal::new(None::<String>);
    let error = Memo::new(move |_| match too_long.get() {
        Some(text) => Some(format!("At most {max_chars} characters; this has {}.", text.chars().count())),
        None => issue.get(),
    });
    let on_input = move |typed: String| {
        let text = clean_text(&typed, usize::MAX);
        if text.chars().count() > max_chars {
            too_long.set(Some(text));
        } else {
            too_long.set(None);
            on_value.run(text);
        }
    };
    let described = format!("{help_id} {error_id}");
    view! {
        <div class="field text" class:compact=compact>
            <label for=id.clone() class:visually-hidden=compact>{move || label.get()}</label>
            <div class="box" class:wrong=move || error.get().is_some()>
                <input
                    id=id
                    autocomplete="off"
                    aria-describedby=described
                    aria-invalid=move || error.get().map(|_| "true")
                    prop:value=move || too_long.get().unwrap_or_else(|| value.get())
                    on:input:target=move |event| on_input(event.target().value())
                />
            </div>
            <p class="help" id=help_id>{move || note.get()}</p>
            <p class="error" id=error_id>{move || error.get()}</p>
        </div>
    }
}
