//! What the engine says of a plan, and when two figures are the same.

use crate::plans::month;
use backcast::engine::{self, MonthOutcome, Need, Outcome, Part};
use backcast::plan::Plan;

pub fn evaluated(plan: &Plan) -> Outcome {
    assert_eq!(plan.check(), Ok(()));
    engine::evaluate(plan)
}

#[track_caller]
pub fn same(got: f64, wanted: f64) {
    assert!((got - wanted).abs() <= 1e-9 * got.abs().max(wanted.abs()).max(1e-3), "got {got}, wanted {wanted}");
}

#[track_caller]
pub fn need(got: Need, wanted: f64) {
    same(got.figure().expect("a figure"), wanted);
}

pub fn month_of<'a>(part: &'a Part, text: &str) -> &'a MonthOutcome {
    part.months.iter().find(|outcome| outcome.month == month(text)).unwrap_or_else(|| panic!("no {text}"))
}

pub fn sum(figures: impl Iterator<Item = f64>) -> f64 {
    figures.sum()
}
