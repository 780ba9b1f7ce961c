//! The page itself: start and crash, theme, title, keys, dialogs.

use wasm_bindgen::JsCast as _;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{Event, HtmlDialogElement, HtmlElement, KeyboardEvent, VisibilityState};

use super::{document, element, listen, window};

#[wasm_bindgen]
extern "C" {
    /// The boot script: `public/boot.js`.
    #[wasm_bindgen(js_namespace = ["window", "backcastBoot"], js_name = ready)]
    fn boot_ready();
    #[wasm_bindgen(js_namespace = ["window", "backcastBoot"], js_name = crashed)]
    fn boot_crashed(message: &str);
}

/// Takes the first text away: the app is drawn.
pub fn ready() {
    boot_ready();
}

/// Has the boot script say that the program has ended, whatever panics.
pub fn report_panics() {
    std::panic::set_hook(Box::new(|panic| boot_crashed(&panic.to_string())));
}

/// The element into which the app is drawn.
pub fn mount_point() -> Option<HtmlElement> {
    element("app")
}

/// Sets what the tab is called.
pub fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(title);
    }
}

/// `light`, `dark`, or neither for what the system says.
pub fn set_theme(theme: Option<&str>) {
    let Some(root) = document().and_then(|document| document.document_element()) else { return };
    match theme {
        Some(theme) => root.set_attribute("data-theme", theme).ok(),
        None => root.remove_attribute("data-theme").ok(),
    };
}

/// Opens or closes the dialog with this id over the page; the browser keeps the focus inside and gives it back.
pub fn show_dialog(id: &str, open: bool) {
    let Some(dialog) = element(id).and_then(|element| element.dyn_into::<HtmlDialogElement>().ok()) else { return };
    if open && !dialog.open() {
        dialog.show_modal().ok();
        // The title first: not the button that closes it, and not a field that would open a keyboard.
        focus("#dialog-title");
    } else if !open && dialog.open() {
        dialog.close();
    }
}

/// Whether a dialog stands over the page.
pub fn is_dialog_open() -> bool {
    document().and_then(|document| document.query_selector("dialog[open]").ok().flatten()).is_some()
}

/// Puts the focus on the first element that a selector finds, whatever it is.
pub fn focus(selector: &str) {
    let found = document().and_then(|document| document.query_selector(selector).ok().flatten());
    if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        if element.tab_index() < 0 {
            element.set_tab_index(-1);
        }
        element.focus().ok();
    }
}

/// The same, once what has changed is drawn.
pub fn focus_later(selector: String) {
    super::clock::after(0, Box::new(move || focus(&selector)));
}

/// Whether what has just been opened or closed is open.
pub fn is_open(toggled: &Event) -> bool {
    let element = toggled.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    element.is_some_and(|element| element.has_attribute("open"))
}

/// Opens the print dialog.
pub fn print() {
    if let Some(window) = window() {
        window.print().ok();
    }
}

/// Calls back before the page may be thrown away: hidden, closed, or left.
pub fn on_hide(handler: impl Fn() + Clone + 'static) {
    let (Some(window), Some(document)) = (window(), document()) else { return };
    let on_page_hide = handler.clone();
    listen(&window, "pagehide", move |_| on_page_hide());
    let page = document.clone();
    listen(&document, "visibilitychange", move |_| {
        if page.visibility_state() == VisibilityState::Hidden {
            handler();
        }
    });
}

/// Asks the browser to ask before the page is left, while `is_unsaved` says so.
pub fn on_leave(is_unsaved: impl Fn() -> bool + 'static) {
    if let Some(window) = window() {
        listen(&window, "beforeunload", move |event| {
            if is_unsaved() {
                event.prevent_default();
            }
        });
    }
}

/// Calls back when the focus moves.
pub fn on_focus_moved(handler: impl Fn() + 'static) {
    if let Some(document) = document() {
        listen(&document, "focusin", move |_| handler());
    }
}

/// A key combination that the whole page answers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shortcut {
    /// Ctrl+Z, ⌘Z.
    Undo,
    /// Ctrl+Y, Ctrl+Shift+Z, ⇧⌘Z.
    Redo,
}

impl Shortcut {
    /// Which one was pressed, if any.
    pub fn of(event: &KeyboardEvent) -> Option<Self> {
        if !(event.ctrl_key() || event.meta_key()) || event.alt_key() {
            return None;
        }
        match (event.key().to_ascii_lowercase().as_str(), event.shift_key()) {
            ("z", false) => Some(Self::Undo),
            ("z", true) | ("y", false) => Some(Self::Redo),
            _ => None,
        }
    }
}

/// Calls back for each shortcut that no field has kept for itself; `handler` says whether it took it.
pub fn on_shortcut(handler: impl Fn(Shortcut) -> bool + 'static) {
    let Some(window) = window() else { return };
    listen(&window, "keydown", move |event: Event| {
        if event.default_prevented() {
            return;
        }
        let shortcut = event.dyn_ref::<KeyboardEvent>().and_then(Shortcut::of);
        if shortcut.is_some_and(&handler) {
            event.prevent_default();
        }
    });
}
