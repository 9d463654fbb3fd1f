//! Shifts, their positions and bookings, and the workers in them.

pub mod apply;
pub mod days;
pub mod events;
pub mod figures;
pub mod model;
pub mod opening;
pub mod operations;
pub mod placing;
pub mod rules;
pub mod views;
