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
    estimate.most().map(|priced| Money { currency: priced.currency, amount: priced.net })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{ToReview, to_review};
    use crate::clients::model::{AutoAcceptLimits, Client};
    use crate::pricing::estimate::Estimate;
    use crate::values::Money;

    fn client(on: bool, limits: AutoAcceptLimits) -> Client {
        let mut client: Client = serde_json::from_value(json!({
            "id": "00000000-0000-4000-8000-000000000001",
            "name": "Astoria", "locale": null, "sites": [], "access": "active", "ordering": null,
            "orderable": null, "auto_accept": on, "host_id": null,
        }))
        .unwrap();
        client.mandates.auto_accept = limits;
        client
    }

    fn priced(net: &str) -> serde_json::Value {
        json!({
            "currency": "EUR", "lines": [], "net": net, "vat": [], "vat_total": "0.00", "total": net,
            "lists": [], "calculation": "1", "zone_data": "2026a", "hash": "0".repeat(64),
        })
    }

    fn estimate(net: &str) -> Estimate {
        let mut value = priced(net);
        value["outcome"] = json!("priced");
        serde_json::from_value(value).unwrap()
    }

    fn limit(currency: &str, amount: &str) -> Money {
        serde_json::from_value(json!({ "currency": currency, "amount": amount })).unwrap()
    }

    #[test]
    fn c7_only_what_has_a_price_and_stays_within_the_limits() {
        let none = AutoAcceptLimits::default();
        let unpriced = Estimate::Unpriced { currency: crate::values::Currency::EUR, reasons: Vec::new() };
        let range: Estimate = serde_json::from_value(json!({
            "outcome": "range", "currency": "EUR", "lowest": priced("90.00"), "highest": priced("110.00"), "why": [],
        }))
        .unwrap();
        let asked = |on, limits, estimate: &Estimate, slots| to_review(&client(on, limits), estimate, slots);
        assert_eq!(asked(false, none, &estimate("1.00"), 1), Some(ToReview::Off));
        assert_eq!(asked(true, none, &estimate("1.00"), 5000), None);
        assert_eq!(asked(true, none, &unpriced, 1), Some(ToReview::Unpriced));
        assert_eq!(asked(true, none, &range, 1), Some(ToReview::Unpriced), "no single price");
        let free =
            AutoAcceptLimits { unpriced: true, most: Some(limit("EUR", "100.00")), most_slots: Some(3) };
        assert_eq!(asked(true, free, &unpriced, 3), None);
        assert_eq!(asked(true, free, &unpriced, 4), Some(ToReview::AboveSlots));
        assert_eq!(asked(true, free, &range, 1), Some(ToReview::AboveAmount), "the upper end counts");
        assert_eq!(asked(true, free, &estimate("100.00"), 1), None, "exactly the limit");
        assert_eq!(asked(true, free, &estimate("100.01"), 1), Some(ToReview::AboveAmount));
        let pounds = AutoAcceptLimits { most: Some(limit("GBP", "900.00")), ..none };
        assert_eq!(asked(true, pounds, &estimate("1.00"), 1), Some(ToReview::OtherCurrency));
    }
}
