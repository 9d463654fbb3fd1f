//! A shift with its positions and bookings is one record: its fill status and its team come in one read.

mod bookings;
mod on_site;
mod policy;
mod preferences;
mod workers;

pub use bookings::{Arrival, Booking, BookingState, CancelledBy, Departure, state_at};
pub use on_site::{ON_SITE, OnSite};
pub use policy::{BOOKING_POLICY, BookingPolicy, SkillRule};
pub use preferences::{MOST_PREFERENCES, Preference, STAFF_PREFERENCES, StaffPreference, StaffPreferences};
pub use workers::{DayEntry, WORKER, WORKER_DAY, Worker, WorkerDay};

use serde::{Deserialize, Serialize};

use crate::access::{InUnion, Place};
use crate::engine::Record;
use crate::store::{Column, IndexSpec, IndexValue, Kind};

use crate::values::{
    BookingId, ClientId, HostId, Instant, LocalTime, MandateId, PositionId, ProjectId, ScheduleId, ShiftId,
    SiteId, SkillId, Span, Text, Zone,
};
use crate::visibility::{ShiftState, TeamSharing};

/// What somebody is there as.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    #[default]
    Staff,
    Lead,
}

impl Role {
    pub const fn text(self) -> &'static str {
        match self {
            Self::Staff => "staff",
            Self::Lead => "lead",
        }
    }
}

/// A skill, a role and how many.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Position {
    pub id: PositionId,
    pub skill: SkillId,
    /// The skill's name when the shift was made: renaming a skill does not rewrite what was ordered.
    pub skill_name: Text<120>,
    pub role: Role,
    pub headcount: u32,
    pub bookings: Vec<Booking>,
}

/// A word on a shift.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Tag {
    pub text: Text<60>,
    pub visible_to_client: bool,
}

/// A time span at a place with positions to fill.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Shift {
    pub id: ShiftId,
    pub client: ClientId,
    pub project: ProjectId,
    pub schedule: ScheduleId,
    pub mandate: Option<MandateId>,
    pub site: SiteId,
    pub site_name: Text<120>,
    #[serde(default)]
    pub site_address: Option<Text<500>>,
    pub zone: Zone,
    pub starts_at: Instant,
    pub ends_at: Instant,
    /// The same span as the clock at the site shows it.
    pub local_start: LocalTime,
    pub local_end: LocalTime,
    /// Unpaid.
    pub break_minutes: u32,
    pub note: Option<Text<2000>>,
    pub positions: Vec<Position>,
    pub tags: Vec<Tag>,
    /// The booking whose worker leads the shift: an active one, or none.
    pub lead: Option<BookingId>,
    pub cancelled_at: Option<Instant>,
    /// The project's sharing, copied here so that a page of shifts needs no read of projects. What changes the
    /// project's sharing rewrites it on the project's shifts in the same commit; what adds a shift takes it from
    /// the project, whose row it also writes.
    #[serde(default)]
    pub team: TeamSharing,
    /// Rises with each edit of times, note, tags, lead or cancellation; not with bookings.
    pub revision: u32,
    pub host_id: Option<HostId>,
}

pub static SHIFT: Kind = Kind {
    name: "shift",
    columns: &[
        Column::text("client"),
        Column::text("project"),
        Column::text("site"),
        Column::integer("starts_at"),
    ],
    indexes: &[
        IndexSpec { name: "by_client", columns: &["client", "starts_at"] },
        IndexSpec { name: "by_project", columns: &["project", "starts_at"] },
        IndexSpec { name: "by_project_site", columns: &["project", "site", "starts_at"] },
        IndexSpec { name: "by_site", columns: &["site", "starts_at"] },
        IndexSpec { name: "by_start", columns: &["starts_at"] },
    ],
};

impl Record for Shift {
    const KIND: &'static Kind = &SHIFT;

    fn record_id(&self) -> String {
        self.id.to_string()
    }

    fn columns(&self) -> Vec<(&'static str, IndexValue)> {
        vec![
            ("client", self.client.to_string().into()),
            ("project", self.project.to_string().into()),
            ("site", self.site.to_string().into()),
            ("starts_at", self.starts_at.millis().into()),
        ]
    }
}

impl InUnion for Shift {}

impl Shift {
    pub const fn span(&self) -> Span {
        Span { start: self.starts_at, end: self.ends_at }
    }

    pub fn bookings(&self) -> impl Iterator<Item = &Booking> {
        self.positions.iter().flat_map(|position| position.bookings.iter())
    }

    /// Writes down what the clock has made of invitations, and says which have lapsed.
    ///
    /// There is no job that does it: every operation that changes bookings and every view of the whole shift begins
    /// so, and the worker's days let go by themselves ([`DayEntry::until`]).
    pub fn lapse(&mut self, now: Instant) -> Vec<Booking> {
        let mut lapsed = Vec::new();
        for booking in self.positions.iter_mut().flat_map(|position| position.bookings.iter_mut()) {
            let state = booking.state_at(now);
            if state != booking.state {
                booking.state = state;
                booking.changed_at = booking.answer_by.unwrap_or(now);
                lapsed.push(booking.clone());
            }
        }
        lapsed
    }

    /// Where it is, as far as rights go.
    pub const fn place(&self) -> Place<'_> {
        Place::at(self.client, Some(self.project), std::slice::from_ref(&self.site))
    }

    /// What the visibility rules look at.
    pub fn state(&self) -> ShiftState {
        ShiftState { ends_at: self.ends_at, cancelled: self.cancelled_at.is_some(), team: self.team }
    }
}
