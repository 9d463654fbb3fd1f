//! Roles: the ones that are always there, and the ones that an agency or a client makes.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use uuid::Uuid;

use super::permission::{Permission as P, Permissions, Side};
use crate::engine::Record;
use crate::store::Kind;
use crate::values::{Bounded, RoleId, Text};

macro_rules! roles {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident $text:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)+
            /// A role that was made, by its id.
            Made(RoleId),
        }

        impl $name {
            /// The roles that are always there.
            pub const STANDARD: &'static [Self] = &[$(Self::$variant,)+];

            pub fn text(self) -> Cow<'static, str> {
                match self {
                    $(Self::$variant => Cow::Borrowed($text),)+
                    Self::Made(id) => Cow::Owned(id.to_string()),
                }
            }

            fn parse(text: &str) -> Option<Self> {
                match text {
                    $($text => Some(Self::$variant),)+
                    _ => Uuid::try_parse(text).ok().map(|id| Self::Made(RoleId::new(id))),
                }
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.text())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = Cow::<str>::deserialize(deserializer)?;
                let expected = concat!("one of ", $("`", $text, "`, ",)+ "or the id of a role");
                Self::parse(&text)
                    .ok_or_else(|| de::Error::invalid_value(de::Unexpected::Str(&text), &expected))
            }
        }

        impl JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({
                    "type": "string",
                    "description": concat!("One of ", $("`", $text, "`, ",)+ "or the id of a role that was made."),
                })
            }
        }
    };
}

roles! {
    /// What a person at the agency is there for.
    MemberRole {
        /// Everything.
        Administrator "administrator",
        /// Clients, mandates, shifts and bookings; no settings, no prices.
        Planner "planner",
        /// Reads only.
        Viewer "viewer",
    }
}

roles! {
    /// What a person at a client is there for.
    ClientRole {
        /// Everything, the client's own people too.
        Administrator "administrator",
        /// Orders staff and sees prices.
        Orderer "orderer",
        /// Follows shifts, sees no prices.
        Viewer "viewer",
    }
}

/// What a client's people see whatever else they do.
const CLIENT_VIEWER: Permissions =
    Permissions::of(&[P::ViewOrders, P::ViewShifts, P::ViewTeam, P::SeePhones, P::ReadMessages]);
const CLIENT_ORDERER: Permissions = CLIENT_VIEWER.with(Permissions::of(&[
    P::PlaceOrders,
    P::EditOrders,
    P::WithdrawOrders,
    P::SeePrices,
    P::RequestChanges,
    P::SelectStaff,
    P::WriteMessages,
    P::ViewAttendance,
    P::ViewCandidates,
    P::GiveFeedback,
]));
const AGENCY_VIEWER: Permissions = Permissions::of(&[P::ViewAgency]);
const AGENCY_PLANNER: Permissions = AGENCY_VIEWER.with(Permissions::of(&[
    P::ManageClients,
    P::ManageUsers,
    P::GrantAccess,
    P::PlanShifts,
    P::ReviewMandates,
    P::ManageCandidates,
    P::ShareLinks,
    P::PreviewPortal,
]));

impl MemberRole {
    /// The permissions, made roles looked up in the agency's book; one that is not there has none.
    pub fn permissions(self, book: Option<&RoleBook>) -> Permissions {
        match self {
            Self::Administrator => Permissions::all_of(Side::Agency),
            Self::Planner => AGENCY_PLANNER,
            Self::Viewer => AGENCY_VIEWER,
            Self::Made(id) => made(book, id, Side::Agency).unwrap_or(Permissions::NONE),
        }
    }
}

impl ClientRole {
    /// The permissions of a role that is always there or that is in this book.
    pub fn permissions(self, book: Option<&RoleBook>) -> Option<Permissions> {
        match self {
            Self::Administrator => Some(Permissions::all_of(Side::Client)),
            Self::Orderer => Some(CLIENT_ORDERER),
            Self::Viewer => Some(CLIENT_VIEWER),
            Self::Made(id) => made(book, id, Side::Client),
        }
    }
}

fn made(book: Option<&RoleBook>, id: RoleId, side: Side) -> Option<Permissions> {
    book?.role(id).filter(|role| role.side == side).map(|role| role.permissions)
}

/// A named set of permissions.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Role {
    pub id: RoleId,
    pub name: Text<80>,
    pub side: Side,
    pub permissions: Permissions,
}

/// More roles than this are not kept in one book.
pub const MOST_ROLES: usize = 100;

/// The roles that an agency made, or a client. One record, so that every decision has them in its first load and
/// a change of a role is there for the next one.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct RoleBook {
    /// The agency's or the client's id.
    pub owner: Uuid,
    pub roles: Bounded<Role, MOST_ROLES>,
}

pub static ROLE_BOOK: Kind = Kind { name: "role_book", columns: &[], indexes: &[] };

impl RoleBook {
    pub fn role(&self, id: RoleId) -> Option<&Role> {
        self.roles.iter().find(|role| role.id == id)
    }
}

impl Record for RoleBook {
    const KIND: &'static Kind = &ROLE_BOOK;

    fn record_id(&self) -> String {
        self.owner.to_string()
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::{ClientRole, MemberRole, P, Permissions, Role, RoleBook, Side};
    use crate::values::{Bounded, RoleId, Text};

    fn book(side: Side) -> RoleBook {
        let role = Role {
            id: RoleId::new(Uuid::from_u128(5)),
            name: Text::parse("Accounts").unwrap(),
            side,
            permissions: Permissions::of(&[P::SeePrices]),
        };
        RoleBook { owner: Uuid::nil(), roles: Bounded::new(vec![role]).unwrap() }
    }

    #[test]
    fn b11_a_role_is_written_by_its_name_or_its_id() {
        let id = Uuid::from_u128(5);
        let made = ClientRole::Made(RoleId::new(id));
        assert_eq!(serde_json::to_string(&made).unwrap(), format!("\"{id}\""));
        assert_eq!(serde_json::from_str::<ClientRole>(&format!("\"{id}\"")).unwrap(), made);
        assert_eq!(serde_json::from_str::<MemberRole>("\"planner\"").unwrap(), MemberRole::Planner);
        assert!(serde_json::from_str::<ClientRole>("\"planner\"").is_err());
    }

    #[test]
    fn b11_a_made_role_allows_what_its_book_says_and_nothing_on_the_other_side() {
        let id = RoleId::new(Uuid::from_u128(5));
        let ours = book(Side::Client);
        assert_eq!(ClientRole::Made(id).permissions(Some(&ours)), Some(Permissions::of(&[P::SeePrices])));
        assert_eq!(ClientRole::Made(id).permissions(None), None);
        assert_eq!(MemberRole::Made(id).permissions(Some(&ours)), Permissions::NONE);
        assert_eq!(ClientRole::Made(id).permissions(Some(&book(Side::Agency))), None);
    }

    #[test]
    fn d4_nobody_at_a_client_holds_a_permission_of_the_agency() {
        let agency = Permissions::all_of(Side::Agency);
        for role in [ClientRole::Administrator, ClientRole::Orderer, ClientRole::Viewer] {
            assert!(role.permissions(None).unwrap().iter().all(|one| !agency.holds(one)), "{role:?}");
        }
    }
}
