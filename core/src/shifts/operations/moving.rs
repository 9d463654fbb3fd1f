//! Moving a shift in time, editing its note and break, calling it off.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::opening;
use crate::access::{Permission, Scope, authorize};
use crate::changes;
use crate::engine::{Effect, Operation, Run, Tx, Want};
use crate::purchasing::holding;
use crate::purchasing::model::{OnOrder, PurchaseOrder};
use crate::shifts::apply::{self, CallOff};
use crate::shifts::events::{BookingChange, BookingEvent, ShiftChange};
use crate::shifts::model::{CalledOffBy, Shift};
use crate::shifts::rules;
use crate::shifts::views::{self, AgencyShiftView};
use crate::values::{LocalTime, ShiftId, Text};

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
            apply::reschedule(tx, &grant, &mut shift, span)?;
        }
        if shift != before {
            let change = if moved { ShiftChange::Moved } else { ShiftChange::Edited };
            apply::write(tx, &grant, &mut shift, change)?;
            for booking in lapsed {
                tx.emit(&grant, &BookingEvent::of(&shift, &booking, BookingChange::Lapsed))?;
            }
        }
        Ok(views::agency_shift(&grant, shift, tx.now()))
    }
}

/// Calls a shift off before it starts. Its bookings are cancelled and its workers free; until the start that can be
/// undone. A change request that waits for the shift is superseded, and what the shift takes of a purchase order is given
/// back.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CancelShift {
    pub shift: ShiftId,
    /// The revision that was read; another one now is refused.
    #[serde(default)]
    pub revision: Option<u32>,
    #[serde(default)]
    pub reason: Option<Text<500>>,
    /// Whether the client sees the reason.
    #[serde(default)]
    pub reason_visible: bool,
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
        // Asked for here and waited for below, so that it comes with what else is needed.
        let _ = tx.prefetch(shift.on_order.iter().map(|on| Want::record::<PurchaseOrder>(on.purchase_order)));
        changes::overtaken(tx, &grant, &mut shift)?;
        let (reason, reason_visible) = (self.reason.clone(), self.reason_visible);
        apply::call_off(tx, &grant, &mut shift, CallOff { by: CalledOffBy::Agency, reason, reason_visible })?;
        if let Some(OnOrder { purchase_order, usage }) = shift.on_order {
            holding::give_back(tx, &grant, purchase_order, usage.given_back())?;
        }
        Ok(views::agency_shift(&grant, shift, tx.now()))
    }
}
