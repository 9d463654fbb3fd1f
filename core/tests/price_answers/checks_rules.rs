//! The checks before a list is published: rules against rules.

use serde_json::{Value, json};
use staffgate::pricing::checks::{FindingCode, Severity, check};

use crate::checks::{alone, codes, only, rules, skills};
use crate::help::{hourly, list};

#[test]
fn rule_never_names_conditions_that_exclude_each_other() {
    let nested = |outer: Value, inner: Value| {
        let mut outer = hourly("outer", "20", outer);
        outer["rules"] = json!([hourly("inner", "21", inner)]);
        list(json!({ "rules": [hourly("base", "19", json!({})), outer],
            "calendar": { "windows": [{ "code": "day", "from": "06:00", "to": "22:00" },
                { "code": "night", "from": "22:00", "to": "06:00" },
                { "code": "mondays", "from": "06:00", "to": "22:00", "weekdays": ["monday"] }] } }))
    };
    for (outer, inner) in [
        (json!({ "skills": ["cook"] }), json!({ "skills": ["barista"] })),
        (json!({ "length_minutes": { "up_to": 300 } }), json!({ "length_minutes": { "over": 300 } })),
        (json!({ "window": "day" }), json!({ "window": "night" })),
        (json!({ "window": "mondays" }), json!({ "weekdays": ["tuesday"] })),
    ] {
        let findings = alone(&nested(outer.clone(), inner));
        assert_eq!(only(&findings, FindingCode::RuleNever).0, ["inner"], "{outer}");
        assert_eq!(findings[0].severity, Severity::Error);
    }
    let together = nested(json!({ "window": "day" }), json!({ "window": "mondays" }));
    assert!(!codes(&alone(&together)).contains(&FindingCode::RuleNever));
    // An else of what always holds around it.
    let findings =
        alone(&rules(json!([{ "id": "all", "when": {}, "rate": { "kind": "per_hour", "amount": "20" },
        "otherwise": [hourly("never", "21", json!({ "role": "lead" }))] }])));
    assert_eq!(only(&findings, FindingCode::RuleNever).0, ["never"]);
}

#[test]
fn p2_ambiguous_names_both_rules() {
    let two = |priority: u32| {
        let mut lead = hourly("lead", "30", json!({ "role": "lead" }));
        lead["priority"] = json!(priority);
        rules(json!([
            hourly("base", "20", json!({})),
            hourly("cook", "24", json!({ "skills": ["cook"] })),
            lead
        ]))
    };
    let (about, english, french) = only(&alone(&two(0)), FindingCode::Ambiguous);
    assert_eq!(about, ["cook", "lead"]);
    assert_eq!(
        english,
        "rules `cook` and `lead` can apply together and neither goes before the other; give one a priority"
    );
    assert_eq!(
        french,
        "les règles `cook` et `lead` peuvent s'appliquer ensemble et aucune ne prime ; donnez une priorité à l'une"
    );
    assert_eq!(alone(&two(1)), []);
}

#[test]
fn ambiguous_is_nothing_that_excludes_itself() {
    let calendar = json!({ "windows": [{ "code": "day", "from": "06:00", "to": "22:00" },
        { "code": "night", "from": "22:00", "to": "06:00" }] });
    let length = |part: Value| json!({ "length_minutes": part });
    for (one, other) in [
        (json!({ "skills": ["a", "b"] }), json!({ "skills": ["c"] })),
        (json!({ "role": "staff" }), json!({ "role": "lead" })),
        (json!({ "window": "day" }), json!({ "window": "night" })),
        (json!({ "weekdays": ["monday"] }), json!({ "weekdays": ["tuesday", "friday"] })),
        (json!({ "window": "night", "weekdays": ["monday"] }), json!({ "window": "day", "role": "lead" })),
        (json!({ "holiday": true }), json!({ "holiday": false })),
        (length(json!({ "up_to": 300 })), length(json!({ "over": 300 }))),
        (json!({ "headcount": { "up_to": 5 } }), json!({ "headcount": { "over": 5 } })),
        (json!({ "lead_time_minutes": { "up_to": 60 } }), json!({ "lead_time_minutes": { "over": 60 } })),
        (json!({ "worker": { "qualified": true } }), json!({ "worker": { "qualified": false } })),
        (json!({ "worker": { "grade": "A" } }), json!({ "worker": { "grade": "B" } })),
    ] {
        let list = list(json!({ "calendar": calendar,
            "rules": [hourly("base", "20", json!({})), hourly("one", "20", one.clone()), hourly("other", "20", other)] }));
        assert!(!codes(&alone(&list)).contains(&FindingCode::Ambiguous), "{one}");
    }
    // Whichever of the two has the lower id.
    for (id, other) in [("short", "long"), ("short", "very-long")] {
        let branches = json!([{ "id": id, "when": length(json!({ "up_to": 300 })),
            "rate": { "kind": "per_hour", "amount": "20" },
            "otherwise": [hourly(other, "30", json!({ "skills": ["cook"] })), hourly("rest", "31", json!({}))] }]);
        assert_eq!(alone(&rules(branches)), [], "{other}");
    }
}

#[test]
fn ambiguous_are_touching_ranges_and_days_in_common() {
    for (one, other) in [
        (json!({ "length_minutes": { "up_to": 300 } }), json!({ "length_minutes": { "over": 299 } })),
        (json!({ "weekdays": ["monday", "sunday"] }), json!({ "weekdays": ["sunday"] })),
        (json!({ "worker": { "qualified": true } }), json!({ "worker": { "grade": "A" } })),
        (json!({ "skills": ["a", "b"] }), json!({ "skills": ["b", "c"] })),
    ] {
        let findings = alone(&rules(json!([
            hourly("base", "20", json!({})),
            hourly("one", "20", one),
            hourly("other", "20", other)
        ])));
        assert_eq!(only(&findings, FindingCode::Ambiguous).0, ["one", "other"]);
    }
    // A flat amount looks at the start: a shift from the day into the night has both.
    let findings = alone(&list(json!({
        "calendar": { "windows": [{ "code": "day", "from": "06:00", "to": "22:00" },
            { "code": "night", "from": "22:00", "to": "06:00" }] },
        "rules": [hourly("night", "20", json!({ "window": "night" })),
            { "id": "day", "when": { "window": "day" }, "unit": { "kind": "flat" }, "rate": { "kind": "each", "amount": "100" } }],
    })));
    assert_eq!(only(&findings, FindingCode::WindowOverlap).0, ["day", "night"]);
}

#[test]
fn shadowed_is_what_others_together_always_go_before() {
    let staff_and_lead = |more: Value| {
        let mut all = json!([
            hourly("base", "20", json!({})),
            hourly("staff", "21", json!({ "role": "staff" })),
            hourly("lead", "30", json!({ "role": "lead" }))
        ]);
        all.as_array_mut().unwrap().extend(more.as_array().unwrap().clone());
        alone(&rules(all))
    };
    let (about, english, _) = only(&staff_and_lead(json!([])), FindingCode::Shadowed);
    assert_eq!(about, ["base"]);
    assert_eq!(
        english,
        "rule `base` never applies, because rules that go before it always do; remove it or change its priority"
    );
    // Rules for skills never cover those that no rule names.
    let per_skill = rules(json!([
        hourly("base", "20", json!({})),
        hourly("a", "21", json!({ "skills": ["a"] })),
        hourly("b", "21", json!({ "skills": ["b"] }))
    ]));
    assert_eq!(alone(&per_skill), []);
    let but_one = rules(
        json!([hourly("staff", "20", json!({ "role": "staff" })), hourly("lead", "20", json!({ "role": "lead" })),
        hourly("cook", "20", json!({ "skills": ["cook"], "weekdays": ["monday"] })),
        hourly("never", "20", json!({ "skills": ["cook"], "role": "lead", "weekdays": ["monday"] })),
        { "id": "first", "priority": 1, "when": { "skills": ["cook"] }, "rate": { "kind": "per_hour", "amount": "9" } }]),
    );
    let about: Vec<String> =
        alone(&but_one).iter().flat_map(|finding| finding.rules.clone()).map(|key| key.to_string()).collect();
    assert_eq!(about, ["never", "cook"]);
}

#[test]
fn ten_thousand_rules_by_skill_are_compared_at_once() {
    let rule = |number: u32| {
        let when = json!({ "skills": [format!("skill-{}", number / 2)], "role": if number.is_multiple_of(2) { "staff" } else { "lead" } });
        hourly(&format!("rule-{number}"), "20", when)
    };
    let all: Vec<Value> = (0..10_000).map(rule).collect();
    let names: Vec<String> = (0..5000).map(|number| format!("skill-{number}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    assert_eq!(check(&rules(json!(all)), &[], &skills(&names)), []);
}

#[test]
fn not_all_compared_is_said() {
    // Three thousand rules for one skill, each for shifts of its own length: four million pairs.
    let rule = |number: u32| {
        hourly(
            &format!("rule-{number}"),
            "20",
            json!({ "length_minutes": { "over": number, "up_to": number + 1 } }),
        )
    };
    let all: Vec<Value> = (0..3000).map(rule).collect();
    let findings = alone(&rules(json!(all)));
    only(&findings, FindingCode::NotAllCompared);
}
