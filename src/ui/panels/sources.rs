//! Who must create the pipeline.

use leptos::prelude::*;

use super::form::{self, At, Field, SILENT, Said, What, nowhere, required};
use crate::browser::locale::Locale;
use crate::engine::SourceOutcome;
use crate::plan::{ItemId, Mission, Place, Plan, Scope, Source, joined};
use crate::report::number::Kind;
use crate::report::{Format as _, amount, parts};
use crate::ui::desk::Desk;
use crate::ui::fields::{Button, Section, look, when};
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
    let issue = workbench.issue_at(move |plan| match scope {
        Scope::Segment(id) => plan.segments.iter().position(|segment| segment.id == id).map(Place::SegmentSources),
        _ => Some(Place::Sources),
    });
    let has_own = look(move || workbench.read(|plan, _| own_shares(plan, scope)));
    let inherit = move || {
        let forget = move |()| {
            workbench.edit(|plan| {
                if let Scope::Segment(id) = scope {
                    plan.segment_mut(id).into_iter().for_each(|segment| segment.shares = None);
                }
            });
        };
        view! { <Button text="Same shares as the whole plan" on_press=forget /> }.into_any()
    };
    let rows = Source::ALL.map(|source| view! { <SourceRow source=source scope=scope /> }.into_any());
    view! {
        <Section title="Sources" summary=summary>
            <p class="help">
                "Shares are shares of deals. Every opportunity has one source, fixed when it is created."
            </p>
            <div class="scroll" tabindex="0" role="region" aria-label="Sources">
                <table>
                    <thead inner_html=HEAD.to_owned()></thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            </div>
            <p class="error">{issue}</p>
            {when(has_own, inherit.into())}
            {form::form(&MISSION, At { scope, id: ItemId(0), row: 0 })}
        </Section>
    }
}

const MISSION: [Field; 1] = [Field {
    label: Said::As("Marketing's mission"),
    note: Said::As("fill the pipeline: answers for what it hands over; own a target: for deals"),
    place: nowhere,
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
const FIELDS: [Field; 2] = [
    Field {
        label: Said::As("Share of"),
        note: SILENT,
        place: nowhere,
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
            required,
        ),
    },
    Field {
        label: Said::As("Stage of entry of"),
        note: SILENT,
        place: nowhere,
        what: What::Word(
            |plan, _| entries(plan),
            |plan, at| Source::ALL.get(at.row).map_or(0, |&source| plan.entry(source)),
            |plan, at, place| {
                let entry = stage_at(plan, place);
                if let Some(sourcing) = plan.sources.get_mut(at.row) {
                    sourcing.entry = entry;
                }
            },
        ),
    },
];

#[component]
fn SourceRow(source: Source, scope: Scope) -> impl IntoView {
    let desk = Desk::get();
    let name = parts::source(source);
    let at = At { scope, id: ItemId(0), row: source.index() };
    let figure = move |say: fn(&Plan, SourceOutcome) -> String| {
        desk.part_text(move |plan, part| {
            let outcome = part.sources.iter().find(|outcome| outcome.source == source);
            outcome.map(|&outcome| say(plan, outcome)).unwrap_or_default()
        })
    };
    let answers_for = desk.workbench.text(move |plan, outcome| {
        let part = outcome.parts.iter().find(|part| part.scope == Scope::Source(source));
        part.map(|part| parts::answers_for(plan, part, source, &Locale)).unwrap_or_default()
    });
    let pipeline = figure(|plan, outcome| match outcome.pipeline.figure() {
        Some(pipeline) => amount(&Locale, pipeline, plan.currency),
        None => "out of reach".to_owned(),
    });
    let bookings = figure(|plan, outcome| amount(&Locale, outcome.bookings, plan.currency));
    let outputs = [("Pipeline", pipeline), ("Bookings", bookings), ("Answer", answers_for)].map(|(what, text)| {
        view! { <td class="number"><output aria-label=format!("{what} of {name}") aria-live="off">{text}</output></td> }
            .into_any()
    });
    view! { <tr><th scope="row">{name}</th> {form::cells(&FIELDS, at, |_, at| Source::ALL.get(at.row).map_or("", |&source| parts::source(source)).to_owned())} {outputs.collect_view()}</tr> }
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

const HEAD: &str = "<tr><th>Source<th>Share<th>Enters as<th>Pipeline<th>Bookings<th>Answers for, in the whole plan";
