//! What happened to a client.

use serde::Serialize;

use super::model::AccessStatus;
use crate::agency::model::ChangePolicy;
use crate::engine::{EventBody, Subject};
use crate::values::{ClientId, Instant, SiteId, SkillId};
use crate::visibility::Sharing;

#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(untagged)]
pub enum ClientEvent {
    Created { client: ClientId },
    Changed { client: ClientId },
    SiteAdded { client: ClientId, site: SiteId },
    SiteChanged { client: ClientId, site: SiteId },
    OrderingChanged { client: ClientId, ordering: Option<bool>, orderable: Option<Vec<SkillId>> },
    AutoAcceptSwitched { client: ClientId, on: bool },
    CutoffChanged { client: ClientId, minutes: Option<u32> },
    SharingChanged { client: ClientId, sharing: Sharing, applied_to: u32 },
    ChangesSet { client: ClientId, policy: Option<ChangePolicy> },
    LinkMade { client: ClientId, expires_at: Instant, send_now: bool },
    AccessChanged { client: ClientId, from: AccessStatus, to: AccessStatus },
}

impl EventBody for ClientEvent {
    fn name(&self) -> &'static str {
        match self {
            Self::Created { .. } => "client_created",
            Self::Changed { .. } => "client_changed",
            Self::SiteAdded { .. } => "site_added",
            Self::SiteChanged { .. } => "site_changed",
            Self::OrderingChanged { .. } => "client_ordering_changed",
            Self::AutoAcceptSwitched { .. } => "client_auto_accept_switched",
            Self::CutoffChanged { .. } => "client_cutoff_changed",
            Self::SharingChanged { .. } => "client_sharing_changed",
            Self::ChangesSet { .. } => "client_changes_set",
            Self::LinkMade { .. } => "client_link_made",
            Self::AccessChanged { .. } => "client_access_changed",
        }
    }

    fn subject(&self) -> Subject {
        match self {
            Self::Created { client }
            | Self::Changed { client }
            | Self::SiteAdded { client, .. }
            | Self::SiteChanged { client, .. }
            | Self::OrderingChanged { client, .. }
            | Self::AutoAcceptSwitched { client, .. }
            | Self::CutoffChanged { client, .. }
            | Self::SharingChanged { client, .. }
            | Self::ChangesSet { client, .. }
            | Self::LinkMade { client, .. }
            | Self::AccessChanged { client, .. } => Subject::new("client", client),
        }
    }
}
