//! What the agency sees of a project, and what its client sees.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::model::{Project, Schedule};
use crate::access::{Grant, Page, Place};
use crate::shifts::model::Shift;
use crate::shifts::rules::{Fill, Progress, ShiftStatus, fill, progress, status};
use crate::shifts::views::{AgencyShiftView, agency_shift};
use crate::values::{ClientId, HostId, Instant, MandateId, ProjectId, ScheduleId, ShiftId, Text};
use crate::visibility::{Sharing, TeamSharing};

/// A project with how it is shared.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ProjectView {
    pub id: ProjectId,
    /// Null until it is associated with one.
    pub client: Option<ClientId>,
    /// Whether the client sees it.
    pub shared: bool,
    pub name: Text<120>,
    pub schedules: Vec<ScheduleView>,
    /// How it is shared, or would be.
    pub sharing: Sharing,
    /// Whether this setting is the project's own: a change of the client's default leaves it alone.
    pub own_sharing: bool,
    /// How the client sees the team.
    pub team: TeamSharing,
    pub created_at: Instant,
    pub host_id: Option<HostId>,
}

/// A project as its client sees it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ClientProjectView {
    pub id: ProjectId,
    pub name: Text<120>,
    pub schedules: Vec<ScheduleView>,
    pub created_at: Instant,
}

/// Shifts that came together.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ScheduleView {
    pub id: ScheduleId,
    /// The accepted order; null if the agency planned it.
    pub mandate: Option<MandateId>,
    /// When it was accepted, or planned.
    pub accepted_at: Instant,
}

/// A schedule that was planned, with its shifts.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct PlannedSchedule {
    pub project: ProjectView,
    pub schedule: ScheduleId,
    pub shifts: Vec<AgencyShiftView>,
}

/// How far a project is: the sums over all of its shifts, and a page of these. They name nobody, so both sides have the same.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ProjectProgressView {
    pub project: ProjectId,
    /// Over all shifts, on whatever page they are.
    pub total: Progress,
    /// Over all shifts too.
    pub schedules: Vec<ScheduleProgressView>,
    /// By start.
    pub shifts: Vec<ShiftProgressView>,
    /// Where the shifts go on; null at their end.
    pub next: Option<String>,
}

/// How far a client's shifts are that start in a time: the sums over all of them, and a page of these.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ClientProgressView {
    pub client: ClientId,
    /// Over all shifts, on whatever page they are.
    pub total: Progress,
    /// Over all shifts too; of the projects that have one.
    pub projects: Vec<ProjectSumView>,
    /// By start.
    pub shifts: Vec<ShiftProgressView>,
    /// Where the shifts go on; null at their end.
    pub next: Option<String>,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ProjectSumView {
    pub project: ProjectId,
    pub progress: Progress,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ScheduleProgressView {
    pub schedule: ScheduleId,
    pub progress: Progress,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ShiftProgressView {
    pub shift: ShiftId,
    pub schedule: ScheduleId,
    pub starts_at: Instant,
    pub status: ShiftStatus,
    pub fill: Fill,
    pub progress: Progress,
}

pub fn project(_: &Grant, project: Project) -> ProjectView {
    ProjectView {
        team: project.team(),
        id: project.id,
        client: project.client,
        shared: project.shared,
        sharing: project.sharing,
        own_sharing: project.own_sharing,
        name: project.name,
        schedules: schedules(&project.schedules),
        created_at: project.created_at,
        host_id: project.host_id,
    }
}

pub fn planned(
    grant: &Grant,
    planned: Project,
    schedule: ScheduleId,
    shifts: Vec<Shift>,
    now: Instant,
) -> PlannedSchedule {
    PlannedSchedule {
        project: project(grant, planned),
        schedule,
        shifts: shifts.into_iter().map(|shift| agency_shift(grant, shift, now)).collect(),
    }
}

/// What of a project is at places within reach: who is limited to a site sees the orders for that site.
pub fn within_reach(grant: &Grant, mut project: Project) -> Project {
    let (client, id) = (project.seen_by(), project.id);
    project.schedules.retain(|schedule| {
        client.is_some_and(|client| grant.reaches(&Place::at(client, Some(id), &[schedule.site])))
    });
    project
}

pub fn client_project(grant: &Grant, project: Project) -> ClientProjectView {
    let project = within_reach(grant, project);
    ClientProjectView {
        id: project.id,
        name: project.name,
        schedules: schedules(&project.schedules),
        created_at: project.created_at,
    }
}

fn schedules(schedules: &[Schedule]) -> Vec<ScheduleView> {
    let view = |schedule: &Schedule| ScheduleView {
        id: schedule.id,
        mandate: schedule.mandate,
        accepted_at: schedule.accepted_at,
    };
    schedules.iter().map(view).collect()
}

pub fn shift_progress(_: &Grant, shift: &Shift, now: Instant) -> ShiftProgressView {
    ShiftProgressView {
        shift: shift.id,
        schedule: shift.schedule,
        starts_at: shift.starts_at,
        status: status(shift, now),
        fill: fill(shift),
        progress: progress(shift, now),
    }
}

pub fn project_progress(
    _: &Grant,
    project: &Project,
    sums: &BTreeMap<ScheduleId, Progress>,
    total: Progress,
    shifts: Page<ShiftProgressView>,
) -> ProjectProgressView {
    let of_schedule = |schedule: &Schedule| ScheduleProgressView {
        schedule: schedule.id,
        progress: sums.get(&schedule.id).copied().unwrap_or_default(),
    };
    ProjectProgressView {
        project: project.id,
        total,
        schedules: project.schedules.iter().map(of_schedule).collect(),
        shifts: shifts.items,
        next: shifts.next,
    }
}

pub fn client_progress(
    _: &Grant,
    client: ClientId,
    sums: &BTreeMap<ProjectId, Progress>,
    total: Progress,
    shifts: Page<ShiftProgressView>,
) -> ClientProgressView {
    let of_project = |(project, progress): (&ProjectId, &Progress)| ProjectSumView {
        project: *project,
        progress: *progress,
    };
    ClientProgressView {
        client,
        total,
        projects: sums.iter().map(of_project).collect(),
        shifts: shifts.items,
        next: shifts.next,
    }
}
