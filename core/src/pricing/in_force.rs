//! The published lists that can decide for a client: which reads they take, and which of them says what.

use chrono::NaiveDate;

use super::fees::CancellationPolicy;
use super::list::{Level, PriceList};
use super::model::{PriceScope, PublishedList};
use crate::engine::{Run, Tx, Want};
use crate::values::{ClientId, ProjectId};

/// All scopes that a client's orders look at, the widest first.
fn scopes(client: ClientId, project: Option<ProjectId>) -> impl Iterator<Item = PriceScope> {
    let project = project.map(|project| PriceScope::Project { project });
    [PriceScope::Basic, PriceScope::Client { client }].into_iter().chain(project)
}

/// For [`Tx::prefetch`], before [`lists`].
pub fn wants(client: ClientId, project: Option<ProjectId>) -> impl Iterator<Item = Want> {
    scopes(client, project).map(PriceScope::versions)
}

/// Every version of every scope that may decide.
pub fn lists(tx: &mut Tx, client: ClientId, project: Option<ProjectId>) -> Run<Vec<PriceList>> {
    let mut lists = Vec::new();
    for scope in scopes(client, project) {
        lists.extend(tx.list::<PublishedList>(scope.versions())?.into_iter().map(|published| published.list));
    }
    Ok(lists)
}

/// The cancellation policy of the narrowest list in force on a day which has one.
pub fn cancellation(lists: &[PriceList], day: NaiveDate) -> Option<&CancellationPolicy> {
    let in_force = |level| {
        let of_level = lists.iter().filter(move |list| list.level == level && list.valid_from.date() <= day);
        of_level.max_by_key(|list| list.valid_from)
    };
    let narrowest_first = [Level::Project, Level::Client, Level::Basic].into_iter();
    narrowest_first.filter_map(in_force).find_map(|list| list.cancellation.as_ref())
}
