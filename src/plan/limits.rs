//! How much a plan may hold. A change beyond a limit is refused; so is a link or a file.

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
