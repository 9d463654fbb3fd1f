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
use crate::clients::model::SiteContact;
use crate::engine::Record;
use crate::projects::model::Project;
use crate::purchasing::model::OnOrder;
use crate::store::{Column, IndexSpec, IndexValue, Kind};

use crate::values::{
    BookingId, ChangeRequestId, ClientId, HostId, Instant, LocalTime, MandateId, PositionId, ProjectId,
    ScheduleId, ShiftId, SiteId, SkillId, Span, Text, Zone,
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
    /// Those of the headcount that were ordered after the shift was, oldest first: prices for late orders look at
    /// when each slot was asked for.
    #[serde(default)]
    pub added: Vec<AddedSlots>,
    pub bookings: Vec<Booking>,
}

/// Slots that a client asked for after the shift itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct AddedSlots {
    pub count: u32,
    pub ordered_at: Instant,
}

impl Position {
    /// The slots that were ordered with the shift itself.
    pub fn first_ordered(&self) -> u32 {
        let added = self.added.iter().map(|added| added.count).fold(0, u32::saturating_add);
        self.headcount.saturating_sub(added)
    }
}

/// Who called a shift off.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CalledOffBy {
    Agency,
    /// The client asked for it, and the agency approved.
    Client,
}

/// How a shift was called off, and what an undo brings back.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Cancellation {
    pub by: CalledOffBy,
    pub reason: Option<Text<500>>,
    pub reason_visible: bool,
    /// The bookings that ended with it.
    pub bookings: Vec<BookingId>,
    /// The shift that took its positions in.
    pub merged_into: Option<ShiftId>,
}

/// How much of what was ordered as one shift this is.
///
/// A split halves the share and a merge adds two up: the shift is whole again when all of its parts are back.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Part {
    /// The shift that was ordered.
    pub of: ShiftId,
    pub share: u32,
}

impl Part {
    pub const WHOLE: u32 = 1 << 16;
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
    /// The project's client, if it has one.
    #[serde(default)]
    pub client: Option<ClientId>,
    pub project: ProjectId,
    pub schedule: ScheduleId,
    pub mandate: Option<MandateId>,
    /// One of the client's sites, or a place of its own if the agency planned it elsewhere.
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
    /// Whom to ask for on site: as the order says, else as the site does.
    #[serde(default)]
    pub contact: Option<SiteContact>,
    pub positions: Vec<Position>,
    pub tags: Vec<Tag>,
    /// The booking whose worker leads the shift: an active one, or none.
    pub lead: Option<BookingId>,
    pub cancelled_at: Option<Instant>,
    /// How it was called off, while it is.
    #[serde(default)]
    pub cancellation: Option<Cancellation>,
    /// Set while it is a part of what was ordered as one shift.
    #[serde(default)]
    pub part: Option<Part>,
    /// The change request that waits for this shift. Guard: whoever makes or ends one writes this row, so there is
    /// never a second.
    #[serde(default)]
    pub open_change: Option<ChangeRequestId>,
    /// What it takes of the purchase order that its mandate is on. What was kept before takes nothing.
    #[serde(default)]
    pub on_order: Option<OnOrder>,
    /// The project's sharing, copied here so that a page of shifts needs no read of projects. What changes the
    /// project's sharing rewrites it on the project's shifts in the same commit; what adds a shift takes it from
    /// the project, whose row it also writes.
    #[serde(default)]
    pub team: TeamSharing,
    /// Whether the project is shared with its client, copied in the same way. What was kept before is shared.
    #[serde(default = "crate::projects::model::shared_by_default")]
    pub shared: bool,
    /// Rises with each edit of times, note, tags, lead or cancellation; not with bookings.
    pub revision: u32,
    pub host_id: Option<HostId>,
}

pub static SHIFT: Kind = Kind {
    name: "shift",
    // `client`, `site` and `seen_in` have a value only while the project is shared: a list that a client's person is
    // given goes by these. `owner` and `project` always have one, for the agency.
    columns: &[
        Column::text("client"),
        Column::text("owner"),
        Column::text("project"),
        Column::text("seen_in"),
        Column::text("site"),
        Column::integer("starts_at"),
    ],
    indexes: &[
        IndexSpec { name: "by_client", columns: &["client", "starts_at"] },
        IndexSpec { name: "by_owner", columns: &["owner", "starts_at"] },
        IndexSpec { name: "by_project", columns: &["project", "starts_at"] },
        IndexSpec { name: "by_seen_in", columns: &["seen_in", "starts_at"] },
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
        let mut columns =
            vec![("project", self.project.to_string().into()), ("starts_at", self.starts_at.millis().into())];
        if let Some(owner) = self.client {
            columns.push(("owner", owner.to_string().into()));
        }
        if let Some(client) = self.seen_by() {
            columns.push(("client", client.to_string().into()));
            columns.push(("seen_in", self.project.to_string().into()));
            columns.push(("site", self.site.to_string().into()));
        }
        columns
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

    /// The client whose people may know of it.
    pub const fn seen_by(&self) -> Option<ClientId> {
        if self.shared { self.client } else { None }
    }

    /// Where it is, as far as the rights of a client's people go. While its project is not shared, it is nowhere: for
    /// them there is no such shift.
    pub fn place(&self) -> Option<Place<'_>> {
        let sites = std::slice::from_ref(&self.site);
        self.seen_by().map(|client| Place::at(client, Some(self.project), sites))
    }

    /// Takes over what a page of shifts needs to know of the project.
    pub fn share(&mut self, project: &Project) {
        self.client = project.client;
        self.shared = project.shared;
        self.team = project.team();
    }

    /// What the visibility rules look at.
    pub fn state(&self) -> ShiftState {
        ShiftState { ends_at: self.ends_at, cancelled: self.cancelled_at.is_some(), team: self.team }
    }
}
