//! A thread as a whole: with whom of the agency one speaks, how many messages there are and how many are new.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::ours;
use super::reading::reader;
use crate::access::{Access, Permission};
use crate::agency::model::Member;
use crate::codes::Code;
use crate::engine::{Effect, Operation, Refusal, Run, Tx, Want};
use crate::messages::events::ManagerSet;
use crate::messages::model::{Message, ReadMark, Thread};
use crate::messages::rules;
use crate::messages::views::{self, ClientThreadView, ThreadView};
use crate::projects::finding::own;
use crate::projects::model::Project;
use crate::values::{MemberId, ProjectId};

const MOST_COUNTED: u32 = 1000;

fn wants(tx: &Tx, project: ProjectId) -> Vec<Want> {
    let mark =
        reader(tx.context().actor).map(|person| Want::record::<ReadMark>(ReadMark::id(project, person)));
    [Want::record::<Project>(project), Want::record::<Thread>(project)].into_iter().chain(mark).collect()
}

/// The caller's mark, and how many messages of others stand behind it.
fn unread(tx: &mut Tx, index: &'static str, project: ProjectId, others: Option<Want>) -> Run<(u32, u32)> {
    let actor = tx.context().actor;
    let mark: Option<ReadMark> = match reader(actor) {
        Some(person) => tx.find(ReadMark::id(project, person))?,
        None => None,
    };
    let read_to = mark.map_or(0, |mark| mark.number);
    let from = i64::from(read_to).saturating_add(1);
    let behind = Want::range::<Message>(index, vec![project.to_string().into()], MOST_COUNTED)
        .between(Some(from.into()), None);
    tx.prefetch([behind.clone()].into_iter().chain(others))?;
    let me = rules::author(actor.audience());
    let mut count = 0;
    for message in tx.records::<Message>(behind)? {
        count += u32::from(rules::is_unread_by(&message?, me));
    }
    Ok((read_to, count))
}

/// A project's thread for the agency's people.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GetThread {
    pub project: ProjectId,
}

impl Operation for GetThread {
    const NAME: &'static str = "messages.thread";
    const EFFECT: Effect = Effect::Query;
    type Reply = ThreadView;

    fn run(&self, tx: &mut Tx) -> Run<ThreadView> {
        tx.prefetch(wants(tx, self.project))?;
        let (grant, project) = ours(tx, self.project, Permission::ViewAgency)?;
        let found: Option<Thread> = tx.find(project.id)?;
        let thread = found.unwrap_or_else(|| Thread::of(project.id));
        let (read_to, unread) = unread(tx, "for_agency", project.id, None)?;
        Ok(views::thread(&grant, &thread, unread, read_to))
    }
}

/// A project's thread for the client's people.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GetMyThread {
    pub project: ProjectId,
}

impl Operation for GetMyThread {
    const NAME: &'static str = "my_messages.thread";
    const EFFECT: Effect = Effect::Query;
    type Reply = ClientThreadView;

    fn run(&self, tx: &mut Tx) -> Run<ClientThreadView> {
        tx.prefetch(wants(tx, self.project))?;
        let (grant, project) = own(tx, Permission::ReadMessages, self.project)?;
        let found: Option<Thread> = tx.find(project.id)?;
        let thread = found.unwrap_or_else(|| Thread::of(project.id));
        let manager = thread.manager.map(Want::record::<Member>);
        let (read_to, unread) = unread(tx, "for_client", project.id, manager)?;
        let manager: Option<Member> = match thread.manager {
            Some(manager) => tx.find(manager)?,
            None => None,
        };
        let name = manager.map(|manager| manager.name);
        Ok(views::client_thread(&grant, &thread, name, unread, read_to))
    }
}

/// Sets whom of the agency the client of a project writes to.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetManager {
    pub project: ProjectId,
    /// Without it, the project has no manager.
    #[serde(default)]
    pub manager: Option<MemberId>,
}

impl Operation for SetManager {
    const NAME: &'static str = "messages.set_manager";
    const EFFECT: Effect = Effect::Command;
    type Reply = ThreadView;

    fn run(&self, tx: &mut Tx) -> Run<ThreadView> {
        let manager = self.manager.map(Want::record::<Member>);
        tx.prefetch(wants(tx, self.project).into_iter().chain(manager))?;
        let (grant, project) = ours(tx, self.project, Permission::PlanShifts)?;
        if let Some(id) = self.manager {
            let member: Member = tx.get(id)?;
            if member.access != Access::Active {
                return Err(Refusal::new(Code::AccessEnded).at("manager").into());
            }
        }
        let found: Option<Thread> = tx.find(project.id)?;
        let mut thread = found.unwrap_or_else(|| Thread::of(project.id));
        if thread.manager != self.manager {
            thread.manager = self.manager;
            tx.put(&grant, &thread)?;
            let (project, client, manager) = (project.id, project.client, self.manager);
            tx.emit(&grant, &ManagerSet { project, client, manager })?;
        }
        let (read_to, unread) = unread(tx, "for_agency", project.id, None)?;
        Ok(views::thread(&grant, &thread, unread, read_to))
    }
}
