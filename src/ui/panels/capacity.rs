//! What sellers can close of what the pipeline brings: the sentence, the pictures, the table.

use leptos::prelude::*;

use super::answer::spans;
use crate::browser::locale::Locale;
use crate::charts::people::{self as chart, SCALE_NOTE};
use crate::engine::People;
use crate::plan::Plan;
use crate::report::people;
use crate::ui::desk::Desk;
use crate::ui::fields::{Picture, look, part, when};
use crate::ui::markup::view;

/// The answer of the page, the bars, and the months.
#[component]
pub fn CapacityPanel(
    /// What follows for the sellers.
    people: Memo<Option<People>>,
) -> impl IntoView {
    let workbench = Desk::get().workbench;
    let sentence = move || workbench.read(|plan, _| people::answer(plan, people.read().as_ref(), &Locale));
    let quotas = workbench.text(move |plan, _| people::quotas(plan, people.read().as_ref(), &Locale));
    let bars = workbench
        .text(move |plan, outcome| chart::bar_picture(plan, &people::bars(outcome, people.read().as_ref()), &Locale));
    let verdict =
        workbench.text(move |_, outcome| people::verdict(&people::bars(outcome, people.read().as_ref())).to_owned());
    let is_known = look(move || people.read().is_some());
    let months = move || {
        let of_people = move |say: fn(&Plan, &People) -> String| {
            workbench.text(move |plan, _| people.read().as_ref().map(|people| say(plan, people)).unwrap_or_default())
        };
        let picture = of_people(|plan, people| chart::month_picture(plan, people, &Locale));
        let table = of_people(|plan, people| people::months(plan, &people.all, &Locale).html());
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
