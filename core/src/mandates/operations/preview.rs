//! What an order, an edit or a withdrawal would do, before it is done. Nothing is stored.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::client::{afterwards, edit_wants, edited};
use super::forward::{holding_of, in_time, route};
use super::placing::{current_terms, ordering_user, placed, terms_want, wants};
use super::read::own;
use crate::access::{Grant, Permission};
use crate::clients::model::Client;
use crate::engine::{Effect, Operation, Run, Tx, Want};
use crate::mandates::model::{Mandate, Request};
use crate::mandates::no_revision;
use crate::mandates::order::Order;
use crate::mandates::previews::{MandatePreview, PriceDifference, WithdrawalPreview, price_difference};
use crate::mandates::rules::auto_accept::to_review;
use crate::mandates::rules::late::late_booking;
use crate::mandates::rules::{self, MandateAction};
use crate::mandates::views;
use crate::pricing::in_force;
use crate::purchasing::model::{ApprovalChain, Holder, PurchaseOrder, UsageChange};
use crate::purchasing::previews::{self, PurchaseEffect};
use crate::values::{Amount, ClientId, MandateId, ProjectId};

/// Shows what an order would be and cost, without placing it: price, purchase order, who would have to approve it,
/// whether it would be accepted at once, until when it can be answered. Nothing is stored.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PreviewMandate {
    pub client: ClientId,
    /// A further request for this project of the client.
    #[serde(default)]
    pub project: Option<ProjectId>,
    pub order: Order,
}

impl Operation for PreviewMandate {
    const NAME: &'static str = "mandates.preview";
    const EFFECT: Effect = Effect::Query;
    type Reply = MandatePreview;

    fn run(&self, tx: &mut Tx) -> Run<MandatePreview> {
        tx.prefetch(wants(tx, self.client, self.project, &self.order))?;
        let found = placed(tx, self.client, self.project, &self.order)?;
        let mandate = found.sample(tx, self.project);
        preview(tx, &found.grant, &found.client, &mandate, None)
    }
}

/// Shows what an edit would do, without doing it: the same as for a new order, and the difference in price.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PreviewEdit {
    pub mandate: MandateId,
    /// The revision that the edit would start from.
    pub revision: u32,
    pub order: Order,
}

impl Operation for PreviewEdit {
    const NAME: &'static str = "mandates.preview_edit";
    const EFFECT: Effect = Effect::Query;
    type Reply = MandatePreview;

    fn run(&self, tx: &mut Tx) -> Run<MandatePreview> {
        let from_form = self.order.skill_wants(tx);
        tx.prefetch(from_form.into_iter().chain([Want::record::<Mandate>(self.mandate), terms_want(tx)]))?;
        let (grant, mut mandate) = own(tx, Permission::EditOrders, self.mandate)?;
        tx.prefetch(edit_wants(tx, &mandate, &self.order))?;
        let before = mandate.estimate.clone();
        let client = edited(tx, &grant, &mut mandate, self.revision, &self.order)?;
        let difference = price_difference(&before, &mandate.estimate);
        preview(tx, &grant, &client, &mandate, difference)
    }
}

/// Shows what taking an order back would do, without doing it. Before it is accepted that costs nothing.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PreviewWithdrawal {
    pub mandate: MandateId,
}

impl Operation for PreviewWithdrawal {
    const NAME: &'static str = "mandates.preview_withdrawal";
    const EFFECT: Effect = Effect::Query;
    type Reply = WithdrawalPreview;

    fn run(&self, tx: &mut Tx) -> Run<WithdrawalPreview> {
        tx.prefetch([Want::record::<Mandate>(self.mandate)])?;
        let (grant, mandate) = own(tx, Permission::WithdrawOrders, self.mandate)?;
        let now = tx.now();
        rules::step(&mandate, MandateAction::Withdraw, now)?;
        tx.prefetch(afterwards(&mandate))?;
        let order: Option<PurchaseOrder> = match mandate.purchase_order() {
            Some(id) => Some(tx.get(id)?),
            None => None,
        };
        let nothing = UsageChange { amount: Some(Amount::ZERO), minutes: 0 };
        let held = (Holder::Mandate(mandate.id), nothing);
        let effect = order.map(|order| previews::effect(&grant, &order, held, None, now)).transpose()?;
        Ok(WithdrawalPreview {
            mandate: mandate.id,
            revision: mandate.revision(),
            estimate: views::visible_estimate(&grant, &mandate.estimate),
            purchase_order: effect,
            until: views::cutoff(&mandate),
        })
    }
}

/// The preview of a mandate as it would be after this.
fn preview(
    tx: &mut Tx,
    grant: &Grant,
    client: &Client,
    mandate: &Mandate,
    difference: Option<PriceDifference>,
) -> Run<MandatePreview> {
    let now = tx.now();
    in_time(tx, mandate)?;
    let request: &Request = mandate.request().ok_or_else(no_revision)?;
    let chain: Option<ApprovalChain> = tx.find(client.id)?;
    let user = ordering_user(tx).unwrap_or(mandate.submitted_by);
    let route = route(tx, chain.as_ref(), mandate, user);
    let approval = previews::approval(chain.as_ref(), route);
    let to_review = to_review(client, &mandate.estimate, request.slots());
    // An edit is reviewed by somebody; only what the agency has not seen yet can be accepted at once.
    let accepted_on_creation = mandate.in_house && to_review.is_none() && approval.not_needed.is_some();
    let effect = effect(tx, grant, mandate)?;
    let lists = in_force::lists(tx, client.id, mandate.seen_project())?;
    let ordered_at = if mandate.in_house { now } else { mandate.submitted_at };
    let late = late_booking(&mandate.estimate, &lists, ordered_at, request.first_start());
    let sees_prices = grant.sees_prices();
    Ok(MandatePreview {
        request: views::request(request),
        estimate: views::visible_estimate(grant, &mandate.estimate),
        price_difference: difference.filter(|_| sees_prices),
        terms: current_terms(tx)?.map(|terms| terms.current),
        accepted_on_creation,
        to_review,
        approval,
        purchase_order: effect,
        cutoff_at: mandate.expires_at(),
        late_booking: late.filter(|_| sees_prices),
    })
}

fn effect(tx: &mut Tx, grant: &Grant, mandate: &Mandate) -> Run<Option<PurchaseEffect>> {
    let Some(id) = mandate.purchase_order() else { return Ok(None) };
    let now = tx.now();
    let order: PurchaseOrder = tx.get(id)?;
    let holding = holding_of(mandate);
    let work_ends = mandate.request().and_then(Request::last_end);
    Ok(Some(previews::effect(grant, &order, (holding.by, holding.change()), work_ends, now)?))
}
