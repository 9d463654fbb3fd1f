//! What happened at the agency.

use serde::Serialize;

use super::model::{ChangePolicy, MailKind};
use crate::access::MemberRole;
use crate::engine::{EventBody, Subject};
use crate::values::{AgencyId, ContentHash, Locale, MemberId, SkillId, Subdomain};

#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(untagged)]
pub enum AgencyEvent {
    Created { agency: AgencyId },
    PortalSwitched { agency: AgencyId, on: bool },
    ProfileChanged { agency: AgencyId, subdomain: Option<Subdomain> },
    OrderingChanged { agency: AgencyId, ordering: bool, orderable: Vec<SkillId> },
    IdentityApprovalSet { agency: AgencyId, required: bool },
    ChangesSet { agency: AgencyId, policy: ChangePolicy },
    TermsPublished { agency: AgencyId, terms: ContentHash },
    TemplateChanged { agency: AgencyId, kind: MailKind, locale: Locale },
}

impl EventBody for AgencyEvent {
    fn name(&self) -> &'static str {
        match self {
            Self::Created { .. } => "agency_created",
            Self::PortalSwitched { .. } => "portal_switched",
            Self::ProfileChanged { .. } => "agency_profile_changed",
            Self::OrderingChanged { .. } => "agency_ordering_changed",
            Self::IdentityApprovalSet { .. } => "agency_identity_approval_set",
            Self::ChangesSet { .. } => "agency_changes_set",
            Self::TermsPublished { .. } => "terms_published",
            Self::TemplateChanged { .. } => "email_template_changed",
        }
    }

    fn subject(&self) -> Subject {
        match self {
            Self::Created { agency }
            | Self::PortalSwitched { agency, .. }
            | Self::ProfileChanged { agency, .. }
            | Self::OrderingChanged { agency, .. }
            | Self::IdentityApprovalSet { agency, .. }
            | Self::ChangesSet { agency, .. }
            | Self::TermsPublished { agency, .. }
            | Self::TemplateChanged { agency, .. } => Subject::new("agency", agency),
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

#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(untagged)]
pub enum MemberEvent {
    Added { member: MemberId, role: MemberRole },
    Changed { member: MemberId },
    RoleChanged { member: MemberId, role: MemberRole },
    Deactivated { member: MemberId },
    Reactivated { member: MemberId },
}

impl EventBody for MemberEvent {
    fn name(&self) -> &'static str {
        match self {
            Self::Added { .. } => "member_added",
            Self::Changed { .. } => "member_changed",
            Self::RoleChanged { .. } => "member_role_changed",
            Self::Deactivated { .. } => "member_deactivated",
            Self::Reactivated { .. } => "member_reactivated",
        }
    }

    fn subject(&self) -> Subject {
        match self {
            Self::Added { member, .. }
            | Self::Changed { member }
            | Self::RoleChanged { member, .. }
            | Self::Deactivated { member }
            | Self::Reactivated { member } => Subject::new("member", member),
        }
    }
}
