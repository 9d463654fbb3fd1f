//! What clients and the agency do with mandates.

mod client;
mod explain;
mod notify;
mod read;
mod review;

pub use client::{EditMandate, PreviewMandate, SubmitMandate, WithdrawMandate};
pub use explain::{ExplainMyMandate, Explanation, ReplayEstimate};
pub use read::{GetMandate, GetMyMandate, ListMandates, ListMyMandates};
pub use review::{AcceptMandate, DeclineMandate, ReviseMandate};
