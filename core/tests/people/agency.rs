//! Members, terms, mail templates, clients and sites.

use crate::support::{World, member, no, operator};
use serde_json::{Value, json};

fn add_member(world: &World, name: &str, role: &str) -> Value {
    let email = format!("{}@northlight.example", name.to_lowercase());
    world.ok(operator(), "members.add", json!({ "name": name, "email": email, "role": role }))["id"].clone()
}

#[test]
fn members_act_at_once_and_by_their_role() {
    let world = World::new();
    let paul = add_member(&world, "Paul", "planner");
    let vera = add_member(&world, "Vera", "viewer");
    world.ok(member(&paul), "clients.create", json!({ "name": "Astoria" }));
    assert_eq!(
        world.no(member(&vera), "clients.create", json!({ "name": "Astoria" })),
        no("not_permitted", "")
    );
    assert_eq!(
        world.no(member(&paul), "members.set_role", json!({ "member": paul, "role": "administrator" })),
        no("not_permitted", "")
    );
    world.ok(operator(), "members.set_role", json!({ "member": vera, "role": "planner" }));
    world.ok(member(&vera), "clients.create", json!({ "name": "Bristol" }));
    world.ok(operator(), "members.deactivate", json!({ "member": vera }));
    assert_eq!(world.no(member(&vera), "clients.list", json!({})), no("access_ended", ""));
    world.ok(operator(), "members.reactivate", json!({ "member": vera }));
    let clients = world.ok(member(&vera), "clients.list", json!({}));
    assert_eq!(clients["items"].as_array().unwrap().len(), 2);
    let names: Vec<Value> = world.ok(member(&vera), "members.list", json!({}))["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["name"].clone())
        .collect();
    assert_eq!(names, ["Paul", "Vera"]);
}

#[test]
fn b4_a_members_address_is_taken_whatever_its_case() {
    let world = World::new();
    add_member(&world, "Paul", "planner");
    let again = json!({ "name": "Other", "email": "PAUL@Northlight.example", "role": "viewer" });
    assert_eq!(world.no(operator(), "members.add", again), no("email_taken", "email"));
}

#[test]
fn a6_terms_are_versions_of_their_content() {
    let mut world = World::new();
    assert_eq!(world.ok(operator(), "terms.current", json!({})), json!({ "terms": null }));
    let first = world.ok(operator(), "terms.publish", json!({ "title": "Terms", "text": "Pay in 14 days." }));
    world.at("2026-09-02T08:00:00Z");
    let same = world.ok(operator(), "terms.publish", json!({ "title": "Terms", "text": "Pay in 14 days." }));
    assert_eq!(first, same, "the current content again changes nothing");
    world.ok(operator(), "terms.publish", json!({ "title": "Terms", "text": "Pay in 30 days." }));
    let current = world.ok(operator(), "terms.current", json!({}));
    assert_eq!(current["terms"]["text"], "Pay in 30 days.");
    assert_ne!(current["terms"]["hash"], first["hash"]);
    let list = world.ok(operator(), "terms.list", json!({}));
    let hashes: Vec<&Value> = list["items"].as_array().unwrap().iter().map(|one| &one["hash"]).collect();
    assert_eq!(hashes, [&first["hash"], &current["terms"]["hash"]]);
    let long = "x".repeat(200_001);
    let too_long = world.no(operator(), "terms.publish", json!({ "title": "Terms", "text": long }));
    assert_eq!(too_long, no("too_long", "text"));
}

#[test]
fn clients_have_sites_with_a_zone() {
    let world = World::new();
    let site = json!({ "name": "Main house", "address": "Alexanderplatz 1", "zone": "Europe/Berlin" });
    let input = json!({ "name": "Grand Hotel Astoria", "sites": [site], "locale": "fr", "host_id": "c-1" });
    let client = world.ok(operator(), "clients.create", input);
    assert_eq!(client["access"], "no_access");
    assert_eq!(client["sites"][0]["zone"], "Europe/Berlin");
    let id = &client["id"];
    let bad = json!({ "client": id, "site": { "name": "Moon", "zone": "Moon/Tranquility" } });
    assert_eq!(world.no(operator(), "sites.add", bad), no("unknown_zone", "site.zone"));
    let added = json!({ "client": id, "site": { "name": "Annex", "zone": "Europe/Paris" } });
    let client = world.ok(operator(), "sites.add", added);
    let annex = &client["sites"][1]["id"];
    let client =
        world.ok(operator(), "sites.update", json!({ "client": id, "site": annex, "name": "Pavilion" }));
    assert_eq!(client["sites"][1]["name"], "Pavilion");
    assert_eq!(client["sites"][1]["zone"], "Europe/Paris", "what is not given stays");
    let other = world.ok(operator(), "clients.create", json!({ "name": "Bristol" }));
    let foreign = json!({ "client": other["id"], "site": annex, "name": "Mine" });
    assert_eq!(world.no(operator(), "sites.update", foreign), no("not_found", ""));
    let taken = json!({ "name": "Copy", "host_id": "c-1" });
    assert_eq!(world.no(operator(), "clients.create", taken), no("host_id_taken", "host_id"));
    let renamed = world.ok(operator(), "clients.update", json!({ "client": id, "name": "Astoria" }));
    assert_eq!((renamed["name"].as_str(), renamed["locale"].as_str()), (Some("Astoria"), Some("fr")));
}

#[test]
fn a3_a4_c7_d1_a_clients_own_settings() {
    let world = World::new();
    let skill = |name: &str| world.ok(operator(), "skills.create", json!({ "name": name }))["id"].clone();
    let (waiter, cook) = (skill("Waiter"), skill("Cook"));
    world.ok(operator(), "agencies.set_ordering", json!({ "skills": [waiter] }));
    let id = world.ok(operator(), "clients.create", json!({ "name": "Astoria" }))["id"].clone();
    let set = |ordering: &str, skills: Value| json!({ "client": id, "ordering": ordering, "skills": skills });
    let narrowed = world.ok(operator(), "clients.set_ordering", set("off", json!([waiter, waiter])));
    assert_eq!((&narrowed["ordering"], &narrowed["orderable"]), (&json!(false), &json!([waiter])));
    assert_eq!(
        world.no(operator(), "clients.set_ordering", set("on", json!([waiter, cook]))),
        no("skill_not_orderable", "skills[1]")
    );
    let default = world.ok(operator(), "clients.set_ordering", set("agency_default", Value::Null));
    assert_eq!((&default["ordering"], &default["orderable"]), (&Value::Null, &Value::Null));
    let on = json!({ "client": id, "on": true });
    assert_eq!(world.ok(operator(), "clients.set_auto_accept", on)["auto_accept"], true);
    let sharing = json!({ "client": id, "team_immediately": true });
    assert_eq!(world.ok(operator(), "clients.set_sharing", sharing)["sharing"]["team_immediately"], true);
}

#[test]
fn b2_the_agencys_own_words_replace_the_librarys() {
    let world = World::new();
    let which = json!({ "kind": "invitation", "locale": "fr" });
    let library = world.ok(operator(), "email_templates.get", which.clone());
    assert_eq!(library["own"], false);
    let words = |subject: &str, text: &str, html: &str| json!({ "kind": "invitation", "locale": "fr", "subject": subject, "text": text, "html": html });
    world.ok(operator(), "email_templates.set", words("Bienvenue", "{link}", "<a href=\"{link}\">ici</a>"));
    let own = world.ok(operator(), "email_templates.get", which);
    assert_eq!((&own["own"], &own["subject"]), (&json!(true), &json!("Bienvenue")));
    let fails = |subject, text, html| world.no(operator(), "email_templates.set", words(subject, text, html));
    assert_eq!(fails("a", "{link} {who}", "{link}"), no("placeholder_unknown", "text"));
    assert_eq!(fails("a", "{link}", "b"), no("placeholder_missing", "html"));
    assert_eq!(fails("a\nBcc: b", "{link}", "{link}"), no("control_character", "subject"));
}
