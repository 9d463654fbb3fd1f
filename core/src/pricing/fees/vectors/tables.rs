//! C0 to C9: what terms of real agencies charge.

use super::*;

#[test]
fn c0_a_day_of_notice_over_a_clock_change_is_23_hours_or_one_day() {
    let zone = Zone::parse("Europe/Berlin").unwrap();
    let local = |text: &str| LocalTime::parse(text).unwrap();
    let cancelled = zone.resolve_span(local("2026-03-28T10:00"), local("2026-03-29T10:00")).unwrap();
    let mut facts = shift(480, 0, vec![group(PORTER, 1, 480, "20", "160")]);
    (facts.cancelled_at, facts.start) = (cancelled.start, cancelled.end);
    facts.end = facts.start.plus_minutes(480).unwrap();

    let tiers = tiers(&[("1440", NONE), ("0", FULL)]);
    let elapsed = agreeing(&policy(&format!(r#"{{"tiers":{tiers}}}"#)), &facts);
    assert_eq!((elapsed.notice_minutes, elapsed.fee.to_string()), (23 * 60, "160.00".to_owned()));
    assert_eq!(deadlines(&elapsed), [""; 0]);

    let wall = agreeing(&policy(&format!(r#"{{"tiers":{tiers},"count":"wall"}}"#)), &facts);
    assert_eq!((wall.notice_minutes, wall.fee.to_string()), (24 * 60, "0.00".to_owned()));
    // The deadline is ten o'clock on the day before, in winter time.
    assert_eq!(deadlines(&wall), ["2026-03-28T09:00:00Z 160.00"]);
}

fn c1_policy() -> CancellationPolicy {
    let percent = |minutes: u32, percent: &str| {
        format!(
            r#"{{"notice":{{"kind":"minutes","minutes":{minutes}}},"fee":{{"kind":"percent","percent":"{percent}"}}}}"#
        )
    };
    let last =
        r#"{"notice":{"kind":"minutes","minutes":0},"when":{"at_most_minutes":240},"fee":{"kind":"full"}}"#;
    let tiers = [
        percent(1440, "0"),
        percent(720, "10"),
        percent(360, "20"),
        percent(180, "40"),
        percent(60, "65"),
        last.to_owned(),
        percent(0, "85"),
        r#"{"notice":{"kind":"started"},"fee":{"kind":"full"}}"#.to_owned(),
    ];
    policy(&format!(r#"{{"tiers":[{}]}}"#, tiers.join(",")))
}

#[test]
fn c1_percentages_that_rise_and_depend_on_the_length() {
    let of = |hours: i64, before: i64| {
        let minutes = u32::try_from(hours * 60).unwrap();
        fee(&c1_policy(), &shift(hours * 60, before, vec![group(PORTER, 1, minutes, "12.50", "100")]))
    };
    let expected = [(1800, "0.00"), (1080, "10.00"), (480, "20.00"), (240, "40.00"), (120, "65.00")];
    for (before, percent) in expected {
        assert_eq!((of(4, before).as_str(), of(8, before).as_str()), (percent, percent), "{before}");
    }
    assert_eq!((of(4, 30), of(8, 30)), ("100.00".to_owned(), "85.00".to_owned()));
    assert_eq!((of(4, -1), of(8, -1)), ("100.00".to_owned(), "100.00".to_owned()));
}

#[test]
fn c1_all_deadlines_of_the_day_before() {
    let facts = shift(480, 1800, vec![group(PORTER, 1, 480, "12.50", "100")]);
    let expected = [
        "2026-06-09T12:00:00Z 10.00",
        "2026-06-10T00:00:00Z 20.00",
        "2026-06-10T06:00:00Z 40.00",
        "2026-06-10T09:00:00Z 65.00",
        "2026-06-10T11:00:00Z 85.00",
        "2026-06-10T12:00:00Z 100.00",
    ];
    assert_eq!(deadlines(&agreeing(&c1_policy(), &facts)), expected);
}

fn hours_by_skill(count: &str, none_from: u32, first: (u32, &str), rest: u32) -> CancellationPolicy {
    let (minutes, skill) = first;
    policy(&format!(
        r#"{{"per":"booked","count":"{count}","tiers":[
            {{"notice":{{"kind":"minutes","minutes":{none_from}}},"fee":{{"kind":"none"}}}},
            {{"notice":{{"kind":"minutes","minutes":0}},"when":{{"skills":["{skill}"]}},"fee":{{"kind":"hours","minutes":{minutes}}}}},
            {{"notice":{{"kind":"minutes","minutes":0}},"fee":{{"kind":"hours","minutes":{rest}}}}}]}}"#
    ))
}

#[test]
fn c2_four_hours_per_booked_worker_and_six_for_chefs() {
    let policy = hours_by_skill("elapsed", 1440, (360, CHEF), 240);
    let groups = || vec![group(PORTER, 2, 480, "20.00", "320"), group(CHEF, 1, 480, "20.00", "160")];
    assert_eq!(fee(&policy, &shift(480, 600, groups())), "280.00");
    assert_eq!(fee(&policy, &shift(480, 1440, groups())), "0.00");
    assert_eq!(fee(&policy, &shift(480, 1439, groups())), "280.00");
}

#[test]
fn c3_up_to_four_hours_per_booked_worker_never_more_than_scheduled() {
    let hours = r#"{"kind":"hours","minutes":240,"limit":"scheduled"}"#;
    let policy = policy(&format!(r#"{{"per":"booked","tiers":{}}}"#, tiers(&[("1440", NONE), ("0", hours)])));
    let of = |minutes: u32, booked: u32| {
        let mut group = group(PORTER, 3, minutes, "18.00", "500");
        group.booked = Whole::new(booked).unwrap();
        fee(&policy, &shift(minutes.into(), 300, vec![group]))
    };
    assert_eq!(of(180, 2), "108.00");
    assert_eq!(of(180, 0), "0.00");
    assert_eq!(of(480, 2), "144.00");
}

#[test]
fn c4_half_of_the_estimate_or_75_whichever_is_more() {
    let most = r#"{"kind":"max_of","of":[{"kind":"percent","percent":"50"},{"kind":"fixed","amount":"75.00","per":"once"}]}"#;
    let json = format!(r#"{{"tiers":{}}}"#, tiers(&[("1440", NONE), ("240", most), ("0", FULL)]));
    let policy = with_findings(&json);
    let of = |estimate: &str, before: i64| {
        fee(&policy, &shift(480, before, vec![group(PORTER, 2, 480, "10", estimate)]))
    };
    assert_eq!(
        (of("120", 600), of("400", 600), of("400", 180)),
        ("75.00".into(), "200.00".into(), "400.00".into())
    );
    assert_eq!((of("400", 240), of("400", 239)), ("200.00".into(), "400.00".into()));
    // An estimate below 75 makes these terms cheaper with less notice; the check says so.
    assert_eq!((of("60", 600), of("60", 180)), ("75.00".into(), "60.00".into()));
    let codes: Vec<_> = check(&policy).into_iter().map(|finding| (finding.code, finding.path)).collect();
    assert_eq!(codes, [(crate::pricing::fees::FindingCode::FeeMayFall, "tiers[2]".to_owned())]);
}

#[test]
fn c5_the_same_date_at_the_place_of_work() {
    let policy = hours_by_skill("calendar_days", 1440, (240, CHEF), 120);
    let groups = || vec![group(CHEF, 1, 480, "30", "240"), group(PORTER, 1, 480, "20", "160")];
    // The start is at 14:00 in Berlin on 10 June, whose first moment is 22:00 UTC the evening before.
    let of = |cancelled: &str| {
        let mut facts = shift(480, 0, groups());
        facts.cancelled_at = at(cancelled);
        agreeing(&policy, &facts)
    };
    let before = of("2026-06-09T21:59:59.999Z");
    assert_eq!((before.fee.to_string(), before.notice_minutes), ("0.00".to_owned(), 1440));
    assert_eq!(deadlines(&before), ["2026-06-09T22:00:00Z 160.00"]);
    let after = of("2026-06-09T22:00:00Z");
    assert_eq!((after.fee.to_string(), after.notice_minutes), ("160.00".to_owned(), 0));
}

#[test]
fn c6_two_hours_of_the_hourly_fee() {
    let hours = r#"{"kind":"hours","minutes":120}"#;
    let policy = policy(&format!(r#"{{"tiers":{}}}"#, tiers(&[("120", NONE), ("0", hours)])));
    let of = |before| fee(&policy, &shift(480, before, vec![group(PORTER, 1, 480, "45", "360")]));
    assert_eq!((of(119), of(120)), ("90.00".to_owned(), "0.00".to_owned()));
}

#[test]
fn c7_a_claim_of_half_that_can_be_withdrawn_with_proof_within_seven_days() {
    let liability = r#"{"kind":"claimable","withdraw_within_days":7}"#;
    let tiers = tiers(&[("2880", NONE), ("0", &percent("50"))]);
    let policy = policy(&format!(r#"{{"liability":{liability},"tiers":{tiers}}}"#));
    let of = |before| agreeing(&policy, &shift(480, before, vec![group(PORTER, 1, 480, "20", "160")]));
    let claimed = of(1440);
    assert_eq!(claimed.fee.to_string(), "80.00");
    assert_eq!(claimed.withdraw_until, Some(at("2026-06-16T12:00:00Z")));
    assert_eq!(of(2880).withdraw_until, None);
}

fn c8_policy() -> CancellationPolicy {
    let call = |percent: &str| format!(r#"{{"kind":"minimum_call","percent":"{percent}"}}"#);
    let mut json = tiers(&[("4320", NONE), ("0", &call("25")), ("started", &call("100"))]);
    json.pop();
    policy(&format!(
        r#"{{"tiers":{json},
            {{"on":"change","notice":{{"kind":"days","days":1}},"fee":{{"kind":"none"}}}},
            {{"on":"change","notice":{{"kind":"minutes","minutes":0}},"fee":{{"kind":"fixed","amount":"75.00","per":"once"}}}}]}}"#
    ))
}

#[test]
fn c8_a_quarter_of_the_minimum_call_then_all_of_it_and_75_for_a_change() {
    let of = |on, before| {
        let mut group = group(PORTER, 2, 480, "25", "400");
        group.minimum_call = euro("100");
        fee(&c8_policy(), &Cancellation { on, ..shift(480, before, vec![group]) })
    };
    let cancelled = |before| of(FeeEvent::Cancellation, before);
    assert_eq!(
        [cancelled(4320), cancelled(4319), cancelled(60), cancelled(-1)],
        ["0.00", "50.00", "50.00", "200.00"]
    );
    let changed = |before| of(FeeEvent::Change, before);
    assert_eq!([changed(1440), changed(1439), changed(-60)], ["0.00", "75.00", "75.00"]);
}

#[test]
fn c8_with_a_cap_inside_the_tier() {
    let capped = r#"{"kind":"min_of","of":[{"kind":"minimum_call","percent":"25"},{"kind":"fixed","amount":"75.00","per":"once"}]}"#;
    let policy = policy(&format!(r#"{{"tiers":{}}}"#, tiers(&[("4320", NONE), ("0", capped)])));
    let of = |slots: u32| {
        let mut group = group(PORTER, slots, 480, "25", "1000");
        group.minimum_call = euro("100");
        fee(&policy, &shift(480, 60, vec![group]))
    };
    assert_eq!([of(2), of(3), of(4)], ["50.00", "75.00", "75.00"]);
}

#[test]
fn c9_half_within_a_week_and_all_within_three_days() {
    let days = |days: u32, fee: &str| format!(r#"{{"notice":{{"kind":"days","days":{days}}},"fee":{fee}}}"#);
    let tiers = [days(7, NONE), days(3, &percent("50")), days(0, FULL)].join(",");
    let policy = policy(&format!(r#"{{"tiers":[{tiers}]}}"#));
    let of = |before| fee(&policy, &shift(480, before, vec![group(PORTER, 1, 480, "50", "400")]));
    let day = 1440;
    assert_eq!(
        [of(7 * day), of(7 * day - 1), of(3 * day), of(3 * day - 1)],
        ["0.00", "200.00", "200.00", "400.00"]
    );
}
