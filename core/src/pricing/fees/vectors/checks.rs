//! One policy for each finding.

use super::*;
use crate::pricing::fees::{FindingCode, Severity};
use crate::values::Locale;

fn found(tiers: &str) -> Vec<(FindingCode, String)> {
    let policy = with_findings(&format!(r#"{{"tiers":{tiers}}}"#));
    check(&policy).into_iter().map(|finding| (finding.code, finding.path)).collect()
}

fn at_tier(code: FindingCode, index: usize) -> (FindingCode, String) {
    (code, format!("tiers[{index}]"))
}

fn conditional(tiers: &[(u32, &str, &str)]) -> String {
    let texts: Vec<String> = tiers
        .iter()
        .map(|(minutes, when, fee)| {
            format!(r#"{{"notice":{{"kind":"minutes","minutes":{minutes}}},"when":{when},"fee":{fee}}}"#)
        })
        .collect();
    format!("[{}]", texts.join(","))
}

const SHORT: &str = r#"{"at_most_minutes":240}"#;
const LONG: &str = r#"{"longer_than_minutes":240}"#;
const ANY: &str = "{}";

#[test]
fn every_finding_says_what_to_do_in_both_languages() {
    for code in FindingCode::ALL {
        let [english, french] = Locale::ALL.map(|locale| code.message(locale));
        assert!(!english.is_empty() && english != french, "{code:?}");
    }
}

#[test]
fn a_policy_without_tiers_is_empty() {
    assert_eq!(found("[]"), [(FindingCode::Empty, String::new())]);
    assert_eq!(FindingCode::Empty.severity(), Severity::Error);
}

#[test]
fn tiers_stand_from_long_notice_to_short() {
    assert_eq!(found(&tiers(&[("0", FULL), ("1440", NONE)])), [at_tier(FindingCode::Unordered, 1)]);
    assert_eq!(found(&tiers(&[("started", FULL), ("0", FULL)])), [at_tier(FindingCode::Unordered, 1)]);
    // Days and minutes are one measure.
    let days = r#"[{"notice":{"kind":"minutes","minutes":1440},"fee":{"kind":"none"}},
        {"notice":{"kind":"days","days":2},"fee":{"kind":"none"}}]"#;
    assert_eq!(found(days), [at_tier(FindingCode::Unordered, 1)]);
    // Changes have an order of their own.
    let both = r#"[{"notice":{"kind":"minutes","minutes":0},"fee":{"kind":"full"}},
        {"on":"change","notice":{"kind":"days","days":2},"fee":{"kind":"none"}}]"#;
    assert_eq!(found(both), []);
}

#[test]
fn two_tiers_for_the_same_are_one_too_many() {
    assert_eq!(found(&tiers(&[("0", FULL), ("0", FULL)])), [at_tier(FindingCode::Duplicate, 1)]);
    let twice = conditional(&[(0, SHORT, FULL), (0, SHORT, FULL), (0, ANY, FULL)]);
    assert_eq!(found(&twice), [at_tier(FindingCode::Duplicate, 1)]);
}

#[test]
fn a_tier_behind_a_wider_one_never_counts() {
    assert_eq!(
        found(&conditional(&[(0, ANY, FULL), (0, SHORT, FULL)])),
        [at_tier(FindingCode::Unreachable, 1)]
    );
    assert_eq!(found(&conditional(&[(0, SHORT, FULL), (0, ANY, FULL)])), []);
    let never = r#"{"longer_than_minutes":240,"at_most_minutes":240}"#;
    assert_eq!(
        found(&conditional(&[(0, never, FULL), (0, ANY, FULL)])),
        [at_tier(FindingCode::Unreachable, 0)]
    );
    let skill = format!(r#"{{"skills":["{CHEF}"]}}"#);
    let skills = format!(r#"{{"skills":["{PORTER}","{CHEF}"]}}"#);
    assert_eq!(
        found(&conditional(&[(0, &skills, FULL), (0, &skill, FULL), (0, ANY, FULL)])),
        [at_tier(FindingCode::Unreachable, 1)]
    );
    assert_eq!(found(&conditional(&[(0, &skill, FULL), (0, &skills, FULL), (0, ANY, FULL)])), []);
}

#[test]
fn a_fee_that_may_fall_with_less_notice_is_a_warning() {
    let falls = |first: &str, second: &str| {
        let found = found(&tiers(&[("1440", first), ("0", second)]));
        assert!(found.is_empty() || found == [at_tier(FindingCode::FeeMayFall, 1)], "{found:?}");
        !found.is_empty()
    };
    let hours =
        |minutes: u32, limit: &str| format!(r#"{{"kind":"hours","minutes":{minutes},"limit":"{limit}"}}"#);
    let fixed = |amount: &str, per: &str| format!(r#"{{"kind":"fixed","amount":"{amount}","per":"{per}"}}"#);
    let call = |percent: &str| format!(r#"{{"kind":"minimum_call","percent":"{percent}"}}"#);
    let of = |kind: &str, parts: &[&str]| format!(r#"{{"kind":"{kind}","of":[{}]}}"#, parts.join(","));
    let (half, most) = (percent("50"), percent("51"));
    assert!(falls(FULL, NONE) && falls(FULL, &half) && falls(&most, &half) && !falls(&half, &most));
    assert!(!falls(&percent("100"), FULL) && !falls(FULL, &percent("100")));
    assert!(falls(&call("100"), &call("25")) && !falls(&call("25"), &call("100")));
    assert!(!falls(&hours(60, "scheduled"), &hours(60, "as_written")));
    assert!(falls(&hours(60, "as_written"), &hours(120, "scheduled")));
    assert!(falls(&hours(120, "scheduled"), &hours(60, "as_written")));
    assert!(
        !falls(&fixed("75", "once"), &fixed("75", "slot"))
            && falls(&fixed("75", "slot"), &fixed("75", "once"))
    );
    // Of different measures none is known to be higher.
    assert!(falls(&hours(60, "scheduled"), FULL) && falls(&call("1"), FULL));
    let several = of("max_of", &[&half, &fixed("75", "once")]);
    assert!(falls(&several, FULL) && !falls(&several, &of("max_of", &[FULL, &fixed("75", "once")])));
    assert!(!falls(&of("min_of", &[&half, &call("25")]), &call("30")));
    assert!(falls(&call("30"), &of("min_of", &[FULL, &call("50")])));
    assert!(!falls(&of("min_of", &[&half, &call("25")]), &of("max_of", &[&most, &call("1")])));
}

#[test]
fn a_fee_that_falls_for_other_slots_only_is_no_warning() {
    let half = percent("50");
    let apart = conditional(&[(1440, SHORT, FULL), (1440, LONG, NONE), (0, SHORT, FULL), (0, LONG, &half)]);
    assert_eq!(found(&apart), []);
    // The last tier is for long shifts alone, because short ones have one of their own.
    let shadowed = conditional(&[(1440, SHORT, FULL), (0, SHORT, FULL), (0, ANY, &half)]);
    assert_eq!(found(&shadowed), []);
    let open = conditional(&[(1440, SHORT, FULL), (0, ANY, &half)]);
    assert_eq!(found(&open), [at_tier(FindingCode::FeeMayFall, 1)]);
}

#[test]
fn fees_for_all_slots_together_may_fall_where_skills_part() {
    let skill = format!(r#"{{"skills":["{CHEF}"]}}"#);
    let once = r#"{"kind":"fixed","amount":"75.00","per":"once"}"#;
    // Two tiers charge 75 each; later one tier charges it for all.
    let joined = conditional(&[(1440, &skill, once), (1440, ANY, once), (0, ANY, once)]);
    assert_eq!(found(&joined), [at_tier(FindingCode::FeeMayFall, 2)]);
    let groups = vec![group(CHEF, 1, 480, "20", "160"), group(PORTER, 1, 480, "20", "160")];
    let policy = with_findings(&format!(r#"{{"tiers":{joined}}}"#));
    assert_eq!(fee(&policy, &shift(480, 1440, groups.clone())), "150.00");
    assert_eq!(fee(&policy, &shift(480, 1439, groups)), "75.00");
}

#[test]
fn a_fee_that_ends_before_the_start_leaves_a_gap() {
    assert_eq!(found(&tiers(&[("1440", FULL)])), [at_tier(FindingCode::Gap, 0)]);
    assert_eq!(found(&tiers(&[("1440", NONE)])), []);
    assert_eq!(found(&conditional(&[(1440, ANY, FULL), (0, SHORT, FULL)])), [at_tier(FindingCode::Gap, 0)]);
    let policy = with_findings(&format!(r#"{{"tiers":{}}}"#, tiers(&[("1440", FULL)])));
    let of = |before| fee(&policy, &shift(480, before, vec![group(PORTER, 1, 480, "20", "160")]));
    assert_eq!([of(1440), of(1439)], ["160.00", "0.00"]);
}
