//! Erasing a candidate for a job, who may be none of the agency's workers.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::access::{Grant, Permission, Scope, authorize, forget_replies};
use crate::candidates::model::{Candidate, Feedback, Job};
use crate::engine::{Effect, Operation, Refusal, Run, Tx, Want};
use crate::privacy::events::ErasureEvent;
use crate::privacy::model::{DataSubject, Erasure};
use crate::privacy::rules;
use crate::privacy::views::{self, ErasureView};
use crate::values::CandidateId;

/// Erases a candidate for one job: who it is, summaries, notes, references of documents, activities, and what the
/// client's people wrote of them. The job counts it still, and the client sees it no more. The files are the host's.
///
/// Who is a worker is erased with `privacy.erase_worker`, in all jobs at once. Replies that were kept for retries of
/// earlier commands are forgotten too: such a retry is answered by `reply_erased`, and still does nothing twice.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EraseCandidate {
    pub candidate: CandidateId,
}

impl Operation for EraseCandidate {
    const NAME: &'static str = "privacy.erase_candidate";
    const EFFECT: Effect = Effect::Command;
    type Reply = ErasureView;

    fn run(&self, tx: &mut Tx) -> Run<ErasureView> {
        let id = Erasure::candidate_id(self.candidate);
        let said = Feedback::of_candidate(self.candidate);
        tx.prefetch([Want::record::<Erasure>(&id), Want::record::<Candidate>(self.candidate), said.clone()])?;
        let grant = authorize(tx, Permission::ManagePersonalData, Scope::Agency)?;
        if let Some(erasure) = tx.find::<Erasure>(&id)? {
            return Ok(views::erasure(&grant, &erasure));
        }
        let candidate: Candidate = tx.find(self.candidate)?.ok_or_else(Refusal::not_found)?;
        tx.prefetch([Want::record::<Job>(candidate.job)])?;
        empty_candidate(tx, &grant, candidate)?;
        let said: Vec<Feedback> = tx.list(said)?;
        let mut erasure = Erasure::begun(DataSubject::Candidate, self.candidate.uuid(), tx.now());
        erasure.found(said.len());
        for mut feedback in said {
            rules::feedback_on(&mut feedback);
            tx.put(&grant, &feedback)?;
        }
        erasure.finished_at = Some(tx.now());
        forget_replies(tx, &grant)?;
        tx.emit(&grant, &ErasureEvent::CandidateErased { candidate: self.candidate })?;
        tx.put(&grant, &erasure)?;
        Ok(views::erasure(&grant, &erasure))
    }
}

/// Takes the person out of a candidate, and the candidate off the portal.
pub(super) fn empty_candidate(tx: &mut Tx, grant: &Grant, mut candidate: Candidate) -> Run<()> {
    let mut job: Job = tx.get(candidate.job)?;
    rules::candidate(&mut candidate, &mut job, tx.now())?;
    tx.put(grant, &job)?;
    tx.put(grant, &candidate)
}
