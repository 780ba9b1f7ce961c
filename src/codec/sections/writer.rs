//! A plan into bytes: records, each a head and what follows it.

use std::mem;

use crate::codec::archive::{Archive, Need};
use crate::codec::bytes::{put_amount, put_number};
use crate::codec::kinds::{Code, Kind, List, STAGE_BASE};
use crate::codec::sections::Section;
use crate::plan::{ItemId, Plan};

/// A section, or an object in a list: a number of which each digit says something, and what follows.
struct Record {
    head: u64,
    /// What one of the next digit is worth.
    worth: u64,
    bytes: Vec<u8>,
}

impl Record {
    const NEW: Self = Self { head: 0, worth: 1, bytes: Vec::new() };

    fn put_into(self, out: &mut Vec<u8>) {
        put_number(out, self.head);
        out.extend_from_slice(&self.bytes);
    }
}

/// Writes the sections of a plan, in their order.
pub struct Writer {
    record: Record,
    /// For each object and list that is open the record around it, if it began one.
    outer: Vec<Option<Record>>,
    /// Whether the section is older than heads.
    is_plain: bool,
    /// The tags so far.
    tags: Vec<String>,
    next_id: u32,
}

impl Writer {
    pub const NEW: Self =
        Self { record: Record::NEW, outer: Vec::new(), is_plain: false, tags: Vec::new(), next_id: 1 };

    /// The section, unless it says nothing.
    pub fn section(&mut self, section: &Section, plan: &mut Plan) -> Option<Vec<u8>> {
        self.is_plain = section.is_plain;
        (section.describe)(self, plan);
        let record = mem::replace(&mut self.record, Record::NEW);
        if section.is_plain {
            return Some(record.bytes);
        }
        let mut bytes = Vec::new();
        record.put_into(&mut bytes);
        bytes.iter().any(|&byte| byte > 0).then_some(bytes)
    }

    fn number(&mut self, number: u64) {
        put_number(&mut self.record.bytes, number);
    }

    fn digit(&mut self, base: u64, digit: u64) {
        self.record.head += digit * self.record.worth;
        self.record.worth *= base;
    }

    /// A figure that is no digit.
    fn put_figure(&mut self, kind: &Kind, number: u64) {
        let Code::Units(units) = kind.code else { return put_amount(&mut self.record.bytes, number) };
        let mut begin = 0;
        for unit in units {
            if number.is_multiple_of(*unit) {
                return self.number(begin + number / unit);
            }
            begin += kind.max / unit + 1;
        }
    }
}

impl Archive for Writer {
    fn open(&mut self, name: &'static str, _: Need) {
        let is_record = name.is_empty() && !self.is_plain;
        self.outer.push(is_record.then(|| mem::replace(&mut self.record, Record::NEW)));
    }

    fn close(&mut self) {
        if let Some(Some(outer)) = self.outer.pop() {
            mem::replace(&mut self.record, outer).put_into(&mut self.record.bytes);
        }
    }

    fn list(&mut self, _: &'static str, of: &List, count: &mut usize) {
        self.digit(of.base, count.saturating_sub(of.min) as u64);
        self.outer.push(None);
    }

    fn has(&mut self, _: &'static str, is_there: &mut bool) {
        self.digit(2, (*is_there).into());
    }

    fn figure(&mut self, _: &'static str, kind: &'static Kind, need: Need, value: &mut Option<u64>) {
        if let Code::Digit(base) = kind.code {
            return self.digit(base, value.unwrap_or(0));
        }
        if need == Need::Unusual {
            self.digit(2, value.is_some().into());
        }
        if let Some(number) = *value {
            self.put_figure(kind, number);
        }
    }

    fn text(&mut self, _: &'static str, _: usize, need: Need, value: &mut String) -> bool {
        match need {
            // To the end of the section.
            Need::Said => {}
            Need::Must => self.number(value.len() as u64),
            Need::Unusual => {
                self.digit(2, (!value.is_empty()).into());
                if value.is_empty() {
                    return true;
                }
                let known = self.tags.iter().position(|tag| tag == value);
                self.number(known.unwrap_or(self.tags.len() + value.len()) as u64);
                if known.is_some() {
                    return true;
                }
                self.tags.push(value.clone());
            }
        }
        self.record.bytes.extend_from_slice(value.as_bytes());
        true
    }

    fn stage(&mut self, _: &'static str, among: &[ItemId], _: Need, value: &mut Option<ItemId>) {
        let position = among.iter().position(|&stage| Some(stage) == *value);
        self.digit(STAGE_BASE, position.map_or(0, |position| position as u64 + 1));
    }

    fn id(&mut self, value: &mut ItemId) {
        let is_given = value.0 != self.next_id;
        self.digit(2, is_given.into());
        if is_given || self.is_plain {
            self.number(value.0.into());
        }
        // In section 6 it is that of the first segment, which comes again.
        self.next_id = if self.is_plain { value.0 } else { value.0.saturating_add(1) };
    }

    fn refuse(&mut self, _: &'static str, _: &str) {}
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::bytes;
    use crate::codec::kinds::{FACTOR, RATE};
    use crate::codec::sections::reader::Reader;

    fn read(kind: &'static Kind, out: &[u8]) -> Option<u64> {
        let mut reader = Reader::NEW;
        reader.bytes = bytes::Reader(out);
        let mut figure = None;
        reader.figure("", kind, Need::Must, &mut figure);
        figure
    }

    fn written(kind: &'static Kind, figure: u64) -> Vec<u8> {
        let mut writer = Writer::NEW;
        writer.figure("", kind, Need::Must, &mut Some(figure));
        assert_eq!(read(kind, &writer.record.bytes), Some(figure));
        writer.record.bytes
    }

    #[test]
    fn every_rate_survives_in_three_bytes() {
        for millionths in 0..=1_000_000 {
            assert!(written(&RATE, millionths).len() <= 3);
        }
        for (millionths, bytes) in
            [(200_000, &[20][..]), (1_000_000, &[100]), (100, &[102]), (999_900, &[0xf4, 0x4e]), (1, &[0xf7, 0x4e])]
        {
            assert_eq!(written(&RATE, millionths), bytes);
        }
        assert_eq!(read(&RATE, &[0xb7, 0xd3, 0x3d]), None, "a millionth above one");
    }

    #[test]
    fn factors_survive_in_four_bytes() {
        for (millionths, length) in [(0, 1), (1_270_000, 1), (1_280_000, 2), (100_000_000, 2), (1, 2), (99_999_999, 4)]
        {
            assert_eq!(written(&FACTOR, millionths).len(), length);
        }
        let mut beyond = Vec::new();
        put_number(&mut beyond, 100_010_002);
        assert_eq!(read(&FACTOR, &beyond), None);
    }
}
