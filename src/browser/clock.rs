//! The reader's own day and time, and timers.

use std::cell::RefCell;

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

/// Runs the latest of several calls, some milliseconds after it.
#[derive(Clone, Copy, Debug)]
pub struct Debounce {
    milliseconds: i32,
    slot: usize,
}

thread_local! {
    /// The timer that is running for each [`Debounce`], if one is.
    static TIMERS: RefCell<Vec<Option<i32>>> = const { RefCell::new(Vec::new()) };
}

impl Debounce {
    /// A timer that has nothing to run yet. It lives as long as the page.
    pub fn new(milliseconds: i32) -> Self {
        let slot = TIMERS.with_borrow_mut(|timers| {
            timers.push(None);
            timers.len() - 1
        });
        Self { milliseconds, slot }
    }

    /// Runs `action` later, in place of what was waiting.
    pub fn run(self, action: impl FnOnce() + 'static) {
        self.cancel();
        let timer = after(
            self.milliseconds,
            Box::new(move || {
                self.exchange(None);
                action();
            }),
        );
        self.exchange(timer);
    }

    /// Forgets what was waiting.
    pub fn cancel(self) {
        if let (Some(timer), Some(window)) = (self.exchange(None), window()) {
            window.clear_timeout_with_handle(timer);
        }
    }

    fn exchange(self, timer: Option<i32>) -> Option<i32> {
        TIMERS.with_borrow_mut(|timers| timers.get_mut(self.slot).and_then(|slot| std::mem::replace(slot, timer)))
    }
}

/// Runs `action` once, before the next frame is drawn.
pub fn next_frame(action: Box<dyn FnOnce()>) {
    if let Some(window) = window() {
        window.request_animation_frame(Closure::once_into_js(action).unchecked_ref()).ok();
    }
}

/// Runs `action` once, later; the timer that does it.
pub fn after(milliseconds: i32, action: Box<dyn FnOnce()>) -> Option<i32> {
    let closure = Closure::once_into_js(action);
    window()?.set_timeout_with_callback_and_timeout_and_arguments_0(closure.unchecked_ref(), milliseconds).ok()
}
