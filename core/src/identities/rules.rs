//! Decisions over identities: who vouches, what a group is worth, when an address is enough.

use super::model::{Group, Issuer, Provider, Providers, Standing};
use crate::access::{Principal, PrincipalSide};
use crate::codes::Code;
use crate::engine::Refusal;
use crate::values::ClientId;

/// The issuer among those that the client trusts.
pub fn trusted<'a>(providers: Option<&'a Providers>, issuer: &Issuer) -> Result<&'a Provider, Refusal> {
    let mut trusted = providers.iter().flat_map(|providers| &providers.providers);
    trusted
        .find(|provider| provider.issuer == *issuer)
        .ok_or_else(|| Refusal::new(Code::IdentityProviderUnknown).at("issuer"))
}

/// What somebody in these groups is at the client: the first rule that fits decides, else what holds otherwise.
pub fn standing(provider: &Provider, groups: &[Group]) -> Option<Standing> {
    let rule = provider.groups.iter().find(|rule| groups.contains(&rule.group));
    rule.map(super::model::GroupRule::standing).or_else(|| provider.otherwise.clone())
}

/// Whether a verified address says enough about who this is: only of somebody who is nothing anywhere else, because
/// one client's issuer must not open another client's doors.
pub fn is_of_client_alone(principal: &Principal, client: ClientId) -> bool {
    match &principal.side {
        PrincipalSide::User { clients } => {
            !clients.is_empty() && clients.iter().all(|one| one.client == client)
        }
        PrincipalSide::Member { .. } => false,
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::{is_of_client_alone, standing};
    use crate::access::{Access, ClientAccess, ClientRole, Principal, PrincipalSide, Reach};
    use crate::identities::model::{GroupRule, Provider, Standing};
    use crate::values::{Bounded, ClientId, Text};

    fn provider(otherwise: Option<ClientRole>) -> Provider {
        let rule = |group: &str, role| GroupRule {
            group: Text::parse(group).unwrap(),
            role,
            reach: Reach::Everything,
        };
        Provider {
            issuer: Text::parse("https://login.astoria.example").unwrap(),
            groups: Bounded::new(vec![
                rule("portal-admins", ClientRole::Administrator),
                rule("banqueting", ClientRole::Orderer),
            ])
            .unwrap(),
            otherwise: otherwise.map(|role| Standing { role, reach: Reach::Everything }),
            creates_people: true,
            links_by_email: true,
        }
    }

    #[test]
    fn b16_the_first_rule_whose_group_fits_decides_whatever_the_order_of_the_groups() {
        let groups = |names: &[&str]| names.iter().map(|name| Text::parse(name).unwrap()).collect::<Vec<_>>();
        let role = |otherwise, names: &[&str]| {
            standing(&provider(otherwise), &groups(names)).map(|standing| standing.role)
        };
        assert_eq!(role(None, &["banqueting", "portal-admins"]), Some(ClientRole::Administrator));
        assert_eq!(role(None, &["banqueting"]), Some(ClientRole::Orderer));
        assert_eq!(
            role(None, &["Banqueting", ""].map(|name| if name.is_empty() { "x" } else { name })),
            None
        );
        assert_eq!(role(None, &[]), None);
        assert_eq!(role(Some(ClientRole::Viewer), &["kitchen"]), Some(ClientRole::Viewer));
    }

    #[test]
    fn b16_an_address_opens_nothing_at_another_client() {
        let client = |n| ClientId::new(Uuid::from_u128(n));
        let person = |clients: &[u128]| Principal {
            id: Uuid::from_u128(9),
            side: PrincipalSide::User {
                clients: clients
                    .iter()
                    .map(|n| ClientAccess {
                        client: client(*n),
                        role: ClientRole::Viewer,
                        reach: Reach::Everything,
                    })
                    .collect(),
            },
            access: Access::Active,
            must_change_password: false,
            locale: None,
        };
        assert!(is_of_client_alone(&person(&[1]), client(1)));
        assert!(!is_of_client_alone(&person(&[1, 2]), client(1)));
        assert!(!is_of_client_alone(&person(&[2]), client(1)));
        assert!(!is_of_client_alone(&person(&[]), client(1)));
    }
}
