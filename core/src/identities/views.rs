//! Issuers and identities as those who manage people see them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::model::{GroupRule, Identity, MOST_GROUP_RULES, Provider, Standing};
use crate::access::{ClientRole, Grant, Reach};
use crate::sessions::views::SessionStarted;
use crate::values::{Bounded, ClientId, Instant, UserId};

/// An issuer that a client trusts with its people.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ProviderView {
    pub client: ClientId,
    pub issuer: String,
    /// The first rule whose group somebody is in decides.
    pub groups: Bounded<GroupRule, MOST_GROUP_RULES>,
    /// For who is in none of the groups; null if they are not let in.
    pub otherwise: Option<Standing>,
    pub creates_people: bool,
    pub links_by_email: bool,
}

pub fn provider(_: &Grant, client: ClientId, provider: &Provider) -> ProviderView {
    ProviderView {
        client,
        issuer: provider.issuer.to_string(),
        groups: provider.groups.clone(),
        otherwise: provider.otherwise.clone(),
        creates_people: provider.creates_people,
        links_by_email: provider.links_by_email,
    }
}

/// The issuers that a client trusts.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ProvidersView {
    pub items: Vec<ProviderView>,
}

/// What a call with somebody's claims has changed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum IdentityChange {
    /// It was as the claims say already.
    Unchanged,
    /// The person's name, address, role or reach is another.
    Changed,
    /// The identity was taken for a person who was there.
    Linked,
    /// The person is new at the client.
    Created,
    /// The person is nothing at the client any more.
    Removed,
}

/// Who somebody is at the client, after their claims were taken over.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ProvisionedView {
    pub client: ClientId,
    /// Null if nobody was known under this identity, and none is now.
    pub user: Option<UserId>,
    /// Null if the person is nothing at the client.
    pub role: Option<ClientRole>,
    pub reach: Option<Reach>,
    pub change: IdentityChange,
}

/// Who has come in.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct IdentitySignedIn {
    pub user: UserId,
    pub change: IdentityChange,
    /// Null if the host keeps its own sessions.
    pub session: Option<SessionStarted>,
}

/// Under which identity a person is known to an issuer.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct IdentityView {
    pub issuer: String,
    pub subject: String,
    pub linked_at: Instant,
}

pub fn identity(_: &Grant, identity: &Identity) -> IdentityView {
    IdentityView {
        issuer: identity.issuer.to_string(),
        subject: identity.subject.to_string(),
        linked_at: identity.linked_at,
    }
}

/// The identities of one person, oldest first.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct IdentitiesView {
    pub items: Vec<IdentityView>,
}
