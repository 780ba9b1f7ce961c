//! Stands in for the crate `wasm-streams`, which Leptos brings in for server functions.
//!
//! This program has no server and calls none, but the real crate exports JavaScript classes, and what is exported no tool may
//! leave out: it and all it uses would be a part of every visit. Here are the four functions that `server_fn` names; no stream
//! ever carries anything.

use futures_util::stream::{self, Empty, Stream};
use wasm_bindgen::JsValue;

/// A stream that is handed on as it came, or ends at once.
#[derive(Debug)]
pub struct ReadableStream {
    raw: web_sys::ReadableStream,
}

impl ReadableStream {
    /// A stream of the browser.
    pub fn from_raw(raw: web_sys::ReadableStream) -> Self {
        Self { raw }
    }

    /// A stream of the program: nothing of it arrives.
    pub fn from_stream(_: impl Stream<Item = Result<JsValue, JsValue>> + 'static) -> Self {
        let raw = web_sys::ReadableStream::new().unwrap_or_else(|_| JsValue::UNDEFINED.into());
        Self { raw }
    }

    /// The browser's stream.
    pub fn into_raw(self) -> web_sys::ReadableStream {
        self.raw
    }

    /// What arrives: nothing.
    pub fn into_stream(self) -> Empty<Result<JsValue, JsValue>> {
        stream::empty()
    }
}
