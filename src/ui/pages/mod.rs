//! One file per page: composition only.

mod calendar;
mod funnel;
mod people;

pub use calendar::CalendarPage;
pub use funnel::FunnelPage;
pub use people::PeoplePage;
