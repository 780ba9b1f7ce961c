//! How figures come about.

use leptos::prelude::*;

use crate::browser::locale::Locale;
use crate::report::why::{self, Explanation, Figure};
use crate::ui::workbench::Workbench;

/// Formula, live figures, rounding and source of each figure that was asked about.
#[component]
pub fn WhyPanel(figures: Vec<Figure>) -> impl IntoView {
    let workbench = expect_context::<Workbench>();
    move || {
        workbench.read(|plan, outcome| {
            let explained = figures.iter().filter_map(|&figure| why::why(plan, outcome, figure, &Locale));
            explained.map(explanation).collect_view()
        })
    }
}

fn explanation(explanation: Explanation) -> impl IntoView {
    let steps = explanation.working.into_iter().map(|step| view! { <li>{step}</li> }).collect_view();
    view! {
        <section class="explanation">
            <h3>{explanation.title}</h3>
            <p class="formula">{explanation.formula}</p>
            <ol>{steps}</ol>
            <p class="source">{explanation.rounding} " " {explanation.source}</p>
        </section>
    }
}
