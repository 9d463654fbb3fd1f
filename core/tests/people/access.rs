//! Links, joining, and the status of clients and users.

use serde_json::{Value, json};
use staffgate::Actor;
use staffgate::engine::{Answer, Step};
use staffgate::store::Store;

use crate::support::{AGENCY, World, activate, delivery, join, member, no, operator, user};

#[test]
fn b1_a3_a_link_is_joined_once_and_the_client_becomes_active_once() {
    let world = World::new();
    let client = world.client("Grand Hotel Astoria");
    assert_eq!(world.access(&client), "no_access");
    let token = world.link(&client);
    assert_eq!(world.access(&client), "invited");
    for _ in 0..3 {
        // A2: looking changes nothing.
        let preview = world.ok(Actor::Guest, "users.preview_link", json!({ "token": token }));
        assert_eq!(preview["client_name"], "Grand Hotel Astoria");
        assert_eq!(preview["agency_name"], "Northlight Staffing");
        assert_eq!(
            (&preview["email"], &preview["expires_at"]),
            (&Value::Null, &json!("2026-09-08T08:00:00Z"))
        );
    }
    let joined = world.ok(Actor::Guest, "users.join", join(&token, "Anna"));
    assert_eq!(world.access(&client), "active");
    assert_eq!(world.no(Actor::Guest, "users.join", join(&token, "Eve")), no("link_used", "token"));
    assert_eq!(
        world.no(Actor::Guest, "users.preview_link", json!({ "token": token })),
        no("link_used", "token")
    );
    let people = world.ok(operator(), "users.list", json!({ "client": client }));
    assert_eq!(people["items"].as_array().unwrap().len(), 1);
    assert_eq!(
        people["items"][0]["clients"],
        json!([{ "client": client, "role": "orderer", "reach": { "reach": "everything" } }])
    );
    let second = world.joined(&client, "Bert");
    assert_ne!(second, joined["user"]);
    let history = world.ok(operator(), "history.of", json!({ "kind": "client", "id": client }));
    let changes = history["events"].as_array().unwrap().iter();
    assert_eq!(
        changes.filter(|event| event["name"] == "client_access_changed").count(),
        2,
        "invited, active"
    );
}

#[test]
fn a1_resending_ends_the_old_link_and_time_ends_every_link() {
    let mut world = World::new();
    let client = world.client("Astoria");
    let old = world.link(&client);
    let new = world.link(&client);
    assert_eq!(world.no(Actor::Guest, "users.join", join(&old, "Anna")), no("link_superseded", "token"));
    world.at("2026-09-08T07:59:59Z");
    world.ok(Actor::Guest, "users.preview_link", json!({ "token": new }));
    world.at("2026-09-08T08:00:00Z");
    assert_eq!(world.no(Actor::Guest, "users.join", join(&new, "Anna")), no("link_expired", "token"));
    let long = json!({ "base_url": "https://a.example", "send_now": false, "expires_in_days": 31 });
    assert_eq!(
        world.no(operator(), "clients.enable_access", json!({ "client": client, "delivery": long })),
        no("out_of_range", "delivery.expires_in_days")
    );
}

#[test]
fn a1_what_is_no_whole_token_is_one_refusal() {
    let mut world = World::new();
    let client = world.client("Astoria");
    let token = world.link(&client).as_str().unwrap().to_owned();
    let changed = |from: usize, digit: char| {
        let mut text: Vec<char> = token.chars().collect();
        text[from] = if text[from] == digit { '0' } else { digit };
        text.into_iter().collect::<String>()
    };
    let bad = ["sgi1".to_owned(), changed(133, '1'), changed(40, '1'), changed(6, '1'), format!("{token}0")];
    for token in bad {
        let json = json!({ "token": token });
        assert_eq!(
            world.no(Actor::Guest, "users.preview_link", json),
            no("link_invalid", "token"),
            "{token}"
        );
    }
    // Another agency over the same store: its operations do not know the token.
    "11111111-8d5c-4d4e-9a53-6a1c1f0f4b11".clone_into(&mut world.agency);
    world.ok(operator(), "agencies.create", json!({ "name": "Other", "currency": "EUR" }));
    world.ok(operator(), "agencies.switch_portal", json!({ "on": true }));
    assert_eq!(
        world.no(Actor::Guest, "users.join", join(&json!(token), "Anna")),
        no("link_invalid", "token")
    );
    AGENCY.clone_into(&mut world.agency);
    world.ok(Actor::Guest, "users.join", join(&json!(token), "Anna"));
}

#[test]
fn b4_a_person_is_created_by_name_and_address_and_joins_as_themself() {
    let world = World::new();
    let client = world.client("Astoria");
    let (id, token) = world.invited(&client, "Anna", "viewer");
    assert_eq!((world.status(&id), world.access(&client)), (json!("invited"), json!("invited")));
    let preview = world.ok(Actor::Guest, "users.preview_link", json!({ "token": token }));
    assert_eq!((&preview["name"], &preview["email"]), (&json!("Anna"), &json!("anna@hotel.example")));
    let again = json!({
        "client": client, "name": "Other", "email": "ANNA@hotel.EXAMPLE", "role": "viewer", "delivery": delivery(),
    });
    assert_eq!(world.no(operator(), "users.create", again), no("person_exists", "email"));
    assert_eq!(world.no(user(&id), "clients.get", json!({ "client": client })), no("not_joined", ""));
    assert_eq!(world.no(Actor::Guest, "users.join", join(&token, "Eve")), no("field_unknown", "name"));
    assert_eq!(world.ok(Actor::Guest, "users.join", activate(&token))["user"], id);
    assert_eq!((world.status(&id), world.access(&client)), (json!("active"), json!("active")));
    let link = world.link(&client);
    assert_eq!(world.no(Actor::Guest, "users.join", join(&link, "anna")), no("email_taken", "email"));
    let nameless = world.no(Actor::Guest, "users.join", activate(&link));
    assert_eq!(nameless, no("field_missing", "name"), "a client's link does not know its person");
}

#[test]
fn b4_only_members_with_the_right_invite_and_lose_their_invitations_with_it() {
    let world = World::new();
    let client = world.client("Astoria");
    let add = |name: &str, role: &str| {
        let email = format!("{name}@northlight.example");
        let input = json!({ "name": name, "email": email, "role": role });
        world.ok(operator(), "members.add", input)["id"].clone()
    };
    let (planner, viewer) = (add("paul", "planner"), add("vera", "viewer"));
    let enable = json!({ "client": client, "delivery": delivery() });
    assert_eq!(world.no(member(&viewer), "clients.enable_access", enable.clone()), no("not_permitted", ""));
    let token = world.ok(member(&planner), "clients.enable_access", enable)["token"].clone();
    world.ok(operator(), "members.set_role", json!({ "member": planner, "role": "viewer" }));
    assert_eq!(world.no(Actor::Guest, "users.join", join(&token, "Anna")), no("link_invalid", "token"));
    world.ok(operator(), "members.set_role", json!({ "member": planner, "role": "planner" }));
    world.ok(operator(), "members.deactivate", json!({ "member": planner }));
    assert_eq!(world.no(Actor::Guest, "users.join", join(&token, "Anna")), no("link_invalid", "token"));
    world.ok(operator(), "members.reactivate", json!({ "member": planner }));
    world.ok(Actor::Guest, "users.join", join(&token, "Anna"));
}

#[test]
fn b2_the_mail_is_data_in_the_clients_language_and_the_agencys_words() {
    let world = World::new();
    let client =
        world.ok(operator(), "clients.create", json!({ "name": "A & B", "locale": "fr" }))["id"].clone();
    let enable = json!({ "client": client, "delivery": delivery() });
    let made = world.ok(operator(), "clients.enable_access", enable.clone());
    assert_eq!(made["mail"]["subject"], "Northlight Staffing vous invite sur son portail client");
    let link = format!("https://portal.northlight.example/join#{}", made["token"].as_str().unwrap());
    assert_eq!(made["link"], link);
    assert!(made["mail"]["text"].as_str().unwrap().contains(&link));
    assert!(made["mail"]["html"].as_str().unwrap().contains("A &#38; B"));
    assert_eq!((&made["mail"]["to"], &made["send_now"]), (&Value::Null, &json!(true)));
    let words = json!({
        "kind": "invitation", "locale": "fr", "subject": "Pour {client}", "text": "{link}", "html": "{link}",
    });
    world.ok(operator(), "email_templates.set", words);
    let made = world.ok(operator(), "clients.enable_access", enable);
    assert_eq!(made["mail"]["subject"], "Pour A & B");
    assert_eq!(made["mail"]["text"], made["link"]);
}

#[test]
fn b6_deactivated_and_back_again() {
    let world = World::new();
    let client = world.client("Astoria");
    let anna = world.joined(&client, "Anna");
    let mine = json!({ "client": client });
    world.ok(user(&anna), "clients.get", mine.clone());
    world.ok(operator(), "users.deactivate", json!({ "user": anna }));
    assert_eq!(world.no(user(&anna), "clients.get", mine.clone()), no("access_ended", ""));
    world.ok(operator(), "users.reactivate", json!({ "user": anna }));
    world.ok(user(&anna), "clients.get", mine);
    let (bert, token) = world.invited(&client, "Bert", "orderer");
    world.ok(operator(), "users.deactivate", json!({ "user": bert }));
    assert_eq!(world.no(Actor::Guest, "users.join", activate(&token)), no("link_superseded", "token"));
    world.ok(operator(), "users.reactivate", json!({ "user": bert }));
    assert_eq!(world.status(&bert), "no_access");
    let invite = json!({ "user": bert, "client": client, "delivery": delivery() });
    let token = world.ok(operator(), "users.invite", invite)["token"].clone();
    let moved = json!({ "user": bert, "name": "Bert B", "email": "b@hotel.example" });
    assert_eq!(world.ok(operator(), "users.rename", moved)["status"], "no_access");
    assert_eq!(world.no(Actor::Guest, "users.join", activate(&token)), no("link_superseded", "token"));
    let annas = json!({ "user": bert, "email": "Anna@hotel.example" });
    assert_eq!(world.no(operator(), "users.rename", annas), no("email_taken", "email"));
}

#[test]
fn d4_not_yours_and_not_there_are_one_answer_with_the_same_loads() {
    let world = World::new();
    let (mine, other) = (world.client("Astoria"), world.client("Bristol"));
    let (anna, bert) = (world.joined(&mine, "Anna"), world.joined(&other, "Bert"));
    let nobody = json!("00000000-0000-4000-8000-000000000001");
    let answer = |name: &str, input: Value| {
        world.loads();
        let refusal = world.reply(&world.call(user(&anna)), name, &input).unwrap_err();
        (serde_json::to_string(&refusal).unwrap(), world.loads())
    };
    for (name, field, theirs) in [
        ("clients.get", "client", &other),
        ("users.get", "user", &bert),
        ("notifications.list", "client", &other),
    ] {
        let [theirs, none] = [theirs, &nobody].map(|id| answer(name, json!({ field: id })));
        assert_eq!(theirs, none, "{name}");
        assert!(theirs.0.contains("\"not_found\"") && theirs.1.len() == 1, "{name}: {theirs:?}");
    }
    let own = world.ok(user(&anna), "clients.get", json!({ "client": mine }));
    let fields: Vec<&String> = own.as_object().unwrap().keys().collect();
    assert_eq!(fields, ["agency_name", "audience", "can_order", "id", "name", "sites", "skills"]);
    assert_eq!(world.ok(user(&anna), "users.get", json!({ "user": anna }))["name"], "Anna");
    for name in ["clients.list", "members.list", "terms.list"] {
        assert_eq!(world.no(user(&anna), name, json!({})), no("wrong_side", ""), "{name}");
    }
}

#[test]
fn a1_while_the_portal_is_off_links_and_users_are_refused_and_nothing_is_lost() {
    let world = World::new();
    let client = world.client("Astoria");
    let (anna, token) = (world.joined(&client, "Anna"), world.link(&client));
    world.ok(operator(), "agencies.switch_portal", json!({ "on": false }));
    assert_eq!(world.no(Actor::Guest, "users.join", join(&token, "Bert")), no("portal_off", ""));
    assert_eq!(world.no(user(&anna), "clients.get", json!({ "client": client })), no("portal_off", ""));
    world.ok(operator(), "agencies.switch_portal", json!({ "on": true }));
    world.ok(Actor::Guest, "users.join", join(&token, "Bert"));
    world.ok(user(&anna), "terms.current", json!({}));
}

#[test]
fn b1_of_two_who_join_at_once_one_is_told_that_the_link_was_used() {
    let world = World::new();
    let client = world.client("Astoria");
    let token = world.link(&client);
    let call = world.call(Actor::Guest);
    let input = join(&token, "Anna").to_string();
    let mut slow = staffgate::catalog::machine(call.context, "users.join", &input).unwrap();
    let mut step = slow.start();
    let mut conflicts = 0;
    let refusal = loop {
        step = match step {
            Step::Load(reads) => slow.resume(Answer::of_load(world.portal.store().load(&reads))),
            Step::Commit(changes) => {
                if conflicts == 0 {
                    world.ok(Actor::Guest, "users.join", join(&token, "Bert"));
                }
                conflicts += 1;
                slow.resume(Answer::of_commit(world.portal.store().commit(&changes)))
            }
            Step::Done(result) => break result.unwrap_err(),
        };
    };
    assert_eq!((refusal.code.text(), conflicts), ("link_used", 1));
    let people = world.ok(operator(), "users.list", json!({ "client": client }));
    assert_eq!(people["items"].as_array().unwrap().len(), 1);
}
