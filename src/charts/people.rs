//! The sellers: what is to be reached, brought and closed side by side; and month by month what comes against what can be closed.
//! The same of leads and who works them.

use plotters::prelude::DrawingBackend;

use crate::charts::calendar::{pixels, push_axis};
use crate::charts::funnel::{INK, STRETCHED, colours, team_class};
use crate::charts::svg::{Drawn, Svg};
use crate::engine::{DevelopmentOutcome, People};
use crate::plan::{Owner, Plan};
use crate::report::people::{Bar, name, shortest};
use crate::report::words::{capitalised, plural};
use crate::report::{Format, amount, count, table};

/// What to say beside the picture of months.
pub const SCALE_NOTE: &str =
    "Filled: what comes to be closed. Line: what the sellers can close. Each team has its own scale.";

/// The same of leads.
pub const LEADS_NOTE: &str = "Filled: what comes to be worked. Line: what the heads can work.";

/// The bars as HTML, one below the other and to one scale; the shortest is marked. Every text is escaped.
pub fn bar_picture(plan: &Plan, bars: &[Bar], format: &dyn Format) -> String {
    let most = bars.iter().map(|bar| bar.amount).fold(0.0, f64::max);
    let shortest = shortest(bars);
    let mut html = String::new();
    for (place, bar) in bars.iter().enumerate() {
        let class = bar.owner.map_or("company", team_class);
        push_label(&mut html, class, bar.name, &amount(format, bar.amount, plan.currency), shortest == Some(place));
        let mut svg = Svg::new((1000, 100), STRETCHED);
        let share = if most > 0.0 { bar.amount / most } else { 0.0 };
        let ends = pixels(1000.0 * share);
        let (team, wash) = colours(bar.owner.unwrap_or(Owner::Sales));
        svg.fill_polygon([(0, 15), (ends, 15), (ends, 85), (0, 85)], &wash).ok();
        svg.draw_path([(ends, 10), (ends, 90)], &team).ok();
        html.push_str(&svg.finish());
        html.push_str("</div>");
    }
    html
}

fn push_label(html: &mut String, class: &str, name: &str, figure: &str, is_marked: bool) {
    html.push_str("<div class=\"months ");
    html.push_str(class);
    html.push_str("\"><div><b>");
    table::push_escaped(html, name);
    html.push_str("</b><small>");
    table::push_escaped(html, figure);
    html.push_str("</small>");
    if is_marked {
        html.push_str("<small class=\"until\">the shortest</small>");
    }
    html.push_str("</div>");
}

/// Month by month, a row for each team, as HTML. Every text is escaped.
pub fn month_picture(plan: &Plan, people: &People, format: &dyn Format) -> String {
    let mut html = String::new();
    let months: Vec<_> = people.all.months.iter().map(|month| month.month).collect();
    push_axis(&mut html, &months, format);
    for (team, months) in plan.sales.iter().zip(&people.teams) {
        let most = months.months.iter().map(|month| month.capacity).fold(0.0, f64::max);
        let figure = format!("close at most {} a month", amount(format, most, plan.currency));
        push_label(&mut html, team_class(Owner::Sales), &name(plan, team), &figure, false);
        let mut figures = Vec::with_capacity(months.months.len());
        for month in &months.months {
            figures.push((month.deals.arrives, month.capacity));
        }
        push_months(&mut html, Owner::Sales, &figures);
    }
    html
}

/// Leads that come and that can be worked, month by month, as HTML. Every text is escaped.
pub fn lead_picture(plan: &Plan, development: &DevelopmentOutcome, format: &dyn Format) -> String {
    let mut html = String::new();
    let (mut months, mut figures, mut most) = (Vec::new(), Vec::new(), 0.0_f64);
    for month in &development.months {
        months.push(month.month);
        figures.push((month.leads, month.most));
        most = most.max(month.most);
    }
    push_axis(&mut html, &months, format);
    let owner = Owner::SalesDevelopment;
    let figure = format!("work at most {} a month", count(format, most));
    push_label(&mut html, team_class(owner), &capitalised(&plural(plan, development.stage)), &figure, false);
    push_months(&mut html, owner, &figures);
    html
}

/// The drawing of a row: what comes in each month, and what can be done of it.
fn push_months(html: &mut String, owner: Owner, months: &[(f64, f64)]) {
    let mut svg = Svg::new((1000, 100), STRETCHED);
    draw(&mut svg, owner, months).ok();
    html.push_str(&svg.finish());
    html.push_str("</div>");
}

/// In this order, for the style sheet: area, outline, line.
fn draw(backend: &mut Svg, owner: Owner, months: &[(f64, f64)]) -> Drawn {
    let (hue, wash) = colours(owner);
    let mut highest = 0.0_f64;
    for (comes, can) in months {
        highest = highest.max(*comes).max(*can);
    }
    let up = |value: f64| pixels(96.0 - if highest > 0.0 { value / highest * 90.0 } else { 0.0 });
    #[expect(clippy::cast_precision_loss, reason = "some tens of months")]
    let across = |place: usize| pixels(1000.0 * place as f64 / months.len().max(1) as f64);
    let mut area = vec![(0, 96)];
    let mut line = Vec::new();
    for (place, (comes, can)) in months.iter().enumerate() {
        for x in [across(place), across(place + 1)] {
            area.push((x, up(*comes)));
            line.push((x, up(*can)));
        }
    }
    area.push((1000, 96));
    backend.fill_polygon(area.clone(), &wash)?;
    backend.draw_path(area, &hue)?;
    backend.draw_path(line, &INK)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{development, evaluate, people};
    use crate::plan::{Lineage, examples};
    use crate::report::Plain;
    use crate::report::people::bars;
    use crate::units::{Count, Date, Money};

    #[test]
    fn the_shortest_bar_is_marked_and_every_name_is_escaped() {
        let mut plan = examples::six_stages(Lineage([1; 8]), Date::parse_iso("2026-11-22").unwrap());
        plan.add_team();
        plan.sales[0].name = "<b>&".into();
        plan.sales[0].heads = Count::new(2).unwrap();
        plan.sales[0].quota = Money::from_major(400_000);
        let outcome = evaluate(&plan);
        let people = people(&plan, &outcome).unwrap();
        let html = bar_picture(&plan, &bars(&outcome, Some(&people), None), &Plain);
        assert_eq!(html.matches("<svg").count(), 3);
        let (_, sellers) = html.split_once("The sellers can close").unwrap();
        assert!(sellers.contains("the shortest") && html.matches("the shortest").count() == 1, "{html}");
        let months = month_picture(&plan, &people, &Plain);
        assert!(months.contains("&lt;b>&amp;") && months.contains("Jan 27"), "{months}");
    }

    #[test]
    fn leads_are_drawn_as_deals_are() {
        let mut plan = examples::six_stages(Lineage([1; 8]), Date::parse_iso("2026-11-22").unwrap());
        plan.development.heads = Count::new(1).unwrap();
        plan.stages[3].plural = "<SQLs>".into();
        let development = development(&plan, &evaluate(&plan)).unwrap();
        let html = lead_picture(&plan, &development, &Plain);
        // December has 31 days, of which five in seven are worked: twelve leads on each.
        assert!(html.contains("&lt;SQLs>") && html.contains("work at most 266 a month"), "{html}");
        assert!(html.contains("Jan 27") && html.contains("<polygon") && html.contains("<polyline"), "{html}");
    }
}
