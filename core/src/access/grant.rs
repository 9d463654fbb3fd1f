//! The proof of authorisation. It has no public constructor: only `authorize` makes one.

use super::Permission;
use crate::engine::{Actor, Proof};
use crate::values::ClientId;

/// Where a permission holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Scope {
    Agency,
    Client(ClientId),
}

/// Says that this actor was allowed this, here, on the records of this load.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Grant {
    actor: Actor,
    permission: Option<Permission>,
    scope: Scope,
    sees_prices: bool,
}

impl Grant {
    pub(super) const fn new(
        actor: Actor,
        permission: Option<Permission>,
        scope: Scope,
        sees_prices: bool,
    ) -> Self {
        Self { actor, permission, scope, sees_prices }
    }

    pub const fn permission(&self) -> Option<Permission> {
        self.permission
    }

    pub const fn scope(&self) -> Scope {
        self.scope
    }

    /// True for people at a client: they get client views.
    pub const fn is_client_side(&self) -> bool {
        matches!(self.actor, Actor::User { .. })
    }

    /// Whether amounts that the client pays may be shown.
    pub const fn sees_prices(&self) -> bool {
        self.sees_prices
    }
}

impl Proof for Grant {
    fn actor(&self) -> Actor {
        self.actor
    }
}
