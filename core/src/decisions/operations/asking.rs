//! Who asks, about whom, and whether they may.

use crate::access::{
    Gate, Grant, Impersonation, Permission, Principal, PrincipalSide, Rights, Scope, authorize, rights_of,
    standing,
};
use crate::codes::Code;
use crate::decisions::questions::AccessSubject;
use crate::decisions::subject::{Subject, held_up};
use crate::engine::{Actor, Refusal, Run, Tx, Want};
use uuid::Uuid;

const fn id(subject: AccessSubject) -> Uuid {
    match subject {
        AccessSubject::Member { id } => id.uuid(),
        AccessSubject::User { id } => id.uuid(),
    }
}

pub(super) fn wants(subject: Option<AccessSubject>) -> Option<Want> {
    subject.map(|subject| Want::record::<Principal>(id(subject)))
}

/// The subject of the questions, if the actor may ask about them. Everybody may ask for themself.
pub(super) fn subject(tx: &mut Tx, about: Option<AccessSubject>) -> Run<(Grant, Subject)> {
    let (grant, rights) = standing(tx)?;
    let actor = tx.context().actor;
    let about = about.filter(|about| match about {
        AccessSubject::Member { id } => actor != (Actor::Member { id: *id }),
        AccessSubject::User { id } => actor.user() != Some(*id),
    });
    let Some(about) = about else {
        let reads_only = reads_only(tx, actor)?;
        return Ok((grant, Subject::of_actor(rights, reads_only)));
    };
    let principal: Option<Principal> = tx.find(id(about))?;
    let is_user = matches!(about, AccessSubject::User { .. });
    let on_side = |one: &Principal| is_user == matches!(one.side, PrincipalSide::User { .. });
    let principal = principal.filter(on_side);
    let asker = match rights {
        Rights::User { .. } => Some(rights),
        Rights::Operator | Rights::Member(_) => None,
    };
    let principal = match &asker {
        None => {
            let needed = if is_user { Permission::ManageUsers } else { Permission::ManageMembers };
            authorize(tx, needed, Scope::Agency)?;
            principal
        }
        Some(asker) => managed(asker, principal)?,
    };
    let principal = principal.ok_or_else(Refusal::not_found)?;
    let portal_on = !is_user || tx.find::<Gate>(tx.context().agency)?.is_some_and(|gate| gate.portal);
    let rights = rights_of(tx, &grant, &principal)?;
    let held_up = held_up(&principal, portal_on);
    Ok((grant, Subject { rights, held_up, reads_only: false, hears_why: asker.is_none(), bounds: asker }))
}

/// A client's person hears of those whom they manage; everybody else is not there.
fn managed(asker: &Rights, principal: Option<Principal>) -> Result<Option<Principal>, Refusal> {
    let Rights::User { standings, .. } = asker else { return Ok(None) };
    let manages = |client| {
        standings.iter().any(|own| own.client == client && own.permissions.holds(Permission::ManagePeople))
    };
    if !standings.iter().any(|own| own.permissions.holds(Permission::ManagePeople)) {
        return Err(Refusal::new(Code::NotPermitted));
    }
    Ok(principal.filter(|principal| match &principal.side {
        PrincipalSide::User { clients } => clients.iter().any(|one| manages(one.client)),
        PrincipalSide::Member { .. } => false,
    }))
}

fn reads_only(tx: &mut Tx, actor: Actor) -> Run<bool> {
    let Actor::Impersonated { session, .. } = actor else { return Ok(false) };
    Ok(tx.find::<Impersonation>(session)?.is_none_or(|session| session.read_only))
}
