//! To which day a shift over midnight belongs, and holidays as intervals: the second half of domain rule 5.1.

use serde_json::{Value, json};
use staffgate::pricing::list::PriceList;

use crate::help::{base, demand, list, minutes_of, net, premium, priced, shift, with};

/// Hours at different prices on two days, so that lines tell to which day they were counted.
fn two_days(first: &str, second: &str, policies: Value) -> PriceList {
    let rule = |id: &str, day: &str, amount: &str| json!({ "id": id, "when": { "weekdays": [day] }, "rate": { "kind": "per_hour", "amount": amount } });
    list(json!({ "policies": policies,
        "rules": [rule("first", first, "10.00"), rule("second", second, "20.00")] }))
}

fn hours(list: &PriceList, start: &str, end: &str) -> (u32, u32) {
    let priced = priced(std::slice::from_ref(list), &demand("Europe/Berlin", &[shift(start, end)]));
    (minutes_of(&priced, "first"), minutes_of(&priced, "second"))
}

#[test]
fn d1_over_the_end_of_a_period() {
    for (attribution, expected) in
        [("split_at_midnight", (240, 240)), ("shift_start", (480, 0)), ("shift_end", (0, 480))]
    {
        let list = two_days("sunday", "monday", json!({ "weekdays": attribution }));
        assert_eq!(hours(&list, "2026-06-14T20:00", "2026-06-15T04:00"), expected, "{attribution}");
    }
}

#[test]
fn d2_overtime_by_calendar_day_or_by_shift() {
    let position =
        || with(shift("2026-06-16T17:00", "2026-06-17T02:00"), json!({ "breaks": [{ "minutes": 30 }] }));
    for (attribution, unit, overtime) in [
        ("split_at_midnight", "per_day_after", 0),
        ("shift_start", "per_day_after", 30),
        ("split_at_midnight", "in_shift_after", 30),
    ] {
        let list = list(json!({ "policies": { "weekdays": attribution },
            "rules": [base("20.00"), { "id": "overtime", "component": "overtime",
                "unit": { "kind": unit, "minutes": 480 },
                "rate": { "kind": "percent", "percent": "50", "of": ["base"] } }] }));
        let priced = priced(&[list], &demand("Europe/Berlin", &[position()]));
        assert_eq!(minutes_of(&priced, "base"), 510, "{attribution} {unit}");
        assert_eq!(minutes_of(&priced, "overtime"), overtime, "{attribution} {unit}");
    }
}

#[test]
fn d3_new_year_at_twice_the_price() {
    for (attribution, expected) in [
        ("split_at_midnight", "280.00"),
        ("shift_start", "160.00"),
        ("any_touch", "320.00"),
        ("shift_end", "320.00"),
    ] {
        let list = list(json!({
            "calendar": { "holidays": [
                { "name": "New Year", "from": "2027-01-01T00:00", "to": "2027-01-02T00:00" }] },
            "policies": { "holidays": attribution },
            "rules": [base("20.00"), premium("holiday", "100", json!({ "holiday": true }))],
        }));
        assert_eq!(net(&list, shift("2026-12-31T22:00", "2027-01-01T06:00")), expected, "{attribution}");
    }
}

#[test]
fn d4_hours_and_minutes_are_no_decimals() {
    let list = two_days("friday", "saturday", json!({}));
    assert_eq!(hours(&list, "2026-06-19T22:30", "2026-06-20T02:45"), (90, 165));
}

#[test]
fn d5_a_day_that_starts_at_three() {
    // 22 May 2026 is a Friday.
    let list = two_days("friday", "saturday", json!({ "day_starts": "03:00" }));
    assert_eq!(hours(&list, "2026-05-22T18:00", "2026-05-23T01:00"), (420, 0));
    assert_eq!(hours(&list, "2026-05-23T04:00", "2026-05-23T05:00"), (0, 60));
    // One hour before the cut and one behind it.
    assert_eq!(hours(&list, "2026-05-23T02:00", "2026-05-23T04:00"), (60, 60));
}

fn christmas_eve(places: Value) -> PriceList {
    list(json!({
        "calendar": { "holidays": [{ "name": "Christmas Eve", "from": "2026-12-24T18:00",
            "to": "2026-12-25T00:00", "places": places }] },
        "rules": [base("30.00"), premium("holiday", "150", json!({ "holiday": true }))],
    }))
}

#[test]
fn h1_half_a_holiday() {
    let position = || shift("2026-12-24T14:00", "2026-12-24T22:00");
    assert_eq!(net(&christmas_eve(json!([])), position()), "420.00");
    // A holiday of another place is a day like any other.
    let list = christmas_eve(json!(["DE-BY"]));
    assert_eq!(net(&list, position()), "240.00");
    for (place, expected) in [("DE-BY", "420.00"), ("DE-BE", "240.00")] {
        let demand = json!({ "zone": "Europe/Berlin", "place": place, "positions": [position()] });
        let priced = priced(std::slice::from_ref(&list), &serde_json::from_value(demand).unwrap());
        assert_eq!(priced.net.to_string(), expected, "{place}");
    }
}
