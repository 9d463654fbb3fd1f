//! What every way of placing an order has in common: the checks before it, and the way it takes from there.

use uuid::Uuid;

use crate::access::{Grant, Permission, Place, Scope, authorize};
use crate::agency::model::{Agency, Terms, TermsAcceptance};
use crate::agency::rules::accept_terms;
use crate::clients::model::Client;
use crate::codes::Code;
use crate::engine::{Actor, Refusal, Run, Tx, Want};
use crate::mandates::model::{Mandate, MandateState, Request, Revision, Side};
use crate::mandates::order::{Order, price};
use crate::mandates::rules;
use crate::pricing::estimate::Estimate;
use crate::projects::model::Project;
use crate::purchasing::model::ApprovalChain;
use crate::values::{ClientId, ContentHash, MandateId, ProjectId, UserId};

/// Everything that placing this order needs, known from the form alone.
pub(super) fn wants(tx: &Tx, client: ClientId, project: Option<ProjectId>, order: &Order) -> Vec<Want> {
    let mut wants = order.wants(tx, client, project);
    wants.push(terms_want(tx));
    wants.push(Want::record::<ApprovalChain>(client));
    wants.extend(project.into_iter().flat_map(|project| Project::joining(project, order.site)));
    wants
}

/// What a further request needs of the project that it joins, if it is one.
pub(super) fn project_wants(mandate: &Mandate) -> impl Iterator<Item = Want> {
    let joined = mandate.project.zip(mandate.request());
    joined.into_iter().flat_map(|(project, request)| Project::joining(project, request.site))
}

/// An order that was checked and priced, with who places it and under which grant.
pub(super) struct Placed {
    pub grant: Grant,
    pub client: Client,
    pub request: Request,
    pub estimate: Estimate,
}

/// Checks and prices an order that is placed now.
pub(super) fn placed(
    tx: &mut Tx,
    client: ClientId,
    project: Option<ProjectId>,
    order: &Order,
) -> Run<Placed> {
    let grant = placing(tx, client, project, order)?;
    let client = may_order(tx, client, project)?;
    let request = order.request(tx, &client, None)?;
    let estimate = price(tx, client.id, project, &request, tx.now())?;
    Ok(Placed { grant, client, request, estimate })
}

impl Placed {
    /// The mandate as it is before anything happens to it: a draft.
    pub(super) fn draft(
        self,
        tx: &mut Tx,
        user: UserId,
        project: Option<ProjectId>,
    ) -> (Grant, Client, Mandate) {
        let id = tx.new_id();
        let mandate = self.mandate(tx, id, user, project);
        (self.grant, self.client, mandate)
    }

    /// The same for looking at it alone: it has no id of its own.
    pub(super) fn sample(&self, tx: &Tx, project: Option<ProjectId>) -> Mandate {
        let nobody = UserId::new(Uuid::nil());
        let user = tx.context().actor.user().unwrap_or(nobody);
        self.mandate(tx, MandateId::new(Uuid::nil()), user, project)
    }

    fn mandate(&self, tx: &Tx, id: MandateId, user: UserId, project: Option<ProjectId>) -> Mandate {
        let now = tx.now();
        let request = self.request.clone();
        Mandate {
            id,
            client: self.client.id,
            state: MandateState::Draft,
            revisions: vec![Revision { number: 1, by: Side::Client, at: now, request }],
            estimate: self.estimate.clone(),
            submitted_by: user,
            submitted_at: now,
            terms: None,
            decline_reason: None,
            project,
            project_hidden: false,
            decided_at: None,
            in_house: true,
            cutoff_minutes: self.client.mandates.cutoff_minutes,
            warned: false,
            review: None,
            approval: None,
            previous: None,
            resubmitted_as: None,
        }
    }
}

/// The grant for an order: at a site, or for a project, that is within reach.
pub(super) fn placing(
    tx: &mut Tx,
    client: ClientId,
    project: Option<ProjectId>,
    order: &Order,
) -> Run<Grant> {
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
pub(super) fn may_order(tx: &mut Tx, client: ClientId, project: Option<ProjectId>) -> Run<Client> {
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

/// Taking the project back in the same moment finds this request, or this request finds it taken back.
pub(super) fn join_project(tx: &mut Tx, grant: &Grant, project: Option<ProjectId>) -> Run<()> {
    let Some(project) = project else { return Ok(()) };
    let mut project: Project = tx.get(project)?;
    project.add_request()?;
    tx.put(grant, &project)
}

/// Orders bind the client, so a person at the client places them, not the platform in their name.
pub(super) fn ordering_user(tx: &Tx) -> Result<UserId, Refusal> {
    tx.context().actor.user().ok_or_else(|| Refusal::new(Code::WrongSide))
}

/// Consent is nobody's to give in another's place: only the person themself accepts terms.
pub(super) fn consenting(
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

pub(super) fn terms_want(tx: &Tx) -> Want {
    Want::record::<Terms>(tx.context().agency)
}

pub(super) fn current_terms(tx: &mut Tx) -> Run<Option<Terms>> {
    tx.find::<Terms>(tx.context().agency)
}

/// Adds what the mandate asks for from now on. Of a draft only the last edit is kept.
pub(super) fn push_revision(
    tx: &Tx,
    mandate: &mut Mandate,
    by: Side,
    request: Request,
) -> Result<(), Refusal> {
    let number = mandate.revision() + 1;
    if mandate.state == MandateState::Draft {
        mandate.revisions.clear();
    }
    if mandate.revisions.len() >= rules::MAX_REVISIONS {
        return Err(Refusal::new(Code::TooMany).at("revision").with("expected", rules::MAX_REVISIONS));
    }
    mandate.revisions.push(Revision { number, by, at: tx.now(), request });
    Ok(())
}
