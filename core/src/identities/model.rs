//! Records of external identities: which issuers vouch for a client's people, and who is whom there.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::access::{ClientRole, Reach};
use crate::engine::{Record, Refusal};
use crate::store::{Column, IndexSpec, IndexValue, Kind};
use crate::values::{Bounded, ClientId, ContentHash, Instant, Text, UserId};

/// More issuers than this cannot vouch for one client's people.
pub const MOST_PROVIDERS: usize = 5;
pub const MOST_GROUP_RULES: usize = 100;

/// Who vouches, as the claims name it: the `iss` of `OpenID` Connect, the entity id of SAML. Compared exactly.
pub type Issuer = Text<500>;
/// Whom the issuer means: never given to anybody else there. Compared exactly.
pub type Subject = Text<255>;
/// A group as the issuer names it. Compared exactly.
pub type Group = Text<255>;

/// What somebody is at the client.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Standing {
    pub role: ClientRole,
    /// The projects and sites that the person is limited to; without it, the whole client.
    #[serde(default)]
    pub reach: Reach,
}

/// What the members of a group are at the client.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GroupRule {
    pub group: Group,
    pub role: ClientRole,
    /// The projects and sites that they are limited to; without it, the whole client.
    #[serde(default)]
    pub reach: Reach,
}

impl GroupRule {
    pub fn standing(&self) -> Standing {
        Standing { role: self.role, reach: self.reach.clone() }
    }
}

/// An issuer that a client trusts with its people.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Provider {
    pub issuer: Issuer,
    /// The first rule whose group somebody is in decides.
    pub groups: Bounded<GroupRule, MOST_GROUP_RULES>,
    /// For who is in none of the groups; without it, they are not let in.
    pub otherwise: Option<Standing>,
    /// Whether somebody who is not known yet becomes a portal user of the client.
    pub creates_people: bool,
    /// Whether a verified address is enough to take an unknown identity for a person of this client alone.
    pub links_by_email: bool,
}

/// The issuers that one client trusts: one record, so that a sign-in has them in its first load.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Providers {
    pub client: ClientId,
    pub providers: Vec<Provider>,
}

pub static PROVIDERS: Kind = Kind { name: "identity_providers", columns: &[], indexes: &[] };

impl Record for Providers {
    const KIND: &'static Kind = &PROVIDERS;

    fn record_id(&self) -> String {
        self.client.to_string()
    }
}

/// That an issuer's subject is this portal user.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Identity {
    pub issuer: Issuer,
    pub subject: Subject,
    /// None once it is unlinked: rows are never deleted.
    pub user: Option<UserId>,
    pub linked_at: Instant,
    /// The id of this row, once it was unlinked and the subject was taken out of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub erased: Option<ContentHash>,
}

pub static IDENTITY: Kind = Kind {
    name: "identity",
    columns: &[Column::text("user"), Column::integer("linked_at")],
    indexes: &[IndexSpec { name: "by_user", columns: &["user", "linked_at"] }],
};

impl Identity {
    /// A hash, because a subject may be somebody's address, and ids stand in more places than bodies.
    pub fn id(issuer: &Issuer, subject: &Subject) -> String {
        Self::hash_of(issuer, subject).to_string()
    }

    /// The same of this one.
    pub fn hash(&self) -> ContentHash {
        self.erased.clone().unwrap_or_else(|| Self::hash_of(&self.issuer, &self.subject))
    }

    /// What is left of one that is nobody's any more: a subject may be somebody's address. The row keeps its id, which is
    /// a hash; who is linked anew gets it back.
    pub fn forgotten(&self) -> Result<Self, Refusal> {
        Ok(Self {
            issuer: self.issuer.clone(),
            subject: Text::parse("erased")?,
            user: None,
            linked_at: self.linked_at,
            erased: Some(self.hash()),
        })
    }

    fn hash_of(issuer: &Issuer, subject: &Subject) -> ContentHash {
        let (issuer, subject) = (issuer.as_str(), subject.as_str());
        ContentHash::of(format!("{}:{issuer}{subject}", issuer.len()).as_bytes())
    }
}

impl Record for Identity {
    const KIND: &'static Kind = &IDENTITY;

    fn record_id(&self) -> String {
        self.hash().to_string()
    }

    fn is_erased(&self) -> bool {
        self.erased.is_some()
    }

    fn columns(&self) -> Vec<(&'static str, IndexValue)> {
        let Some(user) = self.user else { return Vec::new() };
        vec![("user", user.to_string().into()), ("linked_at", self.linked_at.millis().into())]
    }
}
