//! The log as the agency reads it, all that is kept of a person, and how far an erasure is.

use super::facts::{PersonalData, SharingRule, ShownGroup};
use super::finding::Found;
use super::model::{DataSubject, Disclosure, Erasure, Recipient};
use crate::access::{Grant, Impersonation, Permission};
use crate::attendance::views::CertificateView;
use crate::identities::views::IdentityView;
use crate::links::model::{Link, LinkTarget};
use crate::messages::views::MessageView;
use crate::selection::model::SelectionState;
use crate::selection::views::{self as selection, ProposalView};
use crate::shifts::model::{Preference, Role, Shift};
use crate::shifts::rules::Times;
use crate::shifts::views::{self as shifts, BookingView, WorkerView};
use crate::users::model::{Membership, MembershipState};
use crate::users::views::UserView;
use crate::values::{
    ClientId, DeviceId, Email, ImpersonationId, Instant, LinkId, MandateId, MemberId, PositionId, ProjectId,
    RecordId, SelectionId, SessionId, ShiftId, Source, Text, UserId, WorkerId,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One kind of personal data and the rule by which it was shown.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ShownDataView {
    pub data: PersonalData,
    pub rule: SharingRule,
}

/// Workers of whom the same was shown.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ShownGroupView {
    pub data: Vec<ShownDataView>,
    pub workers: Vec<WorkerId>,
}

/// What one reply showed to somebody.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct DisclosureView {
    pub at: Instant,
    /// The portal user who was shown it, or in whose place somebody was.
    pub user: Option<UserId>,
    /// The member who saw it in the user's place, if one did.
    pub in_place_by: Option<MemberId>,
    pub impersonation: Option<ImpersonationId>,
    /// The link that was held.
    pub link: Option<LinkId>,
    /// Whoever had the address of the public page.
    pub public: bool,
    pub client: Option<ClientId>,
    /// What was held; null for those who need no role.
    pub permission: Option<Permission>,
    pub operation: String,
    pub shown: Vec<ShownGroupView>,
}

/// The disclosure; with a worker, only what was shown of that one, and none if nothing was.
pub fn disclosure(_: &Grant, of: Disclosure, worker: Option<WorkerId>) -> Option<DisclosureView> {
    let (user, in_place_by, impersonation, link, public) = match of.recipient {
        Recipient::User { user } => (Some(user), None, None, None, false),
        Recipient::Impersonated { user, by, session } => (Some(user), Some(by), Some(session), None, false),
        Recipient::Holder { link } => (None, None, None, Some(link), false),
        Recipient::Public { link } => (None, None, None, Some(link), true),
    };
    let shown: Vec<ShownGroupView> = of.shown.into_iter().filter_map(|one| group(one, worker)).collect();
    (!shown.is_empty()).then_some(DisclosureView {
        at: of.at,
        user,
        in_place_by,
        impersonation,
        link,
        public,
        client: of.client,
        permission: of.permission,
        operation: of.operation,
        shown,
    })
}

fn group(group: ShownGroup, worker: Option<WorkerId>) -> Option<ShownGroupView> {
    let data = group.facts.iter().map(|fact| ShownDataView { data: fact.data(), rule: fact.rule() });
    let mut workers = group.workers;
    if let Some(worker) = worker {
        workers.retain(|one| *one == worker);
    }
    (!workers.is_empty()).then(|| ShownGroupView { data: data.collect(), workers })
}

/// A booking with the shift that it is of.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ExportedBooking {
    pub shift: ShiftId,
    pub project: ProjectId,
    pub client: Option<ClientId>,
    pub starts_at: Instant,
    pub ends_at: Instant,
    pub site_name: Text<120>,
    pub position: PositionId,
    pub skill_name: Text<120>,
    pub role: Role,
    pub booking: BookingView,
}

/// A selection in which the worker was proposed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ExportedProposal {
    pub selection: SelectionId,
    pub client: ClientId,
    pub project: ProjectId,
    pub state: SelectionState,
    pub proposal: ProposalView,
}

/// What a client, or the agency for it, has said of the worker.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ExportedPreference {
    pub client: ClientId,
    pub preference: Preference,
    /// Whoever of the client said so; null if the agency did.
    pub by: Option<UserId>,
    pub at: Instant,
}

/// All that is kept of a worker. Pay is in the bookings: this is for the agency alone, which hands it to the worker.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct WorkerExport {
    pub worker: WorkerView,
    pub certificates: Vec<CertificateView>,
    /// Every booking that there ever was, of the projects that this part goes through.
    pub bookings: Vec<ExportedBooking>,
    pub proposals: Vec<ExportedProposal>,
    pub preferences: Vec<ExportedPreference>,
    /// Where the export goes on; null at its end. A part may hold nothing more of the worker and still not be the last.
    pub next: Option<String>,
}

pub fn worker_export(
    grant: &Grant,
    worker: WorkerView,
    certificates: Vec<CertificateView>,
    found: Found,
    next: Option<String>,
    now: Instant,
) -> WorkerExport {
    let id = worker.id;
    let preferences = found.preferences.iter().flat_map(|kept| {
        let of_worker = kept.list.iter().filter(move |entry| entry.worker == id);
        of_worker.map(|entry| ExportedPreference {
            client: kept.client,
            preference: entry.preference,
            by: entry.by,
            at: entry.at,
        })
    });
    let proposals = found.selections.iter().flat_map(|of| {
        let of_worker = of.proposals.iter().filter(move |proposal| proposal.worker == id);
        of_worker.map(move |proposal| ExportedProposal {
            selection: of.id,
            client: of.client,
            project: of.project,
            state: of.state_at(now),
            proposal: selection::proposal(proposal),
        })
    });
    WorkerExport {
        preferences: preferences.collect(),
        proposals: proposals.collect(),
        bookings: found.shifts.into_iter().flat_map(|shift| bookings(grant, shift, id, now)).collect(),
        worker,
        certificates,
        next,
    }
}

fn bookings(grant: &Grant, shift: Shift, worker: WorkerId, now: Instant) -> Vec<ExportedBooking> {
    let times = Times::of(&shift);
    let mut found = Vec::new();
    for position in shift.positions {
        let of_worker = position.bookings.into_iter().filter(|booking| booking.worker == worker);
        found.extend(of_worker.map(|booking| ExportedBooking {
            shift: shift.id,
            project: shift.project,
            client: shift.client,
            starts_at: shift.starts_at,
            ends_at: shift.ends_at,
            site_name: shift.site_name.clone(),
            position: position.id,
            skill_name: position.skill_name.clone(),
            role: position.role,
            booking: shifts::booking(grant, times, booking, now),
        }));
    }
    found
}

/// That somebody belongs or belonged to a client.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ExportedMembership {
    pub client: ClientId,
    /// False while the client's access is deactivated.
    pub active: bool,
    pub since: Instant,
}

pub fn membership(_: &Grant, membership: &Membership) -> ExportedMembership {
    ExportedMembership {
        client: membership.client,
        active: membership.state == MembershipState::Active,
        since: membership.created_at,
    }
}

/// A sign-in, and where it came from.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ExportedSession {
    pub id: SessionId,
    pub created_at: Instant,
    pub last_used_at: Instant,
    pub source: Option<Source>,
}

/// A device that is known.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ExportedDevice {
    pub id: DeviceId,
    pub last_used_at: Instant,
}

/// An invitation for the person.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ExportedInvitation {
    pub link: LinkId,
    pub client: ClientId,
    pub to: Option<Email>,
    pub sent_at: Instant,
    pub used: u32,
    pub last_used_at: Option<Instant>,
    pub last_source: Option<Source>,
}

pub fn invitation(_: &Grant, link: &Link) -> ExportedInvitation {
    let to = match &link.target {
        LinkTarget::User { email, .. } => Some(email.clone()),
        LinkTarget::Client { .. } | LinkTarget::Project { .. } | LinkTarget::Public { .. } => None,
    };
    ExportedInvitation {
        link: link.id,
        client: link.target.client(),
        to,
        sent_at: link.created_at,
        used: link.used,
        last_used_at: link.last_used_at,
        last_source: link.last_source.clone(),
    }
}

/// Somebody of the agency in the person's place.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ExportedImpersonation {
    pub id: ImpersonationId,
    pub member: MemberId,
    pub reason: Text<500>,
    pub started_at: Instant,
    pub ends_at: Instant,
}

pub fn impersonation(_: &Grant, session: Impersonation) -> ExportedImpersonation {
    ExportedImpersonation {
        id: session.id,
        member: session.member,
        reason: session.reason,
        started_at: session.started_at,
        ends_at: session.ends_at,
    }
}

/// All that is kept of a portal user. Of secrets it says that they are there.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct UserExport {
    pub user: UserView,
    pub created_at: Instant,
    pub memberships: Vec<ExportedMembership>,
    /// When the password was set, if there is one.
    pub password_set_at: Option<Instant>,
    pub second_factor: bool,
    pub sessions: Vec<ExportedSession>,
    pub devices: Vec<ExportedDevice>,
    pub identities: Vec<IdentityView>,
    /// The newest 1,000.
    pub invitations: Vec<ExportedInvitation>,
    /// The newest 1,000.
    pub impersonations: Vec<ExportedImpersonation>,
    /// The orders that the person placed, at most 1,000.
    pub mandates: Vec<MandateId>,
    /// What the person wrote, newest first.
    pub messages: Vec<MessageView>,
    /// Where the messages go on; null at their end.
    pub next: Option<String>,
}

/// How far an erasure is.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ErasureView {
    pub of: DataSubject,
    /// The worker's or the user's id.
    pub person: RecordId,
    /// True: copies are left; call again, with a command id of its own, until this is false.
    pub more: bool,
    pub started_at: Instant,
    /// When nothing was left.
    pub finished_at: Option<Instant>,
    /// Copies that were found and made empty so far, beside the person's own rows.
    pub copies: u32,
}

pub fn erasure(_: &Grant, erasure: &Erasure) -> ErasureView {
    ErasureView {
        of: erasure.of,
        person: RecordId::new(erasure.person),
        more: erasure.finished_at.is_none(),
        started_at: erasure.started_at,
        finished_at: erasure.finished_at,
        copies: erasure.copies,
    }
}
