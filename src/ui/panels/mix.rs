//! The best mix of channels: searched in a worker, compared with today's, and taken over in one step.

use std::sync::{Arc, Mutex, PoisonError};

use leptos::prelude::*;

use super::section::Section;
use crate::browser::locale::Locale;
use crate::browser::{page, solver};
use crate::engine::mix::{self as engine, Aim, Found, Mix};
use crate::engine::money;
use crate::report::mix;
use crate::report::table::push_escaped;
use crate::ui::desk::Desk;
use crate::ui::fields::{Button, Choice, Text, look, part, plain_button, when, words};
use crate::ui::markup::view;

/// After how many changes of the plan it was asked, and what came of it; nothing where the solver could not be had or took too long.
type Asked = Arc<Mutex<Option<(u32, Option<Found>)>>>;

/// The aim, the button, and what was found.
#[component]
pub fn MixPanel() -> impl IntoView {
    let desk = Desk::get();
    let workbench = desk.workbench;
    // A place and a state, as texts: a kind of signal that there is already.
    let (aim, state) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let found: Asked = Arc::default();
    let body = move || {
        let asked = found.clone();
        let ask = move || {
            let of = if aim.get_untracked() == "1" { Aim::LeastMoney } else { Aim::MostRevenue };
            let Some(mix) = workbench.now(|plan, outcome| engine::programme(plan, outcome, of)) else { return };
            let changes = untrack(|| workbench.changes());
            let asked = asked.clone();
            let searching = format!("{SEARCHING} {changes}");
            state.set(searching.clone());
            solver::solve(&mix.numbers(), move |answer| {
                // Nobody waits for what was stopped.
                if state.try_get_untracked() != Some(searching) {
                    return;
                }
                let found = answer.map(|answer| Mix::read(&mix, &answer));
                *asked.lock().unwrap_or_else(PoisonError::into_inner) = Some((changes, found));
                state.set(format!("{FOUND} {changes}"));
                desk.speak("The search has ended.");
            });
        };
        let searches = move || state.get().starts_with(SEARCHING);
        let press = move |()| {
            if untrack(searches) {
                state.set(String::new());
                solver::stop();
            } else {
                ask();
            }
        };
        let does = move || if searches() { "Stop the search" } else { "Find the best mix" }.to_owned();
        let shown = found.clone();
        let result = move || {
            let changes = workbench.changes();
            if searches() {
                return view! { <p class="told">"Searching…"</p> }.into_any();
            }
            let known = shown.lock().unwrap_or_else(PoisonError::into_inner);
            match known.as_ref() {
                Some((at, Some(found))) if *at == changes => told(found),
                Some((_, None)) => view! { <p class="told">{NOT_THERE}</p> }.into_any(),
                Some(_) => {
                    view! { <p class="told">"The plan has changed since this was found: search again to compare."</p> }
                        .into_any()
                }
                None => ().into_any(),
            }
        };
        view! {
            <p class="help">
                "It is sought among all mixes within floors, ceilings, prices, budgets, and what people can work and close. Volume discounts are left out. It is taken over in whole entries."
            </p>
            <div class="fields">
                <Choice
                    label="What is sought"
                    words=words(&["most bookings for the budget", "least money that brings what is needed"])
                    chosen=look(move || usize::from(aim.get() == "1"))
                    on_choose=move |place: usize| aim.set(place.to_string())
                />
            </div>
            <div class="actions seek"><Button text=Text::live(does) look="primary" on_press=press /></div>
            {part(result.into())}
        }
        .into_any()
    };
    let is_there = look(move || workbench.read(|plan, _| !plan.spending.channels.is_empty()));
    let section = move || {
        view! { <Section title="Best mix" summary="what to buy instead".into() body=body.clone().into() /> }.into_any()
    };
    when(is_there, section.into())
}

const NOT_THERE: &str =
    "The solver did not arrive, or worked for more than half a minute. Try again, or change a figure.";
const SEARCHING: &str = "searching";
const FOUND: &str = "found";

fn told(found: &Found) -> AnyView {
    let workbench = Desk::get().workbench;
    let Some((answer, table, limits)) = workbench.now(|plan, outcome| {
        let now = money::spend(plan, outcome)?;
        let table = match found {
            Found::Best(best) => mix::table(plan, best, &now, &Locale).html(),
            _ => String::new(),
        };
        let mut limits = String::new();
        for line in mix::limits(plan, found, &Locale) {
            limits.push_str("<li>");
            push_escaped(&mut limits, &line);
        }
        Some((mix::answer(plan, found, &now, &Locale), table, limits))
    }) else {
        return ().into_any();
    };
    let take = match found {
        Found::Best(best) => {
            let best = best.clone();
            let take = move || {
                workbench.edit(|plan| {
                    let counts = engine::in_whole_entries(plan, &best);
                    plan.buy(&best.months, &counts);
                });
                page::focus_later(".seek button".to_owned());
            };
            plain_button("Take this mix over", "", take).into_any()
        }
        _ => ().into_any(),
    };
    let heading = match found {
        Found::Best(_) if !limits.is_empty() => "What holds it",
        _ => "",
    };
    let compared = (!table.is_empty()).then(|| {
        view! { <div class="scroll" tabindex="0" role="region" aria-label="The best mix against today's" inner_html=table></div> }
            .into_any()
    });
    let heading = (!heading.is_empty()).then(|| view! { <h3>{heading}</h3> }.into_any());
    view! {
        <p class="told">{answer}</p>
        {compared}
        {heading}
        <ul inner_html=limits></ul>
        <div class="actions">{take}</div>
    }
    .into_any()
}
