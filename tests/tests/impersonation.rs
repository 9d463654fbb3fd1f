//! A member in a user's place: what ends it, from the very moment on, and what stays out of reach.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use conformance::World;
use serde_json::{Value, json};

const NOW: &str = "2026-09-10T08:00:00Z";

fn world() -> World {
    World::after("access_reach").unwrap()
}

fn start(world: &World, input: Value) -> Value {
    let mut whole = json!({ "user": world.id("anna"), "reason": "Anna asked by phone" });
    whole.as_object_mut().unwrap().extend(input.as_object().unwrap().clone());
    let session = world.reply(&world.member("mia"), NOW, "impersonations.start", &whole).unwrap();
    json!({ "as": "impersonated", "user": whole["user"], "by": world.id("mia"), "session": session["id"] })
}

/// The code of the answer to a harmless question; `ok` if there is one.
fn asks(world: &World, actor: &Value, now: &str) -> String {
    let input = json!({ "client": world.id("astoria") });
    match world.call(actor, now, "my_shifts.list", &input) {
        Ok(_) => "ok".to_owned(),
        Err(refusal) => refusal.code.text().to_owned(),
    }
}

/// Another administrator, who can act on Mia.
fn ada(world: &World) -> Value {
    let input = json!({ "name": "Ada Stern", "email": "ada@northlight.example", "role": "administrator" });
    let ada = world.reply(&json!({ "as": "operator" }), NOW, "members.add", &input).unwrap();
    json!({ "as": "member", "id": ada["id"] })
}

#[test]
fn a9_the_time_box_ends_at_its_end_and_does_not_begin_before_its_start() {
    let world = world();
    let usual = start(&world, json!({}));
    assert_eq!(asks(&world, &usual, NOW), "ok");
    assert_eq!(asks(&world, &usual, "2026-09-10T08:14:59.999Z"), "ok");
    assert_eq!(asks(&world, &usual, "2026-09-10T08:15:00Z"), "impersonation_over");
    assert_eq!(
        asks(&world, &usual, "2026-09-10T07:59:59.999Z"),
        "impersonation_over",
        "a clock that goes back"
    );
    let longest = start(&world, json!({ "minutes": 60 }));
    assert_eq!(asks(&world, &longest, "2026-09-10T08:59:59.999Z"), "ok");
    assert_eq!(asks(&world, &longest, "2026-09-10T09:00:00Z"), "impersonation_over");
}

#[test]
fn a9_a_member_who_loses_the_right_or_the_access_is_out_at_once() {
    let world = world();
    let (session, ada) = (start(&world, json!({})), ada(&world));
    assert_eq!(asks(&world, &session, NOW), "ok");
    let planner = json!({ "member": world.id("mia"), "role": "planner" });
    world.reply(&ada, NOW, "members.set_role", &planner).unwrap();
    assert_eq!(asks(&world, &session, NOW), "not_permitted");
    let back = json!({ "member": world.id("mia"), "role": "administrator" });
    world.reply(&ada, NOW, "members.set_role", &back).unwrap();
    assert_eq!(asks(&world, &session, NOW), "ok");
    world.reply(&ada, NOW, "members.deactivate", &json!({ "member": world.id("mia") })).unwrap();
    assert_eq!(asks(&world, &session, NOW), "access_ended");
}

#[test]
fn a9_a_user_who_is_deactivated_takes_the_session_along() {
    let world = world();
    let session = start(&world, json!({}));
    let user = json!({ "user": world.id("anna") });
    world.reply(&world.member("paul"), NOW, "users.deactivate", &user).unwrap();
    assert_eq!(asks(&world, &session, NOW), "access_ended");
    let start = json!({ "user": world.id("anna"), "reason": "Again" });
    let refusal = world.call(&world.member("mia"), NOW, "impersonations.start", &start).unwrap_err();
    assert_eq!(refusal.code.text(), "access_ended");
}

#[test]
fn a9_a_session_is_one_members_in_one_users_place() {
    let world = world();
    let (session, ada) = (start(&world, json!({})), ada(&world));
    let mut others = session.clone();
    others["by"] = ada["id"].clone();
    assert_eq!(asks(&world, &others, NOW), "impersonation_over");
    let mut elsewhere = session.clone();
    elsewhere["user"] = world.id("otto");
    assert_eq!(asks(&world, &elsewhere, NOW), "impersonation_over");
    let mut unknown = session.clone();
    unknown["session"] = json!("00000000-0000-4000-8000-000000000001");
    assert_eq!(asks(&world, &unknown, NOW), "impersonation_over");
    // Another member who holds the right can end it.
    world.reply(&ada, NOW, "impersonations.end", &json!({ "impersonation": session["session"] })).unwrap();
    assert_eq!(asks(&world, &session, NOW), "impersonation_over");
}

#[test]
fn a9_both_people_stand_in_every_event_and_the_chain_holds() {
    let world = world();
    let session = start(&world, json!({ "read_only": false }));
    let order = json!({
        "name": "Brunch", "site": world.id("berlin"),
        "shifts": [{
            "start": "2026-09-27T10:00", "end": "2026-09-27T15:00",
            "positions": [{ "skill": world.id("waiter"), "headcount": 1 }],
        }],
    });
    let input = json!({ "client": world.id("astoria"), "order": order });
    let mandate = world.reply(&session, NOW, "mandates.submit", &input).unwrap();
    let member = world.member("mia");
    let before = json!({ "kind": "mandate", "id": mandate["id"] });
    let history = world.reply(&member, NOW, "history.of", &before).unwrap();
    let event = &history["events"][0];
    let id = |name: &str| world.id(name).as_str().unwrap().to_owned();
    assert_eq!(event["actor"], format!("member/{}", id("mia")));
    assert_eq!(event["on_behalf_of"], format!("user/{}", id("anna")));
    assert_eq!(event["impersonation"], session["session"]);
    let body: Value = serde_json::from_str(event["body"].as_str().unwrap()).unwrap();
    assert_eq!(body["actor"], session, "what is linked names both");
    let verified = world.reply(&member, NOW, "history.verify", &json!({})).unwrap();
    assert_eq!(verified["ok"], true);
}

#[test]
fn a9_credentials_stay_out_of_reach_even_where_one_may_act() {
    let world = world();
    let session = start(&world, json!({ "read_only": false }));
    let commits = world.commits();
    let change = json!({ "current": "seven purple lanterns", "password": "nine orange lanterns" });
    let refusal = world.call(&session, NOW, "users.change_password", &change).unwrap_err();
    assert!(["not_in_anothers_place", "wrong_side"].contains(&refusal.code.text()), "{refusal}");
    assert_eq!(world.commits(), commits);
}
