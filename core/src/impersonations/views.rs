//! An impersonation as the agency sees it, and as the people of the user's client do.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::access::{Grant, Impersonation};
use crate::agency::model::Member;
use crate::values::{ImpersonationId, Instant, MemberId, UserId};

/// A member's time in a user's place.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ImpersonationView {
    pub id: ImpersonationId,
    pub user: UserId,
    pub member: MemberId,
    pub member_name: String,
    pub reason: String,
    /// Looking only; nothing could be changed.
    pub read_only: bool,
    pub started_at: Instant,
    /// At this instant it is over.
    pub ends_at: Instant,
    /// When it was ended before its time, if it was.
    pub ended_at: Option<Instant>,
}

pub fn impersonation(_: &Grant, session: &Impersonation, member: &Member) -> ImpersonationView {
    ImpersonationView {
        id: session.id,
        user: session.user,
        member: session.member,
        member_name: member.name.to_string(),
        reason: session.reason.to_string(),
        read_only: session.read_only,
        started_at: session.started_at,
        ends_at: session.ends_at,
        ended_at: session.ended_at,
    }
}
