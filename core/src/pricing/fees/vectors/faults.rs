//! Bad input: refusals with their path.

use super::*;
use crate::codes::Code;
use crate::pricing::fees::validate;

fn simple() -> CancellationPolicy {
    policy(&format!(r#"{{"tiers":{}}}"#, tiers(&[("1440", NONE), ("0", FULL)])))
}

fn one() -> Vec<SlotGroup> {
    vec![group(PORTER, 2, 480, "20", "160")]
}

#[test]
fn policies_that_cannot_be_meant_are_refused_with_their_place() {
    let refused = |json: &str| {
        let refusal = validate(&with_findings(json)).unwrap_err();
        (refusal.code.text(), refusal.path.unwrap())
    };
    let with = |fee: &str| refused(&format!(r#"{{"tiers":{}}}"#, tiers(&[("0", fee)])));
    let of = |kind: &str, part: &str| format!(r#"{{"kind":"{kind}","of":[{part}]}}"#);
    let negative = r#"{"kind":"fixed","amount":"-1"}"#;
    assert_eq!(with(negative), ("out_of_range", "tiers[0].fee.amount".to_owned()));
    assert_eq!(with(&of("max_of", negative)), ("out_of_range", "tiers[0].fee.of[0].amount".to_owned()));
    assert_eq!(with(&of("min_of", "")), ("too_few", "tiers[0].fee.of".to_owned()));
    let twice = of("max_of", &of("min_of", FULL));
    assert!(validate(&with_findings(&format!(r#"{{"tiers":{}}}"#, tiers(&[("0", &twice)])))).is_ok());
    assert_eq!(with(&of("min_of", &twice)), ("out_of_range", "tiers[0].fee.of[0].of[0].kind".to_owned()));
    let cap = r#"{"cap":{"kind":"amount","amount":"-0.01"},"tiers":[]}"#;
    assert_eq!(refused(cap), ("out_of_range", "cap.amount".to_owned()));
    let dates = format!(r#"{{"count":"calendar_days","tiers":{}}}"#, tiers(&[("1441", NONE), ("0", FULL)]));
    assert_eq!(refused(&dates), ("out_of_range", "tiers[0].notice.minutes".to_owned()));
}

#[test]
fn policies_with_other_fields_or_beyond_the_limits_are_not_read() {
    let tier = r#"{"notice":{"kind":"minutes","minutes":0},"fee":{"kind":"full"}}"#;
    let many = vec![tier; 51].join(",");
    let deep = format!("{}{}{}", r#"{"kind":"max_of","of":["#.repeat(200), FULL, "]}".repeat(200));
    let deep = format!(r#"{{"tiers":[{{"notice":{{"kind":"started"}},"fee":{deep}}}]}}"#);
    let cases = [
        (r#"{"tiers":[],"free":true}"#.to_owned(), Code::FieldUnknown),
        ("{}".to_owned(), Code::FieldMissing),
        (format!(r#"{{"tiers":[{many}]}}"#), Code::TooMany),
        (
            r#"{"tiers":[{"notice":{"kind":"started","minutes":1},"fee":{"kind":"full"}}]}"#.to_owned(),
            Code::FieldUnknown,
        ),
        (
            r#"{"tiers":[{"notice":{"kind":"started"},"fee":{"kind":"full","percent":"5"}}]}"#.to_owned(),
            Code::FieldUnknown,
        ),
        (r#"{"tiers":[{"notice":{"kind":"started"},"fee":{"kind":"half"}}]}"#.to_owned(), Code::NotOneOf),
        (
            r#"{"tiers":[{"notice":{"kind":"started"},"fee":{"kind":"percent","percent":"101"}}]}"#
                .to_owned(),
            Code::OutOfRange,
        ),
        (
            r#"{"tiers":[{"notice":{"kind":"minutes","minutes":527041},"fee":{"kind":"full"}}]}"#.to_owned(),
            Code::OutOfRange,
        ),
        (
            r#"{"tiers":[{"notice":{"kind":"days","days":-1},"fee":{"kind":"full"}}]}"#.to_owned(),
            Code::OutOfRange,
        ),
    ];
    for (json, code) in cases {
        assert_eq!(decode::<CancellationPolicy>(&json).unwrap_err().code, code, "{json}");
    }
    assert!(decode::<CancellationPolicy>(&deep).is_err());
}

#[test]
fn facts_that_contradict_each_other_are_refused_with_their_place() {
    let refuse = |change: &dyn Fn(&mut Cancellation)| {
        let mut facts = shift(480, 60, one());
        change(&mut facts);
        refused(&simple(), &facts)
    };
    let of_group = |change: &dyn Fn(&mut SlotGroup)| {
        let mut groups = one();
        groups.push(groups[0].clone());
        change(&mut groups[1]);
        refused(&simple(), &shift(480, 60, groups))
    };
    let at_group = |field: &str| ("out_of_range", format!("cancellation.groups[1].{field}"));
    assert_eq!(refuse(&|it| it.end = it.start), ("end_before_start", "cancellation.end".to_owned()));
    let later = |it: &mut Cancellation| it.posted_at = Some(it.cancelled_at.plus_minutes(1).unwrap());
    assert_eq!(refuse(&later), ("out_of_range", "cancellation.cancelled_at".to_owned()));
    assert_eq!(of_group(&|it| it.booked = Whole::new(3).unwrap()), at_group("booked"));
    assert_eq!(of_group(&|it| it.estimate = euro("-1")), at_group("estimate"));
    assert_eq!(of_group(&|it| it.minimum_call = euro("-1")), at_group("minimum_call"));
    let grown = CancelledPart::Headcount { to: Whole::new(3).unwrap() };
    assert_eq!(of_group(&|it| it.part = grown), at_group("part.to"));
    let longer = CancelledPart::Shorten { by_minutes: Whole::new(481).unwrap() };
    assert_eq!(of_group(&|it| it.part = longer), at_group("part.by_minutes"));
}

#[test]
fn a_faulty_policy_is_refused_by_the_preview_too() {
    let fee = r#"{"kind":"fixed","amount":"-1"}"#;
    let policy = with_findings(&format!(r#"{{"tiers":{}}}"#, tiers(&[("0", fee)])));
    let expected = ("out_of_range", "policy.tiers[0].fee.amount".to_owned());
    assert_eq!(refused(&policy, &shift(480, 60, one())), expected);
}

#[test]
fn what_is_too_large_is_refused_and_never_wrong() {
    let hours = r#"{"kind":"hours","minutes":527040}"#;
    let policy = policy(&format!(r#"{{"tiers":{}}}"#, tiers(&[("0", hours)])));
    let facts = shift(480, 60, vec![group(PORTER, 100_000, 480, "1000000", "1")]);
    assert_eq!(refused(&policy, &facts), ("amount_too_large", String::new()));
    let mut vast = group(PORTER, 1, 480, "20", "0");
    vast.estimate = Amount::rounded(rust_decimal::Decimal::MAX, Currency::parse("JPY").unwrap());
    assert_eq!(
        refused(&simple(), &shift(480, 60, vec![vast])),
        ("amount_too_large", "cancellation".to_owned())
    );
}

#[test]
fn the_ends_of_time_are_answered() {
    let late = r#""waivers":[{"reason":"agency_fault","within_minutes_of_start":527040}],"#;
    for count in ["elapsed", "wall", "calendar_days"] {
        let tiers = tiers(&[("525600", NONE), ("0", FULL)]);
        let policy = policy(&format!(r#"{{"count":"{count}",{late}"tiers":{tiers}}}"#));
        let mut facts = shift(480, 60, one());
        (facts.cancelled_at, facts.start, facts.end) =
            (at("1970-01-01T00:00:00Z"), at("1970-01-01T10:00:00Z"), at("1970-01-01T18:00:00Z"));
        assert_eq!(fee(&policy, &facts), "160.00", "{count}");
        (facts.cancelled_at, facts.start, facts.end) =
            (at("9998-12-30T00:00:00Z"), at("9998-12-31T10:00:00Z"), at("9998-12-31T18:00:00Z"));
        assert_eq!(preview(&policy, &facts).unwrap().fee.to_string(), "160.00", "{count}");
        facts.reason = Some(WaiverReason::AgencyFault);
        assert_eq!(refused(&policy, &facts), ("out_of_range", "cancellation.start".to_owned()), "{count}");
    }
    let policy = policy(&format!(r#"{{"count":"wall","tiers":{}}}"#, tiers(&[("1440", NONE), ("0", FULL)])));
    let mut facts = shift(480, 60, one());
    (facts.start, facts.end) = (at("9999-12-31T10:00:00Z"), at("9999-12-31T18:00:00Z"));
    assert_eq!(refused(&policy, &facts), ("out_of_range", "cancellation.start".to_owned()));
}
