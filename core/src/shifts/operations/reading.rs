//! One shift, as the agency and as its client see it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::access::{Permission, Scope, authorize};
use crate::engine::{Effect, Operation, Refusal, Run, Tx, Want};
use crate::shifts::model::Shift;
use crate::shifts::views::{self, AgencyShiftView, ClientShiftView};
use crate::values::ShiftId;
use crate::visibility::client_grant;

/// Reads a shift with its bookings, phones and pay. For the agency.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GetShift {
    pub shift: ShiftId,
}

impl Operation for GetShift {
    const NAME: &'static str = "shifts.get";
    const EFFECT: Effect = Effect::Query;
    type Reply = AgencyShiftView;

    fn run(&self, tx: &mut Tx) -> Run<AgencyShiftView> {
        tx.prefetch([Want::record::<Shift>(self.shift)])?;
        let grant = authorize(tx, Permission::ViewAgency, Scope::Agency)?;
        let shift = tx.get(self.shift)?;
        Ok(views::agency_shift(&grant, shift, tx.now()))
    }
}

/// Reads a shift as its client sees it.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GetMyShift {
    pub shift: ShiftId,
}

impl Operation for GetMyShift {
    const NAME: &'static str = "my_shifts.get";
    const EFFECT: Effect = Effect::Query;
    type Reply = ClientShiftView;

    fn run(&self, tx: &mut Tx) -> Run<ClientShiftView> {
        tx.prefetch([Want::record::<Shift>(self.shift)])?;
        let shift: Option<Shift> = tx.find(self.shift)?;
        let grant = client_grant(tx, Permission::ViewShifts, shift.as_ref().and_then(Shift::place))?;
        let shift = shift.ok_or_else(Refusal::not_found)?;
        Ok(views::client_shift(&grant, shift, tx.now()))
    }
}
