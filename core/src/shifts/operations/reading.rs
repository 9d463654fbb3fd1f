//! One shift, as the agency and as its client see it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::access::{Grant, Permission, Scope, authorize};
use crate::branding::model::ExposureBook;
use crate::branding::rules as branding;
use crate::changes;
use crate::engine::{Effect, Operation, Run, Tx, Want};
use crate::privacy::{Shown, log};
use crate::shifts::model::Shift;
use crate::shifts::rules::{self, Terms};
use crate::shifts::views::{self, AgencyShiftView, ClientShiftView};
use crate::values::{Instant, ShiftId};
use crate::visibility::client_record;

/// What of optional facts the agency shows; nothing kept shows all of them.
pub(super) fn exposures(tx: &mut Tx) -> Run<Option<ExposureBook>> {
    tx.find(tx.context().agency)
}

/// The client's view of a shift, without the optional facts that are not shown.
pub(super) fn shown(
    grant: &Grant,
    shift: Shift,
    terms: Option<&Terms>,
    book: Option<&ExposureBook>,
    now: Instant,
    seen: &mut Shown,
) -> ClientShiftView {
    let exposure = book.and_then(|book| branding::exposure(book, shift.client, shift.project));
    let mut view = views::client_shift(grant, shift, terms, now, seen);
    branding::narrow(&mut view, exposure);
    view
}

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

/// Reads a shift as its client sees it. Of one that is split, the agency's policy decides what can be asked for.
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
        let book = Want::record::<ExposureBook>(tx.context().agency);
        let log = log::want(tx);
        tx.prefetch([Want::record::<Shift>(self.shift), book].into_iter().chain(log))?;
        let (grant, shift) = client_record(tx, Permission::ViewShifts, self.shift, Shift::place)?;
        let terms = if rules::is_atomic(&shift) { None } else { Some(changes::terms(tx, shift.client)?) };
        let (book, now) = (exposures(tx)?, tx.now());
        let mut seen = Shown::default();
        let view = shown(&grant, shift, terms.as_ref(), book.as_ref(), now, &mut seen);
        log::disclose(tx, &grant, Self::NAME, seen)?;
        Ok(view)
    }
}
