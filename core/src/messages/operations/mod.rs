//! Writing, reading and withdrawing messages, on each side.

mod reading;
mod threads;
mod writing;

pub use reading::{ListMessages, ListMyMessages, MarkMessagesRead, MarkMyMessagesRead, MessagesRead};
pub use threads::{GetMyThread, GetThread, SetManager};
pub use writing::{WithdrawMessage, WithdrawMyMessage, WriteMessage, WriteMyMessage};

use crate::access::{Grant, Permission, Scope, authorize};
use crate::engine::{Run, Tx};
use crate::projects::model::Project;
use crate::values::ProjectId;

/// The project, for the agency's people.
fn ours(tx: &mut Tx, id: ProjectId, permission: Permission) -> Run<(Grant, Project)> {
    let grant = authorize(tx, permission, Scope::Agency)?;
    Ok((grant, tx.get(id)?))
}
