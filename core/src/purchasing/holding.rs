//! How mandates, and changes of their shifts, take their part of a purchase order, give it back, or use it for good.

use super::events::PurchasingEvent;
use super::model::{Holder, Holding, PurchaseOrder, Usage, UsageChange};
use super::rules::usage::{Crossed, PurchaseWarning};
use crate::access::Grant;
use crate::clients::model::Client;
use crate::engine::{Run, Tx};
use crate::notifications::model::{AboutPurchaseOrder, Notice};
use crate::notifications::raise;
use crate::values::{Instant, MandateId, PurchaseOrderId};

/// Lets the mandate hold this of a purchase order, in place of what it held. A threshold that it crosses is told.
pub fn hold(tx: &mut Tx, grant: &Grant, client: &Client, id: PurchaseOrderId, holding: Holding) -> Run<()> {
    let mut order: PurchaseOrder = tx.get(id)?;
    let now = tx.now();
    let crossed = order.hold(holding, now).map_err(|refusal| refusal.at("order.purchase_order"))?;
    tx.put(grant, &order)?;
    tell(tx, grant, client, &order, crossed)
}

/// Gives back what somebody holds of it.
pub fn release(tx: &mut Tx, grant: &Grant, id: PurchaseOrderId, by: Holder) -> Run<()> {
    let mut order: PurchaseOrder = tx.get(id)?;
    if order.release(by) {
        tx.put(grant, &order)?;
    }
    Ok(())
}

/// The mandate is accepted: what it holds is used for good.
pub fn settle(tx: &mut Tx, grant: &Grant, id: PurchaseOrderId, mandate: MandateId) -> Run<()> {
    let mut order: PurchaseOrder = tx.get(id)?;
    order.settle(Holder::Mandate(mandate));
    tx.put(grant, &order)
}

/// A change is asked for: what it would take is held until it is answered, in place of what was held for one before.
pub fn hold_change(
    tx: &mut Tx,
    grant: &Grant,
    client: &Client,
    id: PurchaseOrderId,
    (by, change, expires_at): (Holder, UsageChange, Instant),
) -> Run<()> {
    let mut order: PurchaseOrder = tx.get(id)?;
    let before = order.clone();
    let now = tx.now();
    let crossed = order.hold_change(by, change, expires_at, now).map_err(|refusal| refusal.at("change"))?;
    if order != before {
        tx.put(grant, &order)?;
    }
    tell(tx, grant, client, &order, crossed)
}

/// A change is certain: it is used, or given back, for good.
pub fn settle_change(
    tx: &mut Tx,
    grant: &Grant,
    id: PurchaseOrderId,
    by: Holder,
    change: UsageChange,
) -> Run<()> {
    let mut order: PurchaseOrder = tx.get(id)?;
    order.settle_change(by, change);
    tx.put(grant, &order)
}

/// Gives back what was used for good: the work is called off, or a fee is not charged.
pub fn give_back(tx: &mut Tx, grant: &Grant, id: PurchaseOrderId, change: UsageChange) -> Run<()> {
    let mut order: PurchaseOrder = tx.get(id)?;
    order.accepted = order.accepted.changed(change);
    tx.put(grant, &order)
}

/// Takes again what was given back, if there is as much left.
pub fn take_again(tx: &mut Tx, grant: &Grant, client: &Client, id: PurchaseOrderId, usage: Usage) -> Run<()> {
    let mut order: PurchaseOrder = tx.get(id)?;
    let now = tx.now();
    let crossed = order.take_again(usage, now)?;
    tx.put(grant, &order)?;
    tell(tx, grant, client, &order, crossed)
}

/// Tells the client's people of thresholds that were crossed.
fn tell(tx: &mut Tx, grant: &Grant, client: &Client, order: &PurchaseOrder, crossed: Crossed) -> Run<()> {
    let found = [
        (crossed.three_quarters, PurchaseWarning::ThreeQuartersUsed),
        (crossed.ends_soon, PurchaseWarning::EndsSoon),
    ];
    for (_, warning) in found.into_iter().filter(|(is_crossed, _)| *is_crossed) {
        tx.emit(grant, &PurchasingEvent::Warned { purchase_order: order.id, client: client.id, warning })?;
        let about = AboutPurchaseOrder {
            client: client.id,
            client_name: client.name.clone(),
            purchase_order: order.id,
            number: order.number.clone(),
        };
        let notice = match warning {
            PurchaseWarning::EndsSoon => Notice::PurchaseOrderEnding(about),
            _ => Notice::PurchaseOrderLow(about),
        };
        raise(tx, grant, &notice)?;
    }
    Ok(())
}
