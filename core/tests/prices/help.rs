//! Lists and demands from JSON, and what an estimate says in short.

use serde_json::{Value, json};
use staffgate::pricing::demand::Demand;
use staffgate::pricing::engine::Book;
use staffgate::pricing::estimate::{Estimate, PricedEstimate};
use staffgate::pricing::list::PriceList;

/// A list with what nearly all have; `parts` adds or replaces.
pub fn list(parts: Value) -> PriceList {
    let mut list = json!({
        "id": "list", "currency": "EUR", "valid_from": "2020-01-01", "vat": { "percent": "0" },
        "components": [{ "code": "base", "name": "Work" }, { "code": "minimum", "name": "Minimum call" },
            { "code": "night", "name": "Night" }, { "code": "weekend", "name": "Weekend" },
            { "code": "holiday", "name": "Holiday" }, { "code": "overtime", "name": "Overtime" },
            { "code": "travel", "name": "Travel" }, { "code": "late", "name": "Late booking" }],
        "rules": [],
    });
    merge(&mut list, parts);
    serde_json::from_value(list).unwrap()
}

fn merge(into: &mut Value, parts: Value) {
    let (Value::Object(into), Value::Object(parts)) = (into, parts) else { panic!("two objects") };
    into.extend(parts);
}

pub fn demand(zone: &str, positions: &[Value]) -> Demand {
    serde_json::from_value(json!({ "zone": zone, "positions": positions })).unwrap()
}

/// One head from start to end.
pub fn shift(start: &str, end: &str) -> Value {
    json!({ "headcount": 1, "start": start, "end": end })
}

pub fn with(mut position: Value, parts: Value) -> Value {
    merge(&mut position, parts);
    position
}

pub fn estimate(lists: &[PriceList], demand: &Demand) -> Estimate {
    let currency = lists.first().unwrap().currency;
    Book::new(currency, lists).unwrap().estimate(demand).unwrap()
}

pub fn priced(lists: &[PriceList], demand: &Demand) -> PricedEstimate {
    match estimate(lists, demand) {
        Estimate::Priced(priced) => priced,
        other => panic!("{other:?}"),
    }
}

/// The net sum of one list and one position in Berlin.
pub fn net(list: &PriceList, position: Value) -> String {
    priced(std::slice::from_ref(list), &demand("Europe/Berlin", &[position])).net.to_string()
}

/// What an estimate of one list and one position is refused for: code and path.
pub fn refused(list: &PriceList, position: Value) -> (String, String) {
    let book = Book::new(list.currency, std::slice::from_ref(list)).unwrap();
    let refusal = book.estimate(&demand("Europe/Berlin", &[position])).unwrap_err();
    (refusal.code.text().to_owned(), refusal.path.unwrap_or_default())
}

/// The minutes of all lines of a rule.
pub fn minutes_of(priced: &PricedEstimate, rule: &str) -> u32 {
    priced.lines.iter().filter(|line| line.rule.as_str() == rule).filter_map(|line| line.minutes).sum()
}

/// Component, minutes of all heads, unit price and amount of each line.
pub fn lines(priced: &PricedEstimate) -> Vec<(String, u32, String, String)> {
    let line = priced.lines.iter().map(|line| {
        let price = line.unit_price.decimal().normalize().to_string();
        (line.code.to_string(), line.minutes.unwrap_or(0), price, line.amount.to_string())
    });
    line.collect()
}

/// An hourly rule for the first component.
pub fn base(amount: &str) -> Value {
    json!({ "id": "base", "rate": { "kind": "per_hour", "amount": amount } })
}

pub fn night(from: &str, to: &str) -> Value {
    json!({ "windows": [{ "code": "night", "from": from, "to": to }] })
}

/// A percentage of the base for a component under a condition.
pub fn premium(component: &str, percent: &str, when: Value) -> Value {
    json!({ "id": component, "component": component, "when": when,
        "rate": { "kind": "percent", "percent": percent, "of": ["base"] } })
}
