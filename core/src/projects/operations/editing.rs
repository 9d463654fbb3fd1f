//! A project's name and the host's id of it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::access::{Permission, Scope, authorize};
use crate::engine::{Effect, Operation, Run, Tx, Want};
use crate::projects::events::ProjectEvent;
use crate::projects::model::Project;
use crate::projects::views::{self, ProjectView};
use crate::values::{ProjectId, Text};

/// Renames a project.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RenameProject {
    pub project: ProjectId,
    pub name: Text<120>,
}

impl Operation for RenameProject {
    const NAME: &'static str = "projects.rename";
    const EFFECT: Effect = Effect::Command;
    type Reply = ProjectView;

    fn run(&self, tx: &mut Tx) -> Run<ProjectView> {
        tx.prefetch([Want::record::<Project>(self.project)])?;
        let grant = authorize(tx, Permission::PlanShifts, Scope::Agency)?;
        let mut project: Project = tx.get(self.project)?;
        if project.name != self.name {
            project.name = self.name.clone();
            tx.put(&grant, &project)?;
            tx.emit(&grant, &ProjectEvent::Renamed { project: project.id, client: project.client })?;
        }
        Ok(views::project(&grant, project))
    }
}
