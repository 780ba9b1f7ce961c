//! What is true of every page, and how it looks.

use leptos::prelude::*;

use crate::browser::page;
use crate::ui::desk::Desk;
use crate::ui::fields::{Choice, look, plain_button, words};
use crate::ui::markup::view;

/// As the style sheet knows them.
const THEMES: [&str; 3] = ["", "light", "dark"];

/// The foot of the page.
#[component]
pub fn Footer() -> impl IntoView {
    let desk = Desk::get();
    let chosen = desk.theme();
    let chosen = THEMES.iter().position(|&theme| theme == chosen).unwrap_or(0);
    let choose = move |place: usize| desk.set_theme(THEMES.get(place).copied().unwrap_or_default());
    view! {
        <footer>
            <p>"Everything you type stays in this browser: this page talks to no other host. Browsers can clear what they store, so keep important plans as files too."</p>
            <Choice
                label="Appearance"
                words=words(&["As the system", "Light", "Dark"])
                chosen=look(move || chosen)
                on_choose=choose
            />
            {plain_button("Print", "", page::print)}
        </footer>
    }
}
