//! Backcast.
pub mod plan;
pub mod units;
