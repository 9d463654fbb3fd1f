//! Records of portal users: the person, the membership at a client, the credential, the invitation.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::access::ClientRole;
use crate::engine::{Actor, Record};
use crate::store::{Column, IndexSpec, IndexValue, Kind};
use crate::values::{ClientId, ContentHash, Email, Instant, LinkId, Locale, Text, UserId};

/// A person at one or more clients. Their rights are in the principal of the same id.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct User {
    pub id: UserId,
    pub name: Text<120>,
    /// The login: unique in the agency, compared without case.
    pub email: Email,
    pub locale: Option<Locale>,
    /// The one invitation that is good now; making another replaces it.
    pub link: Option<LinkId>,
    pub created_at: Instant,
    pub joined_at: Option<Instant>,
}

pub static USER: Kind = Kind {
    name: "user",
    columns: &[Column::text("name")],
    indexes: &[IndexSpec { name: "by_name", columns: &["name"] }],
};

impl Record for User {
    const KIND: &'static Kind = &USER;

    fn record_id(&self) -> String {
        self.id.to_string()
    }

    fn columns(&self) -> Vec<(&'static str, IndexValue)> {
        vec![("name", self.name.as_str().into())]
    }
}

/// That a user belongs to a client: for listing the client's people. The principal says the same for deciding.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Membership {
    pub client: ClientId,
    pub user: UserId,
    pub role: ClientRole,
    pub created_at: Instant,
}

pub static MEMBERSHIP: Kind = Kind {
    name: "membership",
    columns: &[Column::text("client"), Column::integer("created_at")],
    indexes: &[IndexSpec { name: "by_client", columns: &["client", "created_at"] }],
};

impl Membership {
    pub fn id(client: ClientId, user: UserId) -> String {
        format!("{client}/{user}")
    }
}

impl Record for Membership {
    const KIND: &'static Kind = &MEMBERSHIP;

    fn record_id(&self) -> String {
        Self::id(self.client, self.user)
    }

    fn columns(&self) -> Vec<(&'static str, IndexValue)> {
        vec![("client", self.client.to_string().into()), ("created_at", self.created_at.millis().into())]
    }
}

/// What proves a user at sign-in. Apart from the user's record, so that no view is near it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credential {
    pub user: UserId,
    /// A PHC string: argon2id with its cost, salt and hash.
    pub password: String,
    pub set_at: Instant,
    /// Only on passwords that the agency gave: no good any more from here on.
    pub expires_at: Option<Instant>,
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credential").field("user", &self.user).finish_non_exhaustive()
    }
}

pub static CREDENTIAL: Kind = Kind { name: "credential", columns: &[], indexes: &[] };

impl Record for Credential {
    const KIND: &'static Kind = &CREDENTIAL;

    fn record_id(&self) -> String {
        self.user.to_string()
    }
}

/// Whom an invitation is for.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "for", rename_all = "snake_case")]
pub enum LinkTarget {
    /// Whoever of the client opens it first.
    Client { client: ClientId },
    /// One person, under one address.
    User { client: ClientId, user: UserId, email: Email },
}

impl LinkTarget {
    pub const fn client(&self) -> ClientId {
        match self {
            Self::Client { client } | Self::User { client, .. } => *client,
        }
    }
}

/// An invitation. Of its secret only the hash is kept.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    pub id: LinkId,
    pub target: LinkTarget,
    pub secret: ContentHash,
    pub invited_by: Actor,
    pub created_at: Instant,
    pub expires_at: Instant,
    /// Whether the host sends the mail itself, or it was handed over.
    pub send_now: bool,
    pub used_at: Option<Instant>,
}

impl fmt::Debug for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Link").field("id", &self.id).field("target", &self.target).finish_non_exhaustive()
    }
}

pub static LINK: Kind = Kind { name: "link", columns: &[], indexes: &[] };

impl Record for Link {
    const KIND: &'static Kind = &LINK;

    fn record_id(&self) -> String {
        self.id.to_string()
    }
}
