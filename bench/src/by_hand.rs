//! What a host would write by hand: the same tables, settings and rows, and nothing else.

use std::path::Path;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use rusqlite::types::Value as Cell;
use rusqlite::{Connection, params, params_from_iter};
use staffgate::catalog;
use staffgate::store::{
    ChangeSet, ClaimAction, CommitOutcome, IndexValue, Read, Row, Store, StoreError, link_of,
};
use staffgate_sqlite::SqliteStore;

use crate::agency::Done;

/// A store that keeps what was committed last, for doing the same by hand.
pub struct Copied<S> {
    inner: S,
    last: Mutex<Vec<ChangeSet>>,
    keeps: std::sync::atomic::AtomicBool,
}

impl<S> Copied<S> {
    pub fn new(inner: S) -> Self {
        Self { inner, last: Mutex::new(Vec::new()), keeps: false.into() }
    }

    /// From now on what is committed is kept.
    pub fn keep(&self) {
        self.keeps.store(true, std::sync::atomic::Ordering::Relaxed);
    }

    /// What was committed since it was asked last.
    pub fn take(&self) -> Vec<ChangeSet> {
        std::mem::take(&mut self.last.lock().unwrap_or_else(std::sync::PoisonError::into_inner))
    }
}

impl<S: Store> Store for Copied<S> {
    fn load(&self, reads: &[Read]) -> Result<Vec<Vec<Row>>, StoreError> {
        self.inner.load(reads)
    }

    fn commit(&self, changes: &ChangeSet) -> Result<CommitOutcome, StoreError> {
        let outcome = self.inner.commit(changes)?;
        if self.keeps.load(std::sync::atomic::Ordering::Relaxed) {
            self.last.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push(changes.clone());
        }
        Ok(outcome)
    }
}

/// A file with the same tables that is written with SQL alone.
pub struct ByHand {
    connection: Connection,
    number: u64,
    link: String,
}

impl ByHand {
    /// The store makes the tables, so that both have the same ones.
    pub fn open(path: &Path) -> Done<Self> {
        SqliteStore::open(path, catalog::kinds())?.close()?;
        let connection = Connection::open(path)?;
        connection.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000;
             PRAGMA cache_size = -16384;",
        )?;
        Ok(Self { connection, number: 0, link: String::new() })
    }

    pub const fn connection(&self) -> &Connection {
        &self.connection
    }

    /// All rows of a change set in one transaction: no expectation is looked at.
    pub fn write(&mut self, set: &ChangeSet) -> Done<Duration> {
        let begin = Instant::now();
        self.connection.prepare_cached("BEGIN IMMEDIATE")?.execute([])?;
        let tenant = set.tenant.as_str();
        for put in &set.puts {
            let names: Vec<&str> = put.columns.iter().map(|(name, _)| name.as_ref()).collect();
            let (mut columns, mut marks, mut sets) = (String::new(), String::new(), String::new());
            for name in &names {
                columns.push_str(&format!(", \"{name}\""));
                marks.push_str(", ?");
                sets.push_str(&format!(", \"{name}\" = excluded.\"{name}\""));
            }
            let text = format!(
                "INSERT INTO staffgate_{} (tenant, id, version, body{columns}) VALUES (?, ?, 1, ?{marks})
                 ON CONFLICT (tenant, id) DO UPDATE SET version = version + 1, body = excluded.body{sets}",
                put.kind
            );
            let cell = |value: &IndexValue| match value {
                IndexValue::Integer(number) => Cell::Integer(*number),
                IndexValue::Text(text) => Cell::Text(text.clone()),
            };
            let fixed =
                [Cell::Text(tenant.to_owned()), Cell::Text(put.id.clone()), Cell::Text(put.body.clone())];
            let cells = fixed.into_iter().chain(put.columns.iter().map(|(_, value)| cell(value)));
            self.connection.prepare_cached(&text)?.execute(params_from_iter(cells))?;
        }
        for claim in set.claims.iter().filter(|claim| claim.action == ClaimAction::Take) {
            self.connection
                .prepare_cached(
                    "INSERT OR REPLACE INTO staffgate_claims (tenant, space, name, owner) VALUES (?1, ?2, ?3, ?4)",
                )?
                .execute(params![claim.tenant.as_str(), claim.space, claim.name, claim.owner])?;
        }
        for event in &set.events {
            self.number += 1;
            self.link = link_of(&self.link, self.number, &event.digest);
            self.connection
                .prepare_cached(
                    "INSERT INTO staffgate_events (tenant, number, id, subject, body, digest, link)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                )?
                .execute(params![
                    tenant,
                    i64::try_from(self.number)?,
                    event.id,
                    event.subject,
                    event.body,
                    event.digest,
                    self.link
                ])?;
        }
        self.connection
            .prepare_cached(
                "INSERT INTO staffgate_heads (tenant, number, link) VALUES (?1, ?2, ?3)
                 ON CONFLICT (tenant) DO UPDATE SET number = excluded.number, link = excluded.link",
            )?
            .execute(params![tenant, i64::try_from(self.number)?, self.link])?;
        self.connection
            .prepare_cached(
                "INSERT INTO staffgate_commands (tenant, id, fingerprint, reply) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute(params![tenant, set.command_id, set.command.fingerprint, set.command.reply])?;
        self.connection.prepare_cached("COMMIT")?.execute([])?;
        Ok(begin.elapsed())
    }
}
