//! A process that commits is killed at random moments; what it acknowledged is there whole, and nothing is half there.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
#![cfg(unix)]
#![allow(clippy::print_stdout)]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io::Read as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use common::{command, events, point, tenant, whole};
use rusqlite::Connection;
use staffgate::store::{CommitOutcome, Read, Store, contract, link_of};
use staffgate_sqlite::SqliteStore;

const KILLS: u32 = 200;
/// After so many kills a new file is begun, so that the making of a file is killed too.
const KILLS_PER_FILE: u32 = 10;
const THREADS: u32 = 4;
const LONGEST_LIFE_MS: u64 = 100;
const CHILD: &str = "STAFFGATE_KILL_CHILD";

/// Not a test of its own: what the killed process runs.
#[test]
#[ignore = "runs as the child of the kill test"]
fn child() {
    let Ok(job) = std::env::var(CHILD) else { return };
    let (path, life) = job.rsplit_once('|').unwrap();
    let store = SqliteStore::open(path, contract::kinds()).unwrap();
    let store = &store;
    thread::scope(|scope| {
        for at in 0..THREADS {
            scope.spawn(move || {
                for number in 0.. {
                    let name = format!("{life}-{at}-{number}");
                    assert_eq!(store.commit(&whole(&name)), Ok(CommitOutcome::Committed));
                    println!("ack {name}.");
                }
            });
        }
    });
}

#[test]
fn no_acknowledged_commit_is_lost_and_none_is_half_there() {
    let seed = std::env::var("STAFFGATE_SEED").ok().and_then(|seed| seed.parse().ok());
    let seed = seed.unwrap_or_else(|| RandomState::new().build_hasher().finish());
    println!("seed {seed}: set STAFFGATE_SEED to run with it again");
    let mut random = Random(seed | 1);
    let mut totals = (0, 0);
    for file in 0..KILLS / KILLS_PER_FILE {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("portal.db");
        let mut acknowledged = BTreeSet::new();
        for kill in 0..KILLS_PER_FILE {
            let life = format!("{file}-{kill}");
            acknowledged.extend(run_and_kill(
                &path,
                &life,
                Duration::from_micros(random.below(LONGEST_LIFE_MS * 1_000)),
            ));
            let found = verify(&path);
            let lost: Vec<_> = acknowledged.difference(&found).collect();
            assert!(lost.is_empty(), "seed {seed}, life {life}: acknowledged and lost: {lost:?}");
            if kill + 1 == KILLS_PER_FILE {
                totals = (totals.0 + acknowledged.len(), totals.1 + found.len());
            }
        }
    }
    println!("{KILLS} kills, {} commits acknowledged, {} found, none half", totals.0, totals.1);
    assert!(totals.0 > 0, "no child lived long enough to commit");
}

/// Starts a child, lets it live for a while after its first sign, kills it, and returns what it acknowledged.
fn run_and_kill(path: &Path, life: &str, wait: Duration) -> BTreeSet<String> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "child", "--ignored", "--nocapture", "--test-threads=1"])
        .env(CHILD, format!("{}|{life}", path.display()))
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut pipe = child.stdout.take().unwrap();
    let reader = thread::spawn(move || {
        let mut said = Vec::new();
        pipe.read_to_end(&mut said).unwrap();
        String::from_utf8(said).unwrap()
    });
    thread::sleep(wait);
    child.kill().unwrap();
    child.wait().unwrap();
    let said = reader.join().unwrap();
    // The full stop says that the line came whole.
    said.lines().filter_map(|line| line.strip_prefix("ack ")?.strip_suffix('.')).map(str::to_owned).collect()
}

/// Opens the file as the next process would, and returns the commands in it after checking each of them.
fn verify(path: &Path) -> BTreeSet<String> {
    let store = SqliteStore::open(path, contract::kinds()).unwrap();
    let commands = commands(path);
    let mut subjects: BTreeMap<String, usize> = BTreeMap::new();
    let (mut number, mut link) = (0, String::new());
    loop {
        let page = store.load(&[events(number)]).unwrap().remove(0);
        if page.is_empty() {
            break;
        }
        for row in page {
            number += 1;
            link = link_of(&link, number, &format!("{:0>64}", row.id.len()));
            assert_eq!(
                (row.version, row.link.as_deref()),
                (number, Some(link.as_str())),
                "the chain is broken"
            );
            *subjects.entry(row.id.split('/').next().unwrap().to_owned()).or_default() += 1;
        }
    }
    assert!(subjects.values().all(|count| *count == 2), "half the events of a commit");
    assert_eq!(subjects.into_keys().collect::<BTreeSet<_>>(), commands, "events and commands differ");
    for name in &commands {
        let claim = Read::Claim { tenant: tenant(), space: "name".into(), name: name.clone() };
        let mut reads = vec![claim, command(name)];
        reads.extend((0..3).map(|at| point(&format!("{name}/{at}"))));
        let rows = store.load(&reads).unwrap();
        assert!(rows.iter().all(|rows| rows.len() == 1), "half of {name} is there: {rows:?}");
        assert!(rows.iter().skip(2).all(|rows| rows[0].version == 1 && rows[0].body == *name));
    }
    commands
}

/// Past the store's back: the commands, and that there are no more rows and names than they explain.
fn commands(path: &Path) -> BTreeSet<String> {
    let connection = Connection::open(path).unwrap();
    let check: String = connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(check, "ok");
    let count = |table: &str| {
        let text = format!("SELECT count(*) FROM staffgate_{table}");
        let count: i64 = connection.query_row(&text, [], |row| row.get(0)).unwrap();
        usize::try_from(count).unwrap()
    };
    let mut statement = connection.prepare("SELECT id FROM staffgate_commands").unwrap();
    let all: BTreeSet<String> =
        statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    assert_eq!((count("contract_item"), count("claims")), (all.len() * 3, all.len()));
    all
}

/// Xorshift: enough for moments.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }
}
