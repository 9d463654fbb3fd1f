//! Jobs and candidates as the agency reads them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{book, book_want};
use crate::access::{Page, PageRequest, Permission, Scope, authorize, page_of, prefetch_page};
use crate::candidates::model::{Candidate, CandidateState, Job, JobState, in_state};
use crate::candidates::views::{self, CandidateView, JobView};
use crate::codes::Code;
use crate::engine::{Effect, Operation, Refusal, Run, Tx, Want};
use crate::values::{CandidateId, ClientId, JobId, WorkerId};

/// Reads a job. For the agency.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GetJob {
    pub job: JobId,
}

impl Operation for GetJob {
    const NAME: &'static str = "jobs.get";
    const EFFECT: Effect = Effect::Query;
    type Reply = JobView;

    fn run(&self, tx: &mut Tx) -> Run<JobView> {
        tx.prefetch([Want::record::<Job>(self.job)])?;
        let grant = authorize(tx, Permission::ViewAgency, Scope::Agency)?;
        let job: Job = tx.get(self.job)?;
        Ok(views::job(&grant, job))
    }
}

/// Jobs of a client or of all clients, in one state or in any, newest first. For the agency.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListJobs {
    #[serde(default)]
    pub client: Option<ClientId>,
    #[serde(default)]
    pub state: Option<JobState>,
    #[serde(default)]
    pub page: PageRequest,
}

impl Operation for ListJobs {
    const NAME: &'static str = "jobs.list";
    const EFFECT: Effect = Effect::Query;
    type Reply = Page<JobView>;

    fn run(&self, tx: &mut Tx) -> Run<Page<JobView>> {
        let client = self.client.map(|client| client.to_string());
        let (index, key) = match (client, self.state) {
            (None, None) => ("all", None),
            (Some(client), None) => ("all_by_client", Some(client)),
            (None, Some(state)) => ("all_by_state", Some(state.text().to_owned())),
            (Some(client), Some(state)) => ("all_by_client_state", Some(in_state(&client, state.text()))),
        };
        let want = Want::range::<Job>(index, key.map(Into::into).into_iter().collect(), 0).newest_first();
        prefetch_page::<Job>(tx, &self.page, &want, [])?;
        let grant = authorize(tx, Permission::ViewAgency, Scope::Agency)?;
        page_of(tx, &self.page, want, |job: Job| views::job(&grant, job))
    }
}

/// Reads a candidate with everything that the agency keeps of it.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GetCandidate {
    pub candidate: CandidateId,
}

impl Operation for GetCandidate {
    const NAME: &'static str = "candidates.get";
    const EFFECT: Effect = Effect::Query;
    type Reply = CandidateView;

    fn run(&self, tx: &mut Tx) -> Run<CandidateView> {
        let book_want = book_want(tx);
        tx.prefetch([Want::record::<Candidate>(self.candidate), book_want])?;
        let grant = authorize(tx, Permission::ViewAgency, Scope::Agency)?;
        let candidate: Candidate = tx.get(self.candidate)?;
        let book = book(tx)?;
        Ok(views::candidate(&grant, candidate, &book, tx.locale()))
    }
}

/// Candidates of a job, of a worker or of all jobs, newest first; of a job or of all jobs also those in one state, such as
/// those who wait for the review. For the agency.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListCandidates {
    #[serde(default)]
    pub job: Option<JobId>,
    #[serde(default)]
    pub state: Option<CandidateState>,
    /// Give a worker alone, or none.
    #[serde(default)]
    pub worker: Option<WorkerId>,
    #[serde(default)]
    pub page: PageRequest,
}

impl Operation for ListCandidates {
    const NAME: &'static str = "candidates.list";
    const EFFECT: Effect = Effect::Query;
    type Reply = Page<CandidateView>;

    fn run(&self, tx: &mut Tx) -> Run<Page<CandidateView>> {
        let job = self.job.map(|job| job.to_string());
        let (index, key) = match (job, self.state, self.worker) {
            (None, None, None) => ("all", None),
            (None, None, Some(worker)) => ("all_by_worker", Some(worker.to_string())),
            (Some(job), None, None) => ("all_by_job", Some(job)),
            (None, Some(state), None) => ("all_by_state", Some(state.text().to_owned())),
            (Some(job), Some(state), None) => ("all_by_job_state", Some(in_state(&job, state.text()))),
            (.., Some(_)) => {
                let refusal = Refusal::new(Code::NotOneOf).at("worker");
                return Err(refusal.with("expected", "left out if a job or a state is given").into());
            }
        };
        let keys = key.map(Into::into).into_iter().collect();
        let want = Want::range::<Candidate>(index, keys, 0).newest_first();
        let book_want = book_want(tx);
        prefetch_page::<Candidate>(tx, &self.page, &want, [book_want])?;
        let grant = authorize(tx, Permission::ViewAgency, Scope::Agency)?;
        let (book, locale) = (book(tx)?, tx.locale());
        page_of(tx, &self.page, want, |one: Candidate| views::candidate(&grant, one, &book, locale))
    }
}
