//! Rounding of worked times and hours through lists with a policy: domain rule 5.5.

use serde_json::{Value, json};
use staffgate::pricing::estimate::EstimateLine;
use staffgate::pricing::list::PriceList;

use crate::help::{base, demand, list, priced, shift, with};

fn rounding(rate: &str, policy: Value) -> PriceList {
    list(json!({ "rules": [base(rate)], "policies": { "rounding": policy } }))
}

/// The base line of a time that was worked at a place.
fn line(list: PriceList, zone: &str, start: &str, end: &str) -> EstimateLine {
    let on = |time: &str| format!("2026-06-16T{time}");
    let worked = json!({ "worked": { "start": on(start), "end": on(end) } });
    let position = with(shift(&on("09:00"), &on("17:00")), worked);
    priced(&[list], &demand(zone, &[position])).lines.remove(0)
}

/// Where a start goes under a mode; the end is 16:00 and stays.
fn start_at(mode: Value, step: u32, start: &str) -> String {
    let policy = json!({ "kind": "punches", "start": mode, "end": { "kind": "none" }, "step_minutes": step });
    let line = line(rounding("60.00", policy), "Etc/UTC", start, "16:00");
    line.from.to_string().chars().skip(11).take(5).collect()
}

fn end_at(mode: Value, step: u32, end: &str) -> String {
    let policy = json!({ "kind": "punches", "start": { "kind": "none" }, "end": mode, "step_minutes": step });
    let line = line(rounding("60.00", policy), "Etc/UTC", "05:00", end);
    line.to.to_string().chars().skip(11).take(5).collect()
}

fn nearest() -> Value {
    json!({ "kind": "nearest" })
}

#[test]
fn r1_nearest_quarter() {
    assert_eq!(start_at(nearest(), 15, "12:07"), "12:00");
    assert_eq!(start_at(nearest(), 15, "12:08"), "12:15");
    assert_eq!(end_at(nearest(), 15, "12:07"), "12:00");
    assert_eq!(end_at(nearest(), 15, "12:08"), "12:15");
}

#[test]
fn r2_nearest_ten() {
    for (time, expected) in [("08:52", "08:50"), ("08:58", "09:00"), ("09:02", "09:00"), ("09:09", "09:10")] {
        assert_eq!(start_at(nearest(), 10, time), expected, "{time}");
    }
}

#[test]
fn r3_to_the_schedule_or_the_grid() {
    for (mode, expected) in [
        (json!({ "kind": "to_schedule_within", "tolerance_minutes": 17 }), "09:00"),
        (json!({ "kind": "to_schedule_within", "tolerance_minutes": 16 }), "08:43"),
        (nearest(), "08:45"),
        (json!({ "kind": "down" }), "08:30"),
        (json!({ "kind": "up" }), "08:45"),
        (json!({ "kind": "outward" }), "08:30"),
    ] {
        assert_eq!(start_at(mode.clone(), 15, "08:43"), expected, "{mode}");
    }
}

#[test]
fn r4_on_the_grid_nothing_moves() {
    let up = json!({ "kind": "up" });
    for policy in [
        json!({ "kind": "punches", "start": up, "end": up, "step_minutes": 15 }),
        json!({ "kind": "duration", "mode": up, "step_minutes": 15 }),
    ] {
        let line = line(rounding("60.00", policy), "Etc/UTC", "13:00", "14:30");
        assert_eq!(line.minutes, Some(90));
        assert_eq!(line.from.to_string(), "2026-06-16T13:00:00Z");
        assert_eq!(line.to.to_string(), "2026-06-16T14:30:00Z");
    }
}

#[test]
fn r5_exactly_half_a_step_is_a_choice() {
    assert_eq!(start_at(json!({ "kind": "nearest", "tie": "down" }), 10, "09:05"), "09:00");
    assert_eq!(start_at(json!({ "kind": "nearest", "tie": "up" }), 10, "09:05"), "09:10");
}

#[test]
fn r6_the_grid_is_that_of_the_clock_on_the_wall() {
    let policy = json!({ "kind": "punches", "start": nearest(), "end": nearest(), "step_minutes": 60 });
    let line = line(rounding("60.00", policy), "Asia/Kolkata", "09:50", "12:00");
    // 10:00 in Kolkata.
    assert_eq!(line.from.to_string(), "2026-06-16T04:30:00Z");
    assert_eq!(line.minutes, Some(120));
}

/// Amounts with exact minutes and with hours of two decimals.
fn both(rate: &str, start: &str, end: &str) -> (String, String) {
    let amount = |policy| line(rounding(rate, policy), "Etc/UTC", start, end).amount.to_string();
    (amount(json!({ "kind": "none" })), amount(json!({ "kind": "decimal_hours", "places": 2 })))
}

#[test]
fn r7_decimal_hours() {
    // 9.05 hours each, and 9.05 x 100.00.
    for (start, end) in [("08:02", "17:05"), ("07:58", "17:01"), ("08:00", "17:03")] {
        assert_eq!(both("100.00", start, end).1, "905.00", "{start}");
    }
}

#[test]
fn r8_five_minutes_exact_or_as_decimal_hours() {
    assert_eq!(both("120.00", "09:00", "09:05"), ("10.00".to_owned(), "9.60".to_owned()));
}

#[test]
fn r9_twenty_minutes_exact_or_as_decimal_hours() {
    assert_eq!(both("60.00", "09:00", "09:20"), ("20.00".to_owned(), "19.80".to_owned()));
}

#[test]
fn r10_one_dear_minute_exact_or_as_decimal_hours() {
    assert_eq!(both("129360.00", "09:00", "09:01"), ("2156.00".to_owned(), "2587.20".to_owned()));
}

#[test]
fn r11_split_shifts_under_both_roundings() {
    // 09:00-12:20 and 12:20-16:00: lengths rounded up to 15 minutes gain 10 and 5 minutes that the whole does not have.
    let total = |policy: Value, parts: &[(&str, &str)]| -> u32 {
        parts
            .iter()
            .map(|(start, end)| {
                line(rounding("60.00", policy.clone()), "Etc/UTC", start, end).minutes.unwrap()
            })
            .sum()
    };
    let (up, whole) = (json!({ "kind": "up" }), [("09:00", "16:00")]);
    let duration = json!({ "kind": "duration", "mode": up, "step_minutes": 15 });
    assert_eq!(total(duration.clone(), &whole), 420);
    assert_eq!(total(duration, &[("09:00", "12:20"), ("12:20", "16:00")]), 210 + 225);
    let punches = json!({ "kind": "punches", "start": up, "end": up, "step_minutes": 15 });
    assert_eq!(total(punches.clone(), &whole), 420);
    assert_eq!(total(punches, &[("09:00", "12:15"), ("12:15", "16:00")]), 420);
}
