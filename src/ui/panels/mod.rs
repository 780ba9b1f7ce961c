//! Panels read the workbench and edit. Each is one part of a page or of the dialog.

mod answer;
mod export;
mod footer;
mod funnel;
mod goal;
mod header;
mod meaning;
mod notices;
mod period;
mod plans;
mod share;
mod stage;
mod stage_editor;
mod table;
mod templates;
mod why;

pub use answer::AnswerPanel;
pub use export::ExportPanel;
pub use footer::Footer;
pub use funnel::FunnelPanel;
pub use goal::GoalPanel;
pub use header::Header;
pub use meaning::MeaningPanel;
pub use notices::Notices;
pub use period::PeriodPanel;
pub use plans::PlansPanel;
pub use share::SharePanel;
pub use templates::TemplatesPanel;
pub use why::WhyPanel;
