//! What happened to jobs and candidates: ids and figures, nobody's name and nobody's words.

use serde::Serialize;

use super::model::{Candidate, CandidateState, Feedback, FeedbackDecision, Job, JobState, Rating, StageKey};
use crate::engine::{EventBody, Subject};
use crate::values::{ActivityId, AgencyId, CandidateId, ClientId, DocumentId, JobId, UserId};

/// What became of a job.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum JobChange {
    Created,
    Edited,
    PutOnPortal,
    RemovedFromPortal,
    Closed,
    Reopened,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct JobEvent {
    #[serde(skip)]
    change: JobChange,
    job: JobId,
    client: ClientId,
    state: JobState,
    revision: u32,
}

impl JobEvent {
    pub const fn of(job: &Job, change: JobChange) -> Self {
        Self { change, job: job.id, client: job.client, state: job.state, revision: job.revision }
    }
}

impl EventBody for JobEvent {
    fn name(&self) -> &'static str {
        match self.change {
            JobChange::Created => "job_created",
            JobChange::Edited => "job_edited",
            JobChange::PutOnPortal => "job_put_on_portal",
            JobChange::RemovedFromPortal => "job_removed_from_portal",
            JobChange::Closed => "job_closed",
            JobChange::Reopened => "job_reopened",
        }
    }

    fn subject(&self) -> Subject {
        Subject::new("job", self.job)
    }
}

/// What became of a candidate.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CandidateChange {
    Added,
    Edited,
    SummarySet,
    AnonymitySet,
    Submitted,
    Approved,
    SentBack,
    Moved,
    Removed,
    Restored,
    DocumentAdded(DocumentId),
    DocumentReplaced(DocumentId),
    DocumentRemoved(DocumentId),
    ActivityAdded(ActivityId),
    ActivityRemoved(ActivityId),
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct CandidateEvent {
    #[serde(skip)]
    change: CandidateChange,
    candidate: CandidateId,
    job: JobId,
    client: ClientId,
    state: CandidateState,
    stage: StageKey,
    anonymous: bool,
    revision: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    document: Option<DocumentId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    activity: Option<ActivityId>,
    /// Whether the client's people are told.
    notified: bool,
}

impl CandidateEvent {
    pub fn of(candidate: &Candidate, change: CandidateChange, notified: bool) -> Self {
        use CandidateChange as C;
        let (document, activity) = match change {
            C::DocumentAdded(id) | C::DocumentReplaced(id) | C::DocumentRemoved(id) => (Some(id), None),
            C::ActivityAdded(id) | C::ActivityRemoved(id) => (None, Some(id)),
            _ => (None, None),
        };
        Self {
            change,
            candidate: candidate.id,
            job: candidate.job,
            client: candidate.client,
            state: candidate.state,
            stage: candidate.stage(),
            anonymous: candidate.anonymous,
            revision: candidate.revision,
            document,
            activity,
            notified,
        }
    }
}

impl EventBody for CandidateEvent {
    fn name(&self) -> &'static str {
        match self.change {
            CandidateChange::Added => "candidate_added",
            CandidateChange::Edited => "candidate_edited",
            CandidateChange::SummarySet => "candidate_summary_set",
            CandidateChange::AnonymitySet => "candidate_anonymity_set",
            CandidateChange::Submitted => "candidate_submitted",
            CandidateChange::Approved => "candidate_approved",
            CandidateChange::SentBack => "candidate_sent_back",
            CandidateChange::Moved => "candidate_moved",
            CandidateChange::Removed => "candidate_removed",
            CandidateChange::Restored => "candidate_restored",
            CandidateChange::DocumentAdded(_) => "candidate_document_added",
            CandidateChange::DocumentReplaced(_) => "candidate_document_replaced",
            CandidateChange::DocumentRemoved(_) => "candidate_document_removed",
            CandidateChange::ActivityAdded(_) => "candidate_activity_added",
            CandidateChange::ActivityRemoved(_) => "candidate_activity_removed",
        }
    }

    fn subject(&self) -> Subject {
        Subject::new("candidate", self.candidate)
    }
}

/// Somebody at the client said something of a candidate, in place of what they said before.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct FeedbackGiven {
    candidate: CandidateId,
    job: JobId,
    client: ClientId,
    user: UserId,
    decision: FeedbackDecision,
    rating: Option<Rating>,
}

impl FeedbackGiven {
    pub const fn of(feedback: &Feedback) -> Self {
        Self {
            candidate: feedback.candidate,
            job: feedback.job,
            client: feedback.client,
            user: feedback.user,
            decision: feedback.decision,
            rating: feedback.rating,
        }
    }
}

impl EventBody for FeedbackGiven {
    fn name(&self) -> &'static str {
        "candidate_feedback_given"
    }

    fn subject(&self) -> Subject {
        Subject::new("candidate", self.candidate)
    }
}

/// What clients are told of a stage was set.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct StageSet {
    pub agency: AgencyId,
    pub stage: StageKey,
    pub hidden: bool,
}

impl EventBody for StageSet {
    fn name(&self) -> &'static str {
        "candidate_stage_set"
    }

    fn subject(&self) -> Subject {
        Subject::new("agency", self.agency)
    }
}
