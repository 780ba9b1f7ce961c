//! The figures people type, as exact integers with checked constructors.
//!
//! Quantisation happens here, once, when a figure is typed; no codec rounds. Results of the engine are `f64` and have no
//! types of their own. Only arithmetic that means something exists.

use std::fmt;

/// An amount in thousandths of the plan's currency (three-decimal currencies exist), from zero to [`Money::MAX`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money(i64);

impl Money {
    /// Nothing.
    pub const ZERO: Self = Self(0);
    /// The largest amount: 10¹⁵ in major units.
    pub const MAX: Self = Self(1_000_000_000_000_000_000);

    /// Returns `None` below zero and above [`Money::MAX`].
    pub const fn from_thousandths(thousandths: i64) -> Option<Self> {
        if thousandths >= 0 && thousandths <= Self::MAX.0 { Some(Self(thousandths)) } else { None }
    }

    /// The amount of `major` whole units.
    pub const fn from_major(major: u32) -> Self {
        Self(major as i64 * 1000)
    }

    /// The exact amount in thousandths of the major unit.
    pub const fn thousandths(self) -> i64 {
        self.0
    }

    /// The amount in major units, for carried figures and for display.
    #[expect(clippy::cast_precision_loss, reason = "outcomes are f64; exact rounding uses thousandths()")]
    pub fn major(self) -> f64 {
        self.0 as f64 / 1000.0
    }
}

/// Exactly, in major units: `20000.5`.
impl fmt::Display for Money {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&decimal(self.0.unsigned_abs(), 3))
    }
}

/// A share of a whole in millionths, from zero to one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rate(u32);

impl Rate {
    /// Nobody.
    pub const ZERO: Self = Self(0);
    /// Everybody.
    pub const ONE: Self = Self(1_000_000);

    /// Returns `None` above one.
    pub const fn from_millionths(millionths: u32) -> Option<Self> {
        if millionths <= Self::ONE.0 { Some(Self(millionths)) } else { None }
    }

    /// The rate of `percent` whole per cent; anything above 100 is 100.
    pub const fn from_percent(percent: u8) -> Self {
        if percent > 100 { Self::ONE } else { Self(percent as u32 * 10_000) }
    }

    /// The exact share in millionths.
    pub const fn millionths(self) -> u32 {
        self.0
    }

    /// The share as a fraction of one.
    pub fn fraction(self) -> f64 {
        f64::from(self.0) / 1e6
    }
}

/// Exactly, as a share of one: `0.2`.
impl fmt::Display for Rate {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&decimal(self.0.into(), 6))
    }
}

/// A multiple in millionths that may exceed one (net revenue retention, a season's weight), up to [`Factor::MAX`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Factor(u32);

impl Factor {
    /// None of it.
    pub const ZERO: Self = Self(0);
    /// As it is.
    pub const ONE: Self = Self(1_000_000);
    /// A hundred times.
    pub const MAX: Self = Self(100_000_000);

    /// Returns `None` above [`Factor::MAX`].
    pub const fn from_millionths(millionths: u32) -> Option<Self> {
        if millionths <= Self::MAX.0 { Some(Self(millionths)) } else { None }
    }

    /// The exact multiple in millionths.
    pub const fn millionths(self) -> u32 {
        self.0
    }

    /// The multiple as a fraction-carrying figure.
    pub fn times(self) -> f64 {
        f64::from(self.0) / 1e6
    }
}

/// Exactly, as a multiple of one: `1.1`.
impl fmt::Display for Factor {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&decimal(self.0.into(), 6))
    }
}

/// A duration in calendar days, from zero to [`Days::MAX`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Days(u16);

impl Days {
    /// No time at all.
    pub const ZERO: Self = Self(0);
    /// Ten years: the longest time one step may take.
    pub const MAX: Self = Self(3650);

    /// Returns `None` above [`Days::MAX`].
    pub const fn new(days: u16) -> Option<Self> {
        if days <= Self::MAX.0 { Some(Self(days)) } else { None }
    }

    /// The number of days.
    pub const fn get(self) -> u16 {
        self.0
    }
}

/// A whole number of things (leads, deals) that somebody has, up to [`Count::MAX`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Count(u64);

impl Count {
    /// The largest count, 10¹².
    pub const MAX: Self = Self(1_000_000_000_000);

    /// Returns `None` above [`Count::MAX`].
    pub const fn new(count: u64) -> Option<Self> {
        if count <= Self::MAX.0 { Some(Self(count)) } else { None }
    }

    /// The number.
    pub const fn get(self) -> u64 {
        self.0
    }

    /// The number as a fraction-carrying figure.
    #[expect(clippy::cast_precision_loss, reason = "at most 10¹², which f64 holds exactly")]
    pub fn as_f64(self) -> f64 {
        self.0 as f64
    }
}

/// A civil day without a time zone, counted from 1970-01-01, between the years [`Date::FIRST_YEAR`] and [`Date::LAST_YEAR`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(i32);

impl Date {
    /// The first year that a typed date may have.
    pub const FIRST_YEAR: u16 = 1970;
    /// The last year that a typed date may have.
    pub const LAST_YEAR: u16 = 2199;
    const LAST: Self = Self::from_civil(2199, 12, 31);

    /// Returns `None` when there is no such day, or its year is out of range.
    pub fn from_ymd(year: u16, month: u8, day: u8) -> Option<Self> {
        let month_of_year = Month::new(year, month)?;
        if day == 0 || i32::from(day) > month_of_year.days() {
            return None;
        }
        Some(Self::from_civil(i32::from(year), month as i32, day as i32))
    }

    /// Reads `YYYY-MM-DD`.
    pub fn parse_iso(text: &str) -> Option<Self> {
        let (year_and_month, day) = text.rsplit_once('-')?;
        let month = Month::parse_iso(year_and_month)?;
        Self::from_ymd(month.year(), month.number(), digits(day, 2)?.try_into().ok()?)
    }

    /// The day with this number; `None` outside the years a date may have.
    pub fn from_day_number(number: i32) -> Option<Self> {
        (0..=Self::LAST.0).contains(&number).then_some(Self(number))
    }

    /// Days since 1970-01-01.
    pub const fn day_number(self) -> i32 {
        self.0
    }

    /// The day `days` later, or earlier when negative. A result may lie outside the years that can be typed.
    #[must_use]
    pub const fn plus_days(self, days: i32) -> Self {
        Self(self.0.saturating_add(days))
    }

    /// Days from `earlier` to this day; negative when it comes later.
    pub const fn days_since(self, earlier: Self) -> i32 {
        self.0.saturating_sub(earlier.0)
    }

    /// Year, month 1 to 12, day 1 to 31.
    ///
    /// Source: Howard Hinnant, "chrono-compatible low-level date algorithms", `civil_from_days`.
    pub const fn ymd(self) -> (i32, u8, u8) {
        let shifted = self.0 as i64 + 719_468;
        let era = shifted.div_euclid(146_097);
        let day_of_era = shifted.rem_euclid(146_097);
        let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted_month = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
        let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
        let year = year_of_era + era * 400 + (month <= 2) as i64;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "in range by construction")]
        (year as i32, month as u8, day as u8)
    }

    /// The month this day lies in; `None` outside the years a date may have.
    pub fn month(self) -> Option<Month> {
        let (year, month, _) = self.ymd();
        Month::new(u16::try_from(year).ok()?, month)
    }

    /// Source: Howard Hinnant, `days_from_civil`.
    const fn from_civil(year: i32, month: i32, day: i32) -> Self {
        let year = if month <= 2 { year - 1 } else { year };
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let shifted_month = if month > 2 { month - 3 } else { month + 9 };
        let day_of_year = (153 * shifted_month + 2) / 5 + day - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        Self(era * 146_097 + day_of_era - 719_468)
    }
}

/// ISO 8601, `2027-12-31`.
impl fmt::Display for Date {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.ymd();
        write!(out, "{year:04}-{month:02}-{day:02}")
    }
}

/// A civil month, counted from January of [`Date::FIRST_YEAR`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(u16);

impl Month {
    /// January of [`Date::FIRST_YEAR`].
    pub const FIRST: Self = Self(0);

    /// Returns `None` unless `month` is 1 to 12 and the year one that a date may have.
    pub fn new(year: u16, month: u8) -> Option<Self> {
        let valid = (Date::FIRST_YEAR..=Date::LAST_YEAR).contains(&year) && (1..=12).contains(&month);
        valid.then(|| Self((year - Date::FIRST_YEAR) * 12 + u16::from(month) - 1))
    }

    /// Reads `YYYY-MM`.
    pub fn parse_iso(text: &str) -> Option<Self> {
        let (year, month) = text.split_once('-')?;
        Self::new(digits(year, 4)?, digits(month, 2)?.try_into().ok()?)
    }

    /// The month with this number; `None` outside the years a date may have.
    pub fn from_index(index: u16) -> Option<Self> {
        Self::new(Date::FIRST_YEAR + index / 12, u8::try_from(index % 12).ok()? + 1)
    }

    /// Months since January of [`Date::FIRST_YEAR`].
    pub const fn index(self) -> u16 {
        self.0
    }

    /// The year.
    pub const fn year(self) -> u16 {
        Date::FIRST_YEAR + self.0 / 12
    }

    /// 1 for January to 12 for December.
    pub const fn number(self) -> u8 {
        (self.0 % 12) as u8 + 1
    }

    /// The month `months` later. A result may lie outside the years that can be typed.
    #[must_use]
    pub const fn plus_months(self, months: u16) -> Self {
        Self(self.0.saturating_add(months))
    }

    /// The first day of the month.
    pub fn first_day(self) -> Date {
        Date::from_civil(i32::from(self.year()), i32::from(self.number()), 1)
    }

    /// How many days the month has.
    pub fn days(self) -> i32 {
        self.plus_months(1).first_day().days_since(self.first_day())
    }
}

/// ISO 8601, `2027-12`.
impl fmt::Display for Month {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:04}-{:02}", self.year(), self.number())
    }
}

/// An ISO 4217 code: three capital letters. Which codes exist is the browser's knowledge, not ours.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Currency([u8; 3]);

impl Currency {
    /// The euro.
    pub const EUR: Self = Self(*b"EUR");

    /// Returns `None` unless the code is three ASCII letters; small ones are read as capitals.
    pub fn new(code: &str) -> Option<Self> {
        let bytes: [u8; 3] = code.as_bytes().try_into().ok()?;
        bytes.iter().all(u8::is_ascii_alphabetic).then(|| Self(bytes.map(|byte| byte.to_ascii_uppercase())))
    }

    /// The three letters.
    pub fn code(&self) -> &str {
        // Three ASCII letters by construction.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.code())
    }
}

/// `scaled` ÷ 10^`decimals`, without needless zeros.
fn decimal(scaled: u64, decimals: u32) -> String {
    let unit = 10_u64.pow(decimals);
    let text = format!("{}.{:0width$}", scaled / unit, scaled % unit, width = decimals as usize);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A number of exactly `width` ASCII digits.
fn digits(text: &str, width: usize) -> Option<u16> {
    if text.len() != width || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_that_can_be_typed_survives_the_calendar_and_back() {
        let mut previous = Date::from_ymd(1970, 1, 1).unwrap();
        assert_eq!(previous.day_number(), 0);
        while let Some(next) = Date::from_day_number(previous.day_number() + 1) {
            let (year, month, day) = next.ymd();
            assert_eq!(Date::from_ymd(u16::try_from(year).unwrap(), month, day), Some(next));
            assert_eq!(Date::parse_iso(&next.to_string()), Some(next));
            previous = next;
        }
        assert_eq!(previous.to_string(), "2199-12-31");
    }

    #[test]
    fn days_that_do_not_exist_are_refused() {
        for text in ["2027-02-29", "2100-02-29", "2027-13-01", "2027-00-10", "2027-04-31", "1969-12-31", "2200-01-01"] {
            assert_eq!(Date::parse_iso(text), None, "{text}");
        }
        for text in ["", "2027", "2027-1-1", "27-01-01", "2027-01-01Z", "+027-01-01"] {
            assert_eq!(Date::parse_iso(text), None, "{text}");
        }
        assert_eq!(Date::parse_iso("2028-02-29").map(|date| date.ymd()), Some((2028, 2, 29)));
    }

    #[test]
    fn months_know_their_length() {
        let february = |year| Month::new(year, 2).unwrap().days();
        assert_eq!([february(2027), february(2028), february(2000), february(2100)], [28, 29, 29, 28]);
        assert_eq!(Month::new(2026, 11).unwrap().plus_months(2).to_string(), "2027-01");
    }

    #[test]
    fn decimals_are_exact_and_short() {
        for (scaled, decimals, text) in [
            (0, 3, "0"),
            (1, 3, "0.001"),
            (20_000, 3, "20"),
            (20_500, 3, "20.5"),
            (1_000_000_000_000_000_000, 3, "1000000000000000"),
            (1_000_000, 6, "1"),
            (200_000, 6, "0.2"),
        ] {
            assert_eq!(decimal(scaled, decimals), text);
        }
    }

    #[test]
    fn figures_out_of_range_are_refused() {
        assert_eq!(Money::from_thousandths(-1), None);
        assert_eq!(Money::from_thousandths(Money::MAX.thousandths() + 1), None);
        assert_eq!(Rate::from_millionths(1_000_001), None);
        assert_eq!(Factor::from_millionths(100_000_001), None);
        assert_eq!(Days::new(3651), None);
        assert_eq!(Count::new(Count::MAX.get() + 1), None);
        assert_eq!(Currency::new("EURO"), None);
        assert_eq!(Currency::new("E R"), None);
        assert_eq!(Currency::new("chf").unwrap().code(), "CHF");
    }
}
