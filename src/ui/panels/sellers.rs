//! Who sells: teams, their heads and what one of them brings, and who starts and leaves.

use leptos::prelude::*;

use super::capacity::Followed;
use super::changes;
use super::form::{self, At, Field, SILENT, Said, What, field};
use super::section::Section;
use crate::browser::locale::Locale;
use crate::browser::page;
use crate::plan::{ItemId, Place, Plan, SalesTeam, Scope, limits};
use crate::report::number::Kind;
use crate::report::{Format as _, amount, parts, people, words};
use crate::ui::desk::Desk;
use crate::ui::fields::{Text, each, look, owned, places, plain_button, when};
use crate::ui::figures;
use crate::ui::markup::view;
use crate::units::Rate;

/// Every team, and which segment is whose.
#[component]
pub fn SellersPanel(followed: Followed) -> impl IntoView {
    let desk = Desk::get();
    let workbench = desk.workbench;
    let summary = workbench.text(|plan, _| {
        let mut heads = 0.0;
        for team in &plan.sales {
            heads += team.heads.as_f64();
        }
        format!("{} now", Locale.number(heads, 0))
    });
    let body = move || {
        let ids = look(move || workbench.read(|plan, _| plan.sales.iter().map(|team| team.id).collect()));
        let is_shared_out = look(move || workbench.read(|plan, _| plan.sales.len() > 1 && plan.segments.len() > 1));
        let segments = look(move || workbench.read(|plan, _| plan.segments.iter().map(|segment| segment.id).collect()));
        let whose = move || {
            let segment = move |id| form::column(&WORKED_BY, At { scope: Scope::Segment(id), id, row: 0 }, "");
            view! {
                <h3>"Which team works which segment"</h3>
                <div class="weights">{each(segments.clone(), Box::new(segment))}</div>
            }
            .into_any()
        };
        let add = move || {
            workbench.edit(Plan::add_team);
            page::focus_later(".team:last-of-type input".to_owned());
        };
        let followed = followed.clone();
        view! {
            {each(ids, Box::new(move |id| view! { <TeamForm id=id followed=followed.clone() /> }.into_any()))}
            {when(is_shared_out, whose.into())}
            <div class="actions">{plain_button("Add a team of sellers", "", add)}</div>
        }
        .into_any()
    };
    view! { <Section title="Sellers" summary=summary body=body.into() /> }
}

/// What is typed about one team.
#[component]
fn TeamForm(id: ItemId, followed: Followed) -> impl IntoView {
    let desk = Desk::get();
    let workbench = desk.workbench;
    let at = At { id, ..At::PLAN };
    let title = workbench.text(move |plan, _| plan.team(id).map(|team| people::name(plan, team)).unwrap_or_default());
    let ramp = look(move || workbench.read(|plan, _| places(plan.team(id).map_or(0, |team| team.ramp.len()))));
    let remove = move || {
        workbench.edit(|plan| plan.remove_team(id));
        page::focus_later(".team input, .actions button".to_owned());
    };
    let issue = Text::live(move || {
        followed.read(|plan, _, worked| {
            let issues = worked.people.as_ref().map_or(&[][..], |people| &people.issues);
            words::issue_at(plan, issues, position(plan, at).map(Place::HeadChanges))
        })
    });
    view! {
        <section class="team">
            <h3>{title}</h3>
            {form::form(&TEAM, at)}
            <div class="weights">{each(ramp, Box::new(move |row| form::column(&RAMP, At { row: row.0 as usize, ..at }, "")))}</div>
            {changes::rows(at)}
            <p class="error">{issue}</p>
            <div class="actions">
                {changes::add(at)}
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
        "those who are named below, too",
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
        What::Word(
            |_, _| (0..=limits::MAX_RAMP).map(words::months).collect(),
            |plan, at| of(plan, at).map_or(0, |team| team.ramp.len()),
            |plan, at, place| change(plan, at, |team| team.ramp = even_ramp(place as u64)),
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
    place: Some(|plan, at| {
        let ramp = &of(plan, at)?.ramp;
        let falls = ramp.get(at.row) < at.row.checked_sub(1).and_then(|before| ramp.get(before));
        position(plan, at).filter(|_| falls).map(Place::Ramp)
    }),
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

fn position(plan: &Plan, at: At) -> Option<usize> {
    plan.sales.iter().position(|team| team.id == at.id)
}

fn of(plan: &Plan, at: At) -> Option<&SalesTeam> {
    plan.team(at.id)
}

fn change(plan: &mut Plan, at: At, change: impl FnOnce(&mut SalesTeam)) {
    if let Some(team) = plan.team_mut(at.id) {
        change(team);
    }
}
