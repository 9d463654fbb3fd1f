//! The review before clients see anybody, and taking somebody off again.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{done, opened, stepped};
use crate::candidates::events::CandidateChange;
use crate::candidates::model::{CandidateState, Job};
use crate::candidates::rules;
use crate::candidates::rules::candidate::{CandidateAction, step};
use crate::candidates::rules::job::{JobAction, next};
use crate::candidates::telling::{tell, wants};
use crate::candidates::views::CandidateView;
use crate::engine::{Effect, Operation, Run, Tx, Want};
use crate::notifications::Notice;
use crate::values::{CandidateId, Text};

/// Hands a candidate in for review.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SubmitCandidate {
    pub candidate: CandidateId,
}

impl Operation for SubmitCandidate {
    const NAME: &'static str = "candidates.submit";
    const EFFECT: Effect = Effect::Command;
    type Reply = CandidateView;

    fn run(&self, tx: &mut Tx) -> Run<CandidateView> {
        let (grant, mut candidate) = stepped(tx, self.candidate, CandidateAction::Submit)?;
        candidate.review_note = None;
        done(tx, &grant, candidate, (CandidateChange::Submitted, false))
    }
}

/// Lets a candidate pass the review: clients see it while the job is on the portal.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ApproveCandidate {
    pub candidate: CandidateId,
    /// The revision that was looked at; another one now is refused, so that nothing passes unseen.
    pub revision: u32,
    /// Whether the client's people who see the job are told. That can be chosen while it is on the portal.
    pub notify_clients: bool,
}

impl Operation for ApproveCandidate {
    const NAME: &'static str = "candidates.approve";
    const EFFECT: Effect = Effect::Command;
    type Reply = CandidateView;

    fn run(&self, tx: &mut Tx) -> Run<CandidateView> {
        let (grant, mut candidate) = opened(tx, self.candidate)?;
        rules::expected(self.revision, candidate.revision)?;
        step(&mut candidate, CandidateAction::Approve)?;
        let [job, client] = wants(&candidate);
        tx.prefetch([job].into_iter().chain(self.notify_clients.then_some(client)))?;
        let mut job: Job = tx.get(candidate.job)?;
        next(job.state, JobAction::AddCandidate)?;
        job.shown_candidates += 1;
        candidate.follow(&mut job, tx.now());
        tell(tx, &grant, &candidate, (self.notify_clients, true), Notice::CandidateAdded)?;
        tx.put(&grant, &job)?;
        done(tx, &grant, candidate, (CandidateChange::Approved, self.notify_clients))
    }
}

/// Sends a candidate back from the review, with what is to be done about it.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SendBackCandidate {
    pub candidate: CandidateId,
    /// For the agency alone.
    pub reason: Text<1000>,
}

impl Operation for SendBackCandidate {
    const NAME: &'static str = "candidates.send_back";
    const EFFECT: Effect = Effect::Command;
    type Reply = CandidateView;

    fn run(&self, tx: &mut Tx) -> Run<CandidateView> {
        let (grant, mut candidate) = stepped(tx, self.candidate, CandidateAction::SendBack)?;
        candidate.review_note = Some(self.reason.clone());
        done(tx, &grant, candidate, (CandidateChange::SentBack, false))
    }
}

/// Takes a candidate off: for clients it is as if it never was. Nobody is told.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RemoveCandidate {
    pub candidate: CandidateId,
}

impl Operation for RemoveCandidate {
    const NAME: &'static str = "candidates.remove";
    const EFFECT: Effect = Effect::Command;
    type Reply = CandidateView;

    fn run(&self, tx: &mut Tx) -> Run<CandidateView> {
        let (grant, mut candidate) = opened(tx, self.candidate)?;
        let was_counted = candidate.state == CandidateState::OnPortal;
        step(&mut candidate, CandidateAction::Remove)?;
        if was_counted {
            tx.prefetch([Want::record::<Job>(candidate.job)])?;
            let mut job: Job = tx.get(candidate.job)?;
            job.shown_candidates = job.shown_candidates.saturating_sub(1);
            tx.put(&grant, &job)?;
        }
        done(tx, &grant, candidate, (CandidateChange::Removed, false))
    }
}

/// Takes a removed candidate up again, as a draft: it is reviewed anew. It keeps its label and what was said of it.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RestoreCandidate {
    pub candidate: CandidateId,
}

impl Operation for RestoreCandidate {
    const NAME: &'static str = "candidates.restore";
    const EFFECT: Effect = Effect::Command;
    type Reply = CandidateView;

    fn run(&self, tx: &mut Tx) -> Run<CandidateView> {
        let (grant, candidate) = stepped(tx, self.candidate, CandidateAction::Restore)?;
        done(tx, &grant, candidate, (CandidateChange::Restored, false))
    }
}
