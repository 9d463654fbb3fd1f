//! Jobs, candidates, stages and feedback for the agency.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::documents::{DocumentView, document};
use crate::access::Grant;
use crate::candidates::model::{
    Activity, ActivityKind, Candidate, CandidateState, Feedback, FeedbackDecision, Job, JobState,
    MOST_POSITIONS, Rating, ShownTo, StageBook, StageKey,
};
use crate::candidates::rules::{self, PortalStatus, showing};
use crate::values::{
    ActivityId, CandidateId, ClientId, Email, Instant, InternalNote, JobId, Locale, MandateId, Phone,
    Picture, ProjectId, SiteId, Text, UserId, Whole, WorkerId, closed_list, internal_for_agency,
};

closed_list! {
    /// Whether a client sees a job.
    JobPortal {
        NotOnPortal "not_on_portal",
        /// It is on the portal and yet not to be seen: the project that it belongs to is not shared.
        ProjectNotShared "project_not_shared",
        OnPortal "on_portal",
    }
}

const fn job_portal(job: &Job) -> JobPortal {
    match (job.state.is_on_portal(), job.project_hidden) {
        (false, _) => JobPortal::NotOnPortal,
        (true, true) => JobPortal::ProjectNotShared,
        (true, false) => JobPortal::OnPortal,
    }
}

/// A job for the agency.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct JobView {
    pub id: JobId,
    pub client: ClientId,
    pub project: Option<ProjectId>,
    pub mandate: Option<MandateId>,
    pub site: Option<SiteId>,
    pub title: Text<120>,
    pub description: Option<Text<5000>>,
    /// How many people are wanted.
    pub positions: Whole<1, MOST_POSITIONS>,
    #[serde(with = "internal_for_agency", default)]
    #[schemars(with = "Option<Text<2000>>")]
    pub internal_note: Option<InternalNote>,
    pub state: JobState,
    pub portal: JobPortal,
    /// Since when it is on the portal.
    pub shown_at: Option<Instant>,
    /// All candidates, whatever became of them.
    pub candidates: u32,
    /// Those who passed the review and were not removed.
    pub shown_candidates: u32,
    pub created_at: Instant,
    pub revision: u32,
}

pub fn job(_: &Grant, job: Job) -> JobView {
    JobView {
        portal: job_portal(&job),
        id: job.id,
        client: job.client,
        project: job.project,
        mandate: job.mandate,
        site: job.site,
        title: job.title,
        description: job.description,
        positions: job.positions,
        internal_note: job.internal_note,
        state: job.state,
        shown_at: job.shown_at,
        candidates: job.candidates,
        shown_candidates: job.shown_candidates,
        created_at: job.created_at,
        revision: job.revision,
    }
}

/// Something that was done about a candidate.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ActivityView {
    pub id: ActivityId,
    pub kind: ActivityKind,
    pub text: Text<1000>,
    /// What clients read in its place where the candidate is anonymised.
    pub anonymous_text: Option<Text<1000>>,
    pub audience: ShownTo,
    pub at: Instant,
}

/// A candidate for the agency.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct CandidateView {
    pub id: CandidateId,
    pub job: JobId,
    pub client: ClientId,
    pub worker: Option<WorkerId>,
    pub name: Text<120>,
    pub email: Option<Email>,
    pub phone: Option<Phone>,
    pub picture: Option<Picture>,
    /// Whether clients see e-mail and phone.
    pub shows_contact: bool,
    pub anonymous: bool,
    /// What clients call the candidate where it is anonymised; null until they can see it first.
    pub label: Option<String>,
    pub summary: Option<Text<5000>>,
    pub anonymous_summary: Option<Text<5000>>,
    #[serde(with = "internal_for_agency", default)]
    #[schemars(with = "Option<Text<2000>>")]
    pub internal_note: Option<InternalNote>,
    pub documents: Vec<DocumentView>,
    pub activities: Vec<ActivityView>,
    pub state: CandidateState,
    /// Whether clients see it, and how.
    pub portal: PortalStatus,
    pub stage: StageKey,
    /// The stage as clients read it, in the reader's language; null if they are not told.
    pub stage_for_clients: Option<String>,
    /// Why it was sent back from the review.
    pub review_note: Option<Text<1000>>,
    /// How many people at the client have said something.
    pub feedback: u32,
    /// When clients could see it first after the review.
    pub shown_at: Option<Instant>,
    pub created_at: Instant,
    pub revision: u32,
}

pub fn candidate(_: &Grant, candidate: Candidate, book: &StageBook, locale: Locale) -> CandidateView {
    let told = showing::stage(&candidate, book);
    CandidateView {
        portal: rules::portal_status(&candidate),
        stage: candidate.stage(),
        stage_for_clients: told.map(|stage| book.setting(stage).name(locale).to_owned()),
        documents: candidate.documents.iter().map(|one| document(&candidate, one)).collect(),
        activities: candidate.activities.iter().map(activity).collect(),
        label: candidate.number.map(|number| showing::label(number, locale)),
        id: candidate.id,
        job: candidate.job,
        client: candidate.client,
        worker: candidate.worker,
        name: candidate.person.name,
        email: candidate.person.email,
        phone: candidate.person.phone,
        picture: candidate.person.picture,
        shows_contact: candidate.shows_contact,
        anonymous: candidate.anonymous,
        summary: candidate.summary,
        anonymous_summary: candidate.anonymous_summary,
        internal_note: candidate.internal_note,
        state: candidate.state,
        review_note: candidate.review_note,
        feedback: candidate.feedback,
        shown_at: candidate.shown_at,
        created_at: candidate.created_at,
        revision: candidate.revision,
    }
}

fn activity(activity: &Activity) -> ActivityView {
    ActivityView {
        id: activity.id,
        kind: activity.kind,
        text: activity.text.clone(),
        anonymous_text: activity.anonymous_text.clone(),
        audience: activity.audience,
        at: activity.at,
    }
}

/// What somebody at the client says of a candidate: who, and when.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct FeedbackView {
    pub candidate: CandidateId,
    pub job: JobId,
    pub client: ClientId,
    pub user: UserId,
    pub user_name: Text<120>,
    pub decision: FeedbackDecision,
    pub rating: Option<Rating>,
    pub note: Option<Text<2000>>,
    pub given_at: Instant,
}

pub fn feedback(_: &Grant, feedback: Feedback) -> FeedbackView {
    FeedbackView {
        candidate: feedback.candidate,
        job: feedback.job,
        client: feedback.client,
        user: feedback.user,
        user_name: feedback.user_name,
        decision: feedback.decision,
        rating: feedback.rating,
        note: feedback.note,
        given_at: feedback.given_at,
    }
}

/// A stage, and what clients are told of it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct StageView {
    pub stage: StageKey,
    /// As the agency calls it, in the reader's language.
    pub name: String,
    /// What clients read in its place in English; null if that is not set.
    pub en: Option<Text<60>>,
    /// What clients read in its place in French; null if that is not set.
    pub fr: Option<Text<60>>,
    /// Whether clients are not told of it: they read the last stage before it that is not hidden.
    pub hidden: bool,
}

/// All stages in their order.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct StagesView {
    pub stages: Vec<StageView>,
}

pub fn stages(_: &Grant, book: &StageBook, locale: Locale) -> StagesView {
    let view = |stage: StageKey| {
        let setting = book.setting(stage);
        let name = stage.name(locale).to_owned();
        StageView { stage, name, en: setting.en, fr: setting.fr, hidden: setting.hidden }
    };
    StagesView { stages: StageKey::ALL.map(view).into() }
}
