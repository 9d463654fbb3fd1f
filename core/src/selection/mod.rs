//! Staff selection: the agency proposes workers for positions, the client chooses among them, the agency books them.

pub mod events;
pub mod model;
pub mod operations;
pub mod rules;
pub mod views;
