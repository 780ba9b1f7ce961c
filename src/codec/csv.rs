//! Tables for spreadsheets: CSV as a file, TSV and HTML for the clipboard. No text in them is ever taken for a formula.

/// One cell of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Words.
    Text(String),
    /// A number in plain form, `-1234.5`; anything else is treated as words.
    Number(String),
}

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
pub fn csv_from_table(rows: &[Vec<Cell>], style: CsvStyle) -> String {
    let (mut out, separator, decimal) = match style {
        CsvStyle::Standard => (String::new(), ',', '.'),
        CsvStyle::Excel { separator, decimal } => ("\u{feff}".to_owned(), separator, decimal),
    };
    for row in rows {
        for (column, cell) in row.iter().enumerate() {
            if column > 0 {
                out.push(separator);
            }
            push_quoted(&mut out, &harmless(cell, decimal), separator);
        }
        out.push_str("\r\n");
    }
    out
}

/// The table for pasting into a spreadsheet; `decimal` is the decimal sign of the reader's region.
///
/// Tabs and line breaks within a cell become spaces: not every program undoes the quoting.
pub fn tsv_from_table(rows: &[Vec<Cell>], decimal: char) -> String {
    let mut out = String::new();
    for row in rows {
        for (column, cell) in row.iter().enumerate() {
            if column > 0 {
                out.push('\t');
            }
            push_quoted(&mut out, &harmless(cell, decimal).replace(['\t', '\r', '\n'], " "), '\t');
        }
        out.push_str("\r\n");
    }
    out
}

/// The table for pasting into a document or a mail; `decimal` is the decimal sign of the reader's region.
pub fn html_from_table(rows: &[Vec<Cell>], decimal: char) -> String {
    let mut out = "<table>".to_owned();
    for row in rows {
        out.push_str("<tr>");
        for cell in row {
            out.push_str("<td>");
            push_escaped(&mut out, &harmless(cell, decimal));
            out.push_str("</td>");
        }
        out.push_str("</tr>");
    }
    out.push_str("</table>");
    out
}

/// The cell as text that no spreadsheet takes for a formula, by an apostrophe before it where it might.
///
/// Source: OWASP, "CSV Injection". White space first, because some programs skip it.
fn harmless(cell: &Cell, decimal: char) -> String {
    match cell {
        Cell::Number(number) if is_plain_number(number) => number.replace('.', decimal.encode_utf8(&mut [0; 4])),
        Cell::Number(text) | Cell::Text(text) => {
            let risky = text.starts_with(['\t', '\r', '\n'])
                || text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
            if risky { format!("'{text}") } else { text.clone() }
        }
    }
}

/// An optional minus, digits, and perhaps a point and digits.
fn is_plain_number(text: &str) -> bool {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits(whole) && digits(fraction)
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

fn push_escaped(out: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(character),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Cell {
        Cell::Text(text.to_owned())
    }

    fn number(text: &str) -> Cell {
        Cell::Number(text.to_owned())
    }

    const GERMAN: CsvStyle = CsvStyle::Excel { separator: ';', decimal: ',' };

    #[test]
    fn a_table_is_written_as_rfc_4180_has_it() {
        let rows =
            [vec![text("Stage"), text("Entries, needed")], vec![text("5\" pipe\nline"), number("-1234.5")], vec![]];
        assert_eq!(
            csv_from_table(&rows, CsvStyle::Standard),
            "Stage,\"Entries, needed\"\r\n\"5\"\" pipe\nline\",-1234.5\r\n\r\n"
        );
        assert_eq!(
            csv_from_table(&rows, GERMAN),
            "\u{feff}Stage;Entries, needed\r\n\"5\"\" pipe\nline\";-1234,5\r\n\r\n"
        );
        assert_eq!(tsv_from_table(&rows, ','), "Stage\tEntries, needed\r\n\"5\"\" pipe line\"\t-1234,5\r\n\r\n");
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
            for cell in [text(formula), number(&format!("={formula}"))] {
                let rows = [vec![cell]];
                for style in [CsvStyle::Standard, GERMAN] {
                    let csv = csv_from_table(&rows, style);
                    let csv = csv.trim_start_matches('\u{feff}');
                    assert!(csv.starts_with("\"'") && csv.ends_with("\"\r\n"), "{csv}");
                }
                let tsv = tsv_from_table(&rows, ',');
                assert!(tsv.starts_with("\"'") && tsv.matches(['\t', '\n']).count() == 1, "{tsv}");
                let html = html_from_table(&rows, '.');
                assert!(html.starts_with("<table><tr><td>&#39;"), "{html}");
            }
        }
    }

    #[test]
    fn numbers_stay_numbers() {
        for plain in ["0", "-5", "12.25", "1000000000000000"] {
            assert_eq!(csv_from_table(&[vec![number(plain)]], CsvStyle::Standard), format!("{plain}\r\n"));
        }
        for other in ["", "-", ".5", "5.", "1e5", "1,000", "--1", "NaN", "\u{661}"] {
            assert!(!is_plain_number(other), "{other}");
        }
        let decimal_is_separator = CsvStyle::Excel { separator: ',', decimal: ',' };
        assert_eq!(csv_from_table(&[vec![number("1.5")]], decimal_is_separator), "\u{feff}\"1,5\"\r\n");
    }

    #[test]
    fn markup_is_escaped() {
        let rows = [vec![text("<b>\"R&D\"</b>"), number("1.5")]];
        assert_eq!(
            html_from_table(&rows, ','),
            "<table><tr><td>&lt;b&gt;&quot;R&amp;D&quot;&lt;/b&gt;</td><td>1,5</td></tr></table>"
        );
    }
}
