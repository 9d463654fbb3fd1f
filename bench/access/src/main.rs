//! Decisions against a plain check, cedar-policy and casbin on the same questions in one run, and how often `access.can`
//! asks SQLite. Writes the data set for the programs in the other languages.
//!
//!     access-bench FOLDER

mod casbin_peer;
mod cedar;
mod one_load;
mod ours;
mod plain;
mod world;

use std::hint::black_box;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::casbin_peer::Casbin;
use crate::cedar::Cedar;
use crate::one_load::InSqlite;
use crate::ours::Ours;
use crate::plain::Plain;
use crate::world::{BATCH, Question, World};

type Done<T> = Result<T, Box<dyn std::error::Error>>;

const ROUNDS: u32 = 15;
/// Slow peers answer some of the questions only.
const FOR_CEDAR: usize = 1_000;
const FOR_CASBIN: usize = 200;

fn main() -> Done<()> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("name a folder for the data set")?);
    std::fs::create_dir_all(&folder)?;
    let world = World::new()?;
    let plain = Plain::new(&world);
    let mut data = world.json(|question| plain.allows(question))?;
    let casbin_peer::Policies { p, g, g2 } = casbin_peer::policies(&world);
    data["casbin"] = json!({ "p": p, "g": g, "g2": g2 });
    data["cedar"] = json!({ "policies": cedar::policies(&world)?, "entities": cedar::entities(&world) });
    std::fs::write(folder.join("world.json"), data.to_string())?;
    println!(
        "{} users, {} roles, {} permissions of a client's side (the closed list has no more), {} clients, {} projects; \
         {} questions, {} batches of {BATCH}",
        world.users.len(),
        world.roles.len(),
        world.permissions.len(),
        world.clients.len(),
        world.projects.len(),
        world.questions.len(),
        world.batches.len()
    );
    decisions(&world, &plain)?;
    loads(&world, &plain, &folder)
}

fn decisions(world: &World, plain: &Plain) -> Done<()> {
    let questions = &world.questions;
    let wanted: Vec<bool> = questions.iter().map(|question| plain.allows(question)).collect();
    let yes = wanted.iter().filter(|yes| **yes).count();
    let ours = Ours::new(world);
    let cedar = Cedar::new(world)?;
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    let casbin = runtime.block_on(Casbin::new(world))?;
    let for_cedar = questions.iter().take(FOR_CEDAR).map(Cedar::request).collect::<Done<Vec<_>>>()?;
    let for_casbin: Vec<[String; 5]> = questions.iter().take(FOR_CASBIN).map(casbin_peer::request).collect();
    let allows = |question: &Question| ours.decide(question).is_some_and(|decision| decision.is_allowed());
    same("ours", &wanted, questions.iter().map(allows))?;
    same("cedar-policy", &wanted, for_cedar.iter().map(|request| cedar.allows(request)))?;
    let by_casbin = for_casbin.iter().map(|request| casbin.allows(request)).collect::<Done<Vec<_>>>()?;
    same("casbin", &wanted, by_casbin.into_iter())?;
    // All in pieces of about a tenth of a millisecond: a busy machine lengthens long pieces more.
    let mut best: [Vec<Duration>; 4] = Default::default();
    for _ in 0..ROUNDS {
        shorten(&mut best[0], questions.chunks(1_000), |question| ours.decide(question).is_some());
        shorten(&mut best[1], questions.chunks(1_000), |question| plain.allows(question));
        shorten(&mut best[2], for_cedar.chunks(2), |request| cedar.allows(request));
        shorten(&mut best[3], for_casbin.chunks(2), |request| casbin.allows(request).unwrap_or_default());
    }
    let counts = [questions.len(), questions.len(), for_cedar.len(), for_casbin.len()];
    let whole = best.iter().map(|pieces| pieces.iter().sum::<Duration>());
    let mut each = whole.zip(counts).map(|(time, count)| time.as_secs_f64() * 1e9 / count as f64);
    let mut next = || each.next().unwrap_or(f64::NAN);
    let (ours, plain, cedar, casbin) = (next(), next(), next(), next());
    println!("{yes} of {} questions are answered yes, equally by all", questions.len());
    println!(
        "one decision: {ours:.1} ns; a hash map of bit sets {plain:.1} ns: ratio {:.2} (at most 5)",
        ours / plain
    );
    println!("cedar-policy {cedar:.0} ns: {:.0} times as fast (at least 100)", cedar / ours);
    println!("casbin {casbin:.0} ns: {:.0} times as fast (at least 100)", casbin / ours);
    Ok(())
}

fn loads(world: &World, plain: &Plain, folder: &std::path::Path) -> Done<()> {
    let path = folder.join("loads.db");
    for end in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(folder.join(format!("loads.db{end}")));
    }
    let portal = InSqlite::new(world, &path)?;
    for batch in &world.batches {
        for questions in [batch.as_slice(), &batch[BATCH - 1..]] {
            let wanted: Vec<bool> = questions.iter().map(|question| plain.allows(question)).collect();
            let (answers, loads) = portal.can(questions[0].user, questions)?;
            same("access.can", &wanted, answers.into_iter())?;
            if loads != 1 {
                return Err(format!("access.can of {} questions took {loads} loads", questions.len()).into());
            }
        }
    }
    println!("access.can through SQLite: 1 load, for one question and for {BATCH} (at most 1)");
    Ok(())
}

/// The least time of each piece of the work so far.
fn shorten<'a, T: 'a>(
    best: &mut Vec<Duration>,
    work: impl Iterator<Item = &'a [T]>,
    mut one: impl FnMut(&T) -> bool,
) {
    for (at, piece) in work.enumerate() {
        let began = Instant::now();
        for item in piece {
            black_box(one(black_box(item)));
        }
        let time = began.elapsed();
        match best.get_mut(at) {
            Some(best) => *best = time.min(*best),
            None => best.push(time),
        }
    }
}

fn same(who: &str, wanted: &[bool], answers: impl Iterator<Item = bool>) -> Done<()> {
    let mut count = 0;
    for (number, (answer, wanted)) in answers.zip(wanted).enumerate() {
        if answer != *wanted {
            return Err(format!("{who} answers {answer} to question {number}").into());
        }
        count += 1;
    }
    if count == 0 { Err(format!("{who} answers nothing").into()) } else { Ok(()) }
}
