//! A table for spreadsheets: CSV as a file, TSV and HTML for the clipboard. No text in them is ever taken for a formula.

use crate::report::Format;
use crate::report::table::{Table, Value};

/// Who is going to read the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CsvStyle {
    /// Programs: commas, points, UTF-8 without a byte order mark.
    Standard,
    /// Excel, which reads as the region of its user writes; with a byte order mark.
    Excel {
        /// What stands between two cells.
        separator: char,
        /// The decimal sign.
        decimal: char,
    },
}

/// The table as RFC 4180 has it, with CRLF after every row.
pub fn csv(table: &Table, style: CsvStyle, format: &dyn Format) -> String {
    match style {
        CsvStyle::Standard => separated(table, ',', '.', format),
        CsvStyle::Excel { separator, decimal } => format!("\u{feff}{}", separated(table, separator, decimal, format)),
    }
}

/// The table for pasting into a spreadsheet, with the reader's own decimal sign.
///
/// Tabs and line breaks within a cell become spaces: not every program undoes the quoting.
pub fn tsv(table: &Table, format: &dyn Format) -> String {
    separated(table, '\t', format.marks().decimal, format)
}

/// The table for pasting into a document or a mail, likewise.
pub fn html(table: &Table, format: &dyn Format) -> String {
    table.html_with(&|value| harmless(value, format.marks().decimal, format))
}

fn separated(table: &Table, separator: char, decimal: char, format: &dyn Format) -> String {
    let mut out = String::new();
    let head: Vec<Value> = table.head.iter().cloned().map(Value::Text).collect();
    let mut rows = vec![&head];
    rows.extend(&table.rows);
    for row in rows {
        for (column, value) in row.iter().enumerate() {
            if column > 0 {
                out.push(separator);
            }
            let text = harmless(value, decimal, format);
            let text = if separator == '\t' { text.replace(['\t', '\r', '\n'], " ") } else { text };
            push_quoted(&mut out, &text, separator);
        }
        out.push_str("\r\n");
    }
    out
}

/// The value as text that no spreadsheet takes for a formula, by an apostrophe before it where it might.
///
/// Source: OWASP, "CSV Injection". White space first, because some programs skip it.
fn harmless(value: &Value, decimal: char, format: &dyn Format) -> String {
    match value {
        Value::Number { figure, .. } => format.exact(*figure).replace('.', decimal.encode_utf8(&mut [0; 4])),
        Value::Text(text) => {
            let risky = text.starts_with(['\t', '\r', '\n'])
                || text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
            if risky { format!("'{text}") } else { text.clone() }
        }
    }
}

/// Quotes what holds the separator, a quote or a line break, and what got an apostrophe.
fn push_quoted(out: &mut String, text: &str, separator: char) {
    if text.starts_with('\'') || text.contains([separator, '"', '\r', '\n']) {
        out.push('"');
        out.push_str(&text.replace('"', "\"\""));
        out.push('"');
    } else {
        out.push_str(text);
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;
    use crate::report::Plain;
    use crate::report::plain::German;

    fn text(text: &str) -> Value {
        Value::Text(text.to_owned())
    }

    fn number(figure: f64) -> Value {
        Value::Number { shown: "as the reader sees it".to_owned(), figure }
    }

    fn table(head: &[&str], rows: Vec<Vec<Value>>) -> Table {
        Table { head: head.iter().map(|&name| name.to_owned()).collect(), rows }
    }

    const GERMAN: CsvStyle = CsvStyle::Excel { separator: ';', decimal: ',' };

    #[test]
    fn a_table_is_written_as_rfc_4180_has_it() {
        let table = table(&["Stage", "Entries, needed"], vec![vec![text("5\" pipe\nline"), number(-1234.5)], vec![]]);
        assert_eq!(
            csv(&table, CsvStyle::Standard, &Plain),
            "Stage,\"Entries, needed\"\r\n\"5\"\" pipe\nline\",-1234.5\r\n\r\n"
        );
        assert_eq!(
            csv(&table, GERMAN, &Plain),
            "\u{feff}Stage;Entries, needed\r\n\"5\"\" pipe\nline\";-1234,5\r\n\r\n"
        );
        assert_eq!(tsv(&table, &German), "Stage\tEntries, needed\r\n\"5\"\" pipe line\"\t-1234,5\r\n\r\n");
    }

    #[test]
    fn no_text_is_a_formula() {
        for formula in [
            "=1+1",
            "+1",
            "-1",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "\n=1",
            "\tx",
            " =1",
            "\u{a0}=1",
            "＝1",
            "=HYPERLINK(\"x\")",
            "=1;2",
        ] {
            let table = table(&[formula], vec![vec![text(formula)]]);
            let cell = format!("\"'{}\"\r\n", formula.replace('"', "\"\""));
            assert_eq!(csv(&table, CsvStyle::Standard, &Plain), cell.repeat(2));
            assert_eq!(csv(&table, GERMAN, &Plain), format!("\u{feff}{}", cell.repeat(2)));
            let one_line = cell.trim_end().replace(['\t', '\r', '\n'], " ") + "\r\n";
            assert_eq!(tsv(&table, &German), one_line.repeat(2));
            let html = html(&table, &Plain);
            assert_eq!(html.matches(&format!(">'{formula}")).count(), 2, "{html}");
        }
    }

    #[test]
    fn numbers_stay_numbers() {
        for (figure, plain) in [(0.0, "0"), (-5.0, "-5"), (12.25, "12.25"), (1e24, "1000000000000000000000000")] {
            assert_eq!(
                csv(&table(&[], vec![vec![number(figure)]]), CsvStyle::Standard, &Plain),
                format!("\r\n{plain}\r\n")
            );
        }
        let decimal_is_separator = CsvStyle::Excel { separator: ',', decimal: ',' };
        assert_eq!(csv(&table(&[], vec![vec![number(1.5)]]), decimal_is_separator, &Plain), "\u{feff}\r\n\"1,5\"\r\n");
    }

    #[test]
    fn markup_is_escaped() {
        let table = table(&["R&D"], vec![vec![text("<b>\"R&D\"</b>"), number(1.5)]]);
        assert_eq!(
            html(&table, &German),
            "<table><thead><tr><th scope=\"col\">R&amp;D</tr></thead><tbody><tr><th scope=\"row\">&lt;b>\"R&amp;D\"&lt;/b><td class=\"number\">1,5</tbody></table>"
        );
    }

    proptest! {
        #[test]
        fn a_table_keeps_its_shape(rows in vec(vec(any::<String>(), 1..4), 1..5)) {
            let cells = rows.iter().map(Vec::len).sum::<usize>();
            let (head, rest) = rows.split_first().unwrap();
            let rest = rest.iter().map(|row| row.iter().map(|cell| text(cell)).collect()).collect();
            let table = Table { head: head.clone(), rows: rest };
            for style in [CsvStyle::Standard, GERMAN] {
                let csv = csv(&table, style, &Plain);
                let separator = if style == CsvStyle::Standard { ',' } else { ';' };
                let mut within = false;
                let outside = Vec::from_iter(csv.chars().filter(|&char| {
                    within ^= char == '"';
                    !within
                }));
                prop_assert!(!within, "every quote is closed");
                prop_assert_eq!(outside.iter().filter(|&&char| char == separator).count(), cells - rows.len());
                prop_assert_eq!(outside.iter().filter(|&&char| char == '\n').count(), rows.len());
            }
            prop_assert_eq!(html(&table, &Plain).matches("<t").count(), 3 + rows.len() + cells);
            let tsv = tsv(&table, &Plain);
            prop_assert_eq!(tsv.matches('\t').count(), cells - rows.len());
            prop_assert_eq!(tsv.matches('\n').count(), rows.len());
        }
    }
}
