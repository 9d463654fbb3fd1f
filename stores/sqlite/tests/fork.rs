//! A store does not work in a forked child, and the child does no harm to the parent's.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
#![cfg(unix)]
#![allow(unsafe_code)]

mod common;

use common::{command, empty, whole};
use staffgate::store::{CommitOutcome, Store, StoreErrorKind, contract};
use staffgate_sqlite::SqliteStore;

/// The only test of this file: no other thread may hold a lock of the allocator while the process forks.
#[test]
fn a_forked_child_is_told_to_open_the_store_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("portal.db");
    let store = SqliteStore::open(&path, contract::kinds()).unwrap();
    assert_eq!(store.commit(&whole("parent")), Ok(CommitOutcome::Committed));
    assert_eq!(store.load(&[command("parent")]).unwrap()[0].len(), 1);

    // SAFETY: the child only calls the store and leaves with `_exit`, without returning into the test's runner.
    let child = unsafe { libc::fork() };
    if child == 0 {
        let refused = [
            store.load(&[command("parent")]).map(|_| ()),
            store.commit(&empty("child")).map(|_| ()),
            store.close(),
        ];
        let all = refused.into_iter().all(|result| {
            result.is_err_and(|error| error.kind == StoreErrorKind::Closed && error.message.contains("fork"))
        });
        drop(store);
        let own = SqliteStore::open(&path, contract::kinds());
        let again = own.and_then(|own| own.commit(&whole("child"))) == Ok(CommitOutcome::Committed);
        // SAFETY: ends the process at once.
        unsafe { libc::_exit(i32::from(!(all && again))) };
    }
    let mut status = -1;
    // SAFETY: waits for the child of this process and writes into a local.
    unsafe { libc::waitpid(child, &raw mut status, 0) };
    assert_eq!(status, 0, "the child could use the parent's store, or not its own");
    assert_eq!(store.commit(&whole("after")), Ok(CommitOutcome::Committed));
    let found = store.load(&[command("parent"), command("child"), command("after")]).unwrap();
    assert!(found.iter().all(|rows| rows.len() == 1));
}
