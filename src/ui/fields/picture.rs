//! A picture.

use leptos::prelude::*;

use super::{Text, effect};
use crate::browser::clock;
use crate::ui::markup::view;

/// A picture, as markup of our own. It is worked out with every change and put on the page once a frame; the browser draws it only
/// while it can be seen (`content-visibility` in the style).
#[component]
pub fn Picture(
    /// Its class.
    #[prop(into)]
    class: Text,
    /// The markup.
    html: Text,
) -> impl IntoView {
    let drawn = RwSignal::new(untrack(|| html.get()));
    let latest = RwSignal::new(String::new());
    effect(Box::new(move || {
        latest.set(html.get());
        // The picture may be gone by then.
        clock::next_frame(Box::new(move || {
            drawn.try_set(latest.try_get_untracked().unwrap_or_default());
        }));
    }));
    view! { <div class=class.class() inner_html=move || drawn.get()></div> }
}
