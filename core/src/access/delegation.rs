//! Giving rights: nobody gives more than they hold, or where they do not hold it, or to themselves.

use super::authorize::role_permissions;
use super::{
    Access, ClientAccess, ClientRole, Grant, MemberRole, Permission, Permissions, Principal, PrincipalSide,
    Reach, RoleBook, Scope, Side, authorize,
};
use crate::codes::Code;
use crate::engine::{Actor, Refusal, Run, Tx, Want};
use crate::values::ClientId;

/// What a check of a role at this client reads: the books in which it may be.
pub fn role_wants(tx: &Tx, client: ClientId) -> [Want; 2] {
    [Want::record::<RoleBook>(tx.context().agency), Want::record::<RoleBook>(client)]
}

/// The grant for giving this role with this reach at this client.
///
/// The agency's people give what they see fit to people at clients; people at a client give what they hold
/// themselves, where they hold it.
pub fn giving(tx: &mut Tx, client: ClientId, role: ClientRole, reach: &Reach) -> Run<Grant> {
    let grant = managing(tx, client)?;
    let permissions = permissions_of(tx, client, role)?;
    if grant.is_client_side() {
        within_own(&grant, permissions, reach)?;
    }
    Ok(grant)
}

/// The grant for managing people at a client, whatever for: the agency's people with the right, or the client's own.
pub fn managing(tx: &mut Tx, client: ClientId) -> Run<Grant> {
    if tx.context().actor.user().is_some() {
        authorize(tx, Permission::ManagePeople, Scope::Client(client))
    } else {
        authorize(tx, Permission::GrantAccess, Scope::Agency)
    }
}

/// Whether this grant may change somebody who stands so at its client: not themselves, and nobody who holds more.
pub fn may_change(tx: &mut Tx, grant: &Grant, person: &Principal, standing: &ClientAccess) -> Run<()> {
    if tx.context().actor.user().is_some_and(|user| user.uuid() == person.id) {
        return Err(Refusal::new(Code::OwnRights).into());
    }
    if grant.is_client_side() {
        let theirs = role_permissions(tx, standing.client, standing.role)?;
        within_own(grant, theirs.unwrap_or(Permissions::NONE), &standing.reach)?;
    }
    Ok(())
}

fn within_own(grant: &Grant, permissions: Permissions, reach: &Reach) -> Result<(), Refusal> {
    held(grant, permissions, "role")?;
    if grant.reach().includes(reach) { Ok(()) } else { Err(Refusal::new(Code::ReachesFarther).at("reach")) }
}

/// Nobody gives what they do not hold themselves, nor puts it into a role.
pub fn held(grant: &Grant, given: Permissions, path: &str) -> Result<(), Refusal> {
    match given.without(grant.held()).iter().next() {
        None => Ok(()),
        Some(more) => Err(Refusal::new(Code::GrantsMore).at(path).with("permission", more.text())),
    }
}

/// What a role holds at a client, if there is such a role for it.
pub fn permissions_of(tx: &mut Tx, client: ClientId, role: ClientRole) -> Run<Permissions> {
    let permissions = role_permissions(tx, client, role)?;
    permissions.ok_or_else(|| Refusal::new(Code::RoleMissing).at("role").into())
}

/// The grant for giving a role at the agency: only what the giver holds, and not to oneself.
pub fn giving_at_agency(tx: &mut Tx, person: Option<&Principal>, role: MemberRole) -> Run<Grant> {
    let grant = authorize(tx, Permission::ManageMembers, Scope::Agency)?;
    let agency = tx.context().agency;
    if let MemberRole::Made(id) = role {
        let book: Option<RoleBook> = tx.find(agency)?;
        let found = book.as_ref().and_then(|book| book.role(id)).filter(|role| role.side == Side::Agency);
        if found.is_none() {
            return Err(Refusal::new(Code::RoleMissing).at("role").into());
        }
    }
    let Actor::Member { id } = tx.context().actor else { return Ok(grant) };
    let book: Option<RoleBook> = tx.find(agency)?;
    if person.is_some_and(|person| person.id == id.uuid()) {
        return Err(Refusal::new(Code::OwnRights).into());
    }
    within_own(&grant, role.permissions(book.as_ref()), &Reach::Everything)?;
    if let Some(Principal { side: PrincipalSide::Member { role }, access: Access::Active, .. }) = person {
        within_own(&grant, role.permissions(book.as_ref()), &Reach::Everything)?;
    }
    Ok(grant)
}
