//! The funnel: the answer, the goal, the stages, what it means, and the parts that it is made of.

use leptos::prelude::*;

use crate::ui::markup::view;
use crate::ui::panels::{
    AnswerPanel, FunnelPanel, GoalPanel, MeaningPanel, PeriodPanel, ReturnsPanel, ScopeChoice, SegmentsPanel,
    SourcesPanel,
};

/// The page that answers *how many*.
#[component]
pub fn FunnelPage() -> impl IntoView {
    view! {
        <AnswerPanel />
        <ScopeChoice />
        <div class="split">
            <GoalPanel />
            <FunnelPanel />
            <div class="details">
                <MeaningPanel />
                <PeriodPanel />
            </div>
        </div>
        <SegmentsPanel />
        <SourcesPanel />
        <ReturnsPanel />
    }
}
