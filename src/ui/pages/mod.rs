//! One file per page: composition only.

mod funnel;

pub use funnel::FunnelPage;
