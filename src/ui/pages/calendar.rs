//! The calendar: what must enter by when, what is there, what can no longer be mended.

use leptos::prelude::*;

use crate::ui::markup::view;
use crate::ui::panels::{MonthsPanel, OpenPanel, ScopeChoice, TimingPanel, TodayPanel};

/// The page that answers *by when*.
#[component]
pub fn CalendarPage() -> impl IntoView {
    view! {
        <MonthsPanel />
        <ScopeChoice />
        <TodayPanel />
        <OpenPanel />
        <TimingPanel />
    }
}
