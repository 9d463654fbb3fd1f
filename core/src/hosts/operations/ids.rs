//! One host id: setting it, finding by it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::access::{Permission, Scope, authorize};
use crate::agency::model::{Member, Skill};
use crate::clients::model::Client;
use crate::engine::{Effect, Operation, Run, Tx, Want};
use crate::hosts::events::HostIdSet;
use crate::hosts::records::{HostKind, Hosted};
use crate::hosts::views::{FoundView, HostIdView};
use crate::hosts::{bind, wants};
use crate::projects::model::Project;
use crate::shifts::model::{Shift, Worker};
use crate::values::{HostId, RecordId};

/// Gives a record the host's own id for it, in place of the one it had; null takes it away.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetHostId {
    pub kind: HostKind,
    pub id: RecordId,
    // Required, so that leaving it out does not take the id away.
    #[serde(deserialize_with = "Option::deserialize")]
    pub host_id: Option<HostId>,
}

impl Operation for SetHostId {
    const NAME: &'static str = "hosts.set_id";
    const EFFECT: Effect = Effect::Command;
    type Reply = HostIdView;

    fn run(&self, tx: &mut Tx) -> Run<HostIdView> {
        match self.kind {
            HostKind::Client => self.set::<Client>(tx),
            HostKind::Member => self.set::<Member>(tx),
            HostKind::Project => self.set::<Project>(tx),
            HostKind::Shift => self.set::<Shift>(tx),
            HostKind::Skill => self.set::<Skill>(tx),
            HostKind::Worker => self.set::<Worker>(tx),
        }
    }
}

impl SetHostId {
    fn set<R: Hosted>(&self, tx: &mut Tx) -> Run<HostIdView> {
        let space = self.kind.space();
        let free = wants(space, self.host_id.as_ref());
        tx.prefetch(free.into_iter().chain([Want::record::<R>(self.id)]))?;
        let grant = authorize(tx, Permission::ManageAgency, Scope::Agency)?;
        let mut record: R = tx.get(self.id)?;
        let old = record.host_id_mut().clone();
        if old != self.host_id {
            bind(tx, &grant, space, old.as_ref(), self.host_id.as_ref(), self.id)?;
            record.host_id_mut().clone_from(&self.host_id);
            tx.put(&grant, &record)?;
            tx.emit(&grant, &HostIdSet { kind: self.kind, id: self.id })?;
        }
        Ok(HostIdView { id: self.id, host_id: self.host_id.clone() })
    }
}

/// The record that carries a host id.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FindByHostId {
    pub kind: HostKind,
    pub host_id: HostId,
}

impl Operation for FindByHostId {
    const NAME: &'static str = "hosts.find";
    const EFFECT: Effect = Effect::Query;
    type Reply = FoundView;

    fn run(&self, tx: &mut Tx) -> Run<FoundView> {
        let want = Want::Claim { space: self.kind.space(), name: self.host_id.as_str().to_owned() };
        tx.prefetch([want.clone()])?;
        authorize(tx, Permission::ViewAgency, Scope::Agency)?;
        let holder = tx.holder(want)?.and_then(|text| text.parse::<Uuid>().ok());
        Ok(FoundView { id: holder.map(RecordId::new) })
    }
}
