//! A role as people choose it: with a sentence for each thing that it allows.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::access::{ClientRole, Grant, MemberRole, Permission, Permissions, Role, Side};
use crate::values::{ClientId, Locale};

/// One thing that a role allows.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct PermissionView {
    pub permission: Permission,
    /// What it allows, in the reader's language.
    pub sentence: String,
}

/// A role: one that is always there, the agency's, or a client's.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct RoleView {
    /// What is given to people: a name for the roles that are always there, an id for the others.
    pub role: String,
    /// Null for the roles that are always there.
    pub name: Option<String>,
    pub side: Side,
    /// Whose role it is; null if everybody's at the agency.
    pub client: Option<ClientId>,
    pub permissions: Vec<PermissionView>,
}

pub fn made(_: &Grant, role: &Role, client: Option<ClientId>, locale: Locale) -> RoleView {
    RoleView {
        role: role.id.to_string(),
        name: Some(role.name.to_string()),
        side: role.side,
        client,
        permissions: permissions(role.permissions, locale),
    }
}

/// The roles that are always there on one side.
pub fn standard(_: &Grant, side: Side, locale: Locale) -> Vec<RoleView> {
    let view = |role: &str, held: Permissions| RoleView {
        role: role.to_owned(),
        name: None,
        side,
        client: None,
        permissions: permissions(held, locale),
    };
    match side {
        Side::Agency => {
            MemberRole::STANDARD.iter().map(|role| view(&role.text(), role.permissions(None))).collect()
        }
        Side::Client => ClientRole::STANDARD
            .iter()
            .map(|role| view(&role.text(), role.permissions(None).unwrap_or(Permissions::NONE)))
            .collect(),
    }
}

fn permissions(held: Permissions, locale: Locale) -> Vec<PermissionView> {
    held.iter()
        .map(|permission| PermissionView {
            permission,
            sentence: permission.sentence(locale).trim().to_owned(),
        })
        .collect()
}
