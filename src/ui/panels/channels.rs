//! What marketing buys: channels with their prices, the budget, and what else there is to pay.

use leptos::prelude::*;

use super::form::{self, At, Field, SILENT, Said, What, field};
use super::section::Section;
use crate::browser::locale::Locale;
use crate::browser::page;
use crate::plan::{Channel, ItemId, Place, Plan, Scope, Term, Tier, limits};
use crate::report::number::Kind;
use crate::report::{amount, money, parts, words};
use crate::ui::desk::Desk;
use crate::ui::fields::{each, look, owned, places, plain_button, when};
use crate::ui::figures;
use crate::ui::markup::view;
use crate::units::{Count, Factor, Money};

/// The channels, one row each, and the prices of what is dearer.
#[component]
pub fn ChannelsPanel() -> impl IntoView {
    let workbench = Desk::get().workbench;
    let summary = workbench.text(|plan, _| {
        let channels = &plan.spending.channels;
        match channels.as_slice() {
            [] => "nothing is bought yet".to_owned(),
            [only] => money::name(plan, only),
            _ => format!("{} channels", channels.len()),
        }
    });
    let body = move || {
        let ids =
            look(move || workbench.read(|plan, _| plan.spending.channels.iter().map(|channel| channel.id).collect()));
        let are_there = look(move || workbench.read(|plan, _| !plan.spending.channels.is_empty()));
        let table = move || {
            let row = |id| view! { <tr>{form::cells(&CHANNEL, At { id, ..At::PLAN }, name_of)}</tr> }.into_any();
            view! {
                <div class="scroll" tabindex="0" role="region" aria-label="Channels">
                    <table class="channels">
                        <thead inner_html=HEAD.to_owned()></thead>
                        <tbody>{each(ids.clone(), Box::new(row))}</tbody>
                    </table>
                </div>
                {each(ids.clone(), Box::new(tiers))}
            }
            .into_any()
        };
        let add = move || {
            workbench.edit(Plan::add_channel);
            page::focus_later(".channels tr:last-of-type input".to_owned());
        };
        view! {
            {when(are_there, table.into())}
            <p class="help">
                "Floor and ceiling: entries a month. Quality: its first rate against the average. Validated: the share of its entries that are what they should be."
            </p>
            <div class="actions buy">{plain_button("Add a channel", "", add)}</div>
        }
        .into_any()
    };
    view! { <Section title="Channels" summary=summary body=body.into() /> }
}

/// What a channel costs beyond its first price, where it has more.
fn tiers(id: ItemId) -> AnyView {
    let workbench = Desk::get().workbench;
    let rows =
        look(move || workbench.read(|plan, _| places(plan.channel(id).map_or(0, |channel| channel.tiers.len()))));
    let are_there = {
        let rows = rows.clone();
        look(move || !rows().is_empty())
    };
    let row = move |row: ItemId| {
        let at = At { row: row.0 as usize, id, ..At::PLAN };
        let name = |plan: &Plan, at| format!("price {} of {}", at_row(at), name_of(plan, at));
        view! { <tr><th scope="row">{workbench.text(move |plan, _| name_of(plan, at))}</th>{form::cells(&TIER, at, name)}</tr> }.into_any()
    };
    let table = move || {
        view! {
            <div class="scroll" tabindex="0" role="region" aria-label="Dearer prices">
                <table class="pipeline">
                    <thead inner_html="<tr><th>Beyond the first price<th>More than, a month<th>Price each<td>".to_owned()></thead>
                    <tbody>{each(rows.clone(), Box::new(row))}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    when(are_there, table.into())
}

fn at_row(at: At) -> usize {
    at.row + 1
}

const HEAD: &str = "<tr><th>Channel<th>For<th>Enters at<th>Price each<th>Bought a month<th>Floor<th>Ceiling<th>Quality<th>Validated<td colspan=2>";

/// What stands in a row.
static CHANNEL: [Field; 11] = [
    cell(
        "Name of",
        What::Text(
            limits::TAG_CHARS,
            |plan, at| plan.channel(at.id).map(|channel| channel.name.clone()).unwrap_or_default(),
            |plan, at, text| change(plan, at, |channel| channel.name = text),
        ),
    ),
    cell(
        "Segment of",
        What::Word(
            |plan, _| {
                let mut words = owned(&["all segments"]);
                for segment in &plan.segments {
                    words.push(parts::segment(plan, segment));
                }
                words
            },
            |plan, at| {
                let own = plan.channel(at.id).and_then(|channel| channel.segment);
                plan.segments.iter().position(|segment| Some(segment.id) == own).map_or(0, |place| place + 1)
            },
            |plan, at, place| {
                let id = place.checked_sub(1).and_then(|place| plan.segments.get(place)).map(|segment| segment.id);
                change(plan, at, |channel| channel.segment = id);
            },
        ),
    ),
    cell(
        "Stage of entry of",
        What::Word(
            |plan, _| {
                let last = plan.stages.len().saturating_sub(1);
                plan.stages.iter().take(last).map(|stage| stage.singular.clone()).collect()
            },
            |plan, at| {
                let own = plan.channel(at.id).and_then(|channel| channel.entry);
                plan.stages.iter().position(|stage| Some(stage.id) == own).unwrap_or(0)
            },
            |plan, at, place| {
                let entry = (place > 0).then(|| plan.stages.get(place)).flatten().map(|stage| stage.id);
                change(plan, at, |channel| channel.entry = entry);
            },
        ),
    ),
    cell(
        "Price each of",
        What::Figure(
            Kind::Money,
            |plan, at| plan.channel(at.id).map(|channel| channel.cost.thousandths()),
            |plan, at, exact| change(plan, at, |channel| channel.cost = figures::money(exact).unwrap_or_default()),
            None,
        ),
    ),
    Field {
        place: Some(|plan, at| position(plan, at).map(Place::Buys)),
        ..cell(
            "Bought a month of",
            What::Figure(
                Kind::Count,
                |plan, at| plan.channel(at.id).map(|channel| figures::of_count(channel.buys)),
                |plan, at, exact| change(plan, at, |channel| channel.buys = figures::count(exact).unwrap_or_default()),
                None,
            ),
        )
    },
    cell(
        "Floor of",
        What::Figure(
            Kind::Count,
            |plan, at| plan.channel(at.id).map(|channel| figures::of_count(channel.floor)),
            |plan, at, exact| change(plan, at, |channel| channel.floor = figures::count(exact).unwrap_or_default()),
            None,
        ),
    ),
    Field {
        place: Some(|plan, at| position(plan, at).map(Place::Ceiling)),
        ..cell(
            "Ceiling of",
            What::Figure(
                Kind::Count,
                |plan, at| plan.channel(at.id)?.ceiling.map(figures::of_count),
                |plan, at, exact| change(plan, at, |channel| channel.ceiling = figures::count(exact)),
                Some(|_, _| Some("any".to_owned())),
            ),
        )
    },
    cell(
        "Quality of",
        What::Figure(
            Kind::Factor,
            |plan, at| plan.channel(at.id).map(|channel| channel.quality.millionths().into()),
            |plan, at, exact| {
                change(plan, at, |channel| channel.quality = figures::factor(exact).unwrap_or(Factor::ONE));
            },
            None,
        ),
    ),
    cell(
        "Validated of",
        What::Figure(
            Kind::Rate,
            |plan, at| plan.channel(at.id).map(|channel| channel.validated.millionths().into()),
            |plan, at, exact| change(plan, at, |channel| channel.validated = figures::rate(exact).unwrap_or_default()),
            None,
        ),
    ),
    cell(
        "Add a dearer price to",
        What::Press("dearer price", |desk, at| {
            desk.workbench.edit(|plan| {
                change(plan, at, |channel| {
                    if channel.tiers.len() < limits::MAX_TIERS {
                        let last = channel.tiers.last().copied();
                        let beyond = last.map_or(channel.buys, |tier| tier.beyond);
                        let beyond = Count::new(beyond.get() + beyond.get() / 2 + 1).unwrap_or(beyond);
                        channel.tiers.push(Tier { beyond, cost: last.map_or(channel.cost, |tier| tier.cost) });
                    }
                });
            });
        }),
    ),
    cell(
        "Remove",
        What::Press("remove", |desk, at| {
            desk.workbench.edit(|plan| plan.remove_channel(at.id));
            page::focus_later(".channels input, .buy button".to_owned());
        }),
    ),
];

/// What stands in the row of a dearer price.
static TIER: [Field; 3] = [
    Field {
        label: Said::As("Entries a month before"),
        note: SILENT,
        place: Some(|plan, at| position(plan, at).map(Place::Tiers)),
        what: What::Figure(
            Kind::Count,
            |plan, at| tier_of(plan, at).map(|tier| figures::of_count(tier.beyond)),
            |plan, at, exact| change_tier(plan, at, |tier| tier.beyond = figures::count(exact).unwrap_or_default()),
            None,
        ),
    },
    Field {
        label: Said::As("Amount of"),
        note: SILENT,
        place: Some(|plan, at| position(plan, at).map(Place::TierPrices)),
        what: What::Figure(
            Kind::Money,
            |plan, at| tier_of(plan, at).map(|tier| tier.cost.thousandths()),
            |plan, at, exact| change_tier(plan, at, |tier| tier.cost = figures::money(exact).unwrap_or_default()),
            None,
        ),
    },
    cell(
        "Remove",
        What::Press("remove", |desk, at| {
            desk.workbench.edit(|plan| {
                change(plan, at, |channel| {
                    if at.row < channel.tiers.len() {
                        channel.tiers.remove(at.row);
                    }
                });
            });
        }),
    ),
];

/// What is spent besides, and what comes back of it.
#[component]
pub fn BudgetPanel() -> impl IntoView {
    let workbench = Desk::get().workbench;
    let summary = workbench.text(|plan, _| match plan.spending.budget {
        Some(budget) => format!("{} a month", amount(&Locale, budget.major(), plan.currency)),
        None => "no budget is set".to_owned(),
    });
    let body = move || {
        let ids = look(move || workbench.read(|plan, _| plan.segments.iter().map(|segment| segment.id).collect()));
        let are_several = look(move || workbench.read(|plan, _| plan.segments.len() > 1));
        let own = move || {
            let row = move |id| {
                let at = At { scope: Scope::Segment(id), id, row: 0 };
                let name = workbench.text(move |plan, _| segment_of(plan, at));
                view! { <tr><th scope="row">{name}</th>{form::cells(&OWN, at, segment_of)}</tr> }.into_any()
            };
            view! {
                <div class="scroll" tabindex="0" role="region" aria-label="Margin and churn of segments">
                    <table class="pipeline">
                        <thead inner_html="<tr><th>Segment<th>Gross margin<th>Churn a month".to_owned()></thead>
                        <tbody>{each(ids.clone(), Box::new(row))}</tbody>
                    </table>
                </div>
            }
            .into_any()
        };
        view! { {form::form(&BUDGET, At::PLAN)} {when(are_several, own.into())} }.into_any()
    };
    view! { <Section title="Budget, cost and margin" summary=summary body=body.into() /> }
}

static BUDGET: [Field; 7] = [
    field(
        "Marketing budget",
        "a month, for channels and all else",
        What::Figure(
            Kind::Money,
            |plan, _| plan.spending.budget.map(Money::thousandths),
            |plan, _, exact| plan.spending.budget = figures::money(exact),
            Some(|_, _| Some("none".to_owned())),
        ),
    ),
    money_field(
        "Other marketing cost",
        "a month: people, tools, agencies",
        |plan, _| Some(plan.spending.other.thousandths()),
        |plan, _, exact| plan.spending.other = figures::money(exact).unwrap_or_default(),
    ),
    money_field(
        "Cost of a seller",
        "a year, with all that belongs to it",
        |plan, _| Some(plan.spending.seller.thousandths()),
        |plan, _, exact| plan.spending.seller = figures::money(exact).unwrap_or_default(),
    ),
    money_field(
        "Cost of a head in sales development",
        "a year",
        |plan, _| Some(plan.spending.developer.thousandths()),
        |plan, _, exact| plan.spending.developer = figures::money(exact).unwrap_or_default(),
    ),
    field(
        "Gross margin",
        "of revenue, after what it costs to deliver",
        What::Figure(
            Kind::Rate,
            |plan, _| Some(plan.spending.margin.millionths().into()),
            |plan, _, exact| plan.spending.margin = figures::rate(exact).unwrap_or_default(),
            None,
        ),
    ),
    field(
        "Churn",
        "customers lost in a month; 0: not known",
        What::Figure(
            Kind::Rate,
            |plan, _| Some(plan.spending.churn.millionths().into()),
            |plan, _, exact| plan.spending.churn = figures::rate(exact).unwrap_or_default(),
            None,
        ),
    ),
    field(
        "A deal's price pays for",
        "12 where it is a year's",
        What::Word(
            |_, _| (1..=Term::MAX.into()).map(words::months).collect(),
            |plan, _| usize::from(plan.spending.term.get()).saturating_sub(1),
            |plan, _, place| {
                plan.spending.term = u8::try_from(place + 1).ok().and_then(Term::new).unwrap_or_default();
            },
        ),
    ),
];

/// What a segment has of its own.
static OWN: [Field; 2] = [
    cell(
        "Gross margin of",
        What::Figure(
            Kind::Rate,
            |plan, at| plan.segment(at.id)?.margin.map(|rate| rate.millionths().into()),
            |plan, at, exact| {
                if let Some(segment) = plan.segment_mut(at.id) {
                    segment.margin = figures::rate(exact);
                }
            },
            Some(|plan, _| Some(form::shown(Kind::Rate, plan.spending.margin.millionths()))),
        ),
    ),
    cell(
        "Churn of",
        What::Figure(
            Kind::Rate,
            |plan, at| plan.segment(at.id)?.churn.map(|rate| rate.millionths().into()),
            |plan, at, exact| {
                if let Some(segment) = plan.segment_mut(at.id) {
                    segment.churn = figures::rate(exact);
                }
            },
            Some(|plan, _| Some(form::shown(Kind::Rate, plan.spending.churn.millionths()))),
        ),
    ),
];

fn segment_of(plan: &Plan, at: At) -> String {
    plan.segment(at.id).map(|segment| parts::segment(plan, segment)).unwrap_or_default()
}

/// A field in a row that has a name.
pub(super) const fn cell(label: &'static str, what: What) -> Field {
    Field { label: Said::As(label), note: SILENT, place: None, what }
}

const fn money_field(
    label: &'static str,
    note: &'static str,
    get: fn(&Plan, At) -> Option<i64>,
    set: fn(&mut Plan, At, Option<i64>),
) -> Field {
    field(label, note, What::Figure(Kind::Money, get, set, None))
}

fn name_of(plan: &Plan, at: At) -> String {
    plan.channel(at.id).map(|channel| money::name(plan, channel)).unwrap_or_default()
}

fn position(plan: &Plan, at: At) -> Option<usize> {
    plan.spending.channels.iter().position(|channel| channel.id == at.id)
}

fn change(plan: &mut Plan, at: At, change: impl FnOnce(&mut Channel)) {
    if let Some(channel) = plan.channel_mut(at.id) {
        change(channel);
    }
}

fn tier_of(plan: &Plan, at: At) -> Option<&Tier> {
    plan.channel(at.id)?.tiers.get(at.row)
}

fn change_tier(plan: &mut Plan, at: At, change: impl FnOnce(&mut Tier)) {
    if let Some(tier) = plan.channel_mut(at.id).and_then(|channel| channel.tiers.get_mut(at.row)) {
        change(tier);
    }
}
