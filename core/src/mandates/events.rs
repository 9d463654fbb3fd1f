//! What happened to mandates.

use serde::Serialize;

use crate::engine::{EventBody, Subject};
use crate::values::{
    ClientId, ContentHash, MandateId, MandateTemplateId, ProjectId, ScheduleId, ShiftId, UserId,
};

#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(untagged)]
pub enum MandateEvent {
    Drafted {
        mandate: MandateId,
        client: ClientId,
    },
    DraftEdited {
        mandate: MandateId,
        client: ClientId,
        revision: u32,
    },
    Discarded {
        mandate: MandateId,
        client: ClientId,
    },
    /// Somebody at the client has to approve it.
    ApprovalAsked {
        mandate: MandateId,
        client: ClientId,
        revision: u32,
        /// Who placed or changed it.
        user: UserId,
        asked: UserId,
    },
    Approved {
        mandate: MandateId,
        client: ClientId,
        revision: u32,
    },
    Rejected {
        mandate: MandateId,
        client: ClientId,
    },
    ReviewOpened {
        mandate: MandateId,
        client: ClientId,
        revision: u32,
    },
    ReviewClosed {
        mandate: MandateId,
        client: ClientId,
        revision: u32,
    },
    Expired {
        mandate: MandateId,
        client: ClientId,
    },
    Resubmitted {
        mandate: MandateId,
        client: ClientId,
        next: MandateId,
    },
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
            Self::Drafted { .. } => "mandate_drafted",
            Self::DraftEdited { .. } => "mandate_draft_edited",
            Self::Discarded { .. } => "mandate_discarded",
            Self::ApprovalAsked { .. } => "mandate_approval_asked",
            Self::Approved { .. } => "mandate_approved",
            Self::Rejected { .. } => "mandate_rejected",
            Self::ReviewOpened { .. } => "mandate_review_opened",
            Self::ReviewClosed { .. } => "mandate_review_closed",
            Self::Expired { .. } => "mandate_expired",
            Self::Resubmitted { .. } => "mandate_resubmitted",
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
            Self::Drafted { mandate, .. }
            | Self::DraftEdited { mandate, .. }
            | Self::Discarded { mandate, .. }
            | Self::ApprovalAsked { mandate, .. }
            | Self::Approved { mandate, .. }
            | Self::Rejected { mandate, .. }
            | Self::ReviewOpened { mandate, .. }
            | Self::ReviewClosed { mandate, .. }
            | Self::Expired { mandate, .. }
            | Self::Resubmitted { mandate, .. }
            | Self::Submitted { mandate, .. }
            | Self::Edited { mandate, .. }
            | Self::Revised { mandate, .. }
            | Self::Withdrawn { mandate, .. }
            | Self::Declined { mandate, .. }
            | Self::Accepted { mandate, .. } => Subject::new("mandate", mandate),
        }
    }
}

/// What happened to a template.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(untagged)]
pub enum TemplateEvent {
    Saved { template: MandateTemplateId, client: ClientId },
    Renamed { template: MandateTemplateId, client: ClientId },
    Removed { template: MandateTemplateId, client: ClientId },
}

impl EventBody for TemplateEvent {
    fn name(&self) -> &'static str {
        match self {
            Self::Saved { .. } => "mandate_template_saved",
            Self::Renamed { .. } => "mandate_template_renamed",
            Self::Removed { .. } => "mandate_template_removed",
        }
    }

    fn subject(&self) -> Subject {
        match self {
            Self::Saved { template, .. }
            | Self::Renamed { template, .. }
            | Self::Removed { template, .. } => Subject::new("mandate_template", template),
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
