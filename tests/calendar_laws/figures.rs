//! The figures of an outcome that the laws speak of.

use backcast::engine::{self, Need, Outcome, Part};
use backcast::plan::{Plan, Scope};

pub fn evaluated(plan: &Plan) -> Outcome {
    assert_eq!(plan.check(), Ok(()));
    engine::evaluate(plan)
}

pub fn is_close_by(one: f64, other: f64, scale: f64) -> bool {
    (one - other).abs() <= 1e-9 * scale.abs().max(1e-6)
}

pub fn is_close(one: f64, other: f64) -> bool {
    is_close_by(one, other, one.abs().max(other.abs()))
}

pub fn figure(need: Need) -> f64 {
    need.figure().unwrap()
}

/// The parts of one kind.
pub fn of_kind(outcome: &Outcome, is_segment: bool) -> Vec<&Part> {
    let is_kind = |part: &&Part| match part.scope {
        Scope::Whole => false,
        Scope::Segment(_) => is_segment,
        Scope::Source(_) => !is_segment,
    };
    outcome.parts.iter().filter(is_kind).collect()
}

/// Every figure that is a sum, with its name; `also` those that only segments share out.
pub fn sums(part: &Part, also: bool) -> Vec<(String, f64)> {
    let mut all = vec![
        ("target".to_owned(), part.target),
        ("togo".to_owned(), part.togo),
        ("pipeline".to_owned(), figure(part.pipeline)),
        ("behind".to_owned(), part.behind),
        ("lost".to_owned(), part.lost),
        ("falls behind".to_owned(), part.falls_behind),
    ];
    for (position, stage) in part.stages.iter().enumerate() {
        all.push((format!("carried {position}"), figure(stage.carried)));
        all.push((format!("volume {position}"), figure(stage.volume)));
        all.push((format!("overdue {position}"), stage.overdue));
        all.push((format!("should be open {position}"), stage.should_be_open));
        if let Some(pace) = stage.pace {
            all.push((format!("pace {position}"), figure(pace)));
        }
        if also {
            all.push((format!("open {position}"), stage.open));
            // What comes back may count under a source of which nothing passes this stage.
            all.push((format!("worth a month {position}"), stage.worth_a_month.map_or(0.0, figure)));
        }
    }
    for month in &part.months {
        all.push((format!("due {}", month.month), month.due));
        all.push((format!("from new {}", month.month), month.from_new));
        for (stage, entries) in month.entries.iter().enumerate() {
            all.push((format!("entries {} {stage}", month.month), *entries));
        }
        if also {
            all.push((format!("from open {}", month.month), month.from_open));
        }
    }
    if also {
        all.push(("booked".to_owned(), part.progress.booked));
        all.push(("open".to_owned(), part.progress.open));
        all.push(("expected".to_owned(), part.progress.expected));
        all.push(("opportunities".to_owned(), part.progress.opportunities));
    }
    all
}

pub fn sum_of(parts: &[&Part], name: &str, also: bool) -> f64 {
    parts.iter().flat_map(|part| sums(part, also)).filter(|(known, _)| known == name).map(|(_, figure)| figure).sum()
}

/// What rounding errors of a figure are measured by: what its kind amounts to in all.
pub fn scale_of(whole: &Part, name: &str) -> f64 {
    let stage: Option<usize> = name.split(' ').next_back().and_then(|last| last.parse().ok());
    let of_stage = |stage: usize| {
        let entered: f64 = whole.months.iter().map(|month| month.entries[stage]).sum();
        figure(whole.stages[stage].carried).max(entered).max(whole.target / whole.stages[stage].value_each.max(1e-300))
    };
    let opened = whole.progress.open + whole.progress.booked;
    match stage {
        Some(stage) if name.starts_with("open") => whole.stages[stage].open,
        Some(stage) => of_stage(stage),
        None => whole.target.max(figure(whole.pipeline)).max(opened),
    }
}
