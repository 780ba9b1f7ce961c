//! What is to be won in the period: the new business that a target implies, and each segment's part of it.

use crate::engine::math;
use crate::plan::{Plan, Segment, Source, TargetKind};
use crate::units::{Money, Rate};

/// The new business that the target implies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Goal {
    /// Bookings of new business to be created in the period.
    pub new_business: Money,
    /// What the opening revenue becomes by the period's end by staying and growing, in major units; zero for a target of new
    /// business.
    pub kept: f64,
    /// What existing customers supply by growing, opening × (NRR − GRR) over the period, in major units; a part of `kept`.
    pub grown: f64,
}

/// Run-rate at the period's end: new business = target end − opening × NRR^(months ÷ 12).
///
/// What customers supply by growing is opening × (NRR − GRR), each to that power; it is inside NRR, so nothing is counted twice.
pub(super) fn goal(plan: &Plan) -> Goal {
    let revenue = &plan.revenue;
    let (opening, target) = (revenue.opening.major(), plan.target.major());
    let end = match revenue.kind {
        TargetKind::NewBusiness => return Goal { new_business: plan.target, kept: 0.0, grown: 0.0 },
        TargetKind::TotalRevenue => target,
        TargetKind::NetNew => opening + target,
    };
    let kept = opening * math::grown(revenue.nrr.times(), plan.period.months);
    let stayed = opening * math::grown(revenue.grr.fraction(), plan.period.months);
    Goal { new_business: money((end - kept).max(0.0)), kept, grown: (kept - stayed).max(0.0) }
}

/// The nearest thousandth.
#[expect(clippy::cast_possible_truncation, reason = "from 0 to 10¹⁸, and checked")]
fn money(major: f64) -> Money {
    Money::from_thousandths((major * 1000.0).round() as i64).unwrap_or(Money::MAX)
}

/// What the segments leave of the new business, in thousandths; negative when they take more than there is.
pub(super) fn not_shared_out(plan: &Plan, new_business: Money) -> i64 {
    let millionths = i128::from(Rate::ONE.millionths());
    let taken: u128 = plan.segments.iter().map(|segment| segment.goal.part(new_business)).sum();
    let missing = i128::from(new_business.thousandths()) * millionths - i128::try_from(taken).unwrap_or(i128::MAX);
    // Half a thousandth of the currency is nobody's.
    i64::try_from((missing + missing.signum() * millionths / 2) / millionths).unwrap_or(i64::MAX)
}

/// Whether existing customers hold a share of the new business although they supply the growth of their own.
pub(super) fn counts_customers_twice(plan: &Plan, goal: &Goal) -> bool {
    let index = Source::Customers.index();
    let holds = |segment: &Segment| plan.shares(segment).get(index).is_some_and(|&share| share > Rate::ZERO);
    goal.grown > 0.0 && plan.segments.iter().any(holds)
}
