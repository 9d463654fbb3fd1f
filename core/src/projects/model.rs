//! Projects and schedules: what accepted mandates become.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::access::{InUnion, Place};
use crate::codes::Code;
use crate::engine::{Record, Refusal};
use crate::store::{Column, IndexSpec, IndexValue, Kind};
use crate::values::{ClientId, HostId, Instant, MandateId, ProjectId, ScheduleId, SiteId, Text};
use crate::visibility::TeamSharing;

/// What of a project its client sees.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Sharing {
    /// On: each worker appears to the client as soon as confirmed. Off: the team appears when it is published.
    pub team_immediately: bool,
}

/// One accepted request; a further request that is accepted adds a schedule to it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Schedule {
    pub id: ScheduleId,
    pub mandate: MandateId,
    /// Where its shifts are.
    pub site: SiteId,
    pub accepted_at: Instant,
}

/// Work for one client, made of schedules, which are made of shifts.
///
/// Guard record: what adds a shift to a project, or changes how its team is shared, writes the project's row too. So
/// a shift that comes in while the team is published is either among those that are rewritten or made anew.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Project {
    pub id: ProjectId,
    pub client: ClientId,
    pub name: Text<120>,
    pub schedules: Vec<Schedule>,
    pub sharing: Sharing,
    /// When the agency last published the team, if it did.
    pub team_published_at: Option<Instant>,
    /// How many shifts it has, cancelled ones too: the limit is checked on this row alone.
    #[serde(default)]
    pub shift_count: u32,
    /// Sites to which shifts were moved, beside those of the schedules.
    #[serde(default)]
    pub other_sites: Vec<SiteId>,
    pub created_at: Instant,
    pub host_id: Option<HostId>,
}

pub static PROJECT: Kind = Kind {
    name: "project",
    columns: &[Column::text("client"), Column::integer("created_at")],
    indexes: &[IndexSpec { name: "by_client", columns: &["client", "created_at"] }],
};

/// How many shifts a project can have: publishing its team rewrites all of them in one commit.
pub const MOST_SHIFTS: u32 = 500;

impl Project {
    /// Counts further shifts in, up to the limit.
    pub fn add_shifts(&mut self, more: usize) -> Result<(), Refusal> {
        let sum = u32::try_from(more).ok().and_then(|more| self.shift_count.checked_add(more));
        self.shift_count = sum
            .filter(|sum| *sum <= MOST_SHIFTS)
            .ok_or_else(|| Refusal::new(Code::ProjectTooLarge).with("expected", MOST_SHIFTS))?;
        Ok(())
    }

    /// Every site that it touches, as often as it has schedules there; those to which shifts were moved, too.
    pub fn sites(&self) -> Vec<SiteId> {
        self.schedules.iter().map(|schedule| schedule.site).chain(self.other_sites.iter().copied()).collect()
    }

    /// Where it is, as far as rights go; `sites` are its own.
    pub const fn place<'a>(&self, sites: &'a [SiteId]) -> Place<'a> {
        Place::at(self.client, Some(self.id), sites)
    }

    /// The sharing that each shift of this project carries.
    pub const fn team(&self) -> TeamSharing {
        TeamSharing { immediately: self.sharing.team_immediately, published_at: self.team_published_at }
    }
}

impl Record for Project {
    const KIND: &'static Kind = &PROJECT;

    fn record_id(&self) -> String {
        self.id.to_string()
    }

    fn columns(&self) -> Vec<(&'static str, IndexValue)> {
        vec![("client", self.client.to_string().into()), ("created_at", self.created_at.millis().into())]
    }
}

/// That a project is to be found under a key: its own id, and each of its sites.
///
/// Who is limited to selected projects and sites lists projects by these rows, so that what is out of reach is not
/// even read. Written with the project's schedules.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ProjectPlace {
    pub key: Uuid,
    pub project: ProjectId,
    /// The project's creation, which orders the list.
    pub created_at: Instant,
}

pub static PROJECT_PLACE: Kind = Kind {
    name: "project_place",
    columns: &[Column::text("key"), Column::integer("created_at")],
    indexes: &[IndexSpec { name: "by_key", columns: &["key", "created_at"] }],
};

impl ProjectPlace {
    pub fn id(key: Uuid, project: ProjectId) -> String {
        format!("{key}/{project}")
    }
}

impl Record for ProjectPlace {
    const KIND: &'static Kind = &PROJECT_PLACE;

    fn record_id(&self) -> String {
        Self::id(self.key, self.project)
    }

    fn columns(&self) -> Vec<(&'static str, IndexValue)> {
        vec![("key", self.key.to_string().into()), ("created_at", self.created_at.millis().into())]
    }
}

impl InUnion for ProjectPlace {
    fn identity(&self) -> String {
        self.project.to_string()
    }

    fn id_under(key: Option<&IndexValue>, identity: &str) -> String {
        match key {
            Some(IndexValue::Text(key)) => format!("{key}/{identity}"),
            Some(IndexValue::Integer(_)) | None => identity.to_owned(),
        }
    }
}
