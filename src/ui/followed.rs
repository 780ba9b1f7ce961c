//! What follows from the plan on one page only.

use std::sync::{Arc, Mutex, PoisonError};

use crate::engine::Outcome;
use crate::plan::Plan;
use crate::ui::desk::Desk;
use crate::ui::fields::Text;

/// Something that is worked out once for each state of the plan, when it is first looked at. A memo would be two kilobytes of code
/// for each type.
pub struct Followed<T>(Arc<Inner<T>>);

struct Inner<T> {
    work_out: fn(&Plan, &Outcome) -> T,
    /// After how many changes it was worked out. A plan that is opened has its page drawn anew, and nothing worked out.
    known: Mutex<Option<(u32, T)>>,
}

impl<T> Clone for Followed<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T: Send + 'static> Followed<T> {
    /// Nothing is worked out yet.
    pub fn new(work_out: fn(&Plan, &Outcome) -> T) -> Self {
        Self(Arc::new(Inner { work_out, known: Mutex::new(None) }))
    }

    /// One thing that follows; told again when the plan changes.
    pub fn read<R>(&self, look: impl FnOnce(&Plan, &Outcome, &T) -> R) -> R {
        let workbench = Desk::get().workbench;
        let changes = workbench.changes();
        workbench.read(|plan, outcome| {
            let mut known = self.0.known.lock().unwrap_or_else(PoisonError::into_inner);
            let known = match known.take() {
                Some((at, followed)) if at == changes => known.insert((at, followed)),
                _ => known.insert((changes, (self.0.work_out)(plan, outcome))),
            };
            look(plan, outcome, &known.1)
        })
    }

    /// A text that follows.
    pub fn text(&self, say: fn(&Plan, &Outcome, &T) -> String) -> Text {
        let followed = self.clone();
        Text::live(move || followed.read(say))
    }
}
