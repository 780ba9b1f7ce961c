//! EVERY web-sys and gloo call of the program. Knows nothing of plans: text, bytes and figures go in and out.
#![expect(clippy::disallowed_methods, reason = "the one place that may reach for the page")]

pub mod clipboard;
pub mod clock;
pub mod files;
pub mod locale;
pub mod location;
pub mod page;
pub mod solver;
pub mod storage;

use wasm_bindgen::JsCast as _;
use wasm_bindgen::prelude::Closure;
use web_sys::{Document, EventTarget, HtmlElement, Window};

/// The window. Absent only outside a page, where nothing of this program runs.
fn window() -> Option<Window> {
    web_sys::window()
}

fn document() -> Option<Document> {
    window()?.document()
}

fn body() -> Option<HtmlElement> {
    document()?.body()
}

/// The element with this id.
pub fn element(id: &str) -> Option<HtmlElement> {
    document()?.get_element_by_id(id)?.dyn_into().ok()
}

/// Eight random bytes, present on plain http too; all zero where a browser has none.
pub fn random_bytes() -> [u8; 8] {
    let mut bytes = [0; 8];
    if let Some(crypto) = window().and_then(|window| window.crypto().ok()) {
        crypto.get_random_values_with_u8_array(&mut bytes).ok();
    }
    bytes
}

/// Whether something happens in a field that takes text by itself.
fn is_in_field(event: &web_sys::Event) -> bool {
    let element = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    element.is_some_and(|element| matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA"))
}

/// Listens for as long as the page lives.
fn listen(target: &EventTarget, event: &str, handler: impl FnMut(web_sys::Event) + 'static) {
    let closure = Closure::<dyn FnMut(web_sys::Event)>::new(handler);
    target.add_event_listener_with_callback(event, closure.as_ref().unchecked_ref()).ok();
    closure.forget();
}
