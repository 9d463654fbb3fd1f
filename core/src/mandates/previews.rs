//! What a client is told before it confirms something.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::rules::auto_accept::{ToReview, cost};
use super::rules::late::LateBooking;
use super::views::RequestView;
use crate::pricing::estimate::Estimate;
use crate::purchasing::previews::{ApprovalPreview, PurchaseEffect};
use crate::values::{Amount, ContentHash, Currency, Instant, MandateId};

/// What an order would cost more or less than it does, before VAT. Of a range, its upper ends.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "OrderPriceDifference")]
pub struct PriceDifference {
    pub currency: Currency,
    pub before: Amount,
    pub after: Amount,
    /// Less than nothing if it becomes cheaper.
    pub difference: Amount,
}

/// None if one of them has no price.
pub fn price_difference(before: &Estimate, after: &Estimate) -> Option<PriceDifference> {
    let (before, after) = (cost(before)?, cost(after)?);
    let difference = after.amount.decimal() - before.amount.decimal();
    (before.currency == after.currency).then(|| PriceDifference {
        currency: after.currency,
        before: before.amount,
        after: after.amount,
        difference: Amount::rounded(difference, after.currency),
    })
}

/// What an order would be, before it is placed or changed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct MandatePreview {
    pub request: RequestView,
    /// Null if the role may not see prices.
    pub estimate: Option<Estimate>,
    /// Of an edit: what it would change. Null if the role may not see prices, or one of the two has none.
    pub price_difference: Option<PriceDifference>,
    /// The hash of the terms that placing the order accepts; null if the agency has none.
    pub terms: Option<ContentHash>,
    /// Whether the agency's answer is known in advance: accepted on creation.
    pub accepted_on_creation: bool,
    /// Why somebody at the agency would have to look at it; null if nobody has to.
    pub to_review: Option<ToReview>,
    pub approval: ApprovalPreview,
    /// Null if it is on none.
    pub purchase_order: Option<PurchaseEffect>,
    /// From then on it would be expired without an answer; null for never.
    pub cutoff_at: Option<Instant>,
    /// Null if it is early enough, or the role may not see prices.
    pub late_booking: Option<LateBooking>,
}

/// What taking an order back would do.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct WithdrawalPreview {
    pub mandate: MandateId,
    /// Taking it back names this number.
    pub revision: u32,
    /// What would not be spent. Null if the role may not see prices.
    pub estimate: Option<Estimate>,
    pub purchase_order: Option<PurchaseEffect>,
    /// Until when it can be taken back, if it has no answer before; null for no end.
    pub until: Option<Instant>,
}
