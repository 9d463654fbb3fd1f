//! The client's side of purchase orders.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::keeping::{self, PurchaseOrderTerms};
use super::orders::of_client;
use crate::access::{Grant, Page, PageRequest, Permission, Place, Scope, authorize, page_of, prefetch_page};
use crate::codes::Code;
use crate::engine::{Effect, Operation, Refusal, Run, Tx, Want};
use crate::purchasing::model::{PurchaseLimit, PurchaseOrder};
use crate::purchasing::views::{self, ClientPurchaseOrderView};
use crate::values::{ClientId, PurchaseOrderId, Text};
use crate::visibility::client_record;

/// Enters a purchase order of one's own company.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateMyPurchaseOrder {
    pub client: ClientId,
    /// Unique at the client; it never changes.
    pub number: Text<60>,
    pub terms: PurchaseOrderTerms,
    /// What was used of it elsewhere before.
    #[serde(default)]
    pub used_before: Option<PurchaseLimit>,
}

impl Operation for CreateMyPurchaseOrder {
    const NAME: &'static str = "my_purchase_orders.create";
    const EFFECT: Effect = Effect::Command;
    type Reply = ClientPurchaseOrderView;

    fn run(&self, tx: &mut Tx) -> Run<ClientPurchaseOrderView> {
        tx.prefetch(keeping::wants(tx, self.client, &self.number))?;
        let grant = keeper(tx, self.client)?;
        let order = keeping::create(tx, &grant, self.client, &self.number, &self.terms, self.used_before)?;
        Ok(views::client(&grant, &order, tx.now()))
    }
}

/// Changes what a purchase order is for and how long. What is used of it stays.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateMyPurchaseOrder {
    pub purchase_order: PurchaseOrderId,
    pub revision: u32,
    pub terms: PurchaseOrderTerms,
}

impl Operation for UpdateMyPurchaseOrder {
    const NAME: &'static str = "my_purchase_orders.update";
    const EFFECT: Effect = Effect::Command;
    type Reply = ClientPurchaseOrderView;

    fn run(&self, tx: &mut Tx) -> Run<ClientPurchaseOrderView> {
        tx.prefetch(keeping::update_wants(tx, self.purchase_order))?;
        let (_, order) = own(tx, Permission::ManagePurchaseOrders, self.purchase_order)?;
        let grant = keeper(tx, order.client)?;
        let order = keeping::update(tx, &grant, order, self.revision, &self.terms)?;
        Ok(views::client(&grant, &order, tx.now()))
    }
}

/// One purchase order of one's own company.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GetMyPurchaseOrder {
    pub purchase_order: PurchaseOrderId,
}

impl Operation for GetMyPurchaseOrder {
    const NAME: &'static str = "my_purchase_orders.get";
    const EFFECT: Effect = Effect::Query;
    type Reply = ClientPurchaseOrderView;

    fn run(&self, tx: &mut Tx) -> Run<ClientPurchaseOrderView> {
        tx.prefetch([Want::record::<PurchaseOrder>(self.purchase_order)])?;
        own_people(tx)?;
        let (grant, order) = own(tx, Permission::ViewOrders, self.purchase_order)?;
        Ok(views::client(&grant, &order, tx.now()))
    }
}

/// The company's purchase orders, newest first: those that are `live` can be chosen for an order.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListMyPurchaseOrders {
    pub client: ClientId,
    #[serde(default)]
    pub page: PageRequest,
}

impl Operation for ListMyPurchaseOrders {
    const NAME: &'static str = "my_purchase_orders.list";
    const EFFECT: Effect = Effect::Query;
    type Reply = Page<ClientPurchaseOrderView>;

    fn run(&self, tx: &mut Tx) -> Run<Page<ClientPurchaseOrderView>> {
        let want = of_client(self.client);
        prefetch_page::<PurchaseOrder>(tx, &self.page, &want, [])?;
        own_people(tx)?;
        let grant = authorize(tx, Permission::ViewOrders, Scope::Client(self.client))?;
        let now = tx.now();
        page_of(tx, &self.page, want, |order: PurchaseOrder| views::client(&grant, &order, now))
    }
}

/// The figures count what is inside the client; the agency has its own lists, without that.
fn own_people(tx: &Tx) -> Result<(), Refusal> {
    if tx.context().actor.user().is_some() { Ok(()) } else { Err(Refusal::new(Code::WrongSide)) }
}

/// A purchase order is the whole client's, so who is limited to a part of it does not keep any.
pub(super) fn keeper(tx: &mut Tx, client: ClientId) -> Run<Grant> {
    own_people(tx)?;
    let grant = authorize(tx, Permission::ManagePurchaseOrders, Scope::Client(client))?;
    if grant.reach().is_everything() { Ok(grant) } else { Err(Refusal::new(Code::NotPermitted).into()) }
}

fn own(tx: &mut Tx, permission: Permission, id: PurchaseOrderId) -> Run<(Grant, PurchaseOrder)> {
    client_record(tx, permission, id, |order: &PurchaseOrder| Some(Place::client(order.client)))
}
