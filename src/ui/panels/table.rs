//! The picture as a table.

use leptos::prelude::*;

use crate::browser::locale::Locale;
use crate::report::table;
use crate::ui::desk::Desk;
use crate::ui::markup::view;

/// The same figures for those who would rather read a table.
#[component]
pub fn TablePanel() -> impl IntoView {
    let workbench = Desk::get().workbench;
    let html = workbench.text(|plan, outcome| {
        let table = table::stages(plan, outcome, &Locale).html();
        format!(
            "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"The stages as a table\">{table}</div>"
        )
    });
    view! {
        <details class="table">
            <summary>"Show as a table"</summary>
            <div inner_html=html.class()></div>
        </details>
    }
}
