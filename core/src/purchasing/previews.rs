//! What a client is told of its purchase order and its approvers before it confirms something.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::model::{ApprovalChain, Holder, PurchaseOrder, PurchaseOrderRef, UsageChange};
use super::rules::approval::{NoApproval, Route};
use super::rules::usage::PurchaseWarning;
use super::views::{PurchaseFigures, figures, knows_in_house, sees_figures};
use crate::access::Grant;
use crate::codes::Code;
use crate::engine::Refusal;
use crate::values::{Instant, UserId};

/// Who would have to approve it inside the company: one of the three fields says.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ApprovalPreview {
    /// Why nobody has to.
    pub not_needed: Option<NoApproval>,
    pub asked: Option<UserId>,
    /// The company's own words where nobody's limit is high enough: it would be rejected at once.
    pub refused: Option<String>,
}

pub fn approval(chain: Option<&ApprovalChain>, route: Route) -> ApprovalPreview {
    let mut preview = ApprovalPreview { not_needed: None, asked: None, refused: None };
    match route {
        Route::NotNeeded(why) => preview.not_needed = Some(why),
        Route::Ask(asked) => preview.asked = Some(asked),
        Route::Nobody => preview.refused = chain.map(|chain| chain.reason.to_string()),
    }
    preview
}

/// What it would do to a purchase order.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct PurchaseEffect {
    pub purchase_order: PurchaseOrderRef,
    /// Null if the role may not see prices, or sees only a part of the client.
    pub before: Option<PurchaseFigures>,
    pub after: Option<PurchaseFigures>,
    pub warnings: Vec<PurchaseWarning>,
    /// False if it would be refused for want of what is left.
    pub is_covered: bool,
}

/// What a change of the usage would do, in place of what is held under this name now. `work_ends` is when the work
/// would be over, if there is any.
pub fn effect(
    grant: &Grant,
    order: &PurchaseOrder,
    (by, change): (Holder, UsageChange),
    work_ends: Option<Instant>,
    now: Instant,
) -> Result<PurchaseEffect, Refusal> {
    let (sees, knows) = (sees_figures(grant), knows_in_house(grant));
    let before = order.used_as(now, None, knows);
    let after = order.used_with(by, change, now, knows);
    let mut warnings = order.warnings(after, now);
    if work_ends.is_some_and(|end| end > order.ends_at) {
        warnings.push(PurchaseWarning::EndsBeforeWork);
    }
    if change.amount.is_none() {
        warnings.push(PurchaseWarning::CostUnknown);
    }
    let is_covered = match order.may_change(by, change, now) {
        Ok(()) => true,
        Err(Refusal { code: Code::PurchaseOrderExceeded | Code::PurchaseOrderUnpriced, .. }) => false,
        Err(other) => return Err(other),
    };
    Ok(PurchaseEffect {
        purchase_order: order.reference(),
        before: sees.then(|| figures(order.limit, before)),
        after: sees.then(|| figures(order.limit, after)),
        warnings,
        is_covered,
    })
}
