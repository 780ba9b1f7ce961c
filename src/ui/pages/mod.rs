//! One file per page: composition only.

mod calendar;
mod funnel;

pub use calendar::CalendarPage;
pub use funnel::FunnelPage;
