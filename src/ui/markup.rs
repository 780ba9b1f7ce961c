//! Markup.

/// Leptos' `view!` without the wrapper around its result: an element at the root is then of the same type as one within, and the
/// code of that type is in the program once.
macro_rules! view {
    ($($markup:tt)*) => {
        ::leptos::view! { $($markup)* }.into_inner()
    };
}

pub(super) use view;
