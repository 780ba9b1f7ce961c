//! How panels turn exact integers of a field into figures of the plan, and ask why.

use leptos::prelude::*;

use crate::report::why::Figure;
use crate::ui::dialog::{Dialogs, Showing};
use crate::units::{Count, Days, Money, Rate};

/// An amount from a field; a field never hands on one that is out of range.
pub fn money(exact: Option<i64>) -> Money {
    exact.and_then(Money::from_thousandths).unwrap_or_default()
}

/// A rate from a field.
pub fn rate(exact: Option<i64>) -> Rate {
    exact.and_then(|exact| Rate::from_millionths(u32::try_from(exact).ok()?)).unwrap_or_default()
}

/// Days from a field.
pub fn days(exact: Option<i64>) -> Days {
    exact.and_then(|exact| Days::new(u16::try_from(exact).ok()?)).unwrap_or_default()
}

/// A count from a field that may be empty.
pub fn count(exact: Option<i64>) -> Option<Count> {
    exact.and_then(|exact| Count::new(u64::try_from(exact).ok()?))
}

/// A small button that opens how figures come about.
#[component]
pub fn Why(
    /// What is asked, for those who cannot see what it stands beside: *Why this many leads?*
    #[prop(into)]
    label: Signal<String>,
    /// The figures to explain.
    #[prop(into)]
    figures: Callback<(), Vec<Figure>>,
) -> impl IntoView {
    let dialogs = expect_context::<Dialogs>();
    view! {
        <button
            type="button"
            class="why"
            aria-label=move || label.get()
            on:click=move |_| dialogs.open(Showing::Why(figures.run(())))
        >
            "why?"
        </button>
    }
}
