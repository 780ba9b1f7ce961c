//! From an outcome to SVG text, drawn by plotters.
//!
//! Only plotters' drawing of shapes and texts is used, onto a backend of our own, never its layout: in the browser that would measure every label by inserting a styled
//! element, which a strict Content-Security-Policy forbids. Labels are anchored instead, so nothing needs measuring.
//! Colours are baked in for files; on the page the style sheet overrides them by team and theme.

pub mod calendar;
pub mod funnel;
pub mod people;
mod svg;
