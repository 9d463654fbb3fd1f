//! All that is kept of a worker, for the agency.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::access::Grant;
use crate::attendance::views::CertificateView;
use crate::candidates::model::StageBook;
use crate::candidates::views::{self as candidates, CandidateView, FeedbackView};
use crate::privacy::finding::Found;
use crate::selection::model::SelectionState;
use crate::selection::views::{self as selection, ProposalView};
use crate::shifts::model::{Preference, Role, Shift};
use crate::shifts::rules::Times;
use crate::shifts::views::{self as shifts, BookingView, WorkerView};
use crate::values::{
    ClientId, Instant, Locale, PositionId, ProjectId, SelectionId, ShiftId, Text, UserId, WorkerId,
};

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
    /// The candidates for clients' jobs that the worker was.
    pub candidates: Vec<CandidateView>,
    /// What clients' people said of these.
    pub feedback: Vec<FeedbackView>,
    /// Where the export goes on; null at its end. A part may hold nothing more of the worker and still not be the last.
    pub next: Option<String>,
}

/// What one part of an export was made of.
#[derive(Debug)]
pub struct Part {
    pub found: Found,
    pub book: StageBook,
    pub locale: Locale,
    pub now: Instant,
    pub next: Option<String>,
}

pub fn worker_export(
    grant: &Grant,
    worker: WorkerView,
    certificates: Vec<CertificateView>,
    part: Part,
) -> WorkerExport {
    let Part { found, book, locale, now, next } = part;
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
    let candidates = found.candidates.into_iter().map(|one| candidates::candidate(grant, one, &book, locale));
    let feedback = found.feedback.into_iter().map(|one| candidates::feedback(grant, one));
    WorkerExport {
        preferences: preferences.collect(),
        proposals: proposals.collect(),
        candidates: candidates.collect(),
        feedback: feedback.collect(),
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
