//! What becomes of a booking: the worker's answers as the agency notes them, and the agency's own steps.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::steps::booking_steps;
use super::{days, opening};
use crate::access::{Permission, Scope, authorize};
use crate::codes::Code;
use crate::engine::{Effect, Operation, Refusal, Run, Tx, Want};
use crate::shifts::events::{BookingChange, BookingEvent};
use crate::shifts::model::{Booking, CancelledBy, Shift};
use crate::shifts::rules::{self, Action, Times};
use crate::shifts::views::{self, BookingView};
use crate::values::{BookingId, Instant, ShiftId};

/// One step of a booking's life. If it ends the booking, the worker is free for that time again.
fn step(
    tx: &mut Tx,
    shift: ShiftId,
    booking: BookingId,
    change: BookingChange,
    take: impl Fn(&mut Shift, Instant) -> Result<Booking, Refusal>,
) -> Run<BookingView> {
    tx.prefetch([Want::record::<Shift>(shift)])?;
    let grant = authorize(tx, Permission::PlanShifts, Scope::Agency)?;
    let mut shift = opening::opened(tx, &grant, shift)?;
    let now = tx.now();
    let before = shift.bookings().find(|each| each.id == booking).cloned();
    let changed = take(&mut shift, now)?;
    // An answer in time makes of what was held until then what is held for good.
    let was_until = before.as_ref().is_some_and(|before| days::entry(&shift, before).until.is_some());
    let held = before.is_some_and(|before| before.state.is_active());
    if held && (was_until || !changed.state.is_active()) {
        let mut days = days::load(tx, [(changed.worker, shift.span())])?;
        days.release(changed.worker, changed.id, shift.span());
        if changed.state.is_active() {
            days.take(changed.worker, &days::entry(&shift, &changed))?;
        }
        days::write(tx, &grant, &days)?;
    }
    tx.put(&grant, &shift)?;
    tx.emit(&grant, &BookingEvent::of(&shift, &changed, change))?;
    Ok(views::booking(&grant, Times::of(&shift), changed, now))
}

/// A step that is the action alone.
fn answer(
    tx: &mut Tx,
    shift: ShiftId,
    booking: BookingId,
    change: BookingChange,
    action: Action,
) -> Run<BookingView> {
    step(tx, shift, booking, change, |shift, now| rules::apply(shift, booking, action, now))
}

booking_steps! { answer:
    /// Notes that an invited worker has said yes.
    ConfirmBooking "bookings.confirm" Confirm Confirmed;
    /// Notes that a worker has said no, to the invitation or to the changed shift.
    DeclineBooking "bookings.decline" Decline Declined;
    /// Notes that a worker has said yes to the changed shift.
    ReconfirmBooking "bookings.reconfirm" Reconfirm Reconfirmed;
    /// Notes that a worker who said yes long ago has said shortly before the start that it stays so.
    ConfirmAgain "bookings.confirm_again" ConfirmAgain ConfirmedAgain;
}

/// Takes a booking back, and notes by whom. Who is on site is checked out in place of that.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CancelBooking {
    pub shift: ShiftId,
    pub booking: BookingId,
    #[serde(default)]
    pub by: CancelledBy,
}

impl Operation for CancelBooking {
    const NAME: &'static str = "bookings.cancel";
    const EFFECT: Effect = Effect::Command;
    type Reply = BookingView;

    fn run(&self, tx: &mut Tx) -> Run<BookingView> {
        step(tx, self.shift, self.booking, BookingChange::Cancelled, |shift, now| {
            rules::cancel(shift, self.booking, self.by, now)
        })
    }
}

/// Notes that a worker did not come. Only once the shift has started.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MarkNoShow {
    pub shift: ShiftId,
    pub booking: BookingId,
}

impl Operation for MarkNoShow {
    const NAME: &'static str = "bookings.no_show";
    const EFFECT: Effect = Effect::Command;
    type Reply = BookingView;

    fn run(&self, tx: &mut Tx) -> Run<BookingView> {
        step(tx, self.shift, self.booking, BookingChange::NoShow, |shift, now| {
            let missed = rules::apply(shift, self.booking, Action::NoShow, now)?;
            if now < shift.starts_at { Err(Refusal::new(Code::ShiftNotStarted)) } else { Ok(missed) }
        })
    }
}
