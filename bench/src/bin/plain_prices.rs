//! The speed of the hand-written Rust program. Every case of the reference list must come out right first.

use std::time::{Duration, Instant};

use bench::pricing::inputs::{self, Case, ExpectedLine};
use bench::pricing::plain::{Demand, Terms, estimate};
use rust_decimal::Decimal;

const MEASURED: Duration = Duration::from_secs(3);

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut mismatches = 0;
    for case in inputs::cases()? {
        if !agrees(&case)? {
            mismatches += 1;
            eprintln!("{} does not agree", case.id);
        }
    }
    let wanted = inputs::demands()?;
    let mut work = Vec::new();
    let mut lists: Vec<Option<Terms>> = Vec::new();
    for row in &wanted.inputs {
        lists.resize(lists.len().max(row.list + 1), None);
        if let Some(place @ None) = lists.get_mut(row.list) {
            *place = Some(Terms::read(&row.input)?);
        }
    }
    for row in &wanted.inputs {
        let terms = lists.get(row.list).and_then(Option::as_ref).ok_or("a list without terms")?;
        work.push((terms, Demand::read(&row.input)?));
    }
    let mut best = Duration::MAX;
    let mut gross = Decimal::ZERO;
    let began = Instant::now();
    while began.elapsed() < MEASURED {
        let round = Instant::now();
        gross = work
            .iter()
            .filter_map(|(terms, demand)| estimate(terms, demand))
            .map(|priced| priced.gross)
            .sum();
        best = best.min(round.elapsed());
    }
    if format!("{gross:.2}") != wanted.sums.gross {
        mismatches += 1;
    }
    let count = u32::try_from(work.len())?;
    let per_second = f64::from(count) / best.as_secs_f64();
    println!(
        r#"{{"peer": "rust", "per_second": {per_second:.0}, "gross": "{gross:.2}", "mismatches": {mismatches}}}"#
    );
    if mismatches > 0 {
        return Err("the plain Rust program does not agree with the vectors".into());
    }
    Ok(())
}

fn agrees(case: &Case) -> Result<bool, Box<dyn std::error::Error>> {
    let Some(priced) = estimate(&Terms::read(&case.input)?, &Demand::read(&case.input)?) else {
        return Ok(false);
    };
    let lines: Vec<ExpectedLine> = priced
        .lines
        .iter()
        .map(|line| ExpectedLine {
            code: line.code.to_owned(),
            minutes: line.minutes,
            unit_price: format!("{:.4}", line.unit_price),
            amount: format!("{:.2}", line.amount),
        })
        .collect();
    let totals = [priced.net, priced.vat, priced.gross].map(|total| format!("{total:.2}"));
    Ok(lines == case.lines && totals == [case.net.clone(), case.vat.clone(), case.gross.clone()])
}
