//! Accepting a large mandate against inserting the same rows by hand, and the progress of a large project against
//! reading and counting the same rows by hand.

use std::path::Path;
use std::time::{Duration, Instant};

use bench::agency::{AGENCY, Done, NOW, World};
use bench::by_hand::ByHand;
use bench::median;
use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};
use serde_json::json;
use staffgate::projects::model::MOST_SHIFTS;

const ROUNDS: usize = 60;
const SHIFTS: u32 = 10_000;

fn main() -> Done<()> {
    let folder = std::env::temp_dir().join(format!("staffgate-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let result = accepting(&folder).and_then(|()| progress(&folder));
    std::fs::remove_dir_all(&folder)?;
    result
}

fn told(what: &str, (ours, theirs): (Duration, Duration), most: f64) {
    let ratio = ours.as_secs_f64() / theirs.as_secs_f64();
    let missed = if ratio > most { "  MISSED" } else { "" };
    println!("{what}: {ours:.0?}, by hand {theirs:.0?}, ratio {ratio:.2} (at most {most}){missed}");
}

/// Ten shifts with five positions of ten heads each: 50 positions, 500 slots.
fn accepting(folder: &Path) -> Done<()> {
    let mut world = World::new(&folder.join("accepting.db"))?;
    let mut by_hand = ByHand::open(&folder.join("accepting-by-hand.db"))?;
    world.store().keep();
    let order = world.order((10, 5, 10));
    let (mut ours, mut theirs, mut rows) = (Vec::new(), Vec::new(), 0);
    for _ in 0..ROUNDS {
        let mandate = world.ask(world.anna, "mandates.submit", &order)?["id"].clone();
        for set in world.store().take() {
            by_hand.write(&set)?;
        }
        ours.push(world.timed(
            world.mia,
            "mandates.accept",
            &json!({ "mandate": mandate, "revision": 1 }),
        )?);
        for set in world.store().take() {
            rows = set.puts.len() + set.events.len() + 2;
            theirs.push(by_hand.write(&set)?);
        }
    }
    let what = format!("accepting 50 positions with 500 slots ({rows} rows)");
    told(&what, (median(ours), median(theirs)), 3.0);
    Ok(())
}

/// What a person would write who needs these figures and nothing else.
#[derive(Deserialize)]
struct Shift<'a> {
    id: &'a str,
    schedule: &'a str,
    starts_at: &'a str,
    ends_at: &'a str,
    cancelled_at: Option<&'a str>,
    #[serde(borrow)]
    positions: Vec<Position<'a>>,
}

#[derive(Deserialize)]
struct Position<'a> {
    headcount: u32,
    #[serde(borrow)]
    bookings: Vec<Booking<'a>>,
}

#[derive(Deserialize)]
struct Booking<'a> {
    state: &'a str,
}

#[derive(Clone, Copy, Default, Serialize)]
struct Figures {
    requested: u32,
    proposed: u32,
    confirmed: u32,
    on_site: u32,
    done: u32,
}

#[derive(Serialize)]
struct Line {
    shift: String,
    schedule: String,
    starts_at: String,
    status: &'static str,
    fill: &'static str,
    progress: Figures,
}

/// Sums are over all shifts; of the shifts themselves, both give the first page.
const PAGE: usize = 100;

fn progress(folder: &Path) -> Done<()> {
    let path = folder.join("progress.db");
    let mut world = World::new(&path)?;
    // One is there already.
    let count = SHIFTS.min(MOST_SHIFTS) - 1;
    let project = world.fill_project(count)?.to_string();
    let connection = Connection::open(&path)?;
    let input = json!({ "project": project });
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        ours.push(world.timed(world.mia, "projects.progress", &input)?);
        let begin = Instant::now();
        let reply = counted(&connection, &project)?;
        theirs.push(begin.elapsed());
        assert!(reply.len() > PAGE * 100, "the figures of a page of shifts are there");
    }
    let reply = world.ask(world.mia, "projects.progress", &input)?;
    let by_hand: serde_json::Value = serde_json::from_str(&counted(&connection, &project)?)?;
    assert_eq!(reply["total"], by_hand["total"], "both count the same");
    assert_eq!(reply["shifts"].as_array().map(Vec::len), by_hand["shifts"].as_array().map(Vec::len));
    told(&format!("progress of a project with {} shifts", count + 1), (median(ours), median(theirs)), 1.5);
    Ok(())
}

fn counted(connection: &Connection, project: &str) -> Done<String> {
    let mut statement = connection.prepare_cached(
        "SELECT body FROM staffgate_shift WHERE tenant = ?1 AND project = ?2 AND starts_at IS NOT NULL
         ORDER BY starts_at, id",
    )?;
    let mut rows = statement.query(params![AGENCY, project])?;
    let mut lines = Vec::new();
    let mut total = Figures::default();
    while let Some(row) = rows.next()? {
        let text = row.get_ref(0)?.as_str()?;
        let line = line(&serde_json::from_str(text)?);
        total.requested += line.progress.requested;
        total.proposed += line.progress.proposed;
        total.confirmed += line.progress.confirmed;
        total.on_site += line.progress.on_site;
        total.done += line.progress.done;
        if lines.len() < PAGE {
            lines.push(line);
        }
    }
    Ok(serde_json::to_string(&json!({ "project": project, "total": total, "shifts": lines }))?)
}

fn line(shift: &Shift) -> Line {
    let (mut requested, mut held, mut confirmed, mut filled) = (0, 0, 0, true);
    for position in &shift.positions {
        let mut here = 0;
        for booking in &position.bookings {
            here += u32::from(booking.state == "confirmed");
            held += u32::from(["invited", "confirmed", "needs_reconfirmation"].contains(&booking.state));
        }
        requested += position.headcount;
        confirmed += here;
        filled &= here >= position.headcount;
    }
    // Instants are written alike, so that they compare as texts.
    let status = match (shift.cancelled_at, NOW < shift.starts_at, NOW < shift.ends_at) {
        (Some(_), ..) => "cancelled",
        (None, true, _) => "upcoming",
        (None, false, true) => "running",
        (None, false, false) => "finished",
    };
    let progress = Figures {
        requested,
        proposed: held - confirmed,
        confirmed,
        on_site: if status == "running" { confirmed } else { 0 },
        done: if status == "finished" { confirmed } else { 0 },
    };
    Line {
        shift: shift.id.to_owned(),
        schedule: shift.schedule.to_owned(),
        starts_at: shift.starts_at.to_owned(),
        status,
        fill: if filled {
            "filled"
        } else if confirmed == 0 {
            "unfilled"
        } else {
            "partly_filled"
        },
        progress: if status == "cancelled" { Figures::default() } else { progress },
    }
}
