//! Leaf components: props in, callback out. They hold nothing but a draft of what is being typed.
//!
//! Their props are few types, and boxed: each further type of signal or closure in a view is a copy of Leptos' code for it, and
//! the page has a budget of bytes. For the same reason an empty text means *none* here.

mod button;
mod choice;
mod date;
mod number;
mod text;

pub use button::Button;
pub use choice::ChoiceField;
pub use date::DateField;
pub use number::NumberField;
pub use text::TextField;

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use leptos::prelude::*;

/// A part of the page that is drawn anew when what it reads changes.
pub fn part(draw: ViewFn) -> AnyView {
    (move || draw.run()).into_any()
}

/// A part of the page that is there while `condition` holds, and is not drawn anew while it does.
pub fn when(condition: Signal<bool>, draw: ViewFn) -> AnyView {
    let is_there = Memo::new(move |_| condition.get());
    part((move || if is_there.get() { draw.run() } else { ().into_any() }).into())
}

/// Something to look at that may change: a signal for values that are few, without Leptos' code for each kind.
pub type Look<T> = Arc<dyn Fn() -> T + Send + Sync>;

/// Something to look at.
pub fn look<T>(look: impl Fn() -> T + Send + Sync + 'static) -> Look<T> {
    Arc::new(look)
}

/// Does something at the browser's edge whenever what it reads changes.
pub fn effect(mut act: Box<dyn FnMut()>) {
    Effect::new(move |_| act());
}

/// An id that no other element of the page has.
fn fresh_id() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!("field-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

/// What is around the input of every field: its name, its units, its line of help and its error.
#[component]
fn Frame(
    id: String,
    #[prop(into)] label: Signal<String>,
    #[prop(into)] look: &'static str,
    #[prop(into)] prefix: Signal<String>,
    #[prop(into)] suffix: Signal<String>,
    #[prop(into)] help: Signal<String>,
    #[prop(into)] error: Signal<String>,
    children: Children,
) -> impl IntoView {
    let is_wrong = Signal::derive(move || !error.read().is_empty());
    let (help_id, error_id) = (help_id(&id), error_id(&id));
    view! {
        <div class=format!("field {look}")>
            <label for=id>{label}</label>
            <div class="box" class:wrong=is_wrong>
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

/// What an input is described by: its help and its error.
fn described_by(id: &str) -> String {
    format!("{} {}", help_id(id), error_id(id))
}
