//! The store itself: who may call, and which connection does the work.

use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use staffgate::store::sql::{Dialect, ReadTexts};
use staffgate::store::{ChangeSet, CommitOutcome, Kind, KnownKinds, Read, Row, Store, StoreError};

use crate::answers;
use crate::errors::{closed, other_process};
use crate::line::Line;
use crate::open::{self, Options};
use crate::readers::Readers;
use crate::writer::Writer;

/// A staffgate store in one SQLite file. Any number of threads, and of processes, may use the same file.
#[derive(Debug)]
pub struct SqliteStore {
    kinds: KnownKinds,
    texts: ReadTexts,
    writer: Mutex<Option<Writer>>,
    line: Line,
    readers: Readers,
    /// The process that opened the store: the only one that may use its connections.
    process: u32,
}

impl SqliteStore {
    /// Opens the file at `path`, or makes it. An older file gets the tables and columns that it lacks.
    pub fn open(path: impl AsRef<Path>, kinds: &[&'static Kind]) -> Result<Self, StoreError> {
        Self::open_with(path, kinds, &Options::default())
    }

    pub fn open_with(
        path: impl AsRef<Path>,
        kinds: &[&'static Kind],
        options: &Options,
    ) -> Result<Self, StoreError> {
        let path = path.as_ref();
        let connection = open::writer(path, kinds, options)?;
        Ok(Self {
            kinds: KnownKinds::new(kinds),
            texts: ReadTexts::new(Dialect::Sqlite, kinds),
            writer: Mutex::new(Some(Writer::new(connection, kinds))),
            line: Line::default(),
            readers: Readers::new(path, options),
            process: std::process::id(),
        })
    }

    /// Ends the use of the file: commits that wait are finished or refused, and every later call is refused.
    ///
    /// Dropping the store does the same, without telling what went wrong.
    pub fn close(&self) -> Result<(), StoreError> {
        self.check_process()?;
        let writer = self.writer().take();
        self.readers.close();
        writer.map_or(Ok(()), Writer::close)
    }

    /// After a fork every lock here may be held by a thread that is not there, so nothing is locked before this.
    fn check_process(&self) -> Result<(), StoreError> {
        if std::process::id() == self.process { Ok(()) } else { Err(other_process()) }
    }

    pub(crate) fn writer(&self) -> MutexGuard<'_, Option<Writer>> {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Store for SqliteStore {
    fn load(&self, reads: &[Read]) -> Result<Vec<Vec<Row>>, StoreError> {
        self.check_process()?;
        self.readers.with(|connection| answers::load(connection, &self.texts, reads))
    }

    fn commit(&self, changes: &ChangeSet) -> Result<CommitOutcome, StoreError> {
        self.check_process()?;
        self.kinds.check(changes)?;
        self.line.commit(changes, |group| match self.writer().as_ref() {
            Some(writer) => writer.commit(group),
            None => vec![Err(closed()); group.len()],
        })
    }
}

impl Drop for SqliteStore {
    fn drop(&mut self) {
        if std::process::id() != self.process {
            let writer = self.writer.get_mut().unwrap_or_else(PoisonError::into_inner);
            std::mem::forget(writer.take());
            self.readers.forget();
        }
    }
}
