//! The client's side: submit, edit, withdraw.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::forward::{drop_approval, let_go, put_forward};
use super::notify::notify;
use super::placing::{
    consenting, current_terms, join_project, ordering_user, placed, push_revision, terms_want, wants,
};
use super::read::own;
use crate::access::{Grant, Permission, Place};
use crate::agency::model::Agency;
use crate::clients::model::Client;
use crate::codes::Code;
use crate::engine::{Effect, Operation, Refusal, Run, Tx, Want};
use crate::mandates::events::MandateEvent;
use crate::mandates::model::{Mandate, MandateState, Side};
use crate::mandates::order::{Order, price};
use crate::mandates::rules::{self, MandateAction};
use crate::mandates::views::{self, ClientMandateView};
use crate::notifications::model::Notice;
use crate::purchasing::model::{ApprovalChain, PurchaseOrder};
use crate::values::{ClientId, ContentHash, MandateId, ProjectId};

/// Places an order for staff. If the client's own approvers have to, one of them is asked first; then the agency sees
/// it to review; with auto-accept a priced one within the limits is accepted at once.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SubmitMandate {
    pub client: ClientId,
    /// A further request for this project of the client: once accepted, it adds a schedule to it.
    #[serde(default)]
    pub project: Option<ProjectId>,
    pub order: Order,
    /// The hash of the agency's current terms, which the user accepts herewith.
    #[serde(default)]
    pub terms: Option<ContentHash>,
}

impl Operation for SubmitMandate {
    const NAME: &'static str = "mandates.submit";
    const EFFECT: Effect = Effect::Command;
    type Reply = ClientMandateView;

    fn run(&self, tx: &mut Tx) -> Run<ClientMandateView> {
        tx.prefetch(wants(tx, self.client, self.project, &self.order))?;
        submit(tx, self.client, self.project, &self.order, self.terms.as_ref(), |_, _| {})
    }
}

/// Places an order whose needs were prefetched. `link` may tie the new mandate to another.
pub(super) fn submit(
    tx: &mut Tx,
    client: ClientId,
    project: Option<ProjectId>,
    order: &Order,
    terms: Option<&ContentHash>,
    link: impl FnOnce(&Grant, &mut Mandate),
) -> Run<ClientMandateView> {
    let found = placed(tx, client, project, order)?;
    let user = ordering_user(tx)?;
    let current = current_terms(tx)?;
    let terms = consenting(tx, current.as_ref(), terms, user)?;
    let (grant, client, mut mandate) = found.draft(tx, user, project);
    mandate.terms = terms;
    link(&grant, &mut mandate);
    join_project(tx, &grant, project)?;
    put_forward(tx, &grant, &client, &mut mandate, user, None)?;
    tx.put(&grant, &mandate)?;
    reply(tx, &grant, &mandate)
}

/// Changes a draft, or an order that is not decided. Each edit is a revision; the agency can accept only the last one,
/// and what a member was looking at is to review again.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EditMandate {
    pub mandate: MandateId,
    /// The revision that the edit starts from.
    pub revision: u32,
    pub order: Order,
    /// The hash of the agency's current terms, needed if they have changed since the order was placed.
    #[serde(default)]
    pub terms: Option<ContentHash>,
}

impl Operation for EditMandate {
    const NAME: &'static str = "mandates.edit";
    const EFFECT: Effect = Effect::Command;
    type Reply = ClientMandateView;

    fn run(&self, tx: &mut Tx) -> Run<ClientMandateView> {
        let from_form = self.order.skill_wants(tx);
        tx.prefetch(from_form.into_iter().chain([Want::record::<Mandate>(self.mandate), terms_want(tx)]))?;
        let (grant, mut mandate) = own(tx, Permission::EditOrders, self.mandate)?;
        let user = ordering_user(tx)?;
        tx.prefetch(edit_wants(tx, &mandate, &self.order))?;
        let before = mandate.purchase_order();
        let client = edited(tx, &grant, &mut mandate, self.revision, &self.order)?;
        if mandate.state == MandateState::Draft {
            tx.put(&grant, &mandate)?;
            let (id, revision) = (mandate.id, mandate.revision());
            tx.emit(&grant, &MandateEvent::DraftEdited { mandate: id, client: client.id, revision })?;
            return reply(tx, &grant, &mandate);
        }
        let current = current_terms(tx)?;
        let accepted = mandate.terms.as_ref().map(|terms| &terms.terms);
        if self.terms.is_some() || current.as_ref().map(|terms| &terms.current) != accepted {
            mandate.terms = consenting(tx, current.as_ref(), self.terms.as_ref(), user)?;
        }
        if mandate.in_house {
            let (id, revision) = (mandate.id, mandate.revision());
            tx.emit(&grant, &MandateEvent::Edited { mandate: id, client: client.id, revision })?;
        }
        put_forward(tx, &grant, &client, &mut mandate, user, before)?;
        tx.put(&grant, &mandate)?;
        reply(tx, &grant, &mandate)
    }
}

/// What an edit needs beside the form's own part, once the mandate is known.
pub(super) fn edit_wants(tx: &Tx, mandate: &Mandate, order: &Order) -> Vec<Want> {
    let mut wants = order.wants(tx, mandate.client, mandate.seen_project());
    wants.push(Want::record::<ApprovalChain>(mandate.client));
    wants.extend(afterwards(mandate));
    wants
}

/// What the mandate's further way touches.
pub(super) fn afterwards(mandate: &Mandate) -> impl Iterator<Item = Want> {
    let order = mandate.purchase_order().map(Want::record::<PurchaseOrder>);
    let previous = mandate.previous.map(|previous| Want::record::<Mandate>(previous.mandate));
    order.into_iter().chain(previous)
}

/// The mandate with the edit in it, checked and priced, and its client.
pub(super) fn edited(
    tx: &mut Tx,
    grant: &Grant,
    mandate: &mut Mandate,
    revision: u32,
    order: &Order,
) -> Run<Client> {
    let now = tx.now();
    let state = rules::step(mandate, MandateAction::Edit, now)?;
    rules::seen(mandate, revision)?;
    let client: Client = tx.get(mandate.client)?;
    let agency: Agency = tx.get(tx.context().agency)?;
    rules::ordering_open(&agency, &client)?;
    if !grant.reaches(&Place::at(mandate.client, mandate.seen_project(), &[order.site])) {
        return Err(Refusal::new(Code::SiteUnknown).at("order.site").into());
    }
    // Nothing was ordered by a draft, so there is nothing that it may keep.
    let kept = (mandate.state != MandateState::Draft).then_some(&*mandate);
    let request = order.request(tx, &client, kept)?;
    let ordered_at = kept.map_or(now, |mandate| mandate.submitted_at);
    mandate.estimate = price(tx, mandate.client, mandate.seen_project(), &request, ordered_at)?;
    push_revision(tx, mandate, Side::Client, request)?;
    mandate.state = state;
    mandate.review = None;
    mandate.cutoff_minutes = client.mandates.cutoff_minutes;
    mandate.warned = false;
    Ok(client)
}

/// Takes an order back that is not decided.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WithdrawMandate {
    pub mandate: MandateId,
    /// The revision that is taken back.
    pub revision: u32,
}

impl Operation for WithdrawMandate {
    const NAME: &'static str = "mandates.withdraw";
    const EFFECT: Effect = Effect::Command;
    type Reply = ClientMandateView;

    fn run(&self, tx: &mut Tx) -> Run<ClientMandateView> {
        tx.prefetch([Want::record::<Mandate>(self.mandate)])?;
        let (grant, mut mandate) = own(tx, Permission::WithdrawOrders, self.mandate)?;
        mandate.state = rules::step(&mandate, MandateAction::Withdraw, tx.now())?;
        rules::seen(&mandate, self.revision)?;
        tx.prefetch([Want::record::<Client>(mandate.client)].into_iter().chain(afterwards(&mandate)))?;
        mandate.decided_at = Some(tx.now());
        mandate.review = None;
        drop_approval(&mut mandate)?;
        let client: Client = tx.get(mandate.client)?;
        let_go(tx, &grant, &mandate)?;
        tx.put(&grant, &mandate)?;
        tx.emit(&grant, &MandateEvent::Withdrawn { mandate: mandate.id, client: mandate.client })?;
        if !mandate.in_house {
            notify(tx, &grant, &mandate, &client, Notice::MandateWithdrawn)?;
        }
        reply(tx, &grant, &mandate)
    }
}

pub(super) fn reply(tx: &Tx, grant: &Grant, mandate: &Mandate) -> Run<ClientMandateView> {
    views::client(grant, mandate, tx.now()).ok_or_else(crate::mandates::no_revision)
}
