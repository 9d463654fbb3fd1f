//! Making somebody what their claims say: found, taken over or new, with the role and reach of their groups; or gone.

use super::claims::Claims;
use super::events::IdentityEvent;
use super::model::{Identity, Provider, Standing};
use super::rules;
use super::views::{IdentityChange, ProvisionedView};
use crate::access::{
    Access, ClientAccess, Grant, Principal, PrincipalSide, put_principal, replace_principal,
};
use crate::clients::model::{AccessStatus, Client};
use crate::codes::Code;
use crate::engine::{Refusal, Run, Tx, Want};
use crate::sessions::ending;
use crate::sessions::model::UserSessions;
use crate::users::events::UserEvent;
use crate::users::invitations;
use crate::users::leaving::leave;
use crate::users::logins::{EMAIL, email_claim};
use crate::users::model::{Credential, Membership, MembershipState, User};
use crate::values::{ClientId, UserId};

/// Somebody after their claims were taken over.
#[derive(Debug)]
pub struct Settled {
    pub user: User,
    pub principal: Principal,
    pub change: IdentityChange,
}

/// Who is meant, if anybody is known under this identity.
pub fn linked(tx: &mut Tx, claims: &Claims) -> Run<Option<UserId>> {
    let identity: Option<Identity> = tx.find(claims.identity())?;
    Ok(identity.and_then(|identity| identity.user))
}

/// The person's own records, in one round.
pub fn wants_of(user: UserId, client: ClientId) -> [Want; 5] {
    [
        Want::record::<User>(user),
        Want::record::<Principal>(user),
        Want::record::<Membership>(Membership::id(client, user)),
        Want::record::<UserSessions>(user),
        Want::record::<Credential>(user),
    ]
}

/// Makes somebody what the standing says, in whichever way they are to be found.
pub fn settle(
    tx: &mut Tx,
    grant: &Grant,
    claims: &Claims,
    provider: &Provider,
    standing: &Standing,
) -> Run<Settled> {
    let client: Client = tx.get(claims.client)?;
    if client.access == AccessStatus::Deactivated {
        return Err(Refusal::new(Code::AccessEnded).into());
    }
    if let Some(user) = linked(tx, claims)? {
        tx.prefetch(wants_of(user, claims.client))?;
        return keep(tx, grant, claims, provider, standing, user);
    }
    let holder = match claims.email {
        Some(email) => tx.holder(email_claim(email))?,
        None => None,
    };
    match holder.and_then(|holder| holder.parse().ok()).map(UserId::new) {
        Some(user) => {
            tx.prefetch(wants_of(user, claims.client))?;
            take_over(tx, grant, claims, provider, user)?;
            let settled = keep(tx, grant, claims, provider, standing, user)?;
            Ok(Settled { change: IdentityChange::Linked, ..settled })
        }
        None => create(tx, grant, claims, provider, standing, client),
    }
}

/// Takes an identity that was unknown for the person who has its address, if that is safe.
fn take_over(tx: &mut Tx, grant: &Grant, claims: &Claims, provider: &Provider, user: UserId) -> Run<()> {
    let principal: Principal = tx.get(user)?;
    let is_safe = provider.links_by_email && claims.email_verified;
    if !is_safe || !rules::is_of_client_alone(&principal, claims.client) {
        return Err(Refusal::new(Code::IdentityNotLinked).at("subject").into());
    }
    link(tx, grant, claims, user)
}

/// Writes that this identity is this person.
pub fn link(tx: &mut Tx, grant: &Grant, claims: &Claims, user: UserId) -> Run<()> {
    let (issuer, subject) = (claims.issuer.clone(), claims.subject.clone());
    tx.put(grant, &Identity { issuer, subject, user: Some(user), linked_at: tx.now(), erased: None })?;
    tx.emit(grant, &IdentityEvent::Linked { user })
}

/// Gives a person who is there the role and reach of the standing.
fn keep(
    tx: &mut Tx,
    grant: &Grant,
    claims: &Claims,
    provider: &Provider,
    standing: &Standing,
    id: UserId,
) -> Run<Settled> {
    let mut user: User = tx.get(id)?;
    let before: Principal = tx.get(id)?;
    let mut principal = before.clone();
    if principal.access == Access::Deactivated {
        return Err(Refusal::new(Code::AccessEnded).into());
    }
    // Whoever comes with a verified identity has joined, and needs no invitation any more.
    if principal.access == Access::Invited {
        principal.access = Access::Active;
        user.joined_at = Some(tx.now());
        user.link = None;
        tx.put(grant, &user)?;
        tx.emit(grant, &UserEvent::Joined { user: id, client: claims.client })?;
    }
    let PrincipalSide::User { clients } = &mut principal.side else {
        return Err(Refusal::new(Code::IdentityNotLinked).at("subject").into());
    };
    let (client, role, reach) = (claims.client, standing.role, standing.reach.clone());
    let event = match clients.iter_mut().find(|one| one.client == client) {
        Some(one) => {
            one.role = role;
            one.reach = reach.clone();
            UserEvent::AccessChanged { user: id, client, role, reach }
        }
        None if provider.creates_people => {
            clients.push(ClientAccess { client, role, reach });
            enter(tx, grant, id, client)?;
            UserEvent::AddedToClient { user: id, client, role }
        }
        None => return Err(Refusal::new(Code::IdentityUnknown).at("subject").into()),
    };
    if principal == before {
        return Ok(Settled { user, principal, change: IdentityChange::Unchanged });
    }
    put_principal(tx, grant, Some(&before), &principal)?;
    ending::end_all(tx, grant, id)?;
    tx.emit(grant, &event)?;
    Ok(Settled { user, principal, change: IdentityChange::Changed })
}

/// Counts somebody in at the client, who may have been there before.
fn enter(tx: &mut Tx, grant: &Grant, user: UserId, client: ClientId) -> Run<()> {
    let mut company: Client = tx.get(client)?;
    company.add_person()?;
    invitations::activate_client(tx, grant, &mut company)?;
    tx.put(grant, &company)?;
    // Read, so that the membership of an earlier time is taken up again.
    let _: Option<Membership> = tx.find(Membership::id(client, user))?;
    tx.put(grant, &Membership { client, user, state: MembershipState::Active, created_at: tx.now() })
}

/// Makes somebody new a portal user. They have no password: their issuer is how they come in.
fn create(
    tx: &mut Tx,
    grant: &Grant,
    claims: &Claims,
    provider: &Provider,
    standing: &Standing,
    client: Client,
) -> Run<Settled> {
    if !provider.creates_people {
        return Err(Refusal::new(Code::IdentityUnknown).at("subject").into());
    }
    let missing = |path: &str| Refusal::new(Code::FieldMissing).at(path);
    let email = claims.email.ok_or_else(|| missing("email"))?.clone();
    let name = claims.name.ok_or_else(|| missing("name"))?.clone();
    let (id, now): (UserId, _) = (tx.new_id(), tx.now());
    // Nothing is there under a new id, and that is expected at commit.
    tx.prefetch(wants_of(id, client.id))?;
    let (role, reach, locale) = (standing.role, standing.reach.clone(), claims.locale);
    let user =
        User { id, name, email, locale, link: None, created_at: now, joined_at: Some(now), erased_at: None };
    let principal = Principal {
        id: id.uuid(),
        side: PrincipalSide::User { clients: vec![ClientAccess { client: client.id, role, reach }] },
        access: Access::Active,
        must_change_password: false,
        locale: locale.or(client.locale),
    };
    tx.put(grant, &user)?;
    tx.take(grant, EMAIL, &user.email.folded(), id);
    enter(tx, grant, id, client.id)?;
    replace_principal(tx, grant, &principal)?;
    tx.emit(grant, &UserEvent::Created { user: id, client: client.id, role })?;
    link(tx, grant, claims, id)?;
    Ok(Settled { user, principal, change: IdentityChange::Created })
}

/// Takes somebody out of the client, if they are known and in it.
pub fn removed(tx: &mut Tx, grant: &Grant, claims: &Claims) -> Run<ProvisionedView> {
    let user = linked(tx, claims)?;
    let nothing = IdentityChange::Unchanged;
    let mut view = ProvisionedView { client: claims.client, user, role: None, reach: None, change: nothing };
    let Some(user) = user else { return Ok(view) };
    tx.prefetch(wants_of(user, claims.client))?;
    let principal: Principal = tx.get(user)?;
    let PrincipalSide::User { clients } = &principal.side else { return Ok(view) };
    if clients.iter().any(|one| one.client == claims.client) {
        let mut client: Client = tx.get(claims.client)?;
        leave(tx, grant, &mut client, user)?;
        view.change = IdentityChange::Removed;
    }
    Ok(view)
}
