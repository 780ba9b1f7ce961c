//! A plan out of JSON. Strict about what it does not know, so that no typing error is lost; helpful about what can be worked out.

use std::mem;

use crate::codec::archive::{Archive, Need};
use crate::codec::json::quoted;
use crate::codec::json::value::Json;
use crate::codec::kinds::{Figure, Form, ID, Kind, List};
use crate::plan::{ItemId, clean_text, joined};
use crate::units::{Currency, Date, Month};

/// An object or a list that is being read.
struct Frame<'a> {
    /// The field it is; a part of a list has none.
    name: &'static str,
    value: &'a Json,
    need: Need,
    /// The fields that were asked for: those that it may have.
    names: Vec<&'static str>,
    /// How many parts of a list were asked for.
    count: usize,
    is_list: bool,
    /// What was wrong before it.
    wrong: Option<String>,
}

/// Reads a document. What is wrong does not end it at once: that an object has an unknown field is said first, for that may be
/// the very one that is missing.
pub struct Reader<'a> {
    frames: Vec<Frame<'a>>,
    /// The segment of a document that has no base.
    old_base: Option<&'a Json>,
    /// What is wrong, of all that was read of what was begun last.
    pub wrong: Option<String>,
    /// The id of the next item that has none.
    pub next_id: u32,
}

impl<'a> Reader<'a> {
    pub fn new(root: &'a Json, old_base: Option<&'a Json>) -> Self {
        let mut next_id = 1;
        let spending = root.field("spending");
        let lists = [root.field("stages"), root.field("segments"), root.field("sales"), spending.field("channels")];
        for list in lists {
            for (_, item) in list.items() {
                let id = item.field("id").as_whole().and_then(|id| u32::try_from(id).ok());
                next_id = next_id.max(id.map_or(0, |id| id.saturating_add(1)));
            }
        }
        let mut reader = Self { frames: Vec::new(), old_base, wrong: None, next_id };
        reader.begin("", root, Need::Must, false);
        reader
    }

    /// Whether it is a document of this format, in the version that is read here.
    pub fn begins(&mut self, format: &str) -> bool {
        let value = self.field("format");
        if value.as_text() != Some(format) {
            self.must_be("format", value, &quoted(format));
        }
        let value = self.field("version");
        match value.as_whole() {
            Some(1) => {}
            Some(newer) if newer > 1 => {
                self.say("version", &[&newer.to_string(), " was made with a newer version; this one reads 1"]);
            }
            _ => self.must_be("version", value, "1"),
        }
        self.wrong.is_none()
    }

    fn begin(&mut self, name: &'static str, value: &'a Json, need: Need, is_list: bool) {
        let wrong = self.wrong.take();
        self.frames.push(Frame { name, value, need, names: Vec::new(), count: 0, is_list, wrong });
    }

    /// The value of a field, or without a name the next part of the list.
    fn field(&mut self, name: &'static str) -> &'a Json {
        let Some(frame) = self.frames.last_mut() else { return &Json::Null };
        if frame.is_list {
            frame.count += 1;
            return frame.value.items().get(frame.count - 1).map_or(&Json::Null, |(_, item)| item);
        }
        if !frame.names.contains(&name) {
            frame.names.push(name);
        }
        frame.value.field(name)
    }

    /// Where a field stands.
    fn path(&self, name: &str) -> String {
        let mut path = String::new();
        let mut position = None;
        let mut frames: Vec<_> = self.frames.iter().map(|frame| (frame.name, frame.is_list, frame.count)).collect();
        frames.push((name, false, 0));
        for (name, is_list, count) in frames {
            if let Some(position) = position {
                path += &format!("[{position}]");
            } else if !name.is_empty() {
                path = joined(&[path.as_str(), name], if path.is_empty() { "" } else { "." });
            }
            position = is_list.then(|| count.saturating_sub(1));
        }
        if path.is_empty() { "the document".to_owned() } else { path }
    }

    /// What is wrong with a field, unless something was wrong before.
    fn say(&mut self, name: &str, wrong: &[&str]) {
        if self.wrong.is_none() {
            self.wrong = Some(joined(&[&self.path(name), &joined(wrong, "")], ": "));
        }
    }

    fn must_be(&mut self, name: &str, value: &Json, allowed: &str) {
        match shown(value) {
            Some(shown) => self.say(name, &["must be ", allowed, "; got ", &shown]),
            None => self.say(name, &["is missing; must be ", allowed]),
        }
    }
}

impl Archive for Reader<'_> {
    fn open(&mut self, name: &'static str, need: Need) {
        let value = self.field(name);
        match self.old_base {
            Some(segment) if name == "base" => {
                self.begin("segments[0]", segment, need, false);
                self.field("id");
            }
            _ => self.begin(name, value, need, false),
        }
    }

    fn close(&mut self) {
        let Some(Frame { name, value, need, names, is_list, wrong, .. }) = self.frames.pop() else { return };
        let within = mem::replace(&mut self.wrong, wrong);
        let unknown = match value {
            _ if is_list => None,
            Json::Object(fields) => fields.iter().find(|(name, _)| !names.contains(&name.as_str())),
            Json::Null if need == Need::Unusual => None,
            _ => {
                // That its fields are missing goes without saying.
                self.must_be(name, value, &joined(&["an object with ", &joined(&names, ", ")], ""));
                return;
            }
        };
        if let Some((unknown, _)) = unknown {
            self.say(name, &["has no field ", &shown_text(unknown), "; its fields are ", &joined(&names, ", ")]);
        }
        self.wrong = self.wrong.take().or(within);
    }

    fn list(&mut self, name: &'static str, of: &List, count: &mut usize) {
        let value = self.field(name);
        *count = value.items().len();
        match value {
            Json::List(_) if (of.min..=of.max).contains(count) => {}
            Json::List(_) => self.say(name, &["must be ", of.allowed, "; got ", &count.to_string()]),
            Json::Null if of.min == 0 => {}
            _ => self.must_be(name, value, of.allowed),
        }
        *count = (*count).min(of.max);
        self.begin(name, value, Need::Must, true);
    }

    fn has(&mut self, name: &'static str, is_there: &mut bool) {
        *is_there = !self.field(name).is_null();
    }

    fn figure(&mut self, name: &'static str, kind: &'static Kind, need: Need, number: &mut Option<u64>) {
        let value = self.field(name);
        *number = number_from(value, kind).filter(|number| (kind.min..=kind.max).contains(number));
        if number.is_none() && (need == Need::Must || !value.is_null()) {
            self.must_be(name, value, &allowed(kind));
        }
    }

    fn text(&mut self, name: &'static str, most: usize, _: Need, text: &mut String) -> bool {
        let value = self.field(name);
        let Json::Text(said) = value else {
            if !value.is_null() {
                self.must_be(name, value, "a text");
            }
            return !value.is_null();
        };
        if said.chars().count() > most {
            self.say(name, &["must have at most ", &most.to_string(), " characters"]);
        } else if clean_text(said, most) != *said {
            self.say(name, &["must have no control or invisible characters"]);
        }
        text.clone_from(said);
        true
    }

    fn stage(&mut self, name: &'static str, among: &[ItemId], need: Need, stage: &mut Option<ItemId>) {
        let value = self.field(name);
        let id = value.as_whole();
        *stage = among.iter().copied().find(|stage| stage.number() == id);
        if stage.is_none() && (need == Need::Must || !value.is_null()) {
            self.must_be(name, value, "the id of a stage before the last");
        }
    }

    fn id(&mut self, value: &mut ItemId) {
        let mut id = None;
        self.figure("id", &ID, Need::Said, &mut id);
        if id.is_none() {
            id = self.next_id.number();
            self.next_id = self.next_id.saturating_add(1);
        }
        value.set(id);
    }

    fn refuse(&mut self, name: &'static str, wrong: &str) {
        self.say(name, &[wrong]);
    }
}

/// Takes the price and the steps from the only segment of a document of before plans had a base.
pub fn take_old_base(root: &mut Json) -> Option<Json> {
    if !root.field("base").is_null() {
        return None;
    }
    let Json::Object(fields) = root else { return None };
    let (_, segments) = fields.iter_mut().find(|(name, _)| name == "segments")?;
    let Json::List(segments) = segments else { return None };
    let [(_, segment)] = segments.as_mut_slice() else { return None };
    if segment.field("steps").is_null() {
        return None;
    }
    let Json::Object(fields) = segment else { return None };
    let id = fields.iter_mut().find(|(name, _)| name == "id").map(|(_, id)| mem::replace(id, Json::Null));
    let rest = Json::Object(vec![("id".to_owned(), id.unwrap_or(Json::Null))]);
    Some(mem::replace(segment, rest))
}

/// What is allowed where this kind of figure stands.
fn allowed(kind: &Kind) -> String {
    let Form::Word(words) = kind.form else { return kind.allowed.to_owned() };
    let mut list = String::new();
    for (after, word) in (0..words.len()).rev().zip(words) {
        list += &quoted(word);
        list += match after {
            0 => "",
            1 => " or ",
            _ => ", ",
        };
    }
    list
}

fn number_from(value: &Json, kind: &Kind) -> Option<u64> {
    match (&kind.form, value) {
        (Form::Whole, _) => value.as_whole(),
        (Form::Thousandths, Json::Text(digits) | Json::Number(digits)) => scaled(digits, 3),
        (Form::Millionths, Json::Text(digits) | Json::Number(digits)) => scaled(digits, 6),
        (Form::Yes, Json::Bool(yes)) => Some((*yes).into()),
        (Form::Word(words), Json::Text(text)) => Some(words.iter().position(|word| word == text)? as u64),
        (Form::Currency, Json::Text(text)) => Currency::new(text)?.number(),
        (Form::Month, Json::Text(text)) => Figure::number(&Month::parse_iso(text)?),
        (Form::Day, Json::Text(text)) => Date::parse_iso(text)?.number(),
        (Form::Lineage, Json::Text(text)) => lineage_from(text),
        _ => None,
    }
}

fn lineage_from(text: &str) -> Option<u64> {
    let is_hex = text.len() == 16 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    if is_hex { u64::from_str_radix(text, 16).ok() } else { None }
}

/// A decimal number, perhaps with an exponent, times 10^`decimals`; `None` unless that is whole, not negative and fits.
fn scaled(text: &str, decimals: i32) -> Option<u64> {
    let mut number = 0_u64;
    // By how many places the number is still to be moved to the left.
    let mut places = decimals;
    let (mut is_fraction, mut is_digit) = (false, false);
    // The zeros that count only if another digit follows.
    let mut zeros = 0;
    for (position, byte) in text.bytes().enumerate() {
        match byte {
            b'0'..=b'9' => {
                is_digit = true;
                zeros += 1;
                places -= i32::from(is_fraction);
                if byte > b'0' {
                    number = times_ten(number, zeros)?.checked_add((byte - b'0').into())?;
                    zeros = 0;
                }
            }
            b'.' if is_digit && !is_fraction => (is_fraction, is_digit) = (true, false),
            b'e' | b'E' if is_digit => {
                places = places.checked_add(exponent(text.get(position + 1..)?)?)?;
                break;
            }
            _ => return None,
        }
    }
    if is_digit { times_ten(number, places.checked_add(zeros)?) } else { None }
}

/// Digits, perhaps with a sign.
fn exponent(text: &str) -> Option<i32> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let places: u64 = if digits.starts_with('+') { None } else { digits.parse().ok() }?;
    let places = i32::try_from(places).ok()?;
    Some(if text.starts_with('-') { -places } else { places })
}

/// The number with the point `places` further right.
fn times_ten(mut number: u64, mut places: i32) -> Option<u64> {
    while number > 0 && places > 0 {
        number = number.checked_mul(10)?;
        places -= 1;
    }
    while number > 0 && places < 0 {
        if !number.is_multiple_of(10) {
            return None;
        }
        number /= 10;
        places += 1;
    }
    Some(number)
}

/// The value in a few characters; `None` for nothing.
fn shown(value: &Json) -> Option<String> {
    Some(match value {
        Json::Null => return None,
        Json::Bool(yes) => yes.to_string(),
        Json::Number(digits) if digits.len() <= 40 => digits.clone(),
        Json::Number(_) => "a number of more than 40 digits".to_owned(),
        Json::Text(text) => shown_text(text),
        Json::List(_) => "a list".to_owned(),
        Json::Object(_) => "an object".to_owned(),
    })
}

fn shown_text(text: &str) -> String {
    let more = if text.chars().count() > 40 { "…" } else { "" };
    quoted(&(clean_text(text, 40) + more))
}
