//! The plan and its figures as files and for the clipboard.

use crate::browser::locale::Locale;
use crate::browser::{clipboard, files};
use crate::charts;
use crate::codec::{self, Cell, CsvStyle};
use crate::engine::Outcome;
use crate::plan::Plan;
use crate::report::table::{self, Value};
use crate::report::{Format as _, answer};
use crate::ui::desk::file_name;

/// The stages as a CSV file: as the standard has it, or as the reader's spreadsheet expects it.
pub fn download_csv(plan: &Plan, outcome: &Outcome, for_spreadsheet: bool) {
    let decimal = Locale.marks().decimal;
    let (style, kind) = if for_spreadsheet {
        // Where the comma is the decimal sign, spreadsheets separate by semicolons.
        (CsvStyle::Excel { separator: if decimal == ',' { ';' } else { ',' }, decimal }, "")
    } else {
        (CsvStyle::Standard, "-plain")
    };
    let text = codec::csv_from_table(&cells(plan, outcome), style);
    files::download(&format!("{}-stages{kind}.csv", file_name(plan)), "text/csv", text.as_bytes());
}

/// Puts the stages into the clipboard as a table that pastes into a spreadsheet; false when the browser does not let it.
pub fn copy_table(plan: &Plan, outcome: &Outcome) -> bool {
    let (cells, decimal) = (cells(plan, outcome), Locale.marks().decimal);
    clipboard::copy(&codec::tsv_from_table(&cells, decimal), Some(&codec::html_from_table(&cells, decimal)))
}

/// The picture as an SVG file.
pub fn download_svg(plan: &Plan, outcome: &Outcome) {
    files::download(&format!("{}.svg", file_name(plan)), "image/svg+xml", picture(plan, outcome).as_bytes());
}

/// The picture as a PNG file. `finished` is told whether it could be drawn.
pub fn download_png(plan: &Plan, outcome: &Outcome, finished: impl FnOnce(bool) + 'static) {
    files::download_png(format!("{}.png", file_name(plan)), &picture(plan, outcome), finished);
}

fn picture(plan: &Plan, outcome: &Outcome) -> String {
    charts::funnel::picture(plan, outcome, &answer::answer(plan, outcome, &Locale).text(), &Locale)
}

fn cells(plan: &Plan, outcome: &Outcome) -> Vec<Vec<Cell>> {
    let table = table::stages(plan, outcome, &Locale);
    let head = table.head.into_iter().map(Cell::Text).collect();
    let row = |row: Vec<Value>| {
        let cell = |value| match value {
            Value::Text(text) => Cell::Text(text),
            Value::Number { plain, .. } => Cell::Number(plain),
        };
        row.into_iter().map(cell).collect()
    };
    [head].into_iter().chain(table.rows.into_iter().map(row)).collect()
}
