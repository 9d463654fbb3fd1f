//! Random demands of a few positions, in the weeks around clock changes.

use chrono::NaiveDateTime;
use proptest::prelude::*;
use serde_json::{Value, json};

pub fn first_day() -> NaiveDateTime {
    chrono::NaiveDate::from_ymd_opt(2026, 10, 12).unwrap().and_hms_opt(0, 0, 0).unwrap()
}

pub fn local(minute: i64) -> String {
    (first_day() + chrono::Duration::minutes(minute)).format("%Y-%m-%dT%H:%M").to_string()
}

pub fn zone() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "Europe/Berlin",
        "America/New_York",
        "Etc/UTC",
        "Asia/Kolkata",
        "Australia/Lord_Howe",
    ])
}

/// Start of a shift in minutes and its length, in weeks in which clocks are put back. At least three hours, so that
/// no clock change makes it empty and no break is too long.
pub fn autumn() -> impl Strategy<Value = (i64, i64)> {
    (0_i64..40_000, prop_oneof![8 => 180_i64..1000, 1 => 1000_i64..6000])
}

/// The same, sometimes in weeks in which clocks are put forward.
fn span() -> impl Strategy<Value = (i64, i64)> {
    // From 12 October to 8 March.
    let spring = 147 * 1440;
    (autumn(), prop_oneof![2 => Just(0), 1 => Just(spring)])
        .prop_map(|((start, length), later)| (start + later, length))
}

fn one_break() -> impl Strategy<Value = Value> {
    (prop::option::of(0_i64..120), 0_u32..40, any::<bool>())
        .prop_map(|(from, minutes, paid)| json!({ "from": from, "minutes": minutes, "paid": paid }))
}

/// A position; breaks begin some minutes after the start.
pub fn position() -> impl Strategy<Value = Value> {
    let skill = prop::option::of(prop::sample::select(vec!["bar", "kitchen"]));
    (span(), 1_u32..6, skill, prop::option::weighted(0.3, one_break()), -60_i64..60, any::<bool>()).prop_map(
        |((start, length), headcount, skill, pause, longer, was_worked)| {
            let mut position =
                json!({ "headcount": headcount, "start": local(start), "end": local(start + length) });
            if let Some(skill) = skill {
                position["skill"] = json!(skill);
            }
            if let Some(mut pause) = pause {
                if let Some(after) = pause["from"].as_i64() {
                    pause["from"] = json!(local(start + after));
                }
                position["breaks"] = json!([pause]);
            }
            if was_worked {
                position["worked"] = json!({ "start": local(start), "end": local(start + length + longer) });
            }
            position
        },
    )
}

pub fn any_demand() -> impl Strategy<Value = Value> {
    (zone(), prop::collection::vec(position(), 1..4))
        .prop_map(|(zone, positions)| json!({ "zone": zone, "positions": positions }))
}
