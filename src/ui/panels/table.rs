//! The picture as a table.

use leptos::prelude::*;

use crate::browser::locale::Locale;
use crate::report::table::{self, Value};
use crate::ui::workbench::Workbench;

/// The same figures for those who would rather read a table.
#[component]
pub fn TablePanel() -> impl IntoView {
    let workbench = expect_context::<Workbench>();
    // Drawn only while it is open.
    let open = RwSignal::new(false);
    let table = move || {
        open.get().then(|| {
            let table = workbench.read(|plan, outcome| table::stages(plan, outcome, &Locale));
            let head = table.head.into_iter().map(|name| view! { <th scope="col">{name}</th> }).collect_view();
            let rows = table.rows.into_iter().map(row).collect_view();
            view! {
                <div class="scroll" tabindex="0" role="region" aria-label="The stages as a table">
                    <table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>
                </div>
            }
        })
    };
    view! {
        <details class="table" on:toggle=move |_| open.update(|open| *open = !*open)>
            <summary>"Show as a table"</summary>
            {table}
        </details>
    }
}

fn row(row: Vec<Value>) -> impl IntoView {
    let cells = row.into_iter().enumerate().map(|(column, value)| {
        let shown = value.shown().to_owned();
        let is_number = matches!(value, Value::Number { .. });
        if column == 0 {
            view! { <th scope="row">{shown}</th> }.into_any()
        } else {
            view! { <td class:number=is_number>{shown}</td> }.into_any()
        }
    });
    view! { <tr>{cells.collect_view()}</tr> }
}
