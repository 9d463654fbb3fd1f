//! Decisions about the agency's settings, over records alone.

use super::model::Skill;
use crate::codes::Code;
use crate::engine::Refusal;

/// The list of orderable skills holds active skills only.
pub fn may_be_orderable(skill: &Skill, position: usize) -> Result<(), Refusal> {
    if skill.archived {
        return Err(Refusal::new(Code::SkillArchived).at(format!("skills[{position}]")));
    }
    Ok(())
}
