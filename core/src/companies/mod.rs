//! A client's own company details: what it says of itself, and what the agency has to approve of it.

pub mod events;
pub mod model;
pub mod operations;
pub mod rules;
pub mod views;
