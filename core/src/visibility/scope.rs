//! The client-side grant for a record that may not be there, and the record with it.

use uuid::Uuid;

use crate::access::{Grant, Permission, Place, authorize_at};
use crate::engine::{Record, Refusal, Run, Tx};
use crate::values::ClientId;

/// The client's grant for a record at this place.
///
/// For a record that does not exist the actor is checked in the same way, against a client that nobody belongs to:
/// so a stranger, a deactivated user and a switched-off portal get for any id the same answer by the same path.
pub fn client_grant(tx: &mut Tx, permission: Permission, place: Option<Place>) -> Run<Grant> {
    let grant = authorize_at(tx, permission, &place.unwrap_or(Place::client(ClientId::new(Uuid::nil()))))?;
    if place.is_some() { Ok(grant) } else { Err(Refusal::not_found().into()) }
}

/// A record of the actor's own client and within reach, with the same answer for all others as for none. `place` is
/// where it is for the client's people, if it is there for them at all.
pub fn client_record<T: Record>(
    tx: &mut Tx,
    permission: Permission,
    id: impl ToString,
    place: impl for<'a> Fn(&'a T) -> Option<Place<'a>>,
) -> Run<(Grant, T)> {
    let record: Option<T> = tx.find(id)?;
    let grant = client_grant(tx, permission, record.as_ref().and_then(place))?;
    record.map(|record| (grant, record)).ok_or_else(|| Refusal::not_found().into())
}
