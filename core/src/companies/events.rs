//! What happened to a client's company details. The details themselves are not in events: some are personal data.

use serde::Serialize;

use crate::engine::{EventBody, Subject};
use crate::values::ClientId;

#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(untagged)]
pub enum CompanyEvent {
    Changed { client: ClientId, revision: u32 },
    IdentityAsked { client: ClientId, revision: u32 },
    IdentityApproved { client: ClientId, revision: u32 },
    IdentityRefused { client: ClientId, revision: u32 },
}

impl EventBody for CompanyEvent {
    fn name(&self) -> &'static str {
        match self {
            Self::Changed { .. } => "company_changed",
            Self::IdentityAsked { .. } => "company_identity_asked",
            Self::IdentityApproved { .. } => "company_identity_approved",
            Self::IdentityRefused { .. } => "company_identity_refused",
        }
    }

    fn subject(&self) -> Subject {
        match self {
            Self::Changed { client, .. }
            | Self::IdentityAsked { client, .. }
            | Self::IdentityApproved { client, .. }
            | Self::IdentityRefused { client, .. } => Subject::new("client", client),
        }
    }
}
