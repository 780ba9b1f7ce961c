//! From an outcome to what people read: sentences, explanations, tables, the outcome as JSON; and from what people type to figures.
//!
//! How a figure looks is the reader's locale's business and comes through [`Format`]: Intl in the browser, [`Plain`] in tests
//! and on the command line.

pub mod answer;
pub mod calendar;
pub mod development;
pub mod mix;
pub mod money;
pub mod number;
pub mod outcome_json;
pub mod parts;
pub mod people;
pub mod row;
pub mod segments;
pub mod spreadsheet;
pub mod table;
pub mod why;
pub mod words;

mod plain;

pub use plain::Plain;

use crate::units::{Currency, Date};

/// How figures and dates look to the reader.
pub trait Format {
    /// A number with at most this many decimals, grouped: `10,416.67`. Beyond 10¹⁵ in powers of ten.
    fn number(&self, value: f64, max_decimals: u8) -> String;
    /// An amount with at most this many decimals (whole amounts have none): `€2,000,000`.
    fn money(&self, value: f64, currency: Currency, max_decimals: u8) -> String;
    /// A share with at most this many significant digits: `0.96%`.
    fn percent_to(&self, share: f64, digits: u8) -> String;
    /// A share as a result: with at most three significant digits.
    fn percent(&self, share: f64) -> String {
        self.percent_to(share, 3)
    }
    /// A date in words.
    fn date(&self, date: Date, style: DateStyle) -> String;
    /// A number as programs write it, with every digit that tells it from its neighbours: `10416.666666666666`.
    fn exact(&self, value: f64) -> String;
    /// The marks with which the reader writes numbers.
    fn marks(&self) -> number::Marks;
}

/// How much of a date is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateStyle {
    /// 18 September 2027
    Full,
    /// 18 September
    DayAndMonth,
    /// September
    Month,
    /// September 2027
    MonthAndYear,
}

/// A number of items: whole from ten on, with one decimal below, so that a small plan does not read *0 deals*.
pub fn count(format: &dyn Format, value: f64) -> String {
    format.number(value, u8::from(value < 9.95))
}

/// The decimals that give a figure this many significant digits, if it has so many.
fn decimals(value: f64, digits: u8) -> u8 {
    let (mut size, mut decimals) = (value.abs(), digits.saturating_sub(1));
    while size >= 10.0 && decimals > 0 {
        size /= 10.0;
        decimals -= 1;
    }
    while size < 1.0 && decimals < 20 {
        size *= 10.0;
        decimals += 1;
    }
    decimals
}

/// An amount as a result: whole from a hundred on, with cents below.
pub fn amount(format: &dyn Format, value: f64, currency: Currency) -> String {
    format.money(value, currency, if value.abs() < 99.995 { 2 } else { 0 })
}
