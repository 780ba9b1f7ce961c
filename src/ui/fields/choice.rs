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
    /// A small list within a row, `compact`: its name is spoken, not shown.
    #[prop(optional)]
    look: &'static str,
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
        <Frame id=id.clone() label=label look=look prefix="" suffix="" help=note error="">
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

/// One of a few words; which one travels as its place among them.
#[component]
pub fn OneOf(
    /// The accessible name.
    #[prop(into)]
    label: Text,
    /// The words to choose from.
    words: Look<Vec<String>>,
    /// The place of the chosen one.
    chosen: Look<usize>,
    /// Runs with the place of the one that is chosen.
    #[prop(into)]
    on_choose: Callback<usize>,
    /// A line of help.
    #[prop(into, optional)]
    note: Text,
    /// A small list within a row, `compact`.
    #[prop(optional)]
    look: &'static str,
) -> impl IntoView {
    let options = super::look(move || {
        words().into_iter().enumerate().map(|(place, word)| (place.to_string(), word)).collect::<Vec<_>>()
    });
    let choose = move |place: String| {
        if let Ok(place) = place.parse() {
            on_choose.run(place);
        }
    };
    view! {
        <ChoiceField label=label options=options value=Text::live(move || chosen().to_string()) note=note look=look on_value=choose />
    }
}
