//! The solver of the best mix, which is loaded when it is first asked (solver/worker.js).

use js_sys::Float64Array;
use wasm_bindgen::prelude::{Closure, wasm_bindgen};
use wasm_bindgen::{JsCast as _, JsValue};

#[wasm_bindgen]
extern "C" {
    /// In public/boot.js.
    #[wasm_bindgen(js_namespace = backcast, js_name = solve)]
    fn ask(numbers: Float64Array, done: JsValue);

    /// Ends the search for an answer: what asked for it is told nothing.
    #[wasm_bindgen(js_namespace = backcast)]
    pub fn stop();
}

/// Asks for the answer to a programme, beside the page; `done` is told it, or nothing where the solver cannot be had, was stopped or took
/// too long.
pub fn solve(numbers: &[f64], done: impl FnOnce(Option<Vec<f64>>) + 'static) {
    let told = Closure::once_into_js(move |answer: JsValue| {
        done(answer.dyn_into::<Float64Array>().ok().map(|numbers| numbers.to_vec()));
    });
    ask(Float64Array::from(numbers), told);
}
