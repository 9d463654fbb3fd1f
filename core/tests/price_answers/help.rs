//! Lists and demands from JSON.

use serde_json::{Value, json};
use staffgate::pricing::demand::Demand;
use staffgate::pricing::engine::Book;
use staffgate::pricing::estimate::Estimate;
use staffgate::pricing::list::PriceList;

/// A list with what nearly all have; `parts` replaces.
pub fn list(parts: Value) -> PriceList {
    let mut list = json!({
        "id": "basic", "currency": "EUR", "valid_from": "2020-01-01", "vat": { "percent": "21" },
        "components": [{ "code": "base", "name": "Work" }],
        "rules": [],
    });
    merge(&mut list, parts);
    serde_json::from_value(list).unwrap()
}

fn merge(into: &mut Value, parts: Value) {
    let (Value::Object(into), Value::Object(parts)) = (into, parts) else { panic!("two objects") };
    into.extend(parts);
}

pub fn components(codes: &[(&str, &str)]) -> Value {
    codes.iter().map(|(code, name)| json!({ "code": code, "name": name })).collect()
}

pub fn demand(positions: Value) -> Demand {
    serde_json::from_value(json!({ "zone": "Europe/Berlin", "positions": positions })).unwrap()
}

pub fn estimate(lists: &[PriceList], demand: &Demand) -> Estimate {
    Book::new(lists[0].currency, lists).unwrap().estimate(demand).unwrap()
}

/// An hourly rule for the first component.
pub fn hourly(id: &str, amount: &str, when: Value) -> Value {
    json!({ "id": id, "when": when, "rate": { "kind": "per_hour", "amount": amount } })
}

/// A percentage of the base under a condition.
pub fn premium(id: &str, percent: &str, when: Value) -> Value {
    json!({ "id": id, "component": id, "when": when,
        "rate": { "kind": "percent", "percent": percent, "of": ["base"] } })
}

pub fn night() -> Value {
    json!({ "windows": [{ "code": "night", "from": "22:00", "to": "06:00" }] })
}
