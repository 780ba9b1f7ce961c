//! One row of the funnel: who, how wide, how many, and the step to the next.

use leptos::prelude::*;

use super::figure::{Why, count, days, rate};
use super::stage_editor::StageEditor;
use crate::browser::locale::Locale;
use crate::charts::funnel;
use crate::engine::{Need, Outcome, StageOutcome};
use crate::plan::{ItemId, Owner, Place, Plan, Step};
use crate::report::number::Kind;
use crate::report::why::Figure;
use crate::report::{DateStyle, Format as _, amount, words};
use crate::ui::fields::NumberField;
use crate::ui::workbench::Workbench;

/// The class that gives a team its hue.
pub fn team_class(owner: Owner) -> &'static str {
    match owner {
        Owner::Marketing => "marketing",
        Owner::SalesDevelopment => "development",
        Owner::Sales => "sales",
    }
}

/// One stage. It looks itself up by its id, so that moving a row moves its drafts.
#[derive(Clone, Copy)]
pub struct Row {
    /// Which stage.
    pub id: ItemId,
    workbench: Workbench,
}

impl Row {
    /// Looks at the stage; the default when it is gone, as it is for the moment in which its row is taken away.
    pub(super) fn read<T: Default>(self, look: impl FnOnce(usize, &Plan, &Outcome) -> T) -> T {
        self.workbench.read(|plan, outcome| {
            plan.position(self.id).map(|position| look(position, plan, outcome)).unwrap_or_default()
        })
    }

    fn figures<T: Default>(self, look: impl FnOnce(&StageOutcome) -> T) -> T {
        self.read(|position, _, outcome| outcome.stages.get(position).map(look).unwrap_or_default())
    }

    pub(super) fn position(self) -> usize {
        self.read(|position, _, _| position)
    }

    pub(super) fn plural(self) -> String {
        self.read(|position, plan, _| plan.stages.get(position).map(|stage| stage.plural.clone()).unwrap_or_default())
    }

    pub(super) fn is_last(self) -> bool {
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
    /// The widths of all shapes.
    widths: Memo<Vec<f64>>,
    /// The stage whose details are open.
    open: RwSignal<Option<ItemId>>,
) -> impl IntoView {
    let row = Row { id, workbench: expect_context::<Workbench>() };
    let owner = Memo::new(move |_| row.read(|position, plan, _| plan.stages.get(position).map(|stage| stage.owner)));
    let shape = move || {
        let position = row.position();
        widths.with(|widths| {
            let width = widths.get(position).copied().unwrap_or(1.0);
            let next = widths.get(position + 1).copied().unwrap_or(width);
            funnel::row(width, next, owner.get().unwrap_or(Owner::Sales))
        })
    };
    let is_open = move || open.get() == Some(id);
    let class = move || format!("item {}", owner.get().map_or("", team_class));
    view! {
        <li class=class>
            <div class="stage">
                <div class="who">
                    <h3>{move || row.plural()}</h3>
                    <p class="owner">{move || owner.get().map(words::owner)}</p>
                    <button
                        type="button"
                        class="why"
                        aria-expanded=move || is_open().to_string()
                        aria-label=move || format!("Edit the stage {}", row.plural())
                        on:click=move |_| open.update(|open| *open = if *open == Some(id) { None } else { Some(id) })
                    >
                        {move || if is_open() { "close" } else { "edit" }}
                    </button>
                </div>
                <div class="shape" class:unreachable=move || row.figures(|figures| figures.carried.figure().is_none()) inner_html=shape></div>
                <Needed row=row />
                <Available row=row />
            </div>
            {move || is_open().then(|| view! { <StageEditor row=row open=open /> })}
            <HandoffLine row=row />
            {move || (!row.is_last()).then(|| view! { <StepFields row=row /> })}
        </li>
    }
}

/// How many are needed, how fast, and until when.
#[component]
fn Needed(row: Row) -> impl IntoView {
    let needed = move || row.figures(|figures| shown(figures.volume));
    let pace = move || {
        row.read(|position, plan, outcome| {
            let figures = outcome.stages.get(position)?;
            if position + 1 == plan.stages.len() {
                return Some(format!("{} each", amount(&Locale, plan.segment.asp.major(), plan.currency)));
            }
            let by = Locale.date(figures.last_useful, DateStyle::DayAndMonth);
            Some(match figures.pace {
                Some(Need::Of(pace)) => format!("{} a month, by {by}", crate::report::count(&Locale, pace)),
                Some(Need::OutOfReach(_)) => String::new(),
                None => format!("had to come by {by}"),
            })
        })
    };
    view! {
        <div class="volume">
            <output aria-label=move || format!("{} needed", row.plural()) aria-live="off" class:unreachable=move || row.figures(|figures| figures.volume.figure().is_none())>
                {needed}
            </output>
            <small>{pace}</small>
            <Why
                label=move || format!("Why this many {}?", row.read(|position, plan, _| words::plural(plan, position)))
                figures=move |()| {
                    let stage = row.position();
                    let figures = [Figure::Needed, Figure::Pace, Figure::LastUseful, Figure::Worth, Figure::RateToWon, Figure::DaysToWon];
                    let asked = if row.is_last() { 1 } else { figures.len() };
                    figures.into_iter().take(asked).map(|figure| figure(stage)).collect()
                }
            />
        </div>
    }
}

/// How many one has, if somebody wants to say so.
#[component]
fn Available(row: Row) -> impl IntoView {
    let available = move || {
        row.read(|position, plan, _| {
            plan.stages.get(position)?.available.map(|available| i64::try_from(available.get()).unwrap_or(i64::MAX))
        })
    };
    view! {
        <div class="have">
            {move || {
                (!row.is_last()).then(|| view! {
                    <NumberField
                        label=move || format!("{} available", row.plural())
                        kind=Kind::Count
                        value=available
                        optional=true
                        compact=true
                        on_value=move |exact| row.workbench.type_in(|plan| {
                            if let Some(stage) = plan.stage_mut(row.id) {
                                stage.available = count(exact);
                            }
                        })
                    />
                })
            }}
        </div>
    }
}

/// The share that goes on, and how long that takes.
#[component]
fn StepFields(row: Row) -> impl IntoView {
    let names = Memo::new(move |_| {
        row.read(|position, plan, _| (words::singular(plan, position), words::singular(plan, position + 1)))
    });
    let between = move |what: &str| names.with(|(from, to)| format!("{what} from {from} to {to}"));
    let issue = move || {
        row.read(|position, plan, outcome| {
            let issue = outcome.issues.iter().find(|issue| issue.place() == Place::Rate(position))?;
            Some(words::issue(plan, *issue))
        })
    };
    view! {
        <div class="step">
            <NumberField
                label=move || between("Rate")
                kind=Kind::Rate
                value=move || row.step().map(|step| i64::from(step.rate.millionths()))
                suffix="%"
                compact=true
                issue=issue
                on_value=move |exact| row.change_step(|step| step.rate = rate(exact))
            />
            <span>"go on in"</span>
            <NumberField
                label=move || between("Days")
                kind=Kind::Days
                value=move || row.step().map(|step| i64::from(step.days.get()))
                suffix="days"
                compact=true
                on_value=move |exact| row.change_step(|step| step.days = days(exact))
            />
        </div>
    }
}

/// The line between two teams, and what crosses it.
#[component]
fn HandoffLine(row: Row) -> impl IntoView {
    let line = move || {
        row.read(|position, plan, outcome| {
            let handoff = *outcome.handoffs.iter().find(|handoff| handoff.stage == position)?;
            let figures = outcome.stages.get(position)?;
            let plural = words::plural(plan, position);
            let teams =
                format!("{} hands over to {}: ", words::owner(handoff.from), words::owner(handoff.to).to_lowercase());
            Some((
                position,
                match (figures.pace, handoff.worth_a_month) {
                    (Some(Need::Of(pace)), Some(Need::Of(worth))) => format!(
                        "{teams}{} {plural} a month, worth {} of bookings",
                        crate::report::count(&Locale, pace),
                        amount(&Locale, worth, plan.currency)
                    ),
                    (None, _) => format!("{teams}{plural} are too late for this period"),
                    _ => format!("{teams}no number of {plural} would do"),
                },
            ))
        })
    };
    let line = Memo::new(move |_| line());
    move || {
        line.get().map(|(stage, text)| {
            view! {
                <p class="handoff">
                    <span>
                        {text} " "
                        <Why label="Why is the hand-off worth this much?" figures=move |()| vec![Figure::Pace(stage), Figure::Worth(stage), Figure::Handoff(stage)] />
                    </span>
                </p>
            }
        })
    }
}

fn shown(need: Need) -> String {
    need.figure().map_or_else(|| "out of reach".to_owned(), |figure| crate::report::count(&Locale, figure))
}
