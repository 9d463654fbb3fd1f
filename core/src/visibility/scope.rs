//! The client-side grant for a record that may not be there.

use uuid::Uuid;

use crate::access::{Grant, Permission, Scope, authorize};
use crate::engine::{Refusal, Run, Tx};
use crate::values::ClientId;

/// The client's grant for a record that belongs to `owner`.
///
/// For a record that does not exist the actor is checked in the same way, against a client that nobody belongs to:
/// so a stranger, a deactivated user and a switched-off portal get for any id the same answer by the same path.
pub fn client_grant(tx: &mut Tx, permission: Permission, owner: Option<ClientId>) -> Run<Grant> {
    let client = owner.unwrap_or(ClientId::new(Uuid::nil()));
    let grant = authorize(tx, permission, Scope::Client(client))?;
    if owner.is_some() { Ok(grant) } else { Err(Refusal::not_found().into()) }
}
