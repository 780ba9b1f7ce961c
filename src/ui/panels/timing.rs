//! How the target and the close rate lie in time, how far times spread, and what is stale.

use leptos::prelude::*;

use super::form::{self, At, Field, SILENT, Said, What};
use super::period::month_name;
use super::section::Section;
use crate::browser::locale::Locale;
use crate::plan::{ItemId, Place, Plan, Profile};
use crate::report::number::Kind;
use crate::report::{Format as _, calendar, parts};
use crate::ui::desk::Desk;
use crate::ui::fields::{each, look, owned, places};
use crate::ui::figures;
use crate::ui::markup::view;
use crate::units::{Factor, Money};

/// Profile, next period, spread.
#[component]
pub fn TimingPanel() -> impl IntoView {
    let workbench = Desk::get().workbench;
    let summary = workbench.text(|plan, _| {
        let spread = plan.timing.spread;
        let spread = if spread == Factor::ZERO {
            String::new()
        } else {
            format!(", times spread by {}", Locale.percent(spread.times()))
        };
        format!("{}{spread}", parts::profile(plan.timing.profile))
    });
    let body = move || {
        // What that means stands in the answer.
        let none = workbench.text(|plan, _| match plan.timing.spread {
            Factor::ZERO => "Zero: every deal takes the days of the funnel.".to_owned(),
            _ => String::new(),
        });
        let weights = look(move || workbench.read(|plan, _| places(calendar::weight_names(plan, &Locale).len())));
        let seasons = look(move || workbench.read(|plan, _| places(plan.timing.rate_season.len())));
        view! {
            {form::form(&PROFILE, At::PLAN)}
            <div class="weights">{each(weights, Box::new(|row| weight(&WEIGHT, row)))}</div>
            <p class="error">{workbench.issue_at(|_| Some(Place::Timing))}</p>
            <div class="weights">{each(seasons, Box::new(|row| weight(&RATE_SEASON, row)))}</div>
            <h3>"How far times spread"</h3>
            {form::form(&SPREAD, At::PLAN)}
            <p class="help">{none}</p>
        }
        .into_any()
    };
    view! { <Section title="Season, spread and the next period" summary=summary body=body.into() /> }
}

/// One of several fields, told apart by their row.
fn weight(fields: &'static [Field; 1], row: ItemId) -> AnyView {
    form::column(fields, At { row: row.0 as usize, ..At::PLAN }, "")
}

/// In per cent of the usual; 100 where none is typed.
const WEIGHT: [Field; 1] = [Field {
    label: Said::Of(|plan, at| calendar::weight_names(plan, &Locale).into_iter().nth(at.row).unwrap_or_default()),
    note: SILENT,
    place: None,
    what: What::Figure(
        Kind::Factor,
        |plan, at| plan.timing.weights.get(at.row).map(|factor| factor.millionths().into()),
        |plan, at, exact| set_weight(&mut plan.timing.weights, at, exact),
        Some(|_, _| Some("100".to_owned())),
    ),
}];

const RATE_SEASON: [Field; 1] = [Field {
    label: Said::Of(|_, at| format!("Close rate in {}", u8::try_from(at.row + 1).map(month_name).unwrap_or_default())),
    note: SILENT,
    place: None,
    what: What::Figure(
        Kind::Factor,
        |plan, at| plan.timing.rate_season.get(at.row).map(|factor| factor.millionths().into()),
        |plan, at, exact| set_weight(&mut plan.timing.rate_season, at, exact),
        Some(|_, _| Some("100".to_owned())),
    ),
}];

fn set_weight(weights: &mut Vec<Factor>, at: At, exact: Option<i64>) {
    if weights.len() <= at.row {
        weights.resize(at.row + 1, Factor::ONE);
    }
    if let Some(slot) = weights.get_mut(at.row) {
        *slot = figures::factor(exact).unwrap_or(Factor::ONE);
    }
}

const PROFILE: [Field; 4] = [
    Field {
        label: Said::As("The target is due"),
        note: SILENT,
        place: None,
        what: What::Word(
            |_, _| owned(&Profile::ALL.map(parts::profile)),
            |plan, _| Profile::ALL.iter().position(|&profile| profile == plan.timing.profile).unwrap_or(0),
            |plan, _, place| {
                plan.timing.profile = Profile::ALL.get(place).copied().unwrap_or_default();
                plan.timing.weights.clear();
            },
        ),
    },
    Field {
        label: Said::As("The fiscal year begins in"),
        note: SILENT,
        place: None,
        what: What::Word(
            |_, _| (1..=12).map(month_name).collect(),
            |plan, _| usize::from(plan.timing.fiscal_start).saturating_sub(1),
            |plan, _, place| plan.timing.fiscal_start = u8::try_from(place + 1).unwrap_or(1),
        ),
    },
    Field {
        label: Said::As("Target of the next period"),
        note: Said::As("it goes on drawing on the same funnel"),
        place: None,
        what: What::Figure(
            Kind::Money,
            |plan, _| plan.timing.next_target.map(Money::thousandths),
            |plan, _, exact| plan.timing.next_target = figures::money(exact),
            Some(|_, _| Some("the same again".to_owned())),
        ),
    },
    Field {
        label: Said::As("The close rate"),
        note: SILENT,
        place: None,
        what: What::Word(
            |_, _| owned(&["is the same all year", "has a season"]),
            |plan: &Plan, _| usize::from(!plan.timing.rate_season.is_empty()),
            |plan, _, place| plan.timing.rate_season = vec![Factor::ONE; place * 12],
        ),
    },
];

const SPREAD: [Field; 4] = [
    Field {
        label: Said::As("Spread of times"),
        note: Said::As("standard deviation ÷ mean of each step"),
        place: Some(|_, _| Some(Place::Spread)),
        what: What::Figure(
            Kind::Factor,
            |plan, _| Some(plan.timing.spread.millionths().into()),
            |plan, _, exact| plan.timing.spread = figures::factor(exact).unwrap_or_default(),
            None,
        ),
    },
    Field {
        label: Said::As("An entry counts while"),
        note: Said::As("of what will be won of it is won in time"),
        place: Some(|_, _| Some(Place::Landing)),
        what: What::Figure(
            Kind::Rate,
            |plan, _| Some(plan.timing.landing.millionths().into()),
            |plan, _, exact| plan.timing.landing = figures::rate(exact).unwrap_or_default(),
            None,
        ),
    },
    Field {
        label: Said::As("Entries are sized"),
        note: SILENT,
        place: None,
        what: What::Word(
            |_, _| owned(&["as the funnel says", "so that enough lands in time"]),
            |plan, _| usize::from(plan.timing.sized_for_spread),
            |plan, _, place| plan.timing.sized_for_spread = place == 1,
        ),
    },
    Field {
        label: Said::As("What is stale is won at"),
        note: Said::As("open for more than twice its stage's days"),
        place: None,
        what: What::Figure(
            Kind::Rate,
            |plan, _| Some(plan.timing.stale_rate.millionths().into()),
            |plan, _, exact| plan.timing.stale_rate = figures::rate(exact).unwrap_or_default(),
            None,
        ),
    },
];
