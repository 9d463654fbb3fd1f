//! What the operator and the agency's people do with the agency itself.

mod members;
mod portal;
mod skills;
mod templates;
mod terms;

pub use members::{AddMember, DeactivateMember, ListMembers, ReactivateMember, SetMemberRole};
pub use portal::{
    CreateAgency, GetAgency, ResolveSubdomain, SetChanges, SetOrdering, SetProfile, SwitchPortal,
};
pub use skills::{ArchiveSkill, CreateSkill, ListSkills, RenameSkill};
pub use templates::{GetEmailTemplate, SetEmailTemplate};
pub use terms::{CurrentTerms, ListTerms, MaybeTerms, PublishTerms};
