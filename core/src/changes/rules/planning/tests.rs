//! What a change makes of a shift, and what stands in the way.

use uuid::Uuid;

use super::{accepts_fee, plan};
use crate::agency::model::Skill;
use crate::changes::model::{Change, ChangeFee, Effects};
use crate::codes::Code;
use crate::shifts::model::{BookingState, Shift};
use crate::shifts::rules::{ChangeKind, in_time, sample};
use crate::values::{Amount, Currency, LocalTime, PositionId, SkillId, Text};

/// Code and path of the refusal, two days before the shift.
fn refused(shift: &Shift, change: &Change) -> (Code, Option<String>) {
    refused_at(shift, change, sample::EVE)
}

fn refused_at(shift: &Shift, change: &Change, now: &str) -> (Code, Option<String>) {
    let now = sample::at(now);
    let refusal = plan(shift, change, None, now, now).unwrap_err();
    (refusal.code, refusal.path)
}

fn effects(shift: &Shift, change: &Change) -> Effects {
    let now = sample::at(sample::EVE);
    plan(shift, change, None, now, now).unwrap().effects
}

fn times(start: &str, end: &str) -> Change {
    let [start, end] = [start, end].map(|text| LocalTime::parse(text).unwrap());
    Change::Times { start, end, break_minutes: None }
}

#[allow(clippy::unnecessary_wraps, reason = "what a refusal's path is compared with")]
fn at(path: &str) -> Option<String> {
    Some(path.to_owned())
}

#[test]
fn c9_bad_times_are_refused_with_their_path() {
    let shift = sample::shift(&[2]);
    let cases = [
        (times("2026-09-12T18:00", "2026-09-12T10:00"), Code::EndBeforeStart, "change.end"),
        (times("2026-09-12T18:00", "2026-09-12T18:00"), Code::EndBeforeStart, "change.end"),
        (times("2026-09-12T10:00", "2126-09-12T10:00"), Code::ShiftTooLong, "change.end"),
        (times("2026-09-12T10:00", "2026-09-14T10:01"), Code::ShiftTooLong, "change.end"),
        (times("2026-09-11T09:00", "2026-09-11T17:00"), Code::InThePast, "change.start"),
        (times("2026-09-01T10:00", "2026-09-01T18:00"), Code::InThePast, "change.start"),
        (times("2029-09-12T10:00", "2029-09-12T18:00"), Code::TooFarAhead, "change.start"),
        // In Berlin the clock skips 2027-03-28 02:00 to 03:00, and shows 02:00 to 03:00 of 2026-10-25 twice.
        (times("2027-03-28T02:30", "2027-03-28T08:00"), Code::LocalTimeMissing, "change.start"),
        (times("2026-10-24T20:00", "2026-10-25T02:30"), Code::LocalTimeTwice, "change.end"),
        // From one change of the clock to the next.
        (times("2026-10-25T01:00", "2027-03-28T04:00"), Code::ShiftTooLong, "change.end"),
    ];
    for (change, code, path) in cases {
        assert_eq!(refused(&shift, &change), (code, at(path)), "{change:?}");
    }
    let [start, end] = ["2026-09-12T10:00", "2026-09-12T18:00"].map(|text| LocalTime::parse(text).unwrap());
    let pause = |minutes| Change::Times { start, end, break_minutes: Some(minutes) };
    assert_eq!(refused(&shift, &pause(480)), (Code::BreakTooLong, at("change.break_minutes")));
    assert_eq!(refused(&shift, &pause(u32::MAX)), (Code::BreakTooLong, at("change.break_minutes")));
}

#[test]
fn c9_headcounts_have_limits() {
    let shift = sample::shift(&[2]);
    let to = |headcount| Change::Headcount { position: shift.positions[0].id, headcount };
    for headcount in [0, 501, 1_000_000, u32::MAX] {
        assert_eq!(refused(&shift, &to(headcount)), (Code::OutOfRange, at("change.headcount")));
    }
    let unknown = Change::Headcount { position: PositionId::new(Uuid::from_u128(77)), headcount: 3 };
    assert_eq!(refused(&shift, &unknown), (Code::NotFound, at("change.position")));
    let full = sample::shift(&[500; 10]);
    let more = sample::shift(&[500, 500, 500, 500, 500, 500, 500, 500, 500, 499, 1]);
    let change = Change::Headcount { position: more.positions[10].id, headcount: 2 };
    assert_eq!(refused(&more, &change), (Code::TooMany, at("change.headcount")));
    let less = Change::Headcount { position: full.positions[0].id, headcount: 499 };
    assert_eq!(effects(&full, &less).slots_after, 4999);
}

#[test]
fn c9_what_is_as_it_is_already_is_no_change() {
    let shift = sample::shift(&[2]);
    let same = [
        times("2026-09-12T10:00", "2026-09-12T18:00"),
        // The same instants with their offset.
        times("2026-09-12T10:00+02:00", "2026-09-12T18:00+02:00"),
        Change::Headcount { position: shift.positions[0].id, headcount: 2 },
        Change::Note { note: None },
    ];
    for change in same {
        assert_eq!(refused(&shift, &change), (Code::NothingChanges, at("change")), "{change:?}");
    }
}

#[test]
fn c9_the_clock_ends_what_can_be_asked_for() {
    let shift = sample::shift(&[2]);
    let cancelled = Shift { cancelled_at: Some(sample::at(sample::EVE)), ..shift.clone() };
    let code =
        |shift: &Shift, kind, now| in_time(shift, kind, sample::at(now)).err().map(|refusal| refusal.code);
    let (start, before, end) = ("2026-09-12T08:00:00Z", "2026-09-12T15:59:59Z", "2026-09-12T16:00:00Z");
    for kind in ChangeKind::ALL {
        let running = match kind {
            ChangeKind::Times | ChangeKind::Note => None,
            ChangeKind::Headcount | ChangeKind::Skill | ChangeKind::Cancel => Some(Code::ShiftStarted),
        };
        assert_eq!(code(&shift, kind, "2026-09-12T07:59:59Z"), None, "{kind:?}");
        assert_eq!(code(&shift, kind, start), running, "{kind:?}");
        assert_eq!(code(&shift, kind, before), running, "{kind:?}");
        assert_eq!(code(&shift, kind, end), Some(Code::ShiftFinished), "{kind:?}");
        assert_eq!(code(&cancelled, kind, start), Some(Code::ShiftCancelled), "{kind:?}");
    }
    // A running shift keeps its start and can end earlier, but not in the past.
    let noon = "2026-09-12T10:00:00Z";
    let later = times("2026-09-12T11:00", "2026-09-12T18:00");
    assert_eq!(refused_at(&shift, &later, noon), (Code::ShiftStarted, at("change.start")));
    let past = times("2026-09-12T10:00", "2026-09-12T11:30");
    assert_eq!(refused_at(&shift, &past, noon), (Code::InThePast, at("change.end")));
    let now = sample::at(noon);
    assert!(plan(&shift, &times("2026-09-12T10:00", "2026-09-12T13:00"), None, now, now).is_ok());
}

#[test]
fn c11_a_preview_counts_whom_a_change_affects() {
    use BookingState::{Confirmed, Declined, Invited, NeedsReconfirmation};
    let mut shift = sample::shift(&[5]);
    sample::book(&mut shift, 0, &[Confirmed, Invited, Declined, NeedsReconfirmation, Confirmed]);
    // Of five slots four are held: two confirmed, two asked.
    let to = |headcount| Change::Headcount { position: shift.positions[0].id, headcount };
    let of = |before, after, unfilled, cancelled, asked| Effects {
        slots_before: before,
        slots_after: after,
        unfilled_released: unfilled,
        bookings_cancelled: cancelled,
        asked_again: asked,
    };
    assert_eq!(effects(&shift, &to(4)), of(5, 4, 1, 0, 0));
    assert_eq!(effects(&shift, &to(3)), of(5, 3, 1, 1, 0));
    assert_eq!(effects(&shift, &to(8)), of(5, 8, 0, 0, 0));
    assert_eq!(effects(&shift, &times("2026-09-12T11:00", "2026-09-12T18:00")), of(5, 5, 0, 0, 2));
    assert_eq!(effects(&shift, &Change::Cancel {}), of(5, 0, 1, 4, 0));
    let note = Change::Note { note: Some(Text::parse("Side door").unwrap()) };
    assert_eq!(effects(&shift, &note), of(5, 5, 0, 0, 0));
    let now = sample::at(sample::EVE);
    let cook = Skill {
        id: SkillId::new(Uuid::from_u128(51)),
        name: Text::parse("Cook").unwrap(),
        codes: Vec::new(),
        archived: false,
        host_id: None,
    };
    let skill = Change::Skill { skill: cook.id };
    let planned = plan(&shift, &skill, Some(&cook), now, now).unwrap();
    assert_eq!((planned.effects, planned.shift.positions[0].skill), (of(5, 5, 0, 0, 2), cook.id));
    assert_eq!(refused(&shift, &skill), (Code::SkillNotOrderable, at("change.skill")));
}

#[test]
fn c16_a_fee_is_accepted_as_it_is_or_not_at_all() {
    let euro = |units| Amount::of_units(units, Currency::EUR);
    let of = |fee: &ChangeFee, accepted| accepts_fee(fee, accepted).err().map(|refusal| refusal.code);
    let due = ChangeFee::Known { currency: Currency::EUR, amount: euro(24_000), parts: Vec::new() };
    assert_eq!(of(&due, Some(euro(24_000))), None);
    assert_eq!(of(&due, None), Some(Code::FeeNotAccepted));
    assert_eq!(of(&due, Some(euro(23_999))), Some(Code::FeeChanged));
    assert_eq!(of(&due, Some(euro(24_001))), Some(Code::FeeChanged), "not even a higher one");
    let nothing = ChangeFee::Known { currency: Currency::EUR, amount: euro(0), parts: Vec::new() };
    for free in [ChangeFee::Free {}, ChangeFee::Unpriced {}, nothing] {
        assert_eq!(of(&free, None), None);
        assert_eq!(of(&free, Some(euro(0))), None);
        assert_eq!(of(&free, Some(euro(100))), Some(Code::FeeChanged));
    }
}
