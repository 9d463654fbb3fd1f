//! The closed list of permissions, and the roles that hold them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One thing that a role may allow.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Permission {
    /// Agency: name, subdomain, ordering, templates, members.
    ManageAgency,
    /// Agency: clients, sites, portal users and their links.
    ManageClients,
    /// Agency: price lists.
    ManagePrices,
    /// Agency: skills and workers, projects, shifts, bookings with their pay.
    PlanShifts,
    /// Agency: accept, decline and edit mandates.
    ReviewMandates,
    /// Agency: the event history of the whole agency.
    ReadHistory,
    /// Agency: read what the agency's people work with.
    ViewAgency,
    /// Client: place, edit and withdraw mandates.
    PlaceOrders,
    /// Client: see estimates and prices.
    SeePrices,
    /// Client: see mandates, projects, shifts and the team as shared.
    ViewShifts,
}

/// What a person at the agency is there for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MemberRole {
    /// Everything.
    Administrator,
    /// Clients, mandates, shifts and bookings; no settings, no prices.
    Planner,
    /// Reads only.
    Viewer,
}

/// What a person at a client is there for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ClientRole {
    /// Orders staff and sees prices.
    Orderer,
    /// Follows shifts, sees no prices.
    Viewer,
}

impl MemberRole {
    pub fn allows(self, permission: Permission) -> bool {
        use Permission as P;
        match permission {
            P::ManageAgency | P::ManagePrices | P::ReadHistory => self == Self::Administrator,
            P::ManageClients | P::PlanShifts | P::ReviewMandates => self != Self::Viewer,
            P::ViewAgency | P::SeePrices | P::ViewShifts => true,
            P::PlaceOrders => false,
        }
    }
}

impl ClientRole {
    pub fn allows(self, permission: Permission) -> bool {
        use Permission as P;
        match permission {
            P::ViewShifts => true,
            P::PlaceOrders | P::SeePrices => self == Self::Orderer,
            P::ManageAgency
            | P::ManageClients
            | P::ManagePrices
            | P::PlanShifts
            | P::ReviewMandates
            | P::ReadHistory
            | P::ViewAgency => false,
        }
    }
}
