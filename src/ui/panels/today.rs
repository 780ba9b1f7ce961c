//! What should be there on the as-of date, against what is.

use leptos::prelude::*;

use super::why::Why;
use crate::browser::locale::Locale;
use crate::plan::Scope;
use crate::report::calendar;
use crate::report::why::Figure;
use crate::ui::desk::Desk;
use crate::ui::fields::look;
use crate::ui::markup::view;

/// Stage by stage, and the coverage of each source.
#[component]
pub fn TodayPanel() -> impl IntoView {
    let desk = Desk::get();
    let title = desk.part_text(|plan, _| calendar::as_of(plan, &Locale));
    let stages = desk.part_text(|plan, part| calendar::today(plan, part, &Locale).html());
    let why = move || {
        let last = desk.workbench.now(|plan, _| plan.base.steps.len());
        let mut figures = Vec::new();
        for stage in 0..=last {
            figures.extend([
                Figure::LastUseful(stage),
                Figure::Overdue(stage),
                Figure::ShouldBeOpen(stage),
                Figure::Needed(stage),
            ]);
        }
        figures
    };
    let coverage = desk.workbench.text(|plan, outcome| calendar::coverage(plan, outcome, &Locale).html());
    view! {
        <section class="today" aria-label="Where you stand">
            <h2>{title}</h2>
            <div class="scroll" tabindex="0" role="region" aria-label="What should be there, by stage" inner_html=stages.class()></div>
            <Why name="Why these figures?" figures=look(why) />
            <h3>"Coverage by source, in the whole plan"</h3>
            <div class="scroll" tabindex="0" role="region" aria-label="Coverage by source" inner_html=coverage.class()></div>
            <Why name="Why this coverage?" figures=look(|| vec![Figure::Coverage]) scope=Scope::Whole />
        </section>
    }
}
