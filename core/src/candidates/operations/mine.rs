//! Jobs and candidates as a client's people see them: while the job is on the portal, and within their reach.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{book, book_want};
use crate::access::{
    Grant, Page, PageRequest, Permission, Place, Reach, page_of, page_of_union, prefetch_page,
};
use crate::candidates::model::{Candidate, Job, in_state};
use crate::candidates::views::{self, ClientCandidateView, ClientJobState, ClientJobView};
use crate::engine::{Effect, Operation, Run, Tx, Want};
use crate::privacy::{Shown, log};
use crate::values::{CandidateId, ClientId, JobId, closed_list};
use crate::visibility::{client_grant, client_record};

closed_list! {
    /// In which order a list goes: by when things came on the portal.
    PortalOrder {
        NewestFirst "newest_first",
        OldestFirst "oldest_first",
    }
}

impl PortalOrder {
    fn of(self, want: Want) -> Want {
        match self {
            Self::NewestFirst => want.newest_first(),
            Self::OldestFirst => want,
        }
    }
}

/// A candidate whom the actor's client sees, with the same answer for all others as for none.
pub(super) fn own(tx: &mut Tx, id: CandidateId, permission: Permission) -> Run<(Grant, Candidate)> {
    client_record(tx, permission, id, Candidate::place)
}

fn own_job(tx: &mut Tx, id: JobId) -> Run<(Grant, Job)> {
    client_record(tx, Permission::ViewCandidates, id, Job::place)
}

/// Reads a job that is on the client's portal.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GetMyJob {
    pub job: JobId,
}

impl Operation for GetMyJob {
    const NAME: &'static str = "my_jobs.get";
    const EFFECT: Effect = Effect::Query;
    type Reply = ClientJobView;

    fn run(&self, tx: &mut Tx) -> Run<ClientJobView> {
        let (grant, job) = own_job(tx, self.job)?;
        Ok(views::client_job(&grant, job))
    }
}

/// The jobs on a client's portal.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListMyJobs {
    pub client: ClientId,
    /// Open and closed ones if not given.
    #[serde(default)]
    pub state: Option<ClientJobState>,
    /// `newest_first` if not given.
    #[serde(default)]
    pub order: Option<PortalOrder>,
    #[serde(default)]
    pub page: PageRequest,
}

impl ListMyJobs {
    fn range(&self, index: &'static str, key: &str) -> Want {
        let (index, key) = match self.state {
            None => (index, key.to_owned()),
            Some(state) => (with_state(index), in_state(key, state.text())),
        };
        let want = Want::range::<Job>(index, vec![key.into()], 0);
        self.order.unwrap_or(PortalOrder::NewestFirst).of(want)
    }
}

/// The index of the same keys with a state behind them.
fn with_state(index: &'static str) -> &'static str {
    match index {
        "by_project" => "by_project_state",
        "by_site" => "by_site_state",
        _ => "by_client_state",
    }
}

impl Operation for ListMyJobs {
    const NAME: &'static str = "my_jobs.list";
    const EFFECT: Effect = Effect::Query;
    type Reply = Page<ClientJobView>;

    fn run(&self, tx: &mut Tx) -> Run<Page<ClientJobView>> {
        let want = self.range("by_client", &self.client.to_string());
        prefetch_page::<Job>(tx, &self.page, &want, [])?;
        let grant = client_grant(tx, Permission::ViewCandidates, Some(Place::client(self.client)))?;
        let view = |job: Job| views::client_job(&grant, job);
        match grant.reach() {
            Reach::Everything => page_of(tx, &self.page, want, view),
            Reach::Selected(selection) => {
                let wants = selection.ranges(|index, key| self.range(index, &key)).collect();
                page_of_union(tx, &self.page, wants, view)
            }
        }
    }
}

/// Reads a candidate of a job that is on the client's portal.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GetMyCandidate {
    pub candidate: CandidateId,
}

impl Operation for GetMyCandidate {
    const NAME: &'static str = "my_candidates.get";
    const EFFECT: Effect = Effect::Query;
    type Reply = ClientCandidateView;

    fn run(&self, tx: &mut Tx) -> Run<ClientCandidateView> {
        let book_want = book_want(tx);
        let wants = [Want::record::<Candidate>(self.candidate), book_want];
        tx.prefetch(wants.into_iter().chain(log::want(tx)))?;
        let (grant, candidate) = own(tx, self.candidate, Permission::ViewCandidates)?;
        let (book, mut shown) = (book(tx)?, Shown::default());
        let view = views::client_candidate(&grant, &candidate, &book, tx.locale(), &mut shown);
        log::disclose(tx, &grant, Self::NAME, shown)?;
        Ok(view)
    }
}

/// The candidates of a job that is on the client's portal.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListMyCandidates {
    pub job: JobId,
    /// `oldest_first` if not given: the order of the labels.
    #[serde(default)]
    pub order: Option<PortalOrder>,
    #[serde(default)]
    pub page: PageRequest,
}

impl Operation for ListMyCandidates {
    const NAME: &'static str = "my_candidates.list";
    const EFFECT: Effect = Effect::Query;
    type Reply = Page<ClientCandidateView>;

    fn run(&self, tx: &mut Tx) -> Run<Page<ClientCandidateView>> {
        let want = Want::range::<Candidate>("by_job", vec![self.job.to_string().into()], 0);
        let want = self.order.unwrap_or(PortalOrder::OldestFirst).of(want);
        let records = [Want::record::<Job>(self.job), book_want(tx)];
        let others = records.into_iter().chain(log::want(tx));
        prefetch_page::<Candidate>(tx, &self.page, &want, others)?;
        let (grant, _) = own_job(tx, self.job)?;
        let (book, locale, mut shown) = (book(tx)?, tx.locale(), Shown::default());
        let page = page_of(tx, &self.page, want, |one: Candidate| {
            views::client_candidate(&grant, &one, &book, locale, &mut shown)
        })?;
        log::disclose(tx, &grant, Self::NAME, shown)?;
        Ok(page)
    }
}
