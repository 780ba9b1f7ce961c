//! Figures without a browser: English marks, the currency's code in front.

use crate::report::number::Marks;
use crate::report::{DateStyle, Format, decimals};
use crate::units::{Currency, Date};

/// English marks and month names; the same on every machine.
#[derive(Clone, Copy, Debug)]
pub struct Plain;

impl Format for Plain {
    fn number(&self, value: f64, max_decimals: u8) -> String {
        if value.abs() > 1e15 {
            return format!("{value:.2e}");
        }
        let rounded = format!("{value:.*}", usize::from(max_decimals));
        let (whole, decimals) = rounded.split_once('.').unwrap_or((&rounded, ""));
        let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("-", digits));
        let mut grouped = String::new();
        for (position, digit) in digits.chars().enumerate() {
            if position > 0 && (digits.len() - position) % 3 == 0 {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        let decimals = decimals.trim_end_matches('0');
        if decimals.is_empty() { format!("{sign}{grouped}") } else { format!("{sign}{grouped}.{decimals}") }
    }

    fn money(&self, value: f64, currency: Currency, max_decimals: u8) -> String {
        format!("{} {}", currency.code(), self.number(value, max_decimals))
    }

    fn percent_to(&self, share: f64, digits: u8) -> String {
        let percent = share * 100.0;
        format!("{} %", self.number(percent, decimals(percent, digits)))
    }

    fn date(&self, date: Date, style: DateStyle) -> String {
        const MONTHS: [&str; 12] = [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ];
        let (year, month, day) = date.ymd();
        let month = MONTHS.get(usize::from(month).wrapping_sub(1)).copied().unwrap_or_default();
        match style {
            DateStyle::Full => format!("{day} {month} {year}"),
            DateStyle::DayAndMonth => format!("{day} {month}"),
            DateStyle::Month => month.to_owned(),
            DateStyle::MonthAndYear => format!("{month} {year}"),
        }
    }

    fn exact(&self, value: f64) -> String {
        value.to_string()
    }

    fn marks(&self) -> Marks {
        Marks { decimal: '.', group: ',' }
    }
}

/// The same with German marks.
#[cfg(test)]
pub(super) struct German;

#[cfg(test)]
impl Format for German {
    fn number(&self, value: f64, max_decimals: u8) -> String {
        Plain.number(value, max_decimals).replace(',', " ").replace('.', ",").replace(' ', ".")
    }

    fn money(&self, value: f64, currency: Currency, max_decimals: u8) -> String {
        Plain.money(value, currency, max_decimals)
    }

    fn percent_to(&self, share: f64, digits: u8) -> String {
        Plain.percent_to(share, digits)
    }

    fn date(&self, date: Date, style: DateStyle) -> String {
        Plain.date(date, style)
    }

    fn exact(&self, value: f64) -> String {
        Plain.exact(value)
    }

    fn marks(&self) -> Marks {
        Marks { decimal: ',', group: '.' }
    }
}
