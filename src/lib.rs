//! Backcast.
pub mod units;
pub mod plan;
pub mod engine;
pub mod report;
pub mod charts;
pub mod codec;
pub mod library;
#[cfg(feature = "ui")]
pub mod browser;
#[cfg(feature = "ui")]
pub mod ui;
