//! Which fields of a thing somebody is shown, and why.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::access::{
    Grant, Permission, Permissions, Principal, PrincipalSide, Rights, Scope, authorize, rights_of,
};
use crate::branding::model::ExposureBook;
use crate::branding::rules::exposure;
use crate::candidates::model::Candidate;
use crate::candidates::stages::{book, book_want};
use crate::codes::Code;
use crate::decisions::fields::{self, Circumstances, Explained, ExplainedKind, VisibilityExplanation};
use crate::engine::{Effect, Operation, Refusal, Run, Tx, Want};
use crate::mandates::model::Mandate;
use crate::projects::model::Project;
use crate::shifts::model::Shift;
use crate::values::{CandidateId, MandateId, ProjectId, RecordId, ShiftId, UserId};
use crate::visibility::client_grant;

/// Says for each field of a thing, as its client sees it, whether it is shown and which rule decides. Give one thing.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExplainVisibility {
    #[serde(default)]
    pub shift: Option<ShiftId>,
    #[serde(default)]
    pub mandate: Option<MandateId>,
    #[serde(default)]
    pub project: Option<ProjectId>,
    #[serde(default)]
    pub candidate: Option<CandidateId>,
    /// For whom, if a member asks; a user asks for themself.
    #[serde(default)]
    pub user: Option<UserId>,
}

impl Operation for ExplainVisibility {
    const NAME: &'static str = "visibility.explain";
    const EFFECT: Effect = Effect::Query;
    type Reply = VisibilityExplanation;

    fn run(&self, tx: &mut Tx) -> Run<VisibilityExplanation> {
        let (kind, id) = self.asked()?;
        let agency = tx.context().agency;
        let person = self.user.map(Want::record::<Principal>);
        let stages = (kind == ExplainedKind::Candidate).then(|| book_want(tx));
        let book = Want::record::<ExposureBook>(agency);
        tx.prefetch([want(kind, id), book].into_iter().chain(stages).chain(person))?;
        let thing = found(tx, kind, id)?;
        let actor = tx.context().actor;
        let (grant, thing, held) = match self.user {
            Some(user) if actor.user() != Some(user) => {
                let grant = authorize(tx, Permission::PreviewPortal, Scope::Agency)?;
                let thing = thing.ok_or_else(Refusal::not_found)?;
                let held = held(tx, &grant, user, kind, &thing)?;
                (grant, thing, held)
            }
            Some(_) | None => {
                let grant = match &thing {
                    Some(thing) => thing.at_place(|place| client_grant(tx, kind.permission(), place))?,
                    None => client_grant(tx, kind.permission(), None)?,
                };
                let held = grant.held();
                (grant, thing.ok_or_else(Refusal::not_found)?, Some(held))
            }
        };
        let book: Option<ExposureBook> = tx.find(agency)?;
        let exposure = match (&thing, &book) {
            (Explained::Shift(shift), Some(book)) => exposure(book, shift.client, shift.project),
            _ => None,
        };
        let (now, locale) = (tx.now(), tx.locale());
        Ok(fields::explain(&grant, kind, id, &thing, &Circumstances { held, exposure, now, locale }))
    }
}

impl ExplainVisibility {
    /// The one thing that is asked about.
    fn asked(&self) -> Result<(ExplainedKind, RecordId), Refusal> {
        let given = [
            (ExplainedKind::Shift, self.shift.map(ShiftId::uuid)),
            (ExplainedKind::Mandate, self.mandate.map(MandateId::uuid)),
            (ExplainedKind::Project, self.project.map(ProjectId::uuid)),
            (ExplainedKind::Candidate, self.candidate.map(CandidateId::uuid)),
        ];
        let mut given = given.into_iter().filter_map(|(kind, id)| Some((kind, RecordId::new(id?))));
        match (given.next(), given.next()) {
            (Some(one), None) => Ok(one),
            (None, _) => Err(Refusal::new(Code::FieldMissing).at("shift")),
            (Some(_), Some((another, _))) => {
                let refusal = Refusal::new(Code::NotOneOf).at(another.text());
                Err(refusal.with("expected", "left out if another thing is given"))
            }
        }
    }
}

fn want(kind: ExplainedKind, id: RecordId) -> Want {
    match kind {
        ExplainedKind::Shift => Want::record::<Shift>(id),
        ExplainedKind::Mandate => Want::record::<Mandate>(id),
        ExplainedKind::Project => Want::record::<Project>(id),
        ExplainedKind::Candidate => Want::record::<Candidate>(id),
    }
}

fn found(tx: &mut Tx, kind: ExplainedKind, id: RecordId) -> Run<Option<Explained>> {
    let actor = tx.context().actor;
    Ok(match kind {
        ExplainedKind::Shift => tx.find(id)?.map(|shift| Explained::Shift(Box::new(shift))),
        ExplainedKind::Mandate => {
            let mandate: Option<Mandate> = tx.find(id)?;
            // What is still inside its client is not there for the agency.
            let mandate = mandate.filter(|mandate| mandate.is_there_for(actor));
            mandate.map(|mandate| Explained::Mandate(Box::new(mandate)))
        }
        ExplainedKind::Project => tx.find(id)?.map(|project| Explained::Project(Box::new(project))),
        ExplainedKind::Candidate => {
            let book = Box::new(book(tx)?);
            tx.find(id)?.map(|candidate| Explained::Candidate(Box::new(candidate), book))
        }
    })
}

/// What the user holds at the thing; none if they do not see it.
fn held(
    tx: &mut Tx,
    grant: &Grant,
    user: UserId,
    kind: ExplainedKind,
    thing: &Explained,
) -> Run<Option<Permissions>> {
    let principal: Principal = tx.get(user)?;
    if matches!(principal.side, PrincipalSide::Member { .. }) {
        return Err(Refusal::not_found().into());
    }
    let rights: Rights = rights_of(tx, grant, &principal)?;
    Ok(thing.at_place(|place| {
        let place = place.filter(|place| rights.decide(kind.permission(), place).is_allowed())?;
        rights.at(place.client).map(|standing| standing.permissions)
    }))
}
