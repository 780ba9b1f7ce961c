//! Files out.

use leptos::prelude::*;

use crate::browser::page;
use crate::engine::Outcome;
use crate::plan::Plan;
use crate::ui::desk::Desk;
use crate::ui::export;
use crate::ui::fields::plain_button;
use crate::ui::markup::view;

/// The plan, the stages, the picture.
#[component]
pub fn ExportPanel() -> impl IntoView {
    let desk = Desk::get();
    let workbench = desk.workbench;
    let done = RwSignal::new(String::new());
    let with = move |export: fn(&Plan, &Outcome)| {
        workbench.now(export);
    };
    let copy = move || {
        let copied = workbench.now(export::copy_table);
        done.set(
            if copied { "Copied: paste it into a spreadsheet." } else { "This browser did not let the page copy." }
                .to_owned(),
        );
    };
    let png = move || {
        let report = move |is_drawn| {
            let failed = "This browser could not draw the PNG; the SVG has the same picture.";
            done.set(if is_drawn { "" } else { failed }.to_owned());
        };
        workbench.now(|plan, outcome| export::download_png(plan, outcome, report));
    };
    view! {
        <h3>"The plan"</h3>
        <div class="actions">
            {plain_button("Plan as JSON", "", move || desk.download())}
        </div>
        <h3>"The stages"</h3>
        <div class="actions">
            {plain_button("CSV for a spreadsheet", "", move || with(|plan, outcome| export::download_csv(plan, outcome, true)))}
            {plain_button("CSV, standard", "", move || with(|plan, outcome| export::download_csv(plan, outcome, false)))}
            {plain_button("Copy as a table", "", copy)}
        </div>
        <p class="help">"For a spreadsheet: the separator and decimal sign of your region, a byte-order mark. Standard: RFC 4180."</p>
        <p role="status" class="help">{done}</p>
        <h3>"The picture"</h3>
        <div class="actions">
            {plain_button("Picture as SVG", "", move || with(export::download_svg))}
            {plain_button("Picture as PNG", "", png)}
            {plain_button("Print", "", page::print)}
        </div>
    }
}
