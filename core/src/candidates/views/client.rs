//! What a client is shown. Of a candidate these views are made of `rules::showing` alone, and no type here can hold a
//! worker's id, an internal note or what is kept of somebody anonymised.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::access::{Grant, Permission};
use crate::candidates::model::{
    Activity, ActivityKind, Candidate, Feedback, FeedbackDecision, Job, MOST_POSITIONS, Person, Rating,
    StageBook,
};
use crate::candidates::rules::showing::{self, ShownDocument};
use crate::privacy::{Fact, Facts, Shown};
use crate::values::{
    ActivityId, CandidateId, ContentHash, DocumentFileId, DocumentId, DocumentType, Email, Instant, JobId,
    Locale, Phone, Picture, Text, UserId, Whole, closed_list,
};

closed_list! {
    /// Whether a job still takes candidates.
    ClientJobState {
        Open "open",
        Closed "closed",
    }
}

/// A job as its client sees it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ClientJobView {
    pub id: JobId,
    pub title: Text<120>,
    /// Plain text.
    pub description: Option<Text<5000>>,
    /// How many people are wanted.
    pub positions: Whole<1, MOST_POSITIONS>,
    pub state: ClientJobState,
    /// Since when it is on the portal.
    pub shown_at: Option<Instant>,
    /// How many candidates there are to see.
    pub candidates: u32,
}

pub fn client_job(_: &Grant, job: Job) -> ClientJobView {
    ClientJobView {
        id: job.id,
        title: job.title,
        description: job.description,
        positions: job.positions,
        state: if job.state.is_open() { ClientJobState::Open } else { ClientJobState::Closed },
        shown_at: job.shown_at,
        candidates: job.shown_candidates,
    }
}

/// A document that the client's people may be served.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ClientDocumentView {
    pub id: DocumentId,
    /// Made up of the label and the type where the candidate is anonymised.
    pub file_name: String,
    pub media_type: DocumentType,
    /// Its size; null where the candidate is anonymised.
    pub bytes: Option<u32>,
    /// Null where the candidate is anonymised.
    pub sha256: Option<ContentHash>,
    pub added_at: Instant,
}

/// Something that was done about a candidate.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ClientActivityView {
    pub id: ActivityId,
    pub kind: ActivityKind,
    /// Plain text. Null where the candidate is anonymised and no other text was given.
    pub text: Option<Text<1000>>,
    pub at: Instant,
}

/// A candidate as the client sees it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ClientCandidateView {
    pub id: CandidateId,
    pub job: JobId,
    /// What to call the candidate where the name is not shown, such as `Candidate 3`: the same for good.
    pub label: String,
    /// Whether everything by which the person can be known is left out.
    pub anonymous: bool,
    /// Null if anonymised.
    pub name: Option<Text<120>>,
    /// Null if there is none, or if anonymised.
    pub picture: Option<Picture>,
    /// Null unless clients are to reach the person.
    pub email: Option<Email>,
    /// Null unless clients are to reach the person.
    pub phone: Option<Phone>,
    /// Plain text: show it as it is, not as HTML. Null if anonymised and no other summary was given.
    pub summary: Option<Text<5000>>,
    /// How far it is, in the reader's language; null if the client is not told.
    pub stage: Option<String>,
    pub documents: Vec<ClientDocumentView>,
    pub activities: Vec<ClientActivityView>,
    /// How many people at the client have said something.
    pub feedback: u32,
    /// When it came on the portal.
    pub shown_at: Option<Instant>,
}

pub fn client_candidate(
    _: &Grant,
    candidate: &Candidate,
    book: &StageBook,
    locale: Locale,
    noted: &mut Shown,
) -> ClientCandidateView {
    noted.candidate(candidate.id, candidate.worker, facts(candidate));
    let (person, contact) = (showing::person(candidate), showing::contact(candidate));
    ClientCandidateView {
        id: candidate.id,
        job: candidate.job,
        label: showing::label(candidate.number.unwrap_or_default(), locale),
        anonymous: candidate.anonymous,
        name: person.map(|person| person.name.clone()),
        picture: person.and_then(|person| person.picture.clone()),
        email: contact.and_then(|person| person.email.clone()),
        phone: contact.and_then(|person| person.phone.clone()),
        summary: showing::summary(candidate).cloned(),
        stage: showing::stage(candidate, book).map(|stage| book.setting(stage).name(locale).to_owned()),
        documents: showing::documents(candidate).into_iter().map(document).collect(),
        activities: showing::activities(candidate)
            .map(|activity| ClientActivityView {
                id: activity.id,
                kind: activity.kind,
                text: showing::activity_text(candidate, activity).cloned(),
                at: activity.at,
            })
            .collect(),
        feedback: candidate.feedback,
        shown_at: candidate.shown_at,
    }
}

/// What of the person the view below shows.
fn facts(candidate: &Candidate) -> Facts {
    let (person, contact) = (showing::person(candidate), showing::contact(candidate));
    let has = |is_there: fn(&Person) -> bool, of: Option<&Person>| of.is_some_and(is_there);
    let says = |activity: &Activity| showing::activity_text(candidate, activity).is_some();
    Facts::NONE
        .and(Fact::CandidateName, person.is_some())
        .and(Fact::CandidatePicture, has(|person| person.picture.is_some(), person))
        .and(Fact::CandidateSummary, showing::summary(candidate).is_some())
        .and(Fact::CandidateEmail, has(|person| person.email.is_some(), contact))
        .and(Fact::CandidatePhone, has(|person| person.phone.is_some(), contact))
        .and(Fact::CandidateDocument, !showing::documents(candidate).is_empty())
        .and(Fact::CandidateActivity, showing::activities(candidate).any(says))
}

fn document(shown: ShownDocument) -> ClientDocumentView {
    ClientDocumentView {
        id: shown.id,
        file_name: shown.name,
        media_type: shown.file.media_type,
        bytes: shown.bytes,
        sha256: shown.sha256.cloned(),
        added_at: shown.added_at,
    }
}

/// What a host may serve to the person who asks, and as what. The bytes are the host's.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ClientDocumentPreview {
    pub candidate: CandidateId,
    pub document: DocumentId,
    /// By what the host finds the bytes: of somebody anonymised this is the anonymised file.
    pub file: DocumentFileId,
    /// The name under which it is served.
    pub file_name: String,
    pub media_type: DocumentType,
    /// Null where the candidate is anonymised.
    pub bytes: Option<u32>,
    /// Null where the candidate is anonymised.
    pub sha256: Option<ContentHash>,
    /// Whether a browser may show it in place; if not, serve it as an attachment.
    pub opens_in_place: bool,
    /// To whom alone.
    pub user: UserId,
    /// The right on which it is served, judged at this instant: ask again for the next time.
    pub permission: Permission,
    pub at: Instant,
}

/// None if the client's people may not be served it.
pub fn client_document_preview(
    _: &Grant,
    candidate: &Candidate,
    wanted: DocumentId,
    (user, at): (UserId, Instant),
    noted: &mut Shown,
) -> Option<ClientDocumentPreview> {
    let shown = showing::documents(candidate).into_iter().find(|document| document.id == wanted)?;
    noted.candidate(candidate.id, candidate.worker, Facts::of(Fact::CandidateDocument));
    Some(ClientDocumentPreview {
        candidate: candidate.id,
        document: shown.id,
        file: shown.file.id,
        media_type: shown.file.media_type,
        opens_in_place: shown.file.media_type.opens_in_place(),
        file_name: shown.name,
        bytes: shown.bytes,
        sha256: shown.sha256.cloned(),
        user,
        permission: Permission::ViewCandidates,
        at,
    })
}

/// What somebody of the same client says of a candidate.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ClientFeedbackView {
    pub candidate: CandidateId,
    pub user: UserId,
    pub user_name: Text<120>,
    pub decision: FeedbackDecision,
    pub rating: Option<Rating>,
    /// Plain text.
    pub note: Option<Text<2000>>,
    pub given_at: Instant,
}

pub fn client_feedback(_: &Grant, feedback: Feedback) -> ClientFeedbackView {
    ClientFeedbackView {
        candidate: feedback.candidate,
        user: feedback.user,
        user_name: feedback.user_name,
        decision: feedback.decision,
        rating: feedback.rating,
        note: feedback.note,
        given_at: feedback.given_at,
    }
}
