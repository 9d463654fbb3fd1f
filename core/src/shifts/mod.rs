//! Shifts, their positions and bookings, and the workers in them.

pub mod apply;
pub mod events;
pub mod model;
pub mod operations;
pub mod rules;
pub mod views;
