//! Projects and their progress, as the agency and as the client sees them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::access::{Page, PageRequest, Permission, Scope, authorize, page, prefetch_page};
use crate::engine::{Effect, Operation, Refusal, Run, Tx, Want};
use crate::projects::model::{MOST_SHIFTS, Project};
use crate::projects::views::{self, ClientProjectView, ProjectProgressView, ProjectView};
use crate::shifts::model::Shift;
use crate::values::{ClientId, ProjectId};
use crate::visibility::client_grant;

/// All shifts of a project by start.
pub(super) fn shifts_of(project: ProjectId) -> Want {
    Want::range::<Shift>("by_project", vec![project.to_string().into()], MOST_SHIFTS)
}

fn projects_of(client: ClientId) -> Want {
    Want::range::<Project>("by_client", vec![client.to_string().into()], 0)
}

/// Reads a project. For the agency.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GetProject {
    pub project: ProjectId,
}

impl Operation for GetProject {
    const NAME: &'static str = "projects.get";
    const EFFECT: Effect = Effect::Query;
    type Reply = ProjectView;

    fn run(&self, tx: &mut Tx) -> Run<ProjectView> {
        tx.prefetch([Want::record::<Project>(self.project)])?;
        let grant = authorize(tx, Permission::ViewAgency, Scope::Agency)?;
        let project = tx.get(self.project)?;
        Ok(views::project(&grant, project))
    }
}

/// The projects of a client by creation. For the agency.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListProjects {
    pub client: ClientId,
    #[serde(default)]
    pub page: PageRequest,
}

impl Operation for ListProjects {
    const NAME: &'static str = "projects.list";
    const EFFECT: Effect = Effect::Query;
    type Reply = Page<ProjectView>;

    fn run(&self, tx: &mut Tx) -> Run<Page<ProjectView>> {
        let want = projects_of(self.client);
        prefetch_page::<Project>(tx, &self.page, &want, [])?;
        let grant = authorize(tx, Permission::ViewAgency, Scope::Agency)?;
        let (projects, next) = page::<Project>(tx, &self.page, want)?;
        let items = projects.into_iter().map(|project| views::project(&grant, project)).collect();
        Ok(Page { items, next })
    }
}

/// How far a project is, in figures that equal counting its shifts. For the agency.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GetProgress {
    pub project: ProjectId,
}

impl Operation for GetProgress {
    const NAME: &'static str = "projects.progress";
    const EFFECT: Effect = Effect::Query;
    type Reply = ProjectProgressView;

    fn run(&self, tx: &mut Tx) -> Run<ProjectProgressView> {
        tx.prefetch([Want::record::<Project>(self.project), shifts_of(self.project)])?;
        let grant = authorize(tx, Permission::ViewAgency, Scope::Agency)?;
        let project: Project = tx.get(self.project)?;
        let shifts: Vec<Shift> = tx.list(shifts_of(project.id))?;
        Ok(views::project_progress(&grant, &project, &shifts, tx.now()))
    }
}

/// Reads a project as its client sees it.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GetMyProject {
    pub project: ProjectId,
}

impl Operation for GetMyProject {
    const NAME: &'static str = "my_projects.get";
    const EFFECT: Effect = Effect::Query;
    type Reply = ClientProjectView;

    fn run(&self, tx: &mut Tx) -> Run<ClientProjectView> {
        tx.prefetch([Want::record::<Project>(self.project)])?;
        let project: Option<Project> = tx.find(self.project)?;
        let grant = client_grant(tx, Permission::ViewShifts, project.as_ref().map(|project| project.client))?;
        let project = project.ok_or_else(Refusal::not_found)?;
        Ok(views::client_project(&grant, project))
    }
}

/// The projects of a client by creation, as the client sees them.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListMyProjects {
    pub client: ClientId,
    #[serde(default)]
    pub page: PageRequest,
}

impl Operation for ListMyProjects {
    const NAME: &'static str = "my_projects.list";
    const EFFECT: Effect = Effect::Query;
    type Reply = Page<ClientProjectView>;

    fn run(&self, tx: &mut Tx) -> Run<Page<ClientProjectView>> {
        let want = projects_of(self.client);
        prefetch_page::<Project>(tx, &self.page, &want, [])?;
        let grant = client_grant(tx, Permission::ViewShifts, Some(self.client))?;
        let (projects, next) = page::<Project>(tx, &self.page, want)?;
        let items = projects.into_iter().map(|project| views::client_project(&grant, project)).collect();
        Ok(Page { items, next })
    }
}

/// How far a project of the client is, in figures that equal counting its shifts.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GetMyProgress {
    pub project: ProjectId,
}

impl Operation for GetMyProgress {
    const NAME: &'static str = "my_projects.progress";
    const EFFECT: Effect = Effect::Query;
    type Reply = ProjectProgressView;

    fn run(&self, tx: &mut Tx) -> Run<ProjectProgressView> {
        tx.prefetch([Want::record::<Project>(self.project), shifts_of(self.project)])?;
        let project: Option<Project> = tx.find(self.project)?;
        let grant = client_grant(tx, Permission::ViewShifts, project.as_ref().map(|project| project.client))?;
        let project = project.ok_or_else(Refusal::not_found)?;
        let shifts: Vec<Shift> = tx.list(shifts_of(project.id))?;
        Ok(views::project_progress(&grant, &project, &shifts, tx.now()))
    }
}
