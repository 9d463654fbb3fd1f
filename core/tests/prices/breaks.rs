//! Breaks, automatic ones and where they come off: domain rule 5.4.

use serde_json::{Value, json};
use staffgate::pricing::list::PriceList;

use crate::help::{base, demand, list, minutes_of, priced, shift, with};

/// The grid of rule 5.2: 15.50 from 06:00 to 18:00, 18.00 from 18:00 to 06:00.
fn grid(placement: &str) -> PriceList {
    let rule = |code: &str, amount: &str| json!({ "id": code, "when": { "window": code }, "rate": { "kind": "per_hour", "amount": amount } });
    list(json!({
        "calendar": { "windows": [{ "code": "weekday", "from": "06:00", "to": "18:00" },
            { "code": "weeknight", "from": "18:00", "to": "06:00" }] },
        "policies": { "breaks": { "placement": placement } },
        "rules": [rule("weekday", "15.50"), rule("weeknight", "18.00")],
    }))
}

/// Minutes of weekday and weeknight and the amount, of a shift from 14:00 with a break of 45 minutes.
fn split(placement: &str, end: &str, from: Option<&str>) -> (u32, u32, String) {
    let from = from.map(|time| format!("2026-06-16T{time}"));
    let position = with(
        shift("2026-06-16T14:00", &format!("2026-06-16T{end}")),
        json!({ "breaks": [{ "from": from, "minutes": 45 }] }),
    );
    let priced = priced(&[grid(placement)], &demand("Europe/Berlin", &[position]));
    (minutes_of(&priced, "weekday"), minutes_of(&priced, "weeknight"), priced.net.to_string())
}

#[test]
fn b1_prevailing_rate() {
    // Half up and half even agree on 50.375.
    assert_eq!(split("prevailing_rate", "22:00", Some("17:30")), (195, 240, "122.38".to_owned()));
    // 17:45 to 18:30 lies mostly in the weeknight: 62.00 + 58.50.
    assert_eq!(split("prevailing_rate", "22:00", Some("17:45")), (240, 195, "120.50".to_owned()));
    // Without a time the longer stretch decides: 62.00 + 4.25 x 18.00.
    assert_eq!(split("prevailing_rate", "23:00", None), (240, 255, "138.50".to_owned()));
}

#[test]
fn b1_end_of_shift() {
    assert_eq!(split("end_of_shift", "22:00", Some("17:30")), (240, 195, "120.50".to_owned()));
}

#[test]
fn b1_explicit() {
    assert_eq!(split("explicit", "22:00", Some("17:30")), (210, 225, "121.75".to_owned()));
}

#[test]
fn b1_explicit_without_a_time_comes_off_at_the_prevailing_rate() {
    assert_eq!(split("explicit", "23:00", None), (240, 255, "138.50".to_owned()));
}

#[test]
fn b1_sequential() {
    // From the start on: 3.25 x 15.50 = 50.375, and 72.00.
    assert_eq!(split("sequential", "22:00", Some("17:30")), (195, 240, "122.38".to_owned()));
}

#[test]
fn b1_reverse() {
    // From the end on: 62.00 and 3.25 x 18.00.
    assert_eq!(split("reverse", "22:00", Some("17:30")), (240, 195, "120.50".to_owned()));
    // The last stretch has 15 minutes only, the other 30 come from the one before it: 3.5 x 15.50.
    assert_eq!(split("reverse", "18:15", None), (210, 0, "54.25".to_owned()));
}

#[test]
fn b1_largest() {
    // Of 4 h and 5 h the second: 62.00 + 4.25 x 18.00.
    assert_eq!(split("largest", "23:00", Some("17:30")), (240, 255, "138.50".to_owned()));
    // Of 4 h and 15 min the first: 3.25 x 15.50 = 50.375 and 4.50.
    assert_eq!(split("largest", "18:15", Some("17:30")), (195, 15, "54.88".to_owned()));
}

#[test]
fn b1_proportional() {
    // 20 of the 45 minutes from 4 h, 25 from 5 h: 220/60 x 15.50 = 56.8333, 275/60 x 18.00 = 82.50.
    assert_eq!(split("proportional", "23:00", Some("17:30")), (220, 275, "139.33".to_owned()));
    // 22.5 each: whole minutes, the odd one from the first. 217/60 x 15.50 = 56.0583, 218/60 x 18.00 = 65.40.
    assert_eq!(split("proportional", "22:00", Some("17:30")), (217, 218, "121.46".to_owned()));
}

/// Paid minutes of a shift from 06:00 under automatic breaks.
fn paid(policy: Value, minutes: u32) -> u32 {
    let end = format!("2026-06-16T{:02}:{:02}", 6 + minutes / 60, minutes % 60);
    let list = list(json!({ "rules": [base("20.00")], "policies": { "breaks": policy } }));
    minutes_of(&priced(&[list], &demand("Europe/Berlin", &[shift("2026-06-16T06:00", &end)])), "base")
}

#[test]
fn b2_the_highest_threshold_replaces_the_lower_one() {
    let automatic = json!([{ "after_minutes": 360, "minutes": 30 }, { "after_minutes": 720, "minutes": 60 }]);
    for (minutes, taken) in [(359, 0), (360, 30), (719, 30), (720, 60)] {
        assert_eq!(paid(json!({ "automatic": automatic }), minutes), minutes - taken, "{minutes}");
        // Paid breaks are worked time.
        assert_eq!(paid(json!({ "automatic": automatic, "paid": true }), minutes), minutes, "{minutes}");
    }
    for (minutes, taken) in [(360, 0), (361, 30), (720, 30), (721, 60)] {
        let policy = json!({ "automatic": automatic, "threshold": "after" });
        assert_eq!(paid(policy, minutes), minutes - taken, "{minutes}");
    }
}

#[test]
fn b2_a_break_that_is_named_replaces_the_automatic_one() {
    let list = list(json!({ "rules": [base("20.00")],
        "policies": { "breaks": { "automatic": [{ "after_minutes": 360, "minutes": 30 }] } } }));
    for (breaks, expected) in
        [(json!([{ "minutes": 20 }]), 460), (json!([{ "minutes": 20, "paid": true }]), 480), (json!([]), 450)]
    {
        let position = with(shift("2026-06-16T06:00", "2026-06-16T14:00"), json!({ "breaks": breaks }));
        let priced = priced(std::slice::from_ref(&list), &demand("Europe/Berlin", &[position]));
        assert_eq!(minutes_of(&priced, "base"), expected);
    }
}
