//! The price by the start or by each hour: domain rule 5.2.

use serde_json::json;
use staffgate::pricing::list::PriceList;

use crate::help::{demand, list, minutes_of, net, priced, shift};

/// Weekday from 06:00 to 18:00, weeknight from 18:00 to 06:00.
fn grid(windows: &str) -> PriceList {
    let rule = |code: &str, amount: &str| json!({ "id": code, "when": { "window": code }, "rate": { "kind": "per_hour", "amount": amount } });
    list(json!({
        "calendar": { "windows": [{ "code": "weekday", "from": "06:00", "to": "18:00" },
            { "code": "weeknight", "from": "18:00", "to": "06:00" }] },
        "policies": { "windows": windows },
        "rules": [rule("weekday", "15.50"), rule("weeknight", "18.00")],
    }))
}

fn hours(windows: &str, start: &str, end: &str) -> (u32, u32) {
    let priced = priced(&[grid(windows)], &demand("Europe/Berlin", &[shift(start, end)]));
    (minutes_of(&priced, "weekday"), minutes_of(&priced, "weeknight"))
}

#[test]
fn g1_split_by_hours() {
    assert_eq!(hours("minute", "2026-06-16T14:00", "2026-06-16T22:00"), (240, 240));
}

#[test]
fn g2_by_start() {
    assert_eq!(hours("start", "2026-06-16T14:00", "2026-06-16T22:00"), (480, 0));
}

#[test]
fn g3_charges_of_both() {
    let position = || shift("2026-06-16T14:00", "2026-06-16T22:00");
    assert_eq!(net(&grid("minute"), position()), "134.00");
    assert_eq!(net(&grid("start"), position()), "124.00");
}

#[test]
fn g4_a_start_at_the_edge_is_night_to_the_end() {
    assert_eq!(hours("start", "2026-06-16T18:00", "2026-06-17T06:00"), (0, 720));
    assert_eq!(hours("start", "2026-06-16T18:00", "2026-06-17T09:00"), (0, 900));
    assert_eq!(hours("start", "2026-06-16T17:59", "2026-06-17T05:59"), (720, 0));
}
