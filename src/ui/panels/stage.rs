//! One row of the funnel: who, how wide, how many, and the step to the next.

use leptos::prelude::*;

use super::form::{self, At, Field, SILENT, Said, What};
use super::stage_editor::StageEditor;
use super::why::Why;
use crate::browser::locale::Locale;
use crate::charts::funnel;
use crate::engine::Part;
use crate::plan::{Basis, ItemId, OwnStep, Owner, Place, Plan, Scope, Stage, Step};
use crate::report::number::Kind;
use crate::report::why::Figure;
use crate::report::{self, Format as _, parts, words};
use crate::ui::desk::Desk;
use crate::ui::fields::{Button, Picture, Text, look, owned, when};
use crate::ui::figures;
use crate::ui::markup::view;

/// One stage. It looks itself up by its id, so that moving a row moves its drafts.
#[derive(Clone, Copy)]
pub struct Row {
    /// Which stage.
    pub id: ItemId,
    /// The plan it is in, and the part of it that is looked at.
    pub desk: Desk,
}

impl Row {
    /// Looks at the stage; the default when it is gone, as it is for the moment in which its row is taken away.
    pub fn read<T: Default>(self, look: impl FnOnce(usize, &Plan, &Part) -> T) -> T {
        self.desk.read_part(|plan, part| {
            plan.position(self.id).map(|position| look(position, plan, part)).unwrap_or_default()
        })
    }

    /// A text that follows from the stage.
    pub fn text(self, say: impl Fn(usize, &Plan, &Part) -> String + Send + Sync + 'static) -> Text {
        self.desk.part_text(move |plan, part| {
            plan.position(self.id).map(|position| say(position, plan, part)).unwrap_or_default()
        })
    }

    /// A text of the stage itself.
    pub fn stage_text(self, say: fn(&Stage) -> String) -> Text {
        self.text(move |position, plan, _| plan.stages.get(position).map(say).unwrap_or_default())
    }

    /// A sentence with the stage's name in it.
    pub fn naming(self, before: &'static str, after: &'static str) -> Text {
        self.text(move |position, plan, _| {
            let name = plan.stages.get(position).map_or("", |stage| stage.plural.as_str());
            format!("{before}{name}{after}")
        })
    }

    /// Whether this is the last stage.
    pub fn is_last(self) -> bool {
        self.read(|position, plan, _| position + 1 == plan.stages.len())
    }
}

/// A row of the funnel with everything below it up to the next.
#[component]
pub fn StageRow(
    /// Which stage.
    id: ItemId,
) -> impl IntoView {
    let desk = Desk::get();
    let row = Row { id, desk };
    let shape = row.text(|position, plan, part| {
        let widths = funnel::widths(part);
        let width = widths.get(position).copied().unwrap_or(1.0);
        let next = widths.get(position + 1).copied().unwrap_or(width);
        funnel::row(width, next, plan.stages.get(position).map_or(Owner::Sales, |stage| stage.owner))
    });
    let shape_class = row.text(|position, _, part| format!("shape {}", reach(part, position)));
    let is_open = move || desk.editing() == Some(id);
    let expanded = Text::live(move || is_open().to_string());
    let has_next = look(move || !row.is_last());
    view! {
        <li class=row.stage_text(|stage| format!("item {}", funnel::team_class(stage.owner))).class()>
            <div class="stage">
                <div class="who">
                    <h3>{row.naming("", "")}</h3>
                    <p class="owner">{row.stage_text(|stage| words::owner(stage.owner).to_owned())}</p>
                    <Button
                        text="edit"
                        name=row.naming("Edit the stage ", "")
                        look="why"
                        expanded=expanded
                        on_press=move |()| desk.edit_stage(if untrack(is_open) { None } else { Some(id) })/>
                </div>
                <Picture class=shape_class html=shape />
                <Needed row=row />
                <Available row=row />
            </div>
            {when(look(is_open), (move || view! { <StageEditor row=row /> }.into_any()).into())}
            <HandoffLine row=row />
            {when(has_next, (move || view! { <StepFields row=row /> }.into_any()).into())}
        </li>
    }
}

/// How many are needed, how fast, and until when.
#[component]
fn Needed(row: Row) -> impl IntoView {
    let needed = row.text(|position, _, part| {
        part.stages.get(position).map(|figures| report::row::needed(figures, &Locale)).unwrap_or_default()
    });
    let pace = row.text(|position, plan, part| report::row::pace(plan, part, position, &Locale));
    let why = move || {
        row.read(|position, plan, _| {
            let all =
                [Figure::Needed, Figure::Pace, Figure::LastUseful, Figure::Worth, Figure::RateToWon, Figure::DaysToWon];
            let asked = if position + 1 == plan.stages.len() { 1 } else { all.len() };
            all.into_iter().take(asked).map(|figure| figure(position)).collect()
        })
    };
    let question = row.text(|position, plan, _| format!("Why this many {}?", words::plural(plan, position)));
    view! {
        <div class="volume">
            <output aria-label=row.naming("", " needed") aria-live="off" class=row.text(|position, _, part| size(part, position)).class()>
                {needed}
            </output>
            <small>{pace}</small>
            <Why name=question figures=look(why) />
        </div>
    }
}

/// How many one has, if somebody wants to say so.
#[component]
fn Available(row: Row) -> impl IntoView {
    let has_field = look(move || !row.is_last() && row.desk.scope() == Scope::Whole);
    let field = move || form::column(&AVAILABLE, At { id: row.id, ..At::PLAN }, "compact");
    view! { <div class="have">{when(has_field, field.into())}</div> }
}

const AVAILABLE: [Field; 1] = [Field {
    label: Said::Of(|plan, at| stage(plan, at).map(|stage| format!("{} available", stage.plural)).unwrap_or_default()),
    note: SILENT,
    place: None,
    what: What::Figure(
        Kind::Count,
        |plan, at| stage(plan, at)?.available.map(figures::of_count),
        |plan, at, exact| {
            if let Some(stage) = plan.stage_mut(at.id) {
                stage.available = figures::count(exact);
            }
        },
        Some(|_, _| Some(String::new())),
    ),
}];

fn stage(plan: &Plan, at: At) -> Option<&Stage> {
    plan.stages.get(plan.position(at.id)?)
}

/// The share that goes on, and how long that takes. A part of the plan may leave either empty: then it inherits.
#[component]
fn StepFields(row: Row) -> impl IntoView {
    let at = At { scope: row.desk.scope_now(), id: row.id, row: 0 };
    let together = row.text(|position, plan, part| {
        let rate = report::row::together(plan, part, position);
        rate.map(|rate| format!("together {}", Locale.percent(rate))).unwrap_or_default()
    });
    view! {
        <div class="step">
            {form::column(&RATE, at, "compact")}
            <span>"go on in"</span>
            {form::column(&DAYS, at, "compact")}
            <small>{together}</small>
        </div>
    }
}

const RATE: [Field; 2] = [
    Field {
        label: Said::Of(|plan, at| between(plan, at, "Rate")),
        note: SILENT,
        place: Some(|plan, at| plan.position(at.id).map(Place::Rate)),
        what: What::Figure(
            Kind::Rate,
            |plan, at| {
                let rate = match at.scope {
                    Scope::Whole => step(plan, at)?.rate,
                    _ => own_step(plan, at)?.rate?.0,
                };
                Some(rate.millionths().into())
            },
            |plan, at, exact| change_step(plan, at, |plan, step| plan.set_rate(at.scope, step, figures::rate(exact))),
            Some(|plan, at| inherited(plan, at, |step| form::shown(Kind::Rate, step.rate.millionths()))),
        ),
    },
    Field {
        label: Said::Of(|plan, at| between(plan, at, "What the rate is,")),
        note: SILENT,
        place: None,
        what: What::Word(
            |_, _| owned(&Basis::ALL.map(parts::basis)),
            |plan, at| {
                let basis = step(plan, at).map(|step| step.basis);
                Basis::ALL.iter().position(|&known| Some(known) == basis).unwrap_or(0)
            },
            |plan, at, place| {
                let basis = Basis::ALL.get(place).copied().unwrap_or_default();
                change_step(plan, at, |plan, step| plan.set_basis(at.scope, step, basis));
            },
        ),
    },
];

const DAYS: [Field; 1] = [Field {
    label: Said::Of(|plan, at| between(plan, at, "Days")),
    note: SILENT,
    place: None,
    what: What::Figure(
        Kind::Days,
        |plan, at| {
            let days = match at.scope {
                Scope::Whole => step(plan, at)?.days,
                _ => own_step(plan, at)?.days?,
            };
            Some(days.get().into())
        },
        |plan, at, exact| change_step(plan, at, |plan, step| plan.set_days(at.scope, step, figures::days(exact))),
        Some(|plan, at| inherited(plan, at, |step| form::shown(Kind::Days, step.days.get()))),
    ),
}];

/// What is said of the step out of a stage: *Rate from Lead to MQL*.
fn between(plan: &Plan, at: At, what: &str) -> String {
    let position = plan.position(at.id).unwrap_or(0);
    format!("{what} from {} to {}", words::singular(plan, position), words::singular(plan, position + 1))
}

/// The step out of the stage, as it applies in the part of the plan.
fn step(plan: &Plan, at: At) -> Option<Step> {
    plan.step_in(at.scope, plan.position(at.id)?)
}

/// The step out of the stage, as far as the part of the plan has its own.
fn own_step(plan: &Plan, at: At) -> Option<&OwnStep> {
    plan.own_step(at.scope, plan.position(at.id)?)
}

fn inherited(plan: &Plan, at: At, show: fn(Step) -> String) -> Option<String> {
    form::inherits(at).then(|| step(plan, at).map(show).unwrap_or_default())
}

fn change_step(plan: &mut Plan, at: At, change: impl FnOnce(&mut Plan, usize)) {
    if let Some(position) = plan.position(at.id) {
        change(plan, position);
    }
}

/// The line between two teams, and what crosses it.
#[component]
fn HandoffLine(row: Row) -> impl IntoView {
    let line = row.text(|position, plan, part| report::row::handoff(plan, part, position, &Locale));
    let why = move || row.read(|stage, _, _| vec![Figure::Pace(stage), Figure::Worth(stage), Figure::Handoff(stage)]);
    let is_handoff =
        move || row.read(|position, plan, part| !report::row::handoff(plan, part, position, &Locale).is_empty());
    let draw = move || {
        if !is_handoff() {
            return ().into_any();
        }
        view! { <p class="handoff"><span>{line.clone()} " " <Why name="Why is the hand-off worth this much?" figures=look(why) /></span></p> }
            .into_any()
    };
    when(look(is_handoff), draw.into())
}

/// The class of a figure: the longest are set smaller.
fn size(part: &Part, position: usize) -> String {
    let needed = part.stages.get(position).and_then(|figures| figures.volume.figure());
    needed.map_or("unreachable", |needed| if needed < 1e7 { "" } else { "long" }).to_owned()
}

/// The class of what is out of reach.
fn reach(part: &Part, position: usize) -> String {
    let is_reachable = part.stages.get(position).is_some_and(|figures| figures.volume.figure().is_some());
    if is_reachable { "" } else { "unreachable" }.to_owned()
}
