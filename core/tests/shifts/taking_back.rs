//! C12, D1, D5, A13, A14: projects that are shared, taken back, and shown to the public.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use staffgate::Actor;
use staffgate::access::{
    Access, ClientAccess, ClientRole, Permission, Permissions, Principal, PrincipalSide, Reach, Role,
    RoleBook, Selection, Side,
};
use staffgate::codes::Code;
use staffgate::projects::model::{MOST_REQUESTS, MOST_SHIFTS, ProjectPlace};
use staffgate::values::{Bounded, RoleId, ShiftId, Text, UserId};
use uuid::Uuid;

use crate::world::{
    AGENCY, ANNA, GALA, HOTEL, NIGHT, NOTHING, NOW, PLANNER, World, client, position, project, shift,
};

/// Limited to the gala.
const LINA: Actor = Actor::User { id: UserId::new(Uuid::from_u128(0xb7)) };
/// With the right to see shifts, and nothing else.
const LEAST: Actor = Actor::User { id: UserId::new(Uuid::from_u128(0xb8)) };

fn world() -> World {
    let world = World::new();
    world.put(&client(HOTEL));
    for place in ProjectPlace::of(&project(GALA, HOTEL)) {
        world.put(&place);
    }
    let seeing = RoleId::new(Uuid::from_u128(0x99));
    let role = Role {
        id: seeing,
        name: Text::parse("Sees shifts").unwrap(),
        side: Side::Client,
        permissions: Permissions::of(&[Permission::ViewShifts]),
    };
    world
        .put(&RoleBook { owner: Uuid::parse_str(AGENCY).unwrap(), roles: Bounded::new(vec![role]).unwrap() });
    let selection = Selection { projects: Bounded::new(vec![GALA]).unwrap(), sites: Bounded::default() };
    for (actor, role, reach) in [
        (LINA, ClientRole::Orderer, Reach::Selected(selection)),
        (LEAST, ClientRole::Made(seeing), Reach::Everything),
    ] {
        let Actor::User { id } = actor else { panic!("a user") };
        let standing = ClientAccess { client: HOTEL, role, reach };
        world.put(&Principal {
            id: id.uuid(),
            side: PrincipalSide::User { clients: vec![standing] },
            access: Access::Active,
            must_change_password: false,
            locale: None,
        });
    }
    world
}

#[test]
fn c12_a_project_that_was_taken_back_and_none_are_one_answer_by_one_path() {
    let world = world();
    for actor in [ANNA, LINA, LEAST] {
        world.ok(actor, NOW, "my_shifts.get", json!({"shift": NIGHT}));
    }
    world.plan("projects.unshare", json!({"project": GALA}));
    for (name, field, hidden) in [
        ("my_shifts.get", "shift", NIGHT.uuid()),
        ("my_shifts.preview_cancellation", "shift", NIGHT.uuid()),
        ("visibility.explain", "shift", NIGHT.uuid()),
        ("visibility.explain", "project", GALA.uuid()),
        ("my_shifts.list", "project", GALA.uuid()),
        ("my_projects.get", "project", GALA.uuid()),
        ("my_projects.progress", "project", GALA.uuid()),
    ] {
        for actor in [ANNA, LINA, LEAST] {
            let hidden = world.answered(actor, name, &json!({field: hidden}));
            assert_eq!(hidden, world.answered(actor, name, &json!({field: NOTHING.uuid()})), "{name}");
            assert!(hidden.0.is_err(), "{name}");
        }
    }
    for actor in [ANNA, LINA, LEAST] {
        for name in ["my_shifts.list", "my_projects.list"] {
            let (answer, _) = world.answered(actor, name, &json!({"client": HOTEL}));
            assert_eq!(answer.unwrap(), r#"{"items":[],"next":null}"#, "{name}");
        }
    }
    // The agency goes on planning it, and finds it under the client.
    assert_eq!(world.plan("shifts.list", json!({"client": HOTEL}))["items"].as_array().unwrap().len(), 2);
    world.plan("projects.share", json!({"project": GALA}));
    for actor in [ANNA, LINA, LEAST] {
        let shifts = world.ok(actor, NOW, "my_shifts.list", json!({"client": HOTEL}));
        assert_eq!(shifts["items"].as_array().unwrap().len(), 2);
        let projects = world.ok(actor, NOW, "my_projects.list", json!({"client": HOTEL}));
        assert_eq!(projects["items"].as_array().unwrap().len(), 1);
    }
}

/// A shift of the gala with one position, of which changes can be asked for.
const DAY: ShiftId = ShiftId::new(Uuid::from_u128(0xe7));

/// What opens a selection for the night, and what asks for a change of the day.
fn wishes(world: &World) -> (Value, Value) {
    let mut day = shift(DAY, HOTEL, GALA, "2026-10-27T10:00", "2026-10-27T18:00");
    day.positions.truncate(1);
    world.put(&day);
    let positions = json!([{"shift": NIGHT, "position": position(NIGHT, 1)}]);
    let proposals = json!([{"worker": world.worker("Mara")}]);
    let change = json!({"kind": "note", "note": "Black shirts"});
    (
        json!({"positions": positions, "proposals": proposals, "minimum": 1}),
        json!({"shift": DAY, "revision": 1, "change": change}),
    )
}

fn count(world: &World, name: &str) -> usize {
    world.ok(ANNA, NOW, name, json!({"client": HOTEL}))["items"].as_array().unwrap().len()
}

#[test]
fn c12_a_selection_or_change_request_of_a_hidden_project_and_none_are_one_answer_by_one_path() {
    let world = world();
    let (open, ask) = wishes(&world);
    let offer = world.plan("selections.open", open)["id"].clone();
    world.plan("selections.offer", json!({"selection": offer}));
    let wish = world.ok(ANNA, NOW, "change_requests.submit", ask)["id"].clone();
    world.plan("projects.unshare", json!({"project": GALA}));
    for (name, field, hidden) in [
        ("my_selections.get", "selection", &offer),
        ("my_change_requests.get", "request", &wish),
        ("my_change_requests.list", "shift", &json!(DAY)),
        ("my_change_requests.list", "project", &json!(GALA)),
        ("change_requests.withdraw", "request", &wish),
    ] {
        for actor in [ANNA, LINA, LEAST] {
            let hidden = world.answered(actor, name, &json!({field: hidden}));
            assert_eq!(hidden, world.answered(actor, name, &json!({field: NOTHING.uuid()})), "{name}");
            assert!(hidden.0.is_err() && hidden.1.len() == 1, "{name}");
        }
    }
    assert_eq!((count(&world, "my_selections.list"), count(&world, "my_change_requests.list")), (0, 0));
    world.plan("projects.share", json!({"project": GALA}));
    assert_eq!((count(&world, "my_selections.list"), count(&world, "my_change_requests.list")), (1, 1));
}

#[test]
fn c12_what_comes_in_while_a_project_is_taken_back_is_hidden_too() {
    let unshare = (PLANNER, "projects.unshare", json!({"project": GALA}));
    // Opened or offered in the same moment: in either order, the client finds nothing.
    for is_first in [true, false] {
        let world = world();
        let (open, ask) = wishes(&world);
        let open = (PLANNER, "selections.open", open);
        let unshare = unshare.clone();
        let lost = if is_first { world.at_once(unshare, open) } else { world.at_once(open, unshare) };
        lost.unwrap();
        let all = world.plan("selections.list", json!({"project": GALA}));
        world.plan("selections.offer", json!({"selection": all["items"][0]["id"]}));
        assert_eq!(count(&world, "my_selections.list"), 0);
        world.plan("projects.share", json!({"project": GALA}));
        assert_eq!(count(&world, "my_selections.list"), 1);
        world.ok(ANNA, NOW, "change_requests.submit", ask);
    }
    for is_first in [true, false] {
        let world = world();
        let offer = world.plan("selections.open", wishes(&world).0)["id"].clone();
        let offer = (PLANNER, "selections.offer", json!({"selection": offer}));
        let unshare = unshare.clone();
        let lost = if is_first { world.at_once(unshare, offer) } else { world.at_once(offer, unshare) };
        lost.unwrap();
        assert_eq!(count(&world, "my_selections.list"), 0);
    }
    // Who asks too late is told that there is nothing.
    let world = world();
    let ask = (ANNA, "change_requests.submit", wishes(&world).1);
    assert_eq!(world.at_once(unshare.clone(), ask.clone()), Err(Code::NotFound));
    world.plan("projects.share", json!({"project": GALA}));
    world.at_once(ask, unshare).unwrap();
    assert_eq!(count(&world, "my_change_requests.list"), 0);
    world.plan("projects.share", json!({"project": GALA}));
    assert_eq!(count(&world, "my_change_requests.list"), 1);
}

#[test]
fn c12_what_carries_a_projects_sharing_is_limited() {
    let world = world();
    let mut full = project(GALA, HOTEL);
    full.requests = MOST_REQUESTS - 1;
    world.put(&full);
    let (open, ask) = wishes(&world);
    world.plan("selections.open", open.clone());
    let refusal = world.refused(NOW, "selections.open", open);
    assert_eq!((refusal.code, refusal.path.as_deref()), (Code::TooMany, Some("project")));
    let refusal = world.run(ANNA, NOW, "change_requests.submit", ask).unwrap_err();
    assert_eq!((refusal.code, refusal.path.as_deref()), (Code::TooMany, Some("project")));
}

#[test]
fn c12_as_many_shifts_as_a_project_can_have_are_taken_back_in_one_commit() {
    let world = world();
    for number in 2..u128::from(MOST_SHIFTS) {
        let id = ShiftId::new(Uuid::from_u128(0x1_0000 + number));
        world.put(&shift(id, HOTEL, GALA, "2026-11-24T22:00", "2026-11-25T03:00"));
    }
    let mut full = project(GALA, HOTEL);
    full.shift_count = MOST_SHIFTS;
    world.put(&full);
    world.plan("projects.unshare", json!({"project": GALA}));
    let (answer, _) = world.answered(ANNA, "my_shifts.list", &json!({"client": HOTEL}));
    assert_eq!(answer.unwrap(), r#"{"items":[],"next":null}"#);
    let last = ShiftId::new(Uuid::from_u128(0x1_0000 + u128::from(MOST_SHIFTS) - 1));
    assert_eq!(world.plan("shifts.get", json!({"shift": last}))["shared"], false);
    let place = json!({"at": "elsewhere", "name": "Hall", "zone": "Europe/Berlin"});
    let one = json!({"start": "2026-11-01T09:00", "end": "2026-11-01T17:00", "positions": [{"skill": NIGHT, "headcount": 1}]});
    let input = json!({"project": GALA, "place": place, "shifts": [one]});
    assert_eq!(world.refused(NOW, "projects.add_schedule", input).code, Code::ProjectTooLarge);
}

#[test]
fn a14_a_new_default_leaves_shared_projects_alone_unless_it_is_asked() {
    let world = world();
    let sharing = |project| world.plan("projects.get", json!({"project": project}))["sharing"].clone();
    let before = sharing(GALA);
    let reply =
        world.plan("clients.set_sharing", json!({"client": HOTEL, "team_immediately": true, "public": true}));
    assert_eq!((&reply["applied"], &reply["left"]), (&json!(0), &json!(0)));
    assert_eq!(sharing(GALA), before, "a default is for future projects");
    let input = json!({"client": HOTEL, "apply_to_existing": true});
    let reply = world.plan("clients.set_sharing", input.clone());
    assert_eq!((&reply["applied"], &reply["left"]), (&json!(1), &json!(0)));
    assert_eq!(sharing(GALA), reply["sharing"]);
    assert_eq!(world.ok(ANNA, NOW, "my_shifts.get", json!({"shift": NIGHT}))["team"], json!([]));
    // A setting of its own stands, also when it is asked; giving it up follows again.
    world.plan("projects.set_sharing", json!({"project": GALA, "public": false}));
    assert_eq!(world.plan("clients.set_sharing", input.clone())["applied"], 0);
    assert_eq!(sharing(GALA)["public"], false);
    world.plan("projects.set_sharing", json!({"project": GALA, "as_client": true}));
    assert_eq!(sharing(GALA)["public"], true);
    // What is not shared now is not touched: it takes the default when it is.
    world.plan("projects.unshare", json!({"project": GALA}));
    let off = json!({"client": HOTEL, "public": false, "apply_to_existing": true});
    assert_eq!(world.plan("clients.set_sharing", off)["applied"], 0);
    assert_eq!(sharing(GALA)["public"], true);
    world.plan("projects.share", json!({"project": GALA}));
    assert_eq!(sharing(GALA)["public"], false);
}

/// Every value with the name of its field, lists and objects gone through.
fn leaves(value: &Value, name: &str, found: &mut BTreeSet<(String, String)>) {
    match value {
        Value::Object(fields) => fields.iter().for_each(|(name, value)| leaves(value, name, found)),
        Value::Array(items) => items.iter().for_each(|item| leaves(item, name, found)),
        Value::Null => {}
        other => {
            found.insert((name.to_owned(), other.to_string()));
        }
    }
}

#[test]
fn a13_the_public_page_shows_strictly_less_than_the_least_privileged_user() {
    let world = world();
    world.put(&shift(NIGHT, HOTEL, GALA, "2026-10-24T22:00", "2026-10-25T03:00"));
    world.plan("shifts.move", json!({"shift": NIGHT, "note": "Back entrance"}));
    world.book(NIGHT, 2, &world.worker("Mara Klein"), "confirmed");
    world.plan("projects.set_sharing", json!({"project": GALA, "public": true, "team_immediately": true}));
    let link = json!({"project": GALA, "base_url": "https://portal.example/page"});
    let token = world.plan("projects.publish_link", link)["token"].clone();
    let page = || world.ok(Actor::Guest, NOW, "public_page.get", json!({"token": token}));
    let mut public = BTreeSet::new();
    leaves(&page(), "", &mut public);
    let mut least = BTreeSet::new();
    for (name, input) in
        [("my_projects.get", json!({"project": GALA})), ("my_shifts.list", json!({"project": GALA}))]
    {
        leaves(&world.ok(LEAST, NOW, name, input), "", &mut least);
    }
    let beyond: Vec<_> = public.difference(&least).collect();
    assert_eq!(beyond, [&("noindex".to_owned(), "true".to_owned())], "more than the least of users sees");
    assert!(public.len() < least.len());
    for hidden in ["id", "project", "note", "site", "site_name", "site_address", "revision"] {
        assert!(public.iter().all(|(name, _)| name != hidden), "{hidden}");
    }
    // Names only if they are set, surnames only if they are.
    for (names, shown, hidden) in [
        ("none", vec![], vec!["Mara", "Klein"]),
        ("given", vec!["Mara"], vec!["Klein"]),
        ("full", vec!["Mara Klein"], vec![]),
    ] {
        world.plan("projects.set_sharing", json!({"project": GALA, "public_names": names}));
        let text = page().to_string();
        assert!(shown.iter().all(|name| text.contains(name)), "{names}");
        assert!(hidden.iter().all(|name| !text.contains(name)) && !text.contains("5550100"), "{names}");
    }
}
