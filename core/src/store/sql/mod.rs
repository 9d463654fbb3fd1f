//! The SQL text of every SQL store, in every language: one generator for schema, reads and writes.
//!
//! It holds no connection. A store asks it for a text with its values, runs it, and reads the answer. Both
//! dialects keep to what `Citus`, `CockroachDB` and `YugabyteDB` accept too: the tenant first in every key and index, no
//! sequence, no trigger. Every identifier comes from a static [`Kind`](super::Kind), every value is a parameter.
//!
//! A PostgreSQL TEXT cannot hold NUL, while staffgate's texts may. A store for PostgreSQL must write U+0001 as
//! U+0001 U+0002 and U+0000 as U+0001 U+0001 in every text that it binds, and undo that in every text that it
//! reads: this keeps the byte order, and so the order of every index. The texts made here need no change for it.

mod reads;
mod schema;
mod writes;

pub use reads::{Answer, ReadTexts};
pub use schema::{Migration, Present, SCHEMA_NUMBER, additions, migrations};
pub use writes::WriteTexts;

use std::borrow::Cow;
use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use super::{IndexSpec, IndexValue, Kind};

/// What the SQL is written for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dialect {
    Sqlite,
    Postgres,
}

/// A value to bind. It borrows, because bodies are large and are bound once.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(untagged)]
pub enum Value<'a> {
    Null,
    Integer(i64),
    Text(&'a str),
}

/// A statement ready to run: values in the order of its placeholders.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Query<'a> {
    pub text: Cow<'a, str>,
    pub values: Vec<Value<'a>>,
}

impl<'a> Query<'a> {
    fn new(text: impl Into<Cow<'a, str>>, values: Vec<Value<'a>>) -> Self {
        Self { text: text.into(), values }
    }
}

impl<'a> From<&'a IndexValue> for Value<'a> {
    fn from(value: &'a IndexValue) -> Self {
        match value {
            IndexValue::Integer(number) => Self::Integer(*number),
            IndexValue::Text(text) => Self::Text(text),
        }
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl Value<'_> {
    /// Versions and numbers are counted up from one and never come near the limit; a caller's may be anything.
    pub fn count(number: u64) -> Self {
        Self::Integer(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl Dialect {
    /// The placeholder of the `number`-th value, counted from one.
    pub fn placeholder(self, number: usize) -> String {
        match self {
            Self::Sqlite => format!("?{number}"),
            Self::Postgres => format!("${number}"),
        }
    }

    /// Rewrites a text with `?1`-style placeholders.
    fn text(self, sqlite: &str) -> String {
        match self {
            Self::Sqlite => sqlite.to_owned(),
            Self::Postgres => sqlite.replace('?', "$"),
        }
    }

    fn placeholders(self, count: usize) -> String {
        let mut list = String::new();
        for number in 1..=count {
            let comma = if number == 1 { "" } else { ", " };
            let _ = write!(list, "{comma}{}", self.placeholder(number));
        }
        list
    }
}

/// The table of a kind.
pub fn table(kind: &Kind) -> String {
    format!("staffgate_{}", kind.name)
}

/// The name of an index, unique in the database.
pub fn index_name(kind: &Kind, index: &IndexSpec) -> String {
    format!("staffgate_{}_{}", kind.name, index.name)
}
