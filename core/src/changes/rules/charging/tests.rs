//! What of a change is charged, by hand.

use super::{charged, deadlines};
use crate::changes::model::{Change, ChangeFee};
use crate::pricing::fees::{CancelledPart, Deadline, FeeEvent, FeePreview, PerSlot};
use crate::shifts::model::Shift;
use crate::shifts::rules::sample;
use crate::values::{Amount, Currency, LocalTime, Whole};

/// Ten to six, to these times of the same day.
fn moved(start: &str, end: &str, break_minutes: u32) -> Vec<(FeeEvent, Vec<CancelledPart>)> {
    let before = sample::shift(&[3]);
    let [local_start, local_end] =
        [start, end].map(|time| LocalTime::parse(&format!("2026-09-12T{time}")).unwrap());
    let span = before.zone.resolve_span(local_start, local_end).unwrap();
    let (starts_at, ends_at) = (span.start, span.end);
    let after = Shift { starts_at, ends_at, local_start, local_end, break_minutes, ..before.clone() };
    let change = Change::Times { start: local_start, end: local_end, break_minutes: None };
    charged(&before, &after, &change).unwrap().into_iter().map(|one| (one.on, one.parts)).collect()
}

fn shorter(minutes: u32) -> (FeeEvent, Vec<CancelledPart>) {
    let part = CancelledPart::Shorten { by_minutes: Whole::new(minutes).unwrap() };
    (FeeEvent::Cancellation, vec![part])
}

fn altered() -> (FeeEvent, Vec<CancelledPart>) {
    (FeeEvent::Change, vec![CancelledPart::Whole {}])
}

#[test]
fn c11_shortening_a_shift_cancels_the_removed_hours() {
    assert_eq!(moved("10:00", "16:00", 0), [shorter(120)]);
    assert_eq!(moved("11:00", "16:00", 0), [shorter(180)]);
    assert_eq!(moved("10:00", "18:00", 30), [shorter(30)], "a longer break is unpaid time");
    assert_eq!(moved("10:00", "16:00", 30), [shorter(150)]);
}

#[test]
fn c16_a_shift_that_leaves_its_times_is_altered_and_what_it_loses_is_cancelled() {
    assert_eq!(moved("12:00", "20:00", 0), [altered()]);
    assert_eq!(moved("09:00", "18:00", 0), [altered()], "longer");
    assert_eq!(moved("14:00", "20:00", 0), [altered(), shorter(120)]);
}

#[test]
fn c11_fewer_heads_cancel_slots_of_their_position_alone() {
    let shift = sample::shift(&[5, 2]);
    let of = |headcount| {
        let change = Change::Headcount { position: shift.positions[0].id, headcount };
        charged(&shift, &shift, &change).unwrap()
    };
    let [one] = of(3).try_into().unwrap();
    let to = |heads| CancelledPart::Headcount { to: Whole::new(heads).unwrap() };
    assert_eq!((one.on, one.parts), (FeeEvent::Cancellation, vec![to(3), to(2)]));
    assert_eq!(of(7), [], "more heads are a new order");
}

#[test]
fn c16_another_skill_alters_a_note_costs_nothing_and_a_cancellation_is_of_everything() {
    let shift = sample::shift(&[5]);
    let of = |change: &Change| charged(&shift, &shift, change).unwrap();
    assert_eq!(of(&Change::Note { note: None }), []);
    assert_eq!(of(&Change::Skill { skill: shift.positions[0].skill })[0].on, FeeEvent::Change);
    let cancel = of(&Change::Cancel {});
    assert_eq!(
        (cancel[0].on, cancel[0].parts.as_slice()),
        (FeeEvent::Cancellation, &[CancelledPart::Whole {}][..])
    );
}

fn amount(cents: i64) -> Amount {
    Amount::of_units(cents, Currency::EUR)
}

fn part(on: FeeEvent, fee: i64, later: &[(&str, bool, i64)]) -> FeePreview {
    let deadlines = later.iter().map(|(at, included, fee_after)| Deadline {
        at: sample::at(at),
        included: *included,
        fee_after: amount(*fee_after),
    });
    FeePreview {
        on,
        currency: Currency::EUR,
        fee: amount(fee),
        lines: Vec::new(),
        notice_minutes: 0,
        waived: None,
        per: PerSlot::Requested,
        released: Vec::new(),
        withdraw_until: None,
        deadlines: deadlines.collect(),
    }
}

#[test]
fn c16_the_deadlines_of_all_parts_stand_in_one_row_with_the_whole_fee() {
    let (one, two) = ("2026-09-10T08:00:00Z", "2026-09-11T08:00:00Z");
    let parts = vec![
        part(FeeEvent::Change, 100, &[(one, true, 200), (two, true, 300)]),
        part(FeeEvent::Cancellation, 1000, &[(two, true, 5000)]),
    ];
    let fee = ChangeFee::Known { currency: Currency::EUR, amount: amount(1100), parts };
    let found: Vec<_> = deadlines(&fee).unwrap().iter().map(|one| (one.at, one.fee_after)).collect();
    assert_eq!(found, [(sample::at(one), amount(1200)), (sample::at(two), amount(5300))]);
    assert_eq!(deadlines(&ChangeFee::Free {}).unwrap(), []);
}
