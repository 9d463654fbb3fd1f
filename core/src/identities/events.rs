//! What happened to issuers and identities. Subjects are personal data and an issuer's address names a company: both
//! stay out, and the views tell them to who may see them.

use serde::Serialize;

use crate::engine::{EventBody, Subject};
use crate::values::{ClientId, UserId};

#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(untagged)]
pub enum IdentityEvent {
    ProviderSet { client: ClientId },
    ProviderRemoved { client: ClientId },
    Linked { user: UserId },
    Unlinked { user: UserId },
}

impl EventBody for IdentityEvent {
    fn name(&self) -> &'static str {
        match self {
            Self::ProviderSet { .. } => "identity_provider_set",
            Self::ProviderRemoved { .. } => "identity_provider_removed",
            Self::Linked { .. } => "identity_linked",
            Self::Unlinked { .. } => "identity_unlinked",
        }
    }

    fn subject(&self) -> Subject {
        match self {
            Self::ProviderSet { client, .. } | Self::ProviderRemoved { client, .. } => {
                Subject::new("client", client)
            }
            Self::Linked { user, .. } | Self::Unlinked { user, .. } => Subject::new("user", user),
        }
    }
}
