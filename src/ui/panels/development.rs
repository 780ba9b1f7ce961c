//! Who works the leads: what is typed about them, and what they can promise.

use leptos::prelude::*;

use super::answer::spans;
use super::changes::{self, DEVELOPMENT};
use super::form::{self, At, Field, Said, What, field};
use super::section::Section;
use super::why::explained;
use crate::browser::locale::Locale;
use crate::charts::people::{self as chart, LEADS_NOTE};
use crate::engine;
use crate::plan::Place;
use crate::report::development::{self, ASSUMPTIONS, STUDIES};
use crate::report::number::Kind;
use crate::report::{Format as _, words};
use crate::ui::desk::Desk;
use crate::ui::fields::{Picture, Text, look, part, when};
use crate::ui::figures;
use crate::ui::followed::Followed;
use crate::ui::markup::view;

/// What is typed, of which nothing is worked out.
pub fn development_form(issue: Text) -> AnyView {
    let at = At { id: DEVELOPMENT, ..At::PLAN };
    view! {
        {form::form(&TEAM, at)}
        <p class="help">{STUDIES}</p>
        {changes::rows(at)}
        <p class="error">{issue}</p>
        <div class="actions">{changes::add(at)}</div>
    }
    .into_any()
}

/// The answer, the months, the form.
#[component]
pub fn DevelopmentPanel(form: fn(Text) -> AnyView) -> impl IntoView {
    let workbench = Desk::get().workbench;
    let followed = Followed::new(engine::development);
    let known = followed.clone();
    let is_known = look(move || known.read(|_, _, development| development.is_some()));
    let summary = workbench.text(|plan, _| format!("{} now", Locale.number(plan.development.heads.as_f64(), 0)));
    let body = move || {
        let said = followed.clone();
        let sentence = move || spans(said.read(|plan, _, known| development::answer(plan, known.as_ref(), &Locale)));
        let support = followed.text(|plan, _, known| {
            known.as_ref().map(|known| development::support(plan, known, &Locale)).unwrap_or_default()
        });
        let issue = followed.text(|plan, _, known| {
            let issues = known.as_ref().map_or(&[][..], |known| &known.issues);
            words::issue_at(plan, issues, Some(Place::HeadChanges(plan.sales.len())))
        });
        let whys = followed.clone();
        let explain = move |_| {
            whys.read(|plan, _, known| {
                known.as_ref().map(|known| development::explain(plan, known, &Locale)).unwrap_or_default()
            })
        };
        let followed = followed.clone();
        let months = move || {
            let picture = followed.text(|plan, _, known| {
                known.as_ref().map(|known| chart::lead_picture(plan, known, &Locale)).unwrap_or_default()
            });
            let table = followed.text(|plan, _, known| {
                known.as_ref().map(|known| development::months(plan, known, &Locale).html()).unwrap_or_default()
            });
            view! {
                <figure class="calendar">
                    <Picture class="capacity" html=picture />
                    <figcaption>{LEADS_NOTE} " " {ASSUMPTIONS}</figcaption>
                    <details class="table">
                        <summary>"Show as a table"</summary>
                        <div class="scroll" tabindex="0" role="region" aria-label="The months of sales development as a table" inner_html=table.class()></div>
                    </details>
                </figure>
            }
            .into_any()
        };
        view! {
            <p class="brings">{part(sentence.into())}</p>
            <p class="under">{support}</p>
            {when(is_known.clone(), months.into())}
            {explained(look(Vec::new), Box::new(explain))}
            {form(issue)}
        }
        .into_any()
    };
    view! { <Section title="Sales development" summary=summary body=body.into() /> }
}

/// What is typed about them.
const TEAM: [Field; 11] = [
    field(
        "Heads now",
        "on the as-of date; none: nobody works leads",
        What::Figure(
            Kind::Count,
            |plan, _| Some(figures::of_count(plan.development.heads)),
            |plan, _, exact| plan.development.heads = figures::count(exact).unwrap_or_default(),
            None,
        ),
    ),
    field(
        "They work",
        "what enters this stage",
        What::Word(
            |plan, _| (0..plan.stages.len().saturating_sub(1)).map(|stage| words::plural(plan, stage)).collect(),
            |plan, _| engine::worked_stage(plan),
            |plan, _, place| plan.development.works = plan.stages.get(place).map(|stage| stage.id),
        ),
    ),
    field(
        "Touches a lead takes",
        "in all, with the first",
        What::Figure(
            Kind::Decimal,
            |plan, _| Some(plan.development.touches.millionths().into()),
            |plan, _, exact| plan.development.touches = figures::factor(exact).unwrap_or_default(),
            None,
        ),
    ),
    field(
        "Minutes a touch takes",
        "on average, with what is noted down",
        What::Figure(
            Kind::Decimal,
            |plan, _| Some(plan.development.minutes.millionths().into()),
            |plan, _, exact| plan.development.minutes = figures::factor(exact).unwrap_or_default(),
            None,
        ),
    ),
    Field {
        place: Some(|_, _| Some(Place::WorkingHours)),
        ..field(
            "Working hours a day",
            "at most 24",
            What::Figure(
                Kind::Decimal,
                |plan, _| Some(plan.development.hours.millionths().into()),
                |plan, _, exact| plan.development.hours = figures::factor(exact).unwrap_or_default(),
                None,
            ),
        )
    },
    Field {
        place: Some(|_, _| Some(Place::WorkingDays)),
        ..field(
            "Working days a week",
            "at most 7",
            What::Figure(
                Kind::Decimal,
                |plan, _| Some(plan.development.days.millionths().into()),
                |plan, _, exact| plan.development.days = figures::factor(exact).unwrap_or_default(),
                None,
            ),
        )
    },
    field(
        "Come outside these hours",
        "of all leads; empty: as many at night as by day",
        What::Figure(
            Kind::Rate,
            |plan, _| plan.development.outside.map(|share| share.millionths().into()),
            |plan, _, exact| plan.development.outside = figures::rate(exact),
            Some(|plan, _| Some(development::evenly_outside(plan, &Locale))),
        ),
    ),
    field(
        "Promised to",
        "of those that come within these hours",
        What::Figure(
            Kind::Rate,
            |plan, _| Some(plan.development.promise.millionths().into()),
            |plan, _, exact| plan.development.promise = figures::rate(exact).unwrap_or_default(),
            None,
        ),
    ),
    field(
        "A first touch within",
        "working minutes; 0: nothing is promised",
        What::Figure(
            Kind::Count,
            |plan, _| Some(figures::of_count(plan.development.within)),
            |plan, _, exact| plan.development.within = figures::count(exact).unwrap_or_default(),
            None,
        ),
    ),
    Field {
        label: Said::As("Odds when answered in time"),
        note: Said::Of(|plan, _| {
            let stage = engine::worked_stage(plan);
            format!("to become {}; 100 %: as without", words::indefinite(plan, stage + 1))
        }),
        place: None,
        what: What::Figure(
            Kind::Factor,
            |plan, _| Some(plan.development.odds.millionths().into()),
            |plan, _, exact| plan.development.odds = figures::factor(exact).unwrap_or_default(),
            None,
        ),
    },
    field(
        "No rate above",
        "whatever the odds say",
        What::Figure(
            Kind::Rate,
            |plan, _| Some(plan.development.odds_most.millionths().into()),
            |plan, _, exact| plan.development.odds_most = figures::rate(exact).unwrap_or_default(),
            None,
        ),
    ),
];
