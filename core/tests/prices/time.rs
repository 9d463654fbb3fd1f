//! Clock changes, days, holidays, grids: domain rules 5.1 and 5.2.

use serde_json::json;

use crate::help::{base, demand, list, net, night, premium, priced, shift};

#[test]
fn t1_to_t6_elapsed_and_wall_time() {
    for (zone, start, end, elapsed, wall) in [
        ("America/New_York", "2026-03-08T00:00", "2026-03-08T05:00", 240, 300),
        ("America/New_York", "2026-11-01T00:00", "2026-11-01T05:00", 360, 300),
        ("Europe/Berlin", "2026-03-28T22:00", "2026-03-29T06:00", 420, 480),
        ("Europe/Berlin", "2026-10-24T22:00", "2026-10-25T06:00", 540, 480),
        ("Europe/London", "2026-03-28T22:00", "2026-03-29T06:00", 420, 480),
        ("Europe/London", "2026-10-24T22:00", "2026-10-25T06:00", 540, 480),
        ("Australia/Lord_Howe", "2026-04-04T22:00", "2026-04-05T06:00", 510, 480),
    ] {
        for (time, minutes) in [("elapsed", elapsed), ("wall", wall)] {
            let list = list(json!({ "rules": [base("60.00")], "policies": { "time": time } }));
            let priced = priced(&[list], &demand(zone, &[shift(start, end)]));
            assert_eq!(priced.lines.first().unwrap().minutes, Some(minutes), "{zone} {time}");
            assert_eq!(priced.net.to_string(), format!("{minutes}.00"), "{zone} {time}");
        }
    }
}

#[test]
fn t10_night_premium_over_clock_changes() {
    let list = list(json!({ "calendar": night("23:00", "06:00"),
        "rules": [base("30.00"), premium("night", "25", json!({ "window": "night" }))] }));
    assert_eq!(net(&list, shift("2026-03-28T22:00", "2026-03-29T06:00")), "255.00");
    assert_eq!(net(&list, shift("2026-10-24T22:00", "2026-10-25T06:00")), "330.00");
    assert_eq!(net(&list, shift("2026-06-10T22:00", "2026-06-11T06:00")), "292.50");
}
