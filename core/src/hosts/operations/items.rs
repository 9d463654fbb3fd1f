//! What the host knows of each kind of record, and how that becomes a record of ours.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::access::{Access, Grant, MemberRole, Permission, Principal};
use crate::agency::events::{MemberEvent, SkillEvent};
use crate::agency::model::{Member, Skill, SkillCode};
use crate::agency::staff;
use crate::clients::events::ClientEvent;
use crate::clients::model::Client;
use crate::codes::Code;
use crate::engine::{Record, Refusal, Run, Tx, Want};
use crate::hosts::records::HostKind;
use crate::hosts::{bind, wants};
use crate::shifts::events::WorkerEvent;
use crate::shifts::model::Worker;
use crate::values::{Bounded, Email, HostId, Locale, MemberId, Phone, SkillId, Text};

/// Which of our skills each of the host's skill ids means, this upsert's own included.
pub(super) type Skills = BTreeMap<HostId, SkillId>;

/// One line of the host's table. What the host does not give stays as it is.
pub(super) trait Item {
    const KIND: HostKind;
    const PERMISSION: Permission;
    type Record: Record + PartialEq + Clone;

    fn host_id(&self) -> &HostId;

    /// What must be known to write it, beside who holds its host id.
    fn wants(&self) -> Vec<Want> {
        Vec::new()
    }

    /// What must be known of the record that it becomes, beside the record.
    fn wants_of(_: Uuid) -> Vec<Want> {
        Vec::new()
    }

    /// The record after this line, from the one before.
    fn applied(&self, id: Uuid, old: Option<&Self::Record>, skills: &Skills)
    -> Result<Self::Record, Refusal>;

    /// Writes a record that is new or differs, with its event.
    fn write(tx: &mut Tx, grant: &Grant, old: Option<&Self::Record>, new: &Self::Record) -> Run<()>;
}

/// A skill, by the host's id.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SkillItem {
    pub host_id: HostId,
    pub name: Text<120>,
    #[serde(default)]
    pub codes: Option<Bounded<SkillCode, 20>>,
}

impl Item for SkillItem {
    const KIND: HostKind = HostKind::Skill;
    const PERMISSION: Permission = Permission::PlanShifts;
    type Record = Skill;

    fn host_id(&self) -> &HostId {
        &self.host_id
    }

    fn applied(&self, id: Uuid, old: Option<&Skill>, _: &Skills) -> Result<Skill, Refusal> {
        let codes = self.codes.as_ref().map(|codes| codes.to_vec());
        Ok(Skill {
            id: id.into(),
            name: self.name.clone(),
            codes: codes.or_else(|| old.map(|old| old.codes.clone())).unwrap_or_default(),
            archived: old.is_some_and(|old| old.archived),
            host_id: Some(self.host_id.clone()),
        })
    }

    fn write(tx: &mut Tx, grant: &Grant, old: Option<&Skill>, new: &Skill) -> Run<()> {
        let bound = old.and_then(|old| old.host_id.as_ref());
        bind(tx, grant, Self::KIND.space(), bound, new.host_id.as_ref(), new.id)?;
        tx.put(grant, new)?;
        let skill = new.id;
        tx.emit(
            grant,
            &if old.is_none() { SkillEvent::Created { skill } } else { SkillEvent::Renamed { skill } },
        )
    }
}

/// A client, by the host's id.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClientItem {
    pub host_id: HostId,
    pub name: Text<120>,
    #[serde(default)]
    pub locale: Option<Locale>,
}

impl Item for ClientItem {
    const KIND: HostKind = HostKind::Client;
    const PERMISSION: Permission = Permission::ManageClients;
    type Record = Client;

    fn host_id(&self) -> &HostId {
        &self.host_id
    }

    fn applied(&self, id: Uuid, old: Option<&Client>, _: &Skills) -> Result<Client, Refusal> {
        let host_id = Some(self.host_id.clone());
        let fresh = || Client { host_id, ..Client::new(id.into(), self.name.clone()) };
        let mut client = old.cloned().unwrap_or_else(fresh);
        client.name = self.name.clone();
        client.locale = self.locale.or(client.locale);
        Ok(client)
    }

    fn write(tx: &mut Tx, grant: &Grant, old: Option<&Client>, new: &Client) -> Run<()> {
        let bound = old.and_then(|old| old.host_id.as_ref());
        bind(tx, grant, Self::KIND.space(), bound, new.host_id.as_ref(), new.id)?;
        tx.put(grant, new)?;
        let client = new.id;
        tx.emit(
            grant,
            &if old.is_none() { ClientEvent::Created { client } } else { ClientEvent::Changed { client } },
        )
    }
}

/// A member, by the host's id.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MemberItem {
    pub host_id: HostId,
    pub name: Text<120>,
    pub email: Email,
    pub role: MemberRole,
    #[serde(default)]
    pub locale: Option<Locale>,
}

impl Item for MemberItem {
    const KIND: HostKind = HostKind::Member;
    const PERMISSION: Permission = Permission::ManageMembers;
    type Record = Member;

    fn host_id(&self) -> &HostId {
        &self.host_id
    }

    fn wants(&self) -> Vec<Want> {
        staff::wants(Some(&self.email), None).collect()
    }

    fn wants_of(id: Uuid) -> Vec<Want> {
        vec![Want::record::<Principal>(id)]
    }

    fn applied(&self, id: Uuid, old: Option<&Member>, _: &Skills) -> Result<Member, Refusal> {
        Ok(Member {
            id: MemberId::new(id),
            name: self.name.clone(),
            email: self.email.clone(),
            role: self.role,
            access: old.map_or(Access::Active, |old| old.access),
            locale: self.locale.or_else(|| old.and_then(|old| old.locale)),
            host_id: Some(self.host_id.clone()),
        })
    }

    fn write(tx: &mut Tx, grant: &Grant, old: Option<&Member>, new: &Member) -> Run<()> {
        staff::write(tx, grant, old, new)?;
        let (member, role) = (new.id, new.role);
        let event = match old {
            None => MemberEvent::Added { member, role },
            Some(old) if old.role != role => MemberEvent::RoleChanged { member, role },
            Some(_) => MemberEvent::Changed { member },
        };
        tx.emit(grant, &event)
    }
}

/// A worker, by the host's id.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WorkerItem {
    pub host_id: HostId,
    pub name: Text<120>,
    #[serde(default)]
    pub phone: Option<Phone>,
    /// By the host's ids of the skills.
    #[serde(default)]
    pub skills: Option<Bounded<HostId, 100>>,
    #[serde(default)]
    pub archived: Option<bool>,
}

impl Item for WorkerItem {
    const KIND: HostKind = HostKind::Worker;
    const PERMISSION: Permission = Permission::PlanShifts;
    type Record = Worker;

    fn host_id(&self) -> &HostId {
        &self.host_id
    }

    fn wants(&self) -> Vec<Want> {
        self.skills.iter().flatten().filter_map(|skill| wants(HostKind::Skill.space(), Some(skill))).collect()
    }

    fn applied(&self, id: Uuid, old: Option<&Worker>, skills: &Skills) -> Result<Worker, Refusal> {
        let known = match &self.skills {
            None => old.map(|old| old.skills.clone()).unwrap_or_default(),
            Some(names) => {
                let unknown = |position| Refusal::new(Code::SkillUnknown).at(format!("skills[{position}]"));
                let found = names
                    .iter()
                    .enumerate()
                    .map(|(position, name)| skills.get(name).copied().ok_or_else(|| unknown(position)));
                let mut known = found.collect::<Result<Vec<SkillId>, Refusal>>()?;
                known.sort_unstable();
                known.dedup();
                Bounded::new(known)?
            }
        };
        Ok(Worker {
            id: id.into(),
            name: self.name.clone(),
            phone: self.phone.clone().or_else(|| old.and_then(|old| old.phone.clone())),
            picture: old.and_then(|old| old.picture.clone()),
            skills: known,
            archived: self.archived.unwrap_or_else(|| old.is_some_and(|old| old.archived)),
            host_id: Some(self.host_id.clone()),
            erased_at: None,
        })
    }

    fn write(tx: &mut Tx, grant: &Grant, old: Option<&Worker>, new: &Worker) -> Run<()> {
        let bound = old.and_then(|old| old.host_id.as_ref());
        bind(tx, grant, Self::KIND.space(), bound, new.host_id.as_ref(), new.id)?;
        tx.put(grant, new)?;
        let (worker, archived) = (new.id, new.archived);
        let created = WorkerEvent::Created { worker };
        tx.emit(grant, &if old.is_none() { created } else { WorkerEvent::Updated { worker, archived } })
    }
}
