//! Which rate applies: domain rule 5.7.

use serde_json::{Value, json};
use staffgate::pricing::estimate::Estimate;
use staffgate::pricing::list::PriceList;

use crate::help::{base, demand, estimate, list, net, priced, shift, with};

/// One hour of a skill.
fn hour(skill: &str) -> Value {
    with(shift("2026-06-16T10:00", "2026-06-16T11:00"), json!({ "skill": skill }))
}

fn of_client(rule: Value) -> PriceList {
    list(json!({ "id": "client", "level": "client", "rules": [rule] }))
}

fn price(lists: &[PriceList], skill: &str) -> String {
    priced(lists, &demand("Europe/Berlin", &[hour(skill)])).net.to_string()
}

#[test]
fn p1_the_most_specific_list_and_rule() {
    let basic = list(json!({ "id": "basic", "rules": [base("15.50")] }));
    let acme = of_client(json!({ "id": "forklift", "when": { "skills": ["forklift"] },
        "rate": { "kind": "per_hour", "amount": "19.00" } }));
    let beta = of_client(base("18.00"));
    for lists in [[basic.clone(), acme.clone()], [acme.clone(), basic.clone()]] {
        assert_eq!(price(&lists, "forklift"), "19.00");
        assert_eq!(price(&lists, "picker"), "15.50");
    }
    for skill in ["forklift", "picker"] {
        assert_eq!(price(&[basic.clone(), beta.clone()], skill), "18.00");
        assert_eq!(price(std::slice::from_ref(&basic), skill), "15.50");
    }
    // No wildcard anywhere: no price, and not a price of nothing.
    let Estimate::Unpriced { reasons, .. } = estimate(&[acme], &demand("Europe/Berlin", &[hour("picker")]))
    else {
        panic!("a price without a rule")
    };
    assert_eq!(reasons.len(), 1);
    assert_eq!(reasons[0].skill.as_ref().unwrap().as_str(), "picker");
    assert_eq!(reasons[0].from.to_string(), "2026-06-16T08:00:00Z");
}

#[test]
fn p1_a_project_goes_before_its_client() {
    let lists = [
        list(json!({ "id": "basic", "rules": [base("15.50")] })),
        of_client(base("18.00")),
        list(json!({ "id": "project", "level": "project", "rules": [base("21.00")] })),
    ];
    assert_eq!(price(&lists, "picker"), "21.00");
}

#[test]
fn p2_priority_decides_between_equals_whatever_their_order() {
    let skill = |priority: u32| {
        json!({ "id": "skill", "when": { "skills": ["forklift"] }, "priority": priority,
            "rate": { "kind": "per_hour", "amount": "19.00" } })
    };
    let role = |priority: u32| {
        json!({ "id": "role", "when": { "role": "staff" }, "priority": priority,
            "rate": { "kind": "per_hour", "amount": "20.00" } })
    };
    for (skill, role, expected) in [(skill(1), role(0), "19.00"), (skill(0), role(1), "20.00")] {
        for rules in [json!([skill, role]), json!([role, skill])] {
            assert_eq!(net(&list(json!({ "rules": rules })), hour("forklift")), expected);
        }
    }
}

#[test]
fn p3_two_versions_in_one_shift() {
    for (versions, expected) in [("minute", "172.00"), ("start", "160.00")] {
        let version = |id: &str, from: &str, amount: &str| {
            list(json!({ "id": id, "valid_from": from, "rules": [base(amount)],
                "policies": { "versions": versions } }))
        };
        let lists = [version("old", "2026-01-01", "20.00"), version("new", "2026-04-01", "22.00")];
        let night = [shift("2026-03-31T22:00", "2026-04-01T06:00")];
        let priced = priced(&lists, &demand("Europe/Berlin", &night));
        assert_eq!(priced.net.to_string(), expected, "{versions}");
        let stamps: Vec<&str> = priced.lists.iter().map(|stamp| stamp.list.as_str()).collect();
        assert_eq!(stamps, if versions == "minute" { vec!["new", "old"] } else { vec!["old"] });
    }
}

#[test]
fn p3_a_version_begins_with_the_local_day() {
    let version = |id: &str, from: &str, amount: &str| {
        list(json!({ "id": id, "valid_from": from, "rules": [base(amount)] }))
    };
    let lists = [version("old", "2026-01-01", "20.00"), version("new", "2026-04-01", "22.00")];
    for (zone, expected) in [("Asia/Tokyo", "22.00"), ("Europe/Berlin", "22.00")] {
        let hour = [shift("2026-04-01T00:00", "2026-04-01T01:00")];
        assert_eq!(priced(&lists, &demand(zone, &hour)).net.to_string(), expected, "{zone}");
    }
    let hour = [shift("2026-03-31T23:00", "2026-04-01T00:00")];
    assert_eq!(priced(&lists, &demand("Asia/Tokyo", &hour)).net.to_string(), "20.00");
}
