//! The mandate and what it asks for.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::access::{InUnion, Place};
use crate::agency::model::TermsAcceptance;
use crate::engine::{Record, Want};
use crate::pricing::estimate::Estimate;
use crate::shifts::model::Role;
use crate::store::{Column, IndexSpec, IndexValue, Kind};
use crate::values::{
    ClientId, Instant, LocalTime, MandateId, Phone, ProjectId, SiteId, SkillId, Text, UserId, Zone,
};

/// Where a mandate stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MandateState {
    /// To review: the agency has to answer; the client can still edit it.
    Submitted,
    Accepted,
    Declined,
    Withdrawn,
}

impl MandateState {
    pub const ALL: [Self; 4] = [Self::Submitted, Self::Accepted, Self::Declined, Self::Withdrawn];

    pub const fn text(self) -> &'static str {
        match self {
            Self::Submitted => "submitted",
            Self::Accepted => "accepted",
            Self::Declined => "declined",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// Whose edit made a revision.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    Client,
    Agency,
}

/// How many of a skill in a role.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct RequestedPosition {
    pub skill: SkillId,
    /// The skill's name when it was ordered.
    pub skill_name: Text<120>,
    pub role: Role,
    pub headcount: u32,
}

/// One span at the site with the positions wanted in it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct RequestedShift {
    pub local_start: LocalTime,
    pub local_end: LocalTime,
    pub starts_at: Instant,
    pub ends_at: Instant,
    pub break_minutes: u32,
    pub positions: Vec<RequestedPosition>,
}

/// Who is asked for on site.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    pub name: Text<120>,
    #[serde(default)]
    pub phone: Option<Phone>,
}

/// What is asked for.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Request {
    pub name: Text<120>,
    pub site: SiteId,
    pub site_name: Text<120>,
    pub zone: Zone,
    pub shifts: Vec<RequestedShift>,
    pub note: Option<Text<2000>>,
    pub buyer_reference: Option<Text<120>>,
    pub contact: Option<Contact>,
}

/// One edit: the request as it became, and whose it was.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Revision {
    pub number: u32,
    pub by: Side,
    pub at: Instant,
    pub request: Request,
}

/// A request for staff on its way.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Mandate {
    pub id: MandateId,
    pub client: ClientId,
    pub state: MandateState,
    /// Every revision, oldest first; never empty.
    pub revisions: Vec<Revision>,
    pub estimate: Estimate,
    pub submitted_by: UserId,
    pub submitted_at: Instant,
    pub terms: Option<TermsAcceptance>,
    /// What the client sees when it was declined.
    pub decline_reason: Option<Text<500>>,
    /// A further request for this project; once accepted, the project that it became.
    pub project: Option<ProjectId>,
    /// The project is not shared: to the client it is as if there were none. Copied from the project, like the sharing
    /// of its shifts.
    #[serde(default)]
    pub project_hidden: bool,
    pub decided_at: Option<Instant>,
}

pub static MANDATE: Kind = Kind {
    name: "mandate",
    columns: &[
        Column::text("client"),
        Column::text("state"),
        Column::text("site"),
        Column::text("project"),
        Column::text("submitted_by"),
        Column::integer("submitted_at"),
    ],
    indexes: &[
        IndexSpec { name: "by_client", columns: &["client", "submitted_at"] },
        IndexSpec { name: "by_site", columns: &["site", "submitted_at"] },
        IndexSpec { name: "by_project", columns: &["project", "submitted_at"] },
        IndexSpec { name: "by_person", columns: &["submitted_by", "client", "submitted_at"] },
        IndexSpec { name: "by_state", columns: &["state", "submitted_at"] },
    ],
};

impl Record for Mandate {
    const KIND: &'static Kind = &MANDATE;

    fn record_id(&self) -> String {
        self.id.to_string()
    }

    fn columns(&self) -> Vec<(&'static str, IndexValue)> {
        let site = self.request().map(|request| ("site", request.site.to_string().into()));
        // What a client's person is given by project is found while the project is shared; sharing it again finds the
        // rest under another name.
        let project = self.project.map(|project| {
            let name = if self.project_hidden { hidden_in(project) } else { project.to_string() };
            ("project", name.into())
        });
        let always = [
            ("client", self.client.to_string().into()),
            ("state", self.state.text().into()),
            ("submitted_by", self.submitted_by.to_string().into()),
            ("submitted_at", self.submitted_at.millis().into()),
        ];
        always.into_iter().chain(site).chain(project).collect()
    }
}

impl InUnion for Mandate {}

/// What stands in the index for a project that is not shared.
fn hidden_in(project: ProjectId) -> String {
    format!("hidden/{project}")
}

impl Mandate {
    /// The mandates of a project, which have to know whether it is shared.
    pub fn of_project(project: ProjectId, hidden: bool) -> Want {
        let name = if hidden { hidden_in(project) } else { project.to_string() };
        Want::range::<Self>("by_project", vec![name.into()], 10_000)
    }

    /// The project as far as the client may know of it.
    pub fn seen_project(&self) -> Option<ProjectId> {
        self.project.filter(|_| !self.project_hidden)
    }

    pub fn revision(&self) -> u32 {
        self.revisions.last().map_or(0, |revision| revision.number)
    }

    /// Where it is, as far as rights go: at its site, in its project, and in sight of who placed it.
    pub fn place(&self) -> Place<'_> {
        let sites = self.request().map_or(&[][..], |request| std::slice::from_ref(&request.site));
        Place { by: Some(self.submitted_by), ..Place::at(self.client, self.seen_project(), sites) }
    }

    pub fn request(&self) -> Option<&Request> {
        self.revisions.last().map(|revision| &revision.request)
    }

    /// The last request as the client itself wrote it.
    pub fn by_client(&self) -> Option<&Request> {
        self.revisions.iter().rfind(|revision| revision.by == Side::Client).map(|revision| &revision.request)
    }
}
