//! What an order costs the client. Usable alone: [`estimate`] is a pure function over lists and a demand.

mod compute;
pub mod events;
pub mod fees;
pub mod model;
pub mod operations;
pub mod rounding;
pub mod rules;
pub mod totals;
pub mod views;

pub use compute::{Demand, DemandPosition, estimate};
pub use views::{Estimate, EstimateLine, LineCode, UnpricedReason, VatLine};
