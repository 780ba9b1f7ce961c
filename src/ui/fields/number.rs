//! A figure that people type.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::{Frame, described_by, fresh_id};
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
    issue: Signal<String>,
    /// A small field within a row, `compact`: its name is spoken, not shown.
    #[prop(optional)]
    look: &'static str,
) -> impl IntoView {
    let id = fresh_id();
    let draft = RwSignal::new(None::<Draft>);
    let settled = move || value.get().map(|exact| kind.get().show(exact, &Locale)).unwrap_or_default();
    // A draft that was read as another figure than the plan now holds is out of date: somebody undid it.
    let current = move || draft.get().filter(|draft| draft.read.is_err() || draft.read == Ok(value.get()));
    let shown = move || current().map_or_else(settled, |draft| draft.text);
    let error = Signal::derive(move || match current() {
        Some(Draft { read: Err(problem), .. }) => kind.get().explain(problem, &Locale),
        _ => issue.get(),
    });
    let reading = move || {
        let draft = current()?;
        let reading = kind.get().reading(draft.read.ok()??, &Locale);
        (draft.text.trim() != settled() && draft.text.trim() != reading).then(|| format!("read as {reading}"))
    };
    let help = Signal::derive(move || reading().unwrap_or_else(|| note.get()));
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
    let described = described_by(&id);
    view! {
        <Frame id=id.clone() label=label look=look prefix=prefix suffix=suffix help=help error=error>
            <input
                id=id
                inputmode="decimal"
                autocomplete="off"
                spellcheck="false"
                placeholder=if optional { "–" } else { "" }
                aria-describedby=described
                aria-invalid=Signal::derive(move || (!error.read().is_empty()).to_string())
                prop:value=shown
                on:input:target=move |event| on_input(event.target().value())
                on:blur=on_blur
                on:keydown=on_keydown
            />
        </Frame>
    }
}
