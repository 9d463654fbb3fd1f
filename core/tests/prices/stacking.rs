//! Premiums and how they go together: domain rule 5.8.

use serde_json::{Value, json};
use staffgate::pricing::list::PriceList;

use crate::help::{list, net, premium, priced, with};

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
