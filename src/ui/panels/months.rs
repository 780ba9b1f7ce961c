//! What must enter by when: the sentence, the picture, the table.

use leptos::prelude::*;

use super::answer::spans;
use super::why::Why;
use crate::browser::locale::Locale;
use crate::charts::calendar::{self as chart, SCALE_NOTE};
use crate::report::calendar;
use crate::report::why::Figure;
use crate::ui::desk::Desk;
use crate::ui::fields::{Picture, look, part};
use crate::ui::markup::view;

/// The answer of the calendar, for the part that is looked at.
#[component]
pub fn DatesPanel() -> impl IntoView {
    let desk = Desk::get();
    let sentence = move || desk.read_part(|plan, part| calendar::answer(plan, part, &Locale));
    let progress = desk.part_text(|plan, part| calendar::progress(plan, part, &Locale));
    let why = move || {
        let scope = desk.scope_now();
        let headline = desk.workbench.now(|plan, outcome| calendar::headline(plan, outcome.part(scope)));
        vec![Figure::Togo, Figure::Behind, Figure::Lost, Figure::LastUseful(headline)]
    };
    view! {
        <section class="answer" aria-label="Answer">
            <h1>{part((move || spans(sentence())).into())}</h1>
            <p class="under">{progress} " " <Why name="Why this answer?" figures=look(why) /></p>
        </section>
    }
}

/// What should enter each stage, month by month: the picture, and the same as a table.
#[component]
pub fn MonthsPanel() -> impl IntoView {
    let desk = Desk::get();
    let picture = desk.part_text(|plan, part| chart::picture(plan, part, &Locale));
    let table = desk.part_text(|plan, part| calendar::months(plan, part, &Locale).html());
    let why = move || {
        let stages = desk.workbench.now(|plan, _| plan.stages.len());
        (0..stages + 3).map(Figure::Months).collect()
    };
    view! {
        <figure class="calendar">
            <Picture class="" html=picture />
            <figcaption>"What should enter each stage, month by month. " {SCALE_NOTE}</figcaption>
            <details class="table">
                <summary>"Show as a table"</summary>
                <div class="scroll" tabindex="0" role="region" aria-label="The months as a table" inner_html=table.class()></div>
                <Why name="Why these months?" figures=look(why) />
            </details>
        </figure>
    }
}
