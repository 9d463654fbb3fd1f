//! Passwords: what may be set, showing one, the agency's temporary one.

use serde_json::{Value, json};
use staffgate::Actor;

use crate::support::{PASSWORD, World, join, no, operator, user};

fn show(email: &str, password: &str) -> Value {
    json!({ "email": email, "password": password })
}

#[test]
fn b5_a5_joining_needs_a_password_that_holds() {
    let world = World::new();
    let client = world.client("Grand Hotel Astoria");
    let token = world.link(&client);
    let with = |password: &str| {
        let mut input = join(&token, "Anna");
        input["password"] = json!(password);
        world.no(Actor::Guest, "users.join", input)
    };
    assert_eq!(with("plum river cha"), no("password_too_short", "password"));
    assert_eq!(with("passwordpassword"), no("password_common", "password"));
    assert_eq!(with("grand-hotel-astoria"), no("password_guessable", "password"));
    assert_eq!(with(&"x".repeat(1025)), no("too_long", "password"));
    let mut long = join(&token, "Anna");
    long["password"] = json!("violet lamp, ".repeat(10).get(..128).unwrap());
    world.ok(Actor::Guest, "users.join", long);
}

#[test]
fn b5_every_wrong_sign_in_is_the_same_answer() {
    let mut world = World::new();
    let client = world.client("Astoria");
    let anna = world.joined(&client, "Anna");
    let shown = world.ok(Actor::Guest, "users.verify_password", show("ANNA@hotel.example", PASSWORD));
    assert_eq!((&shown["user"], &shown["must_change_password"]), (&anna, &json!(false)));
    world.invited(&client, "Bert", "orderer");
    let carl = world.joined(&client, "Carl");
    world.ok(operator(), "users.deactivate", json!({ "user": carl }));
    let dora = world.joined(&client, "Dora");
    let temporary = "yellow boat 7 sails";
    world.ok(operator(), "users.set_temporary_password", json!({ "user": dora, "password": temporary }));
    world.at("2026-09-04T08:00:00Z");
    let answer = |email: &str, password: &str| {
        world.loads();
        let refusal = world
            .reply(&world.call(Actor::Guest), "users.verify_password", &show(email, password))
            .unwrap_err();
        (serde_json::to_string(&refusal).unwrap(), world.loads())
    };
    let unknown = answer("nobody@hotel.example", PASSWORD);
    assert!(unknown.0.contains("\"credentials_wrong\""));
    for (email, password) in [
        ("anna@hotel.example", "plum river chair 8"),
        ("bert@hotel.example", PASSWORD),
        ("carl@hotel.example", PASSWORD),
        ("dora@hotel.example", PASSWORD),
        ("dora@hotel.example", temporary),
    ] {
        assert_eq!(answer(email, password), unknown, "{email}");
    }
}

#[test]
fn b5_a4_a_temporary_password_opens_nothing_but_its_change() {
    let world = World::new();
    let client = world.client("Astoria");
    let anna = world.joined(&client, "Anna");
    let temporary = "yellow boat 7 sails";
    world.ok(operator(), "users.set_temporary_password", json!({ "user": anna, "password": temporary }));
    let shown = world.ok(Actor::Guest, "users.verify_password", show("anna@hotel.example", temporary));
    assert_eq!(shown["must_change_password"], true);
    let refused = no("password_must_change", "");
    assert_eq!(world.no(user(&anna), "clients.get", json!({ "client": client })), refused);
    assert_eq!(world.no(user(&anna), "terms.current", json!({})), refused);
    assert_eq!(world.no(user(&anna), "users.get", json!({ "user": anna })), refused);
    assert_eq!(world.no(user(&anna), "notifications.list", json!({ "client": client })), refused);
    let change = |current: &str, password: &str| json!({ "current": current, "password": password });
    let name = "users.change_password";
    assert_eq!(
        world.no(user(&anna), name, change(PASSWORD, "green tea at nine")),
        no("credentials_wrong", "current")
    );
    assert_eq!(world.no(user(&anna), name, change(temporary, temporary)), no("password_same", "password"));
    assert_eq!(
        world.no(user(&anna), name, change(temporary, "anna astoria anna")),
        no("password_guessable", "password")
    );
    world.ok(user(&anna), name, change(temporary, "green tea at nine"));
    world.ok(user(&anna), "clients.get", json!({ "client": client }));
    world.ok(Actor::Guest, "users.verify_password", show("anna@hotel.example", "green tea at nine"));
    assert_eq!(
        world.no(Actor::Guest, "users.verify_password", show("anna@hotel.example", temporary)),
        no("credentials_wrong", "")
    );
}

#[test]
fn b1_b5_who_is_imported_with_a_password_connects_when_it_is_changed() {
    let world = World::new();
    let client = world.client("Astoria");
    let (anna, token) = world.invited(&client, "Anna", "orderer");
    let temporary = "yellow boat 7 sails";
    world.ok(operator(), "users.set_temporary_password", json!({ "user": anna, "password": temporary }));
    assert_eq!(
        world.no(Actor::Guest, "users.preview_link", json!({ "token": token })),
        no("link_superseded", "token")
    );
    assert_eq!(world.access(&client), "invited");
    let change = json!({ "current": temporary, "password": "green tea at nine" });
    world.ok(user(&anna), "users.change_password", change);
    assert_eq!(world.access(&client), "active");
}
