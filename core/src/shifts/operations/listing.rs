//! Pages of shifts in the order of their start. One load round, whatever the size of the page; a second one for a
//! project's shifts of which some are split, since the project tells whose policy holds.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::reading::{exposures, shown};
use crate::access::{
    Grant, Page, PageRequest, Permission, Place, Reach, Scope, Selection, authorize, page_of, page_of_union,
    prefetch_page,
};
use crate::agency::model::Agency;
use crate::branding::model::ExposureBook;
use crate::changes;
use crate::clients::model::Client;
use crate::codes::Code;
use crate::engine::{Effect, Operation, Refusal, Run, Tx, Want};
use crate::privacy::{Shown, log};
use crate::projects::model::Project;
use crate::shifts::model::Shift;
use crate::shifts::rules::{self, Terms};
use crate::shifts::views::{self, AgencyShiftView, ClientShiftView};
use crate::store::IndexValue;
use crate::values::{ClientId, Instant, ProjectId, SiteId};
use crate::visibility::client_grant;

/// Shifts of a client, of a project or of the whole agency, by start. For the agency.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListShifts {
    #[serde(default)]
    pub client: Option<ClientId>,
    /// Give a client or a project, not both.
    #[serde(default)]
    pub project: Option<ProjectId>,
    /// Shifts that start at this instant or later.
    #[serde(default)]
    pub from: Option<Instant>,
    /// Shifts that start before this instant.
    #[serde(default)]
    pub to: Option<Instant>,
    #[serde(default)]
    pub page: PageRequest,
}

impl Operation for ListShifts {
    const NAME: &'static str = "shifts.list";
    const EFFECT: Effect = Effect::Query;
    type Reply = Page<AgencyShiftView>;

    fn run(&self, tx: &mut Tx) -> Run<Page<AgencyShiftView>> {
        let want = range("by_owner", self.client, self.project, self.from, self.to)?;
        prefetch_page::<Shift>(tx, &self.page, &want, [])?;
        let grant = authorize(tx, Permission::ViewAgency, Scope::Agency)?;
        let now = tx.now();
        page_of(tx, &self.page, want, |shift: Shift| views::agency_shift(&grant, shift, now))
    }
}

/// Shifts of a client or of one of its projects, by start, as the client sees them.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListMyShifts {
    #[serde(default)]
    pub client: Option<ClientId>,
    /// Give a client or a project, not both.
    #[serde(default)]
    pub project: Option<ProjectId>,
    /// Shifts that start at this instant or later.
    #[serde(default)]
    pub from: Option<Instant>,
    /// Shifts that start before this instant.
    #[serde(default)]
    pub to: Option<Instant>,
    #[serde(default)]
    pub page: PageRequest,
}

impl Operation for ListMyShifts {
    const NAME: &'static str = "my_shifts.list";
    const EFFECT: Effect = Effect::Query;
    type Reply = Page<ClientShiftView>;

    fn run(&self, tx: &mut Tx) -> Run<Page<ClientShiftView>> {
        if self.client.is_none() && self.project.is_none() {
            return Err(Refusal::new(Code::FieldMissing).at("client").into());
        }
        let want = range("by_client", self.client, self.project, self.from, self.to)?;
        let agency = tx.context().agency;
        let named = [self.project.map(Want::record::<Project>), self.client.map(Want::record::<Client>)];
        let settings = [Want::record::<Agency>(agency), Want::record::<ExposureBook>(agency)];
        let others = named.into_iter().flatten().chain(settings).chain(log::want(tx));
        prefetch_page::<Shift>(tx, &self.page, &want, others)?;
        let project = self.project.map_or(Ok(None), |id| tx.find::<Project>(id))?;
        let sites = project.as_ref().map(Project::sites).unwrap_or_default();
        let place = match self.project {
            Some(_) => project.as_ref().and_then(|project| project.place(&sites)),
            None => self.client.map(Place::client),
        };
        let grant = client_grant(tx, Permission::ViewShifts, place)?;
        let (book, now) = (exposures(tx)?, tx.now());
        let mut seen = Shown::default();
        let mut view =
            |shift, terms: Option<&Terms>| shown(&grant, shift, terms, book.as_ref(), now, &mut seen);
        let page = if let Some(client) = self.client {
            // All of this is loaded already, so each shift is made into its view while it is at hand.
            let terms = changes::terms(tx, Some(client))?;
            self.page(tx, &grant, want, |shift| view(shift, Some(&terms)))?
        } else {
            let Page { items, next } = self.page(tx, &grant, want, |shift| shift)?;
            // All shifts of a page are of one client, whose policy decides over those that are split.
            let terms = match items.iter().find(|shift| !rules::is_atomic(shift)) {
                Some(shift) => Some(changes::terms(tx, shift.client)?),
                None => None,
            };
            Page { items: items.into_iter().map(|shift| view(shift, terms.as_ref())).collect(), next }
        };
        log::disclose(tx, &grant, Self::NAME, seen)?;
        Ok(page)
    }
}

impl ListMyShifts {
    /// The shifts that somebody reaches, each as `view` makes it.
    fn page<V>(&self, tx: &mut Tx, grant: &Grant, want: Want, view: impl FnMut(Shift) -> V) -> Run<Page<V>> {
        match grant.reach() {
            Reach::Selected(selection) => page_of_union(tx, &self.page, self.within(selection), view),
            Reach::Everything => page_of(tx, &self.page, want, view),
        }
    }

    /// The ranges of somebody who is limited to selected projects and sites.
    fn within(&self, selection: &Selection) -> Vec<Want> {
        let of = |index, equals| by_start(index, equals, self.from, self.to);
        match self.project {
            Some(project) if selection.projects.contains(&project) => {
                vec![of("by_project", vec![project.to_string().into()])]
            }
            Some(project) => {
                let keys = |site: &SiteId| vec![project.to_string().into(), site.to_string().into()];
                selection.sites.iter().map(|site| of("by_project_site", keys(site))).collect()
            }
            None => selection.ranges(|index, key| of(index_shown(index), vec![key.into()])).collect(),
        }
    }
}

/// The index in which what is not shared is not found.
fn index_shown(index: &'static str) -> &'static str {
    if index == "by_project" { "by_seen_in" } else { index }
}

pub(super) fn range(
    of_client: &'static str,
    client: Option<ClientId>,
    project: Option<ProjectId>,
    from: Option<Instant>,
    to: Option<Instant>,
) -> Result<Want, Refusal> {
    let (index, equals): (_, Vec<IndexValue>) = match (client, project) {
        (Some(client), None) => (of_client, vec![client.to_string().into()]),
        (None, Some(project)) => ("by_project", vec![project.to_string().into()]),
        (None, None) => ("by_start", Vec::new()),
        (Some(_), Some(_)) => {
            let refusal = Refusal::new(Code::NotOneOf).at("project");
            return Err(refusal.with("expected", "left out if a client is given"));
        }
    };
    Ok(by_start(index, equals, from, to))
}

fn by_start(
    index: &'static str,
    equals: Vec<IndexValue>,
    from: Option<Instant>,
    to: Option<Instant>,
) -> Want {
    let millis = |instant: Instant| instant.millis().into();
    Want::range::<Shift>(index, equals, 0).between(from.map(millis), to.map(millis))
}
