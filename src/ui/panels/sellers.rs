//! Who sells: teams, their heads and what one of them brings, and who starts and leaves.

use leptos::prelude::*;

use super::capacity::Staffed;
use super::form::{self, At, Field, SILENT, Said, What};
use crate::browser::locale::Locale;
use crate::browser::page;
use crate::plan::{HeadChange, ItemId, Move, Place, Plan, SalesTeam, Scope, limits};
use crate::report::number::Kind;
use crate::report::{amount, parts, people, words};
use crate::ui::desk::Desk;
use crate::ui::fields::{Text, each, look, owned, places, plain_button, when};
use crate::ui::figures;
use crate::ui::markup::view;
use crate::units::{Count, Month, Rate};

/// Every team, and which segment is whose.
#[component]
pub fn SellersPanel(staffed: Staffed) -> impl IntoView {
    let desk = Desk::get();
    let workbench = desk.workbench;
    let ids = look(move || workbench.read(|plan, _| plan.sales.iter().map(|team| team.id).collect()));
    let is_shared_out = look(move || workbench.read(|plan, _| plan.sales.len() > 1 && plan.segments.len() > 1));
    let segments = look(move || workbench.read(|plan, _| plan.segments.iter().map(|segment| segment.id).collect()));
    let whose = move || {
        let segment = move |id| form::column(&WORKED_BY, At { scope: Scope::Segment(id), id, row: 0 }, "");
        view! {
            <h2>"Which team works which segment"</h2>
            <div class="weights">{each(segments.clone(), Box::new(segment))}</div>
        }
        .into_any()
    };
    let add = move || {
        workbench.edit(Plan::add_team);
        page::focus_later(".team:last-of-type input".to_owned());
    };
    view! {
        <div>
            {each(ids, Box::new(move |id| view! { <TeamForm id=id staffed=staffed.clone() /> }.into_any()))}
            {when(is_shared_out, whose.into())}
            <div class="actions">{plain_button("Add a team of sellers", "", add)}</div>
        </div>
    }
}

/// What is typed about one team.
#[component]
fn TeamForm(id: ItemId, staffed: Staffed) -> impl IntoView {
    let desk = Desk::get();
    let workbench = desk.workbench;
    let at = At { id, ..At::PLAN };
    let title = workbench.text(move |plan, _| plan.team(id).map(|team| people::name(plan, team)).unwrap_or_default());
    let ramp = look(move || workbench.read(|plan, _| places(plan.team(id).map_or(0, |team| team.ramp.len()))));
    let rows = look(move || workbench.read(|plan, _| places(plan.team(id).map_or(0, |team| team.changes.len()))));
    let row = move |row: ItemId| {
        let at = At { row: row.0 as usize, ..at };
        view! { <tr>{form::cells(&CHANGE, at, |_, at| format!("row {}", at.row + 1))}</tr> }.into_any()
    };
    let add = move || {
        workbench.edit(|plan| {
            let month = plan.as_of.month().map_or(plan.period.start, |month| month.plus_months(1));
            if let Some(team) = plan.team_mut(id).filter(|team| team.changes.len() < limits::MAX_CHANGES) {
                team.changes.push(HeadChange { month, what: Move::Start, heads: Count::new(1).unwrap_or_default() });
            }
        });
    };
    let remove = move || {
        workbench.edit(|plan| plan.remove_team(id));
        page::focus_later(".team input, .actions button".to_owned());
    };
    let issue = |place: fn(usize) -> Place| {
        let staffed = staffed.clone();
        Text::live(move || {
            staffed.read(|plan, outcome, people| {
                let mut issues = outcome.issues.clone();
                if let Some(people) = people {
                    issues.extend_from_slice(&people.issues);
                }
                words::issue_at(plan, &issues, plan.sales.iter().position(|team| team.id == id).map(place))
            })
        })
    };
    view! {
        <section class="team">
            <h2>{title}</h2>
            {form::form(&TEAM, at)}
            <div class="weights">{each(ramp, Box::new(move |row| form::column(&RAMP, At { row: row.0 as usize, ..at }, "")))}</div>
            <p class="error">{issue(Place::Ramp)}</p>
            <div class="scroll" tabindex="0" role="region" aria-label="Who starts and leaves">
                <table class="pipeline"><tbody>{each(rows, Box::new(row))}</tbody></table>
            </div>
            <p class="error">{issue(Place::HeadChanges)}</p>
            <div class="actions">
                {plain_button("Add who starts or leaves", "", add)}
                {plain_button("Remove this team", "", remove)}
            </div>
        </section>
    }
}

/// Which team works a segment.
const WORKED_BY: [Field; 1] = [Field {
    label: Said::Of(|plan, at| plan.segment(at.id).map(|segment| parts::segment(plan, segment)).unwrap_or_default()),
    note: SILENT,
    place: None,
    what: What::Word(
        |plan, _| plan.sales.iter().map(|team| people::name(plan, team)).collect(),
        |plan, at| plan.segment(at.id).and_then(|segment| plan.team_of(segment)).unwrap_or(0),
        |plan, at, place| {
            let team = plan.sales.get(place).map(|team| team.id);
            if let Some(segment) = plan.segment_mut(at.id) {
                segment.team = team;
            }
        },
    ),
}];

const fn field(label: &'static str, note: &'static str, what: What) -> Field {
    Field { label: Said::As(label), note: Said::As(note), place: None, what }
}

/// What is typed about a team.
const TEAM: [Field; 8] = [
    field(
        "Name of the team",
        "",
        What::Text(
            limits::TAG_CHARS,
            |plan, at| of(plan, at).map(|team| team.name.clone()).unwrap_or_default(),
            |plan, at, text| change(plan, at, |team| team.name = text),
        ),
    ),
    field(
        "Sellers now",
        "on the as-of date, fully ramped",
        What::Figure(
            Kind::Count,
            |plan, at| of(plan, at).map(|team| figures::of_count(team.heads)),
            |plan, at, exact| change(plan, at, |team| team.heads = figures::count(exact).unwrap_or_default()),
            None,
        ),
    ),
    field(
        "Quota",
        "of one ramped seller, a year",
        What::Figure(
            Kind::Money,
            |plan, at| of(plan, at).map(|team| team.quota.thousandths()),
            |plan, at, exact| change(plan, at, |team| team.quota = figures::money(exact).unwrap_or_default()),
            None,
        ),
    ),
    Field {
        label: Said::As("Attainment"),
        note: Said::Of(|plan, at| {
            let each = of(plan, at).map_or(0.0, |team| team.quota.major() * team.attainment.times());
            format!("productivity: {} a year", amount(&Locale, each, plan.currency))
        }),
        place: None,
        what: What::Figure(
            Kind::Factor,
            |plan, at| of(plan, at).map(|team| team.attainment.millionths().into()),
            |plan, at, exact| change(plan, at, |team| team.attainment = figures::factor(exact).unwrap_or_default()),
            None,
        ),
    },
    field(
        "Attrition",
        "the share that leaves in a year",
        What::Figure(
            Kind::Rate,
            |plan, at| of(plan, at).map(|team| team.attrition.millionths().into()),
            |plan, at, exact| change(plan, at, |team| team.attrition = figures::rate(exact).unwrap_or_default()),
            None,
        ),
    ),
    field(
        "Who leaves",
        "",
        What::Word(
            |_, _| owned(&["is not replaced", "is replaced"]),
            |plan, at| of(plan, at).map_or(0, |team| team.backfills.into()),
            |plan, at, place| change(plan, at, |team| team.backfills = place == 1),
        ),
    ),
    field(
        "Time to fill a seat",
        "from the decision to the first day",
        What::Figure(
            Kind::Days,
            |plan, at| of(plan, at).map(|team| team.time_to_fill.get().into()),
            |plan, at, exact| change(plan, at, |team| team.time_to_fill = figures::days(exact).unwrap_or_default()),
            None,
        ),
    ),
    field(
        "Ramp",
        "months until a new seller books as others do",
        What::Figure(
            Kind::Count,
            |plan, at| of(plan, at).and_then(|team| i64::try_from(team.ramp.len()).ok()),
            |plan, at, exact| {
                let months = figures::count(exact).map_or(0, Count::get).min(limits::MAX_RAMP as u64);
                change(plan, at, |team| team.ramp = even_ramp(months));
            },
            None,
        ),
    ),
];

/// From nothing to all in equal steps.
fn even_ramp(months: u64) -> Vec<Rate> {
    let share = |month: u64| u32::try_from(month * 1_000_000 / months.max(1)).ok().and_then(Rate::from_millionths);
    (0..months).map(|month| share(month).unwrap_or_default()).collect()
}

const RAMP: [Field; 1] = [Field {
    label: Said::Of(|_, at| format!("In month {}", at.row + 1)),
    note: SILENT,
    place: None,
    what: What::Figure(
        Kind::Rate,
        |plan, at| of(plan, at)?.ramp.get(at.row).map(|share| share.millionths().into()),
        |plan, at, exact| {
            change(plan, at, |team| {
                if let Some(share) = team.ramp.get_mut(at.row) {
                    *share = figures::rate(exact).unwrap_or_default();
                }
            });
        },
        None,
    ),
}];

/// What is typed in a row of changes.
const CHANGE: [Field; 4] = [
    field(
        "How many in",
        "",
        What::Figure(
            Kind::Count,
            |plan, at| row_of(plan, at).map(|row| figures::of_count(row.heads)),
            |plan, at, exact| change_row(plan, at, |row| row.heads = figures::count(exact).unwrap_or_default()),
            None,
        ),
    ),
    field(
        "What happens in",
        "",
        What::Word(
            |plan, at| {
                let mut words = owned(&["start", "leave"]);
                for team in others(plan, at) {
                    words.push(format!("move to {}", people::name(plan, team)));
                }
                words
            },
            |plan, at| match row_of(plan, at).map(|row| row.what) {
                Some(Move::Leave) => 1,
                Some(Move::To(to)) => {
                    others(plan, at).iter().position(|team| team.id == to).map_or(0, |place| place + 2)
                }
                _ => 0,
            },
            |plan, at, place| {
                let to = place.checked_sub(2).and_then(|place| others(plan, at).get(place).map(|team| team.id));
                change_row(plan, at, |row| {
                    row.what = to.map_or(if place == 1 { Move::Leave } else { Move::Start }, Move::To);
                });
            },
        ),
    ),
    field(
        "Month of",
        "",
        What::Word(
            |plan, at| months(plan, at).into_iter().map(|month| people::month_name(month, &Locale)).collect(),
            |plan, at| {
                let month = row_of(plan, at).map(|row| row.month);
                months(plan, at).into_iter().position(|known| Some(known) == month).unwrap_or(0)
            },
            |plan, at, place| {
                if let Some(&month) = months(plan, at).get(place) {
                    change_row(plan, at, |row| row.month = month);
                }
            },
        ),
    ),
    field(
        "Remove",
        "",
        What::Press("remove", |desk, at| {
            desk.workbench.edit(|plan| {
                change(plan, at, |team| {
                    if at.row < team.changes.len() {
                        team.changes.remove(at.row);
                    }
                });
            });
            desk.redraw();
        }),
    ),
];

/// The months that a change can have: those of the plan from the as-of date's, and its own.
fn months(plan: &Plan, at: At) -> Vec<Month> {
    let own = row_of(plan, at).map(|row| row.month);
    let first = plan.as_of.month().unwrap_or(plan.period.start);
    let mut months = Vec::new();
    let mut month = own.map_or(first, |own| own.min(first));
    let last = plan.period.start.plus_months(u16::from(plan.period.months));
    while month < last || Some(month) <= own {
        months.push(month);
        month = month.plus_months(1);
        if months.len() > 120 {
            break;
        }
    }
    months
}

fn others(plan: &Plan, at: At) -> Vec<&SalesTeam> {
    plan.sales.iter().filter(|team| team.id != at.id).collect()
}

fn of(plan: &Plan, at: At) -> Option<&SalesTeam> {
    plan.team(at.id)
}

fn change(plan: &mut Plan, at: At, change: impl FnOnce(&mut SalesTeam)) {
    if let Some(team) = plan.team_mut(at.id) {
        change(team);
    }
}

fn row_of(plan: &Plan, at: At) -> Option<&HeadChange> {
    of(plan, at)?.changes.get(at.row)
}

fn change_row(plan: &mut Plan, at: At, change: impl FnOnce(&mut HeadChange)) {
    if let Some(row) = plan.team_mut(at.id).and_then(|team| team.changes.get_mut(at.row)) {
        change(row);
    }
}
