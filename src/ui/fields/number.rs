//! A figure that people type.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::fresh_id;
use crate::browser::locale::Locale;
use crate::browser::page::Shortcut;
use crate::report::Format as _;
use crate::report::number::{Kind, Problem};

/// What is being typed, and how it was read.
#[derive(Clone, PartialEq)]
struct Draft {
    text: String,
    read: Result<Option<i64>, Problem>,
}

/// A figure, as text with a forgiving reading. What was typed stays as it is until the field is left; what is no figure
/// stays even then, with a sentence beside it.
#[component]
pub fn NumberField(
    /// The accessible name.
    #[prop(into)]
    label: Signal<String>,
    /// What the figure is.
    #[prop(into)]
    kind: Signal<Kind>,
    /// The figure in the kind's exact unit; `None` where the field may be empty and is.
    #[prop(into)]
    value: Signal<Option<i64>>,
    /// Runs with every figure that can be read while somebody types.
    #[prop(into)]
    on_value: Callback<Option<i64>>,
    /// Whether the field may be empty.
    #[prop(optional)]
    optional: bool,
    /// A unit to show before the figure.
    #[prop(into, optional)]
    prefix: Signal<String>,
    /// A unit to show after it.
    #[prop(into, optional)]
    suffix: Signal<String>,
    /// A line of help.
    #[prop(into, optional)]
    note: Signal<String>,
    /// What is not yet right with the figure.
    #[prop(into, optional)]
    issue: Signal<Option<String>>,
    /// A small field within a row: its name is spoken, not shown.
    #[prop(optional)]
    compact: bool,
) -> impl IntoView {
    let id = fresh_id();
    let (help_id, error_id) = (format!("{id}-help"), format!("{id}-error"));
    let draft = RwSignal::new(None::<Draft>);
    let settled = move || value.get().map(|exact| kind.get().show(exact, &Locale)).unwrap_or_default();
    // A draft that was read as another figure than the plan now holds is out of date: somebody undid it.
    let current = Memo::new(move |_| draft.get().filter(|draft| draft.read.is_err() || draft.read == Ok(value.get())));
    let shown = move || current.get().map_or_else(settled, |draft| draft.text);
    let error = Memo::new(move |_| match current.get() {
        Some(Draft { read: Err(problem), .. }) => Some(kind.get().explain(problem, &Locale)),
        _ => issue.get(),
    });
    let help = Memo::new(move |_| {
        let draft = current.get()?;
        let reading = kind.get().reading(draft.read.ok()??, &Locale);
        (draft.text.trim() != settled() && draft.text.trim() != reading).then(|| format!("read as {reading}"))
    });
    let on_input = move |text: String| {
        let read = match kind.get_untracked().read(&text, Locale.marks()) {
            Err(Problem::Empty) if optional => Ok(None),
            read => read.map(Some),
        };
        draft.set(Some(Draft { text, read }));
        if let Ok(figure) = read {
            on_value.run(figure);
        }
    };
    let on_blur = move |_| {
        if draft.get_untracked().is_some_and(|draft| draft.read.is_ok()) {
            draft.set(None);
        }
    };
    // What cannot be read is not in the plan, so undoing it is the field's own business.
    let on_keydown = move |event: KeyboardEvent| {
        let undoes = Shortcut::of(&event) == Some(Shortcut::Undo) || event.key() == "Escape";
        if undoes && draft.get_untracked().is_some_and(|draft| draft.read.is_err()) {
            event.prevent_default();
            draft.set(None);
        }
    };
    let described = format!("{help_id} {error_id}");
    view! {
        <div class="field" class:compact=compact>
            <label for=id.clone() class:visually-hidden=compact>{move || label.get()}</label>
            <div class="box" class:wrong=move || error.get().is_some()>
                <span class="unit" aria-hidden="true">{move || prefix.get()}</span>
                <input
                    id=id
                    inputmode="decimal"
                    autocomplete="off"
                    spellcheck="false"
                    placeholder=if optional { "–" } else { "" }
                    aria-describedby=described
                    aria-invalid=move || error.get().map(|_| "true")
                    prop:value=shown
                    on:input:target=move |event| on_input(event.target().value())
                    on:blur=on_blur
                    on:keydown=on_keydown
                />
                <span class="unit" aria-hidden="true">{move || suffix.get()}</span>
            </div>
            <p class="help" id=help_id>{move || help.get().unwrap_or_else(|| note.get())}</p>
            <p class="error" id=error_id>{move || error.get()}</p>
        </div>
    }
}
