//! The plan being edited, and the one gateway that changes it.

use leptos::prelude::*;

use crate::engine::{self, Outcome};
use crate::plan::{Place, Plan};
use crate::report::words;
use crate::ui::fields::Text;

/// How many steps can be undone.
const UNDO_STEPS: usize = 500;

/// Words that follow from the plan and from what follows from it.
pub type Saying<T> = Box<dyn Fn(&Plan, &T) -> String + Send + Sync>;

/// What lies on the workbench.
struct Bench {
    plan: Plan,
    outcome: Outcome,
    past: Vec<Plan>,
    future: Vec<Plan>,
    /// Whether the field that has the focus has already put a step on the undo stack.
    is_typing: bool,
    /// Counts the changes that a person made; opening a plan is none.
    changes: u32,
    /// Why the last change was not made; empty when it was.
    refused: String,
}

/// The plan, what follows from it, and its history.
///
/// One signal for all of it: whoever reads a part is told when any part changes, and draws what differs. That is cheaper than a
/// signal for each part, in time (an outcome takes microseconds) and in bytes (each kind of signal is code of its own).
#[derive(Clone, Copy)]
pub struct Workbench(RwSignal<Bench>);

impl Workbench {
    /// A workbench with a plan on it.
    pub fn new(plan: Plan) -> Self {
        let outcome = engine::evaluate(&plan);
        let (past, future, refused) = (Vec::new(), Vec::new(), String::new());
        Self(RwSignal::new(Bench { plan, outcome, past, future, is_typing: false, changes: 0, refused }))
    }

    /// One thing that follows from the plan and its outcome; told again when either changes.
    pub fn read<T>(self, look: impl FnOnce(&Plan, &Outcome) -> T) -> T {
        let bench = self.0.read();
        look(&bench.plan, &bench.outcome)
    }

    /// The same as things are now, once.
    pub fn now<T>(self, look: impl FnOnce(&Plan, &Outcome) -> T) -> T {
        let bench = self.0.read_untracked();
        look(&bench.plan, &bench.outcome)
    }

    /// The plan as it is now.
    pub fn plan_now(self) -> Plan {
        self.now(|plan, _| plan.clone())
    }

    /// A text that follows from the plan.
    pub fn text(self, say: impl Fn(&Plan, &Outcome) -> String + Send + Sync + 'static) -> Text {
        self.boxed_text(Box::new(say))
    }

    /// Not generic, so that the code that reads the bench is in the program once.
    fn boxed_text(self, say: Saying<Outcome>) -> Text {
        Text::live(move || self.read(&say))
    }

    /// The words for what is not yet right at a place; empty when nothing is.
    pub fn issue_at(self, place: impl Fn(&Plan) -> Option<Place> + Send + Sync + 'static) -> Text {
        self.text(move |plan, outcome| words::issue_at(plan, &outcome.issues, place(plan)))
    }

    /// How many changes a person has made.
    pub fn changes(self) -> u32 {
        self.0.read().changes
    }

    /// Why the last change was not made; empty when it was.
    pub fn refused(self) -> String {
        self.0.read().refused.clone()
    }

    /// Changes the plan as one undo step.
    pub fn edit(self, change: impl FnOnce(&mut Plan)) {
        self.end_typing();
        let mut after = self.copy();
        change(&mut after);
        self.replace(after, false);
    }

    /// The same, with what follows from the plan as it is.
    pub fn edit_with(self, change: impl FnOnce(&mut Plan, &Outcome)) {
        self.end_typing();
        let mut after = self.copy();
        self.now(|_, outcome| change(&mut after, outcome));
        self.replace(after, false);
    }

    /// Changes the plan while somebody types: all changes until the focus moves are one undo step.
    pub fn type_in(self, change: impl FnOnce(&mut Plan)) {
        let mut after = self.copy();
        change(&mut after);
        self.replace(after, true);
    }

    fn copy(self) -> Box<Plan> {
        Box::new(self.plan_now())
    }

    /// What is typed from now on is another undo step.
    pub fn end_typing(self) {
        self.0.update_untracked(|bench| bench.is_typing = false);
    }

    /// Puts another plan on the workbench, without a history.
    pub fn load(self, plan: Plan) {
        self.0.update(|bench| {
            bench.past.clear();
            bench.future.clear();
            bench.put(plan);
        });
    }

    /// Whether there is a step to undo.
    pub fn can_undo(self) -> bool {
        !self.0.read().past.is_empty()
    }

    /// Whether there is a step to redo.
    pub fn can_redo(self) -> bool {
        !self.0.read().future.is_empty()
    }

    /// Takes the last step back.
    pub fn undo(self) {
        self.0.update(|bench| {
            if let Some(plan) = bench.past.pop() {
                bench.future.push(bench.plan.clone());
                bench.put(plan);
                bench.changes += 1;
            }
        });
    }

    /// Makes the last undone step again.
    pub fn redo(self) {
        self.0.update(|bench| {
            if let Some(plan) = bench.future.pop() {
                bench.past.push(bench.plan.clone());
                bench.put(plan);
                bench.changes += 1;
            }
        });
    }

    /// What every change that a person makes ends in: checked, and with a step to undo. Undo and redo put back what was checked
    /// here; what is loaded was checked by its decoder.
    fn replace(self, after: Box<Plan>, is_typing: bool) {
        self.0.update(|bench| {
            bench.refused = after.check().err().map(words::refusal).unwrap_or_default();
            if !bench.refused.is_empty() || *after == bench.plan {
                return;
            }
            if !bench.is_typing {
                if bench.past.len() == UNDO_STEPS {
                    bench.past.remove(0);
                }
                bench.past.push(bench.plan.clone());
            }
            bench.future.clear();
            bench.put(*after);
            bench.is_typing = is_typing;
            bench.changes += 1;
        });
    }
}

impl Bench {
    fn put(&mut self, plan: Plan) {
        self.outcome = engine::evaluate(&plan);
        self.plan = plan;
        self.is_typing = false;
        self.refused.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{Lineage, examples};
    use crate::units::{Date, Money};

    fn with_workbench(test: impl FnOnce(Workbench)) {
        Owner::new().with(|| {
            let today = Date::parse_iso("2026-11-22").unwrap();
            test(Workbench::new(examples::three_figures(Lineage([1; 8]), today)));
        });
    }

    #[test]
    fn a_refused_change_changes_nothing_and_is_said() {
        with_workbench(|workbench| {
            let before = workbench.plan_now();
            workbench.edit(|plan| plan.name = "x".repeat(81));
            assert_eq!(workbench.plan_now(), before);
            assert_eq!(workbench.refused(), "The plan's name can have at most 80 characters.");
            assert!(!workbench.can_undo());
        });
    }

    #[test]
    fn typing_is_one_step_until_the_focus_moves() {
        with_workbench(|workbench| {
            let before = workbench.plan_now();
            for target in [2, 20, 200] {
                workbench.type_in(|plan| plan.target = Money::from_major(target));
            }
            workbench.end_typing();
            workbench.type_in(|plan| plan.base.asp = Money::from_major(5));
            workbench.undo();
            assert_eq!(workbench.plan_now().target, Money::from_major(200));
            workbench.undo();
            assert_eq!(workbench.plan_now(), before);
            workbench.redo();
            workbench.redo();
            assert_eq!(workbench.plan_now().base.asp, Money::from_major(5));
            assert!(!workbench.can_redo());
        });
    }

    #[test]
    fn a_change_after_undo_forgets_what_was_undone() {
        with_workbench(|workbench| {
            workbench.edit(|plan| plan.target = Money::from_major(1));
            workbench.undo();
            workbench.edit(|plan| plan.target = Money::from_major(2));
            assert!(!workbench.can_redo());
            assert_eq!(workbench.now(|_, outcome| outcome.clone()), engine::evaluate(&workbench.plan_now()));
        });
    }
}
