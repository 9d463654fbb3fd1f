//! Whom the questions are about, with all that decides for them.

use super::rules::DecidingRule;
use crate::access::{Access, Principal, Rights};

/// Somebody's rights, and what bounds them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Subject {
    pub rights: Rights,
    /// What keeps them from doing anything at all.
    pub held_up: Option<DecidingRule>,
    /// A member stands in their place and may only look.
    pub reads_only: bool,
    /// Whether whoever asks may hear that something is there and out of the subject's reach.
    pub hears_why: bool,
    /// The rights of a client's person who asks about another: they hear of nothing beyond these.
    pub bounds: Option<Rights>,
}

impl Subject {
    /// Somebody who asks for themself.
    pub const fn of_actor(rights: Rights, reads_only: bool) -> Self {
        Self { rights, held_up: None, reads_only, hears_why: false, bounds: None }
    }
}

/// What keeps a person from doing anything, judged as if they called now.
pub const fn held_up(principal: &Principal, is_portal_on: bool) -> Option<DecidingRule> {
    match (is_portal_on, principal.access, principal.must_change_password) {
        (false, _, _) => Some(DecidingRule::PortalOff),
        (true, Access::Invited, _) => Some(DecidingRule::NotJoined),
        (true, Access::Deactivated, _) => Some(DecidingRule::AccessEnded),
        (true, Access::Active, true) => Some(DecidingRule::PasswordMustChange),
        (true, Access::Active, false) => None,
    }
}
