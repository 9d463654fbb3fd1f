//! What each thing that a client does costs in a file with a thousand shifts and in one with a million.

use std::time::Duration;

use bench::agency::{ACTIONS, Done, World};
use bench::median;

const SMALL: u32 = 1_000;
const LARGE: u32 = 1_000_000;
const CALLS: usize = 200;
const MOST: f64 = 1.3;

fn main() -> Done<()> {
    let large = std::env::args().nth(1).map_or(Ok(LARGE), |text| text.parse())?;
    let folder = std::env::temp_dir().join(format!("staffgate-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let result = measure(&folder, large);
    std::fs::remove_dir_all(&folder)?;
    result
}

fn measure(folder: &std::path::Path, large: u32) -> Done<()> {
    println!("filling two files, with {SMALL} and with {large} shifts");
    let mut few = World::new(&folder.join("few.db"))?;
    few.fill(SMALL)?;
    let mut many = World::new(&folder.join("many.db"))?;
    many.fill(large)?;
    println!("{:<30} {SMALL:>10} {large:>10}   ratio (at most {MOST})", "median of a call");
    for (name, action) in ACTIONS {
        let (mut with_few, mut with_many): (Vec<Duration>, Vec<Duration>) = (Vec::new(), Vec::new());
        // In turns, so that whatever else the machine does falls on both alike.
        for _ in 0..CALLS {
            with_few.push(action(&mut few)?);
            with_many.push(action(&mut many)?);
        }
        let (few, many) = (median(with_few), median(with_many));
        let ratio = many.as_secs_f64() / few.as_secs_f64();
        let told = if ratio > MOST { "  MISSED" } else { "" };
        println!("{name:<30} {few:>10.0?} {many:>10.0?}   {ratio:.2}{told}");
    }
    Ok(())
}
