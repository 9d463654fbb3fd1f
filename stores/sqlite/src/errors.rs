//! The one place where SQLite's errors become the store's.

use rusqlite::{Error, ErrorCode};
use staffgate::store::{StoreError, StoreErrorKind};

/// An error outside of COMMIT: whatever was begun is undone, so nothing was written.
pub(crate) fn failed(error: &Error) -> StoreError {
    let kind = kind_of(error);
    StoreError::new(kind, format!("{}: {error}", advice(kind)))
}

/// An error of COMMIT itself. Unless SQLite says that it stopped before writing, the disk may hold the commit.
pub(crate) fn unsure(error: &Error) -> StoreError {
    match kind_of(error) {
        StoreErrorKind::Full => failed(error),
        _ if is_busy(error) => failed(error),
        _ => {
            let kind = StoreErrorKind::OutcomeUnknown;
            StoreError::new(kind, format!("{}: {error}", advice(kind)))
        }
    }
}

/// Whether another connection holds the lock that was asked for.
pub(crate) fn is_busy(error: &Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked))
}

fn kind_of(error: &Error) -> StoreErrorKind {
    match error {
        Error::SqliteFailure(cause, message) => match cause.code {
            ErrorCode::DiskFull => StoreErrorKind::Full,
            ErrorCode::ReadOnly => StoreErrorKind::ReadOnly,
            ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => StoreErrorKind::Damaged,
            ErrorCode::DatabaseBusy
            | ErrorCode::DatabaseLocked
            | ErrorCode::CannotOpen
            | ErrorCode::PermissionDenied
            | ErrorCode::SystemIoFailure
            | ErrorCode::OutOfMemory
            | ErrorCode::OperationInterrupted
            | ErrorCode::FileLockingProtocolFailed => StoreErrorKind::Unavailable,
            _ if message.as_deref().is_some_and(lacks_schema) => StoreErrorKind::UnknownKind,
            _ => StoreErrorKind::Internal,
        },
        Error::SqlInputError { msg, .. } if lacks_schema(msg) => StoreErrorKind::UnknownKind,
        Error::FromSqlConversionFailure(..)
        | Error::IntegralValueOutOfRange(..)
        | Error::InvalidColumnType(..)
        | Error::Utf8Error(..) => StoreErrorKind::Damaged,
        _ => StoreErrorKind::Internal,
    }
}

/// A table, column or index that was there when the file was opened and is gone.
fn lacks_schema(message: &str) -> bool {
    ["no such table", "no such column", "no such index", "has no column named"]
        .iter()
        .any(|begin| message.contains(begin))
}

fn advice(kind: StoreErrorKind) -> &'static str {
    match kind {
        StoreErrorKind::Unavailable => "the file cannot be used now; try again",
        StoreErrorKind::OutcomeUnknown => "the commit may or may not be on the disk; ask for the command id",
        StoreErrorKind::Full => "the disk is full and nothing was written; make room and try again",
        StoreErrorKind::ReadOnly => "the file cannot be written; give the process the right to write it",
        StoreErrorKind::Damaged => "the file is damaged or is no staffgate store; restore a backup",
        StoreErrorKind::Newer => "the file was written by a newer version; use that version",
        StoreErrorKind::UnknownKind => "the file's tables were changed; open it again to add what it lacks",
        StoreErrorKind::Closed => "the store is closed; open it again",
        StoreErrorKind::Internal => "the store made a statement that SQLite does not accept; report it",
    }
}

/// The answer to any call on a store that was closed.
pub(crate) fn closed() -> StoreError {
    StoreError::new(StoreErrorKind::Closed, advice(StoreErrorKind::Closed))
}

/// SQLite must not be carried over a fork, and the locks of the parent's threads would never be freed.
pub(crate) fn other_process() -> StoreError {
    let message = "the store was opened by another process; open it again in this one, after the fork";
    StoreError::new(StoreErrorKind::Closed, message)
}

/// A caller that waits for a commit must get an answer even if the caller that works for it dies.
pub(crate) fn abandoned() -> StoreError {
    let kind = StoreErrorKind::OutcomeUnknown;
    StoreError::new(kind, format!("{}: the caller that committed for others stopped", advice(kind)))
}

pub(crate) fn newer(found: u32, known: u32) -> StoreError {
    let kind = StoreErrorKind::Newer;
    StoreError::new(kind, format!("{}: it has schema {found}, this library knows {known}", advice(kind)))
}

pub(crate) fn foreign(what: &str) -> StoreError {
    let kind = StoreErrorKind::Damaged;
    StoreError::new(kind, format!("this is no staffgate store; give a file of its own: {what}"))
}

pub(crate) fn read_only() -> StoreError {
    StoreError::new(StoreErrorKind::ReadOnly, advice(StoreErrorKind::ReadOnly))
}
