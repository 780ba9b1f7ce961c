//! How figures come about.

use std::sync::Arc;

use leptos::prelude::*;

use crate::browser::locale::Locale;
use crate::browser::page;
use crate::plan::Scope;
use crate::report::why::{self, Explanation, Figure};
use crate::ui::desk::Desk;
use crate::ui::dialog::Showing;
use crate::ui::fields::{Button, Choice, Look, Text, look, part, when};
use crate::ui::markup::view;

/// A small button that asks how figures come about.
#[component]
pub fn Why(
    /// What is asked, for those who cannot see what it stands beside: *Why this many leads?*
    #[prop(into)]
    name: Text,
    /// The figures to explain.
    figures: Look<Vec<Figure>>,
    /// The part of the plan that they are of; that which is looked at, if it is not said.
    #[prop(optional)]
    scope: Option<Scope>,
) -> impl IntoView {
    let desk = Desk::get();
    let ask = move |()| desk.show(Showing::Why(scope.unwrap_or_else(|| desk.scope_now()), figures()));
    view! { <Button text="why?" name=name look="why" on_press=ask /> }
}

/// Formula, live figures, rounding and source of each figure that was asked about.
#[component]
pub fn WhyPanel(scope: Scope, figures: Vec<Figure>) -> impl IntoView {
    let workbench = Desk::get().workbench;
    let explanations = move || {
        workbench.read(|plan, outcome| {
            let explained = figures.iter().filter_map(|&figure| why::why(plan, outcome, scope, figure, &Locale));
            let views: Vec<AnyView> = explained.map(explanation).collect();
            if views.is_empty() {
                view! { <p>"Nothing of this part passes here."</p> }.into_any()
            } else {
                views.into_any()
            }
        })
    };
    part(explanations.into())
}

/// Explains the figures of one of several subjects.
pub(super) type Explain = Box<dyn Fn(usize) -> Vec<Explanation> + Send + Sync>;

/// How the figures beside it come about, asked of what only its page knows: drawn when it is first opened.
pub(super) fn explained(subjects: Look<Vec<String>>, explain: Explain) -> AnyView {
    let is_open = RwSignal::new(false);
    let body = explanations(subjects, explain);
    view! {
        <details class="table" on:toggle=move |event| is_open.set(is_open.get_untracked() || page::is_open(&event))>
            <summary>"How these figures come about"</summary>
            {when(look(move || is_open.get()), body)}
        </details>
    }
    .into_any()
}

/// The explanations of one subject, and the choice where there are several.
pub(super) fn explanations(subjects: Look<Vec<String>>, explain: Explain) -> ViewFn {
    // The place of the subject, as a text: a kind of signal that there is already.
    let chosen = RwSignal::new(String::new());
    let place = move || chosen.get().parse().unwrap_or(0);
    let explain = Arc::new(explain);
    let body = move || {
        let (explain, words, several) = (explain.clone(), subjects.clone(), subjects.clone());
        let explanations = move || explain(place()).into_iter().map(explanation).collect_view().into_any();
        let choice = move || {
            view! {
                <Choice label="Of" words=words.clone() chosen=look(place) on_choose=move |place: usize| chosen.set(place.to_string()) />
            }
            .into_any()
        };
        view! { {when(look(move || several().len() > 1), choice.into())} {part(explanations.into())} }.into_any()
    };
    body.into()
}

fn explanation(explanation: Explanation) -> AnyView {
    let steps = explanation.working.into_iter().map(|step| view! { <li>{step}</li> }.into_any()).collect_view();
    view! {
        <section class="explanation">
            <h3>{explanation.title}</h3>
            <p class="formula">{explanation.formula}</p>
            <ol>{steps}</ol>
            <p class="source">{explanation.rounding} " " {explanation.source}</p>
        </section>
    }
    .into_any()
}
