//! Ending the portal for a whole client at once, and giving it back.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::access::{Access, Grant, Permission, Principal, PrincipalSide, Scope, authorize};
use crate::clients::events::ClientEvent;
use crate::clients::model::{AccessStatus, Client, MOST_PEOPLE};
use crate::clients::views::{self, ClientView};
use crate::engine::{Effect, Operation, Run, Tx, Want};
use crate::users::model::{Membership, MembershipState, User};
use crate::values::ClientId;

/// Ends the portal for a client: all its people lose it in this one commit, its invitations and links end for good.
/// Nothing of the client is lost, and who belongs to other clients keeps those.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DeactivateAccess {
    pub client: ClientId,
}

impl Operation for DeactivateAccess {
    const NAME: &'static str = "clients.deactivate_access";
    const EFFECT: Effect = Effect::Command;
    type Reply = ClientView;

    fn run(&self, tx: &mut Tx) -> Run<ClientView> {
        let (grant, mut client, memberships) = people_of(tx, self.client)?;
        if client.access == AccessStatus::Deactivated {
            return Ok(views::client(&grant, &client));
        }
        tx.prefetch(memberships.iter().map(|one| Want::record::<Principal>(one.user)))?;
        let mut principals = Vec::with_capacity(memberships.len());
        for membership in &memberships {
            principals.push(tx.get::<Principal>(membership.user)?);
        }
        let people = memberships.iter().zip(&principals);
        let invited = people.filter(|(_, principal)| principal.access == Access::Invited);
        tx.prefetch(invited.map(|(one, _)| Want::record::<User>(one.user)))?;
        for (membership, principal) in memberships.into_iter().zip(principals) {
            suspend(tx, &grant, membership, principal)?;
        }
        let from = std::mem::replace(&mut client.access, AccessStatus::Deactivated);
        client.access_before = Some(from);
        client.access_epoch = client.access_epoch.saturating_add(1);
        client.link = None;
        tx.put(&grant, &client)?;
        let to = client.access;
        tx.emit(&grant, &ClientEvent::AccessChanged { client: client.id, from, to })?;
        Ok(views::client(&grant, &client))
    }
}

/// Moves what somebody may do at the client out of the principal: from this commit on it decides nothing.
fn suspend(tx: &mut Tx, grant: &Grant, mut membership: Membership, mut principal: Principal) -> Run<()> {
    let is_invited = principal.access == Access::Invited;
    let PrincipalSide::User { clients } = &mut principal.side else { return Ok(()) };
    let Some(at) = clients.iter().position(|one| one.client == membership.client) else { return Ok(()) };
    membership.state = MembershipState::Suspended { held: clients.remove(at) };
    let is_nowhere = clients.is_empty();
    tx.put(grant, &principal)?;
    tx.put(grant, &membership)?;
    if is_invited && is_nowhere {
        let mut user: User = tx.get(membership.user)?;
        user.link = None;
        tx.put(grant, &user)?;
    }
    Ok(())
}

/// Gives a client its portal back: everybody who belonged to it may do there what they could before. Invitations and
/// links of before stay ended.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReactivateAccess {
    pub client: ClientId,
}

impl Operation for ReactivateAccess {
    const NAME: &'static str = "clients.reactivate_access";
    const EFFECT: Effect = Effect::Command;
    type Reply = ClientView;

    fn run(&self, tx: &mut Tx) -> Run<ClientView> {
        let (grant, mut client, memberships) = people_of(tx, self.client)?;
        if client.access != AccessStatus::Deactivated {
            return Ok(views::client(&grant, &client));
        }
        tx.prefetch(memberships.iter().map(|one| Want::record::<Principal>(one.user)))?;
        for mut membership in memberships {
            let MembershipState::Suspended { held } = std::mem::take(&mut membership.state) else { continue };
            let mut principal: Principal = tx.get(membership.user)?;
            if let PrincipalSide::User { clients } = &mut principal.side {
                clients.push(held);
            }
            tx.put(&grant, &principal)?;
            tx.put(&grant, &membership)?;
        }
        client.access = client.access_before.take().unwrap_or(AccessStatus::NoAccess);
        tx.put(&grant, &client)?;
        let (from, to) = (AccessStatus::Deactivated, client.access);
        tx.emit(&grant, &ClientEvent::AccessChanged { client: client.id, from, to })?;
        Ok(views::client(&grant, &client))
    }
}

fn people_of(tx: &mut Tx, client: ClientId) -> Run<(Grant, Client, Vec<Membership>)> {
    let people = Want::range::<Membership>("by_client", vec![client.to_string().into()], MOST_PEOPLE);
    tx.prefetch([Want::record::<Client>(client), people.clone()])?;
    let grant = authorize(tx, Permission::ManageUsers, Scope::Agency)?;
    Ok((grant, tx.get(client)?, tx.list(people)?))
}
