//! What people are told: one notification per audience and event, read in each reader's own language.

pub mod model;
pub mod operations;
mod raise;
pub mod rules;
pub mod views;

pub use model::{AboutMandate, Notice};
pub use raise::raise;
