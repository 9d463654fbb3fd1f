//! Decisions over purchase orders and approvals, no Tx.

pub mod approval;
pub mod usage;
