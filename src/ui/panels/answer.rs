//! The answer as a sentence, with what supports it and what the other direction says.

use leptos::either::Either;
use leptos::prelude::*;

use super::figure::Why;
use crate::browser::clipboard;
use crate::browser::locale::Locale;
use crate::report::answer::{self, Sentence};
use crate::report::why::Figure;
use crate::ui::desk::Desk;
use crate::ui::workbench::Workbench;

/// The sentence to repeat in a meeting.
#[component]
pub fn AnswerPanel() -> impl IntoView {
    let workbench = expect_context::<Workbench>();
    let desk = expect_context::<Desk>();
    let sentence = Memo::new(move |_| workbench.read(|plan, outcome| answer::answer(plan, outcome, &Locale)));
    let support = move || workbench.read(|plan, outcome| answer::support(plan, outcome, &Locale));
    // Until the sentence is another one.
    let copied_now = RwSignal::new(false);
    Effect::watch(move || sentence.get(), move |_, _, _| copied_now.set(false), false);
    let copy = move |_| {
        let copied = clipboard::copy(&sentence.get_untracked().text(), None);
        desk.spoken.set(if copied { "Sentence copied." } else { "The browser did not let the page copy." }.to_owned());
        copied_now.set(copied);
    };
    let brings = move || {
        workbench.read(|plan, outcome| {
            let forwards =
                outcome.stages.iter().enumerate().filter_map(|(stage, figures)| Some((stage, figures.forward?)));
            forwards
                .map(|(stage, forward)| {
                    let sentence = answer::brings(plan, stage, &forward, &Locale);
                    view! {
                        <p class="brings">
                            <Spans sentence=sentence />
                            " "
                            <Why
                                label="Why does it bring this much?"
                                figures=move |()| vec![Figure::Brings(stage), Figure::CloseRate(stage)]
                            />
                        </p>
                    }
                })
                .collect_view()
        })
    };
    view! {
        <section class="answer" aria-label="Answer">
            <h1>{move || view! { <Spans sentence=sentence.get() /> }}</h1>
            <p class="under">
                {support} " "
                <Why
                    label="Why this answer?"
                    figures=move |()| {
                        let headline = workbench.outcome.get_untracked().headline;
                        vec![Figure::Needed(headline), Figure::LastUseful(headline), Figure::Pace(headline), Figure::Worth(headline)]
                    }
                /> " "
                <button type="button" class="link" on:click=copy>
                    {move || if copied_now.get() { "Copied" } else { "Copy the sentence" }}
                </button>
            </p>
            {brings}
        </section>
    }
}

/// A sentence with its strong parts.
#[component]
fn Spans(sentence: Sentence) -> impl IntoView {
    let span = |span: answer::Span| {
        if span.strong { Either::Left(view! { <b>{span.text}</b> }) } else { Either::Right(span.text) }
    };
    sentence.0.into_iter().map(span).collect_view()
}
