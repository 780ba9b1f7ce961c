//! When, in which currency, and how volumes are rounded.

use leptos::prelude::*;

use super::form::{self, At, Field, SILENT, Said, What};
use super::section::Section;
use crate::browser::{clock, locale};
use crate::plan::{Place, Plan, Rounding, limits};
use crate::report::{DateStyle, Format as _, words};
use crate::ui::desk::Desk;
use crate::ui::fields::{DateField, owned, plain_button};
use crate::ui::markup::view;
use crate::units::{Currency, Date, Month};

/// Detail that is opened, never demanded.
#[component]
pub fn PeriodPanel() -> impl IntoView {
    let workbench = Desk::get().workbench;
    // January 2027 to December 2027, as of 22 November 2026
    let summary = workbench.text(|plan, _| {
        let name = |date, style| locale::Locale.date(date, style);
        format!(
            "{} to {}, as of {}",
            name(plan.period.first_day(), DateStyle::MonthAndYear),
            name(plan.period.last_day(), DateStyle::MonthAndYear),
            name(plan.as_of, DateStyle::Full)
        )
    });
    let body = move || {
        view! {
            <div class="pair">{form::column(&START, At::PLAN, "")}</div>
            {form::column(&LENGTH, At::PLAN, "")}
            <AsOfField />
            {form::column(&RULES, At::PLAN, "")}
        }
        .into_any()
    };
    view! { <Section title="Period and rules" summary=summary body=body.into() /> }
}

const START: [Field; 2] = [
    Field {
        label: Said::As("First month"),
        note: SILENT,
        place: None,
        what: What::Word(
            |_, _| (1..=12).map(month_name).collect(),
            |plan, _| usize::from(plan.period.start.number()) - 1,
            |plan, _, place| set_start(plan, plan.period.start.year(), place + 1),
        ),
    },
    Field {
        label: Said::As("Year"),
        note: SILENT,
        place: None,
        what: What::Word(
            |plan, _| (0..=15).map(|later| (first_year(plan) + later).to_string()).collect(),
            |plan, _| usize::from(plan.period.start.year() - first_year(plan)),
            |plan, _, place| {
                let year = first_year(plan) + u16::try_from(place).unwrap_or(0);
                set_start(plan, year, plan.period.start.number().into());
            },
        ),
    },
];

const LENGTH: [Field; 1] = [Field {
    label: Said::As("Length"),
    note: SILENT,
    place: None,
    what: What::Word(
        |_, _| (1..=limits::MAX_MONTHS.into()).map(words::months).collect(),
        |plan, _| usize::from(plan.period.months).saturating_sub(1),
        |plan, _, place| plan.period.months = u8::try_from(place + 1).unwrap_or(1),
    ),
}];

const RULES: [Field; 3] = [
    Field {
        label: Said::As("Currency"),
        note: SILENT,
        place: None,
        what: What::Word(
            |plan, _| locale::currencies(plan.currency),
            |plan, _| {
                locale::currencies(plan.currency).iter().position(|code| code == plan.currency.code()).unwrap_or(0)
            },
            |plan, _, place| {
                let code = locale::currencies(plan.currency).into_iter().nth(place);
                plan.currency = code.and_then(|code| Currency::new(&code)).unwrap_or(plan.currency);
            },
        ),
    },
    Field {
        label: Said::As("The answer leads with"),
        note: SILENT,
        place: None,
        what: What::Word(
            |plan, _| plan.stages.iter().map(|stage| stage.plural.clone()).collect(),
            |plan, _| plan.headline_position(),
            |plan, _, place| plan.headline = plan.stages.get(place).map_or(plan.headline, |stage| stage.id),
        ),
    },
    Field {
        label: Said::As("Rounding of volumes"),
        note: Said::As("money is never rounded on its way"),
        place: None,
        what: What::Word(
            |_, _| owned(&Rounding::ALL.map(words::rounding)),
            |plan, _| Rounding::ALL.iter().position(|&rule| rule == plan.rounding).unwrap_or(0),
            |plan, _, place| plan.rounding = Rounding::ALL.get(place).copied().unwrap_or_default(),
        ),
    },
];

/// The first of the years that can be chosen: some before the plan's own, more after it.
fn first_year(plan: &Plan) -> u16 {
    plan.period.start.year().saturating_sub(5).max(Date::FIRST_YEAR)
}

fn set_start(plan: &mut Plan, year: u16, month: usize) {
    let month = u8::try_from(month).ok().and_then(|month| Month::new(year, month));
    plan.period.start = month.unwrap_or(plan.period.start);
}

/// The day the plan speaks from.
#[component]
pub fn AsOfField() -> impl IntoView {
    let workbench = Desk::get().workbench;
    view! {
        <DateField
            label="As of"
            value=workbench.text(|plan, _| plan.as_of.to_string())
            note="the day the plan speaks from, for everyone who opens it"
            issue=workbench.issue_at(|_| Some(Place::AsOf))
            on_value=move |date| workbench.type_in(|plan| plan.as_of = date)
        />
        <p class="beside">
            {plain_button("Set to today", "", move || workbench.edit(|plan| plan.as_of = clock::today()))}
        </p>
    }
}

/// What a month of the year is called.
pub fn month_name(month: u8) -> String {
    Month::new(2000, month).map(|month| locale::Locale.date(month.first_day(), DateStyle::Month)).unwrap_or_default()
}
