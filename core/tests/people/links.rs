//! Links: the faults that others have made, each as a test. Two at once, old links, foreign tokens, guesses, row ids.

use serde_json::{Value, json};
use staffgate::engine::{Answer, Step};
use staffgate::store::Store;
use staffgate::{Actor, Refusal};

use crate::support::{PASSWORD, World, activate, delivery, join, no, operator, user};

const NOBODY: &str = "00000000-0000-4000-8000-000000000001";

fn holder(link: &Value) -> Actor {
    serde_json::from_value(json!({ "as": "holder", "link": link })).unwrap()
}

/// Runs an operation up to its commit, lets something else happen, and goes on; with how often it had to start over.
fn interleaved(
    world: &World,
    actor: Actor,
    name: &str,
    input: &Value,
    meanwhile: impl FnOnce(),
) -> (Result<String, Refusal>, u32) {
    let call = world.call(actor);
    let mut slow = staffgate::catalog::machine(call.context, name, &input.to_string()).unwrap();
    let (mut step, mut commits, mut meanwhile) = (slow.start(), 0, Some(meanwhile));
    loop {
        step = match step {
            Step::Load(reads) => slow.resume(Answer::of_load(world.portal.store().load(&reads))),
            Step::Commit(changes) => {
                if let Some(meanwhile) = meanwhile.take() {
                    meanwhile();
                }
                commits += 1;
                slow.resume(Answer::of_commit(world.portal.store().commit(&changes)))
            }
            Step::Done(result) => return (result.map(|reply| reply.json().to_owned()), commits),
        };
    }
}

#[track_caller]
fn code(result: Result<String, Refusal>) -> &'static str {
    result.unwrap_err().code.text()
}

fn people(world: &World, client: &Value) -> usize {
    world.ok(operator(), "users.list", json!({ "client": client }))["items"].as_array().unwrap().len()
}

fn with_passcode(token: &Value, name: &str, passcode: &str) -> Value {
    let mut input = join(token, name);
    input["passcode"] = json!(passcode);
    input
}

fn invite(user: &Value, client: &Value) -> Value {
    json!({ "user": user, "client": client, "delivery": delivery() })
}

#[test]
fn a1_of_two_who_accept_one_personal_link_at_once_one_does() {
    let world = World::new();
    let client = world.client("Astoria");
    let (_, token) = world.invited(&client, "Anna", "orderer");
    let other = json!({ "token": token, "password": "green tea at nine" });
    let (result, commits) = interleaved(&world, Actor::Guest, "users.join", &activate(&token), || {
        world.ok(Actor::Guest, "users.join", other);
    });
    assert_eq!((code(result), commits), ("link_used", 1));
    // The password is the one of whoever was first.
    let show = |password: &str| json!({ "email": "anna@hotel.example", "password": password });
    world.ok(Actor::Guest, "users.verify_password", show("green tea at nine"));
    assert_eq!(world.no(Actor::Guest, "users.verify_password", show(PASSWORD)).0, "credentials_wrong");
}

#[test]
fn a1_the_last_use_of_a_link_is_used_once() {
    let world = World::new();
    let client = world.client("Astoria");
    let enable = json!({ "client": client, "delivery": delivery(), "uses": 2 });
    let token = world.ok(operator(), "clients.enable_access", enable)["token"].clone();
    world.ok(Actor::Guest, "users.join", join(&token, "Anna"));
    let (result, _) = interleaved(&world, Actor::Guest, "users.join", &join(&token, "Bert"), || {
        world.ok(Actor::Guest, "users.join", join(&token, "Cleo"));
    });
    assert_eq!((code(result), people(&world, &client)), ("link_used", 2));
}

#[test]
fn a1_an_old_link_is_dead_from_the_moment_of_a_new_one() {
    let world = World::new();
    let client = world.client("Astoria");
    let (anna, token) = world.invited(&client, "Anna", "orderer");
    let (result, commits) = interleaved(&world, Actor::Guest, "users.join", &activate(&token), || {
        world.ok(operator(), "users.invite", invite(&anna, &client));
    });
    assert_eq!((code(result), commits), ("link_superseded", 1));
    assert_eq!(world.status(&anna), "invited");
    let made = world.ok(operator(), "users.invite", invite(&anna, &client));
    let (result, _) = interleaved(&world, Actor::Guest, "users.join", &activate(&made["token"]), || {
        world.ok(operator(), "links.expire", json!({ "link": made["id"] }));
    });
    assert_eq!((code(result), world.status(&anna)), ("link_superseded", json!("no_access")));
}

#[test]
fn a1_a_forwarded_link_makes_nobody_but_its_own_person() {
    let world = World::new();
    let client = world.client("Astoria");
    let (anna, token) = world.invited(&client, "Anna", "orderer");
    for (field, value) in [("email", "eve@elsewhere.example"), ("name", "Eve")] {
        let mut input = activate(&token);
        input[field] = json!(value);
        assert_eq!(world.no(Actor::Guest, "users.join", input), no("field_unknown", field));
    }
    // Nor does a link live on for an address that is no longer the person's.
    world.ok(operator(), "users.rename", json!({ "user": anna, "email": "anna@new.example" }));
    assert_eq!(world.no(Actor::Guest, "users.join", activate(&token)), no("link_superseded", "token"));
}

#[test]
fn a1_the_tenth_wrong_passcode_ends_the_link() {
    let world = World::new();
    let client = world.client("Astoria");
    let enable = json!({ "client": client, "delivery": delivery(), "passcode": "blue harbour" });
    let token = world.ok(operator(), "clients.enable_access", enable)["token"].clone();
    for _ in 0..9 {
        let guess = with_passcode(&token, "Eve", "red harbour");
        assert_eq!(world.no(Actor::Guest, "users.join", guess), no("link_invalid", "token"));
    }
    // The tenth guess comes while somebody shows the right one: of the two, the guess was first.
    let right = with_passcode(&token, "Anna", "blue harbour");
    let (result, _) = interleaved(&world, Actor::Guest, "users.join", &right, || {
        let guess = with_passcode(&token, "Eve", "red harbour");
        assert_eq!(world.no(Actor::Guest, "users.join", guess), no("link_invalid", "token"));
    });
    assert_eq!(code(result), "link_invalid");
    assert_eq!(world.no(Actor::Guest, "users.join", right), no("link_invalid", "token"));
    let look = json!({ "token": token });
    assert_eq!(world.no(Actor::Guest, "users.preview_link", look), no("link_invalid", "token"));
    let list = world.ok(operator(), "links.list", json!({ "client": client }));
    let seen = (&list["items"][0]["status"], &list["items"][0]["wrong_passcodes"]);
    assert_eq!(seen, (&json!("ended"), &json!(10)));
    assert_eq!(people(&world, &client), 0);
}

#[test]
fn a1_two_guesses_at_once_count_as_two() {
    let world = World::new();
    let client = world.client("Astoria");
    let enable = json!({ "client": client, "delivery": delivery(), "passcode": "blue harbour" });
    let token = world.ok(operator(), "clients.enable_access", enable)["token"].clone();
    let guess = with_passcode(&token, "Eve", "red harbour");
    let (result, commits) = interleaved(&world, Actor::Guest, "users.join", &guess, || {
        world.no(Actor::Guest, "users.join", guess.clone());
    });
    assert_eq!((code(result), commits), ("link_invalid", 2));
    let list = world.ok(operator(), "links.list", json!({ "client": client }));
    assert_eq!(list["items"][0]["wrong_passcodes"], 2);
    world.ok(Actor::Guest, "users.join", with_passcode(&token, "Anna", "blue harbour"));
}

#[test]
fn a1_knowing_a_links_id_opens_nothing() {
    let world = World::new();
    let client = world.client("Astoria");
    let enable = json!({ "client": client, "delivery": delivery() });
    let id = world.ok(operator(), "clients.enable_access", enable)["id"].as_str().unwrap().to_owned();
    let (agency, link) = (world.agency.replace('-', ""), id.replace('-', ""));
    let made = ["sgi1", "sgs1"].map(|purpose| format!("{purpose}.{agency}.{link}.{}", "0".repeat(64)));
    for token in made.iter().chain([&id, &link]) {
        for name in ["users.preview_link", "links.preview", "links.open"] {
            let refused = world.no(Actor::Guest, name, json!({ "token": token }));
            assert_eq!(refused, no("link_invalid", "token"), "{name} {token}");
        }
    }
    assert_eq!(world.no(holder(&json!(id)), "shared_project.get", json!({})), no("link_invalid", ""));
}

#[test]
fn a1_a_token_of_another_agency_is_none_here() {
    let mut world = World::new();
    let client = world.client("Astoria");
    let token = world.link(&client);
    "11111111-8d5c-4d4e-9a53-6a1c1f0f4b11".clone_into(&mut world.agency);
    world.ok(operator(), "agencies.create", json!({ "name": "Other", "currency": "EUR" }));
    world.ok(operator(), "agencies.switch_portal", json!({ "on": true }));
    let answer = |token: &Value| {
        world.loads();
        let refusal = world.run(Actor::Guest, "users.preview_link", &json!({ "token": token })).unwrap_err();
        (serde_json::to_string(&refusal).unwrap(), world.loads())
    };
    let (theirs, none) = (answer(&token), answer(&json!("made-up")));
    assert_eq!(theirs, none);
    assert!(theirs.0.contains("link_invalid"), "{}", theirs.0);
}

#[test]
fn a7_no_link_of_another_client_can_be_told_from_none() {
    let world = World::new();
    let (mine, other) = (world.client("Astoria"), world.client("Bristol"));
    let (anna, token) = world.invited(&mine, "Anna", "administrator");
    world.ok(Actor::Guest, "users.join", activate(&token));
    let enable = json!({ "client": other, "delivery": delivery() });
    let theirs = world.ok(operator(), "clients.enable_access", enable)["id"].clone();
    let answer = |name: &str, input: Value| {
        world.loads();
        let refusal = world.run(user(&anna), name, &input).unwrap_err();
        (serde_json::to_string(&refusal).unwrap(), world.loads())
    };
    for (name, field, theirs) in [("links.expire", "link", &theirs), ("links.list", "client", &other)] {
        let [theirs, none] = [theirs, &json!(NOBODY)].map(|id| answer(name, json!({ field: id })));
        assert_eq!(theirs, none, "{name}");
        assert!(theirs.0.contains("\"not_found\""), "{name}: {}", theirs.0);
    }
    world.ok(user(&anna), "links.list", json!({ "client": mine }));
}

#[test]
fn a3_whoever_joins_while_the_portal_ends_is_out_or_was_never_in() {
    let world = World::new();
    let client = world.client("Astoria");
    world.joined(&client, "Anna");
    let token = world.link(&client);
    let ending = json!({ "client": client });
    // The portal ends while somebody joins: they do not.
    let (result, commits) = interleaved(&world, Actor::Guest, "users.join", &join(&token, "Bert"), || {
        world.ok(operator(), "clients.deactivate_access", ending.clone());
    });
    assert_eq!((code(result), commits, people(&world, &client)), ("link_superseded", 1, 1));
    world.ok(operator(), "clients.reactivate_access", ending.clone());
    // Somebody joins while the portal ends: they are among those who lose it.
    let token = world.link(&client);
    let mut cleo = Value::Null;
    let (result, commits) = interleaved(&world, operator(), "clients.deactivate_access", &ending, || {
        cleo = world.ok(Actor::Guest, "users.join", join(&token, "Cleo"))["user"].clone();
    });
    assert!(result.unwrap().contains("deactivated"));
    assert_eq!(commits, 2, "the first commit knew nothing of the newcomer");
    assert_eq!(world.no(user(&cleo), "clients.get", json!({ "client": client })), no("not_found", ""));
}

#[test]
fn b7_somebody_added_while_the_portal_ends_loses_it_too() {
    let world = World::new();
    let (client, other) = (world.client("Astoria"), world.client("Bristol"));
    world.joined(&client, "Anna");
    let bert = world.joined(&other, "Bert");
    let ending = json!({ "client": client });
    let (result, commits) = interleaved(&world, operator(), "clients.deactivate_access", &ending, || {
        let add = json!({
            "client": client, "user": bert, "role": "viewer", "portal_url": "https://portal.northlight.example/",
        });
        world.ok(operator(), "users.add_to_client", add);
    });
    assert!(result.is_ok());
    assert_eq!(commits, 2);
    assert_eq!(world.no(user(&bert), "clients.get", json!({ "client": client })), no("not_found", ""));
    world.ok(user(&bert), "clients.get", json!({ "client": other }));
    // Removed while it is deactivated: reactivating brings them back nowhere.
    let gone = json!({ "user": bert, "client": client });
    world.ok(operator(), "users.remove_from_client", gone);
    world.ok(operator(), "clients.reactivate_access", ending);
    assert_eq!(world.no(user(&bert), "clients.get", json!({ "client": client })), no("not_found", ""));
    assert_eq!(people(&world, &client), 1);
}

#[test]
fn b7_a_client_has_at_most_500_people_and_all_lose_it_in_one_commit() {
    let world = World::new();
    let client = world.client("Astoria");
    for number in 0..500 {
        world.invited(&client, &format!("P{number}"), "viewer");
    }
    let one_more = json!({
        "client": client, "name": "P500", "email": "p500@hotel.example", "role": "viewer", "delivery": delivery(),
    });
    assert_eq!(world.no(operator(), "users.create", one_more.clone()), no("client_full", ""));
    world.ok(operator(), "clients.deactivate_access", json!({ "client": client }));
    let page = json!({ "client": client, "page": { "limit": 1000 } });
    let list = world.ok(operator(), "users.list", page);
    let items = list["items"].as_array().unwrap();
    assert_eq!(items.iter().filter(|one| one["status"] == "deactivated").count(), 500);
    world.ok(operator(), "clients.reactivate_access", json!({ "client": client }));
    let gone = json!({ "client": client, "user": items[0]["id"] });
    world.ok(operator(), "users.remove_from_client", gone);
    world.ok(operator(), "users.create", one_more);
}
