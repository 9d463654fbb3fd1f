//! Laws of rounding, over any time, plan and policy: R11.

#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use staffgate::pricing::rounding::{RoundingMode, Tie, TimeRounding, round_span};
use staffgate::values::Whole;

fn on_the_grid() -> impl Strategy<Value = RoundingMode> {
    prop::sample::select(vec![
        RoundingMode::Up {},
        RoundingMode::Down {},
        RoundingMode::Outward {},
        RoundingMode::Nearest { tie: Tie::Up },
        RoundingMode::Nearest { tie: Tie::Down },
        RoundingMode::None {},
    ])
}

fn any_mode() -> impl Strategy<Value = RoundingMode> {
    let to_schedule = (0..=1440_u32).prop_map(|tolerance| RoundingMode::ToScheduleWithin {
        tolerance_minutes: Whole::new(tolerance).unwrap(),
    });
    prop_oneof![5 => on_the_grid(), 1 => to_schedule]
}

fn any_step() -> impl Strategy<Value = Whole<1, 1440>> {
    prop_oneof![prop::sample::select(vec![1, 5, 6, 10, 15, 30, 60, 1440]), 1..=1440_u32]
        .prop_map(|minutes| Whole::new(minutes).unwrap())
}

fn any_policy() -> impl Strategy<Value = TimeRounding> {
    prop_oneof![
        4 => (any_mode(), any_mode(), any_step())
            .prop_map(|(start, end, step_minutes)| TimeRounding::Punches { start, end, step_minutes }),
        4 => (any_mode(), any_step())
            .prop_map(|(mode, step_minutes)| TimeRounding::Duration { mode, step_minutes }),
        1 => (0..=6_u32).prop_map(|places| TimeRounding::DecimalHours { places: Whole::new(places).unwrap() }),
        1 => Just(TimeRounding::None {}),
    ]
}

/// Ten years around 1970, and work of up to three days.
fn any_span() -> impl Strategy<Value = (i64, i64)> {
    (-2_000_000..2_000_000_i64, 0..=4320_i64).prop_map(|(start, length)| (start, start + length))
}

fn any_plan(of: (i64, i64)) -> impl Strategy<Value = Option<(i64, i64)>> {
    let near = (-60..=60_i64, 0..=1440_i64);
    prop::option::of(near.prop_map(move |(shift, length)| (of.0 + shift, of.0 + shift + length)))
}

fn worked() -> impl Strategy<Value = ((i64, i64), Option<(i64, i64)>)> {
    any_span().prop_flat_map(|span| (Just(span), any_plan(span)))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn r11_rounding_twice_is_rounding_once(policy in any_policy(), (span, plan) in worked()) {
        let once = round_span(policy, span.0, span.1, plan).unwrap();
        // Rounded times are punched again: what crossed has become empty, and an empty span stays.
        prop_assert_eq!(round_span(policy, once.0, once.1, plan).unwrap(), once);
    }

    #[test]
    fn r11_more_time_never_becomes_less(policy in any_policy(), (span, plan) in worked(), more in 0..=240_i64) {
        let (from, to) = round_span(policy, span.0, span.1, plan).unwrap();
        let (later_from, later_to) = round_span(policy, span.0, span.1 + more, plan).unwrap();
        prop_assert!(to - from <= later_to - later_from);
        prop_assert!(from <= to);
    }

    #[test]
    fn r11_later_punches_are_never_rounded_earlier(mode in any_mode(), step in any_step(), (span, plan) in worked(),
        more in 0..=240_i64) {
        let still = RoundingMode::None {};
        let starts = TimeRounding::Punches { start: mode, end: still, step_minutes: step };
        let ends = TimeRounding::Punches { start: still, end: mode, step_minutes: step };
        // The other end lies days away, so that nothing crosses.
        let start = |at: i64| round_span(starts, at, at + 10_000, plan).unwrap().0;
        let end = |at: i64| round_span(ends, at - 10_000, at, plan).unwrap().1;
        prop_assert!(start(span.0) <= start(span.0 + more));
        prop_assert!(end(span.1) <= end(span.1 + more));
        let furthest = i64::from(step.get()).max(1440);
        prop_assert!((start(span.0) - span.0).abs() <= furthest);
    }

    #[test]
    fn r11_a_split_at_a_grid_point_changes_nothing(first in on_the_grid(), last in on_the_grid(), step in any_step(),
        day in -2000..2000_i64, points in 0..=1440_i64, before in 0..=2000_i64, after in 0..=2000_i64) {
        let policy = TimeRounding::Punches { start: first, end: last, step_minutes: step };
        let step = i64::from(step.get());
        let split = day * 1440 + points % (1440 / step).max(1) * step;
        let length = |from, to| {
            let (from, to) = round_span(policy, from, to, None).unwrap();
            to - from
        };
        let (start, end) = (split - before, split + after);
        prop_assert_eq!(length(start, split) + length(split, end), length(start, end));
    }

    #[test]
    fn r11_no_punch_moves_a_whole_step(first in on_the_grid(), last in on_the_grid(), step in any_step(),
        span in any_span()) {
        prop_assume!(span.0 < span.1);
        let policy = TimeRounding::Punches { start: first, end: last, step_minutes: step };
        let (from, to) = round_span(policy, span.0, span.1, None).unwrap();
        let step = i64::from(step.get());
        prop_assert!((from - span.0).abs() < step);
        prop_assert!((to - span.1).abs() < step || to == from);
    }
}
