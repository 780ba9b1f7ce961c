//! Backcast.
pub mod engine;
pub mod plan;
pub mod units;
