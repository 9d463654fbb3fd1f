//! Explanations: each names exactly the fields that its view has, and says of a shift's what is the case.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::collections::BTreeSet;

use conformance::World;
use serde_json::{Value, json};
use staffgate::catalog;

const BEFORE: &str = "2026-09-10T08:00:00Z";
const AT_THE_END: &str = "2026-09-20T21:00:00Z";

/// Every path of a type: `lead`, `lead.name`, `positions[].id`.
fn paths(types: &Value, schema: &Value, prefix: &str, found: &mut BTreeSet<String>) {
    if let Some(reference) = schema["$ref"].as_str() {
        return paths(types, &types[reference.rsplit('/').next().unwrap()], prefix, found);
    }
    if let Some(choices) = schema["anyOf"].as_array().or(schema["oneOf"].as_array()) {
        return choices.iter().for_each(|choice| paths(types, choice, prefix, found));
    }
    if schema["items"].is_object() {
        return paths(types, &schema["items"], &format!("{prefix}[]"), found);
    }
    for (name, field) in schema["properties"].as_object().into_iter().flatten() {
        let path = if prefix.is_empty() { name.clone() } else { format!("{prefix}.{name}") };
        found.insert(path.clone());
        paths(types, field, &path, found);
    }
}

fn explained(world: &World, user: &str, now: &str) -> Vec<Value> {
    let input = json!({ "shift": world.id("shift") });
    let reply = world.reply(&world.user(user), now, "visibility.explain", &input).unwrap();
    reply["fields"].as_array().unwrap().clone()
}

#[test]
fn d6_the_explanation_names_every_field_of_the_view_and_no_other() {
    let types = catalog::describe().types;
    let world = World::after("visibility_explained_things").unwrap();
    for (thing, view, one) in [
        ("shift", "ClientShiftView", "lead.phone"),
        ("mandate", "ClientMandateView", "estimate.lines[].unit_price"),
        ("project", "ClientProjectView", "schedules[].mandate"),
        ("candidate", "ClientCandidateView", "documents[].sha256"),
    ] {
        let mut there = BTreeSet::new();
        paths(&types, &types[view], "", &mut there);
        assert!(there.contains(one), "{there:?}");
        let input = json!({ thing: world.id(thing), "user": world.id("anna") });
        let reply = world.reply(&world.member("mia"), BEFORE, "visibility.explain", &input).unwrap();
        let fields = reply["fields"].as_array().unwrap();
        let named: Vec<String> = fields.iter().map(|one| one["field"].as_str().unwrap().to_owned()).collect();
        assert_eq!(named.len(), there.len(), "{thing}: each once");
        assert_eq!(named.into_iter().collect::<BTreeSet<_>>(), there, "{thing}");
    }
}

/// Whether the reply shows a field that a rule decides over.
fn is_there(reply: &Value, field: &str) -> bool {
    match field {
        "team" | "team[].booking" | "team[].name" | "team[].position" => !reply["team"].is_null(),
        // Somebody in the team has one.
        "team[].picture" | "team[].picture.reference" | "team[].picture.media_type" => {
            reply["team"].as_array().is_some_and(|team| team.iter().any(|one| !one["picture"].is_null()))
        }
        "lead" | "lead.name" => !reply["lead"].is_null(),
        "lead.phone" => !reply["lead"].is_null() && !reply["lead"]["phone"].is_null(),
        _ => reply.get(field.split(['.', '[']).next().unwrap()).is_some(),
    }
}

#[test]
fn d6_what_is_said_is_what_is_shown_in_every_state() {
    let world = World::after("access_reach").unwrap();
    let (paul, mia) = (world.member("paul"), world.member("mia"));
    let shift = json!({ "shift": world.id("shift") });
    // Otto's role sees no phones, Rob's becomes one that sees no team; both at everything.
    for (user, permissions) in
        [("otto", json!(["view_shifts", "view_team"])), ("clara", json!(["view_shifts"]))]
    {
        let role = json!({ "name": format!("As {user}"), "side": "client", "permissions": permissions });
        let role = world.reply(&mia, BEFORE, "roles.create", &role).unwrap();
        let user = if user == "clara" { world.id("anna") } else { world.id(user) };
        let access = json!({ "user": user, "client": world.id("astoria"), "role": role["role"] });
        world.reply(&mia, BEFORE, "users.set_access", &access).unwrap();
    }
    let mut rules = BTreeSet::new();
    let mut compare = |now: &str| {
        for user in ["anna", "otto"] {
            let reply = world.reply(&world.user(user), now, "my_shifts.get", &shift).unwrap();
            for field in explained(&world, user, now) {
                let name = field["field"].as_str().unwrap();
                assert_eq!(field["shown"], is_there(&reply, name), "{name} for {user}: {field}\n{reply}");
                rules.insert(field["rule"].as_str().unwrap().to_owned());
            }
        }
    };
    compare(BEFORE);
    world.reply(&paul, BEFORE, "projects.publish_team", &json!({ "project": world.id("project") })).unwrap();
    compare(BEFORE);
    let picture = json!({ "worker": world.id("lena"), "picture": { "reference": "pic-7f31", "media_type": "image/jpeg" } });
    world.reply(&paul, BEFORE, "workers.update", &picture).unwrap();
    let book = json!({ "shift": world.id("shift"), "position": world.id("leads"), "worker": world.id("lena"), "state": "confirmed" });
    let booking = world.reply(&paul, BEFORE, "bookings.book", &book).unwrap();
    let lead = json!({ "shift": world.id("shift"), "booking": booking["id"] });
    world.reply(&paul, BEFORE, "shifts.name_lead", &lead).unwrap();
    compare(BEFORE);
    let pictures = |are_shared: bool| {
        let sharing = json!({ "project": world.id("project"), "profile_pictures": are_shared });
        world.reply(&paul, BEFORE, "projects.set_sharing", &sharing).unwrap();
    };
    pictures(true);
    compare(BEFORE);
    // Anna may see phones from here on.
    let access = json!({ "user": world.id("anna"), "client": world.id("astoria"), "role": "orderer" });
    world.reply(&mia, BEFORE, "users.set_access", &access).unwrap();
    compare(BEFORE);
    compare("2026-09-20T20:59:59.999Z");
    compare(AT_THE_END);
    // The team of a cancelled shift is empty, so nobody in it has a picture to show.
    pictures(false);
    compare(BEFORE);
    let cancel = json!({ "shift": world.id("shift"), "revision": world.reply(&paul, BEFORE, "shifts.get", &shift).unwrap()["revision"] });
    world.reply(&paul, BEFORE, "shifts.cancel", &cancel).unwrap();
    compare(BEFORE);
    let met: Vec<&str> = rules.iter().map(String::as_str).collect();
    let expected = [
        "listed",
        "marked_for_client",
        "no_lead",
        "pictures_not_shared",
        "pictures_shared",
        "reason_marked_for_client",
        "role_lacks_phones",
        "role_lacks_team",
        "shift_cancelled",
        "shift_finished",
        "team_not_shared",
        "team_shared",
        "until_the_end",
    ];
    assert_eq!(met, expected, "every rule was met");
}
