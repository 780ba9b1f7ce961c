//! The kinds of figures, words and lists: how each is spelled and how far it goes.
//!
//! What bytes are made of is frozen for ever: codes and bases, the order of words, the fewest of a list, and how far rates and
//! factors go, for their units are counted on from there. All other limits may grow.

use crate::plan::{Basis, ItemId, Lineage, Mission, Owner, Profile, Rounding, Source, TargetKind, Term, limits};
use crate::units::{Count, Currency, Date, Days, Factor, Money, Month, Rate};

/// A kind of figure.
pub struct Kind {
    /// How it stands in JSON.
    pub form: Form,
    /// How it stands in bytes.
    pub code: Code,
    /// The lowest number.
    pub min: u64,
    /// The highest number.
    pub max: u64,
    /// What people are told that it must be; of words their list.
    pub allowed: &'static str,
}

/// How a figure stands in JSON.
pub enum Form {
    /// A number.
    Whole,
    /// A text with up to three decimals.
    Thousandths,
    /// A text with up to six decimals.
    Millionths,
    /// True, or left out.
    Yes,
    /// The text at its position.
    Word(&'static [&'static str]),
    /// Three letters.
    Currency,
    /// Year and month.
    Month,
    /// Year, month and day.
    Day,
    /// Sixteen hexadecimal digits.
    Lineage,
}

/// How a figure stands in bytes.
pub enum Code {
    /// In the head of its record, to this base.
    Digit(u64),
    /// Mantissa and exponent.
    Amount,
    /// In the first of these units that it is a multiple of; each goes on where the one before has its end.
    Units(&'static [u64]),
}

const NUMBER: Code = Code::Units(&[1]);

const fn kind(form: Form, code: Code, min: u64, max: u64, allowed: &'static str) -> Kind {
    Kind { form, code, min, max, allowed }
}

const fn words(words: &'static [&'static str], base: u64) -> Kind {
    kind(Form::Word(words), Code::Digit(base), 0, words.len() as u64 - 1, "")
}

pub static MONEY: Kind = kind(
    Form::Thousandths,
    Code::Amount,
    0,
    Money::MAX.thousandths().unsigned_abs(),
    "an amount from 0 to 1000000000000000 with at most three decimals, like \"20000\" or \"0.5\"",
);
pub static COUNT: Kind = kind(Form::Whole, Code::Amount, 0, Count::MAX.get(), "a whole number from 0 to 1000000000000");
pub static DAYS: Kind = kind(Form::Whole, NUMBER, 0, Days::MAX.get() as u64, "a whole number of days from 0 to 3650");
/// Whole per cent, hundredths of them, millionths.
pub static RATE: Kind = kind(
    Form::Millionths,
    Code::Units(&[10_000, 100, 1]),
    0,
    Rate::ONE.millionths() as u64,
    "a share from 0 to 1 with at most six decimals, like \"0.2\"",
);
/// Whole per cent, millionths.
pub static FACTOR: Kind = kind(
    Form::Millionths,
    Code::Units(&[10_000, 1]),
    0,
    Factor::MAX.millionths() as u64,
    "a number from 0 to 100 with at most six decimals, like \"1.2\"",
);
pub static YES: Kind = kind(Form::Yes, Code::Digit(2), 0, 1, "true or false");
pub static ID: Kind = kind(Form::Whole, NUMBER, 0, u32::MAX as u64, "a whole number from 0 to 4294967295");
pub static MONTHS: Kind = kind(Form::Whole, NUMBER, 1, limits::MAX_MONTHS as u64, "a whole number from 1 to 36");
pub static MONTH_OF_YEAR: Kind = kind(Form::Whole, NUMBER, 1, 12, "a month from 1 to 12");
pub static MONTH: Kind = kind(Form::Month, NUMBER, 0, u16::MAX as u64, "a month from 1970 to 2199, like \"2027-01\"");
pub static TERM: Kind = kind(Form::Whole, NUMBER, 1, Term::MAX as u64, "a whole number of months from 1 to 120");
pub static DAY: Kind = kind(Form::Day, NUMBER, 0, i32::MAX as u64, "a day from 1970 to 2199, like \"2026-11-22\"");
pub static CURRENCY: Kind = kind(Form::Currency, NUMBER, 0, 26 * 26 * 26 - 1, "three letters, like \"EUR\"");
pub static LINEAGE: Kind = kind(Form::Lineage, NUMBER, 0, u64::MAX, "16 hexadecimal digits");

// A word for each variant, in the order of its `ALL`.
pub static OWNER: Kind = words(&["marketing", "salesDevelopment", "sales"], 4);
pub static ROUNDING: Kind = words(&["carry", "ceil", "round"], 3);
pub static BASIS: Kind = words(&["guess", "agreed", "snapshot", "measured"], 4);
pub static SOURCE: Kind = words(&SOURCES, 5);
pub static MISSION: Kind = words(&["fillPipeline", "ownTarget", "both"], 3);
pub static TARGET: Kind = words(&["newBusiness", "totalRevenue", "netNew"], 3);
pub static PROFILE: Kind = words(&["even", "quarters", "months", "season"], 4);
pub static HEADS: Kind = words(&["start", "leave", "move"], 4);
/// In sales development nobody moves.
pub static COME_OR_GO: Kind = words(&["start", "leave"], 4);
pub static SOURCES: [&str; 5] = ["marketing", "salesDevelopment", "sellers", "partners", "customers"];

/// The base of the digit for a stage: 0 for none, else one more than its position.
pub const STAGE_BASE: u64 = 16;

/// A kind of list.
pub struct List {
    /// The base of the digit for how many more there are than the fewest.
    pub base: u64,
    /// The fewest; without any it is left out.
    pub min: usize,
    /// The most.
    pub max: usize,
    /// What people are told that it must be.
    pub allowed: &'static str,
}

const fn some(base: u64, min: usize, max: usize, allowed: &'static str) -> List {
    assert!(((max - min) as u64) < base, "the bytes could not say how many there are");
    List { base, min, max, allowed }
}

pub static STAGES: List = some(16, limits::MIN_STAGES, limits::MAX_STAGES, "a list of 2 to 10 stages");
pub static SEGMENTS: List = some(64, 1, limits::MAX_SEGMENTS, "a list of 1 to 40 segments");
pub static OWN_STEPS: List = some(16, 0, limits::MAX_STAGES - 1, "a list of at most 9 steps");
pub static OPEN: List = some(64, 0, limits::MAX_OPEN, "a list of at most 50 rows");
pub static WEIGHTS: List = some(64, 0, limits::MAX_MONTHS as usize, "a list of at most 36 numbers");
pub static SEASON: List = some(16, 0, 12, "a list of at most 12 numbers");

pub static TEAMS: List = some(64, 0, limits::MAX_TEAMS, "a list of at most 12 teams");
pub static TEAM_SEGMENTS: List = some(64, 0, limits::MAX_SEGMENTS, "a list of at most 40 ids of segments");
pub static CHANGES: List = some(64, 0, limits::MAX_CHANGES, "a list of at most 50 changes");
pub static RAMP: List = some(64, 0, limits::MAX_RAMP, "a list of at most 36 shares");
pub static CHANNELS: List = some(64, 0, limits::MAX_CHANNELS, "a list of at most 24 channels");
pub static TIERS: List = some(16, 0, limits::MAX_TIERS, "a list of at most 6 prices");
pub static IN_MONTHS: List = some(64, 0, limits::MAX_MONTHS as usize, "a list of at most 36 months");
pub static OWN_SEGMENTS: List = some(64, 0, limits::MAX_SEGMENTS, "a list of at most 40 segments");

/// A value that is a number within its kind, or may be none.
pub trait Figure {
    /// The number.
    fn number(&self) -> Option<u64>;
    /// Becomes what has this number. What cannot be that, or cannot be none, stays as it was.
    fn set(&mut self, number: Option<u64>);
}

impl<T: Figure + Default> Figure for Option<T> {
    fn number(&self) -> Option<u64> {
        self.as_ref()?.number()
    }

    fn set(&mut self, number: Option<u64>) {
        *self = None;
        if number.is_some() {
            self.insert(T::default()).set(number);
        }
    }
}

macro_rules! figures {
    ($($type:ty: $value:ident => $number:expr, $raw:ident => $made:expr;)*) => {$(
        impl Figure for $type {
            fn number(&self) -> Option<u64> {
                let $value = *self;
                Some($number)
            }

            fn set(&mut self, number: Option<u64>) {
                let made = |$raw: u64| -> Option<Self> { $made };
                if let Some(made) = number.and_then(made) {
                    *self = made;
                }
            }
        }
    )*};
}

figures! {
    u8: value => value.into(), raw => raw.try_into().ok();
    u32: value => value.into(), raw => raw.try_into().ok();
    bool: value => value.into(), raw => Some(raw > 0);
    Money: value => value.thousandths().unsigned_abs(), raw => Self::from_thousandths(raw.try_into().ok()?);
    Count: value => value.get(), raw => Self::new(raw);
    Days: value => value.get().into(), raw => Self::new(raw.try_into().ok()?);
    Rate: value => value.millionths().into(), raw => Self::from_millionths(raw.try_into().ok()?);
    Factor: value => value.millionths().into(), raw => Self::from_millionths(raw.try_into().ok()?);
    Term: value => value.get().into(), raw => Self::new(raw.try_into().ok()?);
    Month: value => value.index().into(), raw => Self::from_index(raw.try_into().ok()?);
    // No date lies before 1970.
    Date: value => value.day_number().unsigned_abs().into(), raw => Self::from_day_number(raw.try_into().ok()?);
    Currency: value => number_from(value), raw => currency_from(raw);
    ItemId: value => value.0.into(), raw => raw.try_into().ok().map(Self);
    Lineage: value => u64::from_be_bytes(value.0), raw => Some(Self(raw.to_be_bytes()));
    Owner: value => value as u64, raw => pick(&Self::ALL, raw);
    Rounding: value => value as u64, raw => pick(&[Self::Carry, Self::CeilEachStage, Self::RoundEachStage], raw);
    Basis: value => value as u64, raw => pick(&Self::ALL, raw);
    Source: value => value as u64, raw => pick(&Self::ALL, raw);
    Mission: value => value as u64, raw => pick(&Self::ALL, raw);
    TargetKind: value => value as u64, raw => pick(&Self::ALL, raw);
    Profile: value => value as u64, raw => pick(&Self::ALL, raw);
}

fn pick<T: Copy>(all: &[T], number: u64) -> Option<T> {
    all.get(usize::try_from(number).ok()?).copied()
}

/// The letters as a number to the base of 26.
fn number_from(currency: Currency) -> u64 {
    currency.code().bytes().fold(0, |number, letter| number * 26 + u64::from(letter.saturating_sub(b'A')))
}

fn currency_from(number: u64) -> Option<Currency> {
    let letter = |place: u64| Some(char::from(b'A' + u8::try_from(number / place % 26).ok()?));
    Currency::new(&String::from_iter([letter(676)?, letter(26)?, letter(1)?]))
}
