//! Planning projects, reading them and their progress, naming them, and sharing them with their clients.

mod editing;
mod planning;
mod progress;
mod reading;
mod sharing;

pub use editing::RenameProject;
pub use planning::{AddSchedule, CreateProject, PlanningPlace};
pub use progress::{ClientProgress, GetMyProgress, GetProgress, MyProgress};
pub use reading::{GetMyProject, GetProject, ListMyProjects, ListProjects};
pub use sharing::{PublishTeam, SetProjectClient, SetSharing, Share, Unshare};

use crate::clients::model::Client;
use crate::codes::Code;
use crate::engine::{Refusal, Run, Tx};
use crate::values::ClientId;

/// The client that a project is to be for must be there.
fn existing(tx: &mut Tx, client: ClientId) -> Run<()> {
    if tx.exists::<Client>(client)? {
        Ok(())
    } else {
        Err(Refusal::new(Code::ClientUnknown).at("client").into())
    }
}
