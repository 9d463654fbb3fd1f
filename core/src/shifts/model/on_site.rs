//! Who is on site: a row per booking that is checked in, so that a roll call reads those and nobody else.

use serde::{Deserialize, Serialize};

use crate::access::InUnion;
use crate::engine::Record;
use crate::store::{Column, IndexSpec, IndexValue, Kind};
use crate::values::{BookingId, ClientId, Instant, ProjectId, ShiftId, SiteId, WorkerId};

use super::{Booking, BookingState, Shift};

/// Somebody's presence at a site.
///
/// Written with each check-in, check-out and undoing of one, and when the project is shared or taken back. Records are
/// never removed: who has left, or is there for a project that the client may not know of, stays with an empty index,
/// which no list reads.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct OnSite {
    pub booking: BookingId,
    pub shift: ShiftId,
    pub worker: WorkerId,
    pub client: Option<ClientId>,
    pub project: ProjectId,
    /// Whether the project is shared with its client, as the shift says. What was kept before is shared.
    #[serde(default = "crate::projects::model::shared_by_default")]
    pub shared: bool,
    pub site: SiteId,
    /// None once the person has left.
    pub since: Option<Instant>,
}

pub static ON_SITE: Kind = Kind {
    name: "on_site",
    columns: &[Column::text("site"), Column::text("project"), Column::integer("since")],
    indexes: &[
        IndexSpec { name: "by_site", columns: &["site", "since"] },
        IndexSpec { name: "by_project_site", columns: &["project", "site", "since"] },
    ],
};

impl OnSite {
    /// Those of a shift who are there now.
    pub fn all_of(shift: &Shift) -> impl Iterator<Item = Self> {
        shift.bookings().map(|booking| Self::of(shift, booking)).filter(|presence| presence.since.is_some())
    }

    /// What is to be kept of this booking's presence now.
    pub fn of(shift: &Shift, booking: &Booking) -> Self {
        let is_there = booking.state == BookingState::CheckedIn;
        Self {
            booking: booking.id,
            shift: shift.id,
            worker: booking.worker,
            client: shift.client,
            project: shift.project,
            shared: shift.shared,
            site: shift.site,
            since: booking.arrival.filter(|_| is_there).map(|arrival| arrival.at),
        }
    }
}

impl Record for OnSite {
    const KIND: &'static Kind = &ON_SITE;

    fn record_id(&self) -> String {
        self.booking.to_string()
    }

    fn columns(&self) -> Vec<(&'static str, IndexValue)> {
        let Some(since) = self.since.filter(|_| self.shared) else { return Vec::new() };
        vec![
            ("site", self.site.to_string().into()),
            ("project", self.project.to_string().into()),
            ("since", since.millis().into()),
        ]
    }
}

impl InUnion for OnSite {}
