//! The browser's storage behind a probe: gloo-storage panics where storage is blocked, so it is only called once that is known
//! not to be so.

use gloo_storage::{LocalStorage, SessionStorage, Storage as _};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{DomException, Storage, StorageEvent};

use super::{listen, window};

/// Why something could not be stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotStored {
    /// The browser does not let this page store anything.
    Blocked,
    /// There is no room left.
    Full,
}

/// The storage of this device, for this site.
#[derive(Clone, Copy, Debug)]
pub struct Device {
    usable: bool,
}

impl Device {
    /// Finds out, by asking for it and reading, whether this browser lets the page use its storage.
    pub fn probe() -> Self {
        let usable = window()
            .and_then(|window| window.local_storage().ok().flatten())
            .is_some_and(|storage| storage.length().is_ok());
        Self { usable }
    }

    /// The value under a key.
    pub fn get(self, key: &str) -> Option<String> {
        self.storage()?.get_item(key).ok().flatten()
    }

    /// Puts a value under a key.
    ///
    /// # Errors
    /// Says why it is not there now; what was there before still is.
    pub fn set(self, key: &str, value: &str) -> Result<(), NotStored> {
        let storage = self.storage().ok_or(NotStored::Blocked)?;
        storage
            .set_item(key, value)
            .map_err(|error| if is_quota(&error) { NotStored::Full } else { NotStored::Blocked })
    }

    /// Takes a key and its value away.
    pub fn remove(self, key: &str) {
        if let Some(storage) = self.storage() {
            storage.remove_item(key).ok();
        }
    }

    /// Every key of this site, those of other programs included.
    pub fn keys(self) -> Vec<String> {
        let Some(storage) = self.storage() else { return Vec::new() };
        let count = storage.length().unwrap_or(0);
        (0..count).filter_map(|index| storage.key(index).ok().flatten()).collect()
    }

    fn storage(self) -> Option<Storage> {
        self.usable.then(LocalStorage::raw)
    }
}

/// What this tab remembers until it is closed; nothing where storage is blocked.
pub fn tab_get(key: &str) -> Option<String> {
    session()?.get_item(key).ok().flatten()
}

/// Makes this tab remember.
pub fn tab_set(key: &str, value: &str) {
    if let Some(session) = session() {
        session.set_item(key, value).ok();
    }
}

/// Calls back with the key that another tab has changed; with none when it has taken all of them away.
pub fn on_change_elsewhere(mut handler: impl FnMut(Option<String>) + 'static) {
    let Some(window) = window() else { return };
    listen(&window, "storage", move |event| {
        if let Some(event) = event.dyn_ref::<StorageEvent>() {
            handler(event.key());
        }
    });
}

fn session() -> Option<Storage> {
    window()?.session_storage().ok().flatten().map(|_| SessionStorage::raw())
}

/// Browsers name a full storage differently.
fn is_quota(error: &JsValue) -> bool {
    error.dyn_ref::<DomException>().is_some_and(|error| {
        matches!(error.name().as_str(), "QuotaExceededError" | "NS_ERROR_DOM_QUOTA_REACHED")
            || matches!(error.code(), 22 | 1014)
    })
}
