//! Putting somebody forward for a job.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{book_want, done};
use crate::access::{Permission, Scope, authorize};
use crate::candidates::events::CandidateChange;
use crate::candidates::model::{
    Candidate, CandidateState, JOB_WORKER, Job, MOST_CANDIDATES, Person, StageKey,
};
use crate::candidates::rules::job::{JobAction, next};
use crate::candidates::views::CandidateView;
use crate::codes::Code;
use crate::engine::{Effect, Operation, Refusal, Run, Tx, Want};
use crate::shifts::model::Worker;
use crate::values::{
    Bounded, Email, InternalNote, JobId, Phone, Picture, Text, WorkerId, internal_for_agency,
};

/// Who a candidate is.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CandidateDetails {
    pub name: Text<120>,
    #[serde(default)]
    pub email: Option<Email>,
    #[serde(default)]
    pub phone: Option<Phone>,
    #[serde(default)]
    pub picture: Option<Picture>,
    /// Whether clients see e-mail and phone. Not of somebody anonymised.
    #[serde(default)]
    pub shows_contact: bool,
    /// For the agency alone.
    #[serde(with = "internal_for_agency", default)]
    #[schemars(with = "Option<Text<2000>>")]
    pub internal_note: Option<InternalNote>,
}

impl CandidateDetails {
    pub(super) fn person(&self) -> Person {
        Person {
            name: self.name.clone(),
            email: self.email.clone(),
            phone: self.phone.clone(),
            picture: self.picture.clone(),
        }
    }
}

/// Puts somebody forward for a job, as a draft: clients see nobody who has not passed the review.
///
/// The name is that of this candidate: another name of the worker, if it is one, does not follow.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AddCandidate {
    pub job: JobId,
    /// Who it is among the agency's workers. A worker is put forward for a job once.
    #[serde(default)]
    pub worker: Option<WorkerId>,
    pub details: CandidateDetails,
    /// The executive summary. Plain text: HTML in it is kept as the text that it is.
    #[serde(default)]
    pub summary: Option<Text<5000>>,
    /// What clients read in its place while the candidate is anonymised.
    #[serde(default)]
    pub anonymous_summary: Option<Text<5000>>,
    /// Clients are shown nothing by which the person can be known.
    #[serde(default)]
    pub anonymous: bool,
    /// `new` if not given.
    #[serde(default)]
    pub stage: Option<StageKey>,
}

impl Operation for AddCandidate {
    const NAME: &'static str = "candidates.add";
    const EFFECT: Effect = Effect::Command;
    type Reply = CandidateView;

    fn run(&self, tx: &mut Tx) -> Run<CandidateView> {
        let worker = self.worker.map(Want::record::<Worker>);
        let wanted = self.worker.map(|worker| claim(self.job, worker));
        let records = [Want::record::<Job>(self.job), book_want(tx)];
        tx.prefetch(records.into_iter().chain(worker).chain(wanted))?;
        let grant = authorize(tx, Permission::ManageCandidates, Scope::Agency)?;
        let mut job: Job = tx.get(self.job)?;
        next(job.state, JobAction::AddCandidate)?;
        if job.candidates >= MOST_CANDIDATES {
            return Err(Refusal::new(Code::TooMany).at("job").with("expected", MOST_CANDIDATES).into());
        }
        let id = tx.new_id();
        if let Some(worker) = self.worker {
            let known: Worker = tx.get(worker)?;
            if known.archived {
                return Err(Refusal::new(Code::WorkerArchived).at("worker").into());
            }
            let claim = claim(job.id, worker);
            if tx.holder(claim)?.is_some() {
                return Err(Refusal::new(Code::AlreadyExists).at("worker").into());
            }
            tx.take(&grant, JOB_WORKER, &claim_name(job.id, worker), id);
        }
        job.candidates += 1;
        let candidate = Candidate {
            id,
            job: job.id,
            client: job.client,
            project: job.project,
            site: job.site,
            job_shown: job.is_shown(),
            worker: self.worker,
            person: self.details.person(),
            shows_contact: self.details.shows_contact,
            anonymous: self.anonymous,
            number: None,
            summary: self.summary.clone(),
            anonymous_summary: self.anonymous_summary.clone(),
            internal_note: self.details.internal_note.clone(),
            documents: Bounded::default(),
            activities: Bounded::default(),
            state: CandidateState::Draft,
            stages: vec![self.stage.unwrap_or(StageKey::New)],
            review_note: None,
            feedback: 0,
            shown_at: None,
            created_at: tx.now(),
            revision: 1,
            erased_at: None,
        };
        tx.put(&grant, &job)?;
        done(tx, &grant, candidate, (CandidateChange::Added, false))
    }
}

fn claim_name(job: JobId, worker: WorkerId) -> String {
    format!("{job}/{worker}")
}

fn claim(job: JobId, worker: WorkerId) -> Want {
    Want::Claim { space: JOB_WORKER, name: claim_name(job, worker) }
}
