//! Projects and schedules: what accepted mandates become, and how they are shared.

pub mod carrying;
pub mod events;
pub mod fields;
pub mod finding;
pub mod model;
pub mod operations;
pub mod rules;
pub mod views;
