//! What differs in single months: what a channel buys, and what marketing may spend.

use leptos::prelude::*;

use super::channels::cell;
use super::form::{self, At, Field, What};
use super::section::Section;
use crate::browser::locale::Locale;
use crate::plan::{ItemId, Plan, set_in};
use crate::report::number::Kind;
use crate::report::table::push_escaped;
use crate::report::{money, people};
use crate::ui::desk::Desk;
use crate::ui::fields::{each, look};
use crate::ui::figures;
use crate::ui::markup::view;
use crate::units::Month;

/// One row per month, one column per channel and one for the budget. An empty field is as in other months.
#[component]
pub fn MonthlyPanel() -> impl IntoView {
    let workbench = Desk::get().workbench;
    let summary = workbench.text(|plan, _| {
        let mut count = plan.spending.budget_in.len();
        for channel in &plan.spending.channels {
            count += channel.buys_in.len();
        }
        if count == 0 { "as in every month".to_owned() } else { format!("{count} of their own") }
    });
    let body = move || {
        let head = workbench.text(|plan, _| {
            let mut html = "<tr><th>Month".to_owned();
            for channel in &plan.spending.channels {
                html.push_str("<th>");
                push_escaped(&mut html, &money::name(plan, channel));
            }
            html.push_str("<th>Budget");
            html
        });
        let months = look(move || workbench.read(|plan, _| places_of_months(plan)));
        let row = move |month: ItemId| {
            let row = month.0 as usize;
            let channels = look(move || {
                workbench.read(|plan, _| plan.spending.channels.iter().map(|channel| channel.id).collect())
            });
            let at = At { row, ..At::PLAN };
            let name = workbench.text(move |plan, _| month_name(plan, at));
            let bought = move |id| {
                form::cells(&BOUGHT, At { id, ..at }, |plan, at| {
                    let channel = plan.channel(at.id).map(|channel| money::name(plan, channel)).unwrap_or_default();
                    format!("{}: {channel}", month_name(plan, at))
                })
            };
            view! {
                <tr>
                    <th scope="row">{name}</th>
                    {each(channels, Box::new(bought))}
                    {form::cells(&BUDGET, at, month_name)}
                </tr>
            }
            .into_any()
        };
        view! {
            <div class="scroll" tabindex="0" role="region" aria-label="Other numbers in single months">
                <table class="pipeline">
                    <thead inner_html=head.class()></thead>
                    <tbody>{each(months, Box::new(row))}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    view! { <Section title="Other numbers in single months" summary=summary body=body.into() /> }
}

/// How many entries a channel buys in a month.
static BOUGHT: [Field; 1] = [cell(
    "Bought in",
    What::Figure(
        Kind::Count,
        |plan, at| {
            let (month, channel) = (month(at)?, plan.channel(at.id)?);
            channel.buys_in.iter().find(|(known, _)| *known == month).map(|(_, count)| figures::of_count(*count))
        },
        |plan, at, exact| {
            if let (Some(month), Some(channel)) = (month(at), plan.channel_mut(at.id)) {
                set_in(&mut channel.buys_in, month, figures::count(exact));
            }
        },
        Some(|plan, at| {
            Some(form::shown(Kind::Count, plan.channel(at.id).map_or(0, |channel| figures::of_count(channel.buys))))
        }),
    ),
)];

/// What marketing may spend in a month.
static BUDGET: [Field; 1] = [cell(
    "Budget of",
    What::Figure(
        Kind::Money,
        |plan, at| {
            let month = month(at)?;
            plan.spending.budget_in.iter().find(|(known, _)| *known == month).map(|(_, budget)| budget.thousandths())
        },
        |plan, at, exact| {
            if let Some(month) = month(at) {
                set_in(&mut plan.spending.budget_in, month, figures::money(exact));
            }
        },
        Some(|plan, _| {
            let budget = plan.spending.budget.map(|budget| form::shown(Kind::Money, budget.thousandths()));
            Some(budget.unwrap_or_else(|| "none".to_owned()))
        }),
    ),
)];

/// The month of a row.
fn month(at: At) -> Option<Month> {
    u16::try_from(at.row).ok().and_then(Month::from_index)
}

fn month_name(_: &Plan, at: At) -> String {
    month(at).map(|month| people::month_name(month, &Locale)).unwrap_or_default()
}

/// From the as-of date's month to the last of the period.
fn places_of_months(plan: &Plan) -> Vec<ItemId> {
    let end = plan.period.start.index() + u16::from(plan.period.months);
    let first = plan.as_of.month().map_or(end, Month::index);
    (first..end).map(|month| ItemId(month.into())).collect()
}
