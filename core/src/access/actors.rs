//! Who acts: whether the actor that the host names is there, may act now, and is let in at all.

use super::{Access, Gate, Grant, Impersonation, Permission, Principal, PrincipalSide, Rights, RoleBook};
use crate::codes::Code;
use crate::engine::{Actor, Base, Context, Refusal, ReplyKey, Run, Stop, Tx};
use crate::store::{Key, Kind, Read, Tenant};
use crate::values::{ImpersonationId, MemberId, UserId, hex};

/// What the engine is told of who acts.
pub const BASE: Base = Base { reads: base_reads, reply_key };

fn reply_key(tx: &mut Tx) -> Run<Option<ReplyKey>> {
    let agency = tx.context().agency;
    let gate: Option<Gate> = tx.find(agency)?;
    Ok(gate.and_then(|gate| gate.reply_key).map(|key| ReplyKey::new(&key)))
}

/// Makes all replies unreadable that were kept so far: they may name somebody who was erased.
pub fn forget_replies(tx: &mut Tx, grant: &Grant) -> Run<()> {
    let mut gate = gate(tx)?;
    gate.reply_key = Some(hex::encode(&tx.secret_bytes("reply key")));
    tx.put(grant, &gate)
}

/// What is loaded with every operation: the agency's gate, its roles, and the records of whoever acts.
pub fn base_reads(context: &Context, tenant: &Tenant) -> Vec<Read> {
    let read = |kind: &Kind, id: String| Read::Point(Key::new(tenant, kind.name, id));
    let person = |id: String| read(&super::PRINCIPAL, id);
    let gate = read(&super::GATE, context.agency.to_string());
    let roles = read(&super::ROLE_BOOK, context.agency.to_string());
    match context.actor {
        Actor::Operator | Actor::Guest => vec![gate],
        Actor::Member { id } => vec![gate, person(id.to_string()), roles],
        Actor::User { id } => vec![gate, person(id.to_string()), roles],
        Actor::Preview { user, by } => vec![gate, person(user.to_string()), roles, person(by.to_string())],
        Actor::Impersonated { user, by, session } => {
            let session = read(&super::IMPERSONATION, session.to_string());
            vec![gate, person(user.to_string()), roles, person(by.to_string()), session]
        }
        Actor::Holder { link } => vec![gate, read(&super::SHARE, link.to_string())],
    }
}

/// The operator passes any gate, so that there is one is all that counts.
pub(super) fn known(tx: &mut Tx) -> Run<()> {
    let agency = tx.context().agency;
    if tx.exists::<Gate>(agency)? { Ok(()) } else { Err(Refusal::new(Code::UnknownAgency).into()) }
}

fn gate(tx: &mut Tx) -> Run<Gate> {
    let agency = tx.context().agency;
    let gate: Option<Gate> = tx.find(agency)?;
    let gate = gate.ok_or_else(|| Stop::Refused(Refusal::new(Code::UnknownAgency)))?;
    Ok(gate)
}

pub(super) fn portal_open(tx: &mut Tx) -> Run<()> {
    let gate = gate(tx)?;
    tx.prefer_locale(Some(gate.locale));
    if gate.portal { Ok(()) } else { Err(Refusal::new(Code::PortalOff).into()) }
}

/// The member who acts.
pub(super) fn member(tx: &mut Tx, id: MemberId) -> Run<Principal> {
    let gate = gate(tx)?;
    let principal = found(tx.find(id)?)?;
    tx.prefer_locale(principal.locale.or(Some(gate.locale)));
    match principal.side {
        PrincipalSide::Member { .. } => active(principal),
        PrincipalSide::User { .. } => Err(Refusal::new(Code::UnknownActor).into()),
    }
}

/// The user who acts, or in whose place a member does, who must hold the right for it.
pub(super) fn person(tx: &mut Tx) -> Run<Principal> {
    let actor = tx.context().actor;
    match actor {
        Actor::Preview { by, .. } => {
            behind(tx, by, Permission::PreviewPortal)?;
            if tx.is_command() {
                return Err(Refusal::new(Code::PreviewReadsOnly).into());
            }
        }
        Actor::Impersonated { user, by, session } => {
            behind(tx, by, Permission::Impersonate)?;
            running(tx, session, user, by)?;
        }
        Actor::Operator | Actor::Member { .. } | Actor::User { .. } | Actor::Holder { .. } | Actor::Guest => {
        }
    }
    let Some(id) = actor.user() else { return Err(Refusal::new(Code::WrongSide).into()) };
    let gate = gate(tx)?;
    let principal = found(tx.find(id)?)?;
    tx.prefer_locale(principal.locale.or(Some(gate.locale)));
    if matches!(principal.side, PrincipalSide::Member { .. }) {
        return Err(Refusal::new(Code::UnknownActor).into());
    }
    if !gate.portal {
        return Err(Refusal::new(Code::PortalOff).into());
    }
    active(principal)
}

/// The member behind a user: checked as any member is, and for the right to stand there.
fn behind(tx: &mut Tx, id: MemberId, permission: Permission) -> Run<()> {
    let principal = member(tx, id)?;
    let rights = member_rights(tx, &principal)?;
    match rights.decide_at_agency(permission).code {
        Some(code) => Err(Refusal::new(code).into()),
        None => Ok(()),
    }
}

fn running(tx: &mut Tx, session: ImpersonationId, user: UserId, by: MemberId) -> Run<()> {
    let session: Option<Impersonation> = tx.find(session)?;
    let now = tx.now();
    let session = session
        .filter(|session| session.user == user && session.member == by && session.is_running(now))
        .ok_or_else(|| Refusal::new(Code::ImpersonationOver))?;
    if session.read_only && tx.is_command() {
        return Err(Refusal::new(Code::ImpersonationReadsOnly).into());
    }
    Ok(())
}

fn found(principal: Option<Principal>) -> Result<Principal, Refusal> {
    principal.ok_or_else(|| Refusal::new(Code::UnknownActor))
}

fn active(principal: Principal) -> Run<Principal> {
    match principal.access {
        Access::Active => Ok(principal),
        Access::Invited => Err(Refusal::new(Code::NotJoined).into()),
        Access::Deactivated => Err(Refusal::new(Code::AccessEnded).into()),
    }
}

/// A person at a client who has nothing to do first: a password that was given is changed before anything else.
pub(super) fn user(tx: &mut Tx) -> Run<Principal> {
    let principal = person(tx)?;
    if principal.must_change_password {
        return Err(Refusal::new(Code::PasswordMustChange).into());
    }
    Ok(principal)
}

/// What a member may do, from the agency's roles.
pub(super) fn member_rights(tx: &mut Tx, principal: &Principal) -> Run<Rights> {
    let agency = tx.context().agency;
    let book: Option<RoleBook> = tx.find(agency)?;
    Rights::of_member(principal, book.as_ref()).ok_or_else(|| Refusal::new(Code::UnknownActor).into())
}

/// The key that signs this agency's cursors.
pub(super) fn cursor_key(tx: &mut Tx) -> Run<String> {
    gate(tx).map(|gate| gate.cursor_key)
}
