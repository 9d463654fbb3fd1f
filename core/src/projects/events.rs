//! What happened to projects: ids and switches only.

use serde::Serialize;

use crate::engine::{EventBody, Subject};
use crate::values::{ClientId, ProjectId};

#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(untagged)]
pub enum ProjectEvent {
    Renamed { project: ProjectId, client: ClientId },
    TeamPublished { project: ProjectId, client: ClientId },
    SharingChanged { project: ProjectId, client: ClientId, team_immediately: bool },
}

impl EventBody for ProjectEvent {
    fn name(&self) -> &'static str {
        match self {
            Self::Renamed { .. } => "project_renamed",
            Self::TeamPublished { .. } => "project_team_published",
            Self::SharingChanged { .. } => "project_sharing_changed",
        }
    }

    fn subject(&self) -> Subject {
        match self {
            Self::Renamed { project, .. }
            | Self::TeamPublished { project, .. }
            | Self::SharingChanged { project, .. } => Subject::new("project", project),
        }
    }
}
