//! What happened to purchase orders and to who approves.

use serde::Serialize;

use super::rules::usage::PurchaseWarning;
use crate::engine::{EventBody, Subject};
use crate::values::{ClientId, PurchaseOrderId};

#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(untagged)]
pub enum PurchasingEvent {
    Created {
        purchase_order: PurchaseOrderId,
        client: ClientId,
    },
    Changed {
        purchase_order: PurchaseOrderId,
        client: ClientId,
        revision: u32,
    },
    /// Somebody who used it crossed one of the thresholds.
    Warned {
        purchase_order: PurchaseOrderId,
        client: ClientId,
        warning: PurchaseWarning,
    },
    ApprovalChanged {
        client: ClientId,
        revision: u32,
        on: bool,
    },
}

impl EventBody for PurchasingEvent {
    fn name(&self) -> &'static str {
        match self {
            Self::Created { .. } => "purchase_order_created",
            Self::Changed { .. } => "purchase_order_changed",
            Self::Warned { .. } => "purchase_order_warned",
            Self::ApprovalChanged { .. } => "client_approval_changed",
        }
    }

    fn subject(&self) -> Subject {
        match self {
            Self::Created { purchase_order, .. }
            | Self::Changed { purchase_order, .. }
            | Self::Warned { purchase_order, .. } => Subject::new("purchase_order", purchase_order),
            Self::ApprovalChanged { client, .. } => Subject::new("client", client),
        }
    }
}
