//! The proof of authorisation. It has no public constructor: only `authorize` makes one.

use super::{Permission, Permissions, Place, Reach};
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
    held: Permissions,
    reach: Reach,
}

impl Grant {
    pub(super) const fn new(
        actor: Actor,
        permission: Option<Permission>,
        scope: Scope,
        held: Permissions,
        reach: Reach,
    ) -> Self {
        Self { actor, permission, scope, held, reach }
    }

    pub const fn permission(&self) -> Option<Permission> {
        self.permission
    }

    pub const fn scope(&self) -> Scope {
        self.scope
    }

    /// True for people at a client, and whoever stands in for one: they get client views.
    pub const fn is_client_side(&self) -> bool {
        self.actor.user().is_some()
    }

    /// Whether the actor holds this permission here too, beside the one that was asked for.
    pub const fn holds(&self, permission: Permission) -> bool {
        self.held.holds(permission)
    }

    /// All that the actor holds here: nobody gives more than this.
    pub const fn held(&self) -> Permissions {
        self.held
    }

    /// How far the rights reach at the client: what a list must be cut to.
    pub const fn reach(&self) -> &Reach {
        &self.reach
    }

    /// Whether what is at this place is the actor's to see: for what a view is made of.
    pub fn reaches(&self, place: &Place) -> bool {
        self.reach.covers(place, self.actor.user())
    }

    /// Whether amounts that the client pays may be shown.
    pub const fn sees_prices(&self) -> bool {
        self.holds(Permission::SeePrices)
    }
}

impl Proof for Grant {
    fn actor(&self) -> Actor {
        self.actor
    }
}
