//! What happened to mandates.

use serde::Serialize;

use crate::engine::{EventBody, Subject};
use crate::values::{ClientId, ContentHash, MandateId, ProjectId, ScheduleId, ShiftId, UserId};

#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(untagged)]
pub enum MandateEvent {
    Submitted {
        mandate: MandateId,
        client: ClientId,
        revision: u32,
        terms: Option<ContentHash>,
        user: UserId,
    },
    Edited {
        mandate: MandateId,
        client: ClientId,
        revision: u32,
    },
    Revised {
        mandate: MandateId,
        client: ClientId,
        revision: u32,
    },
    Withdrawn {
        mandate: MandateId,
        client: ClientId,
    },
    Declined {
        mandate: MandateId,
        client: ClientId,
    },
    Accepted {
        mandate: MandateId,
        client: ClientId,
        revision: u32,
        project: ProjectId,
        schedule: ScheduleId,
    },
}

impl EventBody for MandateEvent {
    fn name(&self) -> &'static str {
        match self {
            Self::Submitted { .. } => "mandate_submitted",
            Self::Edited { .. } => "mandate_edited",
            Self::Revised { .. } => "mandate_revised",
            Self::Withdrawn { .. } => "mandate_withdrawn",
            Self::Declined { .. } => "mandate_declined",
            Self::Accepted { .. } => "mandate_accepted",
        }
    }

    fn subject(&self) -> Subject {
        match self {
            Self::Submitted { mandate, .. }
            | Self::Edited { mandate, .. }
            | Self::Revised { mandate, .. }
            | Self::Withdrawn { mandate, .. }
            | Self::Declined { mandate, .. }
            | Self::Accepted { mandate, .. } => Subject::new("mandate", mandate),
        }
    }
}

/// What an accepted mandate made: one event per thing, so that each has its own history.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(untagged)]
pub enum PlanEvent {
    ProjectCreated { project: ProjectId, client: ClientId, mandate: MandateId },
    ScheduleAdded { project: ProjectId, schedule: ScheduleId, mandate: MandateId },
    ShiftCreated { shift: ShiftId, project: ProjectId, schedule: ScheduleId },
}

impl EventBody for PlanEvent {
    fn name(&self) -> &'static str {
        match self {
            Self::ProjectCreated { .. } => "project_created",
            Self::ScheduleAdded { .. } => "schedule_added",
            Self::ShiftCreated { .. } => "shift_created",
        }
    }

    fn subject(&self) -> Subject {
        match self {
            Self::ProjectCreated { project, .. } | Self::ScheduleAdded { project, .. } => {
                Subject::new("project", project)
            }
            Self::ShiftCreated { shift, .. } => Subject::new("shift", shift),
        }
    }
}
