//! Minimum calls and flat amounts with a range of hours: domain rule 5.3.

use serde_json::{Value, json};
use staffgate::pricing::engine::Book;
use staffgate::pricing::list::PriceList;

use crate::help::{base, demand, lines, list, net, priced, shift, with};

/// Minutes after ten o'clock as a time of the day.
fn at(minutes: u32) -> String {
    format!("2026-06-16T{:02}:{:02}", 10 + minutes / 60, minutes % 60)
}

/// Planned and worked minutes, both from ten o'clock.
fn hours(planned: u32, worked: u32) -> Value {
    with(shift(&at(0), &at(planned)), json!({ "worked": { "start": at(0), "end": at(worked) } }))
}

fn with_minimum(unit: Value) -> PriceList {
    list(json!({ "rules": [base("20.00"), { "id": "minimum", "component": "minimum", "unit": unit,
        "rate": { "kind": "percent", "percent": "100", "of": ["base"] } }] }))
}

/// Minutes that are charged, at 20.00 an hour.
fn charged(list: &PriceList, position: Value) -> u32 {
    let priced = priced(std::slice::from_ref(list), &demand("Europe/Berlin", &[position]));
    lines(&priced).iter().map(|(_, minutes, _, _)| minutes).sum()
}

#[test]
fn m1_at_least_four_hours() {
    let list = with_minimum(json!({ "kind": "minimum_call", "minutes": 240 }));
    assert_eq!(net(&list, hours(360, 120)), "80.00");
    assert_eq!(net(&list, hours(360, 360)), "120.00");
    let priced = priced(&[list], &demand("Europe/Berlin", &[hours(360, 120)]));
    let line = |code: &str| (code.to_owned(), 120, "20".to_owned(), "40.00".to_owned());
    assert_eq!(lines(&priced), [line("base"), line("minimum")]);
}

#[test]
fn m2_not_more_than_was_booked() {
    let list = with_minimum(json!({ "kind": "minimum_call", "minutes": 240, "at_most_planned": true }));
    assert_eq!(charged(&list, hours(180, 60)), 180);
    assert_eq!(charged(&list, hours(360, 180)), 240);
}

#[test]
fn m3_a_share_of_what_was_booked() {
    let list = with_minimum(json!({ "kind": "minimum_call", "minutes": 180, "percent_of_planned": "75" }));
    assert_eq!(charged(&list, hours(480, 300)), 360);
    assert_eq!(charged(&list, hours(210, 120)), 180);
}

fn flat_up_to_five_hours(amount: &str) -> PriceList {
    list(json!({ "rules": [base("250.00"), { "id": "flat", "when": { "length_minutes": { "up_to": 300 } },
        "unit": { "kind": "flat" }, "rate": { "kind": "each", "amount": amount } }] }))
}

#[test]
fn m4_flat_up_to_five_hours_or_all_hours() {
    let list = flat_up_to_five_hours("1000.00");
    for (minutes, expected) in [(120, "1000.00"), (180, "1000.00"), (600, "2500.00")] {
        assert_eq!(net(&list, shift(&at(0), &at(minutes))), expected, "{minutes}");
    }
}

#[test]
fn m5_the_edge_belongs_to_the_flat_amount() {
    let list = flat_up_to_five_hours("1000.00");
    assert_eq!(net(&list, shift(&at(0), &at(300))), "1000.00");
    assert_eq!(net(&list, shift(&at(0), &at(315))), "1312.50");
}

#[test]
fn m6_a_flat_amount_above_the_hours_behind_it() {
    let list = flat_up_to_five_hours("2000.00");
    for (minutes, expected) in [(300, "2000.00"), (360, "1500.00"), (480, "2000.00")] {
        assert_eq!(net(&list, shift(&at(0), &at(minutes))), expected, "{minutes}");
    }
}

#[test]
fn m7_no_minimum() {
    assert_eq!(charged(&list(json!({ "rules": [base("20.00")] })), hours(300, 240)), 240);
}

#[test]
fn m8_planned_hours() {
    let planned = json!({ "id": "base", "unit": { "kind": "planned" },
        "rate": { "kind": "per_hour", "amount": "20.00" } });
    assert_eq!(charged(&list(json!({ "rules": [planned] })), hours(480, 360)), 480);
}

#[test]
fn m9_overtime_beyond_the_plan() {
    let overtime = json!({ "id": "overtime", "component": "overtime", "unit": { "kind": "beyond_plan" },
        "rate": { "kind": "percent", "percent": "25", "of": ["base"] } });
    let list = list(json!({ "rules": [base("20.00"), overtime] }));
    assert_eq!(net(&list, hours(480, 600)), "210.00");
    assert_eq!(net(&list, hours(480, 480)), "160.00");
}

#[test]
fn m_decision_c_before_or_after_breaks() {
    // Four hours with an unpaid half hour: only a minimum that looks behind breaks has something to add.
    for (policy, expected) in [("after_breaks", 240), ("before_breaks", 210)] {
        let mut list = with_minimum(json!({ "kind": "minimum_call", "minutes": 240 }));
        list.policies.minimum_call = serde_json::from_value(json!(policy)).unwrap();
        let position = with(hours(240, 240), json!({ "breaks": [{ "minutes": 30 }] }));
        assert_eq!(charged(&list, position), expected, "{policy}");
    }
}

#[test]
fn m_decision_b_work_that_rounds_to_nothing_still_gets_its_minimum() {
    let mut list = with_minimum(json!({ "kind": "minimum_call", "minutes": 240 }));
    list.policies.rounding =
        serde_json::from_value(json!({ "kind": "duration", "mode": { "kind": "down" }, "step_minutes": 15 }))
            .unwrap();
    assert_eq!(net(&list, hours(360, 10)), "80.00");
    assert_eq!(net(&list, hours(360, 15)), "80.00");
}

#[test]
fn a_slot_costs_its_minimum_call_at_least_even_where_the_clock_is_put_back() {
    let of = |rules: Value, start: &str, end: &str| {
        let list = list(json!({ "rules": rules }));
        let book = Book::new(list.currency, &[list]).unwrap();
        let demand = demand("Europe/Berlin", &[with(shift(start, end), json!({ "headcount": 3 }))]);
        book.minimum_call(&demand, 0).unwrap().to_string()
    };
    let four_hours = json!({ "id": "minimum", "component": "minimum",
        "unit": { "kind": "minimum_call", "minutes": 240 },
        "rate": { "kind": "percent", "percent": "100", "of": ["base"] } });
    let rules = || json!([base("20.00"), four_hours]);
    assert_eq!(of(rules(), "2026-06-16T10:00", "2026-06-16T12:00"), "80.00");
    assert_eq!(of(rules(), "2026-06-16T10:00", "2026-06-16T20:00"), "80.00");
    assert_eq!(of(rules(), "2026-10-25T02:59+02:00", "2026-10-25T06:00"), "80.00");
    assert_eq!(of(json!([base("20.00")]), "2026-06-16T10:00", "2026-06-16T12:00"), "0.00");
}
