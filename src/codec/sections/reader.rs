//! A plan out of bytes. Reading makes something of whatever there is, and takes no longer than a plan can be long.
//!
//! What is missing reads as zero, and what cannot be is left as it was: the section is then written otherwise than it was read,
//! and that is refused.

use crate::codec::archive::{Archive, Need};
use crate::codec::bytes::{self, text_from};
use crate::codec::kinds::{Code, Kind, List, STAGE_BASE};
use crate::codec::sections::Section;
use crate::plan::{ItemId, Plan};

/// Reads the sections of a plan, in their order.
pub struct Reader<'a> {
    /// What is left of the section.
    pub bytes: bytes::Reader<'a>,
    /// What is left of the head of the record.
    head: u64,
    /// For each object and list that is open what is left of the head around it, if it began a record.
    outer: Vec<Option<u64>>,
    /// Whether the section is older than heads.
    is_plain: bool,
    /// The tags so far.
    tags: Vec<&'a str>,
    next_id: u32,
}

impl<'a> Reader<'a> {
    pub const NEW: Self =
        Self { bytes: bytes::Reader(&[]), head: 0, outer: Vec::new(), is_plain: false, tags: Vec::new(), next_id: 1 };

    /// Reads the section into a plan that has what the sections before it say.
    pub fn section(&mut self, section: &Section, bytes: &'a [u8], plan: &mut Plan) {
        self.bytes = bytes::Reader(bytes);
        self.is_plain = section.is_plain;
        self.head = if section.is_plain { 0 } else { self.number() };
        (section.describe)(self, plan);
    }

    fn number(&mut self) -> u64 {
        self.bytes.number().unwrap_or(0)
    }

    fn digit(&mut self, base: u64) -> u64 {
        let digit = self.head % base;
        self.head /= base;
        digit
    }

    /// A figure that is no digit.
    fn taken_figure(&mut self, kind: &Kind) -> Option<u64> {
        let Code::Units(units) = kind.code else { return self.bytes.amount() };
        let mut number = self.number();
        for unit in units {
            let count = kind.max / unit + 1;
            if number < count {
                return Some(number * unit);
            }
            number -= count;
        }
        None
    }

    /// One of the tags so far, or a new one of at most so many bytes.
    fn tag(&mut self, most: usize) -> Option<&'a str> {
        let number = usize::try_from(self.number()).ok()?;
        if let Some(tag) = self.tags.get(number) {
            return Some(tag);
        }
        // Bounded here already: it may come again without its bytes.
        let length = Some(number - self.tags.len()).filter(|&length| length <= most)?;
        let tag = text_from(self.bytes.take(length as u64)?)?;
        self.tags.push(tag);
        Some(tag)
    }
}

impl Archive for Reader<'_> {
    fn open(&mut self, name: &'static str, _: Need) {
        let is_record = name.is_empty() && !self.is_plain;
        self.outer.push(is_record.then_some(self.head));
        if is_record {
            self.head = self.number();
        }
    }

    fn close(&mut self) {
        if let Some(Some(outer)) = self.outer.pop() {
            self.head = outer;
        }
    }

    fn list(&mut self, _: &'static str, of: &List, count: &mut usize) {
        // The lists that are older than heads are as long as they can be.
        let most = of.max - of.min;
        let more = usize::try_from(self.digit(of.base)).unwrap_or(most).min(most);
        *count = if self.is_plain { of.max } else { of.min + more };
        self.outer.push(None);
    }

    fn has(&mut self, _: &'static str, is_there: &mut bool) {
        *is_there = self.digit(2) > 0;
    }

    fn figure(&mut self, _: &'static str, kind: &'static Kind, need: Need, value: &mut Option<u64>) {
        *value = match kind.code {
            Code::Digit(base) => Some(self.digit(base)),
            _ if need == Need::Unusual && self.digit(2) == 0 => None,
            _ => self.taken_figure(kind),
        };
    }

    fn text(&mut self, _: &'static str, most: usize, need: Need, value: &mut String) -> bool {
        let text = match need {
            Need::Must => self.bytes.text(),
            Need::Said => text_from(self.bytes.take_rest()),
            Need::Unusual if self.digit(2) == 0 => None,
            Need::Unusual => self.tag(4 * most),
        };
        text.unwrap_or_default().clone_into(value);
        true
    }

    fn stage(&mut self, _: &'static str, among: &[ItemId], _: Need, value: &mut Option<ItemId>) {
        let digit = usize::try_from(self.digit(STAGE_BASE)).unwrap_or(0);
        *value = digit.checked_sub(1).and_then(|position| among.get(position)).copied();
    }

    fn id(&mut self, value: &mut ItemId) {
        let is_given = self.is_plain || self.digit(2) > 0;
        *value = ItemId(if is_given { u32::try_from(self.number()).unwrap_or(0) } else { self.next_id });
        // In section 6 it is that of the first segment, which comes again.
        self.next_id = if self.is_plain { value.0 } else { value.0.saturating_add(1) };
    }

    fn refuse(&mut self, _: &'static str, _: &str) {}
}
