//! Taking a change request back.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::access::Permission;
use crate::changes::apply::end;
use crate::changes::model::ChangeRequest;
use crate::changes::rules::{self, ChangeAction};
use crate::changes::views::{self, ClientChangeView};
use crate::clients::model::Client;
use crate::codes::Code;
use crate::engine::{Effect, Operation, Refusal, Run, Tx, Want};
use crate::shifts::model::Shift;
use crate::values::ChangeRequestId;
use crate::visibility::client_record;

/// Takes a change request back that the agency has not decided yet.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WithdrawChange {
    pub request: ChangeRequestId,
}

impl Operation for WithdrawChange {
    const NAME: &'static str = "change_requests.withdraw";
    const EFFECT: Effect = Effect::Command;
    type Reply = ClientChangeView;

    fn run(&self, tx: &mut Tx) -> Run<ClientChangeView> {
        tx.prefetch([Want::record::<ChangeRequest>(self.request)])?;
        let (grant, mut request) =
            client_record(tx, Permission::RequestChanges, self.request, ChangeRequest::place)?;
        tx.context().actor.user().ok_or_else(|| Refusal::new(Code::WrongSide))?;
        rules::next(request.state, ChangeAction::Withdraw)?;
        let wants = [Want::record::<Shift>(request.shift), Want::record::<Client>(request.client)];
        tx.prefetch(wants.into_iter().chain(request.order_want()))?;
        let mut shift: Shift = tx.get(request.shift)?;
        let client: Client = tx.get(request.client)?;
        shift.open_change = None;
        tx.put(&grant, &shift)?;
        end(tx, &grant, &mut request, &client, ChangeAction::Withdraw)?;
        Ok(views::client(&grant, request)?)
    }
}
