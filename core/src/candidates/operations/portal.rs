//! Putting a job on its client's portal, and taking it off with all of its candidates.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::access::{Grant, Permission, Scope, authorize};
use crate::candidates::carrying::{candidates_of, carry};
use crate::candidates::events::{JobChange, JobEvent};
use crate::candidates::model::Job;
use crate::candidates::rules::job::{JobAction, step};
use crate::candidates::views::{self, JobView};
use crate::engine::{Effect, Operation, Run, Tx, Want};
use crate::values::JobId;

fn stepped(tx: &mut Tx, id: JobId, action: JobAction) -> Run<(Grant, Job)> {
    tx.prefetch([Want::record::<Job>(id), candidates_of(id)])?;
    let grant = authorize(tx, Permission::ManageCandidates, Scope::Agency)?;
    let mut job: Job = tx.get(id)?;
    step(&mut job, action)?;
    Ok((grant, job))
}

/// Puts a job on its client's portal: the client's people who may see candidates see it from now on, with the candidates
/// who have passed the review.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PutJobOnPortal {
    pub job: JobId,
}

impl Operation for PutJobOnPortal {
    const NAME: &'static str = "jobs.put_on_portal";
    const EFFECT: Effect = Effect::Command;
    type Reply = JobView;

    fn run(&self, tx: &mut Tx) -> Run<JobView> {
        let (grant, mut job) = stepped(tx, self.job, JobAction::PutOnPortal)?;
        job.shown_at = Some(tx.now());
        carry(tx, &grant, &mut job)?;
        tx.emit(&grant, &JobEvent::of(&job, JobChange::PutOnPortal))?;
        Ok(views::job(&grant, job))
    }
}

/// Takes a job off the portal, at once and with all of its candidates: to the client it is as if it never was. What the
/// client's people have said stays with the agency, and with them if the job comes back.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RemoveJobFromPortal {
    pub job: JobId,
}

impl Operation for RemoveJobFromPortal {
    const NAME: &'static str = "jobs.remove_from_portal";
    const EFFECT: Effect = Effect::Command;
    type Reply = JobView;

    fn run(&self, tx: &mut Tx) -> Run<JobView> {
        let (grant, mut job) = stepped(tx, self.job, JobAction::RemoveFromPortal)?;
        job.shown_at = None;
        carry(tx, &grant, &mut job)?;
        tx.emit(&grant, &JobEvent::of(&job, JobChange::RemovedFromPortal))?;
        Ok(views::job(&grant, job))
    }
}
