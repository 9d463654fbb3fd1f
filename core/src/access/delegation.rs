//! Giving rights: nobody gives more than they hold, or where they do not hold it, or to themselves.

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
    match tx.context().actor {
        Actor::User { .. } | Actor::Impersonated { .. } | Actor::Preview { .. } => {
            authorize(tx, Permission::ManagePeople, Scope::Client(client))
        }
        Actor::Operator | Actor::Member { .. } | Actor::Holder { .. } | Actor::Guest => {
            authorize(tx, Permission::GrantAccess, Scope::Agency)
        }
    }
}

/// Whether this grant may change somebody who stands so at its client: not themselves, and nobody who holds more.
pub fn may_change(tx: &mut Tx, grant: &Grant, person: &Principal, standing: &ClientAccess) -> Run<()> {
    if tx.context().actor.user().is_some_and(|user| user.uuid() == person.id) {
        return Err(Refusal::new(Code::OwnRights).into());
    }
    if grant.is_client_side() {
        let held = standing_permissions(tx, standing)?;
        within_own(grant, held, &standing.reach)?;
    }
    Ok(())
}

fn within_own(grant: &Grant, permissions: Permissions, reach: &Reach) -> Result<(), Refusal> {
    let more = permissions.without(grant.held());
    if let Some(permission) = more.iter().next() {
        return Err(Refusal::new(Code::GrantsMore).at("role").with("permission", permission.text()));
    }
    if grant.reach().includes(reach) { Ok(()) } else { Err(Refusal::new(Code::ReachesFarther).at("reach")) }
}

/// What a role holds at a client, if there is such a role for it.
pub fn permissions_of(tx: &mut Tx, client: ClientId, role: ClientRole) -> Run<Permissions> {
    let agency = tx.context().agency.uuid();
    for owner in [agency, client.uuid()] {
        let book: Option<RoleBook> = tx.find(owner)?;
        if let Some(permissions) = role.permissions(book.as_ref()) {
            return Ok(permissions);
        }
    }
    Err(Refusal::new(Code::RoleMissing).at("role").into())
}

/// What somebody holds now; of a role that is gone, nothing.
fn standing_permissions(tx: &mut Tx, standing: &ClientAccess) -> Run<Permissions> {
    match permissions_of(tx, standing.client, standing.role) {
        Err(crate::engine::Stop::Refused(_)) => Ok(Permissions::NONE),
        other => other,
    }
}

/// The grant for giving a role at the agency: only what the giver holds, and not to oneself.
pub fn giving_at_agency(tx: &mut Tx, person: Option<&Principal>, role: MemberRole) -> Run<Grant> {
    let grant = authorize(tx, Permission::ManageMembers, Scope::Agency)?;
    let agency = tx.context().agency;
    let is_standard = MemberRole::STANDARD.contains(&role) && tx.context().actor == Actor::Operator;
    let book: Option<RoleBook> = if is_standard { None } else { tx.find(agency)? };
    if let MemberRole::Made(id) = role {
        let found = book.as_ref().and_then(|book| book.role(id)).filter(|role| role.side == Side::Agency);
        if found.is_none() {
            return Err(Refusal::new(Code::RoleMissing).at("role").into());
        }
    }
    let Actor::Member { id } = tx.context().actor else { return Ok(grant) };
    if person.is_some_and(|person| person.id == id.uuid()) {
        return Err(Refusal::new(Code::OwnRights).into());
    }
    within_own(&grant, role.permissions(book.as_ref()), &Reach::Everything)?;
    if let Some(Principal { side: PrincipalSide::Member { role }, access: Access::Active, .. }) = person {
        within_own(&grant, role.permissions(book.as_ref()), &Reach::Everything)?;
    }
    Ok(grant)
}
