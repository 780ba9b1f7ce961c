//! The funnel as a table: what the picture says, for eyes, screen readers and spreadsheets.

use crate::engine::{Need, Outcome};
use crate::plan::Plan;
use crate::report::{DateStyle, Format, amount, count, words};

/// One value of the table, with what it looks like.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Words.
    Text(String),
    /// A figure: how it reads, and what a spreadsheet gets.
    Number {
        /// In the reader's locale.
        shown: String,
        /// To at most six decimals.
        figure: f64,
    },
}

impl Value {
    /// How the value reads.
    pub fn shown(&self) -> &str {
        match self {
            Self::Text(text) => text,
            Self::Number { shown, .. } => shown,
        }
    }
}

/// A table with a heading for each column; the first column names the row.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// The columns.
    pub head: Vec<String>,
    /// The rows, each as long as the head.
    pub rows: Vec<Vec<Value>>,
}

impl Table {
    /// The table as HTML, as people read it.
    pub fn html(&self) -> String {
        self.html_with(&|value| value.shown().to_owned())
    }

    /// The table as HTML, with every text escaped.
    pub fn html_with(&self, say: &dyn Fn(&Value) -> String) -> String {
        let mut html = "<table><thead><tr>".to_owned();
        for (column, name) in self.head.iter().enumerate() {
            // Over figures, a heading ends where they do.
            let tag = match self.rows.first().and_then(|row| row.get(column)) {
                Some(Value::Number { .. }) => "th scope=\"col\" class=\"number\"",
                _ => "th scope=\"col\"",
            };
            push_cell(&mut html, tag, &say(&Value::Text(name.clone())));
        }
        html.push_str("</tr></thead><tbody>");
        for row in &self.rows {
            html.push_str("<tr>");
            for (column, value) in row.iter().enumerate() {
                let tag = match value {
                    _ if column == 0 => "th scope=\"row\"",
                    Value::Number { .. } => "td class=\"number\"",
                    Value::Text(_) => "td",
                };
                push_cell(&mut html, tag, &say(value));
            }
        }
        html + "</tbody></table>"
    }
}

/// A cell; its end is understood.
fn push_cell(html: &mut String, tag: &str, text: &str) {
    html.push('<');
    html.push_str(tag);
    html.push('>');
    push_escaped(html, text);
}

/// A text, with what HTML would understand escaped.
pub fn push_escaped(html: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '<' => html.push_str("&lt;"),
            '&' => html.push_str("&amp;"),
            _ => html.push(character),
        }
    }
}

/// One row per stage.
pub fn stages(plan: &Plan, outcome: &Outcome, format: &dyn Format) -> Table {
    let currency = plan.currency.code();
    let head = [
        "Stage".to_owned(),
        "Owner".to_owned(),
        "Needed".to_owned(),
        "A month".to_owned(),
        "Last useful date".to_owned(),
        "Rate to next".to_owned(),
        "Days to next".to_owned(),
        "Rate to won".to_owned(),
        "Days to won".to_owned(),
        format!("Worth of one ({currency})"),
    ];
    let whole = |days: i32| number(f64::from(days), days.to_string());
    let mut rows = Vec::new();
    for (stage, figures) in plan.stages.iter().zip(&outcome.whole().stages) {
        let position = rows.len();
        let is_last = position + 1 == plan.stages.len();
        rows.push(vec![
            Value::Text(stage.plural.clone()),
            Value::Text(words::owner(stage.owner).to_owned()),
            need(Some(figures.volume), format),
            need(figures.pace, format),
            Value::Text(format.date(figures.last_useful, DateStyle::Full)),
            if is_last { nothing() } else { number(figures.rate_to_next, format.percent(figures.rate_to_next)) },
            plan.base.steps.get(position).map_or_else(nothing, |step| whole(step.days.get().into())),
            number(figures.rate_to_won, format.percent(figures.rate_to_won)),
            whole(figures.days_to_won),
            number(figures.value_each, amount(format, figures.value_each, plan.currency)),
        ]);
    }
    Table { head: head.into(), rows }
}

pub(super) fn need(need: Option<Need>, format: &dyn Format) -> Value {
    match need {
        Some(Need::Of(figure)) => number(figure, count(format, figure)),
        Some(Need::OutOfReach(_)) => Value::Text("out of reach".to_owned()),
        None => Value::Text("too late".to_owned()),
    }
}

fn nothing() -> Value {
    Value::Text(String::new())
}

pub(super) fn number(figure: f64, shown: String) -> Value {
    // The shortest digits that mean the figure, once it is rounded: a printer for fixed decimals would be five kilobytes more.
    Value::Number { shown, figure: (figure * 1e6).round() / 1e6 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::evaluate;
    use crate::plan::{Lineage, examples};
    use crate::report::Plain;
    use crate::units::{Date, Rate};

    #[test]
    fn the_table_says_what_the_picture_says() {
        let mut plan = examples::six_stages(Lineage([1; 8]), Date::parse_iso("2027-01-01").unwrap());
        plan.period.start = plan.as_of.month().unwrap();
        let table = stages(&plan, &evaluate(&plan), &Plain);
        assert!(table.rows.iter().all(|row| row.len() == table.head.len()));
        let leads: Vec<&str> = table.rows[1].iter().map(Value::shown).collect();
        assert_eq!(
            leads,
            ["Leads", "Marketing", "10,417", "1,215", "18 September 2027", "30 %", "21", "0.96 %", "104", "EUR 192"]
        );
        assert_eq!(table.rows[1][2], Value::Number { shown: "10,417".into(), figure: 10_416.666_667 });
        plan.stages[0].plural = "<b>&".into();
        assert!(
            stages(&plan, &evaluate(&plan), &Plain).html().contains("<tr><th scope=\"row\">&lt;b>&amp;<td>Marketing")
        );
        plan.base.steps[0].rate = Rate::ZERO;
        let table = stages(&plan, &evaluate(&plan), &Plain);
        assert_eq!(table.rows[0][2], Value::Text("out of reach".into()));
    }
}
