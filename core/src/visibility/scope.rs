//! The client-side grant for a record that may not be there.

use uuid::Uuid;

use crate::access::{Grant, Permission, Place, authorize_at};
use crate::engine::{Refusal, Run, Tx};
use crate::values::ClientId;

/// The client's grant for a record at this place.
///
/// For a record that does not exist the actor is checked in the same way, against a client that nobody belongs to:
/// so a stranger, a deactivated user and a switched-off portal get for any id the same answer by the same path.
pub fn client_grant(tx: &mut Tx, permission: Permission, place: Option<Place>) -> Run<Grant> {
    let grant = authorize_at(tx, permission, &place.unwrap_or(Place::client(ClientId::new(Uuid::nil()))))?;
    if place.is_some() { Ok(grant) } else { Err(Refusal::not_found().into()) }
}
