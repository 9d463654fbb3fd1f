//! Ordering again: what came to nothing taken up anew, and the same order for other days.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::client::submit;
use super::placing::wants;
use super::read::own;
use crate::access::Permission;
use crate::clients::model::Client;
use crate::codes::Code;
use crate::engine::{Effect, Operation, Refusal, Run, Tx, Want};
use crate::mandates::events::MandateEvent;
use crate::mandates::model::{Mandate, Twin};
use crate::mandates::no_revision;
use crate::mandates::order::Order;
use crate::mandates::rules::recurrence::{dated, relative};
use crate::mandates::rules::{self, MandateAction};
use crate::mandates::views::ClientMandateView;
use crate::values::{Bounded, ContentHash, Day, MandateId};

/// Submits anew what was declined, withdrawn, rejected inside the client or expired: a new mandate, and each of the two
/// names the other. Once only; the new one can be taken up again in its turn.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ResubmitMandate {
    pub mandate: MandateId,
    /// What is asked for now; without it, the same as before.
    #[serde(default)]
    pub order: Option<Order>,
    /// The hash of the agency's current terms, which the user accepts herewith.
    #[serde(default)]
    pub terms: Option<ContentHash>,
}

impl Operation for ResubmitMandate {
    const NAME: &'static str = "mandates.resubmit";
    const EFFECT: Effect = Effect::Command;
    type Reply = ClientMandateView;

    fn run(&self, tx: &mut Tx) -> Run<ClientMandateView> {
        tx.prefetch([Want::record::<Mandate>(self.mandate)])?;
        let (grant, mut old) = own(tx, Permission::PlaceOrders, self.mandate)?;
        rules::step(&old, MandateAction::Resubmit, tx.now())?;
        if old.resubmitted_as.is_some() {
            return Err(Refusal::new(Code::AlreadyResubmitted).into());
        }
        let order = match &self.order {
            Some(order) => order.clone(),
            None => Order::of(old.request().ok_or_else(no_revision)?)?,
        };
        tx.prefetch(wants(tx, old.client, old.seen_project(), &order))?;
        let twin = Twin { mandate: tx.new_id(), in_house: true };
        old.resubmitted_as = Some(twin);
        tx.put(&grant, &old)?;
        tx.emit(
            &grant,
            &MandateEvent::Resubmitted { mandate: old.id, client: old.client, next: twin.mandate },
        )?;
        let previous = Twin { mandate: old.id, in_house: old.in_house };
        submit(tx, old.client, old.seen_project(), &order, self.terms.as_ref(), |_, mandate| {
            mandate.id = twin.mandate;
            mandate.previous = Some(previous);
        })
    }
}

/// Orders the same again from another first day on: same clock times, same days apart.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReorderMandate {
    pub mandate: MandateId,
    /// The first day of the new order, at its site.
    pub first_day: Day,
    /// The hash of the agency's current terms, which the user accepts herewith.
    #[serde(default)]
    pub terms: Option<ContentHash>,
}

impl Operation for ReorderMandate {
    const NAME: &'static str = "mandates.reorder";
    const EFFECT: Effect = Effect::Command;
    type Reply = ClientMandateView;

    fn run(&self, tx: &mut Tx) -> Run<ClientMandateView> {
        tx.prefetch([Want::record::<Mandate>(self.mandate)])?;
        let (_, old) = own(tx, Permission::PlaceOrders, self.mandate)?;
        let request = old.request().ok_or_else(no_revision)?;
        let mut order = Order::of(request)?;
        tx.prefetch(wants(tx, old.client, None, &order))?;
        let client: Client = tx.get(old.client)?;
        let zone = client.site(order.site).map_or(&request.zone, |site| &site.zone);
        let shifts = dated(&relative(&request.shifts)?, self.first_day, zone);
        let shifts = shifts.map_err(|refusal| refusal.at("first_day"))?;
        order.shifts = Bounded::new(shifts).map_err(Refusal::from)?;
        submit(tx, old.client, None, &order, self.terms.as_ref(), |_, _| {})
    }
}
