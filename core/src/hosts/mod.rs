//! The host's own ids: unique in the agency per kind of thing, readable and writable by the host.

pub mod events;
pub mod operations;
pub mod records;
pub mod views;

use crate::access::Grant;
use crate::codes::Code;
use crate::engine::{Refusal, Run, Tx, Want};
use crate::values::HostId;

pub const SKILL: &str = "host_id:skill";
pub const MEMBER: &str = "host_id:member";
pub const CLIENT: &str = "host_id:client";
pub const WORKER: &str = "host_id:worker";
pub const PROJECT: &str = "host_id:project";
pub const SHIFT: &str = "host_id:shift";

/// What to prefetch to know whether a host id is free.
pub fn wants(space: &'static str, host_id: Option<&HostId>) -> Option<Want> {
    host_id.map(|host_id| Want::Claim { space, name: host_id.as_str().to_owned() })
}

/// Gives a record its host id, in place of the one it had; another record's id is refused.
pub fn bind(
    tx: &mut Tx,
    grant: &Grant,
    space: &'static str,
    old: Option<&HostId>,
    new: Option<&HostId>,
    owner: impl ToString,
) -> Run<()> {
    if old == new {
        return Ok(());
    }
    let owner = owner.to_string();
    if let Some(new) = new {
        let holder = tx.holder(Want::Claim { space, name: new.as_str().to_owned() })?;
        if holder.is_some_and(|holder| holder != owner) {
            return Err(Refusal::new(Code::HostIdTaken).at("host_id").into());
        }
        tx.take(grant, space, new.as_str(), &owner);
    }
    if let Some(old) = old {
        tx.release(grant, space, old.as_str(), &owner);
    }
    Ok(())
}
