//! Notifications as they are kept: what happened, for whom, and who has read it.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::access::{Permission, Place};
use crate::candidates::model::{Job, place_of};
use crate::clients::model::Client;
use crate::engine::{Actor, Record, Want};
use crate::projects::model::{Project, index_name};
use crate::store::{Column, IndexSpec, IndexValue, Kind};
use crate::values::{
    CandidateId, ChangeRequestId, ClientId, Instant, JobId, LocalTime, MandateId, NotificationId, ProjectId,
    PurchaseOrderId, ShiftId, SiteId, Text, UserId,
};

/// A mandate as a notification names it: with its name and its client's as they were then.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct AboutMandate {
    pub mandate: MandateId,
    pub client: ClientId,
    /// Where the mandate is, as far as rights go.
    pub site: SiteId,
    pub project: Option<ProjectId>,
    pub submitted_by: UserId,
    pub mandate_name: Text<120>,
    pub client_name: Text<120>,
    /// The agency does not know of it.
    #[serde(default)]
    pub in_house: bool,
}

/// A client as a notification names it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct AboutClient {
    pub client: ClientId,
    pub client_name: Text<120>,
}

impl AboutClient {
    pub fn of(client: &Client) -> Self {
        Self { client: client.id, client_name: client.name.clone() }
    }
}

/// A purchase order as a notification names it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct AboutPurchaseOrder {
    pub client: ClientId,
    pub client_name: Text<120>,
    pub purchase_order: PurchaseOrderId,
    pub number: Text<60>,
}

/// A change request as a notification names it: by its shift's beginning.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct AboutChange {
    pub request: ChangeRequestId,
    pub shift: ShiftId,
    pub client: ClientId,
    pub project: ProjectId,
    pub site: SiteId,
    pub client_name: Text<120>,
    /// On the site's clock.
    pub starts: LocalTime,
    /// Whether the project is not shared with the client now. What is kept of it is [`Notification::waits_for`].
    #[serde(skip)]
    pub hidden: bool,
}

/// A project as a notification names it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct AboutProject {
    pub client: ClientId,
    pub client_name: Text<120>,
    pub project: ProjectId,
    pub project_name: Text<120>,
    /// Where it is, as far as rights go.
    pub sites: Vec<SiteId>,
    /// Whether the project is not shared with the client now. What is kept of it is [`Notification::waits_for`].
    #[serde(skip)]
    pub hidden: bool,
}

impl AboutProject {
    pub fn of(client: &Client, project: &Project, mut sites: Vec<SiteId>) -> Self {
        sites.sort_unstable();
        sites.dedup();
        Self {
            client: client.id,
            client_name: client.name.clone(),
            project: project.id,
            project_name: project.name.clone(),
            sites,
            hidden: !project.shared,
        }
    }
}

/// A candidate as a notification names it: by the job. Whoever it is, and whether that is hidden, is not told here.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct AboutCandidate {
    pub client: ClientId,
    pub client_name: Text<120>,
    pub job: JobId,
    pub job_title: Text<120>,
    pub candidate: CandidateId,
    /// Where the job is, as far as rights go.
    pub project: Option<ProjectId>,
    pub site: Option<SiteId>,
}

impl AboutCandidate {
    pub fn of(client: &Client, job: &Job, candidate: CandidateId) -> Self {
        Self {
            client: client.id,
            client_name: client.name.clone(),
            job: job.id,
            job_title: job.title.clone(),
            candidate,
            project: job.project,
            site: job.site,
        }
    }
}

/// What people are told of.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Notice {
    MandateSubmitted(AboutMandate),
    MandateEdited(AboutMandate),
    MandateWithdrawn(AboutMandate),
    MandateAccepted(AboutMandate),
    MandateDeclined(AboutMandate),
    /// One person is asked to approve it.
    MandateAwaitsApproval {
        about: AboutMandate,
        asked: UserId,
    },
    MandateApproved(AboutMandate),
    MandateRejected(AboutMandate),
    /// It was to review, and its client now has to approve it first.
    MandateTakenBack(AboutMandate),
    /// The client's cut-off is near.
    MandateExpiring(AboutMandate),
    MandateExpired(AboutMandate),
    /// Three quarters of it are used.
    PurchaseOrderLow(AboutPurchaseOrder),
    /// It ends within ten days.
    PurchaseOrderEnding(AboutPurchaseOrder),
    /// A client has changed its company details.
    CompanyChanged(AboutClient),
    /// A client asks for another billing identity.
    IdentityAsked(AboutClient),
    IdentityApproved(AboutClient),
    IdentityRefused(AboutClient),
    /// A client wants a shift changed: to approve.
    ChangeAsked(AboutChange),
    ChangeWithdrawn(AboutChange),
    ChangeApproved(AboutChange),
    ChangeDeclined(AboutChange),
    /// The shift was called off, and with it what was still wanted of it.
    ChangeSuperseded(AboutChange),
    ChangeFeeWaived(AboutChange),
    /// Workers are proposed, among whom the client chooses.
    SelectionOffered(AboutProject),
    /// The client has chosen.
    SelectionSubmitted(AboutProject),
    /// The chosen are booked.
    SelectionApplied(AboutProject),
    SelectionWithdrawn(AboutProject),
    /// The agency wrote a message to the client.
    AgencyWrote(AboutProject),
    /// The client wrote a message to the agency.
    ClientWrote(AboutProject),
    /// There is one more candidate to see.
    CandidateAdded(AboutCandidate),
    CandidateSummaryAdded(AboutCandidate),
    CandidateDocumentAdded(AboutCandidate),
    CandidateActivityAdded(AboutCandidate),
    /// Somebody at the client said something of a candidate.
    CandidateFeedbackGiven(AboutCandidate),
}

/// Who is told.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// The agency's people.
    Agency,
    /// One client's people.
    Client(ClientId),
}

impl Audience {
    /// The value of the index column.
    pub fn key(self) -> String {
        match self {
            Self::Agency => "agency".to_owned(),
            Self::Client(client) => format!("client/{client}"),
        }
    }
}

/// One thing told to one audience.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Notification {
    pub id: NotificationId,
    pub audience: Audience,
    pub notice: Notice,
    /// Who did it, and so is not told.
    pub actor: Actor,
    pub created_at: Instant,
    /// The members or users who have read it.
    pub read_by: Vec<Uuid>,
    /// It came of a project that its client may not know of, and is in nobody's list until that is shared: neither a
    /// page nor a cursor tells of it.
    #[serde(default)]
    pub waits_for: Option<ProjectId>,
}

/// What came while a project was hidden is told with its sharing, up to so many.
const MOST_WAITING: u32 = 1_000;

pub static NOTIFICATION: Kind = Kind {
    name: "notification",
    columns: &[Column::text("audience"), Column::integer("created_at")],
    indexes: &[IndexSpec { name: "by_audience", columns: &["audience", "created_at"] }],
};

impl Record for Notification {
    const KIND: &'static Kind = &NOTIFICATION;

    fn record_id(&self) -> String {
        self.id.to_string()
    }

    fn columns(&self) -> Vec<(&'static str, IndexValue)> {
        let audience =
            self.waits_for.map_or_else(|| self.audience.key(), |project| index_name(project, false));
        vec![("audience", audience.into()), ("created_at", self.created_at.millis().into())]
    }
}

impl Notification {
    /// What a client is to be told once this project is shared with it.
    pub fn waiting_for(project: ProjectId) -> Want {
        Want::range::<Self>("by_audience", vec![index_name(project, false).into()], MOST_WAITING)
            .newest_first()
    }
}

/// What a notice is about.
enum About<'a> {
    Mandate(&'a AboutMandate),
    Client(&'a AboutClient),
    PurchaseOrder(&'a AboutPurchaseOrder),
    Change(&'a AboutChange),
    Project(&'a AboutProject),
    Candidate(&'a AboutCandidate),
}

impl Notice {
    const fn about(&self) -> About<'_> {
        match self {
            Self::MandateSubmitted(about)
            | Self::MandateEdited(about)
            | Self::MandateWithdrawn(about)
            | Self::MandateAccepted(about)
            | Self::MandateDeclined(about)
            | Self::MandateAwaitsApproval { about, .. }
            | Self::MandateApproved(about)
            | Self::MandateRejected(about)
            | Self::MandateTakenBack(about)
            | Self::MandateExpiring(about)
            | Self::MandateExpired(about) => About::Mandate(about),
            Self::PurchaseOrderLow(about) | Self::PurchaseOrderEnding(about) => About::PurchaseOrder(about),
            Self::CompanyChanged(about)
            | Self::IdentityAsked(about)
            | Self::IdentityApproved(about)
            | Self::IdentityRefused(about) => About::Client(about),
            Self::ChangeAsked(about)
            | Self::ChangeWithdrawn(about)
            | Self::ChangeApproved(about)
            | Self::ChangeDeclined(about)
            | Self::ChangeSuperseded(about)
            | Self::ChangeFeeWaived(about) => About::Change(about),
            Self::SelectionOffered(about)
            | Self::SelectionSubmitted(about)
            | Self::SelectionApplied(about)
            | Self::SelectionWithdrawn(about)
            | Self::AgencyWrote(about)
            | Self::ClientWrote(about) => About::Project(about),
            Self::CandidateAdded(about)
            | Self::CandidateSummaryAdded(about)
            | Self::CandidateDocumentAdded(about)
            | Self::CandidateActivityAdded(about)
            | Self::CandidateFeedbackGiven(about) => About::Candidate(about),
        }
    }

    /// The mandate that it is about, if it is about one.
    pub const fn mandate(&self) -> Option<&AboutMandate> {
        if let About::Mandate(about) = self.about() { Some(about) } else { None }
    }

    /// The change request that it is about, if it is about one.
    pub const fn change(&self) -> Option<&AboutChange> {
        if let About::Change(about) = self.about() { Some(about) } else { None }
    }

    /// The project that it is about, if it is about one and no mandate.
    pub const fn project(&self) -> Option<&AboutProject> {
        if let About::Project(about) = self.about() { Some(about) } else { None }
    }

    /// The project that it comes of, while that is not shared with the client.
    pub fn hidden_in(&self) -> Option<ProjectId> {
        match self.about() {
            About::Change(about) => about.hidden.then_some(about.project),
            About::Project(about) => about.hidden.then_some(about.project),
            About::Mandate(_) | About::Client(_) | About::PurchaseOrder(_) | About::Candidate(_) => None,
        }
    }

    /// The candidate that it is about, if it is about one.
    pub const fn candidate(&self) -> Option<&AboutCandidate> {
        if let About::Candidate(about) = self.about() { Some(about) } else { None }
    }

    /// Whether it is of something that the agency does not know of.
    pub fn is_in_house(&self) -> bool {
        self.mandate().is_some_and(|about| about.in_house)
    }

    /// The purchase order that it is about, if it is about one.
    pub const fn purchase_order(&self) -> Option<&AboutPurchaseOrder> {
        if let About::PurchaseOrder(about) = self.about() { Some(about) } else { None }
    }

    /// The one person whom it is for, if it is for one alone.
    pub const fn person(&self) -> Option<UserId> {
        match self {
            Self::MandateAwaitsApproval { asked, .. } => Some(*asked),
            _ => None,
        }
    }

    /// What a client's person must hold to be told of it, beside what reading notifications takes.
    pub const fn needs(&self) -> Option<Permission> {
        match self {
            Self::SelectionOffered(_)
            | Self::SelectionSubmitted(_)
            | Self::SelectionApplied(_)
            | Self::SelectionWithdrawn(_) => Some(Permission::SelectStaff),
            Self::AgencyWrote(_) | Self::ClientWrote(_) => Some(Permission::ReadMessages),
            Self::CandidateAdded(_)
            | Self::CandidateSummaryAdded(_)
            | Self::CandidateDocumentAdded(_)
            | Self::CandidateActivityAdded(_)
            | Self::CandidateFeedbackGiven(_) => Some(Permission::ViewCandidates),
            _ => None,
        }
    }

    pub const fn client(&self) -> (ClientId, &Text<120>) {
        match self.about() {
            About::Mandate(about) => (about.client, &about.client_name),
            About::Client(about) => (about.client, &about.client_name),
            About::PurchaseOrder(about) => (about.client, &about.client_name),
            About::Change(about) => (about.client, &about.client_name),
            About::Project(about) => (about.client, &about.client_name),
            About::Candidate(about) => (about.client, &about.client_name),
        }
    }

    /// Where it belongs, as far as rights go.
    pub fn place(&self) -> Place<'_> {
        match self.about() {
            About::Mandate(about) => about.place(),
            About::Change(about) => {
                Place::at(about.client, Some(about.project), std::slice::from_ref(&about.site))
            }
            About::Project(about) => Place::at(about.client, Some(about.project), &about.sites),
            About::Candidate(about) => place_of(about.client, about.project, about.site.as_ref()),
            About::Client(_) | About::PurchaseOrder(_) => Place::client(self.client().0),
        }
    }
}

impl AboutMandate {
    pub const fn place(&self) -> Place<'_> {
        let by = Some(self.submitted_by);
        Place { by, ..Place::at(self.client, self.project, std::slice::from_ref(&self.site)) }
    }
}
