//! Clock changes: the first half of domain rule 5.1.

use serde_json::{Value, json};
use staffgate::pricing::engine::Book;
use staffgate::pricing::list::PriceList;

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

fn with_clock_change(policy: &str) -> PriceList {
    list(json!({ "rules": [base("60.00")], "policies": { "clock_change": policy } }))
}

/// The first instant and the minutes of a position in Berlin.
fn first_instant(policy: &str, position: Value) -> (String, u32) {
    let priced = priced(&[with_clock_change(policy)], &demand("Europe/Berlin", &[position]));
    (priced.lines[0].from.to_string(), priced.lines[0].minutes.unwrap())
}

/// Code, path and both readings of a start that is refused.
fn refused_start(position: Value) -> (String, String, Vec<String>) {
    let list = with_clock_change("reject");
    let book = Book::new(list.currency, std::slice::from_ref(&list)).unwrap();
    let refusal = book.estimate(&demand("Europe/Berlin", &[position])).unwrap_err();
    let readings = refusal.details.iter().map(|(_, reading)| reading.clone()).collect();
    (refusal.code.text().to_owned(), refusal.path.unwrap(), readings)
}

#[test]
fn t7_a_start_that_the_clock_skips() {
    let gap = || shift("2026-03-29T02:30", "2026-03-29T06:00");
    let moved = ("2026-03-29T01:30:00Z".to_owned(), 150);
    assert_eq!(first_instant("compatible", gap()), moved);
    assert_eq!(first_instant("later", gap()), moved);
    // Back by the gap: 01:30 in winter time.
    assert_eq!(first_instant("earlier", gap()), ("2026-03-29T00:30:00Z".to_owned(), 210));
    let (code, path, both) = refused_start(gap());
    assert_eq!((code.as_str(), path.as_str()), ("local_time_missing", "positions[0].start"));
    assert_eq!(both, ["2026-03-29T00:30:00Z", "2026-03-29T01:30:00Z"]);
}

#[test]
fn t8_a_start_that_the_clock_shows_twice() {
    let fold = |offset: &str| shift(&format!("2026-10-25T02:30{offset}"), "2026-10-25T06:00");
    let (first, second) =
        (("2026-10-25T00:30:00Z".to_owned(), 270), ("2026-10-25T01:30:00Z".to_owned(), 210));
    for policy in ["compatible", "earlier"] {
        assert_eq!(first_instant(policy, fold("")), first, "{policy}");
    }
    assert_eq!(first_instant("later", fold("")), second);
    for policy in ["compatible", "earlier", "later", "reject"] {
        assert_eq!(first_instant(policy, fold("+02:00")), first, "{policy}");
        assert_eq!(first_instant(policy, fold("+01:00")), second, "{policy}");
    }
    let (code, path, both) = refused_start(fold(""));
    assert_eq!((code.as_str(), path.as_str()), ("local_time_twice", "positions[0].start"));
    assert_eq!(both, [first.0, second.0]);
}

#[test]
fn t9_a_weekly_evening_keeps_its_wall_time() {
    let evening = |day: &str| shift(&format!("2026-10-{day}T22:00"), &format!("2026-10-{day}T23:00"));
    let weeks = [evening("17"), evening("24"), evening("31")];
    let priced = priced(&[list(json!({ "rules": [base("60.00")] }))], &demand("Europe/Berlin", &weeks));
    let starts: Vec<String> = priced.lines.iter().map(|line| line.from.to_string()).collect();
    assert_eq!(starts, ["2026-10-17T20:00:00Z", "2026-10-24T20:00:00Z", "2026-10-31T21:00:00Z"]);
}

#[test]
fn t10_night_premium_over_clock_changes() {
    let list = list(json!({ "calendar": night("23:00", "06:00"),
        "rules": [base("30.00"), premium("night", "25", json!({ "window": "night" }))] }));
    assert_eq!(net(&list, shift("2026-03-28T22:00", "2026-03-29T06:00")), "255.00");
    assert_eq!(net(&list, shift("2026-10-24T22:00", "2026-10-25T06:00")), "330.00");
    assert_eq!(net(&list, shift("2026-06-10T22:00", "2026-06-11T06:00")), "292.50");
}
