//! Making, editing, closing and reopening jobs.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::access::{Grant, Permission, Scope, authorize};
use crate::candidates::carrying::{candidates_of, carry};
use crate::candidates::events::{JobChange, JobEvent};
use crate::candidates::model::{Job, JobCount, JobState, MOST_POSITIONS};
use crate::candidates::rules;
use crate::candidates::rules::job::{JobAction, step};
use crate::candidates::views::{self, JobView};
use crate::clients::model::Client;
use crate::codes::Code;
use crate::engine::{Effect, Operation, Refusal, Run, Tx, Want};
use crate::mandates::model::Mandate;
use crate::projects::model::Project;
use crate::values::{
    ClientId, InternalNote, JobId, MandateId, ProjectId, SiteId, Text, Whole, internal_for_agency,
};

/// What a job is.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct JobDetails {
    pub title: Text<120>,
    /// Plain text.
    #[serde(default)]
    pub description: Option<Text<5000>>,
    /// How many people are wanted.
    pub positions: Whole<1, MOST_POSITIONS>,
    /// The client's project that it belongs to. Who is limited to the project sees the job; nobody at the client does
    /// while the project is not shared.
    #[serde(default)]
    pub project: Option<ProjectId>,
    /// The client's order that it came from.
    #[serde(default)]
    pub mandate: Option<MandateId>,
    /// The client's site where the work is. Who is limited to the site sees the job; of a job with neither project nor
    /// site, nobody who is limited knows.
    #[serde(default)]
    pub site: Option<SiteId>,
    /// For the agency alone.
    #[serde(with = "internal_for_agency", default)]
    #[schemars(with = "Option<Text<2000>>")]
    pub internal_note: Option<InternalNote>,
}

impl JobDetails {
    fn wants(&self) -> impl Iterator<Item = Want> {
        let mandate = self.mandate.map(Want::record::<Mandate>);
        self.project.map(Want::record::<Project>).into_iter().chain(mandate)
    }

    /// What it names is the client's. What is another's is answered like what never was.
    fn check(&self, tx: &mut Tx, client: &Client) -> Run<Option<Project>> {
        if self.site.is_some_and(|site| client.site(site).is_none()) {
            return Err(Refusal::new(Code::SiteUnknown).at("details.site").into());
        }
        let project: Option<Project> = self.project.map_or(Ok(None), |id| tx.find(id))?;
        if self.project.is_some() && project.as_ref().and_then(|project| project.client) != Some(client.id) {
            return Err(Refusal::new(Code::ProjectUnknown).at("details.project").into());
        }
        if let Some(id) = self.mandate {
            let actor = tx.context().actor;
            let mandate: Option<Mandate> = tx.find(id)?;
            // What is still inside the client is not there for the agency.
            if !mandate.is_some_and(|one| one.client == client.id && one.is_there_for(actor)) {
                return Err(Refusal::new(Code::MandateUnknown).at("details.mandate").into());
            }
        }
        Ok(project)
    }

    fn write(&self, job: &mut Job) {
        job.title = self.title.clone();
        job.description.clone_from(&self.description);
        job.positions = self.positions;
        job.internal_note.clone_from(&self.internal_note);
        (job.project, job.mandate, job.site) = (self.project, self.mandate, self.site);
    }
}

/// Makes a job for a client. The client knows nothing of it until it is put on the portal.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateJob {
    pub client: ClientId,
    pub details: JobDetails,
}

impl Operation for CreateJob {
    const NAME: &'static str = "jobs.create";
    const EFFECT: Effect = Effect::Command;
    type Reply = JobView;

    fn run(&self, tx: &mut Tx) -> Run<JobView> {
        let count = Want::record::<JobCount>(tx.context().agency);
        let records = [Want::record::<Client>(self.client), count];
        tx.prefetch(records.into_iter().chain(self.details.wants()))?;
        let grant = authorize(tx, Permission::ManageCandidates, Scope::Agency)?;
        let client: Option<Client> = tx.find(self.client)?;
        let client = client.ok_or_else(|| Refusal::new(Code::ClientUnknown).at("client"))?;
        let mut project = self.details.check(tx, &client)?;
        count_open(tx, &grant)?;
        let mut job = Job {
            id: tx.new_id(),
            client: client.id,
            project: None,
            mandate: None,
            site: None,
            project_hidden: false,
            title: self.details.title.clone(),
            description: None,
            positions: self.details.positions,
            internal_note: None,
            state: JobState::NotOnPortal,
            shown_at: None,
            candidates: 0,
            shown_candidates: 0,
            numbered: 0,
            created_at: tx.now(),
            revision: 1,
        };
        self.details.write(&mut job);
        job.follow(project.as_ref(), tx.now());
        if let Some(project) = &mut project {
            enter(tx, &grant, project)?;
        }
        tx.put(&grant, &job)?;
        tx.emit(&grant, &JobEvent::of(&job, JobChange::Created))?;
        Ok(views::job(&grant, job))
    }
}

/// Counts one more job of the project: its row is written, so that no sharing passes by the job.
fn enter(tx: &mut Tx, grant: &Grant, project: &mut Project) -> Run<()> {
    project.add_job().map_err(|refusal| refusal.at("details.project"))?;
    tx.put(grant, project)
}

/// Counts one more open job of the agency.
fn count_open(tx: &mut Tx, grant: &Grant) -> Run<()> {
    let mut count = count(tx)?;
    count.open()?;
    tx.put(grant, &count)
}

fn count(tx: &mut Tx) -> Run<JobCount> {
    let agency = tx.context().agency;
    Ok(tx.find(agency)?.unwrap_or(JobCount::of(agency)))
}

/// Says anew what a job is: what is left out is gone. On the portal the client sees it at once.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EditJob {
    pub job: JobId,
    /// The revision that was read; another one now is refused.
    pub revision: u32,
    pub details: JobDetails,
}

impl Operation for EditJob {
    const NAME: &'static str = "jobs.edit";
    const EFFECT: Effect = Effect::Command;
    type Reply = JobView;

    fn run(&self, tx: &mut Tx) -> Run<JobView> {
        tx.prefetch([Want::record::<Job>(self.job)].into_iter().chain(self.details.wants()))?;
        let grant = authorize(tx, Permission::ManageCandidates, Scope::Agency)?;
        let mut job: Job = tx.get(self.job)?;
        rules::expected(self.revision, job.revision)?;
        step(&mut job, JobAction::Edit)?;
        let moves = (job.project, job.site) != (self.details.project, self.details.site);
        let candidates = moves.then(|| candidates_of(job.id));
        let left = job.project.filter(|old| Some(*old) != self.details.project);
        let wants = candidates.into_iter().chain(left.map(Want::record::<Project>));
        tx.prefetch([Want::record::<Client>(job.client)].into_iter().chain(wants))?;
        let client: Client = tx.get(job.client)?;
        let mut project = self.details.check(tx, &client)?;
        let joins = job.project != self.details.project;
        if let Some(project) = project.as_mut().filter(|_| joins) {
            enter(tx, &grant, project)?;
        }
        if let Some(old) = left {
            let mut old: Project = tx.get(old)?;
            old.remove_job();
            tx.put(&grant, &old)?;
        }
        self.details.write(&mut job);
        job.follow(project.as_ref(), tx.now());
        if moves {
            // Who reaches the job reaches its candidates.
            carry(tx, &grant, &mut job)?;
        } else {
            tx.put(&grant, &job)?;
        }
        tx.emit(&grant, &JobEvent::of(&job, JobChange::Edited))?;
        Ok(views::job(&grant, job))
    }
}

/// One step of a job that changes how many are open, and nothing of what its candidates carry.
fn counted(tx: &mut Tx, id: JobId, action: JobAction) -> Run<(Grant, Job, JobCount)> {
    let count_want = Want::record::<JobCount>(tx.context().agency);
    tx.prefetch([Want::record::<Job>(id), count_want])?;
    let grant = authorize(tx, Permission::ManageCandidates, Scope::Agency)?;
    let mut job: Job = tx.get(id)?;
    step(&mut job, action)?;
    let count = count(tx)?;
    Ok((grant, job, count))
}

/// Closes a job. On the portal the client still sees it and its candidates; nobody is added and no more feedback is given.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CloseJob {
    pub job: JobId,
}

impl Operation for CloseJob {
    const NAME: &'static str = "jobs.close";
    const EFFECT: Effect = Effect::Command;
    type Reply = JobView;

    fn run(&self, tx: &mut Tx) -> Run<JobView> {
        let (grant, job, mut count) = counted(tx, self.job, JobAction::Close)?;
        count.close();
        tx.put(&grant, &count)?;
        tx.put(&grant, &job)?;
        tx.emit(&grant, &JobEvent::of(&job, JobChange::Closed))?;
        Ok(views::job(&grant, job))
    }
}

/// Opens a closed job again, on the portal or off it as it was.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReopenJob {
    pub job: JobId,
}

impl Operation for ReopenJob {
    const NAME: &'static str = "jobs.reopen";
    const EFFECT: Effect = Effect::Command;
    type Reply = JobView;

    fn run(&self, tx: &mut Tx) -> Run<JobView> {
        let (grant, job, mut count) = counted(tx, self.job, JobAction::Reopen)?;
        count.open()?;
        tx.put(&grant, &count)?;
        tx.put(&grant, &job)?;
        tx.emit(&grant, &JobEvent::of(&job, JobChange::Reopened))?;
        Ok(views::job(&grant, job))
    }
}
