//! What the goal means, in four figures.

use leptos::prelude::*;

use super::figure::Why;
use crate::browser::locale::Locale;
use crate::engine::{Need, Outcome};
use crate::plan::Plan;
use crate::report::why::Figure;
use crate::report::{Format as _, amount, words};
use crate::ui::workbench::Workbench;

/// End-to-end rate, pipeline to create, time, worth.
#[component]
pub fn MeaningPanel() -> impl IntoView {
    let workbench = expect_context::<Workbench>();
    let headline = move || workbench.outcome.get_untracked().headline;
    view! {
        <section aria-labelledby="meaning-title">
            <h2 id="meaning-title">"What it means"</h2>
            <dl>
                <Meaning
                    name=|plan, _| format!("{} to won", capital(&words::singular(plan, 0)))
                    figure=|_, outcome| outcome.stages.first().map_or_else(String::new, |stage| Locale.percent(stage.rate_to_won))
                    why=move |()| Figure::RateToWon(0)
                />
                <Meaning
                    name=|_, _| "Pipeline to create".to_owned()
                    figure=|plan, outcome| match outcome.pipeline {
                        Need::Of(pipeline) => amount(&Locale, pipeline, plan.currency),
                        Need::OutOfReach(_) => "out of reach".to_owned(),
                    }
                    why=move |()| Figure::Pipeline
                />
                <Meaning
                    name=|plan, _| format!("Days from {} to won", words::singular(plan, 0))
                    figure=|_, outcome| outcome.stages.first().map_or_else(String::new, |stage| Locale.number(f64::from(stage.days_to_won), 0))
                    why=move |()| Figure::DaysToWon(0)
                />
                <Meaning
                    name=|plan, outcome| format!("Worth of one {}", words::singular(plan, outcome.headline))
                    figure=|plan, outcome| outcome.stages.get(outcome.headline).map_or_else(String::new, |stage| amount(&Locale, stage.value_each, plan.currency))
                    why=move |()| Figure::Worth(headline())
                />
            </dl>
        </section>
    }
}

/// A name, its figure, and why.
#[component]
fn Meaning(
    name: fn(&Plan, &Outcome) -> String,
    figure: fn(&Plan, &Outcome) -> String,
    #[prop(into)] why: Callback<(), Figure>,
) -> impl IntoView {
    let workbench = expect_context::<Workbench>();
    let name = Memo::new(move |_| workbench.read(name));
    view! {
        <div>
            <dt>{name}</dt>
            <dd>
                <output aria-label=name aria-live="off">{move || workbench.read(figure)}</output>
                " "
                <Why label=move || format!("Why? {}", name.get()) figures=move |()| vec![why.run(())] />
            </dd>
        </div>
    }
}

fn capital(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().into_iter().flat_map(char::to_uppercase).chain(characters).collect()
}
