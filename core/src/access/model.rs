//! The records that decide access: one gate per agency, one principal per person.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{ClientRole, MemberRole};
use crate::engine::Record;
use crate::store::{Column, IndexSpec, IndexValue, Kind};
use crate::values::{AgencyId, ClientId, Locale};

/// Whether the agency exists here and its portal is switched on.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Gate {
    pub agency: AgencyId,
    /// The portal add-on, switched by the operator.
    pub portal: bool,
    pub locale: Locale,
    /// Signs the cursors of lists; hexadecimal, never leaves the store.
    pub cursor_key: String,
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

pub static PRINCIPAL: Kind = Kind {
    name: "principal",
    columns: &[Column::text("side")],
    indexes: &[IndexSpec { name: "by_side", columns: &["side"] }],
};

impl Record for Principal {
    const KIND: &'static Kind = &PRINCIPAL;

    fn record_id(&self) -> String {
        self.id.to_string()
    }

    fn columns(&self) -> Vec<(&'static str, IndexValue)> {
        let side = match self.side {
            PrincipalSide::Member { .. } => "member",
            PrincipalSide::User { .. } => "user",
        };
        vec![("side", side.into())]
    }
}
