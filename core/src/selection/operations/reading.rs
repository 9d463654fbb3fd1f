//! Selections, as the agency and as the client sees them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::choosing::{own, workers};
use crate::access::{
    Page, PageRequest, Permission, Place, Reach, Scope, authorize, page_of, page_of_union, prefetch_page,
};
use crate::codes::Code;
use crate::engine::{Effect, Operation, Refusal, Run, Tx, Want};
use crate::privacy::{Shown, log};
use crate::selection::model::Selection;
use crate::selection::views::{self, ClientSelectionDetails, ClientSelectionView, SelectionView};
use crate::values::{ClientId, ProjectId, SelectionId};
use crate::visibility::client_grant;

/// Reads a selection with everybody who is proposed. For the agency.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GetSelection {
    pub selection: SelectionId,
}

impl Operation for GetSelection {
    const NAME: &'static str = "selections.get";
    const EFFECT: Effect = Effect::Query;
    type Reply = SelectionView;

    fn run(&self, tx: &mut Tx) -> Run<SelectionView> {
        tx.prefetch([Want::record::<Selection>(self.selection)])?;
        let grant = authorize(tx, Permission::ViewAgency, Scope::Agency)?;
        let selection: Selection = tx.get(self.selection)?;
        let now = tx.now();
        Ok(views::selection(&grant, &selection, now))
    }
}

/// Selections of a client, of a project or of all clients, newest first. For the agency.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListSelections {
    #[serde(default)]
    pub client: Option<ClientId>,
    /// Give a client or a project, not both.
    #[serde(default)]
    pub project: Option<ProjectId>,
    #[serde(default)]
    pub page: PageRequest,
}

impl Operation for ListSelections {
    const NAME: &'static str = "selections.list";
    const EFFECT: Effect = Effect::Query;
    type Reply = Page<SelectionView>;

    fn run(&self, tx: &mut Tx) -> Run<Page<SelectionView>> {
        let want = match (self.client, self.project) {
            (None, None) => newest("all", None),
            (Some(client), None) => newest("all_by_client", Some(client.to_string())),
            (None, Some(project)) => newest("all_by_project", Some(project.to_string())),
            (Some(_), Some(_)) => {
                let refusal = Refusal::new(Code::NotOneOf).at("project");
                return Err(refusal.with("expected", "left out if a client is given").into());
            }
        };
        prefetch_page::<Selection>(tx, &self.page, &want, [])?;
        let grant = authorize(tx, Permission::ViewAgency, Scope::Agency)?;
        let now = tx.now();
        page_of(tx, &self.page, want, |one: Selection| views::selection(&grant, &one, now))
    }
}

fn newest(index: &'static str, key: Option<String>) -> Want {
    Want::range::<Selection>(index, key.map(Into::into).into_iter().collect(), 0).newest_first()
}

/// Reads a selection that was offered to the client, with the workers to choose from.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GetMySelection {
    pub selection: SelectionId,
}

impl Operation for GetMySelection {
    const NAME: &'static str = "my_selections.get";
    const EFFECT: Effect = Effect::Query;
    type Reply = ClientSelectionDetails;

    fn run(&self, tx: &mut Tx) -> Run<ClientSelectionDetails> {
        let (grant, selection) = own(tx, self.selection)?;
        let now = tx.now();
        let shown = selection.shows_proposals(now);
        let workers = if shown { Some(workers(tx, &selection)?) } else { None };
        let mut seen = Shown::default();
        let view = views::client_details(&grant, &selection, workers.as_deref(), now, &mut seen);
        log::disclose(tx, &grant, Self::NAME, seen)?;
        Ok(view)
    }
}

/// The selections that were offered to a client, newest first.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListMySelections {
    pub client: ClientId,
    #[serde(default)]
    pub page: PageRequest,
}

impl Operation for ListMySelections {
    const NAME: &'static str = "my_selections.list";
    const EFFECT: Effect = Effect::Query;
    type Reply = Page<ClientSelectionView>;

    fn run(&self, tx: &mut Tx) -> Run<Page<ClientSelectionView>> {
        let want = newest("by_client", Some(self.client.to_string()));
        prefetch_page::<Selection>(tx, &self.page, &want, [])?;
        let grant = client_grant(tx, Permission::SelectStaff, Some(Place::client(self.client)))?;
        let now = tx.now();
        let view = |one: Selection| views::client_selection(&grant, &one, now);
        match grant.reach() {
            Reach::Everything => page_of(tx, &self.page, want, view),
            Reach::Selected(selection) => {
                let wants = selection.ranges(|index, key| newest(index, Some(key))).collect();
                page_of_union(tx, &self.page, wants, view)
            }
        }
    }
}
