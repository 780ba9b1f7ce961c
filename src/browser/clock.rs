//! The reader's own day and time, and timers.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::Date as JsDate;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::prelude::Closure;

use super::window;
use crate::units::Date;

/// Today by the reader's local calendar.
pub fn today() -> Date {
    let now = JsDate::new_0();
    let parts = (u16::try_from(now.get_full_year()), u8::try_from(now.get_month() + 1), u8::try_from(now.get_date()));
    let (Ok(year), Ok(month), Ok(day)) = parts else { return crate::units::Month::FIRST.first_day() };
    // A clock outside the calendar is a wrong clock: the plan then shows that date, and it can be typed.
    Date::from_ymd(year, month, day).unwrap_or_else(|| crate::units::Month::FIRST.first_day())
}

/// Milliseconds since 1970.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a positive whole number below 2⁵³")]
pub fn now_ms() -> u64 {
    JsDate::now().max(0.0) as u64
}

/// Runs the latest of several calls, `milliseconds` after it.
#[derive(Clone)]
pub struct Debounce {
    milliseconds: i32,
    pending: Rc<Cell<Option<i32>>>,
}

impl Debounce {
    /// A timer that has nothing to run yet.
    pub fn new(milliseconds: i32) -> Self {
        Self { milliseconds, pending: Rc::default() }
    }

    /// Runs `action` later, in place of what was waiting.
    pub fn run(&self, action: impl FnOnce() + 'static) {
        self.cancel();
        let pending = self.pending.clone();
        let closure = Closure::once_into_js(move || {
            pending.set(None);
            action();
        });
        let timer = window().and_then(|window| {
            window
                .set_timeout_with_callback_and_timeout_and_arguments_0(closure.unchecked_ref(), self.milliseconds)
                .ok()
        });
        self.pending.set(timer);
    }

    /// Forgets what was waiting.
    pub fn cancel(&self) {
        if let (Some(timer), Some(window)) = (self.pending.take(), window()) {
            window.clear_timeout_with_handle(timer);
        }
    }
}
