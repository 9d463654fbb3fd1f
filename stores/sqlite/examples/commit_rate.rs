//! Prints how many durable commits a second the store makes, as ratios to a plain loop through the same library.
//!
//! `cargo run --release -p staffgate-sqlite --example commit_rate`
#![allow(clippy::print_stdout, clippy::disallowed_methods)]

use std::error::Error;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use rusqlite::{Connection, params};
use staffgate::store::{
    ChangeSet, CommandRecord, CommitOutcome, Expectation, IndexValue, Key, NewEvent, Put, RangeRead, Read,
    Store, Tenant, contract, link_of,
};
use staffgate_sqlite::SqliteStore;

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

const ROUNDS: usize = 5;
const COMMITS: usize = 6_400;
const CALLERS: usize = 64;
const PAGE: u32 = 1_000;

fn main() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let mut rates = Rates::default();
    for round in 0..ROUNDS {
        let plain = Plain::open(&folder.path().join(format!("plain-{round}.db")))?;
        let store = SqliteStore::open(folder.path().join(format!("store-{round}.db")), contract::kinds())?;
        rates.plain.push(per_second(COMMITS / 2, plain.run(&sets("plain", COMMITS / 2))?));
        rates.alone.push(per_second(COMMITS / 2, alone(&store, &sets("alone", COMMITS / 2))?));
        rates.plain_page.push(plain.page()?);
        // Both files hold the same rows in the same order up to here.
        rates.page.push(page(&store)?);
        rates.together.push(per_second(COMMITS, together(&store)?));
    }
    let plain = median(&mut rates.plain);
    let (alone, together) = (median(&mut rates.alone), median(&mut rates.together));
    println!("plain loop, one transaction per commit   {plain:>9.0} commits/s");
    println!("store, 1 caller                          {alone:>9.0} commits/s   {:.2} x", alone / plain);
    println!(
        "store, {CALLERS} callers waiting               {together:>9.0} commits/s   {:.2} x",
        together / plain
    );
    let (plain, store) = (median(&mut rates.plain_page), median(&mut rates.page));
    println!("plain read of {PAGE} rows of 1 KB          {:>9.0} us", plain * 1e6);
    println!(
        "store, a range of {PAGE} rows              {:>9.0} us          {:.2} x as long",
        store * 1e6,
        store / plain
    );
    Ok(())
}

#[derive(Default)]
struct Rates {
    plain: Vec<f64>,
    alone: Vec<f64>,
    together: Vec<f64>,
    plain_page: Vec<f64>,
    page: Vec<f64>,
}

fn per_second(commits: usize, took: Duration) -> f64 {
    f64::from(u32::try_from(commits).unwrap_or(u32::MAX)) / took.as_secs_f64()
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// What an operation usually writes: a record of 1 KB, a guard, an event and the command.
fn sets(name: &str, count: usize) -> Vec<ChangeSet> {
    let tenant = Tenant::new("01890a5d-ac96-774b-bcce-b302099a8057");
    (0..count).map(|at| set(&tenant, &format!("{name}-{at:06}-a1b2c3d4e5f6"), at)).collect()
}

fn set(tenant: &Tenant, id: &str, at: usize) -> ChangeSet {
    let body = |size: usize| format!("{{\"id\":\"{id}\",\"text\":\"{}\"}}", "x".repeat(size));
    let start = i64::try_from(at).unwrap_or(i64::MAX);
    let key = |id: String| Key::new(tenant, "contract_item", id);
    let record = Put {
        tenant: tenant.clone(),
        kind: "contract_item".into(),
        id: id.to_owned(),
        columns: vec![("owner".into(), "client-1".into()), ("starts_at".into(), IndexValue::Integer(start))],
        body: body(950),
    };
    let guard = Put { id: format!("guard-{id}"), columns: Vec::new(), body: body(20), ..record.clone() };
    ChangeSet {
        tenant: tenant.clone(),
        command_id: format!("command-{id}"),
        command: CommandRecord { fingerprint: "f".repeat(64), reply: body(400) },
        expect: [&record, &guard].map(|put| Expectation { key: key(put.id.clone()), version: 0 }).to_vec(),
        puts: vec![record, guard],
        deletes: Vec::new(),
        claims: Vec::new(),
        events: vec![NewEvent {
            tenant: tenant.clone(),
            id: format!("event-{id}"),
            subject: format!("contract_item/{id}"),
            body: body(250),
            digest: "d".repeat(64),
        }],
    }
}

fn alone(store: &SqliteStore, sets: &[ChangeSet]) -> Result<Duration> {
    let begin = Instant::now();
    commit_all(store, sets)?;
    Ok(begin.elapsed())
}

fn together(store: &SqliteStore) -> Result<Duration> {
    let work: Vec<Vec<ChangeSet>> =
        (0..CALLERS).map(|caller| sets(&format!("caller-{caller}"), COMMITS / CALLERS)).collect();
    let begin = Instant::now();
    thread::scope(|scope| {
        let named = || thread::Builder::new().name("caller".into());
        let callers = work
            .iter()
            .map(|sets| named().spawn_scoped(scope, || commit_all(store, sets)))
            .collect::<std::io::Result<Vec<_>>>()?;
        callers.into_iter().try_for_each(|caller| caller.join().map_err(|_| "a caller panicked")?)
    })?;
    Ok(begin.elapsed())
}

fn commit_all(store: &SqliteStore, sets: &[ChangeSet]) -> Result<()> {
    sets.iter().try_for_each(|set| match store.commit(set)? {
        CommitOutcome::Committed => Ok(()),
        other => Err(format!("not committed: {other:?}").into()),
    })
}

fn page(store: &SqliteStore) -> Result<f64> {
    let range = RangeRead {
        tenant: Tenant::new("01890a5d-ac96-774b-bcce-b302099a8057"),
        kind: "contract_item".into(),
        index: "by_owner_start".into(),
        equals: vec!["client-1".into()],
        bound: staffgate::store::Bound::default(),
        descending: false,
        limit: PAGE,
        after: None,
    };
    let reads = [Read::Range(range)];
    let mut times = Vec::new();
    for _ in 0..50 {
        let begin = Instant::now();
        let rows = store.load(&reads)?;
        times.push(begin.elapsed().as_secs_f64());
        assert_eq!(rows.first().map(Vec::len), Some(PAGE as usize));
    }
    Ok(median(&mut times))
}

/// What a host would write by hand: the same tables, settings and rows, one transaction per commit, and no checks.
struct Plain(Connection);

impl Plain {
    /// The store makes the tables, so that both have the same ones.
    fn open(path: &Path) -> Result<Self> {
        SqliteStore::open(path, contract::kinds())?.close()?;
        let connection = Connection::open(path)?;
        connection.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000;
             PRAGMA cache_size = -16384;",
        )?;
        Ok(Self(connection))
    }

    fn run(&self, sets: &[ChangeSet]) -> Result<Duration> {
        let mut link = String::new();
        let begin = Instant::now();
        for (number, set) in (1..).zip(sets) {
            self.0.prepare_cached("BEGIN IMMEDIATE")?.execute([])?;
            self.write(set, number, &mut link)?;
            self.0.prepare_cached("COMMIT")?.execute([])?;
        }
        Ok(begin.elapsed())
    }

    fn write(&self, set: &ChangeSet, number: u64, link: &mut String) -> Result<()> {
        let tenant = set.tenant.as_str();
        for put in &set.puts {
            let column =
                |name: &str| put.columns.iter().find(|(known, _)| known == name).map(|(_, value)| value);
            let owner = column("owner").and_then(|value| match value {
                IndexValue::Text(text) => Some(text),
                IndexValue::Integer(_) => None,
            });
            let start = column("starts_at").and_then(|value| match value {
                IndexValue::Integer(number) => Some(number),
                IndexValue::Text(_) => None,
            });
            self.0
                .prepare_cached(
                    "INSERT INTO staffgate_contract_item (tenant, id, version, owner, starts_at, body)
                     VALUES (?1, ?2, 1, ?3, ?4, ?5)",
                )?
                .execute(params![tenant, put.id, owner, start, put.body])?;
        }
        for event in &set.events {
            *link = link_of(link, number, &event.digest);
            self.0
                .prepare_cached(
                    "INSERT INTO staffgate_events (tenant, number, id, subject, body, digest, link)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                )?
                .execute(params![
                    tenant,
                    i64::try_from(number)?,
                    event.id,
                    event.subject,
                    event.body,
                    event.digest,
                    &*link
                ])?;
        }
        self.0
            .prepare_cached(
                "INSERT INTO staffgate_heads (tenant, number, link) VALUES (?1, ?2, ?3)
                 ON CONFLICT (tenant) DO UPDATE SET number = excluded.number, link = excluded.link",
            )?
            .execute(params![tenant, i64::try_from(number)?, &*link])?;
        self.0
            .prepare_cached(
                "INSERT INTO staffgate_commands (tenant, id, fingerprint, reply) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute(params![tenant, set.command_id, set.command.fingerprint, set.command.reply])?;
        Ok(())
    }

    fn page(&self) -> Result<f64> {
        let mut times = Vec::new();
        for _ in 0..50 {
            let begin = Instant::now();
            let mut statement = self.0.prepare_cached(
                "SELECT id, version, body FROM staffgate_contract_item
                 WHERE tenant = ?1 AND owner = ?2 AND starts_at IS NOT NULL ORDER BY starts_at, id LIMIT ?3",
            )?;
            let rows = statement
                .query_map(params!["01890a5d-ac96-774b-bcce-b302099a8057", "client-1", PAGE], |row| {
                    Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?, row.get::<_, String>(2)?))
                })?
                .collect::<rusqlite::Result<Vec<_>>>()?;
            times.push(begin.elapsed().as_secs_f64());
            assert_eq!(rows.len(), PAGE as usize);
        }
        Ok(median(&mut times))
    }
}
