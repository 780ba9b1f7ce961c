//! Ways to break the funnel down.

use leptos::prelude::*;

use crate::browser::locale::Locale;
use crate::engine;
use crate::plan::templates::{self, Template};
use crate::report::answer;
use crate::ui::desk::Desk;
use crate::ui::dialog::Dialogs;
use crate::ui::fields::Button;
use crate::ui::workbench::Workbench;

/// The templates to choose from.
#[component]
pub fn TemplatesPanel() -> impl IntoView {
    let workbench = expect_context::<Workbench>();
    let desk = expect_context::<Desk>();
    let dialogs = expect_context::<Dialogs>();
    let apply = move |template: &'static Template| {
        let before = workbench.plan_now();
        workbench.edit(|plan| plan.break_down(template));
        let after = workbench.plan_now();
        let note =
            answer::break_down((&before, &engine::evaluate(&before)), (&after, &engine::evaluate(&after)), &Locale);
        desk.tell(&note, vec![]);
        dialogs.close();
    };
    let own = move |()| {
        workbench.edit(|plan| plan.insert_stage_after(0, "New stage", "New stages"));
        dialogs.close();
    };
    let choice = move |template: &'static Template| {
        let stages: Vec<&str> = template.stages.iter().map(|stage| stage.singular).collect();
        view! { <li><Button text=template.name more=stages.join(" → ") look="card" on_press=move |()| apply(template) /></li> }
            .into_any()
    };
    view! {
        <p>"Your target, average selling price and close rate are kept. Rates and days of a template are a place to start from, not benchmarks: type your own over them."</p>
        <ul class="cards">
            {templates::ALL.into_iter().map(choice).collect_view()}
            <li>
                <Button
                    text="My own stages"
                    more="Add a stage to what is there; rename, move and add more in the funnel."
                    look="card"
                    on_press=own
                />
            </li>
        </ul>
    }
}
