//! A project's thread, its messages, and how far each person has read.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::engine::Record;
use crate::store::{Column, IndexSpec, IndexValue, Kind};
use crate::values::{
    Bounded, ClientId, ContentHash, FileName, Instant, MediaType, MemberId, MessageId, ProjectId, Text,
    UserId, Whole,
};

/// Who wrote.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "side", rename_all = "snake_case")]
pub enum Author {
    /// The embedding platform's own code, for the agency.
    Operator,
    Member {
        id: MemberId,
    },
    /// A person at the client; `by` is the member who stood in their place, if one did.
    User {
        id: UserId,
        by: Option<MemberId>,
    },
}

impl Author {
    pub const fn is_client(self) -> bool {
        matches!(self, Self::User { .. })
    }
}

/// Who reads a message.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "MessageAudience")]
pub enum MessageAudience {
    #[default]
    Both,
    /// The agency's people alone.
    Agency,
    /// The client's people alone, and whoever stands in the place of one.
    Client,
}

/// A file that the host keeps. The library holds what is needed to show, check and find it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MessageAttachment {
    pub name: FileName,
    pub media_type: MediaType,
    /// Its size in bytes.
    pub bytes: Whole<1, 2_000_000_000>,
    pub sha256: ContentHash,
    /// By what the host finds the file. Both sides see it, so it is no secret and opens nothing by itself.
    pub reference: Text<500>,
}

pub const MOST_ATTACHMENTS: usize = 10;

/// What somebody wrote.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Message {
    pub id: MessageId,
    pub project: ProjectId,
    pub client: Option<ClientId>,
    pub author: Author,
    /// As the author was called then.
    pub author_name: Text<120>,
    /// None once it is withdrawn.
    pub text: Option<Text<5000>>,
    pub attachments: Bounded<MessageAttachment, MOST_ATTACHMENTS>,
    pub audience: MessageAudience,
    pub written_at: Instant,
    pub withdrawn_at: Option<Instant>,
    /// Its number among those that the agency reads. Each side counts its own, so that no gap tells of others.
    pub agency_number: Option<u32>,
    /// Its number among those that the client reads.
    pub client_number: Option<u32>,
    /// The author was erased: the name is gone, and nobody finds the message by them.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub author_erased: bool,
}

pub static MESSAGE: Kind = Kind {
    name: "message",
    columns: &[
        Column::text("agency_thread"),
        Column::integer("agency_number"),
        Column::text("client_thread"),
        Column::integer("client_number"),
        // Of people at clients: what is theirs is found by them.
        Column::text("author"),
        Column::integer("written_at"),
    ],
    indexes: &[
        IndexSpec { name: "for_agency", columns: &["agency_thread", "agency_number"] },
        IndexSpec { name: "for_client", columns: &["client_thread", "client_number"] },
        IndexSpec { name: "by_author", columns: &["author", "written_at"] },
    ],
};

impl Record for Message {
    const KIND: &'static Kind = &MESSAGE;

    fn record_id(&self) -> String {
        self.id.to_string()
    }

    fn columns(&self) -> Vec<(&'static str, IndexValue)> {
        let thread = self.project.to_string();
        let mut columns = Vec::new();
        if let Some(number) = self.agency_number {
            columns.push(("agency_thread", thread.clone().into()));
            columns.push(("agency_number", i64::from(number).into()));
        }
        if let Some(number) = self.client_number {
            columns.push(("client_thread", thread.into()));
            columns.push(("client_number", i64::from(number).into()));
        }
        if let (Author::User { id, .. }, false) = (self.author, self.author_erased) {
            columns.push(("author", id.to_string().into()));
            columns.push(("written_at", self.written_at.millis().into()));
        }
        columns
    }
}

/// Messages that one project keeps.
pub const MOST_MESSAGES: u32 = 100_000;

/// A project's thread. Its id is the project's.
///
/// Guard record: who writes takes the next number of each side here, so no two messages have the same.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Thread {
    pub project: ProjectId,
    /// Whom of the agency the client writes to.
    pub manager: Option<MemberId>,
    pub for_agency: u32,
    pub for_client: u32,
}

pub static THREAD: Kind = Kind { name: "thread", columns: &[], indexes: &[] };

impl Thread {
    pub const fn of(project: ProjectId) -> Self {
        Self { project, manager: None, for_agency: 0, for_client: 0 }
    }
}

impl Record for Thread {
    const KIND: &'static Kind = &THREAD;

    fn record_id(&self) -> String {
        self.project.to_string()
    }
}

/// How far one person has read a thread, in the numbers of their side.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ReadMark {
    pub project: ProjectId,
    pub person: Uuid,
    pub number: u32,
    pub read_at: Instant,
}

pub static READ_MARK: Kind = Kind { name: "read_mark", columns: &[], indexes: &[] };

impl ReadMark {
    pub fn id(project: ProjectId, person: Uuid) -> String {
        format!("{project}/{person}")
    }
}

impl Record for ReadMark {
    const KIND: &'static Kind = &READ_MARK;

    fn record_id(&self) -> String {
        Self::id(self.project, self.person)
    }
}
