//! Drafts: kept by the client, seen by its own people alone, placed or thrown away.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::client::{afterwards, reply};
use super::forward::put_forward;
use super::placing::{consenting, current_terms, join_project, ordering_user, placed, wants};
use super::read::own;
use crate::access::Permission;
use crate::engine::{Effect, Operation, Run, Tx, Want};
use crate::mandates::events::MandateEvent;
use crate::mandates::model::{Mandate, MandateState};
use crate::mandates::no_revision;
use crate::mandates::order::Order;
use crate::mandates::rules::{self, MandateAction};
use crate::mandates::views::ClientMandateView;
use crate::values::{ClientId, ContentHash, MandateId, ProjectId};

/// Keeps an order without placing it. The client's people see it; the agency does not.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SaveDraft {
    pub client: ClientId,
    /// A further request for this project of the client.
    #[serde(default)]
    pub project: Option<ProjectId>,
    pub order: Order,
}

impl Operation for SaveDraft {
    const NAME: &'static str = "mandates.save_draft";
    const EFFECT: Effect = Effect::Command;
    type Reply = ClientMandateView;

    fn run(&self, tx: &mut Tx) -> Run<ClientMandateView> {
        tx.prefetch(wants(tx, self.client, self.project, &self.order))?;
        let found = placed(tx, self.client, self.project, &self.order)?;
        let user = ordering_user(tx)?;
        let (grant, client, mandate) = found.draft(tx, user, self.project);
        join_project(tx, &grant, self.project)?;
        tx.put(&grant, &mandate)?;
        tx.emit(&grant, &MandateEvent::Drafted { mandate: mandate.id, client: client.id })?;
        reply(tx, &grant, &mandate)
    }
}

/// Places a draft as it was seen: checked and priced anew, since time has passed.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SubmitDraft {
    pub mandate: MandateId,
    pub revision: u32,
    /// The hash of the agency's current terms, which the user accepts herewith.
    #[serde(default)]
    pub terms: Option<ContentHash>,
}

impl Operation for SubmitDraft {
    const NAME: &'static str = "mandates.submit_draft";
    const EFFECT: Effect = Effect::Command;
    type Reply = ClientMandateView;

    fn run(&self, tx: &mut Tx) -> Run<ClientMandateView> {
        tx.prefetch([Want::record::<Mandate>(self.mandate)])?;
        let (_, mut mandate) = own(tx, Permission::PlaceOrders, self.mandate)?;
        // Whether it then goes to the agency or to an approver, it has to be a draft.
        rules::only_from(MandateState::Draft, mandate.state_at(tx.now()), MandateAction::Submit)?;
        rules::seen(&mandate, self.revision)?;
        let order = Order::of(mandate.request().ok_or_else(no_revision)?)?;
        tx.prefetch(
            wants(tx, mandate.client, mandate.seen_project(), &order).into_iter().chain(afterwards(&mandate)),
        )?;
        let user = ordering_user(tx)?;
        let found = placed(tx, mandate.client, mandate.seen_project(), &order)?;
        let current = current_terms(tx)?;
        mandate.terms = consenting(tx, current.as_ref(), self.terms.as_ref(), user)?;
        if let Some(revision) = mandate.revisions.last_mut() {
            revision.request = found.request;
        }
        mandate.estimate = found.estimate;
        mandate.submitted_at = tx.now();
        mandate.submitted_by = user;
        mandate.cutoff_minutes = found.client.mandates.cutoff_minutes;
        put_forward(tx, &found.grant, &found.client, &mut mandate, user, None)?;
        tx.put(&found.grant, &mandate)?;
        reply(tx, &found.grant, &mandate)
    }
}

/// Throws a draft away. Nobody sees it again.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DiscardDraft {
    pub mandate: MandateId,
    pub revision: u32,
}

impl Operation for DiscardDraft {
    const NAME: &'static str = "mandates.discard_draft";
    const EFFECT: Effect = Effect::Command;
    type Reply = ClientMandateView;

    fn run(&self, tx: &mut Tx) -> Run<ClientMandateView> {
        tx.prefetch([Want::record::<Mandate>(self.mandate)])?;
        let (grant, mut mandate) = own(tx, Permission::EditOrders, self.mandate)?;
        mandate.state = rules::step(&mandate, MandateAction::Discard, tx.now())?;
        rules::seen(&mandate, self.revision)?;
        tx.put(&grant, &mandate)?;
        tx.emit(&grant, &MandateEvent::Discarded { mandate: mandate.id, client: mandate.client })?;
        reply(tx, &grant, &mandate)
    }
}
