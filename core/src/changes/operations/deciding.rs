//! The agency's answer: approve, decline, not charge the fee.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::access::{Grant, Permission, Scope, authorize};
use crate::agency::model::{Agency, Skill};
use crate::changes::apply::{self, end};
use crate::changes::model::{Change, ChangeRequest, FeeWaiver};
use crate::changes::rules::{self, ChangeAction};
use crate::changes::views::{self, AgencyChangeView};
use crate::clients::model::Client;
use crate::codes::Code;
use crate::engine::{Effect, Operation, Refusal, Run, Tx, Want};
use crate::shifts::model::Shift;
use crate::shifts::opening;
use crate::shifts::rules::Terms;
use crate::values::{Amount, ChangeRequestId, Text};

/// Approves a change request: the shift is as it was wanted after the same commit, with its bookings.
///
/// Fewer heads give up unfilled slots first, then cancel whoever was booked last. Other times, or another skill, ask
/// confirmed workers again. A worker who is busy elsewhere at the new times stands in the way. The fee stays the one
/// that the client accepted, unless it is waived.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ApproveChange {
    pub request: ChangeRequestId,
    /// Why the fee is not charged; left out to charge it.
    #[serde(default)]
    pub waive_fee: Option<FeeWaiver>,
}

impl Operation for ApproveChange {
    const NAME: &'static str = "change_requests.approve";
    const EFFECT: Effect = Effect::Command;
    type Reply = AgencyChangeView;

    fn run(&self, tx: &mut Tx) -> Run<AgencyChangeView> {
        let (grant, mut request) = waiting(tx, self.request, ChangeAction::Approve)?;
        let skill = match request.change {
            Change::Skill { skill } => Some(Want::record::<Skill>(skill)),
            _ => None,
        };
        let agency = tx.context().agency;
        let wants = [
            Want::record::<Shift>(request.shift),
            Want::record::<Client>(request.client),
            Want::record::<Agency>(agency),
        ];
        tx.prefetch(wants.into_iter().chain(skill).chain(request.order_want()))?;
        let mut shift = opening::opened(tx, &grant, request.shift)?;
        let client: Client = tx.get(request.client)?;
        let terms = Terms::of(&tx.get::<Agency>(agency)?, Some(&client));
        rules::pinned(&request, &shift)?;
        if let Some(waiver) = self.waive_fee {
            waive(&mut request, waiver)?;
        }
        apply::approve(tx, &grant, &request, &mut shift, &terms)?;
        end(tx, &grant, &mut request, &client, ChangeAction::Approve)?;
        Ok(views::agency(&grant, request)?)
    }
}

/// Declines a change request, with a reason that the client sees. The shift stays as it is.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DeclineChange {
    pub request: ChangeRequestId,
    pub reason: Text<500>,
}

impl Operation for DeclineChange {
    const NAME: &'static str = "change_requests.decline";
    const EFFECT: Effect = Effect::Command;
    type Reply = AgencyChangeView;

    fn run(&self, tx: &mut Tx) -> Run<AgencyChangeView> {
        let (grant, mut request) = waiting(tx, self.request, ChangeAction::Decline)?;
        let wants = [Want::record::<Shift>(request.shift), Want::record::<Client>(request.client)];
        tx.prefetch(wants.into_iter().chain(request.order_want()))?;
        let mut shift = opening::opened(tx, &grant, request.shift)?;
        let client: Client = tx.get(request.client)?;
        shift.open_change = None;
        tx.put(&grant, &shift)?;
        request.decline_reason = Some(self.reason.clone());
        end(tx, &grant, &mut request, &client, ChangeAction::Decline)?;
        Ok(views::agency(&grant, request)?)
    }
}

/// Does not charge the fee of an approved change, for a reason that the client sees.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "WaiveChangeFee")]
pub struct WaiveFee {
    pub request: ChangeRequestId,
    pub reason: FeeWaiver,
}

impl Operation for WaiveFee {
    const NAME: &'static str = "change_requests.waive_fee";
    const EFFECT: Effect = Effect::Command;
    type Reply = AgencyChangeView;

    fn run(&self, tx: &mut Tx) -> Run<AgencyChangeView> {
        let (grant, mut request) = waiting(tx, self.request, ChangeAction::WaiveFee)?;
        tx.prefetch(std::iter::once(Want::record::<Client>(request.client)).chain(request.order_want()))?;
        let client: Client = tx.get(request.client)?;
        waive(&mut request, self.reason)?;
        let (decided_at, decided_by) = (request.decided_at, request.decided_by);
        end(tx, &grant, &mut request, &client, ChangeAction::WaiveFee)?;
        // Who approved it, and when, stays.
        (request.decided_at, request.decided_by) = (decided_at, decided_by);
        tx.put(&grant, &request)?;
        Ok(views::agency(&grant, request)?)
    }
}

/// The request, if this may be done to it now.
fn waiting(tx: &mut Tx, id: ChangeRequestId, action: ChangeAction) -> Run<(Grant, ChangeRequest)> {
    tx.prefetch([Want::record::<ChangeRequest>(id)])?;
    let grant = authorize(tx, Permission::ReviewMandates, Scope::Agency)?;
    let request: ChangeRequest = tx.get(id)?;
    rules::next(request.state, action)?;
    Ok((grant, request))
}

fn waive(request: &mut ChangeRequest, waiver: FeeWaiver) -> Result<(), Refusal> {
    if request.fee.amount() == Amount::ZERO || request.waived.is_some() {
        return Err(Refusal::new(Code::NoFeeToWaive));
    }
    request.waived = Some(waiver);
    Ok(())
}
