//! Whatever is written into a list or a demand: a price, or a refusal of ours, never a panic.

use proptest::prelude::*;
use serde_json::{Value, json};
use staffgate::engine::{Refusal, decode};
use staffgate::pricing::demand::Demand;
use staffgate::pricing::engine::Book;
use staffgate::pricing::list::read;

use crate::demands::any_demand;
use crate::lists::{Sort, any_list};
use crate::run::{config, zones};

/// Values that stand at the edges of what fields hold.
fn edge() -> impl Strategy<Value = Value> {
    prop_oneof![plain(), text(), part()]
}

fn plain() -> impl Strategy<Value = Value> {
    prop::sample::select(vec![
        json!(null),
        json!(true),
        json!([]),
        json!({}),
        json!(0),
        json!(-1),
        json!(1),
        json!(59),
        json!(1440),
        json!(1441),
        json!(10_000),
        json!(u32::MAX),
        json!(u64::MAX),
        json!(i64::MIN),
        json!(0.5),
        json!(1e300),
    ])
}

fn text() -> impl Strategy<Value = Value> {
    prop::sample::select(vec![
        "",
        "0",
        "-1",
        "1000000",
        "1000",
        "100",
        "0.0001",
        "1e9",
        "NaN",
        "00:00",
        "24:00",
        "22:00",
        "99:99",
        "base",
        "night",
        "late",
        "overtime",
        "bar",
        "monday",
        "highest",
        "compound",
        "wall",
        "elapsed",
        "reject",
        "planned",
        "longer",
        "any_touch",
        "shift_end",
        "worked",
        "flat",
        "per_hour",
        "each",
        "percent",
        "2026-10-25T02:30",
        "2026-10-25T02:30+02:00",
        "2026-10-25T02:30+05:00",
        "1970-01-01T00:00",
        "2199-12-31T23:59",
        "2200-01-01T00:00",
        "9998-12-31T23:59",
        "9999-12-31T23:59",
        "2027-03-28T02:30",
        "2026-10-12",
        "1970-01-01",
        "9999-12-31",
        "EUR",
        "JPY",
        "BHD",
        "XXX",
        "AE",
        "Europe/London",
        "Nowhere",
        "Pacific/Apia",
        "start",
        "even",
        "line_only",
        "decimal_hours",
        "é",
        "\u{0}",
    ])
    .prop_map(|text| json!(text))
}

/// Whole parts of rules, policies and positions.
fn part() -> impl Strategy<Value = Value> {
    prop::sample::select(vec![
        json!({ "kind": "worked" }),
        json!({ "kind": "planned" }),
        json!({ "kind": "flat", "per": "order" }),
        json!({ "kind": "minimum_call", "minutes": 1440, "percent_of_planned": "100" }),
        json!({ "kind": "per_week_after", "minutes": 0, "weeks": 52 }),
        json!({ "kind": "kilometre" }),
        json!({ "kind": "piece", "code": "box" }),
        json!({ "kind": "each", "amount": "1000000" }),
        json!({ "kind": "per_hour", "amount": "1000000" }),
        json!({ "kind": "percent", "percent": "1000", "of": ["base", "night", "overtime", "late"] }),
        json!({ "kind": "decimal_hours", "places": 6 }),
        json!({ "kind": "duration", "mode": { "kind": "up" }, "step_minutes": 1440 }),
        json!({ "kind": "punches", "start": { "kind": "up" }, "end": { "kind": "down" }, "step_minutes": 1440 }),
        json!({ "kind": "punches", "start": { "kind": "to_schedule_within", "tolerance_minutes": 1440 },
                "end": { "kind": "to_schedule_within", "tolerance_minutes": 1440 }, "step_minutes": 60 }),
        json!({ "window": "night", "weekdays": ["sunday"], "holiday": true }),
        json!({ "worker": { "qualified": true } }),
        json!({ "headcount": { "over": 2 } }),
        json!({ "length_minutes": { "up_to": 300 } }),
        json!({ "lead_time_minutes": { "up_to": 300 } }),
        json!([{ "after_minutes": 0, "minutes": 30 }]),
        json!([{ "minutes": 30 }, { "minutes": 400 }]),
        json!([{ "id": "n", "rate": { "kind": "per_hour", "amount": "7" } }]),
        json!([{ "id": "off", "name": "Off", "of": ["base"], "tiers": [{ "above_minutes": 0, "percent": "100" }] }]),
        json!({ "start": "2026-10-25T02:30+02:00", "end": "2026-10-25T02:30+01:00" }),
    ])
}

/// Names of fields that lists, rules and positions know, and one that nothing knows.
fn name() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "when",
        "unit",
        "rate",
        "component",
        "vat",
        "priority",
        "rules",
        "otherwise",
        "policies",
        "rounding",
        "counted",
        "breaks",
        "clock_change",
        "week_starts",
        "averaging_from",
        "versions",
        "day_starts",
        "discounts",
        "level",
        "valid_from",
        "currency",
        "worked",
        "headcount",
        "person",
        "worker",
        "skill",
        "pieces",
        "kilometres",
        "percent",
        "minutes",
        "kind",
        "ordered_at",
        "place",
        "stacking",
        "percent_of_planned",
        "at_most_planned",
        "more",
    ])
}

/// Where in a value, what there, and under which name if the place takes names.
type Mutation = (Vec<prop::sample::Index>, &'static str, Option<Value>);

fn mutations() -> impl Strategy<Value = Vec<Mutation>> {
    let way = prop::collection::vec(any::<prop::sample::Index>(), 0..7);
    prop::collection::vec((way, name(), prop::option::weighted(0.9, edge())), 1..4)
}

/// Walks down and puts something there, or takes it away.
fn mutate(value: &mut Value, (way, name, what): &Mutation) {
    let mut at = value;
    for step in way {
        let children = match &*at {
            Value::Array(items) => items.len(),
            Value::Object(fields) => fields.len(),
            _ => 0,
        };
        if children == 0 {
            break;
        }
        let child = step.index(children);
        at = match at {
            Value::Array(items) => &mut items[child],
            Value::Object(fields) => fields.values_mut().nth(child).unwrap(),
            _ => return,
        };
    }
    match (at, what) {
        (Value::Object(fields), Some(what)) => {
            fields.insert((*name).to_owned(), what.clone());
        }
        (Value::Object(fields), None) => {
            fields.remove(*name);
        }
        (Value::Array(items), Some(what)) => items.push(what.clone()),
        (Value::Array(items), None) => {
            if let Some(last) = items.last().cloned() {
                items.push(last);
            }
        }
        (other, what) => *other = what.clone().unwrap_or_default(),
    }
}

fn ours(refusal: &Refusal) -> Result<(), TestCaseError> {
    prop_assert!(refusal.code.text() != "internal", "{:?}", refusal);
    Ok(())
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn any_list_and_demand_are_priced_or_refused(
        list in any_list(Sort::Whole), demand in any_demand(), in_list in mutations(), in_demand in mutations(),
        which in 0_u8..3,
    ) {
        let (mut list, mut demand) = (list, demand);
        if which != 0 {
            for mutation in &in_list {
                mutate(&mut list, mutation);
            }
        }
        if which != 1 {
            for mutation in &in_demand {
                mutate(&mut demand, mutation);
            }
        }
        let list = match read(&list.to_string()) {
            Ok(list) => list,
            Err(refusal) => return ours(&refusal),
        };
        let book = match Book::with_zones(list.currency, &[list], zones()) {
            Ok(book) => book,
            Err(refusal) => return ours(&refusal),
        };
        let demand = match decode::<Demand>(&demand.to_string()) {
            Ok(demand) => demand,
            Err(refusal) => return ours(&refusal),
        };
        match book.estimate(&demand) {
            Err(refusal) => ours(&refusal)?,
            // What is answered can be written and read.
            Ok(estimate) => {
                let text = serde_json::to_string(&estimate).unwrap();
                let again: staffgate::pricing::estimate::Estimate = serde_json::from_str(&text).unwrap();
                prop_assert_eq!(again, estimate);
            }
        }
    }
}
