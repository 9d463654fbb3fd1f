//! The agency's side: edit in review, accept, decline.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::client::push_revision;
use super::notify::notify;
use crate::access::{Grant, Permission, Scope, authorize};
use crate::clients::model::Client;
use crate::engine::{Effect, Operation, Run, Tx, Want};
use crate::mandates::accept;
use crate::mandates::events::MandateEvent;
use crate::mandates::model::{Mandate, Side};
use crate::mandates::order::{Order, price};
use crate::mandates::rules::{self, MandateAction};
use crate::mandates::views::{self, AgencyMandateView};
use crate::notifications::model::Notice;
use crate::projects::model::Project;
use crate::values::{MandateId, Text};

/// Changes a mandate in review: positions, times, split. The client sees the difference, field by field.
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
        let grant = authorize(tx, Permission::ReviewMandates, Scope::Agency)?;
        let mut mandate: Mandate = tx.get(self.mandate)?;
        tx.prefetch(self.order.wants(tx, mandate.client, mandate.project))?;
        mandate.state = rules::next(mandate.state, MandateAction::Revise)?;
        rules::seen(&mandate, self.revision)?;
        let client: Client = tx.get(mandate.client)?;
        let request = self.order.request(tx, &client, Some(&mandate))?;
        mandate.estimate = price(tx, mandate.client, mandate.project, &request, mandate.submitted_at)?;
        push_revision(tx, &mut mandate, Side::Agency, request)?;
        tx.put(&grant, &mandate)?;
        tx.emit(
            &grant,
            &MandateEvent::Revised {
                mandate: mandate.id,
                client: mandate.client,
                revision: mandate.revision(),
            },
        )?;
        reply(&grant, &mandate)
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
        let (grant, mut mandate) = under_review(tx, self.mandate, self.revision, MandateAction::Accept)?;
        tx.prefetch([Want::record::<Client>(mandate.client)].into_iter().chain(further_project(&mandate)))?;
        let client: Client = tx.get(mandate.client)?;
        accept::accept(tx, &grant, &mut mandate, &client)?;
        tx.put(&grant, &mandate)?;
        notify(tx, &grant, &mandate, &client, Notice::MandateAccepted)?;
        reply(&grant, &mandate)
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
        let (grant, mut mandate) = under_review(tx, self.mandate, self.revision, MandateAction::Decline)?;
        let client: Client = tx.get(mandate.client)?;
        mandate.state = rules::next(mandate.state, MandateAction::Decline)?;
        mandate.decline_reason = Some(self.reason.clone());
        mandate.decided_at = Some(tx.now());
        tx.put(&grant, &mandate)?;
        tx.emit(&grant, &MandateEvent::Declined { mandate: mandate.id, client: mandate.client })?;
        notify(tx, &grant, &mandate, &client, Notice::MandateDeclined)?;
        reply(&grant, &mandate)
    }
}

/// The mandate in the revision that was seen, if this may be done to it now.
fn under_review(tx: &mut Tx, id: MandateId, revision: u32, action: MandateAction) -> Run<(Grant, Mandate)> {
    tx.prefetch([Want::record::<Mandate>(id)])?;
    let grant = authorize(tx, Permission::ReviewMandates, Scope::Agency)?;
    let mandate: Mandate = tx.get(id)?;
    rules::next(mandate.state, action)?;
    rules::seen(&mandate, revision)?;
    Ok((grant, mandate))
}

fn further_project(mandate: &Mandate) -> Option<Want> {
    mandate.project.map(Want::record::<Project>)
}

fn reply(grant: &Grant, mandate: &Mandate) -> Run<AgencyMandateView> {
    views::agency(grant, mandate).ok_or_else(crate::mandates::no_revision)
}
