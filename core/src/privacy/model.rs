//! Records of what was shown to whom, and of people who are or were being erased.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::facts::ShownGroup;
use super::finding::Walk;
use crate::access::Permission;
use crate::engine::{Actor, Record};
use crate::store::{Column, IndexSpec, IndexValue, Kind};
use crate::values::{
    CandidateId, ClientId, ImpersonationId, Instant, LinkId, MemberId, UserId, WorkerId, closed_list,
};

/// Who was shown something. A preview shows nobody anything, and the agency's people work with the data.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "to", rename_all = "snake_case")]
pub enum Recipient {
    User {
        user: UserId,
    },
    /// A member in a user's place: it is the member who saw it.
    Impersonated {
        user: UserId,
        by: MemberId,
        session: ImpersonationId,
    },
    /// Whoever holds a link.
    Holder {
        link: LinkId,
    },
    /// Whoever has the address of a public page.
    Public {
        link: LinkId,
    },
}

impl Recipient {
    pub const fn of(actor: Actor) -> Option<Self> {
        match actor {
            Actor::User { id } => Some(Self::User { user: id }),
            Actor::Impersonated { user, by, session } => Some(Self::Impersonated { user, by, session }),
            Actor::Holder { link } => Some(Self::Holder { link }),
            Actor::Operator | Actor::Member { .. } | Actor::Preview { .. } | Actor::Guest => None,
        }
    }

    /// One for each who sees by themselves.
    pub fn key(&self) -> String {
        match self {
            Self::User { user } => format!("user/{user}"),
            Self::Impersonated { user, by, session } => format!("user/{user}/by/{by}/{session}"),
            Self::Holder { link } => format!("holder/{link}"),
            Self::Public { link } => format!("public/{link}"),
        }
    }

    /// Under what it is found: the user in whose place it was, or the link.
    pub fn column(&self) -> String {
        match self {
            Self::User { user } | Self::Impersonated { user, .. } => of_user(*user),
            Self::Holder { link } | Self::Public { link } => of_link(*link),
        }
    }
}

pub fn of_user(user: UserId) -> String {
    format!("user/{user}")
}

pub fn of_link(link: LinkId) -> String {
    format!("link/{link}")
}

/// What one reply showed to one recipient: ids and kinds, no personal data.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Disclosure {
    pub recipient: Recipient,
    pub at: Instant,
    pub client: Option<ClientId>,
    /// What the recipient held; none for who needs no role.
    pub permission: Option<Permission>,
    pub operation: String,
    pub shown: Vec<ShownGroup>,
    /// A hash over all of it but the instant.
    pub digest: String,
}

pub static DISCLOSURE: Kind = Kind {
    name: "disclosure",
    columns: &[Column::text("recipient"), Column::text("client"), Column::integer("at")],
    indexes: &[
        IndexSpec { name: "by_recipient", columns: &["recipient", "at"] },
        IndexSpec { name: "by_client", columns: &["client", "at"] },
        IndexSpec { name: "by_at", columns: &["at"] },
    ],
};

impl Record for Disclosure {
    const KIND: &'static Kind = &DISCLOSURE;

    fn record_id(&self) -> String {
        format!("{}/{}/{}", self.recipient.key(), self.at.millis(), self.digest)
    }

    fn columns(&self) -> Vec<(&'static str, IndexValue)> {
        let client = self.client.map(|client| ("client", client.to_string().into()));
        let always = [("recipient", self.recipient.column().into()), ("at", self.at.millis().into())];
        always.into_iter().chain(client).collect()
    }
}

/// More sets than this are not remembered for one recipient and day; what comes after is written each time it is shown.
pub const MOST_SEEN: usize = 500;

/// What a recipient was shown today already: a hint, read in the one load of a query, by which most replies need no
/// write. It may be lost: then something is written that was written before.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SeenToday {
    /// The recipient's key.
    pub recipient: String,
    /// Days since 1970-01-01, in UTC.
    pub day: i64,
    /// The digests of the disclosures.
    pub digests: Vec<String>,
}

pub static SEEN_TODAY: Kind = Kind { name: "seen_today", columns: &[], indexes: &[] };

impl Record for SeenToday {
    const KIND: &'static Kind = &SEEN_TODAY;

    fn record_id(&self) -> String {
        self.recipient.clone()
    }
}

closed_list! {
    /// Whose data it is.
    DataSubject {
        Worker "worker",
        User "user",
        Candidate "candidate",
    }
}

/// The erasure of one person, while it runs and after it.
///
/// With the first step the person's own row is empty: nobody books, invites or names them any more, so no further copy
/// comes up while the steps go through those that there are.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Erasure {
    pub of: DataSubject,
    pub person: Uuid,
    pub started_at: Instant,
    pub finished_at: Option<Instant>,
    /// Copies that were found and made empty, beside the person's own rows.
    pub copies: u32,
    /// How far the search for copies has come.
    pub walk: Walk,
}

pub static ERASURE: Kind = Kind { name: "erasure", columns: &[], indexes: &[] };

impl Erasure {
    pub fn worker_id(worker: WorkerId) -> String {
        format!("{}/{worker}", DataSubject::Worker.text())
    }

    pub fn user_id(user: UserId) -> String {
        format!("{}/{user}", DataSubject::User.text())
    }

    pub fn candidate_id(candidate: CandidateId) -> String {
        format!("{}/{candidate}", DataSubject::Candidate.text())
    }

    pub fn begun(of: DataSubject, person: Uuid, now: Instant) -> Self {
        Self { of, person, started_at: now, finished_at: None, copies: 0, walk: Walk::default() }
    }

    pub fn found(&mut self, copies: usize) {
        self.copies = self.copies.saturating_add(u32::try_from(copies).unwrap_or(u32::MAX));
    }
}

impl Record for Erasure {
    const KIND: &'static Kind = &ERASURE;

    fn record_id(&self) -> String {
        format!("{}/{}", self.of.text(), self.person)
    }
}
