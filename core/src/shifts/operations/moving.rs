//! Moving a shift in time, editing its note and break, calling it off.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{days, opening};
use crate::access::{Grant, Permission, Scope, authorize};
use crate::engine::{Effect, Operation, Run, Tx, Want};
use crate::shifts::events::{BookingChange, BookingEvent, ShiftChange, ShiftEvent};
use crate::shifts::model::{Booking, BookingState, Shift};
use crate::shifts::rules::{self, Action};
use crate::shifts::views::{self, AgencyShiftView};
use crate::values::{LocalTime, ShiftId, Span, Text};

/// Moves a shift to other wall times at its site, or edits its break or note. What is left out stays.
///
/// If the start or the end changes, confirmed workers are asked again; a worker who is booked elsewhere at the new
/// time stands in the way. An edit of break or note alone asks nobody.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MoveShift {
    pub shift: ShiftId,
    #[serde(default)]
    pub start: Option<LocalTime>,
    #[serde(default)]
    pub end: Option<LocalTime>,
    #[serde(default)]
    pub break_minutes: Option<u32>,
    #[serde(default)]
    pub note: Option<Text<2000>>,
    /// The revision that was read; another one now is refused.
    #[serde(default)]
    pub revision: Option<u32>,
}

impl Operation for MoveShift {
    const NAME: &'static str = "shifts.move";
    const EFFECT: Effect = Effect::Command;
    type Reply = AgencyShiftView;

    fn run(&self, tx: &mut Tx) -> Run<AgencyShiftView> {
        tx.prefetch([Want::record::<Shift>(self.shift)])?;
        let grant = authorize(tx, Permission::PlanShifts, Scope::Agency)?;
        let mut shift: Shift = tx.get(self.shift)?;
        let lapsed = shift.lapse(tx.now());
        rules::open(&shift)?;
        rules::expected(&shift, self.revision)?;
        let before = shift.clone();
        shift.break_minutes = self.break_minutes.unwrap_or(shift.break_minutes);
        shift.note = self.note.clone().or(shift.note);
        let start = self.start.unwrap_or(shift.local_start);
        let end = self.end.unwrap_or(shift.local_end);
        let span = rules::span(&shift.zone, start, end, shift.break_minutes)?;
        let moved = span != before.span();
        if moved {
            rules::may_move(&shift, span, tx.now())?;
            (shift.local_start, shift.local_end) = (start, end);
            reschedule(tx, &grant, &mut shift, span)?;
        }
        if shift != before {
            shift.revision += 1;
            tx.put(&grant, &shift)?;
            for booking in lapsed {
                tx.emit(&grant, &BookingEvent::of(&shift, &booking, BookingChange::Lapsed))?;
            }
            let change = if moved { ShiftChange::Moved } else { ShiftChange::Edited };
            tx.emit(&grant, &ShiftEvent::of(&shift, change))?;
        }
        Ok(views::agency_shift(&grant, shift, tx.now()))
    }
}

/// Takes every held worker from the old time to the new one, and asks those again who had said yes.
fn reschedule(tx: &mut Tx, grant: &Grant, shift: &mut Shift, to: Span) -> Run<()> {
    let from = shift.span();
    let held: Vec<Booking> = shift.bookings().filter(|booking| booking.state.is_active()).cloned().collect();
    let spans = held.iter().flat_map(|booking| [(booking.worker, from), (booking.worker, to)]);
    let mut days = days::load(tx, spans)?;
    for booking in &held {
        days.release(booking.worker, booking.id, from);
    }
    (shift.starts_at, shift.ends_at) = (to.start, to.end);
    for booking in held {
        days.take(booking.worker, &days::entry(shift, &booking))?;
        if booking.state == BookingState::Confirmed {
            let asked = rules::apply(shift, booking.id, Action::AskAgain, tx.now())?;
            tx.emit(grant, &BookingEvent::of(shift, &asked, BookingChange::AskedAgain))?;
        }
    }
    days::write(tx, grant, &days)
}

/// Calls a shift off before it starts. Its bookings are cancelled and its workers free; there is no way back.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CancelShift {
    pub shift: ShiftId,
    /// The revision that was read; another one now is refused.
    #[serde(default)]
    pub revision: Option<u32>,
}

impl Operation for CancelShift {
    const NAME: &'static str = "shifts.cancel";
    const EFFECT: Effect = Effect::Command;
    type Reply = AgencyShiftView;

    fn run(&self, tx: &mut Tx) -> Run<AgencyShiftView> {
        tx.prefetch([Want::record::<Shift>(self.shift)])?;
        let grant = authorize(tx, Permission::PlanShifts, Scope::Agency)?;
        let mut shift = opening::opened(tx, &grant, self.shift)?;
        rules::may_cancel(&shift, tx.now())?;
        rules::expected(&shift, self.revision)?;
        let span = shift.span();
        let held: Vec<Booking> =
            shift.bookings().filter(|booking| booking.state.is_active()).cloned().collect();
        let mut days = days::load(tx, held.iter().map(|booking| (booking.worker, span)))?;
        for booking in held {
            days.release(booking.worker, booking.id, span);
            let cancelled = rules::apply(&mut shift, booking.id, Action::Cancel, tx.now())?;
            tx.emit(&grant, &BookingEvent::of(&shift, &cancelled, BookingChange::Cancelled))?;
        }
        days::write(tx, &grant, &days)?;
        shift.cancelled_at = Some(tx.now());
        shift.revision += 1;
        tx.put(&grant, &shift)?;
        tx.emit(&grant, &ShiftEvent::of(&shift, ShiftChange::Cancelled))?;
        Ok(views::agency_shift(&grant, shift, tx.now()))
    }
}
