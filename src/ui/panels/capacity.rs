//! What sellers can close of what the pipeline brings: the sentence, the pictures, the table.

use leptos::prelude::*;

use super::answer::spans;
use crate::browser::locale::Locale;
use crate::charts::people::{self as chart, SCALE_NOTE};
use crate::report::people;
use crate::ui::desk::Desk;
use crate::ui::fields::{Picture, look, part, when};
use crate::ui::markup::view;

/// The answer of the page, the bars, and the months.
#[component]
pub fn CapacityPanel() -> impl IntoView {
    let workbench = Desk::get().workbench;
    let sentence = move || workbench.read(|plan, outcome| people::answer(plan, outcome, &Locale));
    let quotas = workbench.text(|plan, outcome| people::quotas(plan, outcome, &Locale));
    let bars = workbench.text(|plan, outcome| chart::bar_picture(plan, outcome, &Locale));
    let verdict = workbench.text(|_, outcome| people::verdict(outcome).to_owned());
    let is_known = look(move || workbench.read(|_, outcome| outcome.people.is_some()));
    let months = move || {
        let picture = workbench.text(|plan, outcome| chart::month_picture(plan, outcome, &Locale));
        let table = workbench.text(|plan, outcome| {
            outcome.people.as_ref().map(|people| people::months(plan, &people.all, &Locale).html()).unwrap_or_default()
        });
        view! {
            <figure class="calendar">
                <Picture class="capacity" html=picture />
                <figcaption>{SCALE_NOTE}</figcaption>
                <details class="table">
                    <summary>"Show as a table"</summary>
                    <div class="scroll" tabindex="0" role="region" aria-label="The months of the sellers as a table" inner_html=table.class()></div>
                </details>
            </figure>
        }
        .into_any()
    };
    view! {
        <section class="answer" aria-label="Answer">
            <h1>{part((move || spans(sentence())).into())}</h1>
            <p class="under">{quotas}</p>
        </section>
        <figure class="calendar">
            <Picture class="bars" html=bars />
            <figcaption>{verdict}</figcaption>
        </figure>
        {when(is_known, months.into())}
    }
}
