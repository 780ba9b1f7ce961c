//! One of several.

use leptos::prelude::*;

use super::{Frame, Look, Text, described_by, fresh_id, part};

/// A list to choose from.
#[component]
pub fn ChoiceField(
    /// The accessible name.
    #[prop(into)]
    label: Text,
    /// What can be chosen: a value and how it reads.
    options: Look<Vec<(String, String)>>,
    /// The chosen value.
    #[prop(into)]
    value: Text,
    /// Runs with the value that is chosen.
    #[prop(into)]
    on_value: Callback<String>,
    /// A line of help.
    #[prop(into, optional)]
    note: Text,
) -> impl IntoView {
    let id = fresh_id();
    let current = value.clone();
    let options = move || {
        let chosen = current.get();
        let option = |(value, name): (String, String)| {
            let selected = value == chosen;
            view! { <option value=value selected=selected>{name}</option> }.into_any()
        };
        options().into_iter().map(option).collect_view()
    };
    let described = described_by(&id);
    view! {
        <Frame id=id.clone() label=label look="" prefix="" suffix="" help=note error="">
            <select
                id=id
                aria-describedby=described
                prop:value=move || value.get()
                on:change:target=move |event| {
                    on_value.try_run(event.target().value());
                }
            >
                {part(options.into())}
            </select>
        </Frame>
    }
}
