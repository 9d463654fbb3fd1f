//! The host's own ids: one by one and in bulk.

use serde_json::{Value, json};

use crate::support::{World, member, no, operator};

fn outcomes(reply: &Value, list: &str) -> Vec<String> {
    let items = reply[list].as_array().unwrap().iter();
    items
        .map(|item| format!("{} {}", item["host_id"].as_str().unwrap(), item["outcome"].as_str().unwrap()))
        .collect()
}

fn tables() -> Value {
    json!({
        "skills": [{ "host_id": "s1", "name": "Waiter" }, { "host_id": "s2", "name": "Cook" }],
        "clients": [{ "host_id": "c1", "name": "Astoria", "locale": "fr" }],
        "members": [{ "host_id": "m1", "name": "Paul", "email": "paul@northlight.example", "role": "planner" }],
        "workers": [{ "host_id": "w1", "name": "Wim", "phone": "+49 30 1234567", "skills": ["s2", "s1"] }],
    })
}

#[test]
fn h8_an_upsert_says_what_changed_and_is_idempotent() {
    let world = World::new();
    let first = world.ok(operator(), "hosts.upsert", tables());
    assert_eq!(outcomes(&first, "skills"), ["s1 created", "s2 created"]);
    assert_eq!(outcomes(&first, "workers"), ["w1 created"]);
    let events = |world: &World| {
        let all = world.ok(operator(), "events.read", json!({ "limit": 1000 }));
        all["events"].as_array().unwrap().len()
    };
    let before = events(&world);
    let again = world.ok(operator(), "hosts.upsert", tables());
    for list in ["skills", "clients", "members", "workers"] {
        assert!(outcomes(&again, list).iter().all(|line| line.ends_with(" unchanged")), "{again}");
        assert_eq!(again[list][0]["id"], first[list][0]["id"]);
    }
    assert_eq!(events(&world), before, "nothing changed, nothing happened");
    let mut changed = tables();
    changed["clients"][0]["name"] = json!("Grand Hotel Astoria");
    changed["clients"][0].as_object_mut().unwrap().remove("locale");
    changed["skills"].as_array_mut().unwrap().push(json!({ "host_id": "s3", "name": "Lead" }));
    changed["members"][0]["role"] = json!("viewer");
    let third = world.ok(operator(), "hosts.upsert", changed);
    assert_eq!(outcomes(&third, "skills"), ["s1 unchanged", "s2 unchanged", "s3 created"]);
    assert_eq!(outcomes(&third, "clients"), ["c1 updated"]);
    assert_eq!(outcomes(&third, "members"), ["m1 updated"]);
    let client = world.ok(operator(), "clients.get", json!({ "client": third["clients"][0]["id"] }));
    assert_eq!((&client["name"], &client["locale"]), (&json!("Grand Hotel Astoria"), &json!("fr")));
    let paul = &first["members"][0]["id"];
    assert_eq!(world.no(member(paul), "clients.create", json!({ "name": "X" })), no("not_permitted", ""));
}

#[test]
fn h8_five_hundred_in_two_loads_and_not_one_more() {
    let world = World::new();
    let clients = |count: usize| -> Vec<Value> {
        (0..count).map(|n| json!({ "host_id": format!("c{n}"), "name": format!("Client {n}") })).collect()
    };
    let call = world.call(operator());
    let reply = world.reply(&call, "hosts.upsert", &json!({ "clients": clients(500) })).unwrap();
    assert!(reply.rounds <= 2, "{}", reply.rounds);
    let call = world.call(operator());
    let reply = world.reply(&call, "hosts.upsert", &json!({ "clients": clients(500) })).unwrap();
    assert_eq!(reply.rounds, 2);
    let more = json!({ "clients": clients(500), "skills": [{ "host_id": "s", "name": "S" }] });
    assert_eq!(world.no(operator(), "hosts.upsert", more), no("too_many", ""));
    assert_eq!(
        world.no(operator(), "hosts.upsert", json!({ "clients": clients(501) })),
        no("too_many", "clients")
    );
}

#[test]
fn h8_a_line_that_does_not_fit_names_its_place_and_nothing_is_written() {
    let world = World::new();
    let twice = json!({ "clients": [{ "host_id": "a", "name": "A" }, { "host_id": "a", "name": "B" }] });
    assert_eq!(world.no(operator(), "hosts.upsert", twice), no("given_twice", "clients[1].host_id"));
    let unknown = json!({
        "clients": [{ "host_id": "a", "name": "A" }],
        "workers": [{ "host_id": "w", "name": "W", "skills": ["nothing"] }],
    });
    assert_eq!(world.no(operator(), "hosts.upsert", unknown), no("skill_unknown", "workers[0].skills[0]"));
    let found = world.ok(operator(), "hosts.find", json!({ "kind": "client", "host_id": "a" }));
    assert_eq!(found, json!({ "id": null }));
    let line = |id: &str, email: &str| json!({ "host_id": id, "name": id, "email": email, "role": "viewer" });
    let same = json!({ "members": [line("a", "a@x.example"), line("b", "A@X.example")] });
    assert_eq!(world.no(operator(), "hosts.upsert", same), no("given_twice", "members[1].email"));
    world.ok(operator(), "hosts.upsert", json!({ "members": [line("a", "a@x.example")] }));
    let taken = json!({ "members": [line("c", "c@x.example"), line("b", "a@x.example")] });
    assert_eq!(world.no(operator(), "hosts.upsert", taken), no("email_taken", "members[1].email"));
    let bad = json!({ "members": [{ "host_id": "x", "name": "X", "email": "none", "role": "viewer" }] });
    assert_eq!(world.no(operator(), "hosts.upsert", bad), no("malformed", "members[0].email"));
}

#[test]
fn h8_each_kind_needs_its_right() {
    let world = World::new();
    let add = |name: &str, role: &str| {
        let email = format!("{name}@northlight.example");
        world.ok(operator(), "members.add", json!({ "name": name, "email": email, "role": role }))["id"]
            .clone()
    };
    let (planner, viewer) = (add("paul", "planner"), add("vera", "viewer"));
    let clients = json!({ "clients": [{ "host_id": "a", "name": "A" }] });
    world.ok(member(&planner), "hosts.upsert", clients.clone());
    assert_eq!(world.no(member(&viewer), "hosts.upsert", clients), no("not_permitted", ""));
    assert_eq!(world.no(member(&planner), "hosts.upsert", tables()), no("not_permitted", ""));
    let client = world.client("Bristol");
    let anna = world.joined(&client, "Anna");
    for name in ["hosts.upsert", "hosts.find"] {
        let input =
            if name == "hosts.find" { json!({ "kind": "client", "host_id": "a" }) } else { json!({}) };
        assert_eq!(world.no(crate::support::user(&anna), name, input), no("wrong_side", ""), "{name}");
    }
}

#[test]
fn h8_an_id_is_set_found_moved_and_taken_away() {
    let world = World::new();
    let (one, two) = (world.client("Astoria"), world.client("Bristol"));
    let set = |id: &Value, host_id: Value| json!({ "kind": "client", "id": id, "host_id": host_id });
    let find = |host_id: &str| {
        world.ok(operator(), "hosts.find", json!({ "kind": "client", "host_id": host_id }))["id"].clone()
    };
    world.ok(operator(), "hosts.set_id", set(&one, json!("A-1")));
    assert_eq!((find("A-1"), find("a-1")), (one.clone(), Value::Null));
    assert_eq!(world.no(operator(), "hosts.set_id", set(&two, json!("A-1"))), no("host_id_taken", "host_id"));
    world.ok(operator(), "hosts.set_id", set(&one, json!("A-2")));
    world.ok(operator(), "hosts.set_id", set(&two, json!("A-1")));
    assert_eq!((find("A-1"), find("A-2")), (two, one.clone()));
    world.ok(operator(), "hosts.set_id", set(&one, Value::Null));
    assert_eq!(find("A-2"), Value::Null);
    let left_out = json!({ "kind": "client", "id": one });
    assert_eq!(world.no(operator(), "hosts.set_id", left_out), no("field_missing", "host_id"));
    let other_kind = json!({ "kind": "skill", "id": one, "host_id": "A-9" });
    assert_eq!(world.no(operator(), "hosts.set_id", other_kind), no("not_found", ""));
}
