//! What people press.

use leptos::prelude::*;

/// A button. One component for all, so that its code is in the program once.
#[component]
pub fn Button(
    /// What it says.
    #[prop(into)]
    text: Signal<String>,
    /// What it is called where the text alone does not say it.
    #[prop(into, optional)]
    name: Signal<String>,
    /// How it looks: `primary`, `quiet`, `link`, `why`, `card`; plain when empty.
    #[prop(into, optional)]
    look: Signal<String>,
    /// Whether it cannot be pressed now.
    #[prop(into, optional)]
    disabled: Signal<bool>,
    /// `true` or `false` where it opens something beside it.
    #[prop(into, optional)]
    expanded: Signal<String>,
    /// A second line.
    #[prop(into, optional)]
    more: Signal<String>,
    /// Runs when it is pressed.
    #[prop(into)]
    on_press: Callback<()>,
) -> impl IntoView {
    let said = |text: Signal<String>| move || Some(text.get()).filter(|text| !text.is_empty());
    view! {
        <button
            type="button"
            class=look
            aria-label=said(name)
            aria-expanded=said(expanded)
            disabled=disabled
            on:click=move |_| on_press.run(())
        >
            <b>{text}</b>
            <small>{more}</small>
        </button>
    }
}
