//! The one place that decides: may this actor do this, here, now?

use super::actors::{known, member, member_rights, person, portal_open, user};
use super::{
    Access, ClientAccess, ClientRole, Grant, Permission, Permissions, Place, Principal, PrincipalSide, Reach,
    Rights, RoleBook, Rule, Scope, Share, Side,
};
use crate::codes::Code;
use crate::engine::{Actor, Refusal, Run, Tx, Want};
use crate::values::{ClientId, UserId};

/// The grant for a permission in a scope, or the refusal.
///
/// A client's person who has nothing to do with the client is told that nothing is there, with the same answer as
/// for an id that never existed. Who may see it but lacks the right is told so.
pub fn authorize(tx: &mut Tx, permission: Permission, scope: Scope) -> Run<Grant> {
    match scope {
        Scope::Client(client) => authorize_at(tx, permission, &Place::client(client)),
        Scope::Agency => {
            let rights = actor_rights(tx, |_| false)?;
            let decision = rights.decide_at_agency(permission);
            match decision.code {
                None => Ok(grant(tx.context().actor, permission, scope, &rights, None)),
                Some(code) => Err(Refusal::new(code).into()),
            }
        }
    }
}

/// The same for something at a place of a client, which may be out of the actor's reach.
pub fn authorize_at(tx: &mut Tx, permission: Permission, place: &Place) -> Run<Grant> {
    let rights = actor_rights(tx, |one| one.client == place.client)?;
    let decision = rights.decide(permission, place);
    match (decision.code, decision.rule) {
        (None, _) => {
            Ok(grant(tx.context().actor, permission, Scope::Client(place.client), &rights, Some(place)))
        }
        (Some(_), Rule::NotTheirClient | Rule::OutOfReach) => Err(Refusal::not_found().into()),
        (Some(code), _) => Err(Refusal::new(code).into()),
    }
}

fn grant(
    actor: Actor,
    permission: Permission,
    scope: Scope,
    rights: &Rights,
    place: Option<&Place>,
) -> Grant {
    const EVERYTHING: Permissions = Permissions::all_of(Side::Agency).with(Permissions::all_of(Side::Client));
    let standing = place.and_then(|place| rights.at(place.client));
    let (held, reach) = match (rights, standing) {
        (Rights::Operator, _) => (EVERYTHING, Reach::Everything),
        (Rights::Member(permissions), _) => (*permissions, Reach::Everything),
        (Rights::User { .. }, Some(standing)) => (standing.permissions, standing.reach.clone()),
        (Rights::User { .. }, None) => (Permissions::NONE, Reach::default()),
    };
    Grant::new(actor, Some(permission), scope, held, reach)
}

/// The rights of whoever acts, after the checks that come before any: of a user, those at the clients that are wanted.
fn actor_rights(tx: &mut Tx, wanted: impl Fn(&ClientAccess) -> bool) -> Run<Rights> {
    let principal = match tx.context().actor {
        Actor::Operator => {
            known(tx)?;
            return Ok(Rights::Operator);
        }
        Actor::Member { id } => member(tx, id)?,
        Actor::User { .. } | Actor::Impersonated { .. } | Actor::Preview { .. } => user(tx)?,
        Actor::Holder { .. } | Actor::Guest => return Err(Refusal::new(Code::WrongSide).into()),
    };
    principal_rights(tx, &principal, wanted)
}

fn principal_rights(
    tx: &mut Tx,
    principal: &Principal,
    wanted: impl Fn(&ClientAccess) -> bool,
) -> Run<Rights> {
    match principal.side {
        PrincipalSide::Member { .. } => member_rights(tx, principal),
        PrincipalSide::User { .. } => user_rights(tx, principal, wanted),
    }
}

/// The rights at the clients that are asked for. Roles that a client made are in its own book, which is read if needed.
fn user_rights(tx: &mut Tx, principal: &Principal, wanted: impl Fn(&ClientAccess) -> bool) -> Run<Rights> {
    let agency = tx.context().agency;
    let PrincipalSide::User { clients } = &principal.side else {
        return Err(Refusal::new(Code::UnknownActor).into());
    };
    // Of several clients, all books come in one round.
    let mut books = Vec::new();
    for one in clients.iter().filter(|one| wanted(one) && one.role.permissions(None).is_none()) {
        let ours: Option<RoleBook> = tx.find(agency)?;
        if one.role.permissions(ours.as_ref()).is_none() {
            books.push(Want::record::<RoleBook>(one.client));
        }
    }
    tx.prefetch(books)?;
    let mut found = Vec::new();
    for one in clients.iter().filter(|one| wanted(one)) {
        let permissions = role_permissions(tx, one.client, one.role)?;
        found.push((one.clone(), permissions.unwrap_or(Permissions::NONE)));
    }
    Ok(Rights::of_user(UserId::new(principal.id), found))
}

/// What a role holds at a client: one that is always there, one of the agency's, or one of the client's own.
///
/// A book is read for a role that was made only: most people have one that is always there.
pub(super) fn role_permissions(tx: &mut Tx, client: ClientId, role: ClientRole) -> Run<Option<Permissions>> {
    let mut permissions = role.permissions(None);
    for owner in [tx.context().agency.uuid(), client.uuid()] {
        if permissions.is_none() {
            let book: Option<RoleBook> = tx.find(owner)?;
            permissions = role.permissions(book.as_ref());
        }
    }
    Ok(permissions)
}

/// The actor's rights, all of them: for answering what they may do.
pub fn standing(tx: &mut Tx) -> Run<(Grant, Rights)> {
    let rights = actor_rights(tx, |_| true)?;
    Ok((without_permission(tx.context().actor), rights))
}

/// The rights of somebody else, all of them: for answering what they may do.
pub fn rights_of(tx: &mut Tx, _: &Grant, principal: &Principal) -> Run<Rights> {
    principal_rights(tx, principal, |_| true)
}

/// Whether somebody who did something earlier would be allowed it now: an invitation is no better than its maker.
///
/// Their principal should be among what the operation prefetched.
pub fn still_may(tx: &mut Tx, actor: Actor, permission: Permission, place: &Place) -> Run<bool> {
    let id = match actor {
        Actor::Operator => return Ok(true),
        Actor::Member { .. } | Actor::User { .. } => actor.person(),
        Actor::Impersonated { .. } | Actor::Preview { .. } | Actor::Holder { .. } | Actor::Guest => None,
    };
    let Some(id) = id else { return Ok(false) };
    let principal: Option<Principal> = tx.find(id)?;
    let Some(principal) = principal.filter(|principal| principal.access == Access::Active) else {
        return Ok(false);
    };
    let rights = principal_rights(tx, &principal, |one| one.client == place.client)?;
    Ok(rights.decide(permission, place).is_allowed())
}

/// The operator's own grant: for what no person may do, such as switching the portal.
pub fn operator(tx: &mut Tx) -> Run<Grant> {
    known(tx)?;
    founding(tx)
}

/// The operator's own grant while the portal is on: for letting somebody in.
pub fn operator_while_open(tx: &mut Tx) -> Run<Grant> {
    portal_open(tx)?;
    founding(tx)
}

/// The operator's grant before there is an agency.
pub fn founding(tx: &mut Tx) -> Run<Grant> {
    match tx.context().actor {
        Actor::Operator => Ok(without_permission(Actor::Operator)),
        _ => Err(Refusal::new(Code::WrongSide).into()),
    }
}

fn without_permission(actor: Actor) -> Grant {
    Grant::new(actor, None, Scope::Agency, Permissions::NONE, Reach::default())
}

/// The grant of somebody who acts on their own account, such as changing a password or opening a link.
///
/// Guests pass: what they may do is bound to the secret that they show, which the operation checks. Nobody does this
/// in another's place.
pub fn signed_in(tx: &mut Tx) -> Run<Grant> {
    let actor = tx.context().actor;
    match actor {
        Actor::Operator => known(tx)?,
        Actor::Guest => portal_open(tx)?,
        Actor::Member { id } => member(tx, id).map(|_| ())?,
        Actor::User { .. } | Actor::Preview { .. } => person(tx).map(|_| ())?,
        Actor::Impersonated { .. } => {
            person(tx)?;
            return Err(Refusal::new(Code::NotInAnothersPlace).into());
        }
        Actor::Holder { .. } => return Err(Refusal::new(Code::WrongSide).into()),
    }
    Ok(without_permission(actor))
}

/// The grant of somebody who has shown nothing but a secret, which the operation checks.
pub fn guest(tx: &mut Tx) -> Run<Grant> {
    match tx.context().actor {
        Actor::Guest => signed_in(tx),
        _ => Err(Refusal::new(Code::WrongSide).into()),
    }
}

/// The grant of anybody who is in: the operator, a member, a user who need not change a password first.
pub fn present(tx: &mut Tx) -> Run<Grant> {
    let actor = tx.context().actor;
    match actor {
        Actor::Operator => known(tx)?,
        Actor::Member { id } => member(tx, id).map(|_| ())?,
        Actor::User { .. } | Actor::Impersonated { .. } | Actor::Preview { .. } => user(tx).map(|_| ())?,
        Actor::Holder { .. } | Actor::Guest => return Err(Refusal::new(Code::WrongSide).into()),
    }
    Ok(without_permission(actor))
}

/// What the holder of a link may see, while the link is good. Whatever is wrong with it, it is not there.
pub fn shared(tx: &mut Tx) -> Run<(Grant, Share)> {
    let Actor::Holder { link } = tx.context().actor else {
        return Err(Refusal::new(Code::WrongSide).into());
    };
    portal_open(tx)?;
    let share: Option<Share> = tx.find(link)?;
    let now = tx.now();
    let share = share.filter(|share| share.is_open(now)).ok_or_else(|| Refusal::new(Code::LinkInvalid))?;
    Ok((without_permission(Actor::Holder { link }), share))
}
