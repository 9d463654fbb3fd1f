//! What `mandates.submit` costs in a file with a thousand shifts and in one with a million.

mod world;

use std::time::{Duration, Instant};

use world::World;

const SMALL: u32 = 1_000;
const LARGE: u32 = 1_000_000;
const CALLS: usize = 400;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let large = std::env::args().nth(1).map_or(Ok(LARGE), |text| text.parse())?;
    let folder = std::env::temp_dir().join(format!("staffgate-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let result = measure(&folder, large);
    std::fs::remove_dir_all(&folder)?;
    result
}

fn measure(folder: &std::path::Path, large: u32) -> Result<(), Box<dyn std::error::Error>> {
    println!("filling two files, with {SMALL} and with {large} shifts");
    let mut few = World::new(&folder.join("few.db"))?;
    few.fill(SMALL)?;
    let mut many = World::new(&folder.join("many.db"))?;
    many.fill(large)?;
    let (mut with_few, mut with_many) = (Vec::new(), Vec::new());
    // In turns, so that whatever else the machine does falls on both alike.
    for _ in 0..CALLS {
        with_few.push(time(|| few.submit())?);
        with_many.push(time(|| many.submit())?);
    }
    let (few, many) = (median(with_few), median(with_many));
    let ratio = many.as_secs_f64() / few.as_secs_f64();
    println!(
        "mandates.submit with {SMALL} shifts: {few:.0?}; with {large}: {many:.0?}; ratio {ratio:.2} (at most 1.3)"
    );
    Ok(())
}

fn time<E>(work: impl FnOnce() -> Result<(), E>) -> Result<Duration, E> {
    let start = Instant::now();
    work()?;
    Ok(start.elapsed())
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}
