//! What the host is told about its ids.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::values::{HostId, RecordId};

/// A record with the host's id for it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct HostIdView {
    pub id: RecordId,
    pub host_id: Option<HostId>,
}

/// The record that carries a host id.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct FoundView {
    /// Null if no record carries it.
    pub id: Option<RecordId>,
}

/// What an upsert did to one record.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum UpsertOutcome {
    Created,
    Updated,
    Unchanged,
}

/// One record after an upsert.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct UpsertedView {
    pub host_id: HostId,
    /// Our id for it.
    pub id: RecordId,
    pub outcome: UpsertOutcome,
}

/// What an upsert did, each list in the order of the input's.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct UpsertView {
    pub skills: Vec<UpsertedView>,
    pub clients: Vec<UpsertedView>,
    pub members: Vec<UpsertedView>,
    pub workers: Vec<UpsertedView>,
}
