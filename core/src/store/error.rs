//! What can go wrong in a store. A conflict is not here: it is an outcome of `commit`.

use serde::{Deserialize, Serialize};

/// Sorted by what the caller can do next.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StoreErrorKind {
    /// The store cannot be reached or is busy; nothing was written; try again.
    Unavailable,
    /// The commit may or may not have happened; the command id will tell.
    OutcomeUnknown,
    /// The disk is full; nothing was written.
    Full,
    /// The file or database does not accept writes.
    ReadOnly,
    /// The data does not read back as it was written, or is not a staffgate store.
    Damaged,
    /// The data was written by a newer version of the library.
    Newer,
    /// The store does not know this kind of record or index: its schema is older than the library.
    UnknownKind,
    /// The store was closed, or is used from another process than the one that opened it.
    Closed,
    /// A fault in the store's own code.
    Internal,
}

/// A store's failure: the kind decides, the message is for the host's log.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error, Serialize, Deserialize)]
#[error("{message}")]
pub struct StoreError {
    pub kind: StoreErrorKind,
    pub message: String,
}

impl StoreError {
    pub fn new(kind: StoreErrorKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into() }
    }

    pub fn unknown_kind(name: &str) -> Self {
        Self::new(
            StoreErrorKind::UnknownKind,
            format!("this store has no records of kind `{name}`; migrate it"),
        )
    }
}
