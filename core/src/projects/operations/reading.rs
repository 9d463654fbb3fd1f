//! Projects and their progress, as the agency and as the client sees them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::access::{
    Page, PageRequest, Permission, Place, Reach, RoleBook, Scope, authorize, page, page_of, page_of_union,
    prefetch_page,
};
use crate::engine::{Effect, Operation, Run, Tx, Want};
use crate::projects::finding::own;
use crate::projects::model::{Project, ProjectPlace};
use crate::projects::views::{self, ClientProjectView, ProjectView};
use crate::values::{ClientId, ProjectId};
use crate::visibility::client_grant;

fn projects_of(index: &'static str, client: ClientId) -> Want {
    Want::range::<Project>(index, vec![client.to_string().into()], 0)
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

/// The projects of a client by creation, or all of the agency's. For the agency.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListProjects {
    /// All projects if not given, also those that have no client yet.
    #[serde(default)]
    pub client: Option<ClientId>,
    #[serde(default)]
    pub page: PageRequest,
}

impl Operation for ListProjects {
    const NAME: &'static str = "projects.list";
    const EFFECT: Effect = Effect::Query;
    type Reply = Page<ProjectView>;

    fn run(&self, tx: &mut Tx) -> Run<Page<ProjectView>> {
        let want = match self.client {
            Some(client) => projects_of("by_owner", client),
            None => Want::range::<Project>("by_created", Vec::new(), 0),
        };
        prefetch_page::<Project>(tx, &self.page, &want, [])?;
        let grant = authorize(tx, Permission::ViewAgency, Scope::Agency)?;
        let (projects, next) = page::<Project>(tx, &self.page, want)?;
        let items = projects.into_iter().map(|project| views::project(&grant, project)).collect();
        Ok(Page { items, next })
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
        let (grant, project) = own(tx, Permission::ViewShifts, self.project)?;
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
        let want = projects_of("by_client", self.client);
        // Whoever is limited needs two rounds after their rights: what they reach, and those projects.
        let book = Want::record::<RoleBook>(self.client);
        prefetch_page::<Project>(tx, &self.page, &want, [book])?;
        let grant = client_grant(tx, Permission::ViewShifts, Some(Place::client(self.client)))?;
        let view = |project: Project| views::client_project(&grant, project);
        let Reach::Selected(selection) = grant.reach() else {
            return page_of(tx, &self.page, want, view);
        };
        let keys =
            selection.projects.iter().map(|id| id.uuid()).chain(selection.sites.iter().map(|id| id.uuid()));
        let wants = keys.map(|key| Want::range::<ProjectPlace>("by_key", vec![key.to_string().into()], 0));
        let found = page_of_union(tx, &self.page, wants.collect(), |place: ProjectPlace| place.project)?;
        tx.prefetch(found.items.iter().map(Want::record::<Project>))?;
        let items: Run<Vec<_>> = found.items.iter().map(|id| Ok(view(tx.get(id)?))).collect();
        Ok(Page { items: items?, next: found.next })
    }
}
