//! Answering reads: rows out of one connection, all from one moment.

use rusqlite::Connection;
use staffgate::store::sql::{Answer, ReadTexts};
use staffgate::store::{CommandRecord, Read, Row, StoreError, StoreErrorKind};

use crate::errors::failed;
use crate::values::{count, prepare, say, text, values};

/// One list of rows per read. Two reads or more run in one transaction, which is what makes them one moment.
pub(crate) fn load(
    connection: &Connection,
    texts: &ReadTexts,
    reads: &[Read],
) -> Result<Vec<Vec<Row>>, StoreError> {
    if reads.len() < 2 {
        return reads.iter().map(|read| answer(connection, texts, read)).collect();
    }
    say(connection, "BEGIN").map_err(|error| failed(&error))?;
    let answers = reads.iter().map(|read| answer(connection, texts, read)).collect();
    // Nothing was written; an error here would only hide the one of a read.
    let _ = say(connection, "COMMIT");
    answers
}

fn answer(connection: &Connection, texts: &ReadTexts, read: &Read) -> Result<Vec<Row>, StoreError> {
    let (query, columns) = texts.read(read)?;
    let mut statement = prepare(connection, &query).map_err(|error| failed(&error))?;
    let mut found = statement.query(values(&query)).map_err(|error| failed(&error))?;
    let mut rows = Vec::new();
    while let Some(row) = found.next().map_err(|error| failed(&error))? {
        rows.push(match columns {
            Answer::Record => record(row).map_err(|error| failed(&error))?,
            Answer::Event => event(row).map_err(|error| failed(&error))?,
            Answer::Command => command(row)?,
        });
    }
    Ok(rows)
}

fn record(row: &rusqlite::Row<'_>) -> rusqlite::Result<Row> {
    Ok(Row { id: text(row, 0)?, version: count(row, 1)?, body: text(row, 2)?, link: None })
}

fn event(row: &rusqlite::Row<'_>) -> rusqlite::Result<Row> {
    Ok(Row { link: Some(text(row, 3)?), ..record(row)? })
}

fn command(row: &rusqlite::Row<'_>) -> Result<Row, StoreError> {
    let columns = || Ok((text(row, 0)?, CommandRecord { fingerprint: text(row, 1)?, reply: text(row, 2)? }));
    let (id, kept) = columns().map_err(|error| failed(&error))?;
    let body = serde_json::to_string(&kept)
        .map_err(|error| StoreError::new(StoreErrorKind::Internal, error.to_string()))?;
    Ok(Row { id, version: 1, body, link: None })
}
