//! The funnel is the form: one row per stage, drawn to scale.

use leptos::prelude::*;

use super::stage::StageRow;
use super::table::TablePanel;
use crate::browser::locale::Locale;
use crate::charts::funnel::{self, SCALE_NOTE};
use crate::plan::{ItemId, limits};
use crate::report::answer;
use crate::ui::dialog::{Dialogs, Showing};
use crate::ui::workbench::Workbench;

/// The picture with its form, its sentence and its table.
#[component]
pub fn FunnelPanel() -> impl IntoView {
    let workbench = expect_context::<Workbench>();
    let dialogs = expect_context::<Dialogs>();
    let ids =
        Memo::new(move |_| workbench.read(|plan, _| plan.stages.iter().map(|stage| stage.id).collect::<Vec<_>>()));
    let widths = Memo::new(move |_| workbench.read(|_, outcome| funnel::widths(outcome)));
    // The stage whose details are open.
    let open = RwSignal::new(None::<ItemId>);
    let is_short = move || ids.read().len() == limits::MIN_STAGES;
    let caption = move || workbench.read(|plan, outcome| answer::picture(plan, outcome, &Locale));
    view! {
        <section class="funnel" aria-labelledby="funnel-title">
            <header>
                <h2 id="funnel-title">"The funnel"</h2>
                <span class="columns" aria-hidden="true"><span>"needed"</span><span>"you have"</span></span>
            </header>
            <figure>
                <ol class="stages">
                    <For each=move || ids.get() key=|id| *id let:id>
                        <StageRow id=id widths=widths open=open />
                    </For>
                </ol>
                <p class="breakdown">
                    <button type="button" class:primary=is_short on:click=move |_| dialogs.open(Showing::Templates)>
                        {move || if is_short() { "Break it down" } else { "Change the template" }}
                    </button>
                    <span>
                        {move || if is_short() { "into stages, each with its own rate, days and owner" } else { "" }}
                    </span>
                </p>
                <figcaption>{caption} " " {SCALE_NOTE}</figcaption>
            </figure>
            <TablePanel />
        </section>
    }
}
