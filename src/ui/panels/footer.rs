//! What is true of every page, and how it looks.

use leptos::prelude::*;

use crate::browser::page;
use crate::ui::desk::Desk;
use crate::ui::fields::{Button, ChoiceField, look};

/// The foot of the page.
#[component]
pub fn Footer() -> impl IntoView {
    let desk = expect_context::<Desk>();
    let theme = RwSignal::new(desk.theme());
    let themes = [("", "As the system"), ("light", "Light"), ("dark", "Dark")]
        .map(|(value, name)| (value.to_owned(), name.to_owned()));
    let choose = move |chosen: String| {
        desk.set_theme(&chosen);
        theme.set(chosen);
    };
    view! {
        <footer>
            <p>"Everything you type stays in this browser: this page talks to no other host. Browsers can clear what they store, so keep important plans as files too."</p>
            <ChoiceField label="Appearance" options=look(move || themes.to_vec()) value=theme on_value=choose />
            <Button text="Print" on_press=|()| page::print() />
        </footer>
    }
}
