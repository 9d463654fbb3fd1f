//! What roles hold, written a second time: features B9 and B11, and the docs of roles.

use crate::dice::Dice;

/// Every permission that people at a client can hold.
pub const OF_CLIENTS: &[&str] = &[
    "place_orders",
    "edit_orders",
    "withdraw_orders",
    "see_prices",
    "view_orders",
    "view_shifts",
    "view_team",
    "see_phones",
    "request_changes",
    "approve_orders",
    "manage_purchase_orders",
    "select_staff",
    "read_messages",
    "write_messages",
    "view_attendance",
    "view_candidates",
    "give_feedback",
    "manage_people",
    "manage_own_roles",
    "edit_company",
    "read_own_history",
];

/// Every permission that people at the agency can hold.
pub const OF_AGENCIES: &[&str] = &[
    "manage_agency",
    "manage_members",
    "manage_roles",
    "manage_clients",
    "manage_users",
    "grant_access",
    "manage_prices",
    "plan_shifts",
    "review_mandates",
    "share_links",
    "preview_portal",
    "impersonate",
    "approve_company_changes",
    "read_history",
    "manage_candidates",
    "manage_personal_data",
    "view_agency",
];

/// Where the state of an order or of a shift decides too: `access.can` on these is not compared here.
pub const WITH_STATE: &[&str] = &[
    "place_orders",
    "edit_orders",
    "withdraw_orders",
    "request_changes",
    "approve_orders",
    "review_mandates",
];

const VIEWER: &[&str] = &["view_orders", "view_shifts", "view_team", "see_phones", "read_messages"];
const ORDERER: &[&str] = &[
    "view_orders",
    "view_shifts",
    "view_team",
    "see_phones",
    "read_messages",
    "place_orders",
    "edit_orders",
    "withdraw_orders",
    "see_prices",
    "request_changes",
    "select_staff",
    "write_messages",
    "view_attendance",
    "view_candidates",
    "give_feedback",
];
const PLANNER: &[&str] = &[
    "view_agency",
    "manage_clients",
    "manage_users",
    "grant_access",
    "plan_shifts",
    "review_mandates",
    "manage_candidates",
    "share_links",
    "preview_portal",
];

/// A role by its name, or one that was made, with what it holds.
#[derive(Clone, Debug)]
pub enum Role {
    Standard(&'static str, &'static [&'static str]),
    /// Of the agency's own book, or of the client's.
    Made {
        by_client: bool,
        holds: Vec<&'static str>,
    },
}

impl Role {
    pub fn holds(&self) -> &[&'static str] {
        match self {
            Self::Standard(_, holds) => holds,
            Self::Made { holds, .. } => holds,
        }
    }

    pub fn at_client(dice: &mut Dice) -> Self {
        match dice.of(8) {
            0 | 1 => Self::Standard("administrator", OF_CLIENTS),
            2 => Self::Standard("orderer", ORDERER),
            3 => Self::Standard("viewer", VIEWER),
            _ => Self::Made { by_client: dice.percent(50), holds: dice.some(OF_CLIENTS, 70) },
        }
    }

    pub fn at_agency(dice: &mut Dice) -> Self {
        match dice.of(6) {
            0 => Self::Standard("administrator", OF_AGENCIES),
            1 => Self::Standard("planner", PLANNER),
            2 => Self::Standard("viewer", &["view_agency"]),
            _ => Self::Made { by_client: false, holds: dice.some(OF_AGENCIES, 60) },
        }
    }
}
