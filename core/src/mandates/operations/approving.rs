//! Approval inside the client, before the agency knows of the order.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::client::{afterwards, reply};
use super::forward::{let_go, to_agency};
use super::notify::notify;
use super::placing::project_wants;
use super::read::own;
use crate::access::{Grant, Page, PageRequest, Permission, Place, page_of, prefetch_page};
use crate::clients::model::Client;
use crate::codes::Code;
use crate::engine::{Actor, Effect, Operation, Refusal, Run, Tx, Want};
use crate::mandates::events::MandateEvent;
use crate::mandates::model::Mandate;
use crate::mandates::no_revision;
use crate::mandates::rules::{self, MandateAction, MandateState};
use crate::mandates::views::{self, ClientMandateView};
use crate::notifications::model::Notice;
use crate::purchasing::model::ApprovalChain;
use crate::purchasing::rules::approval::{self, ApprovalAction, may_decide};
use crate::values::{ClientId, MandateId, Text, UserId};
use crate::visibility::client_grant;

/// Approves an order of one's own company, as it was seen. The agency sees it from then on. For the person asked, or
/// somebody after them whose limit covers it; never for one's own order.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ApproveMandate {
    pub mandate: MandateId,
    pub revision: u32,
}

impl Operation for ApproveMandate {
    const NAME: &'static str = "mandates.approve";
    const EFFECT: Effect = Effect::Command;
    type Reply = ClientMandateView;

    fn run(&self, tx: &mut Tx) -> Run<ClientMandateView> {
        let (grant, mut mandate, client) = decided(
            tx,
            self.mandate,
            self.revision,
            (MandateAction::Approve, ApprovalAction::Approve),
            None,
        )?;
        let (id, by) = (mandate.id, client.id);
        tx.emit(&grant, &MandateEvent::Approved { mandate: id, client: by, revision: self.revision })?;
        notify(tx, &grant, &mandate, &client, Notice::MandateApproved)?;
        let order = mandate.purchase_order();
        to_agency(tx, &grant, &client, &mut mandate, order)?;
        if mandate.state == MandateState::Accepted {
            notify(tx, &grant, &mandate, &client, Notice::MandateAccepted)?;
        }
        tx.put(&grant, &mandate)?;
        reply(tx, &grant, &mandate)
    }
}

/// Rejects an order of one's own company, as it was seen, with a reason. The agency never hears of it.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RejectMandate {
    pub mandate: MandateId,
    pub revision: u32,
    pub reason: Text<500>,
}

impl Operation for RejectMandate {
    const NAME: &'static str = "mandates.reject";
    const EFFECT: Effect = Effect::Command;
    type Reply = ClientMandateView;

    fn run(&self, tx: &mut Tx) -> Run<ClientMandateView> {
        let actions = (MandateAction::Reject, ApprovalAction::Reject);
        let (grant, mut mandate, client) =
            decided(tx, self.mandate, self.revision, actions, Some(&self.reason))?;
        mandate.decided_at = Some(tx.now());
        let_go(tx, &grant, &mandate)?;
        tx.put(&grant, &mandate)?;
        tx.emit(&grant, &MandateEvent::Rejected { mandate: mandate.id, client: client.id })?;
        notify(tx, &grant, &mandate, &client, Notice::MandateRejected)?;
        reply(tx, &grant, &mandate)
    }
}

/// The mandates that wait for the approval of whoever asks, newest first.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListMandatesToApprove {
    pub client: ClientId,
    #[serde(default)]
    pub page: PageRequest,
}

impl Operation for ListMandatesToApprove {
    const NAME: &'static str = "my_mandates.to_approve";
    const EFFECT: Effect = Effect::Query;
    type Reply = Page<ClientMandateView>;

    fn run(&self, tx: &mut Tx) -> Run<Page<ClientMandateView>> {
        let actor = tx.context().actor;
        let user = actor.user().ok_or_else(|| Refusal::new(Code::WrongSide))?;
        let keys = vec![user.to_string().into(), self.client.to_string().into()];
        let want = Want::range::<Mandate>("by_asked", keys, 0).newest_first();
        prefetch_page::<Mandate>(tx, &self.page, &want, [])?;
        let grant = client_grant(tx, Permission::ApproveOrders, Some(Place::client(self.client)))?;
        let now = tx.now();
        // What is out of reach cannot be approved; it is left out, so a page may be shorter than its limit.
        let view = |mandate: Mandate| {
            let is_theirs = mandate.is_there_for(actor) && grant.reaches(&mandate.place());
            is_theirs.then(|| views::client(&grant, &mandate, now).ok_or_else(no_revision))
        };
        let Page { items, next } = page_of(tx, &self.page, want, view)?;
        Ok(Page { items: items.into_iter().flatten().collect::<Run<_>>()?, next })
    }
}

/// Approvals are nobody's to give in another's place, nor the agency's.
fn approver(tx: &Tx) -> Result<UserId, Refusal> {
    match tx.context().actor {
        Actor::User { id } => Ok(id),
        Actor::Impersonated { .. } | Actor::Preview { .. } => Err(Refusal::new(Code::NotInAnothersPlace)),
        Actor::Operator | Actor::Member { .. } | Actor::Holder { .. } | Actor::Guest => {
            Err(Refusal::new(Code::WrongSide))
        }
    }
}

/// The mandate with the decision of whoever acts, if it is theirs, and its client.
fn decided(
    tx: &mut Tx,
    id: MandateId,
    revision: u32,
    (action, decision): (MandateAction, ApprovalAction),
    reason: Option<&Text<500>>,
) -> Run<(Grant, Mandate, Client)> {
    let user = approver(tx)?;
    tx.prefetch([Want::record::<Mandate>(id)])?;
    let (grant, mut mandate) = own(tx, Permission::ApproveOrders, id)?;
    // A draft that nobody can approve is rejected by the rule alone.
    let state = rules::only_from(MandateState::AwaitingApproval, mandate.state_at(tx.now()), action)?;
    rules::seen(&mandate, revision)?;
    let always = [Want::record::<Client>(mandate.client), Want::record::<ApprovalChain>(mandate.client)];
    tx.prefetch(always.into_iter().chain(afterwards(&mandate)).chain(project_wants(&mandate)))?;
    let chain: Option<ApprovalChain> = tx.find(mandate.client)?;
    let now = tx.now();
    let placed_by = mandate.submitted_by;
    let approval = mandate.approval.as_mut().ok_or_else(|| {
        Refusal::new(Code::StoreDamaged).with("reason", "a mandate waits for an approval that it has not")
    })?;
    approval.state = approval::next(approval.state, decision)?;
    may_decide(chain.as_ref(), approval, placed_by, user)?;
    approval.decided_by = Some(user);
    approval.decided_at = Some(now);
    approval.reason = reason.cloned();
    mandate.state = state;
    let client: Client = tx.get(mandate.client)?;
    Ok((grant, mandate, client))
}
