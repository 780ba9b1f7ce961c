//! The plans kept on this device, over any store of keys and texts.
//!
//! Every plan has two slots that are written in turn, so that a write that goes wrong leaves the state before it. A write is
//! read back. What cannot be read is put aside under a key of its own, never overwritten; what a newer version wrote is left
//! alone. Another window that has stored the plan since is noticed by its revision.

use std::fmt;

use crate::codec::{self, Fingerprint, Record, RecordError};
use crate::plan::Plan;

/// Keys and texts: the browser's storage, or a faulty one in tests.
pub trait Store {
    /// The text under a key.
    fn get(&self, key: &str) -> Option<String>;
    /// Puts a text under a key, or leaves what was there.
    ///
    /// # Errors
    /// Says why it is not there.
    fn set(&self, key: &str, text: &str) -> Result<(), NotKept>;
    /// Takes a key away.
    fn remove(&self, key: &str);
    /// Every key, those of other programs included.
    fn keys(&self) -> Vec<String>;
}

/// Why a text could not be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotKept {
    /// The store does not take anything.
    Blocked,
    /// There is no room.
    Full,
}

/// Under what a plan is kept. A copy of a plan has another, and the same lineage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DocId(pub [u8; 8]);

impl DocId {
    /// Reads sixteen hexadecimal digits.
    pub fn parse(text: &str) -> Option<Self> {
        codec::bytes_from_hex(text).map(Self)
    }
}

impl fmt::Display for DocId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&codec::hex_from(self.0))
    }
}

/// A plan of the library.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Under what it is kept.
    pub id: DocId,
    /// The plan as last stored; `None` when a newer version of the program wrote it.
    pub record: Option<Record>,
}

/// What was found under an id.
#[derive(Clone, Debug, PartialEq)]
pub enum Found {
    /// The plan.
    Plan(Box<Record>),
    /// The last state could not be read and was put aside; this is the one before.
    Earlier(Box<Record>),
    /// Nothing readable: what was there was put aside.
    Damaged,
    /// Written by a newer version of the program.
    Newer,
    /// Nothing.
    Nothing,
}

/// Why a plan is not stored.
#[derive(Clone, Debug, PartialEq)]
pub enum NotSaved {
    /// The browser blocks storage.
    Blocked,
    /// There is no room, even without what can be done without.
    Full,
    /// Another window has stored this since.
    ChangedElsewhere(Box<Record>),
    /// A newer version of the program has stored the plan.
    Newer,
}

impl From<NotKept> for NotSaved {
    fn from(reason: NotKept) -> Self {
        match reason {
            NotKept::Blocked => Self::Blocked,
            NotKept::Full => Self::Full,
        }
    }
}

const PLANS: &str = "backcast.plan.";
const BIN: &str = "backcast.bin.";
const ASIDE: &str = "backcast.aside.";
const SNAPSHOTS: &str = "backcast.snapshot.";
const SLOTS: [char; 2] = ['a', 'b'];

/// Every plan, the one stored last first.
pub fn entries(store: &dyn Store) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    for key in store.keys() {
        let Some(id) = id_in(&key).filter(|id| entries.iter().all(|entry| entry.id != *id)) else { continue };
        let slots = Slots::read(store, id);
        if slots.has_newer() {
            insert_latest_first(&mut entries, Entry { id, record: None });
        } else if let Some((_, record)) = slots.latest() {
            insert_latest_first(&mut entries, Entry { id, record: Some(record.clone()) });
        }
    }
    entries
}

/// The plans that were deleted and can still be brought back, the one stored last first.
pub fn deleted(store: &dyn Store) -> Vec<Entry> {
    let mut entries = Vec::new();
    for id in store.keys().into_iter().filter_map(|key| DocId::parse(key.strip_prefix(BIN)?)) {
        if let Some(Ok(record)) = store.get(&bin_key(id)).map(|text| codec::record_from_text(&text)) {
            insert_latest_first(&mut entries, Entry { id, record: Some(record) });
        }
    }
    entries
}

/// What could not be read, as key and text.
pub fn put_aside(store: &dyn Store) -> Vec<(String, String)> {
    let keys = store.keys().into_iter().filter(|key| key.starts_with(ASIDE));
    keys.filter_map(|key| store.get(&key).map(|text| (key, text))).collect()
}

/// The damaged texts that still lie in a slot, under keys of their own.
pub fn put_damaged_aside(store: &dyn Store) {
    for key in store.keys() {
        if let Some(id) = id_in(&key) {
            // Where there is no room for it, it stays where it is.
            Slots::read(store, id).put_damaged_aside(store, id).ok();
        }
    }
}

/// Forgets a text that was put aside.
pub fn forget_aside(store: &dyn Store, key: &str) {
    if key.starts_with(ASIDE) {
        store.remove(key);
    }
}

/// Reads a plan.
pub fn open(store: &dyn Store, id: DocId) -> Found {
    let slots = Slots::read(store, id);
    if slots.has_newer() {
        return Found::Newer;
    }
    let damaged = slots.put_damaged_aside(store, id).unwrap_or(true);
    match slots.latest() {
        Some((_, record)) if damaged => Found::Earlier(Box::new(record.clone())),
        Some((_, record)) => Found::Plan(Box::new(record.clone())),
        None if damaged => Found::Damaged,
        None => Found::Nothing,
    }
}

/// Stores a plan, if nobody has stored a later revision than `seen` (zero for a plan that is not stored yet).
///
/// # Errors
/// Says why it is not stored; what was stored before still is.
pub fn save(
    store: &dyn Store,
    id: DocId,
    plan: &Plan,
    base: Option<Fingerprint>,
    seen: u64,
    now_ms: u64,
) -> Result<Record, NotSaved> {
    let slots = Slots::read(store, id);
    if slots.has_newer() {
        return Err(NotSaved::Newer);
    }
    let latest = slots.latest();
    if let Some((_, record)) = latest
        && record.revision > seen
    {
        if record.plan == *plan {
            return Ok(record.clone());
        }
        return Err(NotSaved::ChangedElsewhere(Box::new(record.clone())));
    }
    slots.put_damaged_aside(store, id)?;
    let slot = if latest.is_some_and(|(slot, _)| slot == SLOTS[0]) { SLOTS[1] } else { SLOTS[0] };
    let record = Record { revision: seen + 1, saved_at_ms: now_ms, plan: plan.clone(), base };
    keep(store, &slot_key(id, slot), &codec::text_from_record(&record))?;
    Ok(record)
}

/// Keeps the state that a link was made from, so that a plan that comes back can be compared with it. Given up first when
/// room is short.
pub fn keep_snapshot(store: &dyn Store, plan: &Plan, now_ms: u64) {
    let record = Record { revision: 0, saved_at_ms: now_ms, plan: plan.clone(), base: None };
    let key = format!("{SNAPSHOTS}{}", DocId(codec::fingerprint_of(plan).0));
    store.set(&key, &codec::text_from_record(&record)).ok();
}

/// Deletes a plan; [`restore`] brings it back.
///
/// # Errors
/// When the plan could not be kept for that; it is not deleted then.
pub fn delete(store: &dyn Store, id: DocId) -> Result<(), NotSaved> {
    let slots = Slots::read(store, id);
    if slots.has_newer() {
        return Err(NotSaved::Newer);
    }
    slots.put_damaged_aside(store, id)?;
    if let Some((latest, record)) = slots.latest() {
        let other = if latest == SLOTS[0] { SLOTS[1] } else { SLOTS[0] };
        store.remove(&slot_key(id, other));
        keep(store, &bin_key(id), &codec::text_from_record(record))?;
        store.remove(&slot_key(id, latest));
    }
    Ok(())
}

/// Brings a deleted plan back: under its own id, or under `other` if another window has stored it again since.
///
/// # Errors
/// When there is no room for it; it stays where it is then.
pub fn restore(store: &dyn Store, id: DocId, other: DocId) -> Result<(), NotSaved> {
    if let Some(text) = store.get(&bin_key(id)) {
        let is_free = SLOTS.iter().all(|&slot| store.get(&slot_key(id, slot)).is_none());
        let kept = keep(store, &slot_key(if is_free { id } else { other }, SLOTS[0]), &text);
        if kept.is_ok() {
            store.remove(&bin_key(id));
        } else {
            // It may have been given up to make room for itself.
            store.set(&bin_key(id), &text).ok();
        }
        return kept;
    }
    Ok(())
}

/// Forgets every deleted plan.
pub fn empty_bin(store: &dyn Store) {
    for entry in deleted(store) {
        store.remove(&bin_key(entry.id));
    }
}

/// The plans in a text such as the page hands out after a crash, the one stored last first. A line is a key, white space, and
/// a record; of two for one plan the later counts.
pub fn plans_in(text: &str) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    for line in text.lines() {
        let Some((key, rest)) = line.split_once(char::is_whitespace) else { continue };
        let (Some(id), Ok(record)) = (id_in(key), codec::record_from_text(rest.trim())) else { continue };
        let revision = |entry: &Entry| entry.record.as_ref().map_or(0, |record| record.revision);
        match entries.iter().position(|entry| entry.id == id) {
            Some(known) if entries.get(known).map_or(0, revision) > record.revision => continue,
            Some(known) => _ = entries.remove(known),
            None => {}
        }
        insert_latest_first(&mut entries, Entry { id, record: Some(record) });
    }
    entries
}

/// Stores plans that came together, each under an id of its own, unless an equal one is stored already.
///
/// # Errors
/// Says why one is not stored; those before it are.
pub fn add(store: &dyn Store, plans: Vec<Entry>, fresh_id: fn() -> DocId) -> Result<(), NotSaved> {
    let known = entries(store);
    for record in plans.into_iter().filter_map(|entry| entry.record) {
        if !known.iter().filter_map(|entry| entry.record.as_ref()).any(|known| known.plan == record.plan) {
            save(store, fresh_id(), &record.plan, record.base, 0, record.saved_at_ms)?;
        }
    }
    Ok(())
}

/// Whether a key belongs to the plan with this id.
pub fn is_key_of(key: &str, id: DocId) -> bool {
    SLOTS.iter().any(|&slot| key == slot_key(id, slot))
}

/// Puts a text under a key and reads it back; gives up snapshots, the oldest first, then deleted plans, when there is no room.
fn keep(store: &dyn Store, key: &str, text: &str) -> Result<(), NotSaved> {
    let mut spare = None;
    loop {
        match store.set(key, text) {
            Ok(()) if store.get(key).as_deref() == Some(text) => return Ok(()),
            // It took the text and gave back another: nothing that is written there can be relied on.
            Ok(()) => return Err(NotSaved::Blocked),
            Err(NotKept::Blocked) => return Err(NotSaved::Blocked),
            Err(NotKept::Full) => {
                let dispensable = spare.get_or_insert_with(|| dispensable(store, key));
                let Some(oldest) = dispensable.pop() else { return Err(NotSaved::Full) };
                store.remove(&oldest);
            }
        }
    }
}

/// The keys that can be given up, the first to go last; never `needed` itself.
fn dispensable(store: &dyn Store, needed: &str) -> Vec<String> {
    let mut found: Vec<(bool, u64, String)> = Vec::new();
    for key in store.keys() {
        let is_snapshot = key.starts_with(SNAPSHOTS);
        // No damaged text is worth a plan that can be brought back.
        if key != needed && (is_snapshot || key.starts_with(BIN) && !needed.starts_with(ASIDE)) {
            let record = store.get(&key).and_then(|text| codec::record_from_text(&text).ok());
            let entry = (is_snapshot, record.map_or(0, |record| u64::MAX - record.saved_at_ms), key);
            let place = found.iter().position(|known| *known > entry).unwrap_or(found.len());
            found.insert(place, entry);
        }
    }
    found.into_iter().map(|(_, _, key)| key).collect()
}

/// What lies in the two slots of a plan.
struct Slots([(char, Option<Result<Record, RecordError>>); 2]);

impl Slots {
    fn read(store: &dyn Store, id: DocId) -> Self {
        Self(SLOTS.map(|slot| (slot, store.get(&slot_key(id, slot)).map(|text| codec::record_from_text(&text)))))
    }

    fn has_newer(&self) -> bool {
        self.0.iter().any(|(_, content)| matches!(content, Some(Err(RecordError::Newer))))
    }

    /// The readable record with the highest revision, and its slot.
    fn latest(&self) -> Option<(char, &Record)> {
        let readable = self.0.iter().filter_map(|(slot, content)| Some((*slot, content.as_ref()?.as_ref().ok()?)));
        readable.max_by_key(|(_, record)| record.revision)
    }

    /// Moves texts that cannot be read to keys of their own; true if there were any.
    ///
    /// # Errors
    /// Says why one of them stays where it is: its slot must not be written to then.
    fn put_damaged_aside(&self, store: &dyn Store, id: DocId) -> Result<bool, NotSaved> {
        let mut any = false;
        for (slot, content) in &self.0 {
            if let Some(Err(RecordError::Corrupt)) = content {
                any = true;
                let key = slot_key(id, *slot);
                let Some(text) = store.get(&key) else { continue };
                let free = (0_u32..).map(|number| format!("{ASIDE}{id}.{number}")).find(|key| store.get(key).is_none());
                if let Some(free) = free {
                    keep(store, &free, &text)?;
                    store.remove(&key);
                }
            }
        }
        Ok(any)
    }
}

/// The plan that a key belongs to.
fn id_in(key: &str) -> Option<DocId> {
    DocId::parse(key.strip_prefix(PLANS)?.split('.').next()?)
}

fn slot_key(id: DocId, slot: char) -> String {
    format!("{PLANS}{id}.{slot}")
}

fn bin_key(id: DocId) -> String {
    format!("{BIN}{id}")
}

/// Puts an entry into its place among the others, the one stored last first.
///
/// The list is short, and a library sort is code anew for each type that is sorted.
fn insert_latest_first(entries: &mut Vec<Entry>, entry: Entry) {
    let saved = |entry: &Entry| entry.record.as_ref().map_or(u64::MAX, |record| record.saved_at_ms);
    let comes_later = |known: &Entry| (saved(known), known.id.0) < (saved(&entry), entry.id.0);
    let place = entries.iter().position(comes_later).unwrap_or(entries.len());
    entries.insert(place, entry);
}

#[cfg(test)]
mod tests;
