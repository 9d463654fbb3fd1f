//! Tables, indexes and numbered migrations as plain SQL text: additive, resumable, printable.

use std::collections::BTreeSet;
use std::fmt;

use serde::Serialize;

use super::{Dialect, index_name, table};
use crate::store::{Column, ColumnType, IndexSpec, Kind};

/// The number of the newest migration. A database with a higher one was written by a newer library.
pub const SCHEMA_NUMBER: u32 = 1;

/// One numbered step. Each of its statements may be run again after a crash.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Migration {
    pub number: u32,
    pub name: &'static str,
    pub statements: Vec<String>,
}

impl fmt::Display for Migration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "-- {}: {}", self.number, self.name)?;
        self.statements.iter().try_for_each(|statement| writeln!(f, "{statement};"))
    }
}

/// All migrations, oldest first.
///
/// A new kind, column or index needs no number: [`additions`] finds what a database lacks. A step that must
/// rewrite rows (an index on a kind that already has rows) gets the next number here.
pub fn migrations(dialect: Dialect, kinds: &[&'static Kind]) -> Vec<Migration> {
    let mut statements = fixed_tables(dialect);
    for kind in kinds {
        statements.push(kind_table(dialect, kind));
        statements.extend(kind.indexes.iter().map(|index| kind_index(kind, index)));
    }
    statements.push(record_of(1, "tables"));
    vec![Migration { number: 1, name: "tables", statements }]
}

/// What a database has: its staffgate tables with their columns, and its indexes.
#[derive(Clone, Debug, Default)]
pub struct Present {
    pub columns: BTreeSet<(String, String)>,
    pub indexes: BTreeSet<String>,
}

impl Present {
    fn has_table(&self, table: &str) -> bool {
        self.columns.range((table.to_owned(), String::new())..).next().is_some_and(|(name, _)| name == table)
    }
}

/// The statements that give an older database the kinds, columns and indexes it lacks. Nothing is ever removed.
pub fn additions(dialect: Dialect, kinds: &[&'static Kind], present: &Present) -> Vec<String> {
    let mut statements = Vec::new();
    for kind in kinds {
        let table = table(kind);
        if present.has_table(&table) {
            let missing = kind
                .columns
                .iter()
                .filter(|column| !present.columns.contains(&(table.clone(), column.name.to_owned())));
            statements
                .extend(missing.map(|column| {
                    format!("ALTER TABLE {table} ADD COLUMN {}", column_text(dialect, column))
                }));
        } else {
            statements.push(kind_table(dialect, kind));
        }
        let missing = kind.indexes.iter().filter(|index| !present.indexes.contains(&index_name(kind, index)));
        statements.extend(missing.map(|index| kind_index(kind, index)));
    }
    statements
}

fn record_of(number: u32, name: &str) -> String {
    format!(
        "INSERT INTO staffgate_migrations (number, name) VALUES ({number}, '{name}') ON CONFLICT DO NOTHING"
    )
}

/// The tables that do not depend on the kinds. The list of migrations alone belongs to no tenant.
fn fixed_tables(dialect: Dialect) -> Vec<String> {
    let [text, integer] = [type_text(dialect, ColumnType::Text), type_text(dialect, ColumnType::Integer)];
    // Short rows that are only ever found by key are kept in the key's own tree; long ones are not.
    let (small, large) = match dialect {
        Dialect::Sqlite => (" STRICT, WITHOUT ROWID", " STRICT"),
        Dialect::Postgres => ("", ""),
    };
    vec![
        format!(
            "CREATE TABLE IF NOT EXISTS staffgate_migrations (number {integer} PRIMARY KEY, name {text} NOT NULL){large}"
        ),
        format!(
            "CREATE TABLE IF NOT EXISTS staffgate_claims (tenant {text} NOT NULL, space {text} NOT NULL, \
             name {text} NOT NULL, owner {text} NOT NULL, PRIMARY KEY (tenant, space, name)){small}"
        ),
        format!(
            "CREATE TABLE IF NOT EXISTS staffgate_commands (tenant {text} NOT NULL, id {text} NOT NULL, \
             fingerprint {text} NOT NULL, reply {text} NOT NULL, PRIMARY KEY (tenant, id)){large}"
        ),
        format!(
            "CREATE TABLE IF NOT EXISTS staffgate_events (tenant {text} NOT NULL, number {integer} NOT NULL, \
             id {text} NOT NULL, subject {text} NOT NULL, body {text} NOT NULL, digest {text} NOT NULL, \
             link {text} NOT NULL, PRIMARY KEY (tenant, number)){small}"
        ),
        "CREATE INDEX IF NOT EXISTS staffgate_events_by_subject ON staffgate_events (tenant, subject, number)".to_owned(),
        format!(
            "CREATE TABLE IF NOT EXISTS staffgate_heads (tenant {text} NOT NULL, number {integer} NOT NULL, \
             link {text} NOT NULL, PRIMARY KEY (tenant)){small}"
        ),
    ]
}

fn kind_table(dialect: Dialect, kind: &Kind) -> String {
    let [text, integer] = [type_text(dialect, ColumnType::Text), type_text(dialect, ColumnType::Integer)];
    let columns = listed(kind.columns.iter().map(|column| column_text(dialect, column)));
    let strict = match dialect {
        Dialect::Sqlite => " STRICT",
        Dialect::Postgres => "",
    };
    format!(
        "CREATE TABLE IF NOT EXISTS {} (tenant {text} NOT NULL, id {text} NOT NULL, version {integer} NOT NULL, \
         {columns}body {text} NOT NULL, PRIMARY KEY (tenant, id)){strict}",
        table(kind)
    )
}

/// A row that lacks one of the columns is not in the index, in the schema as in the contract: a million rows
/// without a date cost nothing to a reader of those that have one.
fn kind_index(kind: &Kind, index: &IndexSpec) -> String {
    let columns = listed(index.columns.iter().map(|column| format!("\"{column}\"")));
    let present: Vec<String> =
        index.columns.iter().map(|column| format!("\"{column}\" IS NOT NULL")).collect();
    let filter = if present.is_empty() { String::new() } else { format!(" WHERE {}", present.join(" AND ")) };
    format!(
        "CREATE INDEX IF NOT EXISTS {} ON {} (tenant, {columns}id){filter}",
        index_name(kind, index),
        table(kind)
    )
}

/// Each part with a comma behind it.
fn listed(parts: impl Iterator<Item = String>) -> String {
    parts.fold(String::new(), |list, part| list + &part + ", ")
}

fn column_text(dialect: Dialect, column: &Column) -> String {
    format!("\"{}\" {}", column.name, type_text(dialect, column.column_type))
}

/// Texts compare by their bytes: SQLite does so by default, PostgreSQL when told.
fn type_text(dialect: Dialect, column_type: ColumnType) -> &'static str {
    match (dialect, column_type) {
        (Dialect::Sqlite, ColumnType::Text) => "TEXT",
        (Dialect::Sqlite, ColumnType::Integer) => "INTEGER",
        (Dialect::Postgres, ColumnType::Text) => "TEXT COLLATE \"C\"",
        (Dialect::Postgres, ColumnType::Integer) => "BIGINT",
    }
}
