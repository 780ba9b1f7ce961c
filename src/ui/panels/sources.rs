//! Who must create the pipeline.

use leptos::prelude::*;

use super::form::{self, At, Field, SILENT, Said, What};
use super::section::Section;
use super::why::Why;
use crate::browser::locale::Locale;
use crate::engine::{Outcome, SourceOutcome};
use crate::plan::{ItemId, Mission, Place, Plan, Scope, Source, joined};
use crate::report::number::Kind;
use crate::report::why::Figure;
use crate::report::{Format as _, amount, parts};
use crate::ui::desk::Desk;
use crate::ui::fields::{look, owned, plain_button, when};
use crate::ui::figures;
use crate::ui::markup::view;
use crate::units::Rate;

/// Shares, entries, and what each source answers for.
#[component]
pub fn SourcesPanel() -> impl IntoView {
    let desk = Desk::get();
    let workbench = desk.workbench;
    let scope = desk.scope_now();
    let summary = workbench.text(move |plan, _| {
        let shares = shares_of(plan, scope);
        let used = Source::ALL.into_iter().zip(shares).filter(|(_, share)| *share > Rate::ZERO);
        let said: Vec<String> = used
            .map(|(source, share)| format!("{} {}", parts::source(source), Locale.percent(share.fraction())))
            .collect();
        joined(&said, " · ")
    });
    let body = move || {
        let issue = workbench.issue_at(move |plan| match scope {
            Scope::Segment(id) => plan.segments.iter().position(|segment| segment.id == id).map(Place::SegmentSources),
            _ => Some(Place::Sources),
        });
        let has_own = look(move || workbench.read(|plan, _| own_shares(plan, scope)));
        let why = move || {
            workbench.now(|_, outcome| {
                outcome.part(scope).sources.iter().map(|created| Figure::Creates(created.source)).collect()
            })
        };
        let inherit = move || {
            let forget = move || {
                workbench.edit(|plan| {
                    if let Scope::Segment(id) = scope {
                        plan.segment_mut(id).into_iter().for_each(|segment| segment.shares = None);
                    }
                });
            };
            plain_button("Same shares as the whole plan", "", forget)
        };
        let row = |source: Source| {
            let cells = form::cells(&FIELDS, At { scope, id: ItemId(0), row: source.index() }, |_, at| {
                parts::source(source_of(at)).to_owned()
            });
            view! { <tr><th scope="row">{parts::source(source)}</th>{cells}</tr> }.into_any()
        };
        view! {
            <p class="help">
                "Shares are shares of deals. Every opportunity has one source, fixed when it is created."
            </p>
            <div class="scroll" tabindex="0" role="region" aria-label="Sources">
                <table>
                    <thead inner_html=HEAD.to_owned()></thead>
                    <tbody>{Source::ALL.map(row).collect_view()}</tbody>
                </table>
            </div>
            <p class="error">{issue}</p>
            <Why name="Why do the sources create this much?" figures=look(why) />
            {when(has_own, inherit.into())}
            {form::form(&MISSION, At { scope, id: ItemId(0), row: 0 })}
        }
        .into_any()
    };
    view! { <Section title="Sources" summary=summary body=body.into() /> }
}

const MISSION: [Field; 1] = [Field {
    label: Said::As("Marketing's mission"),
    note: Said::As("fill the pipeline: answers for what it hands over; own a target: for deals"),
    place: None,
    what: What::Word(
        |_, _| Mission::ALL.map(|mission| parts::mission(mission).to_owned()).to_vec(),
        |plan, _| Mission::ALL.iter().position(|&mission| mission == plan.mission).unwrap_or(0),
        |plan, _, place| plan.mission = Mission::ALL.get(place).copied().unwrap_or_default(),
    ),
}];

fn own_shares(plan: &Plan, scope: Scope) -> bool {
    matches!(scope, Scope::Segment(id) if plan.segment(id).is_some_and(|segment| segment.shares.is_some()))
}

/// The shares of the segment that is looked at, or those that are inherited.
fn shares_of(plan: &Plan, scope: Scope) -> [Rate; 5] {
    match scope {
        Scope::Segment(id) => plan.segment(id).map(|segment| plan.shares(segment)).unwrap_or_default(),
        _ => Source::ALL.map(|source| plan.sourcing(source).share),
    }
}

/// What is typed in a row; the row is the source's place among [`Source::ALL`].
const FIELDS: [Field; 5] = [
    Field {
        label: Said::As("Share of"),
        note: SILENT,
        place: None,
        what: What::Figure(
            Kind::Rate,
            |plan, at| shares_of(plan, at.scope).get(at.row).map(|share| i64::from(share.millionths())),
            |plan, at, exact| {
                let mut shares = shares_of(plan, at.scope);
                if let Some(slot) = shares.get_mut(at.row) {
                    *slot = figures::rate(exact).unwrap_or_default();
                }
                if let Scope::Segment(id) = at.scope {
                    plan.segment_mut(id).into_iter().for_each(|segment| segment.shares = Some(shares));
                } else {
                    plan.sources.iter_mut().zip(shares).for_each(|(sourcing, share)| sourcing.share = share);
                }
            },
            None,
        ),
    },
    Field {
        label: Said::As("Stage of entry of"),
        note: SILENT,
        place: None,
        what: What::Word(
            |plan, _| entries(plan),
            |plan, at| plan.entry(source_of(at)),
            |plan, at, place| {
                let entry = stage_at(plan, place);
                if let Some(sourcing) = plan.sources.get_mut(at.row) {
                    sourcing.entry = entry;
                }
            },
        ),
    },
    told("Pipeline of", |plan, outcome, at| match creates(outcome, at).map(|created| created.pipeline.figure()) {
        Some(Some(pipeline)) => amount(&Locale, pipeline, plan.currency),
        Some(None) => "out of reach".to_owned(),
        None => String::new(),
    }),
    told("Bookings of", |plan, outcome, at| {
        creates(outcome, at).map(|created| amount(&Locale, created.bookings, plan.currency)).unwrap_or_default()
    }),
    told("Answer of", |plan, outcome, at| {
        let source = source_of(at);
        let part = outcome.parts.iter().find(|part| part.scope == Scope::Source(source));
        part.map(|part| parts::answers_for(plan, part, source, &Locale)).unwrap_or_default()
    }),
];

/// What follows for a source.
const fn told(label: &'static str, say: fn(&Plan, &Outcome, At) -> String) -> Field {
    Field { label: Said::As(label), note: SILENT, place: None, what: What::Told(say) }
}

fn source_of(at: At) -> Source {
    source_at(at.row)
}

fn creates(outcome: &Outcome, at: At) -> Option<SourceOutcome> {
    outcome.part(at.scope).sources.iter().find(|outcome| outcome.source == source_of(at)).copied()
}

/// Every source, by name.
pub fn sources(_: &Plan, _: At) -> Vec<String> {
    owned(&Source::ALL.map(parts::source))
}

/// The source at a place among [`Source::ALL`].
pub fn source_at(place: usize) -> Source {
    Source::ALL.get(place).copied().unwrap_or_default()
}

/// The stages at which something can enter, by name.
pub fn entries(plan: &Plan) -> Vec<String> {
    let last = plan.stages.len().saturating_sub(1);
    plan.stages.iter().take(last).map(|stage| stage.singular.clone()).collect()
}

/// The stage at a place, to be named as one to enter at; the first is understood.
pub fn stage_at(plan: &Plan, place: usize) -> Option<ItemId> {
    plan.stages.get(place).map(|stage| stage.id).filter(|_| place > 0)
}

const HEAD: &str = "<tr><th>Source<th>Share<th>Enters as<th class=number>Pipeline<th class=number>Bookings<th class=number>Answers for, in the whole plan";
