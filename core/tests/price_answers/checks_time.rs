//! The checks before a list is published: times of the week, holidays, lengths of shifts.

use serde_json::{Value, json};
use staffgate::pricing::checks::{Finding, FindingCode, Severity, check};
use staffgate::pricing::list::PriceList;

use crate::checks::{codes, only, skills};
use crate::help::{components, hourly, list, premium};

fn windows(windows: &[(&str, &str, &str)]) -> Value {
    let windows: Value =
        windows.iter().map(|(code, from, to)| json!({ "code": code, "from": from, "to": to })).collect();
    json!({ "windows": windows })
}

fn staff(rule: Value) -> Value {
    let mut rule = rule;
    rule["when"]["role"] = json!("staff");
    rule
}

/// Findings for cooks, of which leads have a price of their own.
fn cooks(calendar: Value, rules: Value) -> Vec<Finding> {
    let mut all = rules;
    all.as_array_mut().unwrap().push(hourly("lead", "30", json!({ "role": "lead" })));
    check(&list(json!({ "calendar": calendar, "rules": all })), &[], &skills(&["Cook"]))
}

#[test]
fn coverage_missing_says_skill_and_role() {
    let only_cooks =
        list(json!({ "rules": [hourly("cook", "20", json!({ "skills": ["cook"], "role": "staff" }))] }));
    let findings = check(&only_cooks, &[], &skills(&["Cook", "Barista"]));
    let said: Vec<String> =
        findings.iter().map(|finding| finding.message(staffgate::values::Locale::En)).collect();
    assert_eq!(
        said,
        [
            "Cook (lead) can be ordered but has no price",
            "Barista (staff) can be ordered but has no price",
            "Barista (lead) can be ordered but has no price"
        ]
    );
    assert!(findings.iter().all(|finding| finding.severity == Severity::Warning));
    // The basic list prices what the client's leaves out.
    let client = list(json!({ "id": "client", "level": "client",
        "rules": [hourly("cook", "20", json!({ "skills": ["cook"], "role": "staff" }))] }));
    let basic = list(json!({ "rules": [hourly("base", "20", json!({}))] }));
    assert_eq!(check(&client, std::slice::from_ref(&basic), &skills(&["Cook", "Barista"])), []);
    // Not before it is in force.
    let later = list(json!({ "valid_from": "2021-01-01", "rules": [hourly("base", "20", json!({}))] }));
    assert_eq!(check(&client, &[later], &skills(&["Cook", "Barista"])).len(), 3);
}

#[test]
fn coverage_gap_names_the_hours_between_windows() {
    let day = hourly("day", "20", json!({ "window": "day" }));
    let findings = cooks(windows(&[("day", "06:00", "22:00")]), json!([staff(day)]));
    let (about, english, french) = only(&findings, FindingCode::CoverageGap);
    assert_eq!(about, ["day"]);
    assert_eq!(
        english,
        "Cook (staff) has no price at these times: every day 22:00 to 06:00; add a rule for them"
    );
    assert_eq!(
        french,
        "Cook (personnel) n'a pas de prix à ces heures : chaque jour de 22~h à 6~h ; ajoutez une règle"
    );
    assert_eq!(findings[0].severity, Severity::Error);
}

#[test]
fn coverage_gap_names_days() {
    let week = json!({ "weekdays": ["monday", "tuesday", "wednesday", "thursday", "friday"] });
    let findings = cooks(json!({}), json!([staff(hourly("week", "20", week))]));
    let (_, english, french) = only(&findings, FindingCode::CoverageGap);
    assert_eq!(
        english,
        "Cook (staff) has no price at these times: Saturday 00:00 to Sunday 24:00; add a rule for them"
    );
    assert_eq!(
        french,
        "Cook (personnel) n'a pas de prix à ces heures : du samedi à 0~h au dimanche à 24~h ; ajoutez une règle"
    );
    // The week that has begun on Sunday night is one gap too.
    let most = json!({ "weekdays": ["tuesday", "wednesday", "thursday", "friday", "saturday"] });
    let (_, english, _) =
        only(&cooks(json!({}), json!([staff(hourly("most", "20", most))])), FindingCode::CoverageGap);
    assert!(english.contains("Sunday 00:00 to Monday 24:00"), "{english}");
}

#[test]
fn coverage_gap_follows_the_hour_at_which_the_day_begins() {
    let week = json!({ "weekdays": ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday"] });
    let list = list(json!({ "policies": { "day_starts": "03:00" }, "rules": [hourly("week", "20", week)] }));
    let findings = check(&list, &[], &skills(&["Cook"]));
    let english = findings[0].message(staffgate::values::Locale::En);
    assert_eq!(
        english,
        "Cook (staff) has no price at these times: Sunday 03:00 to Monday 03:00; add a rule for them"
    );
}

#[test]
fn coverage_gap_on_holidays_only() {
    // The first of May 2026 is a Friday.
    let holidays = json!({ "holidays": [{ "name": "Labour Day", "from": "2026-05-01T00:00", "to": "2026-05-02T00:00" }] });
    let findings = cooks(holidays, json!([staff(hourly("plain", "20", json!({ "holiday": false })))]));
    let (_, english, french) = only(&findings, FindingCode::CoverageGap);
    assert_eq!(
        english,
        "Cook (staff) has no price at these times: Friday 00:00 to 24:00 on holidays; add a rule for them"
    );
    assert_eq!(
        french,
        "Cook (personnel) n'a pas de prix à ces heures : vendredi de 0~h à 24~h les jours fériés ; ajoutez une règle"
    );
}

#[test]
fn coverage_gap_is_none_where_windows_days_and_elses_meet() {
    let calendar = windows(&[("day", "06:00", "22:00"), ("night", "22:00", "06:00")]);
    let two = json!([
        staff(hourly("day", "20", json!({ "window": "day" }))),
        staff(hourly("night", "25", json!({ "window": "night" })))
    ]);
    assert_eq!(cooks(calendar.clone(), two), []);
    let branches = json!([{ "id": "night", "when": { "window": "night" }, "rate": { "kind": "per_hour", "amount": "25" },
        "otherwise": [hourly("else", "20", json!({}))] }]);
    let findings = check(
        &list(json!({ "calendar": windows(&[("night", "22:00", "06:00")]), "rules": branches })),
        &[],
        &skills(&["Cook"]),
    );
    assert_eq!(findings, []);
    // The basic list fills the gap of the client's.
    let client = list(json!({ "id": "client", "level": "client", "calendar": calendar,
        "rules": [hourly("night", "25", json!({ "window": "night" })), premium_day()],
        "components": components(&[("base", "Work"), ("day", "Day")]) }));
    let basic =
        |rule: Value| list(json!({ "calendar": windows(&[("core", "05:00", "12:00")]), "rules": [rule] }));
    assert_eq!(
        check(&client, &[basic(hourly("base", "20", json!({})))], &skills(&["Cook"]))
            .iter()
            .filter(|finding| finding.severity == Severity::Error)
            .count(),
        0
    );
    // As far as it reaches: the night to six, the core to twelve, then nothing to ten.
    let findings =
        check(&client, &[basic(hourly("core", "20", json!({ "window": "core" })))], &skills(&["Cook"]));
    let english = findings[0].message(staffgate::values::Locale::En);
    assert_eq!(
        english,
        "Cook (staff) has no price at these times: every day 12:00 to 22:00; add a rule for them"
    );
}

fn premium_day() -> Value {
    premium("day", "5", json!({ "window": "day" }))
}

#[test]
fn length_and_headcount_uncovered() {
    let flat = json!({ "id": "flat", "when": { "role": "staff", "length_minutes": { "up_to": 300 }, "headcount": { "over": 1, "up_to": 10 } },
        "unit": { "kind": "flat" }, "rate": { "kind": "each", "amount": "1000" } });
    let findings = cooks(json!({}), json!([flat]));
    let (about, english, french) = only(&findings, FindingCode::LengthUncovered);
    assert_eq!(about, ["flat"]);
    assert_eq!(english, "Cook (staff) has no price for shifts of these lengths: 5 h 1 min or more");
    assert_eq!(
        french,
        "Cook (personnel) n'a pas de prix pour des services de ces durées : 5~h~1~min ou plus"
    );
    let (_, english, _) = only(&findings, FindingCode::HeadcountUncovered);
    assert_eq!(english, "Cook (staff) has no price for so many people: 1, 11 or more");
}

#[test]
fn window_gap_names_windows_and_hours() {
    let calendar = windows(&[("early", "06:00", "14:00"), ("late", "14:00", "21:30")]);
    let list =
        list(json!({ "calendar": calendar, "rules": [hourly("early", "20", json!({ "window": "early" })),
        hourly("late", "22", json!({ "window": "late" }))] }));
    let (about, english, french) = only(&check(&list, &[], &[]), FindingCode::WindowGap);
    assert_eq!(about, ["early", "late"]);
    assert_eq!(
        english,
        "every price asks for a window, and these times are in none of early and late: every day 21:30 to 06:00"
    );
    assert_eq!(
        french,
        "chaque prix demande une plage, et ces heures ne sont dans aucune de early et late : chaque jour de 21~h~30 à 6~h"
    );
}

#[test]
fn window_overlap_names_both_windows_and_the_hours() {
    let calendar = windows(&[("day", "06:00", "22:00"), ("night", "20:00", "06:00")]);
    let list =
        list(json!({ "calendar": calendar, "rules": [hourly("cheap", "20", json!({ "window": "day" })),
        hourly("dear", "25", json!({ "window": "night" }))] }));
    let findings = check(&list, &[], &[]);
    let (about, english, _) = only(&findings, FindingCode::WindowOverlap);
    assert_eq!(about, ["cheap", "dear"]);
    assert_eq!(
        english,
        "the windows `day` and `night` overlap (every day 20:00 to 22:00), where rules `cheap` and `dear` both set the \
         price; move an edge or give one rule a priority"
    );
    assert_eq!(codes(&findings), [FindingCode::WindowOverlap]);
}

#[test]
fn window_unused_and_holidays_missing() {
    let list = list(json!({ "components": components(&[("base", "Work"), ("holiday", "Holiday")]),
        "calendar": windows(&[("night", "22:00", "06:00")]),
        "rules": [hourly("base", "20", json!({})), premium("holiday", "100", json!({ "holiday": true }))] }));
    let findings = check(&list, &[], &[]);
    assert_eq!(codes(&findings), [FindingCode::WindowUnused, FindingCode::HolidaysMissing]);
    assert_eq!(only(&findings, FindingCode::WindowUnused).1, "no rule asks for the window `night`");
    assert_eq!(only(&findings, FindingCode::HolidaysMissing).0, ["holiday"]);
}

#[test]
fn holidays_overlap_only_in_one_place() {
    let with = |places: Value| -> PriceList {
        list(json!({ "calendar": { "holidays": [
            { "name": "Easter", "from": "2026-04-05T00:00", "to": "2026-04-07T00:00", "places": ["berlin"] },
            { "name": "Easter Monday", "from": "2026-04-06T00:00", "to": "2026-04-07T00:00", "places": places },
            { "name": "The day after", "from": "2026-04-07T00:00", "to": "2026-04-08T00:00" }] },
            "rules": [hourly("base", "20", json!({}))] }))
    };
    for places in [json!([]), json!(["berlin", "brandenburg"])] {
        let findings = check(&with(places), &[], &[]);
        let (_, english, _) = only(&findings, FindingCode::HolidaysOverlap);
        assert_eq!(english, "the holidays Easter and Easter Monday overlap");
        assert_eq!(findings[0].path.as_deref(), Some("calendar.holidays[1]"));
    }
    assert_eq!(check(&with(json!(["hamburg"])), &[], &[]), []);
}

fn flat_then_hourly(flat: &str, hourly_amount: &str) -> Vec<Finding> {
    check(
        &list(json!({ "rules": [
            { "id": "flat", "when": { "length_minutes": { "up_to": 300 } }, "unit": { "kind": "flat" },
              "rate": { "kind": "each", "amount": flat } },
            hourly("hourly", hourly_amount, json!({ "length_minutes": { "over": 300 } }))] })),
        &[],
        &[],
    )
}

#[test]
fn m6_cheaper_says_from_when_to_when() {
    let findings = flat_then_hourly("2000", "250");
    let (about, english, french) = only(&findings, FindingCode::Cheaper);
    assert_eq!(about, ["flat", "hourly"]);
    assert_eq!(
        english,
        "a shift just over 5 h costs less by rule `hourly` than one of 5 h by rule `flat`, which costs EUR 2,000.00: \
         from 5 h to 8 h it is cheaper to stay longer"
    );
    assert_eq!(
        french,
        "un service d'un peu plus de 5~h coûte moins par la règle `hourly` qu'un service de 5~h par la règle `flat`, qui \
         coûte 2~000,00~EUR : de 5~h à 8~h, rester plus longtemps coûte moins"
    );
    assert_eq!(codes(&findings), [FindingCode::Cheaper]);
    // M4: 1,000 up to five hours, 1,254.17 just beyond.
    assert_eq!(flat_then_hourly("1000", "250"), []);
    // The same price at the edge and more beyond it.
    assert_eq!(flat_then_hourly("1250", "250"), []);
}

#[test]
fn cheaper_is_found_behind_an_else_and_a_more_specific_rule() {
    let otherwise = list(json!({ "rules": [{ "id": "flat", "when": { "length_minutes": { "up_to": 300 } },
        "unit": { "kind": "flat" }, "rate": { "kind": "each", "amount": "2000" },
        "otherwise": [hourly("hourly", "250", json!({}))] }] }));
    assert_eq!(only(&check(&otherwise, &[], &[]), FindingCode::Cheaper).0, ["flat", "hourly"]);
    // The hourly price for everybody is never that of cooks, so it is no reason to warn.
    let cooks = list(json!({ "rules": [hourly("all", "10", json!({})),
        { "id": "flat", "when": { "skills": ["cook"], "length_minutes": { "up_to": 300 } }, "unit": { "kind": "flat" },
          "rate": { "kind": "each", "amount": "1000" } },
        hourly("cook", "250", json!({ "skills": ["cook"] }))] }));
    assert_eq!(check(&cooks, &[], &[]), []);
}

#[test]
fn cheaper_onwards_has_no_end() {
    let list = list(json!({ "rules": [hourly("hourly", "30", json!({})),
        { "id": "day", "when": { "length_minutes": { "over": 480 } }, "unit": { "kind": "flat" },
          "rate": { "kind": "each", "amount": "200" } }] }));
    let (about, english, _) = only(&check(&list, &[], &[]), FindingCode::CheaperOnwards);
    assert_eq!(about, ["hourly", "day"]);
    assert_eq!(
        english,
        "a shift just over 8 h costs less by rule `day` than one of 8 h by rule `hourly`, which costs EUR 240.00: from \
         8 h on it is cheaper to stay longer"
    );
}
