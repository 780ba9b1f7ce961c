//! When, in which currency, and how volumes are rounded.

use leptos::prelude::*;

use crate::browser::{clock, locale};
use crate::plan::{ItemId, Place, Rounding, limits};
use crate::report::{DateStyle, Format as _, words};
use crate::ui::fields::{ChoiceField, DateField};
use crate::ui::workbench::Workbench;
use crate::units::{Currency, Month};

/// Detail that is opened, never demanded.
#[component]
pub fn PeriodPanel() -> impl IntoView {
    let workbench = expect_context::<Workbench>();
    view! {
        <details class="settings">
            <summary>
                <h2>"Period and rules"</h2>
                <span>{move || summary(workbench)}</span>
            </summary>
            <PeriodFields />
            <RuleFields />
        </details>
    }
}

#[component]
fn PeriodFields() -> impl IntoView {
    let workbench = expect_context::<Workbench>();
    let start = move || workbench.read(|plan, _| plan.period.start);
    let set_start = move |year: u16, month: u8| {
        if let Some(start) = Month::new(year, month) {
            workbench.edit(|plan| plan.period.start = start);
        }
    };
    let months = (1..=12_u8).map(|month| (month.to_string(), month_name(month))).collect::<Vec<_>>();
    let years = move || {
        let year = start().year();
        let around = year.saturating_sub(5).max(crate::units::Date::FIRST_YEAR)..=year + 10;
        around.map(|year| (year.to_string(), year.to_string())).collect::<Vec<_>>()
    };
    let lengths: Vec<_> = (1..=limits::MAX_MONTHS)
        .map(|months| (months.to_string(), format!("{months} {}", if months == 1 { "month" } else { "months" })))
        .collect();
    let as_of_issue = move || {
        workbench.read(|plan, outcome| {
            let issue = outcome.issues.iter().find(|issue| issue.place() == Place::AsOf)?;
            Some(words::issue(plan, *issue))
        })
    };
    view! {
        <div class="pair">
            <ChoiceField
                label="First month"
                options=months
                value=move || start().number().to_string()
                on_value=move |month: String| set_start(start().year(), month.parse().unwrap_or(0))
            />
            <ChoiceField
                label="Year"
                options=years
                value=move || start().year().to_string()
                on_value=move |year: String| set_start(year.parse().unwrap_or(0), start().number())
            />
        </div>
        <ChoiceField
            label="Length"
            options=lengths
            value=move || workbench.read(|plan, _| plan.period.months.to_string())
            on_value=move |months: String| {
                if let Ok(months) = months.parse() {
                    workbench.edit(|plan| plan.period.months = months);
                }
            }
        />
        <DateField
            label="As of"
            value=move || workbench.read(|plan, _| plan.as_of)
            note="the day the plan speaks from, the same for everyone who opens it"
            issue=as_of_issue
            on_value=move |date| workbench.edit(|plan| plan.as_of = date)
        />
        <p class="beside">
            <button type="button" on:click=move |_| workbench.edit(|plan| plan.as_of = clock::today())>"Set to today"</button>
        </p>
    }
}

#[component]
fn RuleFields() -> impl IntoView {
    let workbench = expect_context::<Workbench>();
    let currency = Memo::new(move |_| workbench.read(|plan, _| plan.currency));
    let currencies = move || {
        locale::currencies(currency.get())
            .into_iter()
            .map(|(code, name)| (code.clone(), format!("{code} · {name}")))
            .collect::<Vec<_>>()
    };
    let stages = move || {
        workbench.read(|plan, _| {
            plan.stages.iter().map(|stage| (stage.id.0.to_string(), stage.plural.clone())).collect::<Vec<_>>()
        })
    };
    let rules: Vec<_> =
        RULES.iter().map(|&(value, rule)| (value.to_owned(), words::rounding(rule).to_owned())).collect();
    let rule_value = move || {
        let rule = workbench.read(|plan, _| plan.rounding);
        RULES.iter().find(|(_, known)| *known == rule).map_or("", |(value, _)| value).to_owned()
    };
    view! {
        <ChoiceField
            label="Currency"
            options=currencies
            value=move || currency.get().code().to_owned()
            on_value=move |code: String| {
                if let Some(currency) = Currency::new(&code) {
                    workbench.edit(|plan| plan.currency = currency);
                }
            }
        />
        <ChoiceField
            label="The answer leads with"
            options=stages
            value=move || workbench.read(|plan, _| plan.headline.0.to_string())
            on_value=move |id: String| {
                if let Ok(id) = id.parse() {
                    workbench.edit(|plan| plan.headline = ItemId(id));
                }
            }
        />
        <ChoiceField
            label="Rounding of volumes"
            options=rules
            value=rule_value
            note="money is never rounded on its way"
            on_value=move |value: String| {
                if let Some((_, rule)) = RULES.iter().find(|(known, _)| *known == value) {
                    workbench.edit(|plan| plan.rounding = *rule);
                }
            }
        />
    }
}

const RULES: [(&str, Rounding); 3] =
    [("carry", Rounding::Carry), ("ceil", Rounding::CeilEachStage), ("round", Rounding::RoundEachStage)];

/// *January 2027 to December 2027, as of 22 November 2026*
fn summary(workbench: Workbench) -> String {
    workbench.read(|plan, _| {
        let name = |date, style| locale::Locale.date(date, style);
        format!(
            "{} to {}, as of {}",
            name(plan.period.first_day(), DateStyle::MonthAndYear),
            name(plan.period.last_day(), DateStyle::MonthAndYear),
            name(plan.as_of, DateStyle::Full)
        )
    })
}

fn month_name(month: u8) -> String {
    Month::new(2000, month).map(|month| locale::Locale.date(month.first_day(), DateStyle::Month)).unwrap_or_default()
}
