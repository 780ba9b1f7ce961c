//! The calendar: what must enter by when, what is there, what can no longer be mended.

use leptos::prelude::*;

use crate::ui::markup::view;
use crate::ui::panels::{DatesPanel, MonthsPanel, OpenPanel, ScopeChoice, TimingPanel, TodayPanel};

/// The page that answers *by when*.
#[component]
pub fn CalendarPage() -> impl IntoView {
    // In an element, unlike the other page: views of one type are patched into each other, and what was open there would be here.
    view! {
        <div>
            <DatesPanel />
            <ScopeChoice />
            <MonthsPanel />
            <TodayPanel />
            <OpenPanel />
            <TimingPanel />
        </div>
    }
}
