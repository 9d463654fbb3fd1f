//! Writing what a job decides onto its candidates, so that showing one takes one read and taking the job off the portal
//! takes all of them off in the same commit.

use super::model::{Candidate, Job, MOST_CANDIDATES};
use crate::access::Grant;
use crate::engine::{Run, Tx, Want};
use crate::projects::model::MOST_JOBS;
use crate::values::{JobId, ProjectId};

/// All jobs that belong to a project by creation.
pub fn jobs_of(project: ProjectId) -> Want {
    Want::range::<Job>("all_by_project", vec![project.to_string().into()], MOST_JOBS)
}

/// All candidates of a job by creation.
pub fn candidates_of(job: JobId) -> Want {
    Want::range::<Candidate>("all_by_job", vec![job.to_string().into()], MOST_CANDIDATES)
}

/// Writes the job, and what it decides onto each of its candidates.
pub fn carry(tx: &mut Tx, grant: &Grant, job: &mut Job) -> Run<()> {
    let candidates: Vec<Candidate> = tx.list(candidates_of(job.id))?;
    let now = tx.now();
    for mut candidate in candidates {
        candidate.follow(job, now);
        tx.put(grant, &candidate)?;
    }
    tx.put(grant, job)
}
