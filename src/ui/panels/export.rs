//! Files out.

use leptos::prelude::*;

use crate::browser::page;
use crate::engine::Outcome;
use crate::plan::Plan;
use crate::ui::desk::Desk;
use crate::ui::export;
use crate::ui::fields::Button;
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
    let copy = move |()| {
        let copied = workbench.now(export::copy_table);
        done.set(
            if copied { "Copied: paste it into a spreadsheet." } else { "This browser did not let the page copy." }
                .to_owned(),
        );
    };
    let png = move |()| {
        let report = move |is_drawn| {
            let failed = "This browser could not draw the PNG; the SVG has the same picture.";
            done.set(if is_drawn { "" } else { failed }.to_owned());
        };
        workbench.now(|plan, outcome| export::download_png(plan, outcome, report));
    };
    view! {
        <h3>"The plan"</h3>
        <div class="actions">
            <Button text="Plan as JSON" on_press=move |()| desk.download() />
        </div>
        <h3>"The stages"</h3>
        <div class="actions">
            <Button text="CSV for a spreadsheet" on_press=move |()| with(|plan, outcome| export::download_csv(plan, outcome, true)) />
            <Button text="CSV, standard" on_press=move |()| with(|plan, outcome| export::download_csv(plan, outcome, false)) />
            <Button text="Copy as a table" on_press=copy />
        </div>
        <p class="help">"For a spreadsheet: the separator and decimal sign of your region, a byte-order mark. Standard: RFC 4180."</p>
        <p role="status" class="help">{done}</p>
        <h3>"The picture"</h3>
        <div class="actions">
            <Button text="Picture as SVG" on_press=move |()| with(export::download_svg) />
            <Button text="Picture as PNG" on_press=png />
            <Button text="Print" on_press=|()| page::print() />
        </div>
    }
}
