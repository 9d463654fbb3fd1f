//! A small world for tests that drive operations by name: one store, one agency, a clock, fresh command ids.
#![allow(dead_code, unreachable_pub)]

use std::cell::Cell;

use serde_json::{Value, json};
use staffgate::store::MemoryStore;
use staffgate::{Actor, Call, Portal, Refusal, Reply};

pub const AGENCY: &str = "0b0e7a43-8d5c-4d4e-9a53-6a1c1f0f4b11";

pub struct World {
    pub portal: Portal<MemoryStore>,
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
            portal: Portal::new(MemoryStore::default()),
            agency: AGENCY.to_owned(),
            now: "2026-09-01T08:00:00Z".to_owned(),
            commands: Cell::new(0),
        };
        world.ok(operator(), "agencies.create", json!({ "name": "Northlight Staffing", "currency": "EUR" }));
        world.ok(operator(), "agencies.switch_portal", json!({ "on": true }));
        world
    }

    pub fn at(&mut self, now: &str) -> &mut Self {
        self.now = now.to_owned();
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
        Ok(serde_json::from_str(&reply.json).unwrap())
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
