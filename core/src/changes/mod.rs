//! What a client wants changed of an accepted shift: asked for, previewed with its price and fee, approved or declined.

pub mod apply;
pub mod events;
pub mod fields;
pub mod figures;
pub mod model;
pub mod notify;
pub mod operations;
pub mod rules;
pub mod views;

use crate::access::Grant;
use crate::agency::model::Agency;
use crate::clients::model::Client;
use crate::engine::{Run, Tx, Want};
use crate::shifts::model::Shift;
use crate::shifts::rules::Terms;
use crate::values::ClientId;
use model::ChangeRequest;
use rules::ChangeAction;

/// The agency's policy and contact as they hold for this client.
pub fn terms(tx: &mut Tx, client: Option<ClientId>) -> Run<Terms> {
    let agency = tx.context().agency;
    tx.prefetch([Want::record::<Agency>(agency)].into_iter().chain(client.map(Want::record::<Client>)))?;
    let client: Option<Client> = client.map_or(Ok(None), |client| tx.find(client))?;
    let agency: Agency = tx.get(agency)?;
    Ok(Terms::of(&agency, client.as_ref()))
}

/// The shift is called off by the agency: what the client still wanted of it is overtaken. The caller writes the shift.
pub fn overtaken(tx: &mut Tx, grant: &Grant, shift: &mut Shift) -> Run<()> {
    let Some(id) = shift.open_change.take() else { return Ok(()) };
    let client = shift.client.map(Want::record::<Client>);
    tx.prefetch([Want::record::<ChangeRequest>(id)].into_iter().chain(client))?;
    let mut request: ChangeRequest = tx.get(id)?;
    let client: Client = tx.get(request.client)?;
    // The shift's own purchase order, for which the caller asked already.
    tx.prefetch(request.order_want())?;
    apply::end(tx, grant, &mut request, &client, ChangeAction::Supersede)
}
