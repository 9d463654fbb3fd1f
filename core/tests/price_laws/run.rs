//! What all laws need: cases from the environment, compiled lists, exact sums.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use proptest::prelude::*;
use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::Value;
use staffgate::pricing::demand::Demand;
use staffgate::pricing::engine::{Book, Zones};
use staffgate::pricing::estimate::{Estimate, PricedEstimate};
use staffgate::pricing::list::PriceList;

/// `PROPTEST_CASES` or 256 cases; failures are printed, not kept in files.
pub fn config() -> ProptestConfig {
    ProptestConfig { failure_persistence: None, ..ProptestConfig::default() }
}

/// The zones are read once for all cases.
pub fn zones() -> Arc<Zones> {
    static ZONES: OnceLock<Arc<Zones>> = OnceLock::new();
    Arc::clone(ZONES.get_or_init(|| Arc::new(Zones::bundled())))
}

pub fn list(value: &Value) -> PriceList {
    PriceList::deserialize(value).unwrap()
}

pub fn demand(value: &Value) -> Demand {
    Demand::deserialize(value).unwrap()
}

pub fn book(list: &PriceList) -> Book {
    Book::with_zones(list.currency, std::slice::from_ref(list), zones()).unwrap()
}

/// The price of a demand under a list that prices everything.
pub fn priced(list: &Value, of: &Value) -> PricedEstimate {
    match book(&self::list(list)).estimate(&demand(of)).unwrap() {
        Estimate::Priced(priced) => priced,
        other => panic!("{other:?}"),
    }
}

/// Minutes of each rule at each price, all positions together.
pub fn minutes(priced: &PricedEstimate) -> BTreeMap<(String, Decimal), u64> {
    let mut found: BTreeMap<(String, Decimal), u64> = BTreeMap::new();
    for line in &priced.lines {
        if let Some(minutes) = line.minutes.filter(|minutes| *minutes > 0) {
            let key = (line.rule.to_string(), line.unit_price.decimal().normalize());
            *found.entry(key).or_default() += u64::from(minutes);
        }
    }
    found
}

/// The sum of minutes times price before any line is rounded, times 60.
pub fn exact(priced: &PricedEstimate) -> Decimal {
    let of = |line: &staffgate::pricing::estimate::EstimateLine| {
        Decimal::from(line.minutes.unwrap_or(0)) * line.unit_price.decimal()
    };
    priced.lines.iter().map(of).sum()
}
