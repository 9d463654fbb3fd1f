//! What the core asks a store for, and the rows it gets back.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// The first part of every key: an agency's id, or the one reserved directory.
///
/// The directory holds what is unique across agencies (the subdomains) and nothing else.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Tenant(Arc<str>);

impl Tenant {
    /// The reserved tenant for names that are unique across agencies.
    pub const DIRECTORY: &'static str = "directory";

    pub fn new(text: &str) -> Self {
        Self(Arc::from(text))
    }

    pub fn directory() -> Self {
        Self::new(Self::DIRECTORY)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Tenant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Where one record lives. Compared byte by byte, in every store.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Key {
    pub tenant: Tenant,
    pub kind: Cow<'static, str>,
    pub id: String,
}

impl Key {
    pub fn new(tenant: &Tenant, kind: &'static str, id: impl Into<String>) -> Self {
        Self { tenant: tenant.clone(), kind: Cow::Borrowed(kind), id: id.into() }
    }
}

/// A value in an index column. Integers sort by number, texts by their UTF-8 bytes.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(untagged)]
pub enum IndexValue {
    Integer(i64),
    Text(String),
}

impl From<&str> for IndexValue {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for IndexValue {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for IndexValue {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

/// A limit on the first index column after those that are given in `equals`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bound {
    /// Inclusive.
    #[serde(default)]
    pub from: Option<IndexValue>,
    /// Exclusive.
    #[serde(default)]
    pub to: Option<IndexValue>,
}

/// The row after which a range goes on: all of its index columns in the index's order, then its id.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cursor {
    pub values: Vec<IndexValue>,
    pub id: String,
}

/// Rows of one kind in the order of one of its indexes, ties broken by id in the same direction.
///
/// A row that lacks one of the index's columns is not in that index.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RangeRead {
    pub tenant: Tenant,
    pub kind: Cow<'static, str>,
    pub index: Cow<'static, str>,
    pub equals: Vec<IndexValue>,
    #[serde(default)]
    pub bound: Bound,
    #[serde(default)]
    pub descending: bool,
    pub limit: u32,
    #[serde(default)]
    pub after: Option<Cursor>,
}

/// One question to the store. The answer to each is a list of rows.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(tag = "read", rename_all = "snake_case")]
pub enum Read {
    /// The record with this key: one row, or none.
    Point(Key),
    /// Records in index order.
    Range(RangeRead),
    /// Who holds a unique name: one row whose body is the owner, or none.
    Claim { tenant: Tenant, space: Cow<'static, str>, name: String },
    /// A command that was committed before: one row whose body is a `CommandRecord`, or none.
    Command { tenant: Tenant, id: String },
    /// Events in the order of their numbers, each row with its number as version and its link.
    Events { tenant: Tenant, subject: Option<String>, after: u64, limit: u32 },
}

impl Read {
    pub fn tenant(&self) -> &Tenant {
        match self {
            Self::Point(key) => &key.tenant,
            Self::Range(range) => &range.tenant,
            Self::Claim { tenant, .. } | Self::Command { tenant, .. } | Self::Events { tenant, .. } => tenant,
        }
    }
}

/// One row as a store keeps it. The body is opaque text to the store.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    pub id: String,
    /// 1 when first written, one more with every put. For an event: its number in the tenant.
    pub version: u64,
    pub body: String,
    /// Only on events: the hash that links the event to the one before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
}
