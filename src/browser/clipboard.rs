//! The clipboard, by the copy event: it takes several formats at once and works on plain http and inside frames, where the
//! newer interface does not exist.

use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen::JsCast as _;
use wasm_bindgen::prelude::Closure;
use web_sys::{ClipboardEvent, Event, HtmlDocument};

use super::{document, is_in_field, listen, window};

/// Puts a text, and the same as HTML, into the clipboard; false when the browser does not let it.
pub fn copy(plain: &str, html: Option<&str>) -> bool {
    let Some(document) = document().and_then(|document| document.dyn_into::<HtmlDocument>().ok()) else { return false };
    let copied = Rc::new(Cell::new(false));
    let (plain, html, reached) = (plain.to_owned(), html.map(str::to_owned), copied.clone());
    let on_copy = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
        let Some(data) = event.dyn_ref::<ClipboardEvent>().and_then(ClipboardEvent::clipboard_data) else { return };
        let set = data.set_data("text/plain", &plain).is_ok();
        if let Some(html) = &html {
            data.set_data("text/html", html).ok();
        }
        event.prevent_default();
        event.stop_immediate_propagation();
        reached.set(set);
    });
    let listener = on_copy.as_ref().unchecked_ref();
    document.add_event_listener_with_callback_and_bool("copy", listener, true).ok();
    let ran = document.exec_command("copy").unwrap_or(false);
    document.remove_event_listener_with_callback_and_bool("copy", listener, true).ok();
    ran && copied.get()
}

/// Marks the whole text of a field, to be copied by hand.
pub fn select(id: &str) {
    if let Some(field) = super::element(id).and_then(|field| field.dyn_into::<web_sys::HtmlInputElement>().ok()) {
        field.select();
    }
}

/// Calls back with text that is pasted anywhere but into a field.
pub fn on_paste(handler: impl Fn(String) + 'static) {
    let Some(window) = window() else { return };
    listen(&window, "paste", move |event| {
        let data = event.dyn_ref::<ClipboardEvent>().and_then(ClipboardEvent::clipboard_data);
        if let Some(text) = data.and_then(|data| data.get_data("text/plain").ok())
            && !is_in_field(&event)
            && !text.is_empty()
        {
            handler(text);
        }
    });
}
