//! What the goal means, in four figures.

use leptos::prelude::*;

use super::why::Why;
use crate::browser::locale::Locale;
use crate::engine::{Need, Outcome, Part, StageOutcome};
use crate::plan::Plan;
use crate::report::why::Figure;
use crate::report::{Format as _, amount, words};
use crate::ui::desk::Desk;
use crate::ui::fields::{Text, look};
use crate::ui::markup::view;

/// A name, its figure, and which one that is when asked why.
struct Meaning {
    name: fn(&Plan, &Part) -> String,
    figure: fn(&Plan, &Part) -> String,
    why: fn(&Outcome) -> Figure,
}

const MEANINGS: [Meaning; 4] = [
    Meaning {
        name: |plan, _| words::capitalised(&format!("{} to won", words::singular(plan, 0))),
        figure: |_, part| first(part, |stage| Locale.percent(stage.rate_to_won)),
        why: |_| Figure::RateToWon(0),
    },
    Meaning {
        name: |_, _| "Pipeline to create".to_owned(),
        figure: |plan, part| match part.pipeline {
            Need::Of(pipeline) => amount(&Locale, pipeline, plan.currency),
            Need::OutOfReach(_) => "out of reach".to_owned(),
        },
        why: |_| Figure::Pipeline,
    },
    Meaning {
        name: |plan, _| format!("Days from {} to won", words::singular(plan, 0)),
        figure: |_, part| first(part, |stage| Locale.number(f64::from(stage.days_to_won), 0)),
        why: |_| Figure::DaysToWon(0),
    },
    Meaning {
        name: |plan, _| format!("Worth of one {}", words::singular(plan, plan.headline_position())),
        figure: |plan, part| {
            let headline = part.stages.get(plan.headline_position());
            headline.map(|stage| amount(&Locale, stage.value_each, plan.currency)).unwrap_or_default()
        },
        why: |outcome| Figure::Worth(outcome.headline),
    },
];

/// A figure of the first stage; nothing where everything enters further down.
fn first(part: &Part, say: fn(&StageOutcome) -> String) -> String {
    part.stages.first().filter(|stage| stage.is_passed).map_or_else(|| "–".to_owned(), say)
}

/// End-to-end rate, pipeline to create, time, worth.
#[component]
pub fn MeaningPanel() -> impl IntoView {
    let rows = MEANINGS.into_iter().map(row).collect_view();
    view! {
        <section aria-label="What it means">
            <h2>"What it means"</h2>
            <dl>{rows}</dl>
        </section>
    }
}

fn row(Meaning { name, figure, why }: Meaning) -> AnyView {
    let desk = Desk::get();
    let workbench = desk.workbench;
    let (name, figure) = (desk.part_text(name), desk.part_text(figure));
    let asked = name.clone();
    let question = Text::live(move || format!("Why? {}", asked.get()));
    view! {
        <div>
            <dt>{name.clone()}</dt>
            <dd>
                <output aria-label=name aria-live="off">{figure}</output>
                " "
                <Why name=question figures=look(move || vec![workbench.now(|_, outcome| why(outcome))]) />
            </dd>
        </div>
    }
    .into_any()
}
