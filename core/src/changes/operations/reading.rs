//! Reading change requests, one and many, for each side.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::access::{
    Page, PageRequest, Permission, Place, Reach, Scope, Selection, authorize, page_of, page_of_union,
    prefetch_page,
};
use crate::changes::model::{ChangeRequest, ChangeState};
use crate::changes::views::{self, AgencyChangeView, ClientChangeView};
use crate::codes::Code;
use crate::engine::{Effect, Operation, Refusal, Run, Tx, Want};
use crate::projects::model::Project;
use crate::shifts::model::Shift;
use crate::values::{ChangeRequestId, ClientId, ProjectId, ShiftId, SiteId};
use crate::visibility::{client_grant, client_record};

/// One change request, as the client sees it.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GetMyChange {
    pub request: ChangeRequestId,
}

impl Operation for GetMyChange {
    const NAME: &'static str = "my_change_requests.get";
    const EFFECT: Effect = Effect::Query;
    type Reply = ClientChangeView;

    fn run(&self, tx: &mut Tx) -> Run<ClientChangeView> {
        tx.prefetch([Want::record::<ChangeRequest>(self.request)])?;
        let (grant, request) = client_record(tx, Permission::ViewShifts, self.request, ChangeRequest::place)?;
        Ok(views::client(&grant, request)?)
    }
}

/// Change requests of a client, of one of its projects or of one shift, newest first, as the client sees them.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListMyChanges {
    /// Give one of client, project and shift.
    #[serde(default)]
    pub client: Option<ClientId>,
    #[serde(default)]
    pub project: Option<ProjectId>,
    #[serde(default)]
    pub shift: Option<ShiftId>,
    #[serde(default)]
    pub page: PageRequest,
}

impl Operation for ListMyChanges {
    const NAME: &'static str = "my_change_requests.list";
    const EFFECT: Effect = Effect::Query;
    type Reply = Page<ClientChangeView>;

    fn run(&self, tx: &mut Tx) -> Run<Page<ClientChangeView>> {
        let want = self.range()?;
        let project = self.project.map(Want::record::<Project>);
        let shift = self.shift.map(Want::record::<Shift>);
        prefetch_page::<ChangeRequest>(tx, &self.page, &want, project.into_iter().chain(shift))?;
        let project = self.project.map_or(Ok(None), |id| tx.find::<Project>(id))?;
        let shift = self.shift.map_or(Ok(None), |id| tx.find::<Shift>(id))?;
        let sites = project.as_ref().map(Project::sites).unwrap_or_default();
        let place = match (self.project, self.shift) {
            (Some(_), _) => project.as_ref().and_then(|project| project.place(&sites)),
            (None, Some(_)) => shift.as_ref().and_then(Shift::place),
            (None, None) => self.client.map(Place::client),
        };
        let grant = client_grant(tx, Permission::ViewShifts, place)?;
        let view = |request: ChangeRequest| views::client(&grant, request);
        let Page { items, next } = match grant.reach() {
            // Whoever reaches the shift reaches what was asked of it there; an older request may be from another site.
            Reach::Selected(selection) => page_of_union(tx, &self.page, self.within(selection), view)?,
            Reach::Everything => page_of(tx, &self.page, want, view)?,
        };
        Ok(Page { items: items.into_iter().collect::<Result<_, Refusal>>()?, next })
    }
}

impl ListMyChanges {
    fn range(&self) -> Result<Want, Refusal> {
        match (self.client, self.project, self.shift) {
            (Some(client), None, None) => Ok(newest_first("by_client", vec![client.to_string()])),
            (None, Some(project), None) => Ok(newest_first("by_project", vec![project.to_string()])),
            (None, None, Some(shift)) => Ok(newest_first("by_shift", vec![shift.to_string()])),
            (None, None, None) => Err(Refusal::new(Code::FieldMissing).at("client")),
            (_, Some(_), _) => Err(one_of("project")),
            (Some(_), None, Some(_)) => Err(one_of("shift")),
        }
    }

    /// The ranges of somebody who is limited to selected projects and sites.
    fn within(&self, selection: &Selection) -> Vec<Want> {
        let at_site = |project: ProjectId, site: &SiteId| {
            newest_first("by_project_site", vec![project.to_string(), site.to_string()])
        };
        match (self.project, self.shift) {
            (Some(project), _) if selection.projects.contains(&project) => {
                vec![newest_first("by_project", vec![project.to_string()])]
            }
            (Some(project), _) => selection.sites.iter().map(|site| at_site(project, site)).collect(),
            (None, Some(shift)) => vec![newest_first("by_shift", vec![shift.to_string()])],
            (None, None) => selection.ranges(|index, key| newest_first(index, vec![key])).collect(),
        }
    }
}

/// One change request, as the agency sees it.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GetChange {
    pub request: ChangeRequestId,
}

impl Operation for GetChange {
    const NAME: &'static str = "change_requests.get";
    const EFFECT: Effect = Effect::Query;
    type Reply = AgencyChangeView;

    fn run(&self, tx: &mut Tx) -> Run<AgencyChangeView> {
        tx.prefetch([Want::record::<ChangeRequest>(self.request)])?;
        let grant = authorize(tx, Permission::ViewAgency, Scope::Agency)?;
        Ok(views::agency(&grant, tx.get(self.request)?)?)
    }
}

/// The agency's change requests in one state, or all of one shift, newest first. Without either, those to approve.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListChanges {
    #[serde(default)]
    pub state: Option<ChangeState>,
    /// Give a state or a shift, not both.
    #[serde(default)]
    pub shift: Option<ShiftId>,
    #[serde(default)]
    pub page: PageRequest,
}

impl Operation for ListChanges {
    const NAME: &'static str = "change_requests.list";
    const EFFECT: Effect = Effect::Query;
    type Reply = Page<AgencyChangeView>;

    fn run(&self, tx: &mut Tx) -> Run<Page<AgencyChangeView>> {
        let want = match (self.state, self.shift) {
            (Some(_), Some(_)) => return Err(one_of("shift").into()),
            (None, Some(shift)) => newest_first("by_shift", vec![shift.to_string()]),
            (state, None) => {
                let state = state.unwrap_or(ChangeState::Open);
                newest_first("by_state", vec![state.text().to_owned()])
            }
        };
        prefetch_page::<ChangeRequest>(tx, &self.page, &want, [])?;
        let grant = authorize(tx, Permission::ViewAgency, Scope::Agency)?;
        let Page { items, next } =
            page_of(tx, &self.page, want, |request: ChangeRequest| views::agency(&grant, request))?;
        Ok(Page { items: items.into_iter().collect::<Result<_, Refusal>>()?, next })
    }
}

fn one_of(path: &str) -> Refusal {
    Refusal::new(Code::NotOneOf).at(path).with("expected", "left out if another one is given")
}

fn newest_first(index: &'static str, keys: Vec<String>) -> Want {
    Want::range::<ChangeRequest>(index, keys.into_iter().map(Into::into).collect(), 0).newest_first()
}
