//! A client's page of shifts with their team: what the rules cost beside writing the same out without any, and whether
//! a row costs the same in a long list as in a short one.

use std::time::{Duration, Instant};

use bench::agency::{AGENCY, Done, World};
use bench::median;
use serde_json::{Value, json};
use staffgate::shifts::model::{SHIFT, Shift};
use staffgate::store::{Bound, RangeRead, Read, Store, Tenant};

const ROUNDS: usize = 100;
const PAGE: u32 = 1_000;
const LONG: u32 = 100_000;

fn main() -> Done<()> {
    let folder = std::env::temp_dir().join(format!("staffgate-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let result = rules(&folder).and_then(|()| length(&folder));
    std::fs::remove_dir_all(&folder)?;
    result
}

fn told(what: &str, ratio: f64, most: f64) {
    let missed = if ratio > most { "  MISSED" } else { "" };
    println!("{what}: ratio {ratio:.2} (at most {most}){missed}");
}

fn filled(path: &std::path::Path, count: u32) -> Done<World> {
    let mut world = World::new(path)?;
    world.staff()?;
    world.fill(count - 1)?;
    Ok(world)
}

/// The whole call reads its rows from the store, so reading them without any rule is taken off: what is left makes
/// what the client may see of each and writes it, against writing all of it.
fn rules(folder: &std::path::Path) -> Done<()> {
    let mut world = filled(&folder.join("page.db"), PAGE)?;
    let input = json!({ "client": world.client, "page": { "limit": PAGE } });
    let range = Read::Range(RangeRead {
        tenant: Tenant::new(AGENCY),
        kind: SHIFT.name.into(),
        index: "by_client".into(),
        equals: vec![world.client.as_str().unwrap_or_default().into()],
        bound: Bound::default(),
        descending: false,
        limit: PAGE + 1,
        after: None,
    });
    let (mut whole, mut reading, mut writing) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        whole.push(world.anna("my_shifts.list", &input)?);
        let begin = Instant::now();
        let rows = world.store().load(std::slice::from_ref(&range))?;
        let rows = rows.first().ok_or("no answer to a read")?;
        let shifts = rows.iter().map(|row| serde_json::from_str(&row.body));
        let shifts = shifts.collect::<Result<Vec<Shift>, _>>()?;
        reading.push(begin.elapsed());
        let begin = Instant::now();
        let text = serde_json::to_string(&shifts)?;
        writing.push(begin.elapsed());
        assert!(shifts.len() == PAGE as usize && text.len() > 1_000_000, "a page of shifts with their teams");
    }
    let reply = world.ask(world.anna, "my_shifts.list", &input)?;
    assert_eq!(reply["items"][999]["team"].as_array().map(Vec::len), Some(3), "the team is there");
    let (whole, reading, writing) = (median(whole), median(reading), median(writing));
    let ours = whole.saturating_sub(reading);
    println!(
        "a page of {PAGE} shifts with team: {whole:.0?}, of which reading {reading:.0?}; writing alone {writing:.0?}"
    );
    told("seeing and writing against writing alone", ours.as_secs_f64() / writing.as_secs_f64(), 2.0);
    Ok(())
}

/// All pages of a long list, against as many times the only page of a short one. The rows of the short list have been
/// read before, so those of the long one have too; what the first reading of a page costs is told beside it.
fn length(folder: &std::path::Path) -> Done<()> {
    let mut short = filled(&folder.join("short.db"), PAGE)?;
    let mut long = filled(&folder.join("long.db"), LONG)?;
    let (mut of_short, mut of_long, mut of_first): (Vec<Duration>, Vec<Duration>, Vec<Duration>) =
        Default::default();
    let mut after = Value::Null;
    for page in 0..LONG / PAGE {
        let first = json!({ "client": short.client, "page": { "limit": PAGE } });
        of_short.push(short.anna("my_shifts.list", &first)?);
        let input = json!({ "client": long.client, "page": { "limit": PAGE, "after": after } });
        of_first.push(long.anna("my_shifts.list", &input)?);
        of_long.push(long.anna("my_shifts.list", &input)?);
        after = long.ask(long.anna, "my_shifts.list", &input)?["next"].clone();
        assert_eq!(after.is_null(), page + 1 == LONG / PAGE, "the list goes on to its end");
    }
    let (of_short, of_long, of_first) = (median(of_short), median(of_long), median(of_first));
    let against = |of: Duration| of.as_secs_f64() / of_short.as_secs_f64();
    told(&format!("a row of {LONG} against one of {PAGE}"), against(of_long), 1.3);
    println!("the same when it is read for the first time: {:.2}", against(of_first));
    Ok(())
}
