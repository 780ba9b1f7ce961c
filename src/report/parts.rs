//! What the parts of a plan and their settings are called.

use crate::engine::{Outcome, Part};
use crate::plan::{Basis, Mission, Plan, Profile, Scope, Segment, Source, TargetKind};
use crate::report::answer::noun;
use crate::report::{Format, amount, count};

/// A source, as people call it.
pub fn source(source: Source) -> &'static str {
    match source {
        Source::Marketing => "Marketing",
        Source::SalesDevelopment => "Sales development, outbound",
        Source::Sellers => "Sellers, outbound",
        Source::Partners => "Partners",
        Source::Customers => "Existing customers",
    }
}

/// A mission, as the choice reads.
pub fn mission(mission: Mission) -> &'static str {
    match mission {
        Mission::FillPipeline => "Fill the pipeline",
        Mission::OwnTarget => "Own a revenue target",
        Mission::Both => "Both",
    }
}

/// What a rate is, as the choice reads.
pub fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::Guess => "a guess",
        Basis::Agreed => "agreed",
        Basis::Snapshot => "a snapshot",
        Basis::Measured => "measured",
    }
}

/// What a target counts, as the choice reads.
pub fn target_kind(kind: TargetKind) -> &'static str {
    match kind {
        TargetKind::NewBusiness => "New business",
        TargetKind::TotalRevenue => "Recurring revenue",
        TargetKind::NetNew => "Net new revenue",
    }
}

/// What stands below the field of the target.
pub fn target_note(kind: TargetKind) -> &'static str {
    match kind {
        TargetKind::NewBusiness => "what is to be booked in the period",
        TargetKind::TotalRevenue => "the yearly run-rate at the period's end",
        TargetKind::NetNew => "what the yearly run-rate is to grow by",
    }
}

/// How the target lies in time, as the choice reads.
pub fn profile(profile: Profile) -> &'static str {
    match profile {
        Profile::Even => "Every month alike",
        Profile::Quarters => "By fiscal quarter",
        Profile::Months => "By month",
        Profile::Season => "By season of the year",
    }
}

/// A segment, as people call it: by its name or its number.
pub fn segment(plan: &Plan, segment: &Segment) -> String {
    if !segment.name.trim().is_empty() {
        return segment.name.clone();
    }
    let position = plan.segments.iter().position(|known| known.id == segment.id).unwrap_or(0);
    format!("Segment {}", position + 1)
}

/// A part, as people call it.
pub fn scope(plan: &Plan, scope: Scope) -> String {
    match scope {
        Scope::Whole => "Everything".to_owned(),
        Scope::Segment(id) => plan.segment(id).map(|known| segment(plan, known)).unwrap_or_default(),
        Scope::Source(known) => source(known).to_owned(),
    }
}

/// Which parts can be looked at on their own: none while the plan is in one piece.
pub fn scopes(plan: &Plan, outcome: &Outcome) -> Vec<Scope> {
    let is_split = |scope: &Scope| match scope {
        Scope::Whole => true,
        Scope::Segment(_) => plan.segments.len() > 1,
        Scope::Source(_) => outcome.parts.iter().filter(|part| matches!(part.scope, Scope::Source(_))).count() > 1,
    };
    outcome.parts.iter().map(|part| part.scope).filter(is_split).collect()
}

/// What a source answers for: what it hands over, the deals that come of it, or both.
pub fn answers_for(plan: &Plan, part: &Part, source: Source, format: &dyn Format) -> String {
    let volume = |stage: usize| {
        let figures = part.stages.get(stage)?.volume.figure()?;
        let shown = count(format, figures);
        Some(format!("{shown} {}", noun(plan, stage, &shown)))
    };
    let last = plan.stages.len().saturating_sub(1);
    let deals = || {
        let bookings = amount(format, part.togo, plan.currency);
        volume(last).map(|deals| format!("{deals}, {bookings}"))
    };
    // What marketing hands over is what it owns last; the others hand over what they create.
    let handed_over = match source {
        Source::Marketing => plan.stages.iter().rposition(|stage| stage.owner == crate::plan::Owner::Marketing),
        _ => None,
    };
    let pipeline = || volume(handed_over.unwrap_or_else(|| plan.entry(source)));
    let answer = match (source, plan.mission) {
        (Source::Marketing, Mission::OwnTarget) => deals(),
        (Source::Marketing, Mission::Both) => pipeline().zip(deals()).map(|(one, other)| format!("{one}; {other}")),
        _ => pipeline(),
    };
    answer.unwrap_or_else(|| "out of reach".to_owned())
}

/// What is not shared out, in words; `missing` in thousandths.
pub fn not_shared_out(plan: &Plan, missing: i64, format: &dyn Format) -> String {
    #[expect(clippy::cast_precision_loss, reason = "for display only")]
    let shown = amount(format, missing.unsigned_abs() as f64 / 1000.0, plan.currency);
    if missing > 0 {
        format!("The segments leave {shown} of the target to nobody.")
    } else {
        format!("The segments are to bring {shown} more than the target.")
    }
}
