//! What the worker calls.

use wasm_bindgen::prelude::wasm_bindgen;

use crate::wire;

/// Solves what [`wire`] wrote and writes the answer; never traps on what it is sent.
#[wasm_bindgen]
pub fn solve(numbers: &[f64]) -> Vec<f64> {
    match wire::decode(numbers) {
        Some(programme) => wire::encode_answer(&crate::solve(&programme)),
        None => wire::REFUSED.to_vec(),
    }
}
