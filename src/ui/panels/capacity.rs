//! What sellers can close of what the pipeline brings: the sentence, the pictures, the table.

use leptos::prelude::*;

use super::answer::spans;
use crate::browser::locale::Locale;
use crate::charts::people::{self as chart, SCALE_NOTE};
use crate::engine::People;
use crate::report::people;
use crate::ui::fields::{Picture, look, part, when};
use crate::ui::followed::Followed;
use crate::ui::markup::view;

/// What follows for the sellers, if there are any.
pub type Staffed = Followed<Option<People>>;

/// The answer of the page, the bars, and the months.
#[component]
pub fn CapacityPanel(staffed: Staffed) -> impl IntoView {
    let said = staffed.clone();
    let sentence = move || spans(said.read(|plan, _, people| people::answer(plan, people.as_ref(), &Locale)));
    let quotas = staffed.text(|plan, _, people| people::quotas(plan, people.as_ref(), &Locale));
    let bars = staffed
        .text(|plan, outcome, people| chart::bar_picture(plan, &people::bars(outcome, people.as_ref()), &Locale));
    let verdict =
        staffed.text(|_, outcome, people| people::verdict(&people::bars(outcome, people.as_ref())).to_owned());
    let known = staffed.clone();
    let is_known = look(move || known.read(|_, _, people| people.is_some()));
    let months = move || {
        let picture = staffed.text(|plan, _, people| {
            people.as_ref().map(|people| chart::month_picture(plan, people, &Locale)).unwrap_or_default()
        });
        let table = staffed.text(|plan, _, people| {
            people.as_ref().map(|people| people::months(plan, &people.all, &Locale).html()).unwrap_or_default()
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
            <h1>{part(sentence.into())}</h1>
            <p class="under">{quotas}</p>
        </section>
        <figure class="calendar">
            <Picture class="bars" html=bars />
            <figcaption>{verdict}</figcaption>
        </figure>
        {when(is_known, months.into())}
    }
}
