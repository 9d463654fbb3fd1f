//! Which records carry a host id, and where.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::agency::model::{Member, Skill};
use crate::clients::model::Client;
use crate::engine::Record;
use crate::projects::model::Project;
use crate::shifts::model::{Shift, Worker};
use crate::values::HostId;

/// A kind of record that can carry a host id.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum HostKind {
    Client,
    Member,
    Project,
    Shift,
    Skill,
    Worker,
}

impl HostKind {
    /// The kind as subjects of events name it.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Client => "client",
            Self::Member => "member",
            Self::Project => "project",
            Self::Shift => "shift",
            Self::Skill => "skill",
            Self::Worker => "worker",
        }
    }

    /// The space of claims in which ids of this kind are unique.
    pub const fn space(self) -> &'static str {
        match self {
            Self::Client => super::CLIENT,
            Self::Member => super::MEMBER,
            Self::Project => super::PROJECT,
            Self::Shift => super::SHIFT,
            Self::Skill => super::SKILL,
            Self::Worker => super::WORKER,
        }
    }
}

/// A record with a place for a host id.
pub trait Hosted: Record {
    fn host_id_mut(&mut self) -> &mut Option<HostId>;
}

macro_rules! hosted {
    ($($record:ty),+) => {$(
        impl Hosted for $record {
            fn host_id_mut(&mut self) -> &mut Option<HostId> {
                &mut self.host_id
            }
        }
    )+};
}

hosted!(Client, Member, Project, Shift, Skill, Worker);
