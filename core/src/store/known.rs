//! What every store refuses before it touches its data: kinds, indexes and columns that it does not know.

use std::collections::BTreeMap;

use super::{
    ChangeSet, Column, ColumnType, IndexSpec, IndexValue, Kind, Put, RangeRead, StoreError, StoreErrorKind,
};

/// The kinds that a store was opened with, by name.
///
/// Shared by all stores, so that a wrong question gets the same answer from each of them.
#[derive(Debug, Clone)]
pub struct KnownKinds(BTreeMap<&'static str, &'static Kind>);

impl KnownKinds {
    pub fn new(kinds: &[&'static Kind]) -> Self {
        Self(kinds.iter().map(|kind| (kind.name, *kind)).collect())
    }

    pub fn iter(&self) -> impl Iterator<Item = &'static Kind> + '_ {
        self.0.values().copied()
    }

    pub fn find(&self, name: &str) -> Result<&'static Kind, StoreError> {
        self.0.get(name).copied().ok_or_else(|| StoreError::unknown_kind(name))
    }

    /// The kind and index of a range, if all values of the range fit the index's columns.
    pub fn range(&self, range: &RangeRead) -> Result<(&'static Kind, &'static IndexSpec), StoreError> {
        let kind = self.find(&range.kind)?;
        let index = kind.index(&range.index).ok_or_else(|| unknown(kind, "index", &range.index))?;
        let columns = index_columns(kind, index)?;
        let (fixed, open) =
            columns.split_at_checked(range.equals.len()).ok_or_else(|| misfit(&range.index))?;
        check_values(fixed, &range.equals)?;
        for limit in [&range.bound.from, &range.bound.to].into_iter().flatten() {
            let column = open.first().ok_or_else(|| misfit(&range.index))?;
            check_value(column, limit)?;
        }
        if let Some(after) = &range.after {
            if after.values.len() != columns.len() {
                return Err(misfit(&range.index));
            }
            check_values(&columns, &after.values)?;
        }
        Ok((kind, index))
    }

    /// Refuses a change set that names a kind or column the store does not have.
    pub fn check(&self, changes: &ChangeSet) -> Result<(), StoreError> {
        for expected in &changes.expect {
            self.find(&expected.key.kind)?;
        }
        for key in &changes.deletes {
            self.find(&key.kind)?;
        }
        changes.puts.iter().try_for_each(|put| self.check_put(put))
    }

    fn check_put(&self, put: &Put) -> Result<(), StoreError> {
        let kind = self.find(&put.kind)?;
        put.columns.iter().try_for_each(|(name, value)| {
            let column = kind.column(name).ok_or_else(|| unknown(kind, "column", name))?;
            check_value(column, value)
        })
    }
}

fn index_columns(kind: &Kind, index: &IndexSpec) -> Result<Vec<&'static Column>, StoreError> {
    index.columns.iter().map(|name| kind.column(name).ok_or_else(|| unknown(kind, "column", name))).collect()
}

fn check_values(columns: &[&'static Column], values: &[IndexValue]) -> Result<(), StoreError> {
    columns.iter().zip(values).try_for_each(|(column, value)| check_value(column, value))
}

fn check_value(column: &Column, value: &IndexValue) -> Result<(), StoreError> {
    match (column.column_type, value) {
        (ColumnType::Text, IndexValue::Text(_)) | (ColumnType::Integer, IndexValue::Integer(_)) => Ok(()),
        (ColumnType::Text, IndexValue::Integer(_)) => Err(wrong_type(column, "texts")),
        (ColumnType::Integer, IndexValue::Text(_)) => Err(wrong_type(column, "integers")),
    }
}

fn unknown(kind: &Kind, what: &str, name: &str) -> StoreError {
    let message = format!("this store has no {what} `{name}` on kind `{}`; migrate it", kind.name);
    StoreError::new(StoreErrorKind::UnknownKind, message)
}

fn wrong_type(column: &Column, takes: &str) -> StoreError {
    let message = format!("column `{}` takes {takes}; give it a value of that type", column.name);
    StoreError::new(StoreErrorKind::Internal, message)
}

fn misfit(index: &str) -> StoreError {
    let message =
        format!("the range has more or fewer values than index `{index}` has columns; give one for each");
    StoreError::new(StoreErrorKind::Internal, message)
}
