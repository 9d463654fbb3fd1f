//! A project's name and the host's id of it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::access::{Permission, Scope, authorize};
use crate::engine::{Effect, Operation, Run, Tx, Want};
use crate::hosts;
use crate::projects::events::ProjectEvent;
use crate::projects::model::Project;
use crate::projects::views::{self, ProjectView};
use crate::values::{HostId, ProjectId, Text};

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

/// Gives a project the host's own id, in place of the one it had; without one, takes it away.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetProjectHostId {
    pub project: ProjectId,
    #[serde(default)]
    pub host_id: Option<HostId>,
}

impl Operation for SetProjectHostId {
    const NAME: &'static str = "projects.set_host_id";
    const EFFECT: Effect = Effect::Command;
    type Reply = ProjectView;

    fn run(&self, tx: &mut Tx) -> Run<ProjectView> {
        let host_id = hosts::wants(hosts::PROJECT, self.host_id.as_ref());
        tx.prefetch([Want::record::<Project>(self.project)].into_iter().chain(host_id))?;
        let grant = authorize(tx, Permission::PlanShifts, Scope::Agency)?;
        let mut project: Project = tx.get(self.project)?;
        if project.host_id != self.host_id {
            let old = project.host_id.take();
            hosts::bind(tx, &grant, hosts::PROJECT, old.as_ref(), self.host_id.as_ref(), project.id)?;
            project.host_id.clone_from(&self.host_id);
            tx.put(&grant, &project)?;
            tx.emit(&grant, &ProjectEvent::HostIdSet { project: project.id, client: project.client })?;
        }
        Ok(views::project(&grant, project))
    }
}
