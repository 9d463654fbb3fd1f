//! What the agency does with jobs and candidates, and what the client's people do.

mod activities;
mod adding;
mod documents;
mod editing;
mod feedback;
mod jobs;
mod mine;
mod portal;
mod reading;
mod review;
mod stages;

use super::events::{CandidateChange, CandidateEvent};
use super::model::Candidate;
use super::rules::candidate::{CandidateAction, step};
use super::stages::{book, book_want};
use super::views::{self, CandidateView};
use crate::access::{Grant, Permission, Scope, authorize};
use crate::engine::{Run, Tx, Want};
use crate::values::CandidateId;

pub use activities::{AddActivity, RemoveActivity};
pub use adding::{AddCandidate, CandidateDetails};
pub use documents::{
    AddDocument, NewDocumentFile, PreviewDocument, PreviewMyDocument, RemoveDocument, ReplaceDocument,
};
pub use editing::{EditCandidate, MoveCandidate, SetAnonymity, SetSummary};
pub use feedback::{GiveFeedback, ListFeedback, ListMyFeedback};
pub use jobs::{CloseJob, CreateJob, EditJob, JobDetails, ReopenJob};
pub use mine::{GetMyCandidate, GetMyJob, ListMyCandidates, ListMyJobs, PortalOrder};
pub use portal::{PutJobOnPortal, RemoveJobFromPortal};
pub use reading::{GetCandidate, GetJob, ListCandidates, ListJobs};
pub use review::{ApproveCandidate, RemoveCandidate, RestoreCandidate, SendBackCandidate, SubmitCandidate};
pub use stages::{ListStages, SetStage};

/// A candidate for the agency to work on, with what its view takes.
fn opened(tx: &mut Tx, id: CandidateId) -> Run<(Grant, Candidate)> {
    let book = book_want(tx);
    tx.prefetch([Want::record::<Candidate>(id), book])?;
    let grant = authorize(tx, Permission::ManageCandidates, Scope::Agency)?;
    Ok((grant, tx.get(id)?))
}

/// One step of the agency over a candidate.
fn stepped(tx: &mut Tx, id: CandidateId, action: CandidateAction) -> Run<(Grant, Candidate)> {
    let (grant, mut candidate) = opened(tx, id)?;
    step(&mut candidate, action)?;
    Ok((grant, candidate))
}

/// Writes the candidate and its event; the reply is the agency's view of it.
fn done(
    tx: &mut Tx,
    grant: &Grant,
    candidate: Candidate,
    (change, notified): (CandidateChange, bool),
) -> Run<CandidateView> {
    let book = book(tx)?;
    tx.put(grant, &candidate)?;
    tx.emit(grant, &CandidateEvent::of(&candidate, change, notified))?;
    Ok(views::candidate(grant, candidate, &book, tx.locale()))
}
