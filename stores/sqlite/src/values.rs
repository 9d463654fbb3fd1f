//! Running the generator's statements: values into SQLite, texts and counts out of it.

use rusqlite::types::{ToSql, ToSqlOutput, ValueRef};
use rusqlite::{CachedStatement, Connection, Params, Row, params_from_iter};
use staffgate::store::sql::{Query, Value};

struct Bound<'a>(&'a Value<'a>);

impl ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self.0 {
            Value::Null => ValueRef::Null,
            Value::Integer(number) => ValueRef::Integer(*number),
            Value::Text(text) => ValueRef::Text(text.as_bytes()),
        }))
    }
}

/// The statement, prepared once per connection.
pub(crate) fn prepare<'c>(
    connection: &'c Connection,
    query: &Query<'_>,
) -> rusqlite::Result<CachedStatement<'c>> {
    connection.prepare_cached(&query.text)
}

pub(crate) fn values<'q>(query: &'q Query<'_>) -> impl Params + 'q {
    params_from_iter(query.values.iter().map(Bound))
}

/// Runs a statement that gives no rows and says how many rows it changed.
pub(crate) fn run(connection: &Connection, query: &Query<'_>) -> rusqlite::Result<usize> {
    prepare(connection, query)?.execute(values(query))
}

/// The first row of a statement, read by `read`.
pub(crate) fn one<T>(
    connection: &Connection,
    query: &Query<'_>,
    read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
) -> rusqlite::Result<Option<T>> {
    let mut statement = prepare(connection, query)?;
    let mut rows = statement.query(values(query))?;
    rows.next()?.map(read).transpose()
}

/// A statement without values: `BEGIN`, `COMMIT`, `ROLLBACK`.
pub(crate) fn say(connection: &Connection, text: &str) -> rusqlite::Result<()> {
    connection.prepare_cached(text)?.execute([]).map(|_| ())
}

pub(crate) fn text(row: &Row<'_>, at: usize) -> rusqlite::Result<String> {
    Ok(row.get_ref(at)?.as_str()?.to_owned())
}

pub(crate) fn count(row: &Row<'_>, at: usize) -> rusqlite::Result<u64> {
    let number: i64 = row.get(at)?;
    u64::try_from(number).map_err(|_| rusqlite::Error::IntegralValueOutOfRange(at, number))
}
