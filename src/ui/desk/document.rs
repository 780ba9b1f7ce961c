//! The document on the workbench: opened, arriving, stored, followed.

use leptos::prelude::*;

use crate::browser::storage as device;
use crate::browser::{clock, files, location, page, random_bytes};
use crate::codec::{self, Fingerprint, LinkError};
use crate::library::{self, DocId, Entry, Found, NotSaved};
use crate::plan::{Lineage, Plan, Scope, clean_text, examples, limits};
use crate::ui::desk::wording::{link_error, not_saved};
use crate::ui::desk::{Desk, Document, Next, Origin, Remedy, Status};
use crate::ui::fields::effect;

/// The plan that is open in this tab, or was last on this device.
const OPEN: &str = "backcast.open";

impl Desk {
    /// Puts another plan on the workbench; asks first when the one that lies there is not stored.
    pub fn go(self, next: Next) {
        self.flush();
        if matches!(self.status_now(), Status::NotSaved(_)) {
            let what = if matches!(next, Next::Arrival(..)) { "A plan arrived, and the one" } else { "The plan" };
            let text = format!("{what} on this page is not stored. Download yours before you open the other.");
            return self.warn(&text, vec![Remedy::Download, Remedy::Leave(Box::new(next))]);
        }
        self.go_now(next);
    }

    pub(super) fn go_now(self, next: Next) {
        let is_from_address = matches!(next, Next::Arrival(_, _, Origin::Address));
        if !is_from_address {
            location::show_fragment("");
        }
        match next {
            Next::New => self.place(example(), Document::fresh(None), Status::Example),
            Next::Stored(id) => self.open(id),
            Next::Arrival(plan, base, origin) => {
                self.place(plan, Document::fresh(Some(base)), Status::Copy);
                let origin = match origin {
                    Origin::Address => "This plan arrived as a link.",
                    Origin::Text => "This plan came from a file or a text.",
                    Origin::Example => "This is an example.",
                };
                let text =
                    format!("{origin} Your own plans are untouched: it is kept beside them once you change something.");
                self.tell(&text, vec![]);
            }
        }
    }

    fn open(self, id: DocId) {
        match library::open(&self.device, id) {
            Found::Plan(record) => self.place_stored(id, *record),
            Found::Earlier(record) => {
                self.place_stored(id, *record);
                self.warn(
                    "The last state of this plan could not be read and was put aside; this is the one before.",
                    vec![],
                );
            }
            Found::Damaged => {
                self.warn("This plan could not be read. It was put aside; under Plans it can be downloaded.", vec![]);
            }
            Found::Newer => {
                self.warn(
                    "This plan was stored by a newer version of Backcast. Reload the page to get that version.",
                    vec![],
                );
            }
            Found::Nothing => self.warn("This plan is no longer on this device.", vec![]),
        }
        self.shelf_changed();
    }

    /// Opens whatever text arrived by file, paste or drop: a plan as JSON, or anything that holds a link.
    pub fn open_text(self, text: &str) {
        if text.trim_start().starts_with('{') {
            match codec::plan_from_json(text) {
                Ok(plan) => {
                    let base = codec::fingerprint_of(&plan);
                    self.arrive(plan, base, Origin::Text);
                }
                Err(error) => self.warn(&format!("This file is no plan that can be opened. {error}"), vec![]),
            }
            return;
        }
        let mut others = library::plans_in(text);
        if let Some(record) = others.first_mut().and_then(|latest| latest.record.take()) {
            self.report(library::add(&self.device, others, fresh_id));
            let base = record.base.unwrap_or_else(|| codec::fingerprint_of(&record.plan));
            return self.arrive(record.plan, base, Origin::Text);
        }
        match codec::plan_from_link(text) {
            Ok(shared) => self.arrive(shared.plan, shared.base, Origin::Text),
            Err(error) => self.warn(&link_error(error), vec![]),
        }
    }

    /// Opens one of the plans that are offered, beside what is stored.
    pub fn open_example(self, token: &str) {
        if let Some(plan) = codec::example(token, Lineage(random_bytes()), clock::today()) {
            let base = codec::fingerprint_of(&plan);
            self.arrive(plan, base, Origin::Example);
        }
    }

    /// The link to the plan as it is, put into the address bar. The state is kept, to be compared with a plan that comes back.
    pub fn share(self) -> String {
        let plan = self.workbench.plan_now();
        library::keep_snapshot(&self.device, &plan, clock::now_ms());
        let link = codec::link_from_plan(&plan, self.document().base);
        location::show_fragment(&link);
        location::address_with(&link)
    }

    /// Hands out the plan as a file.
    pub fn download(self) {
        let plan = self.workbench.plan_now();
        files::download(
            &format!("{}.backcast.json", file_name(&plan)),
            "application/json",
            codec::json_from_plan(&plan).as_bytes(),
        );
    }

    /// Stores what is not stored yet.
    pub fn flush(self) {
        if matches!(self.status_now(), Status::Saving | Status::NotSaved(NotSaved::Full)) {
            self.save();
        }
    }

    pub(super) fn open_last(self) {
        let last = device::tab_get(OPEN).or_else(|| self.device.get(OPEN)).and_then(|text| DocId::parse(&text));
        let entries = library::entries(&self.device);
        let known = last.filter(|last| entries.iter().any(|entry| entry.id == *last));
        let latest = entries.iter().find(|entry| entry.record.is_some()).map(|entry| entry.id);
        if let Some(id) = known.or(latest) {
            self.open(id);
        }
    }

    /// Opens the plan in the address bar, if there is one.
    pub(super) fn open_address(self) {
        match codec::plan_from_link(&location::fragment()) {
            Ok(shared) => self.arrive(shared.plan, shared.base, Origin::Address),
            Err(LinkError::NotALink) => {}
            Err(error) => {
                self.warn(&link_error(error), vec![]);
                location::show_fragment("");
            }
        }
    }

    /// A plan that came from outside: the stored one if it is the same, else a copy that is stored at the first change.
    fn arrive(self, plan: Plan, base: Fingerprint, origin: Origin) {
        self.flush();
        let same = |entry: &Entry| entry.record.as_ref().is_some_and(|record| record.plan == plan);
        if let Some(entry) = library::entries(&self.device).into_iter().find(same) {
            if !self.is_open(entry.id) || self.workbench.plan_now() != plan {
                self.go(Next::Stored(entry.id));
            }
            return;
        }
        self.go(Next::Arrival(plan, base, origin));
    }

    fn place_stored(self, id: DocId, record: codec::Record) {
        let document = Document { id, revision: record.revision, base: record.base };
        self.place(record.plan, document, Status::Saved(record.saved_at_ms));
        self.remember(id);
    }

    fn place(self, plan: Plan, document: Document, status: Status) {
        self.look_at(Scope::Whole);
        self.settle(document, status);
        // Ids are a plan's own: in this one the same id is another stage.
        self.edit_stage(None);
        self.put_notice(None);
        self.workbench.load(plan);
        self.opened.set(document.id.to_string());
    }

    /// Says what is true of the plan as it is now; nothing waits to be stored any more.
    fn settle(self, document: Document, status: Status) {
        self.autosave.cancel();
        let settled_at = untrack(|| self.workbench.changes());
        self.state.update(|state| {
            state.document = document;
            state.status = status;
            state.settled_at = settled_at;
        });
    }

    /// Stores every change, watches the other windows, and listens to the address bar.
    pub(super) fn follow(self) {
        effect(Box::new(move || {
            if self.workbench.changes() != self.state.read_untracked().settled_at {
                self.autosave.run(move || self.save());
            }
        }));
        page::on_hide(move || self.flush());
        page::on_leave(move || {
            self.flush();
            matches!(self.status_now(), Status::NotSaved(_))
        });
        page::on_focus_moved(move || self.workbench.end_typing());
        location::on_fragment(move || self.open_address());
        device::on_change_elsewhere(move |key| self.changed_elsewhere(key));
    }

    fn save(self) {
        let (document, plan) = (self.document(), self.workbench.plan_now());
        match library::save(&self.device, document.id, &plan, document.base, document.revision, clock::now_ms()) {
            Ok(record) => {
                self.settle(Document { revision: record.revision, ..document }, Status::Saved(record.saved_at_ms));
                self.remember(document.id);
                // The stored plan is what a reload opens now; the link in the address bar is another state.
                if codec::find_token(&location::fragment()).is_some() {
                    location::show_fragment("");
                }
                if self
                    .state
                    .read_untracked()
                    .notice
                    .as_ref()
                    .is_some_and(|notice| notice.remedies == [Remedy::Download])
                {
                    self.put_notice(None);
                }
            }
            Err(reason) => {
                let is_said = self.state.read_untracked().notice.as_ref().is_some_and(|notice| notice.is_warning);
                if !is_said {
                    self.say_not_saved(&reason);
                }
                self.settle(document, Status::NotSaved(reason));
            }
        }
        self.shelf_changed();
    }

    fn say_not_saved(self, reason: &NotSaved) {
        let remedies = match reason {
            NotSaved::ChangedElsewhere(_) => vec![Remedy::KeepMine, Remedy::TakeTheirs],
            _ => vec![Remedy::Download],
        };
        self.warn(&format!("Your last changes are not stored. {}", not_saved(reason)), remedies);
    }

    /// Another window has stored something.
    fn changed_elsewhere(self, key: Option<String>) {
        self.shelf_changed();
        let document = self.document();
        let is_mine = key.is_none_or(|key| library::is_key_of(&key, document.id));
        if !is_mine || !matches!(self.status_now(), Status::Saved(_)) {
            return;
        }
        match library::open(&self.device, document.id) {
            // Nothing of mine is unsaved: follow. What was here can be undone to.
            Found::Plan(record) if record.revision > document.revision => {
                self.adopt(*record);
                self.speak("Updated from another window.");
            }
            Found::Nothing => {
                self.settle(Document { revision: 0, ..document }, Status::Copy);
                self.tell(
                    "This plan was deleted in another window. It is stored again once you change something.",
                    vec![],
                );
            }
            _ => {}
        }
    }

    fn adopt(self, record: codec::Record) {
        self.workbench.edit(|plan| *plan = record.plan);
        // That edit is stored already: it came from there.
        let document = Document { revision: record.revision, base: record.base, ..self.document() };
        self.settle(document, Status::Saved(record.saved_at_ms));
    }

    pub(super) fn take_theirs(self) {
        // What it has by now, not what it had when the question was put.
        if let Found::Plan(record) | Found::Earlier(record) = library::open(&self.device, self.document().id) {
            self.adopt(*record);
        }
    }

    pub(super) fn keep_mine(self) {
        let document = self.document();
        self.state.update_untracked(|state| state.document = Document { id: fresh_id(), revision: 0, ..document });
        self.workbench.edit(|plan| plan.name = copy_name(&plan.name));
        self.save();
    }

    fn remember(self, id: DocId) {
        let id = id.to_string();
        device::tab_set(OPEN, &id);
        if self.device.get(OPEN).as_ref() != Some(&id) {
            // Only where to start next time: the plan itself is stored.
            self.device.set(OPEN, &id).ok();
        }
    }
}

/// The name for a plan's files.
pub fn file_name(plan: &Plan) -> String {
    let is_plain = |character: char| !character.is_ascii() || character.is_ascii_alphanumeric();
    let name: String = plan.name.chars().map(|character| if is_plain(character) { character } else { '-' }).collect();
    let name = name.trim_matches('-').to_ascii_lowercase();
    if name.is_empty() { "plan".to_owned() } else { name }
}

pub(super) fn example() -> Plan {
    examples::three_figures(Lineage(random_bytes()), clock::today())
}

pub(super) fn fresh_id() -> DocId {
    DocId(random_bytes())
}

/// *Europe (copy)*, within the length of a name.
pub(super) fn copy_name(name: &str) -> String {
    const SUFFIX: &str = " (copy)";
    format!("{}{SUFFIX}", clean_text(name, limits::NAME_CHARS - SUFFIX.len()))
}
