//! The people: whether what the pipeline brings can be closed, and whom that takes.

use leptos::prelude::*;

use crate::ui::markup::view;
use crate::ui::panels::{CapacityPanel, SellersPanel};

/// The page that answers *with whom*.
#[component]
pub fn PeoplePage() -> impl IntoView {
    view! {
        <section>
            <CapacityPanel />
            <SellersPanel />
        </section>
    }
}
