//! Content pages of the agency, for its clients' people, for its own, or for both.

pub mod events;
pub mod fields;
pub mod model;
pub mod operations;
pub mod rules;
pub mod views;
