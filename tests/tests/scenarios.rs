//! Plays every story over every store that the Rust side has; all must give the same bytes.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::collections::BTreeMap;
use std::path::Path;

use conformance::{AsyncDoor, Door, Played, Scenario, play};
use staffgate::store::MemoryStore;
use staffgate::{Refusal, Reply, catalog};
use staffgate_sqlite::SqliteStore;

/// A name for messages, and a fresh empty store behind a door.
type Opened = (&'static str, Box<dyn Fn(&[u8]) -> Result<Reply, Refusal>>);

fn doors(folder: &Path) -> Vec<Opened> {
    let memory = MemoryStore::default();
    let waiting = AsyncDoor::default();
    let sqlite = SqliteStore::open(folder.join("portal.db"), catalog::kinds()).unwrap();
    let mut opened: Vec<Opened> = vec![
        ("memory", Box::new(move |request| Door::call(&memory, request))),
        ("memory, async", Box::new(move |request| waiting.call(request))),
        ("sqlite", Box::new(move |request| Door::call(&sqlite, request))),
    ];
    // The runs over changed rules ask one store: what differs between stores is not what they are about.
    if let Ok(only) = std::env::var("STORIES_OVER") {
        opened.retain(|(name, _)| *name == only);
    }
    opened
}

#[test]
fn every_story_ends_as_it_says_over_every_store() {
    let mut digests = BTreeMap::new();
    let mut failures = Vec::new();
    // Where it is known that something is wrong, one failure says enough.
    let one_is_enough = std::env::var_os("STORIES_OVER").is_some();
    for scenario in Scenario::all().unwrap() {
        if one_is_enough && !failures.is_empty() {
            break;
        }
        let mut first: Option<Played> = None;
        let folder = tempfile::tempdir().unwrap();
        for (store, call) in doors(folder.path()) {
            match (play(&scenario, &*call), &first) {
                (Err(difference), _) => {
                    failures.push(format!("[{store}] {difference}"));
                    break;
                }
                (Ok(played), None) => first = Some(played),
                (Ok(played), Some(first)) if played.transcript != first.transcript => {
                    failures.push(format!("[{store}] {}: other bytes than over memory", scenario.key));
                }
                (Ok(_), Some(_)) => {}
            }
        }
        if let Some(played) = first {
            write(&scenario.key, &played);
            digests.insert(scenario.key.clone(), played.digest());
        }
    }
    write_digests(&digests);
    assert!(failures.is_empty(), "\n\n{}\n", failures.join("\n\n"));
    assert!(!digests.is_empty(), "no story was found");
}

#[test]
fn every_operation_takes_one_round_or_says_why() {
    let mut most: BTreeMap<String, u32> = BTreeMap::new();
    for scenario in Scenario::all().unwrap() {
        let memory = MemoryStore::default();
        // A story that fails is the other test's to report.
        let Ok(played) = play(&scenario, &|request| Door::call(&memory, request)) else { continue };
        for (operation, rounds) in played.rounds {
            let known = most.entry(operation).or_default();
            *known = rounds.max(*known);
        }
    }
    let mut one = 0;
    for entry in catalog::operations() {
        match most.get(entry.name) {
            Some(rounds) => println!("{rounds} {}", entry.name),
            None => println!("- {} (in no story)", entry.name),
        }
        one += usize::from(most.get(entry.name) == Some(&1));
    }
    let over: Vec<_> = most.iter().filter(|(_, rounds)| **rounds > 3).collect();
    assert!(over.is_empty(), "more than three load rounds: {over:?}");
    assert!(one * 2 > most.len(), "most operations take one load round; only {one} of {} do", most.len());
}

fn output() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/scenario-digests")
}

fn write(key: &str, played: &Played) {
    let folder = output().join("rust");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join(format!("{key}.txt")), &played.transcript).unwrap();
}

fn write_digests(digests: &BTreeMap<String, String>) {
    let text = serde_json::to_string_pretty(digests).unwrap();
    std::fs::create_dir_all(output()).unwrap();
    std::fs::write(output().join("rust.json"), text + "\n").unwrap();
}
