//! A domain of one record, small enough to see the engine through it, and a store that fails on command.

#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::missing_panics_doc,
    unreachable_pub,
    missing_debug_implementations
)]

use std::sync::Mutex;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use staffgate::codes::Code;
use staffgate::engine::{
    Actor, Base, CommandId, Context, Effect, Entropy, EventBody, Machine, Operation, Proof, Record, Run,
    Stop, Subject, Tx, Want,
};
use staffgate::hashing::HashingSlots;
use staffgate::store::{
    ChangeSet, Column, CommitOutcome, IndexSpec, IndexValue, Kind, MemoryStore, Read, Row, Store, StoreError,
    StoreErrorKind,
};
use staffgate::values::{AgencyId, Instant};
use staffgate::{Refusal, Reply};

pub static COUNTER: Kind = Kind {
    name: "counter",
    columns: &[Column::integer("value")],
    indexes: &[IndexSpec { name: "by_value", columns: &["value"] }],
};

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Counter {
    pub id: String,
    pub value: i64,
}

impl Record for Counter {
    const KIND: &'static Kind = &COUNTER;
    fn record_id(&self) -> String {
        self.id.clone()
    }
    fn columns(&self) -> Vec<(&'static str, IndexValue)> {
        vec![("value", self.value.into())]
    }
}

#[derive(Serialize)]
pub struct Bumped {
    counter: String,
}

impl EventBody for Bumped {
    fn name(&self) -> &'static str {
        "bumped"
    }
    fn subject(&self) -> Subject {
        Subject::new("counter", &self.counter)
    }
}

/// The toy domain lets everybody.
pub struct Anybody;

impl Proof for Anybody {
    fn actor(&self) -> Actor {
        Actor::Operator
    }
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Told {
    pub value: i64,
    pub token: Option<String>,
}

/// Adds to a counter that may not be there yet, and refuses, after having written, to go over ten.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Bump {
    pub counter: String,
    pub by: i64,
}

impl Operation for Bump {
    const NAME: &'static str = "toy.bump";
    const EFFECT: Effect = Effect::Command;
    type Reply = Told;

    fn run(&self, tx: &mut Tx) -> Run<Told> {
        let old: Option<Counter> = tx.find(&self.counter)?;
        let value = old.map_or(0, |old| old.value) + self.by;
        tx.put(&Anybody, &Counter { id: self.counter.clone(), value })?;
        tx.emit(&Anybody, &Bumped { counter: self.counter.clone() })?;
        tx.take(&Anybody, "toy", &self.counter, "somebody");
        if value > 10 {
            return Err(Refusal::new(Code::OutOfRange).with("expected", "ten at most").into());
        }
        Ok(Told { value, token: None })
    }
}

/// Reads counters one after the other, each a surprise, and then bumps the last.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Chain {
    pub hops: u32,
    pub prefetch: bool,
}

impl Operation for Chain {
    const NAME: &'static str = "toy.chain";
    const EFFECT: Effect = Effect::Query;
    type Reply = Told;

    fn run(&self, tx: &mut Tx) -> Run<Told> {
        if self.prefetch {
            tx.prefetch((0..self.hops).map(Want::record::<Counter>))?;
        }
        let mut value = 0;
        for hop in 0..self.hops {
            value += tx.find::<Counter>(hop)?.map_or(0, |counter| counter.value);
        }
        Ok(Told { value, token: None })
    }
}

/// Makes a one-time token for a password, with work that must be done once only.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Enrol {
    pub counter: String,
    pub password: String,
}

/// The passwords for which the costly work of [`Enrol`] was done, once for each time.
pub static HASHED: Mutex<Vec<String>> = Mutex::new(Vec::new());

impl Operation for Enrol {
    const NAME: &'static str = "toy.enrol";
    const EFFECT: Effect = Effect::Command;
    const SECRETS: &'static [&'static str] = &["password"];
    type Reply = Told;

    fn run(&self, tx: &mut Tx) -> Run<Told> {
        let hash = tx.memo(&format!("hash of {}", self.password), || {
            HASHED.lock().unwrap().push(self.password.clone());
            Ok(format!("{}", self.password.len()))
        })?;
        let old: Option<Counter> = tx.find(&self.counter)?;
        let value = old.map_or(0, |old| old.value) + 1;
        tx.put(&Anybody, &Counter { id: self.counter.clone(), value })?;
        let token = format!("token-{hash}-{:02x}", tx.secret_bytes("token")[0]);
        Ok(Told { value, token: Some(token) })
    }

    fn without_secrets(reply: Told) -> Told {
        Told { token: None, ..reply }
    }
}

/// Fails always, and counts how often.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Fail {
    pub counter: String,
}

impl Operation for Fail {
    const NAME: &'static str = "toy.fail";
    const EFFECT: Effect = Effect::Command;
    type Reply = Told;

    fn run(&self, tx: &mut Tx) -> Run<Told> {
        let old: Option<Counter> = tx.find(&self.counter)?;
        let value = old.map_or(0, |old| old.value) + 1;
        tx.put(&Anybody, &Counter { id: self.counter.clone(), value })?;
        Err(Stop::Counted(Refusal::new(Code::OutOfRange).at("counter").with("expected", value)))
    }
}

pub fn context(command: &str) -> Context {
    Context {
        agency: AgencyId::new(uuid::Uuid::from_u128(7)),
        actor: Actor::Operator,
        now: Instant::parse("2026-09-01T08:00:00Z").unwrap(),
        command_id: Some(CommandId::parse(command).unwrap()),
        entropy: Some(Entropy::parse(&"0a".repeat(32)).unwrap()),
        locale: None,
    }
}

/// No actor has records here, and replies are kept as they are.
const BASE: Base = Base { reads: |_, _| Vec::new(), reply_key: |_| Ok(None) };

pub fn machine<O: Operation + Serialize>(operation: O, command: &str) -> Machine {
    let input = serde_json::to_string(&operation).unwrap();
    Machine::new(Box::new(operation), context(command), &input, BASE)
}

pub fn bump(by: i64) -> Bump {
    Bump { counter: "0".to_owned(), by }
}

pub fn memory() -> MemoryStore {
    MemoryStore::new(&[&COUNTER])
}

pub fn run<O: Operation + Serialize>(
    store: &impl Store,
    operation: O,
    command: &str,
) -> Result<Reply, Refusal> {
    staffgate::store::drive(store, &mut machine(operation, command), &HashingSlots::default())
}

/// Everything that a memory store holds, as text.
pub fn state(store: &MemoryStore) -> String {
    format!("{store:?}")
}

/// What a store does in place of answering.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mishap {
    /// Fails without having done anything.
    Fails(StoreErrorKind),
    /// Does it, and then loses the answer.
    LosesTheAnswer,
    /// Says that somebody else was quicker.
    Conflict,
}

/// A memory store that has a mishap at the calls that the plan names, counted from one.
pub struct Mishaps<'s> {
    pub inner: &'s MemoryStore,
    plan: Box<dyn Fn(u32, bool) -> Option<Mishap> + Send + Sync>,
    calls: Mutex<u32>,
}

impl<'s> Mishaps<'s> {
    /// The plan gets the number of the call and whether it is a commit.
    pub fn new(
        inner: &'s MemoryStore,
        plan: impl Fn(u32, bool) -> Option<Mishap> + Send + Sync + 'static,
    ) -> Self {
        Self { inner, plan: Box::new(plan), calls: Mutex::new(0) }
    }

    pub fn calls(&self) -> u32 {
        *self.calls.lock().unwrap()
    }

    fn next(&self, commits: bool) -> Option<Mishap> {
        let mut calls = self.calls.lock().unwrap();
        *calls += 1;
        (self.plan)(*calls, commits)
    }
}

impl Store for Mishaps<'_> {
    fn load(&self, reads: &[Read]) -> Result<Vec<Vec<Row>>, StoreError> {
        match self.next(false) {
            Some(Mishap::Fails(kind)) => Err(StoreError::new(kind, "a planned mishap")),
            _ => self.inner.load(reads),
        }
    }

    fn commit(&self, changes: &ChangeSet) -> Result<CommitOutcome, StoreError> {
        match self.next(true) {
            None => self.inner.commit(changes),
            Some(Mishap::Conflict) => Ok(CommitOutcome::Conflict),
            Some(Mishap::Fails(kind)) => Err(StoreError::new(kind, "a planned mishap")),
            Some(Mishap::LosesTheAnswer) => {
                self.inner.commit(changes)?;
                Err(StoreError::new(StoreErrorKind::OutcomeUnknown, "the connection broke"))
            }
        }
    }
}
