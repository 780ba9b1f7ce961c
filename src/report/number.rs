//! What people type, read forgivingly: `2m`, `€2,000,000`, `20 %`, `0,2` in a comma locale.
//!
//! The reader's own marks decide; a mark that cannot group where it stands (`0,2` in an English locale) is read as the decimal
//! mark. The field shows how it was read, so that nobody has to trust a guess. Digits of other scripts are understood.

use crate::report::Format;
use crate::units::{Count, Days, Factor, Money, Rate};

/// The marks with which a locale writes numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Marks {
    /// Between units and tenths.
    pub decimal: char,
    /// Between thousands; a space of any kind and an apostrophe always group too.
    pub group: char,
}

/// What a field holds. Its value travels as one exact integer, so that one field component serves all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Thousandths of the currency's major unit.
    Money,
    /// Millionths of one, typed in per cent.
    Rate,
    /// Calendar days.
    Days,
    /// A whole number of items.
    Count,
    /// Millionths of one, typed in per cent, that may exceed a hundred.
    Factor,
    /// The same, typed as a number with decimals: hours, minutes, times.
    Decimal,
}

/// Why something typed is not a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// Nothing was typed.
    Empty,
    /// It is not a number.
    NotANumber,
    /// It is below zero.
    Negative,
    /// It is above what the field allows.
    TooLarge,
    /// It has a fraction where only whole numbers make sense.
    NotWhole,
}

impl Kind {
    /// The largest value, in the kind's exact unit.
    pub fn max(self) -> i64 {
        match self {
            Self::Money => Money::MAX.thousandths(),
            Self::Rate => i64::from(Rate::ONE.millionths()),
            Self::Days => i64::from(Days::MAX.get()),
            Self::Count => i64::try_from(Count::MAX.get()).unwrap_or(i64::MAX),
            Self::Factor | Self::Decimal => i64::from(Factor::MAX.millionths()),
        }
    }

    /// How many decimals of what is typed the exact unit holds.
    fn decimals(self) -> u32 {
        match self {
            Self::Money => 3,
            Self::Rate | Self::Factor => 4,
            Self::Decimal => 6,
            Self::Days | Self::Count => 0,
        }
    }

    /// Reads what was typed, rounding half up to the exact unit.
    ///
    /// # Errors
    /// Says what is wrong with the text.
    pub fn read(self, text: &str, marks: Marks) -> Result<i64, Problem> {
        let typed = parse(text, marks)?;
        let scale = i64::from(self.decimals()) + i64::from(typed.thousands) * 3 - i64::from(typed.decimals);
        let exact = match u32::try_from(scale) {
            Ok(up) => 10_u128.checked_pow(up).and_then(|factor| typed.digits.checked_mul(factor)),
            Err(_) => {
                let down = u32::try_from(-scale).unwrap_or(u32::MAX);
                let divisor = 10_u128.checked_pow(down).unwrap_or(u128::MAX);
                if self.decimals() == 0 && typed.digits % divisor != 0 {
                    return Err(Problem::NotWhole);
                }
                Some((typed.digits + divisor / 2) / divisor)
            }
        };
        match exact.and_then(|exact| i64::try_from(exact).ok()) {
            Some(exact) if exact <= self.max() => Ok(exact),
            _ => Err(Problem::TooLarge),
        }
    }

    /// The figure as the field shows it when it is left: without unit, every typed decimal kept.
    pub fn show(self, exact: i64, format: &dyn Format) -> String {
        let decimals = u8::try_from(self.decimals()).unwrap_or_default();
        format.number(self.typed_unit(exact), decimals)
    }

    #[expect(clippy::cast_precision_loss, reason = "for display only")]
    fn typed_unit(self, exact: i64) -> f64 {
        exact as f64 / f64::from(10_u32.pow(self.decimals()))
    }

    /// What is wrong and what is allowed, in one sentence; `unit` stands before amounts.
    pub fn explain(self, problem: Problem, unit: &str, format: &dyn Format) -> String {
        let example = match self {
            // In the reader's own marks, so that what is proposed is read as what it says.
            Self::Money => format!("2m or {}", format.number(250_000.0, 0)),
            Self::Rate | Self::Factor => format!("20 or {}", format.number(12.5, 1)),
            Self::Days => "30".to_owned(),
            Self::Decimal => format!("8 or {}", format.number(7.5, 1)),
            Self::Count => "800 or 2k".to_owned(),
        };
        match (problem, self) {
            (Problem::Empty, _) => format!("Type a number, like {example}."),
            (Problem::NotANumber, _) => format!("This is not a number. Type one, like {example}."),
            (Problem::Negative, _) => "This cannot be below zero.".to_owned(),
            (Problem::NotWhole, Self::Days) => "Type whole days, like 30.".to_owned(),
            (Problem::NotWhole, _) => "Type a whole number, like 800.".to_owned(),
            (Problem::TooLarge, Self::Rate) => "A rate is a share of those who enter: at most 100 %.".to_owned(),
            (Problem::TooLarge, Self::Days) => format!("At most {} days, ten years.", self.show(self.max(), format)),
            (Problem::TooLarge, Self::Factor) => format!("At most {} %.", self.show(self.max(), format)),
            (Problem::TooLarge, _) => format!("At most {unit}{}.", self.show(self.max(), format)),
        }
    }
}

/// A decimal number as typed: `digits` ÷ 10^`decimals` × 1000^`thousands`.
struct Typed {
    digits: u128,
    decimals: u32,
    thousands: u32,
}

/// More digits than any field allows; keeps the arithmetic inside its integers.
const MAX_DIGITS: usize = 24;

fn parse(text: &str, marks: Marks) -> Result<Typed, Problem> {
    let mut figures = String::new();
    let mut word = String::new();
    let mut thousands = 0;
    let mut negative = false;
    for character in format!("{text} ").chars() {
        let digit = digit(character);
        if digit.is_none() && !is_mark(character) && !is_beside(character) {
            word.push(character.to_ascii_lowercase());
            continue;
        }
        let after_word = !word.is_empty();
        thousands += unit(&std::mem::take(&mut word))?;
        match character {
            // The full stop of an abbreviation: "2 mio.", "Fr. 20".
            '.' if after_word => {}
            '-' | '\u{2212}' | '(' if figures.is_empty() => negative = true,
            '-' | '\u{2212}' | '(' => return Err(Problem::NotANumber),
            _ if is_mark(character) => figures.push(character),
            _ => figures.extend(digit),
        }
    }
    let (digits, decimals) = split(&figures, marks)?;
    if digits.is_empty() {
        return Err(if text.trim().is_empty() { Problem::Empty } else { Problem::NotANumber });
    }
    if digits.len() > MAX_DIGITS {
        return Err(Problem::TooLarge);
    }
    let digits: u128 = digits.parse().map_err(|_| Problem::NotANumber)?;
    if negative && digits > 0 {
        return Err(Problem::Negative);
    }
    Ok(Typed { digits, decimals, thousands })
}

/// The digits of a number without its marks, and how many of them are decimals.
fn split(figures: &str, marks: Marks) -> Result<(String, u32), Problem> {
    let is_mark = |character: char| !character.is_ascii_digit();
    let digits: String = figures.chars().filter(char::is_ascii_digit).collect();
    let Some(last_mark) = figures.chars().rev().find(|&character| is_mark(character)) else {
        return Ok((digits, 0));
    };
    let (before, after) = figures.rsplit_once(last_mark).unwrap_or((figures, ""));
    let repeated = before.chars().any(|character| character == last_mark);
    let first_group = before.split(is_mark).next().unwrap_or_default();
    let could_group = after.len() >= 3 && (1..=3).contains(&first_group.len()) && !first_group.starts_with('0');
    let mixed = before.contains(|character| is_mark(character) && character != last_mark);
    let groups = match last_mark {
        '\'' | '\u{2019}' | '\u{66c}' => true,
        '\u{66b}' => false,
        _ if repeated => true,
        _ if mixed || last_mark == marks.decimal => false,
        _ => could_group && last_mark == marks.group,
    };
    let whole = if groups { figures } else { before };
    // With the reader's own mark between groups, one of them may just be growing or shrinking: 1,000,0000.
    let is_being_typed = groups && repeated && !mixed && last_mark == marks.group;
    if !(is_being_typed || could_group && groups || grouped_well(whole, is_mark)) || (mixed && repeated) {
        return Err(Problem::NotANumber);
    }
    let decimals = if groups { 0 } else { u32::try_from(after.len()).map_err(|_| Problem::TooLarge)? };
    Ok((digits, decimals))
}

/// Whether every group after the first has three digits, or two in the Indian way, and the last three.
fn grouped_well(whole: &str, is_mark: impl Fn(char) -> bool) -> bool {
    let (mut length, mut is_last) = (0, true);
    for character in whole.chars().rev() {
        length += 1;
        if is_mark(character) {
            if length != 4 && (is_last || length != 3) {
                return false;
            }
            (length, is_last) = (0, false);
        }
    }
    true
}

/// How many thousands a word stands for; a currency's name stands for none.
fn unit(word: &str) -> Result<u32, Problem> {
    match word {
        "" | "days" | "day" | "d" | "percent" | "pct" | "fr" | "kr" | "zł" | "us" => Ok(0),
        "k" | "tsd" | "thousand" => Ok(1),
        "m" | "mn" | "mm" | "mln" | "mio" | "million" | "millions" => Ok(2),
        "b" | "bn" | "bln" | "mrd" | "mld" | "billion" | "billions" => Ok(3),
        // A thousand to some and a million to others: no currency, and no guess.
        "mil" | "bil" | "tys" => Err(Problem::NotANumber),
        _ if word.len() == 3 && word.is_ascii() => Ok(0),
        _ => Err(Problem::NotANumber),
    }
}

/// The ASCII digit that a digit of another script stands for.
pub fn digit(character: char) -> Option<char> {
    const ZEROS: [char; 5] = ['0', '\u{660}', '\u{6f0}', '\u{966}', '\u{ff10}'];
    let code = u32::from(character);
    let value = ZEROS.iter().map(|&zero| code.wrapping_sub(u32::from(zero))).find(|&value| value < 10)?;
    char::from_digit(value, 10)
}

/// A mark that can stand within a number.
fn is_mark(character: char) -> bool {
    matches!(character, '\'' | '\u{2019}' | '.' | ',' | '\u{66b}' | '\u{66c}')
}

/// A sign that can stand beside a number or, like a space, within it.
fn is_beside(character: char) -> bool {
    let is_currency = matches!(character, '$' | '\u{a2}'..='\u{a5}' | '\u{e3f}' | '\u{20a0}'..='\u{20c0}' | '\u{fdfc}');
    is_currency
        || character.is_whitespace()
        || matches!(character, '-' | '\u{2212}' | '(' | ')' | '%' | '\u{66a}' | '\u{200e}' | '\u{200f}' | '\u{61c}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Plain;
    use crate::report::plain::German;

    const ENGLISH: Marks = Marks { decimal: '.', group: ',' };
    const GERMAN: Marks = Marks { decimal: ',', group: '.' };
    const FRENCH: Marks = Marks { decimal: ',', group: '\u{202f}' };
    const MONEY: Kind = Kind::Money;

    #[track_caller]
    fn money(text: &str, marks: Marks, thousandths: i64) {
        assert_eq!(MONEY.read(text, marks), Ok(thousandths), "{text}");
    }

    #[test]
    fn amounts_are_read_as_people_type_them() {
        for text in [
            "2000000",
            "2m",
            "2 M",
            "2,000,000",
            "€2,000,000",
            "2'000'000",
            "2’000’000",
            "2 000 000",
            "2\u{a0}000\u{a0}000",
            "2.0m",
            "EUR 2m",
            "2 mio.",
            "2 million",
            "2000k",
            "0.002bn",
            "$2,000,000.00",
            "٢٠٠٠٠٠٠",
            "۲٬۰۰۰٬۰۰۰",
            "20,00,000",
            "2.000.000",
        ] {
            money(text, ENGLISH, 2_000_000_000);
        }
        for text in ["2.000.000", "2.000.000,00 €", "2 Mio. €", "2,0m", "2 000 000,00", "2,000,000"] {
            money(text, GERMAN, 2_000_000_000);
        }
    }

    #[test]
    fn the_readers_marks_decide_where_one_is_ambiguous() {
        money("1.234", ENGLISH, 1_234);
        money("1,234", ENGLISH, 1_234_000);
        money("1.234", GERMAN, 1_234_000);
        money("1,234", GERMAN, 1_234);
        money("1.234", FRENCH, 1_234);
        money("1\u{202f}234,5", FRENCH, 1_234_500);
    }

    #[test]
    fn a_mark_that_cannot_group_is_the_decimal_mark() {
        money("0,2", ENGLISH, 200);
        money("1,23", ENGLISH, 1_230);
        money("0,234", ENGLISH, 234);
        money("0.5", GERMAN, 500);
        money("1.234,5", ENGLISH, 1_234_500);
        money("1,234.5", GERMAN, 1_234_500);
        money(".5", ENGLISH, 500);
        money("5.", ENGLISH, 5_000);
        money("1,000,0000", ENGLISH, 10_000_000_000);
        money("1,000,00", ENGLISH, 100_000_000);
        money("20,0000", ENGLISH, 200_000_000);
    }

    #[test]
    fn rates_are_typed_in_per_cent() {
        for (text, millionths) in [
            ("20", 200_000),
            ("20 %", 200_000),
            ("20%", 200_000),
            ("0.96", 9_600),
            ("0,2", 2_000),
            ("100", 1_000_000),
            ("33.33335", 333_334),
            ("0", 0),
        ] {
            assert_eq!(Kind::Rate.read(text, ENGLISH), Ok(millionths), "{text}");
        }
        assert_eq!(Kind::Rate.read("100.0001", ENGLISH), Err(Problem::TooLarge));
    }

    #[test]
    fn what_is_no_figure_says_why() {
        for (text, problem) in [
            ("", Problem::Empty),
            ("  ", Problem::Empty),
            ("abc", Problem::NotANumber),
            ("twenty", Problem::NotANumber),
            ("€", Problem::NotANumber),
            ("1.2.3", Problem::NotANumber),
            ("12'34'5", Problem::NotANumber),
            ("1,2,3.4", Problem::NotANumber),
            ("1.5.2,3,4", Problem::NotANumber),
            ("=1+1", Problem::NotANumber),
            ("-5", Problem::Negative),
            ("−5", Problem::Negative),
            ("(5)", Problem::Negative),
            ("9999999999999999", Problem::TooLarge),
            ("1e9", Problem::NotANumber),
            ("99999999999999999999999999999999999999999999999", Problem::TooLarge),
            ("5 5 %%% x", Problem::NotANumber),
            ("5bnbnbn", Problem::NotANumber),
            ("9 bn bn bn bn bn bn bn", Problem::TooLarge),
        ] {
            assert_eq!(MONEY.read(text, ENGLISH), Err(problem), "{text}");
        }
        assert_eq!(Kind::Days.read("1.5", ENGLISH), Err(Problem::NotWhole));
        assert_eq!(Kind::Days.read("3651", ENGLISH), Err(Problem::TooLarge));
        assert_eq!(Kind::Count.read("2.5k", ENGLISH), Ok(2_500));
        assert_eq!(Kind::Days.explain(Problem::TooLarge, "€", &Plain), "At most 3,650 days, ten years.");
        assert_eq!(MONEY.explain(Problem::TooLarge, "€", &Plain), "At most €1,000,000,000,000,000.");
    }

    #[test]
    fn abbreviations_are_not_taken_for_currencies() {
        money("2 mln", ENGLISH, 2_000_000_000);
        money("3 mld €", GERMAN, 3_000_000_000_000);
        money("1,5 bln", GERMAN, 1_500_000_000_000);
        money("PLN 2 mln.", ENGLISH, 2_000_000_000);
        for text in ["5 mil", "5 bil", "5 tys"] {
            assert_eq!(MONEY.read(text, ENGLISH), Err(Problem::NotANumber), "{text}");
        }
    }

    #[test]
    fn hours_and_minutes_have_decimals() {
        let exact = Kind::Decimal.read("7.5", ENGLISH).unwrap();
        assert_eq!((exact, Kind::Decimal.show(exact, &German)), (7_500_000, "7,5".to_owned()));
        assert_eq!(Kind::Decimal.read("100", ENGLISH), Ok(100_000_000));
        assert_eq!(Kind::Decimal.read("100.000001", ENGLISH), Err(Problem::TooLarge));
        assert_eq!(Kind::Decimal.explain(Problem::TooLarge, "", &Plain), "At most 100.");
    }

    #[test]
    fn what_is_proposed_is_read_as_what_it_says() {
        for (kind, format, proposed, exact) in [
            (MONEY, &Plain as &dyn Format, "250,000", 250_000_000),
            (MONEY, &German as &dyn Format, "250.000", 250_000_000),
            (Kind::Rate, &Plain, "12.5", 125_000),
            (Kind::Rate, &German, "12,5", 125_000),
            (Kind::Decimal, &German, "7,5", 7_500_000),
        ] {
            let sentence = kind.explain(Problem::Empty, "", format);
            assert!(sentence.ends_with(&format!(" or {proposed}.")), "{sentence}");
            assert_eq!(kind.read(proposed, format.marks()), Ok(exact));
        }
    }

    #[test]
    fn a_shown_figure_reads_back_as_itself() {
        for exact in [0, 1, 999, 1_000, 1_234_567, 20_000_000, 999_999_999_999] {
            assert_eq!(MONEY.read(&MONEY.show(exact, &Plain), ENGLISH), Ok(exact));
        }
        for exact in [0, 1, 9_600, 200_000, 333_333, 1_000_000] {
            assert_eq!(Kind::Rate.read(&Kind::Rate.show(exact, &Plain), ENGLISH), Ok(exact));
        }
    }
}
