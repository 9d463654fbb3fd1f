//! What becomes of a booking: the worker's answers as the agency notes them, and the agency's own steps.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::days;
use crate::access::{Permission, Scope, authorize};
use crate::codes::Code;
use crate::engine::{Effect, Operation, Refusal, Run, Tx, Want};
use crate::shifts::events::{BookingChange, BookingEvent};
use crate::shifts::model::Shift;
use crate::shifts::rules::{self, Action};
use crate::shifts::views::{self, BookingView};
use crate::values::{BookingId, ShiftId};

/// One step of a booking's life. If it ends the booking, the worker is free for that time again.
fn step(
    tx: &mut Tx,
    shift: ShiftId,
    booking: BookingId,
    action: Action,
    change: BookingChange,
) -> Run<BookingView> {
    tx.prefetch([Want::record::<Shift>(shift)])?;
    let grant = authorize(tx, Permission::PlanShifts, Scope::Agency)?;
    let mut shift: Shift = tx.get(shift)?;
    let now = tx.now();
    let changed = rules::apply(&mut shift, booking, action, now)?;
    if action == Action::NoShow && now < shift.starts_at {
        return Err(Refusal::new(Code::ShiftNotStarted).into());
    }
    if !changed.state.is_active() {
        let mut days = days::load(tx, [(changed.worker, shift.span())])?;
        days.release(changed.worker, changed.id, shift.span());
        days::write(tx, &grant, &days)?;
    }
    tx.put(&grant, &shift)?;
    tx.emit(&grant, &BookingEvent::of(&shift, &changed, change))?;
    Ok(views::booking(&grant, changed))
}

macro_rules! steps {
    ($($(#[$doc:meta])* $name:ident $text:literal $action:ident $change:ident;)+) => {$(
        $(#[$doc])*
        #[derive(Debug, Serialize, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            pub shift: ShiftId,
            pub booking: BookingId,
        }

        impl Operation for $name {
            const NAME: &'static str = $text;
            const EFFECT: Effect = Effect::Command;
            type Reply = BookingView;

            fn run(&self, tx: &mut Tx) -> Run<BookingView> {
                step(tx, self.shift, self.booking, Action::$action, BookingChange::$change)
            }
        }
    )+};
}

steps! {
    /// Notes that an invited worker has said yes.
    ConfirmBooking "bookings.confirm" Confirm Confirmed;
    /// Notes that a worker has said no, to the invitation or to the changed shift.
    DeclineBooking "bookings.decline" Decline Declined;
    /// Takes a booking back.
    CancelBooking "bookings.cancel" Cancel Cancelled;
    /// Notes that a worker did not come. Only once the shift has started.
    MarkNoShow "bookings.no_show" NoShow NoShow;
    /// Notes that a worker has said yes to the changed shift.
    ReconfirmBooking "bookings.reconfirm" Reconfirm Reconfirmed;
}
