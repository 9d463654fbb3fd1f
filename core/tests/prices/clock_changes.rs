//! Shifts across clock changes of all zones from 1990 to 2037, against counts by another program.
//!
//! `make clock-changes` compares every change there is; `make test` a sample of 3,000.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use staffgate::pricing::engine::Book;
use staffgate::pricing::estimate::Estimate;
use staffgate::pricing::list::PriceList;

use crate::help::demand;

const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// A list that counts: all minutes, those of each weekday, those of the night and those from two to three.
fn counting() -> PriceList {
    let one = |code: &str, when: Value| json!({ "id": code, "component": code, "when": when, "rate": { "kind": "per_hour", "amount": "1" } });
    let mut rules = vec![
        one("all", json!({})),
        one("night", json!({ "window": "night" })),
        one("hour", json!({ "window": "hour" })),
    ];
    rules.extend(DAYS.map(|day| one(day, json!({ "weekdays": [day] }))));
    let components: Vec<Value> =
        rules.iter().map(|rule| json!({ "code": rule["component"], "name": rule["component"] })).collect();
    serde_json::from_value(json!({
        "id": "counting", "currency": "EUR", "valid_from": "1970-01-01", "vat": { "percent": "0" },
        "components": components, "policies": { "stacking": [] }, "rules": rules,
        "calendar": { "windows": [{ "code": "night", "from": "22:00", "to": "06:00" },
            { "code": "hour", "from": "02:00", "to": "03:00" }] },
    }))
    .unwrap()
}

/// Minutes by rule.
fn counts(book: &Book, row: &Value) -> BTreeMap<String, u64> {
    let position = json!({ "headcount": 1, "start": row["start"], "end": row["end"] });
    let Estimate::Priced(priced) =
        book.estimate(&demand(row["zone"].as_str().unwrap(), &[position])).unwrap()
    else {
        panic!("{row}")
    };
    priced.lines.iter().map(|line| (line.code.to_string(), line.minutes.unwrap().into())).collect()
}

fn expected(row: &Value) -> BTreeMap<String, u64> {
    let mut minutes: BTreeMap<String, u64> = BTreeMap::new();
    for (name, field) in [("all", "elapsed"), ("night", "night"), ("hour", "hour")] {
        minutes.insert(name.to_owned(), row[field].as_u64().unwrap());
    }
    for (date, of_day) in row["days"].as_object().unwrap() {
        let date: chrono::NaiveDate = date.parse().unwrap();
        let weekday = chrono::Datelike::weekday(&date).num_days_from_monday();
        *minutes.entry(DAYS[weekday as usize].to_owned()).or_default() += of_day.as_u64().unwrap();
    }
    minutes.retain(|_, count| *count > 0);
    minutes
}

fn compare(text: &str, at_least: usize) {
    let mut lines = text.lines();
    let head: Value = serde_json::from_str(lines.next().unwrap()).unwrap();
    assert_eq!(head["tzdata"].as_str(), Some(staffgate::values::zone_data_version()));
    let list = counting();
    let book = Book::new(list.currency, &[list]).unwrap();
    let (mut rows, mut wrong) = (0, Vec::new());
    for line in lines {
        let row: Value = serde_json::from_str(line).unwrap();
        let (got, expected) = (counts(&book, &row), expected(&row));
        rows += 1;
        if got != expected {
            wrong.push(format!("{line}: {got:?}"));
        }
    }
    assert_eq!(head["rows"], rows);
    assert!(rows >= at_least, "{rows} rows");
    assert!(wrong.is_empty(), "{} of {rows} rows:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn t_shifts_across_a_sample_of_clock_changes() {
    compare(include_str!("../../../tests/vectors/clock_changes.jsonl"), 3000);
}

#[test]
#[ignore = "needs the file that `make clock-changes` writes"]
fn t_shifts_across_every_clock_change_from_1990_to_2037() {
    let path = std::env::var("STAFFGATE_CLOCK_CHANGES").unwrap();
    compare(&std::fs::read_to_string(path).unwrap(), 10_000);
}
