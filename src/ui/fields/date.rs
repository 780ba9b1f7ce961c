//! A day.

use leptos::prelude::*;

use super::fresh_id;
use crate::units::Date;

/// A day, by the browser's own date input.
#[component]
pub fn DateField(
    /// The accessible name.
    #[prop(into)]
    label: Signal<String>,
    /// The day.
    #[prop(into)]
    value: Signal<Date>,
    /// Runs with the day that is chosen.
    #[prop(into)]
    on_value: Callback<Date>,
    /// A line of help.
    #[prop(into, optional)]
    note: Signal<String>,
    /// What is not yet right with the day.
    #[prop(into, optional)]
    issue: Signal<Option<String>>,
) -> impl IntoView {
    let id = fresh_id();
    let (help_id, error_id) = (format!("{id}-help"), format!("{id}-error"));
    let unreadable = RwSignal::new(false);
    let error = move || {
        if unreadable.get() {
            return Some(format!("Choose a day between {} and {}.", Date::FIRST_YEAR, Date::LAST_YEAR));
        }
        issue.get()
    };
    let on_change = move |text: String| {
        let date = Date::parse_iso(&text);
        unreadable.set(date.is_none());
        if let Some(date) = date {
            on_value.run(date);
        }
    };
    let described = format!("{help_id} {error_id}");
    view! {
        <div class="field">
            <label for=id.clone()>{move || label.get()}</label>
            <div class="box" class:wrong=move || error().is_some()>
                <input
                    id=id
                    type="date"
                    aria-describedby=described
                    prop:value=move || value.get().to_string()
                    on:change:target=move |event| on_change(event.target().value())
                />
            </div>
            <p class="help" id=help_id>{move || note.get()}</p>
            <p class="error" id=error_id>{error}</p>
        </div>
    }
}
