//! Rounding of times: twice is once, more is not less, and split shifts.

use proptest::prelude::*;
use serde_json::{Value, json};
use staffgate::pricing::rounding::{TimeRounding, round_span};

use crate::demands::{autumn, local};
use crate::lists::{Sort, any_list};
use crate::run::{config, minutes, priced};

fn mode() -> impl Strategy<Value = Value> {
    prop_oneof![
        prop::sample::select(vec!["none", "up", "down", "outward"]).prop_map(|kind| json!({ "kind": kind })),
        prop::sample::select(vec!["up", "down"]).prop_map(|tie| json!({ "kind": "nearest", "tie": tie })),
    ]
}

fn any_mode() -> impl Strategy<Value = Value> {
    prop_oneof![
        4 => mode(),
        1 => (0_u32..200).prop_map(|minutes| json!({ "kind": "to_schedule_within", "tolerance_minutes": minutes })),
    ]
}

fn policy() -> impl Strategy<Value = TimeRounding> {
    let step = prop_oneof![3 => prop::sample::select(vec![5_u32, 6, 10, 15, 30, 60]), 1 => 1_u32..=1440];
    (any_mode(), any_mode(), step, any::<bool>()).prop_map(|(start, end, step, punches)| {
        let policy = if punches {
            json!({ "kind": "punches", "start": start, "end": end, "step_minutes": step })
        } else {
            json!({ "kind": "duration", "mode": end, "step_minutes": step })
        };
        serde_json::from_value(policy).unwrap()
    })
}

fn span() -> impl Strategy<Value = (i64, i64)> {
    (0_i64..100_000, 0_i64..3000).prop_map(|(start, length)| (start, start + length))
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn r11_rounding_twice_is_rounding_once(policy in policy(), (start, end) in span(), plan in prop::option::of(span())) {
        let once = round_span(policy, start, end, plan).unwrap();
        prop_assert_eq!(round_span(policy, once.0, once.1, plan).unwrap(), once);
    }

    #[test]
    fn r11_more_time_is_never_less(
        policy in policy(), (start, end) in span(), longer in 0_i64..100, plan in prop::option::of(span()),
    ) {
        let (short, long) =
            (round_span(policy, start, end, plan).unwrap(), round_span(policy, start, end + longer, plan).unwrap());
        prop_assert!(short.1 - short.0 <= long.1 - long.0, "{:?} {:?}", short, long);
    }

    #[test]
    fn r11_a_later_punch_is_never_earlier(
        policy in policy(), (start, end) in span(), later in 0_i64..100, plan in prop::option::of(span()),
    ) {
        let early = round_span(policy, start, end + 100, plan).unwrap();
        let late = round_span(policy, start + later, end + 100, plan).unwrap();
        prop_assert!(early.0 <= late.0, "{:?} {:?}", early, late);
    }

    /// Clocks that change by whole hours, and steps that divide the hour: the grid goes on behind a clock change.
    #[test]
    fn r11_a_shift_split_at_a_grid_point_costs_the_same(
        list in any_list(Sort::Minutes), (start, length) in autumn(), (first, last) in (mode(), mode()),
        step in prop::sample::select(vec![1_i64, 5, 6, 10, 15, 20, 30, 60]), at in 0_i64..6000,
        zone in prop::sample::select(vec!["Europe/Berlin", "America/New_York", "Etc/UTC", "Asia/Kolkata"]),
    ) {
        let mut list = list;
        list["policies"]["rounding"] =
            json!({ "kind": "punches", "start": first, "end": last, "step_minutes": step });
        let end = start + length;
        // One of the grid points inside; the shift is longer than any step.
        let first_point = (start / step + 1) * step;
        let points = (end - 1 - first_point) / step + 1;
        let split = first_point + at % points * step;
        let part = |from: i64, to: i64| json!({ "headcount": 3, "start": local(start), "end": local(end),
            "worked": { "start": local(from), "end": local(to) } });
        let of = |positions: Value| {
            minutes(&priced(&list, &json!({ "zone": zone, "positions": positions })))
        };
        prop_assert_eq!(of(json!([part(start, end)])), of(json!([part(start, split), part(split, end)])));
    }
}
