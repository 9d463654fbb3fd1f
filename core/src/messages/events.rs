//! What happened in threads: ids and figures, no word of what was written.

use serde::Serialize;

use super::model::{Message, MessageAudience};
use crate::engine::{EventBody, Subject};
use crate::values::{ClientId, MemberId, MessageId, ProjectId};

/// A message was written or withdrawn. One for the agency alone has another name, which no client's history knows.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct MessageEvent {
    #[serde(skip)]
    withdrawn: bool,
    message: MessageId,
    project: ProjectId,
    client: Option<ClientId>,
    audience: MessageAudience,
    attachments: usize,
}

impl MessageEvent {
    pub fn written(message: &Message) -> Self {
        Self {
            withdrawn: false,
            message: message.id,
            project: message.project,
            client: message.client,
            audience: message.audience,
            attachments: message.attachments.len(),
        }
    }

    pub fn withdrawn(message: &Message) -> Self {
        Self { withdrawn: true, ..Self::written(message) }
    }
}

impl EventBody for MessageEvent {
    fn name(&self) -> &'static str {
        match (self.audience, self.withdrawn) {
            (MessageAudience::Agency, false) => "internal_message_written",
            (MessageAudience::Agency, true) => "internal_message_withdrawn",
            (MessageAudience::Both | MessageAudience::Client, false) => "message_written",
            (MessageAudience::Both | MessageAudience::Client, true) => "message_withdrawn",
        }
    }

    fn subject(&self) -> Subject {
        Subject::new("project", self.project)
    }
}

/// Whom of the agency the client writes to was set.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct ManagerSet {
    pub project: ProjectId,
    pub client: Option<ClientId>,
    pub manager: Option<MemberId>,
}

impl EventBody for ManagerSet {
    fn name(&self) -> &'static str {
        "project_manager_set"
    }

    fn subject(&self) -> Subject {
        Subject::new("project", self.project)
    }
}
