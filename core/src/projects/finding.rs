//! Finding a project for people at its client.

use super::model::Project;
use crate::access::{Grant, Permission};
use crate::engine::{Refusal, Run, Tx};
use crate::values::ProjectId;
use crate::visibility::client_grant;

/// A project of the actor's own client and within reach, with the same answer for all others as for none.
pub fn own(tx: &mut Tx, permission: Permission, id: ProjectId) -> Run<(Grant, Project)> {
    let project: Option<Project> = tx.find(id)?;
    let sites = project.as_ref().map(Project::sites).unwrap_or_default();
    let place = project.as_ref().and_then(|project| project.place(&sites));
    let grant = client_grant(tx, permission, place)?;
    project.map(|project| (grant, project)).ok_or_else(|| Refusal::not_found().into())
}
