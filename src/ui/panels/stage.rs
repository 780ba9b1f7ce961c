//! One row of the funnel: who, how wide, how many, and the step to the next.

use leptos::prelude::*;

use super::goal::rate;
use super::stage_editor::StageEditor;
use super::why::Why;
use crate::browser::locale::Locale;
use crate::charts::funnel;
use crate::engine::Outcome;
use crate::plan::{ItemId, Owner, Place, Plan, Stage, Step};
use crate::report::number::Kind;
use crate::report::why::Figure;
use crate::report::{self, words};
use crate::ui::desk::Desk;
use crate::ui::fields::{Button, NumberField, Text, look, when};
use crate::ui::workbench::Workbench;
use crate::units::{Count, Days};

/// One stage. It looks itself up by its id, so that moving a row moves its drafts.
#[derive(Clone, Copy)]
pub struct Row {
    /// Which stage.
    pub id: ItemId,
    /// The plan it is in.
    pub workbench: Workbench,
}

impl Row {
    /// Looks at the stage; the default when it is gone, as it is for the moment in which its row is taken away.
    pub fn read<T: Default>(self, look: impl FnOnce(usize, &Plan, &Outcome) -> T) -> T {
        self.workbench.read(|plan, outcome| {
            plan.position(self.id).map(|position| look(position, plan, outcome)).unwrap_or_default()
        })
    }

    /// A text that follows from the stage.
    pub fn text(self, say: impl Fn(usize, &Plan, &Outcome) -> String + Send + Sync + 'static) -> Text {
        Text::live(move || self.read(&say))
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

    fn step(self) -> Option<Step> {
        self.read(|position, plan, _| plan.segment.steps.get(position).copied())
    }

    fn change_step(self, change: impl FnOnce(&mut Step)) {
        self.workbench.type_in(|plan| {
            if let Some(step) = plan.position(self.id).and_then(|position| plan.segment.steps.get_mut(position)) {
                change(step);
            }
        });
    }
}

/// A row of the funnel with everything below it up to the next.
#[component]
pub fn StageRow(
    /// Which stage.
    id: ItemId,
) -> impl IntoView {
    let desk = expect_context::<Desk>();
    let row = Row { id, workbench: desk.workbench };
    let shape = row.text(|position, plan, outcome| {
        let widths = funnel::widths(outcome);
        let width = widths.get(position).copied().unwrap_or(1.0);
        let next = widths.get(position + 1).copied().unwrap_or(width);
        funnel::row(width, next, plan.stages.get(position).map_or(Owner::Sales, |stage| stage.owner))
    });
    let shape_class = row.text(|position, _, outcome| format!("shape {}", reach(outcome, position)));
    let is_open = move || desk.editing() == Some(id);
    let expanded = Text::live(move || is_open().to_string());
    let has_next = look(move || !row.is_last());
    view! {
        <li class=row.stage_text(|stage| format!("item {}", team_class(stage.owner))).class()>
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
                <div class=shape_class.class() inner_html=move || shape.get()></div>
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
    let needed = row.text(|position, _, outcome| {
        outcome.stages.get(position).map(|figures| report::row::needed(figures, &Locale)).unwrap_or_default()
    });
    let pace = row.text(|position, plan, outcome| report::row::pace(plan, outcome, position, &Locale));
    let why = move |()| {
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
            <output aria-label=row.naming("", " needed") aria-live="off" class=row.text(|position, _, outcome| size(outcome, position)).class()>
                {needed}
            </output>
            <small>{pace}</small>
            <Why name=question figures=why />
        </div>
    }
}

/// How many one has, if somebody wants to say so.
#[component]
fn Available(row: Row) -> impl IntoView {
    let available = move || {
        row.read(|position, plan, _| {
            plan.stages.get(position)?.available.and_then(|count| i64::try_from(count.get()).ok())
        })
    };
    let change = move |exact: Option<i64>| {
        let count = exact.and_then(|exact| Count::new(u64::try_from(exact).ok()?));
        row.workbench.type_in(|plan| {
            if let Some(stage) = plan.stage_mut(row.id) {
                stage.available = count;
            }
        });
    };
    let has_field = look(move || !row.is_last());
    let field = move || {
        let name = row.naming("", " available");
        view! { <NumberField label=name kind=Kind::Count value=look(available) optional=true look="compact" on_value=change /> }
            .into_any()
    };
    view! { <div class="have">{when(has_field, field.into())}</div> }
}

/// The share that goes on, and how long that takes.
#[component]
fn StepFields(row: Row) -> impl IntoView {
    let between = move |what: &'static str| {
        row.text(move |position, plan, _| {
            format!("{what} from {} to {}", words::singular(plan, position), words::singular(plan, position + 1))
        })
    };
    let days = |exact: Option<i64>| exact.and_then(|exact| Days::new(u16::try_from(exact).ok()?)).unwrap_or_default();
    view! {
        <div class="step">
            <NumberField
                label=between("Rate")
                kind=Kind::Rate
                value=look(move || row.step().map(|step| i64::from(step.rate.millionths())))
                suffix="%"
                look="compact"
                issue=row.workbench.issue_at(move |plan| plan.position(row.id).map(Place::Rate))
                on_value=move |exact| row.change_step(|step| step.rate = rate(exact))
            />
            <span>"go on in"</span>
            <NumberField
                label=between("Days")
                kind=Kind::Days
                value=look(move || row.step().map(|step| i64::from(step.days.get())))
                suffix="days"
                look="compact"
                on_value=move |exact| row.change_step(|step| step.days = days(exact))
            />
        </div>
    }
}

/// The line between two teams, and what crosses it.
#[component]
fn HandoffLine(row: Row) -> impl IntoView {
    let line = row.text(|position, plan, outcome| report::row::handoff(plan, outcome, position, &Locale));
    let why = move |()| row.read(|stage, _, _| vec![Figure::Pace(stage), Figure::Worth(stage), Figure::Handoff(stage)]);
    let is_handoff =
        move || row.read(|position, _, outcome| outcome.handoffs.iter().any(|handoff| handoff.stage == position));
    let draw = move || {
        if !is_handoff() {
            return ().into_any();
        }
        view! { <p class="handoff"><span>{line.clone()} " " <Why name="Why is the hand-off worth this much?" figures=why /></span></p> }
            .into_any()
    };
    when(look(is_handoff), draw.into())
}

/// The class that gives a team its hue.
fn team_class(owner: Owner) -> &'static str {
    match owner {
        Owner::Marketing => "marketing",
        Owner::SalesDevelopment => "development",
        Owner::Sales => "sales",
    }
}

/// The class of a figure: the longest are set smaller.
fn size(outcome: &Outcome, position: usize) -> String {
    let needed = outcome.stages.get(position).and_then(|figures| figures.volume.figure());
    needed.map_or("unreachable", |needed| if needed < 1e7 { "" } else { "long" }).to_owned()
}

/// The class of what is out of reach.
fn reach(outcome: &Outcome, position: usize) -> String {
    let is_reachable = outcome.stages.get(position).is_some_and(|figures| figures.volume.figure().is_some());
    if is_reachable { "" } else { "unreachable" }.to_owned()
}
