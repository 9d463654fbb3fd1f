//! Ending a user's sessions from other operations: whoever changes what somebody may do calls this in the same commit.

use super::model::UserSessions;
use crate::access::Grant;
use crate::engine::{Run, Tx, Want};
use crate::values::UserId;

/// What to prefetch.
pub fn wants(user: UserId) -> Want {
    Want::record::<UserSessions>(user)
}

/// Ends all sessions. Devices stay known: who lost their sessions has not lost their devices.
///
/// A session also ends by itself when the user's rights are others than at its start; this makes sure that it stays
/// ended when they come back.
pub fn end_all(tx: &mut Tx, grant: &Grant, user: UserId) -> Run<usize> {
    end(tx, grant, user, |kept| kept.sessions.clear())
}

/// Ends all sessions and forgets all devices: for when the password may be in wrong hands.
pub fn forget_all(tx: &mut Tx, grant: &Grant, user: UserId) -> Run<usize> {
    end(tx, grant, user, |kept| {
        kept.sessions.clear();
        kept.devices.clear();
    })
}

fn end(tx: &mut Tx, grant: &Grant, user: UserId, change: impl FnOnce(&mut UserSessions)) -> Run<usize> {
    let Some(old) = tx.find::<UserSessions>(user)? else { return Ok(0) };
    let mut kept = old.clone();
    change(&mut kept);
    if kept != old {
        tx.put(grant, &kept)?;
    }
    Ok(old.sessions.len() - kept.sessions.len())
}
