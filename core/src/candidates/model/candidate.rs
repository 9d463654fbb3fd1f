//! Somebody who is put forward for a job.

use serde::{Deserialize, Serialize};

use super::{Document, Job, MOST_DOCUMENTS, ShownTo, StageKey, in_state, place_of};
use crate::access::Place;
use crate::engine::Record;
use crate::store::{Column, IndexSpec, IndexValue, Kind};
use crate::values::{
    ActivityId, Bounded, CandidateId, ClientId, Email, Instant, InternalNote, JobId, Phone, Picture,
    ProjectId, SiteId, Text, WorkerId, closed_list, internal_for_agency,
};

closed_list! {
    /// Where a candidate stands with the agency. What the client sees of it is another thing: the job counts too.
    CandidateState {
        /// The agency prepares it.
        Draft "draft",
        /// Somebody at the agency is to look at it before clients do.
        InReview "in_review",
        /// It passed the review: clients see it while the job is on the portal.
        OnPortal "on_portal",
        /// It was taken off; for clients it is not there.
        Removed "removed",
    }
}

closed_list! {
    /// What was done about a candidate.
    ActivityKind {
        Note "note",
        Call "call",
        Meeting "meeting",
        Interview "interview",
        Test "test",
        Reference "reference",
    }
}

/// Something that was done about a candidate, or is going to be.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Activity {
    pub id: ActivityId,
    pub kind: ActivityKind,
    pub text: Text<1000>,
    /// What clients read in its place of somebody anonymised; without it, they read the kind and the time alone.
    pub anonymous_text: Option<Text<1000>>,
    pub audience: ShownTo,
    pub at: Instant,
}

pub const MOST_ACTIVITIES: usize = 50;

/// Who it is: everything by which somebody can be known or reached.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Person {
    pub name: Text<120>,
    pub email: Option<Email>,
    pub phone: Option<Phone>,
    pub picture: Option<Picture>,
}

/// A person put forward for one job. For each job there is another candidate, with an id of its own, so two clients
/// cannot tell by it whether they were shown the same person.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Candidate {
    pub id: CandidateId,
    pub job: JobId,
    pub client: ClientId,
    /// As the job has them.
    pub project: Option<ProjectId>,
    pub site: Option<SiteId>,
    /// Whether clients see the job: written with it, so that showing a candidate takes one read.
    pub job_shown: bool,
    /// Who it is among the agency's workers, if they are one. No client reads it.
    pub worker: Option<WorkerId>,
    pub person: Person,
    /// Whether clients see how to reach the person.
    pub shows_contact: bool,
    /// Clients are shown nothing by which the person can be known.
    pub anonymous: bool,
    /// The number in the label that clients read. Given when they can see the candidate first, and never changed.
    pub number: Option<u32>,
    /// The executive summary, as plain text.
    pub summary: Option<Text<5000>>,
    /// What clients read in its place of somebody anonymised.
    pub anonymous_summary: Option<Text<5000>>,
    /// The agency's alone.
    #[serde(with = "internal_for_agency", default)]
    pub internal_note: Option<InternalNote>,
    pub documents: Bounded<Document, MOST_DOCUMENTS>,
    pub activities: Bounded<Activity, MOST_ACTIVITIES>,
    pub state: CandidateState,
    /// The stages that it was in, each once, the present one last.
    pub stages: Vec<StageKey>,
    /// Why it was sent back from the review.
    pub review_note: Option<Text<1000>>,
    /// How many people at the client have said something.
    pub feedback: u32,
    /// When clients could see it first after the review.
    pub shown_at: Option<Instant>,
    pub created_at: Instant,
    /// Rises with whatever a reviewer reads.
    pub revision: u32,
    /// When the person was taken out of it: what is left is for the job's counts alone.
    #[serde(default)]
    pub erased_at: Option<Instant>,
}

/// The claim that a worker is put forward for a job once.
pub const JOB_WORKER: &str = "job_worker";

pub static CANDIDATE: Kind = Kind {
    name: "candidate",
    columns: &[
        // Of all candidates, for the agency.
        Column::text("of_job"),
        Column::text("of_state"),
        Column::text("of_job_state"),
        Column::text("of_worker"),
        Column::integer("created_at"),
        // Of those whom clients see.
        Column::text("shown_in"),
        Column::integer("number"),
    ],
    indexes: &[
        IndexSpec { name: "all", columns: &["created_at"] },
        IndexSpec { name: "all_by_job", columns: &["of_job", "created_at"] },
        IndexSpec { name: "all_by_state", columns: &["of_state", "created_at"] },
        IndexSpec { name: "all_by_job_state", columns: &["of_job_state", "created_at"] },
        IndexSpec { name: "all_by_worker", columns: &["of_worker", "created_at"] },
        IndexSpec { name: "by_job", columns: &["shown_in", "number"] },
    ],
};

impl Record for Candidate {
    const KIND: &'static Kind = &CANDIDATE;

    fn record_id(&self) -> String {
        self.id.to_string()
    }

    fn columns(&self) -> Vec<(&'static str, IndexValue)> {
        // A column that is left out is in no range: who was erased is in no list.
        if self.is_erased() {
            return Vec::new();
        }
        let job = self.job.to_string();
        let mut columns = vec![
            ("of_state", self.state.text().into()),
            ("of_job_state", in_state(&job, self.state.text()).into()),
            ("of_job", job.clone().into()),
            ("created_at", self.created_at.millis().into()),
        ];
        if let Some(worker) = self.worker {
            columns.push(("of_worker", worker.to_string().into()));
        }
        if let (true, Some(number)) = (self.is_shown(), self.number) {
            columns.push(("shown_in", job.into()));
            columns.push(("number", i64::from(number).into()));
        }
        columns
    }

    fn is_erased(&self) -> bool {
        self.erased_at.is_some()
    }
}

impl Candidate {
    /// Whether the client's people see it.
    pub fn is_shown(&self) -> bool {
        self.job_shown && self.state == CandidateState::OnPortal
    }

    /// Where it is for a client's people; nowhere while they do not see it.
    pub fn place(&self) -> Option<Place<'_>> {
        self.is_shown().then(|| place_of(self.client, self.project, self.site.as_ref()))
    }

    /// The stage that it is in.
    pub fn stage(&self) -> StageKey {
        self.stages.last().copied().unwrap_or(StageKey::New)
    }

    /// Takes it to a stage, which it may have been in before.
    pub fn move_to(&mut self, stage: StageKey) {
        self.stages.retain(|one| *one != stage);
        self.stages.push(stage);
    }

    /// Takes over what its job decides. Whom clients see for the first time gets the next number.
    pub fn follow(&mut self, job: &mut Job, now: Instant) {
        (self.project, self.site) = (job.project, job.site);
        self.job_shown = job.is_shown();
        if !self.is_shown() {
            return;
        }
        self.shown_at = self.shown_at.or(Some(now));
        if self.number.is_none() {
            job.numbered += 1;
            self.number = Some(job.numbered);
        }
    }
}
