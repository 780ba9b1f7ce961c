//! Files out.

use leptos::prelude::*;

use crate::browser::page;
use crate::engine::Outcome;
use crate::plan::Plan;
use crate::ui::desk::Desk;
use crate::ui::export;
use crate::ui::workbench::Workbench;

/// The plan, the stages, the picture.
#[component]
pub fn ExportPanel() -> impl IntoView {
    let desk = expect_context::<Desk>();
    let workbench = expect_context::<Workbench>();
    let done = RwSignal::new("");
    let with = move |export: fn(&Plan, &Outcome)| export(&workbench.plan_now(), &workbench.outcome.get_untracked());
    let copy = move |_| {
        let copied = export::copy_table(&workbench.plan_now(), &workbench.outcome.get_untracked());
        done.set(if copied {
            "Copied: paste it into a spreadsheet."
        } else {
            "This browser did not let the page copy."
        });
    };
    let png = move |_| {
        export::download_png(&workbench.plan_now(), &workbench.outcome.get_untracked(), move |drawn| {
            done.set(if drawn { "" } else { "This browser could not draw the PNG; the SVG has the same picture." });
        });
    };
    view! {
        <h3>"The plan"</h3>
        <div class="actions">
            <button type="button" on:click=move |_| desk.download()>"Plan as JSON"</button>
        </div>
        <h3>"The stages"</h3>
        <div class="actions">
            <button type="button" on:click=move |_| with(|plan, outcome| export::download_csv(plan, outcome, true))>"CSV for a spreadsheet"</button>
            <button type="button" on:click=move |_| with(|plan, outcome| export::download_csv(plan, outcome, false))>"CSV, standard"</button>
            <button type="button" on:click=copy>"Copy as a table"</button>
        </div>
        <h3>"The picture"</h3>
        <div class="actions">
            <button type="button" on:click=move |_| with(export::download_svg)>"Picture as SVG"</button>
            <button type="button" on:click=png>"Picture as PNG"</button>
            <button type="button" on:click=move |_| page::print()>"Print"</button>
        </div>
        <p role="status" class="help">{move || done.get()}</p>
    }
}
