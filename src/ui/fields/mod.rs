//! Leaf components: props in, callback out. They hold nothing but a draft of what is being typed.

mod choice;
mod date;
mod number;
mod text;

pub use choice::ChoiceField;
pub use date::DateField;
pub use number::NumberField;
pub use text::TextField;

use std::sync::atomic::{AtomicU32, Ordering};

/// An id that no other element of the page has.
fn fresh_id() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!("field-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}
