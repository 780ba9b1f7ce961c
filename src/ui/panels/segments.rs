//! The parts of the market: a table to type in, to paste into, and to compare.

use std::sync::Arc;

use leptos::prelude::*;

use super::form::{self, At, Field, SILENT, Said, What};
use super::section::Section;
use super::why::Why;
use crate::browser::locale::Locale;
use crate::browser::page;
use crate::plan::{Issue, Place, Plan, Scope, Segment, SegmentGoal, Tag, joined, limits};
use crate::report::number::Kind;
use crate::report::why::Figure;
use crate::report::{self, parts, segments};
use crate::ui::desk::Desk;
use crate::ui::export;
use crate::ui::fields::{Choice, PasteBox, each, look, plain_button, when, words};
use crate::ui::figures;
use crate::ui::markup::view;
use crate::units::{Money, Rate};

/// All about segments.
#[component]
pub fn SegmentsPanel() -> impl IntoView {
    let desk = Desk::get();
    let workbench = desk.workbench;
    let summary = workbench.text(|plan, _| match plan.segments.as_slice() {
        [_] => "one market; split it where price, rates or speed differ".to_owned(),
        several => {
            let names: Vec<String> = several.iter().map(|segment| parts::segment(plan, segment)).collect();
            format!("{}: {}", several.len(), joined(&names, ", "))
        }
    });
    let body = move || {
        let whole = SegmentGoal::Share(Rate::ONE);
        let is_split = look(move || {
            workbench.read(|plan, _| plan.segments.len() > 1 || plan.segments.iter().any(|one| one.goal != whole))
        });
        let split = move || {
            workbench.edit(|plan| {
                if let Some(id) = plan.segments.last().map(|segment| segment.id) {
                    plan.split_segment(id);
                }
            });
            page::focus_later(".segments tr:last-child input".to_owned());
        };
        let take = move |text: String| {
            let mut plan = workbench.plan_now();
            segments::pasted(&mut plan, &text, &Locale)?;
            let changes = untrack(|| workbench.changes());
            workbench.edit(|old| *old = plan);
            if untrack(|| workbench.changes()) > changes {
                desk.redraw();
                desk.tell("The segments are those of the table now. Undo brings back the others.", vec![]);
                page::focus_later(".segments input".to_owned());
            }
            Ok(())
        };
        let table = move || view! { <SegmentTable /> <Compare /> }.into_any();
        view! {
            {when(is_split, table.into())}
            <div class="actions">
                {plain_button("Split off a segment", "", split)}
                {plain_button("Copy as a table", "", move || {
                        let copied = workbench.now(|plan, outcome| export::copy(&segments::table(plan, outcome, &Locale)));
                        desk.tell_copied(copied);
                    })}
            </div>
            <PasteBox
                summary="Paste a table from a spreadsheet"
                help="A row of headings, then one for each segment. Copy as a table shows every heading. Rates as 20 % or 0.2; empty cells inherit."
                label="Table of segments"
                action="Take these segments"
                take=Arc::new(take)
            />
        }
        .into_any()
    };
    view! { <Section title="Segments" summary=summary body=body.into() /> }
}

/// One row per segment.
#[component]
fn SegmentTable() -> impl IntoView {
    let desk = Desk::get();
    let workbench = desk.workbench;
    let ids = look(move || workbench.read(|plan, _| plan.segments.iter().map(|segment| segment.id).collect()));
    let are_amounts = move || workbench.read(|plan, _| plan.segments.iter().any(is_amount));
    // Each row looks itself up by its id.
    let row = move |id| {
        let at = At { scope: Scope::Segment(id), id, row: 0 };
        let fields = if untrack(are_amounts) { &BY_AMOUNT } else { &BY_SHARE };
        view! { <tr>{form::cells(fields, at, name_of)}</tr> }.into_any()
    };
    let state = move |place: usize| {
        workbench.edit_with(|plan, outcome| plan.state_goals(place == 1, outcome.goal.new_business));
        desk.redraw();
    };
    let wrong = workbench.text(|plan, outcome| {
        let missing = outcome.issues.iter().find_map(|issue| match issue {
            Issue::SegmentsDoNotAddUp(missing) => Some(*missing),
            _ => None,
        });
        missing.map(|missing| parts::not_shared_out(plan, missing, &Locale)).unwrap_or_default()
    });
    let is_wrong = {
        let wrong = wrong.clone();
        look(move || !wrong.get().is_empty())
    };
    let mend = move || {
        let share_out = move || workbench.edit_with(|plan, outcome| plan.share_out(outcome.goal.new_business));
        view! { <p class="error">{wrong.clone()} " " {plain_button("Make them add up", "", share_out)}</p> }.into_any()
    };
    view! {
        <Choice
            label="Segments state"
            words=words(&["a share of the target", "an amount of their own"])
            chosen=look(move || usize::from(are_amounts()))
            on_choose=state
        />
        <div class="scroll" tabindex="0" role="region" aria-label="Segments">
            <table class="segments">
                <thead inner_html=HEAD.to_owned()></thead>
                <tbody>{each(ids, Box::new(row))}</tbody>
            </table>
        </div>
        {when(is_wrong, mend.into())}
    }
}

fn is_amount(segment: &Segment) -> bool {
    matches!(segment.goal, SegmentGoal::Amount(_))
}

/// What stands in a row, by what the segments state.
static BY_SHARE: [Field; 11] = row(SHARE);
static BY_AMOUNT: [Field; 11] = row(AMOUNT);

const fn row(goal: Field) -> [Field; 11] {
    [
        Field {
            label: Said::As("Name of"),
            note: SILENT,
            place: Some(|plan, at| position(plan, at).map(Place::Segment)),
            what: What::Text(
                limits::TAG_CHARS,
                |plan, at| of(plan, at, |segment| segment.name.clone()),
                |plan, at, text| {
                    change(plan, at, |segment| segment.name = text);
                },
            ),
        },
        tag_field(
            "Region of",
            |plan, at| of(plan, at, |segment| segment.region.clone()),
            |plan, at, text| {
                change(plan, at, |segment| segment.region = text);
            },
        ),
        tag_field(
            "Vertical of",
            |plan, at| of(plan, at, |segment| segment.vertical.clone()),
            |plan, at, text| {
                change(plan, at, |segment| segment.vertical = text);
            },
        ),
        tag_field(
            "Deal type of",
            |plan, at| of(plan, at, |segment| segment.deal_type.clone()),
            |plan, at, text| {
                change(plan, at, |segment| segment.deal_type = text);
            },
        ),
        goal,
        Field {
            label: Said::As("Average selling price of"),
            note: SILENT,
            place: None,
            what: What::Figure(
                Kind::Money,
                |plan, at| plan.segment(at.id)?.own.asp.map(Money::thousandths),
                |plan, at, exact| plan.set_asp(Scope::Segment(at.id), figures::money(exact)),
                Some(|plan, _| Some(form::shown(Kind::Money, plan.base.asp.thousandths()))),
            ),
        },
        Field {
            label: Said::As("Accounts of"),
            note: SILENT,
            place: Some(|plan, at| position(plan, at).map(Place::Accounts)),
            what: What::Figure(
                Kind::Count,
                |plan, at| plan.segment(at.id)?.addressable.map(figures::of_count),
                |plan, at, exact| change(plan, at, |segment| segment.addressable = figures::count(exact)),
                Some(|_, _| Some(String::new())),
            ),
        },
        Field {
            label: Said::As("Needed for"),
            note: SILENT,
            place: None,
            what: What::Told(|plan, outcome, at| {
                let stage = outcome.part(at.scope).stages.get(plan.headline_position());
                stage.map(|stage| report::row::needed(stage, &Locale)).unwrap_or_default()
            }),
        },
        row_button("Show", "show", |desk, at| {
            desk.look_at(at.scope);
            page::focus_later(".scope select".to_owned());
        }),
        row_button("Split", "split", |desk, at| desk.workbench.edit(|plan| plan.split_segment(at.id))),
        row_button("Remove", "remove", |desk, at| {
            desk.workbench.edit(|plan| plan.remove_segment(at.id));
            page::focus_later(".segments input".to_owned());
        }),
    ]
}

const fn tag_field(label: &'static str, get: fn(&Plan, At) -> String, set: fn(&mut Plan, At, String)) -> Field {
    Field { label: Said::As(label), note: SILENT, place: None, what: What::Text(limits::TAG_CHARS, get, set) }
}

const SHARE: Field = Field {
    label: Said::As("What to bring:"),
    note: SILENT,
    place: None,
    what: What::Figure(
        Kind::Rate,
        |plan, at| plan.segment(at.id).map(|segment| segment.goal.share().millionths().into()),
        |plan, at, exact| {
            let share = figures::rate(exact).unwrap_or_default();
            change(plan, at, |segment| segment.goal = SegmentGoal::Share(share));
        },
        None,
    ),
};

const AMOUNT: Field = Field {
    label: Said::As("What to bring:"),
    note: SILENT,
    place: None,
    what: What::Figure(
        Kind::Money,
        |plan, at| match plan.segment(at.id)?.goal {
            SegmentGoal::Amount(amount) => Some(amount.thousandths()),
            SegmentGoal::Share(_) => None,
        },
        |plan, at, exact| {
            let amount = figures::money(exact).unwrap_or_default();
            change(plan, at, |segment| segment.goal = SegmentGoal::Amount(amount));
        },
        None,
    ),
};

const fn row_button(name: &'static str, text: &'static str, act: fn(Desk, At)) -> Field {
    Field { label: Said::As(name), note: SILENT, place: None, what: What::Press(text, act) }
}

fn name_of(plan: &Plan, at: At) -> String {
    plan.segment(at.id).map(|segment| parts::segment(plan, segment)).unwrap_or_default()
}

fn position(plan: &Plan, at: At) -> Option<usize> {
    plan.segments.iter().position(|segment| segment.id == at.id)
}

fn of(plan: &Plan, at: At, say: fn(&Segment) -> String) -> String {
    plan.segment(at.id).map(say).unwrap_or_default()
}

fn change(plan: &mut Plan, at: At, change: impl FnOnce(&mut Segment)) {
    if let Some(segment) = plan.segment_mut(at.id) {
        change(segment);
    }
}

/// The segments by region, vertical or deal type.
#[component]
fn Compare() -> impl IntoView {
    let workbench = Desk::get().workbench;
    let by = RwSignal::new(String::new());
    let tag = move || by.get().parse::<usize>().ok().and_then(|place| Tag::ALL.get(place.checked_sub(1)?).copied());
    let mut names = vec!["nothing"];
    names.extend(Tag::ALL.map(segments::tag));
    let html = workbench.text(move |plan, outcome| {
        tag().map(|tag| segments::groups(plan, outcome, tag, &Locale).html()).unwrap_or_default()
    });
    let is_compared = look(move || tag().is_some());
    let why = move || {
        let figures = move || {
            let (deals, headline) = workbench.now(|plan, _| (plan.base.steps.len(), plan.headline_position()));
            let mut figures = vec![Figure::Togo, Figure::Needed(deals), Figure::Needed(headline), Figure::Pipeline];
            figures.extend(tag().map(Figure::Compared));
            figures
        };
        view! { <Why name="Why these totals?" figures=look(figures) scope=Scope::Whole /> }.into_any()
    };
    view! {
        <Choice
            label="Compare by"
            words=words(&names)
            chosen=look(move || by.get().parse().unwrap_or(0))
            on_choose=move |place: usize| by.set(place.to_string())
        />
        <div class="scroll" tabindex="0" role="region" aria-label="The segments compared" inner_html=html.class()></div>
        {when(is_compared, why.into())}
    }
}

const HEAD: &str = "<tr><th>Segment<th>Region<th>Vertical<th>Deal type<th>To bring<th>Selling price<th>Accounts<th class=number>Needs<th colspan=3>";
