//! What the agency does with clients and their sites; a client's people may read their own.

mod companies;
mod settings;
mod sharing;
mod sites;

pub use companies::{CreateClient, GetClient, ListClients, UpdateClient};
pub use settings::{OrderingChoice, SetAutoAccept, SetChanges, SetClientOrdering, SetCutoff};
pub use sharing::{ClientSharing, SetSharing};
pub use sites::{AddSite, NewSite, UpdateSite};

use super::events::ClientEvent;
use super::model::Client;
use super::views::{self, ClientView};
use crate::access::{Permission, Scope, authorize};
use crate::engine::{Run, Tx, Want};
use crate::values::ClientId;

/// Changes one client and writes the event, unless nothing differs.
fn change(
    tx: &mut Tx,
    id: ClientId,
    event: &ClientEvent,
    change: impl FnOnce(&mut Client),
) -> Run<ClientView> {
    tx.prefetch([Want::record::<Client>(id)])?;
    let grant = authorize(tx, Permission::ManageClients, Scope::Agency)?;
    let old: Client = tx.get(id)?;
    let mut client = old.clone();
    change(&mut client);
    if client != old {
        tx.put(&grant, &client)?;
        tx.emit(&grant, event)?;
    }
    Ok(views::client(&grant, &client))
}
