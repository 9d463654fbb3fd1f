//! How a member is written: the record, the principal that decides rights, and the claims, always together.

use super::model::Member;
use crate::access::{Grant, Principal, PrincipalSide, giving_at_agency, put_principal};
use crate::codes::Code;
use crate::engine::{Refusal, Run, Tx, Want};
use crate::hosts;
use crate::values::{Email, HostId};

/// The space of claims for members' addresses, compared without case.
const EMAIL: &str = "member_email";

/// What to prefetch to know whether an address and a host id are free.
pub fn wants(email: Option<&Email>, host_id: Option<&HostId>) -> impl Iterator<Item = Want> {
    let email = email.map(|email| Want::Claim { space: EMAIL, name: email.folded() });
    email.into_iter().chain(hosts::wants(hosts::MEMBER, host_id))
}

/// Writes a member in place of the one before, if there was one.
pub fn write(tx: &mut Tx, grant: &Grant, old: Option<&Member>, member: &Member) -> Run<()> {
    let (email, before) = (member.email.folded(), old.map(|old| old.email.folded()));
    if before.as_ref() != Some(&email) {
        let holder = tx.holder(Want::Claim { space: EMAIL, name: email.clone() })?;
        if holder.is_some_and(|holder| holder != member.id.to_string()) {
            return Err(Refusal::new(Code::EmailTaken).at("email").into());
        }
        tx.take(grant, EMAIL, &email, member.id);
        if let Some(before) = before {
            tx.release(grant, EMAIL, &before, member.id);
        }
    }
    let bound = old.and_then(|old| old.host_id.as_ref());
    hosts::bind(tx, grant, hosts::MEMBER, bound, member.host_id.as_ref(), member.id)?;
    let principal = Principal {
        id: member.id.uuid(),
        side: PrincipalSide::Member { role: member.role },
        access: member.access,
        must_change_password: false,
        locale: member.locale,
    };
    let before: Option<Principal> = tx.find(member.id)?;
    if old.is_none_or(|old| old.role != member.role || old.access != member.access) {
        giving_at_agency(tx, before.as_ref(), member.role)?;
    }
    put_principal(tx, grant, before.as_ref(), &principal)?;
    tx.put(grant, member)
}
