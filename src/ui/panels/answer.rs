//! The answer as a sentence, with what supports it and what the other direction says.

use leptos::prelude::*;

use super::why::Why;
use crate::browser::clipboard;
use crate::browser::locale::Locale;
use crate::plan::Scope;
use crate::report::answer::{self, Sentence};
use crate::report::why::Figure;
use crate::ui::desk::Desk;
use crate::ui::fields::{Button, Text, look, part};
use crate::ui::markup::view;

/// The sentence to repeat in a meeting.
#[component]
pub fn AnswerPanel() -> impl IntoView {
    let desk = Desk::get();
    let workbench = desk.workbench;
    let sentence = move || workbench.read(|plan, outcome| answer::answer(plan, outcome, &Locale));
    let support = workbench.text(|plan, outcome| answer::support(plan, outcome, &Locale).unwrap_or_default());
    // The sentence that is in the clipboard: once it is another one, it can be copied again.
    let copied = RwSignal::new(String::new());
    let copy = move |()| {
        let sentence = untrack(sentence).text();
        if clipboard::copy(&sentence, None) {
            desk.speak("Sentence copied.");
            copied.set(sentence);
        } else {
            desk.warn("This browser did not let the page copy. Select the sentence and copy it.", vec![]);
        }
    };
    let offer = Text::live(move || {
        let is_copied = copied.get() == sentence().text();
        if is_copied { "Copied" } else { "Copy the sentence" }.to_owned()
    });
    let why = move || {
        let headline = workbench.now(|_, outcome| outcome.headline);
        [Figure::Needed, Figure::LastUseful, Figure::Pace, Figure::Worth].map(|figure| figure(headline)).to_vec()
    };
    let brings = move || {
        workbench.read(|plan, outcome| {
            let brings = |stage| Some(brought(answer::brings(plan, outcome, stage, &Locale)?, stage));
            (0..plan.stages.len()).filter_map(brings).collect_view()
        })
    };
    view! {
        <section class="answer" aria-label="Answer">
            <h1>{part((move || spans(sentence())).into())}</h1>
            <p class="under">
                {support} " " <Why name="Why this answer?" figures=look(why) scope=Scope::Whole /> " " <Button text=offer look="link" on_press=copy />
            </p>
            {part(brings.into())}
        </section>
    }
}

/// What a volume that one has would bring.
fn brought(sentence: Sentence, stage: usize) -> AnyView {
    let why = move || vec![Figure::Brings(stage), Figure::CloseRate(stage)];
    view! { <p class="brings">{spans(sentence)} " " <Why name="Why does it bring this much?" figures=look(why) scope=Scope::Whole /></p> }
        .into_any()
}

/// A sentence with its strong parts.
pub fn spans(sentence: Sentence) -> AnyView {
    let span = |span: answer::Span| {
        if span.strong { view! { <b>{span.text}</b> }.into_any() } else { span.text.into_any() }
    };
    sentence.0.into_iter().map(span).collect_view().into_any()
}
