//! The agency's side: open a review, edit in review, accept, decline.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::client::afterwards;
use super::forward::{hold, in_time, let_go, route};
use super::notify::notify;
use super::placing::{project_wants, push_revision};
use crate::access::{Grant, Permission, Scope, authorize};
use crate::clients::model::Client;
use crate::codes::Code;
use crate::engine::{Effect, Operation, Refusal, Run, Tx, Want};
use crate::mandates::accept;
use crate::mandates::events::MandateEvent;
use crate::mandates::model::{Mandate, MandateState, Review, Side};
use crate::mandates::order::{Order, price};
use crate::mandates::rules::{self, MandateAction};
use crate::mandates::views::{self, AgencyMandateView};
use crate::notifications::model::Notice;
use crate::purchasing::model::ApprovalChain;
use crate::purchasing::rules::approval::Route;
use crate::values::{MandateId, Text};

/// Opens a review of one revision: from then on that one is accepted or none. An edit by the client ends the review.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenReview {
    pub mandate: MandateId,
    /// The revision that is looked at.
    pub revision: u32,
}

impl Operation for OpenReview {
    const NAME: &'static str = "mandates.open_review";
    const EFFECT: Effect = Effect::Command;
    type Reply = AgencyMandateView;

    fn run(&self, tx: &mut Tx) -> Run<AgencyMandateView> {
        let (grant, mut mandate, state) =
            under_review(tx, self.mandate, self.revision, MandateAction::OpenReview)?;
        mandate.state = state;
        mandate.review = Some(review(tx, self.revision));
        tx.put(&grant, &mandate)?;
        let (id, client) = (mandate.id, mandate.client);
        tx.emit(&grant, &MandateEvent::ReviewOpened { mandate: id, client, revision: self.revision })?;
        reply(tx, &grant, &mandate)
    }
}

/// Ends a review without an answer: the mandate is to review again.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CloseReview {
    pub mandate: MandateId,
    pub revision: u32,
}

impl Operation for CloseReview {
    const NAME: &'static str = "mandates.close_review";
    const EFFECT: Effect = Effect::Command;
    type Reply = AgencyMandateView;

    fn run(&self, tx: &mut Tx) -> Run<AgencyMandateView> {
        let (grant, mut mandate, state) =
            under_review(tx, self.mandate, self.revision, MandateAction::CloseReview)?;
        mandate.state = state;
        mandate.review = None;
        tx.put(&grant, &mandate)?;
        let (id, client) = (mandate.id, mandate.client);
        tx.emit(&grant, &MandateEvent::ReviewClosed { mandate: id, client, revision: self.revision })?;
        reply(tx, &grant, &mandate)
    }
}

/// Changes a mandate in review: positions, times, split. The client sees the difference, field by field. The purchase
/// order stays the client's choice, and what was approved inside the client is not gone beyond.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReviseMandate {
    pub mandate: MandateId,
    /// The revision that the change starts from.
    pub revision: u32,
    pub order: Order,
}

impl Operation for ReviseMandate {
    const NAME: &'static str = "mandates.revise";
    const EFFECT: Effect = Effect::Command;
    type Reply = AgencyMandateView;

    fn run(&self, tx: &mut Tx) -> Run<AgencyMandateView> {
        let from_form = self.order.skill_wants(tx);
        tx.prefetch(from_form.into_iter().chain([Want::record::<Mandate>(self.mandate)]))?;
        let (grant, mut mandate) = reviewed(tx, self.mandate)?;
        let wants = self.order.wants(tx, mandate.client, mandate.project).into_iter();
        let wants = wants.chain([Want::record::<ApprovalChain>(mandate.client)]);
        tx.prefetch(wants.chain(afterwards(&mandate)))?;
        mandate.state = rules::step(&mandate, MandateAction::Revise, tx.now())?;
        rules::seen(&mandate, self.revision)?;
        let client: Client = tx.get(mandate.client)?;
        let before = mandate.purchase_order();
        if self.order.purchase_order.is_some_and(|chosen| Some(chosen) != before) {
            return Err(Refusal::new(Code::NotPermitted).at("order.purchase_order").into());
        }
        let mut order = self.order.clone();
        order.purchase_order = before;
        let request = order.request(tx, &client, Some(&mandate))?;
        mandate.estimate = price(tx, mandate.client, mandate.project, &request, mandate.submitted_at)?;
        push_revision(tx, &mut mandate, Side::Agency, request)?;
        in_time(tx, &mandate)?;
        let chain: Option<ApprovalChain> = tx.find(mandate.client)?;
        let by = mandate.submitted_by;
        if !matches!(route(tx, chain.as_ref(), &mandate, by), Route::NotNeeded(_)) {
            return Err(Refusal::new(Code::ApprovalExceeded).at("order").into());
        }
        hold(tx, &grant, &client, &mandate, before)?;
        let revision = mandate.revision();
        if mandate.review.is_some() {
            mandate.review = Some(review(tx, revision));
        }
        tx.put(&grant, &mandate)?;
        let (id, client) = (mandate.id, mandate.client);
        tx.emit(&grant, &MandateEvent::Revised { mandate: id, client, revision })?;
        reply(tx, &grant, &mandate)
    }
}

/// Accepts the revision that was seen: project, schedule and shifts exist after the same commit.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AcceptMandate {
    pub mandate: MandateId,
    /// The revision that was reviewed. If the client has edited since, nothing is accepted.
    pub revision: u32,
}

impl Operation for AcceptMandate {
    const NAME: &'static str = "mandates.accept";
    const EFFECT: Effect = Effect::Command;
    type Reply = AgencyMandateView;

    fn run(&self, tx: &mut Tx) -> Run<AgencyMandateView> {
        let (grant, mut mandate, _) = under_review(tx, self.mandate, self.revision, MandateAction::Accept)?;
        let client = Want::record::<Client>(mandate.client);
        tx.prefetch(project_wants(&mandate).chain([client]).chain(afterwards(&mandate)))?;
        let client: Client = tx.get(mandate.client)?;
        accept::accept(tx, &grant, &mut mandate, &client)?;
        mandate.review = None;
        tx.put(&grant, &mandate)?;
        notify(tx, &grant, &mandate, &client, Notice::MandateAccepted)?;
        reply(tx, &grant, &mandate)
    }
}

/// Declines the revision that was seen, with a reason that the client sees.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DeclineMandate {
    pub mandate: MandateId,
    pub revision: u32,
    pub reason: Text<500>,
}

impl Operation for DeclineMandate {
    const NAME: &'static str = "mandates.decline";
    const EFFECT: Effect = Effect::Command;
    type Reply = AgencyMandateView;

    fn run(&self, tx: &mut Tx) -> Run<AgencyMandateView> {
        let (grant, mut mandate, state) =
            under_review(tx, self.mandate, self.revision, MandateAction::Decline)?;
        tx.prefetch([Want::record::<Client>(mandate.client)].into_iter().chain(afterwards(&mandate)))?;
        let client: Client = tx.get(mandate.client)?;
        mandate.state = state;
        mandate.decline_reason = Some(self.reason.clone());
        mandate.decided_at = Some(tx.now());
        mandate.review = None;
        let_go(tx, &grant, &mandate)?;
        tx.put(&grant, &mandate)?;
        tx.emit(&grant, &MandateEvent::Declined { mandate: mandate.id, client: mandate.client })?;
        notify(tx, &grant, &mandate, &client, Notice::MandateDeclined)?;
        reply(tx, &grant, &mandate)
    }
}

fn review(tx: &Tx, revision: u32) -> Review {
    Review { revision, by: tx.context().actor.member(), opened_at: tx.now() }
}

/// A mandate that the agency knows of. One that is still inside its client is not there.
fn reviewed(tx: &mut Tx, id: MandateId) -> Run<(Grant, Mandate)> {
    let grant = authorize(tx, Permission::ReviewMandates, Scope::Agency)?;
    let mandate: Mandate = tx.get(id)?;
    if mandate.is_there_for(tx.context().actor) {
        Ok((grant, mandate))
    } else {
        Err(Refusal::not_found().into())
    }
}

/// The mandate in the revision that was seen, if this may be done to it now, and the state that follows.
fn under_review(
    tx: &mut Tx,
    id: MandateId,
    revision: u32,
    action: MandateAction,
) -> Run<(Grant, Mandate, MandateState)> {
    tx.prefetch([Want::record::<Mandate>(id)])?;
    let (grant, mandate) = reviewed(tx, id)?;
    let state = rules::step(&mandate, action, tx.now())?;
    rules::seen(&mandate, revision)?;
    Ok((grant, mandate, state))
}

fn reply(tx: &Tx, grant: &Grant, mandate: &Mandate) -> Run<AgencyMandateView> {
    views::agency(grant, mandate, tx.now()).ok_or_else(crate::mandates::no_revision)
}
