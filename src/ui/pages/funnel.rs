//! The funnel: the answer, the goal, the stages, what it means.

use leptos::prelude::*;

use crate::ui::panels::{AnswerPanel, FunnelPanel, GoalPanel, MeaningPanel, PeriodPanel};

/// The page that answers *how many*.
#[component]
pub fn FunnelPage() -> impl IntoView {
    view! {
        <AnswerPanel />
        <div class="split">
            <GoalPanel />
            <FunnelPanel />
            <div class="details">
                <MeaningPanel />
                <PeriodPanel />
            </div>
        </div>
    }
}
