//! What happened to a role.

use serde::Serialize;

use crate::access::Permissions;
use crate::engine::{EventBody, Subject};
use crate::values::{ClientId, RoleId};

#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(untagged)]
pub enum RoleEvent {
    /// `client` is whose role it is; none if it is the agency's.
    Created {
        role: RoleId,
        client: Option<ClientId>,
        permissions: Permissions,
    },
    Changed {
        role: RoleId,
        client: Option<ClientId>,
        permissions: Permissions,
    },
    Removed {
        role: RoleId,
        client: Option<ClientId>,
    },
}

impl EventBody for RoleEvent {
    fn name(&self) -> &'static str {
        match self {
            Self::Created { .. } => "role_created",
            Self::Changed { .. } => "role_changed",
            Self::Removed { .. } => "role_removed",
        }
    }

    fn subject(&self) -> Subject {
        match self {
            Self::Created { role, .. } | Self::Changed { role, .. } | Self::Removed { role, .. } => {
                Subject::new("role", role)
            }
        }
    }
}
