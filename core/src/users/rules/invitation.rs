//! When an invitation is good.

use crate::access::{Access, Principal};
use crate::clients::model::{AccessStatus, Client};
use crate::codes::Code;
use crate::engine::Refusal;
use crate::users::model::{Link, LinkTarget, User};
use crate::values::Instant;

/// How long an invitation is good unless its maker says otherwise.
pub const LINK_DAYS: u32 = 7;
pub const LINK_DAYS_MOST: u32 = 30;

/// What decides beside the link itself.
#[derive(Clone, Copy, Debug)]
pub struct Standing<'a> {
    pub client: &'a Client,
    /// The invited person and what they may do, for a link that is one person's.
    pub user: Option<(&'a User, &'a Principal)>,
    /// Whether whoever invited may still do it.
    pub inviter_may: bool,
    pub now: Instant,
}

/// Whether a link whose secret was shown opens anything.
///
/// Its holder may be told what became of it: they have shown the whole secret. Everybody else hears `link_invalid`
/// alone, before this is asked.
pub fn may_use(link: &Link, standing: &Standing) -> Result<(), Refusal> {
    let refuse = |code| Err(Refusal::new(code));
    if link.used_at.is_some() {
        return refuse(Code::LinkUsed);
    }
    if !is_newest(link, standing) {
        return refuse(Code::LinkSuperseded);
    }
    if standing.now >= link.expires_at {
        return refuse(Code::LinkExpired);
    }
    // Somebody who has lost the right to invite leaves no invitations behind.
    if !standing.inviter_may {
        return refuse(Code::LinkInvalid);
    }
    Ok(())
}

fn is_newest(link: &Link, standing: &Standing) -> bool {
    if standing.client.access == AccessStatus::Deactivated {
        return false;
    }
    match (&link.target, standing.user) {
        (LinkTarget::Client { .. }, _) => standing.client.link == Some(link.id),
        (LinkTarget::User { email, .. }, Some((user, principal))) => {
            user.link == Some(link.id)
                && user.email.folded() == email.folded()
                && principal.access == Access::Invited
        }
        (LinkTarget::User { .. }, None) => false,
    }
}
