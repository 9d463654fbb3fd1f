//! How a kind of record describes itself to a store: its name and its index columns.

use serde::Serialize;

#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ColumnType {
    Text,
    Integer,
}

/// A real column beside the JSON body, so that people can query their data with SQL.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Column {
    pub name: &'static str,
    #[serde(rename = "type")]
    pub column_type: ColumnType,
}

impl Column {
    pub const fn text(name: &'static str) -> Self {
        Self { name, column_type: ColumnType::Text }
    }

    pub const fn integer(name: &'static str) -> Self {
        Self { name, column_type: ColumnType::Integer }
    }
}

/// An order in which records of a kind can be read; the tenant comes before and the id after its columns.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct IndexSpec {
    pub name: &'static str,
    pub columns: &'static [&'static str],
}

/// One kind of record: one table in a SQL store.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Kind {
    pub name: &'static str,
    pub columns: &'static [Column],
    pub indexes: &'static [IndexSpec],
}

impl Kind {
    pub fn index(&self, name: &str) -> Option<&'static IndexSpec> {
        self.indexes.iter().find(|index| index.name == name)
    }

    pub fn column(&self, name: &str) -> Option<&'static Column> {
        self.columns.iter().find(|column| column.name == name)
    }
}
