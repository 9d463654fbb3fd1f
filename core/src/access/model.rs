//! The records that decide access: one gate per agency, one principal per person.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{ClientRole, MemberRole, Reach};
use crate::engine::Record;
use crate::store::{Column, IndexSpec, IndexValue, Kind};
use crate::values::{
    AgencyId, ClientId, ImpersonationId, Instant, LinkId, Locale, MemberId, ProjectId, Text, UserId,
};

/// Whether the agency exists here and its portal is switched on.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Gate {
    pub agency: AgencyId,
    /// The portal add-on, switched by the operator.
    pub portal: bool,
    pub locale: Locale,
    /// Signs the cursors of lists; hexadecimal, never leaves the store.
    pub cursor_key: String,
    /// Under this key the replies of commands are kept. Erasing somebody replaces it: every command reads this row, so
    /// none that began before keeps its reply under the new one.
    #[serde(default)]
    pub reply_key: Option<String>,
}

pub static GATE: Kind = Kind { name: "gate", columns: &[], indexes: &[] };

impl Record for Gate {
    const KIND: &'static Kind = &GATE;

    fn record_id(&self) -> String {
        self.agency.to_string()
    }
}

/// A person's standing at one client.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ClientAccess {
    pub client: ClientId,
    pub role: ClientRole,
    /// Where the role holds.
    #[serde(default)]
    pub reach: Reach,
}

/// Which side somebody is on, with the rights there.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "side", rename_all = "snake_case")]
pub enum PrincipalSide {
    Member { role: MemberRole },
    User { clients: Vec<ClientAccess> },
}

/// Whether somebody may act now.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Access {
    /// Created, has not joined yet.
    Invited,
    Active,
    Deactivated,
}

/// A person as far as rights go; names and addresses are elsewhere.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Principal {
    /// A member's or a user's id.
    pub id: Uuid,
    #[serde(flatten)]
    pub side: PrincipalSide,
    pub access: Access,
    /// Nothing but changing the password until that is done.
    #[serde(default)]
    pub must_change_password: bool,
    pub locale: Option<Locale>,
}

pub static PRINCIPAL: Kind = Kind { name: "principal", columns: &[], indexes: &[] };

impl Record for Principal {
    const KIND: &'static Kind = &PRINCIPAL;

    fn record_id(&self) -> String {
        self.id.to_string()
    }
}

/// A member in a user's place: for a reason, for a short time, and only to look unless more was asked for.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Impersonation {
    pub id: ImpersonationId,
    pub member: MemberId,
    pub user: UserId,
    pub reason: Text<500>,
    pub read_only: bool,
    pub started_at: Instant,
    pub ends_at: Instant,
    /// When it was ended before its time, if it was.
    pub ended_at: Option<Instant>,
}

pub static IMPERSONATION: Kind = Kind {
    name: "impersonation",
    columns: &[Column::text("user"), Column::integer("started_at")],
    indexes: &[IndexSpec { name: "by_user", columns: &["user", "started_at"] }],
};

impl Record for Impersonation {
    const KIND: &'static Kind = &IMPERSONATION;

    fn record_id(&self) -> String {
        self.id.to_string()
    }

    fn columns(&self) -> Vec<(&'static str, IndexValue)> {
        vec![("user", self.user.to_string().into()), ("started_at", self.started_at.millis().into())]
    }
}

impl Impersonation {
    /// From the end instant on it is over.
    pub fn is_running(&self, now: Instant) -> bool {
        self.ended_at.is_none() && now < self.ends_at && now >= self.started_at
    }
}

/// What a link that shows a project to its holder opens, and how long. Its secret and its use are kept elsewhere.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Share {
    pub link: LinkId,
    pub client: ClientId,
    pub project: ProjectId,
    pub expires_at: Instant,
    /// When it was withdrawn, if it was.
    pub ended_at: Option<Instant>,
}

pub static SHARE: Kind = Kind { name: "share", columns: &[], indexes: &[] };

impl Record for Share {
    const KIND: &'static Kind = &SHARE;

    fn record_id(&self) -> String {
        self.link.to_string()
    }
}

impl Share {
    pub fn is_open(&self, now: Instant) -> bool {
        self.ended_at.is_none() && now < self.expires_at
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::Share;
    use crate::values::{ClientId, Instant, LinkId, ProjectId};

    fn at(text: &str) -> Instant {
        Instant::parse(text).unwrap()
    }

    /// Reading the link itself says the same later; this is what decides before anything is read.
    #[test]
    fn b9_what_a_link_opens_is_closed_at_the_instant_when_it_expires() {
        let mut share = Share {
            link: LinkId::new(Uuid::from_u128(1)),
            client: ClientId::new(Uuid::from_u128(2)),
            project: ProjectId::new(Uuid::from_u128(3)),
            expires_at: at("2026-09-02T09:00:00Z"),
            ended_at: None,
        };
        assert!(share.is_open(at("2026-09-02T08:59:59.999Z")));
        assert!(!share.is_open(at("2026-09-02T09:00:00Z")));
        assert!(!share.is_open(at("2026-09-02T09:00:00.001Z")));
        share.ended_at = Some(at("2026-09-01T09:00:00Z"));
        assert!(!share.is_open(at("2026-09-01T10:00:00Z")));
    }
}
