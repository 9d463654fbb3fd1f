//! Vectors R1 to R11 of rounding. The laws of R11 over random times are in `tests/tests/rounding_laws.rs`.

use super::{RoundingMode, StepMinutes, Tie, TimeRounding, decimal_hours, round_span};
use crate::codes::Code;
use crate::engine::decode;
use crate::pricing::totals::{amount_of_minutes, amount_of_quantity};
use crate::values::{Currency, Instant, Whole, Zone, plain};

const NEAREST: RoundingMode = RoundingMode::Nearest { tie: Tie::Up };
const NEAREST_DOWN: RoundingMode = RoundingMode::Nearest { tie: Tie::Down };
const UP: RoundingMode = RoundingMode::Up {};
const DOWN: RoundingMode = RoundingMode::Down {};

/// The day number matters not; a Tuesday in 2026.
const TODAY: i64 = 20_500 * 1440;

fn clock(text: &str) -> i64 {
    let (hours, minutes) = text.split_once(':').unwrap();
    TODAY + hours.parse::<i64>().unwrap() * 60 + minutes.parse::<i64>().unwrap()
}

fn shown(minute: i64) -> String {
    format!("{}:{:02}", (minute - TODAY) / 60, (minute - TODAY) % 60)
}

fn step(minutes: u32) -> StepMinutes {
    Whole::new(minutes).unwrap()
}

/// A start that is punched under the mode; the end is far away and stays.
fn start(mode: RoundingMode, minutes: u32, text: &str, planned: Option<&str>) -> String {
    let policy =
        TimeRounding::Punches { start: mode, end: RoundingMode::None {}, step_minutes: step(minutes) };
    let planned = planned.map(|plan| (clock(plan), clock("17:00")));
    shown(round_span(policy, clock(text), clock("23:00"), planned).unwrap().0)
}

fn end(mode: RoundingMode, minutes: u32, text: &str) -> String {
    let policy =
        TimeRounding::Punches { start: RoundingMode::None {}, end: mode, step_minutes: step(minutes) };
    shown(round_span(policy, clock("0:01"), clock(text), None).unwrap().1)
}

#[test]
fn r1_nearest_quarter_of_an_hour() {
    for (punched, rounded) in [("12:07", "12:00"), ("12:08", "12:15")] {
        assert_eq!(start(NEAREST, 15, punched, None), rounded);
        assert_eq!(end(NEAREST, 15, punched), rounded);
    }
}

#[test]
fn r2_nearest_ten_minutes() {
    for (punched, rounded) in [("8:52", "8:50"), ("8:58", "9:00"), ("9:02", "9:00"), ("9:09", "9:10")] {
        assert_eq!(start(NEAREST, 10, punched, None), rounded);
    }
}

#[test]
fn r3_an_early_start_to_schedule_or_to_the_grid() {
    let schedule = RoundingMode::ToScheduleWithin { tolerance_minutes: Whole::new(17).unwrap() };
    assert_eq!(start(schedule, 15, "8:43", Some("9:00")), "9:00");
    assert_eq!(start(NEAREST, 15, "8:43", Some("9:00")), "8:45");
    assert_eq!(start(DOWN, 15, "8:43", Some("9:00")), "8:30");
    assert_eq!(start(UP, 15, "8:43", Some("9:00")), "8:45");
    // One minute further away it stays, and so it does without a plan.
    assert_eq!(start(schedule, 15, "8:42", Some("9:00")), "8:42");
    assert_eq!(start(schedule, 15, "9:18", Some("9:00")), "9:18");
    assert_eq!(start(schedule, 15, "8:43", None), "8:43");
}

#[test]
fn r4_times_on_the_grid_stay() {
    for mode in [UP, DOWN, NEAREST, NEAREST_DOWN, RoundingMode::Outward {}] {
        let punches = TimeRounding::Punches { start: mode, end: mode, step_minutes: step(15) };
        let duration = TimeRounding::Duration { mode, step_minutes: step(15) };
        for policy in [punches, duration] {
            let span = (clock("13:00"), clock("14:30"));
            assert_eq!(round_span(policy, span.0, span.1, None).unwrap(), span);
        }
    }
}

#[test]
fn r5_exactly_half_a_step_goes_where_the_tie_says() {
    assert_eq!(start(NEAREST_DOWN, 10, "9:05", None), "9:00");
    assert_eq!(start(NEAREST, 10, "9:05", None), "9:10");
}

#[test]
fn r6_the_grid_is_on_local_time() {
    let zone = Zone::parse("Asia/Kolkata").unwrap();
    let punched = Instant::parse("2026-03-03T04:20:00Z").unwrap();
    let local = zone.wall_times(&[punched]).unwrap()[0].naive().and_utc().timestamp() / 60;
    let policy = TimeRounding::Punches { start: NEAREST, end: UP, step_minutes: step(60) };
    let (rounded, _) = round_span(policy, local, local + 480, None).unwrap();
    // 09:50 on the wall becomes 10:00; a grid on UTC would give 09:30.
    assert_eq!((local.rem_euclid(1440), rounded.rem_euclid(1440)), (9 * 60 + 50, 10 * 60));
}

#[test]
fn r7_decimal_hours_with_two_places() {
    for (from, to) in [("8:02", "17:05"), ("7:58", "17:01"), ("8:00", "17:03")] {
        let minutes = u32::try_from(clock(to) - clock(from)).unwrap();
        assert_eq!(decimal_hours(minutes, 2).to_string(), "9.05");
    }
}

/// What the minutes cost exactly, and by way of decimal hours with two places.
fn both_ways(minutes: u32, per_hour: &str) -> [String; 2] {
    let price = plain(per_hour).unwrap();
    let exact = amount_of_minutes(minutes.into(), price, Currency::EUR);
    let hours = amount_of_quantity(decimal_hours(minutes, 2), price, Currency::EUR);
    [exact, hours].map(|amount| amount.unwrap().to_string())
}

#[test]
fn r8_five_minutes_and_their_decimal_hours() {
    assert_eq!(both_ways(5, "120.00"), ["10.00", "9.60"]);
}

#[test]
fn r9_twenty_minutes_and_their_decimal_hours() {
    assert_eq!(both_ways(20, "60.00"), ["20.00", "19.80"]);
}

#[test]
fn r10_one_dear_minute_and_its_decimal_hours() {
    assert_eq!(both_ways(1, "129360.00"), ["2156.00", "2587.20"]);
}

#[test]
fn r11_a_split_changes_rounded_durations_and_not_rounded_punches() {
    let length = |policy, from, to| {
        let (from, to) = round_span(policy, clock(from), clock(to), None).unwrap();
        to - from
    };
    let parts = |policy| length(policy, "9:00", "12:15") + length(policy, "12:15", "17:05");
    let punches = TimeRounding::Punches { start: DOWN, end: UP, step_minutes: step(15) };
    assert_eq!((parts(punches), length(punches, "9:00", "17:05")), (495, 495));
    let hours = TimeRounding::Duration { mode: UP, step_minutes: step(60) };
    let parts = length(hours, "9:00", "9:30") + length(hours, "9:30", "10:00");
    assert_eq!((parts, length(hours, "9:00", "10:00")), (120, 60));
}

#[test]
fn outward_takes_the_start_down_and_the_end_and_durations_up() {
    let outward = RoundingMode::Outward {};
    assert_eq!(
        (start(outward, 15, "8:43", None), end(outward, 15, "16:31")),
        ("8:30".into(), "16:45".into())
    );
    let policy = TimeRounding::Duration { mode: outward, step_minutes: step(15) };
    assert_eq!(round_span(policy, 3, 19, None).unwrap(), (3, 33));
}

#[test]
fn the_grid_begins_anew_with_each_day() {
    // Steps of 50 minutes: 0:00, 0:50, ... 23:20, and then midnight.
    assert_eq!(start(DOWN, 50, "0:51", None), "0:50");
    assert_eq!(end(UP, 50, "23:21"), "24:00");
    assert_eq!(end(NEAREST, 50, "23:39"), "23:20");
    assert_eq!(end(NEAREST, 50, "23:40"), "24:00");
    // Before 1970 the grid goes on.
    let policy = TimeRounding::Punches { start: DOWN, end: UP, step_minutes: step(15) };
    assert_eq!(round_span(policy, -16, -1, None).unwrap(), (-30, 0));
}

#[test]
fn punches_that_would_cross_leave_no_time() {
    let inward = TimeRounding::Punches { start: UP, end: DOWN, step_minutes: step(15) };
    assert_eq!(
        round_span(inward, clock("9:01"), clock("9:10"), None).unwrap(),
        (clock("9:15"), clock("9:15"))
    );
    let outward = TimeRounding::Punches { start: DOWN, end: UP, step_minutes: step(15) };
    assert_eq!(
        round_span(outward, clock("9:01"), clock("9:01"), None).unwrap(),
        (clock("9:01"), clock("9:01"))
    );
}

#[test]
fn a_person_can_write_it_and_mistakes_are_refused() {
    let read = |text: &str| decode::<TimeRounding>(text);
    let expected = TimeRounding::Punches { start: DOWN, end: NEAREST, step_minutes: step(15) };
    let text = r#"{"kind":"punches","start":{"kind":"down"},"end":{"kind":"nearest"},"step_minutes":15}"#;
    assert_eq!(read(text).unwrap(), expected);
    let written = serde_json::to_string(&expected).unwrap();
    assert_eq!(read(&written).unwrap(), expected);
    let bad = [
        (r#"{"kind":"duration","mode":{"kind":"up"},"step_minutes":0}"#, Code::OutOfRange),
        (r#"{"kind":"duration","mode":{"kind":"up"},"step_minutes":1441}"#, Code::OutOfRange),
        (r#"{"kind":"duration","mode":{"kind":"up","tie":"up"},"step_minutes":15}"#, Code::FieldUnknown),
        (r#"{"kind":"none","step_minutes":15}"#, Code::FieldUnknown),
        (r#"{"kind":"decimal_hours","places":7}"#, Code::OutOfRange),
        (r#"{"kind":"halves"}"#, Code::NotOneOf),
        (r#"{"kind":"punches"}"#, Code::FieldMissing),
    ];
    for (text, code) in bad {
        assert_eq!(read(text).unwrap_err().code, code, "{text}");
    }
}

#[test]
fn spans_that_are_none_are_refused() {
    let refused = |from, to, planned| {
        let refusal = round_span(TimeRounding::None {}, from, to, planned).unwrap_err();
        (refusal.code, refusal.path.unwrap())
    };
    assert_eq!(refused(10, 9, None), (Code::EndBeforeStart, "end".to_owned()));
    assert_eq!(refused(8, 9, Some((2, 1))), (Code::EndBeforeStart, "planned.end".to_owned()));
    assert_eq!(refused(i64::MIN, 9, None), (Code::OutOfRange, "start".to_owned()));
    assert_eq!(refused(8, i64::MAX, None), (Code::OutOfRange, "end".to_owned()));
}
