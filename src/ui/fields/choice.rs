//! One of several.

use leptos::prelude::*;

use super::{Frame, Look, Text, described_by, fresh_id, part};
use crate::ui::markup::view;

/// A list of a few words to choose from; which one travels as its place among them.
#[component]
pub fn Choice(
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
    /// A small list within a row, `compact`: its name is spoken, not shown.
    #[prop(optional)]
    look: &'static str,
) -> impl IntoView {
    let id = fresh_id();
    let current = chosen.clone();
    let options = move || {
        let chosen = current();
        let option = |(place, word): (usize, String)| {
            view! { <option value=place.to_string() selected=place == chosen>{word}</option> }.into_any()
        };
        words().into_iter().enumerate().map(option).collect_view()
    };
    let described = described_by(&id);
    view! {
        <Frame id=id.clone() label=label look=look prefix="" suffix="" help=note error="">
            <select
                id=id
                aria-describedby=described
                prop:value=move || chosen().to_string()
                on:change:target=move |event| {
                    if let Ok(place) = event.target().value().parse() {
                        on_choose.try_run(place);
                    }
                }
            >
                {part(options.into())}
            </select>
        </Frame>
    }
}
