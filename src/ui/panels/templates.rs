//! Ways to break the funnel down.

use leptos::prelude::*;

use crate::browser::locale::Locale;
use crate::browser::page;
use crate::engine;
use crate::plan::joined;
use crate::plan::templates::{self, Template};
use crate::report::answer;
use crate::ui::desk::Desk;
use crate::ui::fields::Button;
use crate::ui::markup::view;

/// The templates to choose from.
#[component]
pub fn TemplatesPanel() -> impl IntoView {
    let desk = Desk::get();
    let workbench = desk.workbench;
    let apply = move |template: &'static Template| {
        let before = workbench.plan_now();
        workbench.edit(|plan| plan.break_down(template));
        let after = workbench.plan_now();
        let note =
            answer::break_down((&before, &engine::evaluate(&before)), (&after, &engine::evaluate(&after)), &Locale);
        desk.tell(&note, vec![]);
        desk.close_dialog();
        page::focus_later(".notice".to_owned());
    };
    let own = move |()| {
        workbench.edit(|plan| plan.insert_stage_after(0, "New stage", "New stages"));
        desk.close_dialog();
    };
    let choice = move |template: &'static Template| {
        let stages: Vec<&str> = template.stages.iter().map(|stage| stage.singular).collect();
        view! { <li><Button text=template.name more=joined(&stages, " → ") look="card" on_press=move |()| apply(template) /></li> }
            .into_any()
    };
    view! {
        <p>"Your target, average selling price and close rate are kept. Rates and days of a template are a start, not benchmarks: type your own."</p>
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
