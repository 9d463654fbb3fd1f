//! The way of an order from whoever places it to the agency: purchase order, approval inside the client, review.

use super::notify::notify;
use crate::access::Grant;
use crate::clients::model::Client;
use crate::codes::Code;
use crate::engine::{Refusal, Run, Tx};
use crate::mandates::accept;
use crate::mandates::events::MandateEvent;
use crate::mandates::model::{Mandate, MandateState};
use crate::mandates::rules::auto_accept::{cost, to_review};
use crate::mandates::rules::{MandateAction, next};
use crate::notifications::model::Notice;
use crate::purchasing::holding;
use crate::purchasing::model::{Approval, ApprovalChain, ApprovalState, Holder, Holding};
use crate::purchasing::rules::approval::{self, ApprovalAction, NoApproval, Route};
use crate::values::{PurchaseOrderId, UserId};

/// Who has to approve this mandate now, if it were placed by whoever acts.
pub(super) fn route(tx: &Tx, chain: Option<&ApprovalChain>, mandate: &Mandate, user: UserId) -> Route {
    let cost = cost(&mandate.estimate);
    if approval::approved_covers(mandate.approval.as_ref(), cost) {
        return Route::NotNeeded(NoApproval::ApprovedAlready);
    }
    approval::route(chain, cost, &[mandate.submitted_by, user], approval::acting(tx.context().actor))
}

/// Puts a mandate that was placed or edited by the client forward: to the agency, or to who approves it first.
///
/// `before` is the purchase order that it held a part of until now.
pub(super) fn put_forward(
    tx: &mut Tx,
    grant: &Grant,
    client: &Client,
    mandate: &mut Mandate,
    user: UserId,
    before: Option<PurchaseOrderId>,
) -> Run<()> {
    in_time(tx, mandate)?;
    let chain: Option<ApprovalChain> = tx.find(client.id)?;
    let is_new = mandate.state == MandateState::Draft;
    match route(tx, chain.as_ref(), mandate, user) {
        Route::NotNeeded(_) => {
            drop_approval(mandate)?;
            if mandate.state != MandateState::Submitted {
                mandate.state = next(mandate.state, MandateAction::Submit)?;
            }
            to_agency(tx, grant, client, mandate, before)
        }
        Route::Ask(asked) => ask(tx, grant, client, mandate, (user, asked), before),
        Route::Nobody => {
            let reason = chain.map(|chain| chain.reason);
            if !is_new {
                let refusal = Refusal::new(Code::NobodyCanApprove);
                return Err(refusal
                    .with("reason", reason.map_or(String::new(), |text| text.to_string()))
                    .into());
            }
            mandate.state = next(mandate.state, MandateAction::Reject)?;
            mandate.decided_at = Some(tx.now());
            mandate.approval = Some(Approval {
                state: ApprovalState::Rejected,
                asked: None,
                by: user,
                cost: cost(&mandate.estimate),
                asked_at: tx.now(),
                decided_by: None,
                decided_at: Some(tx.now()),
                reason,
            });
            tx.emit(grant, &MandateEvent::Rejected { mandate: mandate.id, client: client.id })?;
            notify(tx, grant, mandate, client, Notice::MandateRejected)
        }
    }
}

/// There is nothing to approve any more.
pub(super) fn drop_approval(mandate: &mut Mandate) -> Result<(), Refusal> {
    if let Some(approval) = mandate.approval.as_mut().filter(|one| one.state == ApprovalState::Asked) {
        approval.state = approval::next(approval.state, ApprovalAction::Drop)?;
    }
    Ok(())
}

/// The client's cut-off must not have passed already.
pub(super) fn in_time(tx: &Tx, mandate: &Mandate) -> Result<(), Refusal> {
    match mandate.expires_at() {
        Some(until) if until <= tx.now() => Err(Refusal::new(Code::CutoffPassed).with("until", until)),
        _ => Ok(()),
    }
}

fn ask(
    tx: &mut Tx,
    grant: &Grant,
    client: &Client,
    mandate: &mut Mandate,
    (user, asked): (UserId, UserId),
    before: Option<PurchaseOrderId>,
) -> Run<()> {
    if !mandate.in_house {
        notify(tx, grant, mandate, client, Notice::MandateTakenBack)?;
    }
    mandate.state = next(mandate.state, MandateAction::AskApproval)?;
    mandate.in_house = true;
    if let Some(approval) = &mandate.approval {
        approval::next(approval.state, ApprovalAction::AskAgain)?;
    }
    mandate.approval = Some(Approval {
        state: ApprovalState::Asked,
        asked: Some(asked),
        by: user,
        cost: cost(&mandate.estimate),
        asked_at: tx.now(),
        decided_by: None,
        decided_at: None,
        reason: None,
    });
    hold(tx, grant, client, mandate, before)?;
    tx.emit(
        grant,
        &MandateEvent::ApprovalAsked {
            mandate: mandate.id,
            client: client.id,
            revision: mandate.revision(),
            user,
            asked,
        },
    )?;
    notify(tx, grant, mandate, client, |about| Notice::MandateAwaitsApproval { about, asked })
}

/// The mandate, submitted now, is the agency's to know; with auto-accept it may be accepted at once.
pub(super) fn to_agency(
    tx: &mut Tx,
    grant: &Grant,
    client: &Client,
    mandate: &mut Mandate,
    before: Option<PurchaseOrderId>,
) -> Run<()> {
    let is_news = mandate.in_house;
    mandate.in_house = false;
    hold(tx, grant, client, mandate, before)?;
    let (id, revision) = (mandate.id, mandate.revision());
    if !is_news {
        tx.emit(grant, &MandateEvent::Edited { mandate: id, client: client.id, revision })?;
        return notify(tx, grant, mandate, client, Notice::MandateEdited);
    }
    let terms = mandate.terms.as_ref().map(|terms| terms.terms.clone());
    let user = mandate.submitted_by;
    tx.emit(grant, &MandateEvent::Submitted { mandate: id, client: client.id, revision, terms, user })?;
    notify(tx, grant, mandate, client, Notice::MandateSubmitted)?;
    make_known(tx, grant, mandate)?;
    let slots = mandate.request().map_or(0, crate::mandates::model::Request::slots);
    if to_review(client, &mandate.estimate, slots).is_none() {
        accept::accept(tx, grant, mandate, client)?;
    }
    Ok(())
}

/// Lets the mandate hold what it costs of its purchase order, and nothing of the one that it was on before.
pub(super) fn hold(
    tx: &mut Tx,
    grant: &Grant,
    client: &Client,
    mandate: &Mandate,
    before: Option<PurchaseOrderId>,
) -> Run<()> {
    let after = mandate.purchase_order();
    if let Some(before) = before.filter(|before| Some(*before) != after) {
        holding::release(tx, grant, before, Holder::Mandate(mandate.id))?;
    }
    let Some(after) = after else { return Ok(()) };
    holding::hold(tx, grant, client, after, holding_of(mandate))
}

/// What a mandate holds of its purchase order while it is open.
pub(super) fn holding_of(mandate: &Mandate) -> Holding {
    Holding {
        by: Holder::Mandate(mandate.id),
        amount: cost(&mandate.estimate).map(|cost| cost.amount),
        minutes: mandate.request().map_or(0, crate::mandates::model::Request::minutes),
        expires_at: mandate.expires_at(),
        in_house: mandate.in_house,
    }
}

/// Gives back what it holds: nobody will answer it any more.
pub(super) fn let_go(tx: &mut Tx, grant: &Grant, mandate: &Mandate) -> Run<()> {
    match mandate.purchase_order() {
        Some(order) => holding::release(tx, grant, order, Holder::Mandate(mandate.id)),
        None => Ok(()),
    }
}

/// The agency may know now that this mandate takes another one up again.
fn make_known(tx: &mut Tx, grant: &Grant, mandate: &Mandate) -> Run<()> {
    let Some(previous) = mandate.previous else { return Ok(()) };
    let mut previous: Mandate = tx.get(previous.mandate)?;
    if let Some(twin) = previous.resubmitted_as.as_mut() {
        twin.in_house = false;
        tx.put(grant, &previous)?;
    }
    Ok(())
}
