//! Records of portal users: the person, the membership at a client, the credential.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::access::ClientAccess;
use crate::engine::Record;
use crate::store::{Column, IndexSpec, IndexValue, Kind};
use crate::values::{ClientId, Email, Instant, LinkId, Locale, Text, UserId};

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
    /// When everything that is personal was taken out of this row and of all copies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub erased_at: Option<Instant>,
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
        // A column that is left out is in no range: who was erased is in no list.
        if self.is_erased() {
            return Vec::new();
        }
        vec![("name", self.name.as_str().into())]
    }

    fn is_erased(&self) -> bool {
        self.erased_at.is_some()
    }
}

/// How a person belongs to a client.
///
/// Role and reach stand in one place at any time: in the principal while they hold, here while they do not.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum MembershipState {
    /// The principal says what the person may do there.
    #[default]
    Active,
    /// The client's access is deactivated: what the person gets back when it is reactivated.
    Suspended { held: ClientAccess },
    /// The person was removed. The record stays, because records are never deleted.
    Ended,
}

/// That a user belongs to a client: for listing the client's people.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Membership {
    pub client: ClientId,
    pub user: UserId,
    #[serde(flatten)]
    pub state: MembershipState,
    pub created_at: Instant,
}

pub static MEMBERSHIP: Kind = Kind {
    name: "membership",
    columns: &[Column::text("client"), Column::text("user"), Column::integer("created_at")],
    indexes: &[
        IndexSpec { name: "by_client", columns: &["client", "created_at"] },
        IndexSpec { name: "by_user", columns: &["user", "created_at"] },
    ],
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
        // Who was removed is in no list: a column that is left out is in no range.
        if self.state == MembershipState::Ended {
            return Vec::new();
        }
        vec![
            ("client", self.client.to_string().into()),
            ("user", self.user.to_string().into()),
            ("created_at", self.created_at.millis().into()),
        ]
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
