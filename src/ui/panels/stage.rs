//! One row of the funnel: who, how wide, how many, and the step to the next.

use leptos::prelude::*;

use super::stage_editor::StageEditor;
use super::why::Why;
use crate::browser::locale::Locale;
use crate::charts::funnel;
use crate::engine::Part;
use crate::plan::{Basis, ItemId, Owner, Place, Plan, Scope, Stage};
use crate::report::number::Kind;
use crate::report::why::Figure;
use crate::report::{self, Format as _, parts, words};
use crate::ui::desk::Desk;
use crate::ui::fields::{Button, ChoiceField, NumberField, Text, look, when};
use crate::ui::figures;

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

    /// Changes the step out of the stage, in the part of the plan that is looked at, while somebody types.
    fn change_step(self, change: impl FnOnce(&mut Plan, Scope, usize)) {
        let scope = self.desk.scope_now();
        self.desk.workbench.type_in(|plan| {
            if let Some(position) = plan.position(self.id) {
                change(plan, scope, position);
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
    let needed = row.text(|position, _, part| {
        part.stages.get(position).map(|figures| report::row::needed(figures, &Locale)).unwrap_or_default()
    });
    let pace = row.text(|position, plan, part| report::row::pace(plan, part, position, &Locale));
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
            <output aria-label=row.naming("", " needed") aria-live="off" class=row.text(|position, _, part| size(part, position)).class()>
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
    let available = move || row.read(|position, plan, _| plan.stages.get(position)?.available.map(figures::of_count));
    let change = move |exact: Option<i64>| {
        let count = figures::count(exact);
        row.desk.workbench.type_in(|plan| {
            if let Some(stage) = plan.stage_mut(row.id) {
                stage.available = count;
            }
        });
    };
    let has_field = look(move || !row.is_last() && row.desk.scope() == Scope::Whole);
    let field = move || {
        let name = row.naming("", " available");
        view! { <NumberField label=name kind=Kind::Count value=look(available) optional=true look="compact" on_value=change /> }
            .into_any()
    };
    view! { <div class="have">{when(has_field, field.into())}</div> }
}

/// The share that goes on, and how long that takes. A part of the plan may leave either empty: then it inherits.
#[component]
fn StepFields(row: Row) -> impl IntoView {
    let desk = row.desk;
    let scope = desk.scope_now();
    let is_part = scope != Scope::Whole;
    let between = move |what: &'static str| {
        row.text(move |position, plan, _| {
            format!("{what} from {} to {}", words::singular(plan, position), words::singular(plan, position + 1))
        })
    };
    // What is typed here, and what applies.
    let rate = move || {
        row.read(|position, plan, _| {
            let own = plan.own_step(scope, position).map(|own| own.rate.map(|(rate, _)| rate));
            let step = plan.step_in(scope, position)?;
            let rate = if is_part { own.flatten() } else { Some(step.rate) };
            rate.map(|rate| i64::from(rate.millionths()))
        })
    };
    let days = move || {
        row.read(|position, plan, _| {
            let own = plan.own_step(scope, position).map(|own| own.days);
            let step = plan.step_in(scope, position)?;
            let days = if is_part { own.flatten() } else { Some(step.days) };
            days.map(|days| i64::from(days.get()))
        })
    };
    let inherited = move |kind: Kind| {
        row.text(move |position, plan, _| {
            let step = plan.step_in(scope, position).filter(|_| is_part);
            let exact = |step: crate::plan::Step| match kind {
                Kind::Rate => i64::from(step.rate.millionths()),
                _ => i64::from(step.days.get()),
            };
            step.map(|step| kind.show(exact(step), &Locale)).unwrap_or_default()
        })
    };
    let basis = row.text(move |position, plan, _| {
        plan.step_in(scope, position).map(|step| parts::basis(step.basis).to_owned()).unwrap_or_default()
    });
    let bases: Vec<_> =
        Basis::ALL.iter().map(|&basis| (parts::basis(basis).to_owned(), parts::basis(basis).to_owned())).collect();
    let choose_basis = move |chosen: String| {
        if let Some(basis) = Basis::ALL.into_iter().find(|&basis| parts::basis(basis) == chosen) {
            desk.workbench.end_typing();
            row.change_step(|plan, scope, position| plan.set_basis(scope, position, basis));
        }
    };
    let together = row.text(|position, plan, part| {
        let rate = report::row::together(plan, part, position);
        rate.map(|rate| format!("together {}", Locale.percent(rate))).unwrap_or_default()
    });
    view! {
        <div class="step">
            <NumberField
                label=between("Rate")
                kind=Kind::Rate
                value=look(rate)
                optional=is_part
                placeholder=inherited(Kind::Rate)
                suffix="%"
                look="compact"
                issue=desk.workbench.issue_at(move |plan| plan.position(row.id).map(Place::Rate))
                on_value=move |exact| {
                    let rate = figures::rate(exact);
                    row.change_step(|plan, scope, position| plan.set_rate(scope, position, rate));
                }
            />
            <ChoiceField
                label=between("What the rate is,")
                options=look(move || bases.clone())
                value=basis
                look="compact"
                on_value=choose_basis
            />
            <span>"go on in"</span>
            <NumberField
                label=between("Days")
                kind=Kind::Days
                value=look(days)
                optional=is_part
                placeholder=inherited(Kind::Days)
                suffix="days"
                look="compact"
                on_value=move |exact| {
                    let days = figures::days(exact);
                    row.change_step(|plan, scope, position| plan.set_days(scope, position, days));
                }
            />
            <small>{together}</small>
        </div>
    }
}

/// The line between two teams, and what crosses it.
#[component]
fn HandoffLine(row: Row) -> impl IntoView {
    let line = row.text(|position, plan, part| report::row::handoff(plan, part, position, &Locale));
    let why = move |()| row.read(|stage, _, _| vec![Figure::Pace(stage), Figure::Worth(stage), Figure::Handoff(stage)]);
    let is_handoff =
        move || row.read(|position, plan, part| !report::row::handoff(plan, part, position, &Locale).is_empty());
    let draw = move || {
        if !is_handoff() {
            return ().into_any();
        }
        view! { <p class="handoff"><span>{line.clone()} " " <Why name="Why is the hand-off worth this much?" figures=why /></span></p> }
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
