//! Writing, reading and withdrawing messages, on each side.

mod reading;
mod threads;
mod writing;

pub use reading::{ListMessages, ListMyMessages, MarkMessagesRead, MarkMyMessagesRead, MessagesRead};
pub use threads::{GetMyThread, GetThread, SetManager};
pub use writing::{WithdrawMessage, WithdrawMyMessage, WriteMessage, WriteMyMessage};

use crate::access::{Grant, Permission, Scope, authorize};
use crate::engine::{Refusal, Run, Tx};
use crate::projects::model::Project;
use crate::values::ProjectId;
use crate::visibility::client_grant;

/// The project, for the agency's people.
fn ours(tx: &mut Tx, id: ProjectId, permission: Permission) -> Run<(Grant, Project)> {
    let grant = authorize(tx, permission, Scope::Agency)?;
    Ok((grant, tx.get(id)?))
}

/// A project of the actor's own client and within reach, with the same answer for all others as for none.
fn own(tx: &mut Tx, id: ProjectId, permission: Permission) -> Run<(Grant, Project)> {
    let project: Option<Project> = tx.find(id)?;
    let sites = project.as_ref().map(Project::sites).unwrap_or_default();
    let place = project.as_ref().and_then(|project| project.place(&sites));
    let grant = client_grant(tx, permission, place)?;
    project.map(|project| (grant, project)).ok_or_else(|| Refusal::not_found().into())
}
