//! Purchase orders with what is used of them, the chain of approvers, and the approval that a mandate carries.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use super::rules::approval::ApprovalState;
use crate::engine::Record;
use crate::store::{Column, IndexSpec, IndexValue, Kind};
use crate::values::{
    Amount, Bounded, ClientId, Day, Instant, MandateId, Money, PurchaseOrderId, ShiftId, Text, UserId, Zone,
};

/// A purchase order as what is charged on it names it. Its number never changes.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct PurchaseOrderRef {
    pub id: PurchaseOrderId,
    pub number: Text<60>,
}

/// How much may be ordered on it, before VAT.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "in", rename_all = "snake_case", deny_unknown_fields)]
pub enum PurchaseLimit {
    Value {
        money: Money,
    },
    /// Hours of work of all heads together.
    Hours {
        hours: u32,
    },
}

/// What happens when more is ordered than it is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OnExcess {
    /// It is said, and the order goes on.
    Warn,
    /// The order is refused.
    Stop,
}

/// Used of a purchase order, both ways of counting at once.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Usage {
    pub amount: Amount,
    pub minutes: u64,
}

/// More of a purchase order, or less: what is below nothing is given back.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct UsageChange {
    /// None if it costs more or less, and nobody can say how much.
    pub amount: Option<Amount>,
    pub minutes: i64,
}

/// What a shift takes of a purchase order while it is not called off. All shifts of a mandate together take what the
/// mandate did; fees are beside it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct OnOrder {
    pub purchase_order: PurchaseOrderId,
    pub usage: Usage,
}

/// What a change of a shift takes of the purchase order that the shift is on. The fee is beside it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Taken {
    pub purchase_order: PurchaseOrderId,
    pub work: UsageChange,
}

/// Who holds a part of a purchase order.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Holder {
    /// A mandate that is open.
    Mandate(MandateId),
    /// The change request that waits for this shift. There is one at a time, so one takes the place of the other.
    Shift(ShiftId),
}

/// What is held of a purchase order until the agency has answered.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Holding {
    #[serde(flatten)]
    pub by: Holder,
    /// None if it has no price.
    pub amount: Option<Amount>,
    pub minutes: u64,
    /// From here on it holds nothing: nobody can accept it any more.
    pub expires_at: Option<Instant>,
    /// The agency does not know of it.
    pub in_house: bool,
}

/// So much can be open on one purchase order.
pub const MOST_HOLDINGS: usize = 500;

/// A client's purchase order.
///
/// Guard record: whoever uses it writes this row, so no two mandates or changes take the same rest of it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PurchaseOrder {
    pub id: PurchaseOrderId,
    pub client: ClientId,
    pub number: Text<60>,
    pub limit: PurchaseLimit,
    pub on_excess: OnExcess,
    pub valid_from: Day,
    /// The last day.
    pub valid_until: Day,
    /// Whose days these are.
    pub zone: Zone,
    pub starts_at: Instant,
    /// The first instant behind the last day.
    pub ends_at: Instant,
    pub active: bool,
    /// Used before it was entered here.
    pub before: Usage,
    /// By accepted mandates, with what was changed of their shifts since, and its fees.
    pub accepted: Usage,
    pub holdings: Vec<Holding>,
    /// People were told that it ends soon.
    pub told_of_end: bool,
    pub revision: u32,
    pub created_at: Instant,
}

pub static PURCHASE_ORDER: Kind = Kind {
    name: "purchase_order",
    columns: &[Column::text("client"), Column::integer("created_at")],
    indexes: &[IndexSpec { name: "by_client", columns: &["client", "created_at"] }],
};

impl Record for PurchaseOrder {
    const KIND: &'static Kind = &PURCHASE_ORDER;

    fn record_id(&self) -> String {
        self.id.to_string()
    }

    fn columns(&self) -> Vec<(&'static str, IndexValue)> {
        vec![("client", self.client.to_string().into()), ("created_at", self.created_at.millis().into())]
    }
}

/// Up to which cost somebody approves, before VAT.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "limit", rename_all = "snake_case", deny_unknown_fields)]
pub enum ApprovalLimit {
    /// This amount is within it; a cost in another currency is not.
    UpTo {
        money: Money,
    },
    Unlimited {},
}

/// Somebody who approves.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Approver {
    pub user: UserId,
    pub up_to: ApprovalLimit,
}

/// More approvers than this are not kept.
pub const MOST_APPROVERS: usize = 20;

/// Who at a client approves what. Its id is the client's.
///
/// Guard record: an order that is placed and a chain that is changed in the same moment come one after the other.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ApprovalChain {
    pub client: ClientId,
    /// Off: no mandate needs approval.
    pub on: bool,
    /// What costs this or less needs none.
    pub threshold: Option<Money>,
    /// Somebody in the chain may place orders within their own limit without asking anybody.
    pub within_own_limit: bool,
    /// What people are told when nobody's limit is high enough.
    pub reason: Text<500>,
    /// In the order in which they are asked.
    pub approvers: Bounded<Approver, MOST_APPROVERS>,
    pub revision: u32,
}

pub static APPROVAL_CHAIN: Kind = Kind { name: "approval_chain", columns: &[], indexes: &[] };

impl Record for ApprovalChain {
    const KIND: &'static Kind = &APPROVAL_CHAIN;

    fn record_id(&self) -> String {
        self.client.to_string()
    }
}

/// The approval of one mandate inside its client.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Approval {
    pub state: ApprovalState,
    /// The first in the chain whose limit covers it; none if nobody's does.
    pub asked: Option<UserId>,
    /// Who placed the order, or changed it so that approval is needed: not the one to approve it.
    pub by: UserId,
    /// What it costs at most, before VAT; none if that cannot be said.
    pub cost: Option<Money>,
    pub asked_at: Instant,
    pub decided_by: Option<UserId>,
    pub decided_at: Option<Instant>,
    /// Why it was rejected.
    pub reason: Option<Text<500>>,
}
