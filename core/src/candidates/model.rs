//! Jobs, and how many there are. Candidates, what they bring, what clients say, and stages: a file each.

mod candidate;
mod document;
mod feedback;
mod stage;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::access::{InUnion, Place};
use crate::codes::Code;
use crate::engine::{Record, Refusal};
use crate::projects::model::Project;
use crate::store::{Column, IndexSpec, IndexValue, Kind};
use crate::values::{
    AgencyId, ClientId, Instant, InternalNote, JobId, MandateId, ProjectId, SiteId, Text, Whole, closed_list,
    internal_for_agency,
};

pub use candidate::{
    Activity, ActivityKind, CANDIDATE, Candidate, CandidateState, JOB_WORKER, MOST_ACTIVITIES, Person,
};
pub use document::{Document, DocumentFile, ShownTo};
pub use document::{MOST_DOCUMENT_BYTES, MOST_DOCUMENTS};
pub use feedback::{FEEDBACK, Feedback, FeedbackDecision, Rating};
pub use stage::{STAGE_BOOK, StageBook, StageKey, StageSetting};

closed_list! {
    /// Where a job stands: whether it is open, and whether it is on its client's portal.
    JobState {
        /// Open, and the client knows nothing of it.
        NotOnPortal "not_on_portal",
        /// Open, and the client sees it.
        OnPortal "on_portal",
        /// The client still sees it; nobody is added and nothing more is said.
        ClosedOnPortal "closed_on_portal",
        /// Closed, and not on the portal.
        Closed "closed",
    }
}

impl JobState {
    pub const fn is_on_portal(self) -> bool {
        matches!(self, Self::OnPortal | Self::ClosedOnPortal)
    }

    pub const fn is_open(self) -> bool {
        matches!(self, Self::NotOnPortal | Self::OnPortal)
    }
}

/// Jobs of one agency that are open at a time.
pub const MOST_OPEN_JOBS: u32 = 10_000;
/// Candidates of one job, removed ones too: putting a job on the portal rewrites all of them in one commit.
pub const MOST_CANDIDATES: u32 = 200;
/// People who can say something of one candidate.
pub const MOST_FEEDBACK: u32 = 200;
/// Positions that one job can be for.
pub const MOST_POSITIONS: u32 = 1000;

/// Work for which candidates are shown to one client.
///
/// Guard record: who adds a candidate, puts one on the portal or takes one off writes the job's row too. So a candidate
/// who comes in while the job goes on the portal is either among those that are rewritten or made anew.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Job {
    pub id: JobId,
    /// For good: what one client has seen is never another's.
    pub client: ClientId,
    /// What it belongs to in the agency's planning. Clients are not shown these; who is limited to the project or the
    /// site reaches the job by them.
    pub project: Option<ProjectId>,
    pub mandate: Option<MandateId>,
    pub site: Option<SiteId>,
    /// Whether it belongs to a project that is not shared with the client, who then sees nothing of it, on the portal or
    /// not. Written with the project's sharing, so that reading a job stays one read.
    #[serde(default)]
    pub project_hidden: bool,
    pub title: Text<120>,
    pub description: Option<Text<5000>>,
    pub positions: Whole<1, MOST_POSITIONS>,
    /// The agency's alone.
    #[serde(with = "internal_for_agency", default)]
    pub internal_note: Option<InternalNote>,
    pub state: JobState,
    /// Since when the client sees it; none while it is not on the portal.
    pub shown_at: Option<Instant>,
    /// All candidates, whatever has become of them.
    pub candidates: u32,
    /// Those who passed the review and were not removed: what the client counts.
    pub shown_candidates: u32,
    /// The last number that was given to a candidate whom the client could see. Others have none, so that no gap tells of
    /// them.
    pub numbered: u32,
    pub created_at: Instant,
    pub revision: u32,
}

pub static JOB: Kind = Kind {
    name: "job",
    columns: &[
        // Of all jobs, for the agency.
        Column::text("of_client"),
        Column::text("of_state"),
        Column::text("of_client_state"),
        Column::text("of_project"),
        Column::integer("created_at"),
        // Of those on the portal, for clients; a key with a state behind it for those who ask for one.
        Column::text("client"),
        Column::text("client_state"),
        Column::text("project"),
        Column::text("project_state"),
        Column::text("site"),
        Column::text("site_state"),
        Column::integer("shown_at"),
    ],
    indexes: &[
        IndexSpec { name: "all", columns: &["created_at"] },
        IndexSpec { name: "all_by_client", columns: &["of_client", "created_at"] },
        IndexSpec { name: "all_by_state", columns: &["of_state", "created_at"] },
        IndexSpec { name: "all_by_client_state", columns: &["of_client_state", "created_at"] },
        IndexSpec { name: "all_by_project", columns: &["of_project", "created_at"] },
        IndexSpec { name: "by_client", columns: &["client", "shown_at"] },
        IndexSpec { name: "by_client_state", columns: &["client_state", "shown_at"] },
        IndexSpec { name: "by_project", columns: &["project", "shown_at"] },
        IndexSpec { name: "by_project_state", columns: &["project_state", "shown_at"] },
        IndexSpec { name: "by_site", columns: &["site", "shown_at"] },
        IndexSpec { name: "by_site_state", columns: &["site_state", "shown_at"] },
    ],
};

/// An index value with a state behind it: one column, so that cursors of all of a client's lists have one shape.
pub fn in_state(key: &str, state: &str) -> String {
    format!("{key}/{state}")
}

impl Record for Job {
    const KIND: &'static Kind = &JOB;

    fn record_id(&self) -> String {
        self.id.to_string()
    }

    fn columns(&self) -> Vec<(&'static str, IndexValue)> {
        let client = self.client.to_string();
        let mut columns = vec![
            ("of_state", self.state.text().into()),
            ("of_client_state", in_state(&client, self.state.text()).into()),
            ("of_client", client.clone().into()),
            ("created_at", self.created_at.millis().into()),
        ];
        if let Some(project) = self.project {
            columns.push(("of_project", project.to_string().into()));
        }
        let Some(shown_at) = self.shown_at.filter(|_| self.is_shown()) else { return columns };
        let state = if self.state.is_open() { "open" } else { "closed" };
        columns.push(("shown_at", shown_at.millis().into()));
        let project = self.project.map(|project| project.to_string());
        let site = self.site.map(|site| site.to_string());
        for (plain, with_state, key) in [
            ("client", "client_state", Some(client)),
            ("project", "project_state", project),
            ("site", "site_state", site),
        ] {
            if let Some(key) = key {
                columns.push((with_state, in_state(&key, state).into()));
                columns.push((plain, key.into()));
            }
        }
        columns
    }
}

impl InUnion for Job {}

/// A project that nobody can be limited to, for a job that belongs to none: who is limited to projects and sites does
/// not reach it.
const NO_PROJECT: ProjectId = ProjectId::new(Uuid::nil());

/// Where something of a job is, as far as rights go.
pub fn place_of(client: ClientId, project: Option<ProjectId>, site: Option<&SiteId>) -> Place<'_> {
    Place::at(client, Some(project.unwrap_or(NO_PROJECT)), site.map_or(&[], std::slice::from_ref))
}

impl Job {
    /// Whether the client's people see it.
    pub const fn is_shown(&self) -> bool {
        self.state.is_on_portal() && !self.project_hidden
    }

    /// Takes over what its project decides. What the client sees again it sees as new.
    pub fn follow(&mut self, project: Option<&Project>, now: Instant) {
        let hidden = project.is_some_and(|project| project.seen_by() != Some(self.client));
        if self.project_hidden && !hidden && self.state.is_on_portal() {
            self.shown_at = Some(now);
        }
        self.project_hidden = hidden;
    }

    /// Where it is for a client's people; nowhere while they do not see it.
    pub fn place(&self) -> Option<Place<'_>> {
        self.is_shown().then(|| place_of(self.client, self.project, self.site.as_ref()))
    }
}

/// How many jobs of the agency are open. Its id is the agency's.
///
/// Guard record: who opens or closes a job counts here, so the limit holds whoever comes at once.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct JobCount {
    pub agency: AgencyId,
    pub open: u32,
}

pub static JOB_COUNT: Kind = Kind { name: "job_count", columns: &[], indexes: &[] };

impl JobCount {
    pub const fn of(agency: AgencyId) -> Self {
        Self { agency, open: 0 }
    }

    /// Counts one more open job, up to the limit.
    pub fn open(&mut self) -> Result<(), Refusal> {
        if self.open >= MOST_OPEN_JOBS {
            return Err(Refusal::new(Code::JobsFull).with("expected", MOST_OPEN_JOBS));
        }
        self.open += 1;
        Ok(())
    }

    pub const fn close(&mut self) {
        self.open = self.open.saturating_sub(1);
    }
}

impl Record for JobCount {
    const KIND: &'static Kind = &JOB_COUNT;

    fn record_id(&self) -> String {
        self.agency.to_string()
    }
}
