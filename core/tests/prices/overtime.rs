//! Overtime per day, per week and averaged: domain rule 5.6. One person's shifts from Monday 1 June 2026 on.
#![expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "halves of an hour are exact")]

use serde_json::{Value, json};
use staffgate::pricing::engine::{Book, regular_rate};
use staffgate::pricing::list::PriceList;

use crate::help::{base, demand, list, priced, with};

/// A shift of so many hours from 06:00 on each day that has any.
fn shifts(hours: &[f64]) -> Vec<Value> {
    let mut found = Vec::new();
    for (day, hours) in (1..).zip(hours) {
        let minutes = 360 + (hours * 60.0) as u32;
        if *hours > 0.0 {
            found.push(json!({ "headcount": 1, "person": "kim", "start": format!("2026-06-{day:02}T06:00"),
                "end": format!("2026-06-{day:02}T{:02}:{:02}", minutes / 60, minutes % 60) }));
        }
    }
    found
}

/// A surcharge on overtime, by an id of its own so that lines tell which threshold it was.
fn over(id: &str, unit: Value, percent: &str) -> Value {
    json!({ "id": id, "component": "overtime", "unit": unit,
        "rate": { "kind": "percent", "percent": percent, "of": ["base"] } })
}

fn daily(id: &str, hours: u32, percent: &str) -> Value {
    over(id, json!({ "kind": "per_day_after", "minutes": hours * 60 }), percent)
}

fn weekly(id: &str, hours: u32, percent: &str) -> Value {
    over(id, json!({ "kind": "per_week_after", "minutes": hours * 60 }), percent)
}

fn rules(overtime: &[Value]) -> PriceList {
    let mut rules = vec![base("20.00")];
    rules.extend_from_slice(overtime);
    list(json!({ "rules": rules }))
}

/// Hours of a rule in each shift; `base` are all hours, overtime or not.
fn hours(list: &PriceList, positions: &[Value], rule: &str) -> Vec<f64> {
    let priced = priced(std::slice::from_ref(list), &demand("Europe/Berlin", positions));
    let of = |position: usize| {
        let lines = priced.lines.iter().filter(|line| line.position == u32::try_from(position).ok());
        let minutes = lines.filter(|line| line.rule.as_str() == rule).filter_map(|line| line.minutes);
        f64::from(minutes.sum::<u32>()) / 60.0
    };
    (0..positions.len()).map(of).collect()
}

/// Hours that are no overtime.
fn regular(list: &PriceList, positions: &[Value], overtime: &[&str]) -> Vec<f64> {
    let mut left = hours(list, positions, "base");
    for rule in overtime {
        for (left, over) in left.iter_mut().zip(hours(list, positions, rule)) {
            *left -= over;
        }
    }
    left
}

#[test]
fn o1_daily() {
    let (list, week) = (rules(&[daily("day", 8, "50")]), shifts(&[7.0, 8.0, 9.0, 9.0, 7.5]));
    assert_eq!(hours(&list, &week, "day"), [0.0, 0.0, 1.0, 1.0, 0.0]);
    assert_eq!(regular(&list, &week, &["day"]), [7.0, 8.0, 8.0, 8.0, 7.5]);
}

#[test]
fn o2_two_daily_thresholds() {
    let list = rules(&[daily("eight", 8, "50"), daily("twelve", 12, "100")]);
    let week = shifts(&[7.0, 8.0, 13.0, 7.5, 12.0]);
    assert_eq!(hours(&list, &week, "eight"), [0.0, 0.0, 4.0, 0.0, 4.0]);
    assert_eq!(hours(&list, &week, "twelve"), [0.0, 0.0, 1.0, 0.0, 0.0]);
    assert_eq!(regular(&list, &week, &["eight", "twelve"]), [7.0, 8.0, 8.0, 7.5, 8.0]);
}

#[test]
fn o3_weekly() {
    let (list, week) = (rules(&[weekly("week", 35, "50")]), shifts(&[8.5, 8.0, 9.0, 9.0, 7.5]));
    assert_eq!(hours(&list, &week, "week"), [0.0, 0.0, 0.0, 0.0, 7.0]);
    assert_eq!(regular(&list, &week, &["week"]), [8.5, 8.0, 9.0, 9.0, 0.5]);
}

#[test]
fn o4_two_weekly_thresholds() {
    let list = rules(&[weekly("w35", 35, "25"), weekly("w40", 40, "50")]);
    let week = shifts(&[8.5, 8.0, 9.0, 9.0, 7.5, 8.0]);
    assert_eq!(hours(&list, &week, "w35"), [0.0, 0.0, 0.0, 0.0, 5.0, 0.0]);
    assert_eq!(hours(&list, &week, "w40"), [0.0, 0.0, 0.0, 0.0, 2.0, 8.0]);
    assert_eq!(regular(&list, &week, &["w35", "w40"]), [8.5, 8.0, 9.0, 9.0, 0.5, 0.0]);
}

#[test]
fn o5_daily_first_then_weekly_on_what_is_left() {
    let list = rules(&[daily("day", 8, "50"), weekly("week", 35, "50")]);
    let week = shifts(&[9.0, 8.0, 10.0, 9.0, 9.0, 6.0]);
    assert_eq!(hours(&list, &week, "day"), [1.0, 0.0, 2.0, 1.0, 1.0, 0.0]);
    assert_eq!(hours(&list, &week, "week"), [0.0, 0.0, 0.0, 0.0, 5.0, 6.0]);
    assert_eq!(regular(&list, &week, &["day", "week"]), [8.0, 8.0, 8.0, 8.0, 3.0, 0.0]);
}

#[test]
fn o6_averaged_over_two_weeks() {
    let unit = json!({ "kind": "per_week_after", "minutes": 80 * 60, "weeks": 2 });
    let mut list = rules(&[over("two_weeks", unit, "50")]);
    let weeks = shifts(&[8.0, 8.0, 8.0, 7.0, 12.0, 0.0, 0.0, 5.0, 8.0, 5.0, 8.0, 12.0]);
    for first_day in ["2026-06-01", "2026-06-15", "2026-05-20"] {
        list.policies.averaging_from = Some(serde_json::from_value(json!(first_day)).unwrap());
        let expected = [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0];
        assert_eq!(hours(&list, &weeks, "two_weeks"), expected, "{first_day}");
    }
    // A period that begins with the second week sees 43 h before it and 38 h in it.
    list.policies.averaging_from = Some(serde_json::from_value(json!("2026-06-08")).unwrap());
    assert_eq!(hours(&list, &weeks, "two_weeks"), [0.0; 10]);
}

#[test]
fn o7_the_week_fills_in_the_order_of_time() {
    let list = rules(&[weekly("week", 40, "50")]);
    let week = shifts(&[8.0, 8.0, 8.0, 8.0, 4.0, 8.0]);
    assert_eq!(hours(&list, &week, "week"), [0.0, 0.0, 0.0, 0.0, 0.0, 4.0]);
    let week = shifts(&[8.0, 8.0, 9.0, 8.0, 8.0]);
    assert_eq!(hours(&list, &week, "week"), [0.0, 0.0, 0.0, 0.0, 1.0]);
    // The order in which a demand names the shifts means nothing.
    let backwards: Vec<Value> = week.into_iter().rev().collect();
    assert_eq!(hours(&list, &backwards, "week"), [1.0, 0.0, 0.0, 0.0, 0.0]);
}

#[test]
fn o8_regular_rate() {
    for (charged, regular, on_top, overtime) in [
        ("777.00", "21.00", "10.50", "31.50"),
        ("825.00", "22.30", "11.15", "33.45"),
        // Not 22.90, which one product prints.
        ("847.00", "22.89", "11.45", "34.34"),
    ] {
        let charged = serde_json::from_value(json!(charged)).unwrap();
        let factor = serde_json::from_value(json!("50")).unwrap();
        let currency = serde_json::from_value(json!("EUR")).unwrap();
        let rate = regular_rate(charged, 37 * 60, factor, currency).unwrap();
        assert_eq!(rate.per_hour.to_string(), regular);
        assert_eq!(rate.on_top.to_string(), on_top);
        assert_eq!(rate.overtime.to_string(), overtime);
    }
}

#[test]
fn o8_no_hours_have_no_regular_rate() {
    let percent = serde_json::from_value(json!("50")).unwrap();
    let currency = serde_json::from_value(json!("EUR")).unwrap();
    let charged = serde_json::from_value(json!("777.00")).unwrap();
    let refusal = regular_rate(charged, 0, percent, currency).unwrap_err();
    assert_eq!((refusal.code.text(), refusal.path.as_deref()), ("out_of_range", Some("minutes")));
}

#[test]
fn o9_no_hour_is_counted_twice() {
    let list = rules(&[daily("day", 8, "50"), weekly("week", 40, "50")]);
    // Five days of ten hours: ten daily, and forty that are not more than forty.
    let week = shifts(&[10.0; 5]);
    assert_eq!(hours(&list, &week, "day"), [2.0; 5]);
    assert_eq!(hours(&list, &week, "week"), [0.0; 5]);
    // Six of nine: six daily, and of the other 48 the eight of Saturday.
    let week = shifts(&[9.0; 6]);
    assert_eq!(hours(&list, &week, "day"), [1.0; 6]);
    assert_eq!(hours(&list, &week, "week"), [0.0, 0.0, 0.0, 0.0, 0.0, 8.0]);
    assert_eq!(regular(&list, &week, &["day", "week"]), [8.0, 8.0, 8.0, 8.0, 8.0, 0.0]);
}

#[test]
fn o9_weeks_begin_where_the_policy_says() {
    let mut list = rules(&[weekly("week", 40, "50")]);
    // Monday to Saturday, eight hours each: Saturday is the sixth day of a week that begins on Monday and the first
    // of one that begins on Saturday.
    let week = shifts(&[8.0; 6]);
    assert_eq!(hours(&list, &week, "week"), [0.0, 0.0, 0.0, 0.0, 0.0, 8.0]);
    list.policies.week_starts = serde_json::from_value(json!("saturday")).unwrap();
    assert_eq!(hours(&list, &week, "week"), [0.0; 6]);
}

#[test]
fn o9_hours_of_different_people_do_not_add_up() {
    let list = rules(&[weekly("week", 40, "50")]);
    let mut week = shifts(&[8.0; 6]);
    week[0]["person"] = json!("ada");
    assert_eq!(hours(&list, &week, "week"), [0.0; 6]);
}

#[test]
fn o6_one_list_averages_over_one_number_of_weeks() {
    let weeks = |id: &str, weeks: u32| {
        over(id, json!({ "kind": "per_week_after", "minutes": 2400 * weeks, "weeks": weeks }), "50")
    };
    let list = rules(&[weeks("one", 1), weeks("two", 2)]);
    let refusal = Book::new(list.currency, &[list]).unwrap_err();
    assert_eq!(
        (refusal.code.text(), refusal.path.as_deref()),
        ("out_of_range", Some("lists[0].rules[2].unit.weeks"))
    );
    assert!(refusal.details.contains(&("rule", "two".to_owned())));
}

#[test]
fn o1_hours_before_a_new_version_count_to_its_overtime() {
    let version = |id: &str, from: &str, overtime: Option<Value>| {
        let mut rules = vec![base("20.00")];
        rules.extend(overtime);
        list(json!({ "id": id, "valid_from": from, "rules": rules }))
    };
    let in_shift = over("long", json!({ "kind": "in_shift_after", "minutes": 300 }), "50");
    // 22:00 to 06:00 over the midnight at which the new version begins: two hours under the old one, six under the new.
    let night = [json!({ "headcount": 1, "start": "2026-06-15T22:00", "end": "2026-06-16T06:00" })];
    for night in [night.clone(), night.map(|one| with(one, json!({ "person": "kim" })))] {
        let lists =
            [version("old", "2026-01-01", None), version("new", "2026-06-16", Some(in_shift.clone()))];
        // Eight hours at 20.00, and half of that again for the last three.
        assert_eq!(priced(&lists, &demand("Europe/Berlin", &night)).net.to_string(), "190.00");
    }
}

#[test]
fn o6_weeks_before_a_new_version_count_to_its_longer_period() {
    let two_weeks = json!({ "kind": "per_week_after", "minutes": 80 * 60, "weeks": 2 });
    let version = |id: &str, from: &str, rules: &[Value]| {
        let policies = json!({ "averaging_from": "2026-06-01" });
        list(json!({ "id": id, "valid_from": from, "rules": rules, "policies": policies }))
    };
    let lists = [
        version("old", "2026-01-01", &[base("20.00")]),
        version("new", "2026-06-08", &[base("20.00"), over("two_weeks", two_weeks, "50")]),
    ];
    // 43 hours in the week before, then 38: the last of 81 hours is beyond 80.
    let weeks = shifts(&[8.0, 8.0, 8.0, 7.0, 12.0, 0.0, 0.0, 5.0, 8.0, 5.0, 8.0, 12.0]);
    let priced = priced(&lists, &demand("Europe/Berlin", &weeks));
    let over = priced.lines.iter().filter(|line| line.rule.as_str() == "two_weeks");
    assert_eq!(over.filter_map(|line| line.minutes).sum::<u32>(), 60);
}
