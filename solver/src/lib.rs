//! The best mix as a linear programme: the least cost that meets every limit, what one more unit of a limit is worth, and, when
//! nothing meets them all, which of them together make it impossible.
//!
//! It knows nothing of plans. The planner builds a [`Programme`], writes it by [`wire`] and sends it to `worker.js`, which solves
//! it with the WebAssembly of this crate and sends the answer back in the same manner. So the planner needs [`programme`] and
//! [`wire`] alone, which depend on nothing; the interior point method (the crate clarabel) comes with the feature `solve`.
//!
//! # Invariants
//!
//! - **No answer is taken on trust.** What the method says is held against the programme as it was given ([`programme`] defines
//!   how closely): else the answer is [`Answer::Stalled`].
//! - **No input traps.** What comes by wire is checked before it is solved.
//! - **The same input gives the same bits**, in one build: no clock, no chance, no hash order.

pub mod programme;
pub mod wire;

#[cfg(feature = "solve")]
mod explain;
#[cfg(feature = "solve")]
mod method;
#[cfg(feature = "solve")]
mod proof;
#[cfg(feature = "solve")]
mod scale;
#[cfg(feature = "solve")]
mod solve;

#[cfg(feature = "module")]
mod module;

pub use programme::{Answer, Programme};
#[cfg(feature = "solve")]
pub use solve::solve;
