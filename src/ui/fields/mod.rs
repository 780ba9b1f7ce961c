//! Leaf components: props in, callback out. They hold nothing but a draft of what is being typed.
//!
//! Their props are few types, and boxed: each further type of signal or closure in a view is a copy of Leptos' code for it, and
//! the page has a budget of bytes. For the same reason an empty text means *none* here.
//!
//! A field that is taken off the page while somebody types in it hears of one more `change`, when all it would read is gone
//! already: what happens at a change is only tried.

mod button;
mod choice;
mod date;
mod number;
mod paste;
mod picture;
mod text;

pub use button::{Button, named_button, plain_button};
pub use choice::Choice;
pub use date::DateField;
pub use number::NumberField;
pub use paste::PasteBox;
pub use picture::Picture;
pub use text::TextField;

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use crate::browser::page::Shortcut;
use crate::plan::ItemId;
use crate::ui::markup::view;

/// A part of the page that is drawn anew when what it reads changes.
pub fn part(draw: ViewFn) -> AnyView {
    (move || draw.run()).into_any()
}

/// A part of the page for each of several ids, not drawn anew while they stay the same.
pub fn each(ids: Look<Vec<ItemId>>, draw: Box<dyn Fn(ItemId) -> AnyView + Send + Sync>) -> AnyView {
    let now = Memo::new(move |_| ids());
    part((move || now.get().into_iter().map(&draw).collect_view()).into())
}

/// So many places in a row, for [`each`].
pub fn places(count: usize) -> Vec<ItemId> {
    (0..u32::try_from(count).unwrap_or(0)).map(ItemId).collect()
}

/// A part of the page that is there while `condition` holds, and is not drawn anew while it does.
pub fn when(condition: Look<bool>, draw: ViewFn) -> AnyView {
    each(look(move || places(condition().into())), Box::new(move |_| draw.run()))
}

/// Words to choose from that never change.
pub fn words(words: &[&str]) -> Look<Vec<String>> {
    let words = owned(words);
    look(move || words.clone())
}

/// Words to choose from.
pub fn owned(words: &[&str]) -> Vec<String> {
    words.iter().map(|&word| word.to_owned()).collect()
}

/// A text that may change, boxed: every text of the page is of this one type.
#[derive(Clone)]
pub struct Text(Look<String>);

impl Text {
    /// A text that follows from what `say` reads.
    pub fn live(say: impl Fn() -> String + Send + Sync + 'static) -> Self {
        Self(Arc::new(say))
    }

    /// The text now; whoever reads it here is told when it changes.
    pub fn get(&self) -> String {
        (self.0)()
    }

    /// The text as a class.
    pub fn class(self) -> impl Fn() -> String + Clone + Send + Sync + 'static {
        move || self.get()
    }
}

impl Default for Text {
    fn default() -> Self {
        Self::from("")
    }
}

impl From<&'static str> for Text {
    fn from(text: &'static str) -> Self {
        Self(Arc::new(move || text.to_owned()))
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self(Arc::new(move || text.clone()))
    }
}

impl From<RwSignal<String>> for Text {
    fn from(signal: RwSignal<String>) -> Self {
        Self(Arc::new(move || signal.get()))
    }
}

impl IntoRender for Text {
    type Output = AnyView;

    fn into_render(self) -> AnyView {
        (move || self.get()).into_any()
    }
}

impl IntoAttributeValue for Text {
    type Output = Look<String>;

    fn into_attribute_value(self) -> Look<String> {
        self.0
    }
}

/// Something to look at that may change: a signal for values that are few, without Leptos' code for each kind.
pub type Look<T> = Arc<dyn Fn() -> T + Send + Sync>;

/// Something to look at.
pub fn look<T>(look: impl Fn() -> T + Send + Sync + 'static) -> Look<T> {
    Arc::new(look)
}

/// Does something at the browser's edge whenever what it reads changes; once in the task that follows, not at once.
pub fn effect(mut act: Box<dyn FnMut()>) {
    Effect::new(move |_| act());
}

/// An id that no other element of the page has.
fn fresh_id() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!("field-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

/// Whether a key gives up what is being typed.
fn gives_up(event: &KeyboardEvent) -> bool {
    Shortcut::of(event) == Some(Shortcut::Undo) || event.key() == "Escape"
}

/// What is around the input of every field: its name, its units, its line of help and its error.
#[component]
fn Frame(
    id: String,
    #[prop(into)] label: Text,
    #[prop(into)] look: &'static str,
    #[prop(into)] prefix: Text,
    #[prop(into)] suffix: Text,
    #[prop(into)] help: Text,
    #[prop(into)] error: Text,
    children: Children,
) -> impl IntoView {
    let (help_id, error_id) = (help_id(&id), error_id(&id));
    view! {
        <div class=format!("field {look}")>
            <label for=id>{label}</label>
            <div class="box">
                <span class="unit" aria-hidden="true">{prefix}</span>
                {children()}
                <span class="unit" aria-hidden="true">{suffix}</span>
            </div>
            <p class="help" id=help_id>{help}</p>
            <p class="error" id=error_id>{error}</p>
        </div>
    }
}

fn help_id(id: &str) -> String {
    format!("{id}-help")
}

fn error_id(id: &str) -> String {
    format!("{id}-error")
}

/// Whether there is an error, as an attribute says it.
fn is_there(error: &Text) -> Text {
    let error = error.clone();
    Text::live(move || (!error.get().is_empty()).to_string())
}

/// What an input is described by: its help and its error.
fn described_by(id: &str) -> String {
    format!("{} {}", help_id(id), error_id(id))
}
