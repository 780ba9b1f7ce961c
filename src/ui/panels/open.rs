//! What is booked and what is open on the as-of date.

use leptos::prelude::*;

use super::form::{self, At, Field, SILENT, Said, What};
use super::period::AsOfField;
use super::section::Section;
use super::sources::{entries, source_at, sources};
use crate::browser::locale::Locale;
use crate::browser::page;
use crate::plan::{ItemId, Open, Place, Plan, Scope, Source};
use crate::report::number::Kind;
use crate::report::{Format as _, amount};
use crate::ui::desk::Desk;
use crate::ui::fields::{each, look, places, plain_button};
use crate::ui::figures;
use crate::ui::markup::view;
use crate::units::{Count, Money};

/// The as-of date, and for one segment what is booked and open.
#[component]
pub fn OpenPanel() -> impl IntoView {
    let desk = Desk::get();
    let summary = desk.part_text(|plan, part| {
        let progress = part.progress;
        let money = |value: f64| amount(&Locale, value, plan.currency);
        format!("{} booked, {} open", money(progress.booked), money(progress.open))
    });
    let segment = match desk.scope_now() {
        Scope::Segment(id) => Some(id),
        _ => desk.workbench.now(|plan, _| match plan.segments.as_slice() {
            [only] => Some(only.id),
            _ => None,
        }),
    };
    let body = move || {
        let of_segment = match segment {
            Some(id) => view! { <OpenOf id=id /> }.into_any(),
            None => {
                view! { <p class="help">"Choose a segment above to type what is booked and open in it."</p> }.into_any()
            }
        };
        view! {
            <AsOfField />
            {of_segment}
        }
        .into_any()
    };
    view! { <Section title="Booked and open" summary=summary body=body.into() /> }
}

/// Of one segment.
#[component]
fn OpenOf(id: ItemId) -> impl IntoView {
    let desk = Desk::get();
    let workbench = desk.workbench;
    // Each row looks itself up by its place.
    let rows = look(move || workbench.read(|plan, _| places(plan.segment(id).map_or(0, |segment| segment.open.len()))));
    let row = move |row: ItemId| {
        let at = At { scope: Scope::Whole, id, row: row.0 as usize };
        view! { <tr>{form::cells(&FIELDS, at, |_, at| format!("row {}", at.row + 1))}</tr> }.into_any()
    };
    let add = move || {
        workbench.edit(|plan| {
            let stage = plan.stages.iter().rev().nth(1).map(|stage| stage.id);
            if let (Some(stage), Some(segment)) = (stage, plan.segment_mut(id)) {
                segment.open.push(Open {
                    stage,
                    source: Source::Marketing,
                    count: Count::default(),
                    amount: None,
                    age: None,
                });
            }
        });
        page::focus_later(".pipeline tr:last-child input".to_owned());
    };
    let issue =
        workbench.issue_at(move |plan| plan.segments.iter().position(|segment| segment.id == id).map(Place::Open));
    view! {
        {form::form(&BOOKED, At { scope: Scope::Whole, id, row: 0 })}
        <div class="scroll" tabindex="0" role="region" aria-label="What is open">
            <table class="pipeline">
                <thead inner_html=HEAD.to_owned()></thead>
                <tbody>{each(rows, Box::new(row))}</tbody>
            </table>
        </div>
        <p class="error">{issue}</p>
        {plain_button("Add what is open", "", add)}
    }
}

const BOOKED: [Field; 1] = [Field {
    label: Said::As("Booked so far"),
    note: Said::As("within the period, up to the as-of date"),
    place: None,
    what: What::Figure(
        Kind::Money,
        |plan, at| plan.segment(at.id).map(|segment| segment.booked.thousandths()),
        |plan, at, exact| {
            if let Some(segment) = plan.segment_mut(at.id) {
                segment.booked = figures::money(exact).unwrap_or_default();
            }
        },
        None,
    ),
}];

/// What is typed in a row.
const FIELDS: [Field; 6] = [
    Field {
        label: Said::As("Stage of"),
        note: SILENT,
        place: None,
        what: What::Word(
            |plan, _| entries(plan),
            |plan, at| of(plan, at).and_then(|open| plan.position(open.stage)).unwrap_or(0),
            |plan, at, place| {
                let stage = plan.stages.get(place).map(|stage| stage.id);
                change(plan, at, |open| open.stage = stage.unwrap_or(open.stage));
            },
        ),
    },
    Field {
        label: Said::As("Source of"),
        note: SILENT,
        place: None,
        what: What::Word(
            sources,
            |plan, at| of(plan, at).map_or(0, |open| open.source.index()),
            |plan, at, place| {
                change(plan, at, |open| open.source = source_at(place));
            },
        ),
    },
    Field {
        label: Said::As("How many in"),
        note: SILENT,
        place: None,
        what: What::Figure(
            Kind::Count,
            |plan, at| of(plan, at).map(|open| figures::of_count(open.count)),
            |plan, at, exact| change(plan, at, |open| open.count = figures::count(exact).unwrap_or_default()),
            None,
        ),
    },
    Field {
        label: Said::As("Worth together in"),
        note: SILENT,
        place: None,
        what: What::Figure(
            Kind::Money,
            |plan, at| of(plan, at)?.amount.map(Money::thousandths),
            |plan, at, exact| change(plan, at, |open| open.amount = figures::money(exact)),
            Some(|plan, at| {
                let worth = plan.segment(at.id).zip(of(plan, at)).map(|(segment, open)| plan.worth(segment, open));
                Some(worth.map(|worth| Locale.number(worth, 0)).unwrap_or_default())
            }),
        ),
    },
    Field {
        label: Said::As("Days in the stage in"),
        note: SILENT,
        place: None,
        what: What::Figure(
            Kind::Days,
            |plan, at| of(plan, at)?.age.map(|age| age.get().into()),
            |plan, at, exact| change(plan, at, |open| open.age = figures::days(exact)),
            Some(|_, _| Some("unknown".to_owned())),
        ),
    },
    Field {
        label: Said::As("Remove"),
        note: SILENT,
        place: None,
        what: What::Press("remove", |desk, at| {
            desk.workbench.edit(|plan| {
                if let Some(segment) = plan.segment_mut(at.id).filter(|segment| at.row < segment.open.len()) {
                    segment.open.remove(at.row);
                }
            });
            desk.redraw();
            // The last one leaves the button that adds one.
            page::focus_later(".pipeline input, :has(.pipeline) ~ button".to_owned());
        }),
    },
];

fn of(plan: &Plan, at: At) -> Option<&Open> {
    plan.segment(at.id)?.open.get(at.row)
}

fn change(plan: &mut Plan, at: At, change: impl FnOnce(&mut Open)) {
    if let Some(open) = plan.segment_mut(at.id).and_then(|segment| segment.open.get_mut(at.row)) {
        change(open);
    }
}

const HEAD: &str = "<tr><th>Stage<th>Source<th>How many<th>Worth together<th>Days in the stage<th>";
