//! Figures and dates by the browser's Intl.

use std::cell::RefCell;

use js_sys::{Array, Date as JsDate, Function, Intl, JsString, Object, Reflect};
use wasm_bindgen::{JsCast as _, JsValue};

use super::window;
use crate::report::number::{self, Marks};
use crate::report::{DateStyle, Format};
use crate::units::{Currency, Date};

/// The reader's locale: its marks and digits for figures. Month names stand in English sentences, so they are English.
#[derive(Clone, Copy, Debug)]
pub struct Locale;

impl Format for Locale {
    fn number(&self, value: f64, max_decimals: u8) -> String {
        let large = value.abs() > 1e15;
        let key = format!("n{max_decimals}{large}");
        formatted(&key, value, || {
            if large {
                number_format(&[("notation", "scientific".into()), ("maximumFractionDigits", 2.into())])
            } else {
                number_format(&[("maximumFractionDigits", max_decimals.into())])
            }
        })
    }

    fn money(&self, value: f64, currency: Currency, max_decimals: u8) -> String {
        let large = value.abs() > 1e15;
        let key = format!("m{}{max_decimals}{large}", currency.code());
        formatted(&key, value, || {
            number_format(&[
                ("style", "currency".into()),
                ("currency", currency.code().into()),
                ("currencyDisplay", "narrowSymbol".into()),
                ("notation", if large { "scientific" } else { "standard" }.into()),
                ("minimumFractionDigits", max_decimals.min(2).into()),
                ("trailingZeroDisplay", "stripIfInteger".into()),
                ("maximumFractionDigits", max_decimals.max(u8::from(large) * 2).into()),
            ])
        })
    }

    fn percent_to(&self, share: f64, digits: u8) -> String {
        let options = [("style", "percent".into()), ("maximumSignificantDigits", digits.into())];
        formatted(&format!("p{digits}"), share, || number_format(&options))
    }

    fn date(&self, date: Date, style: DateStyle) -> String {
        let milliseconds = f64::from(date.day_number()) * 86_400_000.0;
        let (key, parts): (_, &[&str]) = match style {
            DateStyle::Full => ("df", &["day", "month", "year"]),
            DateStyle::DayAndMonth => ("dd", &["day", "month"]),
            DateStyle::Month => ("dm", &["month"]),
            DateStyle::MonthAndYear => ("dy", &["month", "year"]),
        };
        formatted_with(key, &JsDate::new(&milliseconds.into()).into(), || {
            let options = object(&[("timeZone", "UTC".into())]);
            for part in parts {
                let length = if *part == "month" { "long" } else { "numeric" };
                Reflect::set(&options, &(*part).into(), &length.into()).ok();
            }
            Intl::DateTimeFormat::new(&locales(&english()), &options).format()
        })
    }

    fn exact(&self, value: f64) -> String {
        JsValue::from_f64(value).unchecked_ref::<Object>().to_string().into()
    }

    fn marks(&self) -> Marks {
        // Asked at every key, so read off figures whose formatters are kept: after the first digit of 0.5 and of 1,000,000,000.
        let mark = |figure: f64| self.number(figure, 1).chars().nth(1).filter(|mark| number::digit(*mark).is_none());
        Marks { decimal: mark(0.5).unwrap_or('.'), group: mark(1e9).unwrap_or(' ') }
    }
}

/// The symbol of a currency, to stand beside a field.
pub fn currency_symbol(currency: Currency) -> String {
    let text = Locale.money(0.0, currency, 0);
    let is_symbol = |character: &char| number::digit(*character).is_none() && !character.is_whitespace();
    let symbol: String = text.chars().filter(is_symbol).collect();
    // Letters keep their distance from the figure.
    if symbol.ends_with(|last: char| last.is_ascii_alphabetic()) { symbol + "\u{a0}" } else { symbol }
}

/// The code of every currency the browser knows; the plan's own is among them.
pub fn currencies(own: Currency) -> Vec<String> {
    let known =
        Reflect::get(&intl(), &"supportedValuesOf".into()).ok().and_then(|value| value.dyn_into::<Function>().ok());
    let codes = known.and_then(|list| list.call1(&intl(), &"currency".into()).ok());
    let mut codes: Vec<String> =
        codes.map_or_else(Vec::new, |codes| Array::from(&codes).iter().filter_map(|code| code.as_string()).collect());
    if !codes.iter().any(|code| code == own.code()) {
        codes.insert(0, own.code().to_owned());
    }
    codes
}

/// When something was: 14:02, or 18 Sep 2027, 14:02 when that was not today.
pub fn moment(milliseconds: u64) -> String {
    let part = |key: &str, milliseconds: u64, language: String, parts: &[&str]| {
        #[expect(clippy::cast_precision_loss, reason = "below 2⁵³")]
        let moment = JsDate::new(&(milliseconds as f64).into());
        formatted_with(key, &moment.into(), || {
            let options = object(&[]);
            for part in parts {
                let length = match *part {
                    "hour" | "minute" => "2-digit",
                    "month" => "short",
                    _ => "numeric",
                };
                Reflect::set(&options, &(*part).into(), &length.into()).ok();
            }
            Intl::DateTimeFormat::new(&locales(&language), &options).format()
        })
    };
    let day = |milliseconds| part("td", milliseconds, english(), &["day", "month", "year"]);
    let time = part("t", milliseconds, language(), &["hour", "minute"]);
    let then = day(milliseconds);
    if then == day(super::clock::now_ms()) { time } else { format!("{then}, {time}") }
}

fn intl() -> JsValue {
    Reflect::get(&js_sys::global(), &"Intl".into()).unwrap_or_default()
}

fn number_format(options: &[(&str, JsValue)]) -> Function {
    Intl::NumberFormat::new(&locales(&language()), &object(options)).format()
}

fn formatted(key: &str, value: f64, make: impl FnOnce() -> Function) -> String {
    formatted_with(key, &value.into(), make)
}

/// Formats with the formatter kept under `key`: making one costs a hundred times more than using it.
fn formatted_with(key: &str, value: &JsValue, make: impl FnOnce() -> Function) -> String {
    thread_local! {
        static FORMATTERS: RefCell<Vec<(String, Function)>> = const { RefCell::new(Vec::new()) };
    }
    let known =
        FORMATTERS.with_borrow(|kept| kept.iter().find(|(kept, _)| kept == key).map(|(_, format)| format.clone()));
    let format = known.unwrap_or_else(|| {
        let format = make();
        FORMATTERS.with_borrow_mut(|kept| kept.push((key.to_owned(), format.clone())));
        format
    });
    format.call1(&JsValue::UNDEFINED, value).ok().and_then(|text| text.as_string()).unwrap_or_default()
}

fn object(entries: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (key, value) in entries {
        Reflect::set(&object, &(*key).into(), value).ok();
    }
    object
}

fn locales(language: &str) -> Array {
    Array::of1(&JsString::from(language))
}

fn language() -> String {
    window().and_then(|window| window.navigator().language()).unwrap_or_else(|| "en-GB".to_owned())
}

/// The reader's English, or British English.
fn english() -> String {
    Some(language()).filter(|language| language.starts_with("en")).unwrap_or_else(|| "en-GB".to_owned())
}
