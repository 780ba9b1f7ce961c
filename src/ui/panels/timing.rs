//! How the target lies in time.

use leptos::prelude::*;

use super::form::{self, At, Field, What, nowhere};
use super::period::month_name;
use crate::browser::locale::Locale;
use crate::plan::{ItemId, Place, Plan, Profile, Scope};
use crate::report::number::Kind;
use crate::report::{Format as _, amount, calendar, parts};
use crate::ui::desk::Desk;
use crate::ui::fields::{Section, part};
use crate::ui::figures;
use crate::units::{Factor, Money};

const AT: At = At { scope: Scope::Whole, id: ItemId(0), row: 0 };

/// Profile, next period, spread.
#[component]
pub fn TimingPanel() -> impl IntoView {
    let workbench = expect_context::<Desk>().workbench;
    let summary = workbench.text(|plan, _| {
        let spread = plan.timing.spread;
        let spread = if spread == Factor::ZERO {
            String::new()
        } else {
            format!(", times spread by {}", Locale.percent(spread.times()))
        };
        format!("{}{spread}", parts::profile(plan.timing.profile))
    });
    let late = workbench.text(|plan, outcome| {
        if plan.timing.spread == Factor::ZERO {
            return "Zero: every deal takes the days that the funnel says.".to_owned();
        }
        let late = outcome.whole().falls_behind;
        format!("{} of what is planned is expected only after the period's end.", amount(&Locale, late, plan.currency))
    });
    // Drawn anew when there are others to type.
    let names = Memo::new(move |_| workbench.read(|plan, _| calendar::weight_names(plan, &Locale)));
    let weights = move || weights(names.get(), &WEIGHT);
    let has_season = Memo::new(move |_| workbench.read(|plan, _| !plan.timing.rate_season.is_empty()));
    let season = move || {
        let months = if has_season.get() { (1..=12).map(month_name).collect() } else { Vec::new() };
        weights_of_rates(months)
    };
    view! {
        <Section title="Season, spread and the next period" summary=summary>
            {form::form(&PROFILE, AT)}
            {part(weights.into())}
            <p class="error">{workbench.issue_at(|_| Some(Place::Timing))}</p>
            {part(season.into())}
            <h3>"How far times spread"</h3>
            {form::form(&SPREAD, AT)}
            <p class="help">{late}</p>
        </Section>
    }
}

/// A field for each name, told apart by their row.
fn weights(names: Vec<String>, field: &'static Field) -> AnyView {
    let draw = |(row, name): (usize, String)| form::draw(field, At { row, ..AT }, name.into(), "");
    let fields = names.into_iter().enumerate().map(draw).collect_view();
    view! { <div class="weights">{fields}</div> }.into_any()
}

fn weights_of_rates(months: Vec<String>) -> AnyView {
    let months = months.into_iter().map(|month| format!("Close rate in {month}")).collect();
    weights(months, &RATE_SEASON)
}

/// In per cent of the usual; 100 where none is typed.
const WEIGHT: Field = Field {
    label: "",
    note: "",
    place: nowhere,
    what: What::Figure(
        Kind::Factor,
        |plan, at| plan.timing.weights.get(at.row).map(|factor| factor.millionths().into()),
        |plan, at, exact| set_weight(&mut plan.timing.weights, at, exact),
        Some(|_, _| "100".to_owned()),
    ),
};

const RATE_SEASON: Field = Field {
    label: "",
    note: "",
    place: nowhere,
    what: What::Figure(
        Kind::Factor,
        |plan, at| plan.timing.rate_season.get(at.row).map(|factor| factor.millionths().into()),
        |plan, at, exact| set_weight(&mut plan.timing.rate_season, at, exact),
        Some(|_, _| "100".to_owned()),
    ),
};

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
        label: "The target is due",
        note: "",
        place: nowhere,
        what: What::Word(
            |_, _| form::owned(&Profile::ALL.map(parts::profile)),
            |plan, _| Profile::ALL.iter().position(|&profile| profile == plan.timing.profile).unwrap_or(0),
            |plan, _, place| {
                plan.timing.profile = Profile::ALL.get(place).copied().unwrap_or_default();
                plan.timing.weights.clear();
            },
        ),
    },
    Field {
        label: "The fiscal year begins in",
        note: "",
        place: nowhere,
        what: What::Word(
            |_, _| (1..=12).map(month_name).collect(),
            |plan, _| usize::from(plan.timing.fiscal_start).saturating_sub(1),
            |plan, _, place| plan.timing.fiscal_start = u8::try_from(place + 1).unwrap_or(1),
        ),
    },
    Field {
        label: "Target of the next period",
        note: "it goes on drawing on the same funnel",
        place: nowhere,
        what: What::Figure(
            Kind::Money,
            |plan, _| plan.timing.next_target.map(Money::thousandths),
            |plan, _, exact| plan.timing.next_target = figures::money(exact),
            Some(|_, _| "the same again".to_owned()),
        ),
    },
    Field {
        label: "The close rate",
        note: "",
        place: nowhere,
        what: What::Word(
            |_, _| form::owned(&["is the same all year", "has a season"]),
            |plan: &Plan, _| usize::from(!plan.timing.rate_season.is_empty()),
            |plan, _, place| plan.timing.rate_season = vec![Factor::ONE; place * 12],
        ),
    },
];

const SPREAD: [Field; 4] = [
    Field {
        label: "Spread of times",
        note: "standard deviation ÷ mean of each step",
        place: nowhere,
        what: What::Figure(
            Kind::Factor,
            |plan, _| Some(plan.timing.spread.millionths().into()),
            |plan, _, exact| plan.timing.spread = figures::factor(exact).unwrap_or_default(),
            None,
        ),
    },
    Field {
        label: "An entry counts while",
        note: "of what will be won of it is won in time",
        place: nowhere,
        what: What::Figure(
            Kind::Rate,
            |plan, _| Some(plan.timing.landing.millionths().into()),
            |plan, _, exact| plan.timing.landing = figures::rate(exact).unwrap_or_default(),
            None,
        ),
    },
    Field {
        label: "Entries are sized",
        note: "",
        place: nowhere,
        what: What::Word(
            |_, _| form::owned(&["as the funnel says", "so that enough lands in time"]),
            |plan, _| usize::from(plan.timing.sized_for_spread),
            |plan, _, place| plan.timing.sized_for_spread = place == 1,
        ),
    },
    Field {
        label: "Stale opportunities close at",
        note: "open for more than twice their stage's days",
        place: nowhere,
        what: What::Figure(
            Kind::Rate,
            |plan, _| Some(plan.timing.stale_rate.millionths().into()),
            |plan, _, exact| plan.timing.stale_rate = figures::rate(exact).unwrap_or_default(),
            None,
        ),
    },
];
