//! The one dialog over the page, and what can stand in it.

use leptos::html;
use leptos::prelude::*;

use crate::browser::page;
use crate::report::why::Figure;
use crate::ui::fields::{Button, part};
use crate::ui::panels::{ExportPanel, PlansPanel, SharePanel, TemplatesPanel, WhyPanel};

/// What stands in the dialog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Showing {
    /// How these figures come about.
    Why(Vec<Figure>),
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
            Self::Why(_) => "Why this figure?",
            Self::Share => "Share this plan",
            Self::Plans => "Plans on this device",
            Self::Export => "Export",
            Self::Templates => "Break it down",
        }
    }
}

/// Opens and closes the dialog.
#[derive(Clone, Copy)]
pub struct Dialogs(pub RwSignal<Option<Showing>>);

impl Dialogs {
    /// Opens the dialog.
    pub fn open(self, showing: Showing) {
        self.0.set(Some(showing));
    }

    /// Closes it.
    pub fn close(self) {
        self.0.set(None);
    }
}

/// The dialog. The browser keeps the focus inside, closes it on Escape, and gives the focus back.
#[component]
pub fn DialogHost() -> impl IntoView {
    let dialogs = expect_context::<Dialogs>();
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let open = dialogs.0.read().is_some();
        if let Some(dialog) = dialog.get() {
            page::show_dialog(&dialog, open);
        }
    });
    let title = Signal::derive(move || dialogs.0.get().map(|showing| showing.title().to_owned()).unwrap_or_default());
    let body = move || match dialogs.0.get() {
        None => ().into_any(),
        Some(Showing::Why(figures)) => view! { <WhyPanel figures=figures /> }.into_any(),
        Some(Showing::Share) => view! { <SharePanel /> }.into_any(),
        Some(Showing::Plans) => view! { <PlansPanel /> }.into_any(),
        Some(Showing::Export) => view! { <ExportPanel /> }.into_any(),
        Some(Showing::Templates) => view! { <TemplatesPanel /> }.into_any(),
    };
    view! {
        <dialog node_ref=dialog aria-labelledby="dialog-title" on:close=move |_| dialogs.close()>
            <header>
                <h2 id="dialog-title" tabindex="-1" autofocus>{title}</h2>
                <Button text="Close" look="quiet" on_press=move |()| dialogs.close() />
            </header>
            {part(body.into())}
        </dialog>
    }
}
