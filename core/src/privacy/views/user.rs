//! All that is kept of a portal user, for the agency.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::access::{Grant, Impersonation};
use crate::candidates::views::FeedbackView;
use crate::identities::views::IdentityView;
use crate::links::model::{Link, LinkTarget};
use crate::messages::views::MessageView;
use crate::users::model::{Membership, MembershipState};
use crate::users::views::UserView;
use crate::values::{
    ClientId, DeviceId, Email, ImpersonationId, Instant, LinkId, MandateId, MemberId, SessionId, Source, Text,
};

/// That somebody belongs or belonged to a client.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ExportedMembership {
    pub client: ClientId,
    /// False while the client's access is deactivated.
    pub active: bool,
    pub since: Instant,
}

pub fn membership(_: &Grant, membership: &Membership) -> ExportedMembership {
    ExportedMembership {
        client: membership.client,
        active: membership.state == MembershipState::Active,
        since: membership.created_at,
    }
}

/// A sign-in, and where it came from.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ExportedSession {
    pub id: SessionId,
    pub created_at: Instant,
    pub last_used_at: Instant,
    pub source: Option<Source>,
}

/// A device that is known.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ExportedDevice {
    pub id: DeviceId,
    pub last_used_at: Instant,
}

/// An invitation for the person.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ExportedInvitation {
    pub link: LinkId,
    pub client: ClientId,
    pub to: Option<Email>,
    pub sent_at: Instant,
    pub used: u32,
    pub last_used_at: Option<Instant>,
    pub last_source: Option<Source>,
}

pub fn invitation(_: &Grant, link: &Link) -> ExportedInvitation {
    let to = match &link.target {
        LinkTarget::User { email, .. } => Some(email.clone()),
        LinkTarget::Client { .. } | LinkTarget::Project { .. } | LinkTarget::Public { .. } => None,
    };
    ExportedInvitation {
        link: link.id,
        client: link.target.client(),
        to,
        sent_at: link.created_at,
        used: link.used,
        last_used_at: link.last_used_at,
        last_source: link.last_source.clone(),
    }
}

/// Somebody of the agency in the person's place.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ExportedImpersonation {
    pub id: ImpersonationId,
    pub member: MemberId,
    pub reason: Text<500>,
    pub started_at: Instant,
    pub ends_at: Instant,
}

pub fn impersonation(_: &Grant, session: Impersonation) -> ExportedImpersonation {
    ExportedImpersonation {
        id: session.id,
        member: session.member,
        reason: session.reason,
        started_at: session.started_at,
        ends_at: session.ends_at,
    }
}

/// All that is kept of a portal user. Of secrets it says that they are there.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct UserExport {
    pub user: UserView,
    pub created_at: Instant,
    pub memberships: Vec<ExportedMembership>,
    /// When the password was set, if there is one.
    pub password_set_at: Option<Instant>,
    pub second_factor: bool,
    pub sessions: Vec<ExportedSession>,
    pub devices: Vec<ExportedDevice>,
    pub identities: Vec<IdentityView>,
    /// The newest 1,000.
    pub invitations: Vec<ExportedInvitation>,
    /// The newest 1,000.
    pub impersonations: Vec<ExportedImpersonation>,
    /// The orders that the person placed, at most 1,000.
    pub mandates: Vec<MandateId>,
    /// What the person said of candidates, the newest 1,000.
    pub feedback: Vec<FeedbackView>,
    /// What the person wrote, newest first.
    pub messages: Vec<MessageView>,
    /// Where the messages go on; null at their end.
    pub next: Option<String>,
}
