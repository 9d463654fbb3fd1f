//! Signing in: equal work for every no, counters under attack, tokens that are no good, a clock that goes back.

use serde_json::{Value, json};
use staffgate::hashing::HashingSlots;
use staffgate::store::{ChangeSet, CommitOutcome, Key, Read, Store, StoreError};
use staffgate::{Actor, Call, Portal, wire};

use crate::support::{PASSWORD, Watched, World, no, operator, user};

fn login(email: &str, password: &str) -> Value {
    json!({ "email": email, "password": password, "source": "192.0.2.7" })
}

fn sign_in(world: &World, email: &str, password: &str) -> String {
    let call = world.call(Actor::Guest);
    match world.reply(&call, "sessions.sign_in", &login(email, password)) {
        Ok(_) => "in".to_owned(),
        Err(refusal) => refusal.code.text().to_owned(),
    }
}

/// What one attempt costs the store: the number of reads in each load, and the kinds that are written.
#[derive(PartialEq, Eq, Debug)]
struct Work {
    loads: Vec<usize>,
    written: Vec<String>,
    answer: String,
}

struct Spy<'w> {
    store: &'w Watched,
    written: std::sync::Mutex<Vec<String>>,
    bodies: std::sync::Mutex<Vec<String>>,
}

impl<'w> Spy<'w> {
    fn new(world: &'w World) -> Self {
        let (written, bodies) = Default::default();
        Self { store: world.portal.store(), written, bodies }
    }
}

impl Store for Spy<'_> {
    fn load(&self, reads: &[Read]) -> Result<Vec<Vec<staffgate::store::Row>>, StoreError> {
        self.store.load(reads)
    }

    fn commit(&self, changes: &ChangeSet) -> Result<CommitOutcome, StoreError> {
        let mut written = self.written.lock().unwrap();
        written.extend(changes.puts.iter().map(|put| put.kind.to_string()));
        written.extend(changes.events.iter().map(|_| "event".to_owned()));
        self.bodies.lock().unwrap().extend(changes.puts.iter().map(|put| format!("{} {}", put.id, put.body)));
        self.store.commit(changes)
    }
}

fn work(world: &World, name: &str, input: &Value) -> Work {
    world.loads();
    let spy = Spy::new(world);
    let portal = Portal::new(&spy);
    let answer = match portal.run_json(&world.call(Actor::Guest), name, &input.to_string()) {
        Ok(reply) => reply.json().to_owned(),
        Err(refusal) => serde_json::to_string(&refusal).unwrap(),
    };
    let written = spy.written.lock().unwrap().clone();
    Work { loads: world.loads(), written, answer }
}

#[test]
fn b17_unknown_wrong_invited_and_disabled_cost_the_same_and_say_the_same() {
    let world = World::new();
    let client = world.client("Astoria");
    world.joined(&client, "Anna");
    world.invited(&client, "Bert", "orderer");
    let carl = world.joined(&client, "Carl");
    world.ok(operator(), "users.deactivate", json!({ "user": carl }));
    for name in ["sessions.sign_in", "users.verify_password"] {
        let unknown = work(&world, name, &login("nobody@hotel.example", PASSWORD));
        assert!(unknown.answer.contains("\"credentials_wrong\""), "{}", unknown.answer);
        assert_eq!(unknown.written, ["attempts", "attempts"]);
        for (email, password) in [
            ("anna@hotel.example", "plum river chair 8"),
            ("bert@hotel.example", PASSWORD),
            ("carl@hotel.example", PASSWORD),
        ] {
            assert_eq!(work(&world, name, &login(email, password)), unknown, "{email}");
        }
    }
}

#[test]
fn b17_a_locked_account_costs_the_same_and_says_the_same_whoever_has_it() {
    let world = World::new();
    let client = world.client("Astoria");
    world.joined(&client, "Anna");
    for email in ["anna@hotel.example", "nobody@hotel.example"] {
        for _ in 0..5 {
            assert_eq!(sign_in(&world, email, "plum river chair 8"), "credentials_wrong");
        }
    }
    let unknown = work(&world, "sessions.sign_in", &login("nobody@hotel.example", PASSWORD));
    assert!(unknown.answer.contains("\"too_many_attempts\""), "{}", unknown.answer);
    assert_eq!(unknown.written, ["attempts", "attempts"], "as many writes as after a wrong password");
    assert_eq!(work(&world, "sessions.sign_in", &login("anna@hotel.example", PASSWORD)), unknown);
    assert_eq!(work(&world, "sessions.sign_in", &login("anna@hotel.example", "wrong")), unknown);
}

#[test]
fn a4_asking_for_a_reset_costs_the_same_and_says_the_same_for_nobody() {
    let world = World::new();
    let client = world.client("Astoria");
    world.joined(&client, "Anna");
    let carl = world.joined(&client, "Carl");
    world.ok(operator(), "users.deactivate", json!({ "user": carl }));
    let ask = |email: &str| {
        work(&world, "users.request_password_reset", &json!({ "email": email, "source": "192.0.2.7" }))
    };
    let unknown = ask("nobody@hotel.example");
    assert_eq!(unknown.written, ["attempts", "attempts", "password_reset"]);
    assert_eq!(ask("anna@hotel.example"), unknown);
    assert_eq!(ask("carl@hotel.example"), unknown);
    // Once more, now that there are records of both.
    assert_eq!(ask("anna@hotel.example"), ask("nobody@hotel.example"));
}

#[test]
fn b17_one_source_is_stopped_whichever_accounts_it_tries() {
    let mut world = World::new();
    let client = world.client("Astoria");
    world.joined(&client, "Anna");
    for number in 0..50 {
        assert_eq!(
            sign_in(&world, &format!("u{number}@hotel.example"), "x"),
            "credentials_wrong",
            "{number}"
        );
    }
    assert_eq!(sign_in(&world, "anna@hotel.example", PASSWORD), "too_many_attempts");
    let elsewhere = json!({ "email": "anna@hotel.example", "password": PASSWORD, "source": "198.51.100.3" });
    world.ok(Actor::Guest, "sessions.sign_in", elsewhere);
    world.at("2026-09-01T08:00:01Z");
    assert_eq!(sign_in(&world, "anna@hotel.example", PASSWORD), "in");
}

#[test]
fn b17_no_address_stands_in_the_key_of_a_tally() {
    let world = World::new();
    let spy = Spy::new(&world);
    let input = login("nobody@hotel.example", "x").to_string();
    Portal::new(&spy).run_json(&world.call(Actor::Guest), "sessions.sign_in", &input).unwrap_err();
    let shown = spy.bodies.lock().unwrap().join(" ");
    assert!(shown.contains("account/") && shown.contains("source/"), "{shown}");
    for secret in ["nobody", "192.0.2.7", "hotel.example"] {
        assert!(!shown.contains(secret), "{secret}");
    }
}

#[test]
fn b17_a_clock_that_goes_back_neither_opens_a_lock_nor_keeps_it_for_long() {
    let mut world = World::new();
    let client = world.client("Astoria");
    world.joined(&client, "Anna");
    world.at("2027-09-01T08:00:00Z");
    for _ in 0..5 {
        sign_in(&world, "anna@hotel.example", "wrong");
    }
    world.at("2026-09-01T08:00:00Z");
    assert_eq!(sign_in(&world, "anna@hotel.example", PASSWORD), "too_many_attempts");
    world.at("2026-09-01T08:00:01Z");
    assert_eq!(sign_in(&world, "anna@hotel.example", PASSWORD), "in", "a second, not a year");
}

#[test]
fn b5_a_kept_hash_is_made_anew_once_it_is_below_the_cost() {
    let world = World::new();
    let client = world.client("Astoria");
    let anna = world.joined(&client, "Anna");
    let kept = || {
        let id = anna.as_str().unwrap();
        let tenant = staffgate::store::Tenant::new(&world.agency);
        let rows = world.portal.store().load(&[Read::Point(Key::new(&tenant, "credential", id.to_owned()))]);
        rows.unwrap()[0][0].body.clone()
    };
    assert!(kept().contains("m=19456,t=2,p=1"));
    world.ok(operator(), "sessions.set_hash_cost", json!({ "memory_kib": 20480, "passes": 3, "lanes": 1 }));
    sign_in(&world, "anna@hotel.example", "wrong");
    assert!(kept().contains("m=19456,t=2,p=1"), "only a password that fits is hashed anew");
    assert_eq!(sign_in(&world, "anna@hotel.example", PASSWORD), "in");
    let raised = kept();
    assert!(raised.contains("m=20480,t=3,p=1"), "{raised}");
    assert_eq!(sign_in(&world, "anna@hotel.example", PASSWORD), "in");
    assert_eq!(kept(), raised);
}

#[test]
fn b17_no_token_but_the_whole_one_of_this_agency_opens_a_session() {
    let world = World::new();
    let client = world.client("Astoria");
    world.joined(&client, "Anna");
    let started = world.ok(Actor::Guest, "sessions.sign_in", login("anna@hotel.example", PASSWORD));
    let token = started["token"].as_str().unwrap();
    let check = |token: &str| work(&world, "sessions.check", &json!({ "token": token }));
    assert!(check(token).answer.contains(started["user"].as_str().unwrap()));
    let made_up = check("made-up");
    assert!(made_up.answer.contains("\"session_ended\""));
    let last = if token.ends_with('0') { "1" } else { "0" };
    let cut = token.get(..token.len() - 1).unwrap();
    let parts: Vec<&str> = token.split('.').collect();
    let other_user = [parts[0], parts[1], &"0".repeat(32), parts[3], parts[4]].join(".");
    for bad in [
        cut.to_owned(),
        format!("{cut}{last}"),
        format!("{token}0"),
        format!("{token}.00"),
        token.replace("sgs1", "sgd1"),
        token.replace("sgs1", "sgr1"),
        token.replacen(parts[1], &"0".repeat(32), 1),
        other_user,
        started["device"].as_str().unwrap().to_owned(),
    ] {
        assert_eq!(check(&bad), made_up, "{bad}");
    }
    for bad in ["", "A", "a b", &"a".repeat(201), &"a".repeat(1 << 19)] {
        assert_eq!(
            world.no(Actor::Guest, "sessions.check", json!({ "token": bad })),
            no("malformed", "token")
        );
    }
}

#[test]
fn b17_twenty_sessions_are_the_most_and_the_one_unused_longest_ends() {
    let mut world = World::new();
    let client = world.client("Astoria");
    let anna = world.joined(&client, "Anna");
    let tokens: Vec<Value> = (0..21)
        .map(|number| {
            world.at(&format!("2026-09-01T08:00:{number:02}Z"));
            let input = login("anna@hotel.example", PASSWORD);
            world.ok(Actor::Guest, "sessions.sign_in", input)["token"].clone()
        })
        .collect();
    let list = world.ok(user(&anna), "sessions.list", json!({}));
    assert_eq!(list["items"].as_array().unwrap().len(), 20);
    let ended = no("session_ended", "token");
    assert_eq!(world.no(Actor::Guest, "sessions.check", json!({ "token": tokens[0] })), ended);
    world.ok(Actor::Guest, "sessions.check", json!({ "token": tokens[1] }));
    world.ok(Actor::Guest, "sessions.check", json!({ "token": tokens[20] }));
}

#[test]
fn a5_addresses_and_passwords_that_are_none() {
    let world = World::new();
    let client = world.client("Astoria");
    world.joined(&client, "Anna");
    let try_with =
        |email: &str, password: &str| world.no(Actor::Guest, "sessions.sign_in", login(email, password));
    assert_eq!(try_with("anna@hotel.example.", PASSWORD), no("malformed", "email"));
    assert_eq!(try_with("anna@h\u{43e}tel.example", PASSWORD), no("malformed", "email"));
    assert_eq!(try_with(&format!("{}@hotel.example", "a".repeat(10_000)), PASSWORD), no("too_long", "email"));
    assert_eq!(try_with("anna@hotel.example\u{202e}", PASSWORD), no("malformed", "email"));
    // A letter that looks like the right one is another one, and its account nobody's.
    assert_eq!(try_with("\u{430}nna@hotel.example", PASSWORD), no("credentials_wrong", ""));
    assert_eq!(try_with("anna@hotel.example", &"x".repeat(1025)), no("too_long", "password"));
    assert_eq!(try_with("anna@hotel.example", &"x".repeat(1 << 20)), no("too_long", "password"));
    assert_eq!(try_with("anna@hotel.example", &"x".repeat(2 << 20)), no("input_too_large", ""));
    // The same letter typed otherwise is the same address.
    assert_eq!(sign_in(&world, "\u{ff21}nna@hotel.example", PASSWORD), "in");
}

#[test]
fn b17_while_all_slots_hash_a_sign_in_is_refused_as_busy_and_nothing_is_written() {
    let world = World::new();
    let client = world.client("Astoria");
    world.joined(&client, "Anna");
    let slots = HashingSlots::new(1);
    let spy = Spy::new(&world);
    let send = |operation: &str, input: Value| {
        let context = json!({
            "agency": world.agency, "actor": { "as": "guest" }, "now": world.now,
            "command_id": "first", "entropy": "07".repeat(32),
        });
        let request = json!({ "context": context, "operation": operation, "input": input }).to_string();
        wire::execute(&spy, request.as_bytes(), &slots).map_err(|refusal| refusal.code.text())
    };
    let held = slots.take().unwrap();
    assert_eq!(send("sessions.sign_in", login("anna@hotel.example", PASSWORD)).unwrap_err(), "busy");
    assert!(spy.written.lock().unwrap().is_empty());
    // What does not hash goes its way.
    let made_up = json!({ "token": "made-up" });
    assert_eq!(send("sessions.check", made_up).unwrap_err(), "session_ended");
    drop(held);
    send("sessions.sign_in", login("anna@hotel.example", PASSWORD)).unwrap();
    assert!(slots.take().is_ok(), "the slot was given back");
}

#[test]
fn b17_of_two_guesses_at_once_both_are_counted() {
    let world = World::new();
    let client = world.client("Astoria");
    world.joined(&client, "Anna");
    for _ in 0..4 {
        sign_in(&world, "anna@hotel.example", "wrong");
    }
    // The second attempt has loaded the tally before the first one commits: it starts over, and finds the lock.
    let other = std::sync::Mutex::new(Some(world.call(Actor::Guest)));
    let between = Between { store: world.portal.store(), other };
    let input = login("anna@hotel.example", PASSWORD).to_string();
    let refusal =
        Portal::new(&between).run_json(&world.call(Actor::Guest), "sessions.sign_in", &input).unwrap_err();
    assert_eq!(refusal.code.text(), "too_many_attempts");
}

/// Lets another attempt fail between the first load and the first commit.
struct Between<'w> {
    store: &'w Watched,
    other: std::sync::Mutex<Option<Call>>,
}

impl Store for Between<'_> {
    fn load(&self, reads: &[Read]) -> Result<Vec<Vec<staffgate::store::Row>>, StoreError> {
        self.store.load(reads)
    }

    fn commit(&self, changes: &ChangeSet) -> Result<CommitOutcome, StoreError> {
        let other = self.other.lock().unwrap().take();
        if let Some(call) = other {
            let wrong = login("anna@hotel.example", "wrong").to_string();
            let refusal = Portal::new(self.store).run_json(&call, "sessions.sign_in", &wrong).unwrap_err();
            assert_eq!(refusal.code.text(), "credentials_wrong");
        }
        self.store.commit(changes)
    }
}
