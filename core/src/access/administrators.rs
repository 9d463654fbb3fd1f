//! Who leads: the guard over "the last administrator stays", of an agency and of each of its clients.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Access, ClientRole, Grant, MemberRole, Principal, PrincipalSide};
use crate::codes::Code;
use crate::engine::{Record, Refusal, Run, Tx, Want};
use crate::store::Kind;

/// Guard record: the active administrators of an agency or of a client.
///
/// Whoever makes or unmakes one writes this row, so of two who take each other's rights at the same time one finds
/// it changed and decides anew.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Administrators {
    /// The agency's or the client's id.
    pub owner: Uuid,
    pub people: Vec<Uuid>,
}

pub static ADMINISTRATORS: Kind = Kind { name: "administrators", columns: &[], indexes: &[] };

/// More administrators than this cannot be kept at one agency or client.
const MOST: usize = 200;

impl Record for Administrators {
    const KIND: &'static Kind = &ADMINISTRATORS;

    fn record_id(&self) -> String {
        self.owner.to_string()
    }
}

/// Writes what decides somebody's rights, in place of what was read of it.
pub fn replace_principal(tx: &mut Tx, grant: &Grant, principal: &Principal) -> Run<()> {
    let before: Option<Principal> = tx.find(principal.id)?;
    put_principal(tx, grant, before.as_ref(), principal)
}

/// Writes what decides somebody's rights, in place of what did before, and keeps the guard in step.
///
/// Every write of a principal goes through here.
pub fn put_principal(
    tx: &mut Tx,
    grant: &Grant,
    before: Option<&Principal>,
    principal: &Principal,
) -> Run<()> {
    let agency = tx.context().agency.uuid();
    let (led, leads) = (before.map(|one| led_by(one, agency)).unwrap_or_default(), led_by(principal, agency));
    for owner in led.iter().filter(|owner| !leads.contains(owner)) {
        let mut guard = guard(tx, *owner)?;
        guard.people.retain(|person| *person != principal.id);
        if guard.people.is_empty() {
            return Err(Refusal::new(Code::LastAdministrator).into());
        }
        tx.put(grant, &guard)?;
    }
    for owner in leads.iter().filter(|owner| !led.contains(owner)) {
        let mut guard = guard(tx, *owner)?;
        if guard.people.len() >= MOST {
            return Err(Refusal::new(Code::TooMany).at("role").with("expected", MOST).into());
        }
        guard.people.push(principal.id);
        tx.put(grant, &guard)?;
    }
    tx.put(grant, principal)
}

/// Writes that a client has no administrators any more, because nobody is anything there: its access has ended.
///
/// The caller writes the principals of all its people, past the rule that the last one stays.
pub fn nobody_leads(tx: &mut Tx, grant: &Grant, client: Uuid) -> Run<()> {
    let mut guard = guard(tx, client)?;
    guard.people.clear();
    tx.put(grant, &guard)
}

/// The guard, for prefetching.
pub fn administrators_want(owner: impl Into<Uuid>) -> Want {
    Want::record::<Administrators>(owner.into())
}

fn guard(tx: &mut Tx, owner: Uuid) -> Run<Administrators> {
    let kept: Option<Administrators> = tx.find(owner)?;
    Ok(kept.unwrap_or(Administrators { owner, people: Vec::new() }))
}

/// Where this person is an active administrator. A role that was made is none, whatever it holds.
fn led_by(principal: &Principal, agency: Uuid) -> Vec<Uuid> {
    match &principal.side {
        _ if principal.access != Access::Active => Vec::new(),
        PrincipalSide::Member { role: MemberRole::Administrator } => vec![agency],
        PrincipalSide::Member { .. } => Vec::new(),
        PrincipalSide::User { clients } => {
            let leads = clients
                .iter()
                .filter(|one| one.role == ClientRole::Administrator && one.reach.is_everything());
            leads.map(|one| one.client.uuid()).collect()
        }
    }
}
