//! Purchase orders and approvals as each side sees them. What is still inside the client is not in the agency's figures.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::model::{
    Approval, ApprovalChain, ApprovalState, Approver, OnExcess, PurchaseLimit, PurchaseOrder, Usage,
};
use super::rules::usage::{PurchaseOrderState, PurchaseWarning};
use crate::access::{Grant, Permission};
use crate::engine::{Actor, Proof};
use crate::values::{Amount, ClientId, Day, Instant, Money, PurchaseOrderId, UserId, Zone};

/// A part of a purchase order, in what it counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "in", rename_all = "snake_case")]
pub enum PurchaseFigure {
    Value { money: Money },
    Hours { minutes: i64 },
}

/// How much is used, and how much is left; less than nothing if it is exceeded.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct PurchaseFigures {
    pub used: PurchaseFigure,
    pub left: PurchaseFigure,
}

pub fn figures(limit: PurchaseLimit, usage: Usage) -> PurchaseFigures {
    match limit {
        PurchaseLimit::Value { money: Money { currency, amount } } => {
            let money = |amount: rust_decimal::Decimal| PurchaseFigure::Value {
                money: Money { currency, amount: Amount::rounded(amount, currency) },
            };
            PurchaseFigures {
                used: money(usage.amount.decimal()),
                left: money(amount.decimal() - usage.amount.decimal()),
            }
        }
        PurchaseLimit::Hours { hours } => {
            let used = i64::try_from(usage.minutes).unwrap_or(i64::MAX);
            let left = (i64::from(hours) * 60).saturating_sub(used);
            let hours = |minutes| PurchaseFigure::Hours { minutes };
            PurchaseFigures { used: hours(used), left: hours(left) }
        }
    }
}

/// A purchase order as its client sees it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ClientPurchaseOrderView {
    pub id: PurchaseOrderId,
    pub client: ClientId,
    pub number: String,
    pub state: PurchaseOrderState,
    pub valid_from: Day,
    /// The last day.
    pub valid_until: Day,
    pub zone: Zone,
    /// The first instant behind the last day.
    pub ends_at: Instant,
    pub active: bool,
    pub on_excess: OnExcess,
    /// Changing it names this number.
    pub revision: u32,
    pub warnings: Vec<PurchaseWarning>,
    /// Null if the role may not see prices, or sees only a part of the client.
    pub limit: Option<PurchaseLimit>,
    pub figures: Option<PurchaseFigures>,
}

/// Whether somebody may know what is used of it: that tells of all that the client orders.
pub fn sees_figures(grant: &Grant) -> bool {
    grant.reach().is_everything() && (grant.sees_prices() || grant.holds(Permission::ManagePurchaseOrders))
}

/// Not even a preview tells the agency of what is still inside the client.
pub fn knows_in_house(grant: &Grant) -> bool {
    matches!(grant.actor(), Actor::User { .. })
}

pub fn client(grant: &Grant, order: &PurchaseOrder, now: Instant) -> ClientPurchaseOrderView {
    let usage = order.used_as(now, None, knows_in_house(grant));
    let sees = sees_figures(grant);
    ClientPurchaseOrderView {
        id: order.id,
        client: order.client,
        number: order.number.to_string(),
        state: order.state_at(now),
        valid_from: order.valid_from,
        valid_until: order.valid_until,
        zone: order.zone.clone(),
        ends_at: order.ends_at,
        active: order.active,
        on_excess: order.on_excess,
        revision: order.revision,
        warnings: order.warnings(usage, now),
        limit: sees.then_some(order.limit),
        figures: sees.then(|| figures(order.limit, usage)),
    }
}

/// A client's purchase order as the agency sees it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct AgencyPurchaseOrderView {
    pub id: PurchaseOrderId,
    pub client: ClientId,
    pub number: String,
    pub state: PurchaseOrderState,
    pub valid_from: Day,
    /// The last day.
    pub valid_until: Day,
    pub zone: Zone,
    /// The first instant behind the last day.
    pub ends_at: Instant,
    pub active: bool,
    pub on_excess: OnExcess,
    /// Changing it names this number.
    pub revision: u32,
    pub warnings: Vec<PurchaseWarning>,
    pub limit: PurchaseLimit,
    /// Of the mandates that the agency knows of.
    pub figures: PurchaseFigures,
}

pub fn agency(_: &Grant, order: &PurchaseOrder, now: Instant) -> AgencyPurchaseOrderView {
    let usage = order.used_as(now, None, false);
    AgencyPurchaseOrderView {
        id: order.id,
        client: order.client,
        number: order.number.to_string(),
        state: order.state_at(now),
        valid_from: order.valid_from,
        valid_until: order.valid_until,
        zone: order.zone.clone(),
        ends_at: order.ends_at,
        active: order.active,
        on_excess: order.on_excess,
        revision: order.revision,
        warnings: order.warnings(usage, now),
        limit: order.limit,
        figures: figures(order.limit, usage),
    }
}

/// Who approves a client's mandates, for whoever may set it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ApprovalChainView {
    pub client: ClientId,
    pub on: bool,
    pub threshold: Option<Money>,
    pub within_own_limit: bool,
    /// Null before the first setting.
    pub reason: Option<String>,
    pub approvers: Vec<Approver>,
    /// 0 before the first setting.
    pub revision: u32,
}

pub fn chain(_: &Grant, client: ClientId, chain: Option<&ApprovalChain>) -> ApprovalChainView {
    ApprovalChainView {
        client,
        on: chain.is_some_and(|chain| chain.on),
        threshold: chain.and_then(|chain| chain.threshold),
        within_own_limit: chain.is_some_and(|chain| chain.within_own_limit),
        reason: chain.map(|chain| chain.reason.to_string()),
        approvers: chain.map(|chain| chain.approvers.to_vec()).unwrap_or_default(),
        revision: chain.map_or(0, |chain| chain.revision),
    }
}

/// The approval of a mandate inside its client, for the client's people.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ApprovalView {
    pub state: ApprovalState,
    /// Null if nobody's limit was high enough.
    pub asked: Option<UserId>,
    pub asked_at: Instant,
    pub decided_by: Option<UserId>,
    pub decided_at: Option<Instant>,
    /// Why it was rejected.
    pub reason: Option<String>,
}

pub fn approval(_: &Grant, approval: &Approval) -> ApprovalView {
    ApprovalView {
        state: approval.state,
        asked: approval.asked,
        asked_at: approval.asked_at,
        decided_by: approval.decided_by,
        decided_at: approval.decided_at,
        reason: approval.reason.as_ref().map(ToString::to_string),
    }
}
