//! What happened to projects: ids and switches only.

use serde::Serialize;

use crate::engine::{EventBody, Subject};
use crate::values::{ClientId, ProjectId, ScheduleId};
use crate::visibility::Sharing;

#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(untagged)]
pub enum ProjectEvent {
    /// The agency made it itself.
    Created {
        project: ProjectId,
        client: Option<ClientId>,
    },
    /// The agency planned a schedule itself.
    Planned {
        project: ProjectId,
        client: Option<ClientId>,
        schedule: ScheduleId,
        shifts: u32,
    },
    Associated {
        project: ProjectId,
        client: Option<ClientId>,
    },
    Shared {
        project: ProjectId,
        client: Option<ClientId>,
    },
    Unshared {
        project: ProjectId,
        client: Option<ClientId>,
    },
    Renamed {
        project: ProjectId,
        client: Option<ClientId>,
    },
    TeamPublished {
        project: ProjectId,
        client: Option<ClientId>,
    },
    SharingChanged {
        project: ProjectId,
        client: Option<ClientId>,
        sharing: Sharing,
    },
}

impl EventBody for ProjectEvent {
    fn name(&self) -> &'static str {
        match self {
            Self::Created { .. } => "project_planned",
            Self::Planned { .. } => "project_schedule_planned",
            Self::Associated { .. } => "project_associated",
            Self::Shared { .. } => "project_shared",
            Self::Unshared { .. } => "project_unshared",
            Self::Renamed { .. } => "project_renamed",
            Self::TeamPublished { .. } => "project_team_published",
            Self::SharingChanged { .. } => "project_sharing_changed",
        }
    }

    fn subject(&self) -> Subject {
        match self {
            Self::Created { project, .. }
            | Self::Planned { project, .. }
            | Self::Associated { project, .. }
            | Self::Shared { project, .. }
            | Self::Unshared { project, .. }
            | Self::Renamed { project, .. }
            | Self::TeamPublished { project, .. }
            | Self::SharingChanged { project, .. } => Subject::new("project", project),
        }
    }
}
