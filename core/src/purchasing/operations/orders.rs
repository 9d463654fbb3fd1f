//! The agency's side of purchase orders.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::keeping::{self, PurchaseOrderTerms};
use crate::access::{Page, PageRequest, Permission, Scope, authorize, page_of, prefetch_page};
use crate::engine::{Effect, Operation, Run, Tx, Want};
use crate::purchasing::model::{PurchaseLimit, PurchaseOrder};
use crate::purchasing::views::{self, AgencyPurchaseOrderView};
use crate::values::{ClientId, PurchaseOrderId, Text};

/// Enters a client's purchase order. For the agency.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CreatePurchaseOrder {
    pub client: ClientId,
    /// Unique at the client; it never changes.
    pub number: Text<60>,
    pub terms: PurchaseOrderTerms,
    /// What was used of it elsewhere before.
    #[serde(default)]
    pub used_before: Option<PurchaseLimit>,
}

impl Operation for CreatePurchaseOrder {
    const NAME: &'static str = "purchase_orders.create";
    const EFFECT: Effect = Effect::Command;
    type Reply = AgencyPurchaseOrderView;

    fn run(&self, tx: &mut Tx) -> Run<AgencyPurchaseOrderView> {
        tx.prefetch(keeping::wants(tx, self.client, &self.number))?;
        let grant = authorize(tx, Permission::ManageClients, Scope::Agency)?;
        let order = keeping::create(tx, &grant, self.client, &self.number, &self.terms, self.used_before)?;
        Ok(views::agency(&grant, &order, tx.now()))
    }
}

/// Changes what a purchase order is for and how long. What is used of it stays. For the agency.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdatePurchaseOrder {
    pub purchase_order: PurchaseOrderId,
    pub revision: u32,
    pub terms: PurchaseOrderTerms,
}

impl Operation for UpdatePurchaseOrder {
    const NAME: &'static str = "purchase_orders.update";
    const EFFECT: Effect = Effect::Command;
    type Reply = AgencyPurchaseOrderView;

    fn run(&self, tx: &mut Tx) -> Run<AgencyPurchaseOrderView> {
        tx.prefetch(keeping::update_wants(tx, self.purchase_order))?;
        let grant = authorize(tx, Permission::ManageClients, Scope::Agency)?;
        let order = tx.get(self.purchase_order)?;
        let order = keeping::update(tx, &grant, order, self.revision, &self.terms)?;
        Ok(views::agency(&grant, &order, tx.now()))
    }
}

/// One purchase order. For the agency.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GetPurchaseOrder {
    pub purchase_order: PurchaseOrderId,
}

impl Operation for GetPurchaseOrder {
    const NAME: &'static str = "purchase_orders.get";
    const EFFECT: Effect = Effect::Query;
    type Reply = AgencyPurchaseOrderView;

    fn run(&self, tx: &mut Tx) -> Run<AgencyPurchaseOrderView> {
        tx.prefetch([Want::record::<PurchaseOrder>(self.purchase_order)])?;
        let grant = authorize(tx, Permission::ViewAgency, Scope::Agency)?;
        Ok(views::agency(&grant, &tx.get(self.purchase_order)?, tx.now()))
    }
}

/// A client's purchase orders, newest first. For the agency.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListPurchaseOrders {
    pub client: ClientId,
    #[serde(default)]
    pub page: PageRequest,
}

pub(super) fn of_client(client: ClientId) -> Want {
    Want::range::<PurchaseOrder>("by_client", vec![client.to_string().into()], 0).newest_first()
}

impl Operation for ListPurchaseOrders {
    const NAME: &'static str = "purchase_orders.list";
    const EFFECT: Effect = Effect::Query;
    type Reply = Page<AgencyPurchaseOrderView>;

    fn run(&self, tx: &mut Tx) -> Run<Page<AgencyPurchaseOrderView>> {
        let want = of_client(self.client);
        prefetch_page::<PurchaseOrder>(tx, &self.page, &want, [])?;
        let grant = authorize(tx, Permission::ViewAgency, Scope::Agency)?;
        let now = tx.now();
        page_of(tx, &self.page, want, |order: PurchaseOrder| views::agency(&grant, &order, now))
    }
}
