//! What is asked: who, which permission, about what.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::access::Permission;
use crate::values::{ClientId, MandateId, MemberId, ProjectId, ShiftId, SiteId, UserId};

/// Questions in one call.
pub const MOST_QUESTIONS: usize = 10_000;

/// Whom the question is about, if not the actor.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "side", rename_all = "snake_case", deny_unknown_fields)]
pub enum AccessSubject {
    /// A person at the agency.
    Member { id: MemberId },
    /// A person at a client.
    User { id: UserId },
}

/// What a question is about.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum AccessObject {
    /// The agency as a whole.
    Agency,
    /// A client as a whole.
    Client {
        id: ClientId,
    },
    /// A place of work of a client.
    Site {
        client: ClientId,
        id: SiteId,
    },
    Project {
        id: ProjectId,
    },
    Shift {
        id: ShiftId,
    },
    Mandate {
        id: MandateId,
    },
    /// A person at a client.
    User {
        id: UserId,
    },
}

/// May they do this to that?
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AccessQuestion {
    pub permission: Permission,
    pub object: AccessObject,
}
