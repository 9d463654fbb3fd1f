//! Projects and schedules: what accepted mandates become.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::access::{InUnion, Place};
use crate::codes::Code;
use crate::engine::{Record, Refusal, Want};
use crate::store::{Column, IndexSpec, IndexValue, Kind};
use crate::values::{ClientId, HostId, Instant, MandateId, ProjectId, ScheduleId, SiteId, Text};
use crate::visibility::{Sharing, TeamSharing};

/// Shifts that came together: of one accepted request, or as the agency planned them itself.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Schedule {
    pub id: ScheduleId,
    /// None if the agency planned it.
    #[serde(default)]
    pub mandate: Option<MandateId>,
    /// Where its shifts are.
    pub site: SiteId,
    /// When it was accepted, or planned.
    pub accepted_at: Instant,
}

/// Work for one client, or not yet for anybody, made of schedules, which are made of shifts.
///
/// Guard record: what adds a shift, a further request, a selection, a change request or a job to a project, or changes how it
/// is shared, writes the project's row too. So what comes in while the project is shared is either among those that are
/// rewritten or made anew.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Project {
    pub id: ProjectId,
    /// For whom it is. Until it is shared, that client knows nothing of it.
    #[serde(default)]
    pub client: Option<ClientId>,
    pub name: Text<120>,
    pub schedules: Vec<Schedule>,
    pub sharing: Sharing,
    /// Whether the project has a setting of its own: a change of the client's default leaves it alone.
    #[serde(default)]
    pub own_sharing: bool,
    /// Whether the client sees it at all. What was kept before this could be chosen is shared.
    #[serde(default = "shared_by_default")]
    pub shared: bool,
    /// Rises when it is taken back: a link of an earlier time does not come alive again with the next sharing.
    #[serde(default)]
    pub share_epoch: u32,
    /// When the agency last published the team, if it did.
    pub team_published_at: Option<Instant>,
    /// How many shifts it has, cancelled ones too: the limit is checked on this row alone.
    #[serde(default)]
    pub shift_count: u32,
    /// How many further requests, selections and change requests were made in it: they carry its sharing too.
    #[serde(default)]
    pub requests: u32,
    /// How many jobs of the client's portal belong to it: they carry its sharing too.
    #[serde(default)]
    pub jobs: u32,
    /// Sites to which shifts were moved, beside those of the schedules.
    #[serde(default)]
    pub other_sites: Vec<SiteId>,
    pub created_at: Instant,
    pub host_id: Option<HostId>,
}

pub static PROJECT: Kind = Kind {
    name: "project",
    // `client` has a value only while the project is shared: a client's list has no way to the others.
    columns: &[Column::text("client"), Column::text("owner"), Column::integer("created_at")],
    indexes: &[
        IndexSpec { name: "by_client", columns: &["client", "created_at"] },
        IndexSpec { name: "by_owner", columns: &["owner", "created_at"] },
        IndexSpec { name: "by_created", columns: &["created_at"] },
    ],
};

/// How many shifts a project can have: sharing it rewrites all of them in one commit.
pub const MOST_SHIFTS: u32 = 10_000;
/// How many further requests, selections and change requests a project can have, for the same reason.
pub const MOST_REQUESTS: u32 = 10_000;
/// How many jobs of the client's portal can belong to a project: sharing it rewrites them with all their candidates.
pub const MOST_JOBS: u32 = 50;
/// How many schedules a project can have.
pub const MOST_SCHEDULES: usize = 200;

/// What stands for a project in an index that both sides read by project: what a client's person is given is found
/// while the project is shared; sharing it again finds the rest under another name.
pub fn index_name(project: ProjectId, shared: bool) -> String {
    if shared { project.to_string() } else { format!("hidden/{project}") }
}

/// What was kept before sharing could be taken back was shared.
pub(crate) const fn shared_by_default() -> bool {
    true
}

impl Project {
    /// A project of nobody's with nothing in it.
    pub fn new(id: ProjectId, name: Text<120>, created_at: Instant) -> Self {
        Self {
            id,
            client: None,
            name,
            schedules: Vec::new(),
            sharing: Sharing::default(),
            own_sharing: false,
            shared: false,
            share_epoch: 0,
            team_published_at: None,
            shift_count: 0,
            requests: 0,
            jobs: 0,
            other_sites: Vec::new(),
            created_at,
            host_id: None,
        }
    }

    /// What adding a schedule at this site needs: the project, and the rows under which it is found then.
    pub fn joining(project: ProjectId, site: SiteId) -> [Want; 3] {
        let place = |key| Want::record::<ProjectPlace>(ProjectPlace::id(key, project));
        [Want::record::<Self>(project), place(project.uuid()), place(site.uuid())]
    }

    /// Counts further shifts in, up to the limit.
    pub fn add_shifts(&mut self, more: usize) -> Result<(), Refusal> {
        let sum = u32::try_from(more).ok().and_then(|more| self.shift_count.checked_add(more));
        self.shift_count = sum
            .filter(|sum| *sum <= MOST_SHIFTS)
            .ok_or_else(|| Refusal::new(Code::ProjectTooLarge).with("expected", MOST_SHIFTS))?;
        Ok(())
    }

    /// Counts one more in of what is asked in it, by either side, up to the limit. The caller writes the row.
    pub fn add_request(&mut self) -> Result<(), Refusal> {
        if self.requests >= MOST_REQUESTS {
            return Err(Refusal::new(Code::TooMany).at("project").with("expected", MOST_REQUESTS));
        }
        self.requests += 1;
        Ok(())
    }

    /// Counts one more job in, up to the limit. The caller writes the row.
    pub fn add_job(&mut self) -> Result<(), Refusal> {
        if self.jobs >= MOST_JOBS {
            return Err(Refusal::new(Code::TooMany).at("project").with("expected", MOST_JOBS));
        }
        self.jobs += 1;
        Ok(())
    }

    /// Counts a job out that belongs to another project now, or to none.
    pub const fn remove_job(&mut self) {
        self.jobs = self.jobs.saturating_sub(1);
    }

    /// Adds a schedule, up to the limit.
    pub fn add_schedule(&mut self, schedule: Schedule) -> Result<(), Refusal> {
        if self.schedules.len() >= MOST_SCHEDULES {
            return Err(Refusal::new(Code::TooMany).with("expected", MOST_SCHEDULES));
        }
        self.schedules.push(schedule);
        Ok(())
    }

    /// The client whose people may know of it.
    pub const fn seen_by(&self) -> Option<ClientId> {
        if self.shared { self.client } else { None }
    }

    /// Every site that it touches, as often as it has schedules there; those to which shifts were moved, too.
    pub fn sites(&self) -> Vec<SiteId> {
        self.schedules.iter().map(|schedule| schedule.site).chain(self.other_sites.iter().copied()).collect()
    }

    /// Where it is, as far as the rights of a client's people go; `sites` are its own. While it is not shared, it is
    /// nowhere: for them there is no such project.
    pub fn place<'a>(&self, sites: &'a [SiteId]) -> Option<Place<'a>> {
        self.seen_by().map(|client| Place::at(client, Some(self.id), sites))
    }

    /// The sharing that each shift of this project carries.
    pub const fn team(&self) -> TeamSharing {
        TeamSharing::of(self.sharing, self.team_published_at)
    }
}

impl Record for Project {
    const KIND: &'static Kind = &PROJECT;

    fn record_id(&self) -> String {
        self.id.to_string()
    }

    fn columns(&self) -> Vec<(&'static str, IndexValue)> {
        let seen_by = self.seen_by().map(|client| ("client", client.to_string().into()));
        let owner = self.client.map(|client| ("owner", client.to_string().into()));
        let made = ("created_at", self.created_at.millis().into());
        [made].into_iter().chain(seen_by).chain(owner).collect()
    }
}

/// That a project is to be found under a key: its own id, and each of its sites.
///
/// Who is limited to selected projects and sites lists projects by these rows, so that what is out of reach is not
/// even read. Written with the project's schedules, and when it is shared or taken back.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ProjectPlace {
    pub key: Uuid,
    pub project: ProjectId,
    /// The project's creation, which orders the list.
    pub created_at: Instant,
    /// As the project is: what is not shared is not found.
    #[serde(default = "shared_by_default")]
    pub shared: bool,
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

    /// The rows of a project, one for itself and one for each of its sites.
    pub fn of(project: &Project) -> Vec<Self> {
        let mut keys: Vec<Uuid> = project.sites().into_iter().map(SiteId::uuid).collect();
        keys.push(project.id.uuid());
        keys.sort_unstable();
        keys.dedup();
        let (id, created_at, shared) = (project.id, project.created_at, project.shared);
        keys.into_iter().map(|key| Self { key, project: id, created_at, shared }).collect()
    }
}

impl Record for ProjectPlace {
    const KIND: &'static Kind = &PROJECT_PLACE;

    fn record_id(&self) -> String {
        Self::id(self.key, self.project)
    }

    fn columns(&self) -> Vec<(&'static str, IndexValue)> {
        let key = self.shared.then(|| ("key", self.key.to_string().into()));
        [("created_at", self.created_at.millis().into())].into_iter().chain(key).collect()
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
