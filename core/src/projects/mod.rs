//! Projects and schedules: what accepted mandates become, and how they are shared.

pub mod model;
