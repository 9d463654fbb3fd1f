//! How mandates take their part of a purchase order, give it back, or use it for good.

use super::events::PurchasingEvent;
use super::model::{Holding, PurchaseOrder};
use super::rules::usage::PurchaseWarning;
use crate::access::Grant;
use crate::clients::model::Client;
use crate::engine::{Run, Tx};
use crate::notifications::model::{AboutPurchaseOrder, Notice};
use crate::notifications::raise;
use crate::values::{MandateId, PurchaseOrderId};

/// Lets the mandate hold this of a purchase order, in place of what it held. A threshold that it crosses is told.
pub fn hold(tx: &mut Tx, grant: &Grant, client: &Client, id: PurchaseOrderId, holding: Holding) -> Run<()> {
    let mut order: PurchaseOrder = tx.get(id)?;
    let now = tx.now();
    let crossed = order.hold(holding, now).map_err(|refusal| refusal.at("order.purchase_order"))?;
    tx.put(grant, &order)?;
    let found = [
        (crossed.three_quarters, PurchaseWarning::ThreeQuartersUsed),
        (crossed.ends_soon, PurchaseWarning::EndsSoon),
    ];
    for (_, warning) in found.into_iter().filter(|(is_crossed, _)| *is_crossed) {
        tx.emit(grant, &PurchasingEvent::Warned { purchase_order: id, client: client.id, warning })?;
        let about = AboutPurchaseOrder {
            client: client.id,
            client_name: client.name.clone(),
            purchase_order: id,
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

/// Gives back what the mandate holds of it.
pub fn release(tx: &mut Tx, grant: &Grant, id: PurchaseOrderId, mandate: MandateId) -> Run<()> {
    let mut order: PurchaseOrder = tx.get(id)?;
    if order.release(mandate) {
        tx.put(grant, &order)?;
    }
    Ok(())
}

/// The mandate is accepted: what it holds is used for good.
pub fn settle(tx: &mut Tx, grant: &Grant, id: PurchaseOrderId, mandate: MandateId) -> Run<()> {
    let mut order: PurchaseOrder = tx.get(id)?;
    order.settle(mandate);
    tx.put(grant, &order)
}
