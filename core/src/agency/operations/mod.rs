//! What the operator and the agency's people do with the agency itself.

mod portal;
mod skills;

pub use portal::{CreateAgency, GetAgency, ResolveSubdomain, SetOrdering, SetProfile, SwitchPortal};
pub use skills::{ArchiveSkill, CreateSkill, ListSkills, RenameSkill};
