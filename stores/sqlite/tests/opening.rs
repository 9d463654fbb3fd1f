//! What a file may be when it is opened, and what happens to it.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod common;

use std::fs;
use std::path::Path;

use common::{empty, put, tenant};
use rusqlite::Connection;
use staffgate::store::{
    Column, CommitOutcome, IndexSpec, Kind, Put, RangeRead, Read, Store, StoreError, StoreErrorKind, contract,
};
use staffgate_sqlite::{APPLICATION_ID, Options, SqliteStore};

fn open(path: &Path) -> Result<SqliteStore, StoreError> {
    SqliteStore::open(path, contract::kinds())
}

/// The error of an open that must fail and leave every byte as it was.
fn refused(path: &Path) -> StoreError {
    let before = fs::read(path).unwrap();
    let error = open(path).unwrap_err();
    assert_eq!(fs::read(path).unwrap(), before, "the file was changed: {error}");
    error
}

fn filled(path: &Path) {
    let store = open(path).unwrap();
    for number in 0..50 {
        let body = "x".repeat(2_000);
        let mut changes = empty(&format!("c{number}"));
        changes.puts = vec![put(&format!("r{number}"), "l", &body)];
        assert_eq!(store.commit(&changes), Ok(CommitOutcome::Committed));
    }
    store.close().unwrap();
}

#[test]
fn rows_are_there_after_a_close_and_an_open() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("portal.db");
    filled(&path);
    let store = open(&path).unwrap();
    let rows = store.load(&[common::point("r7"), common::command("c7")]).unwrap();
    assert_eq!(rows.iter().map(Vec::len).collect::<Vec<_>>(), [1, 1]);
    assert!(matches!(store.commit(&empty("c7")), Ok(CommitOutcome::AlreadyDone { .. })));
    store.close().unwrap();
    assert!(!folder.path().join("portal.db-wal").exists(), "a close leaves one file");
}

#[test]
fn a_closed_store_refuses_every_call() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder.path().join("portal.db")).unwrap();
    store.close().unwrap();
    store.close().unwrap();
    assert_eq!(store.load(&[common::point("r")]).unwrap_err().kind, StoreErrorKind::Closed);
    assert_eq!(store.commit(&empty("c")).unwrap_err().kind, StoreErrorKind::Closed);
}

#[test]
fn a_file_that_is_no_database_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in [
        ("short", b"hello".to_vec()),
        ("text", b"a long letter to the agency\n".repeat(500)),
        ("zeros", vec![0; 8_192]),
    ] {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        assert_eq!(refused(&path).kind, StoreErrorKind::Damaged, "{name}");
    }
}

#[test]
fn a_damaged_file_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let whole = folder.path().join("whole.db");
    filled(&whole);
    let bytes = fs::read(&whole).unwrap();
    let cut = folder.path().join("cut.db");
    fs::write(&cut, &bytes[..bytes.len() / 2]).unwrap();
    assert_eq!(refused(&cut).kind, StoreErrorKind::Damaged);
    let overwritten = folder.path().join("overwritten.db");
    let mut noise = bytes;
    noise[100..4_096].fill(0xAA);
    fs::write(&overwritten, noise).unwrap();
    assert_eq!(refused(&overwritten).kind, StoreErrorKind::Damaged);
}

#[test]
fn damage_behind_the_first_pages_is_told_when_it_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("portal.db");
    filled(&path);
    let mut bytes = fs::read(&path).unwrap();
    let from = 60 * 1_024;
    bytes[from..].fill(0xAA);
    fs::write(&path, bytes).unwrap();
    let Ok(store) = open(&path) else { return };
    let reads: Vec<Read> = (0..50).map(|number| common::point(&format!("r{number}"))).collect();
    assert_eq!(store.load(&reads).unwrap_err().kind, StoreErrorKind::Damaged);
}

#[test]
fn a_file_of_another_program_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let tables = folder.path().join("tables.db");
    Connection::open(&tables).unwrap().execute_batch("CREATE TABLE notes (text TEXT)").unwrap();
    assert_eq!(refused(&tables).kind, StoreErrorKind::Damaged);
    let named = folder.path().join("named.db");
    Connection::open(&named).unwrap().execute_batch("PRAGMA application_id = 42").unwrap();
    let error = refused(&named);
    assert_eq!(error.kind, StoreErrorKind::Damaged);
    assert!(error.message.contains("another program"), "{error}");
}

#[test]
fn a_newer_file_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("portal.db");
    filled(&path);
    let connection = Connection::open(&path).unwrap();
    connection.execute_batch("INSERT INTO staffgate_migrations VALUES (99, 'from the future')").unwrap();
    connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
    drop(connection);
    let error = refused(&path);
    assert_eq!(error.kind, StoreErrorKind::Newer);
    assert!(error.message.contains("99"), "{error}");
}

#[test]
fn an_empty_file_becomes_a_store() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("portal.db");
    fs::write(&path, b"").unwrap();
    open(&path).unwrap().close().unwrap();
    let connection = Connection::open(&path).unwrap();
    let id: i32 = connection.query_row("PRAGMA application_id", [], |row| row.get(0)).unwrap();
    assert_eq!(id, APPLICATION_ID);
    let mode: String = connection.query_row("PRAGMA journal_mode", [], |row| row.get(0)).unwrap();
    assert_eq!(mode, "wal");
}

#[test]
fn a_folder_that_is_not_there_is_unavailable() {
    let folder = tempfile::tempdir().unwrap();
    let error = open(&folder.path().join("missing").join("portal.db")).unwrap_err();
    assert_eq!(error.kind, StoreErrorKind::Unavailable);
}

#[test]
fn a_file_locked_by_another_connection_is_unavailable() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("portal.db");
    let options = Options { busy_timeout_ms: 30, ..Options::default() };
    let store = SqliteStore::open_with(&path, contract::kinds(), &options).unwrap();
    let other = Connection::open(&path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    assert_eq!(store.commit(&empty("c1")).unwrap_err().kind, StoreErrorKind::Unavailable);
    assert_eq!(store.load(&[common::command("c1")]), Ok(vec![vec![]]), "readers do not wait for a writer");
    other.execute_batch("ROLLBACK").unwrap();
    assert_eq!(store.commit(&empty("c1")), Ok(CommitOutcome::Committed));
}

/// Root may write what nobody may write; the unit tests show the same error without file permissions.
#[cfg(unix)]
#[test]
fn a_file_without_write_permission_is_read_only() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("portal.db");
    filled(&path);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).unwrap();
    if fs::OpenOptions::new().append(true).open(&path).is_ok() {
        return;
    }
    assert_eq!(refused(&path).kind, StoreErrorKind::ReadOnly);
}

static SMALL: Kind = Kind {
    name: "contract_item",
    columns: &[Column::text("label")],
    indexes: &[IndexSpec { name: "by_label", columns: &["label"] }],
};

#[test]
fn a_file_with_fewer_kinds_columns_and_indexes_gets_what_it_lacks() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("portal.db");
    let old = SqliteStore::open(&path, &[&SMALL]).unwrap();
    let mut changes = empty("c1");
    changes.puts = vec![put("old", "l", "body")];
    old.commit(&changes).unwrap();
    let bare = Read::Point(staffgate::store::Key::new(&tenant(), "contract_bare", "r"));
    assert_eq!(old.load(std::slice::from_ref(&bare)).unwrap_err().kind, StoreErrorKind::UnknownKind);
    old.close().unwrap();

    let store = open(&path).unwrap();
    let report = contract::check(&store, "grown");
    assert!(report.passed(), "{report}");
    assert_eq!(store.load(&[bare]), Ok(vec![vec![]]));
    let by_label = RangeRead {
        tenant: tenant(),
        kind: "contract_item".into(),
        index: "by_label".into(),
        equals: vec!["l".into()],
        bound: staffgate::store::Bound::default(),
        descending: false,
        limit: 10,
        after: None,
    };
    assert_eq!(store.load(&[Read::Range(by_label)]).unwrap()[0].len(), 1, "the old row is still found");
    let again = SqliteStore::open(&path, &[&SMALL]).unwrap();
    let mut changes = empty("c2");
    changes.puts = vec![Put { columns: vec![("owner".into(), "o".into())], ..put("new", "l", "body") }];
    let error = again.commit(&changes).unwrap_err();
    assert_eq!(error.kind, StoreErrorKind::UnknownKind, "a column that the store was not opened with");
}

#[test]
fn many_processes_may_make_the_same_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("portal.db");
    std::thread::scope(|scope| {
        let all: Vec<_> = (0..8).map(|_| scope.spawn(|| open(&path).map(|_| ()))).collect();
        for one in all {
            assert_eq!(one.join().unwrap(), Ok(()));
        }
    });
}
