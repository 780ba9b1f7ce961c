//! A day.

use leptos::prelude::*;

use super::{Frame, Text, described_by, fresh_id, is_there};
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
    // What was typed, while it is no day.
    let unreadable = RwSignal::new(None::<String>);
    let error = Text::live(move || {
        if unreadable.read().is_some() {
            return format!("Choose a day between {} and {}.", Date::FIRST_YEAR, Date::LAST_YEAR);
        }
        issue.get()
    });
    let on_change = move |text: String| {
        let date = Date::parse_iso(&text);
        unreadable.set(date.is_none().then_some(text));
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
                prop:value=move || value.get()
                on:change:target=move |event| on_change(event.target().value())
            />
        </Frame>
    }
}
