//! Tests that reach into the writing connection: a full disk, a file that turns read-only, a failed COMMIT.

use rusqlite::ffi;
use staffgate::store::{
    ChangeSet, CommandRecord, CommitOutcome, Key, Put, Read, Store, StoreErrorKind, Tenant, contract,
};

use crate::SqliteStore;
use crate::errors::{failed, unsure};
use crate::writer::Writer;

fn changes(id: &str, bytes: usize) -> ChangeSet {
    let tenant = Tenant::new("agency");
    let put = |id: String, body: String| Put {
        tenant: tenant.clone(),
        kind: "contract_item".into(),
        id,
        columns: Vec::new(),
        body,
    };
    ChangeSet {
        tenant: tenant.clone(),
        command_id: id.to_owned(),
        command: CommandRecord { fingerprint: String::new(), reply: String::new() },
        expect: Vec::new(),
        puts: vec![put(format!("{id}-first"), "first".to_owned()), put(id.to_owned(), "x".repeat(bytes))],
        deletes: Vec::new(),
        claims: Vec::new(),
        events: Vec::new(),
    }
}

fn in_store<T>(store: &SqliteStore, work: impl FnOnce(&Writer) -> T) -> T {
    work(store.writer().as_ref().unwrap())
}

fn count(store: &SqliteStore, ids: &[&str]) -> usize {
    let tenant = Tenant::new("agency");
    let reads: Vec<Read> =
        ids.iter().map(|id| Read::Point(Key::new(&tenant, "contract_item", *id))).collect();
    store.load(&reads).unwrap().iter().map(Vec::len).sum()
}

/// Leaves room for a few pages more.
fn fill_up(store: &SqliteStore) {
    in_store(store, |writer| {
        let pages: i64 = writer.connection().query_row("PRAGMA page_count", [], |row| row.get(0)).unwrap();
        writer.connection().pragma_update(None, "max_page_count", pages + 10).unwrap();
    });
}

#[test]
fn a_full_disk_is_told_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(folder.path().join("portal.db"), contract::kinds()).unwrap();
    fill_up(&store);
    let error = store.commit(&changes("large", 1_000_000)).unwrap_err();
    assert_eq!(error.kind, StoreErrorKind::Full);
    assert_eq!(count(&store, &["large", "large-first"]), 0);
    assert_eq!(store.commit(&changes("small", 10)), Ok(CommitOutcome::Committed));
}

#[test]
fn one_failure_in_a_group_is_undone_alone() {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(folder.path().join("portal.db"), contract::kinds()).unwrap();
    fill_up(&store);
    let [one, large, two] = [changes("one", 10), changes("large", 1_000_000), changes("two", 10)];
    let outcomes = in_store(&store, |writer| writer.commit(&[&one, &large, &two, &one]));
    assert_eq!(outcomes[0], Ok(CommitOutcome::Committed));
    assert_eq!(outcomes[1].as_ref().unwrap_err().kind, StoreErrorKind::Full);
    assert_eq!(outcomes[2], Ok(CommitOutcome::Committed));
    assert!(
        matches!(outcomes[3], Ok(CommitOutcome::AlreadyDone { .. })),
        "a group sees its earlier change sets"
    );
    assert_eq!(count(&store, &["one", "one-first", "two", "two-first"]), 4);
    assert_eq!(count(&store, &["large", "large-first"]), 0);
}

#[test]
fn a_file_that_takes_no_writes_is_read_only() {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(folder.path().join("portal.db"), contract::kinds()).unwrap();
    let refuse = |on: bool| {
        in_store(&store, |writer| writer.connection().pragma_update(None, "query_only", on).unwrap());
    };
    refuse(true);
    assert_eq!(store.commit(&changes("c", 10)).unwrap_err().kind, StoreErrorKind::ReadOnly);
    refuse(false);
    assert_eq!(store.commit(&changes("c", 10)), Ok(CommitOutcome::Committed));
}

#[test]
fn errors_say_what_the_caller_can_do() {
    use StoreErrorKind::{Damaged, Full, Internal, OutcomeUnknown, ReadOnly, Unavailable, UnknownKind};
    let of =
        |code, message: &str| rusqlite::Error::SqliteFailure(ffi::Error::new(code), Some(message.to_owned()));
    for (code, message, before, at_commit) in [
        (ffi::SQLITE_FULL, "", Full, Full),
        (ffi::SQLITE_BUSY, "", Unavailable, Unavailable),
        (ffi::SQLITE_BUSY_SNAPSHOT, "", Unavailable, Unavailable),
        (ffi::SQLITE_IOERR_FSYNC, "", Unavailable, OutcomeUnknown),
        (ffi::SQLITE_IOERR_WRITE, "", Unavailable, OutcomeUnknown),
        (ffi::SQLITE_NOMEM, "", Unavailable, OutcomeUnknown),
        (ffi::SQLITE_READONLY_DBMOVED, "", ReadOnly, OutcomeUnknown),
        (ffi::SQLITE_CORRUPT, "", Damaged, OutcomeUnknown),
        (ffi::SQLITE_NOTADB, "", Damaged, OutcomeUnknown),
        (ffi::SQLITE_ERROR, "no such table: staffgate_shift", UnknownKind, OutcomeUnknown),
        (ffi::SQLITE_ERROR, "near \"SELEC\"", Internal, OutcomeUnknown),
    ] {
        assert_eq!(failed(&of(code, message)).kind, before, "{code}");
        assert_eq!(unsure(&of(code, message)).kind, at_commit, "{code} at commit");
    }
}
