//! A library over a store in memory: what is kept, what is lost when the store refuses, and what nobody may overwrite.

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
