//! The plans that are offered beside that of a first visit, as links: `examples/plans/` holds each as JSON, too.

use crate::codec::link::plan_from_token;
use crate::plan::{Lineage, Plan, examples};
use crate::units::Date;

/// The tokens, in the order in which they are offered.
pub const EXAMPLES: [&str; 4] = [
    include_str!("../../examples/plans/smb-saas.link"),
    include_str!("../../examples/plans/enterprise.link"),
    include_str!("../../examples/plans/product-led.link"),
    include_str!("../../examples/plans/manufacturer.link"),
];

/// The plan of a token of [`EXAMPLES`], as if it had been made today; `None` when it is no plan.
pub fn example(token: &str, lineage: Lineage, today: Date) -> Option<Plan> {
    let (plan, _) = plan_from_token(token).ok()?;
    Some(examples::made_today(plan, lineage, today))
}
