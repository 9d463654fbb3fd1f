//! The decision: rights of one person at hand, and a question. No Tx, no records but those that give rights.

use super::model::{ClientAccess, Principal, PrincipalSide};
use super::permission::{Permission, Permissions, Side};
use super::reach::{Place, Reach};
use super::role::RoleBook;
use crate::codes::Code;
use crate::values::{ClientId, UserId};

/// What somebody may do at one client, and where.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StandingRights {
    pub client: ClientId,
    pub permissions: Permissions,
    pub reach: Reach,
}

/// What one actor may do: everything that a decision needs, sorted for looking up.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Rights {
    /// The embedding platform's own code.
    Operator,
    Member(Permissions),
    User {
        id: UserId,
        /// By client.
        standings: Vec<StandingRights>,
    },
}

/// Which rule decided.
#[derive(
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Debug,
    serde::Serialize,
    serde::Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "AccessRule")]
pub enum Rule {
    /// The operator may do everything that the agency may.
    Operator,
    /// The role holds the permission, and it is within reach.
    RoleHolds,
    /// The role does not hold the permission.
    RoleLacks,
    /// The permission is the other side's.
    OtherSide,
    /// The person does not belong to this client: for them, it is not there.
    NotTheirClient,
    /// Outside the projects and sites that the person is limited to: for them, it is not there.
    OutOfReach,
}

/// An answer with the rule that gave it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Decision {
    pub rule: Rule,
    /// Why not; none if it is allowed.
    pub code: Option<Code>,
}

impl Decision {
    const fn yes(rule: Rule) -> Self {
        Self { rule, code: None }
    }

    const fn no(rule: Rule, code: Code) -> Self {
        Self { rule, code: Some(code) }
    }

    pub const fn is_allowed(&self) -> bool {
        self.code.is_none()
    }
}

/// What of a client's portal a member sees who may read the agency's data: they work with more than that.
const MEMBER_SEES: Permissions = Permissions::of(&[
    Permission::ViewOrders,
    Permission::ViewShifts,
    Permission::ViewTeam,
    Permission::SeePhones,
    Permission::SeePrices,
]);

impl Rights {
    /// A member's, from their principal and the agency's roles.
    pub fn of_member(principal: &Principal, book: Option<&RoleBook>) -> Option<Self> {
        let PrincipalSide::Member { role } = principal.side else { return None };
        let permissions = role.permissions(book);
        let sees = if permissions.holds(Permission::ViewAgency) { MEMBER_SEES } else { Permissions::NONE };
        Some(Self::Member(permissions.with(sees)))
    }

    /// A user's, from each standing with the permissions that its role was found to hold.
    pub fn of_user(id: UserId, found: Vec<(ClientAccess, Permissions)>) -> Self {
        let mut standings: Vec<StandingRights> = found
            .into_iter()
            .map(|(ClientAccess { client, reach, .. }, permissions)| StandingRights {
                client,
                permissions,
                reach,
            })
            .collect();
        standings.sort_by_key(|standing| standing.client);
        Self::User { id, standings }
    }

    /// The standing at a client, if there is one.
    pub fn at(&self, client: ClientId) -> Option<&StandingRights> {
        let Self::User { standings, .. } = self else { return None };
        let found = standings.binary_search_by_key(&client, |standing| standing.client).ok()?;
        standings.get(found)
    }

    /// Whether a permission of the agency's side is held.
    pub fn decide_at_agency(&self, permission: Permission) -> Decision {
        match self {
            Self::Operator => Decision::yes(Rule::Operator),
            Self::Member(permissions) if permissions.holds(permission) => Decision::yes(Rule::RoleHolds),
            Self::Member(_) if permission.side() == Side::Client => {
                Decision::no(Rule::OtherSide, Code::WrongSide)
            }
            Self::Member(_) => Decision::no(Rule::RoleLacks, Code::NotPermitted),
            Self::User { .. } => Decision::no(Rule::OtherSide, Code::WrongSide),
        }
    }

    /// Whether a permission is held at a place of a client.
    ///
    /// What a person cannot reach is not there for them, so that says nothing about whether it exists.
    pub fn decide(&self, permission: Permission, place: &Place) -> Decision {
        match self {
            Self::Operator | Self::Member(_) => self.decide_at_agency(permission),
            Self::User { .. } if permission.side() == Side::Agency => {
                Decision::no(Rule::OtherSide, Code::WrongSide)
            }
            Self::User { id, .. } => match self.at(place.client) {
                None => Decision::no(Rule::NotTheirClient, Code::NotFound),
                Some(standing) if !standing.reach.covers(place, Some(*id)) => {
                    Decision::no(Rule::OutOfReach, Code::NotFound)
                }
                Some(standing) if standing.permissions.holds(permission) => Decision::yes(Rule::RoleHolds),
                Some(_) => Decision::no(Rule::RoleLacks, Code::NotPermitted),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::{Code, Place, Reach, Rights, Rule, StandingRights};
    use crate::access::{ClientRole, MemberRole, Permission, Selection};
    use crate::values::{Bounded, ClientId, ProjectId, UserId};

    const HOTEL: ClientId = ClientId::new(Uuid::from_u128(1));
    const BAKERY: ClientId = ClientId::new(Uuid::from_u128(2));
    const GALA: ProjectId = ProjectId::new(Uuid::from_u128(3));

    fn user(role: ClientRole, reach: Reach) -> Rights {
        let standing = StandingRights { client: HOTEL, permissions: role.permissions(None).unwrap(), reach };
        Rights::User { id: UserId::new(Uuid::from_u128(9)), standings: vec![standing] }
    }

    #[test]
    fn a10_a_decision_names_its_rule() {
        let orderer = user(ClientRole::Orderer, Reach::Everything);
        let rule = |rights: &Rights, permission, client| {
            let decision = rights.decide(permission, &Place::client(client));
            (decision.rule, decision.code)
        };
        assert_eq!(rule(&orderer, Permission::PlaceOrders, HOTEL), (Rule::RoleHolds, None));
        assert_eq!(
            rule(&orderer, Permission::ManagePeople, HOTEL),
            (Rule::RoleLacks, Some(Code::NotPermitted))
        );
        assert_eq!(
            rule(&orderer, Permission::PlaceOrders, BAKERY),
            (Rule::NotTheirClient, Some(Code::NotFound))
        );
        assert_eq!(rule(&orderer, Permission::PlanShifts, HOTEL), (Rule::OtherSide, Some(Code::WrongSide)));
        assert_eq!(rule(&Rights::Operator, Permission::PlanShifts, HOTEL), (Rule::Operator, None));
        let planner = Rights::Member(MemberRole::Planner.permissions(None));
        assert_eq!(rule(&planner, Permission::PlanShifts, HOTEL), (Rule::RoleHolds, None));
        assert_eq!(
            rule(&planner, Permission::ManagePrices, HOTEL),
            (Rule::RoleLacks, Some(Code::NotPermitted))
        );
        assert_eq!(rule(&planner, Permission::PlaceOrders, HOTEL), (Rule::OtherSide, Some(Code::WrongSide)));
    }

    #[test]
    fn b8_out_of_reach_is_as_if_it_were_not_there_whatever_the_role() {
        let selection = Selection { projects: Bounded::new(vec![GALA]).unwrap(), sites: Bounded::default() };
        for role in [ClientRole::Administrator, ClientRole::Viewer] {
            let rights = user(role, Reach::Selected(selection.clone()));
            let at = |project| rights.decide(Permission::ViewShifts, &Place::at(HOTEL, Some(project), &[]));
            assert!(at(GALA).is_allowed());
            let other = at(ProjectId::new(Uuid::from_u128(4)));
            assert_eq!((other.rule, other.code), (Rule::OutOfReach, Some(Code::NotFound)));
        }
    }
}
