//! That somebody was erased: ids only, which the history of the agency has anyway.

use serde::Serialize;

use crate::engine::{EventBody, Subject};
use crate::values::{CandidateId, UserId, WorkerId};

#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(untagged)]
pub enum ErasureEvent {
    WorkerBegun { worker: WorkerId },
    WorkerErased { worker: WorkerId, copies: u32 },
    UserBegun { user: UserId },
    UserErased { user: UserId, copies: u32 },
    CandidateErased { candidate: CandidateId },
}

impl EventBody for ErasureEvent {
    fn name(&self) -> &'static str {
        match self {
            Self::WorkerBegun { .. } => "worker_erasure_begun",
            Self::WorkerErased { .. } => "worker_erased",
            Self::UserBegun { .. } => "user_erasure_begun",
            Self::UserErased { .. } => "user_erased",
            Self::CandidateErased { .. } => "candidate_erased",
        }
    }

    fn subject(&self) -> Subject {
        match self {
            Self::WorkerBegun { worker } | Self::WorkerErased { worker, .. } => {
                Subject::new("worker", worker)
            }
            Self::UserBegun { user } | Self::UserErased { user, .. } => Subject::new("user", user),
            Self::CandidateErased { candidate } => Subject::new("candidate", candidate),
        }
    }
}
