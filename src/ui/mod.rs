//! What people see and touch. No arithmetic on the domain: figures come from the outcome, words from `report`.
//!
//! [`workbench`] holds the plan and the only way to change it; [`desk`] knows where the plan is kept. Pages compose panels;
//! panels read the workbench and edit; fields take props and call back.

pub mod app;

mod desk;
mod dialog;
mod export;
mod fields;
mod figures;
mod followed;
mod markup;
mod pages;
mod panels;
mod workbench;
