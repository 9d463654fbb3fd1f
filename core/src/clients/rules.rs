//! What a client may order, and how many sites it may have, over records alone.

use super::model::{Client, MOST_SITES};
use crate::agency::model::Agency;
use crate::codes::Code;
use crate::engine::Refusal;
use crate::values::SkillId;

/// Whether this client can order staff: its own setting, else the agency's.
pub fn can_order(agency: &Agency, client: &Client) -> bool {
    client.ordering.unwrap_or(agency.ordering)
}

/// The skills that this client can order: the agency's list, narrowed to the client's where it has one.
///
/// Narrowing never widens: a skill that the agency takes away is gone for everybody.
pub fn orderable<'a>(agency: &'a Agency, client: &'a Client) -> impl Iterator<Item = SkillId> + 'a {
    let fits = |skill: &SkillId| client.orderable.as_ref().is_none_or(|narrowed| narrowed.contains(skill));
    agency.orderable.iter().copied().filter(fits)
}

/// Whether a client can order this skill now. An archived skill is judged by whoever reads it.
pub fn can_order_skill(agency: &Agency, client: &Client, skill: SkillId) -> bool {
    orderable(agency, client).any(|one| one == skill)
}

/// A client's own list holds nothing but what the agency lets clients order.
pub fn may_narrow(agency: &Agency, skills: &[SkillId]) -> Result<(), Refusal> {
    match skills.iter().position(|skill| !agency.orderable.contains(skill)) {
        Some(position) => Err(Refusal::new(Code::SkillNotOrderable).at(format!("skills[{position}]"))),
        None => Ok(()),
    }
}

pub fn may_add_site(client: &Client) -> Result<(), Refusal> {
    if client.sites.len() < MOST_SITES {
        Ok(())
    } else {
        Err(Refusal::new(Code::TooMany).at("site").with("expected", MOST_SITES))
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::{can_order, can_order_skill, may_narrow};
    use crate::agency::model::Agency;
    use crate::clients::model::{AccessStatus, Client, MandatePolicy};
    use crate::values::{AgencyId, ClientId, Currency, Locale, SkillId, Text};

    fn skill(number: u128) -> SkillId {
        SkillId::new(Uuid::from_u128(number))
    }

    fn agency(ordering: bool, orderable: &[u128]) -> Agency {
        Agency {
            id: AgencyId::new(Uuid::nil()),
            name: Text::parse("Northlight").unwrap(),
            subdomain: None,
            locale: Locale::En,
            currency: Currency::EUR,
            ordering,
            orderable: orderable.iter().copied().map(skill).collect(),
            approves_identity: false,
            changes: crate::agency::model::ChangePolicy::default(),
            contact: None,
        }
    }

    fn client(ordering: Option<bool>, orderable: Option<&[u128]>) -> Client {
        Client {
            id: ClientId::new(Uuid::nil()),
            name: Text::parse("Astoria").unwrap(),
            locale: None,
            sites: Vec::new(),
            access: AccessStatus::NoAccess,
            link: None,
            people: 0,
            access_before: None,
            access_epoch: 0,
            changes: None,
            contact: None,
            ordering,
            orderable: orderable.map(|list| list.iter().copied().map(skill).collect()),
            auto_accept: false,
            mandates: MandatePolicy::default(),
            sharing: crate::visibility::Sharing::default(),
            host_id: None,
        }
    }

    #[test]
    fn a3_the_clients_own_setting_goes_before_the_agencys() {
        assert!(can_order(&agency(true, &[]), &client(None, None)));
        assert!(!can_order(&agency(false, &[]), &client(None, None)));
        assert!(can_order(&agency(false, &[]), &client(Some(true), None)));
        assert!(!can_order(&agency(true, &[]), &client(Some(false), None)));
    }

    #[test]
    fn a4_narrowing_only_takes_away() {
        let narrowed = client(None, Some(&[1, 3]));
        let agency = agency(true, &[1, 2]);
        assert!(can_order_skill(&agency, &narrowed, skill(1)));
        assert!(!can_order_skill(&agency, &narrowed, skill(2)), "not in the client's list");
        assert!(!can_order_skill(&agency, &narrowed, skill(3)), "taken away by the agency");
        assert!(can_order_skill(&agency, &client(None, None), skill(2)));
        assert!(!can_order_skill(&agency, &client(None, Some(&[])), skill(1)));
        assert_eq!(may_narrow(&agency, &[skill(1), skill(3)]).unwrap_err().path.unwrap(), "skills[1]");
    }
}
