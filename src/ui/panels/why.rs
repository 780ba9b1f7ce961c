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

/// How the figures beside it come about, of one of several subjects at a time: drawn when it is first opened, and asked of what only
/// its page knows.
pub(super) fn explained(
    subjects: Look<Vec<String>>,
    explain: Box<dyn Fn(usize) -> Vec<Explanation> + Send + Sync>,
) -> AnyView {
    // The place of the subject, once it is open: a kind of signal that there is already.
    let chosen = RwSignal::new(String::new());
    let place = move || chosen.get().parse().unwrap_or(0);
    let open = move |event| {
        if page::is_open(&event) && chosen.read_untracked().is_empty() {
            chosen.set("0".to_owned());
        }
    };
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
    view! {
        <details class="table" on:toggle=open>
            <summary><h2>"How these figures come about"</h2></summary>
            {when(look(move || !chosen.read().is_empty()), body.into())}
        </details>
    }
    .into_any()
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
