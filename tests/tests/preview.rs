//! A preview gives the bytes that the user would get, for every query there is, and changes nothing.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use std::collections::BTreeSet;

use conformance::World;
use conformance::sample::Sampler;
use serde_json::{Value, json};
use staffgate::catalog;
use staffgate::engine::Effect;
use staffgate::{Refusal, Reply};

const NOW: &str = "2026-09-10T08:00:00Z";

/// The client-side queries that must have answered with more than a refusal: else the comparison says little.
const ANSWERED: [&str; 13] = [
    "access.allowed",
    "access.can",
    "access.visible",
    "mandates.preview",
    "my_history.of",
    "my_mandates.get",
    "my_mandates.list",
    "my_people.list",
    "my_projects.get",
    "my_projects.list",
    "my_projects.progress",
    "my_shifts.list",
    "visibility.explain",
];

fn world() -> World {
    let world = World::after("access_reach").unwrap();
    let member = world.member("mia");
    let [anna, otto, client] = ["anna", "otto", "astoria"].map(|name| world.id(name));
    let access = json!({ "user": anna, "client": client, "role": "administrator" });
    world.reply(&member, NOW, "users.set_access", &access).unwrap();
    let reach = json!({ "reach": "selected", "sites": [world.id("garden")] });
    let access = json!({ "user": otto, "client": client, "role": "orderer", "reach": reach });
    world.reply(&member, NOW, "users.set_access", &access).unwrap();
    world
}

fn preview(world: &World, user: &str) -> Value {
    json!({ "as": "preview", "user": world.id(user), "by": world.id("mia") })
}

fn bytes(answer: &Result<Reply, Refusal>) -> String {
    match answer {
        Ok(reply) => reply.json().to_owned(),
        Err(refusal) => format!("refused {}", serde_json::to_string(refusal).unwrap()),
    }
}

/// Inputs for one operation: from its schema, with the world's things under the names of fields; and by hand where a
/// schema does not say what makes sense.
fn inputs(world: &World, entry: &catalog::OperationDescription, types: &Value) -> Vec<Value> {
    let mut list = Vec::new();
    for things in [
        ["astoria", "project", "shift", "mandate", "otto", "berlin"],
        ["astoria", "party", "party_shift", "party_mandate", "anna", "garden"],
        ["riverside", "nobody", "nobody", "nobody", "rob", "dock"],
    ] {
        let ids = things.map(|name| match world.id(name) {
            Value::Null => json!("00000000-0000-4000-8000-000000000001"),
            id => id,
        });
        let known = |name: &str| match name {
            "client" => Some(ids[0].clone()),
            "project" => Some(ids[1].clone()),
            "shift" => Some(ids[2].clone()),
            "mandate" | "id" => Some(ids[3].clone()),
            "user" => Some(ids[4].clone()),
            "site" => Some(ids[5].clone()),
            "skill" => Some(world.id("cook")),
            "page" => Some(json!({ "limit": 1 })),
            "kind" if entry.name == "my_history.of" => Some(json!("mandate")),
            "shifts" => Some(json!([{
                "start": "2026-10-10T08:00", "end": "2026-10-10T12:00",
                "positions": [{ "skill": world.id("cook"), "headcount": 1 }],
            }])),
            "recurring" => Some(json!([])),
            "purchase_order" if entry.name.starts_with("mandates.") => Some(Value::Null),
            "questions" => Some(json!([
                { "permission": "view_shifts", "object": { "kind": "shift", "id": ids[2] } },
                { "permission": "place_orders", "object": { "kind": "project", "id": ids[1] } },
                { "permission": "edit_orders", "object": { "kind": "mandate", "id": ids[3] } },
                { "permission": "manage_people", "object": { "kind": "user", "id": ids[4] } },
            ])),
            _ => None,
        };
        let sampler = Sampler { types, known: &known };
        let schema = serde_json::to_value(&entry.input).unwrap();
        let mut required = sampler.input(&schema, false);
        list.push(sampler.input(&schema, true));
        if let Some(page) = known("page").filter(|_| schema["properties"].get("page").is_some()) {
            required["client"] = ids[0].clone();
            required["page"] = page;
        }
        list.push(required);
        if entry.name == "visibility.explain" {
            let things = [("shift", 2), ("mandate", 3), ("project", 1)];
            list.extend(things.map(|(thing, at)| json!({ thing: ids[at] })));
        }
    }
    list
}

#[test]
fn a8_every_query_gives_the_same_bytes_with_its_cursors() {
    let world = world();
    let description = catalog::describe();
    let mut answered = BTreeSet::new();
    let mut differ = Vec::new();
    let (mut compared, commits) = (0, world.commits());
    for entry in description.operations.iter().filter(|entry| entry.effect == Effect::Query) {
        for input in inputs(&world, entry, &description.types) {
            for user in ["anna", "otto", "rob"] {
                let mut input = input.clone();
                // A list is walked to its end, the preview with the user's own cursors.
                for _ in 0..20 {
                    let own = world.call(&world.user(user), NOW, entry.name, &input);
                    let seen = world.call(&preview(&world, user), NOW, entry.name, &input);
                    compared += 1;
                    if bytes(&own) != bytes(&seen) {
                        differ.push(format!(
                            "{} as {user}: {input}\n{}\n{}",
                            entry.name,
                            bytes(&own),
                            bytes(&seen)
                        ));
                    }
                    let Ok(reply) = own else { break };
                    answered.insert(entry.name);
                    let reply: Value = serde_json::from_str(reply.json()).unwrap();
                    let next = reply["next"].clone();
                    if !next.is_string() || input.get("page").is_none() {
                        break;
                    }
                    input["page"]["after"] = next;
                }
            }
        }
    }
    assert!(differ.is_empty(), "{}", differ.join("\n\n"));
    assert_eq!(world.commits(), commits, "a preview leaves no trace");
    let silent: Vec<_> = ANSWERED.iter().filter(|name| !answered.contains(*name)).collect();
    assert!(silent.is_empty(), "refused every time: {silent:?}");
    assert!(compared > 300, "{compared} comparisons");
}

#[test]
fn a8_no_command_is_carried_out_in_a_preview() {
    refused_to_write(|world| preview(world, "anna"), "preview_reads_only");
}

#[test]
fn a9_no_command_is_carried_out_where_one_may_only_look() {
    let start = |world: &World| {
        let input = json!({ "user": world.id("anna"), "reason": "Looking" });
        let session = world.reply(&world.member("mia"), NOW, "impersonations.start", &input).unwrap();
        json!({ "as": "impersonated", "user": world.id("anna"), "by": world.id("mia"), "session": session["id"] })
    };
    refused_to_write(start, "impersonation_reads_only");
}

/// Every command of the catalog is refused with nothing written, and those that the user may call by this code.
fn refused_to_write(actor: impl Fn(&World) -> Value, code: &str) {
    let world = world();
    let actor = actor(&world);
    let description = catalog::describe();
    let (commits, mut told) = (world.commits(), BTreeSet::new());
    for entry in description.operations.iter().filter(|entry| entry.effect == Effect::Command) {
        for input in inputs(&world, entry, &description.types) {
            match world.call(&actor, NOW, entry.name, &input) {
                Ok(reply) => panic!("{} was carried out: {}", entry.name, reply.json()),
                Err(refusal) if refusal.code.text() == code => {
                    told.insert(entry.name);
                }
                Err(_) => {}
            }
        }
    }
    assert_eq!(world.commits(), commits);
    for name in ["mandates.submit", "mandates.withdraw", "notifications.mark_read"] {
        assert!(told.contains(name), "{name} is not refused by `{code}`: {told:?}");
    }
}
