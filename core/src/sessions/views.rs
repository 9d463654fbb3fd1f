//! A session as its token's holder, its user and the agency see it. Secrets are handed out once.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::model::{HashCost, Session, SignInPolicy};
use super::rules;
use crate::access::{Grant, Principal};
use crate::values::{Instant, OneTimeSecret, SessionId, UserId};

/// A new session. The tokens are handed out once; a retry finds null and signs in again.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SessionStarted {
    pub user: UserId,
    pub session: SessionId,
    /// What the browser keeps in a cookie that is `Secure`, `HttpOnly` and `SameSite`, and `sessions.check` takes.
    pub token: OneTimeSecret,
    /// For a cookie that lasts: shown at the next sign-in, it keeps others' failed attempts from locking this device
    /// out. Null if the device was known.
    pub device: OneTimeSecret,
    /// Everything but changing the password is refused until that is done.
    pub must_change_password: bool,
    pub idle_ends_at: Instant,
    pub ends_at: Instant,
}

/// As it may be kept: without the secrets.
pub fn without_secrets(mut started: SessionStarted) -> SessionStarted {
    started.token = OneTimeSecret::handed_out();
    started.device = OneTimeSecret::handed_out();
    started
}

/// Whose session a token is.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SessionCheck {
    pub user: UserId,
    pub session: SessionId,
    pub must_change_password: bool,
    /// True once a minute: call `sessions.touch`, or the session ends at `idle_ends_at`.
    pub touch: bool,
    pub idle_ends_at: Instant,
    pub ends_at: Instant,
}

pub fn check(
    _: &Grant,
    user: UserId,
    session: &Session,
    policy: &SignInPolicy,
    principal: &Principal,
    now: Instant,
) -> SessionCheck {
    SessionCheck {
        user,
        session: session.id,
        must_change_password: principal.must_change_password,
        touch: rules::needs_touch(session, now),
        idle_ends_at: rules::idle_end(session, policy),
        ends_at: rules::last_end(session, policy),
    }
}

/// One of a user's sessions.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SessionView {
    pub id: SessionId,
    pub created_at: Instant,
    pub last_used_at: Instant,
    pub idle_ends_at: Instant,
    pub ends_at: Instant,
    /// Where it was started from, as the host said.
    pub source: Option<String>,
}

pub fn session(_: &Grant, session: &Session, policy: &SignInPolicy) -> SessionView {
    SessionView {
        id: session.id,
        created_at: session.created_at,
        last_used_at: session.last_used_at,
        idle_ends_at: rules::idle_end(session, policy),
        ends_at: rules::last_end(session, policy),
        source: session.source.as_ref().map(ToString::to_string),
    }
}

/// A user's sessions that are good now, the newest first: 20 at most.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SessionList {
    pub items: Vec<SessionView>,
}

/// How many sessions were ended.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SessionsEnded {
    pub ended: u32,
}

/// How people sign in.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SignInPolicyView {
    pub idle_minutes: u32,
    pub longest_minutes: u32,
    pub hash: HashCost,
}

pub fn policy(_: &Grant, policy: &SignInPolicy) -> SignInPolicyView {
    SignInPolicyView {
        idle_minutes: policy.idle_minutes,
        longest_minutes: policy.longest_minutes,
        hash: policy.hash,
    }
}
