//! The funnel is the form: one row per stage, drawn to scale.

use leptos::prelude::*;

use super::stage::StageRow;
use super::table::TablePanel;
use crate::browser::locale::Locale;
use crate::charts::funnel::SCALE_NOTE;
use crate::plan::limits;
use crate::report::answer;
use crate::ui::desk::Desk;
use crate::ui::dialog::Showing;
use crate::ui::fields::{Button, each, look};
use crate::ui::markup::view;

/// The picture with its form, its sentence and its table.
#[component]
pub fn FunnelPanel() -> impl IntoView {
    let desk = Desk::get();
    let workbench = desk.workbench;
    let ids = look(move || workbench.read(|plan, _| plan.stages.iter().map(|stage| stage.id).collect()));
    let row = |id| view! { <StageRow id=id /> }.into_any();
    let offer = workbench.text(|plan, _| {
        if plan.stages.len() == limits::MIN_STAGES { "Break it down" } else { "Change the template" }.to_owned()
    });
    let appearance =
        workbench.text(|plan, _| if plan.stages.len() == limits::MIN_STAGES { "primary" } else { "" }.to_owned());
    let into = workbench.text(|plan, _| {
        let is_short = plan.stages.len() == limits::MIN_STAGES;
        if is_short { "into stages, each with its own rate, days and owner" } else { "" }.to_owned()
    });
    let caption = desk.part_text(|plan, part| answer::picture(plan, part, &Locale));
    view! {
        <section class="funnel" aria-label="The funnel">
            <header>
                <h2>"The funnel"</h2>
                <span class="columns" aria-hidden="true"><span>"needed"</span><span>"you have"</span></span>
            </header>
            <figure>
                <ol class="stages">{each(ids, Box::new(row))}</ol>
                <p class="breakdown">
                    <Button text=offer look=appearance on_press=move |()| desk.show(Showing::Templates) />
                    <span>{into}</span>
                </p>
                <figcaption>{caption} " " {SCALE_NOTE}</figcaption>
            </figure>
            <TablePanel />
        </section>
    }
}
