//! A day.

use leptos::prelude::*;

use super::{Frame, Text, described_by, fresh_id, is_there, look};
use crate::ui::markup::view;
use crate::units::Date;

/// A day, by the browser's own date input.
#[component]
pub fn DateField(
    /// The accessible name.
    #[prop(into)]
    label: Text,
    /// The day, as 2027-12-31.
    #[prop(into)]
    value: Text,
    /// Runs with the day that is chosen.
    #[prop(into)]
    on_value: Callback<Date>,
    /// A line of help.
    #[prop(into, optional)]
    note: Text,
    /// What is not yet right with the day.
    #[prop(into, optional)]
    issue: Text,
) -> impl IntoView {
    let id = fresh_id();
    // The day that stood here when what is no day was typed over it; once another does, or the field is left, that is over.
    let typed_over = RwSignal::new(None::<String>);
    let now = value.clone();
    let is_unreadable = look(move || typed_over.get().is_some_and(|day| day == now.get()));
    let (is_empty, day) = (is_unreadable.clone(), value.clone());
    let shown = move || if is_empty() { String::new() } else { day.get() };
    let error = Text::live(move || {
        if is_unreadable() {
            return format!("Choose a day between {} and {}.", Date::FIRST_YEAR, Date::LAST_YEAR);
        }
        issue.get()
    });
    let on_change = move |text: String| {
        let date = Date::parse_iso(&text);
        typed_over.set(date.is_none().then(|| value.get()));
        if let Some(date) = date {
            on_value.try_run(date);
        }
    };
    let described = described_by(&id);
    let invalid = is_there(&error);
    view! {
        <Frame id=id.clone() label=label look="" prefix="" suffix="" help=note error=error>
            <input
                id=id
                type="date"
                aria-describedby=described
                aria-invalid=invalid
                prop:value=shown
                on:change:target=move |event| on_change(event.target().value())
                on:blur=move |_| typed_over.set(None)
            />
        </Frame>
    }
}
