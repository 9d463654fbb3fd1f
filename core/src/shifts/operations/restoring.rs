//! Undoing a cancellation.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{days, opening};
use crate::access::{Permission, Scope, authorize};
use crate::clients::model::Client;
use crate::engine::{Effect, Operation, Run, Tx, Want};
use crate::purchasing::holding;
use crate::purchasing::model::{OnOrder, PurchaseOrder};
use crate::shifts::apply;
use crate::shifts::events::{BookingChange, BookingEvent, ShiftChange};
use crate::shifts::model::{Booking, BookingState, Shift, StaffPreferences, Worker};
use crate::shifts::rules;
use crate::shifts::views::{self, AgencyShiftView};
use crate::values::{ShiftId, WorkerId};

/// Undoes the cancellation of a shift, until its start.
///
/// Whoever was booked when it was called off and is still free comes back with a new booking that needs to be
/// confirmed again; the others stay cancelled. What it took of a purchase order it takes again; if that is stopped for
/// want of what is left, so is the undo.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RestoreShift {
    pub shift: ShiftId,
    /// The revision that was read; another one now is refused.
    pub revision: u32,
}

impl Operation for RestoreShift {
    const NAME: &'static str = "shifts.restore";
    const EFFECT: Effect = Effect::Command;
    type Reply = AgencyShiftView;

    fn run(&self, tx: &mut Tx) -> Run<AgencyShiftView> {
        tx.prefetch([Want::record::<Shift>(self.shift)])?;
        let grant = authorize(tx, Permission::PlanShifts, Scope::Agency)?;
        let mut shift: Shift = tx.get(self.shift)?;
        rules::may_restore(&shift, tx.now())?;
        rules::expected(&shift, Some(self.revision))?;
        let ended = shift.cancellation.take().map(|cancellation| cancellation.bookings).unwrap_or_default();
        shift.cancelled_at = None;
        let span = shift.span();
        let gone: Vec<Booking> = shift.bookings().filter(|one| ended.contains(&one.id)).cloned().collect();
        let workers: Vec<WorkerId> = gone.iter().map(|booking| booking.worker).collect();
        let wants = days::wants(workers.iter().map(|worker| (*worker, span)));
        let of_client = shift.client.map(Want::record::<StaffPreferences>);
        let on_order = shift.on_order.zip(shift.client);
        let order = on_order.into_iter().flat_map(|(on, client)| {
            [Want::record::<PurchaseOrder>(on.purchase_order), Want::record::<Client>(client)]
        });
        let workers_wants = workers.iter().map(Want::record::<Worker>);
        tx.prefetch(workers_wants.chain(wants).chain(of_client).chain(order))?;
        if let Some((OnOrder { purchase_order, usage }, client)) = on_order {
            let client: Client = tx.get(client)?;
            holding::take_again(tx, &grant, &client, purchase_order, usage)?;
        }
        let preferences = opening::preferences(tx, &shift)?;
        let mut days = days::load(tx, workers.iter().map(|worker| (*worker, span)))?;
        for old in gone {
            let Some(worker) = tx.find::<Worker>(old.worker)? else { continue };
            let new = Booking {
                id: tx.new_id(),
                name: worker.name.clone(),
                phone: worker.phone.clone(),
                picture: worker.picture.clone(),
                state: BookingState::NeedsReconfirmation,
                changed_at: tx.now(),
                cancelled_by: None,
                ..old.clone()
            };
            let (position, _) = rules::booking_in(&shift, old.id)?;
            let is_back = rules::may_book(&shift, position, &worker, new.state)
                .and_then(|()| rules::is_welcome(preferences.as_ref(), worker.id))
                .and_then(|()| days.take(worker.id, &days::entry(&shift, &new)));
            if is_back.is_err() {
                continue;
            }
            // Who books a worker writes the worker's row too, so that a new name in the same moment finds it.
            tx.put(&grant, &worker)?;
            rules::booking_mut(&mut shift, old.id)?.replaced_by = Some(new.id);
            rules::position_mut(&mut shift, position)?.bookings.push(new.clone());
            tx.emit(&grant, &BookingEvent::of(&shift, &new, BookingChange::AskedAgain))?;
        }
        days::write(tx, &grant, &days)?;
        apply::write(tx, &grant, &mut shift, ShiftChange::Restored)?;
        Ok(views::agency_shift(&grant, shift, tx.now()))
    }
}
