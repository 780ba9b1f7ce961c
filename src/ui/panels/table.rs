//! The picture as a table.

use leptos::prelude::*;

use crate::browser::locale::Locale;
use crate::report::table::{self, Value};
use crate::ui::desk::Desk;
use crate::ui::fields::part;

/// The same figures for those who would rather read a table.
#[component]
pub fn TablePanel() -> impl IntoView {
    let workbench = expect_context::<Desk>().workbench;
    // Drawn only while it is open.
    let is_open = RwSignal::new(false);
    let table = move || {
        if !is_open.get() {
            return ().into_any();
        }
        let table = workbench.read(|plan, outcome| table::stages(plan, outcome, &Locale));
        let head = table.head.into_iter().map(|name| view! { <th scope="col">{name}</th> }.into_any()).collect_view();
        let rows = table.rows.into_iter().map(row).collect_view();
        view! {
            <div class="scroll" tabindex="0" role="region" aria-label="The stages as a table">
                <table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>
            </div>
        }
        .into_any()
    };
    view! {
        <details class="table" on:toggle=move |_| is_open.update(|is_open| *is_open = !*is_open)>
            <summary>"Show as a table"</summary>
            {part(table.into())}
        </details>
    }
}

fn row(row: Vec<Value>) -> AnyView {
    let cells = row.into_iter().enumerate().map(|(column, value)| {
        let shown = value.shown().to_owned();
        let class = if matches!(value, Value::Number { .. }) { "number" } else { "" };
        if column == 0 {
            view! { <th scope="row">{shown}</th> }.into_any()
        } else {
            view! { <td class=class>{shown}</td> }.into_any()
        }
    });
    view! { <tr>{cells.collect_view()}</tr> }.into_any()
}
