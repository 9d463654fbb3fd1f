//! A small world for tests that drive operations by name: one store, one agency, a clock, fresh command ids.
#![allow(dead_code, unreachable_pub)]

use std::cell::Cell;

use serde_json::{Value, json};
use std::sync::Mutex;

use staffgate::store::{ChangeSet, CommitOutcome, MemoryStore, Read, Row, Store, StoreError};
use staffgate::{Actor, Call, Portal, Refusal, Reply};

pub const AGENCY: &str = "0b0e7a43-8d5c-4d4e-9a53-6a1c1f0f4b11";

pub type Tamper = fn(&mut Vec<Row>);

/// A memory store that counts what it is asked, and that may lie about events.
#[derive(Default)]
pub struct Watched {
    store: MemoryStore,
    /// The number of reads in each load since it was last emptied.
    pub loads: Mutex<Vec<usize>>,
    /// Changes every list of events on its way out.
    pub tamper: Mutex<Option<Tamper>>,
}

impl Store for Watched {
    fn load(&self, reads: &[Read]) -> Result<Vec<Vec<Row>>, StoreError> {
        self.loads.lock().unwrap().push(reads.len());
        let mut answers = self.store.load(reads)?;
        if let Some(tamper) = *self.tamper.lock().unwrap() {
            for (read, rows) in reads.iter().zip(&mut answers) {
                if matches!(read, Read::Events { .. }) {
                    tamper(rows);
                }
            }
        }
        Ok(answers)
    }

    fn commit(&self, changes: &ChangeSet) -> Result<CommitOutcome, StoreError> {
        self.store.commit(changes)
    }
}

pub struct World {
    pub portal: Portal<Watched>,
    pub agency: String,
    pub now: String,
    commands: Cell<u32>,
}

pub fn operator() -> Actor {
    Actor::Operator
}

pub fn member(id: &Value) -> Actor {
    serde_json::from_value(json!({ "as": "member", "id": id })).unwrap()
}

pub fn user(id: &Value) -> Actor {
    serde_json::from_value(json!({ "as": "user", "id": id })).unwrap()
}

impl World {
    /// An agency "Northlight Staffing" whose portal is on.
    pub fn new() -> Self {
        let world = Self {
            portal: Portal::new(Watched::default()),
            agency: AGENCY.to_owned(),
            now: "2026-09-01T08:00:00Z".to_owned(),
            commands: Cell::new(0),
        };
        world.ok(operator(), "agencies.create", json!({ "name": "Northlight Staffing", "currency": "EUR" }));
        world.ok(operator(), "agencies.switch_portal", json!({ "on": true }));
        world
    }

    pub fn at(&mut self, now: &str) -> &mut Self {
        now.clone_into(&mut self.now);
        self
    }

    /// A call with a command id and entropy of its own.
    pub fn call(&self, actor: Actor) -> Call {
        let number = self.commands.get() + 1;
        self.commands.set(number);
        let mut entropy = [7; 32];
        entropy[..4].copy_from_slice(&number.to_be_bytes());
        Call::new(&self.agency, actor, &self.now, &format!("command {number}"), &entropy).unwrap()
    }

    pub fn reply(&self, call: &Call, name: &str, input: &Value) -> Result<Reply, Refusal> {
        self.portal.run_json(call, name, &input.to_string())
    }

    pub fn run(&self, actor: Actor, name: &str, input: &Value) -> Result<Value, Refusal> {
        let reply = self.reply(&self.call(actor), name, input)?;
        Ok(serde_json::from_str(reply.json()).unwrap())
    }

    #[track_caller]
    pub fn ok(&self, actor: Actor, name: &str, input: Value) -> Value {
        match self.run(actor, name, &input) {
            Ok(value) => value,
            Err(refusal) => panic!("{name}: {refusal:?}"),
        }
    }

    /// The code and the path of the refusal.
    #[track_caller]
    pub fn no(&self, actor: Actor, name: &str, input: Value) -> (String, String) {
        match self.run(actor, name, &input) {
            Ok(value) => panic!("{name} was not refused: {value}"),
            Err(refusal) => (refusal.code.text().to_owned(), refusal.path.unwrap_or_default()),
        }
    }
}

pub fn no(code: &str, path: &str) -> (String, String) {
    (code.to_owned(), path.to_owned())
}

/// An invitation's wording in every operation that makes one.
pub fn delivery() -> Value {
    json!({ "base_url": "https://portal.northlight.example/join", "send_now": true })
}

pub const PASSWORD: &str = "plum river chair 7";

impl World {
    /// The sizes of the loads since the last look.
    pub fn loads(&self) -> Vec<usize> {
        std::mem::take(&mut *self.portal.store().loads.lock().unwrap())
    }

    pub fn client(&self, name: &str) -> Value {
        self.ok(operator(), "clients.create", json!({ "name": name }))["id"].clone()
    }

    pub fn access(&self, client: &Value) -> Value {
        self.ok(operator(), "clients.get", json!({ "client": client }))["access"].clone()
    }

    /// The token of a fresh link for a client.
    pub fn link(&self, client: &Value) -> Value {
        let input = json!({ "client": client, "delivery": delivery() });
        self.ok(operator(), "clients.enable_access", input)["token"].clone()
    }

    /// A person who has joined through a client's link.
    pub fn joined(&self, client: &Value, name: &str) -> Value {
        let token = self.link(client);
        self.ok(Actor::Guest, "users.join", join(&token, name))["user"].clone()
    }

    /// A person who was created by the agency, with the token of their link.
    pub fn invited(&self, client: &Value, name: &str, role: &str) -> (Value, Value) {
        let email = format!("{}@hotel.example", name.to_lowercase());
        let input = json!({
            "client": client, "name": name, "email": email, "role": role, "delivery": delivery(),
        });
        let invitation = self.ok(operator(), "users.create", input);
        (invitation["user"].clone(), invitation["token"].clone())
    }

    pub fn status(&self, id: &Value) -> Value {
        self.ok(operator(), "users.get", json!({ "user": id }))["status"].clone()
    }
}

/// What somebody with a client's link sends.
pub fn join(token: &Value, name: &str) -> Value {
    let email = format!("{}@hotel.example", name.to_lowercase());
    json!({ "token": token, "password": PASSWORD, "name": name, "email": email })
}

/// What somebody with a link of their own sends.
pub fn activate(token: &Value) -> Value {
    json!({ "token": token, "password": PASSWORD })
}
