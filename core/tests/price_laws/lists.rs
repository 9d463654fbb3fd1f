//! Random price lists: all of them price every minute.

use proptest::prelude::*;
use serde_json::{Value, json};

/// What a random list may hold.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// Only what looks at single minutes: windows, weekdays, holidays.
    Minutes,
    /// Also overtime, minimum calls, flat amounts and conditions on the whole shift.
    Whole,
}

/// Cents as a decimal.
pub fn money(cents: u32) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}

/// Hundredths of a per cent.
fn percent() -> impl Strategy<Value = String> {
    prop_oneof![1 => Just("0".to_owned()), 8 => (0_u32..30_000).prop_map(money)]
}

fn time() -> impl Strategy<Value = u32> {
    prop_oneof![2 => prop::sample::select(vec![0, 180, 360, 1080, 1320]), 1 => 0_u32..1440]
}

fn clock(minutes: u32) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

pub fn stacking() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["highest", "sum_of_base", "compound", "first"])
}

fn attribution() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["split_at_midnight", "shift_start", "shift_end", "any_touch"])
}

/// Premiums for a random night, for weekends and for holidays.
fn premiums() -> impl Strategy<Value = Vec<Value>> {
    let one = |id: &'static str, component: &'static str, when: Value| {
        prop::option::weighted(0.8, percent()).prop_map(move |percent| {
            percent.map(|percent| {
                json!({ "id": id, "component": component, "when": when,
                    "rate": { "kind": "percent", "percent": percent, "of": ["base"] } })
            })
        })
    };
    (
        one("night", "night", json!({ "window": "night" })),
        one("weekend", "weekend", json!({ "weekdays": ["saturday", "sunday"] })),
        one("holiday", "holiday", json!({ "holiday": true })),
        one("bar", "bar", json!({ "skills": ["bar"], "window": "night" })),
        one("evening", "night", json!({ "window": "evening", "weekdays": ["friday"] })),
    )
        .prop_map(|(night, weekend, holiday, bar, evening)| {
            [night, weekend, holiday, bar, evening].into_iter().flatten().collect()
        })
}

/// Base prices: one for all, and others for a skill, a window and overtime.
fn bases() -> impl Strategy<Value = Vec<Value>> {
    let hourly = |id: &str, when: Value, cents: u32| json!({ "id": id, "when": when, "rate": { "kind": "per_hour", "amount": money(cents) } });
    (1_u32..20_000, prop::option::of(1_u32..20_000), prop::option::of(1_u32..20_000)).prop_map(
        move |(all, bar, evening)| {
            let mut rules = vec![hourly("base", json!({}), all)];
            rules.extend(bar.map(|cents| hourly("base_bar", json!({ "skills": ["bar"] }), cents)));
            rules.extend(evening.map(|cents| hourly("base_evening", json!({ "window": "evening" }), cents)));
            rules
        },
    )
}

/// Rules that look at whole shifts, days and weeks.
fn whole() -> impl Strategy<Value = Vec<Value>> {
    let unit = prop_oneof![
        Just(json!({ "kind": "beyond_plan" })),
        (0_u32..720).prop_map(|minutes| json!({ "kind": "in_shift_after", "minutes": minutes })),
        (0_u32..720).prop_map(|minutes| json!({ "kind": "per_day_after", "minutes": minutes })),
        (0_u32..3000).prop_map(|minutes| json!({ "kind": "per_week_after", "minutes": minutes })),
    ];
    let overtime = (unit, percent(), any::<bool>()).prop_map(|(unit, percent, replaces)| {
        let rate = if replaces {
            json!({ "kind": "per_hour", "amount": "33.33" })
        } else {
            json!({ "kind": "percent", "percent": percent, "of": ["base"] })
        };
        let component = if replaces { "base" } else { "overtime" };
        json!({ "component": component, "unit": unit, "rate": rate })
    });
    let minimum = (0_u32..600).prop_map(|minutes| {
        json!({ "id": "minimum", "component": "minimum", "unit": { "kind": "minimum_call", "minutes": minutes },
            "rate": { "kind": "percent", "percent": "100", "of": ["base"] } })
    });
    let per = prop::sample::select(vec!["slot", "position", "day", "order"]);
    let flat = (per, 0_u32..10_000).prop_map(|(per, cents)| {
        json!({ "id": "travel", "component": "travel", "unit": { "kind": "flat", "per": per },
            "rate": { "kind": "each", "amount": money(cents) } })
    });
    let late = percent().prop_map(|percent| {
        json!({ "id": "late", "component": "late", "unit": { "kind": "flat", "per": "order" },
            "rate": { "kind": "percent", "percent": percent, "of": ["base", "night"] } })
    });
    (
        prop::collection::vec(overtime, 0..3),
        prop::option::of(minimum),
        prop::option::of(flat),
        prop::option::of(late),
    )
        .prop_map(|(overtime, minimum, flat, late)| {
            let named = |(at, mut rule): (usize, Value)| {
                rule["id"] = json!(format!("over{at}"));
                rule
            };
            let mut rules: Vec<Value> = overtime.into_iter().enumerate().map(named).collect();
            rules.extend([minimum, flat, late].into_iter().flatten());
            rules
        })
}

/// How breaks, weekdays, windows and halves are treated.
fn policies(sort: Sort) -> impl Strategy<Value = Value> {
    let placement = prop::sample::select(vec![
        "explicit",
        "prevailing_rate",
        "end_of_shift",
        "sequential",
        "reverse",
        "largest",
        "proportional",
    ]);
    let automatic = prop::option::of((60_u32..600, 0_u32..60));
    let time = prop_oneof![3 => Just("elapsed"), 1 => Just("wall")];
    (placement, automatic, time, attribution(), attribution(), stacking(), any::<[bool; 4]>(), time_of_day())
        .prop_map(move |(placement, automatic, time, weekdays, holidays, stacking, flags, day_starts)| {
            let pick =
                |flag: usize, one: &'static str, other: &'static str| if flags[flag] { one } else { other };
            let group = json!([{ "components": ["night", "weekend", "holiday"], "stacking": stacking }]);
            let usual = json!({ "stacking": group, "day_starts": day_starts,
                "halves": pick(0, "up", "even"), "rounding_order": pick(1, "price_then_line", "line_only") });
            if sort == Sort::Minutes {
                return usual;
            }
            let mut all = usual;
            let automatic: Vec<Value> = automatic
                .map(|(after, minutes)| json!({ "after_minutes": after, "minutes": minutes }))
                .into_iter()
                .collect();
            all["breaks"] = json!({ "placement": placement, "automatic": automatic });
            all["time"] = json!(time);
            all["weekdays"] = json!(weekdays);
            all["holidays"] = json!(holidays);
            all["windows"] = json!(pick(2, "minute", "start"));
            all["minimum_call"] = json!(pick(3, "after_breaks", "before_breaks"));
            all
        })
}

fn time_of_day() -> impl Strategy<Value = String> {
    prop_oneof![3 => Just("00:00".to_owned()), 1 => (0_u32..1440).prop_map(clock)]
}

/// A whole list as JSON.
pub fn any_list(sort: Sort) -> BoxedStrategy<Value> {
    let extra = if sort == Sort::Whole { whole().boxed() } else { Just(Vec::new()).boxed() };
    let window = || {
        (time(), 1_u32..1440).prop_map(|(from, length)| {
            let to = (from + length) % 1440;
            json!({ "from": clock(from), "to": clock(to) })
        })
    };
    let holiday = (0_u32..40, 1_u32..3000).prop_map(|(day, minutes)| {
        let from = chrono::NaiveDate::from_ymd_opt(2026, 10, 10).unwrap().and_hms_opt(0, 0, 0).unwrap()
            + chrono::Duration::days(i64::from(day));
        let to = from + chrono::Duration::minutes(i64::from(minutes));
        json!({ "name": "Feast", "from": from.format("%Y-%m-%dT%H:%M").to_string(),
            "to": to.format("%Y-%m-%dT%H:%M").to_string() })
    });
    (
        bases(),
        premiums(),
        extra,
        policies(sort),
        (window(), window()),
        prop::collection::vec(holiday, 0..3),
        prop::sample::select(vec!["0", "7.7", "20", "100"]),
    )
        .prop_map(|(bases, premiums, extra, policies, (mut night, mut evening), holidays, vat)| {
            let components: Vec<Value> =
                ["base", "minimum", "night", "weekend", "holiday", "bar", "overtime", "travel", "late"]
                    .map(|code| json!({ "code": code, "name": code }))
                    .into();
            let rules = [bases, premiums, extra].concat();
            night["code"] = json!("night");
            evening["code"] = json!("evening");
            json!({
                "id": "list", "currency": "EUR", "valid_from": "2020-01-01", "vat": { "percent": vat },
                "components": components, "policies": policies,
                "calendar": { "windows": [night, evening], "holidays": holidays },
                "rules": rules,
            })
        })
        .boxed()
}
