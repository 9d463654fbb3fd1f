//! How the cost of a price grows: with rules that do not apply, and with the length of a shift.

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use staffgate::pricing::demand::Demand;
use staffgate::pricing::engine::{Book, Zones};

use super::engine;
use super::inputs::{Demands, Input};

type Failure = Box<dyn std::error::Error>;

const ROUNDS: u32 = 100;
const DEMANDS: usize = 500;

/// What a demand costs under a list of 10,000 rules, where it costs 1 under one of 10 with the same six that apply.
///
/// # Errors
/// When a list or a demand is refused, or the two lists do not give the same price.
pub fn with_rules(wanted: &Demands, zones: &Arc<Zones>) -> Result<f64, Failure> {
    let given = &wanted.inputs.first().ok_or("no demands")?.input;
    let applying = 6;
    let few = engine::book_with(given, 10 - applying, zones)?;
    let many = engine::book_with(given, 10_000 - applying, zones)?;
    let rows = wanted.inputs.iter().take(DEMANDS);
    let demands = rows.map(|row| engine::demand(&row.input)).collect::<Result<Vec<Demand>, _>>()?;
    for demand in &demands {
        if engine::total(&few, demand) != engine::total(&many, demand) {
            return Err("rules that do not apply change a price".into());
        }
    }
    let (mut short, mut long) = (Duration::MAX, Duration::MAX);
    for _ in 0..ROUNDS {
        short = short.min(once(&few, &demands));
        long = long.min(once(&many, &demands));
    }
    Ok(long.as_secs_f64() / short.as_secs_f64())
}

/// What a minute of shifts of four weeks costs, where one of shifts of a week costs 1.
///
/// # Errors
/// When a list or a demand is refused.
pub fn with_days(wanted: &Demands, zones: &Arc<Zones>) -> Result<f64, Failure> {
    let given = &wanted.inputs.first().ok_or("no demands")?.input;
    let book = engine::book(given, zones)?;
    let of_days = |days: u32| -> Result<Vec<Demand>, Failure> {
        let inputs = (0..24).map(|hour| Input {
            start: format!("2026-05-01T{hour:02}:00"),
            end: format!("2026-05-{:02}T{hour:02}:30", 1 + days),
            ..given.clone()
        });
        inputs.map(|input| engine::demand(&input)).collect()
    };
    let (short, long) = (of_days(7)?, of_days(28)?);
    let minutes = |demands: &[Demand]| -> i64 {
        let of = |demand: &Demand| {
            let spans = demand.positions.iter().map(|one| one.end.naive() - one.start.naive());
            spans.map(|span| span.num_minutes()).sum::<i64>()
        };
        demands.iter().map(of).sum()
    };
    let (mut one, mut other) = (Duration::MAX, Duration::MAX);
    for _ in 0..100 * ROUNDS {
        one = one.min(once(&book, &short));
        other = other.min(once(&book, &long));
    }
    let each = |time: Duration, demands: &[Demand]| time.as_secs_f64() / minutes(demands) as f64;
    Ok(each(other, &long) / each(one, &short))
}

fn once(book: &Book, demands: &[Demand]) -> Duration {
    let round = Instant::now();
    for demand in demands {
        let _ = black_box(book.calculate(demand));
    }
    round.elapsed()
}
