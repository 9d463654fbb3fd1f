//! Minutes: no one is lost, none is counted twice.

use proptest::prelude::*;
use serde_json::{Value, json};
use staffgate::pricing::estimate::EstimateLine;
use staffgate::values::{LocalTime, WallTimeError, Zone};

use crate::demands::{any_demand, local};
use crate::lists::{Sort, any_list};
use crate::run::{config, priced};

/// The instant of a reading by the zone's own rules, in minutes.
fn instant(zone: &Zone, reading: &str) -> i64 {
    let at = LocalTime::parse(reading).unwrap();
    let millis = match zone.resolve_span(at, at) {
        Ok(span) => span.start.millis(),
        Err(WallTimeError::Twice([first, _]) | WallTimeError::Missing([first, _])) => first.millis(),
        Err(other) => panic!("{other:?}"),
    };
    millis / 60_000
}

fn wall(reading: &str) -> i64 {
    LocalTime::parse(reading).unwrap().naive().and_utc().timestamp() / 60
}

/// Minutes of each head that are paid, by the list's policies.
fn paid(list: &Value, zone: &Zone, position: &Value) -> i64 {
    let minute = |reading: &Value| {
        let reading = reading.as_str().unwrap();
        if list["policies"]["time"] == "wall" { wall(reading) } else { instant(zone, reading) }
    };
    let times = if position["worked"].is_object() { &position["worked"] } else { position };
    let (from, to) = (minute(&times["start"]), minute(&times["end"]));
    let breaks = &list["policies"]["breaks"];
    let unpaid = match position["breaks"].get(0) {
        Some(pause) if pause["paid"] == true => 0,
        Some(pause) => {
            let minutes = pause["minutes"].as_i64().unwrap();
            // Only where it was taken, if the list says so and the time is known.
            let explicit = breaks["placement"].as_str().is_none_or(|placement| placement == "explicit");
            if explicit && !pause["from"].is_null() {
                let start = minute(&pause["from"]);
                ((start + minutes).min(to) - start.max(from)).max(0)
            } else {
                minutes
            }
        }
        None => match breaks["automatic"].get(0) {
            Some(one) if to - from >= one["after_minutes"].as_i64().unwrap() => {
                one["minutes"].as_i64().unwrap()
            }
            _ => 0,
        },
    };
    to - from - unpaid
}

fn sum<'l>(lines: impl Iterator<Item = &'l EstimateLine>) -> i64 {
    lines.filter_map(|line| line.minutes).map(i64::from).sum()
}

/// Thresholds of a day and of a week in minutes, and shifts of one person: the day and start of each and its length.
fn weeks() -> impl Strategy<Value = (u32, u32, Vec<(i64, i64)>)> {
    let shift = (0_i64..900, 30_i64..1380);
    let first = shift.clone().prop_map(Some);
    let others = prop::collection::vec(prop::option::weighted(0.7, shift), 0..11);
    (0_u32..800, 0_u32..3000, first, others).prop_map(|(day, week, first, others)| {
        let days = std::iter::once(first).chain(others);
        let mut free = 0;
        let mut shifts = Vec::new();
        for (at, shift) in (0_i64..).zip(days) {
            if let Some((start, length)) = shift {
                let start = (at * 1440 + start).max(free);
                free = start + length;
                shifts.push((start, length));
            }
        }
        (day, week, shifts)
    })
}

/// Regular, daily and weekly minutes, minute by minute. The first day is a Monday.
fn counted(day: u32, week: u32, shifts: &[(i64, i64)]) -> [i64; 3] {
    let (mut by_day, mut by_week) = ([0_u32; 64], [0_u32; 10]);
    let mut found = [0; 3];
    for minute in shifts.iter().flat_map(|(start, length)| *start..*start + *length) {
        let of_day = &mut by_day[usize::try_from(minute / 1440).unwrap()];
        let of_week = &mut by_week[usize::try_from(minute / 10_080).unwrap()];
        if *of_day >= day {
            found[1] += 1;
            continue;
        }
        *of_day += 1;
        if *of_week >= week {
            found[2] += 1;
            continue;
        }
        *of_week += 1;
        found[0] += 1;
    }
    found
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn buckets_sum_to_the_hours(list in any_list(Sort::Whole), demand in any_demand()) {
        let zone = Zone::parse(demand["zone"].as_str().unwrap()).unwrap();
        let priced = priced(&list, &demand);
        for (at, position) in (0_u32..).zip(demand["positions"].as_array().unwrap()) {
            let of = || priced.lines.iter().filter(move |line| line.position == Some(at));
            let heads = position["headcount"].as_i64().unwrap();
            let paid = paid(&list, &zone, position) * heads;
            prop_assert_eq!(sum(of().filter(|line| line.code.as_str() == "base")), paid);
            for code in ["night", "weekend", "holiday", "bar", "overtime"] {
                prop_assert!(sum(of().filter(|line| line.code.as_str() == code)) <= paid, "{}", code);
            }
        }
    }

    #[test]
    fn overtime_of_days_and_weeks_is_never_counted_twice((day, week, shifts) in weeks()) {
        let over = |id: &str, unit: &str, minutes: u32| json!({ "id": id, "component": "overtime",
            "unit": { "kind": unit, "minutes": minutes },
            "rate": { "kind": "percent", "percent": "50", "of": ["base"] } });
        let list = json!({
            "id": "list", "currency": "EUR", "valid_from": "2020-01-01", "vat": { "percent": "0" },
            "components": [{ "code": "base", "name": "Base" }, { "code": "overtime", "name": "Overtime" }],
            "rules": [{ "id": "base", "rate": { "kind": "per_hour", "amount": "60" } },
                over("day", "per_day_after", day), over("week", "per_week_after", week)],
        });
        let positions: Vec<Value> = shifts
            .iter()
            .map(|(start, length)| json!({ "headcount": 1, "person": "kim", "start": local(*start),
                "end": local(start + length) }))
            .collect();
        let priced = priced(&list, &json!({ "zone": "Etc/UTC", "positions": positions }));
        let of = |rule: &str| sum(priced.lines.iter().filter(|line| line.rule.as_str() == rule));
        let (all, daily, weekly) = (of("base"), of("day"), of("week"));
        prop_assert_eq!([all - daily - weekly, daily, weekly], counted(day, week, &shifts));
    }
}
