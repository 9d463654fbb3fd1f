//! Mails for a new password, and what of all the secrets of signing in is kept.

use std::sync::Mutex;

use serde_json::{Value, json};
use staffgate::engine::decode;
use staffgate::sessions::operations::{CheckSession, SignIn};
use staffgate::store::{ChangeSet, CommitOutcome, Read, Row, Store, StoreError};
use staffgate::users::operations::{ConfirmSecondFactor, EnrolSecondFactor, ResetPassword};
use staffgate::{Actor, Call, Portal};

use crate::support::{PASSWORD, Watched, World, member, no, operator, user};

const NEW: &str = "green tea at nine";

fn reset_token(world: &World, email: &str) -> Value {
    world.ok(Actor::Guest, "users.request_password_reset", json!({ "email": email }));
    let draw = json!({ "email": email, "base_url": "https://portal.northlight.example/reset" });
    world.ok(operator(), "users.password_reset_mail", draw)["token"].clone()
}

/// Keeps all that is written, and lets another call go first at the first commit.
struct Side<'w> {
    store: &'w Watched,
    other: Mutex<Option<(Call, &'static str, Value)>>,
    written: Mutex<String>,
}

impl<'w> Side<'w> {
    fn new(world: &'w World) -> Self {
        Self { store: world.portal.store(), other: Mutex::default(), written: Mutex::default() }
    }
}

impl Store for Side<'_> {
    fn load(&self, reads: &[Read]) -> Result<Vec<Vec<Row>>, StoreError> {
        self.store.load(reads)
    }

    fn commit(&self, changes: &ChangeSet) -> Result<CommitOutcome, StoreError> {
        let other = self.other.lock().unwrap().take();
        if let Some((call, name, input)) = other {
            Portal::new(self.store).run_json(&call, name, &input.to_string()).unwrap();
        }
        self.written.lock().unwrap().push_str(&serde_json::to_string(changes).unwrap());
        self.store.commit(changes)
    }
}

#[test]
fn a4_two_uses_of_one_link_at_once_set_one_password() {
    let world = World::new();
    let client = world.client("Astoria");
    world.joined(&client, "Anna");
    let token = reset_token(&world, "anna@hotel.example");
    let between = Side::new(&world);
    let first = json!({ "token": token, "password": NEW });
    *between.other.lock().unwrap() = Some((world.call(Actor::Guest), "users.reset_password", first));
    let second = json!({ "token": token, "password": "blue coffee at ten" }).to_string();
    let call = world.call(Actor::Guest);
    let refusal = Portal::new(&between).run_json(&call, "users.reset_password", &second).unwrap_err();
    assert_eq!(refusal.code.text(), "link_used");
    let login = |password: &str| json!({ "email": "anna@hotel.example", "password": password });
    world.ok(Actor::Guest, "sessions.sign_in", login(NEW));
    let denied = no("credentials_wrong", "");
    assert_eq!(world.no(Actor::Guest, "sessions.sign_in", login("blue coffee at ten")), denied);
}

#[test]
fn a3_a_session_that_begins_while_the_user_is_deactivated_is_none() {
    let world = World::new();
    let client = world.client("Astoria");
    let anna = world.joined(&client, "Anna");
    let between = Side::new(&world);
    let deactivate = (world.call(operator()), "users.deactivate", json!({ "user": anna }));
    *between.other.lock().unwrap() = Some(deactivate);
    let login = json!({ "email": "anna@hotel.example", "password": PASSWORD }).to_string();
    let call = world.call(Actor::Guest);
    let refusal = Portal::new(&between).run_json(&call, "sessions.sign_in", &login).unwrap_err();
    assert_eq!(refusal.code.text(), "credentials_wrong");
}

#[test]
fn a4_a_link_does_not_outlive_the_address_the_access_or_the_hour() {
    let mut world = World::new();
    let client = world.client("Astoria");
    let anna = world.joined(&client, "Anna");
    let uses = |world: &World, token: &Value| {
        world.no(Actor::Guest, "users.reset_password", json!({ "token": token, "password": NEW }))
    };
    let token = reset_token(&world, "anna@hotel.example");
    world.ok(operator(), "users.deactivate", json!({ "user": anna }));
    assert_eq!(uses(&world, &token), no("link_superseded", "token"));
    world.ok(operator(), "users.reactivate", json!({ "user": anna }));
    world.ok(operator(), "users.rename", json!({ "user": anna, "email": "a@hotel.example" }));
    assert_eq!(uses(&world, &token), no("link_superseded", "token"));
    let token = reset_token(&world, "a@hotel.example");
    let text = token.as_str().unwrap();
    for bad in
        [text.get(..text.len() - 2).unwrap().to_owned(), format!("{text}00"), text.replace("sgr1", "sgs1")]
    {
        assert_eq!(uses(&world, &json!(bad)), no("link_invalid", "token"), "{bad}");
    }
    world.at("2026-09-01T09:00:00Z");
    assert_eq!(uses(&world, &token), no("link_expired", "token"));
    // A clock that goes back makes it good again for what is left of its hour, and no longer.
    world.at("2026-09-01T08:59:59Z");
    world.ok(Actor::Guest, "users.reset_password", json!({ "token": token, "password": NEW }));
    assert_eq!(uses(&world, &token), no("link_used", "token"));
}

#[test]
fn b17_secrets_of_signing_in_are_kept_nowhere() {
    let world = World::new();
    let client = world.client("Astoria");
    let anna = world.joined(&client, "Anna");
    let spy = Side::new(&world);
    let portal = Portal::new(&spy);
    let run = |actor: Actor, name: &str, input: Value| -> Value {
        let reply = portal.run_json(&world.call(actor), name, &input.to_string()).unwrap();
        serde_json::from_str(reply.json()).unwrap()
    };
    let email = "anna@hotel.example";
    let started = run(Actor::Guest, "sessions.sign_in", json!({ "email": email, "password": PASSWORD }));
    run(Actor::Guest, "users.verify_password", json!({ "email": email, "password": PASSWORD }));
    run(Actor::Guest, "users.request_password_reset", json!({ "email": email }));
    let draw = json!({ "email": email, "base_url": "https://portal.northlight.example/reset" });
    let token = run(operator(), "users.password_reset_mail", draw)["token"].clone();
    run(Actor::Guest, "users.reset_password", json!({ "token": token, "password": NEW }));
    run(user(&anna), "users.enrol_second_factor", json!({ "password": NEW }));
    let written = spy.written.lock().unwrap().clone();
    for token in [&started["token"], &started["device"], &token] {
        let secret = token.as_str().unwrap().rsplit('.').next().unwrap();
        assert!(secret.len() == 64 && !written.contains(secret));
    }
    assert!(written.contains("argon2id"), "what is written was seen");
    assert!(!written.contains(PASSWORD) && !written.contains(NEW));
}

#[test]
fn b17_debug_forms_of_inputs_show_no_secret() {
    let token = format!("sgs1.{0}.{0}.{0}.{1}", "b".repeat(32), "c".repeat(64));
    let login = json!({ "email": "a@b.example", "password": PASSWORD, "code": "123456", "device": token });
    let shown = [
        format!("{:?}", decode::<SignIn>(&login.to_string()).unwrap()),
        format!("{:?}", decode::<CheckSession>(&json!({ "token": token }).to_string()).unwrap()),
        format!("{:?}", decode::<ConfirmSecondFactor>(&json!({ "code": "123456" }).to_string()).unwrap()),
        format!("{:?}", decode::<EnrolSecondFactor>(&json!({ "password": PASSWORD }).to_string()).unwrap()),
        format!(
            "{:?}",
            decode::<ResetPassword>(&json!({ "token": token, "password": PASSWORD }).to_string()).unwrap()
        ),
    ];
    for text in shown {
        assert!(!text.contains(PASSWORD) && !text.contains("123456") && !text.contains("cccc"), "{text}");
        assert!(text.contains("hidden"), "{text}");
    }
}

#[test]
fn a4_the_agency_can_start_a_reset_and_never_choose_the_password() {
    let world = World::new();
    let client = world.client("Astoria");
    let anna = world.joined(&client, "Anna");
    let planner = json!({ "name": "Paul", "email": "p@northlight.example", "role": "administrator" });
    let paul = member(&world.ok(operator(), "members.add", planner)["id"]);
    let started = world.ok(paul, "users.start_password_reset", json!({ "user": anna }));
    assert_eq!(started["id"], anna);
    assert!(!started.to_string().contains("sgr1"));
    let draw =
        json!({ "email": "anna@hotel.example", "base_url": "https://portal.northlight.example/reset" });
    for actor in [paul, user(&anna), Actor::Guest] {
        assert_eq!(world.no(actor, "users.password_reset_mail", draw.clone()), no("wrong_side", ""));
    }
    // What an import sets opens nothing but its change.
    let temporary = json!({ "user": anna, "password": "yellow boat 7 sails" });
    assert_eq!(world.ok(paul, "users.set_temporary_password", temporary)["must_change_password"], true);
    let refused = no("password_must_change", "");
    assert_eq!(world.no(user(&anna), "clients.get", json!({ "client": client })), refused);
}

#[test]
fn a6_a_link_lets_nobody_in_it_only_sets_a_password() {
    let world = World::new();
    let client = world.client("Astoria");
    let (anna, invitation) = world.invited(&client, "Anna", "orderer");
    let ended = no("session_ended", "token");
    assert_eq!(world.no(Actor::Guest, "sessions.check", json!({ "token": invitation })), ended);
    let joined = world.ok(Actor::Guest, "users.join", json!({ "token": invitation, "password": PASSWORD }));
    assert_eq!(joined, json!({ "user": anna, "client": client }), "no session");
    let token = reset_token(&world, "anna@hotel.example");
    assert_eq!(world.no(Actor::Guest, "sessions.check", json!({ "token": token })), ended);
    let reset = world.ok(Actor::Guest, "users.reset_password", json!({ "token": token, "password": NEW }));
    assert_eq!(reset, json!({ "user": anna }), "no session");
    assert_eq!(world.ok(user(&anna), "sessions.list", json!({})), json!({ "items": [] }));
}

#[test]
fn a5_a_password_that_the_host_found_breached_is_refused_wherever_one_is_set() {
    let world = World::new();
    let client = world.client("Astoria");
    let (anna, invitation) = world.invited(&client, "Anna", "orderer");
    let refused = no("password_breached", "password");
    let breached = |input: Value| {
        let mut input = input;
        input["breached"] = json!(true);
        input
    };
    let join = json!({ "token": invitation, "password": PASSWORD });
    assert_eq!(world.no(Actor::Guest, "users.join", breached(join.clone())), refused);
    world.ok(Actor::Guest, "users.join", join);
    let change = json!({ "current": PASSWORD, "password": NEW });
    assert_eq!(world.no(user(&anna), "users.change_password", breached(change)), refused);
    let given = json!({ "user": anna, "password": NEW });
    assert_eq!(world.no(operator(), "users.set_temporary_password", breached(given)), refused);
    let token = reset_token(&world, "anna@hotel.example");
    let reset = json!({ "token": token, "password": NEW });
    assert_eq!(world.no(Actor::Guest, "users.reset_password", breached(reset.clone())), refused);
    world.ok(Actor::Guest, "users.reset_password", reset);
}
