//! A plan as it is kept in the browser's storage: one line, in which every change is noticed.
//!
//! `1.<revision>.<saved at>.<checksum of what stands before>.<token>`. Frozen for ever: the last two fields are those in every
//! version, so that a newer record is told from a damaged one.

use crate::codec::bytes::checksum;
use crate::codec::link::{LinkError, link_from_plan, plan_from_token};
use crate::codec::sections::Fingerprint;
use crate::plan::{Plan, joined};

/// A stored plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Counts the times it was stored: another window that has stored it since has a higher one.
    pub revision: u64,
    /// When it was stored, in milliseconds since 1970.
    pub saved_at_ms: u64,
    /// The plan.
    pub plan: Plan,
    /// The state it came from, if it came in a link.
    pub base: Option<Fingerprint>,
}

/// Why a record opens no plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordError {
    /// Not what was stored.
    Corrupt,
    /// Stored by a newer version: to be left as it is.
    Newer,
}

/// The line to store.
pub fn text_from_record(record: &Record) -> String {
    let head = format!("1.{}.{}", record.revision, record.saved_at_ms);
    let sum = checksum(head.as_bytes(), &[]);
    joined(&[&head, &sum, &link_from_plan(&record.plan, record.base)], ".")
}

/// The record that was stored as this line.
///
/// # Errors
/// When anything in it has changed, or a newer version stored it.
pub fn record_from_text(text: &str) -> Result<Record, RecordError> {
    let corrupt = RecordError::Corrupt;
    let (sealed, token) = text.rsplit_once('.').ok_or(corrupt)?;
    let (head, sum) = sealed.rsplit_once('.').ok_or(corrupt)?;
    if checksum(head.as_bytes(), &[]) != sum {
        return Err(corrupt);
    }
    let (version, numbers) = head.split_once('.').ok_or(corrupt)?;
    if version != "1" {
        return Err(RecordError::Newer);
    }
    let (revision, saved_at) = numbers.split_once('.').ok_or(corrupt)?;
    let revision = revision.parse().map_err(|_| corrupt)?;
    let saved_at_ms = saved_at.parse().map_err(|_| corrupt)?;
    match plan_from_token(token) {
        Ok((plan, base)) => Ok(Record { revision, saved_at_ms, plan, base }),
        Err(LinkError::Newer) => Err(RecordError::Newer),
        Err(_) => Err(corrupt),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{Lineage, examples};
    use crate::units::Date;

    fn record(base: Option<Fingerprint>) -> Record {
        let plan = examples::three_figures(Lineage([7; 8]), Date::from_ymd(2026, 11, 22).unwrap());
        Record { revision: u64::MAX, saved_at_ms: 1_795_000_000_000, plan, base }
    }

    #[test]
    fn a_record_comes_back_with_its_base_or_none() {
        let own = crate::codec::fingerprint_of(&record(None).plan);
        for base in [None, Some(own), Some(Fingerprint([0; 8]))] {
            assert_eq!(record_from_text(&text_from_record(&record(base))), Ok(record(base)));
        }
    }

    #[test]
    fn every_changed_character_is_noticed() {
        let text = text_from_record(&record(None));
        for position in 0..text.len() {
            for replacement in (0..128_u8).filter(|&byte| byte != text.as_bytes()[position]) {
                let mut bytes = text.clone().into_bytes();
                bytes[position] = replacement;
                let changed = String::from_utf8(bytes).unwrap();
                assert_eq!(record_from_text(&changed), Err(RecordError::Corrupt), "{changed}");
            }
            assert_eq!(record_from_text(&text[..position]), Err(RecordError::Corrupt));
            assert_eq!(record_from_text(&text[position + 1..]), Err(RecordError::Corrupt));
        }
        assert_eq!(record_from_text(&(text + " ")), Err(RecordError::Corrupt));
    }

    #[test]
    fn a_newer_record_is_no_damage() {
        let (_, token) =
            text_from_record(&record(None)).rsplit_once('.').map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
        let head = "2.1.1795000000000.more";
        assert_eq!(
            record_from_text(&format!("{head}.{}.{token}", checksum(head.as_bytes(), &[]))),
            Err(RecordError::Newer)
        );
    }
}
