//! A shift with its positions and bookings is one record: its fill status and its team come in one read.

use serde::{Deserialize, Serialize};

use crate::engine::Record;
use crate::store::{Column, IndexSpec, IndexValue, Kind};
use crate::values::{
    BookingId, Bounded, ClientId, HostId, Instant, LocalTime, MandateId, Pay, PositionId, ProjectId,
    ScheduleId, ShiftId, SiteId, SkillId, Span, Text, WorkerId, Zone, pay_stored,
};

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

/// Where a booking stands. The clock adds what is derived: running, finished.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum BookingState {
    /// Asked, has not answered.
    Invited,
    Confirmed,
    /// Something material changed after the worker had confirmed.
    NeedsReconfirmation,
    Declined,
    Cancelled,
    /// Another booking took its place.
    Replaced,
    NoShow,
}

/// A worker in a position of this shift.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Booking {
    pub id: BookingId,
    pub worker: WorkerId,
    /// As the worker is called on this shift: kept here so that a team needs no further read.
    pub name: Text<120>,
    pub phone: Option<crate::values::Phone>,
    pub state: BookingState,
    /// What the worker earns an hour. Never in a client's view.
    #[serde(with = "pay_stored", default)]
    pub pay: Option<Pay>,
    pub replaced_by: Option<BookingId>,
    pub changed_at: Instant,
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
    /// The booking whose worker leads the shift.
    pub lead: Option<BookingId>,
    pub cancelled_at: Option<Instant>,
    /// Rises with each change of the shift.
    pub revision: u32,
    pub host_id: Option<HostId>,
}

pub static SHIFT: Kind = Kind {
    name: "shift",
    columns: &[Column::text("client"), Column::text("project"), Column::integer("starts_at")],
    indexes: &[
        IndexSpec { name: "by_client", columns: &["client", "starts_at"] },
        IndexSpec { name: "by_project", columns: &["project", "starts_at"] },
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
            ("starts_at", self.starts_at.millis().into()),
        ]
    }
}

impl Shift {
    pub const fn span(&self) -> Span {
        Span { start: self.starts_at, end: self.ends_at }
    }

    pub fn bookings(&self) -> impl Iterator<Item = &Booking> {
        self.positions.iter().flat_map(|position| position.bookings.iter())
    }
}

/// A person who works shifts.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Worker {
    pub id: WorkerId,
    pub name: Text<120>,
    pub phone: Option<crate::values::Phone>,
    pub skills: Bounded<SkillId, 100>,
    pub archived: bool,
    pub host_id: Option<HostId>,
}

pub static WORKER: Kind = Kind {
    name: "worker",
    columns: &[Column::text("name")],
    indexes: &[IndexSpec { name: "by_name", columns: &["name"] }],
};

impl Record for Worker {
    const KIND: &'static Kind = &WORKER;

    fn record_id(&self) -> String {
        self.id.to_string()
    }

    fn columns(&self) -> Vec<(&'static str, IndexValue)> {
        vec![("name", self.name.as_str().into())]
    }
}
