//! From lines to what is owed, through lists and demands: domain rule 5.11, and estimates against invoices.

use serde_json::{Value, json};
use staffgate::pricing::list::PriceList;

use crate::help::{base, demand, lines, list, priced, shift, with};

fn hourly(rate: &str, vat: &str) -> PriceList {
    list(json!({ "vat": { "percent": vat }, "rules": [base(rate)] }))
}

fn hour() -> Value {
    shift("2026-06-16T10:00", "2026-06-16T11:00")
}

#[test]
fn e1_lines_are_rounded_before_they_are_added() {
    let priced = priced(&[hourly("10.005", "0")], &demand("Europe/Berlin", &[hour(), hour(), hour()]));
    assert!(priced.lines.iter().all(|line| line.amount.to_string() == "10.01"));
    assert_eq!(priced.net.to_string(), "30.03");
}

#[test]
fn e2_vat_is_rounded_once_per_rate() {
    let priced = priced(&[hourly("10.01", "21")], &demand("Europe/Berlin", &[hour(), hour(), hour()]));
    assert_eq!(priced.net.to_string(), "30.03");
    assert_eq!(priced.vat_total.to_string(), "6.31");
    assert_eq!(priced.vat.len(), 1);
}

#[test]
fn e2_each_category_and_rate_has_its_own_vat() {
    // 2 x 10.01 at 21 % is 4.2042, 10.01 at 5.5 % is 0.55055.
    let rules = json!([base("10.01"), { "id": "reduced", "when": { "skills": ["reader"] },
        "rate": { "kind": "per_hour", "amount": "10.01" }, "vat": { "percent": "5.5" } }]);
    let list = list(json!({ "vat": { "percent": "21" }, "rules": rules }));
    let reader = with(hour(), json!({ "skill": "reader" }));
    let priced = priced(&[list], &demand("Europe/Berlin", &[hour(), reader, hour()]));
    let vat: Vec<(String, String)> =
        priced.vat.iter().map(|one| (one.taxable.to_string(), one.amount.to_string())).collect();
    assert_eq!(vat, [("10.01".into(), "0.55".into()), ("20.02".into(), "4.20".into())]);
    assert_eq!(priced.total.to_string(), "34.78");
}

#[test]
fn e3_an_order_with_travel() {
    let rules = json!([
        { "id": "a", "when": { "skills": ["a"] }, "rate": { "kind": "per_hour", "amount": "18.35" } },
        { "id": "b", "when": { "skills": ["b"] }, "rate": { "kind": "per_hour", "amount": "26.50" } },
        { "id": "travel", "component": "travel", "unit": { "kind": "flat", "per": "order" },
          "rate": { "kind": "each", "amount": "45.00" } },
    ]);
    let list = list(json!({ "vat": { "percent": "21" }, "rules": rules }));
    let positions = [
        with(shift("2026-06-16T10:00", "2026-06-16T17:15"), json!({ "skill": "a", "headcount": 3 })),
        with(shift("2026-06-16T10:00", "2026-06-16T14:00"), json!({ "skill": "b" })),
    ];
    let priced = priced(&[list], &demand("Europe/Berlin", &positions));
    let amounts: Vec<String> = priced.lines.iter().map(|line| line.amount.to_string()).collect();
    assert_eq!(amounts, ["399.11", "106.00", "45.00"]);
    assert_eq!(priced.net.to_string(), "550.11");
    assert_eq!(priced.vat_total.to_string(), "115.52");
    assert_eq!(priced.total.to_string(), "665.63");
}

#[test]
fn e4_minutes_are_the_quantity_of_record() {
    let position = shift("2026-06-16T10:00", "2026-06-16T17:20");
    let exact = priced(&[hourly("18.35", "0")], &demand("Europe/Berlin", std::slice::from_ref(&position)));
    assert_eq!(lines(&exact), [("base".to_owned(), 440, "18.35".to_owned(), "134.57".to_owned())]);
    let decimal = list(json!({ "rules": [base("18.35")],
        "policies": { "rounding": { "kind": "decimal_hours", "places": 2 } } }));
    let decimal = priced(&[decimal], &demand("Europe/Berlin", &[position]));
    assert_eq!(lines(&decimal), [("base".to_owned(), 440, "18.35".to_owned(), "134.51".to_owned())]);
}

#[test]
fn e_currencies_have_their_own_number_of_decimals() {
    for (currency, rate, expected) in
        [("JPY", "1000.5", "1001"), ("EUR", "10.005", "10.01"), ("BHD", "10.0005", "10.001")]
    {
        let list = list(json!({ "currency": currency, "rules": [base(rate)] }));
        assert_eq!(
            priced(&[list], &demand("Europe/Berlin", &[hour()])).net.to_string(),
            expected,
            "{currency}"
        );
    }
}

fn labour_list() -> PriceList {
    list(json!({
        "vat": { "percent": "20" },
        "calendar": { "windows": [{ "code": "night", "from": "22:00", "to": "06:00" }] },
        "policies": { "breaks": { "automatic": [{ "after_minutes": 360, "minutes": 30 }] } },
        "rules": [
            { "id": "base", "unit": { "kind": "worked" }, "rate": { "kind": "per_hour", "amount": "23.7" } },
            { "id": "night", "component": "night", "when": { "window": "night" },
              "rate": { "kind": "percent", "percent": "25", "of": ["base"] } },
            { "id": "overtime", "component": "overtime", "unit": { "kind": "beyond_plan" },
              "rate": { "kind": "percent", "percent": "50", "of": ["base"] } },
            { "id": "minimum", "component": "minimum", "unit": { "kind": "minimum_call", "minutes": 240 },
              "rate": { "kind": "percent", "percent": "100", "of": ["base"] } },
            { "id": "travel", "component": "travel", "unit": { "kind": "flat" },
              "rate": { "kind": "each", "amount": "15.00" } },
        ],
    }))
}

#[test]
fn f8_an_estimate_is_the_invoice_of_the_same_hours() {
    for (start, end) in [
        ("2026-06-16T17:10", "2026-06-17T02:05"),
        ("2026-06-16T17:10", "2026-06-16T18:05"),
        ("2026-10-24T22:00", "2026-10-25T06:00"),
    ] {
        let plan = with(shift(start, end), json!({ "headcount": 3 }));
        let worked = with(plan.clone(), json!({ "worked": { "start": start, "end": end } }));
        let bytes = |position: Value| {
            let priced = priced(&[labour_list()], &demand("Europe/Berlin", &[position]));
            serde_json::to_string(&priced).unwrap()
        };
        assert_eq!(bytes(plan), bytes(worked), "{start}");
    }
}
