//! Premiums and how they go together: domain rule 5.8.

use serde_json::{Value, json};
use staffgate::pricing::list::PriceList;

use crate::help::{base, demand, lines, list, net, night, premium, priced, shift, with};

/// The net price of one hour on Sunday at noon, and of one at 23:00.
fn noon(list: &PriceList) -> String {
    net(list, shift("2026-06-21T12:00", "2026-06-21T13:00"))
}

fn late(list: &PriceList) -> String {
    net(list, shift("2026-06-21T23:00", "2026-06-22T00:00"))
}

#[test]
fn s1_replacing_multiplying_adding() {
    let on_sunday = |component: &str, rate: Value| {
        list(json!({ "rules": [base("50.00"),
            { "id": "sunday", "component": component, "when": { "weekdays": ["sunday"] }, "rate": rate }] }))
    };
    assert_eq!(noon(&on_sunday("base", json!({ "kind": "per_hour", "amount": "80.00" }))), "80.00");
    let half = json!({ "kind": "percent", "percent": "50", "of": ["base"] });
    assert_eq!(noon(&on_sunday("weekend", half)), "75.00");
    assert_eq!(noon(&on_sunday("weekend", json!({ "kind": "per_hour", "amount": "10.00" }))), "60.00");
}

fn group(components: &[&str], stacking: &str, rules: &[Value]) -> PriceList {
    let mut all = vec![base("30.00")];
    all.extend_from_slice(rules);
    list(json!({ "calendar": night("22:00", "06:00"), "rules": all,
        "policies": { "stacking": [{ "components": components, "stacking": stacking }] } }))
}

#[test]
fn s2_casual_on_a_public_holiday() {
    // The weekend component stands for the casual loading: it holds always.
    for (stacking, expected) in
        [("sum_of_base", "82.50"), ("compound", "93.75"), ("highest", "75.00"), ("first", "37.50")]
    {
        let rules = [
            premium("weekend", "25", json!({})),
            premium("holiday", "150", json!({ "weekdays": ["sunday"] })),
        ];
        assert_eq!(noon(&group(&["weekend", "holiday"], stacking, &rules)), expected, "{stacking}");
    }
}

#[test]
fn s3_overtime_is_on_the_ordinary_price() {
    let overtime = json!({ "id": "overtime", "component": "overtime",
        "unit": { "kind": "in_shift_after", "minutes": 0 },
        "rate": { "kind": "percent", "percent": "50", "of": ["base"] } });
    for (stacking, expected) in [("highest", "45.00"), ("compound", "51.75"), ("sum_of_base", "49.50")] {
        let rules = [premium("late", "15", json!({})), overtime.clone()];
        assert_eq!(noon(&group(&["late", "overtime"], stacking, &rules)), expected, "{stacking}");
    }
}

#[test]
fn s4_of_night_and_sunday_the_higher() {
    let rules = [
        premium("night", "25", json!({ "window": "night" })),
        premium("weekend", "100", json!({ "weekdays": ["sunday"] })),
    ];
    let list = group(&["night", "weekend"], "highest", &rules);
    assert_eq!(late(&list), "60.00");
    let priced = priced(
        std::slice::from_ref(&list),
        &demand("Europe/Berlin", &[shift("2026-06-21T23:00", "2026-06-22T01:00")]),
    );
    let line = |code: &str, minutes, price: &str, amount: &str| {
        (code.to_owned(), minutes, price.to_owned(), amount.to_owned())
    };
    assert_eq!(
        lines(&priced),
        [
            line("base", 120, "30", "60.00"),
            line("night", 60, "7.5", "7.50"),
            line("weekend", 60, "30", "30.00")
        ]
    );
}

#[test]
fn s4_highest_is_the_default_for_night_weekend_and_holiday() {
    let rules = json!([
        base("30.00"),
        premium("night", "25", json!({ "window": "night" })),
        premium("weekend", "100", json!({ "weekdays": ["sunday"] }))
    ]);
    assert_eq!(late(&list(json!({ "calendar": night("22:00", "06:00"), "rules": rules }))), "60.00");
}

#[test]
fn s5_all_conditions_of_a_premium_must_hold() {
    let rules = [premium("night", "25", json!({ "window": "night", "skills": ["bar"] }))];
    let list = group(&[], "highest", &rules);
    let evening =
        |skill: &str| with(shift("2026-06-16T20:00", "2026-06-17T00:00"), json!({ "skill": skill }));
    assert_eq!(net(&list, evening("bar")), "135.00");
    assert_eq!(net(&list, evening("kitchen")), "120.00");
}

#[test]
fn s6_a_percentage_of_what_it_names() {
    let rules = |of: &[&str]| {
        [
            json!({ "id": "weekend", "component": "weekend", "rate": { "kind": "per_hour", "amount": "10.00" } }),
            json!({ "id": "night", "component": "night", "when": { "window": "night" },
                "rate": { "kind": "percent", "percent": "50", "of": of } }),
        ]
    };
    // 30 + 10 + half of 30, not half of 40, unless the rule says so.
    assert_eq!(late(&group(&[], "highest", &rules(&["base"]))), "55.00");
    assert_eq!(late(&group(&[], "highest", &rules(&["base", "weekend"]))), "60.00");
}

#[test]
fn s7_premiums_that_add_and_others_of_which_the_highest_counts() {
    let rules = [
        premium("night", "25", json!({ "window": "night" })),
        premium("weekend", "50", json!({})),
        premium("late", "10", json!({})),
    ];
    // 30 + the higher of 7.50 and 15 + 3.
    assert_eq!(late(&group(&["night", "weekend"], "highest", &rules)), "48.00");
    // All three add when none is in a group: 30 + 7.50 + 15 + 3.
    assert_eq!(late(&group(&[], "highest", &rules)), "55.50");
}

fn x1_list(stacking: &str) -> PriceList {
    let labour = json!(["base", "night", "weekend"]);
    list(json!({
        "vat": { "percent": "21" },
        "calendar": { "windows": [{ "code": "night", "from": "22:00", "to": "06:00" }] },
        "policies": { "stacking": [{ "components": ["night", "weekend"], "stacking": stacking }] },
        "rules": [
            { "id": "stagehand", "when": { "skills": ["stagehand"], "role": "staff" },
              "rate": { "kind": "per_hour", "amount": "24.00" } },
            { "id": "lead", "when": { "skills": ["stagehand"], "role": "lead" },
              "rate": { "kind": "per_hour", "amount": "30.00" } },
            premium("night", "25", json!({ "window": "night" })),
            premium("weekend", "50", json!({ "weekdays": ["saturday"] })),
            { "id": "travel", "component": "travel", "unit": { "kind": "flat" },
              "rate": { "kind": "each", "amount": "15.00" } },
            { "id": "late", "component": "late", "when": { "lead_time_minutes": { "up_to": 2880 } },
              "unit": { "kind": "flat", "per": "order" }, "rate": { "kind": "percent", "percent": "10", "of": labour } },
        ],
    }))
}

fn x1_position(role: &str, headcount: u32) -> Value {
    with(
        json!({ "start": "2026-06-19T18:00", "end": "2026-06-20T02:00", "skill": "stagehand" }),
        json!({ "role": role, "headcount": headcount, "breaks": [{ "from": "2026-06-19T22:00", "minutes": 30 }] }),
    )
}

#[test]
fn x1_composite() {
    for (stacking, labour, travel, late, net, vat, total) in [
        ("highest", "905.25", "60.00", "90.53", "1055.78", "221.71", "1277.49"),
        ("sum_of_base", "956.25", "60.00", "95.63", "1111.88", "233.49", "1345.37"),
        ("compound", "981.75", "60.00", "98.18", "1139.93", "239.39", "1379.32"),
    ] {
        let demand = json!({ "zone": "Europe/Berlin", "ordered_at": "2026-06-18T12:00:00Z",
            "positions": [x1_position("staff", 3), x1_position("lead", 1)] });
        let priced = priced(&[x1_list(stacking)], &serde_json::from_value(demand).unwrap());
        let sum = |codes: &[&str]| {
            let lines = priced.lines.iter().filter(|line| codes.contains(&line.code.as_str()));
            lines.map(|line| line.amount.decimal()).sum::<rust_decimal::Decimal>().to_string()
        };
        assert_eq!(sum(&["base", "night", "weekend"]), labour, "{stacking}");
        assert_eq!((sum(&["travel"]), sum(&["late"])), (travel.into(), late.into()), "{stacking}");
        assert_eq!(priced.net.to_string(), net, "{stacking}");
        assert_eq!(priced.vat_total.to_string(), vat, "{stacking}");
        assert_eq!(priced.total.to_string(), total, "{stacking}");
    }
}

#[test]
fn x1_halves_to_the_even_digit() {
    for (stacking, late) in [("highest", "90.52"), ("sum_of_base", "95.62")] {
        let mut list = x1_list(stacking);
        list.policies.halves = serde_json::from_value(json!("even")).unwrap();
        let demand = json!({ "zone": "Europe/Berlin", "ordered_at": "2026-06-18T12:00:00Z",
            "positions": [x1_position("staff", 3), x1_position("lead", 1)] });
        let priced = priced(&[list], &serde_json::from_value(demand).unwrap());
        assert_eq!(priced.lines.last().unwrap().amount.to_string(), late, "{stacking}");
    }
}

#[test]
fn a_price_beyond_the_plan_goes_before_the_plain_one_of_its_component() {
    let rule = |id: &str, unit: &str, amount: &str| json!({ "id": id, "unit": { "kind": unit }, "rate": { "kind": "per_hour", "amount": amount } });
    // Equally specific; the id must not decide.
    for (plain, beyond) in [("a", "b"), ("b", "a")] {
        let list = list(json!({ "rules": [rule(plain, "worked", "20"), rule(beyond, "beyond_plan", "30")] }));
        let worked = json!({ "headcount": 1, "start": "2026-06-10T08:00", "end": "2026-06-10T16:00",
            "worked": { "start": "2026-06-10T08:00", "end": "2026-06-10T18:00" } });
        assert_eq!(net(&list, worked), "220.00", "{plain}");
    }
}
