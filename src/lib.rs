//! Backcast plans a revenue target backwards: how many deals, opportunities, leads and visitors it takes, from whom and by which
//! date. It runs wholly in the browser; there is no server.
//!
//! # Bird's-eye view
//!
//! ```text
//! what people type ──parse──▶ edit(|plan| …) ──▶ Plan ──▶ engine::evaluate ──▶ Outcome ──▶ words, charts, files
//!                                  │              │
//!                              undo stack     autosave, link
//! ```
//!
//! [`plan::Plan`] is the only ground state. All else is derived from it: [`engine::evaluate`] turns it into an
//! [`engine::Outcome`], a value; [`report`] turns that into words, [`charts`] into pictures. One gateway changes a plan, the
//! `Workbench` of the layer `ui`; every entrance (storage, link, file) decodes through [`plan::Plan::check`].
//!
//! People and money are worked out when somebody looks at them, never by `evaluate`: [`engine::people()`], [`engine::development()`],
//! [`engine::money`]. The best mix of channels is a linear programme ([`engine::mix`]) that another crate solves, `solver/`, in a module
//! of its own and in a worker: it proves its answer or says that it has none.
//!
//! # Where is what
//!
//! | layer | holds | may name | never |
//! |---|---|---|---|
//! | [`units`] | money, rates, days, dates: exact integers | std | |
//! | [`plan`] | the ground state, its limits, templates and examples | units | leptos, web-sys, serde, sentences for people |
//! | [`engine`] | what follows from a plan | plan, units; the solver's programmes | I/O, the clock, sentences for people |
//! | [`report`] | words, explanations, tables, CSV; reading what is typed | engine, plan, units | leptos, web-sys |
//! | [`charts`] | SVG text, by plotters | report, engine, plan, units | leptos, edits |
//! | [`codec`] | link, JSON, stored record | plan, units | engine, browser |
//! | [`library`] | plans kept in a store of keys and texts | codec, plan, units | leptos, web-sys |
//! | `browser` | every web-sys and gloo call | units, report's `Format` and `number` | plan, engine, ui |
//! | `ui` | what people see and touch | all | arithmetic on the domain |
//!
//! `tests/layers.rs` holds the source against this table. Default features are none: everything but `browser` and `ui` builds and
//! is tested without leptos, in seconds. The app is the feature `ui`, which Trunk passes.
//!
//! Looking for something? A formula: [`engine`]. A sentence: [`report::answer`]. Why a figure: [`report::why`], and
//! `why.rs` beside the words of people and money. How `2m` is read:
//! [`report::number`]. The bytes of a link: [`codec`]. What happens when storage is full: [`library`], and `ui::desk` for what
//! the reader is told. What is shown when nothing loads: `public/boot.js`.
//!
//! # Invariants
//!
//! - **The engine is total.** Every plan that passes `check` has an outcome. *Impossible* is a value in it, never a panic.
//! - **What is typed is quantised once**, in [`units`]; no codec rounds, so decode∘encode is identity.
//! - **Released wire types never change.** A new field is a new section; an unknown one means *made with a newer version*.
//! - **Nothing becomes a plan unchecked, and nothing that arrives replaces stored work**: it opens beside it.
//! - **What cannot be read is kept aside**, never overwritten.
//! - **Document state and device state are two things**: the plan travels; the theme and the open plan stay, under keys of their own.
//! - **Views hold no figures of their own**, only drafts of what is being typed. Reading flows down: effects exist at the browser's
//!   edge (save, announce, title, draw a picture) and never write one signal from another, but for what the fields of a form show
//!   (`ui::panels::form`): a copy that is set where the plan changed it, so that a key is heard where it tells.
//! - **A link shows the same figures everywhere**: one float library (`engine::math`), no clock in the engine: the plan carries
//!   the date it speaks from.

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
