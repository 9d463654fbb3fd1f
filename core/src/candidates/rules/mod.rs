//! Decisions over jobs and candidates: their lives, and, in a file of its own, what clients are shown of a candidate. No Tx.

pub mod candidate;
pub mod documents;
pub mod job;
pub mod showing;

use super::model::{Candidate, CandidateState};
use crate::codes::Code;
use crate::engine::Refusal;
use crate::values::closed_list;

closed_list! {
    /// What the agency sees of whether clients see a candidate.
    PortalStatus {
        /// It has not passed the review.
        NotReviewed "not_reviewed",
        /// It has passed the review, and the job is not on the portal, or belongs to a project that is not shared.
        JobNotOnPortal "job_not_on_portal",
        /// Clients see it.
        Shown "shown",
        /// Clients see it without anything by which the person can be known.
        ShownAnonymised "shown_anonymised",
        /// It was taken off.
        Removed "removed",
    }
}

pub const fn portal_status(candidate: &Candidate) -> PortalStatus {
    match (candidate.state, candidate.job_shown, candidate.anonymous) {
        (CandidateState::Draft | CandidateState::InReview, ..) => PortalStatus::NotReviewed,
        (CandidateState::Removed, ..) => PortalStatus::Removed,
        (CandidateState::OnPortal, false, _) => PortalStatus::JobNotOnPortal,
        (CandidateState::OnPortal, true, false) => PortalStatus::Shown,
        (CandidateState::OnPortal, true, true) => PortalStatus::ShownAnonymised,
    }
}

/// The caller has read this revision.
pub fn expected(read: u32, now: u32) -> Result<(), Refusal> {
    if read == now {
        return Ok(());
    }
    Err(Refusal::new(Code::StaleRevision).at("revision").with("revision", now))
}

/// Nobody is told of what they do not see. Whoever chose to tell learns that nobody was.
pub fn may_tell(visible: bool) -> Result<(), Refusal> {
    if visible { Ok(()) } else { Err(Refusal::new(Code::NotShownToClients).at("notify_clients")) }
}
