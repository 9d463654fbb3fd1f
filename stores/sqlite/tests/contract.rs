//! The store contract on a SQLite file.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use staffgate::store::contract;
use staffgate_sqlite::SqliteStore;

#[test]
fn the_sqlite_store_keeps_the_contract() {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(folder.path().join("portal.db"), staffgate::catalog::kinds()).unwrap();
    for run in ["first", "second"] {
        let report = contract::check(&store, run);
        assert!(report.passed(), "{report}");
    }
}
