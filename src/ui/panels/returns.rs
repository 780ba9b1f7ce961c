//! What comes back, and the customers who are there already.

use leptos::prelude::*;

use super::form::{self, At, Field, SILENT, Said, What};
use super::section::Section;
use super::sources::{entries, source_at, sources, stage_at};
use super::why::Why;
use crate::browser::locale::Locale;
use crate::plan::{ItemId, Place, Plan, Scope, TargetKind};
use crate::report::number::Kind;
use crate::report::why::Figure;
use crate::report::{Format as _, amount, parts};
use crate::ui::desk::Desk;
use crate::ui::fields::{look, when};
use crate::ui::figures;
use crate::ui::markup::view;

/// The circle, and what the target is a target of.
#[component]
pub fn ReturnsPanel() -> impl IntoView {
    let workbench = Desk::get().workbench;
    let summary = workbench.text(|plan, outcome| {
        let back = outcome.whole().comes_back;
        let circle = match back > 0.0 {
            true => format!("{} of the need comes back by itself", Locale.percent(back)),
            false => "nothing comes back".to_owned(),
        };
        match plan.revenue.kind {
            TargetKind::NewBusiness => circle,
            _ => format!(
                "{circle}; new business to win: {}",
                amount(&Locale, outcome.goal.new_business.major(), plan.currency)
            ),
        }
    });
    let body = move || {
        let implies = look(move || workbench.read(|plan, _| plan.revenue.kind != TargetKind::NewBusiness));
        let implied = move || {
            let implied = workbench.text(|plan, outcome| {
                let money = |value: f64| amount(&Locale, value, plan.currency);
                format!(
                    "Existing customers are worth {} at the end, {} of it by growing; new business has to bring {}.",
                    money(outcome.goal.kept),
                    money(outcome.goal.grown),
                    money(outcome.goal.new_business.major())
                )
            });
            let figures = look(|| vec![Figure::NewBusiness]);
            view! {
                <p class="help">
                    {implied} " " <Why name="Why this much new business?" figures=figures scope=Scope::Whole />
                </p>
            }
            .into_any()
        };
        let at = At::PLAN;
        view! {
            <h3>"What the target counts"</h3>
            {form::form(&REVENUE, at)}
            {when(implies, implied.into())}
            <h3>"Lost opportunities that are tried again"</h3>
            {form::form(&RECYCLED, at)}
            <h3>"Customers who refer others"</h3>
            {form::form(&REFERRED, at)}
            <p class="error">{workbench.issue_at(|_| Some(Place::Circle))}</p>
            <p class="help">
                "In steady state, as if the funnel had run like this for long; counted under the source that you name."
            </p>
        }
        .into_any()
    };
    view! { <Section title="Customers and what comes back" summary=summary body=body.into() /> }
}

const REVENUE: [Field; 4] = [
    Field {
        label: Said::As("The target is"),
        note: SILENT,
        place: None,
        what: What::Word(
            |_, _| TargetKind::ALL.map(|kind| parts::target_kind(kind).to_owned()).to_vec(),
            |plan, _| TargetKind::ALL.iter().position(|&kind| kind == plan.revenue.kind).unwrap_or(0),
            |plan, _, place| plan.revenue.kind = TargetKind::ALL.get(place).copied().unwrap_or_default(),
        ),
    },
    Field {
        label: Said::As("Opening revenue"),
        note: Said::As("yearly run-rate on the first day"),
        place: None,
        what: What::Figure(
            Kind::Money,
            |plan, _| Some(plan.revenue.opening.thousandths()),
            |plan, _, exact| plan.revenue.opening = figures::money(exact).unwrap_or_default(),
            None,
        ),
    },
    Field {
        label: Said::As("Gross retention"),
        note: Said::As("of it stays in a year"),
        place: None,
        what: What::Figure(
            Kind::Rate,
            |plan, _| Some(plan.revenue.grr.millionths().into()),
            |plan, _, exact| plan.revenue.grr = figures::rate(exact).unwrap_or_default(),
            None,
        ),
    },
    Field {
        label: Said::As("Net retention"),
        note: Said::As("what it becomes by staying and growing"),
        place: Some(|_, _| Some(Place::Revenue)),
        what: What::Figure(
            Kind::Factor,
            |plan, _| Some(plan.revenue.nrr.millionths().into()),
            |plan, _, exact| plan.revenue.nrr = figures::factor(exact).unwrap_or_default(),
            None,
        ),
    },
];

const RECYCLED: [Field; 4] = [
    Field {
        label: Said::As("Share recycled"),
        note: Said::As("of those that are lost in the last step"),
        place: None,
        what: What::Figure(
            Kind::Rate,
            |plan, _| Some(plan.circle.recycled.millionths().into()),
            |plan, _, exact| plan.circle.recycled = figures::rate(exact).unwrap_or_default(),
            None,
        ),
    },
    Field {
        label: Said::As("Recycled after"),
        note: SILENT,
        place: None,
        what: What::Figure(
            Kind::Days,
            |plan, _| Some(plan.circle.recycled_after.get().into()),
            |plan, _, exact| plan.circle.recycled_after = figures::days(exact).unwrap_or_default(),
            None,
        ),
    },
    Field {
        label: Said::As("Recycled ones come back as"),
        note: SILENT,
        place: None,
        what: What::Word(
            |plan, _| entries(plan),
            |plan, _| entry(plan, plan.circle.recycled_to),
            |plan, _, place| plan.circle.recycled_to = stage_at(plan, place),
        ),
    },
    Field {
        label: Said::As("Recycled ones count for"),
        note: SILENT,
        place: None,
        what: What::Word(
            sources,
            |plan, _| plan.circle.recycled_as.index(),
            |plan, _, place| {
                plan.circle.recycled_as = source_at(place);
            },
        ),
    },
];

const REFERRED: [Field; 4] = [
    Field {
        label: Said::As("Referrals"),
        note: Said::As("for a hundred customers"),
        place: None,
        what: What::Figure(
            Kind::Factor,
            |plan, _| Some(plan.circle.referrals.millionths().into()),
            |plan, _, exact| plan.circle.referrals = figures::factor(exact).unwrap_or_default(),
            None,
        ),
    },
    Field {
        label: Said::As("Referred after"),
        note: SILENT,
        place: None,
        what: What::Figure(
            Kind::Days,
            |plan, _| Some(plan.circle.referred_after.get().into()),
            |plan, _, exact| plan.circle.referred_after = figures::days(exact).unwrap_or_default(),
            None,
        ),
    },
    Field {
        label: Said::As("Referred ones enter as"),
        note: SILENT,
        place: None,
        what: What::Word(
            |plan, _| entries(plan),
            |plan, _| entry(plan, plan.circle.referred_to),
            |plan, _, place| plan.circle.referred_to = stage_at(plan, place),
        ),
    },
    Field {
        label: Said::As("Referred ones count for"),
        note: SILENT,
        place: None,
        what: What::Word(
            sources,
            |plan, _| plan.circle.referred_as.index(),
            |plan, _, place| {
                plan.circle.referred_as = source_at(place);
            },
        ),
    },
];

fn entry(plan: &Plan, stage: Option<ItemId>) -> usize {
    stage.and_then(|stage| plan.position(stage)).unwrap_or(0)
}
