//! Bringing many of the host's records in at once.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::items::{ClientItem, Item, MemberItem, SkillItem, Skills, WorkerItem};
use crate::access::{Permission, Scope, authorize};
use crate::codes::Code;
use crate::engine::{Effect, Operation, Refusal, Run, Stop, Tx, Want};
use crate::hosts::records::HostKind;
use crate::hosts::views::{UpsertOutcome, UpsertView, UpsertedView};
use crate::hosts::wants;
use crate::values::{Bounded, HostId, RecordId};

/// All lists together.
const MOST_ITEMS: usize = 500;
/// Different skills that workers may name beside those of the same upsert.
const MOST_SKILLS_NAMED: usize = 1000;

/// Creates or updates records by the host's own ids, up to 500 in all, and says what changed.
///
/// All or nothing. Giving the same again changes nothing; what the host does not give stays as it is. Workers may
/// name skills of the same upsert.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UpsertRecords {
    #[serde(default)]
    pub skills: Bounded<SkillItem, 500>,
    #[serde(default)]
    pub clients: Bounded<ClientItem, 500>,
    #[serde(default)]
    pub members: Bounded<MemberItem, 500>,
    #[serde(default)]
    pub workers: Bounded<WorkerItem, 500>,
}

impl Operation for UpsertRecords {
    const NAME: &'static str = "hosts.upsert";
    const EFFECT: Effect = Effect::Command;
    type Reply = UpsertView;

    fn run(&self, tx: &mut Tx) -> Run<UpsertView> {
        self.check()?;
        let holders = holders_of(&self.skills)
            .chain(holders_of(&self.clients))
            .chain(holders_of(&self.members))
            .chain(holders_of(&self.workers));
        tx.prefetch(holders)?;
        authorize(tx, Permission::ViewAgency, Scope::Agency)?;
        let skills = targets(tx, &self.skills)?;
        let clients = targets(tx, &self.clients)?;
        let members = targets(tx, &self.members)?;
        let workers = targets(tx, &self.workers)?;
        let records = records_of::<SkillItem>(&skills)
            .chain(records_of::<ClientItem>(&clients))
            .chain(records_of::<MemberItem>(&members))
            .chain(records_of::<WorkerItem>(&workers));
        tx.prefetch(records)?;
        let known = self.known_skills(tx, &skills)?;
        Ok(UpsertView {
            skills: apply("skills", tx, &self.skills, &skills, &known)?,
            clients: apply("clients", tx, &self.clients, &clients, &known)?,
            members: apply("members", tx, &self.members, &members, &known)?,
            workers: apply("workers", tx, &self.workers, &workers, &known)?,
        })
    }
}

impl UpsertRecords {
    fn check(&self) -> Result<(), Refusal> {
        if self.skills.len() + self.clients.len() + self.members.len() + self.workers.len() > MOST_ITEMS {
            return Err(Refusal::new(Code::TooMany).with("expected", MOST_ITEMS));
        }
        let named: BTreeSet<&HostId> = self.named_skills().collect();
        if named.len() > MOST_SKILLS_NAMED {
            return Err(Refusal::new(Code::TooMany).at("workers").with("expected", MOST_SKILLS_NAMED));
        }
        once("skills", "host_id", self.skills.iter().map(|item| item.host_id.as_str()))?;
        once("clients", "host_id", self.clients.iter().map(|item| item.host_id.as_str()))?;
        once("members", "host_id", self.members.iter().map(|item| item.host_id.as_str()))?;
        once("members", "email", self.members.iter().map(|item| item.email.folded()))?;
        once("workers", "host_id", self.workers.iter().map(|item| item.host_id.as_str()))
    }

    fn named_skills(&self) -> impl Iterator<Item = &HostId> {
        self.workers.iter().flat_map(|worker| worker.skills.iter().flatten())
    }

    /// The host's ids of skills that are here already or come with this upsert.
    fn known_skills(&self, tx: &mut Tx, targets: &[Target]) -> Run<Skills> {
        let ours =
            self.skills.iter().zip(targets).map(|(item, target)| (item.host_id.clone(), target.id.into()));
        let mut known: Skills = ours.collect();
        for host_id in self.named_skills() {
            if known.contains_key(host_id) {
                continue;
            }
            if let Some(id) = holder(tx, HostKind::Skill, host_id)? {
                known.insert(host_id.clone(), id.into());
            }
        }
        Ok(known)
    }
}

/// No two lines of one list are about the same thing.
fn once<K: Ord>(list: &str, field: &str, keys: impl Iterator<Item = K>) -> Result<(), Refusal> {
    let mut seen = BTreeSet::new();
    for (position, key) in keys.enumerate() {
        if !seen.insert(key) {
            return Err(Refusal::new(Code::GivenTwice).at(format!("{list}[{position}].{field}")));
        }
    }
    Ok(())
}

/// The record that a line is about: one that carries the host's id, or a new one.
#[derive(Clone, Copy)]
struct Target {
    id: Uuid,
    is_new: bool,
}

fn holder(tx: &mut Tx, kind: HostKind, host_id: &HostId) -> Run<Option<Uuid>> {
    let holder = tx.holder(Want::Claim { space: kind.space(), name: host_id.as_str().to_owned() })?;
    Ok(holder.and_then(|text| text.parse().ok()))
}

fn holders_of<I: Item>(items: &[I]) -> impl Iterator<Item = Want> {
    items.iter().flat_map(|item| wants(I::KIND.space(), Some(item.host_id())).into_iter().chain(item.wants()))
}

fn targets<I: Item>(tx: &mut Tx, items: &[I]) -> Run<Vec<Target>> {
    let target = |item: &I| match holder(tx, I::KIND, item.host_id())? {
        Some(id) => Ok(Target { id, is_new: false }),
        None => Ok(Target { id: tx.new_id(), is_new: true }),
    };
    items.iter().map(target).collect()
}

fn records_of<I: Item>(targets: &[Target]) -> impl Iterator<Item = Want> {
    targets.iter().flat_map(|target| {
        let record = (!target.is_new).then(|| Want::record::<I::Record>(target.id));
        record.into_iter().chain(I::wants_of(target.id))
    })
}

fn apply<I: Item>(
    list: &str,
    tx: &mut Tx,
    items: &[I],
    targets: &[Target],
    skills: &Skills,
) -> Run<Vec<UpsertedView>> {
    if items.is_empty() {
        return Ok(Vec::new());
    }
    let grant = authorize(tx, I::PERMISSION, Scope::Agency)?;
    let one = |(position, (item, target)): (usize, (&I, &Target))| {
        let placed = |refusal: Refusal| refusal.under(&format!("{list}[{position}]"));
        let old: Option<I::Record> = if target.is_new { None } else { Some(tx.get(target.id)?) };
        let new = item.applied(target.id, old.as_ref(), skills).map_err(placed)?;
        let outcome = match &old {
            None => UpsertOutcome::Created,
            Some(old) if *old == new => UpsertOutcome::Unchanged,
            Some(_) => UpsertOutcome::Updated,
        };
        if outcome != UpsertOutcome::Unchanged {
            I::write(tx, &grant, old.as_ref(), &new).map_err(|stop| match stop {
                Stop::Refused(refusal) => Stop::Refused(placed(refusal)),
                Stop::Counted(refusal) => Stop::Counted(placed(refusal)),
                Stop::Waiting => Stop::Waiting,
            })?;
        }
        Ok(UpsertedView { host_id: item.host_id().clone(), id: RecordId::new(target.id), outcome })
    };
    items.iter().zip(targets).enumerate().map(one).collect()
}
