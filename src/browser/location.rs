//! The address bar.

use wasm_bindgen::JsValue;

use super::{listen, window};

/// What follows the `#`, without it.
pub fn fragment() -> String {
    let hash = window().and_then(|window| window.location().hash().ok()).unwrap_or_default();
    hash.trim_start_matches('#').to_owned()
}

/// The address of this page with another fragment.
pub fn address_with(fragment: &str) -> String {
    let href = window().and_then(|window| window.location().href().ok()).unwrap_or_default();
    let page = href.split('#').next().unwrap_or_default();
    // A start without the plan is for this visit, not for the one who gets the link.
    let page = page.strip_suffix("?safe=1").unwrap_or(page);
    if fragment.is_empty() { page.to_owned() } else { format!("{page}#{fragment}") }
}

/// Whether the page was asked to start without the last plan, after a crash.
pub fn is_safe_start() -> bool {
    window()
        .and_then(|window| window.location().search().ok())
        .is_some_and(|query| query.split(['?', '&']).any(|part| part == "safe=1"))
}

/// Puts a fragment into the address bar, or takes it away, without a step in the history.
pub fn show_fragment(fragment: &str) {
    let history = window().and_then(|window| window.history().ok());
    if let Some(history) = history {
        history.replace_state_with_url(&JsValue::NULL, "", Some(&address_with(fragment))).ok();
    }
}

/// Calls back when somebody puts another fragment into the address bar.
pub fn on_fragment(mut handler: impl FnMut() + 'static) {
    if let Some(window) = window() {
        listen(&window, "hashchange", move |_| handler());
    }
}
