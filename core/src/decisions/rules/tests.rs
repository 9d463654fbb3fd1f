//! The rules of decisions, one by one.

use std::collections::BTreeSet;

use uuid::Uuid;

use super::{DecidingRule, by_rights, decide};
use crate::access::{
    Access, ClientAccess, ClientRole, Permission, Principal, PrincipalSide, Reach, Rights, Selection,
};
use crate::codes::Code;
use crate::decisions::fields::FieldRule;
use crate::decisions::subject::{Subject, held_up};
use crate::decisions::things::{Thing, Things};
use crate::values::{Bounded, ClientId, Instant, Locale, SiteId, UserId};

const HOTEL: ClientId = ClientId::new(Uuid::from_u128(1));
const BAKERY: ClientId = ClientId::new(Uuid::from_u128(2));
const GARDEN: SiteId = SiteId::new(Uuid::from_u128(3));

fn rights(role: ClientRole, reach: Reach) -> Rights {
    let access = ClientAccess { client: HOTEL, role, reach };
    Rights::of_user(UserId::new(Uuid::from_u128(9)), vec![(access, role.permissions(None).unwrap())])
}

fn person(client: ClientId, access: Access) -> Principal {
    let standing = ClientAccess { client, role: ClientRole::Viewer, reach: Reach::Everything };
    Principal {
        id: Uuid::from_u128(10),
        side: PrincipalSide::User { clients: vec![standing] },
        access,
        must_change_password: false,
        locale: None,
    }
}

#[test]
fn b15_every_rule_that_refuses_has_a_code_and_a_sentence_in_each_language() {
    let mut sentences = BTreeSet::new();
    for rule in DecidingRule::ALL {
        let [english, french] = Locale::ALL.map(|locale| rule.sentence(locale));
        assert!(english != french && sentences.insert(english), "{rule:?}");
        let allows = matches!(rule, DecidingRule::Operator | DecidingRule::RoleHolds);
        assert_eq!(rule.code().is_none(), allows, "{rule:?}");
    }
    for rule in FieldRule::ALL {
        let [english, french] = Locale::ALL.map(|locale| rule.sentence(locale));
        assert!(english != french && !english.is_empty(), "{rule:?}");
    }
}

#[test]
fn a10_what_is_out_of_reach_is_answered_like_what_is_not_there_but_to_the_agency() {
    let selection = Selection { sites: Bounded::new(vec![GARDEN]).unwrap(), ..Selection::default() };
    let own = Subject::of_actor(rights(ClientRole::Orderer, Reach::Selected(selection)), false);
    let elsewhere = Thing::Site(HOTEL, SiteId::new(Uuid::from_u128(4)));
    let ask = |subject: &Subject, thing: &Thing| by_rights(subject, Permission::PlaceOrders, thing);
    assert_eq!(ask(&own, &Thing::Site(HOTEL, GARDEN)), DecidingRule::RoleHolds);
    for thing in [&elsewhere, &Thing::Client(BAKERY), &Thing::Missing] {
        assert_eq!(ask(&own, thing), DecidingRule::NotThere);
    }
    let heard = Subject { hears_why: true, ..own };
    assert_eq!(ask(&heard, &elsewhere), DecidingRule::OutOfReach);
    assert_eq!(ask(&heard, &Thing::Client(BAKERY)), DecidingRule::NotTheirClient);
    assert_eq!(ask(&heard, &Thing::Missing), DecidingRule::NotThere);
}

#[test]
fn a10_who_may_only_look_reads_and_changes_nothing() {
    let looking = Subject::of_actor(rights(ClientRole::Administrator, Reach::Everything), true);
    let now = Instant::parse("2026-09-01T08:00:00Z").unwrap();
    let ask = |permission| decide(&looking, permission, &Thing::Client(HOTEL), &Things::default(), now);
    assert_eq!(ask(Permission::ViewShifts), DecidingRule::RoleHolds);
    for permission in [Permission::PlaceOrders, Permission::ManagePeople, Permission::EditCompany] {
        assert_eq!(ask(permission), DecidingRule::ReadsOnly, "{permission:?}");
    }
    let mut closed = Things::default();
    closed.set_ordering(HOTEL, false);
    let ordering = Subject { reads_only: false, ..looking };
    let rule = decide(&ordering, Permission::PlaceOrders, &Thing::Client(HOTEL), &closed, now);
    assert_eq!((rule, rule.code()), (DecidingRule::OrderingClosed, Some(Code::OrderingClosed)));
}

#[test]
fn b15_a_client_hears_of_its_own_people_within_its_own_bounds() {
    let asker = rights(ClientRole::Administrator, Reach::Everything);
    let other = ClientAccess { client: BAKERY, role: ClientRole::Viewer, reach: Reach::Everything };
    let here = ClientAccess { client: HOTEL, ..other.clone() };
    let viewer = ClientRole::Viewer.permissions(None).unwrap();
    let at_both = Rights::of_user(UserId::new(Uuid::from_u128(8)), vec![(here, viewer), (other, viewer)]);
    let subject = Subject { bounds: Some(asker), ..Subject::of_actor(at_both, false) };
    let ask = |client| by_rights(&subject, Permission::ViewShifts, &Thing::Client(client));
    assert_eq!((ask(HOTEL), ask(BAKERY)), (DecidingRule::RoleHolds, DecidingRule::NotThere));
}

#[test]
fn b15_what_holds_somebody_up_goes_before_everything_else() {
    let cases = [
        (Access::Active, true, None),
        (Access::Active, false, Some(DecidingRule::PortalOff)),
        (Access::Invited, true, Some(DecidingRule::NotJoined)),
        (Access::Deactivated, true, Some(DecidingRule::AccessEnded)),
    ];
    for (access, portal, expected) in cases {
        assert_eq!(held_up(&person(HOTEL, access), portal), expected);
    }
    let given = Principal { must_change_password: true, ..person(HOTEL, Access::Active) };
    assert_eq!(held_up(&given, true), Some(DecidingRule::PasswordMustChange));
    let rights = rights(ClientRole::Administrator, Reach::Everything);
    let out = Subject { held_up: Some(DecidingRule::AccessEnded), ..Subject::of_actor(rights, false) };
    assert_eq!(by_rights(&out, Permission::ViewShifts, &Thing::Client(HOTEL)), DecidingRule::AccessEnded);
    assert_eq!(by_rights(&out, Permission::ViewShifts, &Thing::Missing), DecidingRule::AccessEnded);
}
