//! A selection with its positions and the workers who are proposed for them: one record.

use serde::{Deserialize, Serialize};

use crate::access::{InUnion, Place};
use crate::engine::{Record, Want};
use crate::projects::model::MOST_REQUESTS;
use crate::shifts::model::Role;
use crate::store::{Column, IndexSpec, IndexValue, Kind};
use crate::values::{
    BookingId, Bounded, ClientId, Instant, PositionId, ProjectId, ProposalId, SelectionId, ShiftId, SiteId,
    Text, UserId, WorkerId, closed_list,
};

closed_list! {
    /// Where a selection stands. The clock adds what is derived: expired.
    SelectionState {
        /// The agency prepares it; for the client it is not there.
        Draft "draft",
        /// The client looks, shortlists and chooses.
        Offered "offered",
        /// The client has chosen.
        Submitted "submitted",
        /// The agency has booked the chosen.
        Applied "applied",
        Withdrawn "withdrawn",
        /// The client has not chosen in time.
        Expired "expired",
    }
}

/// A position that the chosen are booked into.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Target {
    pub shift: ShiftId,
    pub position: PositionId,
    pub skill_name: Text<120>,
    pub role: Role,
}

/// A worker among whom the client chooses. It holds nobody: until the choice is applied, the worker is free for others.
// Facts that are true or not each by itself: an enum of their combinations would say less.
#[allow(clippy::struct_excessive_bools)]
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Proposal {
    pub id: ProposalId,
    pub worker: WorkerId,
    /// The agency's words on the worker, for the client.
    pub note: Option<Text<500>>,
    /// The client preferred the worker when this was made up.
    pub preferred: bool,
    pub shortlisted: bool,
    pub chosen: bool,
    /// The agency has found that the worker cannot come.
    pub dropped: bool,
    /// What the choice became, one booking per target.
    pub bookings: Vec<BookingId>,
}

/// Positions that one selection can be for.
pub const MOST_TARGETS: usize = 20;
/// Workers who can be proposed in one selection.
pub const MOST_PROPOSALS: usize = 50;

/// An offer of workers for positions of one project at one site. Each chosen worker is booked into all of them.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Selection {
    pub id: SelectionId,
    pub client: ClientId,
    pub project: ProjectId,
    /// Whether the project is shared with its client, copied from it like the sharing of its shifts. What was kept
    /// before is shared.
    #[serde(default = "crate::projects::model::shared_by_default")]
    pub shared: bool,
    pub site: SiteId,
    pub targets: Bounded<Target, MOST_TARGETS>,
    /// Those first whom the client preferred.
    pub proposals: Bounded<Proposal, MOST_PROPOSALS>,
    pub minimum: u32,
    pub maximum: u32,
    /// For the client.
    pub note: Option<Text<2000>>,
    /// From this instant on an offer without a choice has expired.
    pub deadline: Option<Instant>,
    /// As it was written. What an offer is by the clock is what [`Selection::state_at`] says.
    pub state: SelectionState,
    pub submitted_by: Option<UserId>,
    pub offered_at: Option<Instant>,
    pub created_at: Instant,
    /// Rises with each change, so that nobody decides on what has changed since they read it.
    pub revision: u32,
}

pub static SELECTION: Kind = Kind {
    name: "selection",
    columns: &[
        // Of all selections, for the agency.
        Column::text("of_client"),
        Column::text("of_project"),
        Column::integer("created_at"),
        // Of those that were offered, while their project is shared, for clients.
        Column::text("client"),
        Column::text("project"),
        Column::text("site"),
        Column::integer("offered_at"),
    ],
    indexes: &[
        IndexSpec { name: "all", columns: &["created_at"] },
        IndexSpec { name: "all_by_client", columns: &["of_client", "created_at"] },
        IndexSpec { name: "all_by_project", columns: &["of_project", "created_at"] },
        IndexSpec { name: "by_client", columns: &["client", "offered_at"] },
        IndexSpec { name: "by_project", columns: &["project", "offered_at"] },
        IndexSpec { name: "by_site", columns: &["site", "offered_at"] },
    ],
};

impl Record for Selection {
    const KIND: &'static Kind = &SELECTION;

    fn record_id(&self) -> String {
        self.id.to_string()
    }

    fn columns(&self) -> Vec<(&'static str, IndexValue)> {
        let (client, project) = (self.client.to_string(), self.project.to_string());
        let mut columns = vec![
            ("of_client", client.clone().into()),
            ("of_project", project.clone().into()),
            ("created_at", self.created_at.millis().into()),
        ];
        if let Some(offered_at) = self.offered_at.filter(|_| self.shared) {
            columns.extend([
                ("client", client.into()),
                ("project", project.into()),
                ("site", self.site.to_string().into()),
                ("offered_at", offered_at.millis().into()),
            ]);
        }
        columns
    }
}

impl InUnion for Selection {}

impl Selection {
    /// The state by the clock: an offer expires by itself at its deadline.
    pub fn state_at(&self, now: Instant) -> SelectionState {
        match (self.state, self.deadline) {
            (SelectionState::Offered, Some(deadline)) if deadline <= now => SelectionState::Expired,
            _ => self.state,
        }
    }

    /// Whether it ever was the client's to see.
    pub const fn is_offered(&self) -> bool {
        self.offered_at.is_some()
    }

    /// Whether the client is shown who was proposed: while choosing, and what was chosen.
    pub fn shows_proposals(&self, now: Instant) -> bool {
        let state = self.state_at(now);
        self.is_offered()
            && matches!(state, SelectionState::Offered | SelectionState::Submitted | SelectionState::Applied)
    }

    /// The selections of a project, which have to know whether it is shared.
    pub fn of_project(project: ProjectId) -> Want {
        Want::range::<Self>("all_by_project", vec![project.to_string().into()], MOST_REQUESTS)
    }

    /// Where it is, as far as the rights of a client's people go. Before it was offered, and while its project is not
    /// shared, it is nowhere: for them there is no such selection.
    pub fn place(&self) -> Option<Place<'_>> {
        let place = Place::at(self.client, Some(self.project), std::slice::from_ref(&self.site));
        (self.shared && self.is_offered()).then_some(place)
    }
}
