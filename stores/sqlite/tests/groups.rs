//! Many callers at once: each keeps its own outcome, and nothing is lost or written twice.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod common;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use common::{command, empty, event, events, expect, point, put, whole};
use staffgate::store::{CommitOutcome, Store, StoreErrorKind, contract, link_of};
use staffgate_sqlite::SqliteStore;

const CALLERS: usize = 16;

fn store(folder: &tempfile::TempDir) -> SqliteStore {
    SqliteStore::open(folder.path().join("portal.db"), contract::kinds()).unwrap()
}

/// Runs `work` in many threads at once and returns what each gave.
fn together<T: Send>(work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let work = &work;
    thread::scope(|scope| {
        let callers: Vec<_> = (0..CALLERS).map(|caller| scope.spawn(move || work(caller))).collect();
        callers.into_iter().map(|caller| caller.join().unwrap()).collect()
    })
}

#[test]
fn one_of_many_writers_of_a_version_wins() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(&folder);
    let (won, lost) = (AtomicUsize::new(0), AtomicUsize::new(0));
    for version in 0..40 {
        together(|caller| {
            let name = format!("{version}-{caller}");
            let mut changes = empty(&name);
            changes.expect = vec![expect("hot", version)];
            changes.puts = vec![put("hot", &name, &name)];
            changes.events = vec![event(&name, "hot")];
            match store.commit(&changes).unwrap() {
                CommitOutcome::Committed => won.fetch_add(1, Ordering::Relaxed),
                CommitOutcome::Conflict => lost.fetch_add(1, Ordering::Relaxed),
                CommitOutcome::AlreadyDone { .. } => panic!("every command is new"),
            }
        });
    }
    assert_eq!((won.into_inner(), lost.into_inner()), (40, 40 * (CALLERS - 1)));
    let rows = store.load(&[point("hot"), events(0)]).unwrap();
    assert_eq!(rows[0][0].version, 40);
    assert_eq!(rows[1].len(), 40, "a conflict leaves no event");
}

#[test]
fn a_repeated_command_is_done_once() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(&folder);
    for round in 0..40 {
        let outcomes = together(|_| store.commit(&whole(&format!("c{round}"))).unwrap());
        let committed = outcomes.iter().filter(|outcome| **outcome == CommitOutcome::Committed).count();
        let done = CommitOutcome::AlreadyDone {
            fingerprint: format!("fingerprint of c{round}"),
            reply: format!("c{round}"),
        };
        assert_eq!(committed, 1);
        assert_eq!(outcomes.iter().filter(|outcome| **outcome == done).count(), CALLERS - 1);
    }
    assert_eq!(store.load(&[events(0)]).unwrap()[0].len(), 80);
}

#[test]
fn a_refused_change_set_does_not_touch_its_neighbours() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(&folder);
    let outcomes = together(|caller| {
        let mut changes = whole(&format!("c{caller}"));
        if caller % 4 == 0 {
            changes.puts.push(staffgate::store::Put { kind: "nowhere".into(), ..put("r", "l", "b") });
        }
        store.commit(&changes)
    });
    for (caller, outcome) in outcomes.into_iter().enumerate() {
        if caller % 4 == 0 {
            assert_eq!(outcome.unwrap_err().kind, StoreErrorKind::UnknownKind);
        } else {
            assert_eq!(outcome, Ok(CommitOutcome::Committed));
        }
    }
}

#[test]
fn readers_see_whole_commits_only_and_their_own_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(&folder);
    together(|caller| {
        for number in 0..30 {
            let name = format!("c{caller}-{number}");
            assert_eq!(store.commit(&whole(&name)), Ok(CommitOutcome::Committed));
            let reads = [command(&name), point(&format!("{name}/0")), point(&format!("{name}/2"))];
            assert_eq!(store.load(&reads).unwrap().iter().map(Vec::len).collect::<Vec<_>>(), [1, 1, 1]);
            let other = format!("c{}-{number}", (caller + 1) % CALLERS);
            let reads = [command(&other), point(&format!("{other}/0")), point(&format!("{other}/2"))];
            let seen: Vec<usize> = store.load(&reads).unwrap().iter().map(Vec::len).collect();
            assert!(seen == [0, 0, 0] || seen == [1, 1, 1], "half a commit: {seen:?}");
        }
    });
    let mut link = String::new();
    let rows = store.load(&[events(0)]).unwrap().remove(0);
    assert_eq!(rows.len(), CALLERS * 30 * 2);
    for (number, row) in (1..).zip(rows) {
        let digest = format!("{:0>64}", row.id.len());
        link = link_of(&link, number, &digest);
        assert_eq!((row.version, row.link), (number, Some(link.clone())));
    }
}

#[test]
fn a_close_beside_commits_answers_every_caller() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(&folder);
    let committed = together(|caller| {
        let mut committed = Vec::new();
        for number in 0..1_000 {
            if caller == 0 && number == 20 {
                store.close().unwrap();
            }
            let name = format!("c{caller}-{number}");
            match store.commit(&whole(&name)) {
                Ok(outcome) => {
                    assert_eq!(outcome, CommitOutcome::Committed);
                    committed.push(name);
                }
                Err(error) => {
                    assert_eq!(error.kind, StoreErrorKind::Closed);
                    break;
                }
            }
        }
        committed
    });
    let store = self::store(&folder);
    for name in committed.into_iter().flatten() {
        assert_eq!(store.load(&[command(&name)]).unwrap()[0].len(), 1, "{name} was acknowledged");
    }
}
