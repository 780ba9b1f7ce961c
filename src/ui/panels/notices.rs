//! What is said above the answer.

use leptos::prelude::*;

use crate::report::words;
use crate::ui::desk::{Desk, Notice, Remedy};
use crate::ui::workbench::Workbench;

/// The notice that stands, and why the last change was not made.
#[component]
pub fn Notices() -> impl IntoView {
    let desk = expect_context::<Desk>();
    let workbench = expect_context::<Workbench>();
    let notice = move || desk.notice.get().map(|notice| view! { <OneNotice notice=notice /> });
    let refused = move || {
        workbench.refused.get().map(
            |refusal| view! { <p class="notice warning">{format!("Not changed. {}", words::refusal(refusal))}</p> },
        )
    };
    view! { <div class="notices" role="status" aria-label="Notices">{notice} {refused}</div> }
}

#[component]
fn OneNotice(notice: Notice) -> impl IntoView {
    let desk = expect_context::<Desk>();
    let remedies = notice.remedies.into_iter().map(move |remedy| {
        let name = name_of(&remedy);
        view! { <button type="button" on:click=move |_| desk.remedy(remedy.clone())>{name}</button> }
    });
    view! {
        <div class="notice" class:warning=notice.is_warning>
            <p>{notice.text}</p>
            <div class="actions">
                {remedies.collect_view()}
                <button type="button" class="quiet" on:click=move |_| desk.notice.set(None)>"Dismiss"</button>
            </div>
        </div>
    }
}

fn name_of(remedy: &Remedy) -> &'static str {
    match remedy {
        Remedy::Download => "Download the plan",
        Remedy::OpenArrival(..) => "Open the other plan",
        Remedy::KeepMine => "Keep mine as a copy",
        Remedy::TakeTheirs => "Take the other window's",
        Remedy::Restore(_) => "Undo",
    }
}
