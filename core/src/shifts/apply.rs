//! What is done to a shift, by whichever operation: its bookings, workers' days and events follow in the same commit.

use super::days;
use super::events::{BookingChange, BookingEvent, ShiftChange, ShiftEvent};
use super::model::{Booking, BookingState, CalledOffBy, Cancellation, CancelledBy, OnSite, Shift};
use super::opening;
use super::rules::{self, Action};
use crate::access::Grant;
use crate::engine::{Run, Tx, Want};
use crate::values::{BookingId, PositionId, Span, Text};

/// Everybody whom the shift holds.
pub fn held(shift: &Shift) -> Vec<Booking> {
    shift.bookings().filter(|booking| booking.state.is_active()).cloned().collect()
}

/// Takes every held worker from the old time to the new one, and asks those again who had said yes.
///
/// Who is booked elsewhere at the new time stands in the way: that is refused, and the agency decides what gives.
pub fn reschedule(tx: &mut Tx, grant: &Grant, shift: &mut Shift, to: Span) -> Run<()> {
    let from = shift.span();
    let held = held(shift);
    let spans = held.iter().flat_map(|booking| [(booking.worker, from), (booking.worker, to)]);
    let mut days = days::load_with(tx, spans, presences(shift))?;
    for booking in &held {
        days.release(booking.worker, booking.id, from);
    }
    (shift.starts_at, shift.ends_at) = (to.start, to.end);
    for booking in &held {
        days.take(booking.worker, &days::entry(shift, booking))?;
    }
    days::write(tx, grant, &days)?;
    ask_again(tx, grant, shift, held.iter())
}

/// Asks those of these again who had said yes.
pub fn ask_again<'b>(
    tx: &mut Tx,
    grant: &Grant,
    shift: &mut Shift,
    bookings: impl Iterator<Item = &'b Booking>,
) -> Run<()> {
    for booking in bookings.filter(|booking| booking.state == BookingState::Confirmed) {
        let asked = rules::apply(shift, booking.id, Action::AskAgain, tx.now())?;
        tx.emit(grant, &BookingEvent::of(shift, &asked, BookingChange::AskedAgain))?;
    }
    Ok(())
}

/// Ends these bookings and frees their workers.
pub fn cancel_bookings(
    tx: &mut Tx,
    grant: &Grant,
    shift: &mut Shift,
    ids: &[BookingId],
    by: CancelledBy,
) -> Run<()> {
    let span = shift.span();
    let ending: Vec<Booking> = shift.bookings().filter(|one| ids.contains(&one.id)).cloned().collect();
    let spans = ending.iter().map(|booking| (booking.worker, span));
    let mut days = days::load_with(tx, spans, presences(shift))?;
    for booking in ending {
        days.release(booking.worker, booking.id, span);
        let cancelled = rules::cancel(shift, booking.id, by, tx.now())?;
        tx.emit(grant, &BookingEvent::of(shift, &cancelled, BookingChange::Cancelled))?;
    }
    days::write(tx, grant, &days)
}

/// Sets the headcount of a position. What has no place any more is cancelled: unfilled slots first, then whoever was
/// booked last. The client wants it so.
pub fn set_headcount(
    tx: &mut Tx,
    grant: &Grant,
    shift: &mut Shift,
    position: PositionId,
    headcount: u32,
    ordered_at: Option<crate::values::Instant>,
) -> Run<()> {
    let position = rules::position_mut(shift, position)?;
    let surplus = rules::set_headcount(position, headcount, ordered_at);
    cancel_bookings(tx, grant, shift, &surplus, CancelledBy::Client)
}

/// Why and by whom a shift is called off.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CallOff {
    pub by: CalledOffBy,
    pub reason: Option<Text<500>>,
    pub reason_visible: bool,
}

/// Calls a shift off; its revision rises. What ended with it is remembered, for an undo.
pub fn call_off(tx: &mut Tx, grant: &Grant, shift: &mut Shift, why: CallOff) -> Run<()> {
    let bookings: Vec<BookingId> = held(shift).iter().map(|booking| booking.id).collect();
    let CallOff { by, reason, reason_visible } = why;
    let cancelled_by = match by {
        CalledOffBy::Agency => CancelledBy::Agency,
        CalledOffBy::Client => CancelledBy::Client,
    };
    cancel_bookings(tx, grant, shift, &bookings, cancelled_by)?;
    shift.cancelled_at = Some(tx.now());
    shift.cancellation = Some(Cancellation { by, reason, reason_visible, bookings, merged_into: None });
    write(tx, grant, shift, ShiftChange::Cancelled)
}

/// The rows that [`write`] keeps equal to the shift, to be loaded with the days: they take no round of their own.
fn presences(shift: &Shift) -> Vec<Want> {
    let come = shift.bookings().filter(|booking| booking.state == BookingState::CheckedIn);
    come.map(|booking| Want::record::<OnSite>(booking.id)).collect()
}

/// Writes an edited shift under its next revision, and where those are who have come already.
pub fn write(tx: &mut Tx, grant: &Grant, shift: &mut Shift, change: ShiftChange) -> Run<()> {
    shift.revision += 1;
    tx.put(grant, shift)?;
    for booking in shift.bookings().filter(|booking| booking.state == BookingState::CheckedIn) {
        opening::keep_presence(tx, grant, shift, booking.id)?;
    }
    tx.emit(grant, &ShiftEvent::of(shift, change))
}
