//! A plan into JSON.

use crate::codec::archive::{Archive, Need};
use crate::codec::json::quoted;
use crate::codec::kinds::{Figure, Form, ID, Kind, List};
use crate::plan::ItemId;
use crate::units::{Currency, Factor, Money, Month};

/// Stands before each part until it is known how the parts are set; no text has it.
const PART: char = '\u{1}';

/// An object or a list of which the parts are written.
struct Frame {
    /// Where it begins, with its name.
    begin: usize,
    /// Where its parts begin.
    start: usize,
    is_list: bool,
    /// Whether it is left out when it is empty.
    is_usual: bool,
    /// Whether another one stands in it: then each part has a line of its own.
    is_long: bool,
}

/// Writes a document.
pub struct Writer {
    out: String,
    frames: Vec<Frame>,
}

impl Writer {
    pub const NEW: Self = Self { out: String::new(), frames: Vec::new() };

    /// The document.
    pub fn finish(self) -> String {
        self.out.trim_start_matches(PART).to_owned() + "\n"
    }

    fn begin(&mut self, name: &str, is_list: bool, is_usual: bool) {
        let begin = self.out.len();
        self.part(name, "");
        self.frames.push(Frame { begin, start: self.out.len(), is_list, is_usual, is_long: false });
    }

    /// Adds what is written already.
    pub fn part(&mut self, name: &str, text: &str) {
        self.out.push(PART);
        if !name.is_empty() {
            self.out += &quoted(name);
            self.out += ": ";
        }
        self.out += text;
    }
}

impl Archive for Writer {
    fn open(&mut self, name: &'static str, need: Need) {
        self.begin(name, false, need == Need::Unusual);
    }

    fn close(&mut self) {
        let Some(frame) = self.frames.pop() else { return };
        let parts = self.out.split_off(frame.start);
        if frame.is_usual && parts.is_empty() {
            return self.out.truncate(frame.begin);
        }
        let line = "\n".to_owned() + &"  ".repeat(self.frames.len());
        let (before, after) = if frame.is_list { ("[", "]") } else { ("{", "}") };
        self.out += before;
        let mut comma = "";
        for character in parts.chars() {
            if character != PART {
                self.out.push(character);
                continue;
            }
            self.out += comma;
            if frame.is_long {
                self.out += &line;
                self.out += "  ";
            } else if !frame.is_list || !comma.is_empty() {
                self.out += " ";
            }
            comma = ",";
        }
        if frame.is_long {
            self.out += &line;
        } else if !frame.is_list && !comma.is_empty() {
            self.out += " ";
        }
        self.out += after;
        if let Some(frame) = self.frames.last_mut() {
            frame.is_long = true;
        }
    }

    fn list(&mut self, name: &'static str, of: &List, _: &mut usize) {
        self.begin(name, true, of.min == 0);
    }

    fn has(&mut self, _: &'static str, _: &mut bool) {}

    fn figure(&mut self, name: &'static str, kind: &'static Kind, _: Need, value: &mut Option<u64>) {
        if let Some(number) = *value {
            self.part(name, &written(&kind.form, number));
        }
    }

    fn text(&mut self, name: &'static str, _: usize, need: Need, value: &mut String) -> bool {
        if need == Need::Said || !value.is_empty() {
            self.part(name, &quoted(value));
        }
        true
    }

    fn stage(&mut self, name: &'static str, _: &[ItemId], need: Need, value: &mut Option<ItemId>) {
        self.figure(name, &ID, need, &mut value.and_then(|stage| stage.number()));
    }

    fn id(&mut self, value: &mut ItemId) {
        self.figure("id", &ID, Need::Must, &mut value.number());
    }

    fn refuse(&mut self, _: &'static str, _: &str) {}
}

/// A figure as JSON.
fn written(form: &Form, number: u64) -> String {
    let text = match form {
        Form::Whole => return number.to_string(),
        Form::Yes => return (number > 0).to_string(),
        Form::Word(words) => {
            usize::try_from(number).ok().and_then(|number| words.get(number)).copied().unwrap_or_default().to_owned()
        }
        Form::Thousandths => become_(Money::ZERO, number).to_string(),
        Form::Millionths => become_(Factor::ZERO, number).to_string(),
        Form::Currency => become_(Currency::EUR, number).code().to_owned(),
        Form::Month => become_(Month::FIRST, number).to_string(),
        Form::Day => become_(Month::FIRST.first_day(), number).to_string(),
        Form::Lineage => format!("{number:016x}"),
    };
    quoted(&text)
}

/// The value with this number.
fn become_<T: Figure>(mut value: T, number: u64) -> T {
    value.set(Some(number));
    value
}
