//! What happened to a link. A client's history shows it; where it was used from stays out.

use serde::Serialize;

use crate::engine::{EventBody, Subject};
use crate::values::{ClientId, Instant, LinkId, ProjectId};

#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(untagged)]
pub enum LinkEvent {
    Shared { link: LinkId, client: ClientId, project: ProjectId, expires_at: Instant, uses: Option<u32> },
    Published { link: LinkId, client: ClientId, project: ProjectId, expires_at: Instant },
    Opened { link: LinkId, client: ClientId, used: u32 },
    Ended { link: LinkId, client: ClientId },
}

impl EventBody for LinkEvent {
    fn name(&self) -> &'static str {
        match self {
            Self::Shared { .. } => "link_shared",
            Self::Published { .. } => "link_published",
            Self::Opened { .. } => "link_opened",
            Self::Ended { .. } => "link_ended",
        }
    }

    fn subject(&self) -> Subject {
        match self {
            Self::Shared { client, .. }
            | Self::Published { client, .. }
            | Self::Opened { client, .. }
            | Self::Ended { client, .. } => Subject::new("client", client),
        }
    }
}
