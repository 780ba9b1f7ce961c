//! Which plan is open, where it is kept, and whether that is true.
//!
//! A plan is stored at the first change, then within a second of every other and when the page is hidden. Nothing that arrives
//! replaces stored work: it opens beside it.

use leptos::prelude::*;

use crate::browser::clock::{self, Debounce};
use crate::browser::storage::{self as device, Device};
use crate::browser::{files, location, page, random_bytes};
use crate::codec::{self, Fingerprint, LinkError};
use crate::library::{self, DocId, Entry, Found, NotKept, NotSaved, Store};
use crate::plan::{ItemId, Lineage, Plan, clean_text, examples, limits};
use crate::report::words;
use crate::ui::dialog::Showing;
use crate::ui::fields::effect;
use crate::ui::workbench::Workbench;

/// The plan that is open in this tab, or was last on this device.
const OPEN: &str = "backcast.open";

/// How the page looks on this device; `public/theme.js` reads it before the first paint.
const THEME: &str = "backcast.theme";

impl Store for Device {
    fn get(&self, key: &str) -> Option<String> {
        Device::get(*self, key)
    }

    fn set(&self, key: &str, text: &str) -> Result<(), NotKept> {
        Device::set(*self, key, text).map_err(|reason| match reason {
            device::NotStored::Blocked => NotKept::Blocked,
            device::NotStored::Full => NotKept::Full,
        })
    }

    fn remove(&self, key: &str) {
        Device::remove(*self, key);
    }

    fn keys(&self) -> Vec<String> {
        Device::keys(*self)
    }
}

/// What the chip says.
#[derive(Clone, Debug, PartialEq)]
pub enum Status {
    /// The example, unchanged: nothing to store yet.
    Example,
    /// A plan that arrived, unchanged: not stored yet.
    Copy,
    /// Changed a moment ago.
    Saving,
    /// Stored at this time.
    Saved(u64),
    /// Not stored, and why.
    NotSaved(NotSaved),
}

/// Something that is said above the answer until it is put away.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// The words.
    pub text: String,
    /// Whether something is wrong.
    pub is_warning: bool,
    /// What can be done about it, besides putting it away.
    pub remedies: Vec<Remedy>,
}

/// What can be done about a notice.
#[derive(Clone, Debug, PartialEq)]
pub enum Remedy {
    /// Hand out the plan on the workbench as a file.
    Download,
    /// Go on to another plan, leaving the one that is not stored.
    Leave(Box<Next>),
    /// Store mine under a name of its own.
    KeepMine,
    /// Take what the other window has stored; mine stays on the undo stack.
    TakeTheirs,
    /// Bring a deleted plan back.
    Restore(DocId),
}

/// A plan that is to take the place of the one on the workbench.
#[derive(Clone, Debug, PartialEq)]
pub enum Next {
    /// The example, as a new plan.
    New,
    /// A stored one.
    Stored(DocId),
    /// One that came from outside, the state it was made from, and whether it is the one in the address bar.
    Arrival(Plan, Fingerprint, bool),
}

/// The document on the workbench.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Document {
    id: DocId,
    /// The revision that was read or stored last; zero before the first.
    revision: u64,
    /// The state it came from, if it came in a link.
    base: Option<Fingerprint>,
}

/// What is true of the open document, in one signal.
struct State {
    document: Document,
    status: Status,
    notice: Option<Notice>,
    /// What is spoken, once and politely.
    spoken: String,
    /// The stage whose details are open.
    editing: Option<ItemId>,
}

impl Document {
    fn fresh(base: Option<Fingerprint>) -> Self {
        Self { id: fresh_id(), revision: 0, base }
    }
}

/// The open document and everything around it.
#[derive(Clone, Copy)]
pub struct Desk {
    /// The plan.
    pub workbench: Workbench,
    /// What stands in the dialog over the page.
    pub showing: RwSignal<Option<Showing>>,
    /// The document that was opened last: drafts of another are forgotten with it.
    pub opened: RwSignal<String>,
    state: RwSignal<State>,
    device: Device,
    autosave: Debounce,
}

impl Desk {
    /// Opens what the address, this tab, or this device asks for; the example otherwise.
    pub fn open_at_start() -> Self {
        let desk = Self {
            workbench: Workbench::new(example()),
            showing: RwSignal::new(None),
            opened: RwSignal::default(),
            state: RwSignal::new(State {
                document: Document::fresh(None),
                status: Status::Example,
                notice: None,
                spoken: String::new(),
                editing: None,
            }),
            device: Device::probe(),
            autosave: Debounce::new(400),
        };
        library::put_damaged_aside(&desk.device);
        let damaged = library::put_aside(&desk.device).len();
        if !location::is_safe_start() {
            desk.open_last();
        }
        if damaged > 0 && desk.state.read_untracked().notice.is_none() {
            desk.warn("A stored plan could not be read. It was put aside; under Plans it can be downloaded.", vec![]);
        }
        desk.open_address();
        desk.follow();
        desk
    }

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

    fn go_now(self, next: Next) {
        let is_from_address = matches!(next, Next::Arrival(_, _, true));
        if !is_from_address {
            location::show_fragment("");
        }
        match next {
            Next::New => self.place(example(), Document::fresh(None), Status::Example),
            Next::Stored(id) => self.open(id),
            Next::Arrival(plan, base, _) => {
                self.place(plan, Document::fresh(Some(base)), Status::Copy);
                let origin = if is_from_address {
                    "This plan arrived as a link."
                } else {
                    "This plan came from a file or a text."
                };
                let text =
                    format!("{origin} It is a copy of your own: stored on this device once you change something.");
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
                    self.arrive(plan, base, false);
                }
                Err(error) => self.warn(&format!("This file is no plan that can be opened. {error}"), vec![]),
            }
            return;
        }
        if let Some(record) = library::latest_in(text) {
            let base = record.base.unwrap_or_else(|| codec::fingerprint_of(&record.plan));
            return self.arrive(record.plan, base, false);
        }
        match codec::plan_from_link(text) {
            Ok(shared) => self.arrive(shared.plan, shared.base, false),
            Err(error) => self.warn(&link_error(error), vec![]),
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

    /// Opens the dialog.
    pub fn show(self, showing: Showing) {
        self.showing.set(Some(showing));
    }

    /// Closes it.
    pub fn close_dialog(self) {
        self.showing.set(None);
    }

    /// What the chip says.
    pub fn status(self) -> Status {
        self.state.read().status.clone()
    }

    /// What is said above the answer.
    pub fn notice(self) -> Option<Notice> {
        self.state.read().notice.clone()
    }

    /// Puts the notice away.
    pub fn dismiss(self) {
        self.put_notice(None);
    }

    /// What is spoken.
    pub fn spoken(self) -> String {
        self.state.read().spoken.clone()
    }

    /// Has something spoken.
    pub fn speak(self, text: &str) {
        self.state.update(|state| text.clone_into(&mut state.spoken));
    }

    /// The stage whose details are open.
    pub fn editing(self) -> Option<ItemId> {
        self.state.read().editing
    }

    /// Opens the details of a stage, or closes them.
    pub fn edit_stage(self, stage: Option<ItemId>) {
        self.state.update(|state| state.editing = stage);
    }

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

    /// Whether this stored plan is the one on the workbench.
    pub fn is_open(self, id: DocId) -> bool {
        self.document().id == id
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
            let latest = untrack(|| self.entries()).first().map(|entry| entry.id);
            self.go_now(latest.map_or(Next::New, Next::Stored));
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

    /// Does what a notice offers.
    pub fn remedy(self, remedy: Remedy) {
        if remedy != Remedy::Download {
            self.put_notice(None);
        }
        match remedy {
            Remedy::Download => self.download(),
            Remedy::Leave(next) => self.go_now(*next),
            Remedy::KeepMine => self.keep_mine(),
            Remedy::TakeTheirs => self.take_theirs(),
            Remedy::Restore(id) => self.restore(id),
        }
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

    /// `light`, `dark`, or nothing for what the system says.
    pub fn theme(self) -> String {
        self.device.get(THEME).filter(|theme| theme == "light" || theme == "dark").unwrap_or_default()
    }

    /// Chooses the appearance, for this device and not for the plan.
    pub fn set_theme(self, theme: &str) {
        page::set_theme(Some(theme).filter(|theme| !theme.is_empty()));
        self.device.set(THEME, theme).ok();
    }

    /// Says something that is wrong.
    pub fn warn(self, text: &str, remedies: Vec<Remedy>) {
        self.put_notice(Some(Notice { text: text.to_owned(), is_warning: true, remedies }));
    }

    /// Says something that was done.
    pub fn tell(self, text: &str, remedies: Vec<Remedy>) {
        self.put_notice(Some(Notice { text: text.to_owned(), is_warning: false, remedies }));
    }

    fn open_last(self) {
        let last = device::tab_get(OPEN).or_else(|| self.device.get(OPEN)).and_then(|text| DocId::parse(&text));
        let entries = library::entries(&self.device);
        let known = last.filter(|last| entries.iter().any(|entry| entry.id == *last));
        let latest = entries.iter().find(|entry| entry.record.is_some()).map(|entry| entry.id);
        if let Some(id) = known.or(latest) {
            self.open(id);
        }
    }

    /// Opens the plan in the address bar, if there is one.
    fn open_address(self) {
        match codec::plan_from_link(&location::fragment()) {
            Ok(shared) => self.arrive(shared.plan, shared.base, true),
            Err(LinkError::NotALink) => {}
            Err(error) => {
                self.warn(&link_error(error), vec![]);
                location::show_fragment("");
            }
        }
    }

    /// A plan that came from outside: the stored one if it is the same, else a copy that is stored at the first change.
    fn arrive(self, plan: Plan, base: Fingerprint, is_from_address: bool) {
        self.flush();
        let same = |entry: &Entry| entry.record.as_ref().is_some_and(|record| record.plan == plan);
        if let Some(entry) = library::entries(&self.device).into_iter().find(same) {
            if !self.is_open(entry.id) || self.workbench.plan_now() != plan {
                self.go(Next::Stored(entry.id));
            }
            return;
        }
        self.go(Next::Arrival(plan, base, is_from_address));
    }

    fn place_stored(self, id: DocId, record: codec::Record) {
        let document = Document { id, revision: record.revision, base: record.base };
        self.place(record.plan, document, Status::Saved(record.saved_at_ms));
        self.remember(id);
    }

    fn place(self, plan: Plan, document: Document, status: Status) {
        self.autosave.cancel();
        self.state.update_untracked(|state| state.document = document);
        self.put_notice(None);
        self.state.update(|state| state.status = status);
        self.workbench.load(plan);
        self.opened.set(document.id.to_string());
    }

    /// Stores every change, watches the other windows, and listens to the address bar.
    fn follow(self) {
        let mut seen = self.workbench.changes();
        effect(Box::new(move || {
            let changes = self.workbench.changes();
            if changes == seen {
                return;
            }
            seen = changes;
            self.state.update(|state| state.status = Status::Saving);
            self.autosave.run(move || self.save());
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
                self.state
                    .update_untracked(|state| state.document = Document { revision: record.revision, ..document });
                self.state.update(|state| state.status = Status::Saved(record.saved_at_ms));
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
                self.state.update(|state| state.status = Status::NotSaved(reason));
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
                self.state.update(|state| {
                    state.document.revision = 0;
                    state.status = Status::Copy;
                });
                self.tell(
                    "This plan was deleted in another window. It is stored again once you change something.",
                    vec![],
                );
            }
            _ => {}
        }
    }

    fn adopt(self, record: codec::Record) {
        let document = self.document();
        self.state.update_untracked(|state| {
            state.document = Document { revision: record.revision, base: record.base, ..document }
        });
        self.workbench.edit(|plan| *plan = record.plan);
        // That edit is stored already: it came from there.
        let saved_at = record.saved_at_ms;
        let is_stored = move || {
            self.autosave.cancel();
            self.state.update(|state| state.status = Status::Saved(saved_at));
        };
        clock::after(0, Box::new(is_stored));
    }

    fn take_theirs(self) {
        // What it has by now, not what it had when the question was put.
        if let Found::Plan(record) | Found::Earlier(record) = library::open(&self.device, self.document().id) {
            self.adopt(*record);
        }
    }

    fn keep_mine(self) {
        let document = self.document();
        self.state.update_untracked(|state| state.document = Document { id: fresh_id(), revision: 0, ..document });
        self.state.update(|state| state.status = Status::Saving);
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

    fn report(self, result: Result<(), NotSaved>) {
        if let Err(reason) = result {
            self.warn(&not_saved(&reason), vec![]);
        }
    }

    /// Has lists of what is stored drawn anew.
    fn shelf_changed(self) {
        self.state.notify();
    }

    fn document(self) -> Document {
        self.state.read_untracked().document
    }

    fn status_now(self) -> Status {
        self.state.read_untracked().status.clone()
    }

    fn put_notice(self, notice: Option<Notice>) {
        self.state.update(|state| state.notice = notice);
    }
}

/// Why something is not stored, in a sentence.
pub fn not_saved(reason: &NotSaved) -> String {
    match reason {
        NotSaved::Blocked => "This browser blocks storage for this page. Download the plan, or share it as a link, before you leave.",
        NotSaved::Full => "The storage of this browser for this site is full. Download the plan, or delete plans that you no longer need.",
        NotSaved::ChangedElsewhere(_) => "This plan was changed in another window too. Keep both, or take what the other window has.",
        NotSaved::Newer => "A newer version of Backcast has stored this plan. Download it, then reload the page to get that version.",
    }
    .to_owned()
}

/// The name for a plan's files.
pub fn file_name(plan: &Plan) -> String {
    let is_plain = |character: char| !character.is_ascii() || character.is_ascii_alphanumeric();
    let name: String = plan.name.chars().map(|character| if is_plain(character) { character } else { '-' }).collect();
    let name = name.trim_matches('-').to_ascii_lowercase();
    if name.is_empty() { "plan".to_owned() } else { name }
}

/// Why a link does not open, and whom to ask.
fn link_error(error: LinkError) -> String {
    let what = match error {
        LinkError::NotALink => return "There is no plan in this text. Paste a link, or the text of a plan file.".to_owned(),
        LinkError::Empty => "This link carries no plan: only its beginning arrived. Ask the sender for the whole link.".to_owned(),
        LinkError::CutOff { arrived, of: Some(of) } => format!(
            "This link was cut off on its way: {arrived} of {of} characters arrived. Ask the sender for the whole link, or for the plan as a file."
        ),
        LinkError::CutOff { of: None, .. } => {
            "This link was cut off on its way. Ask the sender for the whole link, or for the plan as a file.".to_owned()
        }
        LinkError::Damaged => {
            "This link was changed on its way, so its figures cannot be trusted. Ask the sender for it again, or for the plan as a file.".to_owned()
        }
        LinkError::Newer => {
            "This link was made with a newer version of Backcast. Reload this page to get that version, then open the link again.".to_owned()
        }
        LinkError::Invalid(fault) => match fault {
            codec::Fault::Refused(refusal) => format!("This link holds a plan that cannot be opened. {}", words::refusal(refusal)),
            _ => "This link holds something that is no plan.".to_owned(),
        },
    };
    format!("{what} Your own plans are untouched.")
}

fn example() -> Plan {
    examples::three_figures(Lineage(random_bytes()), clock::today())
}

fn fresh_id() -> DocId {
    DocId(random_bytes())
}

/// *Europe (copy)*, within the length of a name.
fn copy_name(name: &str) -> String {
    const SUFFIX: &str = " (copy)";
    format!("{}{SUFFIX}", clean_text(name, limits::NAME_CHARS - SUFFIX.len()))
}
