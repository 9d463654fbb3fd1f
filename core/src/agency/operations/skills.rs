//! Skills: the professions that can be ordered.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::access::{Page, PageRequest, Permission, Scope, authorize, page, prefetch_page};
use crate::agency::events::SkillEvent;
use crate::agency::model::{Skill, SkillCode};
use crate::agency::views::{self, SkillView};
use crate::engine::{Effect, Operation, Run, Tx, Want};
use crate::hosts;
use crate::values::{Bounded, HostId, SkillId, Text};

/// Creates a skill.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateSkill {
    pub name: Text<120>,
    #[serde(default)]
    pub codes: Bounded<SkillCode, 20>,
    /// The host's own id, unique among the agency's skills.
    #[serde(default)]
    pub host_id: Option<HostId>,
}

impl Operation for CreateSkill {
    const NAME: &'static str = "skills.create";
    const EFFECT: Effect = Effect::Command;
    type Reply = SkillView;

    fn run(&self, tx: &mut Tx) -> Run<SkillView> {
        tx.prefetch(hosts::wants(hosts::SKILL, self.host_id.as_ref()))?;
        let grant = authorize(tx, Permission::PlanShifts, Scope::Agency)?;
        let id: SkillId = tx.new_id();
        hosts::bind(tx, &grant, hosts::SKILL, None, self.host_id.as_ref(), id)?;
        let skill = Skill {
            id,
            name: self.name.clone(),
            codes: self.codes.to_vec(),
            archived: false,
            host_id: self.host_id.clone(),
        };
        tx.put(&grant, &skill)?;
        tx.emit(&grant, &SkillEvent::Created { skill: id })?;
        Ok(views::skill(&grant, &skill))
    }
}

/// Renames a skill; with `codes`, replaces its external codes too.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RenameSkill {
    pub skill: SkillId,
    pub name: Text<120>,
    #[serde(default)]
    pub codes: Option<Bounded<SkillCode, 20>>,
}

impl Operation for RenameSkill {
    const NAME: &'static str = "skills.rename";
    const EFFECT: Effect = Effect::Command;
    type Reply = SkillView;

    fn run(&self, tx: &mut Tx) -> Run<SkillView> {
        tx.prefetch([Want::record::<Skill>(self.skill)])?;
        let grant = authorize(tx, Permission::PlanShifts, Scope::Agency)?;
        let mut skill: Skill = tx.get(self.skill)?;
        skill.name = self.name.clone();
        if let Some(codes) = &self.codes {
            skill.codes = codes.to_vec();
        }
        tx.put(&grant, &skill)?;
        tx.emit(&grant, &SkillEvent::Renamed { skill: skill.id })?;
        Ok(views::skill(&grant, &skill))
    }
}

/// Archives a skill, or brings it back. An archived skill cannot be ordered; existing shifts keep it.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ArchiveSkill {
    pub skill: SkillId,
    pub archived: bool,
}

impl Operation for ArchiveSkill {
    const NAME: &'static str = "skills.archive";
    const EFFECT: Effect = Effect::Command;
    type Reply = SkillView;

    fn run(&self, tx: &mut Tx) -> Run<SkillView> {
        tx.prefetch([Want::record::<Skill>(self.skill)])?;
        let grant = authorize(tx, Permission::PlanShifts, Scope::Agency)?;
        let mut skill: Skill = tx.get(self.skill)?;
        if skill.archived != self.archived {
            skill.archived = self.archived;
            tx.put(&grant, &skill)?;
            tx.emit(&grant, &SkillEvent::Archived { skill: skill.id, archived: skill.archived })?;
        }
        Ok(views::skill(&grant, &skill))
    }
}

/// The agency's skills by name, archived ones too.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListSkills {
    #[serde(default)]
    pub page: PageRequest,
}

impl Operation for ListSkills {
    const NAME: &'static str = "skills.list";
    const EFFECT: Effect = Effect::Query;
    type Reply = Page<SkillView>;

    fn run(&self, tx: &mut Tx) -> Run<Page<SkillView>> {
        let want = Want::range::<Skill>("by_name", Vec::new(), 0);
        prefetch_page::<Skill>(tx, &self.page, &want, [])?;
        let grant = authorize(tx, Permission::ViewAgency, Scope::Agency)?;
        let (skills, next) = page::<Skill>(tx, &self.page, want)?;
        Ok(Page { items: skills.iter().map(|skill| views::skill(&grant, skill)).collect(), next })
    }
}
