//! The one place that decides: may this actor do this, here, now?

use super::{Access, Gate, Grant, Permission, Principal, PrincipalSide, Scope};
use crate::codes::Code;
use crate::engine::{Actor, Context, Refusal, Run, Stop, Tx};
use crate::store::{Key, Read, Tenant};
use crate::values::ClientId;

/// What is loaded with every operation: the agency's gate and the actor's principal.
pub fn base_reads(context: &Context, tenant: &Tenant) -> Vec<Read> {
    let gate = Read::Point(Key::new(tenant, super::GATE.name, context.agency.to_string()));
    let person = match context.actor {
        Actor::Member { id } => id.uuid(),
        Actor::User { id } => id.uuid(),
        Actor::Operator | Actor::Guest => return vec![gate],
    };
    vec![gate, Read::Point(Key::new(tenant, super::PRINCIPAL.name, person.to_string()))]
}

/// The grant for a permission in a scope, or the refusal.
///
/// A client's person who has nothing to do with the client is told that nothing is there, with the same answer as
/// for an id that never existed. Who may see it but lacks the right is told so.
pub fn authorize(tx: &mut Tx, permission: Permission, scope: Scope) -> Run<Grant> {
    let actor = tx.context().actor;
    match actor {
        Actor::Operator => {
            known(tx)?;
            Ok(Grant::new(actor, Some(permission), scope, true))
        }
        Actor::Member { .. } => {
            let Principal { side: PrincipalSide::Member { role }, .. } = person(tx)? else {
                return Err(Refusal::new(Code::UnknownActor).into());
            };
            if role.allows(permission) {
                Ok(Grant::new(actor, Some(permission), scope, true))
            } else {
                Err(Refusal::new(Code::NotPermitted).into())
            }
        }
        Actor::User { .. } => {
            let Scope::Client(client) = scope else {
                return Err(Refusal::new(Code::WrongSide).into());
            };
            at_client(tx, permission, client)
        }
        Actor::Guest => Err(Refusal::new(Code::WrongSide).into()),
    }
}

fn at_client(tx: &mut Tx, permission: Permission, client: ClientId) -> Run<Grant> {
    let actor = tx.context().actor;
    let principal = user(tx)?;
    let PrincipalSide::User { clients } = principal.side else {
        return Err(Refusal::new(Code::UnknownActor).into());
    };
    let Some(standing) = clients.into_iter().find(|standing| standing.client == client) else {
        return Err(Refusal::not_found().into());
    };
    if standing.role.allows(permission) {
        let sees_prices = standing.role.allows(Permission::SeePrices);
        Ok(Grant::new(actor, Some(permission), Scope::Client(client), sees_prices))
    } else {
        Err(Refusal::new(Code::NotPermitted).into())
    }
}

/// The operator's own grant: for what no person may do, such as switching the portal.
pub fn operator(tx: &mut Tx) -> Run<Grant> {
    known(tx)?;
    founding(tx)
}

/// The operator's grant before there is an agency.
pub fn founding(tx: &mut Tx) -> Run<Grant> {
    match tx.context().actor {
        Actor::Operator => Ok(Grant::new(Actor::Operator, None, Scope::Agency, true)),
        Actor::Member { .. } | Actor::User { .. } | Actor::Guest => Err(Refusal::new(Code::WrongSide).into()),
    }
}

/// The grant of somebody who acts on their own account, such as changing a password or opening a link.
///
/// Guests pass: what they may do is bound to the secret that they show, which the operation checks.
pub fn signed_in(tx: &mut Tx) -> Run<Grant> {
    let actor = tx.context().actor;
    match actor {
        Actor::Operator => known(tx)?,
        Actor::Guest => portal_open(tx)?,
        Actor::Member { .. } | Actor::User { .. } => person(tx).map(|_| ())?,
    }
    Ok(Grant::new(actor, None, Scope::Agency, false))
}

/// The grant of somebody who has shown nothing but a secret, which the operation checks.
pub fn guest(tx: &mut Tx) -> Run<Grant> {
    match tx.context().actor {
        Actor::Guest => signed_in(tx),
        Actor::Operator | Actor::Member { .. } | Actor::User { .. } => {
            Err(Refusal::new(Code::WrongSide).into())
        }
    }
}

/// The grant of anybody who is in: the operator, a member, a user who need not change a password first.
pub fn present(tx: &mut Tx) -> Run<Grant> {
    let actor = tx.context().actor;
    match actor {
        Actor::Operator => known(tx)?,
        Actor::Member { .. } => person(tx).map(|_| ())?,
        Actor::User { .. } => user(tx).map(|_| ())?,
        Actor::Guest => return Err(Refusal::new(Code::WrongSide).into()),
    }
    Ok(Grant::new(actor, None, Scope::Agency, false))
}

/// The operator passes any gate, so that there is one is all that counts.
fn known(tx: &mut Tx) -> Run<()> {
    let agency = tx.context().agency;
    if tx.exists::<Gate>(agency)? { Ok(()) } else { Err(Refusal::new(Code::UnknownAgency).into()) }
}

fn gate(tx: &mut Tx) -> Run<Gate> {
    let agency = tx.context().agency;
    let gate: Option<Gate> = tx.find(agency)?;
    let gate = gate.ok_or_else(|| Stop::Refused(Refusal::new(Code::UnknownAgency)))?;
    Ok(gate)
}

fn portal_open(tx: &mut Tx) -> Run<()> {
    let gate = gate(tx)?;
    tx.prefer_locale(Some(gate.locale));
    if gate.portal { Ok(()) } else { Err(Refusal::new(Code::PortalOff).into()) }
}

fn person(tx: &mut Tx) -> Run<Principal> {
    let gate = gate(tx)?;
    let id = match tx.context().actor {
        Actor::Member { id } => id.uuid(),
        Actor::User { id } => id.uuid(),
        Actor::Operator | Actor::Guest => return Err(Refusal::new(Code::WrongSide).into()),
    };
    let principal: Option<Principal> = tx.find(id)?;
    let principal = principal.ok_or_else(|| Stop::Refused(Refusal::new(Code::UnknownActor)))?;
    tx.prefer_locale(principal.locale.or(Some(gate.locale)));
    let is_user = matches!(principal.side, PrincipalSide::User { .. });
    if is_user != matches!(tx.context().actor, Actor::User { .. }) {
        return Err(Refusal::new(Code::UnknownActor).into());
    }
    if is_user && !gate.portal {
        return Err(Refusal::new(Code::PortalOff).into());
    }
    match principal.access {
        Access::Active => Ok(principal),
        Access::Invited => Err(Refusal::new(Code::NotJoined).into()),
        Access::Deactivated => Err(Refusal::new(Code::AccessEnded).into()),
    }
}

/// A person at a client who has nothing to do first: a password that was given is changed before anything else.
fn user(tx: &mut Tx) -> Run<Principal> {
    let principal = person(tx)?;
    if principal.must_change_password {
        return Err(Refusal::new(Code::PasswordMustChange).into());
    }
    Ok(principal)
}

/// The key that signs this agency's cursors.
pub(super) fn cursor_key(tx: &mut Tx) -> Run<String> {
    gate(tx).map(|gate| gate.cursor_key)
}
