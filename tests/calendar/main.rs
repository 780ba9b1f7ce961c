//! The calendar against an oracle of its own: day by day, straight from the definitions, and figures worked out by hand.
//!
//! Conventions: the plan speaks from the beginning of the as-of date, so that what enters on it is still to come, and an item
//! that is open has an age of at least one day; what enters on day d is won on day d + L and counts by the end of that day.
#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::float_cmp,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on ends there; an oracle is plain arithmetic"
)]

mod plans;

mod figures;

mod oracle;

mod agreement;

mod circle;
mod demand;
mod progress;
mod rounding;
mod season;
mod spread;
