//! Messages as each side reads them: one type per side, in its own numbers.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::model::{Author, Message, MessageAttachment, MessageAudience, Thread};
use crate::access::Grant;
use crate::values::{Instant, MemberId, MessageId, ProjectId, Text, UserId};

/// Which side wrote.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MessageSide {
    Agency,
    Client,
}

const fn side(author: Author) -> MessageSide {
    if author.is_client() { MessageSide::Client } else { MessageSide::Agency }
}

const fn in_place(author: Author) -> bool {
    matches!(author, Author::User { by: Some(_), .. })
}

/// A message for the agency.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct MessageView {
    pub id: MessageId,
    /// 1, 2, 3 ... among those that the agency reads.
    pub number: u32,
    pub side: MessageSide,
    pub author_name: Text<120>,
    pub member: Option<MemberId>,
    pub user: Option<UserId>,
    /// Somebody of the agency wrote it in the person's place.
    pub in_anothers_place: bool,
    /// Null once it is withdrawn.
    pub text: Option<Text<5000>>,
    pub attachments: Vec<MessageAttachment>,
    pub audience: MessageAudience,
    pub written_at: Instant,
    pub withdrawn_at: Option<Instant>,
}

pub fn message(_: &Grant, message: Message) -> MessageView {
    let (member, user) = match message.author {
        Author::Operator => (None, None),
        Author::Member { id } => (Some(id), None),
        Author::User { id, by } => (by, Some(id)),
    };
    MessageView {
        id: message.id,
        number: message.agency_number.unwrap_or_default(),
        side: side(message.author),
        author_name: message.author_name,
        member,
        user,
        in_anothers_place: in_place(message.author),
        text: message.text,
        attachments: message.attachments.into_vec(),
        audience: message.audience,
        written_at: message.written_at,
        withdrawn_at: message.withdrawn_at,
    }
}

/// A message for the client's people: of the agency's they see the name and no id.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ClientMessageView {
    pub id: MessageId,
    /// 1, 2, 3 ... among those that the client reads.
    pub number: u32,
    pub side: MessageSide,
    pub author_name: Text<120>,
    pub user: Option<UserId>,
    /// Somebody of the agency wrote it in the person's place.
    pub in_anothers_place: bool,
    /// Null once it is withdrawn.
    pub text: Option<Text<5000>>,
    pub attachments: Vec<MessageAttachment>,
    pub audience: MessageAudience,
    pub written_at: Instant,
    pub withdrawn_at: Option<Instant>,
}

pub fn client_message(_: &Grant, message: Message) -> ClientMessageView {
    ClientMessageView {
        id: message.id,
        number: message.client_number.unwrap_or_default(),
        side: side(message.author),
        author_name: message.author_name,
        user: match message.author {
            Author::User { id, .. } => Some(id),
            Author::Operator | Author::Member { .. } => None,
        },
        in_anothers_place: in_place(message.author),
        text: message.text,
        attachments: message.attachments.into_vec(),
        audience: message.audience,
        written_at: message.written_at,
        withdrawn_at: message.withdrawn_at,
    }
}

/// How many messages there are for the reader, and how many of them are new.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ThreadView {
    pub project: ProjectId,
    /// Whom of the agency the client writes to.
    pub manager: Option<MemberId>,
    pub messages: u32,
    /// What others wrote after the reader's mark and have not withdrawn; counted up to 1,000.
    pub unread: u32,
    /// The reader's mark; 0 if nothing was read.
    pub read_to: u32,
}

pub fn thread(_: &Grant, thread: &Thread, unread: u32, read_to: u32) -> ThreadView {
    let (project, manager) = (thread.project, thread.manager);
    ThreadView { project, manager, messages: thread.for_agency, unread, read_to }
}

/// The same for the client's people: the manager's name and no id.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ClientThreadView {
    pub project: ProjectId,
    /// Whom of the agency one writes to.
    pub manager_name: Option<Text<120>>,
    pub messages: u32,
    /// What others wrote after the reader's mark and have not withdrawn; counted up to 1,000.
    pub unread: u32,
    /// The reader's mark; 0 if nothing was read.
    pub read_to: u32,
}

pub fn client_thread(
    _: &Grant,
    thread: &Thread,
    manager_name: Option<Text<120>>,
    unread: u32,
    read_to: u32,
) -> ClientThreadView {
    ClientThreadView { project: thread.project, manager_name, messages: thread.for_client, unread, read_to }
}
