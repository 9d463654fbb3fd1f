//! When the client sees the team. The answer is copied onto the project's shifts, so that reading shifts stays one read.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::reading::shifts_of;
use crate::access::{Grant, Permission, Scope, authorize};
use crate::engine::{Effect, Operation, Run, Tx, Want};
use crate::projects::events::ProjectEvent;
use crate::projects::model::Project;
use crate::projects::views::{self, ProjectView};
use crate::shifts::model::Shift;
use crate::values::ProjectId;

/// Shows the client the confirmed workers of a project, also those who confirm later.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PublishTeam {
    pub project: ProjectId,
}

impl Operation for PublishTeam {
    const NAME: &'static str = "projects.publish_team";
    const EFFECT: Effect = Effect::Command;
    type Reply = ProjectView;

    fn run(&self, tx: &mut Tx) -> Run<ProjectView> {
        tx.prefetch([Want::record::<Project>(self.project), shifts_of(self.project)])?;
        let grant = authorize(tx, Permission::PlanShifts, Scope::Agency)?;
        let mut project: Project = tx.get(self.project)?;
        project.team_published_at = Some(tx.now());
        share(tx, &grant, &project)?;
        tx.emit(&grant, &ProjectEvent::TeamPublished { project: project.id, client: project.client })?;
        Ok(views::project(&grant, project))
    }
}

/// Sets whether the client of a project sees each worker as soon as confirmed, whatever the client's default is.
///
/// Switching it off does not take a published team back.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetSharing {
    pub project: ProjectId,
    pub team_immediately: bool,
}

impl Operation for SetSharing {
    const NAME: &'static str = "projects.set_sharing";
    const EFFECT: Effect = Effect::Command;
    type Reply = ProjectView;

    fn run(&self, tx: &mut Tx) -> Run<ProjectView> {
        tx.prefetch([Want::record::<Project>(self.project), shifts_of(self.project)])?;
        let grant = authorize(tx, Permission::PlanShifts, Scope::Agency)?;
        let mut project: Project = tx.get(self.project)?;
        if project.sharing.team_immediately != self.team_immediately {
            project.sharing.team_immediately = self.team_immediately;
            share(tx, &grant, &project)?;
            let (project, client) = (project.id, project.client);
            let team_immediately = self.team_immediately;
            tx.emit(&grant, &ProjectEvent::SharingChanged { project, client, team_immediately })?;
        }
        Ok(views::project(&grant, project))
    }
}

/// Writes the project and its sharing onto each of its shifts.
fn share(tx: &mut Tx, grant: &Grant, project: &Project) -> Run<()> {
    let shifts: Vec<Shift> = tx.list(shifts_of(project.id))?;
    tx.put(grant, project)?;
    for mut shift in shifts {
        shift.team = project.team();
        tx.put(grant, &shift)?;
    }
    Ok(())
}
