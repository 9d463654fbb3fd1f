//! That a member stood in a user's place. The reason is a person's own words, so it stays out.

use serde::Serialize;

use crate::engine::{EventBody, Subject};
use crate::values::{ImpersonationId, Instant, MemberId, UserId};

#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(untagged)]
pub enum ImpersonationEvent {
    Started {
        impersonation: ImpersonationId,
        user: UserId,
        member: MemberId,
        read_only: bool,
        ends_at: Instant,
    },
    Ended {
        impersonation: ImpersonationId,
        user: UserId,
        member: MemberId,
    },
}

impl EventBody for ImpersonationEvent {
    fn name(&self) -> &'static str {
        match self {
            Self::Started { .. } => "impersonation_started",
            Self::Ended { .. } => "impersonation_ended",
        }
    }

    fn subject(&self) -> Subject {
        match self {
            Self::Started { user, .. } | Self::Ended { user, .. } => Subject::new("user", user),
        }
    }
}
