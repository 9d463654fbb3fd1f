//! Pages of messages, newest first, and how far one has read.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::ours;
use crate::access::{Grant, Page, PageRequest, Permission, page_of, prefetch_page};
use crate::engine::{Actor, Effect, Operation, Proof, Run, Tx, Want};
use crate::messages::model::{Message, ReadMark, Thread};
use crate::messages::views::{self, ClientMessageView, MessageView};
use crate::projects::finding::own;
use crate::projects::model::Project;
use crate::values::ProjectId;

fn newest(index: &'static str, project: ProjectId) -> Want {
    Want::range::<Message>(index, vec![project.to_string().into()], 0).newest_first()
}

/// The messages of a project's thread that the agency reads, newest first.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListMessages {
    pub project: ProjectId,
    #[serde(default)]
    pub page: PageRequest,
}

impl Operation for ListMessages {
    const NAME: &'static str = "messages.list";
    const EFFECT: Effect = Effect::Query;
    type Reply = Page<MessageView>;

    fn run(&self, tx: &mut Tx) -> Run<Page<MessageView>> {
        let want = newest("for_agency", self.project);
        prefetch_page::<Message>(tx, &self.page, &want, [Want::record::<Project>(self.project)])?;
        let (grant, _) = ours(tx, self.project, Permission::ViewAgency)?;
        page_of(tx, &self.page, want, |one: Message| views::message(&grant, one))
    }
}

/// The messages of a project's thread that the client reads, newest first.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListMyMessages {
    pub project: ProjectId,
    #[serde(default)]
    pub page: PageRequest,
}

impl Operation for ListMyMessages {
    const NAME: &'static str = "my_messages.list";
    const EFFECT: Effect = Effect::Query;
    type Reply = Page<ClientMessageView>;

    fn run(&self, tx: &mut Tx) -> Run<Page<ClientMessageView>> {
        let want = newest("for_client", self.project);
        prefetch_page::<Message>(tx, &self.page, &want, [Want::record::<Project>(self.project)])?;
        let (grant, _) = own(tx, Permission::ReadMessages, self.project)?;
        page_of(tx, &self.page, want, |one: Message| views::client_message(&grant, one))
    }
}

/// How far the caller has read now.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct MessagesRead {
    pub read_to: u32,
}

fn marks(tx: &Tx, project: ProjectId) -> Vec<Want> {
    let mark =
        reader(tx.context().actor).map(|person| Want::record::<ReadMark>(ReadMark::id(project, person)));
    [Want::record::<Project>(project), Want::record::<Thread>(project)].into_iter().chain(mark).collect()
}

/// Whose mark it is. The operator leaves none, nor does a member in somebody's place: the person has not read it.
pub(super) const fn reader(actor: Actor) -> Option<uuid::Uuid> {
    match actor {
        Actor::Member { id } => Some(id.uuid()),
        Actor::User { id } | Actor::Preview { user: id, .. } => Some(id.uuid()),
        Actor::Operator | Actor::Impersonated { .. } | Actor::Holder { .. } | Actor::Guest => None,
    }
}

/// Sets the caller's mark, never back and never behind the last message.
fn mark(
    tx: &mut Tx,
    grant: &Grant,
    project: ProjectId,
    to: Option<u32>,
    last: impl Fn(&Thread) -> u32,
) -> Run<MessagesRead> {
    let found: Option<Thread> = tx.find(project)?;
    let last = found.as_ref().map_or(0, last);
    let Some(person) = reader(grant.actor()) else { return Ok(MessagesRead { read_to: 0 }) };
    let old: Option<ReadMark> = tx.find(ReadMark::id(project, person))?;
    let before = old.map_or(0, |mark| mark.number);
    let number = to.unwrap_or(last).min(last).max(before);
    if number > before {
        tx.put(grant, &ReadMark { project, person, number, read_at: tx.now() })?;
    }
    Ok(MessagesRead { read_to: number })
}

/// Notes that the caller has read a project's messages, up to a number or all of them.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MarkMessagesRead {
    pub project: ProjectId,
    /// The number of the last message that was read; all if not given.
    #[serde(default)]
    pub to: Option<u32>,
}

impl Operation for MarkMessagesRead {
    const NAME: &'static str = "messages.mark_read";
    const EFFECT: Effect = Effect::Command;
    type Reply = MessagesRead;

    fn run(&self, tx: &mut Tx) -> Run<MessagesRead> {
        tx.prefetch(marks(tx, self.project))?;
        let (grant, project) = ours(tx, self.project, Permission::ViewAgency)?;
        mark(tx, &grant, project.id, self.to, |thread| thread.for_agency)
    }
}

/// Notes that the caller has read a project's messages, up to a number or all of them.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MarkMyMessagesRead {
    pub project: ProjectId,
    /// The number of the last message that was read; all if not given.
    #[serde(default)]
    pub to: Option<u32>,
}

impl Operation for MarkMyMessagesRead {
    const NAME: &'static str = "my_messages.mark_read";
    const EFFECT: Effect = Effect::Command;
    type Reply = MessagesRead;

    fn run(&self, tx: &mut Tx) -> Run<MessagesRead> {
        tx.prefetch(marks(tx, self.project))?;
        let (grant, project) = own(tx, Permission::ReadMessages, self.project)?;
        mark(tx, &grant, project.id, self.to, |thread| thread.for_client)
    }
}
