//! What happened to sessions. Failed attempts are no events: anybody can make as many of those as they like.

use serde::Serialize;

use crate::engine::{EventBody, Subject};
use crate::values::{AgencyId, SessionId, UserId};

#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(untagged)]
pub enum SessionEvent {
    SignedIn { user: UserId, session: SessionId },
    Ended { user: UserId, session: SessionId },
    AllEnded { user: UserId, count: usize },
    PolicyChanged { agency: AgencyId, idle_minutes: u32, longest_minutes: u32 },
    HashCostChanged { agency: AgencyId, memory_kib: u32, passes: u32, lanes: u32 },
}

impl EventBody for SessionEvent {
    fn name(&self) -> &'static str {
        match self {
            Self::SignedIn { .. } => "user_signed_in",
            Self::Ended { .. } => "session_ended",
            Self::AllEnded { .. } => "sessions_ended",
            Self::PolicyChanged { .. } => "sign_in_policy_changed",
            Self::HashCostChanged { .. } => "hash_cost_changed",
        }
    }

    fn subject(&self) -> Subject {
        match self {
            Self::SignedIn { user, .. } | Self::Ended { user, .. } | Self::AllEnded { user, .. } => {
                Subject::new("user", user)
            }
            Self::PolicyChanged { agency, .. } | Self::HashCostChanged { agency, .. } => {
                Subject::new("agency", agency)
            }
        }
    }
}
