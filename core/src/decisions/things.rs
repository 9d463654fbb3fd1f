//! What questions are about, loaded once each, and what of them a decision looks at.

use std::collections::BTreeMap;

use super::questions::AccessObject;
use crate::access::{Permission, Principal};
use crate::mandates::model::Mandate;
use crate::projects::model::Project;
use crate::shifts::model::Shift;
use crate::shifts::rules::{Terms, is_atomic};
use crate::values::{ClientId, SiteId};

/// The thing that a question is about, as it is stored.
#[derive(Clone, Debug)]
pub enum Thing {
    Agency,
    Client(ClientId),
    Site(ClientId, SiteId),
    /// With its sites, which its place borrows.
    Project {
        project: Project,
        sites: Vec<SiteId>,
    },
    // These two are larger by far than the rest.
    Shift(Box<Shift>),
    Mandate(Box<Mandate>),
    Person(Principal),
    /// There is no such thing.
    Missing,
}

impl Thing {
    /// The client whose policy decides what can be asked of this, if one does.
    pub fn split_of(&self, permission: Permission) -> Option<ClientId> {
        match (permission, self) {
            (Permission::RequestChanges, Self::Shift(shift)) if !is_atomic(shift) => shift.client,
            _ => None,
        }
    }

    /// The client whose ordering must be open for this, if it must.
    pub fn orders_of(&self, permission: Permission) -> Option<ClientId> {
        match (permission, self) {
            (Permission::PlaceOrders, Self::Client(client) | Self::Site(client, _)) => Some(*client),
            (Permission::PlaceOrders, Self::Project { project, .. }) => project.seen_by(),
            (Permission::PlaceOrders | Permission::EditOrders, Self::Mandate(mandate)) => {
                Some(mandate.client)
            }
            _ => None,
        }
    }
}

/// Everything that the questions of one call are about.
#[derive(Clone, Default, Debug)]
pub struct Things {
    /// In the order of their objects.
    list: Vec<(AccessObject, Thing)>,
    /// The clients whose ordering matters here, and whether it is open.
    ordering: BTreeMap<ClientId, bool>,
    /// What the clients of split shifts may ask for, where that matters here.
    terms: BTreeMap<ClientId, Terms>,
}

impl Things {
    /// The list is in the order of its objects.
    pub const fn new(list: Vec<(AccessObject, Thing)>) -> Self {
        Self { list, ordering: BTreeMap::new(), terms: BTreeMap::new() }
    }

    pub fn get(&self, object: &AccessObject) -> &Thing {
        let found = self.list.binary_search_by(|(known, _)| known.cmp(object)).ok();
        found.and_then(|at| self.list.get(at)).map_or(&Thing::Missing, |(_, thing)| thing)
    }

    pub fn set_ordering(&mut self, client: ClientId, is_open: bool) {
        self.ordering.insert(client, is_open);
    }

    pub fn set_terms(&mut self, client: ClientId, terms: Terms) {
        self.terms.insert(client, terms);
    }

    pub fn terms(&self, client: ClientId) -> Option<&Terms> {
        self.terms.get(&client)
    }

    pub fn is_closed(&self, client: ClientId) -> bool {
        self.ordering.get(&client) == Some(&false)
    }
}
