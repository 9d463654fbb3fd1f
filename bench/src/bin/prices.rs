//! The price engine against special code for the nine rules of the reference list, on the same demands in one run;
//! and what rules cost that do not apply.

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bench::pricing::inputs::{self, Case, ExpectedLine};
use bench::pricing::{engine, growth, plain};
use rust_decimal::Decimal;
use staffgate::pricing::demand::Demand;
use staffgate::pricing::engine::{Book, Calculation, Zones};
use staffgate::pricing::estimate::{Estimate, PricedEstimate};

type Failure = Box<dyn std::error::Error>;

const ROUNDS: u32 = 40;

fn main() -> Result<(), Failure> {
    let zones = Arc::new(Zones::bundled());
    for case in inputs::cases()? {
        agrees(&case, &zones)?;
    }
    let wanted = inputs::demands()?;
    let mut books: Vec<Option<(Book, plain::Terms)>> = Vec::new();
    for row in &wanted.inputs {
        while books.len() <= row.list {
            books.push(None);
        }
        if let Some(place @ None) = books.get_mut(row.list) {
            *place = Some((engine::book(&row.input, &zones)?, plain::Terms::read(&row.input)?));
        }
    }
    let mut work = Vec::new();
    for row in &wanted.inputs {
        let (book, terms) = books.get(row.list).and_then(Option::as_ref).ok_or("a list without terms")?;
        work.push((book, terms, engine::demand(&row.input)?, plain::Demand::read(&row.input)?));
    }
    for (book, terms, demand, same_demand) in &work {
        same_lines(
            book,
            demand,
            &plain::estimate(terms, same_demand).ok_or("no price by the special code")?,
        )?;
    }
    let (mut ours, mut whole, mut theirs) = (Duration::MAX, Duration::MAX, Duration::MAX);
    for _ in 0..ROUNDS {
        let round = Instant::now();
        let gross: Decimal = work.iter().map(|(book, _, demand, _)| engine::total(book, demand)).sum();
        ours = ours.min(round.elapsed());
        same(gross, &wanted.sums.gross, "the engine")?;
        let round = Instant::now();
        let gross: Decimal = work.iter().map(|(book, _, demand, _)| stamped(book, demand)).sum();
        whole = whole.min(round.elapsed());
        same(gross, &wanted.sums.gross, "the stamped estimate")?;
        let round = Instant::now();
        let priced = work.iter().filter_map(|(_, terms, _, demand)| plain::estimate(terms, demand));
        let gross: Decimal = priced.map(|priced| black_box(priced).gross).sum();
        theirs = theirs.min(round.elapsed());
        same(gross, &wanted.sums.gross, "the special code")?;
    }
    let each = |time: Duration| time.as_secs_f64() * 1e9 / work.len() as f64;
    println!(
        "one estimate: engine {:.0} ns ({:.0} ns as data with stamps), special code {:.0} ns: ratio {:.2} (at most 1)",
        each(ours),
        each(whole),
        each(theirs),
        each(ours) / each(theirs)
    );
    let rules = growth::with_rules(&wanted, &zones)?;
    println!("10,000 rules in the list against 10, six of which apply: ratio {rules:.2} (at most 2)");
    let days = growth::with_days(&wanted, &zones)?;
    println!("a minute of a shift of four weeks against one of a week: ratio {days:.2} (at most 1.2)");
    Ok(())
}

fn stamped(book: &Book, demand: &Demand) -> Decimal {
    match black_box(book.estimate(demand)) {
        Ok(Estimate::Priced(priced)) => priced.total.decimal(),
        _ => Decimal::ZERO,
    }
}

/// Both sides give the same lines and totals, so that both do the same work.
fn same_lines(book: &Book, demand: &Demand, theirs: &plain::Priced) -> Result<(), Failure> {
    let Calculation::Priced(ours) = book.calculate(demand)? else {
        return Err("no price by the engine".into());
    };
    let engine_lines = ours.lines.iter();
    let engine_lines =
        engine_lines.map(|line| (line.code(), line.minutes(), line.unit_price(), line.amount().decimal()));
    let lines = theirs.lines.iter().map(|line| (line.code, Some(line.minutes), line.unit_price, line.amount));
    let totals = [ours.totals.net, ours.totals.vat_total, ours.totals.total].map(|total| total.decimal());
    if engine_lines.eq(lines) && totals == [theirs.net, theirs.vat, theirs.gross] {
        Ok(())
    } else {
        Err(format!("the two sides differ: {ours:#?} {theirs:#?}").into())
    }
}

fn same(gross: Decimal, wanted: &str, who: &str) -> Result<(), Failure> {
    if format!("{gross:.2}") == wanted { Ok(()) } else { Err(format!("{who} comes to {gross}").into()) }
}

fn agrees(case: &Case, zones: &Arc<Zones>) -> Result<(), Failure> {
    let Estimate::Priced(priced) =
        engine::book(&case.input, zones)?.estimate(&engine::demand(&case.input)?)?
    else {
        return Err(format!("{} has no price", case.id).into());
    };
    let totals = [priced.net, priced.vat_total, priced.total].map(|total| format!("{:.2}", total.decimal()));
    if lines(&priced) == case.lines && totals == [case.net.clone(), case.vat.clone(), case.gross.clone()] {
        Ok(())
    } else {
        Err(format!("{} does not agree: {:#?} {totals:?}", case.id, lines(&priced)).into())
    }
}

fn lines(priced: &PricedEstimate) -> Vec<ExpectedLine> {
    let line = priced.lines.iter().map(|line| ExpectedLine {
        code: line.code.to_string(),
        minutes: line.minutes.unwrap_or_default().into(),
        unit_price: format!("{:.4}", line.unit_price.decimal()),
        amount: format!("{:.2}", line.amount.decimal()),
    });
    line.collect()
}
