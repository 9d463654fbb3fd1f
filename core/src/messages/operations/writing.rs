//! Writing a message, and taking one's own back.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::ours;
use crate::access::{Grant, Permission};
use crate::agency::model::{Agency, Member};
use crate::clients::model::Client;
use crate::codes::Code;
use crate::engine::{Actor, Effect, Operation, Proof, Refusal, Run, Tx, Want};
use crate::messages::events::MessageEvent;
use crate::messages::model::{Author, MOST_ATTACHMENTS, Message, MessageAttachment, MessageAudience, Thread};
use crate::messages::rules;
use crate::messages::views::{self, ClientMessageView, MessageView};
use crate::notifications::model::AboutProject;
use crate::notifications::{Notice, raise};
use crate::projects::finding::own;
use crate::projects::model::Project;
use crate::users::model::User;
use crate::values::{Bounded, MessageId, ProjectId, Text};

/// What both sides give.
struct Draft<'a> {
    text: &'a Text<5000>,
    attachments: &'a Bounded<MessageAttachment, MOST_ATTACHMENTS>,
    audience: MessageAudience,
}

fn wants(tx: &Tx, project: ProjectId) -> Vec<Want> {
    let name = match tx.context().actor {
        Actor::Member { id } => Some(Want::record::<Member>(id)),
        Actor::User { id } | Actor::Impersonated { user: id, .. } => Some(Want::record::<User>(id)),
        Actor::Operator => Some(Want::record::<Agency>(tx.context().agency)),
        Actor::Preview { .. } | Actor::Holder { .. } | Actor::Guest => None,
    };
    let records = [Want::record::<Project>(project), Want::record::<Thread>(project)];
    records.into_iter().chain(name).collect()
}

/// Writes the message into the project's thread and tells the other side, if it reads it.
fn write(tx: &mut Tx, grant: &Grant, project: &Project, draft: &Draft) -> Run<Message> {
    let author = rules::author(grant.actor()).ok_or_else(|| Refusal::new(Code::WrongSide))?;
    rules::may_address(author, draft.audience)?;
    let author_name = match author {
        Author::Operator => tx.get::<Agency>(tx.context().agency)?.name,
        Author::Member { id } => tx.get::<Member>(id)?.name,
        Author::User { id, .. } => tx.get::<User>(id)?.name,
    };
    let found: Option<Thread> = tx.find(project.id)?;
    let mut thread = found.unwrap_or_else(|| Thread::of(project.id));
    let (agency_number, client_number) = rules::number(&mut thread, draft.audience)?;
    let message = Message {
        id: tx.new_id(),
        project: project.id,
        client: project.client,
        author,
        author_name,
        text: Some(draft.text.clone()),
        attachments: draft.attachments.clone(),
        audience: draft.audience,
        written_at: tx.now(),
        withdrawn_at: None,
        agency_number,
        client_number,
        author_erased: false,
    };
    tx.put(grant, &thread)?;
    tx.put(grant, &message)?;
    tx.emit(grant, &MessageEvent::written(&message))?;
    if let Some(client) = project.client.filter(|_| draft.audience == MessageAudience::Both) {
        tx.prefetch([Want::record::<Client>(client)])?;
        let client: Client = tx.get(client)?;
        let about = AboutProject::of(&client, project, project.sites());
        let notice = if author.is_client() { Notice::ClientWrote(about) } else { Notice::AgencyWrote(about) };
        raise(tx, grant, &notice)?;
    }
    Ok(message)
}

/// Takes one's own message back: its text and files are gone, that there was one stays.
fn withdraw(tx: &mut Tx, grant: &Grant, message: Option<Message>, project: &Project) -> Run<Message> {
    let me = rules::author(grant.actor());
    let message = message.filter(|message| message.project == project.id && Some(message.author) == me);
    let mut message = message.ok_or_else(Refusal::not_found)?;
    if message.withdrawn_at.is_some() {
        return Err(Refusal::new(Code::MessageWithdrawn).into());
    }
    tx.emit(grant, &MessageEvent::withdrawn(&message))?;
    message.withdrawn_at = Some(tx.now());
    message.text = None;
    message.attachments = Bounded::default();
    tx.put(grant, &message)?;
    Ok(message)
}

/// Writes a message in a project's thread, to the client as well or to the agency's people alone.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WriteMessage {
    pub project: ProjectId,
    pub text: Text<5000>,
    #[serde(default)]
    pub attachments: Bounded<MessageAttachment, MOST_ATTACHMENTS>,
    /// `both` or `agency`.
    #[serde(default)]
    pub audience: MessageAudience,
}

impl Operation for WriteMessage {
    const NAME: &'static str = "messages.write";
    const EFFECT: Effect = Effect::Command;
    type Reply = MessageView;

    fn run(&self, tx: &mut Tx) -> Run<MessageView> {
        tx.prefetch(wants(tx, self.project))?;
        let (grant, project) = ours(tx, self.project, Permission::PlanShifts)?;
        let (text, attachments) = (&self.text, &self.attachments);
        let draft = Draft { text, attachments, audience: self.audience };
        let message = write(tx, &grant, &project, &draft)?;
        Ok(views::message(&grant, message))
    }
}

/// Writes a message in a project's thread, to the agency as well or to the client's people alone.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WriteMyMessage {
    pub project: ProjectId,
    pub text: Text<5000>,
    #[serde(default)]
    pub attachments: Bounded<MessageAttachment, MOST_ATTACHMENTS>,
    /// `both` or `client`.
    #[serde(default)]
    pub audience: MessageAudience,
}

impl Operation for WriteMyMessage {
    const NAME: &'static str = "my_messages.write";
    const EFFECT: Effect = Effect::Command;
    type Reply = ClientMessageView;

    fn run(&self, tx: &mut Tx) -> Run<ClientMessageView> {
        tx.prefetch(wants(tx, self.project))?;
        let (grant, project) = own(tx, Permission::WriteMessages, self.project)?;
        if !grant.is_client_side() {
            return Err(Refusal::new(Code::WrongSide).into());
        }
        let (text, attachments) = (&self.text, &self.attachments);
        let draft = Draft { text, attachments, audience: self.audience };
        let message = write(tx, &grant, &project, &draft)?;
        Ok(views::client_message(&grant, message))
    }
}

/// Withdraws a message that the caller wrote: its text and files are gone.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WithdrawMessage {
    pub project: ProjectId,
    pub message: MessageId,
}

impl Operation for WithdrawMessage {
    const NAME: &'static str = "messages.withdraw";
    const EFFECT: Effect = Effect::Command;
    type Reply = MessageView;

    fn run(&self, tx: &mut Tx) -> Run<MessageView> {
        tx.prefetch([Want::record::<Project>(self.project), Want::record::<Message>(self.message)])?;
        let (grant, project) = ours(tx, self.project, Permission::PlanShifts)?;
        let message: Option<Message> = tx.find(self.message)?;
        let message = withdraw(tx, &grant, message, &project)?;
        Ok(views::message(&grant, message))
    }
}

/// Withdraws a message that the caller wrote: its text and files are gone.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WithdrawMyMessage {
    pub project: ProjectId,
    pub message: MessageId,
}

impl Operation for WithdrawMyMessage {
    const NAME: &'static str = "my_messages.withdraw";
    const EFFECT: Effect = Effect::Command;
    type Reply = ClientMessageView;

    fn run(&self, tx: &mut Tx) -> Run<ClientMessageView> {
        tx.prefetch([Want::record::<Project>(self.project), Want::record::<Message>(self.message)])?;
        let (grant, project) = own(tx, Permission::WriteMessages, self.project)?;
        let message: Option<Message> = tx.find(self.message)?;
        let message = withdraw(tx, &grant, message, &project)?;
        Ok(views::client_message(&grant, message))
    }
}
