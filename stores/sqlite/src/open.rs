//! Opening a file: what it is, what it lacks, and the settings of its connections.

use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, OptionalExtension};
use staffgate::store::sql::{Dialect, Present, SCHEMA_NUMBER, additions, migrations};
use staffgate::store::{Kind, StoreError, StoreErrorKind};

use crate::errors::{failed, foreign, is_busy, newer, read_only};
use crate::values::say;

/// Written in the header of every file, so that `file` and SQLite's shell can tell whose it is: `SGat`.
pub const APPLICATION_ID: i32 = 0x5347_6174;

/// More statements than the library has, so that none is prepared twice.
const CACHED_STATEMENTS: usize = 512;

/// How long one wait for another process lasts while a new file is set up.
const SETUP_WAIT_MS: u32 = 20;

/// What a host may want to choose.
#[derive(Clone, Debug)]
pub struct Options {
    /// How long to wait for another process that holds the file.
    pub busy_timeout_ms: u32,
    /// How many loads may run at the same time.
    pub readers: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { busy_timeout_ms: 5_000, readers: 8 }
    }
}

/// Opens the writing connection of a file that is new, or is a staffgate store of this version or an older one.
///
/// Anything else is refused before a byte of it is changed: the first look is through a connection that cannot write.
pub(crate) fn writer(
    path: &Path,
    kinds: &[&'static Kind],
    options: &Options,
) -> Result<Connection, StoreError> {
    let has_content = std::fs::metadata(path).is_ok_and(|file| file.len() > 0);
    if has_content {
        look_without_writing(path, kinds, options)?;
    }
    let connection =
        connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE, options)
            .map_err(|error| failed(&error))?;
    if connection.is_readonly("main").map_err(|error| failed(&error))? {
        return Err(read_only());
    }
    let lacks = inspect(&connection, kinds)?;
    use_write_ahead_log(&connection, options).map_err(|error| failed(&error))?;
    if !lacks.is_empty() {
        migrate(&connection, kinds)?;
    }
    Ok(connection)
}

/// Opens a connection that only reads.
pub(crate) fn reader(path: &Path, options: &Options) -> rusqlite::Result<Connection> {
    connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY, options)
}

fn connect(path: &Path, flags: OpenFlags, options: &Options) -> rusqlite::Result<Connection> {
    let connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(Duration::from_millis(options.busy_timeout_ms.into()))?;
    connection.set_prepared_statement_cache_capacity(CACHED_STATEMENTS);
    // The plan of a statement holds for all values. Else each new value has the statement compiled again.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    // 16 MB of pages, and no sort or rollback text in a file beside.
    connection.execute_batch(
        "PRAGMA cache_size = -16384; PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF;",
    )?;
    Ok(connection)
}

fn look_without_writing(path: &Path, kinds: &[&'static Kind], options: &Options) -> Result<(), StoreError> {
    let look = connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY, options)
        .map_err(|error| failed(&error))
        .and_then(|connection| inspect(&connection, kinds));
    match look {
        // What a crash left half-written needs a writer to be undone; the writer looks again before it changes more.
        Err(error) if error.kind == StoreErrorKind::ReadOnly => Ok(()),
        other => other.map(|_| ()),
    }
}

/// Refuses a file that is not ours, or newer; returns the statements that it lacks.
fn inspect(connection: &Connection, kinds: &[&'static Kind]) -> Result<Vec<String>, StoreError> {
    let owner: i32 = connection
        .query_row("PRAGMA application_id", [], |row| row.get(0))
        .map_err(|error| failed(&error))?;
    let present = present(connection).map_err(|error| failed(&error))?;
    if owner != APPLICATION_ID {
        return match (owner, present.columns.is_empty()) {
            (0, true) => Ok(all(kinds)),
            (0, false) => Err(foreign("it has tables of another program")),
            _ => Err(foreign("it has the application id of another program")),
        };
    }
    let number = connection
        .query_row("SELECT max(number) FROM staffgate_migrations", [], |row| row.get::<_, Option<u32>>(0))
        .optional()
        .map_err(|error| failed(&error))?
        .flatten();
    match number {
        Some(found) if found > SCHEMA_NUMBER => Err(newer(found, SCHEMA_NUMBER)),
        Some(found) => Ok(after(found, kinds, &present)),
        None => Err(foreign("its list of migrations is empty")),
    }
}

fn all(kinds: &[&'static Kind]) -> Vec<String> {
    migrations(Dialect::Sqlite, kinds).into_iter().flat_map(|migration| migration.statements).collect()
}

fn after(number: u32, kinds: &[&'static Kind], present: &Present) -> Vec<String> {
    let mut statements = additions(Dialect::Sqlite, kinds, present);
    let newer = migrations(Dialect::Sqlite, kinds).into_iter().filter(|migration| migration.number > number);
    statements.extend(newer.flat_map(|migration| migration.statements));
    statements
}

fn present(connection: &Connection) -> rusqlite::Result<Present> {
    let mut columns = connection.prepare(
        "SELECT t.name, c.name FROM sqlite_schema t, pragma_table_info(t.name) c WHERE t.type = 'table'",
    )?;
    let columns = columns.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
    let mut indexes = connection.prepare("SELECT name FROM sqlite_schema WHERE type = 'index'")?;
    let indexes = indexes.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(Present { columns, indexes })
}

/// Every commit is on the disk when it returns, and readers do not wait for it.
fn use_write_ahead_log(connection: &Connection, options: &Options) -> rusqlite::Result<()> {
    let mut waits = options.busy_timeout_ms / SETUP_WAIT_MS;
    loop {
        let mode = connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get::<_, String>(0));
        match mode {
            Ok(_) => break,
            // SQLite does not wait here by itself when two processes set up the same file.
            Err(error) if is_busy(&error) && waits > 0 => waits -= 1,
            Err(error) => return Err(error),
        }
        std::thread::sleep(Duration::from_millis(SETUP_WAIT_MS.into()));
    }
    connection.execute_batch("PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000;")
}

/// One transaction, so that a crash leaves the old file or the new one. It looks again, now that it is alone.
fn migrate(connection: &Connection, kinds: &[&'static Kind]) -> Result<(), StoreError> {
    say(connection, "BEGIN IMMEDIATE").map_err(|error| failed(&error))?;
    let done = inspect(connection, kinds).and_then(|statements| {
        let run = || {
            statements.iter().try_for_each(|statement| connection.execute_batch(statement))?;
            connection.pragma_update(None, "application_id", APPLICATION_ID)?;
            say(connection, "COMMIT")
        };
        run().map_err(|error| failed(&error))
    });
    if done.is_err() {
        // The first error is the one to tell; SQLite may have rolled back already.
        let _ = say(connection, "ROLLBACK");
    }
    done
}
