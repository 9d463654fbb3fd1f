//! How the portal looks to a client's people, and which optional facts of a shift they are shown.

pub mod events;
pub mod fields;
pub mod model;
pub mod operations;
pub mod rules;
pub mod views;
