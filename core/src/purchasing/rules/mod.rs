//! Decisions over purchase orders and approvals, no Tx.

pub mod approval;
pub mod changing;
#[cfg(test)]
pub(crate) mod sample;
pub mod usage;
