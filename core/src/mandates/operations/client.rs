//! The client's side: preview, submit, edit, withdraw.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::notify::notify;
use super::read::own;
use crate::access::{Grant, Permission, Place, Scope, authorize};
use crate::agency::model::{Agency, Terms, TermsAcceptance};
use crate::agency::rules::accept_terms;
use crate::clients::model::Client;
use crate::codes::Code;
use crate::engine::{Actor, Effect, Operation, Refusal, Run, Tx, Want};
use crate::mandates::accept;
use crate::mandates::events::MandateEvent;
use crate::mandates::model::{Mandate, MandateState, Revision, Side};
use crate::mandates::order::{Order, price};
use crate::mandates::rules::{self, MandateAction};
use crate::mandates::views::{self, ClientMandateView, MandatePreview};
use crate::notifications::model::Notice;
use crate::projects::model::Project;
use crate::values::{ClientId, ContentHash, MandateId, ProjectId, UserId};

/// Shows what an order would be and cost, without placing it. Nothing is stored.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PreviewMandate {
    pub client: ClientId,
    /// A further request for this project of the client.
    #[serde(default)]
    pub project: Option<ProjectId>,
    pub order: Order,
}

impl Operation for PreviewMandate {
    const NAME: &'static str = "mandates.preview";
    const EFFECT: Effect = Effect::Query;
    type Reply = MandatePreview;

    fn run(&self, tx: &mut Tx) -> Run<MandatePreview> {
        tx.prefetch(wants(tx, self.client, self.project, &self.order))?;
        let grant = placing(tx, self.client, self.project, &self.order)?;
        let client = may_order(tx, self.client, self.project)?;
        let request = self.order.request(tx, &client, None)?;
        let estimate = price(tx, self.client, self.project, &request, tx.now())?;
        Ok(MandatePreview {
            request: views::request(&request),
            accepted_on_creation: client.auto_accept && estimate.is_priced(),
            estimate: views::visible_estimate(&grant, &estimate),
            terms: current_terms(tx)?.map(|terms| terms.current),
        })
    }
}

/// Places an order for staff. The agency sees it to review; with auto-accept a priced one is accepted at once.
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
        let grant = placing(tx, self.client, self.project, &self.order)?;
        let user = ordering_user(tx)?;
        let client = may_order(tx, self.client, self.project)?;
        let request = self.order.request(tx, &client, None)?;
        let estimate = price(tx, self.client, self.project, &request, tx.now())?;
        let current = current_terms(tx)?;
        let terms = consenting(tx, current.as_ref(), self.terms.as_ref(), user)?;
        let now = tx.now();
        let mut mandate = Mandate {
            id: tx.new_id(),
            client: self.client,
            state: MandateState::Submitted,
            revisions: vec![Revision { number: 1, by: Side::Client, at: now, request }],
            estimate,
            submitted_by: user,
            submitted_at: now,
            terms,
            decline_reason: None,
            project: self.project,
            project_hidden: false,
            decided_at: None,
        };
        if let Some(project) = self.project {
            // Taking the project back in the same moment finds this request, or this request finds it taken back.
            let project: Project = tx.get(project)?;
            tx.put(&grant, &project)?;
        }
        tx.emit(
            &grant,
            &MandateEvent::Submitted {
                mandate: mandate.id,
                client: mandate.client,
                revision: 1,
                terms: mandate.terms.as_ref().map(|terms| terms.terms.clone()),
                user,
            },
        )?;
        notify(tx, &grant, &mandate, &client, Notice::MandateSubmitted)?;
        if client.auto_accept && mandate.estimate.is_priced() {
            accept::accept(tx, &grant, &mut mandate, &client)?;
        }
        tx.put(&grant, &mandate)?;
        reply(&grant, &mandate)
    }
}

/// Changes an order that is still to review. Each edit is a revision; the agency can accept only the last one.
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
        tx.prefetch(self.order.wants(tx, mandate.client, mandate.seen_project()))?;
        mandate.state = rules::next(mandate.state, MandateAction::Edit)?;
        rules::seen(&mandate, self.revision)?;
        let client: Client = tx.get(mandate.client)?;
        let agency: Agency = tx.get(tx.context().agency)?;
        rules::ordering_open(&agency, &client)?;
        if !grant.reaches(&Place::at(mandate.client, mandate.seen_project(), &[self.order.site])) {
            return Err(Refusal::new(Code::SiteUnknown).at("order.site").into());
        }
        let request = self.order.request(tx, &client, Some(&mandate))?;
        mandate.estimate = price(tx, mandate.client, mandate.seen_project(), &request, mandate.submitted_at)?;
        let current = current_terms(tx)?;
        let accepted = mandate.terms.as_ref().map(|terms| &terms.terms);
        if self.terms.is_some() || current.as_ref().map(|terms| &terms.current) != accepted {
            mandate.terms = consenting(tx, current.as_ref(), self.terms.as_ref(), user)?;
        }
        push_revision(tx, &mut mandate, Side::Client, request)?;
        tx.put(&grant, &mandate)?;
        tx.emit(
            &grant,
            &MandateEvent::Edited {
                mandate: mandate.id,
                client: mandate.client,
                revision: mandate.revision(),
            },
        )?;
        notify(tx, &grant, &mandate, &client, Notice::MandateEdited)?;
        reply(&grant, &mandate)
    }
}

/// Takes an order back that is still to review.
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
        mandate.state = rules::next(mandate.state, MandateAction::Withdraw)?;
        rules::seen(&mandate, self.revision)?;
        mandate.decided_at = Some(tx.now());
        let client: Client = tx.get(mandate.client)?;
        tx.put(&grant, &mandate)?;
        tx.emit(&grant, &MandateEvent::Withdrawn { mandate: mandate.id, client: mandate.client })?;
        notify(tx, &grant, &mandate, &client, Notice::MandateWithdrawn)?;
        reply(&grant, &mandate)
    }
}

fn wants(tx: &Tx, client: ClientId, project: Option<ProjectId>, order: &Order) -> Vec<Want> {
    let mut wants = order.wants(tx, client, project);
    wants.push(terms_want(tx));
    wants.extend(project.map(Want::record::<Project>));
    wants
}

/// The grant for an order: at a site, or for a project, that is within reach.
fn placing(tx: &mut Tx, client: ClientId, project: Option<ProjectId>, order: &Order) -> Run<Grant> {
    let grant = authorize(tx, Permission::PlaceOrders, Scope::Client(client))?;
    let project = match project {
        Some(id) => tx.find::<Project>(id)?.filter(|project| project.seen_by() == Some(client)),
        None => None,
    };
    if grant.reaches(&Place::at(client, project.map(|project| project.id), &[order.site])) {
        Ok(grant)
    } else {
        Err(Refusal::new(Code::SiteUnknown).at("order.site").into())
    }
}

/// The client, if it can order at all, and for this project if one is named.
fn may_order(tx: &mut Tx, client: ClientId, project: Option<ProjectId>) -> Run<Client> {
    let client: Client = tx.get(client)?;
    let agency: Agency = tx.get(tx.context().agency)?;
    rules::ordering_open(&agency, &client)?;
    if let Some(project) = project {
        let project: Project = tx.get(project)?;
        if project.seen_by() != Some(client.id) {
            return Err(Refusal::not_found().into());
        }
    }
    Ok(client)
}

/// Orders bind the client, so a person at the client places them, not the platform in their name.
fn ordering_user(tx: &Tx) -> Result<UserId, Refusal> {
    tx.context().actor.user().ok_or_else(|| Refusal::new(Code::WrongSide))
}

/// Consent is nobody's to give in another's place: only the person themself accepts terms.
fn consenting(
    tx: &Tx,
    current: Option<&Terms>,
    shown: Option<&ContentHash>,
    user: UserId,
) -> Result<Option<TermsAcceptance>, Refusal> {
    let is_another = matches!(tx.context().actor, Actor::Impersonated { .. });
    if is_another && (current.is_some() || shown.is_some()) {
        return Err(Refusal::new(Code::NotInAnothersPlace).at("terms"));
    }
    accept_terms(current, shown, user, tx.now())
}

fn terms_want(tx: &Tx) -> Want {
    Want::record::<Terms>(tx.context().agency)
}

fn current_terms(tx: &mut Tx) -> Run<Option<Terms>> {
    tx.find::<Terms>(tx.context().agency)
}

/// Adds what the mandate asks for from now on.
pub(super) fn push_revision(
    tx: &Tx,
    mandate: &mut Mandate,
    by: Side,
    request: crate::mandates::model::Request,
) -> Result<(), Refusal> {
    if mandate.revisions.len() >= rules::MAX_REVISIONS {
        return Err(Refusal::new(Code::TooMany).at("revision").with("expected", rules::MAX_REVISIONS));
    }
    let number = mandate.revision() + 1;
    mandate.revisions.push(Revision { number, by, at: tx.now(), request });
    Ok(())
}

fn reply(grant: &Grant, mandate: &Mandate) -> Run<ClientMandateView> {
    views::client(grant, mandate).ok_or_else(crate::mandates::no_revision)
}
