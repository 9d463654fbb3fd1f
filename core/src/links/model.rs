//! The record of a link: what it is for, how long and how often it is good, and what became of it.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::access::Purpose;
use crate::engine::{Actor, Record};
use crate::store::{Column, IndexSpec, IndexValue, Kind};
use crate::values::{ClientId, ContentHash, Email, Instant, LinkId, ProjectId, Source, UserId};

/// What a link is for.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "for", rename_all = "snake_case")]
pub enum LinkTarget {
    /// An invitation for whoever of the client opens it first.
    Client { client: ClientId },
    /// An invitation for one person, under one address.
    User { client: ClientId, user: UserId, email: Email },
    /// A look at one project, for whoever holds it.
    Project { client: ClientId, project: ProjectId },
    /// The public page of one project, for whoever has the address.
    Public { client: ClientId, project: ProjectId },
}

impl LinkTarget {
    pub const fn client(&self) -> ClientId {
        match self {
            Self::Client { client }
            | Self::User { client, .. }
            | Self::Project { client, .. }
            | Self::Public { client, .. } => *client,
        }
    }

    /// The project that it shows, if it shows one.
    pub const fn project(&self) -> Option<ProjectId> {
        match self {
            Self::Project { project, .. } | Self::Public { project, .. } => Some(*project),
            Self::Client { .. } | Self::User { .. } => None,
        }
    }

    /// The invited person, if the link is one person's.
    pub const fn user(&self) -> Option<UserId> {
        match self {
            Self::User { user, .. } => Some(*user),
            Self::Client { .. } | Self::Project { .. } | Self::Public { .. } => None,
        }
    }

    /// Which tokens open it.
    pub const fn purpose(&self) -> Purpose {
        match self {
            Self::Client { .. } | Self::User { .. } => Purpose::Invitation,
            Self::Project { .. } => Purpose::Share,
            Self::Public { .. } => Purpose::Public,
        }
    }
}

/// Why a link ended before its time.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EndReason {
    /// A newer one was made.
    Superseded,
    /// Somebody ended it.
    Withdrawn,
    /// Too many wrong passcodes were tried on it.
    Guessed,
}

/// When a link ended, and why.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct LinkEnd {
    pub at: Instant,
    pub reason: EndReason,
}

/// A link. Of its secret only the hash is kept.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    pub id: LinkId,
    pub target: LinkTarget,
    pub secret: ContentHash,
    /// Who made it: it is no better than its maker's rights.
    pub made_by: Actor,
    /// The client's `access_epoch` then: deactivating its access ends the link for good.
    #[serde(default)]
    pub epoch: u32,
    /// The project's `share_epoch` then: taking the project back ends the link for good.
    #[serde(default)]
    pub share_epoch: u32,
    pub created_at: Instant,
    pub expires_at: Instant,
    /// Whether the host sends the mail itself, or it was handed over.
    pub send_now: bool,
    /// How often it can be used in all; without it, as often as wanted until it expires.
    pub uses: Option<u32>,
    pub used: u32,
    pub last_used_at: Option<Instant>,
    /// Where the last use came from. Shown for a limited time only.
    pub last_source: Option<Source>,
    /// A PHC string: the passcode's hash, if one is asked for.
    pub passcode: Option<String>,
    /// How many wrong passcodes were tried, by anybody.
    pub wrong_passcodes: u32,
    pub ended: Option<LinkEnd>,
    /// The person whom it was for was erased: address and source are gone, and nobody finds it by them.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub erased: bool,
}

impl fmt::Debug for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Link").field("id", &self.id).field("target", &self.target).finish_non_exhaustive()
    }
}

impl Link {
    /// One use, counted with the commit that it leads to.
    pub fn count_use(&mut self, now: Instant, source: Option<&Source>) {
        self.used = self.used.saturating_add(1);
        self.last_used_at = Some(now);
        self.last_source = source.cloned();
    }

    pub const fn is_used_up(&self) -> bool {
        match self.uses {
            Some(uses) => self.used >= uses,
            None => false,
        }
    }
}

pub static LINK: Kind = Kind {
    name: "link",
    columns: &[Column::text("client"), Column::text("user"), Column::integer("created_at")],
    indexes: &[
        IndexSpec { name: "by_client", columns: &["client", "created_at"] },
        IndexSpec { name: "by_user", columns: &["user", "created_at"] },
    ],
};

impl Record for Link {
    const KIND: &'static Kind = &LINK;

    fn record_id(&self) -> String {
        self.id.to_string()
    }

    fn columns(&self) -> Vec<(&'static str, IndexValue)> {
        let user = self.target.user().filter(|_| !self.erased).map(|user| ("user", user.to_string().into()));
        let client = ("client", self.target.client().to_string().into());
        let made = ("created_at", self.created_at.millis().into());
        [client, made].into_iter().chain(user).collect()
    }
}
