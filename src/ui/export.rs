//! The plan and its figures as files and for the clipboard.

use crate::browser::locale::Locale;
use crate::browser::{clipboard, files};
use crate::charts;
use crate::engine::Outcome;
use crate::plan::Plan;
use crate::report::spreadsheet::{self, CsvStyle};
use crate::report::table::{self, Table};
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
    let text = spreadsheet::csv(&table::stages(plan, outcome, &Locale), style, &Locale);
    files::download(&format!("{}-stages{kind}.csv", file_name(plan)), "text/csv", text.as_bytes());
}

/// Puts the stages into the clipboard as a table that pastes into a spreadsheet; false when the browser does not let it.
pub fn copy_table(plan: &Plan, outcome: &Outcome) -> bool {
    copy(&table::stages(plan, outcome, &Locale))
}

/// Puts a table into the clipboard, likewise.
pub fn copy(table: &Table) -> bool {
    clipboard::copy(&spreadsheet::tsv(table, &Locale), Some(&spreadsheet::html(table, &Locale)))
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
