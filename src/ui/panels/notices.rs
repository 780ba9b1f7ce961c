//! What is said above the answer.

use leptos::prelude::*;

use crate::ui::desk::{Desk, Notice, Remedy};
use crate::ui::fields::{Button, Text, part, plain_button};
use crate::ui::markup::view;

/// The notice that stands, and why the last change was not made.
#[component]
pub fn Notices() -> impl IntoView {
    let desk = Desk::get();
    let workbench = desk.workbench;
    let notice = move || desk.notice().map_or_else(|| ().into_any(), |notice| draw(desk, notice));
    let refused = Text::live(move || {
        Some(workbench.refused())
            .filter(|why| !why.is_empty())
            .map(|why| format!("Not changed. {why}"))
            .unwrap_or_default()
    });
    view! {
        <div class="notices" role="status" aria-label="Notices">
            {part(notice.into())}
            <p class="notice warning">{refused}</p>
        </div>
    }
}

fn draw(desk: Desk, notice: Notice) -> AnyView {
    let remedies = notice.remedies.into_iter().map(move |remedy| {
        let name = name_of(&remedy);
        view! { <Button text=name on_press=move |()| desk.remedy(remedy.clone()) /> }.into_any()
    });
    view! {
        <div class=if notice.is_warning { "notice warning" } else { "notice" }>
            <p>{notice.text}</p>
            <div class="actions">
                {remedies.collect_view()} {plain_button("Dismiss", "quiet", move || desk.dismiss())}
            </div>
        </div>
    }
    .into_any()
}

fn name_of(remedy: &Remedy) -> &'static str {
    match remedy {
        Remedy::Download => "Download the plan",
        Remedy::Leave(_) => "Open the other plan",
        Remedy::KeepMine => "Keep mine as a copy",
        Remedy::TakeTheirs => "Take the other window's",
        Remedy::Restore(_) => "Undo",
    }
}
