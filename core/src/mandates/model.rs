//! The mandate and what it asks for.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use super::rules::life::MandateState;
use crate::access::{InUnion, Place};
use crate::agency::model::TermsAcceptance;
use crate::engine::{Actor, Record, Want};
use crate::pricing::estimate::Estimate;
use crate::projects::model::{MOST_REQUESTS, index_name};
use crate::purchasing::model::{Approval, PurchaseOrderRef};
use crate::shifts::model::Role;
use crate::store::{Column, IndexSpec, IndexValue, Kind};
use crate::values::{
    ClientId, Instant, LocalTime, MandateId, MemberId, Phone, ProjectId, PurchaseOrderId, SiteId, SkillId,
    Text, UserId, Zone,
};

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
    /// The client's purchase order that it is charged on.
    #[serde(default)]
    pub purchase_order: Option<PurchaseOrderRef>,
}

impl Request {
    /// When the first shift begins.
    pub fn first_start(&self) -> Option<Instant> {
        self.shifts.iter().map(|shift| shift.starts_at).min()
    }

    /// When the last shift ends.
    pub fn last_end(&self) -> Option<Instant> {
        self.shifts.iter().map(|shift| shift.ends_at).max()
    }

    /// All heads of all positions.
    pub fn slots(&self) -> u32 {
        let positions = self.shifts.iter().flat_map(|shift| &shift.positions);
        positions.fold(0, |sum, position| sum.saturating_add(position.headcount))
    }

    /// Minutes of work of all heads together, breaks taken off.
    pub fn minutes(&self) -> u64 {
        self.shifts.iter().map(RequestedShift::minutes).fold(0, u64::saturating_add)
    }
}

impl RequestedShift {
    /// Minutes of work of all heads together, breaks taken off.
    pub fn minutes(&self) -> u64 {
        let span = self.ends_at.minutes_since(self.starts_at) - i64::from(self.break_minutes);
        let worked = u64::try_from(span).unwrap_or(0);
        let each = self.positions.iter().map(|position| worked * u64::from(position.headcount));
        each.fold(0, u64::saturating_add)
    }
}

/// One edit: the request as it became, and whose it was.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Revision {
    pub number: u32,
    pub by: Side,
    pub at: Instant,
    pub request: Request,
}

/// The one revision that a member looks at.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Review {
    pub revision: u32,
    /// None if the platform's own code opened it.
    pub by: Option<MemberId>,
    pub opened_at: Instant,
}

/// The other mandate of a resubmission.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Twin {
    pub mandate: MandateId,
    /// Still inside the client: the agency is not told of it.
    pub in_house: bool,
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
    /// A draft, or what has not been approved inside the client: for the agency it does not exist.
    #[serde(default)]
    pub in_house: bool,
    /// The client's cut-off when it was submitted, in minutes before the first start.
    #[serde(default)]
    pub cutoff_minutes: Option<u32>,
    /// People were told that the cut-off is near.
    #[serde(default)]
    pub warned: bool,
    #[serde(default)]
    pub review: Option<Review>,
    #[serde(default)]
    pub approval: Option<Approval>,
    /// The mandate that this one takes up again.
    #[serde(default)]
    pub previous: Option<Twin>,
    /// The mandate that takes this one up again.
    #[serde(default)]
    pub resubmitted_as: Option<Twin>,
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
        Column::text("released"),
        Column::text("asked"),
        Column::text("open"),
        Column::integer("expires_at"),
    ],
    indexes: &[
        IndexSpec { name: "by_client", columns: &["client", "submitted_at"] },
        IndexSpec { name: "by_site", columns: &["site", "submitted_at"] },
        IndexSpec { name: "by_project", columns: &["project", "submitted_at"] },
        IndexSpec { name: "by_person", columns: &["submitted_by", "client", "submitted_at"] },
        IndexSpec { name: "by_state", columns: &["state", "submitted_at"] },
        // What the agency may know of a client, and who is asked to approve what.
        IndexSpec { name: "by_released", columns: &["released", "submitted_at"] },
        IndexSpec { name: "by_asked", columns: &["asked", "client", "submitted_at"] },
        IndexSpec { name: "by_expiry", columns: &["state", "expires_at"] },
        IndexSpec { name: "by_open", columns: &["open", "expires_at"] },
    ],
};

impl Record for Mandate {
    const KIND: &'static Kind = &MANDATE;

    fn record_id(&self) -> String {
        self.id.to_string()
    }

    fn columns(&self) -> Vec<(&'static str, IndexValue)> {
        // A column that is left out is in no range: nobody lists what was discarded.
        if self.state == MandateState::Discarded {
            return Vec::new();
        }
        let site = self.request().map(|request| ("site", request.site.to_string().into()));
        let project =
            self.project.map(|project| ("project", index_name(project, !self.project_hidden).into()));
        let always = [
            ("client", self.client.to_string().into()),
            ("submitted_by", self.submitted_by.to_string().into()),
            ("submitted_at", self.submitted_at.millis().into()),
        ];
        // The agency's lists are over these.
        let released = (!self.in_house)
            .then(|| [("state", self.state.text().into()), ("released", self.client.to_string().into())]);
        let asked = self.approval.as_ref().filter(|_| self.state == MandateState::AwaitingApproval);
        let asked = asked.and_then(|approval| approval.asked).map(|user| ("asked", user.to_string().into()));
        let expires_at = self.expires_at().map(|at| ("expires_at", at.millis().into()));
        let open = (self.state.is_open() && expires_at.is_some())
            .then(|| ("open", if self.warned { "warned" } else { "unwarned" }.into()));
        let expires_at = expires_at.into_iter().chain(open);
        let sometimes = released.into_iter().flatten().chain(asked).chain(expires_at);
        always.into_iter().chain(site).chain(project).chain(sometimes).collect()
    }
}

impl InUnion for Mandate {}

impl Mandate {
    /// The mandates of a project, which have to know whether it is shared.
    pub fn of_project(project: ProjectId, shared: bool) -> Want {
        // One of them may be the request that the project began with.
        Want::range::<Self>("by_project", vec![index_name(project, shared).into()], MOST_REQUESTS + 1)
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

    /// The purchase order that it is charged on.
    pub fn purchase_order(&self) -> Option<PurchaseOrderId> {
        self.request()?.purchase_order.as_ref().map(|order| order.id)
    }

    /// The last request as the client itself wrote it.
    pub fn by_client(&self) -> Option<&Request> {
        self.revisions.iter().rfind(|revision| revision.by == Side::Client).map(|revision| &revision.request)
    }

    /// When the client's cut-off closes it, if it is still open then. It follows from the revision at hand.
    pub fn expires_at(&self) -> Option<Instant> {
        let before = i64::from(self.cutoff_minutes?);
        let start = self.request()?.first_start()?;
        start.plus_minutes(-before).ok()
    }

    /// Where it stands now: from the cut-off on an open mandate is expired, without anybody doing anything.
    pub fn state_at(&self, now: Instant) -> MandateState {
        if self.state.is_open() && self.expires_at().is_some_and(|at| at <= now) {
            MandateState::Expired
        } else {
            self.state
        }
    }

    /// Whether there is such a mandate for this actor. Drafts and what waits for approval are for the client's own
    /// people alone, not even for a member in a person's place or in a preview; what was discarded is for nobody.
    pub const fn is_there_for(&self, actor: Actor) -> bool {
        match (self.state, actor) {
            (MandateState::Discarded, _) => false,
            (_, Actor::User { .. }) => true,
            _ => !self.in_house,
        }
    }
}
