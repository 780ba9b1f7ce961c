//! Which plan is open, where it is kept, and whether that is true.
//!
//! A plan is stored at the first change, then within a second of every other and when the page is hidden. Nothing that arrives
//! replaces stored work: it opens beside it.
//!
//! Here: what is true of the open document, and what is said about it. [`document`] opens and stores it, [`shelf`] keeps the
//! other plans of this device in order, [`wording`] says what went wrong.

mod document;
mod shelf;
mod wording;

pub use document::file_name;

use leptos::prelude::*;

use crate::browser::clock::Debounce;
use crate::browser::storage::Device;
use crate::browser::{location, page};
use crate::codec::Fingerprint;
use crate::engine::Part;
use crate::library::{self, DocId, NotSaved};
use crate::plan::{ItemId, Plan, Scope, SegmentGoal};
use crate::report::parts;
use crate::ui::dialog::Showing;
use crate::ui::fields::Text;
use crate::ui::workbench::{Saying, Workbench};

/// How the page looks on this device; `public/theme.js` reads it before the first paint.
const THEME: &str = "backcast.theme";

/// What the chip says.
#[derive(Clone, Debug, PartialEq)]
pub enum Status {
    /// The example, unchanged: nothing to store yet.
    Example,
    /// A plan that arrived, unchanged: not stored yet.
    Copy,
    /// Changed a moment ago: never kept, it follows from what has changed since.
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
    /// How many changes had been made when it was said.
    at: u32,
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
#[expect(clippy::large_enum_variant, reason = "there is one at a time")]
#[derive(Clone, Debug, PartialEq)]
pub enum Next {
    /// The example, as a new plan.
    New,
    /// A stored one.
    Stored(DocId),
    /// One that came from outside, and the state it was made from.
    Arrival(Plan, Fingerprint, Origin),
}

/// Where a plan came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The address bar.
    Address,
    /// A file, or something pasted.
    Text,
    /// The examples that are offered.
    Example,
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
    /// What is true of the plan as it was after so many changes.
    status: Status,
    settled_at: u32,
    notice: Option<Notice>,
    /// What is spoken, once and politely.
    spoken: String,
    /// The stage whose details are open.
    editing: Option<ItemId>,
    /// The sections of the pages that are open, by title.
    sections: Vec<&'static str>,
}

/// What of the plan is looked at. Drawn anew with every change, so that no draft of one part stands in another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct View {
    /// The page that is open.
    page: Page,
    /// The part of the plan.
    scope: Scope,
}

/// A page of the planner, in the order the work goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Page {
    /// How many.
    #[default]
    Funnel,
    /// By when.
    Calendar,
    /// With whom.
    People,
}

impl Document {
    fn fresh(base: Option<Fingerprint>) -> Self {
        Self { id: document::fresh_id(), revision: 0, base }
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
    view: RwSignal<View>,
    state: RwSignal<State>,
    device: Device,
    autosave: Debounce,
}

impl Desk {
    /// The desk of this page, which [`app`](crate::ui::app) provides to all that is drawn on it.
    pub fn get() -> Self {
        // Not `expect_context`: its words bring 3 kB of code to print types and places with them.
        let Some(desk) = use_context() else { unreachable!("no desk") };
        desk
    }

    /// Opens what the address, this tab, or this device asks for; the example otherwise.
    pub fn open_at_start() -> Self {
        let desk = Self {
            workbench: Workbench::new(document::example()),
            showing: RwSignal::new(None),
            opened: RwSignal::default(),
            view: RwSignal::default(),
            state: RwSignal::new(State {
                document: Document::fresh(None),
                status: Status::Example,
                settled_at: 0,
                notice: None,
                spoken: String::new(),
                editing: None,
                sections: Vec::new(),
            }),
            device: Device::probe(),
            autosave: Debounce::new(400),
        };
        let aside = || library::put_aside(&desk.device).len();
        let known = aside();
        library::put_damaged_aside(&desk.device);
        let has_damaged = aside() > known;
        if !location::is_safe_start() {
            desk.open_last();
        }
        if has_damaged && desk.state.read_untracked().notice.is_none() {
            desk.warn("A stored plan could not be read. It was put aside; under Plans it can be downloaded.", vec![]);
        }
        desk.open_address();
        desk.follow();
        desk
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
        let state = self.state.read();
        if self.workbench.changes() == state.settled_at { state.status.clone() } else { Status::Saving }
    }

    /// What is said above the answer. What only tells is true of the plan it was said of, and not shown beside another.
    pub fn notice(self) -> Option<Notice> {
        let notice = self.state.read().notice.clone()?;
        let stays = notice.is_warning || !notice.remedies.is_empty() || notice.at == self.workbench.changes();
        stays.then_some(notice)
    }

    /// Puts the notice away.
    pub fn dismiss(self) {
        self.put_notice(None);
    }

    /// What is spoken.
    pub fn spoken(self) -> String {
        self.state.read().spoken.clone()
    }

    /// Has something spoken; twice in a row, too.
    pub fn speak(self, text: &str) {
        self.state.update(|state| {
            let again = if state.spoken == text { "\u{a0}" } else { "" };
            state.spoken = format!("{text}{again}");
        });
    }

    /// The stage whose details are open.
    pub fn editing(self) -> Option<ItemId> {
        self.state.read().editing
    }

    /// Opens the details of a stage, or closes them.
    pub fn edit_stage(self, stage: Option<ItemId>) {
        self.state.update(|state| state.editing = stage);
    }

    /// Whether a section is open now.
    pub fn is_section_open(self, title: &str) -> bool {
        untrack(|| self.state.read().sections.contains(&title))
    }

    /// Notes that a section was opened or closed, for when the page is drawn anew.
    pub fn note_section(self, title: &'static str, is_open: bool) {
        self.state.update(|state| {
            state.sections.retain(|known| *known != title);
            if is_open {
                state.sections.push(title);
            }
        });
    }

    /// The page that is open.
    pub fn page(self) -> Page {
        self.view.read().page
    }

    /// Opens a page.
    pub fn turn_to(self, page: Page) {
        self.view.update(|view| view.page = page);
    }

    /// The part of the plan that is looked at; the whole when the part is gone.
    pub fn scope(self) -> Scope {
        let scope = self.view.read().scope;
        let is_there = scope == Scope::Whole || self.workbench.read(parts::scopes).contains(&scope);
        if is_there { scope } else { Scope::Whole }
    }

    /// What decides which fields a page has: the part that is looked at, by its place, and how segments state their goals.
    pub fn forms(self) -> Vec<ItemId> {
        let scope = self.scope();
        self.workbench.read(|plan, outcome| {
            let place = parts::scopes(plan, outcome).iter().position(|&known| known == scope).unwrap_or(0);
            let are_amounts = plan.segments.iter().any(|segment| matches!(segment.goal, SegmentGoal::Amount(_)));
            [u32::try_from(place).unwrap_or(0), are_amounts.into()].map(ItemId).to_vec()
        })
    }

    /// The same as things are now, once.
    pub fn scope_now(self) -> Scope {
        untrack(|| self.scope())
    }

    /// Looks at a part of the plan.
    pub fn look_at(self, scope: Scope) {
        self.view.update(|view| view.scope = scope);
    }

    /// Has the page drawn anew: its fields are others now.
    pub fn redraw(self) {
        self.view.notify();
    }

    /// Says whether something is in the clipboard now.
    pub fn tell_copied(self, is_copied: bool) {
        if is_copied {
            self.tell("Copied: paste it into a spreadsheet.", vec![]);
        } else {
            self.warn("This browser did not let the page copy.", vec![]);
        }
    }

    /// One thing that follows from the part of the plan that is looked at.
    pub fn read_part<T>(self, look: impl FnOnce(&Plan, &Part) -> T) -> T {
        let scope = self.scope();
        self.workbench.read(|plan, outcome| look(plan, outcome.part(scope)))
    }

    /// A text that follows from the part of the plan that is looked at.
    pub fn part_text(self, say: impl Fn(&Plan, &Part) -> String + Send + Sync + 'static) -> Text {
        self.boxed_part_text(Box::new(say))
    }

    fn boxed_part_text(self, say: Saying<Part>) -> Text {
        self.workbench.text(move |plan, outcome| say(plan, outcome.part(self.scope())))
    }

    /// Whether this stored plan is the one on the workbench.
    pub fn is_open(self, id: DocId) -> bool {
        self.document().id == id
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
        self.put(text, true, remedies);
    }

    /// Says something that was done.
    pub fn tell(self, text: &str, remedies: Vec<Remedy>) {
        self.put(text, false, remedies);
    }

    fn put(self, text: &str, is_warning: bool, remedies: Vec<Remedy>) {
        let at = untrack(|| self.workbench.changes());
        self.put_notice(Some(Notice { text: text.to_owned(), is_warning, remedies, at }));
    }

    /// Has lists of what is stored drawn anew.
    fn shelf_changed(self) {
        self.state.notify();
    }

    fn document(self) -> Document {
        self.state.read_untracked().document
    }

    fn status_now(self) -> Status {
        untrack(|| self.status())
    }

    fn put_notice(self, notice: Option<Notice>) {
        self.state.update(|state| state.notice = notice);
    }
}
