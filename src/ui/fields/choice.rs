//! One of several.

use leptos::prelude::*;

use super::fresh_id;

/// A list to choose from.
#[component]
pub fn ChoiceField(
    /// The accessible name.
    #[prop(into)]
    label: Signal<String>,
    /// What can be chosen: a value and how it reads.
    #[prop(into)]
    options: Signal<Vec<(String, String)>>,
    /// The chosen value.
    #[prop(into)]
    value: Signal<String>,
    /// Runs with the value that is chosen.
    #[prop(into)]
    on_value: Callback<String>,
    /// A line of help.
    #[prop(into, optional)]
    note: Signal<String>,
) -> impl IntoView {
    let id = fresh_id();
    let help_id = format!("{id}-help");
    let options = move || {
        let chosen = value.get();
        let option = |(value, name): (String, String)| {
            let selected = value == chosen;
            view! { <option value=value selected=selected>{name}</option> }
        };
        options.get().into_iter().map(option).collect_view()
    };
    view! {
        <div class="field">
            <label for=id.clone()>{move || label.get()}</label>
            <div class="box">
                <select
                    id=id
                    aria-describedby=help_id.clone()
                    prop:value=move || value.get()
                    on:change:target=move |event| on_value.run(event.target().value())
                >
                    {options}
                </select>
            </div>
            <p class="help" id=help_id>{move || note.get()}</p>
        </div>
    }
}
