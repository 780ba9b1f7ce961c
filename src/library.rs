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
mod tests {
    use std::cell::{Cell, RefCell};
    use std::collections::BTreeMap;

    use super::*;
    use crate::plan::{Lineage, examples};
    use crate::units::{Date, Money};

    /// A store with room for so many characters, that can be made to refuse or to garble.
    struct Memory {
        texts: RefCell<BTreeMap<String, String>>,
        room: Cell<usize>,
        blocked: Cell<bool>,
        garbles: Cell<bool>,
    }

    impl Memory {
        fn new() -> Self {
            Self {
                texts: RefCell::default(),
                room: Cell::new(usize::MAX),
                blocked: Cell::new(false),
                garbles: Cell::new(false),
            }
        }

        fn used(&self) -> usize {
            self.texts.borrow().iter().map(|(key, text)| key.len() + text.len()).sum()
        }

        fn put(&self, key: &str, text: &str) {
            self.texts.borrow_mut().insert(key.to_owned(), text.to_owned());
        }
    }

    impl Store for Memory {
        fn get(&self, key: &str) -> Option<String> {
            self.texts.borrow().get(key).cloned()
        }

        fn set(&self, key: &str, text: &str) -> Result<(), NotKept> {
            if self.blocked.get() {
                return Err(NotKept::Blocked);
            }
            let freed = self.get(key).map_or(0, |old| key.len() + old.len());
            if self.used() - freed + key.len() + text.len() > self.room.get() {
                return Err(NotKept::Full);
            }
            self.put(key, if self.garbles.get() { &text[1..] } else { text });
            Ok(())
        }

        fn remove(&self, key: &str) {
            self.texts.borrow_mut().remove(key);
        }

        fn keys(&self) -> Vec<String> {
            self.texts.borrow().keys().cloned().collect()
        }
    }

    /// A number that no other call gave.
    fn fresh() -> u8 {
        thread_local!(static NEXT: Cell<u8> = const { Cell::new(100) });
        NEXT.set(NEXT.get() + 1);
        NEXT.get()
    }

    const ID: DocId = DocId([1; 8]);

    fn plan(target: u32) -> Plan {
        let mut plan = examples::three_figures(Lineage([1; 8]), Date::parse_iso("2026-11-22").unwrap());
        plan.target = Money::from_major(target);
        plan
    }

    #[track_caller]
    fn saved(store: &Memory, target: u32, seen: u64) -> u64 {
        save(store, ID, &plan(target), None, seen, 1_000 + seen).unwrap().revision
    }

    #[track_caller]
    fn holds(store: &Memory, target: u32) {
        match open(store, ID) {
            Found::Plan(record) | Found::Earlier(record) => assert_eq!(record.plan, plan(target)),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn slots_are_written_in_turn() {
        let store = Memory::new();
        assert_eq!(open(&store, ID), Found::Nothing);
        for seen in 0..4 {
            assert_eq!(saved(&store, 10 + u32::try_from(seen).unwrap(), seen), seen + 1);
        }
        holds(&store, 13);
        assert_eq!(store.keys().len(), 2);
        assert_eq!(entries(&store).len(), 1);
    }

    #[test]
    fn a_damaged_slot_is_put_aside_and_the_other_opens() {
        let store = Memory::new();
        saved(&store, 1, 0);
        saved(&store, 2, 1);
        store.put(&slot_key(ID, 'b'), "torn");
        assert!(matches!(open(&store, ID), Found::Earlier(_)));
        holds(&store, 1);
        assert_eq!(put_aside(&store), [("backcast.aside.0101010101010101.0".to_owned(), "torn".to_owned())]);
        store.put(&slot_key(ID, 'a'), "torn too");
        assert_eq!(open(&store, ID), Found::Damaged);
        assert_eq!(put_aside(&store).len(), 2, "nothing is overwritten");
        forget_aside(&store, "backcast.aside.0101010101010101.0");
        forget_aside(&store, "somebody.else");
        assert_eq!(put_aside(&store).len(), 1);
    }

    #[test]
    fn saving_over_a_damaged_slot_keeps_it_too() {
        let store = Memory::new();
        saved(&store, 1, 0);
        store.put(&slot_key(ID, 'b'), "torn");
        saved(&store, 2, 1);
        holds(&store, 2);
        assert_eq!(put_aside(&store).len(), 1);
    }

    #[test]
    fn what_another_window_stored_is_not_overwritten() {
        let store = Memory::new();
        let seen = saved(&store, 1, 0);
        saved(&store, 2, seen);
        let refused = save(&store, ID, &plan(3), None, seen, 2_000);
        assert!(matches!(refused, Err(NotSaved::ChangedElsewhere(record)) if record.plan == plan(2)));
        holds(&store, 2);
        assert!(save(&store, ID, &plan(2), None, seen, 2_000).is_ok(), "the same state is no conflict");
    }

    #[test]
    fn what_a_newer_version_wrote_is_left_alone() {
        let store = Memory::new();
        saved(&store, 1, 0);
        // Version 2 with its checksum; the rest is for that version to understand.
        let newer = "2.9.9.IpabzQ.future".to_owned();
        store.put(&slot_key(ID, 'b'), &newer);
        assert_eq!(open(&store, ID), Found::Newer);
        assert_eq!(save(&store, ID, &plan(2), None, 9, 1), Err(NotSaved::Newer));
        assert_eq!(delete(&store, ID), Err(NotSaved::Newer));
        assert_eq!(entries(&store), [Entry { id: ID, record: None }]);
        assert_eq!(store.get(&slot_key(ID, 'b')), Some(newer));
    }

    #[test]
    fn a_full_store_gives_up_snapshots_before_deleted_plans_and_never_a_plan() {
        let store = Memory::new();
        saved(&store, 1, 0);
        let size = store.used();
        keep_snapshot(&store, &plan(7), 5);
        keep_snapshot(&store, &plan(8), 6);
        let other = DocId([2; 8]);
        save(&store, other, &plan(9), None, 0, 7).unwrap();
        delete(&store, other).unwrap();
        store.room.set(store.used() + 20);
        saved(&store, 2, 1);
        let snapshots: Vec<String> = store.keys().into_iter().filter(|key| key.starts_with(SNAPSHOTS)).collect();
        let newest = format!("{SNAPSHOTS}{}", DocId(codec::fingerprint_of(&plan(8)).0));
        assert_eq!(snapshots, [newest], "the oldest went");
        assert_eq!(deleted(&store).len(), 1);
        store.room.set(size + size / 2);
        assert_eq!(save(&store, ID, &plan(12_345_678), None, 2, 9), Err(NotSaved::Full));
        holds(&store, 2);
    }

    #[test]
    fn a_store_that_refuses_or_garbles_is_no_store() {
        let store = Memory::new();
        store.blocked.set(true);
        assert_eq!(save(&store, ID, &plan(1), None, 0, 1), Err(NotSaved::Blocked));
        store.blocked.set(false);
        saved(&store, 1, 0);
        store.garbles.set(true);
        assert_eq!(save(&store, ID, &plan(2), None, 1, 1), Err(NotSaved::Blocked));
        store.garbles.set(false);
        holds(&store, 1);
    }

    #[test]
    fn a_deleted_plan_comes_back() {
        let store = Memory::new();
        saved(&store, 1, 0);
        saved(&store, 2, 1);
        delete(&store, ID).unwrap();
        assert_eq!(open(&store, ID), Found::Nothing);
        assert_eq!((entries(&store).len(), deleted(&store).len()), (0, 1));
        restore(&store, ID, DocId([2; 8])).unwrap();
        holds(&store, 2);
        delete(&store, ID).unwrap();
        saved(&store, 3, 0);
        restore(&store, ID, DocId([2; 8])).unwrap();
        holds(&store, 3);
        assert_eq!(entries(&store).len(), 2, "both are there");
        delete(&store, DocId([2; 8])).unwrap();
        empty_bin(&store);
        assert_eq!((entries(&store).len(), deleted(&store).len()), (1, 0));
        delete(&store, ID).unwrap();
        empty_bin(&store);
        assert_eq!(store.keys(), Vec::<String>::new());
    }

    #[test]
    fn a_deleted_plan_that_cannot_come_back_stays_deleted() {
        let store = Memory::new();
        saved(&store, 1, 0);
        delete(&store, ID).unwrap();
        // Not even without itself: the key of a plan is longer than that of a deleted one.
        store.room.set(store.used());
        assert_eq!(restore(&store, ID, DocId([2; 8])), Err(NotSaved::Full));
        assert_eq!((entries(&store).len(), deleted(&store).len()), (0, 1));
        store.room.set(usize::MAX);
        restore(&store, ID, DocId([2; 8])).unwrap();
        holds(&store, 1);
    }

    #[test]
    fn a_damaged_text_does_not_push_a_deleted_plan_out() {
        let store = Memory::new();
        saved(&store, 1, 0);
        delete(&store, ID).unwrap();
        let other = DocId([2; 8]);
        store.put(&slot_key(other, 'a'), "torn");
        store.room.set(store.used());
        put_damaged_aside(&store);
        assert_eq!(deleted(&store).len(), 1);
        assert_eq!(store.get(&slot_key(other, 'a')).as_deref(), Some("torn"), "it stays where it is");
    }

    #[test]
    fn a_damaged_text_that_cannot_be_put_aside_is_not_written_over() {
        let store = Memory::new();
        saved(&store, 1, 0);
        store.put(&slot_key(ID, 'b'), "torn, and longer than the room that is left");
        store.room.set(store.used());
        assert_eq!(save(&store, ID, &plan(2), None, 1, 9), Err(NotSaved::Full));
        assert_eq!(delete(&store, ID), Err(NotSaved::Full));
        assert_eq!(store.get(&slot_key(ID, 'b')).as_deref(), Some("torn, and longer than the room that is left"));
        store.room.set(usize::MAX);
        save(&store, ID, &plan(2), None, 1, 9).unwrap();
        holds(&store, 2);
        assert_eq!(put_aside(&store).len(), 1);
    }

    #[test]
    fn what_a_crash_hands_out_brings_every_plan_back() {
        let store = Memory::new();
        saved(&store, 1, 0);
        saved(&store, 2, 1);
        for (id, target) in [(3, 30), (4, 40)] {
            save(&store, DocId([id; 8]), &plan(target), None, 0, u64::from(target)).unwrap();
        }
        let lines: Vec<String> = store.keys().iter().map(|key| format!("{key}\t{}", store.get(key).unwrap())).collect();
        let reversed: Vec<String> = lines.iter().rev().cloned().collect();
        for text in [lines.join("\n"), reversed.join("\r\n")] {
            let found = plans_in(&text);
            let plans: Vec<Plan> = found.iter().map(|entry| entry.record.clone().unwrap().plan).collect();
            assert_eq!(plans, [plan(2), plan(40), plan(30)]);
            let other = Memory::new();
            save(&other, ID, &plan(30), None, 0, 5).unwrap();
            add(&other, found, || DocId([fresh(); 8])).unwrap();
            let there: Vec<Plan> = entries(&other).into_iter().map(|entry| entry.record.unwrap().plan).collect();
            assert_eq!(there, [plan(2), plan(40), plan(30)], "an equal one is not stored twice");
        }
        assert_eq!(plans_in("nothing of ours"), []);
    }

    #[test]
    fn keys_of_other_programs_are_not_ours() {
        let store = Memory::new();
        for key in
            ["backcast.plan.", "backcast.plan.xyz.a", "backcast.plan.00000000000000zz.a", "backcast.planner", "other"]
        {
            store.put(key, "text");
        }
        assert_eq!(entries(&store), []);
        put_damaged_aside(&store);
        assert_eq!(put_aside(&store), []);
        assert_eq!(DocId::parse(&ID.to_string()), Some(ID));
        assert_eq!(DocId::parse("+000000000000001"), None);
    }
}
