//! What people press.

use leptos::prelude::*;

use super::{Look, Text};
use crate::ui::markup::view;

/// A button. One component for all, so that its code is in the program once; where it is nothing out of the ordinary it is drawn
/// by [`plain_button`] or [`named_button`].
#[component]
pub fn Button(
    /// What it says.
    #[prop(into)]
    text: Text,
    /// What it is called where the text alone does not say it.
    #[prop(into, optional)]
    name: Text,
    /// How it looks: `primary`, `quiet`, `link`, `why`, `card`; plain when empty.
    #[prop(into, optional)]
    look: Text,
    /// Whether it cannot be pressed now.
    #[prop(optional)]
    disabled: Option<Look<bool>>,
    /// `true` or `false` where it opens something beside it.
    #[prop(into, optional)]
    expanded: Text,
    /// `true` or `false` where it is one of several of which one is chosen.
    #[prop(into, optional)]
    pressed: Text,
    /// A second line.
    #[prop(into, optional)]
    more: Text,
    /// Runs when it is pressed.
    #[prop(into)]
    on_press: Callback<()>,
) -> impl IntoView {
    let said = |text: Text| move || Some(text.get()).filter(|text| !text.is_empty());
    view! {
        <button
            type="button"
            class=look.class()
            aria-label=said(name)
            aria-expanded=said(expanded)
            aria-pressed=said(pressed)
            disabled=move || disabled.as_ref().filter(|disabled| disabled()).map(|_| String::new())
            on:click=move |_| on_press.run(())
        >
            <b>{text}</b>
            <small>{more}</small>
        </button>
    }
}

/// A button that is nothing but its text and its look.
pub fn plain_button(text: &'static str, look: &'static str, act: impl Fn() + Send + Sync + 'static) -> AnyView {
    boxed(text, Text::default(), look, Box::new(act))
}

/// One that is called otherwise than its text says: one of several of the same text.
pub fn named_button(
    text: &'static str,
    name: impl Into<Text>,
    look: &'static str,
    act: impl Fn() + Send + Sync + 'static,
) -> AnyView {
    boxed(text, name.into(), look, Box::new(act))
}

/// Not generic: its code is in the program once, and where a button stands there is little of it.
fn boxed(text: &'static str, name: Text, look: &'static str, act: Box<dyn Fn() + Send + Sync>) -> AnyView {
    view! { <Button text=text name=name look=look on_press=move |()| act() /> }.into_any()
}
