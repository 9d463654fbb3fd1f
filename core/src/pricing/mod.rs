//! What an order costs the client. Usable alone: [`estimate`] is a pure function over lists and a demand.

pub mod checks;
mod compute;
pub mod demand;
pub mod engine;
pub mod estimate;
pub mod events;
pub mod explain;
pub mod list;
pub mod model;
pub mod operations;
pub mod replay;
pub mod rounding;
pub mod rules;
pub mod totals;
pub mod views;

pub use compute::{Demand, DemandPosition, estimate};
pub use views::{Estimate, EstimateLine, LineCode, UnpricedReason, VatLine};
