//! The plans on this device, as the library keeps them.

use leptos::prelude::*;

use crate::browser::clock;
use crate::browser::storage::{Device, NotStored};
use crate::library::{self, DocId, Entry, Found, NotKept, NotSaved, Store};
use crate::plan::{clean_text, limits};
use crate::ui::desk::document::{copy_name, fresh_id};
use crate::ui::desk::wording::not_saved;
use crate::ui::desk::{Desk, Next, Remedy};

impl Store for Device {
    fn get(&self, key: &str) -> Option<String> {
        Device::get(*self, key)
    }

    fn set(&self, key: &str, text: &str) -> Result<(), NotKept> {
        Device::set(*self, key, text).map_err(|reason| match reason {
            NotStored::Blocked => NotKept::Blocked,
            NotStored::Full => NotKept::Full,
        })
    }

    fn remove(&self, key: &str) {
        Device::remove(*self, key);
    }

    fn keys(&self) -> Vec<String> {
        Device::keys(*self)
    }
}

impl Desk {
    /// Every stored plan, the last one first.
    pub fn entries(self) -> Vec<Entry> {
        self.state.track();
        library::entries(&self.device)
    }

    /// Every deleted plan that can be brought back.
    pub fn deleted(self) -> Vec<Entry> {
        self.state.track();
        library::deleted(&self.device)
    }

    /// What could not be read, as key and text.
    pub fn put_aside(self) -> Vec<(String, String)> {
        self.state.track();
        library::put_aside(&self.device)
    }

    /// Stores a copy of a stored plan under a name of its own.
    pub fn duplicate(self, id: DocId) {
        self.flush();
        if let Found::Plan(record) | Found::Earlier(record) = library::open(&self.device, id) {
            let mut plan = record.plan;
            plan.name = copy_name(&plan.name);
            self.report(library::save(&self.device, fresh_id(), &plan, record.base, 0, clock::now_ms()).map(|_| ()));
        }
        self.shelf_changed();
    }

    /// Gives a stored plan another name.
    pub fn rename(self, id: DocId, name: &str) {
        let name = clean_text(name, limits::NAME_CHARS);
        if self.is_open(id) {
            self.workbench.edit(|plan| plan.name = name);
            self.flush();
        } else if let Found::Plan(record) | Found::Earlier(record) = library::open(&self.device, id) {
            let mut plan = record.plan;
            plan.name = name;
            let saved = library::save(&self.device, id, &plan, record.base, record.revision, clock::now_ms());
            self.report(saved.map(|_| ()));
        }
        self.shelf_changed();
    }

    /// Deletes a stored plan, and offers to bring it back.
    pub fn delete(self, id: DocId, name: &str) {
        self.flush();
        if let Err(reason) = library::delete(&self.device, id) {
            return self.warn(&format!("“{name}” was not deleted. {}", not_saved(&reason)), vec![]);
        }
        if self.is_open(id) {
            let readable = library::entries(&self.device).into_iter().find(|entry| entry.record.is_some());
            self.go_now(readable.map_or(Next::New, |entry| Next::Stored(entry.id)));
        }
        self.tell(&format!("“{name}” was deleted."), vec![Remedy::Restore(id)]);
        self.shelf_changed();
    }

    /// Brings a deleted plan back.
    pub fn restore(self, id: DocId) {
        self.report(library::restore(&self.device, id, fresh_id()));
        self.shelf_changed();
    }

    /// Forgets every deleted plan.
    pub fn empty_bin(self) {
        library::empty_bin(&self.device);
        self.shelf_changed();
    }

    /// Forgets something that could not be read.
    pub fn forget_aside(self, key: &str) {
        library::forget_aside(&self.device, key);
        self.shelf_changed();
    }

    pub(super) fn report(self, result: Result<(), NotSaved>) {
        if let Err(reason) = result {
            self.warn(&not_saved(&reason), vec![]);
        }
    }
}
