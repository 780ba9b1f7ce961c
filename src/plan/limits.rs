//! How much a plan may hold. A change beyond a limit is refused; so is a link or a file. Only the limits of the spread, and those of
//! a working day and week, are different: what was typed stays, and an issue says it. The engine works with the nearest spread.

use crate::units::{Factor, Rate};

/// A funnel needs a beginning and an end.
pub const MIN_STAGES: usize = 2;
/// More stages than this nobody keeps apart.
pub const MAX_STAGES: usize = 10;
/// The longest period, in months.
pub const MAX_MONTHS: u8 = 36;
/// The longest name of a plan, in characters.
pub const NAME_CHARS: usize = 80;
/// The longest name of a stage, in characters.
pub const STAGE_NAME_CHARS: usize = 40;
/// The longest definition of a stage, in characters.
pub const DEFINITION_CHARS: usize = 400;
/// More segments than this nobody plans apart.
pub const MAX_SEGMENTS: usize = 40;
/// The longest name or tag of a segment, in characters.
pub const TAG_CHARS: usize = 40;
/// The most groups of open opportunities that a segment tells apart.
pub const MAX_OPEN: usize = 50;
/// More teams of sellers than this nobody plans apart.
pub const MAX_TEAMS: usize = 12;
/// The most changes of a team's heads that are told apart.
pub const MAX_CHANGES: usize = 50;
/// More channels than this nobody buys from.
pub const MAX_CHANNELS: usize = 24;
/// The most prices that a channel has beyond its first.
pub const MAX_TIERS: usize = 6;
/// The hours of a day, the most that are worked in one.
pub const DAY_HOURS: Factor = per_cent(24 * 100);
/// The days of a week, likewise.
pub const WEEK_DAYS: Factor = per_cent(7 * 100);
/// The longest ramp, in months.
pub const MAX_RAMP: usize = 36;
/// The least spread of times that is worked with: below it there is none. The calendar counts whole days, and one per cent of a
/// quarter is less than one of them.
pub const SPREAD_LEAST: Factor = per_cent(1);
/// The most: steps that spread further would let a longer step have a later last useful date.
pub const SPREAD_MOST: Factor = per_cent(150);
/// The least share won by the end that a last useful date may stand for: below half of it, most of what enters comes too late.
pub const LANDING_LEAST: Rate = Rate::from_percent(50);
/// The greatest: beyond it the date hangs on the last few, and a longer step that steadies the whole would have a later one.
pub const LANDING_MOST: Rate = Rate::from_percent(95);

const fn per_cent(per_cent: u32) -> Factor {
    match Factor::from_millionths(per_cent * 10_000) {
        Some(factor) => factor,
        None => Factor::MAX,
    }
}
