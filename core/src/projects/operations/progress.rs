//! Progress: the sums over all shifts of a project or a client in one answer, and the shifts themselves in pages.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::access::{
    Grant, Page, PageRequest, Permission, Place, Reach, Scope, Selection, authorize, page_of, page_of_union,
    prefetch_page,
};
use crate::clients::model::Client;
use crate::codes::Code;
use crate::engine::{Effect, Operation, Refusal, Run, Tx, Want};
use crate::projects::carrying::shifts_of;
use crate::projects::finding::own;
use crate::projects::model::Project;
use crate::projects::views::{self, ClientProgressView, ProjectProgressView, ShiftProgressView};
use crate::shifts::figures::{self, Figures};
use crate::shifts::model::Shift;
use crate::shifts::rules::Progress;
use crate::store::IndexValue;
use crate::values::{ClientId, Instant, ProjectId, SiteId};
use crate::visibility::client_grant;

/// Shifts that a client's progress counts in one answer.
const MOST_COUNTED: u32 = 10_000;

/// How far a project is, in figures that equal counting its shifts. The sums are over all of them; they themselves come
/// in pages, by start. For the agency.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GetProgress {
    pub project: ProjectId,
    #[serde(default)]
    pub page: PageRequest,
}

impl Operation for GetProgress {
    const NAME: &'static str = "projects.progress";
    const EFFECT: Effect = Effect::Query;
    type Reply = ProjectProgressView;

    fn run(&self, tx: &mut Tx) -> Run<ProjectProgressView> {
        let (all, project) = (shifts_of(self.project), Want::record::<Project>(self.project));
        prefetch_page::<Shift>(tx, &self.page, &all, [all.clone(), project])?;
        let grant = authorize(tx, Permission::ViewAgency, Scope::Agency)?;
        let project: Project = tx.get(self.project)?;
        of_project(tx, &grant, &project, vec![all], &self.page)
    }
}

/// How far a project of the client is, in figures that equal counting its shifts. The sums are over all of them; they
/// themselves come in pages, by start.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GetMyProgress {
    pub project: ProjectId,
    #[serde(default)]
    pub page: PageRequest,
}

impl Operation for GetMyProgress {
    const NAME: &'static str = "my_projects.progress";
    const EFFECT: Effect = Effect::Query;
    type Reply = ProjectProgressView;

    fn run(&self, tx: &mut Tx) -> Run<ProjectProgressView> {
        let (all, project) = (shifts_of(self.project), Want::record::<Project>(self.project));
        prefetch_page::<Shift>(tx, &self.page, &all, [all.clone(), project])?;
        let (grant, project) = own(tx, Permission::ViewShifts, self.project)?;
        let project = views::within_reach(&grant, project);
        let ranges = match grant.reach() {
            Reach::Selected(selection) if !selection.projects.contains(&project.id) => {
                let keys = |site: &SiteId| vec![project.id.to_string().into(), site.to_string().into()];
                let range = |site| Want::range::<Shift>("by_project_site", keys(site), MOST_COUNTED);
                selection.sites.iter().map(range).collect()
            }
            Reach::Selected(_) | Reach::Everything => vec![all],
        };
        of_project(tx, &grant, &project, ranges, &self.page)
    }
}

fn of_project(
    tx: &mut Tx,
    grant: &Grant,
    project: &Project,
    ranges: Vec<Want>,
    page: &PageRequest,
) -> Run<ProjectProgressView> {
    // Asked for here and waited for with the page, so that both come in one round.
    let _ = tx.prefetch(ranges.iter().cloned());
    let shifts = shifts(tx, grant, ranges.clone(), page)?;
    let sums = sum(tx, grant, &ranges, |one| one.schedule)?;
    Ok(views::project_progress(grant, project, &sums.of, sums.total, shifts))
}

/// Sums by some part of the whole, and over all of it.
struct Sums<K> {
    of: BTreeMap<K, Progress>,
    total: Progress,
    /// Whether a range was longer than it may be.
    is_cut: bool,
}

/// Adds up the figures of these ranges, each shift once.
fn sum<K: Ord>(tx: &mut Tx, grant: &Grant, ranges: &[Want], key: impl Fn(&Figures) -> K) -> Run<Sums<K>> {
    tx.prefetch(ranges.iter().cloned())?;
    let mut sums = Sums { of: BTreeMap::new(), total: Progress::default(), is_cut: false };
    let mut seen = BTreeSet::new();
    let overlap = ranges.len() > 1;
    for range in ranges {
        let rows = figures::count(tx, grant, range.clone(), |one| {
            if overlap && !seen.insert(one.shift) {
                return;
            }
            let part = sums.of.entry(key(&one)).or_default();
            *part = part.plus(one.progress);
            sums.total = sums.total.plus(one.progress);
        })?;
        sums.is_cut |= rows > MOST_COUNTED as usize;
    }
    Ok(sums)
}

/// One page of the shifts themselves.
fn shifts(tx: &mut Tx, grant: &Grant, ranges: Vec<Want>, page: &PageRequest) -> Run<Page<ShiftProgressView>> {
    let now = tx.now();
    let view = |shift: Shift| views::shift_progress(grant, &shift, now);
    match <[Want; 1]>::try_from(ranges) {
        Ok([range]) => page_of(tx, page, range, view),
        Err(ranges) => page_of_union(tx, page, ranges, view),
    }
}

/// How far all of a client's shifts are that start in a time. For the agency.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClientProgress {
    pub client: ClientId,
    /// Shifts that start at this instant or later.
    pub from: Instant,
    /// Shifts that start before this instant. More than 10,000 are refused: narrow the time.
    pub to: Instant,
    #[serde(default)]
    pub page: PageRequest,
}

impl Operation for ClientProgress {
    const NAME: &'static str = "clients.progress";
    const EFFECT: Effect = Effect::Query;
    type Reply = ClientProgressView;

    fn run(&self, tx: &mut Tx) -> Run<ClientProgressView> {
        let asked = Asked { client: self.client, from: self.from, to: self.to, page: &self.page };
        let all = asked.all()?;
        let client = Want::record::<Client>(self.client);
        prefetch_page::<Shift>(tx, &self.page, &all, [all.clone(), client])?;
        let grant = authorize(tx, Permission::ViewAgency, Scope::Agency)?;
        tx.get::<Client>(self.client)?;
        asked.answer(tx, &grant, vec![all])
    }
}

/// How far all of the client's shifts are that start in a time, those within the reader's reach.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MyProgress {
    pub client: ClientId,
    /// Shifts that start at this instant or later.
    pub from: Instant,
    /// Shifts that start before this instant. More than 10,000 are refused: narrow the time.
    pub to: Instant,
    #[serde(default)]
    pub page: PageRequest,
}

impl Operation for MyProgress {
    const NAME: &'static str = "my_shifts.progress";
    const EFFECT: Effect = Effect::Query;
    type Reply = ClientProgressView;

    fn run(&self, tx: &mut Tx) -> Run<ClientProgressView> {
        let asked = Asked { client: self.client, from: self.from, to: self.to, page: &self.page };
        let all = asked.all()?;
        prefetch_page::<Shift>(tx, &self.page, &all, [all.clone()])?;
        let grant = client_grant(tx, Permission::ViewShifts, Some(Place::client(self.client)))?;
        let ranges = match grant.reach() {
            Reach::Selected(selection) => asked.within(selection),
            Reach::Everything => vec![all],
        };
        asked.answer(tx, &grant, ranges)
    }
}

/// What is asked of a client, for either side.
struct Asked<'a> {
    client: ClientId,
    from: Instant,
    to: Instant,
    page: &'a PageRequest,
}

impl Asked<'_> {
    fn all(&self) -> Result<Want, Refusal> {
        if self.to <= self.from {
            return Err(Refusal::new(Code::EndBeforeStart).at("to"));
        }
        Ok(self.range("by_client", self.client.to_string().into()))
    }

    fn range(&self, index: &'static str, key: IndexValue) -> Want {
        // One more than is counted tells whether there are too many.
        let (from, to) = (self.from.millis().into(), self.to.millis().into());
        Want::range::<Shift>(index, vec![key], MOST_COUNTED + 1).between(Some(from), Some(to))
    }

    /// The ranges of somebody who is limited to selected projects and sites; the union may overlap.
    fn within(&self, selection: &Selection) -> Vec<Want> {
        selection.ranges(|index, key| self.range(index, key.into())).collect()
    }

    fn answer(&self, tx: &mut Tx, grant: &Grant, ranges: Vec<Want>) -> Run<ClientProgressView> {
        let _ = tx.prefetch(ranges.iter().cloned());
        let shifts = shifts(tx, grant, ranges.clone(), self.page)?;
        let sums = sum(tx, grant, &ranges, |one| one.project)?;
        if sums.is_cut {
            return Err(Refusal::new(Code::TooMany).at("to").with("expected", MOST_COUNTED).into());
        }
        Ok(views::client_progress(grant, self.client, &sums.of, sums.total, shifts))
    }
}
