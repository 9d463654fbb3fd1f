//! The text and values of each kind of read.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{Dialect, Query, Value, index_name, table};
use crate::store::{IndexSpec, IndexValue, Key, Kind, KnownKinds, RangeRead, Read, StoreError, Tenant};

const CLAIM: &str =
    "SELECT name, 1, owner FROM staffgate_claims WHERE tenant = ?1 AND space = ?2 AND name = ?3";
const COMMAND: &str = "SELECT id, fingerprint, reply FROM staffgate_commands WHERE tenant = ?1 AND id = ?2";
const EVENTS: &str = "SELECT id, number, body, link FROM staffgate_events \
    WHERE tenant = ?1 AND number > ?2 ORDER BY number LIMIT ?3";
const EVENTS_OF: &str = "SELECT id, number, body, link FROM staffgate_events \
    WHERE tenant = ?1 AND number > ?2 AND subject = ?4 ORDER BY number LIMIT ?3";
const HEAD: &str = "SELECT number, link FROM staffgate_heads WHERE tenant = ?1";

/// The columns of a read's answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// id, version, body
    Record,
    /// id, number, body, link
    Event,
    /// id, fingerprint, reply: the row's body is the two as a `CommandRecord`, its version is 1
    Command,
}

/// The texts of all reads over a list of kinds. The fixed ones are written once.
#[derive(Debug, Clone)]
pub struct ReadTexts {
    dialect: Dialect,
    kinds: KnownKinds,
    points: BTreeMap<&'static str, [String; 2]>,
    claim: String,
    command: String,
    events: String,
    events_of: String,
    head: String,
}

impl ReadTexts {
    pub fn new(dialect: Dialect, kinds: &[&'static Kind]) -> Self {
        let point = |columns: &str, kind: &Kind| {
            dialect.text(&format!("SELECT {columns} FROM {} WHERE tenant = ?1 AND id = ?2", table(kind)))
        };
        Self {
            dialect,
            kinds: KnownKinds::new(kinds),
            points: kinds
                .iter()
                .map(|kind| (kind.name, [point("id, version, body", kind), point("version", kind)]))
                .collect(),
            claim: dialect.text(CLAIM),
            command: dialect.text(COMMAND),
            events: dialect.text(EVENTS),
            events_of: dialect.text(EVENTS_OF),
            head: dialect.text(HEAD),
        }
    }

    /// The statement that answers a read, and the columns that it gives.
    pub fn read<'a>(&'a self, read: &'a Read) -> Result<(Query<'a>, Answer), StoreError> {
        Ok(match read {
            Read::Point(key) => (self.point(key)?, Answer::Record),
            Read::Range(range) => (self.range(range)?, Answer::Record),
            Read::Claim { tenant, space, name } => (self.claim(tenant, space, name), Answer::Record),
            Read::Command { tenant, id } => (self.command(tenant, id), Answer::Command),
            Read::Events { tenant, subject, after, limit } => {
                let mut values =
                    vec![tenant.as_str().into(), Value::count(*after), Value::Integer((*limit).into())];
                values.extend(subject.as_deref().map(Value::Text));
                let text = if subject.is_some() { &self.events_of } else { &self.events };
                (Query::new(text, values), Answer::Event)
            }
        })
    }

    /// One row: version. None when the record does not exist.
    pub fn version<'a>(&'a self, key: &'a Key) -> Result<Query<'a>, StoreError> {
        let [_, version] = self.points_of(key)?;
        Ok(Query::new(version, vec![key.tenant.as_str().into(), key.id.as_str().into()]))
    }

    /// One row: name, 1, owner. None when nobody holds the name.
    pub fn claim<'a>(&'a self, tenant: &'a Tenant, space: &'a str, name: &'a str) -> Query<'a> {
        Query::new(&self.claim, vec![tenant.as_str().into(), space.into(), name.into()])
    }

    /// One row: id, fingerprint, reply. None when the command was never committed.
    pub fn command<'a>(&'a self, tenant: &'a Tenant, id: &'a str) -> Query<'a> {
        Query::new(&self.command, vec![tenant.as_str().into(), id.into()])
    }

    /// One row: number and link of the tenant's last event. None before the first.
    pub fn head<'a>(&'a self, tenant: &'a Tenant) -> Query<'a> {
        Query::new(&self.head, vec![tenant.as_str().into()])
    }

    fn point<'a>(&'a self, key: &'a Key) -> Result<Query<'a>, StoreError> {
        let [point, _] = self.points_of(key)?;
        Ok(Query::new(point, vec![key.tenant.as_str().into(), key.id.as_str().into()]))
    }

    fn points_of(&self, key: &Key) -> Result<&[String; 2], StoreError> {
        self.points.get(key.kind.as_ref()).ok_or_else(|| StoreError::unknown_kind(&key.kind))
    }

    fn range<'a>(&self, range: &'a RangeRead) -> Result<Query<'a>, StoreError> {
        let (kind, index) = self.kinds.range(range)?;
        Ok(RangeText::new(self.dialect, kind, index, range).finish())
    }
}

/// Writes the text of one range, from the left.
struct RangeText<'a> {
    dialect: Dialect,
    range: &'a RangeRead,
    index: &'static IndexSpec,
    text: String,
    values: Vec<Value<'a>>,
}

impl<'a> RangeText<'a> {
    fn new(dialect: Dialect, kind: &Kind, index: &'static IndexSpec, range: &'a RangeRead) -> Self {
        // The plan is part of the contract's cost, so it is not left to the planner where it can be said.
        let hint = match dialect {
            Dialect::Sqlite => format!(" INDEXED BY {}", index_name(kind, index)),
            Dialect::Postgres => String::new(),
        };
        let text = format!("SELECT id, version, body FROM {}{hint} WHERE tenant = ", table(kind));
        let mut this = Self { dialect, range, index, text, values: Vec::new() };
        this.bind(range.tenant.as_str().into());
        this
    }

    fn finish(mut self) -> Query<'a> {
        let fixed = self.range.equals.len();
        for (column, value) in self.index.columns.iter().zip(&self.range.equals) {
            self.compare(column, "=", value);
        }
        for column in self.index.columns.iter().skip(fixed) {
            let _ = write!(self.text, " AND \"{column}\" IS NOT NULL");
        }
        let seek = Seek::of(self.range);
        if let Some(column) = self.index.columns.get(fixed) {
            if let Some(from) = seek.from {
                self.compare(column, ">=", from);
            }
            if let Some(to) = seek.to {
                self.compare(column, "<", to);
            }
        }
        if seek.nothing {
            self.text.push_str(" AND 1 = 0");
        }
        if seek.after {
            self.after(fixed);
        }
        self.order(fixed);
        Query::new(self.text, self.values)
    }

    fn bind(&mut self, value: Value<'a>) {
        self.values.push(value);
        self.text.push_str(&self.dialect.placeholder(self.values.len()));
    }

    fn compare(&mut self, column: &str, sign: &str, value: &'a IndexValue) {
        let _ = write!(self.text, " AND \"{column}\" {sign} ");
        self.bind(value.into());
    }

    /// The rows behind the cursor, as one comparison of row values: both databases seek by it.
    fn after(&mut self, fixed: usize) {
        let Some(cursor) = &self.range.after else { return };
        self.text.push_str(" AND (");
        for column in self.index.columns.iter().skip(fixed) {
            let _ = write!(self.text, "\"{column}\", ");
        }
        self.text.push_str(if self.range.descending { "id) < (" } else { "id) > (" });
        for value in cursor.values.iter().skip(fixed) {
            self.bind(value.into());
            self.text.push_str(", ");
        }
        self.bind(cursor.id.as_str().into());
        self.text.push(')');
    }

    fn order(&mut self, fixed: usize) {
        let way = if self.range.descending { " DESC" } else { "" };
        self.text.push_str(" ORDER BY ");
        for column in self.index.columns.iter().skip(fixed) {
            let _ = write!(self.text, "\"{column}\"{way}, ");
        }
        let _ = write!(self.text, "id{way} LIMIT ");
        self.bind(Value::Integer(self.range.limit.into()));
    }
}

/// Which limits of a range still say something.
///
/// A cursor and a bound on the same side are two lower limits, and a database may seek by the weaker one and walk
/// over every page that was read before. The weaker one is left out here instead.
struct Seek<'a> {
    from: Option<&'a IndexValue>,
    to: Option<&'a IndexValue>,
    after: bool,
    nothing: bool,
}

impl<'a> Seek<'a> {
    fn of(range: &'a RangeRead) -> Self {
        let (from, to) = (range.bound.from.as_ref(), range.bound.to.as_ref());
        let Some(cursor) = &range.after else { return Self { from, to, after: false, nothing: false } };
        let fixed = range.equals.len();
        // A cursor from outside of the fixed columns has all of their rows behind it, or none.
        let prefix = cursor.values.get(..fixed).unwrap_or_default();
        let side = prefix.cmp(&range.equals);
        if side.is_ne() {
            return Self { from, to, after: false, nothing: side.is_gt() != range.descending };
        }
        let at = cursor.values.get(fixed);
        if range.descending {
            let bound_is_less = matches!((to, at), (Some(to), Some(at)) if at >= to);
            return Self { from, to: to.filter(|_| bound_is_less), after: !bound_is_less, nothing: false };
        }
        let bound_is_more = matches!((from, at), (Some(from), Some(at)) if at < from);
        Self { from: from.filter(|_| bound_is_more), to, after: !bound_is_more, nothing: false }
    }
}
