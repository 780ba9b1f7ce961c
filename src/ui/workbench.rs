//! The plan being edited, and the one gateway that changes it.

use leptos::prelude::*;

use crate::engine::{self, Outcome};
use crate::plan::{Place, Plan};
use crate::report::words;

/// How many steps can be undone.
const UNDO_STEPS: usize = 500;

/// The plan, what follows from it, and its history.
#[derive(Clone, Copy)]
pub struct Workbench {
    plan: RwSignal<Plan>,
    past: RwSignal<Vec<Plan>>,
    future: RwSignal<Vec<Plan>>,
    /// Whether the field that has the focus has already put a step on the undo stack.
    typing: StoredValue<bool>,
    /// Counts the changes that a person made; opening a plan is none.
    pub changes: RwSignal<u32>,
    /// Why the last change was not made; empty when it was.
    pub refused: RwSignal<String>,
    /// Worked out once per change.
    pub outcome: Memo<Outcome>,
}

impl Workbench {
    /// A workbench with a plan on it.
    pub fn new(plan: Plan) -> Self {
        let plan = RwSignal::new(plan);
        Self {
            plan,
            past: RwSignal::default(),
            future: RwSignal::default(),
            typing: StoredValue::new(false),
            changes: RwSignal::new(0),
            refused: RwSignal::default(),
            outcome: Memo::new(move |_| engine::evaluate(&plan.read())),
        }
    }

    /// The plan, and whoever reads it here is told when it changes.
    pub fn plan(self) -> Plan {
        self.plan.get()
    }

    /// The plan as it is now.
    pub fn plan_now(self) -> Plan {
        self.plan.get_untracked()
    }

    /// One thing that follows from the plan and its outcome; told again when either changes.
    pub fn read<T>(self, look: impl FnOnce(&Plan, &Outcome) -> T) -> T {
        look(&self.plan.read(), &self.outcome.read())
    }

    /// A text that follows from the plan.
    pub fn text(self, say: impl Fn(&Plan, &Outcome) -> String + Send + Sync + 'static) -> Signal<String> {
        Signal::derive(move || self.read(&say))
    }

    /// The words for what is not yet right at a place; empty when nothing is.
    pub fn issue_at(self, place: impl Fn(&Plan) -> Option<Place> + Send + Sync + 'static) -> Signal<String> {
        self.text(move |plan, outcome| {
            let place = place(plan);
            let issue = outcome.issues.iter().find(|issue| Some(issue.place()) == place);
            issue.map(|&issue| words::issue(plan, issue)).unwrap_or_default()
        })
    }

    /// Changes the plan as one undo step.
    pub fn edit(self, change: impl FnOnce(&mut Plan)) {
        self.end_typing();
        self.type_in(change);
        self.end_typing();
    }

    /// Changes the plan while somebody types: all changes until the focus moves are one undo step.
    pub fn type_in(self, change: impl FnOnce(&mut Plan)) {
        let mut after = self.plan_now();
        change(&mut after);
        self.replace(after);
    }

    /// What is typed from now on is another undo step.
    pub fn end_typing(self) {
        self.typing.set_value(false);
    }

    /// Puts another plan on the workbench, without a history.
    pub fn load(self, plan: Plan) {
        self.past.write().clear();
        self.future.write().clear();
        self.end_typing();
        self.refused.set(String::new());
        self.plan.set(plan);
    }

    /// Whether there is a step to undo.
    pub fn can_undo(self) -> bool {
        !self.past.read().is_empty()
    }

    /// Whether there is a step to redo.
    pub fn can_redo(self) -> bool {
        !self.future.read().is_empty()
    }

    /// Takes the last step back.
    pub fn undo(self) {
        self.step(self.past, self.future);
    }

    /// Makes the last undone step again.
    pub fn redo(self) {
        self.step(self.future, self.past);
    }

    fn step(self, from: RwSignal<Vec<Plan>>, to: RwSignal<Vec<Plan>>) {
        let Some(plan) = from.try_update(Vec::pop).flatten() else { return };
        to.write().push(self.plan_now());
        self.end_typing();
        self.refused.set(String::new());
        self.plan.set(plan);
        *self.changes.write() += 1;
    }

    fn replace(self, after: Plan) {
        let before = self.plan_now();
        let refusal = after.check().err().map(words::refusal);
        self.refused.set(refusal.clone().unwrap_or_default());
        if refusal.is_some() || after == before {
            return;
        }
        if !self.typing.get_value() {
            let mut past = self.past.write();
            if past.len() == UNDO_STEPS {
                past.remove(0);
            }
            past.push(before);
            self.typing.set_value(true);
        }
        self.future.write().clear();
        self.plan.set(after);
        *self.changes.write() += 1;
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
            assert_eq!(workbench.refused.get_untracked(), "The plan's name can have at most 80 characters.");
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
            workbench.type_in(|plan| plan.segment.asp = Money::from_major(5));
            workbench.undo();
            assert_eq!(workbench.plan_now().target, Money::from_major(200));
            workbench.undo();
            assert_eq!(workbench.plan_now(), before);
            workbench.redo();
            workbench.redo();
            assert_eq!(workbench.plan_now().segment.asp, Money::from_major(5));
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
            assert_eq!(workbench.outcome.get_untracked(), engine::evaluate(&workbench.plan_now()));
        });
    }
}
