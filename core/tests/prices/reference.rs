//! The reference list: its nine rules as a price list, and every case of `tests/vectors/reference_list.json`.

use serde_json::{Value, json};
use staffgate::pricing::list::PriceList;

use crate::help::priced;

/// The price list of a case. A premium of 0 % stays a rule: its line says the minutes.
fn list_of(input: &Value) -> PriceList {
    let holidays: Vec<Value> = input["holidays"].as_array().unwrap().iter().map(holiday).collect();
    let mut rules =
        vec![json!({ "id": "base", "rate": { "kind": "per_hour", "amount": input["hourly_rate"] } })];
    if input["minimum_minutes"] != 0 {
        rules.push(json!({ "id": "minimum", "component": "minimum",
            "unit": { "kind": "minimum_call", "minutes": input["minimum_minutes"] },
            "rate": { "kind": "percent", "percent": "100", "of": ["base"] } }));
    }
    let overtime = json!({ "kind": "in_shift_after", "minutes": input["overtime_after_minutes"] });
    let worked = json!({ "kind": "worked" });
    for (code, when, unit) in [
        ("night", json!({ "window": "night" }), &worked),
        ("weekend", json!({ "weekdays": ["saturday", "sunday"], "holiday": false }), &worked),
        ("holiday", json!({ "holiday": true }), &worked),
        ("overtime", json!({}), &overtime),
    ] {
        let percent = input[format!("{code}_percent").as_str()].as_str().unwrap();
        rules.push(json!({ "id": code, "component": code, "when": when, "unit": unit,
            "rate": { "kind": "percent", "percent": percent, "of": ["base"] } }));
    }
    let components: Vec<Value> = ["base", "minimum", "night", "weekend", "holiday", "overtime"]
        .map(|code| json!({ "code": code, "name": code }))
        .into();
    serde_json::from_value(json!({
        "id": "reference", "currency": "EUR", "valid_from": "1970-01-01",
        "vat": { "percent": input["vat_percent"] },
        "components": components,
        "calendar": { "windows": [{ "code": "night", "from": "22:00", "to": "06:00" }], "holidays": holidays },
        "policies": { "stacking": [], "rounding": { "kind": "duration", "mode": { "kind": "up" },
            "step_minutes": input["rounding_minutes"] } },
        "rules": rules,
    }))
    .unwrap()
}

/// A local date from midnight to midnight.
fn holiday(date: &Value) -> Value {
    let from: chrono::NaiveDate = date.as_str().unwrap().parse().unwrap();
    let to = from.succ_opt().unwrap();
    json!({ "name": "Holiday", "from": format!("{from}T00:00"), "to": format!("{to}T00:00") })
}

fn decimal(value: &Value) -> rust_decimal::Decimal {
    value.as_str().unwrap().parse().unwrap()
}

#[test]
fn r1_to_r9_every_case_of_the_reference_list() {
    let file: Value =
        serde_json::from_str(include_str!("../../../tests/vectors/reference_list.json")).unwrap();
    let cases = file["cases"].as_array().unwrap();
    assert!(cases.len() >= 60, "{} cases", cases.len());
    let mut wrong = Vec::new();
    for case in cases {
        let input = &case["input"];
        let demand = json!({ "zone": input["zone"], "positions": [{
            "headcount": input["headcount"], "start": input["start"], "end": input["end"] }] });
        let priced = priced(&[list_of(input)], &serde_json::from_value(demand).unwrap());
        let got: Vec<_> = priced
            .lines
            .iter()
            .map(|line| {
                (line.code.to_string(), line.minutes, line.unit_price.decimal(), line.amount.decimal())
            })
            .collect();
        let expected: Vec<_> = case["lines"]
            .as_array()
            .unwrap()
            .iter()
            .map(|line| {
                let minutes = line["minutes"].as_u64().map(|minutes| u32::try_from(minutes).unwrap());
                let code = line["code"].as_str().unwrap().to_owned();
                (code, minutes, decimal(&line["unit_price"]), decimal(&line["amount"]))
            })
            .collect();
        let sums = [priced.net, priced.vat_total, priced.total].map(|sum| sum.to_string());
        if got != expected
            || sums != ["net", "vat", "gross"].map(|sum| case[sum].as_str().unwrap().to_owned())
        {
            wrong.push(format!("{}: {got:?} {sums:?} instead of {case}", case["id"]));
        }
    }
    assert!(wrong.is_empty(), "{} of {} cases:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}
