//! What the money brings: of each channel, of each month, of a customer; and what a change of it costs.

use leptos::prelude::*;

use super::capacity::Followed;
use super::section::Section;
use super::why::explained;
use crate::browser::locale::{self, Locale};
use crate::engine::money::{self as engine, Spend};
use crate::plan::Plan;
use crate::report::money;
use crate::report::number::Kind;
use crate::report::table::{Table, push_escaped};
use crate::report::{amount, people};
use crate::ui::desk::Desk;
use crate::ui::fields::{Choice, NumberField, look, when};
use crate::ui::markup::view;
use crate::units::{Money, Month};

/// What channels cost and bring, and what a customer costs and is worth.
#[component]
pub fn MoneyPanel(followed: Followed) -> impl IntoView {
    let workbench = Desk::get().workbench;
    let summary = followed.text(|plan, _, worked| {
        worked.spend.as_ref().map(|spend| amount(&Locale, spend.marketing, plan.currency)).unwrap_or_default()
    });
    let body = move || {
        let table = |name: &'static str, say: fn(&Plan, &Spend) -> Table| {
            let followed = followed.clone();
            let html = workbench.text(move |plan, _| {
                followed
                    .read(|_, _, worked| worked.spend.as_ref().map(|spend| say(plan, spend).html()).unwrap_or_default())
            });
            view! { <div class="scroll" tabindex="0" role="region" aria-label=name inner_html=html.class()></div> }
                .into_any()
        };
        let whys = followed.clone();
        let explain = move |subject| {
            whys.read(|plan, _, worked| {
                let spend = worked.spend.as_ref();
                spend.map(|spend| money::explain(plan, spend, subject, &Locale)).unwrap_or_default()
            })
        };
        let subjects = look(move || workbench.read(|plan, _| money::subjects(plan)));
        view! {
            {table("Channels: what they cost and bring", |plan, spend| money::channels(plan, spend, &Locale))}
            {table("Customers: what they cost and are worth", |plan, spend| money::customers(plan, spend, &Locale))}
            {explained(subjects, Box::new(explain))}
            <details class="table">
                <summary>"Month by month, and by stage"</summary>
                {table("Spend by month", |plan, spend| money::months(plan, spend, &Locale))}
                {table("Cost by stage", |plan, spend| money::stages(plan, spend, &Locale))}
            </details>
        }
        .into_any()
    };
    view! { <Section title="What the money brings" summary=summary body=body.into() /> }
}

/// What a little more or less money in one month moves, and when.
#[component]
pub fn ChangePanel() -> impl IntoView {
    let workbench = Desk::get().workbench;
    // Places and thousandths, as texts: a kind of signal that there is already.
    let (channel, month) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let asked = RwSignal::new("10000000".to_owned());
    let place = |of: RwSignal<String>| of.get().parse::<usize>().unwrap_or(0);
    let thousandths = move || asked.get().parse::<i64>().ok();
    let amount = move || thousandths().and_then(Money::from_thousandths).map_or(0.0, Money::major);
    let body = move || {
        let say = move |times: f64| {
            workbench.text(move |plan, outcome| {
                let asked = amount() * times;
                let channel = plan.spending.channels.get(place(channel)).map(|channel| channel.id);
                let month = months(plan).get(place(month)).copied();
                let change = channel
                    .zip(month)
                    .and_then(|(channel, month)| engine::change(plan, outcome, channel, month, asked));
                change.map(|change| money::change(plan, &change, asked, &Locale)).unwrap_or_default()
            })
        };
        let best = workbench.text(move |plan, outcome| {
            let mut html = String::new();
            for line in money::best(plan, &engine::next(plan, outcome, amount()), &Locale) {
                html.push_str("<li>");
                push_escaped(&mut html, &line);
            }
            html
        });
        let channels = || {
            Desk::get().workbench.read(|plan, _| {
                let mut names = Vec::new();
                for channel in &plan.spending.channels {
                    names.push(money::name(plan, channel));
                }
                names
            })
        };
        let names = || {
            Desk::get().workbench.read(|plan, _| {
                let mut names = Vec::new();
                for month in months(plan) {
                    names.push(people::month_name(month, &Locale));
                }
                names
            })
        };
        let type_in = move |exact: Option<i64>| asked.set(exact.unwrap_or(0).to_string());
        let prefix = workbench.text(|plan, _| locale::currency_symbol(plan.currency));
        view! {
            <div class="fields">
                <Choice label="Channel" words=look(channels) chosen=look(move || place(channel)) on_choose=move |place: usize| channel.set(place.to_string()) />
                <Choice label="Month" words=look(names) chosen=look(move || place(month)) on_choose=move |place: usize| month.set(place.to_string()) />
                <NumberField
                    label="Amount"
                    kind=Kind::Money
                    prefix=prefix
                    value=look(thousandths)
                    on_value=type_in
                />
            </div>
            <p class="told">{say(-1.0)}</p>
            <p class="told">{say(1.0)}</p>
            <h3>"Where that much more does most, if people have time for it"</h3>
            <ol inner_html=best.class()></ol>
        }
        .into_any()
    };
    let is_there = look(move || workbench.read(|plan, _| !plan.spending.channels.is_empty()));
    let section = move || {
        let summary = "cut or add any amount in any month";
        view! { <Section title="What a change costs" summary=summary.into() body=body.into() /> }.into_any()
    };
    when(is_there, section.into())
}

/// The months in which something can be bought.
fn months(plan: &Plan) -> Vec<Month> {
    let end = plan.period.start.plus_months(plan.period.months.into());
    let mut month = plan.as_of.month().unwrap_or(end);
    let mut months = Vec::new();
    while month < end {
        months.push(month);
        month = month.plus_months(1);
    }
    months
}
