//! Records of signing in: a user's sessions and devices, tallies of failed attempts, the agency's policy.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::engine::Record;
use crate::store::Kind;
use crate::values::{AgencyId, ContentHash, DeviceId, Instant, SessionId, Source, UserId};

/// Failed attempts of late.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Tally {
    pub failures: u32,
    pub last_at: Option<Instant>,
}

/// One sign-in. Of its token only the hash is kept.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    pub id: SessionId,
    pub secret: ContentHash,
    /// The user's rights when the session began: once they are others, it has ended.
    pub rights: ContentHash,
    pub created_at: Instant,
    pub last_used_at: Instant,
    pub source: Option<Source>,
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session").field("id", &self.id).finish_non_exhaustive()
    }
}

/// A device from which the user has signed in. Its failures are counted apart, so that nobody else's lock it out.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    pub id: DeviceId,
    pub secret: ContentHash,
    pub last_used_at: Instant,
    pub tally: Tally,
}

impl fmt::Debug for Device {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Device").field("id", &self.id).finish_non_exhaustive()
    }
}

/// All sessions and devices of one user: one row, so that a token is checked in one load, all are ended in one write,
/// and none grow without bound.
///
/// Guard record: no user has more than [`rules::SESSIONS_MOST`](super::rules::SESSIONS_MOST) sessions.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct UserSessions {
    pub user: UserId,
    pub sessions: Vec<Session>,
    pub devices: Vec<Device>,
}

impl UserSessions {
    pub const fn none(user: UserId) -> Self {
        Self { user, sessions: Vec::new(), devices: Vec::new() }
    }
}

pub static USER_SESSIONS: Kind = Kind { name: "user_sessions", columns: &[], indexes: &[] };

impl Record for UserSessions {
    const KIND: &'static Kind = &USER_SESSIONS;

    fn record_id(&self) -> String {
        self.user.to_string()
    }
}

/// What failures are counted of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Counted {
    /// A login, whether it is anybody's or not.
    Account,
    /// Where calls come from.
    Source,
    /// Mails to one address for a new password.
    Reset,
    /// Requests for such mails from one source.
    ResetSource,
}

/// Failures of one account or of one source.
///
/// Its id is the start of a keyed hash: nobody reads an address in it, and made-up addresses cannot fill the store,
/// since there are a million ids at most. Two accounts that meet under one id share their failures.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Attempts {
    pub id: String,
    #[serde(flatten)]
    pub tally: Tally,
}

pub static ATTEMPTS: Kind = Kind { name: "attempts", columns: &[], indexes: &[] };

impl Record for Attempts {
    const KIND: &'static Kind = &ATTEMPTS;

    fn record_id(&self) -> String {
        self.id.clone()
    }
}

/// What one argon2id hash costs.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
pub struct HashCost {
    pub memory_kib: u32,
    pub passes: u32,
    pub lanes: u32,
}

/// How people of the agency's clients sign in. Without this record, the defaults hold.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SignInPolicy {
    pub agency: AgencyId,
    /// A session that is not used for so long has ended.
    pub idle_minutes: u32,
    /// A session has ended so long after its sign-in, however much it is used.
    pub longest_minutes: u32,
    pub hash: HashCost,
}

pub static SIGN_IN_POLICY: Kind = Kind { name: "sign_in_policy", columns: &[], indexes: &[] };

impl Record for SignInPolicy {
    const KIND: &'static Kind = &SIGN_IN_POLICY;

    fn record_id(&self) -> String {
        self.agency.to_string()
    }
}
