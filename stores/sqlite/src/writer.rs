//! The writing connection: a group of change sets in one transaction, each with an outcome of its own.

use rusqlite::Connection;
use staffgate::store::sql::{Dialect, ReadTexts, WriteTexts};
use staffgate::store::{ChangeSet, CommitOutcome, Kind, StoreError};

use crate::apply::Apply;
use crate::errors::{failed, unsure};
use crate::values::say;

pub(crate) type Outcome = Result<CommitOutcome, StoreError>;

#[derive(Debug)]
pub(crate) struct Writer {
    connection: Connection,
    reads: ReadTexts,
    writes: WriteTexts,
}

/// How a transaction failed, by what may be done next.
enum Failure {
    /// It did not begin, or COMMIT failed: the answer is the same for all.
    Whole(StoreError),
    /// A change set could not be written. All was undone; the others may do without it.
    OneOf(StoreError),
}

impl Writer {
    pub(crate) fn new(connection: Connection, kinds: &[&'static Kind]) -> Self {
        let (reads, writes) =
            (ReadTexts::new(Dialect::Sqlite, kinds), WriteTexts::new(Dialect::Sqlite, kinds));
        Self { connection, reads, writes }
    }

    /// Commits all of them at once. When that fails for one of them, each is tried alone and keeps its own error.
    pub(crate) fn commit(&self, group: &[&ChangeSet]) -> Vec<Outcome> {
        match self.transaction(group) {
            Ok(outcomes) => outcomes.into_iter().map(Ok).collect(),
            Err(Failure::Whole(error)) => vec![Err(error); group.len()],
            Err(Failure::OneOf(error)) if group.len() < 2 => vec![Err(error); group.len()],
            Err(Failure::OneOf(_)) => group.iter().flat_map(|changes| self.commit(&[changes])).collect(),
        }
    }

    pub(crate) fn close(self) -> Result<(), StoreError> {
        self.connection.close().map_err(|(_, error)| failed(&error))
    }

    #[cfg(test)]
    pub(crate) fn connection(&self) -> &Connection {
        &self.connection
    }

    fn transaction(&self, group: &[&ChangeSet]) -> Result<Vec<CommitOutcome>, Failure> {
        say(&self.connection, "BEGIN IMMEDIATE").map_err(|error| Failure::Whole(failed(&error)))?;
        let mut apply = Apply::new(&self.connection, &self.reads, &self.writes);
        let applied = group.iter().map(|changes| apply.apply(changes)).collect::<Result<Vec<_>, _>>();
        let applied = applied.and_then(|outcomes| {
            apply.finish().map_err(|error| failed(&error))?;
            Ok(outcomes)
        });
        let ended = match applied {
            Err(error) => Err(Failure::OneOf(error)),
            Ok(outcomes) => match say(&self.connection, "COMMIT") {
                Ok(()) => Ok(outcomes),
                Err(error) => Err(Failure::Whole(unsure(&error))),
            },
        };
        if !self.connection.is_autocommit() {
            // An error here says nothing new: the next BEGIN would fail and be told.
            let _ = say(&self.connection, "ROLLBACK");
        }
        ended
    }
}
