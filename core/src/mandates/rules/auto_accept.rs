//! Whether a mandate is accepted on creation, without a manager, and if not, why.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::clients::model::Client;
use crate::pricing::estimate::Estimate;
use crate::values::Money;

/// Why a mandate stands to review though the client may have auto-accept.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ToReview {
    /// Auto-accept is off for this client.
    Off,
    /// It has no single price, and this client's setting asks for one.
    Unpriced,
    /// It costs more than is accepted without a manager.
    AboveAmount,
    /// The limit is in another currency than the price.
    OtherCurrency,
    /// It asks for more people than are accepted without a manager.
    AboveSlots,
}

/// None if it is accepted at once. Exactly the limit still is.
pub fn to_review(client: &Client, estimate: &Estimate, slots: u32) -> Option<ToReview> {
    let policy = &client.mandates.auto_accept;
    if !client.auto_accept {
        return Some(ToReview::Off);
    }
    if !estimate.is_priced() && !policy.unpriced {
        return Some(ToReview::Unpriced);
    }
    if policy.most_slots.is_some_and(|most| slots > most) {
        return Some(ToReview::AboveSlots);
    }
    let limit = policy.most?;
    // Without any price, what it costs cannot be held against the limit: the setting that lets it through says so.
    let cost = cost(estimate)?;
    match limit.covers(cost) {
        Some(true) => None,
        Some(false) => Some(ToReview::AboveAmount),
        None => Some(ToReview::OtherCurrency),
    }
}

/// What a mandate may cost at most, before VAT.
pub fn cost(estimate: &Estimate) -> Option<Money> {
    let priced = match estimate {
        Estimate::Priced(priced) => priced,
        Estimate::Range { highest, .. } => highest,
        Estimate::Unpriced { .. } => return None,
    };
    Some(Money { currency: priced.currency, amount: priced.net })
}
