//! Following events, the history of one thing, and checking that nothing was tampered with.

use serde_json::{Value, json};
use staffgate::Actor;

use crate::support::{World, join, member, no, operator};

#[test]
fn h2_a_reader_that_goes_on_from_next_misses_none() {
    let world = World::new();
    let client = world.client("Astoria");
    world.joined(&client, "Anna");
    let all = world.ok(operator(), "events.read", json!({ "limit": 1000 }));
    let numbers: Vec<u64> =
        all["events"].as_array().unwrap().iter().map(|event| event["number"].as_u64().unwrap()).collect();
    assert_eq!(numbers, (1..=numbers.len() as u64).collect::<Vec<_>>());
    let (mut after, mut followed) = (json!(0), Vec::new());
    loop {
        let page = world.ok(operator(), "events.read", json!({ "after": after, "limit": 2 }));
        let events = page["events"].as_array().unwrap();
        if events.is_empty() {
            break;
        }
        followed.extend(events.clone());
        after = page["next"].clone();
    }
    assert_eq!(&followed, all["events"].as_array().unwrap());
    let first = &all["events"][0];
    assert_eq!((&first["name"], &first["actor"]), (&json!("agency_created"), &json!("operator")));
    assert_eq!(world.no(operator(), "events.read", json!({ "limit": 1001 })), no("out_of_range", "limit"));
    assert_eq!(
        world.no(operator(), "events.read", json!({ "after": u64::MAX })),
        no("out_of_range", "after")
    );
}

#[test]
fn h3_what_happened_to_one_thing() {
    let world = World::new();
    let client = world.client("Astoria");
    let other = world.client("Bristol");
    world.ok(operator(), "clients.set_auto_accept", json!({ "client": client, "on": true }));
    world.ok(operator(), "clients.set_auto_accept", json!({ "client": other, "on": true }));
    let names = |id: &Value| -> Vec<Value> {
        let history = world.ok(operator(), "history.of", json!({ "kind": "client", "id": id }));
        history["events"].as_array().unwrap().iter().map(|event| event["name"].clone()).collect()
    };
    assert_eq!(names(&client), ["client_created", "client_auto_accept_switched"]);
    assert_eq!(names(&json!("00000000-0000-4000-8000-000000000001")), [] as [Value; 0]);
    let link = world.link(&client);
    let anna = world.ok(Actor::Guest, "users.join", join(&link, "Anna"))["user"].clone();
    for name in ["events.read", "history.verify"] {
        assert_eq!(world.no(crate::support::user(&anna), name, json!({})), no("wrong_side", ""), "{name}");
    }
    let planner = json!({ "name": "P", "email": "p@northlight.example", "role": "planner" });
    let planner = world.ok(operator(), "members.add", planner)["id"].clone();
    assert_eq!(world.no(member(&planner), "events.read", json!({})), no("not_permitted", ""));
    world.ok(member(&planner), "history.of", json!({ "kind": "client", "id": client }));
}

#[test]
fn h3_an_honest_history_verifies_in_one_go_and_in_parts() {
    let world = World::new();
    let client = world.client("Astoria");
    world.joined(&client, "Anna");
    let whole = world.ok(operator(), "history.verify", json!({}));
    assert_eq!(
        (&whole["ok"], &whole["more"], &whole["problem"]),
        (&json!(true), &json!(false), &Value::Null)
    );
    let mut part = world.ok(operator(), "history.verify", json!({ "limit": 1 }));
    while part["more"] == true {
        let input = json!({ "after": part["verified_to"], "link": part["link"], "limit": 1 });
        part = world.ok(operator(), "history.verify", input);
    }
    assert_eq!(part, whole);
    world.client("Bristol");
    let input = json!({ "after": whole["verified_to"], "link": whole["link"] });
    let later = world.ok(operator(), "history.verify", input);
    assert_eq!(later["verified_to"].as_u64(), whole["verified_to"].as_u64().map(|number| number + 1));
    assert_eq!(world.no(operator(), "history.verify", json!({ "after": 1 })), no("field_missing", "link"));
}

#[test]
fn h3_tampering_is_found_with_its_place() {
    let world = World::new();
    world.client("Astoria");
    let whole = world.ok(operator(), "history.verify", json!({}));
    let trusted = json!({ "after": whole["verified_to"], "link": whole["link"] });
    let problem = |input: &Value| {
        let found = world.ok(operator(), "history.verify", input.clone());
        assert_eq!(found["ok"], false);
        (found["verified_to"].clone(), found["problem"].clone())
    };
    let tamper = |with| *world.portal.store().tamper.lock().unwrap() = Some(with);
    tamper(|rows| {
        if let Some(row) = rows.get_mut(1) {
            row.body = row.body.replace("operator", "guest");
        }
    });
    assert_eq!(problem(&json!({})), (json!(1), json!({ "number": 2, "flaw": "changed" })));
    tamper(|rows| {
        rows.remove(1);
    });
    assert_eq!(problem(&json!({})), (json!(1), json!({ "number": 2, "flaw": "missing" })));
    tamper(|rows| rows[1].link = Some("0".repeat(64)));
    assert_eq!(problem(&json!({})), (json!(1), json!({ "number": 2, "flaw": "wrong_link" })));
    tamper(|rows| {
        rows.pop();
    });
    let cut = problem(&trusted);
    assert_eq!(cut.1, json!({ "number": whole["verified_to"], "flaw": "missing" }), "a history that was cut");
}
