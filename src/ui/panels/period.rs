//! When, in which currency, and how volumes are rounded.

use leptos::prelude::*;

use crate::browser::{clock, locale};
use crate::plan::{ItemId, Place, Rounding, limits};
use crate::report::{DateStyle, Format as _, words};
use crate::ui::desk::Desk;
use crate::ui::fields::{Button, ChoiceField, DateField, Section, look};
use crate::units::{Currency, Date, Month};

/// Detail that is opened, never demanded.
#[component]
pub fn PeriodPanel() -> impl IntoView {
    let workbench = expect_context::<Desk>().workbench;
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
    view! {
        <Section title="Period and rules" summary=summary>
            <PeriodFields />
            <RuleFields />
        </Section>
    }
}

#[component]
fn PeriodFields() -> impl IntoView {
    let workbench = expect_context::<Desk>().workbench;
    let start = move || workbench.read(|plan, _| plan.period.start);
    let set_start = move |year: u16, month: u8| {
        if let Some(start) = Month::new(year, month) {
            workbench.edit(|plan| plan.period.start = start);
        }
    };
    let months: Vec<_> = (1..=12_u8).map(|month| (month.to_string(), month_name(month))).collect();
    let years = move || {
        let year = start().year();
        let around = year.saturating_sub(5).max(Date::FIRST_YEAR)..=year + 10;
        around.map(|year| (year.to_string(), year.to_string())).collect::<Vec<_>>()
    };
    let lengths: Vec<_> = (1..=limits::MAX_MONTHS)
        .map(|months| (months.to_string(), format!("{months} {}", if months == 1 { "month" } else { "months" })))
        .collect();
    view! {
        <div class="pair">
            <ChoiceField
                label="First month"
                options=look(move || months.clone())
                value=workbench.text(|plan, _| plan.period.start.number().to_string())
                on_value=move |month: String| set_start(untrack(start).year(), month.parse().unwrap_or(0))
            />
            <ChoiceField
                label="Year"
                options=look(years)
                value=workbench.text(|plan, _| plan.period.start.year().to_string())
                on_value=move |year: String| set_start(year.parse().unwrap_or(0), untrack(start).number())
            />
        </div>
        <ChoiceField
            label="Length"
            options=look(move || lengths.clone())
            value=workbench.text(|plan, _| plan.period.months.to_string())
            on_value=move |months: String| {
                if let Ok(months) = months.parse() {
                    workbench.edit(|plan| plan.period.months = months);
                }
            }
        />
        <AsOfField />
    }
}

/// The day the plan speaks from.
#[component]
pub fn AsOfField() -> impl IntoView {
    let workbench = expect_context::<Desk>().workbench;
    view! {
        <DateField
            label="As of"
            value=workbench.text(|plan, _| plan.as_of.to_string())
            note="the day the plan speaks from, the same for everyone who opens it"
            issue=workbench.issue_at(|_| Some(Place::AsOf))
            on_value=move |date| workbench.type_in(|plan| plan.as_of = date)
        />
        <p class="beside">
            <Button text="Set to today" on_press=move |()| workbench.edit(|plan| plan.as_of = clock::today()) />
        </p>
    }
}

#[component]
fn RuleFields() -> impl IntoView {
    let workbench = expect_context::<Desk>().workbench;
    let currencies = move || {
        let known = locale::currencies(workbench.read(|plan, _| plan.currency));
        known.into_iter().map(|code| (code.clone(), code)).collect::<Vec<_>>()
    };
    let stages = move || {
        workbench.read(|plan, _| {
            plan.stages.iter().map(|stage| (stage.id.0.to_string(), stage.plural.clone())).collect::<Vec<_>>()
        })
    };
    // A rule's value is its own words.
    let rules: Vec<_> = Rounding::ALL
        .iter()
        .map(|&rule| (words::rounding(rule).to_owned(), words::rounding(rule).to_owned()))
        .collect();
    view! {
        <ChoiceField
            label="Currency"
            options=look(currencies)
            value=workbench.text(|plan, _| plan.currency.code().to_owned())
            on_value=move |code: String| {
                if let Some(currency) = Currency::new(&code) {
                    workbench.edit(|plan| plan.currency = currency);
                }
            }
        />
        <ChoiceField
            label="The answer leads with"
            options=look(stages)
            value=workbench.text(|plan, _| plan.headline.0.to_string())
            on_value=move |id: String| {
                if let Ok(id) = id.parse() {
                    workbench.edit(|plan| plan.headline = ItemId(id));
                }
            }
        />
        <ChoiceField
            label="Rounding of volumes"
            options=look(move || rules.clone())
            value=workbench.text(|plan, _| words::rounding(plan.rounding).to_owned())
            note="money is never rounded on its way"
            on_value=move |value: String| {
                if let Some(rule) = Rounding::ALL.into_iter().find(|&rule| words::rounding(rule) == value) {
                    workbench.edit(|plan| plan.rounding = rule);
                }
            }
        />
    }
}

/// What a month of the year is called.
pub fn month_name(month: u8) -> String {
    Month::new(2000, month).map(|month| locale::Locale.date(month.first_day(), DateStyle::Month)).unwrap_or_default()
}
