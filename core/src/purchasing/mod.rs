//! What a client's spending is bound to: purchase orders, and who at the client approves mandates up to which amount.

pub mod events;
pub mod holding;
pub mod model;
pub mod operations;
pub mod previews;
pub mod rules;
pub mod views;
