//! The checks before a list is published: what a list is made of.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use staffgate::pricing::checks::{Finding, FindingCode, MAX_FINDINGS, Severity, check};
use staffgate::pricing::list::{Key, Label, PriceList};
use staffgate::values::Locale;

use crate::help::{components, hourly, list, night, premium};

pub fn skills(names: &[&str]) -> Vec<(Key, Label)> {
    names
        .iter()
        .map(|name| (Key::parse(&name.to_lowercase()).unwrap(), Label::parse(name).unwrap()))
        .collect()
}

/// Findings of a list that stands alone.
pub fn alone(list: &PriceList) -> Vec<Finding> {
    check(list, &[], &[])
}

pub fn codes(findings: &[Finding]) -> Vec<FindingCode> {
    findings.iter().map(|finding| finding.code).collect()
}

/// The only finding of a kind, with its rules.
pub fn only(findings: &[Finding], code: FindingCode) -> (Vec<String>, String, String) {
    let of_code: Vec<&Finding> = findings.iter().filter(|finding| finding.code == code).collect();
    let [finding] = of_code[..] else { panic!("{code:?} in {findings:?}") };
    let rules = finding.rules.iter().map(Key::to_string).collect();
    (rules, finding.message(Locale::En), finding.message(Locale::Fr).replace('\u{a0}', "~"))
}

pub fn rules(rules: Value) -> PriceList {
    list(json!({ "rules": rules }))
}

#[test]
fn every_kind_has_a_sentence_in_each_language() {
    let placeholders = |text: &'static str| -> BTreeSet<&str> {
        text.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect()
    };
    for code in FindingCode::ALL {
        let [english, french] = Locale::ALL.map(|locale| code.template(locale));
        assert!(english != french && !english.is_empty() && !french.is_empty(), "{code:?}");
        assert_eq!(placeholders(english), placeholders(french), "{code:?}");
    }
}

#[test]
fn a_sound_list_has_no_findings() {
    let list = list(json!({
        "components": components(&[("base", "Work"), ("night", "Night"), ("weekend", "Weekend"), ("travel", "Travel")]),
        "calendar": night(),
        "rules": [
            hourly("stagehand", "24.00", json!({ "skills": ["stagehand"], "role": "staff" })),
            hourly("lead", "30.00", json!({ "skills": ["stagehand"], "role": "lead" })),
            premium("night", "25", json!({ "window": "night" })),
            premium("weekend", "50", json!({ "weekdays": ["saturday"] })),
            { "id": "travel", "component": "travel", "unit": { "kind": "flat" },
              "rate": { "kind": "each", "amount": "15.00" } },
        ],
    }));
    assert_eq!(check(&list, &[], &skills(&["Stagehand"])), []);
}

#[test]
fn refused_says_what_reading_the_list_refuses() {
    let findings =
        alone(&rules(json!([hourly("base", "20", json!({})), premium("nights", "25", json!({}))])));
    let (about, english, french) = only(&findings, FindingCode::Refused);
    assert_eq!(about, ["nights"]);
    assert_eq!(english, "the list cannot be used: there is no component `nights`");
    assert_eq!(french, "la liste est inutilisable : il n'existe pas de composant `nights`");
    assert_eq!(findings[0].path.as_deref(), Some("rules[1].component"));
}

#[test]
fn base_missing_and_component_unused() {
    let findings = alone(&list(json!({
        "components": components(&[("base", "Work"), ("travel", "Travel"), ("night", "Night")]),
        "rules": [{ "id": "travel", "component": "travel", "unit": { "kind": "flat" },
            "rate": { "kind": "each", "amount": "15" } }],
    })));
    assert_eq!(codes(&findings), [FindingCode::BaseMissing, FindingCode::ComponentUnused]);
    assert_eq!(findings[1].message(Locale::En), "no rule prices the component `night`");
    assert_eq!(findings[1].path.as_deref(), Some("components[2]"));
}

#[test]
fn minimum_without_base_is_one_where_nothing_is_priced() {
    let with = |when: Value| {
        alone(&list(json!({
            "components": components(&[("base", "Work"), ("minimum", "Minimum call")]),
            "rules": [hourly("cook", "20", json!({ "skills": ["cook"] })),
                { "id": "least", "component": "minimum", "when": when, "unit": { "kind": "minimum_call", "minutes": 240 },
                  "rate": { "kind": "percent", "percent": "100", "of": ["base"] } }],
        })))
    };
    assert_eq!(only(&with(json!({ "skills": ["barista"] })), FindingCode::MinimumWithoutBase).0, ["least"]);
    assert_eq!(with(json!({ "skills": ["cook", "barista"] })), []);
    assert_eq!(with(json!({})), []);
}

#[test]
fn percent_of_nothing_is_an_error_and_partly_a_warning() {
    let with = |of: Value| {
        alone(&list(json!({
            "components": components(&[("base", "Work"), ("night", "Night"), ("late", "Late booking")]),
            "rules": [hourly("base", "20", json!({})), { "id": "late", "component": "late", "unit": { "kind": "flat" },
                "rate": { "kind": "percent", "percent": "10", "of": of } }],
        })))
    };
    let (about, english, _) = only(&with(json!(["night"])), FindingCode::PercentOfNothing);
    assert_eq!(about, ["late"]);
    assert_eq!(
        english,
        "rule `late` is a percentage of `night`, which no rule prices; name a component that has a price"
    );
    let partly = with(json!(["base", "night"]));
    only(&partly, FindingCode::PercentPartlyOfNothing);
    assert!(partly.iter().all(|finding| finding.severity == Severity::Warning));
}

#[test]
fn planned_mixed_with_other_time_in_one_component() {
    let planned = |component: &str| {
        alone(&list(json!({
            "components": components(&[("base", "Work"), ("plan", "Plan")]),
            "rules": [hourly("worked", "20", json!({})), { "id": "planned", "component": component, "when": { "role": "lead" },
                "unit": { "kind": "planned" }, "rate": { "kind": "per_hour", "amount": "21" } }],
        })))
    };
    let findings = planned("base");
    assert_eq!(only(&findings, FindingCode::PlannedMixed).0, ["planned", "worked"]);
    assert_eq!(findings[0].severity, Severity::Error);
    assert_eq!(planned("plan"), []);
}

#[test]
fn weeks_differ_in_one_list() {
    let over = |id: &str, minutes: u32, weeks: u32| {
        json!({ "id": id, "component": "overtime", "unit": { "kind": "per_week_after", "minutes": minutes, "weeks": weeks },
            "rate": { "kind": "percent", "percent": "50", "of": ["base"] } })
    };
    let with = |weeks: u32| {
        alone(&list(json!({ "components": components(&[("base", "Work"), ("overtime", "Overtime")]),
            "rules": [hourly("base", "20", json!({})), over("forty", 2400, 1), over("more", 3000, weeks)] })))
    };
    // The calculation itself refuses such a list; the check says so as it says every refusal.
    let (about, english, _) = only(&with(2), FindingCode::Refused);
    assert_eq!(about, ["more"]);
    assert!(english.contains("1, as in other rules"), "{english}");
    assert_eq!(with(1), []);
}

#[test]
fn versions_of_one_day_and_ids_of_one_name() {
    let version = |id: &str, day: &str, level: &str| {
        list(
            json!({ "id": id, "valid_from": day, "level": level, "rules": [hourly("base", "20", json!({}))] }),
        )
    };
    let new = version("new", "2026-05-01", "basic");
    let others = [
        version("old", "2026-01-01", "basic"),
        version("later", "2027-01-01", "basic"),
        version("client", "2026-05-01", "client"),
    ];
    assert_eq!(check(&new, &others, &[]), []);
    let findings = check(&new, &[version("same", "2026-05-01", "basic")], &[]);
    let (_, english, french) = only(&findings, FindingCode::VersionTwice);
    assert_eq!(english, "the list `same` of the same level starts on 1 May 2026 too; choose another day");
    assert_eq!(
        french,
        "la liste `same` du même niveau commence aussi le 1er mai 2026 ; choisissez un autre jour"
    );
    assert_eq!(codes(&check(&new, &[version("new", "2027-05-01", "basic")], &[])), [FindingCode::ListTwice]);
}

#[test]
fn too_many_findings_are_counted() {
    let names: Vec<String> = (0..600).map(|number| format!("skill-{number}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let findings =
        check(&rules(json!([hourly("cook", "20", json!({ "skills": ["cook"] }))])), &[], &skills(&names));
    assert_eq!(findings.len(), MAX_FINDINGS + 1);
    let (_, english, _) = only(&findings, FindingCode::TooManyFindings);
    assert_eq!(english, "there are 200 more findings; mend these first");
}
