//! What an order costs the client. Usable alone: [`engine::Book`] prices demands with lists, without a store;
//! [`functions`] are the same as JSON, for the other languages.

pub mod checks;
pub mod demand;
pub mod engine;
pub mod estimate;
pub mod events;
mod exact;
pub mod explain;
pub mod fees;
pub mod functions;
pub mod in_force;
pub mod list;
pub mod model;
pub mod operations;
pub mod replay;
pub mod rounding;
pub mod rules;
pub mod totals;
pub mod views;
