//! What follows for the people and the money, as JSON.

use serde_json::{Value, json};

use super::with;
use crate::engine::money::{ChannelOutcome, Spend, UnitEconomics};
use crate::engine::{DevelopmentOutcome, People, TeamOutcome};
use crate::plan::Plan;
use crate::report;

/// What sellers can close and what they close, in all and team by team.
pub(super) fn sellers(plan: &Plan, people: &People) -> Value {
    let mut teams = Vec::new();
    for (of, outcome) in plan.sales.iter().zip(&people.teams) {
        let hire = |&(month, heads): &(crate::units::Month, u32)| json!({ "month": month.to_string(), "heads": heads });
        let hires: Vec<Value> = outcome.hires.iter().map(hire).collect();
        teams.push(with(
            team(outcome),
            json!({ "team": report::people::name(plan, of), "id": of.id.0, "hires": hires }),
        ));
    }
    with(team(&people.all), json!({ "teams": teams }))
}

/// What sellers can close, and what they close.
fn team(team: &TeamOutcome) -> Value {
    let months: Vec<Value> = team
        .months
        .iter()
        .map(|month| {
            json!({
                "month": month.month.to_string(),
                "heads": month.heads,
                "ramped": month.ramped,
                "capacity": month.capacity,
                "arrives": month.deals.arrives,
                "closes": month.deals.closes,
                "waits": month.deals.waits,
            })
        })
        .collect();
    json!({
        "brings": team.brings,
        "capacity": team.capacity,
        "closes": team.closes,
        "streetQuota": team.street,
        "short": team.short,
        "months": months,
    })
}

/// What sales development gets done, and what it can promise.
pub(super) fn development(plan: &Plan, development: &DevelopmentOutcome) -> Value {
    let mut months = Vec::new();
    for month in &development.months {
        months.push(json!({
            "month": month.month.to_string(),
            "leads": month.leads,
            "overdue": month.overdue,
            "heads": month.heads,
            "load": month.load,
            "most": month.most,
            "worked": month.worked,
            "waits": month.waits,
            "inTimeWithinHours": month.in_time,
            "inTime": month.of_all,
            "headsNeeded": month.needed,
        }));
    }
    json!({
        "stage": plan.stages.get(development.stage).map(|stage| stage.plural.as_str()),
        "busiest": development.months.get(development.busiest).map(|month| month.month.to_string()),
        "leadsADay": development.a_day,
        "outside": development.outside,
        "worked": development.worked,
        "inTime": development.in_time,
        "rate": development.rate,
        "liftedRate": development.lifted,
        "expected": development.expected,
        "bookings": development.bookings,
        "liftedBookings": development.lifted_bookings,
        "months": months,
    })
}

/// What the money buys.
pub(super) fn money(plan: &Plan, spend: &Spend) -> Value {
    let (mut channels, mut months, mut stages, mut segments) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for (of, bought) in plan.spending.channels.iter().zip(&spend.channels) {
        channels.push(with(channel(bought), json!({ "channel": report::money::name(plan, of), "id": of.id.0 })));
    }
    for month in &spend.months {
        months.push(json!({
            "month": month.month.to_string(),
            "channels": month.channels,
            "other": month.other,
            "budget": month.budget,
            "over": month.over,
            "lands": month.lands,
        }));
    }
    for (stage, cost) in plan.stages.iter().zip(&spend.stages) {
        stages.push(json!({ "stage": stage.plural, "volume": cost.volume, "spend": cost.spend, "each": cost.each }));
    }
    for (segment, known) in plan.segments.iter().zip(&spend.segments) {
        segments.push(with(customers(known), json!({ "segment": segment.name, "id": segment.id.0 })));
    }
    let buys = &spend.buys;
    json!({
        "marketing": spend.marketing,
        "over": spend.over,
        "buys": {
            "booked": buys.booked,
            "open": buys.open,
            "otherSources": buys.others,
            "channels": buys.channels,
            "beyondPeople": buys.beyond,
        },
        "channels": channels,
        "months": months,
        "stages": stages,
        "customers": customers(&spend.customers),
        "segments": segments,
    })
}

fn channel(bought: &ChannelOutcome) -> Value {
    json!({
        "entries": bought.entries,
        "leads": bought.leads,
        "spend": bought.spend,
        "wins": bought.wins,
        "bookingsBefore": bought.bookings.before,
        "bookings": bought.bookings.within,
        "bookingsAfter": bought.bookings.after,
        "costPerLead": bought.cost_per_lead,
        "costPerCustomer": bought.cost_per_win,
        "return": bought.returns,
    })
}

fn customers(known: &UnitEconomics) -> Value {
    json!({
        "cost": known.cost,
        "customers": known.customers,
        "cac": known.cac,
        "arpa": known.arpa,
        "payback": known.payback,
        "ltv": known.ltv,
        "ltvToCac": known.ltv_to_cac,
    })
}
