//! The reading connections: opened when first needed, kept, and never more than agreed.

use std::path::{Path, PathBuf};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use rusqlite::Connection;
use staffgate::store::StoreError;

use crate::errors::{closed, failed};
use crate::open::{self, Options};

#[derive(Debug)]
pub(crate) struct Readers {
    path: PathBuf,
    options: Options,
    pool: Mutex<Pool>,
    returned: Condvar,
}

#[derive(Debug, Default)]
struct Pool {
    idle: Vec<Connection>,
    lent: usize,
    closed: bool,
}

impl Readers {
    pub(crate) fn new(path: &Path, options: &Options) -> Self {
        Self {
            path: path.to_owned(),
            options: options.clone(),
            pool: Mutex::default(),
            returned: Condvar::new(),
        }
    }

    /// Runs `work` with a connection of its own.
    pub(crate) fn with<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut lent = Lent { connection: self.borrow()?, readers: self };
        if lent.connection.is_none() {
            lent.connection = Some(open::reader(&self.path, &self.options).map_err(|error| failed(&error))?);
        }
        match &lent.connection {
            Some(connection) => work(connection),
            None => Err(closed()),
        }
    }

    /// Closes what is idle now and what is lent when it comes back.
    pub(crate) fn close(&self) {
        let mut pool = self.lock();
        pool.closed = true;
        pool.idle.clear();
        self.returned.notify_all();
    }

    /// Forgets the connections without a word to SQLite: the locks they stand for are another process's.
    pub(crate) fn forget(&mut self) {
        let pool = self.pool.get_mut().unwrap_or_else(PoisonError::into_inner);
        std::mem::forget(std::mem::take(&mut pool.idle));
    }

    /// The right to use one connection, with an idle one if there is any.
    fn borrow(&self) -> Result<Option<Connection>, StoreError> {
        let mut pool = self.lock();
        while !pool.closed && pool.lent >= self.options.readers.max(1) {
            pool = self.returned.wait(pool).unwrap_or_else(PoisonError::into_inner);
        }
        if pool.closed {
            return Err(closed());
        }
        pool.lent += 1;
        Ok(pool.idle.pop())
    }

    fn lock(&self) -> MutexGuard<'_, Pool> {
        self.pool.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Gives the connection back however the work ends.
struct Lent<'a> {
    connection: Option<Connection>,
    readers: &'a Readers,
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        let mut pool = self.readers.lock();
        pool.lent -= 1;
        if !pool.closed {
            pool.idle.extend(self.connection.take());
        }
        drop(pool);
        self.readers.returned.notify_one();
    }
}
