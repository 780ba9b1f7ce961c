//! The one dialog over the page, and what can stand in it.

use leptos::prelude::*;

use crate::browser::page;
use crate::plan::Scope;
use crate::report::why::Figure;
use crate::ui::desk::Desk;
use crate::ui::fields::{Text, effect, part, plain_button};
use crate::ui::markup::view;
use crate::ui::panels::{ExportPanel, PlansPanel, SharePanel, TemplatesPanel, WhyPanel};

/// What stands in the dialog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Showing {
    /// How these figures come about.
    Why(Scope, Vec<Figure>),
    /// The link.
    Share,
    /// The plans on this device.
    Plans,
    /// Files out.
    Export,
    /// Ways to break the funnel down.
    Templates,
}

impl Showing {
    fn title(&self) -> &'static str {
        match self {
            Self::Why(..) => "Why this figure?",
            Self::Share => "Share this plan",
            Self::Plans => "Plans on this device",
            Self::Export => "Export",
            Self::Templates => "Break it down",
        }
    }
}

/// The dialog. The browser keeps the focus inside, closes it on Escape, and gives the focus back.
#[component]
pub fn DialogHost() -> impl IntoView {
    let desk = Desk::get();
    let showing = desk.showing;
    effect(Box::new(move || page::show_dialog("dialog", showing.read().is_some())));
    let title = Text::live(move || showing.get().map(|showing| showing.title().to_owned()).unwrap_or_default());
    let body = move || match showing.get() {
        None => ().into_any(),
        Some(Showing::Why(scope, figures)) => view! { <WhyPanel scope=scope figures=figures /> }.into_any(),
        Some(Showing::Share) => view! { <SharePanel /> }.into_any(),
        Some(Showing::Plans) => view! { <PlansPanel /> }.into_any(),
        Some(Showing::Export) => view! { <ExportPanel /> }.into_any(),
        Some(Showing::Templates) => view! { <TemplatesPanel /> }.into_any(),
    };
    // The event comes late: by then the dialog may be open again, for something else.
    let on_close = move |_| {
        if !page::is_dialog_open() {
            desk.close_dialog();
        }
    };
    view! {
        <dialog id="dialog" aria-labelledby="dialog-title" on:close=on_close>
            <header>
                <h2 id="dialog-title">{title}</h2>
                {plain_button("Close", "quiet", move || desk.close_dialog())}
            </header>
            {part(body.into())}
        </dialog>
    }
}
