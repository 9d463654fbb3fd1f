//! What it would cost the client to give a shift back, before it is confirmed.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::access::{Permission, Scope};
use crate::agency::model::Agency;
use crate::codes::Code;
use crate::engine::{Effect, Operation, Refusal, Run, Tx, Want};
use crate::mandates::model::Mandate;
use crate::pricing::engine::Book;
use crate::pricing::fees::{self, Cancellation, CancelledPart, FeeEvent, FeePreview};
use crate::pricing::in_force;
use crate::shifts::model::Shift;
use crate::shifts::rules;
use crate::values::{Locale, ShiftId};
use crate::visibility::client_record;

/// Shows what it costs to cancel a shift now, and until when it costs less. Nothing is cancelled.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PreviewCancellation {
    pub shift: ShiftId,
}

/// The fee of a cancellation, with the moments at which it changes.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct CancellationPreview {
    pub shift: ShiftId,
    /// Absent if the agency charges nothing for cancellations.
    pub fee: Option<FeePreview>,
    /// The fee in sentences.
    pub explanation: Vec<String>,
}

impl Operation for PreviewCancellation {
    const NAME: &'static str = "my_shifts.preview_cancellation";
    const EFFECT: Effect = Effect::Query;
    type Reply = CancellationPreview;

    fn run(&self, tx: &mut Tx) -> Run<CancellationPreview> {
        tx.prefetch([Want::record::<Shift>(self.shift)])?;
        let (grant, mut shift) = client_record(tx, Permission::PlaceOrders, self.shift, Shift::place)?;
        shift.lapse(tx.now());
        if shift.cancelled_at.is_some() {
            return Err(Refusal::new(Code::ShiftCancelled).into());
        }
        // Whoever came this far came to the shift's client.
        let Scope::Client(client) = grant.scope() else { return Err(Refusal::not_found().into()) };
        let wants = in_force::wants(client, Some(shift.project));
        let wants = wants.chain([Want::record::<Agency>(tx.context().agency)]);
        tx.prefetch(wants.chain(shift.mandate.map(Want::record::<Mandate>)))?;
        let lists = in_force::lists(tx, client, Some(shift.project))?;
        let agency: Agency = tx.get(tx.context().agency)?;
        let ordered_at = match shift.mandate {
            Some(mandate) => tx.find::<Mandate>(mandate)?.map(|mandate| mandate.submitted_at),
            None => None,
        };
        let Some(policy) = in_force::cancellation(&lists, shift.local_start.date()) else {
            return Ok(CancellationPreview { shift: shift.id, fee: None, explanation: Vec::new() });
        };
        let book = Book::with_zones(agency.currency, &lists, rules::zones(&shift.zone))?;
        let price = rules::price(&shift, &book, agency.currency, ordered_at.unwrap_or(tx.now()))?;
        let price = price.map_err(|_| Refusal::new(Code::FeeUnpriced))?;
        let groups = rules::slot_groups(&shift, &price, |_| Ok(CancelledPart::Whole {}))?;
        let facts = Cancellation {
            on: FeeEvent::Cancellation,
            currency: agency.currency,
            zone: shift.zone.clone(),
            start: shift.starts_at,
            end: shift.ends_at,
            cancelled_at: tx.now(),
            posted_at: ordered_at,
            reason: None,
            groups,
        };
        let preview = fees::preview(policy, &facts)?;
        let explanation = fees::explain(&preview, tx.context().locale.unwrap_or(Locale::En));
        Ok(CancellationPreview { shift: shift.id, fee: Some(preview), explanation })
    }
}
