//! For those who manage personal data: what was shown to whom, export and erasure.

mod disclosures;
mod erase_candidate;
mod erase_user;
mod erase_worker;
mod export_user;
mod export_worker;

pub use disclosures::ListDisclosures;
pub use erase_candidate::EraseCandidate;
pub use erase_user::EraseUser;
pub use erase_worker::EraseWorker;
pub use export_user::ExportUser;
pub use export_worker::ExportWorker;

use crate::codes::Code;
use crate::engine::Refusal;

/// How many copies one step goes through: a number that a host may lower.
fn at_most(given: Option<u32>, otherwise: u32) -> Result<u32, Refusal> {
    const MOST: u32 = 10_000;
    match given.unwrap_or(otherwise) {
        most @ 1..=MOST => Ok(most),
        _ => Err(Refusal::new(Code::OutOfRange).at("at_most").with("expected", format!("1 to {MOST}"))),
    }
}
