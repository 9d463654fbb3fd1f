//! What happened at the agency.

use serde::Serialize;

use crate::engine::{EventBody, Subject};
use crate::values::{AgencyId, SkillId, Subdomain};

#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(untagged)]
pub enum AgencyEvent {
    Created { agency: AgencyId },
    PortalSwitched { agency: AgencyId, on: bool },
    ProfileChanged { agency: AgencyId, subdomain: Option<Subdomain> },
    OrderingChanged { agency: AgencyId, ordering: bool, orderable: Vec<SkillId> },
}

impl EventBody for AgencyEvent {
    fn name(&self) -> &'static str {
        match self {
            Self::Created { .. } => "agency_created",
            Self::PortalSwitched { .. } => "portal_switched",
            Self::ProfileChanged { .. } => "agency_profile_changed",
            Self::OrderingChanged { .. } => "agency_ordering_changed",
        }
    }

    fn subject(&self) -> Subject {
        match self {
            Self::Created { agency }
            | Self::PortalSwitched { agency, .. }
            | Self::ProfileChanged { agency, .. }
            | Self::OrderingChanged { agency, .. } => Subject::new("agency", agency),
        }
    }
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(untagged)]
pub enum SkillEvent {
    Created { skill: SkillId },
    Renamed { skill: SkillId },
    Archived { skill: SkillId, archived: bool },
}

impl EventBody for SkillEvent {
    fn name(&self) -> &'static str {
        match self {
            Self::Created { .. } => "skill_created",
            Self::Renamed { .. } => "skill_renamed",
            Self::Archived { .. } => "skill_archived",
        }
    }

    fn subject(&self) -> Subject {
        match self {
            Self::Created { skill } | Self::Renamed { skill } | Self::Archived { skill, .. } => {
                Subject::new("skill", skill)
            }
        }
    }
}
