//! A figure that people type.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::{Frame, Look, Text, described_by, fresh_id, gives_up, is_there, look as look_at};
use crate::browser::clock;
use crate::browser::locale::Locale;
use crate::report::Format as _;
use crate::report::number::{Kind, Problem};
use crate::ui::markup::view;

/// A figure, as text with a forgiving reading. What was typed stays as it is until the field is left; what is no figure
/// stays even then, with a sentence beside it, until its figure changes elsewhere.
#[component]
pub fn NumberField(
    /// The accessible name.
    #[prop(into)]
    label: Text,
    /// What the figure is.
    kind: Kind,
    /// The figure in the kind's exact unit; `None` where the field may be empty and is.
    value: Look<Option<i64>>,
    /// Runs with every figure that can be read while somebody types.
    #[prop(into)]
    on_value: Callback<Option<i64>>,
    /// Whether the field may be empty.
    #[prop(optional)]
    optional: bool,
    /// A unit to show before the figure.
    #[prop(into, optional)]
    prefix: Text,
    /// A unit to show after it.
    #[prop(into, optional)]
    suffix: Text,
    /// A line of help.
    #[prop(into, optional)]
    note: Text,
    /// What is not yet right with the figure.
    #[prop(into, optional)]
    issue: Text,
    /// What stands in an empty field: what applies while nothing is typed.
    #[prop(into, optional)]
    placeholder: Text,
    /// A small field within a row, `compact`: its name is spoken, not shown.
    #[prop(optional)]
    look: &'static str,
) -> impl IntoView {
    let id = fresh_id();
    // What is being typed; nothing while nobody does.
    let draft = RwSignal::new(None::<String>);
    // What stood there when something was typed that cannot be read.
    let typed_over = RwSignal::new(String::new());
    let read = move |text: &str| match kind.read(text, Locale.marks()) {
        Err(Problem::Empty) if optional => Ok(None),
        read => read.map(Some),
    };
    let settled = {
        let value = value.clone();
        Text::live(move || value().map(|exact| kind.show(exact, &Locale)).unwrap_or_default())
    };
    // A draft is out of date once the plan holds another figure: somebody undid it, or changed it elsewhere.
    let over = settled.clone();
    let current = look_at(move || {
        let text = draft.get()?;
        let read = read(&text);
        let is_held = match read {
            Ok(figure) => figure == value(),
            Err(_) => typed_over.get() == over.get(),
        };
        if !is_held && read.is_err() {
            // For good: it was never in the plan, and nothing brings it back. Later, for nothing is written while it is read.
            clock::after(0, Box::new(move || draft.set(None)));
        }
        is_held.then_some((text, read))
    });
    let before = settled.clone();
    let shown = {
        let current = current.clone();
        move || current().map_or_else(|| settled.get(), |(text, _)| text)
    };
    let (unit_before, unit_after) = (prefix.clone(), suffix.clone());
    let error = {
        let (current, unit) = (current.clone(), prefix.clone());
        Text::live(move || match current() {
            Some((_, Err(problem))) => kind.explain(problem, &unit.get(), &Locale),
            _ => issue.get(),
        })
    };
    let reading = move || {
        let (text, read) = current()?;
        let shown = kind.show(read.ok()??, &Locale);
        let unit = unit_after.get();
        let space = if unit.is_empty() { "" } else { " " };
        let read = format!("{}{shown}{space}{unit}", unit_before.get());
        (text.trim() != shown && text.trim() != read).then(|| format!("read as {read}"))
    };
    let help = Text::live(move || reading().unwrap_or_else(|| note.get()));
    let on_input = move |text: String| {
        // The plan first: what a field shows follows it a task later, tasks run in the order in which they were woken, and a draft
        // that was compared with what the plan held before would be taken for outdated.
        if let Ok(figure) = read(&text) {
            on_value.run(figure);
        } else {
            typed_over.set(untrack(|| before.get()));
        }
        draft.set(Some(text));
    };
    let is_unreadable = move || draft.try_get_untracked().flatten().is_some_and(|text| read(&text).is_err());
    // Leaving the field, or Enter.
    let on_change = move |_| {
        if !is_unreadable() {
            draft.set(None);
        }
    };
    // What cannot be read is not in the plan, so undoing it is the field's own business.
    let on_keydown = move |event: KeyboardEvent| {
        if gives_up(&event) && is_unreadable() {
            event.prevent_default();
            draft.set(None);
        }
    };
    let described = described_by(&id);
    let invalid = is_there(&error);
    view! {
        <Frame id=id.clone() label=label look=look prefix=prefix suffix=suffix help=help error=error>
            <input
                id=id
                inputmode="decimal"
                autocomplete="off"
                placeholder=placeholder
                aria-describedby=described
                aria-invalid=invalid
                prop:value=shown
                on:input:target=move |event| on_input(event.target().value())
                on:change=on_change
                on:keydown=on_keydown
            />
        </Frame>
    }
}
