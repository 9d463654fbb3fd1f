//! What the core asks a store to write: one change set, all or nothing.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::read::{IndexValue, Key, Tenant};
use crate::values::hex;

/// The version a record must still have at commit; 0 says that it must not exist.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expectation {
    #[serde(flatten)]
    pub key: Key,
    pub version: u64,
}

/// A record to write. Its version becomes the one found plus one.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Put {
    pub tenant: Tenant,
    pub kind: Cow<'static, str>,
    pub id: String,
    /// The values of the kind's index columns, by column name; a column that is absent is null.
    pub columns: Vec<(Cow<'static, str>, IndexValue)>,
    pub body: String,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClaimAction {
    Take,
    Release,
}

/// A unique name to take or to give back. Taking a name that another owner holds is a conflict.
///
/// All releases of a change set take effect before its takes. Releasing what the owner does not hold does nothing.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    pub tenant: Tenant,
    pub space: Cow<'static, str>,
    pub name: String,
    pub owner: String,
    pub action: ClaimAction,
}

/// An event to append. The store gives it the tenant's next number and its link.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewEvent {
    pub tenant: Tenant,
    pub id: String,
    /// `kind/id` of the record that the event is about.
    pub subject: String,
    pub body: String,
    /// SHA-256 of the body, 64 lower-case hexadecimal digits.
    pub digest: String,
}

/// What is kept of a command, so that a retry gets the first answer.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CommandRecord {
    /// SHA-256 over operation, actor and input: the same id with another fingerprint is an error.
    pub fingerprint: String,
    /// The reply without its secrets.
    pub reply: String,
}

/// All that one operation writes. A store applies the whole of it in one transaction, or nothing.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangeSet {
    pub tenant: Tenant,
    pub command_id: String,
    pub command: CommandRecord,
    pub expect: Vec<Expectation>,
    pub puts: Vec<Put>,
    pub deletes: Vec<Key>,
    pub claims: Vec<Claim>,
    pub events: Vec<NewEvent>,
}

/// How a commit ended. A conflict is an outcome, not an error.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum CommitOutcome {
    Committed,
    /// An expectation failed or a name was taken; nothing was written.
    Conflict,
    /// The command id is known; nothing was written again.
    AlreadyDone {
        fingerprint: String,
        reply: String,
    },
}

/// The link of an event: SHA-256, in hexadecimal, of the text `previous:number:digest`.
///
/// The first event of a tenant has the empty text as previous link and the number 1. The formula is this
/// plain so that a store in any language computes it with its standard library.
pub fn link_of(previous: &str, number: u64, digest: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(previous.as_bytes());
    hash.update(b":");
    hash.update(number.to_string().as_bytes());
    hash.update(b":");
    hash.update(digest.as_bytes());
    hex::encode(&hash.finalize())
}
