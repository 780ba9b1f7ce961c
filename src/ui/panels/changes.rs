//! Who starts, leaves and moves: rows of a team of sellers, or of sales development.

use leptos::prelude::*;

use super::form::{self, At, Field, What, field};
use crate::browser::locale::Locale;
use crate::plan::{HeadChange, ItemId, Move, Place, Plan, SalesTeam, limits};
use crate::report::number::Kind;
use crate::report::people;
use crate::ui::desk::Desk;
use crate::ui::fields::{each, look, owned, places, plain_button};
use crate::ui::figures;
use crate::ui::markup::view;
use crate::units::{Count, Month};

/// In place of a team's id, sales development: ids come from a counter that always stands above them.
pub const DEVELOPMENT: ItemId = ItemId(u32::MAX);

/// The rows.
pub fn rows(at: At) -> AnyView {
    let workbench = Desk::get().workbench;
    let rows = look(move || workbench.read(|plan, _| places(changes(plan, at).len())));
    let row = move |row: ItemId| {
        let at = At { row: row.0 as usize, ..at };
        view! { <tr>{form::cells(&CHANGE, at, |_, at| format!("row {}", at.row + 1))}</tr> }.into_any()
    };
    let name = workbench.text(move |plan, _| {
        let team = plan.team(at.id).map_or("sales development".to_owned(), |team| people::name(plan, team));
        format!("Who starts and leaves: {team}")
    });
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=name>
            <table class="pipeline"><tbody>{each(rows, Box::new(row))}</tbody></table>
        </div>
    }
    .into_any()
}

/// The button that adds a row.
pub fn add(at: At) -> AnyView {
    let workbench = Desk::get().workbench;
    let add = move || {
        workbench.edit(|plan| {
            let month = plan.as_of.month().map_or(plan.period.start, |month| month.plus_months(1));
            if let Some(changes) = changes_mut(plan, at).filter(|changes| changes.len() < limits::MAX_CHANGES) {
                changes.push(HeadChange { month, what: Move::Start, heads: Count::new(1).unwrap_or_default() });
            }
        });
    };
    plain_button("Add who starts or leaves", "", add).into_any()
}

/// What is typed in a row of changes.
const CHANGE: [Field; 4] = [
    Field {
        place: Some(|plan, at| {
            row_of(plan, at).filter(|row| row.month.first_day() < plan.as_of)?;
            Some(if at.id == DEVELOPMENT { Place::DevelopmentChanges } else { Place::HeadChanges(position(plan, at)?) })
        }),
        ..field(
            "How many in",
            "",
            What::Figure(
                Kind::Count,
                |plan, at| row_of(plan, at).map(|row| figures::of_count(row.heads)),
                |plan, at, exact| change_row(plan, at, |row| row.heads = figures::count(exact).unwrap_or_default()),
                None,
            ),
        )
    },
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
                if let Some(changes) = changes_mut(plan, at).filter(|changes| at.row < changes.len()) {
                    changes.remove(at.row);
                }
            });
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

/// The teams of sellers that they can move to.
fn others(plan: &Plan, at: At) -> Vec<&SalesTeam> {
    plan.sales.iter().filter(|team| at.id != DEVELOPMENT && team.id != at.id).collect()
}

fn changes(plan: &Plan, at: At) -> &[HeadChange] {
    if at.id == DEVELOPMENT {
        return &plan.development.changes;
    }
    plan.team(at.id).map_or(&[], |team| &team.changes)
}

fn changes_mut(plan: &mut Plan, at: At) -> Option<&mut Vec<HeadChange>> {
    if at.id == DEVELOPMENT {
        return Some(&mut plan.development.changes);
    }
    plan.team_mut(at.id).map(|team| &mut team.changes)
}

fn position(plan: &Plan, at: At) -> Option<usize> {
    plan.sales.iter().position(|team| team.id == at.id)
}

fn row_of(plan: &Plan, at: At) -> Option<&HeadChange> {
    changes(plan, at).get(at.row)
}

fn change_row(plan: &mut Plan, at: At, change: impl FnOnce(&mut HeadChange)) {
    if let Some(row) = changes_mut(plan, at).and_then(|changes| changes.get_mut(at.row)) {
        change(row);
    }
}
