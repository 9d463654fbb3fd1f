//! A selection as the agency works with it, and as the client chooses in it: no phone, no pay, no worker's id.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::model::{Proposal, Selection, SelectionState, Target};
use crate::access::Grant;
use crate::privacy::{Fact, Facts, Shown};
use crate::shifts::model::{Role, Worker};
use crate::values::{
    BookingId, ClientId, Instant, PositionId, ProjectId, ProposalId, SelectionId, ShiftId, SiteId, Text,
    UserId, WorkerId,
};

/// A position that the chosen are booked into.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SelectionPositionView {
    pub shift: ShiftId,
    pub position: PositionId,
    pub skill_name: Text<120>,
    pub role: Role,
}

/// A proposed worker as the agency sees it.
// Facts that are true or not each by itself: an enum of their combinations would say less.
#[allow(clippy::struct_excessive_bools)]
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ProposalView {
    pub id: ProposalId,
    pub worker: WorkerId,
    pub note: Option<Text<500>>,
    /// The client preferred the worker when the selection was made up.
    pub preferred: bool,
    pub shortlisted: bool,
    pub chosen: bool,
    /// The client is told that the worker is no longer available.
    pub dropped: bool,
    /// What the choice became, one booking per position.
    pub bookings: Vec<BookingId>,
}

/// A selection for the agency.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SelectionView {
    pub id: SelectionId,
    pub client: ClientId,
    pub project: ProjectId,
    pub site: SiteId,
    pub positions: Vec<SelectionPositionView>,
    pub proposals: Vec<ProposalView>,
    pub minimum: u32,
    pub maximum: u32,
    pub note: Option<Text<2000>>,
    pub deadline: Option<Instant>,
    pub state: SelectionState,
    pub submitted_by: Option<UserId>,
    pub offered_at: Option<Instant>,
    pub created_at: Instant,
    pub revision: u32,
}

pub fn selection(_: &Grant, selection: &Selection, now: Instant) -> SelectionView {
    SelectionView {
        id: selection.id,
        client: selection.client,
        project: selection.project,
        site: selection.site,
        positions: selection.targets.iter().map(target).collect(),
        proposals: selection.proposals.iter().map(proposal).collect(),
        minimum: selection.minimum,
        maximum: selection.maximum,
        note: selection.note.clone(),
        deadline: selection.deadline,
        state: selection.state_at(now),
        submitted_by: selection.submitted_by,
        offered_at: selection.offered_at,
        created_at: selection.created_at,
        revision: selection.revision,
    }
}

fn target(target: &Target) -> SelectionPositionView {
    SelectionPositionView {
        shift: target.shift,
        position: target.position,
        skill_name: target.skill_name.clone(),
        role: target.role,
    }
}

/// A proposal as the agency sees it.
pub fn proposal(proposal: &Proposal) -> ProposalView {
    ProposalView {
        id: proposal.id,
        worker: proposal.worker,
        note: proposal.note.clone(),
        preferred: proposal.preferred,
        shortlisted: proposal.shortlisted,
        chosen: proposal.chosen,
        dropped: proposal.dropped,
        bookings: proposal.bookings.clone(),
    }
}

/// Whether a proposed worker can still be chosen. Why not is nobody's business but the agency's.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Availability {
    Available,
    NoLongerAvailable,
}

/// A proposed worker as the client sees it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ClientProposalView {
    pub id: ProposalId,
    pub name: Text<120>,
    /// The agency's words on the worker.
    pub note: Option<Text<500>>,
    pub shortlisted: bool,
    pub chosen: bool,
    pub availability: Availability,
}

/// A selection as the client sees it in a list.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ClientSelectionView {
    pub id: SelectionId,
    pub project: ProjectId,
    pub positions: Vec<SelectionPositionView>,
    pub minimum: u32,
    pub maximum: u32,
    pub note: Option<Text<2000>>,
    pub deadline: Option<Instant>,
    pub state: SelectionState,
    pub offered_at: Option<Instant>,
    /// What shortlisting and choosing take, so that nobody chooses among others than those they saw.
    pub revision: u32,
}

/// A selection with the workers to choose from. They are shown while the client chooses and once it has chosen, and
/// not of a selection that expired or was withdrawn.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ClientSelectionDetails {
    pub selection: ClientSelectionView,
    /// Those first whom the client prefers; null if they are not shown.
    pub proposals: Option<Vec<ClientProposalView>>,
}

pub fn client_selection(_: &Grant, selection: &Selection, now: Instant) -> ClientSelectionView {
    ClientSelectionView {
        id: selection.id,
        project: selection.project,
        positions: selection.targets.iter().map(target).collect(),
        minimum: selection.minimum,
        maximum: selection.maximum,
        note: selection.note.clone(),
        deadline: selection.deadline,
        state: selection.state_at(now),
        offered_at: selection.offered_at,
        revision: selection.revision,
    }
}

/// With the workers in the order of the proposals, or without them where they are not shown. Whom it shows is noted in
/// `shown`.
pub fn client_details(
    grant: &Grant,
    selection: &Selection,
    workers: Option<&[Worker]>,
    now: Instant,
    shown: &mut Shown,
) -> ClientSelectionDetails {
    let view = |(proposal, worker): (&Proposal, &Worker)| {
        let facts = Facts::of(Fact::ProposedName).and(Fact::ProposedNote, proposal.note.is_some());
        shown.worker(worker.id, facts);
        ClientProposalView {
            id: proposal.id,
            name: worker.name.clone(),
            note: proposal.note.clone(),
            shortlisted: proposal.shortlisted,
            chosen: proposal.chosen,
            availability: if proposal.dropped {
                Availability::NoLongerAvailable
            } else {
                Availability::Available
            },
        }
    };
    ClientSelectionDetails {
        selection: client_selection(grant, selection, now),
        proposals: workers
            .filter(|_| selection.shows_proposals(now))
            .map(|workers| selection.proposals.iter().zip(workers).map(view).collect()),
    }
}
