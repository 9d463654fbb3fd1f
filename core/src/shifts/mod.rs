//! Shifts, their positions and bookings, and the workers in them.

pub mod model;
pub mod rules;
