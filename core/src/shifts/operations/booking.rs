//! Giving a worker a place in a position, first or in place of somebody else.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::days;
use crate::access::{Permission, Scope, authorize};
use crate::engine::{Effect, Operation, Run, Tx, Want};
use crate::shifts::events::{BookingChange, BookingEvent};
use crate::shifts::model::{Booking, BookingState, Shift, Worker};
use crate::shifts::rules::{self, Action, Days};
use crate::shifts::views::{self, BookingView, ReplacementView, pay_schema};
use crate::values::{BookingId, Pay, PositionId, ShiftId, WorkerId, pay_for_agency};

/// How a booking begins.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum BookedAs {
    /// The worker is asked.
    #[default]
    Invited,
    /// The worker has said yes already.
    Confirmed,
}

impl BookedAs {
    const fn state(self) -> BookingState {
        match self {
            Self::Invited => BookingState::Invited,
            Self::Confirmed => BookingState::Confirmed,
        }
    }

    const fn change(self) -> BookingChange {
        match self {
            Self::Invited => BookingChange::Invited,
            Self::Confirmed => BookingChange::Confirmed,
        }
    }
}

/// Books a worker into a position of a shift. Nobody is booked twice for the same time.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Book {
    pub shift: ShiftId,
    pub position: PositionId,
    pub worker: WorkerId,
    /// What the worker earns an hour. Clients never see it.
    #[serde(with = "pay_for_agency", default)]
    #[schemars(schema_with = "pay_schema")]
    pub pay: Option<Pay>,
    #[serde(default)]
    pub state: BookedAs,
}

impl Operation for Book {
    const NAME: &'static str = "bookings.book";
    const EFFECT: Effect = Effect::Command;
    type Reply = BookingView;

    fn run(&self, tx: &mut Tx) -> Run<BookingView> {
        tx.prefetch([Want::record::<Shift>(self.shift), Want::record::<Worker>(self.worker)])?;
        let grant = authorize(tx, Permission::PlanShifts, Scope::Agency)?;
        let mut shift: Shift = tx.get(self.shift)?;
        let worker: Worker = tx.get(self.worker)?;
        let mut days = days::load(tx, [(worker.id, shift.span())])?;
        let booking = draft(tx, &worker, self.state, self.pay);
        place(&mut shift, self.position, &worker, &booking, &mut days)?;
        tx.put(&grant, &shift)?;
        tx.put(&grant, &worker)?;
        days::write(tx, &grant, &days)?;
        tx.emit(&grant, &BookingEvent::of(&shift, &booking, self.state.change()))?;
        Ok(views::booking(&grant, booking))
    }
}

fn draft(tx: &mut Tx, worker: &Worker, begins: BookedAs, pay: Option<Pay>) -> Booking {
    Booking {
        changed_at: tx.now(),
        id: tx.new_id(),
        worker: worker.id,
        name: worker.name.clone(),
        phone: worker.phone.clone(),
        picture: worker.picture.clone(),
        state: begins.state(),
        pay,
        replaced_by: None,
    }
}

/// Puts the booking into the position, if the rules and the worker's days allow it.
fn place(
    shift: &mut Shift,
    position: PositionId,
    worker: &Worker,
    booking: &Booking,
    days: &mut Days,
) -> Run<()> {
    rules::may_book(shift, position, worker)?;
    days.take(worker.id, &days::entry(shift, booking))?;
    rules::position_mut(shift, position)?.bookings.push(booking.clone());
    Ok(())
}

/// Gives the place of a booking to another worker. The old booking stays, as replaced by the new one.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReplaceBooking {
    pub shift: ShiftId,
    pub booking: BookingId,
    /// Who comes instead.
    pub worker: WorkerId,
    /// What the new worker earns an hour. Clients never see it.
    #[serde(with = "pay_for_agency", default)]
    #[schemars(schema_with = "pay_schema")]
    pub pay: Option<Pay>,
    #[serde(default)]
    pub state: BookedAs,
}

impl Operation for ReplaceBooking {
    const NAME: &'static str = "bookings.replace";
    const EFFECT: Effect = Effect::Command;
    type Reply = ReplacementView;

    fn run(&self, tx: &mut Tx) -> Run<ReplacementView> {
        tx.prefetch([Want::record::<Shift>(self.shift), Want::record::<Worker>(self.worker)])?;
        let grant = authorize(tx, Permission::PlanShifts, Scope::Agency)?;
        let mut shift: Shift = tx.get(self.shift)?;
        let worker: Worker = tx.get(self.worker)?;
        let span = shift.span();
        let (position, leaving) = rules::booking_in(&shift, self.booking)?;
        let mut days = days::load(tx, [(worker.id, span), (leaving, span)])?;
        let new = draft(tx, &worker, self.state, self.pay);
        let mut old = rules::apply(&mut shift, self.booking, Action::Replace, tx.now())?;
        old.replaced_by = Some(new.id);
        *rules::booking_mut(&mut shift, self.booking)? = old.clone();
        days.release(leaving, self.booking, span);
        place(&mut shift, position, &worker, &new, &mut days)?;
        tx.put(&grant, &shift)?;
        tx.put(&grant, &worker)?;
        days::write(tx, &grant, &days)?;
        tx.emit(&grant, &BookingEvent::of(&shift, &old, BookingChange::Replaced))?;
        tx.emit(&grant, &BookingEvent::of(&shift, &new, self.state.change()))?;
        Ok(ReplacementView { replaced: views::booking(&grant, old), booking: views::booking(&grant, new) })
    }
}
