//! A purchase order to try rules on, for tests alone.

use uuid::Uuid;

use crate::purchasing::model::{OnExcess, PurchaseOrder, Usage};
use crate::values::{Amount, ClientId, Day, Instant, PurchaseOrderId, Text, Zone};

pub(crate) fn amount(text: &str) -> Amount {
    serde_json::from_value(text.into()).unwrap()
}

pub(crate) fn at(text: &str) -> Instant {
    Instant::parse(text).unwrap()
}

/// 10 000.00 until the end of 2026 in Berlin, of which 7 400 is used.
pub(crate) fn order(on_excess: OnExcess) -> PurchaseOrder {
    let limit = serde_json::json!({ "in": "value", "money": { "currency": "EUR", "amount": "10000.00" } });
    PurchaseOrder {
        id: PurchaseOrderId::new(Uuid::from_u128(1)),
        client: ClientId::new(Uuid::from_u128(2)),
        number: Text::parse("PO-1").unwrap(),
        limit: serde_json::from_value(limit).unwrap(),
        on_excess,
        valid_from: Day::parse("2026-01-01").unwrap(),
        valid_until: Day::parse("2026-12-31").unwrap(),
        zone: Zone::parse("Europe/Berlin").unwrap(),
        starts_at: at("2025-12-31T23:00:00Z"),
        ends_at: at("2026-12-31T23:00:00Z"),
        active: true,
        before: Usage { amount: amount("7400"), minutes: 0 },
        accepted: Usage::default(),
        holdings: Vec::new(),
        told_of_end: false,
        revision: 1,
        created_at: at("2026-09-01T08:00:00Z"),
    }
}
