//! The calendar: months across, stages down, what should enter as area, the last useful date as a line.

use plotters::prelude::DrawingBackend;

use crate::charts::funnel::{INK, STRETCHED, colours, team_class};
use crate::charts::svg::{Drawn, Svg};
use crate::engine::{Part, StageOutcome};
use crate::plan::{Owner, Plan};
use crate::report::{DateStyle, Format, count, table};
use crate::units::{Date, Month};

/// What to say beside the picture.
pub const SCALE_NOTE: &str = "Each row has its own scale; its figure is the highest month. What enters after the line counts for the next period; the dashes are the as-of date.";

/// The drawing of a row, in its own units.
const ROW: (u32, u32) = (1000, 100);

/// The picture as HTML: an axis of months, a row for each stage that something passes. Every text is escaped.
pub fn picture(plan: &Plan, part: &Part, format: &dyn Format) -> String {
    let mut html = String::new();
    let months: Vec<Month> = part.months.iter().map(|month| month.month).collect();
    push_axis(&mut html, &months, format);
    for (position, figures) in part.stages.iter().enumerate() {
        if figures.is_passed {
            push_row(&mut html, plan, part, position, figures, format);
        }
    }
    html
}

/// The names of months, above the rows of a picture.
pub(super) fn push_axis(html: &mut String, months: &[Month], format: &dyn Format) {
    html.push_str("<div class=\"axis\" aria-hidden=\"true\"><span></span><ol>");
    // Twelve names have room; of more months those that begin a quarter or a half are named, and the year with January.
    let every = match months.len() {
        0..=14 => 1,
        15..=28 => 3,
        _ => 6,
    };
    for month in months {
        let before = month.number() - 1;
        let name = if before.is_multiple_of(every) { short_month(format, month.first_day()) } else { String::new() };
        // In a narrow window only these have room.
        html.push_str(if before.is_multiple_of(6) { "<li class=\"half\">" } else { "<li>" });
        table::push_escaped(html, &name);
        html.push_str("</li>");
    }
    html.push_str("</ol></div>");
}

/// *Jan*, and *Jan 28* where a year begins.
fn short_month(format: &dyn Format, date: Date) -> String {
    let name: String = format.date(date, DateStyle::Month).chars().take(3).collect();
    let (year, month, _) = date.ymd();
    if month == 1 { format!("{name} {:02}", year % 100) } else { name }
}

fn push_row(html: &mut String, plan: &Plan, part: &Part, position: usize, figures: &StageOutcome, format: &dyn Format) {
    let Some(stage) = plan.stages.get(position) else { return };
    let (name, owner) = (&stage.plural, stage.owner);
    let entries: Vec<f64> =
        part.months.iter().map(|month| month.entries.get(position).copied().unwrap_or(0.0)).collect();
    let highest = entries.iter().copied().fold(0.0, f64::max);
    html.push_str("<div class=\"months ");
    html.push_str(team_class(owner));
    html.push_str("\"><div><b>");
    table::push_escaped(html, name);
    html.push_str("</b><small>");
    table::push_escaped(html, &format!("most {} a month", count(format, highest)));
    html.push_str("</small><small class=\"until\">");
    let style = DateStyle::DayAndMonth;
    let until = if figures.earliest_last_useful == figures.last_useful {
        format!("until {}", format.date(figures.last_useful, style))
    } else {
        format!(
            "until {} to {}",
            format.date(figures.earliest_last_useful, style),
            format.date(figures.last_useful, style)
        )
    };
    table::push_escaped(html, &until);
    html.push_str("</small></div>");
    html.push_str(&row(plan, part, &entries, figures.last_useful, owner));
    html.push_str("</div>");
}

/// The shape of one stage: a step for each month, what comes after the last useful date under a veil.
fn row(plan: &Plan, part: &Part, entries: &[f64], last_useful: Date, owner: Owner) -> String {
    let mut svg = Svg::new(ROW, STRETCHED);
    draw(&mut svg, plan, part, entries, last_useful, owner).ok();
    svg.finish()
}

/// In this order, for the style sheet: area, outline, veil, last useful date, as-of date.
fn draw(backend: &mut Svg, plan: &Plan, part: &Part, entries: &[f64], last_useful: Date, owner: Owner) -> Drawn {
    let (team, wash) = colours(owner);
    let highest = entries.iter().copied().fold(0.0, f64::max);
    let (Some(first), Some(last)) = (part.months.first(), part.months.last()) else { return Ok(()) };
    let (begins, ends) = (first.month.first_day(), last.month.plus_months(1).first_day());
    let across = |date: Date| {
        let share = f64::from(date.days_since(begins)) / f64::from(ends.days_since(begins));
        pixels(1000.0 * share.clamp(0.0, 1.0))
    };
    let up = |entries: f64| pixels(96.0 - if highest > 0.0 { entries / highest * 90.0 } else { 0.0 });
    let mut outline = vec![(0, 96)];
    for (month, &entries) in part.months.iter().zip(entries) {
        let after = across(month.month.plus_months(1).first_day());
        outline.extend([(across(month.month.first_day()), up(entries)), (after, up(entries))]);
    }
    outline.push((1000, 96));
    backend.fill_polygon(outline.clone(), &wash)?;
    backend.draw_path(outline, &team)?;
    let line = across(last_useful.plus_days(1));
    backend.draw_rect((line, 0), (1000, 100), &wash, true)?;
    for line in [line, across(plan.as_of)] {
        backend.draw_path([(line, 0), (line, 100)], &INK)?;
    }
    Ok(())
}

#[expect(clippy::cast_possible_truncation, reason = "at most a thousand")]
pub(super) fn pixels(units: f64) -> i32 {
    units.round() as i32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::evaluate;
    use crate::plan::{Lineage, examples};
    use crate::report::Plain;

    #[test]
    fn every_stage_has_its_row_and_every_name_is_escaped() {
        let mut plan = examples::six_stages(Lineage([1; 8]), Date::parse_iso("2026-11-22").unwrap());
        plan.stages[0].plural = "<b>&".into();
        let html = picture(&plan, evaluate(&plan).whole(), &Plain);
        assert_eq!(html.matches("<svg").count(), 6);
        assert!(html.contains("<b>&lt;b>&amp;</b>"), "{html}");
        assert!(html.contains("<li class=\"half\">Jan 27</li><li>Feb</li>") && html.contains("until 18 September"));
    }
}
