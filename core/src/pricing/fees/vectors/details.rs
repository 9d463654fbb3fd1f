//! C10 and C11, and what the tables of real terms leave open: boundaries, grace, caps, sentences.

use super::*;
use crate::pricing::fees::{FeeBasis, FeeWhy, Waived, explain, last_booked, released};
use crate::values::Locale;

fn all_or_nothing(more: &str) -> CancellationPolicy {
    policy(&format!(r#"{{{more}"tiers":{}}}"#, tiers(&[("1440", NONE), ("0", FULL)])))
}

fn one() -> Vec<SlotGroup> {
    vec![group(PORTER, 1, 480, "20", "160")]
}

#[test]
fn c10_an_unsuitable_worker_sent_away_within_four_hours_costs_nothing() {
    let policy =
        all_or_nothing(r#""waivers":[{"reason":"unsuitable_worker","within_minutes_of_start":240}],"#);
    let of = |reason, before| agreeing(&policy, &Cancellation { reason, ..shift(480, before, one()) });
    let unsuitable = Some(WaiverReason::UnsuitableWorker);
    let early = of(unsuitable, -240);
    assert_eq!((early.fee.to_string(), early.lines.len()), ("0.00".to_owned(), 0));
    assert_eq!(early.waived, Some(Waived::Reason { reason: WaiverReason::UnsuitableWorker }));
    assert_eq!(deadlines(&early), ["2026-06-10T16:00:00Z 160.00"]);
    assert_eq!(of(unsuitable, -241).fee.to_string(), "160.00");
    for other in [None, Some(WaiverReason::ForceMajeure)] {
        assert_eq!((of(other, -60).fee.to_string(), of(other, -60).waived), ("160.00".to_owned(), None));
    }
}

#[test]
fn c10_a_waiver_without_a_time_always_holds() {
    let policy = all_or_nothing(r#""waivers":[{"reason":"force_majeure"}],"#);
    let facts = Cancellation { reason: Some(WaiverReason::ForceMajeure), ..shift(480, 60, one()) };
    let made = agreeing(&policy, &facts);
    assert_eq!((made.fee.to_string(), made.deadlines.len()), ("0.00".to_owned(), 0));
}

fn reduced(requested: u32, booked: u32, to: u32) -> SlotGroup {
    let mut group = group(PORTER, requested, 480, "20", "800");
    group.booked = Whole::new(booked).unwrap();
    group.part = CancelledPart::Headcount { to: Whole::new(to).unwrap() };
    group
}

#[test]
fn c11_fewer_heads_are_cancelled_slots_unfilled_first() {
    let counts = |booked| {
        let gone = released(&reduced(5, booked, 3));
        (gone.unfilled, gone.booked)
    };
    assert_eq!([counts(5), counts(4), counts(3), counts(0)], [(0, 2), (1, 1), (2, 0), (2, 0)]);

    // Two of five slots of 160.00 each; of those only the one with a worker where booked ones are charged.
    let of = |per: &str, booked| {
        let policy = all_or_nothing(&format!(r#""per":"{per}","#));
        fee(&policy, &shift(480, 60, vec![reduced(5, booked, 3)]))
    };
    assert_eq!([of("requested", 4), of("booked", 4), of("booked", 5)], ["320.00", "160.00", "320.00"]);
    assert_eq!([of("booked", 3), of("requested", 0)], ["0.00", "320.00"]);
}

#[test]
fn c11_of_the_booked_the_last_ones_go() {
    let booked = [
        (at("2026-06-01T08:00:00Z"), 'a'),
        (at("2026-06-03T08:00:00Z"), 'b'),
        (at("2026-06-02T08:00:00Z"), 'c'),
        (at("2026-06-03T08:00:00Z"), 'd'),
    ];
    assert_eq!(last_booked(&booked, 3), ['d', 'b', 'c']);
    assert_eq!(last_booked(&booked, 0), [' '; 0]);
    assert_eq!(last_booked(&booked, 9).len(), 4);
}

#[test]
fn c11_a_shorter_shift_is_its_removed_hours() {
    let shortened = |by: u32| {
        let mut group = group(PORTER, 2, 480, "20", "320");
        group.part = CancelledPart::Shorten { by_minutes: Whole::new(by).unwrap() };
        vec![group]
    };
    assert_eq!(fee(&all_or_nothing(""), &shift(480, 60, shortened(120))), "80.00");
    assert_eq!(fee(&all_or_nothing(""), &shift(480, 1440, shortened(120))), "0.00");
    let hours = r#"{"kind":"hours","minutes":240}"#;
    let policy = policy(&format!(r#"{{"tiers":{}}}"#, tiers(&[("1440", NONE), ("0", hours)])));
    // Four hours are charged where so many were removed; for one removed hour it is one.
    assert_eq!(fee(&policy, &shift(480, 60, shortened(300))), "160.00");
    assert_eq!(fee(&policy, &shift(480, 60, shortened(60))), "40.00");
}

#[test]
fn the_side_that_owns_the_boundary_has_the_exact_moment() {
    let of = |boundary: &str, before| {
        let policy = all_or_nothing(&format!(r#""boundary":"{boundary}","#));
        fee(&policy, &shift(480, before, one()))
    };
    assert_eq!([of("cheaper", 1440), of("cheaper", 1439)], ["0.00", "160.00"]);
    assert_eq!([of("dearer", 1441), of("dearer", 1440)], ["0.00", "160.00"]);
}

#[test]
fn dates_have_a_boundary_too() {
    let of = |boundary: &str, cancelled: &str| {
        let policy = all_or_nothing(&format!(r#""count":"calendar_days","boundary":"{boundary}","#));
        let facts = Cancellation { cancelled_at: at(cancelled), ..shift(480, 0, one()) };
        fee(&policy, &facts)
    };
    // 9 June is one date before the start; it has the fee of the side that owns it.
    let yesterday = "2026-06-09T10:00:00Z";
    assert_eq!([of("cheaper", yesterday), of("dearer", yesterday)], ["0.00", "160.00"]);
    assert_eq!(of("dearer", "2026-06-08T21:59:00Z"), "0.00");
}

#[test]
fn the_start_itself_still_has_the_fee_of_before() {
    let half = percent("50");
    let json = |more: &str| format!(r#"{{{more}"tiers":{}}}"#, tiers(&[("0", &half), ("started", FULL)]));
    let of = |more: &str, before| fee(&policy(&json(more)), &shift(480, before, one()));
    assert_eq!([of("", 1), of("", 0), of("", -1)], ["80.00", "80.00", "160.00"]);
    assert_eq!(of(r#""boundary":"dearer","#, 0), "160.00");
    // Without a tier for it, what held just before goes on.
    let policy = policy(&format!(r#"{{"tiers":{}}}"#, tiers(&[("1440", NONE), ("0", &half)])));
    assert_eq!(fee(&policy, &shift(480, -100, one())), "80.00");
}

#[test]
fn grace_after_posting_ends_with_its_last_minute() {
    let policy = all_or_nothing(r#""grace_minutes":5,"#);
    let of = |after: i64| {
        let facts = shift(480, 60, one());
        let posted_at = Some(facts.cancelled_at.plus_minutes(-after).unwrap());
        agreeing(&policy, &Cancellation { posted_at, ..facts })
    };
    assert_eq!((of(5).fee.to_string(), of(5).waived), ("0.00".to_owned(), Some(Waived::Grace {})));
    assert_eq!(deadlines(&of(3)), ["2026-06-10T11:02:00Z 160.00"]);
    assert_eq!((of(6).fee.to_string(), of(6).waived), ("160.00".to_owned(), None));
}

#[test]
fn a_wall_time_that_comes_twice_belongs_to_the_owner_of_the_boundary() {
    // In Berlin the clock shows 02:30 on 25 October 2026 at 00:30 and at 01:30 UTC.
    let of = |boundary: &str| {
        let policy = all_or_nothing(&format!(r#""count":"wall","boundary":"{boundary}","#));
        let start = at("2026-10-26T01:30:00Z");
        let end = at("2026-10-26T05:30:00Z");
        let facts =
            Cancellation { start, end, cancelled_at: at("2026-10-24T00:00:00Z"), ..shift(480, 0, one()) };
        deadlines(&agreeing(&policy, &facts))
    };
    assert_eq!(of("cheaper"), ["2026-10-25T01:30:00Z 160.00"]);
    assert_eq!(of("dearer"), ["2026-10-25T00:30:00Z 160.00"]);
}

#[test]
fn a_wall_time_that_is_skipped_is_where_the_clock_skips() {
    // In Berlin the clock goes from 02:00 to 03:00 on 29 March 2026 at 01:00 UTC.
    let policy = all_or_nothing(r#""count":"wall","#);
    let (start, end) = (at("2026-03-30T00:30:00Z"), at("2026-03-30T05:00:00Z"));
    let facts = Cancellation { start, end, cancelled_at: at("2026-03-28T00:00:00Z"), ..shift(480, 0, one()) };
    assert_eq!(deadlines(&agreeing(&policy, &facts)), ["2026-03-29T01:00:00Z 160.00"]);
}

#[test]
fn the_cap_is_a_line_that_takes_off() {
    let policy = all_or_nothing(r#""cap":{"kind":"amount","amount":"100.00"},"#);
    let made = agreeing(&policy, &shift(480, 60, one()));
    assert_eq!(made.fee.to_string(), "100.00");
    let last = &made.lines[1];
    assert_eq!((last.tier, last.why, last.amount.to_string()), (None, FeeWhy::Cap, "-60.00".to_owned()));
    assert_eq!(last.basis, FeeBasis::Cap { at: euro("100") });
    let half = all_or_nothing(r#""cap":{"kind":"percent","percent":"50"},"#);
    assert_eq!(fee(&half, &shift(480, 60, one())), "80.00");
    let high = all_or_nothing(r#""cap":{"kind":"amount","amount":"160.00"},"#);
    assert_eq!(agreeing(&high, &shift(480, 60, one())).lines.len(), 1);
}

#[test]
fn a_fee_is_explained_line_by_line_in_both_languages() {
    let hours = r#"{"kind":"max_of","of":[{"kind":"hours","minutes":90},{"kind":"percent","percent":"10"}]}"#;
    let liability = r#"{"kind":"claimable","withdraw_within_days":7}"#;
    let cap = r#"{"kind":"amount","amount":"50.00"}"#;
    let tiers = tiers(&[("1440", NONE), ("0", hours)]);
    let policy = policy(&format!(r#"{{"liability":{liability},"cap":{cap},"tiers":{tiers}}}"#));
    let made = agreeing(&policy, &shift(480, 60, vec![group(PORTER, 2, 480, "20", "320")]));
    let english = [
        "tier 2: 3 h 0 min for 2 × a slot together at 20 EUR an hour: 60.00 EUR, the highest of several",
        "more than 50.00 EUR is never charged, which takes off 10.00 EUR",
        "this may be claimed; with proof it is withdrawn until 2026-06-17T11:00:00Z",
    ];
    assert_eq!(explain(&made, Locale::En), english);
    let french = [
        "palier 2 : 3 h 0 min pour 2 × un poste ensemble à 20 EUR l'heure : 60.00 EUR, le plus élevé de plusieurs montants",
        "jamais plus de 50.00 EUR ne sont facturés, soit une déduction de 10.00 EUR",
        "ce montant peut être réclamé ; il est retiré sur justificatif jusqu'au 2026-06-17T11:00:00Z",
    ];
    assert_eq!(explain(&made, Locale::Fr), french);
    let nothing = agreeing(&policy, &shift(480, 1440, one()));
    assert_eq!(explain(&nothing, Locale::En), ["cancelling now costs nothing"]);
}
