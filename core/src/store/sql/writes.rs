//! The text and values of each write, in the order in which a store runs them inside one transaction.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{Dialect, Query, Value, table};
use crate::store::{ChangeSet, Claim, ClaimAction, Key, Kind, NewEvent, Put, StoreError, Tenant};

const TAKE: &str = "INSERT INTO staffgate_claims (tenant, space, name, owner) VALUES (?1, ?2, ?3, ?4) \
    ON CONFLICT (tenant, space, name) DO NOTHING";
const RELEASE: &str =
    "DELETE FROM staffgate_claims WHERE tenant = ?1 AND space = ?2 AND name = ?3 AND owner = ?4";
const COMMAND: &str =
    "INSERT INTO staffgate_commands (tenant, id, fingerprint, reply) VALUES (?1, ?2, ?3, ?4)";
const EVENT: &str = "INSERT INTO staffgate_events (tenant, number, id, subject, body, digest, link) \
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
const HEAD: &str = "INSERT INTO staffgate_heads (tenant, number, link) VALUES (?1, ?2, ?3) \
    ON CONFLICT (tenant) DO UPDATE SET number = excluded.number, link = excluded.link";

/// The texts of all writes over a list of kinds, written once.
///
/// A store reads the command, the expected versions and the claims first; only when all of them hold does it
/// delete, put, release, take, append the events, move the head and keep the command.
#[derive(Debug, Clone)]
pub struct WriteTexts {
    kinds: BTreeMap<&'static str, KindTexts>,
    take: String,
    release: String,
    command: String,
    event: String,
    head: String,
}

#[derive(Debug, Clone)]
struct KindTexts {
    kind: &'static Kind,
    put: String,
    delete: String,
}

impl WriteTexts {
    pub fn new(dialect: Dialect, kinds: &[&'static Kind]) -> Self {
        let texts = |kind: &'static Kind| KindTexts {
            kind,
            put: put_text(dialect, kind),
            delete: dialect.text(&format!("DELETE FROM {} WHERE tenant = ?1 AND id = ?2", table(kind))),
        };
        Self {
            kinds: kinds.iter().map(|kind| (kind.name, texts(kind))).collect(),
            take: dialect.text(TAKE),
            release: dialect.text(RELEASE),
            command: dialect.text(COMMAND),
            event: dialect.text(EVENT),
            head: dialect.text(HEAD),
        }
    }

    /// Writes a record with version 1, or over the one found with its version plus one.
    pub fn put<'a>(&'a self, put: &'a Put) -> Result<Query<'a>, StoreError> {
        let texts = self.of(&put.kind)?;
        let mut values = Vec::with_capacity(texts.kind.columns.len() + 3);
        values.extend([put.tenant.as_str(), &put.id].map(Value::Text));
        // The last value counts when a column is named twice, as in a map.
        values.extend(texts.kind.columns.iter().map(|column| {
            let given = put.columns.iter().rfind(|(name, _)| name == column.name);
            given.map_or(Value::Null, |(_, value)| value.into())
        }));
        values.push(put.body.as_str().into());
        Ok(Query::new(&texts.put, values))
    }

    pub fn delete<'a>(&'a self, key: &'a Key) -> Result<Query<'a>, StoreError> {
        let texts = self.of(&key.kind)?;
        Ok(Query::new(&texts.delete, vec![key.tenant.as_str().into(), key.id.as_str().into()]))
    }

    /// Takes a name or gives it back. All releases of a change set run before its takes.
    pub fn claim<'a>(&'a self, claim: &'a Claim) -> Query<'a> {
        let text = match claim.action {
            ClaimAction::Take => &self.take,
            ClaimAction::Release => &self.release,
        };
        let values: [&'a str; 4] = [claim.tenant.as_str(), &claim.space, &claim.name, &claim.owner];
        Query::new(text, values.map(Value::Text).to_vec())
    }

    pub fn command<'a>(&'a self, changes: &'a ChangeSet) -> Query<'a> {
        let record = &changes.command;
        let values: [&'a str; 4] =
            [changes.tenant.as_str(), &changes.command_id, &record.fingerprint, &record.reply];
        Query::new(&self.command, values.map(Value::Text).to_vec())
    }

    /// `link` is [`link_of`](crate::store::link_of) the link before, this number and the event's digest.
    pub fn event<'a>(&'a self, event: &'a NewEvent, number: u64, link: &'a str) -> Query<'a> {
        let values = vec![
            event.tenant.as_str().into(),
            Value::count(number),
            event.id.as_str().into(),
            event.subject.as_str().into(),
            event.body.as_str().into(),
            event.digest.as_str().into(),
            link.into(),
        ];
        Query::new(&self.event, values)
    }

    /// Keeps the number and link of the tenant's last event.
    pub fn head<'a>(&'a self, tenant: &'a Tenant, number: u64, link: &'a str) -> Query<'a> {
        Query::new(&self.head, vec![tenant.as_str().into(), Value::count(number), link.into()])
    }

    fn of(&self, kind: &str) -> Result<&KindTexts, StoreError> {
        self.kinds.get(kind).ok_or_else(|| StoreError::unknown_kind(kind))
    }
}

/// `(tenant, id, the kind's columns, body)` in this order; the version is counted by the statement itself.
fn put_text(dialect: Dialect, kind: &Kind) -> String {
    let table = table(kind);
    let mut names = String::new();
    let mut sets = format!("version = {table}.version + 1, body = excluded.body");
    for column in kind.columns {
        let _ = write!(names, "\"{}\", ", column.name);
        let _ = write!(sets, ", \"{0}\" = excluded.\"{0}\"", column.name);
    }
    let values = dialect.placeholders(kind.columns.len() + 3);
    format!(
        "INSERT INTO {table} (tenant, id, {names}body, version) VALUES ({values}, 1) \
         ON CONFLICT (tenant, id) DO UPDATE SET {sets}"
    )
}
