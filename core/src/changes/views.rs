//! Change requests and their preview, as the client and as the agency see them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::model::{Change, ChangeFee, ChangeRequest, ChangeState, Effects, FeeWaiver, PriceDifference};
use super::rules;
use crate::access::{Grant, Permission};
use crate::agency::model::AgencyContact;
use crate::engine::Refusal;
use crate::pricing::fees::{Deadline, FeePreview};
use crate::purchasing::model::Taken;
use crate::purchasing::previews::{ApprovalPreview, PurchaseEffect};
use crate::values::{
    Amount, ChangeRequestId, ClientId, Currency, Instant, Locale, MemberId, ProjectId, ShiftId, SiteId,
    UserId,
};

/// Whether something is charged.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FeeOutcome {
    /// Changes of this kind are free.
    Free,
    Known,
    /// There is a policy, but the shift has no price that it could be a part of. Nothing is charged.
    Unpriced,
}

/// What a change costs, by the policy in force when it is asked for.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ChangeFeeView {
    pub outcome: FeeOutcome,
    pub currency: Option<Currency>,
    /// Without VAT. What a request must accept.
    pub amount: Option<Amount>,
    /// What is given back, and what is altered, each with its lines. Null if the role may not see prices.
    pub parts: Option<Vec<FeePreview>>,
    /// The moments ahead, as seen when it was computed, at which the amount changes.
    pub deadlines: Vec<Deadline>,
}

/// The whole fee, as the agency sees it.
fn fee(fee: &ChangeFee) -> Result<ChangeFeeView, Refusal> {
    let deadlines = rules::deadlines(fee)?;
    let (outcome, currency, amount, parts) = match fee {
        ChangeFee::Free {} => (FeeOutcome::Free, None, None, None),
        ChangeFee::Unpriced {} => (FeeOutcome::Unpriced, None, None, None),
        ChangeFee::Known { currency, amount, parts } => {
            (FeeOutcome::Known, Some(*currency), Some(*amount), Some(parts.clone()))
        }
    };
    Ok(ChangeFeeView { outcome, currency, amount, parts, deadlines })
}

/// The fee for whoever may ask for changes; its parts tell prices.
fn client_fee(grant: &Grant, asked: &ChangeFee) -> Result<ChangeFeeView, Refusal> {
    let whole = fee(asked)?;
    Ok(ChangeFeeView { parts: whole.parts.filter(|_| grant.sees_prices()), ..whole })
}

/// What a change would be and cost, before it is asked for.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ChangePreview {
    pub shift: ShiftId,
    /// The shift's revision: what a request names.
    pub revision: u32,
    pub allowed: bool,
    /// Why not.
    pub code: Option<String>,
    /// The field of the change that stands in the way.
    pub path: Option<String>,
    /// Why not, in a sentence.
    pub sentence: Option<String>,
    /// Whom at the agency to turn to.
    pub contact: Option<AgencyContact>,
    /// The request that waits already: the new one has to supersede it.
    pub open: Option<ChangeRequestId>,
    /// Null if the shift cannot be changed so, or the role may not see prices. What is stopped by a purchase order, or for
    /// want of an approver, has its figures.
    pub price: Option<PriceDifference>,
    /// Null if the shift cannot be changed so.
    pub fee: Option<ChangeFeeView>,
    /// Null if the shift cannot be changed so.
    pub effects: Option<Effects>,
    /// What it would do to the purchase order that the shift is on, the fee with it. Null if it is on none, or cannot be
    /// changed so.
    pub purchase_order: Option<PurchaseEffect>,
    /// Whose approval the higher cost would need: a change waits for none, so somebody who needs none has to ask for it.
    /// Null if the shift cannot be changed so.
    pub approval: Option<ApprovalPreview>,
}

/// What there is to say of a change that the shift allows.
#[derive(Clone, Debug)]
pub struct Figures {
    pub price: PriceDifference,
    pub fee: ChangeFee,
    pub effects: Effects,
    pub purchase_order: Option<PurchaseEffect>,
    pub approval: ApprovalPreview,
    /// What a request holds of the purchase order.
    pub taken: Option<Taken>,
    /// Why it cannot be asked for all the same: for want of what is left, or of an approver.
    pub stopped: Option<Refusal>,
}

/// The answer to a question that changes nothing: the same refusal that asking would get, or what it costs.
pub fn preview(
    grant: &Grant,
    shift: &crate::shifts::model::Shift,
    contact: Option<AgencyContact>,
    found: Result<Figures, Refusal>,
    locale: Locale,
) -> Result<ChangePreview, Refusal> {
    let (refusal, figures) = match &found {
        Ok(figures) => (figures.stopped.as_ref(), Some(figures)),
        Err(refusal) => (Some(refusal), None),
    };
    Ok(ChangePreview {
        shift: shift.id,
        revision: shift.revision,
        allowed: refusal.is_none(),
        code: refusal.map(|refusal| refusal.code.text().to_owned()),
        path: refusal.and_then(|refusal| refusal.path.clone()),
        sentence: refusal.map(|refusal| refusal.message(locale)),
        contact,
        open: shift.open_change,
        price: figures.filter(|_| grant.sees_prices()).map(|figures| figures.price),
        fee: figures.map(|figures| client_fee(grant, &figures.fee)).transpose()?,
        effects: figures.map(|figures| figures.effects),
        purchase_order: figures.and_then(|figures| figures.purchase_order.clone()),
        approval: figures.map(|figures| figures.approval.clone()),
    })
}

/// A change request as the client sees it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ClientChangeView {
    pub id: ChangeRequestId,
    pub client: ClientId,
    pub project: ProjectId,
    pub shift: ShiftId,
    /// The shift's revision that it was made on.
    pub shift_revision: u32,
    pub state: ChangeState,
    /// As it was, in the same form.
    pub before: Change,
    pub change: Change,
    pub skill_name: Option<String>,
    pub reason: Option<String>,
    pub by: UserId,
    pub at: Instant,
    pub decided_at: Option<Instant>,
    pub decline_reason: Option<String>,
    pub superseded_by: Option<ChangeRequestId>,
    /// Null for a role that neither sees prices nor asks for changes.
    pub fee: Option<ChangeFeeView>,
    /// Why the agency does not charge the fee.
    pub fee_waived: Option<FeeWaiver>,
    /// Null if the role may not see prices.
    pub price: Option<PriceDifference>,
    pub effects: Effects,
}

pub fn client(grant: &Grant, request: ChangeRequest) -> Result<ClientChangeView, Refusal> {
    let sees_fee = grant.sees_prices() || grant.holds(Permission::RequestChanges);
    Ok(ClientChangeView {
        fee: if sees_fee { Some(client_fee(grant, &request.fee)?) } else { None },
        price: grant.sees_prices().then_some(request.price),
        id: request.id,
        client: request.client,
        project: request.project,
        shift: request.shift,
        shift_revision: request.shift_revision,
        state: request.state,
        before: request.before,
        change: request.change,
        skill_name: request.skill_name.as_ref().map(ToString::to_string),
        reason: request.reason.as_ref().map(ToString::to_string),
        by: request.by,
        at: request.at,
        decided_at: request.decided_at,
        decline_reason: request.decline_reason.as_ref().map(ToString::to_string),
        superseded_by: request.superseded_by,
        fee_waived: request.waived,
        effects: request.effects,
    })
}

/// A change request as the agency sees it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct AgencyChangeView {
    pub id: ChangeRequestId,
    pub client: ClientId,
    pub project: ProjectId,
    pub site: SiteId,
    pub shift: ShiftId,
    /// The shift's revision that it was made on: if the shift has another one now, it cannot be approved any more.
    pub shift_revision: u32,
    pub state: ChangeState,
    /// As it was, in the same form.
    pub before: Change,
    pub change: Change,
    pub skill_name: Option<String>,
    pub reason: Option<String>,
    pub by: UserId,
    pub at: Instant,
    pub decided_at: Option<Instant>,
    pub decided_by: Option<MemberId>,
    pub decline_reason: Option<String>,
    pub superseded_by: Option<ChangeRequestId>,
    /// As the client saw it.
    pub fee: ChangeFeeView,
    pub fee_waived: Option<FeeWaiver>,
    pub price: PriceDifference,
    pub effects: Effects,
}

pub fn agency(_: &Grant, request: ChangeRequest) -> Result<AgencyChangeView, Refusal> {
    Ok(AgencyChangeView {
        id: request.id,
        client: request.client,
        project: request.project,
        site: request.site,
        shift: request.shift,
        shift_revision: request.shift_revision,
        state: request.state,
        before: request.before,
        change: request.change,
        skill_name: request.skill_name.as_ref().map(ToString::to_string),
        reason: request.reason.as_ref().map(ToString::to_string),
        by: request.by,
        at: request.at,
        decided_at: request.decided_at,
        decided_by: request.decided_by,
        decline_reason: request.decline_reason.as_ref().map(ToString::to_string),
        superseded_by: request.superseded_by,
        fee: fee(&request.fee)?,
        fee_waived: request.waived,
        price: request.price,
        effects: request.effects,
    })
}
